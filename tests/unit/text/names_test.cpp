#include "text/names.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "text/fold.hpp"
#include "text/name_parts.hpp"

namespace genchi {
namespace {

struct Pair {
  const char* typed;
  const char* name;
};

NameMatch match(std::string_view typed, std::string_view name) {
  return NameQuery(typed).match_name(name);
}

TEST_CASE("Names of one person or firm have one key") {
  const Pair pairs[] = {
      {"青木 りん", "青木りん様"},
      {"髙橋 Mai", "高橋Mai"},
      {"株式会社みなと印刷", "みなと印刷㈱"},
      {"☆青木りん☆", "青木 りん(レギュラー)"},
      {"佐藤 健一", "佐藤健一 部長"},
      {"Aoki Rin", "AOKI  RIN"},
  };
  for (const auto& [a, b] : pairs) {
    INFO(a << " / " << b);
    CHECK(name_key(a) == name_key(b));
    CHECK_FALSE(name_key(a).empty());
  }
  CHECK(name_key("青木 りん") != name_key("青木"));
  CHECK(name_key("☆").empty());
}

TEST_CASE("A full name is more than a family name") {
  for (const char* name : {"青木 りん", "森 凛", "青木りん様", "佐藤健一", "Rin Aoki", "株式会社オト", "ひだまり歯科",
                           "なかむら あい"}) {
    INFO(name);
    CHECK(is_full_name(name));
  }
  for (const char* name : {"", "田中", "田中様", "田中さん", "なかむら", "わたなべさん", "サクラ", "Rin", "りん(本店)",
                           "佐々木", "☆☆"}) {
    INFO(name);
    CHECK_FALSE(is_full_name(name));
  }
}

TEST_CASE("What counts for nothing in a name may stand on either side") {
  const Pair pairs[] = {
      {"青木りん", "青木 りん"},
      {"青木りん", "青木　りん"},
      {"青木りん", "青木・りん"},
      {"青木りん", "青木、りん"},
      {"青木りん", "青木 りん様"},
      {"青木 りん 様", "青木りん"},
      {"青木りん", "☆青木りん☆"},
      {"青木りん", "【VIP】青木りん"},
      {"青木りん", "青木りん（レギュラー）"},
      {"青木りん", "青木(旧姓 佐藤)りん"},
      {"青木りん", "青木りん🌸"},
      {"りん", "☆りん☆(レギュラー)"},
      {"青木りん", "青木りん＠本店"},
      {"髙橋", "高橋様"},
      {"渡邊", "渡辺"},
      {"Rin Aoki", "Aoki, Rin"},
      {"Rin Aoki", "AOKI Rin"},
      {"Ｒｉｎ　Ａｏｋｉ", "Rin Aoki"},
      {"Mr. Rin Aoki", "Rin Aoki"},
      {"Aoki-san", "Aoki"},
      {"高橋Mai", "髙橋 Mai"},
      {"高橋 Mai", "Mai 高橋"},
      {"株式会社みなと印刷", "みなと印刷"},
      {"株式会社みなと印刷", "みなと印刷㈱"},
      {"株式会社みなと印刷", "（株）みなと印刷"},
      {"株式会社みなと印刷", "㍿みなと印刷"},
      {"㈱みなと印刷", "みなと印刷 株式会社"},
      {"(株)みなと印刷", "みなと印刷(株)"},
      {"みなと印刷㈲", "有限会社みなと印刷"},
      {"㈲みなと印刷", "みなと印刷(有)"},
      {"合同会社みなと", "みなと(同)"},
      {"合資会社みなと", "みなと"},
      {"合名会社みなと", "みなと"},
      {"一般社団法人みなと観光協会", "(一社)みなと観光協会"},
      {"医療法人社団ひだまり会", "ひだまり会"},
      {"学校法人みどり学園", "みどり学園"},
      {"NPO法人みどりの会", "みどりの会"},
      {"特定非営利活動法人みどりの会", "ＮＰＯ法人 みどりの会"},
      {"Minato Co., Ltd.", "Minato"},
      {"Minato Co.,Ltd.", "Minato Inc."},
      {"Minato K.K.", "MINATO"},
      {"Minato LLC", "Minato, Inc."},
      {"カ)ミナトショウカイ", "ミナトショウカイ(カ"},
      {"青木商店 御中", "株式会社青木商店"},
      {"みなと印刷青木", "みなと印刷㈱ 青木"},
      {"ジョン・スミス", "ジョン スミス"},
      {"ジョンスミス", "ジョン・スミス"},
  };
  for (const auto& [a, b] : pairs) {
    CAPTURE(a, b);
    CHECK(match(a, b) == NameMatch::spelling);
    CHECK(match(b, a) == NameMatch::spelling);
  }
}

TEST_CASE("A typed name is found in a longer one") {
  const Pair pairs[] = {
      {"りん", "青木 りん"},
      {"青葉", "青葉建設"},
      {"青葉", "青葉建設株式会社 工事部"},
      {"三浦", "三浦屋"},
      {"青木部長様", "青木 花子"},
      {"青木部長様", "青木"},
      {"青木さん", "青木りん"},
      {"青木サン", "青木りん"},
      {"青木先生", "青木りん"},
      {"青木社長", "株式会社青木商店"},
      {"青木ご担当者様", "青木商店"},
      {"森様", "森 光子"},
      {"森さん", "森"},
      {"林君", "林 太一"},
      {"伊藤君子", "伊藤 君子"},
      {"伊藤君子様", "伊藤君子"},
      {"レギュラー", "☆りん☆(レギュラー)"},
      {"店長", "みどり店長"},
      {"様", "青木様"},
      {"株式会社", "株式会社みなと印刷"},
      {"合同会社", "合同会社みなと"},
      {"合同", "合同印刷"},
      {"会社", "みなと商会社"},
      {"田中", "田中(支店)"},
      {"田中(本店)", "田中"},
      {"田中(本店)", "田中(本店)様"},
      {"り", "りん"},
      {"みなと印刷 青木", "みなと印刷株式会社 営業部 青木りん"},
      {"りんりん", "りんりん🐼"},
      {"さん", "さんご"},
      {"ニッサン", "ニッサン商会"},
  };
  for (const auto& [typed, name] : pairs) {
    CAPTURE(typed, name);
    CHECK(match(typed, name) == NameMatch::spelling);
  }
}

TEST_CASE("Names are read") {
  const Pair pairs[] = {
      {"アオキ", "青木りん"},
      {"あおき", "青木 りん"},
      {"ｱｵｷ", "青木"},
      {"aoki", "青木 りん"},
      {"AOKI", "青木"},
      {"アオキさん", "青木りん"},
      {"アオキサン", "青木りん"},
      {"aoki-san", "青木りん"},
      {"あおきりん", "青木りん"},
      {"アオキ リン", "青木 りん"},
      {"Rin Aoki", "青木りん"},
      {"aoki rin", "青木 りん"},
      {"aokirin", "青木りん"},
      {"アオキ", "Rin Aoki"},
      {"青木", "Rin Aoki"},
      {"青木りん", "AOKI Rin"},
      {"青木 りん", "アオキ リン"},
      {"青木", "アオキリン"},
      {"おおの", "大野"},
      {"オーノ", "大野"},
      {"ono", "大野"},
      {"ohno", "大野 花"},
      {"oono", "大野"},
      {"ōno", "大野"},
      {"ono", "小野"},
      {"おの", "小野"},
      {"ohno", "オオノ"},
      {"オオノ", "Ohno Hana"},
      {"Ono", "Ohno"},
      {"しょうじ", "庄司"},
      {"しょうじ", "東海林 はる"},
      {"shoji", "庄司"},
      {"syouji", "庄司"},
      {"syozi", "ショウジ"},
      {"shouji", "ショージ"},
      {"satou", "佐藤"},
      {"satoh", "佐藤"},
      {"けんいち", "Kenichi"},
      {"kenichi", "けんいち"},
      {"ken", "けんいち"},
      {"junya", "じゅんや"},
      {"saito", "齋藤"},
      {"さいとう", "斉藤"},
      {"itoh", "伊藤"},
      {"いとう", "伊東"},
      {"tsuchiya", "土屋"},
      {"tutiya", "土屋"},
      {"ふじい", "藤井"},
      {"huzii", "藤井"},
      {"homma", "本間"},
      {"honma", "本間"},
      {"じんぼ", "神保"},
      {"jimbo", "神保"},
      {"hattori", "服部"},
      {"kondoh", "近藤"},
      {"わたべ", "渡部"},
      {"わたなべ", "渡邊"},
      {"こうの", "河野"},
      {"かわの", "河野"},
      {"もり", "森さくら"},
      {"もり", "森 光子"},
      {"もり", "森光子"},
      {"もり", "森様"},
      {"はやし", "林歯科"},
      {"はせがわ", "長谷川"},
      {"いがらし", "五十嵐"},
      {"てしがわら", "勅使河原 蓮"},
      {"ささき", "佐々木さくら"},
      {"さくら", "SAKURA"},
      {"sakura", "さくら🌸"},
      {"saku", "佐々木さくら"},
      {"アオキ", "みなと印刷 青木りん"},
      {"アオキ", "りん(青木)"},
      {"青木", "りん(アオキ)"},
      {"青木花子", "Aoki 花子"},
      {"カ)ミナトインサツ", "株式会社みなと印刷"},
      {"ミナトインサツ(カ", "みなと印刷㈱"},
      {"minato insatsu", "みなと印刷"},
      {"ヤマダシヨウテン(カ)", "山田商店"},
      {"カ)ヤマダシヨウテン", "株式会社山田商店"},
      {"みなと印刷", "Minato Insatsu Co., Ltd."},
      {"アオキ店長", "青木"},
      {"みうら", "三浦屋"},
  };
  for (const auto& [typed, name] : pairs) {
    CAPTURE(typed, name);
    CHECK(match(typed, name) == NameMatch::reading);
  }
}

TEST_CASE("What is another name is not found") {
  const Pair pairs[] = {
      {"青木", "青山"},
      {"高橋", "高島"},
      {"佐藤様", "加藤様"},
      {"合同", "合同会社みどり"},
      {"会社", "株式会社みどり"},
      {"社団", "一般社団法人みどり"},
      {"合同会社", "合同印刷"},
      {"三浦屋", "三浦"},
      {"青木りん", "りん"},
      {"青木りん", "青木"},
      {"青木りん", "青木花子"},
      {"阿部", "安部"},
      {"伊藤", "伊東"},
      {"斎木", "斎藤"},
      {"太田", "大田黒"},
      {"庄司", "東海林"},
      {"中島", "長島"},
      {"おの", "大野"},
      {"おおの", "小野"},
      {"あ", "青木"},
      {"a", "青木"},
      {"ao", "青木"},
      {"あお", "青木"},
      {"aok", "青木"},
      {"oki", "青木"},
      {"もり", "森永"},
      {"もり", "森川"},
      {"はやし", "林田"},
      {"はやし", "林原 めぐみ"},
      {"ひがし", "東京商会"},
      {"にし", "西日本印刷"},
      {"きた", "北海道農園"},
      {"ほし", "星空写真館"},
      {"はら", "原宿美容室"},
      {"かとう", "佐藤"},
      {"kato", "佐藤"},
      {"sato", "加藤"},
      {"sat", "佐藤"},
      {"satomi", "佐藤"},
      {"ando", "進藤"},
      {"ann", "安藤"},
      {"an", "Ann Smith"},
      {"Smith", "Smithson"},
      {"Rin Aoki", "Rin Aoyama"},
      {"Rin Aoki", "Aoki"},
      {"aoki rin", "青木 花子"},
      {"aoki rin", "青木凛"},
      {"山田さくら", "山本さくら"},
      {"山田 さくら", "山田 つばき"},
      {"田中(本店)", "田中(支店)"},
      {"りん(レギュラー)", "りん(新規)"},
      {"三氏", "三浦"},
      {"店長", "青木"},
      {"様", "青木"},
      {"ニッサン", "にっこり商店"},
      {"コクサン", "こくぶ酒店"},
      {"みさん", "みどり"},
      {"みちゃん", "みどり"},
      {"株式会社みなと", "株式会社みどり"},
      {"㈱青葉", "㈱若葉"},
      {"Minato Inc.", "Midori Inc."},
      {"カ)ミナトインサツ", "株式会社みどり印刷"},
      {"minato insatsu", "みなと観光"},
      {"insatsu", "みなと印刷"},
      {"木りん", "青木・りん"},
      {"きりん", "あおき・りん"},
      {"山 田", "田山"},
      {"小山", "小川"},
      {"たなか", "田代"},
      {"tanaka", "田代 中"},
      {"koyama", "小山内 薫"},
      {"おおた", "大谷"},
      {"ota", "大谷"},
      {"ookubo", "久保"},
      {"くぼ", "大久保"},
      {"原", "はらだ"},
      {"森", "もりた"},
      {"aoba.example", "example aoba"},
      {"商店", "山田しょうてん"},
  };
  for (const auto& [typed, name] : pairs) {
    CAPTURE(typed, name);
    CHECK(match(typed, name) == NameMatch::none);
  }
}

TEST_CASE("Mail addresses are found by part, word and reading") {
  struct Row {
    const char* typed;
    const char* address;
    NameMatch expected;
  };
  const Row rows[] = {
      {"aoki", "rin.aoki@example.jp", NameMatch::spelling},
      {"oki", "rin.aoki@example.jp", NameMatch::spelling},
      {"AOKI", "r-aoki@example.jp", NameMatch::spelling},
      {"@aoba.ex", "info@aoba.example.jp", NameMatch::spelling},
      {"Rin Aoki", "aoki.rin@example.jp", NameMatch::spelling},
      {"aoki-san", "aoki.rin@example.jp", NameMatch::spelling},
      {"アオキ", "Aoki.Rin@example.jp", NameMatch::reading},
      {"アオキさん", "r-aoki@example.jp", NameMatch::reading},
      {"青木", "aoki.rin@example.jp", NameMatch::reading},
      {"青木", "info@aoki-design.example", NameMatch::reading},
      {"青木りん", "aoki_rin@example.jp", NameMatch::reading},
      {"青木りん", "aokirin@example.jp", NameMatch::reading},
      {"青木りん", "aoki1985@example.jp", NameMatch::none},
      {"青木", "aoki1985@example.jp", NameMatch::reading},
      {"おおの", "ohno@example.jp", NameMatch::reading},
      {"ohno", "oono@example.jp", NameMatch::reading},
      {"佐藤", "satok@example.jp", NameMatch::reading},
      {"佐藤", "satomi@example.jp", NameMatch::none},
      {"高橋", "takahashimai@example.jp", NameMatch::reading},
      {"青木", "aoyama@example.jp", NameMatch::none},
      {"青木", "aoki", NameMatch::none},
      {"青木", "info@example.aoki", NameMatch::none},
      {"あ", "a@example.jp", NameMatch::none},
      {"原", "haraguchi@example.jp", NameMatch::none},
      {"原", "hara@example.jp", NameMatch::reading},
      {"様", "sama@example.jp", NameMatch::none},
      {"青木花子", "aoki@example.jp", NameMatch::none},
  };
  for (const auto& [typed, address, expected] : rows) {
    CAPTURE(typed, address);
    CHECK(NameQuery(typed).match_address(address) == expected);
  }
  CHECK(NameQuery("アオキ").match("青木", "x@example.jp") == NameMatch::reading);
  CHECK(NameQuery("aoki").match("青木", "aoki@example.jp") == NameMatch::spelling);
  CHECK(NameQuery("aoki").match("", "") == NameMatch::none);
}

TEST_CASE("A name of nothing finds nothing, and no name is too odd") {
  for (const char* typed : {"", "  ", "🌸", "☆"}) CHECK(match(typed, "青木りん") == NameMatch::none);
  for (const char* name :
       {"", "(", ")", "()", "(株)", "【】", "株式会社", "様", "カ)", "@", "・・", "\xFF\xFE", "k.k."}) {
    CAPTURE(name);
    const NameQuery query(name);
    CHECK(query.match_name("青木りん") == NameMatch::none);
    CHECK(NameQuery("青木").match_name(name) == NameMatch::none);
  }
  CHECK(match("(りん)", "りん") == NameMatch::spelling);
  std::string brackets(100'000, '(');
  CHECK(match("青木", brackets + "青木") == NameMatch::spelling);
  CHECK(match("アオキ", brackets + "青木") == NameMatch::reading);
  std::string long_name;
  for (int i = 0; i < 20'000; ++i) long_name += i % 3 ? "やまだ" : "山田屋";
  const NameQuery query(long_name);
  CHECK(query.match_name(long_name) == NameMatch::spelling);
  CHECK(query.match_name("山田") == NameMatch::none);
  CHECK(NameQuery("yamada").match_name(long_name) == NameMatch::reading);
  CHECK(query.condition().op != NameCondition::Op::text);
}

TEST_CASE("The tables hold what folding leaves as it is, and readings that can be read") {
  CHECK(readings::families().size() > 300);
  for (const readings::Family& family : readings::families()) {
    CAPTURE(family.name);
    CHECK(fold(family.name) == family.name);
    for (const readings::Reading& reading : family.readings) CHECK(reading.morae >= 2);
  }
  for (const readings::BusinessWord& business : readings::business_words()) {
    CAPTURE(business.word);
    CHECK(fold(business.word) == business.word);
    CHECK(!business.reading.loose.empty());
  }
}

TEST_CASE("Kana and letters have one romanization") {
  const Pair same[] = {{"じゅんや", "junya"},    {"きっかわ", "kikkawa"}, {"はっちょう", "hatchou"},
                       {"はっちょう", "haccho"}, {"ぢづ", "jizu"},        {"ちゃづけ", "tyaduke"},
                       {"おんな", "onna"},       {"いのうえ", "inoue"},   {"ゆうき", "yuuki"},
                       {"ゆうき", "yuhki"},      {"おおはし", "ohhashi"}, {"おはら", "ohara"},
                       {"しんいち", "shinichi"}};
  for (const auto& [kana, latin] : same) {
    CAPTURE(kana, latin);
    CHECK(readings::of_latin(latin).loose == readings::in_letters(readings::of_kana(kana).loose));
  }
  for (const char* word : {"smith", "ann", "design", "ltd", "sat", "xyz"})
    CHECK(readings::of_latin(word).loose.empty());
  for (const char* word : {"んん", "ー", "っ", "青木", "っと"}) CHECK(readings::of_kana(word).loose.empty());
  CHECK(readings::of_kana("おの").strict != readings::of_kana("おおの").strict);
  CHECK(readings::of_kana("おの").loose == readings::of_kana("おおの").loose);
}

TEST_CASE("A firm is told by the form in its name, and nobody else is") {
  for (const char* name : {"株式会社みさき 田中", "みさき㈱", "（有）青葉", "医療法人社団ひだまり歯科", "NPO法人こかげ", "Kawara Trading Co., Ltd.", "Hasu Inc"})
    CHECK(naming::has_company_form(name));
  for (const char* name : {"青木 りん", "会社員の田中", "合同練習の件", "Inc", "Rin Aoki", "Corporal Sato", "☆りん☆(レギュラー)", ""}) CHECK_FALSE(naming::has_company_form(name));
}

TEST_CASE("A name as it is written loses its tags and decoration, and keeps the form of a firm") {
  const std::pair<const char*, const char*> names[] = {
      {"山田 花子@ネイル", "山田 花子"},   {"鈴木一郎（ABC不動産）", "鈴木一郎"},
      {"☆りん🌸☆", "りん"},               {"【VIP】 青木　りん", "青木 りん"},
      {"(株)青葉", "(株)青葉"},            {"㈱青葉（本店）", "㈱青葉"},
      {"株式会社みさき", "株式会社みさき"}, {"（店長）", "（店長）"},
      {"ガ\u3099イ", "ガ\u3099イ"},        {"sato@kawara.example", "sato@kawara.example"},
      {"田中（", "田中（"},                {"🌸", "🌸"}};
  for (const auto& [written, bare] : names) CHECK(naming::without_tags(written) == bare);
}

TEST_CASE("An honorific is cut off a name, unless nothing but a nickname's beginning would be left") {
  const auto cut = [](const char* name) { return naming::without_honorific(name).name; };
  CHECK(cut("高橋ちゃん") == "高橋");
  CHECK(cut("森様") == "森");
  CHECK(cut("さくらちゃん") == "さくら");
  CHECK(cut("株式会社青葉 御中") == "株式会社青葉");
  CHECK(cut("佐藤君") == "佐藤");
  CHECK(cut("山本さん様") == "山本");
  CHECK(cut("まーくん様") == "まーくん");
  CHECK(cut("秋山 悟") == "秋山 悟");
  for (const char* nickname : {"まーくん", "たっくん", "くーちゃん"}) {
    CHECK(cut(nickname) == nickname);
    CHECK(naming::without_honorific(nickname).left);
  }
  CHECK_FALSE(naming::without_honorific("高橋").left);
}

} // namespace
} // namespace genchi
