#include <algorithm>

#include "facts/amount_parts.hpp"

namespace genchi::facts {
namespace {

using View = std::u32string_view;

constexpr std::size_t most_lines_of_a_sum = 60;
constexpr std::size_t tax_sight = 24; // from a figure to the word that says its tax

Tax tax_of(const WordCue& cue) {
  if (cue.kinds & word::tax_in) return Tax::included;
  if (cue.kinds & word::tax_ex) return Tax::excluded;
  return Tax::unknown;
}

class Taxes {
 public:
  explicit Taxes(Reading& reading) : reading_(reading), text_(reading.text), all_(reading.all) {
    for (const WordCue& cue : reading.cues.all())
      if (tax_of(cue) != Tax::unknown) cues_.push_back({cue, in_heading(cue.span.begin)});
  }

  void lines() {
    for (std::size_t i = 0; i < all_.size(); ++i) mark_tax_line(i);
  }

  void run() {
    if (!cues_.empty())
      for (std::size_t i = 0; i < all_.size(); ++i) by_words(i);
    pairs();
    ranges();
    sums();
    if (!cues_.empty()) by_notes();
    ranges();
    of_one();
  }

 private:
  struct Mark {
    WordCue cue;
    bool used;
  };

  /// A column's heading speaks for its column alone.
  bool in_heading(std::size_t at) const {
    const auto after =
        std::upper_bound(reading_.headings.begin(), reading_.headings.end(), at,
                         [](std::size_t place, const Span& heading) { return place < heading.begin; });
    return after != reading_.headings.begin() && at < (after - 1)->end;
  }

  bool same_line(std::size_t a, std::size_t b) const { return all_[a].line == all_[b].line; }

  /// What the figure is a sum of, by the words nearest before it.
  Kinds label_kinds(std::size_t i) const {
    const Candidate& each = all_[i];
    const Span label = each.label;
    return reading_.cues.kinds_in(label.begin, std::max(label.end, label.begin));
  }

  void mark_tax_line(std::size_t i) {
    Candidate& each = all_[i];
    if (each.column == Column::tax) {
      each.tax_line = true;
      return;
    }
    const std::size_t word = text_.before_blanks(each.label.end);
    if (word > each.label.begin && text_[word - 1] == U'税' &&
        (word - 1 == each.label.begin || one_of(text_[word - 2], U"、,( \t/"))) {
      each.tax_line = true; // 本体￥150,000、税￥15,000
      return;
    }
    const auto cues = reading_.cues.in(each.label.begin, each.label.end);
    for (std::size_t k = cues.size(); k-- > 0;) {
      const WordCue& cue = cues[k];
      if (cue.kinds & (word::tax_line | word::withheld | word::other_tax)) {
        // 消費税10%を加えた合計 names the total; 収入印紙代 is a price like any other.
        each.tax_line = !(cue.kinds & word::other_tax);
        return;
      }
      if (cue.kinds & word::tax_ex && text_[cue.span.end - 1] == U'税' && !row_bracket(cue) &&
          text_.skip_blanks(cue.span.end) >= each.figure.span.begin && text_[cue.span.begin] != U'外') {
        each.tax_line = true; // 50,000円＋消費税5,000円
        return;
      }
      if (cue.kinds & (word::total | word::subtotal | word::money | word::less | word::billed | word::tax_in |
                       word::tax_ex | word::agreed))
        return;
    }
  }

  bool row_bracket(const WordCue& cue) const { return text_[cue.span.end] == ')'; }

