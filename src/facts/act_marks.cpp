#include "facts/act_marks.hpp"

#include <algorithm>
#include <array>
#include <bitset>
#include <initializer_list>
#include <unordered_map>
#include <utility>

#include "facts/word_table.hpp"

namespace genchi::facts {
namespace {

constexpr std::size_t longest_quote = 80; // 「…」
constexpr std::size_t wrapped_line = 28; // a line so long that breaks off in mid-sentence goes on in the next

// --- The spelling of act_words.inc
// ---------------------------------------------------------------------------------

struct Spelling {
  std::u32string_view from, to;
};
// The longest first among those with one beginning.
constexpr Spelling spellings[] = {
    {U"お見積もり書", U"見積書"},
    {U"お見積り書", U"見積書"},
    {U"お見積もり", U"見積"},
    {U"お見積り", U"見積"},
    {U"お見積", U"見積"},
    {U"御見積もり", U"見積"},
    {U"御見積り", U"見積"},
    {U"御見積", U"見積"},
    {U"ご見積", U"見積"},
    {U"見積もり", U"見積"},
    {U"見積り", U"見積"},
    {U"お見つもり", U"見積"},
    {U"みつもり", U"見積"},
    {U"申し込み", U"申込"},
    {U"申込み", U"申込"},
    {U"打ち合わせ", U"打合"},
    {U"打ち合せ", U"打合"},
    {U"打合わせ", U"打合"},
    {U"打合せ", U"打合"},
    {U"取り消し", U"取消"},
    {U"取消し", U"取消"},
    {U"取りけし", U"取消"},
    {U"振り込み", U"振込"},
    {U"振込み", U"振込"},
    {U"分かり", U"わかり"},
    {U"解り", U"わかり"},
    {U"判り", U"わかり"},
    {U"分かった", U"わかった"},
    {U"分かんない", U"わからない"},
    {U"畏まり", U"かしこまり"},
    {U"致", U"いた"},
    {U"下さ", U"くださ"},
    {U"頂戴", U"ちょうだい"},
    {U"頂", U"いただ"},
    {U"戴", U"いただ"},
    {U"出来", U"でき"},
    {U"宜し", U"よろし"},
    {U"有難", U"ありがた"},
    {U"有り難", U"ありがた"},
    {U"有りません", U"ありません"},
    {U"有れば", U"あれば"},
    {U"無い", U"ない"},
    {U"無く", U"なく"},
    {U"無し", U"なし"},
    {U"良かった", U"よかった"},
    {U"良い", U"よい"},
    {U"良く", U"よく"},
    {U"良けれ", U"よけれ"},
    {U"好い", U"よい"},
    {U"御座", U"ござ"},
    {U"御", U"ご"},
    {U"是非", U"ぜひ"},
    {U"何卒", U"なにとぞ"},
    {U"事に", U"ことに"},
    {U"事と", U"ことと"},
    {U"事は", U"ことは"},
    {U"キャンセルー", U"キャンセル"},
    {U"オーケー", U"ok"},
    {U"オッケー", U"ok"},
    {U"オケー", U"ok"},
    {U"おっけー", U"ok"},
    {U"おっけ", U"ok"},
    {U"オッケ", U"ok"},
    {U"おーけー", U"ok"},
    {U"オーケイ", U"ok"},
    {U"okay", U"ok"},
    {U"リョウカイ", U"了解"},
    {U"りょうかい", U"了解"},
    {U"りょーかい", U"了解"},
    {U"しょうち", U"承知"},
    {U"頂け", U"いただけ"},
    {U"予約ー", U"予約"},
    {U"止め", U"やめ"},
    {U"辞め", U"やめ"},
    {U"お申し付け", U"お申し付け"},
    {U"伺い", U"伺い"},
    {U"お奨め", U"おすすめ"},
    {U"ですー", U"です"},
    {U"ますー", U"ます"},
    {U"ですっ", U"です"},
    {U"ますっ", U"ます"},
    {U"くださーい", U"ください"},
    {U"しまーす", U"します"},
    {U"でーす", U"です"},
    {U"ましたー", U"ました"},
    {U"下記", U"下記"},
    {U"頼んます", U"頼みます"},
    {U"為", U"ため"},
    {U"様な", U"ような"},
    {U"キャンセルさして", U"キャンセルさせて"},
    {U"欲し", U"ほし"},
    {U"貰", U"もら"},
    {U"呉れ", U"くれ"},
};

bool is_emoji(char32_t c) {
  return (c >= 0x1f000 && c <= 0x1faff) || (c >= 0x2600 && c <= 0x27bf) || c == U'⭕' || c == U'★' ||
         c == U'☆' || c == U'♪' || c == U'♡' || c == U'♥';
}
bool is_ender(char32_t c) {
  return c == U'。' || c == U'!' || c == U'?' || c == U'…' || c == U'‥' || c == U'．';
}
bool is_bullet(char32_t c) {
  return c != 0 && std::u32string_view(U"・■□◆◇●○※-*①②③④⑤→【[＊▼▽★☆<|").find(c) != std::u32string_view::npos;
}
/// A line that ends so goes on in the next one.
bool goes_on(char32_t c) {
  return c != 0 && std::u32string_view(U"、,はがをにでとものてりくし").find(c) != std::u32string_view::npos;
}

class Respelling {
 public:
  Respelling() {
    for (const Spelling& spelling : spellings) {
      by_first_[spelling.from[0]].push_back(&spelling);
      first_.set(spelling.from[0] & 0xffff);
    }
    plain_.set();
    plain_ &= ~first_;
    for (char32_t c = 0; c < 0x10000; ++c)
      if (is_ender(c) || is_emoji(c) || is_blank(c) || (c >= 'A' && c <= 'Z')) plain_.reset(c);
    for (const char32_t c : std::u32string_view(U".,~|()[]、，【】「『")) plain_.reset(c);
    for (auto& [first, list] : by_first_)
      std::stable_sort(list.begin(), list.end(),
                       [](const Spelling* a, const Spelling* b) { return a->from.size() > b->from.size(); });
  }
  const Spelling* at(std::u32string_view text, std::size_t i) const {
    if (!first_.test(text[i] & 0xffff)) return nullptr;
    const auto list = by_first_.find(text[i]);
    if (list == by_first_.end()) return nullptr;
    for (const Spelling* spelling : list->second)
      if (text.substr(i, spelling->from.size()) == spelling->from) return spelling;
    return nullptr;
  }
  /// Nothing to be done about it.
  bool is_plain(char32_t c) const { return c < 0x10000 && plain_.test(c); }
  static const Respelling& get() {
    static const Respelling respelling;
    return respelling;
  }

