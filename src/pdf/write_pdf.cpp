#include "pdf/write_pdf.hpp"

#include <cairo-pdf.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <memory>

#include "base/files.hpp"
#include "genchi/error.hpp"
#include "pdf/draw_line.hpp"
#include "pdf/sheets.hpp"
#include "text/width.hpp"

namespace genchi::pdf {
namespace {

using evidence::Exhibit;

constexpr std::size_t most_lines_kept = 4000;  // some 70 sheets; more are set twice: to count them, and to draw them

using Surface = std::unique_ptr<cairo_surface_t, void (*)(cairo_surface_t*)>;
using Cairo = std::unique_ptr<cairo_t, void (*)(cairo_t*)>;

/// A file of the folder that is deleted unless it was kept.
class NewFile {
 public:
  NewFile(int folder, std::string name) : folder_(folder), name_(std::move(name)), fd_(::openat(folder, name_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600)) {
    if (!fd_) throw std::system_error(errno, std::generic_category());
  }
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;
  ~NewFile() {
    if (!kept_) ::unlinkat(folder_, name_.c_str(), 0);
  }

  /// For cairo, in C: an error is remembered. cairo gives a few bytes at a time.
  static cairo_status_t write(void* closure, const unsigned char* bytes, unsigned length) {
    auto& file = *static_cast<NewFile*>(closure);
    file.waiting_.append(reinterpret_cast<const char*>(bytes), length);
    if (file.waiting_.size() >= most_waiting) file.flush();
    return file.error_ == 0 ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
  }

  void keep() {
    flush();
    if (error_ == 0 && ::close(fd_.release()) != 0) error_ = errno;
    if (error_ != 0) throw std::system_error(error_, std::generic_category());
    kept_ = true;
  }
  int error() const { return error_; }

 private:
  void flush() {
    for (std::string_view rest = waiting_; !rest.empty() && error_ == 0;) {
      const ssize_t done = ::write(fd_.get(), rest.data(), rest.size());
      if (done >= 0) rest.remove_prefix(static_cast<std::size_t>(done));
      else if (errno != EINTR) error_ = errno;
    }
    waiting_.clear();
  }

