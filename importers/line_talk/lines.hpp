// A text file as its lines in UTF-8, each with its place in the bytes, whatever it was saved as.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace genchi::talk {

struct TextLine {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;  ///< with its line end
  std::string_view text;     ///< without; valid as long as the Lines and the bytes
  bool damaged = false;      ///< something became U+FFFD, or may have become `?`
  bool has_end = false;
};

/// Lines end with LF alone; a CR before it goes with it. A BOM is no part of the first line.
class Lines {
 public:
  /// `charset`: "" finds it out. `bytes` must outlive this.
  explicit Lines(std::string_view bytes, std::string_view charset = {});
  Lines(const Lines&) = delete;
  Lines& operator=(const Lines&) = delete;

  const std::string& charset() const { return charset_; }
  std::size_t size() const { return lines_.size(); }
  const TextLine& operator[](std::size_t i) const { return lines_[i]; }
  std::uint64_t end() const { return lines_.empty() ? 0 : lines_.back().offset + lines_.back().length; }

 private:
  void split_bytes(std::string_view bytes, std::size_t begin);
  void split_utf16(std::string_view bytes, bool big_endian);

  std::string charset_;
  std::vector<TextLine> lines_;
  std::deque<std::string> decoded_; ///< of lines that are not UTF-8 in the file
};

} // namespace genchi::talk