  void by_words(std::size_t i) {
    Candidate& each = all_[i];
    if (each.tax_line) return;
    const Around near = around(reading_, i);
    // Behind: （税込）, 税別です, ＋税.
    const std::size_t behind_end = std::min(near.behind.end, near.behind.begin + tax_sight);
    for (Mark* mark = first_mark(near.behind.begin); mark && mark->cue.span.begin < behind_end;
         mark = next(mark)) {
      if (mark->used) continue;
      if (belongs_to_next(i, mark->cue)) break;
      if (!reaches(near.behind.begin, mark->cue)) break;
      if (asks_tax(mark->cue.span.end)) break;
      mark->used = true;
      each.tax = tax_of(mark->cue);
      if (all_said(mark->cue)) spread(i, each.tax);
      for (std::size_t k = i;
           k > 0 && same_line(k - 1, k) && all_[k - 1].tax == Tax::unknown &&
           text_[text_.skip_blanks(all_[k - 1].figure.span.end)] == '/' && !all_[k - 1].tax_line;
           --k)
        all_[k - 1].tax = each.tax; // 100部 8,800円／200部 13,200円（税込）
      return;
    }
    if (each.tax != Tax::unknown) return;
    // Before: 税込55,000円, 合計（税込）：.
    Span before = near.before;
    if (each.column == Column::none)
      before.begin = std::max(before.begin, each.figure.span.begin > 30 ? each.figure.span.begin - 30 : 0);
    else
      before = each.label;
    for (Mark* mark = last_mark(before.begin, before.end); mark;) {
      if (!mark->used) {
        mark->used = true;
        each.tax = tax_of(mark->cue);
      }
      return;
    }
  }

  /// `いずれも税別` behind the last of several.
  bool all_said(const WordCue& cue) const {
    for (const WordCue& other : reading_.cues.in(cue.span.begin > 8 ? cue.span.begin - 8 : 0, cue.span.begin))
      if (other.kinds & word::all_of) return true;
    return false;
  }

  void spread(std::size_t i, Tax tax) {
    for (std::size_t k = i; k-- > 0 && i - k < most_lines_of_a_sum;)
      if (all_[k].tax == Tax::unknown && !all_[k].tax_line) all_[k].tax = tax;
  }

  /// 10万円（税込11万円）, 10万円、税込だと11万円: the word is the label of what follows.
  bool belongs_to_next(std::size_t i, const WordCue& cue) const {
    if (i + 1 >= all_.size() || !same_line(i, i + 1)) return false;
    const std::size_t begin = all_[i + 1].figure.span.begin;
    if (begin < cue.span.end || begin - cue.span.end > 8) return false;
    if (all_[i + 1].tax_line && cue.kinds & word::tax_ex) return false; // 50,000円＋消費税5,000円
    for (std::size_t at = cue.span.end; at < begin; ++at)
      if (!one_of(text_[at], U" :約みで価格金額合計はのだと総額単¥なら、にする")) return false;
    return true;
  }

  /// Nothing but talk of the same figure lies between.
  bool reaches(std::size_t begin, const WordCue& cue) const {
    const std::size_t end = cue.span.begin;
    int depth = 0;
    for (std::size_t at = begin; at < end; ++at) {
      if (text_[at] == '(') ++depth;
      if (text_[at] == ')' && --depth < 0) depth = 0;
      if (text_[at] == '\t' || text_[at] == '|') return false;
    }
    if (depth > 0) return true;
    if (end - begin <= 6) return true;
    const auto between = reading_.cues.in(begin, end);
    return std::none_of(between.begin(), between.end(), [](const WordCue& each) {
      return each.kinds & (word::total | word::subtotal | word::tax_line | word::quote | word::billed);
    });
  }

  bool asks_tax(std::size_t at) const {
    for (const View word : {View(U"ですか"), View(U"でしょうか"), View(U"なんですか"), View(U"?"),
                            View(U"で合って"), View(U"か税"), View(U"?")})
      if (text_.starts_with(at, word)) return true;
    return text_.starts_with(at, U"みですか") || text_.starts_with(at, U"きですか") ||
           text_.starts_with(at, U"み?");
  }

  Mark* first_mark(std::size_t begin) {
    const auto at =
        std::lower_bound(cues_.begin(), cues_.end(), begin,
                         [](const Mark& mark, std::size_t place) { return mark.cue.span.begin < place; });
    return at == cues_.end() ? nullptr : &*at;
  }
  Mark* next(Mark* mark) { return mark == &cues_.back() ? nullptr : mark + 1; }
  Mark* last_mark(std::size_t begin, std::size_t end) {
    const auto at =
        std::lower_bound(cues_.begin(), cues_.end(), end,
                         [](const Mark& mark, std::size_t place) { return mark.cue.span.begin < place; });
    if (at == cues_.begin()) return nullptr;
    Mark& mark = *(at - 1);
    return mark.cue.span.begin >= begin && mark.cue.span.end <= end ? &mark : nullptr;
  }

