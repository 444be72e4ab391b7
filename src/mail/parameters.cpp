#include "mail/parameters.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <unordered_map>

#include "base/bytes.hpp"
#include "mail/encoded_words.hpp"
#include "mail/message.hpp"
#include "mail/transfer.hpp"
#include "text/charset.hpp"

namespace genchi::mail {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::string_view blanks = " \t\r\n";
constexpr std::size_t max_parameters = 10'000;
constexpr std::size_t max_key_length = 200;

struct Written {
  std::string_view key;
  std::string value;
};

bool is_key_char(char c) {
  return c > ' ' && c < 0x7f && std::string_view("=;\"(),<>").find(c) == npos;
}

// The end of a comment that begins at `at`; npos if it is not closed.
std::size_t comment_end(std::string_view text, std::size_t at) {
  std::size_t depth = 0;
  for (; at < text.size(); ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text[at] == '(') {
      ++depth;
    } else if (text[at] == ')' && --depth == 0) {
      return at + 1;
    }
  }
  return npos;
}

class ParameterReader {
 public:
  explicit ParameterReader(std::string_view text) : text_(text) {
    // "text/plain; charset=x", but also a value that lost its type: "charset=x".
    at_ = text_.find_first_not_of(blanks);
    if (at_ == npos) at_ = text_.size();
    std::size_t end = at_;
    while (end < text_.size() && is_key_char(text_[end])) ++end;
    if (end == text_.size() || text_[end] != '=') at_ = end;
  }

  std::vector<Written> read() {
    std::vector<Written> all;
    while (at_ < text_.size() && all.size() < max_parameters) {
      if (blanks.find(text_[at_]) != npos || text_[at_] == ';' || text_[at_] == ',') {
        ++at_;
      } else if (text_[at_] == '(') {
        skip_comment();
      } else if (auto key = read_key()) {
        all.push_back({*key, read_value(*key)});
      }
    }
    return all;
  }

 private:
  void skip_comment() {
    const std::size_t end = comments_ ? comment_end(text_, at_) : npos;
    comments_ = end != npos; // one that is not closed would be searched for again and again
    at_ = comments_ ? end : at_ + 1;
  }

  // Leaves `at_` at the value; without a '=' steps over what stands there instead.
  std::optional<std::string_view> read_key() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_key_char(text_[at_])) ++at_;
    const std::string_view key = text_.substr(begin, at_ - begin);
    std::size_t equals = text_.find_first_not_of(blanks, at_);
    if (key.empty() || equals == npos || text_[equals] != '=') {
      if (at_ == begin) ++at_;
      return std::nullopt;
    }
    at_ = equals + 1;
    while (at_ < text_.size() && blanks.find(text_[at_]) != npos) ++at_;
    return key;
  }

  std::string read_value(std::string_view key) {
    if (at_ < text_.size() && text_[at_] == '"') return read_quoted();
    const std::size_t begin = at_;
    at_ = std::min(text_.find_first_of(ends_of(key), at_), text_.size());
    return std::string(trim(text_.substr(begin, at_ - begin)));
  }

  // File names are written without quotes though they hold blanks and parentheses, boundaries though they
  // hold the latter.
  static std::string_view ends_of(std::string_view key) {
    if (ascii_istarts_with(key, "filename") || ascii_istarts_with(key, "name")) return ";";
    return ascii_iequals(key, "boundary") ? " \t\r\n;" : " \t\r\n(,;";
  }

  std::string read_quoted() {
    std::string value;
    for (++at_; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '\\' && at_ + 1 < text_.size() && (text_[at_ + 1] == '"' || text_[at_ + 1] == '\\')) {
        value.push_back(text_[++at_]);
      } else if (c == '"' && closes_here()) {
        ++at_;
        break;
      } else if (c != '\r' && c != '\n') {
        value.push_back(c);
      }
    }
    return value;
  }

  // A quote inside a name that nobody escaped does not close it: "a"b".pdf".
  bool closes_here() const {
    const std::size_t next = text_.find_first_not_of(blanks, at_ + 1);
    if (next == npos || text_[next] == ';' || text_[next] == '(' || text_[next] == ',') return true;
    if (next == at_ + 1) return false;
    std::size_t end = next;
    while (end < text_.size() && end - next < max_key_length && is_key_char(text_[end])) ++end;
    return end > next && end < text_.size() && text_[end] == '=';
  }

  std::string_view text_;
  std::size_t at_ = 0;
  bool comments_ = true;
};

// One parameter put together from `name`, `name*`, `name*0`, `name*1*` …
struct Assembled {
  std::optional<std::string> plain;
  std::optional<std::string> extended;
  struct Section {
    std::string value;
    bool percent_encoded = false;
  };
  std::map<std::uint32_t, Section> sections;
};

struct KeyParts {
  std::string name;
  std::optional<std::uint32_t> section;
  bool extended = false;
};

