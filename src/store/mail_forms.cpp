#include "store/mail_forms.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/bytes.hpp"
#include "importers/detect.hpp"
#include "importers/mbox/mbox.hpp"
#include "importers/source.hpp"
#include "mail/lines.hpp"
#include "mail/message.hpp"

namespace genchi::exporting {
namespace {

using importers::ByteSource;

// Stands before a line that is no header field, where one must come; not part of a mail's identity.
constexpr std::string_view harmless_field = "X-From-Line: -\n";
constexpr std::string_view any_mail = "From genchi@localhost Thu Jan  1 00:00:00 1970\nSubject: -\n\n";

bool has_envelope(std::string_view raw) { return raw.starts_with("From "); }

std::string_view after_first_line(std::string_view raw) {
  mail::LineCursor lines(raw);
  return lines.next() ? raw.substr(lines.end()) : raw;
}

/// Without the envelope line. A second one below it stays the mail's first line only while the first is there.
std::string_view without_envelope(std::string_view raw) {
  if (!has_envelope(raw)) return raw;
  const std::string_view rest = after_first_line(raw);
  return has_envelope(rest) ? raw : rest;
}

std::string sender_of(std::string_view raw) {
  const mail::Message header = mail::parse_header(raw);
  const std::string address = header.from.empty() ? "" : header.from.front().address;
  const bool plain = std::all_of(address.begin(), address.end(), [](char c) { return c > ' ' && c < 0x7F; });
  return plain && address.find('@') != std::string::npos && address.size() < 320 ? address : "MAILER-DAEMON";
}

std::string envelope_line(std::string_view raw, UtcSeconds sent) {
  static constexpr std::array days = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};
  static constexpr std::array months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  constexpr UtcSeconds last_four_digit_year = 253402300799;
  const UtcSeconds time = std::clamp<UtcSeconds>(sent, 0, last_four_digit_year);
  const CivilDay day = civil_day(time, 0);
  const auto second = time % 86'400;
  return fmt::format("From {} {} {} {:2} {:02}:{:02}:{:02} {:04}\n", sender_of(raw), days[static_cast<std::size_t>(time / 86'400 % 7)],
                     months[static_cast<std::size_t>(day.month - 1)], day.day, second / 3600, second / 60 % 60, second % 60, day.year);
}

/// One more `>` before every line of `>…>From `.
void append_quoted(std::string& out, std::string_view body) {
  std::size_t done = 0;
  for (std::size_t at = body.find("From "); at != std::string_view::npos; at = body.find("From ", at + 5)) {
    std::size_t begin = at;
    while (begin > done && body[begin - 1] == '>') --begin;
    if (begin > 0 && body[begin - 1] != '\n' && body[begin - 1] != '\r') continue;
    out += body.substr(done, begin - done);
    out += '>';
    done = begin;
  }
  out += body.substr(done);
}

void append_blank_line(std::string& out) {
  if (out.empty() || (out.back() != '\n')) out += '\n';
  if (!out.ends_with("\n\n") && !out.ends_with("\n\r\n")) out += '\n';
}

/// Takes out Content-Length fields that reach beyond the end, as the mbox reader sees lines and header.
std::string without_overlong_length(std::string form) {
  constexpr std::string_view name = "content-length:";
  std::size_t header_end = 0;
  std::vector<std::pair<std::size_t, std::size_t>> fields;
  while (header_end < form.size()) {
    const std::size_t end = std::min(form.find('\n', header_end), form.size() - 1) + 1;
    const std::string_view line = std::string_view(form).substr(header_end, end - header_end);
    if (ascii_istarts_with(line, name)) fields.emplace_back(header_end, end);
    header_end = end;
    if (line == "\n" || line == "\r\n") break;
  }
  for (auto it = fields.rbegin(); it != fields.rend(); ++it) {
    const std::string_view digits = trim(std::string_view(form).substr(it->first + name.size(), it->second - it->first - name.size()));
    std::uint64_t length = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), length);
    const bool number = error == std::errc() && end == digits.data() + digits.size();
    if (!number || length <= form.size() - header_end) continue;
    form.erase(it->first, it->second - it->first);
    header_end -= it->second - it->first;
  }
  return form;
}

/// Between two other mails it comes back whole and alone.
bool reads_back(std::string_view form) {
  std::string mailbox(any_mail);
  mailbox += '\n';
  const std::size_t begin = mailbox.size();
  mailbox += form;
  mailbox += any_mail;
  importers::MemorySource source(mailbox);
  int pieces = 0;
  bool fits = false;
  importers::split_mbox(source, [&](const importers::MboxPiece& piece) {
    if (++pieces == 2) fits = piece.is_message && piece.place.offset == begin && piece.place.length == form.size();
    return pieces < 3;
  });
  return fits && pieces == 3;
}

bool eml_takes(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, ByteSource::head_size);
  switch (importers::look_at(head, "mail.eml", SourceKind::unknown)) {
    case importers::Look::mail: return true;
    case importers::Look::mbox: return importers::is_single_message(bytes);
    default: return false;
  }
}

}  // namespace

std::optional<std::string> as_mbox(std::string_view raw, const Sha256& identity, UtcSeconds sent) {
  const auto good = [&](const std::string& form) { return mail::identity(form) == identity && reads_back(form); };
  if (has_envelope(raw)) {
    std::string held(raw);
    append_blank_line(held);
    held = without_overlong_length(std::move(held));
    if (good(held)) return held;
  }
  const std::string envelope = envelope_line(raw, sent);
  const std::string_view body = has_envelope(raw) ? after_first_line(raw) : raw;
  for (const std::string_view field : {std::string_view(), harmless_field}) {
    std::string form = envelope;
    form += field;
    append_quoted(form, body);
    append_blank_line(form);
    form = without_overlong_length(std::move(form));
    if (good(form)) return form;
  }
  return std::nullopt;
}

MailForm as_eml(std::string_view raw, const Sha256& identity, UtcSeconds sent) {
  const std::string_view plain = without_envelope(raw);
  if (eml_takes(plain)) return {std::string(plain), true};
  if (auto form = as_mbox(raw, identity, sent); form && eml_takes(*form)) return {std::move(*form), true};
  return {std::string(plain), false};
}

MailForm as_maildir(std::string_view raw) {
  const std::string_view plain = without_envelope(raw);
  return {std::string(plain), maildir_takes(plain)};
}

bool maildir_takes(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, ByteSource::head_size);
  if (head.empty()) return false;
  if (importers::look_at(head, "mail", SourceKind::maildir) == importers::Look::compressed) return false;
  return head.find('\0') == std::string_view::npos || mail::looks_like_mail(head);
}

}  // namespace genchi::exporting
