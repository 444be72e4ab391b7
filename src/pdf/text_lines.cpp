#include "pdf/text_lines.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/bytes.hpp"
#include "genchi/error.hpp"
#include "pdf/light_font.hpp"
#include "text/width.hpp"

namespace genchi::pdf {
namespace {

constexpr std::size_t most_bytes = 8192;  // laid out at once
constexpr gunichar hiragana_a = 0x3042;

double points(int pango) { return static_cast<double>(pango) / PANGO_SCALE; }

/// The first `most_bytes` of `rest`, up to a line end if there is one, else between characters.
std::string_view first_piece(std::string_view rest) {
  if (rest.size() <= most_bytes) return rest;
  if (const std::size_t end = rest.rfind('\n', most_bytes - 1); end != std::string_view::npos && end > 0) return rest.substr(0, end + 1);
  std::size_t end = most_bytes;
  while (end > 0 && (static_cast<unsigned char>(rest[end]) & 0xC0) == 0x80) --end;
  return rest.substr(0, end);
}

/// Bytes of the text at which a character begins that no font has, ascending.
std::vector<std::size_t> unknown_characters(PangoLayout* layout) {
  std::vector<std::size_t> found;
  for (GSList* line = pango_layout_get_lines_readonly(layout); line; line = line->next)
    for (GSList* run = static_cast<PangoLayoutLine*>(line->data)->runs; run; run = run->next) {
      const auto* item = static_cast<PangoLayoutRun*>(run->data);
      for (int i = 0; i < item->glyphs->num_glyphs; ++i)
        if (item->glyphs->glyphs[i].glyph & PANGO_GLYPH_UNKNOWN_FLAG)
          found.push_back(static_cast<std::size_t>(item->item->offset + item->glyphs->log_clusters[i]));
    }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

/// Those written out. for_terminal() made ␛ of an escape: it is named as what it was.
std::string written_out(std::string_view text, const std::vector<std::size_t>& at) {
  std::string out;
  std::size_t done = 0;
  for (const std::size_t place : at) {
    if (place < done || place >= text.size()) continue;
    const CodePoint c = decode_utf8(text, place);
    const char32_t value = c.value >= 0x2400 && c.value < 0x2420 ? c.value - 0x2400 : c.value == 0x2421 ? 0x7F : c.value;
    out += text.substr(done, place - done);
    out += fmt::format("‹U+{:04X}›", static_cast<std::uint32_t>(value));
    done = place + c.size;
  }
  return out.append(text.substr(done));
}

TextLine measured(const std::shared_ptr<PangoLayout>& layout, PangoLayoutLine* line) {
  PangoRectangle logical{};
  pango_layout_line_get_extents(line, nullptr, &logical);
  return {layout, line, points(-logical.y), points(logical.height)};
}

PangoFontMap* font_map() {
  add_light_font("IPAexGothic", "genchi light");
  return pango_cairo_font_map_new();
}

}  // namespace

TextBreaker::TextBreaker()
    : fonts_(font_map()), font_(pango_font_description_from_string(families), &pango_font_description_free),
      attributes_(pango_attr_list_new(), &pango_attr_list_unref) {
  pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(fonts_.get()), 72);
  context_.reset(pango_font_map_create_context(fonts_.get()));
  pango_context_set_language(context_.get(), pango_language_from_string("ja"));
  pango_context_set_base_dir(context_.get(), PANGO_DIRECTION_LTR);
  pango_context_set_round_glyph_positions(context_.get(), FALSE);
  // Of a sheet, not of a screen.
  const std::unique_ptr<cairo_font_options_t, void (*)(cairo_font_options_t*)> options(cairo_font_options_create(), &cairo_font_options_destroy);
  cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias(options.get(), CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options(context_.get(), options.get());
  pango_attr_list_insert(attributes_.get(), pango_attr_insert_hyphens_new(FALSE));

  pango_font_description_set_absolute_size(font_.get(), 10 * PANGO_SCALE);
  const Owned<PangoFontset> set(pango_font_map_load_fontset(fonts_.get(), context_.get(), font_.get(), pango_language_from_string("ja")));
  const Owned<PangoFont> font(set ? pango_fontset_get_font(set.get(), hiragana_a) : nullptr);
  if (!font || !pango_font_has_char(font.get(), hiragana_a)) throw Error("no font has Japanese");
}

std::shared_ptr<PangoLayout> TextBreaker::layout_of(std::string& text, double size, double width, LongText how) const {
  const std::shared_ptr<PangoLayout> layout(pango_layout_new(context_.get()), Unref{});
  pango_font_description_set_absolute_size(font_.get(), size * PANGO_SCALE);
  pango_layout_set_font_description(layout.get(), font_.get());  // a copy
  pango_layout_set_attributes(layout.get(), attributes_.get());
  pango_layout_set_auto_dir(layout.get(), FALSE);
  pango_layout_set_width(layout.get(), width < 0 ? -1 : static_cast<int>(width * PANGO_SCALE));
  if (how == LongText::ellipsized)
    pango_layout_set_ellipsize(layout.get(), PANGO_ELLIPSIZE_END);
  else
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
  pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
  if (pango_layout_get_unknown_glyphs_count(layout.get()) > 0) {
    text = written_out(text, unknown_characters(layout.get()));
    pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
  }
  return layout;
}

void TextBreaker::lines(std::string_view text, double size, double width, const std::function<void(TextLine)>& each) const {
  const std::string safe = for_terminal(text, /*multiline=*/true);
  std::string piece;
  for (std::string_view rest = safe; !rest.empty() || !piece.empty();) {
    const std::string_view next = first_piece(rest);
    rest.remove_prefix(next.size());
    piece += next;
    // The line behind a line end would be there twice: here, and as the first of the next piece.
    if (piece.ends_with('\n')) piece.pop_back();
    const bool inside = !rest.empty() && !next.ends_with('\n');
    const std::shared_ptr<PangoLayout> layout = layout_of(piece, size, width, LongText::wrapped);
    GSList* line = pango_layout_get_lines_readonly(layout.get());
    std::string open;  // the beginning of a line whose end is in the next piece
    for (bool first = true; line; line = line->next, first = false) {
      auto* shown = static_cast<PangoLayoutLine*>(line->data);
      if (inside && !line->next && !first) {
        open = piece.substr(static_cast<std::size_t>(pango_layout_line_get_start_index(shown)));
        break;
      }
      each(measured(layout, shown));
    }
    piece = std::move(open);
  }
}

TextLine TextBreaker::one_line(std::string_view text, double size, double width) const {
  std::string safe = for_terminal(text.substr(0, std::min(text.size(), most_bytes)));
  const std::shared_ptr<PangoLayout> layout = layout_of(safe, size, width, LongText::ellipsized);
  return measured(layout, pango_layout_get_line_readonly(layout.get(), 0));
}

double TextBreaker::width_of(std::string_view text, double size) const {
  const auto [known, made] = widths_.try_emplace({std::string(text), size}, 0.0);
  if (!made) return known->second;
  std::string safe = for_terminal(text);
  int width = 0;
  pango_layout_get_size(layout_of(safe, size, -1, LongText::wrapped).get(), &width, nullptr);
  const double result = known->second = points(width);
  if (widths_.size() > 1000) widths_.clear();
  return result;
}

}  // namespace genchi::pdf
