#include "watch/holdings.hpp"

#include <algorithm>

namespace genchi::watch {
namespace {

// Members of one ZIP are made one after the other; and a chat downloaded by itself beside it is as new.
constexpr UtcSeconds same_download = 6 * 3600;

UtcSeconds month_begin(int month, int offset_minutes) { return utc_from_civil({month / 12, month % 12 + 1, 1}, 0, 0, 0, offset_minutes); }

/// From when on a download holds what was said.
UtcSeconds begin_of(const Chat& chat, const Download& download, std::int64_t text_days, int offset_minutes) {
  const UtcSeconds kept = kept_since(download.made, text_days, offset_minutes);
  const UtcSeconds first = download.first.value_or(download.made);
  if (first <= kept) return first;
  const std::optional<UtcSeconds> before = chat.last_row_before(first);
  return before && *before >= kept ? first : kept;
}

UtcSeconds length_within(const std::vector<Span>& spans, UtcSeconds begin, UtcSeconds end) {
  UtcSeconds length = 0;
  for (const Span& span : spans) length += std::max<UtcSeconds>(0, std::min(span.end, end) - std::max(span.begin, begin));
  return length;
}

void add_stretch(std::map<UtcSeconds, AccountState::Stretch>& all, Span span, const std::string& name) {
  AccountState::Stretch& stretch = all[span.begin];
  stretch.span = {span.begin, std::max(span.end, stretch.span.end)};
  if (stretch.chats++ == 0 || name < stretch.example) stretch.example = name;
}

}  // namespace

Held held_of(const Chat& chat, std::int64_t text_days, int offset_minutes) {
  Held held;
  std::vector<Span> spans;
  for (const Download& download : chat.downloads) {
    const Span span{begin_of(chat, download, text_days, offset_minutes), download.made};
    if (span.begin <= span.end) spans.push_back(span);
  }
  std::sort(spans.begin(), spans.end());
  for (const Span& span : spans) {
    if (held.spans.empty() || span.begin > held.spans.back().end) held.spans.push_back(span);
    else held.spans.back().end = std::max(held.spans.back().end, span.end);
  }
  for (std::size_t i = 1; i < held.spans.size(); ++i) {
    const Span gap{std::max(held.spans[i - 1].end, chat.first), held.spans[i].begin};
    if (chat.first != 0 && gap.begin < gap.end) held.gaps.push_back(gap);
  }
  if (!held.spans.empty()) held.until = held.spans.back().end;
  return held;
}

AccountWatch::AccountWatch(UtcSeconds until, std::int64_t text_days, UtcSeconds now, int offset_minutes)
    : until_(until), now_(now), text_days_(text_days), offset_minutes_(offset_minutes) {}

void AccountWatch::add(const Chat& chat, std::int64_t text_days) {
  ++state_.chats;
  const UtcSeconds kept = kept_since(now_, text_days, offset_minutes_);
  const bool is_new = !chat.downloads.empty() && chat.downloads.back().made + same_download >= until_;
  // A chat of which LINE had nothing left is not in a download, or without rows: nothing was missed.
  const bool was_empty = !is_new && chat.last < kept_since(until_, text_days, offset_minutes_);
  Held held;
  if (was_empty) {
    Chat with_empty = chat;
    with_empty.downloads.push_back({until_, std::nullopt, std::nullopt});
    held = held_of(with_empty, text_days, offset_minutes_);
  } else {
    held = held_of(chat, text_days, offset_minutes_);
  }
  if (is_new && !held.spans.empty()) held.until = held.spans.back().end = std::max(held.until, until_);
  const bool behind = !is_new && !was_empty;
  const UtcSeconds dropped = dropped_at(held.until, text_days, offset_minutes_);
  if (behind) state_.behind.push_back({chat.identifier, chat.name, held.until, dropped});
  std::vector<Span> missing = held.gaps;
  if (held.until < kept) missing.push_back({held.until, kept});
  for (const Span& gap : missing) {
    const Span gone{gap.begin, std::min(gap.end, kept)}, there{std::max(gap.begin, kept), gap.end};
    if (gone.begin < gone.end) add_stretch(lost_, gone, chat.name);
    if (there.begin < there.end) {
      add_stretch(gaps_, there, chat.name);
      next_drop_ = std::min(next_drop_.value_or(INT64_MAX), dropped_at(there.begin, text_days, offset_minutes_));
    }
  }
  // What has been dropped already is told under `lost`; the next to go is what LINE still has.
  next_drop_ = std::min(next_drop_.value_or(INT64_MAX), dropped_at(std::max(held.until, kept), text_days, offset_minutes_));
  if (chat.first != 0) {
    state_.first = std::min(state_.first.value_or(chat.first), chat.first);
    count_months(chat, held, kept);
  }
}

void AccountWatch::count_months(const Chat& chat, const Held& held, UtcSeconds kept) {
  const int last = month_number(now_, offset_minutes_);
  for (int month = month_number(chat.first, offset_minutes_); month <= last; ++month) {
    const UtcSeconds begin = std::max(month_begin(month, offset_minutes_), chat.first);
    // Of the month of the last download what came after it does not make it partly held: that is yet to come.
    UtcSeconds end = std::min(month_begin(month + 1, offset_minutes_), std::max(now_, chat.first + 1));
    if (held.until > begin && held.until < end && held.until >= until_) end = held.until;
    if (begin >= end) continue;
    const UtcSeconds length = length_within(held.spans, begin, end);
    MonthCount& count = months_[month];
    ++count.chats;
    if (length == end - begin) ++count.full;
    if (length == 0) {
      ++count.none;
      if (end <= kept) ++count.lost;
    }
  }
}

AccountState AccountWatch::state() const {
  AccountState out = state_;
  out.until = until_;
  out.dropped = dropped_at(until_, text_days_, offset_minutes_);
  out.next_drop = next_drop_.value_or(out.dropped);
  for (const auto& [begin, stretch] : gaps_) out.gaps.push_back(stretch);
  for (const auto& [begin, stretch] : lost_) out.lost.push_back(stretch);
  std::sort(out.behind.begin(), out.behind.end(), [](const auto& a, const auto& b) { return std::tie(a.dropped, a.until, a.name, a.identifier) < std::tie(b.dropped, b.until, b.name, b.identifier); });
  using Month = AccountState::Month;
  for (const auto& [month, count] : months_)
    out.months[month] = count.full == count.chats ? Month::held : count.none < count.chats ? Month::partly : count.lost > 0 ? Month::lost : Month::open;
  return out;
}

}  // namespace genchi::watch
