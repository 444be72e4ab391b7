// What is held of LINE chats and when the rest is dropped, under a clock that the test sets.
#include <catch2/catch.hpp>

#include <algorithm>

#include "watch/holdings.hpp"

using namespace genchi;
using namespace genchi::watch;

namespace {

constexpr int zone = 540;

UtcSeconds at(int year, int month, int day, int hour = 12) { return utc_from_civil({year, month, day}, hour, 0, 0, zone); }

/// A chat with rows at these times, and what each download holds of them.
class TalkOf {
 public:
  explicit TalkOf(std::string name) { chat_.identifier = "chat:" + name, chat_.name = std::move(name); }
  TalkOf& said(std::vector<UtcSeconds> rows) {
    rows_ = std::move(rows);
    std::sort(rows_.begin(), rows_.end());
    if (!rows_.empty()) chat_.first = rows_.front(), chat_.last = rows_.back();
    return *this;
  }
  /// Made then, with the rows from `from` on.
  TalkOf& downloaded(UtcSeconds made, UtcSeconds from = INT64_MIN) {
    Download download{made, std::nullopt, std::nullopt};
    for (const UtcSeconds row : rows_)
      if (row >= from && row <= made) {
        if (!download.first) download.first = row;
        download.last = row;
      }
    chat_.downloads.push_back(download);
    return *this;
  }
  Chat chat() const {
    Chat out = chat_;
    out.last_row_before = [rows = rows_](UtcSeconds time) -> std::optional<UtcSeconds> {
      const auto after = std::lower_bound(rows.begin(), rows.end(), time);
      return after == rows.begin() ? std::nullopt : std::optional(*std::prev(after));
    };
    return out;
  }

 private:
  Chat chat_;
  std::vector<UtcSeconds> rows_;
};

AccountState state_of(const std::vector<TalkOf>& talks, UtcSeconds until, std::int64_t days, UtcSeconds now) {
  AccountWatch account(until, days, now, zone);
  for (const TalkOf& talk : talks) account.add(talk.chat(), days);
  return account.state();
}

}  // namespace

TEST_CASE("what was sent on a day is dropped when its days have passed, whatever the hour") {
  CHECK(dropped_at(at(2026, 4, 1, 0), 30, zone) == at(2026, 5, 1, 0));
  CHECK(dropped_at(at(2026, 4, 1, 23), 30, zone) == at(2026, 5, 1, 0));
  // The two functions speak of the same day.
  for (int hour : {0, 1, 12, 23}) {
    CHECK(kept_since(at(2026, 4, 30, hour), 30, zone) <= at(2026, 4, 1, 0));
    CHECK(kept_since(at(2026, 5, 1, hour), 30, zone) > at(2026, 4, 1, 23));
  }
  CHECK(days_until(at(2026, 5, 1, 0), at(2026, 4, 30, 23), zone) == 1);
  CHECK(days_until(at(2026, 5, 1, 0), at(2026, 5, 3, 1), zone) == -2);
}

TEST_CASE("each retention names its figures and where they come from") {
  for (const Retention& each : known_retentions()) {
    CAPTURE(each.name);
    CHECK(each.text > 0);
    CHECK(each.media > 0);
    CHECK(each.files > 0);
    CHECK(!each.source.empty());
  }
  const auto named = [](std::string_view name) {
    return std::any_of(known_retentions().begin(), known_retentions().end(), [&](const Retention& each) { return each.name == name; });
  };
  CHECK(named(usual_retention));
  CHECK(named(group_retention));
}

TEST_CASE("weekly downloads of all that LINE has leave no gap") {
  const auto talk = TalkOf("青木").said({at(2026, 3, 1), at(2026, 3, 20), at(2026, 4, 6)}).downloaded(at(2026, 3, 25)).downloaded(at(2026, 4, 1)).downloaded(at(2026, 4, 8));
  const Held held = held_of(talk.chat(), 365, zone);
  REQUIRE(held.spans.size() == 1);
  CHECK(held.spans[0].end == at(2026, 4, 8));
  CHECK(held.gaps.empty());
}

TEST_CASE("a missed week is no gap while LINE still has it") {
  const auto talk = TalkOf("青木").said({at(2026, 3, 1), at(2026, 3, 27)}).downloaded(at(2026, 3, 25)).downloaded(at(2026, 4, 8));
  CHECK(held_of(talk.chat(), 365, zone).gaps.empty());
  CHECK(held_of(talk.chat(), 30, zone).gaps.empty());
}

