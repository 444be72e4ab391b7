// Text broken into lines of a width, with Pango. Text is hostile: it is never read as markup, controls are shown as
// for_terminal() shows them, and a character that no font has as ‹U+E000›.
#pragma once

#include <pango/pangocairo.h>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace genchi::pdf {

/// Of text. TrueType first: cairo makes the subset of a font of 6 MB in 2 ms, that of Noto Sans CJK (16 MB of CFF) in 20 ms. The first is
/// add_light_font()'s copy of the second.
/// Emoji are no part of the list: Pango finds their font, and would take digits from it.
inline constexpr const char* families = "genchi light,IPAexGothic,IPAPGothic,Noto Sans CJK JP,DejaVu Sans";

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
template <typename T> using Owned = std::unique_ptr<T, Unref>;

/// A line as it is drawn. It holds its layout: the words of the line are in there.
struct TextLine {
  std::shared_ptr<PangoLayout> layout;
  PangoLayoutLine* line = nullptr;  ///< of `layout`
  double ascent = 0, height = 0;    ///< points
};

enum class LongText {
  wrapped,
  ellipsized,  ///< one line
};

class TextBreaker {
 public:
  /// Throws Error if no font has Japanese.
  TextBreaker();

  /// Gives the lines of `text`, `width` points wide at most, in letters of `size` points. Text of any length: at no time
  /// are more than some thousand characters laid out, beside what `each` keeps.
  void lines(std::string_view text, double size, double width, const std::function<void(TextLine)>& each) const;
  /// The first line, cut with … where it is too long.
  TextLine one_line(std::string_view text, double size, double width) const;
  /// Points a text of one line takes; for short ones that come again and again.
  double width_of(std::string_view text, double size) const;

 private:
  std::shared_ptr<PangoLayout> layout_of(std::string& text, double size, double width, LongText how) const;

  Owned<PangoFontMap> fonts_;
  Owned<PangoContext> context_;
  std::unique_ptr<PangoFontDescription, void (*)(PangoFontDescription*)> font_;  ///< its size is that of the last layout
  std::unique_ptr<PangoAttrList, void (*)(PangoAttrList*)> attributes_;
  mutable std::map<std::pair<std::string, double>, double> widths_;
};

}  // namespace genchi::pdf
