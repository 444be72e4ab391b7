// A whole mail: structure, fields, text and attachments; what makes two copies of it one.
#include "mail/message.hpp"

#include <algorithm>

#include "tests/fuzz/property.hpp"

namespace genchi::fuzz {
namespace {

void check_people(const std::vector<mail::Address>& people) {
  for (const mail::Address& person : people)
    ALWAYS(is_utf8(person.name) && !holds_any_of(person.name, "\r\n"));
}

void check_text(const mail::Message& message, const mail::Limits& limits) {
  ALWAYS(message.text.size() <= limits.max_text_bytes);
  ALWAYS(is_utf8(message.text) && !holds_any_of(message.text, "\r"));
  std::uint32_t end = 0;
  for (const mail::Section& section : message.sections) {
    ALWAYS(section.begin == end && section.begin < section.end);
    ALWAYS(section.begin == 0 || message.text[section.begin - 1] == '\n');
    end = section.end;
  }
  ALWAYS(end == message.text.size());
}

void check_attachments(std::string_view raw, const mail::Message& message) {
  for (const mail::Attachment& file : message.attachments) {
    ALWAYS(is_utf8(file.name) && !holds_any_of(file.name, "\r\n"));
    ALWAYS(file.offset <= raw.size() && file.length <= raw.size() - file.offset);
  }
  // Each looks for its part in the whole mail.
  for (std::size_t i = 0; i < std::min<std::size_t>(message.attachments.size(), 6); ++i) {
    const mail::Attachment& file = message.attachments[i];
    ALWAYS(mail::attachment_bytes(raw, file).size() <= file.length);
  }
}

void check_fields(const mail::Message& whole, const mail::Message& header) {
  ALWAYS(is_utf8(whole.subject) && !holds_any_of(whole.subject, "\r\n"));
  for (const auto* people : {&whole.from, &whole.sender, &whole.reply_to, &whole.to, &whole.cc, &whole.bcc})
    check_people(*people);
  for (const std::string& oddity : whole.oddities) ALWAYS(is_utf8(oddity));
  ALWAYS(header.subject == whole.subject && header.message_id == whole.message_id);
  ALWAYS(header.references == whole.references && header.received == whole.received);
  ALWAYS(header.date == whole.date && header.from.size() == whole.from.size());
  ALWAYS(header.bulk == whole.bulk && header.automatic == whole.automatic);
  ALWAYS(header.text.empty() && header.attachments.empty());
}

std::string replace_all(std::string_view text, std::string_view from, std::string_view to) {
  std::string out;
  for (std::size_t at = 0;;) {
    const std::size_t found = text.find(from, at);
    out += text.substr(at, found - at);
    if (found == std::string_view::npos) return out;
    out += to;
    at = found + from.size();
  }
}

// What other programs make of the same mail when they store it.
void check_identity(std::string_view raw) {
  const Sha256 identity = mail::identity(raw);
  ALWAYS(mail::identity(std::string(raw) + "\n\n") == identity);
  if (raw.starts_with("From ")) return;
  const std::string quoted = replace_all("\n" + std::string(raw), "\nFrom ", "\n>From ");
  ALWAYS(mail::identity("From rin@aoba.example Mon Apr  1 01:00:00 2024" + quoted) == identity);
  if (!holds_any_of(raw, "\r")) ALWAYS(mail::identity(replace_all(raw, "\n", "\r\n")) == identity);
}

} // namespace

void try_input(std::string_view input) {
  const mail::Message message = mail::parse(input);
  check_text(message, {});
  check_attachments(input, message);
  check_fields(message, mail::parse_header(input));
  check_identity(input);
  ALWAYS(is_utf8(mail::display_headers(input)));
  mail::looks_like_mail(input);

  mail::Limits narrow;
  narrow.max_depth = 2;
  narrow.max_parts = 4;
  narrow.max_header_bytes = 200;
  narrow.max_fields = 6;
  narrow.max_text_bytes = 100;
  const mail::Message limited = mail::parse(input, narrow);
  check_text(limited, narrow);
  check_attachments(input, limited);
}

} // namespace genchi::fuzz
