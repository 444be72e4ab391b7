#include "facts/numbers.hpp"

#include <catch2/catch.hpp>

#include <string>

namespace genchi::facts {
namespace {

/// What is read at the beginning: "surface=value", decimals behind a point.
std::string read(std::string_view written) {
  const Text text(written);
  const auto number = number_at(text, 0);
  if (!number) return "none";
  std::string value = std::to_string(number->value);
  if (number->decimals > 0) value = "0." + std::string(static_cast<std::size_t>(number->decimals) - 1, '_') + value;
  return std::string(text.surface(number->span)) + "=" + (number->decimals == 0 ? value : std::to_string(number->value) + "e-" + std::to_string(number->decimals));
}

TEST_CASE("facts/numbers: figures, kanji and their units") {
  CHECK(read("55,000円") == "55,000=55000");
  CHECK(read("５５，０００円") == "５５，０００=55000");
  CHECK(read("5.5万円") == "5.5万=55000");
  CHECK(read("5万5千円") == "5万5千=55000");
  CHECK(read("五万五千円") == "五万五千=55000");
  CHECK(read("1億2千万円") == "1億2千万=120000000");
  CHECK(read("12万3,456円") == "12万3,456=123456");
  CHECK(read("3千円") == "3千=3000");
  CHECK(read("三十五万") == "三十五万=350000");
  CHECK(read("千五百円") == "千五百=1500");
  CHECK(read("百二十") == "百二十=120");
  CHECK(read("二〇二四年") == "二〇二四=2024");
  CHECK(read("1.25倍") == "1.25=125e-2");
  CHECK(read("0.5") == "0.5=5e-1");
  CHECK(read("1.50") == "1.50=15e-1");
  CHECK(read("20240401") == "20240401=20240401");
  CHECK(read("2万5") == "2万5=20005");
}

TEST_CASE("facts/numbers: what is malformed is read as far as it goes") {
  CHECK(read("1,2,3") == "1=1");
  CHECK(read("1,20") == "1=1");
  CHECK(read("1234,567") == "1234=1234");
  CHECK(read("1,2345") == "1=1");
  CHECK(read("5.円") == "5=5");
  CHECK(read("十五十") == "十=10");
  CHECK(read("万円") == "none");
  CHECK(read("円") == "none");
  CHECK(read("") == "none");
  CHECK(read("12345678901234567") == "none");
  CHECK(read("9999兆") == "none");
}

TEST_CASE("facts/numbers: amounts and ranges as people type them") {
  const auto range = [](std::string_view written) -> std::string {
    const auto found = yen_range(written);
    if (!found) return "none";
    return (found->least == INT64_MIN ? "" : std::to_string(found->least)) + ".." + (found->greatest == INT64_MAX ? "" : std::to_string(found->greatest));
  };
  CHECK(range("55000") == "55000..55000");
  CHECK(range("￥５５，０００") == "55000..55000");
  CHECK(range("5万円..10万円") == "50000..100000");
  CHECK(range("5万～") == "50000..");
  CHECK(range(" ..10万 ") == "..100000");
  CHECK(range("0..0") == "0..0");
  CHECK(range("10万..5万") == "100000..50000");
  for (const char* none : {"", "..", "5..x", "約5万", "5万円くらい", "1.5"}) CHECK(range(none) == "none");
}

TEST_CASE("facts/numbers: long runs cost no more than their length") {
  const std::string digits(1 << 20, '7');
  const Text text(digits);
  CHECK_FALSE(number_at(text, 0));
  CHECK(may_begin_number(text, 0));
  CHECK_FALSE(may_begin_number(text, 1));
  CHECK(number_run_end(text, 0) == digits.size());
}

} // namespace
} // namespace genchi::facts
