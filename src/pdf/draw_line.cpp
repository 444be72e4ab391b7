#include "pdf/draw_line.hpp"

#include <hb-ot.h>

#include <algorithm>
#include <cmath>

namespace genchi::pdf {
namespace {

constexpr double dots_a_point = 6;  // 432 an inch
constexpr std::size_t most_pictures = 500;

double points(int pango) { return static_cast<double>(pango) / PANGO_SCALE; }

bool is_in_colour(PangoFont* font) {
  hb_face_t* face = hb_font_get_face(pango_font_get_hb_font(font));
  return hb_ot_color_has_png(face) || hb_ot_color_has_layers(face) || hb_ot_color_has_svg(face);
}

PangoLayoutRun* run_of(GSList* entry) { return static_cast<PangoLayoutRun*>(entry->data); }

}  // namespace

void LineDrawer::draw(const TextLine& line, double x, double baseline) {
  bool in_colour = false;
  for (GSList* run = line.line->runs; run; run = run->next) in_colour = in_colour || is_in_colour(run_of(run)->item->analysis.font);
  if (!in_colour) {
    cairo_move_to(cairo_, x, baseline);
    pango_cairo_show_layout_line(cairo_, line.line);
    return;
  }
  const char* text = pango_layout_get_text(line.layout.get());
  for (GSList* entry = line.line->runs; entry; entry = entry->next) {
    PangoLayoutRun* run = run_of(entry);
    if (is_in_colour(run->item->analysis.font)) {
      draw_in_colour(text, *run, x, baseline);
    } else {
      cairo_move_to(cairo_, x, baseline);
      pango_cairo_show_glyph_item(cairo_, text, run);
    }
    x += points(pango_glyph_string_get_width(run->glyphs));
  }
}

void LineDrawer::draw_in_colour(const char* text, const PangoGlyphItem& run, double x, double baseline) {
  PangoFont* font = run.item->analysis.font;
  draw_words(text, run, x, baseline);
  double at = x;
  for (int i = 0; i < run.glyphs->num_glyphs; ++i) {
    const PangoGlyphInfo& info = run.glyphs->glyphs[i];
    if (info.glyph != PANGO_GLYPH_EMPTY && !(info.glyph & PANGO_GLYPH_UNKNOWN_FLAG)) {
      const Picture& shown = picture(font, info.glyph);
      if (shown.surface) {
        cairo_save(cairo_);
        cairo_translate(cairo_, at + points(info.geometry.x_offset) + shown.x, baseline + points(info.geometry.y_offset) + shown.y);
        cairo_scale(cairo_, shown.scale, shown.scale);
        cairo_set_source_surface(cairo_, shown.surface.get(), 0, 0);
        cairo_paint(cairo_);
        cairo_restore(cairo_);
      }
    }
    at += points(info.geometry.width);
  }
}

void LineDrawer::draw_words(const char* text, const PangoGlyphItem& run, double x, double baseline) {
  PangoFont* font = run.item->analysis.font;
  const std::unique_ptr<PangoFontDescription, void (*)(PangoFontDescription*)> wanted(pango_font_describe_with_absolute_size(font), &pango_font_description_free);
  pango_font_description_set_family(wanted.get(), families);
  const Owned<PangoContext> context(pango_font_map_create_context(pango_font_get_font_map(font)));
  const Owned<PangoFont> words_font(pango_context_load_font(context.get(), wanted.get()));
  hb_codepoint_t square = 0;
  if (!words_font || !hb_font_get_nominal_glyph(pango_font_get_hb_font(words_font.get()), 0x25A0, &square)) return;
  cairo_save(cairo_);
  cairo_set_source_rgba(cairo_, 1, 1, 1, 0.005);  // less counts as nothing, which is not written
  cairo_set_scaled_font(cairo_, pango_cairo_font_get_scaled_font(PANGO_CAIRO_FONT(words_font.get())));
  PangoGlyphItemIter cluster{};
  auto* item = const_cast<PangoGlyphItem*>(&run);
  double at = x;
  for (gboolean more = pango_glyph_item_iter_init_start(&cluster, item, text); more; more = pango_glyph_item_iter_next_cluster(&cluster)) {
    const int bytes = cluster.end_index - cluster.start_index;
    const cairo_glyph_t one{square, at, baseline};
    const cairo_text_cluster_t whole{bytes, 1};
    cairo_show_text_glyphs(cairo_, text + cluster.start_index, bytes, &one, 1, &whole, 1, static_cast<cairo_text_cluster_flags_t>(0));
    for (int i = std::min(cluster.start_glyph, cluster.end_glyph + 1); i < std::max(cluster.end_glyph, cluster.start_glyph + 1); ++i) at += points(run.glyphs->glyphs[i].geometry.width);
  }
  cairo_restore(cairo_);
}

const LineDrawer::Picture& LineDrawer::picture(PangoFont* font, PangoGlyph glyph) {
  if (pictures_.size() >= most_pictures) pictures_.clear();
  const auto [place, made] = pictures_.try_emplace({font, glyph});
  Picture& result = place->second;
  if (!made) return result;
  result.font = {static_cast<PangoFont*>(g_object_ref(font)), Unref{}};
  PangoRectangle ink{};
  pango_font_get_glyph_extents(font, glyph, &ink, nullptr);
  const double width = points(ink.width), height = points(ink.height);
  if (width <= 0 || height <= 0 || width > 200 || height > 200) return result;
  result.x = points(ink.x) - 0.5;
  result.y = points(ink.y) - 0.5;
  result.scale = 1 / dots_a_point;
  result.surface = {cairo_image_surface_create(CAIRO_FORMAT_ARGB32, static_cast<int>(std::ceil((width + 1) * dots_a_point)), static_cast<int>(std::ceil((height + 1) * dots_a_point))),
                    &cairo_surface_destroy};
  const std::unique_ptr<cairo_t, void (*)(cairo_t*)> image(cairo_create(result.surface.get()), &cairo_destroy);
  cairo_scale(image.get(), dots_a_point, dots_a_point);
  cairo_set_scaled_font(image.get(), pango_cairo_font_get_scaled_font(PANGO_CAIRO_FONT(font)));
  const cairo_glyph_t one{glyph, -result.x, -result.y};
  cairo_show_glyphs(image.get(), &one, 1);
  cairo_surface_flush(result.surface.get());
  return result;
}

}  // namespace genchi::pdf
