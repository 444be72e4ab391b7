#include "cli/output.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/bytes.hpp"
#include "base/csv.hpp"
#include "base/json.hpp"
#include "text/width.hpp"

namespace genchi::cli {
namespace {

using nlohmann::ordered_json;

/// May a character begin here that a terminal would obey: DEL, C1, bidi controls, line and paragraph separators?
bool may_be_obeyed(char byte) { return byte == '\x7F' || byte == '\xC2' || byte == '\xD8' || byte == '\xE2'; }

// JSON escapes C0 itself. C1 and bidi controls, which a terminal would obey, go as \uXXXX: the same value to a program.
std::string dump(const ordered_json& value) {
  std::string json = json_text(value, NotUtf8::replaced);
  std::string out;
  std::size_t copied = 0;
  for (auto it = json.begin(); (it = std::find_if(it, json.end(), may_be_obeyed)) != json.end();) {
    const auto at = static_cast<std::size_t>(it - json.begin());
    const CodePoint c = decode_utf8(json, at);
    const bool obeyed = (c.value >= 0x7F && c.value < 0xA0) || c.value == 0x061C || c.value == 0x200E || c.value == 0x200F ||
                        (c.value >= 0x2028 && c.value <= 0x202E) || (c.value >= 0x2066 && c.value <= 0x2069);
    if (obeyed) {
      out.append(json, copied, at - copied);
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(c.value));
      copied = at + c.size;
    }
    it += static_cast<std::ptrdiff_t>(c.size);
  }
  if (copied == 0) return json;
  return out.append(json, copied);
}

std::string cell_text(const ordered_json& value) {
  if (value.is_null()) return "";
  if (value.is_string()) return value.get<std::string>();
  if (value.is_object() && value.contains("name")) {
    const std::string name = cell_text(value["name"]);
    const std::string address = value.contains("address") ? cell_text(value["address"]) : "";
    if (address.empty()) return name;
    return name.empty() ? address : name + " <" + address + ">";
  }
  if (value.is_array()) {
    std::string out;
    for (const auto& part : value) out += (out.empty() ? "" : "; ") + cell_text(part);
    return out;
  }
  return dump(value);
}

}  // namespace

Output::Output(Format format, Color color) : format_(format), row_text_(format), terminal_(::isatty(STDOUT_FILENO) != 0), columns_(80) {
  const char* no_color = std::getenv("NO_COLOR");
  const char* term = std::getenv("TERM");
  color_ = color == Color::always || (color == Color::automatic && terminal_ && !(no_color && *no_color) &&
                                      !(term && std::string_view(term) == "dumb"));
  winsize size{};
  if (terminal_ && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 20) columns_ = size.ws_col;
}

void Output::line(std::string_view text) {
  bytes(text);
  bytes("\n");
}

void Output::bytes(std::string_view raw) {
  if (!raw.empty()) std::fwrite(raw.data(), 1, raw.size(), stdout);
}

void Output::talk(std::string_view text) {
  std::fflush(stdout);
  std::fwrite(text.data(), 1, text.size(), stderr);
  std::fputc('\n', stderr);
}

std::string RowText::heading(const ordered_json& object) {
  if (format_ == Format::json || !csv_keys_.empty()) return {};
  std::string text(csv_byte_order_mark);
  for (const auto& [key, value] : object.items()) {
    text += (csv_keys_.empty() ? "" : ",") + csv_cell(key);
    csv_keys_.push_back(key);
  }
  return text + "\r\n";
}

std::string RowText::operator()(const ordered_json& object) {
  if (format_ == Format::json) return dump(object) + "\n";
  std::string text = heading(object);
  for (std::size_t i = 0; i < csv_keys_.size(); ++i) {
    if (i) text += ',';
    if (const auto at = object.find(csv_keys_[i]); at != object.end())
      text += at->is_number() ? dump(*at) : csv_cell(for_terminal(cell_text(*at), /*multiline=*/true));
  }
  return text + "\r\n";
}

void Output::row(const ordered_json& object) { bytes(row_text_(object)); }
void Output::heading(const ordered_json& object) { bytes(row_text_.heading(object)); }


std::string Output::styled(const char* code, std::string_view text) const {
  if (!color_ || text.empty()) return std::string(text);
  return std::string("\x1b[") + code + "m" + std::string(text) + "\x1b[0m";
}

std::string Output::bold(std::string_view text) const { return styled("1", text); }
std::string Output::highlight(std::string_view text) const { return styled("1;31", text); }
std::string Output::dim(std::string_view text) const { return styled("2", text); }

}  // namespace genchi::cli
