// Messages of one client after each other: what none says alone, and what never is consent.
#include "facts/stream.hpp"

#include <catch2/catch.hpp>

#include "genchi/error.hpp"

namespace genchi::facts {
namespace {

class Talk {
 public:
  explicit Talk(std::string_view first = "2026-03-02T10:00:00+09:00") : sent_(parse_iso8601(first).value()) {}

  Facts we(std::string_view text, std::string_view subject = {}) { return say(Direction::out, text, subject); }
  Facts they(std::string_view text, std::string_view subject = {}) { return say(Direction::in, text, subject); }
  /// A memo of ours.
  Facts note(std::string_view text) const {
    MessageText message;
    message.text = text;
    message.sent = sent_;
    message.sent.utc += 60;
    return stream_.noted(unpack_reading(pack(read_message(message))));
  }
  Facts machine(std::string_view text) { return say(Direction::automatic, text, {}); }
  Facts flagged(std::uint32_t flags, std::string_view text) {
    flags_ = flags;
    const Facts facts = they(text);
    flags_ = 0;
    return facts;
  }

 private:
  Facts say(Direction direction, std::string_view text, std::string_view subject) {
    sent_.utc += 3600;
    MessageText message;
    message.text = text;
    message.subject = subject;
    message.sent = sent_;
    message.flags = flags_;
    const Reading reading = read_message(message);
    // What the catalogue keeps of it is all that counts.
    return stream_.next(unpack_reading(pack(reading)), direction);
  }

