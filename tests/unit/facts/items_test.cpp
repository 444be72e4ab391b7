#include "facts/items.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

namespace genchi::facts {
namespace {

using Names = std::vector<std::string>;

TEST_CASE("facts/items: names of one thing have one key") {
  const std::vector<Names> things{
      {"トップページ制作", "TOPページ制作", "トップ制作費", "トップページの制作", "ＴＯＰページ 制作一式", "① トップページ制作（税別）", "トップページ製作費用"},
      {"下層ページ制作", "下層ページ制作（9P）", "下層ページ制作（1頁 18,000円）", "下層 制作 12ページ", "下層ページの作成"},
      {"A4チラシ印刷", "A4チラシ印刷 1,000枚", "Ａ４チラシの印刷（2000部）", "A4チラシ印刷代"},
      {"3か月コース", "3ヶ月コース", "３カ月コース"},
      {"名刺（片面）", "名刺 片面 100枚", "名刺[片面]"},
      {"取付け工事", "取り付け工事費", "取付工事 一式"},
      {"保守", "保守費用（4月分）", "2025年5月分 保守料", "保守（特急）", "保守料金（改定後）"},
      {"サーバー移行", "サーバ移行作業一式", "ｻｰﾊﾞｰ移行"},
      {"ロゴ", "御見積 ロゴ", "ロゴ作成(税別)", "【ロゴ】", "1. ロゴ制作", "(2) ロゴ", "logo制作"},
      {"引越し", "引っ越し作業", "引越し料金"},
      {"お弁当 30個", "弁当", "お弁当代（税込）"},
      {"会場代", "会場費", "会場料"},
      {"お車代", "車代"},
      {"着付け", "着付", "お着付け料"},
      {"二つ折りカード", "2つ折カード", "２つ折りカード"},
      {"外壁塗装", "外壁塗装工事", "外壁の塗装工事費"},
  };
  for (const Names& names : things)
    for (const std::string& name : names) {
      CAPTURE(names.front(), name);
      CHECK(item_key(name) == item_key(names.front()));
      CHECK_FALSE(item_key(name).empty());
    }
}

TEST_CASE("facts/items: things of their own keep their own key") {
  const Names things{"トップページ制作",   "下層ページ制作", "トップページデザイン", "カット",       "カット＋カラー", "カラー",         "A4チラシ印刷",
                     "A5チラシ印刷",       "3か月コース",    "6か月コース",          "名刺（片面）", "名刺（両面）",   "翻訳（日→英）", "翻訳（英→日）",
                     "10周年記念冊子",     "20周年記念冊子", "撮影（60分）",         "撮影（90分）", "配送料",         "送料",           "保守",
                     "サーバー保守",       "2名様コース",    "動画編集",             "動画撮影",     "キー複製",       "月額顧問料",     "顧問料",
                     "デザイン（TOP＋下層9P）", "デザイン"};
  for (std::size_t i = 0; i < things.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) {
      CAPTURE(things[i], things[j]);
      CHECK(item_key(things[i]) != item_key(things[j]));
    }
}

TEST_CASE("facts/items: what names nothing has no key, and hostile names end") {
  CHECK(item_key("").empty());
  CHECK(item_key(" ・ ").empty());
  for (const char* sum : {"合計", "小計（税抜）", "合計（税込）", "消費税(10%)", "お見積金額", "税込合計", "・値引き"}) {
    CAPTURE(sum);
    CHECK(item_key(sum).empty());
  }
  CHECK(item_key("\xff\xfe").empty() == false);
  for (const char* piece : {"9", "（", "の", "費", "1,000枚", "ー", "・", "x"}) {
    std::string name;
    while (name.size() < 1'000'000) name += piece;
    CHECK(item_key(name).size() < 4'000);
  }
}

TEST_CASE("facts/items: what may explain a price") {
  CHECK(conditions("A4チラシ印刷 1,000枚", "特急でしたら8万円です") == Names{"1,000枚", "特急"});
  CHECK(conditions("デザイン（TOP＋下層9P）", "初回限定で1万円お値引き") == Names{"9P", "初回限定", "お値引き"});
  CHECK(conditions("カット", "5,500円です").empty());
}

}  // namespace
}  // namespace genchi::facts
