#include "pdf/sheets.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "base/bytes.hpp"
#include "text/width.hpp"

namespace genchi::pdf {
namespace {

using evidence::Exhibit;
using evidence::ExhibitFile;
using evidence::ExhibitMessage;
using evidence::ExhibitWords;

/// How a run of text looks.
struct Look {
  double size = 10, leading = 15.5;  // from line to line at least
  Ink ink = Ink::black;
  double indent = 0;
  bool bar = false;  // on the left: quoted
};

constexpr Look title_look{13, 20, Ink::black, 0, false};
constexpr Look head_look{9.5, 16, Ink::black, 4, false};
constexpr Look field_look{8, 12, Ink::dark, 4, false};
constexpr Look hash_look{7.5, 11, Ink::grey, 12, false};
constexpr Look text_look{10, 16, Ink::black, 4, false};
constexpr Look quoted_look{9, 14, Ink::grey, 16, true};
constexpr Look signature_look{9, 14, Ink::grey, 4, false};
constexpr Look note_look{8.5, 13, Ink::dark, 4, false};
constexpr Look tiny_look{6.5, 9, Ink::grey, 16, true};
constexpr double context_indent = 16, widest_label = 110;

class Setter {
 public:
  Setter(const ExhibitWords& words, const TextBreaker& breaker, const std::function<void(Sheet)>& each)
      : words_(words), breaker_(breaker), each_(each) {}

  void set(const Exhibit& exhibit) {
    text(for_terminal(exhibit.title), title_look);
    advance(3);
    fields({{words_.created, exhibit.created}, {words_.author, exhibit.author}, {words_.original, exhibit.original}});
    notes(exhibit.notes);
    advance(4);
    sheet_.boxes.push_back({left_edge, y_, right_edge - left_edge, 0.8, Ink::rule});
    advance(2);
    for (const ExhibitMessage& one : exhibit.messages) message(one);
    each_(std::move(sheet_));
  }

 private:
  double left() const { return left_edge + (context_ ? context_indent : 0); }

  void next_sheet() {
    each_(std::move(sheet_));
    sheet_ = {};
    top_ = y_ = next_top;
    if (running_.empty()) return;
    TextLine line = breaker_.one_line(running_ + " " + words_.continued, 8, right_edge - left());
    const double height = std::max(line.height, 13.0);
    sheet_.lines.push_back({line, left(), y_ + (height - line.height) / 2 + line.ascent, Ink::grey});
    advance(height);
    top_ = y_;
  }

  /// Goes down, drawing the bar of what is context beside it.
  void advance(double height) {
    if (context_) sheet_.boxes.push_back({left_edge + 4, y_, 3, height, Ink::bar});
    y_ += height;
  }

  void gap(double height) {
    if (y_ > top_) advance(std::min(height, std::max(0.0, bottom_edge - y_)));
  }

  /// What follows keeps together on a sheet.
  void need(double height) {
    if (y_ + height > bottom_edge && y_ > top_) next_sheet();
  }

  void place(TextLine line, const Look& look, double x, Ink band_ink = Ink::black) {
    const double height = std::max(look.leading, line.height);
    need(height);
    if (band_ink != Ink::black) sheet_.boxes.push_back({left(), y_, right_edge - left(), height, band_ink});
    if (look.bar) sheet_.boxes.push_back({left() + 8, y_, 1.2, height, Ink::bar});
    const double baseline = y_ + (height - line.height) / 2 + line.ascent;
    sheet_.lines.push_back({std::move(line), x, baseline, look.ink});
    advance(height);
  }

  void text(std::string_view words, const Look& look) {
    const double x = left() + look.indent;
    breaker_.lines(words, look.size, right_edge - x, [&](TextLine line) { place(std::move(line), look, x); });
  }

