#include <algorithm>

#include "facts/amount_parts.hpp"

namespace genchi::facts {
namespace {

using View = std::u32string_view;

bool starts_with_any(const Text& text, std::size_t at, std::initializer_list<View> words) {
  return std::any_of(words.begin(), words.end(), [&](View word) { return text.starts_with(at, word); });
}

class Roles {
 public:
  Roles(Reading& reading, const AmountContext& context)
      : reading_(reading), text_(reading.text), cues_(reading.cues), all_(reading.all) {
    using namespace word;
    const Kinds whole = cues_.kinds_in(0, text_.size());
    const Kinds subject = context.subject.empty() ? 0 : kinds_of(context.subject);
    const Kinds both = whole | subject;
    bill_ = (both & billed) || (subject & (bill | bill_paper)) ||
            ((both & bill) && (both & pay_note) && !(both & quote));
    if (bill_ && !(both & billed) && subject & quote) bill_ = false;
    paid_ = (whole & paid) && !(whole & (quote | billed));
  }

  void run() {
    paid_here_.resize(all_.size());
    for (std::size_t i = all_.size(); i-- > 0;) paid_here_[i] = paid_said(i);
    for (std::size_t i = 0; i < all_.size(); ++i) all_[i].role = role(i);
    from_to();
    brackets();
    for (std::size_t i = 0; i + 1 < all_.size(); ++i) { // 5〜6万円 does one thing
      if (!all_[i].figure.range_first || !all_[i + 1].figure.range_second) continue;
      if (all_[i].role == AmountRole::offer)
        all_[i].role = all_[i + 1].role;
      else if (all_[i + 1].role == AmountRole::offer)
        all_[i + 1].role = all_[i].role;
    }
  }

 private:
  AmountRole role(std::size_t i) {
    using namespace word;
    const Candidate& each = all_[i];
    const Around near = around(reading_, i);
    if (each.tax_line) return AmountRole::mention;
    if (discount(each, near)) return AmountRole::discount;
    const Kinds label = cues_.kinds_in(near.before.begin, near.before.end);
    const Kinds said = cues_.kinds_in(near.sentence.begin, near.sentence.end);
    const bool table = each.column != Column::none;
    const Kinds item = table ? cues_.kinds_in(each.label.begin, each.label.end) : 0;
    if ((label | item) & penalty && !(label & case_if && label & less)) return AmountRole::mention;
    if (names_agreed(near)) return AmountRole::accepted;
    if (paid_here_[i] && !near_word(near, old | list_price)) return AmountRole::paid;
    if (budget_said(near) || elsewhere(each, near) || refused(near) || threshold(each))
      return AmountRole::mention;
    if (!each.row && past_said(near)) return AmountRole::mention;
    if (!each.row && surcharge(each, near, said)) return AmountRole::mention;
    if (said & pay_later && !each.row && !(label & (quote)))
      return bill_ ? AmountRole::invoiced : AmountRole::mention;
    if (bill_ || asked_for(near)) return AmountRole::invoiced;
    if (label & bill && near_word(near, bill)) return AmountRole::invoiced;
    if (paid_ && !(said & (money | total | quote | ask | extra | tax_in | tax_ex | each_word())) &&
        close_to_paid(each))
      return AmountRole::paid;
    return AmountRole::offer;
  }

  /// Behind the figure, or behind the next of several (55,000円と33,000円を振り込みました), or before it in
  /// its sentence.
  bool paid_said(std::size_t i) const {
    const Around near = around(reading_, i);
    if (cues_.kinds_in(near.behind.begin, near.behind.end) & word::paid) return true;
    if (starts_with_any(
            text_, near.behind.begin,
            {U"確認しました", U"確認いたしました", U"確認致しました", U"確認できました", U"確かに"}))
      return true;
    if (i + 1 < all_.size() && all_[i + 1].line == all_[i].line && paid_here_[i + 1] &&
        all_[i + 1].figure.span.begin < near.sentence.end) {
      const View between = text_.chars({near.behind.begin, all_[i + 1].figure.span.begin});
      return std::none_of(between.begin(), between.end(),
                          [](char32_t c) { return one_of(c, U"はがでてすま"); });
    }
    if (!(cues_.kinds_in(near.before.begin, near.before.end) & word::paid)) return false;
    const View before = text_.chars(near.before);
    return std::none_of(before.begin(), before.end(),
                        [](char32_t c) { return c == U'残' || c == U'追' || c == U'次'; });
  }

