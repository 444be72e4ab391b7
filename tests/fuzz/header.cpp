// Values of header fields: encoded words, address lists, parameters, dates, subjects. The first line names a
// parameter.
#include "genchi/time.hpp"
#include "mail/message.hpp"
#include "tests/fuzz/property.hpp"

namespace genchi::fuzz {

void try_input(std::string_view input) {
  const std::string name(take_line(input));

  const std::string decoded = mail::decode_header_text(input);
  ALWAYS(is_utf8(decoded) && !holds_any_of(decoded, std::string_view("\r\n\0", 3)));

  std::size_t addresses = 0;
  for (const mail::Address& person : mail::parse_addresses(input)) {
    ALWAYS(is_utf8(person.name) && !holds_any_of(person.name, "\r\n"));
    ALWAYS(is_utf8(person.address) && !holds_any_of(person.address, "\r\n"));
    ALWAYS(!person.address.starts_with('<') && !person.address.ends_with('>'));
    ALWAYS(!person.name.empty() || !person.address.empty());
    addresses += person.address.size();
  }
  // A raw byte becomes up to three of UTF-8, and each of these three more where they stand in an encoded word.
  ALWAYS(addresses <= 9 * input.size());

  ALWAYS(is_utf8(mail::parameter(input, name)));

  if (const auto moment = mail::parse_date(input)) ALWAYS(parse_iso8601(iso8601(*moment)) == moment);

  const mail::BaseSubject base = mail::base_subject(decoded);
  ALWAYS(base.text.size() <= decoded.size() && is_utf8(base.text));
  ALWAYS(mail::base_subject(base.text).text == base.text);
}

} // namespace genchi::fuzz
