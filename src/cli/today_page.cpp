// The morning screen as a page.
#include "cli/html_page.hpp"
#include "cli/today.hpp"
#include "genchi/i18n.hpp"

namespace genchi::cli {
namespace {

std::string row_of(const TodayRow& row) {
  const std::string client = row.client.number == 0 ? std::string() : row.client.name + " (" + std::to_string(row.client.number) + ")";
  return "<tr>" + html_element("td", "w", row.when) + html_element("td", "c", client) + html_element("td", "w", row.what) + html_element("td", "q", row.words) +
         html_element("td", "note", row.note) + html_element("td", "id", row.id ? row.id->hex().substr(0, short_id_digits) : "") + "</tr>\n";
}

std::string section(const TodayGroup& group) {
  const std::string count = group.counted_all ? std::to_string(group.count) : trf("more than {}", group.count);
  std::string out = html_element("h2", "", group.heading + "　" + count) + "\n<div class=\"scroll\"><table><thead><tr>";
  for (const char* name : {tr("when"), tr("client"), tr("what"), tr("words"), tr("note"), tr("message")}) out += html_element("th", "", name);
  out += "</tr></thead><tbody>\n";
  for (const TodayRow& row : group.rows) out += row_of(row);
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
