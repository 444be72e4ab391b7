// The time that an index covers, cut into stretches of whole months, newest first: a page by time looks into the newest
// only, and all hits in their order are had stretch by stretch. Private to the index.
#pragma once

#include <cstdint>
#include <string>
#include <vector>
#include <xapian.h>

namespace genchi::index {

/// Passages of some months. Every passage of a later window is older than all of an earlier one.
struct Window {
  std::vector<std::string> months; ///< their terms
  std::uint64_t passages = 0;
  Xapian::Query query() const { return Xapian::Query(Xapian::Query::OP_OR, months.begin(), months.end()); }
};

/// Windows of at least `first` passages (but for the last), each `growth` times that of the one before. One of everything,
/// without months, if there are so many months that asking for them would cost more than it saves.
std::vector<Window> windows_of(const Xapian::Database& db, std::uint64_t first, std::uint64_t growth);

/// `query` within the window.
Xapian::Query within(const Window& window, const Xapian::Query& query);

} // namespace genchi::index