  void fields(const std::vector<std::pair<std::string, std::string>>& rows) {
    double labels = 0;
    for (const auto& [label, value] : rows)
      if (!value.empty()) labels = std::max(labels, breaker_.width_of(label, field_look.size));
    labels = std::min(labels, widest_label);
    const double label_x = left() + field_look.indent, x = label_x + labels + 8;
    for (const auto& [label, value] : rows) {
      bool first = true;
      if (value.empty()) continue;
      breaker_.lines(for_terminal(value), field_look.size, right_edge - x, [&](TextLine line) {
        place(std::move(line), field_look, x);
        if (!std::exchange(first, false)) return;
        // Before its value: in this order it is copied and read aloud.
        sheet_.lines.insert(sheet_.lines.end() - 1, {breaker_.one_line(label, field_look.size, labels + 1), label_x, sheet_.lines.back().baseline, Ink::grey});
      });
    }
  }

  void notes(const std::vector<std::string>& sentences) {
    for (const std::string& sentence : sentences) text("※ " + for_terminal(sentence), note_look);
  }

  void head(const ExhibitMessage& message) {
    const std::string words = for_terminal(message.time) + (message.who.empty() ? "" : "　" + for_terminal(message.who));
    const double label = context_ ? breaker_.width_of(words_.context, 8) + 10 : 0;
    sheet_.marks.push_back({y_, words});
    bool first = true;
    breaker_.lines(words, head_look.size, right_edge - left() - head_look.indent - label - 4, [&](TextLine line) {
      place(std::move(line), head_look, left() + head_look.indent, context_ ? Ink::faint_band : Ink::band);
      if (!std::exchange(first, false) || !context_) return;
      sheet_.lines.push_back({breaker_.one_line(words_.context, 8, label), right_edge - label + 4, sheet_.lines.back().baseline, Ink::dark});
    });
    running_ = words;
  }

  void body(const ExhibitMessage& message) {
    const std::string_view words = message.text;
    if (trim(words).empty()) {
      if (message.files.empty()) text(words_.no_words, signature_look);
      return;
    }
    std::size_t done = 0;
    const auto part = [&](std::size_t end, SectionKind kind) {
      std::string_view run = words.substr(done, end - done);
      done = end;
      if (run.empty()) return;
      if (kind == SectionKind::quoted) {
        need(tiny_look.leading + quoted_look.leading);
        text(words_.quoted, tiny_look);
      }
      if (kind == SectionKind::signature) gap(3);
      text(run, kind == SectionKind::quoted ? quoted_look : kind == SectionKind::signature ? signature_look : text_look);
    };
    for (const TextSection& section : message.sections) {
      if (section.begin < done || section.end < section.begin || section.end > words.size()) continue;
      part(section.begin, SectionKind::own);
      part(section.end, section.kind);
    }
    part(words.size(), SectionKind::own);
  }

  void file(const ExhibitFile& file) {
    gap(3);
    need(field_look.leading + hash_look.leading);
    text("【" + words_.file + "】 " + for_terminal(evidence::called(words_, file)), Look{9, 13, Ink::black, 4, false});
    std::string what = file.name.empty() ? "" : for_terminal(file.kind);
    const auto add = [&](const std::string& more) { what += (what.empty() ? "" : "　") + more; };
    if (file.sha256.empty()) {
      add(words_.not_held);
    } else {
      add(size_words(words_, file.bytes));
      add("SHA-256: " + for_terminal(file.sha256));
    }
    text(what, hash_look);
    if (!file.path.empty()) text(for_terminal(file.path), hash_look);
  }

  void message(const ExhibitMessage& message) {
    running_.clear();
    context_ = false;
    gap(9);
    need(head_look.leading + 4 * field_look.leading);  // a head does not stand alone at the end of a sheet
    context_ = message.context;
    head(message);
    advance(2);
    fields(message.fields);
    gap(4);
    body(message);
    for (const ExhibitFile& one : message.files) file(one);
    if (!message.notes.empty()) gap(3);
    notes(message.notes);
    context_ = false;
  }

  const ExhibitWords& words_;
  const TextBreaker& breaker_;
  const std::function<void(Sheet)>& each_;
  Sheet sheet_;
  double top_ = first_top, y_ = first_top;
  bool context_ = false;
  std::string running_;  // when and who of the message that is being set
};

}  // namespace

void set_on_sheets(const Exhibit& exhibit, const ExhibitWords& words, const TextBreaker& breaker, const std::function<void(Sheet)>& each) {
  Setter(words, breaker, each).set(exhibit);
}

}  // namespace genchi::pdf
