#include <catch2/catch.hpp>

#include <string>

#include "mail/message.hpp"

using namespace genchi;

namespace {

// Each section on lines of its own behind a letter: o(wn) q(uoted) s(ignature) g(reeting).
std::string read(const std::string& text) {
  std::string out;
  std::size_t end = 0;
  for (const auto& section : mail::split_body(text)) {
    REQUIRE(section.begin == end);
    REQUIRE(section.end > section.begin);
    end = section.end;
    const char* letters = "oqsg";
    std::string lines = text.substr(section.begin, section.end - section.begin);
    if (lines.back() != '\n') lines += '\n';
    for (std::size_t at = 0; at < lines.size(); at = lines.find('\n', at) + 1) {
      out += std::string(1, letters[static_cast<int>(section.kind)]) + ' ' +
             lines.substr(at, lines.find('\n', at) - at + 1);
    }
  }
  REQUIRE(end == text.size());
  return out;
}

// The text of such a description, which is then what split_body must say again.
void check(const std::string& expected) {
  std::string text;
  for (std::size_t at = 0; at < expected.size(); at = expected.find('\n', at) + 1) {
    text += expected.substr(at + 2, expected.find('\n', at) - at - 1);
  }
  CHECK(read(text) == expected);
}

} // namespace

TEST_CASE("all own words") {
  CHECK(mail::split_body("").empty());
  check("o 明日14時に伺います。\n");
  CHECK(read("見積です") == "o 見積です\n");
  check("o \n");
}

TEST_CASE("quoted lines and the line that introduces them") {
  check("o それでお願いします。\n"
        "o \n"
        "q 2026年4月7日(火) 10:12 山田 <yamada@example.jp>:\n"
        "q > 5万円でいかがでしょうか。\n"
        "q >\n"
        "q > 山田\n");
  check("o OK\n"
        "q On Tue, Apr 7, 2026 at 10:12 AM Yamada Taro <\n"
        "q yamada@example.jp> wrote:\n"
        "q \n"
        "q > price\n");
  check("o 承知しました。\n"
        "q 2026年4月7日(火) 10:12 株式会社とても長い名前の会社 営業部 山田太郎\n"
        "q <yamada@example.jp>:\n"
        "q > 本文\n");
  check("q 山田さんは書きました:\n"
        "q ＞ 5万円です\n"
        "o では4万円で。\n"
        "q > 納期は月末です\n"
        "o 了解です。\n");
  check("o 見積の内訳です。\n"
        "o 以下の件、確認します：\n"
        "q > 納期は？\n"
        "o 4月末です。\n");
}

TEST_CASE("a table between bars is no quotation") {
  check("o | 品目 | 金額 |\n"
        "o | 撮影 | 50,000 |\n"
        "q | 前回の文\n"
        "o ありがとうございます\n");
}

TEST_CASE("a copied mail and all below it") {
  for (const std::string title :
       {"-----Original Message-----", "----- 元のメッセージ -----", "━━ 元のメール ━━",
        "---------- Forwarded message ---------", "--- 転送メッセージ ---", "Begin forwarded message:"}) {
    check("o 了解です。\nq " + title + "\nq From: x\nq \nq 本文です。\nq 山田\n");
  }
  check("o 了解です。\n"
        "o \n"
        "q ________________________________\n"
        "q 差出人: 山田 <yamada@example.jp>\n"
        "q 送信日時: 2026年4月7日 10:12\n"
        "q 宛先: 青木\n"
        "q 件名: 見積\n"
        "q \n"
        "q 5万円です。\n");
  check("o From: 東京\n"
        "o To: 大阪\n"
        "o Date: 4/1\n"
        "o この便でお願いします。\n");
  check("o -----お知らせ-----\no 本文\n");
}

