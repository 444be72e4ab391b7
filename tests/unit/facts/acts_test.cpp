// What messages do in a deal: whole talks, word by word. Amounts and dates are marked by hand:
// [55000:5万5千円] is an amount put forward, [-10000:1万円] one that is only mentioned, {2024-04-20:4/20} a
// day, {2024-04-20T14:明日14時} with an hour.
#include "facts/acts.hpp"

#include <charconv>
#include <initializer_list>

#include <catch2/catch.hpp>

using namespace genchi;
using namespace genchi::facts;

namespace {

CivilDay day_from(std::string_view iso) {
  const auto number = [&](std::size_t at, std::size_t size) {
    int value = 0;
    std::from_chars(iso.data() + at, iso.data() + at + size, value);
    return value;
  };
  return {number(0, 4), number(5, 2), number(8, 2)};
}

/// A message with its marked figures.
struct Marked {
  std::string text;
  std::vector<Amount> amounts;
  std::vector<ReadDate> dates;

  explicit Marked(std::string_view marked) {
    for (std::size_t i = 0; i < marked.size(); ++i) {
      const char open = marked[i];
      if (open != '[' && open != '{') {
        text += open;
        continue;
      }
      const std::size_t close = marked.find(open == '[' ? ']' : '}', i), colon = marked.find(':', i);
      const std::string_view value = marked.substr(i + 1, colon - i - 1);
      const auto begin = static_cast<std::uint32_t>(text.size());
      text += marked.substr(colon + 1, close - colon - 1);
      const TextSpan place{begin, static_cast<std::uint32_t>(text.size()), false};
      open == '[' ? add_amount(value, place) : add_date(value, place);
      i = close;
    }
  }

 private:
  void add_amount(std::string_view value, TextSpan place) {
    std::int64_t yen = 0;
    std::from_chars(value.data(), value.data() + value.size(), yen);
    Amount amount;
    amount.place = place;
    amount.yen = yen < 0 ? -yen : yen;
    amount.role = yen < 0 ? AmountRole::mention : AmountRole::offer;
    amounts.push_back(amount);
  }
  void add_date(std::string_view value, TextSpan place) {
    ReadDate read;
    read.date.place = place;
    read.date.first = read.date.last = day_from(value);
    if (value.size() > 10) std::from_chars(value.data() + 11, value.data() + 13, read.date.minute);
    if (read.date.minute >= 0) read.date.minute *= 60;
    dates.push_back(read);
  }
};

std::string shown(const Judgement& judgement) {
  if (judgement.act == Act::none) return judgement.rule.empty() ? "-" : "- with a rule";
  constexpr const char* names[] = {"-", "proposal", "acceptance", "rejection", "hold", "change", "cancel"};
  return std::string(names[static_cast<int>(judgement.act)]) + (judgement.conditional ? "?" : "");
}

struct Said {
  Direction direction;
  std::string_view text;
  std::string_view act;
};
constexpr Direction in = Direction::in, out = Direction::out, machine = Direction::automatic;

constexpr UtcSeconds start = 1'711'900'800; // 2024-04-01 01:00 in Tokyo
constexpr UtcSeconds an_hour = 3600;

Cues cues_of(std::string_view marked) {
  const Marked message(marked);
  const Text text(message.text);
  return read_cues(text, message.amounts, message.dates);
}

void check_talk(std::initializer_list<Said> talk) {
  ActJudge judge, judge_of_packed;
  UtcSeconds sent = start;
  for (const Said& said : talk) {
    INFO(said.text);
    const Cues cues = cues_of(said.text);
    const Judgement judgement = judge.next(cues, said.direction, sent);
    CHECK(shown(judgement) == said.act);
    if (judgement.act != Act::none) {
      CHECK_FALSE(judgement.rule.empty());
      CHECK(judgement.place.begin < judgement.place.end);
      CHECK(judgement.place.end <= said.text.size());
    }
    CHECK(shown(judge_of_packed.next(unpack_cues(pack(cues)), said.direction, sent)) == said.act);
    sent += an_hour;
  }
}

constexpr std::string_view a_quotation = "お見積りです。一式[180000:18万円]、納品は{2024-04-20:4/20}です。";
constexpr std::string_view a_booking = "{2024-04-05T14:4/5の14時}から予約をお願いします";

} // namespace

