#include "facts/quote.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <string>
#include <vector>

namespace genchi::facts {
namespace {

const Moment today = *parse_iso8601("2026-04-05T09:00:00+09:00");
constexpr CivilDay this_day{2026, 4, 5};
constexpr CivilDay last_year{2025, 3, 1};

/// "3: 下層ページ 270000 excl 9×30000"
std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> out;
  for (const QuoteLine& line : quote_lines(text, today)) {
    const Amount& amount = line.amount;
    std::string shown = fmt::format("{}: {} {}", line.line, amount.item, amount.yen ? std::to_string(*amount.yen) : amount.currency + amount.value);
    if (amount.tax != Tax::unknown) shown += " " + std::string(tax_name(amount.tax));
    if (amount.unit) shown += " each";
    if (amount.quantity || amount.unit_yen) shown += fmt::format(" {}×{}", amount.quantity.value_or(0), amount.unit_yen.value_or(0));
    out.push_back(shown);
  }
  return out;
}

using Lines = std::vector<std::string>;

TEST_CASE("facts/quote: rows of a table are lines, sums and the tax are none") {
  CHECK(lines_of("お見積書\n\n品名\t数量\t単価\t金額\nトップページ制作\t1\t180,000\t180,000\n下層ページ\t9\t30,000\t270,000\n"
                 "\t\t小計\t450,000\n\t\t消費税(10%)\t45,000\n\t\t合計\t495,000\n") ==
        Lines{"3: トップページ制作 180000 excl 1×180000", "4: 下層ページ 270000 excl 9×30000"});
}

TEST_CASE("facts/quote: the heading or the line says the tax basis") {
  CHECK(lines_of("項目\t金額（税込）\nロゴ制作\t55,000\n名刺\t11,000\n合計\t66,000\n") == Lines{"1: ロゴ制作 55000 incl", "2: 名刺 11000 incl"});
  CHECK(lines_of("ロゴ制作 50,000円（税別）\n名刺 11,000円（税込）") == Lines{"0: ロゴ制作 50000 excl", "1: 名刺 11000 incl"});
}

TEST_CASE("facts/quote: both bases of a price are one line") { CHECK(lines_of("ロゴ制作 100,000円（税込110,000円）") == Lines{"0: ロゴ制作 100000 excl"}); }

TEST_CASE("facts/quote: the price of one goes into its line") {
  CHECK(lines_of("封筒\t1,000枚\t@22円\t22,000円\n封筒\t2,000枚\t@18円\t36,000円\n") == Lines{"0: 封筒 22000 1000×22", "1: 封筒 36000 2000×18"});
}

TEST_CASE("facts/quote: a discount is no line") { CHECK(lines_of("ロゴ制作 50,000円\n値引き ▲5,000円\n合計 45,000円") == Lines{"0: ロゴ制作 50000"}); }

TEST_CASE("facts/quote: a draft without prices has no lines") {
  CHECK(lines_of("").empty());
  CHECK(lines_of("いつもお世話になっております。").empty());
}

TEST_CASE("facts/quote: a line with very many figures ends") {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += "部品 1,000円 ";
  CHECK_FALSE(quote_lines(text, today).empty());
}

TEST_CASE("facts/quote: sums are known by their names") {
  for (const char* name : {"合計", "小計", "【合計】", "合計（税込）", "お見積金額", "御見積合計", "消費税", "消費税(10%)", "消費税等", "計", "うち消費税", "総 計", "ご請求金額", "税込金額"}) CHECK(names_sum(name));
  for (const char* name : {"設計", "合同会社設立", "会計システム", "消費税申告書作成", "ロゴ", "税務顧問", "時計修理", ""}) CHECK_FALSE(names_sum(name));
}

Amount price(std::int64_t yen, Tax tax, std::string item = "トップページ制作") {
  Amount amount;
  amount.yen = yen;
  amount.tax = tax;
  amount.item = std::move(item);
  amount.role = AmountRole::offer;
  return amount;
}

EarlierPrice agreed(Amount amount, CivilDay day = last_year) {
  EarlierPrice then;
  then.tax = amount.tax;
  then.amount = std::move(amount);
  then.day = day;
  then.agreed = true;
  return then;
}

/// "-9.1 differs tax_basis below_agreed"
std::string result(const Amount& now, const EarlierPrice& then, double tolerance = 0, CivilDay day = this_day) {
  const QuoteComparison found = compare(now, day, then, tolerance);
  std::string out = found.percent ? fmt::format("{:.1f}", *found.percent) : "-";
  if (found.differs) out += " differs";
  for (const QuoteWarning warning : found.warnings) out += " " + std::string(warning_name(warning));
  return out;
}

TEST_CASE("facts/quote: the same price says nothing, on whichever basis it is written") {
  CHECK(result(price(180'000, Tax::excluded), agreed(price(180'000, Tax::excluded))) == "0.0");
  CHECK(result(price(198'000, Tax::included), agreed(price(180'000, Tax::excluded))) == "0.0");
  CHECK(result(price(180'000, Tax::excluded), agreed(price(198'000, Tax::included))) == "0.0");
  CHECK(result(price(180'000, Tax::unknown), agreed(price(180'000, Tax::included))) == "0.0");
  CHECK(result(price(9'999, Tax::included), agreed(price(9'090, Tax::excluded))) == "0.0");
  CHECK(result(price(0, Tax::unknown), agreed(price(0, Tax::excluded))) == "0.0");
}

