#include "facts/items.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "base/bytes.hpp"
#include "facts/numbers.hpp"
#include "facts/text.hpp"
#include "text/fold.hpp"
#include "text/spellings.hpp"

namespace genchi::facts {
namespace {

using View = std::u32string_view;

constexpr std::size_t longest_item = 120;  // characters; what is longer is a sentence
constexpr std::size_t longest_spelled = 40;  // beyond that other spellings are not looked for
constexpr std::size_t least_left = 2;

// Own lists, from quotations and price lists of many trades.

// What is counted when more or less of a thing is bought.
constexpr auto counters = std::to_array<View>(
    {U"ページ", U"頁",   U"枚",   U"部",   U"個",   U"名様", U"名",   U"人前", U"人分", U"人",   U"台",   U"冊",     U"点",     U"件",
     U"回分",   U"回",   U"時間", U"本",   U"着",   U"足",   U"束",   U"箱",   U"脚",   U"食",   U"膳",   U"箇所",   U"か所",   U"ヶ所",
     U"カ所",   U"文字", U"字",   U"語",   U"カット", U"セット", U"式",   U"P",    U"p",    U"m2",   U"㎡",   U"kg",     U"km",     U"袋",
     U"缶",     U"鉢",   U"組",   U"世帯", U"社",   U"店舗", U"席",   U"泊",   U"日間", U"日分", U"か月分", U"ヶ月分", U"カ月分", U"年分"});
// Behind a count: it names the thing (3回コース), not how much of it.
constexpr auto kinds = std::to_array<View>({U"コース", U"プラン", U"パック", U"券", U"チケット", U"版", U"印刷", U"乗り", U"折", U"綴", U"仕様", U"用", U"会員", U"制"});
// In brackets or between blanks: why a price is another one; the thing is the same.
constexpr auto condition_words = std::to_array<View>(
    {U"特急料金", U"特急対応", U"特急",     U"至急",     U"お急ぎ",   U"割増",   U"割り増し", U"早割",     U"学割",     U"値引き", U"値引",   U"お値引き", U"割引",
     U"サービス", U"初回限定", U"初回",     U"リピート", U"会員価格", U"キャンペーン", U"モニター価格", U"モニター", U"特別価格", U"休日料金", U"休日",   U"深夜",   U"年末年始",
     U"繁忙期",   U"追加分",   U"再作成",   U"再見積",   U"改定後",   U"改定",   U"変更後",   U"概算",     U"予定",     U"仮",     U"参考",   U"最低",     U"実費",
     U"紹介割引", U"まとめ割", U"継続割引", U"旧価格",   U"新価格"});
constexpr auto tax_words = std::to_array<View>({U"消費税込", U"消費税別", U"税込み", U"税込", U"税別", U"税抜き", U"税抜", U"内税", U"外税", U"込み", U"抜き", U"非課税", U"軽減税率", U"軽減"});
// At the end: that it is done, that it costs something.
constexpr auto endings = std::to_array<View>(
    {U"お見積り金額", U"御見積金額", U"見積金額", U"ご請求額", U"請求額", U"お見積り", U"お見積", U"御見積", U"見積書", U"見積り", U"見積もり", U"見積", U"の件",
     U"について", U"費用", U"費", U"代金", U"代", U"料金", U"料", U"価格", U"単価", U"金額", U"一式", U"作業", U"工事", U"施工", U"サービス", U"対応", U"手配", U"制作", U"作成", U"製作", U"業務", U"分", U"ページ", U"の"});
// At the beginning: whose or which one is meant.
constexpr auto beginnings = std::to_array<View>({U"今回の", U"前回の", U"ご依頼の", U"ご希望の", U"通常の", U"追加の", U"例の", U"先日の", U"御社", U"貴社", U"お", U"ご", U"御"});

// The sum of a quotation is the price of no thing.
constexpr auto sums = std::to_array<View>({U"合計", U"総合計", U"総額", U"総計", U"小計", U"計", U"税込合計", U"税抜合計", U"合計金額", U"合計額", U"お見積金額", U"御見積金額", U"お見積り金額",
                                           U"見積金額", U"お見積合計", U"見積合計", U"ご請求金額", U"請求金額", U"ご請求額", U"請求額", U"お支払い金額", U"お支払金額", U"お支払い総額", U"消費税", U"消費税額",
                                           U"税額", U"税", U"値引き", U"値引", U"お値引き", U"割引", U"差額", U"残金", U"前金", U"手付金", U"内金", U"全部", U"全体", U"トータル"});

struct Loan {
  View written, kept;
};
// One thing in letters, in kana, and shortened. Longer ones first.
constexpr auto loans = std::to_array<Loan>({{U"ウェブサイト", U"ホームページ"}, {U"WEBサイト", U"ホームページ"}, {U"HP", U"ホームページ"},
                                            {U"ランディングページ", U"LP"}, {U"トップページ", U"トップ"}, {U"TOPページ", U"トップ"},
                                            {U"TOP", U"トップ"}, {U"ウェブ", U"WEB"}, {U"design", U"デザイン"}, {U"logo", U"ロゴ"},
                                            {U"banner", U"バナー"}, {U"フライヤー", U"チラシ"}, {U"ビラ", U"チラシ"}, {U"coding", U"コーディング"},
                                            {U"system", U"システム"}, {U"server", U"サーバー"}, {U"color", U"カラー"}, {U"cut", U"カット"},
                                            {U"perm", U"パーマ"}, {U"SSL証明書", U"SSL"}, {U"撮影料", U"撮影"}});

bool is_open(char32_t c) { return View(U"(（【[〔「『<《").find(c) != View::npos; }
bool is_close(char32_t c) { return View(U")）】]〕」』>》").find(c) != View::npos; }
bool is_break(char32_t c) { return View(U" \t\n、,/／・:;：；|｜").find(c) != View::npos; }
bool is_bullet(char32_t c) { return View(U"・●○◆◇■□▪▲▼★☆※*-+>＊①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳ \t").find(c) != View::npos; }

/// The first of `words` that stands at `at`; empty if none does.
template <std::size_t size> View word_at(View text, std::size_t at, const std::array<View, size>& words) {
  const auto found = std::find_if(words.begin(), words.end(), [&](View word) { return text.substr(at).starts_with(word); });
  return found == words.end() ? View() : *found;
}

template <std::size_t size> bool is_one_of(View text, const std::array<View, size>& words) { return std::find(words.begin(), words.end(), text) != words.end(); }

std::string to_utf8(View text) {
  std::string out;
  for (const char32_t c : text) append_utf8(out, c);
  return out;
}

char32_t lower(char32_t c) { return c >= U'A' && c <= U'Z' ? c - U'A' + U'a' : c; }

bool starts_with_letters(View text, std::size_t at, View word) {
  if (text.size() - at < word.size()) return false;
  for (std::size_t i = 0; i < word.size(); ++i)
    if (lower(text[at + i]) != lower(word[i])) return false;
  // Letters are whole words: "cut" is not in "cute".
  const bool letters = is_letter(word.front());
  return !letters || ((at == 0 || !is_letter(text[at - 1])) && !(at + word.size() < text.size() && is_letter(text[at + word.size()]) && is_letter(word.back())));
}

std::u32string with_loans_kept(View text) {
  std::u32string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto loan = std::find_if(loans.begin(), loans.end(), [&](const Loan& each) { return starts_with_letters(text, at, each.written); });
    out += loan == loans.end() ? text.substr(at, 1) : loan->kept;
    at += loan == loans.end() ? 1 : loan->written.size();
  }
  return out;
}

/// The end of a count (1,000枚 3名様 ×2), of money or of a month (2025年4月分) that begins at `at`; `at` if none does.
std::size_t quantity_end(const Text& text, std::size_t at) {
  std::size_t begin = at;
  const bool times = text[at] == U'×' || ((text[at] == U'x' || text[at] == U'X') && !is_letter(text[at - 1]));
  if (times) begin = text.skip_blanks(at + 1);
  if (is_letter(text[begin - 1]) && !times) return at;  // A4, B5
  const auto number = number_at(text, begin);
  if (!number) return at;
  std::size_t end = number->span.end;
  const View rest = text.chars().substr(end);
  if (rest.starts_with(U"円")) return end + 1;
  if (rest.starts_with(U"年") && number->value > 1900 && number->value < 2200) return quantity_end(text, end + 1) == end + 1 ? end + 1 : quantity_end(text, end + 1);
  if (rest.starts_with(U"月分") || rest.starts_with(U"月度")) return end + 2;
  if (rest.starts_with(U"月") && !rest.substr(1).starts_with(U"か")) return end + 1;
  const View counter = word_at(text.chars(), end, counters);
  if (!counter.empty()) {
    end += counter.size();
    if (!word_at(text.chars(), end, kinds).empty() || is_katakana(text[end]) || (is_letter(counter.back()) && is_letter(text[end]))) return at;
    return end;
  }
  return times ? end : at;
}

std::u32string without_quantities(const std::u32string& characters) {
  const std::string bytes = to_utf8(characters);
  const Text text(bytes);
  std::u32string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = may_begin_number(text, at) || text[at] == U'×' || text[at] == U'x' ? quantity_end(text, at) : at;
    if (end > at) out += U' ';
    else out += text[at];
    at = std::max(end, at + 1);
  }
  return out;
}

