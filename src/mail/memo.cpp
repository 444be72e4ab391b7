#include "mail/memo.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/bytes.hpp"
#include "mail/fields.hpp"
#include "mail/message.hpp"

namespace genchi::mail {
namespace {

// RFC 5322, 2.1.1: no line over 998 bytes. Encoded words are 75 characters at most (RFC 2047).
constexpr std::size_t longest_line = 900;
constexpr std::size_t bytes_an_encoded_word = 45;
constexpr std::size_t base64_line = 57;  // bytes
constexpr const char* nobodys_address = "memo@genchi.invalid";

std::string base64(std::string_view bytes) {
  static constexpr char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    std::uint32_t group = 0;
    for (std::size_t i = 0; i < 3; ++i) group = group << 8 | (at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0U);
    for (std::size_t i = 0; i < 4; ++i) out += i == 0 || at + i - 1 < bytes.size() ? digits[group >> (18 - 6 * i) & 63] : '=';
  }
  return out;
}

void add_base64_lines(std::string& out, std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size(); at += base64_line) out += base64(bytes.substr(at, base64_line)) + "\n";
}

/// A text without line ends as encoded words, folded.
std::string encoded_words(std::string_view text) {
  const bool plain = std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ' '; });
  if (plain && text.size() <= bytes_an_encoded_word) return std::string(text);
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = std::min(at + bytes_an_encoded_word, text.size());
    while (end < text.size() && end > at + 1 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    out += (out.empty() ? "" : "\n ") + ("=?UTF-8?B?" + base64(text.substr(at, end - at)) + "?=");
    at = end;
  }
  return out;
}

std::string rfc_date(const Moment& moment) {
  static constexpr std::array days{"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};  // 1970-01-01 was a Thursday
  static constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const CivilDay day = civil_day(moment.utc, moment.offset_minutes);
  const std::int64_t number = days_from_civil(day);
  const std::int64_t second = moment.utc + std::int64_t{60} * moment.offset_minutes - number * 86'400;
  const int offset = std::abs(moment.offset_minutes);
  return fmt::format("{}, {} {} {} {:02}:{:02}:{:02} {}{:02}{:02}", days[static_cast<std::size_t>((number % 7 + 7) % 7)], day.day, months[static_cast<std::size_t>(day.month - 1)],
                     day.year, second / 3600, second / 60 % 60, second % 60, moment.offset_minutes < 0 ? '-' : '+', offset / 60, offset % 60);
}

/// By the end of the name; a text among them would be read as what the memo says.
std::string_view type_of(std::string_view name) {
  static constexpr std::pair<std::string_view, std::string_view> types[] = {
      {".pdf", "application/pdf"}, {".jpg", "image/jpeg"}, {".jpeg", "image/jpeg"}, {".png", "image/png"}, {".gif", "image/gif"}, {".heic", "image/heic"},
      {".tif", "image/tiff"}, {".tiff", "image/tiff"}, {".webp", "image/webp"}, {".mp3", "audio/mpeg"}, {".m4a", "audio/mp4"}, {".wav", "audio/wav"}, {".amr", "audio/amr"},
      {".mp4", "video/mp4"}, {".mov", "video/quicktime"}};
  const std::string low = ascii_lower(name);
  for (const auto& [end, type] : types)
    if (low.ends_with(end)) return type;
  return "application/octet-stream";
}

std::string percent_encoded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
    if (plain) out += c;
    else out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

/// Can it stand as it is, whoever copies the message into a mailbox?
bool stands_as_is(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    if (line.size() > longest_line || line.starts_with("From ") || line.starts_with('>') || line.starts_with("--")) return false;
    at = end + 1;
  }
  return text.find('\r') == std::string_view::npos && text.find('\0') == std::string_view::npos;
}

void add_text_part(std::string& out, std::string_view text) {
  const bool as_is = stands_as_is(text);
  out += std::string("Content-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: ") + (as_is ? "8bit" : "base64") + "\n\n";
  if (!as_is) return add_base64_lines(out, text);
  out += text;
  if (!text.empty() && !text.ends_with('\n')) out += '\n';
}

std::string one_line(std::string_view text) {
  std::string out(text);
  std::replace_if(out.begin(), out.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, ' ');
  return out;
}

}  // namespace

std::string write_memo(const MemoHead& head, std::string_view text, const std::vector<MemoFile>& files) {
  std::string out = "Date: " + rfc_date(head.time) + "\n";
  out += head.by.empty() ? fmt::format("From: <{}>\n", nobodys_address) : fmt::format("From: {}\n <{}>\n", encoded_words(one_line(head.by)), nobodys_address);
  out += fmt::format("Genchi-Memo: {}\n", channel_name(head.channel));
  out += "Genchi-Client: " + encoded_words(one_line(head.client)) + "\n";
  if (head.chat) out += "Genchi-Chat: " + head.chat->hex() + "\n";
  out += "Genchi-Written: " + rfc_date(head.written) + "\n";
  if (head.seconds) out += fmt::format("Genchi-Duration: {}\n", *head.seconds);
  if (!head.who.empty()) out += "Genchi-Who: " + encoded_words(one_line(head.who)) + "\n";
  if (head.supplement_of) out += "Genchi-Supplement-Of: " + head.supplement_of->hex() + "\n";
  out += "MIME-Version: 1.0\n";
  if (files.empty()) {
    add_text_part(out, text);
    return out;
  }
  // Base64 has no '-', and a text with a line that begins so is base64.
  const std::string boundary = "genchi-memo";
  out += "Content-Type: multipart/mixed; boundary=\"" + boundary + "\"\n\n--" + boundary + "\n";
  add_text_part(out, text);
  for (const MemoFile& file : files) {
    out += "--" + boundary + "\n" + fmt::format("Content-Type: {}\nContent-Disposition: attachment;\n filename*=UTF-8''{}\nContent-Transfer-Encoding: base64\n\n", type_of(file.name), percent_encoded(file.name));
    add_base64_lines(out, file.bytes);
  }
  return out + "--" + boundary + "--\n";
}

std::optional<MemoHead> read_memo(std::string_view raw) {
  LineCursor lines(raw);
  const HeaderBlock block = read_header(raw, lines, HeaderOf::message, Limits());
  MemoHead head;
  const auto text = [&](std::string_view name) { return decode_header_text(trim(block.value(name))); };
  const auto hash = [&](std::string_view name) { return Sha256::from_hex(std::string(trim(block.value(name)))); };
  const auto channel = channel_from_name(trim(block.value("Genchi-Memo")));
  const auto time = parse_date(trim(block.value("Date")));
  head.client = text("Genchi-Client");
  if (!channel || *channel == Channel::mail || *channel == Channel::line || !time || head.client.find(':') == std::string::npos) return std::nullopt;
  head.channel = *channel;
  head.time = *time;
  head.written = parse_date(trim(block.value("Genchi-Written"))).value_or(*time);
  head.chat = hash("Genchi-Chat");
  head.supplement_of = hash("Genchi-Supplement-Of");
  const std::string_view duration = trim(block.value("Genchi-Duration"));
  std::int64_t seconds = 0;
  if (const auto [end, error] = std::from_chars(duration.data(), duration.data() + duration.size(), seconds); error == std::errc() && seconds >= 0 && !duration.empty()) head.seconds = seconds;
  head.who = text("Genchi-Who");
  if (const auto from = parse_addresses(block.value("From")); !from.empty()) head.by = from.front().name;
  return head;
}

}  // namespace genchi::mail
