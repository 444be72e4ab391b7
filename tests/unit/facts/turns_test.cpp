// Whose turn it is: whole talks. tests/facts/turns.jsonl has more of them, labelled before the rules had seen them.
#include "facts/turn.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

using namespace genchi;
using namespace genchi::facts;

namespace {

constexpr UtcSeconds minutes = 60, days = 86'400;
constexpr UtcSeconds start = 1'775'000'000;

/// Lines of a talk: "< theirs", "> ours", ">? ours by a tool or a person", "+3d" time goes by, "t=2" another mail thread.
/// "[photo]" is a placeholder, "[file]words" has something attached.
Turn after(const std::vector<std::string>& talk) {
  TurnJudge judge;
  TurnMessage message;
  message.talk = 1;
  message.sent = start;
  for (std::string line : talk) {
    if (line.starts_with('+')) {
      message.sent += std::stoi(line.substr(1)) * days;
      continue;
    }
    if (line.starts_with("t=")) {
      message.talk = std::stoi(line.substr(2));
      continue;
    }
    ++message.id;
    message.sent += 10 * minutes;
    message.direction = line.starts_with('<') ? Direction::in : Direction::out;
    message.unsure = line.starts_with(">?");
    std::string text = line.substr(line.find(' ') + 1);
    if (text.starts_with('[') && text.ends_with(']')) {
      message.cues = turn_of_placeholder(text.substr(1, text.size() - 2)).cues;
    } else {
      const bool file = text.starts_with("[file]");
      if (file) text = text.substr(6);
      message.cues = read_turn(Text(text), Text(""), file).cues;
    }
    judge.next(message);
  }
  return judge.turn();
}

std::string_view name_of(Side side) { return side == Side::ours ? "ours" : side == Side::theirs ? "theirs" : "nobody"; }

/// The words that a message is quoted by.
std::string quoted(std::string_view text) { return words_at(text, read_turn(Text(text), Text(""), false).place); }

}  // namespace

TEST_CASE("a question waits for us until it is answered") {
  CHECK(after({"< 土曜は空いていますか"}).side == Side::ours);
  CHECK(after({"< 土曜は空いていますか", "> はい、10時でお取りしました。"}).side == Side::nobody);
  CHECK(after({"< 土曜は空いていますか", "> 確認して折り返しご連絡します。"}).side == Side::ours);
  CHECK(after({"< 土曜は空いていますか", "> お問い合わせありがとうございます！"}).side == Side::ours);
  CHECK(after({"< 土曜は空いていますか", "> [sticker]"}).side == Side::ours);
  CHECK(after({"< 土曜は空いていますか", "> このメッセージは自動返信です。"}).side == Side::ours);
}

TEST_CASE("thanks, an OK and a stamp behind our answer close") {
  for (const char* closing : {"< ありがとうございます！", "< 了解です", "< お願いします", "< [sticker]", "< 🙏✨", "< 承知いたしました。当日はよろしくお願いいたします。"})
    CHECK(after({"< 土曜は空いていますか", "> はい、10時でお取りしました。", closing}).side == Side::nobody);
  CHECK(after({"< 土曜は空いていますか", "> はい、10時でお取りしました。", "< ありがとうございます、ところで駐車場はありますか"}).side == Side::ours);
}

TEST_CASE("what we asked or offered waits for them, and is not answered by a stamp") {
  CHECK(after({"> ご都合はいかがでしょうか。"}).side == Side::theirs);
  CHECK(after({"> ご都合はいかがでしょうか。", "< [sticker]"}).side == Side::theirs);
  CHECK(after({"> ご都合はいかがでしょうか。", "< 家族と相談してお返事します"}).side == Side::theirs);
  CHECK(after({"> ご都合はいかがでしょうか。", "< 10日の午後でお願いします"}).why == Waits::answer);
  CHECK(after({"> お見積書をお送りします。ご検討ください。"}).why == Waits::offer);
  CHECK(after({"> お見積書をお送りします。ご検討ください。", "< 今回は見送ります"}).side == Side::nobody);
  CHECK(after({"> 明日14時にお待ちしております。"}).side == Side::nobody);
}

TEST_CASE("since when: the first message that waits, not the last") {
  const Turn turn = after({"< 見積の件、いかがでしょうか", "+3d", "< お返事いただけていません"});
  CHECK(turn.since == start + 10 * minutes);
  CHECK(turn.why == Waits::complaint);
  CHECK(turn.waiting == 2);
  CHECK(turn.moved == start + 3 * days + 20 * minutes);
}

TEST_CASE("an answer in one mail thread leaves the question of another one open") {
  CHECK(after({"t=1", "< 押印はどこにしますか", "t=2", "< 宛名を変更してください", "> 宛名を変更しました。"}).side == Side::ours);
  CHECK(after({"t=1", "< 押印はどこにしますか", "t=-7", "> 2ページ目の下です。"}).side == Side::nobody);
}

TEST_CASE("what tools send when nobody is there is no answer, what a person sends in one is") {
  CHECK(after({"< 何時までですか", ">? 【春のキャンペーン】全品20%OFF"}).side == Side::ours);
  CHECK(after({"< 何時までですか", ">? 営業時間外のため翌営業日にご返信いたします"}).side == Side::ours);
  CHECK(after({"< 何時までですか", ">? 19時までです"}).side == Side::nobody);
}

TEST_CASE("a message is quoted by the sentence that asks") {
  CHECK(quoted("お世話になっております。公開は月末に間に合いそうでしょうか。よろしくお願いします。") == "公開は月末に間に合いそうでしょうか");
  CHECK(quoted("写真とても気に入りました！追加で2枚お願いできますか？") == "追加で2枚お願いできますか？");
}

TEST_CASE("no question is missed among the labelled talks, and nearly all come out right") {
  std::ifstream file(GENCHI_TEST_DATA "/turns.jsonl");
  REQUIRE(file);
  std::size_t talks = 0, right = 0;
  for (std::string line; std::getline(file, line); ++talks) {
    const nlohmann::json row = nlohmann::json::parse(line);
    const std::string wanted = row["turn"];
    const std::string_view found = name_of(after(row["talk"].get<std::vector<std::string>>()).side);
    right += found == wanted ? 1 : 0;
    INFO(line);
    if (wanted == "ours") CHECK(found == "ours");
  }
  CHECK(talks > 300);
  CHECK(right * 100 >= talks * 97);
}