void trim(std::u32string& text) {
  while (!text.empty() && is_break(text.back())) text.pop_back();
  std::size_t begin = 0;
  while (begin < text.size() && is_break(text[begin])) ++begin;
  text.erase(0, begin);
}

/// Is what stands before the ending a word: 車 of 車代 is one, 60 of 60分 is none.
bool leaves_enough(View text, View ending) {
  const View rest = text.substr(0, text.size() - ending.size());
  if (rest.empty() || is_digit(rest.back())) return false;
  return rest.size() >= least_left || is_kanji(rest.back());
}

/// Takes words off both ends as long as something is left.
std::u32string stripped(std::u32string text) {
  for (bool again = true; again;) {
    again = false;
    trim(text);
    for (const View word : endings)
      if (View(text).ends_with(word) && leaves_enough(text, word)) {
        text.resize(text.size() - word.size());
        again = true;
        break;
      }
    for (const View word : beginnings) {
      // お and ご before kanji only: おせち is a thing.
      const std::size_t least = word.size() == 1 ? 1 : least_left;
      if (!View(text).starts_with(word) || text.size() < word.size() + least || (word.size() == 1 && !is_kanji(text[1]))) continue;
      text.erase(0, word.size());
      again = true;
      break;
    }
  }
  return text;
}