 private:
  std::unordered_map<char32_t, std::vector<const Spelling*>> by_first_;
  std::bitset<0x10000> first_, plain_;
};

const WordTable& mark_words() {
  static const WordTable table = [] {
    WordTable made;
#define WORDS(kind, ...) made.add(static_cast<std::uint8_t>(Mark::kind), {__VA_ARGS__});
#include "facts/act_words.inc"
#undef WORDS
    return made;
  }();
  return table;
}

const WordTable& ending_words() {
  static const WordTable table = [] {
    WordTable made;
#define ENDINGS(kind, ...) made.add(static_cast<std::uint8_t>(Ending::kind), {__VA_ARGS__});
#include "facts/act_endings.inc"
#undef ENDINGS
    return made;
  }();
  return table;
}

bool hides(Mark mark) {
  return mark == Mark::mere_word || mark == Mark::instruct || mark == Mark::enquire;
}

bool begins_word(std::u32string_view chars, std::size_t at) {
  return at == 0 || !is_letter(chars[at]) || !is_letter(chars[at - 1]);
}
bool ends_word(std::u32string_view chars, std::size_t end) {
  return end >= chars.size() || !is_letter(chars[end]) || !is_letter(chars[end - 1]);
}

} // namespace

// --- Spoken
// --------------------------------------------------------------------------------------------------------

Spoken::Spoken(const Text& text) : text_(text) {
  chars_.reserve(text.size() + 2);
  from_.reserve(text.size() + 2);
  const std::vector<Text::Line>& lines = text.lines();
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!lines[i].own) {
      end_sentence(lines[i].span.begin);
      continue;
    }
    const Span line = lines[i].span;
    const std::size_t last = text.before_blanks(line.end);
    bool joins = false;
    if (i + 1 < lines.size() && lines[i + 1].own && last > line.begin) {
      const std::size_t next = text.skip_blanks(lines[i + 1].span.begin);
      const bool next_is_text = next < lines[i + 1].span.end && !is_bullet(text[next]);
      const char32_t c = text[last - 1];
      joins =
          next_is_text && !is_ender(c) && !is_emoji(c) &&
          (goes_on(c) || (line.size() >= wrapped_line && (is_hiragana(c) || is_kanji(c) || is_katakana(c))));
    }
    add_line({line.begin, last}, joins);
  }
  end_sentence(text.size());
}