TEST_CASE("signatures") {
  check("o 以上です。\ns -- \ns 山田太郎\ns 青葉デザイン\n");
  check("o 見積は5万円です。\n"
        "o \n"
        "s ━━━━━━━━━━━━━━━\n"
        "s 株式会社青葉　山田太郎\n"
        "s 〒100-0001 東京都千代田区1-1\n"
        "s TEL 03-1234-5678\n"
        "s ━━━━━━━━━━━━━━━\n");
  check("o よろしくお願いします。\n"
        "s ＿＿＿＿＿＿＿＿＿＿\n"
        "s 株式会社青葉\n"
        "s 山田太郎\n"
        "s --------------------\n"
        "s TEL：０３－１２３４－５６７８\n"
        "s Mail：yamada@example.jp\n"
        "s ＿＿＿＿＿＿＿＿＿＿\n");
  check("o よろしくお願いいたします。\n"
        "o \n"
        "s 株式会社青葉　営業部\n"
        "s 山田太郎\n"
        "s \n"
        "s 〒100-0001 東京都千代田区1-1\n"
        "s 電話：03-1234-5678\n");
  check("o よろしくお願いいたします\n"
        "s 山田太郎\n"
        "s yamada@example.jp\n"
        "s 090-1234-5678\n");
  check("o 了解です\no \ns iPhoneから送信\n");
  check("o 以上です\n"
        "s =====================\n"
        "s みどり写真館 / 青木\n"
        "s http://example.jp/ 受付時間 10:00-19:00\n"
        "s 登録番号：T1234567890123\n"
        "s =====================\n");
}

TEST_CASE("a signature above the quotation") {
  check("o 承知しました。\n"
        "o \n"
        "s -----------------\n"
        "s 山田太郎\n"
        "s yamada@example.jp\n"
        "s -----------------\n"
        "s \n"
        "q 2026年4月7日(火) 10:12 青木 <aoki@example.jp>:\n"
        "q > 5万円です。\n"
        "q > -----------------\n");
}

TEST_CASE("what only looks like a signature") {
  // a ruled box that says something, at the end and elsewhere
  check("o ご請求です。\n"
        "o ━━━━━━━━━━\n"
        "o 合計 55,000円\n"
        "o お問い合わせ 03-1234-5678\n"
        "o ━━━━━━━━━━\n");
  check("o ━━━━━━━━━━\n"
        "o 青葉デザイン TEL 03-1234-5678\n"
        "o ━━━━━━━━━━\n"
        "o こちらへお電話ください。\n");
  // a form that was filled in
  check("o 下記で予約します\n"
        "o \n"
        "o お名前：青木\n"
        "o 電話：090-1234-5678\n"
        "o メール：aoki@example.jp\n"
        "o 日時：4/1 10:00\n");
  check("o 電話番号は 090-1234-5678 です。\n");
  check("o 見積書\no \no 090-1234-5678\n");
  check("o 山田\no 090-1234-5678\n");
  check("o 品目 撮影\no --\no 合計 5万円\n");
}

TEST_CASE("greetings") {
  check("g 株式会社青葉\n"
        "g 営業部\n"
        "g 山田様\n"
        "g \n"
        "g いつも大変お世話になっております。\n"
        "g みどり写真館の青木です。\n"
        "g \n"
        "o お見積の件、承知しました。\n");
  check("g お世話になっております。みどり写真館の青木です。\no 5万円でお願いします。\n");
  check("g 山田さん、こんにちは！\no 5万円でお願いします。\n");
  check("g 青木と申します。\no 撮影の料金を教えてください。\n");
  check("g Dear Mr. Yamada,\no thank you\n");
  check("g 各位\no 4/1は休みます。\n");
}

TEST_CASE("what only looks like a greeting") {
  check("o お世話になっております。5万円で承知しました。\n");
  check("o 3名様\no 4/1でお願いします。\n");
  check("o ありがとうございます。\n");
  check("o 白のスニーカーです。\n");
  check("o お店の予約の変更です。\n");
  check("o 納期は月末です。\no お世話になっております。\n");
  check("o 宛名は青木様\n");
  check("o 大丈夫です。\n");
}

TEST_CASE("a body of nothing but greeting, quotation or signature") {
  check("g お世話になっております。\n");
  check("q > 5万円\n");
  check("s -- \ns 山田\n");
}