/// 二つ折り is 2つ折り.
char32_t figure_of(View text, std::size_t at) {
  constexpr View kanji = U"一二三四五六七八九", counted = U"つ色面回泊段階枚";
  const std::size_t n = kanji.find(text[at]);
  if (n == View::npos || at + 1 >= text.size() || counted.find(text[at + 1]) == View::npos || (at > 0 && kanji.find(text[at - 1]) != View::npos)) return text[at];
  return U'1' + static_cast<char32_t>(n);
}

/// Okurigana at the end of a part of a compound: the り of 折り and of 取り付け. A name is compared without it.
bool is_okurigana(View text, std::size_t at) {
  constexpr View endings_of_nouns = U"りしきみけげえいちめれせびぎ";
  if (at == 0 || !is_kanji(text[at - 1]) || endings_of_nouns.find(text[at]) == View::npos) return false;
  return at + 1 == text.size() || !is_hiragana(text[at + 1]);
}

/// Blanks go, and の between nouns; what joins words (＋ & と) stays.
std::u32string joined(View text) {
  std::u32string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_break(text[i])) continue;
    const bool between = i > 0 && i + 1 < text.size() && !is_hiragana(text[i - 1]) && !is_hiragana(text[i + 1]);
    if (text[i] == U'の' && between) continue;
    // サーバー is サーバ; キー is no キ.
    const bool last = text[i] == U'ー' && !(i + 1 < text.size() && is_katakana(text[i + 1]));
    if (last && i >= 2 && is_katakana(text[i - 1]) && is_katakana(text[i - 2])) continue;
    if (!is_okurigana(text, i)) out += figure_of(text, i);
  }
  return out;
}

enum class Place { outside, in_brackets };

/// A word without quantities, conditions, tax and what only says that it is done.
std::u32string reduced(View text, Place place) {
  std::u32string words = without_quantities(std::u32string(text));
  std::u32string out;
  for (std::size_t at = 0; at < words.size();) {
    std::size_t end = at;
    while (end < words.size() && !is_break(words[end])) ++end;
    const View word = View(words).substr(at, end - at);
    const bool says_nothing = is_one_of(word, condition_words) || is_one_of(word, tax_words) || is_one_of(word, endings);
    const bool alone = place == Place::outside && out.empty() && end == words.size();
    if (!says_nothing || alone) out += std::u32string(word) + U' ';
    at = end + 1;
  }
  trim(out);
  return joined(with_loans_kept(stripped(std::move(out))));
}