TEST_CASE("the worked readings of FACTS") {
  check_talk({{out, "一式[180000:18万]（税別）、特急なら＋[-30000:3万]", "proposal"}});
  check_talk({{in, "{2024-04-01T14:明日14時}、3人で伺って大丈夫？", "proposal"},
              {out, "お待ちしております", "acceptance"}});
  check_talk({{out, a_quotation, "proposal"},
              {in, "了解です！社長に確認して{2024-04-02:明日}正式に返事します", "hold"}});
  check_talk({{in, "前回[-80000:8万]から[-10000:1万]引いて[70000:7万]でどうでしょう", "proposal"}});
  check_talk({{out, a_quotation, "proposal"}, {in, "{2024-05-05:5日}までに振り込みます", "-"}});
  check_talk(
      {{out, "小計[50000:50,000] 消費税[-5000:5,000] 合計[55000:55,000] 期限{2024-07-31:7/31}、ご請求です",
        "-"}});
  check_talk({{in, "予約やめます。{2024-04-08:来週}また連絡します", "cancel"}});
  check_talk(
      {{out, a_quotation, "proposal"}, {in, "それでお願いします。納期だけ2日早められますか", "proposal"}});
  check_talk({{in, "もう少し安くしてもらえるなら契約します", "proposal"}});
}

TEST_CASE("words that accept what the other side proposed, and nothing else") {
  for (const std::string_view words : {"了解です",
                                       "承知しました",
                                       "承知いたしました",
                                       "おけ",
                                       "それでお願いします",
                                       "進めてください",
                                       "大丈夫です",
                                       "OKです",
                                       "ＯＫです！",
                                       "かしこまりました",
                                       "りょ",
                                       "りょうかいです",
                                       "オッケー👌",
                                       "ええよ",
                                       "ほなそれで",
                                       "それでいこ",
                                       "問題ありません",
                                       "それで結構です",
                                       "いいですよ",
                                       "分かりました",
                                       "お願いします！",
                                       "はい、お願いします",
                                       "ではその条件で進めてください",
                                       "ご提示の条件にて進めさせていただきたく存じます",
                                       "発注いたします",
                                       "お受けいたします",
                                       "👍"}) {
    for (const std::string_view before : {"", "ご連絡ありがとうございます。", "お世話になっております。"}) {
      const std::string text = std::string(before) + std::string(words);
      check_talk({{out, a_quotation, "proposal"}, {in, text, "acceptance"}, {out, "承知しました", "-"}});
      check_talk({{in, a_booking, "proposal"}, {out, text, "acceptance"}, {in, "了解です", "-"}});
    }
  }
}

TEST_CASE("承知しました accepts only a proposal of the other side") {
  check_talk({{out, "お見積書は[-50000:5万円]の件でしたね。データをお送りください。", "-"},
              {in, "承知しました", "-"}});
  check_talk({{out, "請求書を郵送しました。ご確認ください。", "-"}, {in, "承知しました", "-"}});
  check_talk({{out, "いつもありがとうございます", "-"}, {in, "了解です", "-"}});
  check_talk({{out, "駐車場はありますか？", "-"}, {in, "大丈夫です", "-"}});
  check_talk({{out, a_quotation, "proposal"}, {out, "承知しました", "-"}}); // our own
  check_talk({{out, a_quotation, "proposal"},
              {in, "それでお願いします", "acceptance"},
              {out, "承知しました", "-"},
              {in, "了解です", "-"}});
  check_talk({{out, a_quotation, "proposal"},
              {machine, "お問い合わせを承りました", "-"},
              {in, "承知しました", "acceptance"}});
  check_talk({{out, a_quotation, "proposal"}, {in, "これは自動返信です。お問い合わせを承りました。", "-"}});
}