  /// 40万円を3月末までにお振込みください, 27日に口座振替となります
  bool asked_for(const Around& near) const {
    return cues_.kinds_in(near.behind.begin, near.behind.end) & word::pay_ask;
  }

  static constexpr Kinds each_word() { return word::each; }

  /// The paid word within two lines.
  bool close_to_paid(const Candidate& each) const {
    const auto& lines = text_.lines();
    const std::size_t from = lines[each.line > 2 ? each.line - 2 : 0].span.begin;
    const std::size_t to = lines[std::min(each.line + 2, lines.size() - 1)].span.end;
    const std::size_t at = each.figure.span.begin;
    return cues_.kinds_in(std::max(from, at > 200 ? at - 200 : 0), std::min(to, at + 200)) & word::paid;
  }

  /// A word of this kind before the figure, with no comma between but one right behind the word's particle.
  bool near_word(const Around& near, Kinds kinds, std::size_t reach = 40) const {
    const auto before = cues_.in(near.before.begin, near.before.end);
    for (std::size_t k = before.size(); k-- > 0;) {
      if (!(before[k].kinds & kinds)) continue;
      const std::size_t from = before[k].span.end;
      if (near.before.end - from > reach) return false;
      for (std::size_t at = from; at < near.before.end; ++at)
        if (text_[at] == U'、' && at > from + 2) return false;
      return true;
    }
    return false;
  }

  bool discount(const Candidate& each, const Around& near) const {
    using namespace word;
    const Span label = each.column != Column::none || each.row ? each.label : near.before;
    const auto before = cues_.in(label.begin, label.end);
    Kinds kinds = 0;
    for (const WordCue& cue : before) kinds |= cue.kinds;
    if (each.figure.negative) return true;
    if (each.row && kinds & less && !(kinds & (less_done | total | subtotal)))
      return last_is_label(before, label.end, each);
    if (!before.empty() && before.back().kinds & less && !(kinds & less_done) &&
        !result_of(before.back(), near.before.end))
      return true;
    const std::size_t end = each.figure.span.end;
    const auto behind = cues_.in(end, std::min(end + 12, near.behind.end));
    if (behind.empty()) return false;
    for (const WordCue& cue : behind) {
      if (cue.kinds & less_done && cue.span.begin - end <= 4 && text_.starts_with(cue.span.begin, U"引いた"))
        return true;
      if (!(cue.kinds & less)) continue;
      return cue.span.begin - end <= 6 &&
             only(end, cue.span.begin,
                  U"をほど分だけのもくらいぐ、 (程度ずつ強弱は台ちょっ値お御-は更さに") &&
             !starts_with_any(text_, end, {U"に", U"へ", U"まで", U"から", U"で", U"のところ"});
    }
    return false;
  }

  bool last_is_label(std::span<const WordCue> before, std::size_t end, const Candidate& each) const {
    for (const WordCue& cue : before)
      if (cue.kinds & word::less) return each.column != Column::none || !result_of(cue, end);
    return false;
  }

  /// 値引きして45,000円, 1万引いて7万で: the figure is what is left.
  bool result_of(const WordCue& cue, std::size_t end) const {
    const View word = text_.chars(cue.span);
    if (word.back() == U'て' || word.back() == U'で') return true;
    return !only(cue.span.end, end, U":=はがとしきり ¥約▲△-・…額分(\t|を最大も") ||
           text_.starts_with(cue.span.end, U"して");
  }