  Stream stream_;
  Moment sent_;
  std::uint32_t flags_ = 0;
};

const std::string offer = "撮影は55,000円（税込）です。4/10納品でいかがでしょうか？";

TEST_CASE("facts: an acceptance by the other side makes what it restates agreed") {
  Talk talk;
  const Facts proposed = talk.we(offer);
  CHECK(proposed.act == Act::proposal);
  REQUIRE(proposed.amounts.size() == 1);
  CHECK(proposed.amounts.front().role == AmountRole::offer);
  const Facts accepted = talk.they("承知しました。55,000円でお願いします。");
  CHECK(accepted.act == Act::acceptance);
  REQUIRE(accepted.amounts.size() == 1);
  CHECK(accepted.amounts.front().role == AmountRole::accepted);
}

TEST_CASE("facts: what a memo says was agreed is our note, and nothing follows from it") {
  Talk talk;
  talk.we(offer);
  const Facts noted = talk.note("電話にて。55,000円で了承いただいた。4/10納品で確定");
  REQUIRE(noted.amounts.size() == 1);
  CHECK(noted.amounts.front().yen == 55000);
  CHECK(noted.amounts.front().role != AmountRole::accepted);
  CHECK_FALSE(noted.dates.empty());
  // The offer still waits for the client's own word.
  CHECK(talk.they("承知しました。55,000円でお願いします。").act == Act::acceptance);
}

TEST_CASE("facts: a proposal in a memo is put to nobody") {
  Talk talk;
  const Facts noted = talk.note(offer);
  CHECK(noted.amounts.size() == 1);
  CHECK_FALSE(noted.document);
  CHECK(talk.they("承知しました。").act == Act::none);
}

TEST_CASE("facts: what is never consent") {
  Talk talk;
  talk.we(offer);
  CHECK(talk.they("既読").act == Act::none);
  CHECK(talk.they("スタンプを送信しました").act == Act::none);
  CHECK(talk.they("写真を送信しました").act == Act::none);
  CHECK(talk.they("ありがとうございます").act == Act::none);
  CHECK(talk.machine("承知しました。お申し込みありがとうございます。").act == Act::none);
  CHECK(talk.flagged(flag_auto, "承知しました。").act == Act::none);
  CHECK(talk.flagged(flag_bulk, "承知しました。").act == Act::none);
  CHECK(talk.flagged(flag_unsent, "承知しました。").act == Act::none);
  CHECK(talk.they("> 承知しました。\n> それでお願いします。").act == Act::none);
  CHECK(talk.we("承知しました。").act == Act::none);
  CHECK(talk.they("それでお願いします。").act == Act::acceptance);
}

TEST_CASE("facts: a bare day is that of the month spoken of") {
  Talk talk;
  talk.we("来月の打ち合わせの件です。");
  const Facts facts = talk.they("12日の14時でいかがですか。");
  REQUIRE(facts.dates.size() == 1);
  CHECK(facts.dates.front().value() == "2026-04-12T14:00:00+09:00");
}

TEST_CASE("facts: what a day is for is what it was for") {
  const auto role = [](const Facts& facts) {
    REQUIRE(facts.dates.size() == 1);
    return facts.dates.front().role;
  };
  Talk talk;
  CHECK(role(talk.we("納品は3/20を予定しています。")) == DateRole::delivery);
  CHECK(role(talk.they("20日ですね")) == DateRole::delivery);
  // Another day that is asked for instead, and agreed to.
  CHECK(role(talk.they("すみませんが、27日に変更できますか？")) == DateRole::delivery);
  CHECK(role(talk.we("大丈夫です。27日で")) == DateRole::delivery);

  Talk visit;
  CHECK(role(visit.they("3/12に伺ってもよろしいですか？")) == DateRole::appointment);
  CHECK(role(visit.we("12日は難しいです。13日はいかがでしょうか？").dates.empty()
                 ? Facts{}
                 : visit.we("ではまた3/25に")) == DateRole::mention);
  CHECK(role(visit.they("では13日でお願いします")) == DateRole::appointment);
  // What is told beside it is no part of what is agreed to.
  const Facts told = visit.we("13日14時のご予約を承りました。3/27に記録を取り込みます");
  REQUIRE(told.dates.size() == 2);
  CHECK(told.dates.back().role == DateRole::mention);
  // What has been is only spoken of.
  CHECK(role(visit.they("今日はありがとうございました")) == DateRole::mention);
}

TEST_CASE("facts: a campaign's prices are list prices") {
  Talk talk;
  const Facts facts =
      talk.we("皆様こんにちは！春のキャンペーンでカット4,400円です。ご予約お待ちしております");
  CHECK(facts.act == Act::none);
  REQUIRE(facts.amounts.size() == 1);
  CHECK(facts.amounts.front().role == AmountRole::mention);
}

TEST_CASE("facts: what subject and text both say is one fact with two places") {
  Talk talk;
  const Facts facts = talk.we("ロゴ制作は80,000円です。", "ロゴ制作 80,000円のお見積り");
  REQUIRE(facts.amounts.size() == 1);
  CHECK_FALSE(facts.amounts.front().place.in_subject);
  REQUIRE(facts.amounts.front().again.size() == 1);
  CHECK(facts.amounts.front().again.front().in_subject);
  const Facts alone = talk.we("よろしくお願いいたします。", "3/20納品の件");
  REQUIRE(alone.dates.size() == 1);
  CHECK(alone.dates.front().place.in_subject);
}

TEST_CASE("facts: UTC stamps of servers count in the archive's zone") {
  MessageText message;
  message.text = "明日伺います。";
  message.sent = parse_iso8601("2026-03-02T16:30:00Z").value(); // 01:30 of the 3rd in Japan
  const Reading reading = read_message(message);
  REQUIRE(reading.dates.size() == 1);
  CHECK(reading.dates.front().date.value() == "2026-03-04");
}

TEST_CASE("facts: readings and facts read back as they were packed, and damaged ones are refused") {
  MessageText message;
  message.text = "・ロゴ　50,000円\n・名刺（500枚）　@22円　11,000円\n合計 61,000円、$1,200、来週金曜の午後1時半、翌月20日、4/1〜4/5。承知しました。検討します。";
  message.sent = parse_iso8601("2026-03-02T10:00:00+09:00").value();
  const Reading reading = read_message(message);
  REQUIRE(reading.amounts.size() > 3);
  REQUIRE(reading.dates.size() > 2);
  const std::string packed = pack(reading);
  CHECK(pack(unpack_reading(packed)) == packed);
  for (std::size_t cut = 0; cut < packed.size(); ++cut) {
    try {
      unpack_reading(packed.substr(0, cut));
    } catch (const Error&) { // nothing else may come out of it
    }
  }
  const Facts facts = Stream().next(reading, Direction::out);
  CHECK(pack(unpack_facts(pack(facts))) == pack(facts));
}

TEST_CASE("facts: hostile texts cost no more than their length") {
  for (const std::string& text : {std::string(5 << 20, '7'), std::string(100'000, '('), [] {
         std::string zeros;
         for (int i = 0; i < 350'000; ++i) zeros += "〇";
         return zeros;
       }(), std::string(3 << 20, ' ') + "5万円"}) {
    MessageText message;
    message.text = text;
    message.sent = {1'770'000'000, 540};
    const Reading reading = read_message(message);
    CHECK(reading.amounts.size() <= 1);
    CHECK(reading.dates.empty());
  }
}

} // namespace
} // namespace genchi::facts