TEST_CASE("facts/quote: the same figure on the other basis is ten per cent off") {
  CHECK(result(price(180'000, Tax::excluded), agreed(price(180'000, Tax::included))) == "10.0 differs tax_basis above_agreed");
  CHECK(result(price(180'000, Tax::included), agreed(price(180'000, Tax::excluded))) == "-9.1 differs tax_basis below_agreed");
}

TEST_CASE("facts/quote: figures that are exactly the tax apart are named") {
  CHECK(result(price(198'000, Tax::excluded), agreed(price(180'000, Tax::excluded))) == "10.0 differs exactly_tax above_agreed");
  CHECK(result(price(198'000, Tax::unknown), agreed(price(180'000, Tax::excluded))) == "10.0 differs exactly_tax above_agreed");
  CHECK(result(price(200'000, Tax::excluded), agreed(price(180'000, Tax::excluded))) == "11.1 differs above_agreed");
}

TEST_CASE("facts/quote: what is within the tolerance does not differ") {
  CHECK(result(price(105, Tax::excluded), agreed(price(100, Tax::excluded)), 5) == "5.0");
  CHECK(result(price(106, Tax::excluded), agreed(price(100, Tax::excluded)), 5) == "6.0 differs above_agreed");
  CHECK(result(price(94, Tax::excluded), agreed(price(100, Tax::excluded)), 5) == "-6.0 differs below_agreed");
}

TEST_CASE("facts/quote: an offer that nobody agreed to is neither undercut nor exceeded") {
  EarlierPrice offered = agreed(price(100'000, Tax::excluded));
  offered.agreed = false;
  CHECK(result(price(120'000, Tax::excluded), offered) == "20.0 differs");
}

TEST_CASE("facts/quote: the rate of the tax changed") {
  constexpr CivilDay at_8{2018, 5, 1}, at_5{2013, 5, 1};
  CHECK(result(price(110'000, Tax::included), agreed(price(108'000, Tax::included), at_8)) == "0.0 rate_changed");
  CHECK(result(price(100'000, Tax::excluded), agreed(price(105'000, Tax::included), at_5)) == "0.0 rate_changed");
  CHECK(result(price(1'080, Tax::included, "お弁当"), agreed(price(1'080, Tax::included, "お弁当"))) == "0.0");
}

TEST_CASE("facts/quote: unit price against unit price") {
  Amount now = price(36'000, Tax::excluded, "封筒"), then = price(22'000, Tax::excluded, "封筒");
  now.quantity = 2'000;
  now.unit_yen = 18;
  then.quantity = 1'000;
  then.unit_yen = 22;
  CHECK(result(now, agreed(then)) == "-18.2 differs below_agreed");
  then.unit_yen.reset();
  CHECK(result(now, agreed(then)) == "- quantity_differs");
  CHECK(result(price(24'000, Tax::excluded, "封筒 1,000枚"), agreed(price(22'000, Tax::excluded, "封筒（1000枚）"))) == "9.1 differs above_agreed");
  CHECK(result(price(36'000, Tax::excluded, "封筒 2,000枚"), agreed(price(22'000, Tax::excluded, "封筒 1,000枚"))) == "- quantity_differs");
}

TEST_CASE("facts/quote: a quantity that one of them does not say") {
  Amount now = price(270'000, Tax::excluded, "下層ページ");
  now.quantity = 9;
  now.unit_yen = 30'000;
  CHECK(result(now, agreed(price(30'000, Tax::excluded, "下層ページ"))) == "0.0");
  CHECK(result(now, agreed(price(270'000, Tax::excluded, "下層ページ"))) == "0.0");
  CHECK(result(now, agreed(price(25'000, Tax::excluded, "下層ページ"))) == "- quantity_differs");
  Amount one = price(180'000, Tax::excluded);
  one.quantity = 1;
  one.unit_yen = 180'000;
  CHECK(result(one, agreed(price(150'000, Tax::excluded))) == "20.0 differs above_agreed");
}

TEST_CASE("facts/quote: what cannot be compared says so") {
  Amount dollars = price(0, Tax::unknown);
  dollars.yen.reset();
  dollars.currency = "USD";
  dollars.value = "1200";
  CHECK(result(dollars, agreed(price(180'000, Tax::excluded))) == "- not_comparable");
  CHECK(result(price(180'000, Tax::excluded), agreed(dollars)) == "- not_comparable");
  Amount about = price(180'000, Tax::excluded);
  about.approx = true;
  CHECK(result(about, agreed(price(180'000, Tax::excluded))) == "- not_comparable");
  CHECK(result(price(5'000, Tax::excluded), agreed(price(0, Tax::excluded))) == "- differs above_agreed not_comparable");
}

TEST_CASE("facts/quote: twelve digits") {
  CHECK(result(price(999'999'999'999, Tax::excluded), agreed(price(999'999'999'999, Tax::excluded))) == "0.0");
  CHECK(result(price(300'000'000'000, Tax::included), agreed(price(300'000'000'000, Tax::excluded))) == "-9.1 differs tax_basis below_agreed");
}

}  // namespace
}  // namespace genchi::facts