  bool only(std::size_t begin, std::size_t end, View allowed) const {
    if (end < begin || end - begin > 12) return false;
    for (std::size_t at = begin; at < end; ++at)
      if (!one_of(text_[at], allowed)) return false;
    return true;
  }

  bool names_agreed(const Around& near) const {
    const auto before = cues_.in(near.before.begin, near.before.end);
    return !before.empty() && before.back().kinds & word::agreed &&
           near.before.end - before.back().span.end <= 10;
  }

  bool budget_said(const Around& near) const {
    const std::size_t end = near.behind.begin;
    if (near_word(near, word::budget, 12)) return true;
    if (starts_with_any(text_, end,
                        {U"以内",       U"以下",       U"は超え",     U"を超えない", U"は越え",
                         U"を切る",     U"までなら",   U"までしか",   U"までで",     U"未満",
                         U"が限界",     U"がギリギリ", U"がぎりぎり", U"が精一杯",   U"が上限",
                         U"を上限",     U"上限",       U"が予算",     U"の予算",     U"くらいの予算",
                         U"ほどの予算", U"程度の予算", U"まで出せ",   U"までに抑え", U"に収ま",
                         U"を切"}))
      return true;
    const auto behind = cues_.in(end, std::min(near.behind.end, end + 8));
    return !behind.empty() && behind.front().kinds & word::budget;
  }

  bool elsewhere(const Candidate& each, const Around& near) const {
    using namespace word;
    const std::size_t end = near.behind.begin;
    if (starts_with_any(
            text_, end,
            {U"のところ", U"するところ", U"だったところ", U"だったのが", U"だったんです", U"相当"}))
      return true;
    const Kinds label = cues_.kinds_in(near.before.begin, near.before.end);
    if (label & less_done) return false;
    if (each.column != Column::none)
      return cues_.kinds_in(each.label.begin, each.label.end) & (list_price | old) && !(label & total);
    return near_word(near, outside | list_price | old);
  }

  /// か or ? at the end of the clause.
  bool asked_at(std::size_t at) const {
    for (std::size_t end = at; end < at + 14; ++end) {
      if (text_[end] == '?' || (text_[end] == U'か' && (text_[end + 1] == U'。' || text_[end + 1] == '?' || text_[end + 1] == '\n' || text_[end + 1] == U'ね' || text_[end + 1] == 0))) return true;
      if (text_[end] == U'。' || text_[end] == U'、' || text_[end] == '\n' || text_[end] == 0) return false;
    }
    return false;
  }

  bool refused(const Around& near) const {
    const std::size_t end = near.behind.begin;
    const auto behind = cues_.in(end, std::min(near.behind.end, end + 25));
    for (const WordCue& cue : behind) {
      if (!(cue.kinds & word::refuse)) continue;
      if (cue.span.begin - end > 14) return false;
      // 45,000円では難しいでしょうか, …で何とかできませんか ask for it.
      if (asked_at(cue.span.end)) return false;
      std::size_t at = end;
      if (text_[at] == '(')
        while (at < cue.span.begin && text_[at - 1] != ')') ++at;
      return starts_with_any(text_, at,
                             {U"は", U"では", U"だと", U"でも", U"じゃ", U"って", U"、", U"とは", U"も",
                              U"はちょっと", U"というの", U"ですと", U"やと", U"で"});
    }
    return starts_with_any(text_, end,
                           {U"はちょっと", U"だとちょっと", U"はさすがに", U"ではちょっと", U"はちと",
                            U"じゃちょっと", U"やとちょっと"});
  }

  bool threshold(const Candidate& each) const {
    return starts_with_any(text_, each.figure.span.end,
                           {U"以上", U"を超え", U"超の", U"超え", U"以上の", U"を超過"});
  }

  bool past_said(const Around& near) const {
    const std::size_t end = near.behind.begin;
    for (const WordCue& cue : cues_.in(end, std::min(near.behind.end, end + 14)))
      if (cue.kinds & word::past) return cue.span.begin - end <= 6;
    return false;
  }