TEST_CASE("small talk, papers and machines do nothing") {
  for (const std::string_view text :
       {"ありがとうございます", "おはようございます！", "スタンプを送信しました", "写真を送信しました",
        "既読", "承諾書を送りました", "キャンセル料はかかりますか？", "契約書に押印して返送します",
        "ご了承ください", "変更点をまとめました", "本日発送いたしました", "ご入金を確認しました",
        "先日はご承諾いただきありがとうございました", "キャンセルする場合は前日までにご連絡ください",
        "いつまでならキャンセルできますか？", "お見積りをお願いできますか", "> 承知しました",
        "「承知しました」とのことでした"}) {
    for (const std::string_view after : {"", "。よろしくお願いいたします。", "\nご確認ください。"}) {
      const std::string said = std::string(text) + std::string(after);
      check_talk({{out, a_quotation, "proposal"}, {in, said, "-"}});
      check_talk({{in, said, "-"}});
      check_talk({{out, a_quotation, "proposal"},
                  {in, "それでお願いします", "acceptance"},
                  {in, said, "-"},
                  {out, said, "-"}});
    }
  }
}

TEST_CASE("what is said to everyone is put to nobody") {
  for (const std::string_view text :
       {"皆様こんにちは！春のキャンペーンでカット[4400:4,400円]です。ぜひご予約ください",
        "お客様各位 平素より格別のお引き立てを賜り御礼申し上げます。[2200:2,200円]に価格を改定いたします",
        "{2024-04-06:4/6}は大感謝祭♪ クーポン配布中！[5000:5,000円]の品をご用意。ご来店いかがですか？",
        "全品10%OFF！期間限定で[980:980円]です。この機会にご注文はこちら",
        "友だち追加ありがとうございます。初回限定[3000:3,000円]のクーポンです。ご予約いかがでしょうか"}) {
    check_talk({{out, text, "-"}, {in, "承知しました", "-"}});
    // Nor does it close what was proposed before it.
    check_talk(
        {{out, a_quotation, "proposal"}, {out, text, "-"}, {in, "その内容でお願いします", "acceptance"}});
  }
  // One word of a campaign in an offer to someone does not make it one.
  check_talk({{out, "キャンペーン中ですので[30000:3万円]でいかがでしょうか？", "proposal"}});
  check_talk({{out, "ご家族の皆様で[33000:33,000円]になります。いかがでしょうか？", "proposal"}});
}

TEST_CASE("things change, stop and are thought without a deal being meant") {
  for (const std::string_view text :
       {"設定ファイルを変更すると、次の起動から有効になります", "サーバーのメモリを増やしました",
        "パスワードを変更できますか？", "住所が変わりましたので登録内容の変更をお願いします",
        "検索をやめるには×を押します", "この版では読み込みができなくなりました",
        "これが一番よい方法だと考えます", "タイムアウトになりました", "印刷を保留にする",
        "列の後ろに追加する"})
    check_talk({{in, text, "-"}});
  // Where something was agreed, or figures say so, they mean it.
  check_talk({{in, "日程を変更したいのですが", "change"}});
  check_talk({{in, "{2024-04-05:4/5}から{2024-04-06:4/6}に変更をお願いします", "change"}});
  check_talk({{in, "すみません、行けなくなりました", "cancel"}});
  check_talk({{out, a_quotation, "proposal"}, {in, "少し考えます", "hold"}});
  check_talk({{out, a_quotation, "proposal"},
              {in, "お願いします", "acceptance"},
              {in, "色を赤に変更できますか？", "change"}});
  check_talk({{out, a_quotation, "proposal"},
              {in, "お願いします", "acceptance"},
              {out, "公開用サーバーの設定を変更しました", "-"}});
}