KeyParts split_key(std::string_view key) {
  KeyParts parts;
  const std::size_t star = key.find('*');
  parts.name = ascii_lower(key.substr(0, star));
  if (star == npos) return parts;
  std::string_view rest = key.substr(star + 1);
  if (rest.empty() || rest.back() == '*') {
    parts.extended = true;
    if (!rest.empty()) rest.remove_suffix(1);
  }
  if (rest.empty() || rest.size() > 6) return parts;
  std::uint32_t number = 0;
  for (const char c : rest) {
    if (c < '0' || c > '9') return parts;
    number = number * 10 + static_cast<std::uint32_t>(c - '0');
  }
  parts.section = number;
  return parts;
}

// charset'language'text; some leave the charset out, some the whole prefix.
std::string_view take_charset(std::string_view& text) {
  const std::size_t first = text.find('\'');
  const std::size_t second = first == npos ? npos : text.find('\'', first + 1);
  if (second == npos) return {};
  const std::string_view charset = text.substr(0, first);
  text.remove_prefix(second + 1);
  return charset;
}

std::string decoded_extended(const Assembled& parameter) {
  std::string bytes;
  std::string charset;
  if (parameter.sections.empty()) {
    std::string_view text = *parameter.extended;
    charset = take_charset(text);
    bytes = percent_decoded(text);
  }
  std::uint32_t expected = 0;
  for (const auto& [number, section] : parameter.sections) {
    if (number != expected++) break;
    std::string_view text = section.value;
    if (section.percent_encoded && number == 0) charset = take_charset(text);
    bytes += section.percent_encoded ? percent_decoded(text) : std::string(text);
  }
  std::string out;
  append_one_line(out, decode_text(bytes, charset).text);
  return out;
}

std::string decoded_value(const Assembled& parameter) {
  if (const auto first = parameter.sections.find(0); first != parameter.sections.end()) {
    if (first->second.percent_encoded) return decoded_extended(parameter);
    const bool any_encoded = std::any_of(parameter.sections.begin(), parameter.sections.end(),
                                         [](const auto& s) { return s.second.percent_encoded; });
    if (any_encoded) return decoded_extended(parameter);
    std::string joined;
    std::uint32_t expected = 0;
    for (const auto& [number, section] : parameter.sections) {
      if (number != expected++) break;
      joined += section.value;
    }
    return decode_header_text(joined);
  }
  if (parameter.extended) {
    Assembled alone;
    alone.extended = parameter.extended;
    return decoded_extended(alone);
  }
  return parameter.plain ? decode_header_text(*parameter.plain) : std::string();
}

} // namespace

std::vector<std::pair<std::string, std::string>> all_parameters(std::string_view value) {
  const std::string text = unfold_to_utf8(value);
  std::vector<std::pair<std::string, Assembled>> parameters;
  std::unordered_map<std::string, std::size_t> index;
  for (Written& written : ParameterReader(text).read()) {
    KeyParts key = split_key(written.key);
    const auto [place, is_new] = index.try_emplace(key.name, parameters.size());
    if (is_new) parameters.emplace_back(std::move(key.name), Assembled());
    Assembled& parameter = parameters[place->second].second;
    if (key.section) {
      parameter.sections.try_emplace(*key.section,
                                     Assembled::Section{std::move(written.value), key.extended});
    } else if (key.extended) {
      if (!parameter.extended) parameter.extended = std::move(written.value);
    } else if (!parameter.plain) {
      parameter.plain = std::move(written.value);
    }
  }
  std::vector<std::pair<std::string, std::string>> all;
  all.reserve(parameters.size());
  for (auto& [name, parameter] : parameters) all.emplace_back(std::move(name), decoded_value(parameter));
  return all;
}

std::string parameter(std::string_view value, std::string_view name) {
  for (auto& [key, text] : all_parameters(value)) {
    if (ascii_iequals(key, name)) return std::move(text);
  }
  return {};
}

std::string raw_parameter(std::string_view value, std::string_view name) {
  const std::string text = unfold(value);
  for (Written& written : ParameterReader(text).read()) {
    if (ascii_iequals(written.key, name)) return std::move(written.value);
  }
  return parameter(value, name);
}

std::string leading_token(std::string_view value) {
  const std::string text = unfold(value);
  std::size_t at = text.find_first_not_of(blanks);
  if (at != std::string::npos && text[at] == '(') {
    const std::size_t end = comment_end(text, at);
    at = end == npos ? npos : text.find_first_not_of(blanks, end);
  }
  if (at == std::string::npos) return {};
  const std::size_t end = text.find_first_of(" \t;(,\"=", at);
  return ascii_lower(std::string_view(text).substr(at, end == npos ? npos : end - at));
}

std::string media_type(std::string_view value) {
  std::string type = leading_token(value);
  const std::size_t slash = type.find('/');
  const bool well_formed = slash != std::string::npos && slash > 0 && slash + 1 < type.size() &&
                           type.size() < 128 &&
                           std::all_of(type.begin(), type.end(), [](char c) { return c > ' ' && c < 0x7f; });
  return well_formed ? type : std::string();
}

} // namespace genchi::mail
