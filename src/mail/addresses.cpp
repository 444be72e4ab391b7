// Address lists. Ours and not mimetic's, which splits inside encoded words and keeps quotes in names.
#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bytes.hpp"
#include "mail/encoded_words.hpp"
#include "mail/lines.hpp"
#include "mail/message.hpp"

namespace genchi::mail {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::size_t max_addresses = 50'000; // of one field

// `"'山田'"` and its like: quotes some programs leave inside the quotes.
std::string_view unquoted(std::string_view name) {
  name = trim(name);
  while (name.size() >= 2 && name.front() == name.back() && (name.front() == '"' || name.front() == '\'')) {
    name = trim(name.substr(1, name.size() - 2));
  }
  return name;
}

// `a@example.jp>`: the other bracket is missing, or the brackets were encoded as well.
std::string without_brackets(std::string_view address) {
  while (address.starts_with('<')) address.remove_prefix(1);
  while (address.ends_with('>')) address.remove_suffix(1);
  return std::string(trim(address));
}

std::string collapsed(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (is_blank(c) && (out.empty() || out.back() == ' ')) continue;
    out.push_back(is_blank(c) ? ' ' : c);
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

class AddressReader {
 public:
  explicit AddressReader(std::string_view value) : value_(value), words_(value) {}

  std::vector<Address> read() {
    while (at_ < value_.size() && addresses_.size() < max_addresses) step();
    finish();
    return std::move(addresses_);
  }

 private:
  // A run of characters without blanks outside quotes. `written` keeps the quotes: `"a..b"@example.jp`.
  struct Word {
    std::string written;
    std::string text;
  };

  void step() {
    const char c = value_[at_];
    if (c == '(' && read_comment()) return;
    if (c == '=' && read_encoded_word()) return;
    if (c == '"') return read_quoted();
    if (c == '<') return read_angle();
    if (c == ',' || c == ';') {
      finish();
    } else if (c == ':' && is_group_name()) {
      clear();
    } else if (is_blank(c)) {
      word_open_ = false;
    } else {
      append(value_.substr(at_, 1), value_.substr(at_, 1));
    }
    ++at_;
  }

  void append(std::string_view written, std::string_view text) {
    if (!word_open_) words_of_name_.emplace_back();
    word_open_ = true;
    words_of_name_.back().written += written;
    words_of_name_.back().text += text;
    has_at_ = has_at_ || text.find('@') != npos;
  }

  bool read_encoded_word() {
    if (value_.substr(at_, 2) != "=?") return false;
    const auto word = words_.word_at(at_);
    if (!word) return false;
    const std::string_view written = value_.substr(at_, word->end - at_);
    append(written, written);
    at_ = word->end;
    return true;
  }

  // A quote never closed, or closed only by the opening quote of a later name, is stepped over: what follows
  // is read as if it were not there, and so are the escaped quotes in it: each would look for the same end
  // again.
  void read_quoted() {
    if (at_ < no_quote_before_) {
      ++at_;
      return;
    }
    std::string text;
    std::size_t end = at_ + 1;
    for (; end < value_.size() && value_[end] != '"'; ++end) {
      if (value_[end] == '\\' && end + 1 < value_.size()) ++end;
      text.push_back(value_[end]);
    }
    const bool closed = end < value_.size();
    const char after = end + 1 < value_.size() ? value_[end + 1] : ',';
    const bool swallowed_address = text.find('<') != npos && text.find('@') != npos;
    if (!closed || (swallowed_address && std::string_view(" \t<,;@(").find(after) == npos)) {
      no_quote_before_ = end;
      ++at_;
      return;
    }
    append(value_.substr(at_, end + 1 - at_), text);
    at_ = end + 1;
  }

  bool read_comment() {
    if (unclosed_comment_) return false;
    std::size_t depth = 0;
    std::string text;
    for (std::size_t i = at_; i < value_.size(); ++i) {
      const char c = value_[i];
      if (c == ')' && --depth == 0) {
        if (comment_.empty()) comment_ = std::move(text);
        at_ = i + 1;
        word_open_ = false;
        return true;
      }
      if (c == '(' && depth++ == 0) continue;
      if (c == '\\' && i + 1 < value_.size()) ++i;
      text.push_back(value_[i]);
    }
    unclosed_comment_ = true;
    return false;
  }

  void read_angle() {
    const std::size_t begin = at_ + 1;
    const std::size_t stop = value_.find_first_of("<>", begin);
    std::size_t end = 0;
    if (stop != npos && value_[stop] == '>') {
      end = stop;
      at_ = stop + 1;
    } else {
      end = std::min(value_.find_first_of(",;<", begin), value_.size());
      at_ = end;
    }
    std::string_view address = trim(value_.substr(begin, end - begin));
    if (!address.empty() && address.front() == '@') { // source route
      if (const std::size_t colon = address.find(':'); colon != npos)
        address = trim(address.substr(colon + 1));
    }
    if (has_angle_) finish_without_comma();
    has_angle_ = true;
    angle_ = address;
    words_before_angle_ = words_of_name_.size();
    word_open_ = false;
  }

  // `営業部: a@example.jp, b@example.jp;`, and not the colon in `予約: 青木 <a@example.jp>`.
  bool is_group_name() {
    if (has_angle_ || has_at_ || words_of_name_.empty()) return false;
    if (semicolon_ < at_ && semicolon_ != npos) semicolon_ = value_.find(';', at_);
    return semicolon_ != npos || is_blank(value_.substr(at_ + 1));
  }

  std::string phrase() const {
    std::string text;
    for (const Word& word : words_of_name_) {
      if (!text.empty()) text += ' ';
      text += word.text;
    }
    return text;
  }

  // Takes the word that is an address out of the words; `a @ b` was written with blanks.
  std::string take_bare_address() {
    for (std::size_t i = 0; i < words_of_name_.size(); ++i) {
      Word& word = words_of_name_[i];
      if (word.written.find('@') == std::string::npos) continue;
      if (word.written.substr(0, 2) == "=?") continue;
      std::string address = std::move(word.written);
      std::size_t first = i;
      std::size_t last = i + 1;
      if (address.front() == '@' && i > 0) address = words_of_name_[--first].written + address;
      if (address.back() == '@' && last < words_of_name_.size()) address += words_of_name_[last++].written;
      words_of_name_.erase(words_of_name_.begin() + static_cast<std::ptrdiff_t>(first),
                           words_of_name_.begin() + static_cast<std::ptrdiff_t>(last));
      return address;
    }
    return {};
  }

  void finish() {
    Address result;
    if (has_angle_) {
      result.address = without_brackets(angle_.find("=?") == npos ? angle_ : decode_header_text(angle_));
    } else {
      result.address = without_brackets(take_bare_address());
    }
    std::string name = phrase();
    if (name.empty()) name = comment_;
    name = decode_header_text(name);
    result.name = collapsed(unquoted(name));
    if (ascii_iequals(result.name, result.address)) result.name.clear();
    if (!result.name.empty() || !result.address.empty()) addresses_.push_back(std::move(result));
    clear();
  }

  // Two addresses in a row: the words between them are the second one's name.
  void finish_without_comma() {
    const auto begin = words_of_name_.begin() + static_cast<std::ptrdiff_t>(words_before_angle_);
    std::vector<Word> next(std::make_move_iterator(begin), std::make_move_iterator(words_of_name_.end()));
    words_of_name_.erase(begin, words_of_name_.end());
    finish();
    words_of_name_ = std::move(next);
  }

  void clear() {
    words_of_name_.clear();
    comment_.clear();
    angle_ = {};
    has_angle_ = false;
    has_at_ = false;
    word_open_ = false;
  }

  std::string_view value_;
  EncodedWordFinder words_;
  std::size_t at_ = 0;
  std::vector<Address> addresses_;
  std::vector<Word> words_of_name_;
  std::string comment_;
  std::string_view angle_;
  std::size_t words_before_angle_ = 0;
  bool has_angle_ = false;
  bool has_at_ = false; ///< some word of the name has an @
  bool word_open_ = false;
  bool unclosed_comment_ = false;
  std::size_t no_quote_before_ = 0;
  std::size_t semicolon_ = 0; ///< a ';', none before it from the last place asked about on
};

} // namespace

std::vector<Address> parse_addresses(std::string_view value) {
  const std::string text = unfold_to_utf8(value);
  return AddressReader(text).read();
}

} // namespace genchi::mail
