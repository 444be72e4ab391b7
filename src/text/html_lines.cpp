#include "text/html_lines.hpp"

#include <algorithm>
#include <utility>

#include "base/bytes.hpp"

namespace genchi {
namespace {

constexpr int most_breaks = 3;            // two blank lines
constexpr std::size_t deepest_quote = 12; // beyond, "> " would outgrow the text
constexpr char32_t no_break_space = 0xA0;

/// Scripts that are written without spaces: a line end in the source is no space there.
bool joins_lines(char32_t c) {
  return (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE4F) ||
         (c >= 0xFF01 && c <= 0xFF9F) || (c >= 0x20000 && c <= 0x3FFFF);
}

} // namespace

void HtmlLines::add(std::string_view text, bool preformatted) {
  for (std::size_t at = 0; at < text.size() && !full();) {
    const CodePoint c = decode_utf8(text, at);
    const std::string_view character = text.substr(at, c.size);
    at += c.size;
    const bool line_end = c.value == '\n' || c.value == '\r';
    if (preformatted && line_end) {
      if (c.value == '\r' && at < text.size() && text[at] == '\n') ++at;
      line_break();
    } else if (preformatted && (c.value == ' ' || c.value == '\t')) {
      if (!open_)
        indent_ += character;
      else if (tabs_ == 0)
        text_ += character;
    } else if (c.value == ' ' || c.value == '\t' || c.value == '\f' || line_end) {
      space_ = true;
      space_has_break_ = space_has_break_ || line_end;
    } else if (c.value == no_break_space) {
      add_blank();
    } else if (c.value >= 0x20 && c.value != 0x7F && c.value != 0xFEFF &&
               !(c.value >= 0x80 && c.value < 0xA0)) {
      add_visible(character, c.value);
    }
  }
}

/// Writes what is owed before a character.
void HtmlLines::begin_content() {
  if (!open_) {
    if (!text_.empty()) {
      std::string marks;
      for (std::size_t i = 0; i < std::min({last_quote_depth_, quote_depth_, deepest_quote}); ++i)
        marks += "> ";
      if (!marks.empty()) marks.pop_back();
      for (int i = 1; i < breaks_; ++i) text_ += '\n' + marks;
      text_ += '\n';
    }
    for (std::size_t i = 0; i < std::min(quote_depth_, deepest_quote); ++i) text_ += "> ";
    if (bullet_) text_ += "・";
    line_begin_ = text_.size();
    text_ += indent_;
    last_quote_depth_ = quote_depth_;
    open_ = true;
    blank_line_ = bullet_ = space_ = false;
    breaks_ = 0;
    indent_.clear();
  } else if (tabs_ > 0) {
    trim_line();
    text_.append(static_cast<std::size_t>(tabs_), '\t');
    if (bullet_) text_ += "・";
    bullet_ = space_ = false;
  }
  tabs_ = 0;
}

void HtmlLines::add_visible(std::string_view character, char32_t value) {
  const bool fresh = !open_;
  begin_content();
  const bool japanese = space_has_break_ && joins_lines(last_) && joins_lines(value);
  if (space_ && !fresh && !japanese) text_ += ' ';
  space_ = space_has_break_ = false;
  // An ill-formed byte was replaced when the text was decoded, so this is whole.
  text_ += character;
  last_ = value;
  ++count_;
}

void HtmlLines::add_blank() {
  if (tabs_ > 0) return;
  if (!open_) {
    blank_line_ = true;
    return;
  }
  if (space_) text_ += ' ';
  text_ += ' ';
  forget_space();
}

void HtmlLines::forget_space() {
  space_ = space_has_break_ = false;
  indent_.clear();
}

void HtmlLines::trim_line() {
  while (text_.size() > line_begin_ && (text_.back() == ' ' || text_.back() == '\t')) text_.pop_back();
}

void HtmlLines::close_line() {
  trim_line();
  open_ = false;
  breaks_ = 1;
  last_ = 0;
}

void HtmlLines::end_line() {
  if (tabs_ > 0) return;
  if (open_) {
    close_line();
  } else if (blank_line_) {
    breaks_ = std::min(breaks_ + 1, most_breaks);
  }
  blank_line_ = false;
  forget_space();
}

void HtmlLines::end_paragraph() {
  if (tabs_ > 0) return;
  end_line();
  if (!bullet_) breaks_ = std::max(breaks_, 2);
}

void HtmlLines::line_break() {
  if (tabs_ > 0) return;
  if (open_) {
    close_line();
  } else if (!bullet_) {
    breaks_ = std::min(breaks_ + 1, most_breaks);
  }
  blank_line_ = false;
  forget_space();
}

void HtmlLines::next_cell() {
  if (text_.empty()) return;
  // The paragraph that ended with the cell does not end the row's line.
  open_ = true;
  breaks_ = 0;
  blank_line_ = bullet_ = false;
  constexpr int most_tabs = 64;
  tabs_ = std::min(tabs_ + 1, most_tabs);
}

void HtmlLines::end_row() {
  tabs_ = 0;
  bullet_ = false;
  end_line();
}

void HtmlLines::bullet() {
  end_line();
  bullet_ = true;
}

void HtmlLines::end_item() {
  bullet_ = false;
  end_line();
}

std::string HtmlLines::take() {
  if (open_) trim_line();
  if (text_.size() > limit_) {
    std::size_t end = limit_;
    while (end > 0 && (static_cast<unsigned char>(text_[end]) & 0xC0U) == 0x80U) --end;
    text_.resize(end);
  }
  return std::move(text_);
}

} // namespace genchi