void Spoken::put(char32_t c, std::size_t from) {
  chars_.push_back(c);
  from_.push_back(static_cast<std::uint32_t>(from));
}

void Spoken::end_sentence(std::size_t from) {
  if (!chars_.empty() && chars_.back() == U'、') chars_.pop_back(), from_.pop_back();
  if (!chars_.empty() && chars_.back() != '\n') put('\n', from);
}

void Spoken::add_line(Span line, bool joins) {
  const Respelling& respelling = Respelling::get();
  const std::u32string_view all = text_.chars();
  for (std::size_t i = line.begin; i < line.end;) {
    const char32_t c = all[i];
    if (respelling.is_plain(c)) {
      put(c, i++);
      continue;
    }
    if (is_ender(c) ||
        (c == '.' && !is_digit(text_[i - 1]) && !is_letter(text_[i + 1]) && !is_digit(text_[i + 1]))) {
      std::size_t end = i;
      bool question = false;
      if (!chars_.empty() && chars_.back() == U'、') chars_.pop_back(), from_.pop_back();
      while (end < line.end && (is_ender(all[end]) || all[end] == '.'))
        if (all[end++] == '?') question = true;
      if (question && !chars_.empty() && chars_.back() != '\n') put('?', i);
      end_sentence(i);
      i = end;
      continue;
    }
    if (is_emoji(c)) {
      end_sentence(i);
      if (c == U'👌' || c == U'👍' || c == U'🙆' || c == U'⭕' || c == U'🆗') {
        put(c, i);
        end_sentence(i);
      }
      ++i;
      continue;
    }
    if (c == U'「' || c == U'『') {
      const std::size_t close =
          text_.chars().substr(i, std::min(longest_quote, line.end - i)).find(c == U'「' ? U'」' : U'』');
      if (close != std::u32string_view::npos) {
        put(U'◇', i);
        i += close + 1;
        continue;
      }
    }
    if (is_blank(c) || c == U'、' || c == ',' || c == U'，' || c == '|') {
      const char32_t before = chars_.empty() ? U'\n' : chars_.back();
      const bool plain = is_blank(c) && (is_digit(text_[i + 1]) || is_digit(before) || is_letter(before));
      const bool in_number = c == ',' && is_digit(text_[i - 1]) && is_digit(text_[i + 1]);
      if (!plain && !in_number && before != '\n' && before != U'、') put(U'、', i);
      ++i;
      continue;
    }
    if (c == '~' && (is_hiragana(text_[i - 1]) || is_katakana(text_[i - 1]) || is_letter(text_[i - 1])) &&
        !is_digit(text_[i + 1])) {
      if (!chars_.empty() && chars_.back() != '\n' && chars_.back() != U'、') put(U'、', i); // です～
      ++i;
      continue;
    }
    if (c == '(' || c == ')' || c == U'【' || c == U'】' || c == '[' || c == ']') {
      if (c == U'】' || (c == '(' && is_hiragana(text_[i - 1]))) end_sentence(i);
      ++i;
      continue;
    }
    if (const Spelling* spelling = respelling.at(all.substr(0, line.end), i)) {
      for (const char32_t to : spelling->to) put(to, i);
      i += spelling->from.size();
      continue;
    }
    put(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c, i);
    ++i;
  }
  if (!joins) end_sentence(line.end);
}