  static bool with_tax(std::int64_t net, std::int64_t gross) {
    const auto near = [&](std::int64_t percent) {
      const std::int64_t exact = net * (100 + percent) / 100;
      return gross >= exact - 1 && gross <= exact + 1;
    };
    return net > 0 && net < 1'000'000'000'000 && (near(10) || near(8));
  }

  /// 10万円（税込11万円）: of two figures side by side one says it for both.
  void pairs() {
    for (std::size_t i = 0; i + 1 < all_.size(); ++i) {
      Candidate &first = all_[i], &second = all_[i + 1];
      if (first.tax_line || second.tax_line || first.figure.currency != second.figure.currency) continue;
      if (second.line > first.line + 1) continue;
      const bool bracket = same_line(i, i + 1) && text_[text_.skip_blanks(first.figure.span.end)] == '(' &&
                           second.figure.span.begin - first.figure.span.end <= 16;
      const bool rises = second.yen() > first.yen() && second.yen() <= first.yen() + first.yen() / 8 + 1;
      const bool falls = first.yen() > second.yen() && first.yen() <= second.yen() + second.yen() / 8 + 1;
      if (first.tax == Tax::unknown && second.tax == Tax::included && rises &&
          (bracket || with_tax(first.yen(), second.yen())))
        first.tax = Tax::excluded;
      if (first.tax == Tax::unknown && second.tax == Tax::excluded && falls &&
          (bracket || with_tax(second.yen(), first.yen())))
        first.tax = Tax::included;
      if (second.tax == Tax::unknown && first.tax == Tax::included && falls &&
          with_tax(second.yen(), first.yen()))
        second.tax = Tax::excluded;
      if (second.tax == Tax::unknown && first.tax == Tax::excluded && rises &&
          with_tax(first.yen(), second.yen()))
        second.tax = Tax::included;
    }
  }

  void ranges() {
    for (std::size_t i = 0; i + 1 < all_.size(); ++i) {
      if (!all_[i].figure.range_first || !all_[i + 1].figure.range_second) continue;
      if (all_[i].tax == Tax::unknown) all_[i].tax = all_[i + 1].tax;
      if (all_[i + 1].tax == Tax::unknown) all_[i + 1].tax = all_[i].tax;
    }
  }

  /// The price of one is taxed as what it comes to: @168円×500部　84,000円（税別）.
  void of_one() {
    for (std::size_t i = 0; i + 1 < all_.size(); ++i)
      if (all_[i].unit && all_[i].tax == Tax::unknown && all_[i + 1].unit_yen == all_[i].yen() &&
          all_[i + 1].line <= all_[i].line + 3)
        all_[i].tax = all_[i + 1].tax;
  }

  // --- sums

  std::int64_t signed_yen(std::size_t i) const {
    const Candidate& each = all_[i];
    const bool less =
        each.figure.negative || ((label_kinds(i) & word::less) && !(label_kinds(i) & word::less_done));
    return less ? -each.yen() : each.yen();
  }
  bool countable(std::size_t i) const {
    return !all_[i].unit && all_[i].figure.currency == "JPY" && !all_[i].figure.at_sign;
  }

  void sums() {
    for (std::size_t i = 0; i < all_.size(); ++i) {
      if (!all_[i].tax_line || !countable(i)) continue;
      const auto cues = reading_.cues.in(all_[i].label.begin, all_[i].label.end);
      Kinds kinds = 0;
      for (const WordCue& cue : cues) kinds |= cue.kinds;
      if (kinds & word::withheld) continue;
      const bool in_bracket = text_[text_.before_blanks(all_[i].label.begin)] == '(' || opens_bracket(i);
      if (kinds & word::inner || in_bracket || said_inner(i))
        inner_tax(i);
      else
        outer_tax(i);
    }
    for (std::size_t i = 0; i < all_.size(); ++i) {
      const Kinds kinds = label_kinds(i);
      if (all_[i].tax == Tax::excluded && kinds & (word::total | word::subtotal)) lines_of(i, all_[i].yen());
    }
  }