  /// 特急なら＋3万: more, but only in some case.
  bool surcharge(const Candidate& each, const Around& near, Kinds said) const {
    using namespace word;
    const Kinds before = cues_.kinds_in(near.before.begin, near.before.end);
    const Kinds behind = cues_.kinds_in(near.behind.begin, std::min(near.behind.end, near.behind.begin + 8));
    const bool more_before = before & extra && near_word(near, extra, 8);
    if (!each.figure.plus && !more_before && !(behind & extra)) return false;
    return (before & (case_if | extra_case | per)) ||
           (said & case_if && (behind & case_if) && each.figure.plus);
  }

  /// 150万円（税込165万円）を上限に: both figures do one thing.
  void brackets() {
    for (std::size_t i = 0; i + 1 < all_.size(); ++i) {
      Candidate &first = all_[i], &second = all_[i + 1];
      if (first.line != second.line || first.tax_line || second.tax_line ||
          text_[first.figure.span.end] != '(')
        continue;
      if (second.figure.span.begin - first.figure.span.end > 12 || first.role == second.role) continue;
      const auto between = cues_.kinds_in(first.figure.span.end, second.figure.span.begin);
      if (!(between & (word::tax_in | word::tax_ex))) continue;
      if (text_.chars({first.figure.span.end, second.figure.span.begin}).find(U')') != View::npos) continue;
      if (first.role == AmountRole::offer)
        first.role = second.role;
      else if (second.role == AmountRole::offer)
        second.role = first.role;
    }
  }

  /// 5万円から4万5千円に, 8万→7万, 8万から1万引いて: the first one is what it was.
  void from_to() {
    for (std::size_t i = 0; i + 1 < all_.size(); ++i) {
      Candidate& first = all_[i];
      const Candidate& second = all_[i + 1];
      if (first.line != second.line || first.figure.range_first || first.role != AmountRole::offer) {
        if (!(first.line == second.line && first.figure.range_first && changes_to(second, i + 1))) continue;
      }
      const std::size_t end = text_.skip_blanks(after_bracket(first.figure.span.end));
      const std::size_t gap = second.figure.span.begin - first.figure.span.end;
      if (gap > 30) continue;
      const bool arrow = starts_with_any(text_, end, {U"→", U"⇒", U"->", U"=>", U"➡", U"⇨"});
      const bool from = starts_with_any(text_, end, {U"から", U"を", U"より", U"のところ", U"が"});
      if (arrow && cues_.kinds_in(end, second.figure.span.begin) & (word::tax_in | word::tax_ex)) continue;
      const bool reduced = from && cues_.kinds_in(end, second.figure.span.begin) & word::less &&
                           text_.ends_with(second.figure.span.begin, U"で");
      if (reduced || (arrow && gap <= 12) ||
          (from && (second.role == AmountRole::discount || changes_to(second, i + 1)))) {
        first.role = AmountRole::mention;
        if (all_[i + 1].figure.range_second)
          first.figure.range_first = false, all_[i + 1].figure.range_second = false;
      }
    }
  }

  std::size_t after_bracket(std::size_t at) const {
    if (text_[at] != '(') return at;
    for (std::size_t end = at; end < at + 12; ++end)
      if (text_[end] == ')') return end + 1;
    return at;
  }

  bool changes_to(const Candidate& second, std::size_t index) const {
    const std::size_t end = after_bracket(second.figure.span.end);
    const Around near = around(reading_, index);
    for (const WordCue& cue : cues_.in(end, std::min(near.behind.end, end + 10)))
      if (cue.kinds & word::change_to) return cue.span.begin == end;
    return starts_with_any(text_, end, {U"に", U"へ", U"まで下", U"までさげ", U"まで値"}) &&
           !text_.starts_with(end, U"になります");
  }

  Reading& reading_;
  const Text& text_;
  const WordCues& cues_;
  std::vector<Candidate>& all_;
  bool bill_ = false, paid_ = false;
  std::vector<bool> paid_here_;
};

} // namespace

void find_roles(Reading& reading, const AmountContext& context) {
  Roles(reading, context).run();
}

} // namespace genchi::facts