TEST_CASE("figures that put nothing forward") {
  check_talk({{in, "{2024-04-01:4月1日}付けで就任いたしました。今後ともよろしくお願いいたします。", "-"}});
  check_talk({{in, "{2024-04-01:4/1}に移転しました。引き続きどうぞよろしくお願い申し上げます。", "-"}});
  check_talk({{in, "{2023-12-01:12/1}に契約した分、更新はいつでしたっけ？", "-"}});
  check_talk({{in, "今は[150:150円]ですか？", "-"}});
  check_talk({{in, "1枚[80:80円]でしょうか？", "-"}});
  // Thanks for an enquiry are no enquiry.
  check_talk({{out, "お見積りのご依頼ありがとうございます。\n便A：[98000:98,000円]\n便B：[68000:68,000円]",
               "proposal"}});
  // Papers have days of their own.
  check_talk({{out, a_quotation, "proposal"},
              {in, "それでお願いします。請求書は{2024-05-10:5/10}で構いません", "acceptance"}});
  check_talk({{out, "公開日を{2024-04-20:4/20}にできますか？", "proposal"},
              {in, "承知いたしました。{2024-04-20:4/20}公開で調整いたします", "acceptance"}});
  check_talk({{in, "20万円弱に収まるようならお願いしたいです", "proposal"}});
}

TEST_CASE("refusals") {
  for (const std::string_view words :
       {"今回は見送らせていただきます", "お断りします", "辞退いたします", "難しいです", "無理です",
        "厳しいですね", "今回は結構です", "やめておきます", "対応できかねます", "ご希望に添えません",
        "あかんわ", "他社さんにお願いすることにしました", "大丈夫ではないです",
        "誠に恐縮ですが今回は見送らせていただきたく存じます"}) {
    for (const std::string_view before : {"", "お見積りありがとうございます。", "検討した結果、"}) {
      const std::string text = std::string(before) + std::string(words);
      check_talk({{out, a_quotation, "proposal"}, {in, text, "rejection"}, {out, "承知しました", "-"}});
    }
  }
  check_talk({{out, a_quotation, "proposal"},
              {in, "[-180000:18万]は厳しいです。[150000:15万円]ならお願いできます", "proposal"}});
  check_talk(
      {{in, a_booking, "proposal"},
       {out, "その時間は埋まっております。{2024-04-05T16:4/5の16時}でしたら空いております", "proposal"},
       {in, "では16時でお願いします", "acceptance"}});
}

TEST_CASE("putting off") {
  for (const std::string_view words :
       {"検討します", "検討いたします", "持ち帰ります", "社内で検討させていただきます",
        "社長に確認して{2024-04-02:明日}返事します", "少し考えさせてください",
        "再度検討のうえご連絡いたします", "お返事は少しお待ちください", "ちょっと考えるわ",
        "家族と相談してご連絡します"}) {
    for (const std::string_view before : {"", "了解です！", "お見積りありがとうございます。"}) {
      const std::string text = std::string(before) + std::string(words);
      check_talk({{out, a_quotation, "proposal"},
                  {in, text, "hold"},
                  {out, "承知しました。お待ちしております", "-"},
                  {in, "お待たせしました。見積の内容で進めてください", "acceptance"}});
    }
  }
  check_talk({{out, "お見積書です。[50000:5万円]。ご検討ください", "proposal"},
              {out, "ご検討のほどよろしくお願いします", "-"}});
}

TEST_CASE("changing what was agreed, and countering before") {
  for (const std::string_view words :
       {"{2024-04-06T15:4/6の15時}に変更できますか", "{2024-04-06:4/6}に変更をお願いします",
        "時間を1時間遅らせてもらえますか", "やっぱり{2024-04-06:4/6}でお願いできますか",
        "{2024-04-06:4/6}に変えてもらえへん？"}) {
    for (const std::string_view before : {"", "すみません、", "お世話になっております。"}) {
      const std::string text = std::string(before) + std::string(words);
      check_talk({{in, a_booking, "proposal"},
                  {out, "承りました", "acceptance"},
                  {in, text, "change"},
                  {out, "承知しました", "acceptance"},
                  {in, "了解です", "-"}});
      check_talk({{out, "{2024-04-05T14:4/5の14時}はいかがですか", "proposal"}, {in, text, "proposal"}});
    }
  }
}

