// Words that say what a figure of money is, found once for a whole text.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "facts/text.hpp"

namespace genchi::facts {

/// What a word says; a word may say several things. The words: amount_words.inc.
namespace word {
enum Kind : std::uint64_t {
  none = 0,
  tax_in = 1ull << 0,    ///< 税込
  tax_ex = 1ull << 1,    ///< 税別
  tax_line = 1ull << 2,  ///< 消費税: the tax itself
  inner = 1ull << 3,     ///< うち消費税: held in the figure before it
  withheld = 1ull << 4,  ///< 源泉所得税
  other_tax = 1ull << 5, ///< 印紙税
  all_of = 1ull << 6,    ///< いずれも, 表示価格: what follows goes for all
  total = 1ull << 7,
  subtotal = 1ull << 8,
  money = 1ull << 9,  ///< names a sum: 費用
  each = 1ull << 10,  ///< 単価
  quote = 1ull << 11, ///< 見積
  budget = 1ull << 12,
  outside = 1ull << 13, ///< not of this deal: 他社 相場 資本金
  list_price = 1ull << 14,
  old = 1ull << 15,        ///< 前回
  less = 1ull << 16,       ///< 値引
  less_done = 1ull << 17,  ///< 値引後: what is left
  case_if = 1ull << 18,    ///< 場合 なら
  per = 1ull << 19,        ///< につき
  extra = 1ull << 20,      ///< 追加 割増
  extra_case = 1ull << 21, ///< 特急: dearer in that case
  penalty = 1ull << 22,
  refuse = 1ull << 23, ///< 高い 厳しい
  bill = 1ull << 24,
  bill_paper = 1ull << 25, ///< 請求書
  billed = 1ull << 26,     ///< asks for the money: ご請求申し上げます
  pay_note = 1ull << 27,   ///< お振込先
  paid = 1ull << 28,
  paid_ing = 1ull << 29,
  pay_later = 1ull << 30,
  agreed = 1ull << 31,      ///< ご注文金額
  number_word = 1ull << 32, ///< 口座番号: the figure behind it is a name
  count_word = 1ull << 33,  ///< 部数: the figure behind it counts
  each_after = 1ull << 34,  ///< ずつ
  col_item = 1ull << 35,    ///< headings of columns
  col_count = 1ull << 36,
  col_unit = 1ull << 37,
  col_spec = 1ull << 38,
  col_other = 1ull << 39,
  note_yen = 1ull << 40, ///< 単位:円
  note_thousand = 1ull << 41,
  note_man = 1ull << 42,
  ask = 1ull << 43,       ///< いかが: behind a figure with で
  past = 1ull << 44,      ///< でした
  change_to = 1ull << 45, ///< に変更
  account = 1ull << 46,   ///< 銀行 普通: seven figures on its line are an account
  pay_ask = 1ull << 47    ///< behind a figure asks for it: お振込みください, 引き落とし
};
} // namespace word

using Kinds = std::uint64_t;

struct WordCue {
  Span span;
  Kinds kinds = 0;
};

/// All words of own lines, in the order of the text; they do not overlap: the longest one at a place.
class WordCues {
 public:
  explicit WordCues(const Text& text);

  std::span<const WordCue> all() const { return cues_; }
  /// Those that lie wholly in [begin, end).
  std::span<const WordCue> in(std::size_t begin, std::size_t end) const;
  /// What they say together.
  Kinds kinds_in(std::size_t begin, std::size_t end) const;

 private:
  std::vector<WordCue> cues_;
};

/// Of a text by itself, as a subject.
Kinds kinds_of(std::string_view text);

} // namespace genchi::facts
