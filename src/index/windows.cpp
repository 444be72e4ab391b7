#include "index/windows.hpp"

#include <algorithm>

#include "index/schema.hpp"

namespace genchi::index {

namespace {
constexpr std::size_t max_months = 2400;
}

std::vector<Window> windows_of(const Xapian::Database& db, std::uint64_t first, std::uint64_t growth) {
  std::vector<Window> windows;
  const std::string prefix(prefix::month);
  std::vector<std::pair<std::string, Xapian::doccount>> months;
  for (Xapian::TermIterator it = db.allterms_begin(prefix); it != db.allterms_end(prefix); ++it) {
    if (months.size() == max_months) return {Window{{}, db.get_doccount()}};
    months.emplace_back(*it, it.get_termfreq());
  }
  // Years have four digits, so that the order of the terms is that of time.
  std::reverse(months.begin(), months.end());
  std::uint64_t wanted = first;
  for (auto& [term, passages] : months) {
    if (windows.empty() || windows.back().passages >= wanted) {
      if (!windows.empty()) wanted *= growth;
      windows.emplace_back();
    }
    windows.back().months.push_back(std::move(term));
    windows.back().passages += passages;
  }
  return windows;
}

// Weighed like any term: see Searcher::Impl::enquire.
Xapian::Query within(const Window& window, const Xapian::Query& query) {
  if (window.months.empty()) return query;
  if (query.get_type() == Xapian::Query::LEAF_MATCH_ALL) return window.query();
  return Xapian::Query(Xapian::Query::OP_AND, window.query(), query);
}

} // namespace genchi::index