  bool opens_bracket(std::size_t i) const {
    const Span label = all_[i].label;
    for (std::size_t at = label.end; at > label.begin; --at) {
      if (text_[at - 1] == ')') return false;
      if (text_[at - 1] == '(') return at - label.begin <= 6 && i > 0 && same_line(i - 1, i);
    }
    return false;
  }

  /// 消費税5,000円込み
  bool said_inner(std::size_t i) const {
    const std::size_t at = text_.skip_blanks(all_[i].figure.span.end);
    return text_[at] == U'込' || text_.starts_with(at, U"を含") || text_.starts_with(at, U"含");
  }

  /// 55,000円（うち消費税5,000円）
  void inner_tax(std::size_t i) {
    for (std::size_t k = i; k-- > 0 && i - k < 4;) {
      if (all_[k].tax_line || !countable(k) || all_[k].tax != Tax::unknown) continue;
      if (all_[k].yen() <= all_[i].yen()) continue;
      if (!said_inner(i) && with_tax(all_[k].yen(), all_[k].yen() + all_[i].yen()) &&
          !(label_kinds(i) & word::inner)) {
        all_[k].tax = Tax::excluded; // 50,000円（消費税5,000円）
        return;
      }
      all_[k].tax = Tax::included;
      return;
    }
  }

  void outer_tax(std::size_t i) {
    const std::int64_t tax = all_[i].yen();
    const std::size_t first = i > most_lines_of_a_sum ? i - most_lines_of_a_sum : 0;
    // A total behind it that is the sum of the tax and something before it.
    std::size_t base = i, total = i;
    for (std::size_t k = i + 1; k < all_.size() && k <= i + 4 && base == i; ++k) {
      if (all_[k].tax_line || !countable(k)) continue;
      for (std::size_t b = i; b-- > first;)
        if (!all_[b].tax_line && countable(b) && all_[b].yen() + tax == all_[k].yen()) {
          base = b, total = k;
          break;
        }
    }
    // ￥165,000（本体￥150,000、税￥15,000）: the total may stand before both.
    for (std::size_t b = i; b-- > first && i - b <= 3 && base == i;)
      for (std::size_t k = b; k-- > first && b - k <= 20;)
        if (!all_[b].tax_line && countable(b) && !all_[k].tax_line && countable(k) &&
            all_[b].yen() + tax == all_[k].yen()) {
          base = b, total = k;
          break;
        }
    if (base == i && i + 1 < all_.size()) total = next_total(i);
    if (base == i) base = previous_sum(i, first);
    if (base == i) { // no 小計: the lines themselves are before tax when they come to total - tax
      const std::int64_t wanted = total != i ? all_[total].yen() - tax : 0;
      if (wanted > 0)
        lines_of(i, wanted);
      else
        lines_above(i);
    }
    if (total != i && all_[total].tax == Tax::unknown) all_[total].tax = Tax::included;
    if (base != i) {
      if (all_[base].tax == Tax::unknown) all_[base].tax = Tax::excluded;
      if (all_[base].tax == Tax::excluded) {
        lines_of(base, all_[base].yen());
        for (std::size_t k = base + 1; k < i; ++k) // a discount under the 小計
          if (all_[k].row && i - base <= 6) mark_line(k);
      }
    }
  }

  std::size_t next_total(std::size_t i) const {
    for (std::size_t k = i + 1; k < all_.size() && k <= i + 3; ++k) {
      if (all_[k].tax_line || !countable(k)) continue;
      const Kinds kinds = label_kinds(k);
      if (kinds & (word::total | word::billed | word::agreed | word::money) && all_[k].yen() > all_[i].yen())
        return k;
      if (kinds & word::subtotal) return i;
    }
    return i;
  }

  std::size_t previous_sum(std::size_t i, std::size_t first) const {
    for (std::size_t k = i; k-- > first;) {
      if (all_[k].tax_line || !countable(k)) continue;
      const Kinds kinds = label_kinds(k);
      if (kinds & (word::total | word::subtotal | word::billed | word::money))
        return all_[k].tax == Tax::included ? i : k;
      if (same_line(k, i) || i - k == 1) {
        if (with_tax(all_[k].yen(), all_[k].yen() + all_[i].yen())) return k;
      }
    }
    return i;
  }

