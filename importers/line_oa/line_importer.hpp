// LINE Official Account downloads on their way to the sink; what they say is read in export.hpp.
#pragma once

#include <string_view>

#include "genchi/import.hpp"

namespace genchi::importers {

/// Gives a whole download, which has been recognised as one, or sets it aside if it is larger than one may
/// be.
void give_line_export(std::string_view bytes, std::string_view file_name, const ImportLimits& limits,
                      ImportSink& sink);

} // namespace genchi::importers
