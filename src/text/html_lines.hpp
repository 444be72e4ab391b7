// The lines of a text that grows from HTML: white space, breaks, cells, bullets and quote marks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace genchi {

/// Collects text; breaks are remembered and written only when something follows them.
class HtmlLines {
 public:
  explicit HtmlLines(std::size_t limit) : limit_(limit) {}

  /// UTF-8 as it stands in HTML, entities resolved. `preformatted`: blanks and line ends count.
  void add(std::string_view text, bool preformatted);
  /// A block begins or ends: what follows starts a new line.
  void end_line();
  /// The same, with a blank line between.
  void end_paragraph();
  /// <br>
  void line_break();
  /// The next cell of a row goes on with the line, after a TAB.
  void next_cell();
  /// The row's last cell has ended.
  void end_row();
  /// The next line begins with "・".
  void bullet();
  void end_item();

  /// Levels of quotation for lines that begin from here on.
  void set_quote_depth(std::size_t depth) { quote_depth_ = depth; }
  /// Visible characters so far: has something been added since?
  std::uint64_t count() const { return count_; }
  bool full() const { return text_.size() >= limit_; }
  /// The text, cut at a whole character if it grew beyond the limit.
  std::string take();

 private:
  void begin_content();
  void close_line();
  void add_visible(std::string_view character, char32_t value);
  void add_blank();
  void forget_space();
  void trim_line();

  std::string text_;
  std::size_t limit_;
  std::size_t line_begin_ = 0; ///< behind the quote marks of the last line
  std::size_t quote_depth_ = 0;
  std::size_t last_quote_depth_ = 0; ///< of the last line written
  int breaks_ = 0;                   ///< line ends owed before the next character
  int tabs_ = 0;                     ///< owed as well, within an open line
  bool open_ = false;                ///< the last line takes more
  bool blank_line_ = false;          ///< &nbsp; alone: a line that shows nothing but takes room
  bool bullet_ = false;
  std::string indent_;           ///< blanks at the beginning of a preformatted line, likewise owed
  bool space_ = false;           ///< collapsed white space is owed,
  bool space_has_break_ = false; ///< and a line end was in it
  char32_t last_ = 0;
  std::uint64_t count_ = 0;
};

} // namespace genchi
