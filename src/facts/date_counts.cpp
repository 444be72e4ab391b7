#include <array>

#include "facts/date_parts.hpp"

namespace genchi::facts {
std::optional<Term> read_count_end(const Text& text, Span so_far, Term::Unit unit, int number) {
  std::size_t at = so_far.end;
  static constexpr auto about =
      std::to_array<std::u32string_view>({U"ほど", U"くらい", U"ぐらい", U"程度", U"程", U"ちょっと", U"弱"});
  for (const std::u32string_view word : about)
    if (text.starts_with(at, word)) {
      at += word.size();
      break;
    }
  Term term;
  term.kind = Term::Kind::count;
  term.unit = unit;
  term.rule = "date.count";
  const char32_t next = text[at + 1];
  if (text.starts_with(at, U"以内")) {
    term.number = number, term.within = true;
    at += 2;
  } else if (text[at] == U'内' && (next == U'に' || next == U'の' || next == U'で') && at == so_far.end) {
    term.number = number, term.within = true;
    ++at;
  } else if (text[at] == U'後' && next != U'ろ' && next != U'半' && next != U'倒' && next != U'述' &&
             next != U'払' && next != U'退') {
    term.number = number;
    ++at;
  } else if (text.starts_with(at, U"あとに") || text.starts_with(at, U"あとの")) {
    term.number = number;
    at += 2;
  } else if (text[at] == U'前' && next != U'倒' && next != U'後' && next != U'半' && next != U'払' &&
             next != U'渡' && next != U'借' && next != U'進' && next != U'後') {
    term.number = -number;
    ++at;
  } else if (text.starts_with(at, U"まえ") && text[at + 2] != U'倒' && text[at + 2] != U'だ') {
    term.number = -number;
    at += 2;
  } else {
    return std::nullopt;
  }
  term.span = {so_far.begin, at};
  return term;
}

std::optional<Term> read_count(const Text& text, std::size_t at, const SmallNumber& number) {
  if (number.value <= 0 || number.value > 999) return std::nullopt;
  if (joined_before(text, at)) return std::nullopt;
  std::size_t end = number.end;
  Term::Unit unit = Term::Unit::day;
  int many = number.value;
  const char32_t c = text[end];
  if (c == U'日') {
    ++end;
    if (text[end] == U'間') ++end;
  } else if (c == U'週') {
    ++end;
    if (text[end] == U'間') ++end;
    unit = Term::Unit::week;
  } else if (c == U'か' || c == U'ヶ' || c == U'カ' || c == U'ケ' || c == U'ヵ' || c == U'ゕ' || c == U'箇' ||
             c == U'個' || c == U'ゖ') {
    if (text[end + 1] != U'月') return std::nullopt;
    end += 2;
    if (text[end] == U'間') ++end;
    unit = Term::Unit::month;
  } else if (c == U'年') {
    ++end;
    if (number.value > 100) return std::nullopt;
    unit = Term::Unit::month;
    many *= 12;
    if (text[end] == U'半') ++end, many += 6;
    if (text[end] == U'間') ++end;
  } else {
    return std::nullopt;
  }
  return read_count_end(text, {at, end}, unit, many);
}

std::optional<Term> read_counts(const Text& text, std::size_t at, const SmallNumber& number) {
  std::size_t next = skip_few_blanks(text, number.end);
  if (text[next] != '~' && text[next] != '-' && text[next] != U'、' && text[next] != U'ー')
    return std::nullopt;
  const auto second = small_number(text, skip_few_blanks(text, next + 1));
  if (!second || second->value <= number.value || second->value > number.value + 10 ||
      joined_before(text, at))
    return std::nullopt;
  auto term = read_count(text, skip_few_blanks(text, next + 1), *second);
  if (!term) return std::nullopt;
  term->span.begin = at;
  if (!term->within) term->first_number = number.value * term->number / second->value;
  return term;
}

} // namespace genchi::facts