TEST_CASE("calling off") {
  for (const std::string_view words :
       {"予約をキャンセルします", "キャンセルさせてください", "発注を取り消します",
        "予約を取り消してください", "キャンセルでお願いします", "予約やめます"}) {
    for (const std::string_view before : {"", "すみません、", "急用ができました。"}) {
      const std::string text = std::string(before) + std::string(words);
      check_talk({{in, a_booking, "proposal"},
                  {out, "承りました", "acceptance"},
                  {in, text, "cancel"},
                  {out, "承知しました", "acceptance"},
                  {in, "ありがとうございます", "-"}});
    }
  }
  check_talk({{in, "発注を取り消します", "cancel"}}); // ordered before the archive begins
  check_talk({{out, a_quotation, "proposal"}, {in, "やっぱりやめておきます", "rejection"}});
}

TEST_CASE("conditions") {
  check_talk({{out, a_quotation, "proposal"}, {in, "在庫があればお願いします", "acceptance?"}});
  check_talk({{out, a_quotation, "proposal"},
              {in, "社内の承認が下りれば発注します", "acceptance?"},
              {in, "承認が下りました。正式に発注します", "acceptance"}});
  check_talk({{out, a_quotation, "proposal"}, {in, "よろしければそれでお願いします", "acceptance"}});
  check_talk({{out, a_quotation, "proposal"}, {in, "送料込みにしてもらえるならお願いします", "proposal"}});
}

TEST_CASE("figures tell what is taken up and what is asked anew") {
  constexpr std::string_view two_days =
      "{2024-04-05T15:4/5の15時}か{2024-04-08T10:4/8の10時}でいかがでしょうか";
  check_talk({{out, two_days, "proposal"}, {in, "{2024-04-08:8日}でお願いします", "acceptance"}});
  check_talk({{out, two_days, "proposal"}, {in, "では{2024-04-05T15:4/5の15時}に伺います", "acceptance"}});
  check_talk({{out, two_days, "proposal"},
              {in, "{2024-04-05:5日}は難しいですが、{2024-04-08:8日}なら大丈夫です", "acceptance"}});
  check_talk({{out, two_days, "proposal"}, {in, "{2024-04-09:9日}でお願いします", "proposal"}});
  check_talk({{out, two_days, "proposal"}, {in, "了解です。11時に伺います", "proposal"}});
  check_talk({{out, two_days, "proposal"}, {in, "両日とも都合がつきません", "rejection"}});
  check_talk({{out, "{2024-04-05:4/5}はいかがですか", "proposal"},
              {in, "{2024-04-05T14:5日の14時}でお願いします", "acceptance"}});
  check_talk({{out, "Aプラン[30000:3万円]、Bプラン[50000:5万円]です", "proposal"},
              {in, "Bプランでお願いします", "acceptance"}});
  check_talk({{in, "[70000:7万円]でどうでしょう", "proposal"},
              {out, "[75000:7万5千円]でしたらお受けします", "proposal"},
              {in, "ほな[75000:7万5千円]で", "acceptance"}});
}

TEST_CASE("an order is restated, a visit reminded of") {
  check_talk({{out, a_quotation, "proposal"},
              {in, "発注します", "acceptance"},
              {out, "ご発注ありがとうございます。[180000:18万円]で承りました。", "acceptance"},
              {in, "よろしくお願いします", "-"}});
  check_talk({{in, a_booking, "proposal"},
              {out, "承りました", "acceptance"},
              {out, "{2024-04-05T14:明日14時}にお待ちしております", "-"},
              {in, "{2024-04-05:明日}はよろしくお願いします", "-"}});
  check_talk(
      {{out, "ご予約を承りました。{2024-04-05T14:4/5 14時}です。", "acceptance"}}); // booked by telephone
}

TEST_CASE("a counter-offer closes what it answers, but not what it leaves aside") {
  check_talk({{out, a_quotation, "proposal"},
              {in, "[150000:15万円]になりませんか", "proposal"},
              {out, "それは難しいです", "rejection"},
              {in, "では元の金額でお願いします", "acceptance"}});
  check_talk({{out, a_quotation, "proposal"},
              {in, "{2024-04-08:4/8}に一度伺ってもいいですか", "proposal"},
              {out, "はい、お待ちしております", "acceptance"},
              {in, "了解です", "-"},
              {in, "お見積りの内容で発注します", "acceptance"}});
  check_talk({{out, a_quotation, "proposal"},
              {in, "{2024-04-08:4/8}に一度伺ってもいいですか", "proposal"},
              {out, "はい、お待ちしております", "acceptance"},
              {in, "拝見しましたが、今回は見送ります", "rejection"}});
}

