#include "importers/eml/eml.hpp"

#include <utility>

#include "genchi/i18n.hpp"
#include "importers/mbox/mbox.hpp"

namespace genchi::importers {

void give_mail_file(std::string_view bytes, MailHints hints, const std::string& member,
                    const Words& damage, const ImportLimits& limits, ImportSink& sink) {
  const Place whole{0, bytes.size(), 1};
  Words reason = damage;
  if (reason.empty() && bytes.empty()) reason = Words("the file is empty");
  if (reason.empty() && bytes.size() > limits.max_message_bytes) reason = Words("larger than a mail may be");
  if (!reason.empty()) {
    sink.set_aside({whole, reason, bytes, member});
    return;
  }
  if (!hints.store_time && bytes.starts_with("From "))
    hints.store_time = parse_envelope(bytes.substr(0, bytes.substr(0, 2048).find_first_of("\r\n"))).time;
  sink.mail({bytes, whole, std::move(hints), member});
}

} // namespace genchi::importers
