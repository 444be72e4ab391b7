// Parameters of Content-Type and Content-Disposition.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace genchi::mail {

/// Name (lower case, without RFC 2231's asterisks) and decoded value of each parameter, in order.
std::vector<std::pair<std::string, std::string>> all_parameters(std::string_view value);

/// A parameter as written, quotes taken off and nothing decoded: what boundary lines are compared with.
std::string raw_parameter(std::string_view value, std::string_view name);

/// "text/plain" from a Content-Type value, lower case; "" if it is none. The same for the disposition, which
/// has no slash: `leading_token`.
std::string media_type(std::string_view value);
std::string leading_token(std::string_view value);

} // namespace genchi::mail
