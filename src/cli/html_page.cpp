#include "cli/html_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "cli/fact_words.hpp"
#include "genchi/i18n.hpp"

namespace genchi::cli {
namespace {

constexpr std::string_view style = R"(
:root{color-scheme:light;--ink:#1b1f24;--faint:#5b6470;--line:#d5dae0;--main:#0b5d7a;--second:#b2571b}
*{box-sizing:border-box}
body{margin:0 auto;padding:1rem;max-width:60rem;font:16px/1.6 "Hiragino Sans","Noto Sans CJK JP","Noto Sans JP","Yu Gothic",Meiryo,sans-serif;color:var(--ink);background:#fff}
h1{font-size:1.35rem;margin:.2rem 0}h2{font-size:1.1rem;margin:2rem 0 .3rem;border-bottom:1px solid var(--line)}
p{margin:.3rem 0}.faint{color:var(--faint);font-size:.88rem}.last{font-weight:600}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.9rem}
th,td{text-align:left;padding:.3rem .5rem;border-bottom:1px solid var(--line);vertical-align:top}
th{color:var(--faint);font-weight:500;white-space:nowrap}td.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}td.w{white-space:nowrap}
td.q{min-width:14rem;overflow-wrap:anywhere}td.id{font-family:monospace;color:var(--faint);font-size:.8rem}
td.c{font-weight:600;min-width:8rem}td.note{color:var(--faint);font-size:.85rem;min-width:7rem}p.private{border:1px solid var(--second);color:var(--second);padding:.2rem .6rem;font-size:.88rem;border-radius:4px}
tr.gone td{color:var(--faint)}tr.gone td.n{text-decoration:line-through}
svg{width:100%;height:auto;display:block;margin:.5rem 0}svg text{font-size:11px;fill:var(--faint)}svg .v{fill:var(--ink)}
svg .grid{stroke:var(--line);stroke-width:1}svg .a{stroke:var(--main);stroke-width:2.2;fill:none}svg .b{stroke:var(--second);stroke-width:1.6;fill:none;stroke-dasharray:5 4}
svg .da{fill:var(--main)}
@media (max-width:40rem){body{padding:.7rem;font-size:15px}table,tbody,tr{display:block}thead{display:none}
tr{border-bottom:1px solid var(--line);padding:.4rem 0}td{display:inline-block;border:0;padding:0 .6rem .1rem 0}td:empty{display:none}td.n{font-weight:600}td.q{display:block;min-width:0}}
@media print{body{max-width:none;padding:0;font-size:10.5pt}.scroll{overflow:visible}h2,tr,svg{break-inside:avoid}h2{break-after:avoid}}
)";

constexpr double width = 680, height = 220, left = 78, right = 12, top = 14, bottom = 26;

struct Scale {
  double from = 0, to = 1, begin = 0, end = 1;  // values, then pixels
  double operator()(double value) const { return begin + (end - begin) * (to == from ? 0.5 : (value - from) / (to - from)); }
};

/// A round distance between lines of the grid: 1, 2 or 5 times a power of ten.
std::int64_t grid_step(std::int64_t span) {
  std::int64_t step = 1;
  while (step * 5 < span) {
    if (step * 10 >= span) return step * 2;
    if (step * 25 >= span) return step * 5;
    step *= 10;
  }
  return std::max<std::int64_t>(step, 1);
}

std::string day_text(UtcSeconds utc) { return display_time(utc, japan_offset_minutes).substr(0, 10); }

std::string path_of(const StepLine& line, const Scale& x, const Scale& y, UtcSeconds until) {
  std::string path;
  for (const StepLine::Point& point : line.points) {
    const double px = x(static_cast<double>(point.at)), py = y(static_cast<double>(point.value));
    path += path.empty() ? fmt::format("M{:.1f} {:.1f}", px, py) : fmt::format("H{:.1f}V{:.1f}", px, py);
  }
  return path + fmt::format("H{:.1f}", x(static_cast<double>(until)));
}

std::string grid(std::int64_t low, std::int64_t high, const Scale& y) {
  std::string out;
  const std::int64_t step = grid_step(std::max<std::int64_t>(high - low, 1));
  for (std::int64_t value = low / step * step; value <= high; value += step) {
    if (value < low) continue;
    const double at = y(static_cast<double>(value));
    out += fmt::format("<line class=\"grid\" x1=\"{0}\" x2=\"{1}\" y1=\"{2:.1f}\" y2=\"{2:.1f}\"/><text x=\"{3}\" y=\"{4:.1f}\" text-anchor=\"end\">{5}</text>", left, width - right, at, left - 6,
                       at + 4, grouped_number(value));
  }
  return out;
}

}  // namespace

std::string_view page_style() { return style; }

std::string html_document(std::string_view title, const std::string& body) {
  return html_begin(title, style) + body + std::string(html_end);
}

std::string step_chart(const std::vector<StepLine>& lines, UtcSeconds until) {
  std::int64_t low = INT64_MAX, high = INT64_MIN;
  UtcSeconds first = INT64_MAX;
  for (const StepLine& line : lines)
    for (const StepLine::Point& point : line.points) {
      low = std::min(low, point.value);
      high = std::max(high, point.value);
      first = std::min(first, point.at);
      until = std::max(until, point.at);
    }
  if (low > high) return {};
  const std::int64_t margin = std::max<std::int64_t>((high - low) / 8, std::max<std::int64_t>(high / 50, 1));
  low = std::max<std::int64_t>(low - margin, 0);
  high += margin;
  if (until == first) until = first + 86'400;
  const Scale x{static_cast<double>(first), static_cast<double>(until), left, width - right};
  const Scale y{static_cast<double>(low), static_cast<double>(high), height - bottom, top};
  std::string svg = fmt::format("<svg viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\">", width, height, html_escaped(tr("price over time")));
  svg += grid(low, high, y);
  for (const StepLine& line : lines) {
    if (line.points.empty()) continue;
    svg += fmt::format("<path class=\"{}\" d=\"{}\"/>", line.dashed ? "b" : "a", path_of(line, x, y, until));
    if (line.dashed) continue;
    for (const StepLine::Point& point : line.points)
      svg += fmt::format("<circle class=\"da\" r=\"3\" cx=\"{:.1f}\" cy=\"{:.1f}\"/>", x(static_cast<double>(point.at)), y(static_cast<double>(point.value)));
  }
  svg += fmt::format("<text x=\"{}\" y=\"{}\">{}</text><text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text></svg>\n", left, height - 6, day_text(first), width - right, height - 6, day_text(until));
  std::string legend;
  for (const StepLine& line : lines)
    if (!line.points.empty()) legend += fmt::format("{}{} {}", legend.empty() ? "" : "　", line.dashed ? "- - -" : "───", html_escaped(line.name));
  return svg + "<p class=\"faint\">" + legend + "</p>\n";
}

}  // namespace genchi::cli