  /// The rows before `end` that come to `sum` are before tax; by their place alone when they stand in one
  /// block with it.
  void lines_of(std::size_t end, std::int64_t sum) {
    std::int64_t so_far = 0;
    std::size_t line = all_[end].line;
    for (std::size_t k = end; k-- > 0 && end - k < most_lines_of_a_sum;) {
      if (all_[k].tax_line) continue;
      if (!countable(k)) continue;
      if (label_kinds(k) & (word::subtotal | word::total) && !(label_kinds(k) & word::money)) {
        if (all_[k].line != all_[end].line) break;
      }
      so_far += signed_yen(k);
      line = std::min(line, all_[k].line);
      if (so_far == sum) {
        for (std::size_t m = k; m < end; ++m) mark_line(m);
        return;
      }
    }
    lines_above(end);
  }

  void mark_line(std::size_t m) {
    if (all_[m].tax == Tax::unknown && !all_[m].tax_line) all_[m].tax = Tax::excluded;
  }

  void lines_above(std::size_t end) {
    std::size_t line = all_[end].line;
    for (std::size_t k = end; k-- > 0 && end - k < most_lines_of_a_sum;) {
      if (line - all_[k].line > 2 || !all_[k].row || !all_[end].row) return;
      line = all_[k].line;
      if (label_kinds(k) & (word::subtotal | word::total)) return;
      mark_line(k);
    }
  }

  // --- notes

  /// ※価格はすべて税別です: said of no figure by itself, so of all that have no word of their own.
  void by_notes() {
    bool in = false, ex = false;
    for (const Mark& mark : cues_) {
      if (mark.used || asks_tax(mark.cue.span.end) || asked(mark.cue) || of_row_in_words(mark.cue)) continue;
      (mark.cue.kinds & word::tax_in ? in : ex) = true;
    }
    if (in == ex) return;
    for (Candidate& each : all_)
      if (each.tax == Tax::unknown && !each.tax_line && note_applies(each))
        each.tax = in ? Tax::included : Tax::excluded;
  }

  /// 仲介手数料　賃料の1か月分（税別）: said of that row alone, whose price is in words.
  bool of_row_in_words(const WordCue& cue) const {
    if (text_[cue.span.begin - 1] != '(') return false;
    const Span line = text_.lines()[text_.line_of(cue.span.begin)].span;
    const std::size_t begin = text_.skip_blanks(line.begin);
    if (text_[begin] == U'※' || text_[begin] == '*') return false;
    for (std::size_t at = begin; at + 1 < cue.span.begin && at < begin + 60; ++at)
      if (text_[at] == '\t' || text_[at] == ':' ||
          (text_[at] == ' ' && (text_[at + 1] == ' ' || text_.surface({at, at + 1}) != " ")))
        return !is_heading(line);
    return false;
  }

  bool is_heading(Span line) const {
    return std::any_of(reading_.headings.begin(), reading_.headings.end(),
                       [&](Span heading) { return line.begin <= heading.begin && heading.begin < line.end; });
  }

  bool asked(const WordCue& cue) const {
    const Span line = text_.lines()[text_.line_of(cue.span.begin)].span;
    for (std::size_t at = cue.span.end; at < line.end && at < cue.span.end + 20; ++at) {
      if (text_[at] == '?' || text_[at] == U'？') return true;
      if (text_[at] == U'か' && (text_[at + 1] == U'。' || at + 1 == line.end || text_[at + 1] == U'、'))
        return true;
      if (one_of(text_[at], U"。！!")) return false;
    }
    return false;
  }

  bool note_applies(const Candidate& each) const {
    return !each.figure.plus && each.role != AmountRole::mention;
  }

  Reading& reading_;
  const Text& text_;
  std::vector<Candidate>& all_;
  std::vector<Mark> cues_;
};

} // namespace

void find_tax_lines(Reading& reading) {
  Taxes(reading).lines();
}
void find_tax(Reading& reading) {
  Taxes(reading).run();
}

} // namespace genchi::facts