TEST_CASE("what lies between two downloads further apart than LINE keeps is lost") {
  const auto talk = TalkOf("青木").said({at(2026, 1, 5), at(2026, 3, 30)}).downloaded(at(2026, 1, 10)).downloaded(at(2026, 4, 8), at(2026, 3, 10));
  const Held held = held_of(talk.chat(), 30, zone);
  REQUIRE(held.gaps.size() == 1);
  CHECK(held.gaps[0].begin == at(2026, 1, 10));
  CHECK(held.gaps[0].end == kept_since(at(2026, 4, 8), 30, zone));

  const AccountState state = state_of({talk}, at(2026, 4, 8), 30, at(2026, 4, 9));
  REQUIRE(state.lost.size() == 1);
  CHECK(state.lost[0].chats == 1);
  CHECK(state.lost[0].example == "青木");
  CHECK(state.gaps.empty());
  using Month = AccountState::Month;
  CHECK(state.months.at(2026 * 12 + 0) == Month::partly);
  CHECK(state.months.at(2026 * 12 + 1) == Month::lost);
  CHECK(state.months.at(2026 * 12 + 2) == Month::partly);
  CHECK(state.months.at(2026 * 12 + 3) == Month::held);
}

TEST_CASE("a download of a chosen period leaves a gap that can still be closed") {
  // The third was made from 4/10 on, though LINE still had what was said on 4/3.
  const auto talk = TalkOf("青木").said({at(2026, 3, 1), at(2026, 4, 3), at(2026, 4, 12)}).downloaded(at(2026, 4, 4)).downloaded(at(2026, 4, 15), at(2026, 4, 10));
  const AccountState state = state_of({talk}, at(2026, 4, 15), 30, at(2026, 4, 16));
  REQUIRE(state.gaps.size() == 1);
  CHECK(state.gaps[0].span.begin == at(2026, 4, 4));
  CHECK(state.gaps[0].span.end == at(2026, 4, 12));
  CHECK(state.lost.empty());
  CHECK(state.next_drop == dropped_at(at(2026, 4, 4), 30, zone));
  // A month later it is gone.
  const AccountState later = state_of({talk}, at(2026, 4, 15), 30, at(2026, 5, 30));
  REQUIRE(!later.lost.empty());
  CHECK(later.lost[0].span.begin == at(2026, 4, 4));
}

TEST_CASE("the first row of a new chat is no sign of a chosen period") {
  const auto talk = TalkOf("新田").said({at(2026, 4, 12)}).downloaded(at(2026, 4, 15));
  CHECK(held_of(talk.chat(), 30, zone).gaps.empty());
  CHECK(held_of(talk.chat(), 30, zone).spans.at(0).begin == kept_since(at(2026, 4, 15), 30, zone));
}

TEST_CASE("a chat that the newest download lacks is behind, unless LINE had nothing of it left") {
  const auto behind = TalkOf("青木").said({at(2026, 3, 20)}).downloaded(at(2026, 4, 1));
  const auto quiet = TalkOf("静").said({at(2025, 1, 5)}).downloaded(at(2025, 12, 1));
  const auto current = TalkOf("相原").said({at(2026, 4, 7)}).downloaded(at(2026, 4, 1)).downloaded(at(2026, 4, 8));
  const AccountState state = state_of({behind, quiet, current}, at(2026, 4, 8), 365, at(2026, 4, 9));
  REQUIRE(state.behind.size() == 1);
  CHECK(state.behind[0].name == "青木");
  CHECK(state.behind[0].until == at(2026, 4, 1));
  CHECK(state.next_drop == dropped_at(at(2026, 4, 1), 365, zone));
  CHECK(state.lost.empty());
}

TEST_CASE("years without a download lose what was said then") {
  const auto quiet = TalkOf("静").said({at(2023, 1, 5)}).downloaded(at(2023, 2, 1));
  const auto current = TalkOf("相原").said({at(2026, 4, 7)}).downloaded(at(2026, 4, 8));
  const AccountState state = state_of({quiet, current}, at(2026, 4, 8), 365, at(2026, 4, 9));
  CHECK(state.behind.empty());
  REQUIRE(state.lost.size() == 1);
  CHECK(state.lost[0].span.begin == at(2023, 2, 1));
  CHECK(state.lost[0].example == "静");
}

TEST_CASE("without a download for longer than LINE keeps, what was said since begins to be lost") {
  const auto talk = TalkOf("青木").said({at(2026, 1, 5)}).downloaded(at(2026, 1, 10));
  CHECK(state_of({talk}, at(2026, 1, 10), 30, at(2026, 2, 8)).lost.empty());
  CHECK(days_until(state_of({talk}, at(2026, 1, 10), 30, at(2026, 2, 8)).dropped, at(2026, 2, 8), zone) == 1);
  const AccountState state = state_of({talk}, at(2026, 1, 10), 30, at(2026, 2, 20));
  REQUIRE(state.lost.size() == 1);
  CHECK(state.lost[0].span.begin == at(2026, 1, 10));
  CHECK(state.lost[0].span.end == kept_since(at(2026, 2, 20), 30, zone));
  CHECK(state.dropped < at(2026, 2, 20));
  CHECK(state.next_drop > at(2026, 2, 20, 0) - 86'400);
}

TEST_CASE("a chat without rows counts, and says nothing of the months") {
  const auto empty = TalkOf("無言").said({}).downloaded(at(2026, 4, 8));
  const AccountState state = state_of({empty}, at(2026, 4, 8), 365, at(2026, 4, 9));
  CHECK(state.chats == 1);
  CHECK(state.months.empty());
  CHECK(!state.first);
  CHECK(state.behind.empty());
}
