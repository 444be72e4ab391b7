// Messages one after another, by time.
#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "catalogue/impl.hpp"

namespace genchi::catalogue {
namespace {

constexpr const char* columns = "m.hash, m.sent, m.channel, m.direction, m.flags, m.cues, coalesce(m.client, ''), m.account, m.id, m.entry";

Listed read_listed(const Statement& s) {
  Listed out;
  out.id = Sha256::from_bytes(s.blob(0)).value_or(Sha256{});
  out.sent = s.integer(1);
  out.channel = static_cast<Channel>(s.integer(2));
  out.direction = static_cast<Direction>(s.integer(3));
  out.flags = static_cast<std::uint32_t>(s.integer(4));
  out.broadcast = (s.integer(5) & cue_broadcast) != 0;
  out.cues = static_cast<std::uint32_t>(s.integer(5));
  out.client = s.text(6);
  out.account = s.text(7);
  out.entry = s.integer(9);
  return out;
}

}  // namespace

void Catalogue::messages(const MessageFilter& filter, Order order, const std::function<bool(const Listed&)>& each) const {
  if (!filter.identifiers) return;
  const Snapshot snapshot(impl_->db);
  const bool newest = order == Order::newest_first;
  std::string sql = fmt::format("SELECT {} FROM message m WHERE m.client=?1 AND m.shown_as IS NULL AND m.sent>=?2 AND m.sent<?3 AND (?4=0 OR m.channel=?4)", columns);
  if (!filter.with_hidden) sql += " AND NOT " + flags_in_sql("m.", hidden_flags);
  sql += newest ? " ORDER BY m.sent DESC, m.id DESC" : " ORDER BY m.sent, m.id";
  // One run of the index for each identifier; the next message is the first of their heads.
  std::vector<Statement> runs;
  for (const std::string& identifier : *filter.identifiers) {
    Statement run = impl_->db.prepare(sql);
    run.bind(identifier, filter.begin, filter.end, filter.channel ? static_cast<std::int64_t>(*filter.channel) : 0);
    if (run.step()) runs.push_back(std::move(run));
  }
  const auto comes_later = [newest](const Statement& a, const Statement& b) {
    const auto at = [](const Statement& s) { return std::pair(s.integer(1), s.integer(8)); };
    return newest ? at(a) < at(b) : at(b) < at(a);
  };
  std::make_heap(runs.begin(), runs.end(), comes_later);
  while (!runs.empty()) {
    std::pop_heap(runs.begin(), runs.end(), comes_later);
    Statement& run = runs.back();
    if (fits(filter, run, 7, 6, 0) && !each(read_listed(run))) return;
    if (run.step()) std::push_heap(runs.begin(), runs.end(), comes_later);
    else runs.pop_back();
  }
}

std::pair<Counted, Counted> Catalogue::counted(EntryId last) const {
  // What a later download shows as taken back, or to the second, may have come in with an earlier one.
  Statement s = impl_->db.prepare(fmt::format(
      "SELECT held, what, count(*), min(sent), max(sent) FROM (SELECT m.sent AS sent, CASE WHEN m.flags & {} THEN 2 WHEN m.channel={} THEN 1 ELSE 0 END AS what, "
      "m.entry<=?1 OR EXISTS (SELECT 1 FROM unsent_row u WHERE u.message=m.id AND u.entry<=?1) OR EXISTS (SELECT 1 FROM also_in a WHERE a.message=m.id AND a.entry<=?1) AS held "
      "FROM message m WHERE m.shown_as IS NULL) GROUP BY held, what",
      static_cast<unsigned>(flag_memo), static_cast<int>(Channel::line)));
  std::pair<Counted, Counted> out;
  for (s.bind(last); s.step();) {
    Counted& part = s.integer(0) != 0 ? out.first : out.second;
    (s.integer(1) == 2 ? part.memos : s.integer(1) == 1 ? part.line : part.mail) = static_cast<std::uint64_t>(s.integer(2));
    part.first = std::min(part.first.value_or(INT64_MAX), s.integer(3));
    part.last = std::max(part.last.value_or(INT64_MIN), s.integer(4));
  }
  return out;
}

std::optional<Listed> Catalogue::listed(const Sha256& id) const {
  Statement& s = impl_->db.cached(fmt::format("SELECT {} FROM message m WHERE m.hash=?1 UNION ALL SELECT {} FROM message_alias a JOIN message m ON m.id=a.message WHERE a.hash=?1 LIMIT 1", columns, columns));
  std::optional<Listed> out;
  if (s.bind(Statement::Blob{id.view()}).step()) out = read_listed(s);
  s.reset();
  return out;
}

}  // namespace genchi::catalogue