TEST_CASE("a wish to change what was agreed is answered like a proposal") {
  for (const std::string_view answer : {"かまいません", "承知しました", "いいですよ"})
    check_talk({{out, a_quotation, "proposal"},
                {in, "お願いします", "acceptance"},
                {out, "納品を{2024-04-24:4/24}に変更させていただけませんか", "change"},
                {in, answer, "acceptance"},
                {out, "了解です", "-"}});
  for (const std::string_view answer :
       {"それは困ります", "当初の{2024-04-20:4/20}でお願いします", "対応できかねます"})
    check_talk({{out, a_quotation, "proposal"},
                {in, "お願いします", "acceptance"},
                {out, "納品を{2024-04-24:4/24}に変更させていただけませんか", "change"},
                {in, answer, "rejection"}});
  check_talk({{out, a_quotation, "proposal"},
              {in, "お願いします", "acceptance"},
              {out, "納品を{2024-04-24:4/24}に変更させていただけませんか", "change"},
              {in, "{2024-04-22:4/22}なら待てます", "proposal"}});
}

TEST_CASE("who asks for a price or a day has offered nothing") {
  for (const std::string_view asked :
       {"障子の張替えの見積書をご送付くださいますようお願いいたします", "来週どこか入れそうな日はありますか？", "剪定の料金を教えてください。予算は[40000:4万円]です",
        "天候によっては作業が延びる場合があります", "{2024-04-08:4/8}から{2024-04-10:4/10}まで休ませていただきます。どうかよろしくお願いします",
        "先月は一度も伺えませんでした", "塗り替えを検討しています。おおよその費用を知りたいです"}) {
    INFO(asked);
    check_talk({{in, asked, "-"}});
  }
  check_talk({{in, "来週どこか入れそうな日はありますか？", "-"},
              {out, "{2024-04-08:月曜}の10:00か{2024-04-10:水曜}の14:00です", "proposal"},
              {in, "{2024-04-10:水曜}の14時でお願いします", "acceptance"},
              {out, "{2024-04-10:10日}14時、カットでおとりしました。お待ちしています", "acceptance"}});
}

TEST_CASE("a price that nobody has named is put forward, in whatever words") {
  check_talk({{in, "網戸の張替えはおいくらですか", "-"}, {out, "網戸は[6600:6,600円]で伺います", "proposal"}, {in, "お願いします", "acceptance"}});
  check_talk({{in, "ワックスがけはおいくらですか。前は[3200:3,200円]でした", "-"}, {out, "ワックスがけは[3200:3,200円]です", "proposal"}});
  check_talk({{out, a_quotation, "proposal"},
              {in, "それでお願いします", "acceptance"},
              {out, "[180000:18万円]、{2024-04-20:4/20}納品で承りました", "acceptance"},
              {in, "表札の彫り直しもおいくらか教えてください", "-"},
              {out, "表札は[12000:12,000円]で承ります", "proposal"}});
}

TEST_CASE("two prices of one side are answered one by one") {
  check_talk({{out, "門灯の交換は[16000:16,000円]です", "proposal"},
              {out, "合鍵は[2500:2,500円]でお作りします", "proposal"},
              {in, "合鍵の件、それでお願いします", "acceptance"},
              {in, "門灯もご提示の内容で発注します", "acceptance"}});
  check_talk({{out, "門灯の交換は[16000:16,000円]です", "proposal"},
              {out, "合鍵は[2500:2,500円]でお作りします", "proposal"},
              {in, "合鍵の件、それでお願いします", "acceptance"},
              {in, "門灯は今回見送ります", "rejection"}});
}

TEST_CASE("asking someone first puts off, though 決めます is said") {
  for (const std::string_view said : {"夫に見せて決めます！", "嫁に聞いてくるわ", "本人と話してみます", "まだ決めかねまして", "返事は今週末まで待ってもらえますか"}) {
    INFO(said);
    check_talk({{out, a_quotation, "proposal"}, {in, said, "hold"}});
  }
}

