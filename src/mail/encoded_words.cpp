#include "mail/encoded_words.hpp"

#include <algorithm>
#include <vector>

#include "base/bytes.hpp"
#include "mail/lines.hpp"
#include "mail/message.hpp"
#include "mail/transfer.hpp"
#include "text/charset.hpp"

namespace genchi::mail {
namespace {

constexpr std::size_t max_charset_length = 60;

bool is_plain_ascii(std::string_view text) {
  return std::none_of(text.begin(), text.end(),
                      [](char c) { return static_cast<unsigned char>(c) >= 0x80 || c == '\x1b'; });
}

bool is_base64_text(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/' ||
         c == '=';
}

std::string decode_q(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '_') {
      out.push_back(' ');
      continue;
    }
    if (text[i] == '=' && i + 2 < text.size()) {
      const int high = hex_value(text[i + 1]);
      const int low = hex_value(text[i + 2]);
      if (high >= 0 && low >= 0) {
        out.push_back(static_cast<char>(high * 16 + low));
        i += 2;
        continue;
      }
    }
    out.push_back(text[i]);
  }
  return out;
}

// Adjacent words of one charset. Their bytes are joined before decoding, since mailers cut inside characters.
class WordGroup {
 public:
  bool empty() const { return words_.empty(); }
  bool takes(const EncodedWord& word) const {
    return words_.empty() || ascii_iequals(words_.front().charset, word.charset);
  }
  void add(const EncodedWord& word) { words_.push_back(word); }

  void flush(std::string& out) {
    if (words_.empty()) return;
    const std::string_view charset = words_.front().charset;
    Decoded decoded = decode_text(each_decoded(), charset);
    if ((decoded.lossy || !decoded.as_declared) && words_.size() > 1) {
      // Some cut the base64 text itself at any place: then only the joined text makes sense.
      Decoded joined = decode_text(joined_decoded(), charset);
      if (!joined.lossy && joined.as_declared) decoded = std::move(joined);
    }
    append_one_line(out, decoded.text);
    words_.clear();
  }

 private:
  std::string each_decoded() const {
    std::string bytes;
    for (const EncodedWord& word : words_) {
      bytes += word.encoding == 'B' ? decode_base64(word.text).bytes : decode_q(word.text);
    }
    return bytes;
  }

  std::string joined_decoded() const {
    std::string bytes;
    std::string base64;
    for (const EncodedWord& word : words_) {
      if (word.encoding == 'B') {
        base64 += word.text;
        if (word.text.empty() || word.text.back() != '=') continue;
      }
      bytes += decode_base64(base64).bytes;
      base64.clear();
      if (word.encoding == 'Q') bytes += decode_q(word.text);
    }
    bytes += decode_base64(base64).bytes;
    return bytes;
  }

  std::vector<EncodedWord> words_;
};

void append_plain(std::string& out, std::string_view text) {
  if (is_plain_ascii(text)) {
    append_one_line(out, text);
  } else {
    append_one_line(out, decode_text(text).text);
  }
}

} // namespace

std::optional<EncodedWord> EncodedWordFinder::word_at(std::size_t at) {
  constexpr auto npos = std::string_view::npos;
  const std::size_t charset_begin = at + 2;
  if (charset_begin >= value_.size()) return std::nullopt;
  const std::size_t charset_end =
      value_.substr(0, charset_begin + max_charset_length).find_first_of("? \t\"<>,", charset_begin);
  if (charset_end == npos || charset_end == charset_begin || value_[charset_end] != '?') return std::nullopt;
  if (charset_end + 2 >= value_.size() || value_[charset_end + 2] != '?') return std::nullopt;

  EncodedWord word;
  word.charset = value_.substr(charset_begin, charset_end - charset_begin);
  word.charset = word.charset.substr(0, word.charset.find('*')); // RFC 2231 language
  const char encoding = value_[charset_end + 1];
  if (encoding != 'B' && encoding != 'b' && encoding != 'Q' && encoding != 'q') return std::nullopt;
  word.encoding = encoding == 'B' || encoding == 'b' ? 'B' : 'Q';

  const std::size_t begin = charset_end + 3;
  if (!terminator_known_ || (terminator_ < begin && terminator_ != npos)) {
    terminator_ = value_.find("?=", begin);
    terminator_known_ = true;
  }
  const std::size_t next_word = value_.substr(0, terminator_).find("=?", begin);
  if (terminator_ != npos && next_word == npos) {
    word.text = value_.substr(begin, terminator_ - begin);
    word.end = terminator_ + 2;
    return word;
  }
  std::size_t end = begin;
  while (end < value_.size() && end < next_word &&
         (word.encoding == 'B' ? is_base64_text(value_[end])
                               : value_[end] > ' ' && value_[end] != '"' && value_[end] != '<')) {
    ++end;
  }
  if (!is_known_charset(word.charset)) return std::nullopt;
  word.text = value_.substr(begin, end - begin);
  word.end = end;
  return word;
}

std::string unfold(std::string_view value) {
  value = trim(value);
  std::string out;
  if (value.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos) {
    out = value;
    return out;
  }
  out.reserve(value.size());
  for (const char c : value) {
    if (c != '\r' && c != '\n' && c != '\0') out.push_back(c);
  }
  return out;
}

std::string unfold_to_utf8(std::string_view value) {
  std::string out = unfold(value);
  if (is_plain_ascii(out)) return out;
  std::string text;
  append_one_line(text, decode_text(out).text);
  return text;
}

void append_one_line(std::string& out, std::string_view text) {
  for (const char c : text) {
    if (c == '\0') continue;
    out.push_back(c == '\r' || c == '\n' || c == '\t' ? ' ' : c);
  }
}

std::string decode_header_text(std::string_view raw) {
  const std::string value = unfold(raw);
  std::string out;
  out.reserve(value.size());
  EncodedWordFinder finder(value);
  WordGroup group;
  std::size_t plain_begin = 0;
  std::size_t at = value.find("=?");
  while (at != std::string::npos) {
    const auto word = finder.word_at(at);
    if (!word) {
      at = value.find("=?", at + 2);
      continue;
    }
    const std::string_view plain = std::string_view(value).substr(plain_begin, at - plain_begin);
    if (group.empty() || !is_blank(plain)) {
      group.flush(out);
      append_plain(out, plain);
    } else if (!group.takes(*word)) {
      group.flush(out);
    }
    group.add(*word);
    plain_begin = word->end;
    at = value.find("=?", plain_begin);
  }
  group.flush(out);
  append_plain(out, std::string_view(value).substr(plain_begin));
  return out;
}

} // namespace genchi::mail
