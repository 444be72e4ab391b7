// Walks the lines of a message.
#pragma once

#include <cstddef>
#include <cstring>
#include <string_view>

namespace genchi::mail {

/// A line ends with LF, CRLF, CR, or CR CR LF (a line end converted twice, common enough to hide whole
/// headers if it counted as a blank line). Linear in the bytes walked, also where one kind of line end never
/// comes.
class LineCursor {
 public:
  explicit LineCursor(std::string_view bytes, std::size_t at = 0) : bytes_(bytes), end_(at) {}

  /// Steps to the next line; false at the end of the bytes.
  bool next() {
    begin_ = end_;
    if (begin_ >= bytes_.size()) return false;
    if (!lf_known_ || lf_ < begin_) {
      lf_ = bytes_.find('\n', begin_);
      if (lf_ == std::string_view::npos) lf_ = bytes_.size();
      lf_known_ = true;
      lf_from_ = begin_;
    }
    const void* cr = std::memchr(bytes_.data() + begin_, '\r', lf_ - begin_);
    if (cr == nullptr) {
      text_end_ = lf_;
      end_ = lf_ < bytes_.size() ? lf_ + 1 : lf_;
      return true;
    }
    text_end_ = static_cast<std::size_t>(static_cast<const char*>(cr) - bytes_.data());
    end_ = text_end_ + 1;
    if (end_ < bytes_.size() && bytes_[end_] == '\n') {
      end_ += 1;
    } else if (end_ + 1 < bytes_.size() && bytes_[end_] == '\r' && bytes_[end_ + 1] == '\n') {
      end_ += 2;
    }
    return true;
  }

  std::string_view text() const { return bytes_.substr(begin_, text_end_ - begin_); }
  std::size_t begin() const { return begin_; }       ///< of the current line
  std::size_t text_end() const { return text_end_; } ///< where its line end begins
  std::size_t end() const { return end_; }           ///< where the next line begins
  /// The next line is the one at `at`, which must be the beginning of one.
  void seek(std::size_t at) {
    if (at < lf_from_) lf_known_ = false;
    end_ = at;
  }

 private:
  std::string_view bytes_;
  std::size_t begin_ = 0;
  std::size_t text_end_ = 0;
  std::size_t end_ = 0;
  std::size_t lf_ = 0;
  std::size_t lf_from_ = 0; ///< lf_ is the first LF from here on
  bool lf_known_ = false;
};

inline bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

/// Only spaces and TABs, or nothing.
inline bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t") == std::string_view::npos;
}

} // namespace genchi::mail
