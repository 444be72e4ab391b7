#include "facts/tax.hpp"

#include <catch2/catch.hpp>

namespace genchi::facts {
namespace {

TEST_CASE("facts/tax: the rate changes with the day") {
  CHECK(tax_rate({1989, 3, 31}, false) == 0);
  CHECK(tax_rate({1989, 4, 1}, false) == 3);
  CHECK(tax_rate({1997, 3, 31}, false) == 3);
  CHECK(tax_rate({2014, 3, 31}, false) == 5);
  CHECK(tax_rate({2014, 4, 1}, false) == 8);
  CHECK(tax_rate({2019, 9, 30}, true) == 8);
  CHECK(tax_rate({2019, 10, 1}, false) == 10);
  CHECK(tax_rate({2019, 10, 1}, true) == 8);
}

TEST_CASE("facts/tax: the other figure, with the fraction dropped") {
  CHECK(both_bases(180'000, Tax::excluded, 10).included == 198'000);
  CHECK(both_bases(198'000, Tax::included, 10).excluded == 180'000);
  CHECK(both_bases(180'000, Tax::unknown, 8).included == 194'400);
  CHECK(both_bases(999, Tax::excluded, 10).included == 1'098);
  CHECK(both_bases(1'098, Tax::included, 10).excluded == 999);
  CHECK(both_bases(0, Tax::included, 10).excluded == 0);
  CHECK(both_bases(999'999'999'999, Tax::excluded, 10).included == 1'099'999'999'998);
  for (std::int64_t yen = 1; yen < 3'000; ++yen) CHECK(both_bases(both_bases(yen, Tax::excluded, 8).included, Tax::included, 8).excluded == yen);
}

TEST_CASE("facts/tax: what has the reduced rate") {
  for (const char* words : {"幕の内弁当", "お菓子の詰め合わせ", "新聞購読料", "オードブル（軽減税率対象）"}) CHECK(has_reduced_rate(words));
  for (const char* words : {"パンフレット制作", "ケータリング（お弁当含む）", "料理教室", "デザイン", "弁当容器", "", "日本酒"}) CHECK_FALSE(has_reduced_rate(words));
}

}  // namespace
}  // namespace genchi::facts
