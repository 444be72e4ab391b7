// A file that is one mail.
#pragma once

#include <string>
#include <string_view>

#include "genchi/import.hpp"

namespace genchi::importers {

/// Gives the file's bytes as one mail, with the time of a `From ` line if one leads it; sets them aside if
/// they are larger than a mail may be, or none at all, or if `damage` says what is wrong with them.
void give_mail_file(std::string_view bytes, MailHints hints, const std::string& member,
                    const Words& damage, const ImportLimits& limits, ImportSink& sink);

} // namespace genchi::importers
