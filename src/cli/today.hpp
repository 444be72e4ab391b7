// The morning screen: what waits today, in groups. Of every group the first rows only, and how many there are.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "cli/message_view.hpp"
#include "cli/written.hpp"

namespace genchi::cli {

struct TodayRow {
  ClientNames::Label client;     ///< number 0: none
  std::string when;              ///< a day, a time, or how long
  std::string what;              ///< 質問, 納品 …
  std::string words;             ///< a quotation; safe for a terminal
  std::string note;              ///< what we wrote on it, who answered last
  std::optional<Sha256> id;
  nlohmann::ordered_json json;   ///< the row of `--format json`, without "group"
};

struct TodayGroup {
  const char* name = "";         ///< in JSON
  std::string heading;
  std::vector<TodayRow> rows;
  std::uint64_t count = 0;
  bool counted_all = true;       ///< false: at least so many
  std::string more;              ///< the command that lists all
};

struct TodayQuery {
  catalogue::MessageFilter filter;
  std::size_t limit = 0;         ///< rows of a group; 0 all
};

/// Groups that have rows, in the order in which they are looked at.
std::vector<TodayGroup> today_groups(Context& context, Store& store, const TodayQuery& query);

/// LINE accounts, by the day on which something not held goes: all of them, or those for which a download is due.
enum class Accounts { all, due };
TodayGroup line_group(const Context& context, Store& store, const TodayQuery& query, Accounts which);

/// As text: a table a group.
void print_today(Output& out, const std::vector<TodayGroup>& groups);

/// A whole HTML document. `freshness` is text.
std::string today_page(const std::string& title, const std::string& freshness, const std::vector<TodayGroup>& groups, UtcSeconds now);

}  // namespace genchi::cli