TEST_CASE("sorry, with the day that was asked for and nothing else, refuses") {
  check_talk({{in, "{2024-04-05:金曜}の夜どうですか？", "proposal"}, {out, "ごめん、{2024-04-05:金曜}は発表会なんだ", "rejection"}});
  check_talk({{out, a_quotation, "proposal"}, {in, "うちは借りなくて大丈夫です", "rejection"}});
  check_talk({{out, "{2024-04-25:25日}の朝9時はいかがでしょう", "proposal"}, {in, "{2024-04-25:25日}、結構でございます", "acceptance"}});
}

TEST_CASE("what happens to things is no change of the deal") {
  check_talk({{out, a_quotation, "proposal"},
              {in, "それでお願いします", "acceptance"},
              {in, "写真だけ差し替えられますか？", "-"},
              {in, "タンスは動かしておくんですか？", "-"},
              {in, "納品を{2024-04-27:4/27}に変更していただけますか", "change"},
              {out, "{2024-04-30:4/30}でしたらお受けできます", "proposal"}});
  check_talk({{in, "パソコン14台の入れ替えを考えています", "-"}});
}

TEST_CASE("a condition said in another sentence, or of a third one's word") {
  check_talk({{out, a_quotation, "proposal"}, {in, "それでお願いします。ただ、大家さんが許してくれた場合に限ります。", "acceptance?"}});
  check_talk({{out, a_quotation, "proposal"}, {in, "総会で承認されましたら、[180000:18万円]で契約させてください", "acceptance?"}});
}

TEST_CASE("a word of the user's own") {
  const std::string said = "いただきやす";
  const Text text(said);
  const std::vector<OwnCue> own{{U"いただきやす", Act::acceptance}};
  ActJudge judge;
  CHECK(shown(judge.next(read_cues(text, {}, {}, own), in, start)) == "-"); // nothing was proposed
  judge.next(cues_of(a_quotation), out, start);
  CHECK(shown(judge.next(read_cues(text, {}, {}, own), in, start + an_hour)) == "acceptance");
}

TEST_CASE("packed cues come back as they were; damaged ones do no harm") {
  const Cues cues = cues_of(
      "[-180000:18万]は厳しいです。[150000:15万円]なら、{2024-04-05T14:4/5の14時}にお願いします。検討します");
  const std::string bytes = pack(cues);
  CHECK(pack(unpack_cues(bytes)) == bytes);
  CHECK(unpack_cues(bytes).list.size() == cues.list.size());
  CHECK(unpack_cues(bytes).terms.size() == cues.terms.size());
  CHECK(bytes.size() < 100);
  CHECK(pack(Cues{}).empty());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const Cues cut = unpack_cues(std::string_view(bytes).substr(0, size));
    CHECK(cut.list.size() <= cues.list.size());
  }
  std::uint32_t seed = 1;
  std::size_t kept = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string damaged = bytes;
    for (int i = 0; i < 3; ++i) {
      seed = seed * 1664525 + 1013904223;
      damaged[(seed >> 8) % damaged.size()] = static_cast<char>(seed >> 24);
    }
    const Cues read = unpack_cues(damaged);
    kept += read.list.empty() ? 0 : 1;
    CHECK(read.list.size() <= Cues::max_cues);
    ActJudge judge;
    judge.next(read, in, start);
    judge.next(cues, out, start);
    judge.next(read, in, start);
  }
  CHECK(kept > 0);
}

TEST_CASE("hostile texts end, with few cues") {
  for (const std::string_view unit :
       {"9", "〇", "（", "承知しました", "14時", "でお願いします", "「", "。", "検討します、", "12部"}) {
    std::string text;
    while (text.size() < 1'000'000) text += unit;
    const Cues cues = read_cues(Text(text), {}, {});
    CHECK(cues.list.size() <= Cues::max_cues);
    CHECK(cues.terms.size() <= Cues::max_terms);
  }
}
