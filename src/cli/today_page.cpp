// The morning screen as a page.
#include <array>

#include "cli/html_page.hpp"
#include "cli/today.hpp"
#include "genchi/i18n.hpp"

namespace genchi::cli {
namespace {

/// A row's cells, and the class and heading of each column.
constexpr std::size_t columns = 6;
constexpr std::array<const char*, columns> classes{"w", "c", "w", "q", "note", "id"};

std::array<std::string, columns> cells_of(const TodayRow& row) {
  const std::string client = row.client.number == 0 ? std::string() : row.client.name + " (" + std::to_string(row.client.number) + ")";
  return {row.when, client, row.what, row.words, row.note, row.id ? row.id->hex().substr(0, short_id_digits) : ""};
}

/// Columns that no row of the group fills are left out; a group that is not about clients needs no headings.
std::string section(const TodayGroup& group) {
  const std::string count = group.counted_all ? std::to_string(group.count) : trf("more than {}", group.count);
  std::string out = html_element("h2", "", group.heading + "　" + count) + "\n<div class=\"scroll\"><table>";
  std::array<bool, columns> filled{};
  for (const TodayRow& row : group.rows) {
    const auto cells = cells_of(row);
    for (std::size_t i = 0; i < columns; ++i) filled[i] = filled[i] || !cells[i].empty();
  }
  const auto line = [&](const char* element, const auto& cells, const auto& class_of) {
    std::string row = "<tr>";
    for (std::size_t i = 0; i < columns; ++i)
      if (filled[i]) row += html_element(element, class_of(i), cells[i]);
    return row + "</tr>";
  };
  if (filled[1]) {
    const std::array<std::string, columns> names{tr("when"), tr("client"), tr("what"), tr("words"), tr("note"), tr("message")};
    out += "<thead>" + line("th", names, [](std::size_t) { return ""; }) + "</thead>";
  }
  out += "<tbody>\n";
  for (const TodayRow& row : group.rows) out += line("td", cells_of(row), [](std::size_t i) { return classes[i]; }) + "\n";
  out += "</tbody></table></div>\n";
  if (group.rows.size() < group.count) out += html_element("p", "faint", trf("… and {0} more (`{1}`)", group.count - group.rows.size(), group.more)) + "\n";
  return out;
}

}  // namespace

std::string today_page(const std::string& title, const std::string& freshness, const std::vector<TodayGroup>& groups, UtcSeconds now) {
  std::string body = html_element("h1", "", title) + "\n";
  body += html_element("p", "private", tr("For ourselves only: holds our marks and what clients wrote. Not to be shown to clients.")) + "\n";
  std::string as_of = trf("as of {}", display_time(now, japan_offset_minutes));
  if (!freshness.empty()) as_of += "　" + freshness;
  body += html_element("p", "faint", as_of) + "\n";
  if (groups.empty()) body += html_element("p", "", tr("nothing waits today")) + "\n";
  for (const TodayGroup& group : groups) body += section(group);
  body += html_element("p", "faint", tr("`genchi show ID` shows a message by the id at the end of its row, `genchi brief CLIENT` the page of a client.")) + "\n";
  return html_document(title, body);
}

}  // namespace genchi::cli
