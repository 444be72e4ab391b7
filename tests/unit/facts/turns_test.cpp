// Whose turn it is: whole talks. tests/facts/turns.jsonl has more of them, each cause of an error with its counter-case.
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
/// "[photo]" is a placeholder, "[file]words" has something attached, "[subject:words]" a subject.
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
    std::string subject;
    if (text.starts_with("[subject:")) {
      const std::size_t end = text.find(']');
      subject = text.substr(9, end - 9);
      text = text.substr(end + 1);
    }
    if (text.starts_with('[') && text.ends_with(']')) {
      message.cues = turn_of_placeholder(text.substr(1, text.size() - 2)).cues;
    } else {
      const bool file = text.starts_with("[file]");
      if (file) text = text.substr(6);
      message.cues = read_turn(Text(text), Text(subject, {}, true), file).cues;
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

TEST_CASE("a question that only the subject asks waits for us") {
  CHECK(after({"< [subject:日曜も見学できますか]お世話になっております。\n標題の件、よろしくお願いいたします。"}).side == Side::ours);
  CHECK(after({"< [subject:日曜も見学できますか]突然のメール失礼いたします。"}).side == Side::ours);
  CHECK(after({"< [subject:見学のお礼]先日はありがとうございました。"}).side == Side::nobody);
  // The subject of a reply was asked before.
  const Text thanks("ありがとうございます。"), asked("日曜も見学できますか", {}, true);
  CHECK((read_turn(thanks, asked, false).cues & cue_asks) != 0);
  CHECK((read_turn(thanks, asked, false, true).cues & cue_asks) == 0);
}

TEST_CASE("what we promise by a day is no request of ours") {
  CHECK(after({"< 網戸の張り替えはおいくらですか", "> 金曜までにお見積りをお送りします。"}).side == Side::ours);
  CHECK(after({"> 水曜までにご返送ください。"}).side == Side::theirs);
}

TEST_CASE("to announce an answer is one if it follows") {
  CHECK(after({"< 保証は何年ですか", "> ご質問の件、回答いたします。"}).side == Side::ours);
  CHECK(after({"< 保証は何年ですか", "> ご質問の件、回答いたします。保証は3年です。"}).side == Side::nobody);
  CHECK(after({"< 保証は何年ですか", "> 担当が外出中です。戻りましたら回答いたします。"}).side == Side::ours);
  CHECK(after({"< 保証は何年ですか", "> 担当より回答いたします。"}).side == Side::ours);
}

TEST_CASE("a question is taken back by who asked it, not by an OK to our promise") {
  CHECK(after({"< 会員番号はどこですか", "< すみません、カードの裏にありました"}).side == Side::nobody);
  CHECK(after({"< 早く行ってもいいですか", "< やっぱり大丈夫です"}).side == Side::nobody);
  CHECK(after({"< 早く行ってもいいですか", "> 確認しますのでお待ちください", "< 大丈夫です"}).side == Side::ours);
  CHECK(after({"< 早く行ってもいいですか", "< 駐車場はありますか", "< 大丈夫です"}).side == Side::ours);
  CHECK(after({"< 早く行ってもいいですか", "< 柱に傷を見つけました"}).side == Side::ours);
}

TEST_CASE("a yes settles whether it is right, not what was proposed") {
  CHECK(after({"> お届け先は前回と同じで合っていますか。", "< はい、合っています"}).side == Side::nobody);
  CHECK(after({"> お届け先は前回と同じで合っていますか。", "< いいえ、引っ越しました。南町3丁目です"}).side == Side::ours);
  CHECK(after({"> 12日の10時でよろしいでしょうか。", "< はい"}).side == Side::ours);
}

TEST_CASE("to whom and from whom it goes says nothing") {
  const std::string mail = "港木材 佐藤様\nお世話になっております。浜田製作所の森です。\nお問い合わせありがとうございます。";
  CHECK(after({"< 梁の寸法は何ミリですか", "> " + mail}).side == Side::ours);
  CHECK(quoted("浜田製作所 森様\n港木材の佐藤です。\n雨でも作業しますか。") == "雨でも作業しますか");
  CHECK(after({"> 宛名はどういたしましょうか", "< 港木材 御中"}).side == Side::ours);
}

TEST_CASE("no hurry leaves a question open, no reply needed does not") {
  for (const char* open : {"< 保証書は再発行できますか。急ぎませんので、お手すきの際にお返事ください。", "< 寸法の一覧をいただけますと助かります。お急ぎではありませんので、お手すきの際で結構です。",
                           "< 来年の定休日を教えてください。返信はいつでも大丈夫です！", "< 看板の色見本を拝見したいです。お時間のあるときで構いません。", "< 別の色もできますか。お返事は来週で結構です。"})
    CHECK(after({open}).side == Side::ours);
  for (const char* closed : {"< 会場の住所をお知らせいたします。ご返信には及びません。", "< 担当が森に変わりました。このメールへのご返信は不要です。", "< 鍵は受付に預けました。お返事はいただかなくて結構です。"})
    CHECK(after({closed}).side == Side::nobody);
}

TEST_CASE("a mail is for who is greeted in it, not for who gets a copy, unless it names them") {
  const std::vector<std::string> mori{"森 由紀"}, us{"はす工房 蓮見"};
  const auto alone = [&](const char* text, const std::vector<std::string>& to, const std::vector<std::string>& copied) { return is_for_recipient_only(Text(text), to, copied); };
  CHECK(alone("森さん\n\nお疲れさまです。来週の会議室は押さえてありますか？", mori, us));
  CHECK(alone("製造部 森課長\nお疲れ様です。納期の件、どう返事しましょうか。", mori, us));
  CHECK(alone("森さん、仕様書の最新版を共有フォルダに入れてもらえますか。", {"森由紀"}, us));
  // Another is greeted, or nobody.
  CHECK_FALSE(alone("蓮見様\nお世話になっております。来週の会議室は押さえてありますか？", mori, us));
  CHECK_FALSE(alone("お疲れさまです。来週の会議室は押さえてありますか？", mori, us));
  CHECK_FALSE(alone("各位\n校正を確認してください。", mori, us));
  CHECK_FALSE(alone("森さん、蓮見様\n校正を確認してください。", mori, us));
  // We are named, by our name, part of it, or as a company.
  CHECK_FALSE(alone("森さん\n校正は届きましたか。\n蓮見さん、念のため再送をお願いできますか。", mori, us));
  CHECK_FALSE(alone("森さん\n色の件、はすさんに聞いてもらえますか。", mori, us));
  CHECK_FALSE(alone("森さん（CC：はす工房様）\n校正は届きましたか。", mori, us));
  CHECK_FALSE(alone("森さん\n校正は届きましたか。御社でも確認をお願いします。", mori, {""}));
  CHECK_FALSE(alone("森さん\n校正は届きましたか。印刷所の田村様もご確認ください。", mori, us));
  // Names that do not tell.
  CHECK_FALSE(alone("森さん\n校正は届きましたか。", {""}, us));
  CHECK_FALSE(alone("森さん\n校正は届きましたか。", mori, {"森 健太"}));
  CHECK_FALSE(alone("森さん\n校正は届きましたか。", mori, {}));
}

TEST_CASE("a request to look is settled by who has looked") {
  for (const char* request : {"> 修正版をアップいたしました。ご確認ください。", "> 議事録をお送りいたします。ご確認をお願いいたします。", "> 納品書を添付いたします。お手数ですがご確認のほどよろしくお願いいたします。", "> 請求書を送付いたしました。内容をご確認いただけますでしょうか。"}) {
    for (const char* seen : {"< 確認しました。このままで大丈夫です。", "< 確認いたしました。問題ございません。", "< 問題ございません。", "< お世話になっております。\n内容に相違ありませんでした。ありがとうございます。", "< 承知いたしました。月末に振り込みます。", "< 確認しました。", "< この内容で問題はありません。", "< 受領いたしました。25日にお支払いいたします。"}) {
      CAPTURE(request, seen);
      CHECK(after({request, seen}).side == Side::nobody);
    }
    for (const char* later : {"< 承知いたしました。", "< ありがとうございます。確認します。", "< 了解です、夜に見ておきます", "< 承知しました。明日拝見します。"}) {
      CAPTURE(request, later);
      CHECK(after({request, later}).side == Side::theirs);
    }
    for (const char* more : {"< 確認しました。3行目の日付が違っています。", "< 大丈夫ですが、送料はいくらですか", "< 問題ありません。これで進めてください。"}) {
      CAPTURE(request, more);
      CHECK(after({request, more}).side == Side::ours);
    }
  }
}

TEST_CASE("a request to decide or to do something is not settled by having seen it") {
  for (const char* request : {"> お見積書をお送りします。ご検討ください。", "> 納品日は3日と5日のどちらになさいますか。ご確認ください。", "> 部数をご確認のうえ、ご希望をお知らせください。", "> 下記の日程でいかがでしょうか。"}) {
    CAPTURE(request);
    CHECK(after({request, "< 確認しました。"}).side == Side::theirs);
  }
  // A quotation that is to be looked at has been.
  CHECK(after({"> お見積書をお送りします。ご確認ください。", "< 確認しました。"}).side == Side::nobody);
  CHECK(after({"> お見積書を添付いたします。ご査収のほどよろしくお願いいたします。", "< 受領いたしました。ありがとうございます。"}).side == Side::nobody);
  CHECK(after({"> お見積書をお送りします。ご確認ください。", "< 確認しました。この内容で問題ございません。"}).side == Side::ours);
  // What begins with their OK is ours to go on with.
  CHECK(after({"> ラフ案をお送りします。ご確認ください。", "< 確認しました。問題ございません。"}).side == Side::ours);
  CHECK(after({"> 校正をお送りします。問題なければ印刷に進めます。ご確認をお願いいたします。", "< このままで大丈夫です。"}).side == Side::ours);
  // Another question is still open.
  CHECK(after({"> 色は何色になさいますか。", "> 請求書をお送りします。ご確認ください。", "< 請求書を確認しました。"}).side == Side::theirs);
  CHECK(after({"> 先月分のご入金がまだ確認できておりません。ご確認ください。", "< 承知しました。今週払います。"}).side == Side::theirs);
}

TEST_CASE("a report is no promise, whatever verb tells it") {
  for (const char* report : {"> 作業が完了しましたのでご報告いたします。", "> 棚板を取り替えましたのでご連絡いたします。", "> お振込を確認いたしましたのでお知らせいたします。", "> 担当と相談しましたので、ご報告申し上げます。", "> 納期が3日になりますのでお知らせします。", "> 下記の通りご連絡いたします。\n納期は3日です。"}) {
    CAPTURE(report);
    CHECK(after({"< 工事の具合を教えてください", report}).side == Side::nobody);
    CHECK(after({report}).side == Side::nobody);
  }
  for (const char* promise : {"> 担当が戻りましたらご連絡いたします。", "> 結果が出ましたらご報告いたします。", "> 確認のうえご連絡いたします。", "> 後ほどお知らせします。", "> 担当が戻りましたので、確認してご連絡いたします。", "> 品番がわかりましたので、納期は後ほどお知らせいたします。", "> 確認中ですが、書類が届きましたので追ってご連絡いたします。"}) {
    CAPTURE(promise);
    CHECK(after({"< 工事の具合を教えてください", promise}).why == Waits::question);
  }
  CHECK(after({"> 発送の件、後ほどお知らせします。"}).why == Waits::promise);
  CHECK(quoted("お世話になっております。\nご質問の件、ご報告いたします。") == "ご質問の件、ご報告いたします");
}

TEST_CASE("who writes says nothing of the matter and is not quoted") {
  for (const char* who : {"鈴木です。", "山田商事の鈴木です。", "鈴木 一です。", "経理の丸山です。", "株式会社山田商事 営業部の鈴木 一です。", "田中と申します。", "青葉社 佐藤でございます。"}) {
    CAPTURE(who);
    const std::string received = "お世話になっております。" + std::string(who) + "\n請求書、確かに受領いたしました。", asks = std::string(who) + "\n駐車場はありますか。";
    CHECK(quoted(received.c_str()) == "請求書、確かに受領いたしました");
    CHECK(after({"> ご都合はいかがでしょうか。", "< お世話になっております。" + std::string(who) + "\nありがとうございます。"}).side == Side::theirs);
    CHECK(after({"> 請求書をお送りします。ご確認ください。", "< お世話になっております。" + std::string(who) + "\n請求書、確かに受領いたしました。"}).side == Side::nobody);
    CHECK(quoted(asks.c_str()) == "駐車場はありますか");
  }
  // An answer is one, even if it looks like a name.
  CHECK(after({"> お名前をお願いできますか？", "< 鈴木です"}).why == Waits::answer);
  CHECK(after({"> お名前をお願いできますか？", "< 鈴木です。よろしくお願いします。"}).why == Waits::answer);
  CHECK(after({"> 何時がよろしいですか？", "< 3時です。よろしくお願いします。"}).why == Waits::answer);
  CHECK(after({"> 何色になさいますか？", "< 白です"}).why == Waits::answer);
  CHECK(after({"> 何色になさいますか？", "< 白です。ありがとうございます！"}).why == Waits::answer);
  CHECK(after({"> 何曜日がよろしいですか？", "< こんにちは。水曜です。確認ありがとうございました。"}).why == Waits::answer);
}

TEST_CASE("the message that is told is the one that waits longest, if it asks for something") {
  const Turn first = after({"< 納品書の宛名を変更してください", "+3d", "< 駐車場はありますか"});
  CHECK(first.waiting == 1);
  CHECK(first.why == Waits::request);
  CHECK(first.since == start + 10 * minutes);
  const Turn behind_photo = after({"< [photo]", "+3d", "< 駐車場はありますか"});
  CHECK(behind_photo.waiting == 2);
  CHECK(behind_photo.since == start + 10 * minutes);
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

namespace {

std::uint32_t cues_of_memo(std::string_view text, Channel channel = Channel::phone, bool files = false) { return read_memo_turn(Text(text), channel, files).cues; }

/// Whose turn it is after a client's question and a memo of ours.
Side after_memo(std::string_view memo) {
  TurnJudge judge;
  TurnMessage question{1, 1, start, Direction::in, read_turn(Text("納期はいつ頃になりますか？"), Text(""), false).cues};
  TurnMessage note{2, 2, start + days, Direction::out, cues_of_memo(memo)};
  judge.next(question);
  judge.next(note);
  return judge.turn().side;
}

} // namespace

TEST_CASE("turns: a memo of a call is our answer") {
  for (const char* memo : {"納期は4月20日と回答。了承いただいた", "電話で説明済み", "4/20でよいとのこと", "・納期4/20\n・色は青\n・金額は据え置き", "昨日不在だったため再度電話。4/20と伝えた。問題ないとのこと"}) {
    CAPTURE(memo);
    CHECK(cues_of_memo(memo) == cue_states);
    CHECK(after_memo(memo) == Side::nobody);
  }
}

TEST_CASE("turns: a memo that nobody was reached changes nothing") {
  for (const char* memo : {"不在。留守電に伝言を残した", "3回かけたがつながらず", "担当者は外出中", "電話に出ず", "応答なし", "会議中のため不在"}) {
    CAPTURE(memo);
    CHECK(cues_of_memo(memo) == 0);
    CHECK(after_memo(memo) == Side::ours);
  }
}

TEST_CASE("turns: a memo of what is still ours to do leaves it ours") {
  for (const char* memo : {"納期の件。確認して折り返す", "要回答: 納期", "工場に確認して連絡する約束", "値引きは社内で検討し後日回答", "見積を送ることになった。来週回答予定\n持ち帰り", "不在。夕方かけ直す"}) {
    CAPTURE(memo);
    CHECK(cues_of_memo(memo) == cue_promises);
    CHECK(after_memo(memo) == Side::ours);
  }
  // What they will do is not ours.
  for (const char* memo : {"先方で検討して連絡をくれるとのこと", "お客様から折り返し連絡をもらう"}) {
    CAPTURE(memo);
    CHECK(cues_of_memo(memo) == cue_states);
  }
}

TEST_CASE("turns: of a fax or an SMS only what says that we told them something is an answer") {
  CHECK(cues_of_memo("注文書を受領", Channel::fax) == 0);
  CHECK(cues_of_memo("納期を回答した", Channel::fax) == cue_states);
  CHECK(cues_of_memo("", Channel::fax, true) == 0);
  CHECK(cues_of_memo("", Channel::meeting, true) == cue_states);
  CHECK(cues_of_memo("4/20と伝えた", Channel::sms) == cue_states);
}