TextSpan Spoken::bytes(std::size_t begin, std::size_t end) const {
  if (chars_.empty()) return text_.bytes({0, 0});
  begin = std::min(begin, chars_.size() - 1);
  end = std::clamp(end, begin + 1, chars_.size());
  std::size_t last =
      from_[end - 1] + 1; // what one character was made of ends where the next one's origin begins
  if (end < from_.size() && from_[end] > last && chars_[end] != '\n') last = from_[end];
  return text_.bytes({from_[begin], std::min(last, text_.size())});
}

std::size_t Spoken::at_byte(std::uint32_t byte) const {
  const auto found = std::partition_point(from_.begin(), from_.end(), [&](std::uint32_t from) {
    return text_.bytes({from, from}).begin < byte;
  });
  return static_cast<std::size_t>(found - from_.begin());
}

// --- Looking up
// ----------------------------------------------------------------------------------------------------

std::vector<FoundMark> find_marks(const Spoken& spoken, std::size_t begin, std::size_t end,
                                  std::size_t most) {
  std::vector<FoundMark> found;
  const WordTable& table = mark_words();
  const std::u32string_view chars = spoken.chars();
  std::array<std::size_t, 64> taken_to{}; // by mark: where its last word ended
  for (std::size_t at = begin; at < end && found.size() < most;) {
    FoundMark longest;
    std::size_t mere_end = 0;
    const std::size_t first_here = found.size();
    table.each_at(chars, at, [&](std::uint8_t kind, std::size_t word_end) {
      if (!begins_word(chars, at) || !ends_word(chars, word_end)) return;
      const Mark mark = static_cast<Mark>(kind);
      if (mark == Mark::mere_word) mere_end = std::max(mere_end, word_end);
      if (word_end > longest.end || (word_end == longest.end && mark == Mark::mere_word))
        longest = {mark, at, word_end};
      if (taken_to[kind] > at) return;
      for (std::size_t i = first_here; i < found.size(); ++i) {
        if (found[i].mark != mark) continue;
        found[i].end = std::max(found[i].end, word_end);
        return;
      }
      found.push_back({mark, at, word_end});
    });
    while (found.size() > first_here) { // shorter than what only speaks of it
      const auto shorter = std::find_if(found.begin() + static_cast<std::ptrdiff_t>(first_here), found.end(),
                                        [&](const FoundMark& mark) { return mark.end <= mere_end; });
      if (shorter == found.end()) break;
      found.erase(shorter);
    }
    if (longest.end == 0) {
      ++at;
      continue;
    }
    if (hides(longest.mark)) {
      found.resize(first_here);
      if (longest.mark != Mark::mere_word) found.push_back(longest);
      at = std::max(longest.end, at + 1);
      continue;
    }
    for (std::size_t i = first_here; i < found.size(); ++i)
      taken_to[static_cast<std::size_t>(found[i].mark)] = found[i].end;
    ++at;
  }
  return found;
}

Ending ending_at(const Spoken& spoken, std::size_t at) {
  const std::u32string_view chars = spoken.chars();
  const WordTable& table = ending_words();
  for (int step = 0; step < 3 && at < chars.size(); ++step) {
    Ending ending = Ending::none;
    std::size_t longest = 0;
    table.each_at(chars, at, [&](std::uint8_t kind, std::size_t end) {
      if (end > longest) longest = end, ending = static_cast<Ending>(kind);
    });
    if (ending != Ending::none) return ending;
    const char32_t c = chars[at];
    if (c != U'を' && c != U'の' && c != U'は' && c != U'が' && c != U'も' && c != U'で' && c != U'に' &&
        c != U'ご' && c != U'お' && c != U'へ')
      break;
    ++at;
  }
  return Ending::none;
}

} // namespace genchi::facts