/// The one of all spellings of a folded text that is compared.
std::string one_spelling(std::string folded) {
  if (folded.empty() || folded.size() > longest_spelled * 3) return folded;
  const std::vector<Spelling> spellings = spellings_of(folded);
  std::string best = std::move(folded);
  for (const Spelling& spelling : spellings) {
    std::string each = spelling.folded;
    if (spelling.parts) {
      each.clear();
      for (const auto& choices : *spelling.parts)
        each += std::min_element(choices.begin(), choices.end(), [](const SpelledPart& a, const SpelledPart& b) {
                  return std::pair(a.text.size(), a.text) < std::pair(b.text.size(), b.text);
                })->text;
    }
    if (std::pair(each.size(), each) < std::pair(best.size(), best)) best = std::move(each);
  }
  return best;
}

/// The end of what only marks a line of a list: ・ ① 1. (2) 3）
std::size_t mark_end(const Text& text, View rest) {
  std::size_t at = 0;
  while (at < rest.size() && is_bullet(rest[at])) ++at;
  std::size_t figures = at + (rest.substr(at).starts_with(U"(") ? 1 : 0);
  const std::size_t begin = figures;
  while (figures < rest.size() && is_digit(rest[figures]) && figures < begin + 2) ++figures;
  const bool marked = figures > begin && figures < rest.size() && View(U".)、").find(rest[figures]) != View::npos && !is_digit(text[figures + 1]);
  return marked ? figures + 1 : at;
}

/// 合計, 小計（税抜）, 消費税(10%): tax words and brackets aside.
bool is_sum(View words) {
  std::u32string bare;
  for (std::size_t at = 0, depth = 0; at < words.size();) {
    const View tax = word_at(words, at, tax_words);
    if (is_open(words[at])) ++depth;
    if (depth == 0 && tax.empty() && !is_break(words[at])) bare += words[at];
    if (is_close(words[at]) && depth > 0) --depth;
    at += std::max<std::size_t>(tax.size(), 1);
  }
  return is_one_of(View(bare), sums);
}

}  // namespace

std::string item_key(std::string_view item) {
  const Text text(item);
  View rest = text.chars().substr(0, longest_item);
  rest.remove_prefix(mark_end(text, rest));
  if (is_sum(rest)) return {};
  std::u32string outside;
  std::vector<std::string> inside;
  for (std::size_t at = 0; at < rest.size();) {
    if (!is_open(rest[at])) {
      outside += rest[at++];
      continue;
    }
    std::size_t end = at + 1;
    while (end < rest.size() && !is_close(rest[end])) ++end;
    const std::string words = one_spelling(fold(to_utf8(reduced(rest.substr(at + 1, end - at - 1), Place::in_brackets))));
    if (!words.empty()) inside.push_back(words);
    outside += U' ';
    at = std::min(end + 1, rest.size());
  }
  std::string key = one_spelling(fold(to_utf8(reduced(outside, Place::outside))));
  // 【ロゴ】: the brackets are decoration.
  if (key.empty() && !inside.empty()) {
    key = inside.front();
    inside.erase(inside.begin());
  }
  std::sort(inside.begin(), inside.end());
  for (const std::string& words : inside) key += words;
  return key;
}

std::vector<std::string> conditions(std::string_view item, std::string_view around) {
  std::vector<std::string> out;
  const auto add = [&](std::string_view words) {
    if (!words.empty() && std::find(out.begin(), out.end(), words) == out.end()) out.emplace_back(words);
  };
  // Quantities of the item only: others of the sentence are of other things.
  for (const bool of_item : {true, false}) {
    const Text text(of_item ? item : around);
    for (std::size_t at = 0; at < text.size();) {
      const View word = word_at(text.chars(), at, condition_words);
      std::size_t end = at + word.size();
      if (of_item && word.empty() && may_begin_number(text, at)) end = quantity_end(text, at);
      const bool month = end > at && View(U"年月分度").find(text[end - 1]) != View::npos && word.empty();
      if (end > at && !month) add(text.surface({at, end}));
      at = std::max(end, at + 1);
    }
  }
  return out;
}

}  // namespace genchi::facts
