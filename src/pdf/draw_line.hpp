// A line of text drawn on a sheet, so that its words can be searched and copied.
#pragma once

#include <map>
#include <memory>
#include <utility>

#include "pdf/text_lines.hpp"

namespace genchi::pdf {

/// Draws the lines of one document. cairo puts glyphs in colour into a PDF as pictures of 72 dots an inch, without words:
/// they are drawn here as pictures of more dots, over a square that nobody sees and that carries the words. The picture of each glyph is in the
/// document once.
class LineDrawer {
 public:
  explicit LineDrawer(cairo_t* cairo) : cairo_(cairo) {}
  void draw(const TextLine& line, double x, double baseline);

 private:
  struct Picture {
    std::shared_ptr<PangoFont> font;  ///< held: its address is the key
    std::shared_ptr<cairo_surface_t> surface;
    double x = 0, y = 0, scale = 1;  ///< of its corner from the glyph's origin, and points a dot
  };

  void draw_in_colour(const char* text, const PangoGlyphItem& run, double x, double baseline);
  void draw_words(const char* text, const PangoGlyphItem& run, double x, double baseline);
  const Picture& picture(PangoFont* font, PangoGlyph glyph);

  cairo_t* cairo_;
  std::map<std::pair<PangoFont*, PangoGlyph>, Picture> pictures_;
};

}  // namespace genchi::pdf
