#include "facts/tax.hpp"

#include <algorithm>
#include <array>

namespace genchi::facts {
namespace {

struct Step {
  CivilDay since;
  int rate;
};
constexpr std::array<Step, 4> steps{{{{2019, 10, 1}, 10}, {{2014, 4, 1}, 8}, {{1997, 4, 1}, 5}, {{1989, 4, 1}, 3}}};
constexpr CivilDay reduced_since{2019, 10, 1};
constexpr int reduced_rate = 8;

constexpr auto reduced_words = std::to_array<std::string_view>(
    {"軽減", "8%対象", "８％対象", "弁当", "仕出し", "惣菜", "総菜", "オードブル", "おにぎり", "サンドイッチ", "菓子", "ケーキ", "クッキー", "饅頭", "まんじゅう", "せんべい", "煎餅",
     "食パン", "菓子パン", "お米", "白米", "玄米", "野菜", "果物", "精肉", "鮮魚", "飲料水", "ミネラルウォーター", "お茶", "コーヒー豆", "ジュース", "食品", "食材", "新聞購読", "新聞代"});
// What says that it is no food, or is eaten on the spot.
constexpr auto full_words = std::to_array<std::string_view>(
    {"酒", "ビール", "ワイン", "ケータリング", "宴会", "会食", "店内", "レッスン", "教室", "料理", "撮影", "デザイン", "印刷", "制作", "容器", "パッケージ", "箱", "工事", "型"});

bool says_any(std::string_view words, const auto& list) {
  return std::any_of(list.begin(), list.end(), [&](std::string_view word) { return words.find(word) != std::string_view::npos; });
}

}  // namespace

int tax_rate(CivilDay day, bool reduced) {
  if (reduced && day >= reduced_since) return reduced_rate;
  const auto step = std::find_if(steps.begin(), steps.end(), [&](const Step& each) { return day >= each.since; });
  return step == steps.end() ? 0 : step->rate;
}

bool has_reduced_rate(std::string_view words) { return says_any(words, reduced_words) && !says_any(words, full_words); }

BothBases both_bases(std::int64_t yen, Tax tax, int rate) {
  if (tax == Tax::included) return {yen - yen * rate / (100 + rate), yen, rate};
  return {yen, yen + yen * rate / 100, rate};
}

}  // namespace genchi::facts
