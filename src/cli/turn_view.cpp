#include "cli/turn_view.hpp"

#include <map>
#include <nlohmann/json.hpp>
#include <vector>

#include "genchi/i18n.hpp"
#include "text/business_days.hpp"
#include "text/width.hpp"

namespace genchi::cli {
namespace {

using catalogue::TurnShown;
using nlohmann::ordered_json;

constexpr std::string_view unknown_sender = "Unknown";
constexpr std::int64_t default_broken_off_days = 30;
constexpr std::int64_t default_stale_download_days = 7;

std::int64_t day_number(UtcSeconds at) { return days_from_civil(civil_day(at, japan_offset_minutes)); }

bool is_unsure(const TurnShown& shown) { return shown.channel == Channel::line && shown.by == unknown_sender; }

ordered_json text_or_null(const std::string& text) { return text.empty() ? ordered_json(nullptr) : ordered_json(text); }

ordered_json shown_json(const TurnShown& shown) {
  ordered_json out;
  out["id"] = shown.id.hex();
  out["sent"] = iso8601(shown.sent);
  out["channel"] = channel_name(shown.channel);
  return out;
}

}  // namespace

std::string waits_word(facts::Waits waits) {
  switch (waits) {
  case facts::Waits::message: return tr("plain message");
  case facts::Waits::answer: return tr("answer to ours");
  case facts::Waits::promise: return tr("promised");
  case facts::Waits::attachment: return tr("file or photo");
  case facts::Waits::offer: return tr("offer");
  case facts::Waits::request: return tr("request");
  case facts::Waits::question: return tr("question");
  case facts::Waits::complaint: return tr("complaint");
  case facts::Waits::nothing: break;
  }
  return {};
}

std::string turn_words(const TurnShown& shown) {
  if (!shown.words.empty()) return trf("“{}”", for_terminal(shown.words));
  if (!shown.kind.empty()) return attachment_word(shown.kind);
  return tr("(no words)");
}

std::string answered_by_word(const TurnShown& shown) {
  if (is_unsure(shown)) return tr("a person or a machine");
  const std::string who = shown.by.empty() ? std::string(tr("(unknown)")) : for_terminal(shown.by);
  // Only memos are in other channels.
  return shown.channel == Channel::mail || shown.channel == Channel::line ? who : who + " (" + memo_word(flag_memo) + ")";
}

std::int64_t business_days_since(UtcSeconds sent, UtcSeconds now) {
  return business_days_between(civil_day(sent, japan_offset_minutes), civil_day(now, japan_offset_minutes));
}

UtcSeconds broken_off_before(const Context& context) {
  const std::int64_t days = context.settings.broken_off_days.value_or(default_broken_off_days);
  return utc_from_civil(civil_from_days(day_number(context.now) - days), 0, 0, 0, japan_offset_minutes);
}

std::vector<OldDownload> old_downloads(const Context& context, Store& store) {
  const std::int64_t most = context.settings.stale_download_days.value_or(default_stale_download_days);
  std::vector<OldDownload> out;
  for (const auto& [account, downloaded] : store.catalogue().downloads())
    if (const std::int64_t days = day_number(context.now) - day_number(downloaded); days > most) out.push_back({account, downloaded, days});
  return out;
}

ordered_json turn_json(const catalogue::ClientTurn& turn, bool broken_off, UtcSeconds now, ClientNames& names) {
  ordered_json row;
  row["client"] = label_json(names.of(turn.client));
  row["turn"] = turn.side == facts::Side::ours ? "ours" : "theirs";
  row["broken_off"] = broken_off;
  row["why"] = facts::waits_name(turn.why);
  row["since"] = iso8601({turn.since, japan_offset_minutes});
  row["days"] = business_days_since(turn.since, now);
  row["waiting"] = shown_json(turn.waiting);
  row["waiting"]["kind"] = text_or_null(turn.waiting.kind);
  row["waiting"]["quote"] = turn.waiting.words;
  row["last"] = shown_json(turn.last);
  row["last"]["direction"] = direction_name(turn.last.direction);
  row["last"]["from"] = text_or_null(turn.last.by);
  row["last"]["quote"] = turn.last.words;
  row["answered"] = nullptr;
  if (turn.answered) {
    row["answered"] = shown_json(*turn.answered);
    row["answered"]["by"] = is_unsure(*turn.answered) ? ordered_json("unknown") : text_or_null(turn.answered->by);
  }
  row["account"] = text_or_null(turn.waiting.account);
  return row;
}

ordered_json turn_row(const catalogue::ClientTurn& turn, bool broken_off, UtcSeconds now, ClientNames& names, const Written& written) {
  ordered_json row = turn_json(turn, broken_off, now, names);
  add_written_keys(row, written);
  row["contradicts"] = contradicts(turn, written);
  return row;
}

bool contradicts(const catalogue::ClientTurn& turn, const Written& written) { return written.state == "done" && turn.side == facts::Side::ours; }

ordered_json turn_cells(const ordered_json& row) {
  static const std::map<std::string, std::vector<std::string>> parts = {{"waiting", {"id", "sent", "channel", "kind", "quote"}},
                                                                        {"last", {"id", "sent", "channel", "direction", "from", "quote"}},
                                                                        {"answered", {"id", "sent", "channel", "by"}}};
  ordered_json out;
  for (const auto& [key, value] : row.items()) {
    const auto nested = parts.find(key);
    if (nested == parts.end()) {
      out[key] = value;
      continue;
    }
    for (const std::string& part : nested->second) out[key + "_" + part] = value.is_null() ? ordered_json(nullptr) : value[part];
  }
  return out;
}

}  // namespace genchi::cli