  static constexpr std::size_t most_waiting = 1 << 16;
  int folder_;
  std::string name_;
  Fd fd_;
  std::string waiting_;
  int error_ = 0;
  bool kept_ = false;
};

void set_ink(cairo_t* cairo, Ink ink) {
  const auto grey = [&](double value) { cairo_set_source_rgb(cairo, value, value, value); };
  switch (ink) {
  case Ink::black: return grey(0);
  case Ink::dark: return grey(0.2);
  case Ink::grey: return grey(0.38);
  case Ink::band: return grey(0.89);
  case Ink::faint_band: return grey(0.95);
  case Ink::bar: return grey(0.66);
  case Ink::rule: return grey(0.3);
  }
}

/// The number of the exhibit at the top right, framed in red as it is stamped on paper.
void draw_stamp(cairo_t* cairo, LineDrawer& lines, const TextBreaker& breaker, const std::string& number, bool first) {
  const double size = first ? 15 : 8.5, padding = first ? 8 : 4, height = first ? 26 : 14, top = first ? 12 * mm : 13 * mm;
  const TextLine line = breaker.one_line(number, size, 70 * mm);
  PangoRectangle logical{};
  pango_layout_line_get_extents(line.line, nullptr, &logical);
  const double width = static_cast<double>(logical.width) / PANGO_SCALE, x = right_edge - width - padding;
  cairo_set_source_rgb(cairo, 0.75, 0.05, 0.08);
  cairo_set_line_width(cairo, first ? 1.4 : 0.6);
  cairo_rectangle(cairo, x - padding, top, width + 2 * padding, height);
  cairo_stroke(cairo);
  lines.draw(line, x, top + (height - line.height) / 2 + line.ascent);
}

/// An entry of the outline; gives its number.
int add_outline(cairo_t* cairo, int above, const std::string& text, unsigned page, double y) {
  const std::string place = fmt::format("page={} pos=[0 {:.2f}]", page, y);
  const auto flags = above == CAIRO_PDF_OUTLINE_ROOT ? CAIRO_PDF_OUTLINE_FLAG_OPEN : cairo_pdf_outline_flags_t{};
  return cairo_pdf_surface_add_outline(cairo_get_target(cairo), above, text.c_str(), place.c_str(), flags);
}

void draw_sheet(cairo_t* cairo, LineDrawer& lines, const TextBreaker& breaker, const Exhibit& exhibit, const Sheet& sheet, unsigned page, unsigned pages, int outline) {
  for (const Mark& mark : sheet.marks) add_outline(cairo, outline, mark.text, page, mark.y);
  draw_stamp(cairo, lines, breaker, exhibit.number, page == 1);
  if (page > 1) {
    set_ink(cairo, Ink::grey);
    const TextLine title = breaker.one_line(exhibit.title, 8, right_edge - left_edge - 80 * mm);
    lines.draw(title, left_edge, 13 * mm + (14 - title.height) / 2 + title.ascent);
  }
  for (const PlacedBox& box : sheet.boxes) {
    set_ink(cairo, box.ink);
    cairo_rectangle(cairo, box.x, box.y, box.width, box.height);
    cairo_fill(cairo);
  }
  for (const PlacedLine& line : sheet.lines) {
    set_ink(cairo, line.ink);
    lines.draw(line.text, line.x, line.baseline);
  }
  set_ink(cairo, Ink::dark);
  const std::string number = fmt::format("{}/{}", page, pages);
  const double width = breaker.width_of(number, 9);
  lines.draw(breaker.one_line(number, 9, width + 10), (left_edge + right_edge - width) / 2, sheet_height - 12 * mm);
  cairo_show_page(cairo);
}

void draw(cairo_t* cairo, const Exhibit& exhibit, const evidence::ExhibitWords& words, const TextBreaker& breaker, unsigned most_pages, unsigned& pages) {
  LineDrawer drawer(cairo);
  std::vector<Sheet> kept;
  std::size_t lines = 0;
  pages = 0;
  set_on_sheets(exhibit, words, breaker, [&](Sheet sheet) {
    if (++pages > most_pages) throw TooManyPages();
    lines += sheet.lines.size();
    if (lines <= most_lines_kept) kept.push_back(std::move(sheet));
    else kept.clear();
  });
  const int outline = add_outline(cairo, CAIRO_PDF_OUTLINE_ROOT, for_terminal(exhibit.number + " " + exhibit.title), 1, 0);
  unsigned page = 0;
  if (lines <= most_lines_kept)
    for (const Sheet& sheet : kept) draw_sheet(cairo, drawer, breaker, exhibit, sheet, ++page, pages, outline);
  else
    set_on_sheets(exhibit, words, breaker, [&](Sheet sheet) { draw_sheet(cairo, drawer, breaker, exhibit, sheet, ++page, pages, outline); });
}

}  // namespace

unsigned write_pdf(const Exhibit& exhibit, const evidence::ExhibitWords& words, const TextBreaker& breaker, UtcSeconds created, unsigned most_pages, int folder) {
  if (exhibit.file_name.empty() || exhibit.file_name.find_first_of(std::string_view("/\0", 2)) != std::string::npos) throw Error("no name of a file");
  NewFile file(folder, exhibit.file_name + ".pdf");
  const Surface surface(cairo_pdf_surface_create_for_stream(&NewFile::write, &file, sheet_width, sheet_height), &cairo_surface_destroy);
  const std::string time = iso8601({created, 0});
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE, for_terminal(exhibit.number + " " + exhibit.title).c_str());
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATOR, "genchi");
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, time.c_str());
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_MOD_DATE, time.c_str());
  const Cairo cairo(cairo_create(surface.get()), &cairo_destroy);
  unsigned pages = 0;
  draw(cairo.get(), exhibit, words, breaker, most_pages, pages);
  const cairo_status_t drawn = cairo_status(cairo.get());
  cairo_surface_finish(surface.get());
  const cairo_status_t finished = cairo_surface_status(surface.get());
  if (file.error() == 0 && (drawn != CAIRO_STATUS_SUCCESS || finished != CAIRO_STATUS_SUCCESS))
    throw Error(cairo_status_to_string(drawn != CAIRO_STATUS_SUCCESS ? drawn : finished));
  file.keep();
  return pages;
}

}  // namespace genchi::pdf
