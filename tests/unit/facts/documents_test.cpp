// Business documents: what a message is or carries, and what only sounds like one.
#include "facts/documents.hpp"

#include <catch2/catch.hpp>

#include "facts/stream.hpp"

namespace genchi::facts {
namespace {

struct Mail {
  std::string text;
  std::string subject;
  std::vector<std::string> files;
  std::uint32_t flags = 0;
  std::vector<TextSection> sections;
};

Reading read(const Mail& mail) {
  MessageText message;
  message.text = mail.text;
  message.subject = mail.subject;
  message.files = mail.files;
  message.flags = mail.flags;
  message.sections = mail.sections;
  message.sent = parse_iso8601("2026-03-02T10:00:00+09:00").value();
  return unpack_reading(pack(read_message(message)));
}

BusinessDocument document(const Mail& mail) { return read(mail).document; }
std::string kind(const Mail& mail) {
  const BusinessDocument found = document(mail);
  std::string out(document_title(found.kind));
  for (unsigned other = 1; other <= static_cast<unsigned>(DocumentKind::payment_notice); ++other)
    if ((found.also >> other) & 1) out += "+" + std::string(document_title(static_cast<DocumentKind>(other)));
  return out;
}
std::string of_text(const std::string& text) { return kind({text, {}, {}, 0, {}}); }
std::string of_subject(const std::string& subject) { return kind({"お世話になっております。", subject, {}, 0, {}}); }
std::string of_file(const std::string& file) { return kind({"お世話になっております。", {}, {file}, 0, {}}); }

const std::vector<std::string> sheets{"見積書", "注文書", "注文請書", "契約書", "納品書", "請求書", "領収書", "支払通知書"};

} // namespace

TEST_CASE("documents: every kind, handed over in words, in the subject, as a file") {
  for (const std::string& sheet : sheets) {
    CAPTURE(sheet);
    for (const char* handed : {"を添付いたします。", "をお送りします。ご確認ください。", "をお送りいたします。", "を送付いたしますので、ご査収ください。", "をPDFにて添付いたしました。",
                               "を\nお送りいたします。", "を添付の上お送りいたしますので\nよろしくお願いいたします。"})
      CHECK(of_text("4月分の" + sheet + handed) == sheet);
    CHECK(of_text("添付の" + sheet + "をご確認ください。") == sheet);
    CHECK(of_text("添付いたしました4月分" + sheet + "をご査収ください。") == sheet);
    for (const char* behind : {"送付のご案内", "をお送りします", "の送付", "（4月分）", "", " No.1203", "_株式会社つばめ様", "のご案内", "送付のご案内（ご確認のお願い）"})
      CHECK(of_subject(sheet + behind) == sheet);
    CHECK(of_subject("【株式会社つばめ】" + sheet) == sheet);
    CHECK(of_subject("御" + sheet + "の件") == "");
    CHECK(kind({"", "御" + sheet + "の件", {"scan.pdf"}, 0, {}}) == sheet);
    CHECK(of_file(sheet + "_202604.pdf") == sheet);
    CHECK(of_file("20260401" + sheet + "（つばめ様）.xlsx") == sheet);
  }
  CHECK(of_file("Invoice-0012.pdf") == "請求書");
  CHECK(of_file("receipt_2026-04.PDF") == "領収書");
  CHECK(of_file("御見積_0401.pdf") == "見積書");
  CHECK(of_file("ｾｲｷｭｳ.pdf") == "");
}

TEST_CASE("documents: the text itself is one") {
  CHECK(of_text("下記の通りご請求申し上げます。\n合計 55,000円") == "請求書");
  CHECK(of_text("小計50,000 消費税5,000 合計55,000 期限7/31、ご請求です") == "請求書");
  CHECK(of_text("ご請求金額：55,000円（税込）") == "請求書");
  CHECK(of_text("4月分を\nご請求いたします。55,000円です。") == "請求書");
  CHECK(of_text("下記のとおりお見積り申し上げます。") == "見積書");
  CHECK(of_text("お見積りは以下の通りです。\nロゴ 80,000円") == "見積書");
  CHECK(of_text("■お見積金額　￥110,000-（税込）") == "見積書");
  CHECK(of_text("一式12万円のお見積りになります。") == "見積書");
  CHECK(of_text("請　求　書\n\n株式会社つばめ 御中\n合計　￥110,000") == "請求書");
  CHECK(of_text("【領収書】\n領収金額 3,300円") == "領収書");
  CHECK(of_text("上記正に領収いたしました。") == "領収書");
  CHECK(of_text("名刺200枚、下記の内容で発注いたします。") == "注文書");
  CHECK(of_text("では、りんごジュースを3ケース注文します！") == "注文書");
  CHECK(of_text("ご注文ありがとうございます。\nご注文番号：A-102\n合計：5,500円（税込）") == "注文請書");
}

TEST_CASE("documents: asking, promising, thanking and mere words are none") {
  for (const std::string& sheet : sheets) {
    CAPTURE(sheet);
    for (const char* mere :
         {"を送ってください。", "をお送りください。", "をお送りいただけますでしょうか。", "の発行をお願いいたします。", "をいただけますか？", "は必要ですか？", "を添付してください。", "はいつ頃届きますか", "ありがとうございます。",
          "を拝受しました。", "を受け取りました。", "の宛名は株式会社つばめでお願いします。", "の件、承知しました。", "をお送りいただきありがとうございました。", "は月末にお送りします。", "は後日お送りいたします。",
          "は郵送いたしました。", "が届いていません。", "を発行できません。", "について教えてください。", "は発行しておりません。", "を送付する場合がございます。", "はお送りしなくて大丈夫です。"}) {
      CAPTURE(mere);
      CHECK(of_text(sheet + mere) == "");
    }
    CHECK(of_text("先日お送りした" + sheet + "ですが、訂正があります。") == "");
    CHECK(of_text("納品後に" + sheet + "をお送りします。") == "");
    CHECK(of_text("昨日" + sheet + "をお送りしました。") == "");
    for (const char* behind : {"のお願い", "送付のお願い", "発行のお願い", "について", "の件", "発行依頼", "はいつですか？", "テンプレート無料配布中", "作成が3分で終わる方法", "のお礼"}) {
      CAPTURE(behind);
      CHECK(of_subject(sheet + behind) == "");
    }
    CHECK(of_subject("Re: " + sheet + "送付のご案内") == "");
    CHECK(of_subject("Ｒｅ： " + sheet) == "");
    CHECK(kind({"4月分の" + sheet + "を送ってください。", sheet, {}, 0, {}}) == "");
    CHECK(of_file(sheet + "テンプレート.xlsx") == "");
    CHECK(of_file(sheet + "_記入例.pdf") == "");
  }
  CHECK(of_text("資料請求書を添付いたします。") == "");
  CHECK(of_text("登録申請書を添付いたします。") == "");
  CHECK(of_text("ロゴ制作のお見積りをお願いできますか。予算は10万円です。") == "");
  CHECK(of_text("お見積りは5万円以内でお願いします。") == "");
  CHECK(of_text("ご請求金額は55,000円で合っていますか？") == "");
  CHECK(of_text("キャンセルの場合は全額ご請求いたします。") == "");
  CHECK(of_text("ご注文をお願いいたします。") == "");
  CHECK(of_text("内容を検討し、来週発注します。") == "");
  CHECK(of_text("こちらで印刷を発注します。") == "");
  CHECK(of_text("ご注文ありがとうございます！また来てくださいね。") == "");
  CHECK(of_text("・見積書\n・納品書\nが必要です。") == "");
  CHECK(of_file("estimated-time.pdf") == "");
  CHECK(of_subject("資料請求のお知らせ") == "");
  CHECK(of_subject("ご注文内容の変更について") == "");
}

TEST_CASE("documents: quoted words are the other side's") {
  const std::string own = "承知しました。\n", quoted = "> 請求書を添付いたします。\n> ご請求金額：55,000円\n> T7000012050002\n";
  const auto section = [](SectionKind of, std::size_t begin, std::size_t end) { return TextSection{of, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}; };
  CHECK(kind({own + quoted, "Re: 請求書", {}, 0, {section(SectionKind::own, 0, own.size()), section(SectionKind::quoted, own.size(), own.size() + quoted.size())}}) == "");
  const std::string forwarded = "-----Original Message-----\n請求書を添付いたします。T7000012050002\n";
  CHECK(kind({own + forwarded, "", {}, 0, {section(SectionKind::own, 0, own.size()), section(SectionKind::quoted, own.size(), own.size() + forwarded.size())}}) == "");
}

TEST_CASE("documents: a message may carry several") {
  CHECK(kind({"請求書と納品書を添付いたします。", "", {}, 0, {}}) == "請求書+納品書");
  CHECK(kind({"", "", {"納品書.pdf", "請求書.pdf"}, 0, {}}) == "請求書+納品書");
  CHECK(kind({"添付の見積書の通り発注いたします。", "", {}, 0, {}}) == "注文書+見積書");
}

TEST_CASE("documents: a machine's message counts for the ledger and for nothing else") {
  const Mail receipt{"ご利用ありがとうございます。\n領収書\n日付 2026年3月1日\n合計 ¥1,100（税込）\n登録番号 T7000012050002", "お支払い完了のお知らせ", {}, flag_auto, {}};
  for (const std::uint32_t flags : {std::uint32_t{flag_auto}, std::uint32_t{flag_bulk}, std::uint32_t{flag_auto | flag_bulk}}) {
    Mail mail = receipt;
    mail.flags = flags;
    const Reading reading = read(mail);
    CHECK(reading.ledger_only);
    CHECK(reading.document.kind == DocumentKind::receipt);
    REQUIRE(reading.document.total);
    CHECK(reading.document.total->yen == 1100);
    REQUIRE(reading.document.registration);
    CHECK(reading.silent());
    const Facts facts = Stream().next(reading, Direction::in);
    CHECK(facts.empty());
    CHECK(facts.document.kind == DocumentKind::receipt);
    CHECK(Stream().next(reading, Direction::automatic).document.kind == DocumentKind::receipt);
  }
  Mail unsent = receipt;
  unsent.flags = flag_unsent;
  CHECK(read(unsent).empty());
  // Adverts that speak of documents and prices.
  CHECK(kind({"お申し込み後に請求書をお送りします。\n初期費用 9,800円", "請求書作成がラクになるサービスのご紹介", {}, flag_bulk, {}}) == "");
  CHECK(kind({"見積書をお送りします。ご相談ください。プランは月額3,000円から。", "春のキャンペーン", {}, flag_bulk, {}}) == "");
  CHECK(kind({"Your receipt is attached.", "Your receipt from Kumo Cloud #2031", {}, flag_auto, {}}) == "領収書");
  CHECK(kind({"Learn more.", "Free invoice template", {}, flag_bulk, {}}) == "");
}

TEST_CASE("documents: what is for the ledger alone changes no stream") {
  const auto talk = [](bool with_document) {
    Stream stream;
    const auto say = [&](Direction direction, const std::string& text, const std::string& sent, std::uint32_t flags) {
      MessageText message;
      message.text = text;
      message.flags = flags;
      message.sent = parse_iso8601(sent).value();
      const std::string packed = read_packed(message);
      return packed.empty() ? Facts() : stream.next(unpack_reading(packed), direction);
    };
    say(Direction::out, "撮影は55,000円です。来月12日でいかがでしょうか？", "2026-03-02T10:00:00+09:00", 0);
    if (with_document) {
      say(Direction::in, "下記の通りご請求申し上げます。合計 99,000円、5月12日", "2026-03-02T10:10:00+09:00", flag_bulk);
      say(Direction::in, "契約書を添付いたします。", "2026-03-02T10:20:00+09:00", 0);
    }
    return pack(say(Direction::in, "承知しました。12日でお願いします。", "2026-03-02T11:00:00+09:00", 0));
  };
  CHECK(talk(true) == talk(false));
}

TEST_CASE("documents: the total, with tax if it is said with and without") {
  const auto total = [](const std::string& text) -> std::string {
    const BusinessDocument found = document({"請求書を添付いたします。\n" + text, "", {}, 0, {}});
    if (!found.total) return "none";
    return (found.total->yen ? std::to_string(*found.total->yen) : found.total->currency + found.total->value) + std::string(tax_name(found.total->tax));
  };
  CHECK(total("・ロゴ 50,000円\n・名刺 11,000円\n合計 61,000円") == "61000");
  CHECK(total("小計 50,000円\n消費税 5,000円\n合計 55,000円") == "55000incl");
  CHECK(total("ご請求金額：110,000円（税込）\n内訳：デザイン 60,000円、コーディング 40,000円（税別）") == "110000incl");
  CHECK(total("デザイン 100,000円（税込110,000円）") == "110000incl");
  CHECK(total("前回ご請求額 30,000円\n今回ご請求額 44,000円") == "44000");
  CHECK(total("合計（税別） 100,000円\n合計（税込） 110,000円") == "110000incl");
  CHECK(total("制作費 33,000円をお振り込みください。") == "33000");
  CHECK(total("ご請求金額\n￥88,000") == "88000");
  CHECK(total("デザイン 30,000円\n撮影 20,000円") == "none"); // no sum is invented
  CHECK(total("約5万円です。") == "none");
  CHECK(total("ご確認ください。") == "none");
  CHECK(total("Total: USD 300") == "USD300");
}

TEST_CASE("documents: the document's own day, else the day it was sent") {
  const auto day = [](const std::string& text) {
    const BusinessDocument found = document({"請求書を添付いたします。\n" + text, "", {}, 0, {}});
    DateFact date;
    date.first = date.last = found.day;
    return date.value() + (found.day_written ? "" : " sent");
  };
  CHECK(day("請求日：2026年2月28日") == "2026-02-28");
  CHECK(day("発行日　2026/02/28\n支払期限　2026/03/31") == "2026-02-28");
  CHECK(day("発行日：2026/02/20\n請求日：令和8年2月28日") == "2026-02-28");
  CHECK(day("| 請求日 | 2026/2/28 |") == "2026-02-28");
  CHECK(day("納品日：2026年2月10日\nお支払い日：2026年3月31日") == "2026-03-02 sent");
  CHECK(day("よろしくお願いします。") == "2026-03-02 sent");
  CHECK(day("請求日は末日です") == "2026-03-02 sent");
}

TEST_CASE("documents: the number of who issues invoices") {
  const auto number = [](const std::string& text) {
    const Text read(text);
    const auto found = find_registration(read, {});
    return found ? found->number + (found->check_digit ? " ok" : "") : "";
  };
  CHECK(number("登録番号：T7000012050002") == "T7000012050002 ok");
  CHECK(number("登録番号 Ｔ７０００－０１２０－５０００２") == "T7000012050002 ok");
  CHECK(number("(T 7 0000 1205 0002)") == "T7000012050002 ok");
  CHECK(number("T1234567890123") == "T1234567890123");
  CHECK(number("T70000120500021") == "");
  CHECK(number("T700001205000") == "");
  CHECK(number("NOT7000012050002") == "");
  CHECK(number("7000012050002") == "");
  CHECK(number("T7000012050002-1") == "");
  CHECK(number("貴社 T1234567890123\n当社登録番号 T7000012050002") == "T7000012050002 ok");
  const std::string own = "請求書を添付いたします。\n", signature = "--\nつばめウェブ T7000012050002\n";
  const auto end = static_cast<std::uint32_t>(own.size() + signature.size());
  const auto found = document({own + signature, "", {}, 0, {{SectionKind::own, 0, static_cast<std::uint32_t>(own.size())}, {SectionKind::signature, static_cast<std::uint32_t>(own.size()), end}}});
  REQUIRE(found.registration);
  CHECK(found.registration->number == "T7000012050002");
}

TEST_CASE("documents: what people decide about the amount holds for the total") {
  const Reading reading = read({"請求書を添付いたします。\n合計 55,000円（税込）", "", {}, 0, {}});
  REQUIRE(reading.document.total);
  Correction correction;
  correction.place = reading.document.total->place;
  correction.action = Correction::Action::set;
  correction.amount = reading.document.total;
  correction.amount->yen = 50'000;
  CHECK(Stream().next(reading, Direction::in, {correction}).document.total->yen == 50'000);
  correction.action = Correction::Action::reject;
  CHECK_FALSE(Stream().next(reading, Direction::in, {correction}).document.total);
}

TEST_CASE("documents: hostile texts cost no more than their length") {
  const auto repeated = [](const std::string& text, int times) {
    std::string out;
    for (int i = 0; i < times; ++i) out += text;
    return out;
  };
  for (const std::string& text : {repeated("請求書", 200'000), repeated("請求書を", 100'000), repeated("T1", 500'000), repeated("発行日", 200'000), repeated("T 1-2 ", 200'000), repeated("合計 1円\n", 50'000),
                                  repeated("請求書を添付いたします", 50'000), repeated(" ", 1'000'000) + "請求書"}) {
    const BusinessDocument found = document({text, text, {text}, 0, {}});
    CHECK(found.files.size() <= 1);
    for (const std::string& file : found.files) CHECK(file.size() <= 200);
  }
}

} // namespace genchi::facts
