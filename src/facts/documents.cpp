#include "facts/documents.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string>
#include <unordered_map>

namespace genchi::facts {
namespace {

using enum DocumentKind;
using Carrier = BusinessDocument::Carrier;
using Words = std::initializer_list<std::u32string_view>;

enum class How : std::uint8_t { sheet, matter, no, points, weak, plain };

struct Word {
  std::u32string_view word;
  DocumentKind kind = none;
  How how = How::sheet;
};

using enum How;
constexpr Word document_names[] = {
#define GENCHI_DOCUMENT_NAMES
#include "facts/document_words.inc"
#undef GENCHI_DOCUMENT_NAMES
};
constexpr Word file_names[] = {
#define GENCHI_DOCUMENT_FILES
#include "facts/document_words.inc"
#undef GENCHI_DOCUMENT_FILES
};
constexpr Word line_labels[] = {
#define GENCHI_DOCUMENT_LABELS
#include "facts/document_words.inc"
#undef GENCHI_DOCUMENT_LABELS
};
constexpr Word phrases[] = {
#define GENCHI_DOCUMENT_PHRASES
#include "facts/document_words.inc"
#undef GENCHI_DOCUMENT_PHRASES
};
constexpr Word subject_phrases[] = {
#define GENCHI_DOCUMENT_SUBJECTS
#include "facts/document_words.inc"
#undef GENCHI_DOCUMENT_SUBJECTS
};

/// The longest word of a table at a place.
class WordTable {
 public:
  explicit WordTable(std::span<const Word> words) {
    for (const Word& word : words) by_first_[word.word.front()].push_back(&word);
    for (auto& [first, all] : by_first_)
      std::stable_sort(all.begin(), all.end(), [](const Word* a, const Word* b) { return a->word.size() > b->word.size(); });
  }
  const Word* at(std::u32string_view text, std::size_t place) const {
    const auto all = by_first_.find(text[place]);
    if (all == by_first_.end()) return nullptr;
    for (const Word* word : all->second)
      if (text.compare(place, word->word.size(), word->word) == 0) return word;
    return nullptr;
  }

 private:
  std::unordered_map<char32_t, std::vector<const Word*>> by_first_;
};

const WordTable& names_table() {
  static const WordTable table(document_names);
  return table;
}

bool starts_with_any(std::u32string_view text, const Words& words) {
  return std::any_of(words.begin(), words.end(), [&](std::u32string_view word) { return text.starts_with(word); });
}
bool holds_any(std::u32string_view text, const Words& words) {
  return std::any_of(words.begin(), words.end(), [&](std::u32string_view word) { return text.find(word) != std::u32string_view::npos; });
}

// --- what stands around a name

constexpr std::size_t looked_back = 28, looked_ahead = 64;  // characters without blanks

bool ends_sentence(char32_t c) { return c == U'。' || c == U'！' || c == U'？' || c == '!' || c == '?' || c == U'｡'; }

/// The sentence before and behind a place, without blanks; lines that mail programs wrapped are joined.
struct Around {
  std::u32string before, rest;
};

Around around(const Text& text, Span word) {
  Around out;
  const auto& lines = text.lines();
  std::size_t line = text.line_of(word.begin);
  std::size_t begin = lines[line].span.begin;
  for (std::size_t at = word.begin, steps = 0; out.before.size() < looked_back && steps < 2 * looked_back; ++steps) {
    if (at == begin) {
      if (line == 0 || !lines[line - 1].own || lines[line - 1].span.empty()) break;
      begin = lines[--line].span.begin;
      at = lines[line].span.end;
      continue;
    }
    const char32_t c = text[--at];
    if (ends_sentence(c)) break;
    if (!is_blank(c)) out.before.insert(out.before.begin(), c);
  }
  line = text.line_of(word.begin);
  for (std::size_t at = word.end, steps = 0; out.rest.size() < looked_ahead && steps < 2 * looked_ahead; ++steps, ++at) {
    if (at >= lines[line].span.end) {
      if (line + 1 >= lines.size() || !lines[line + 1].own || lines[line + 1].span.empty()) break;
      at = lines[++line].span.begin;
      if (at >= lines[line].span.end) break;
    }
    const char32_t c = text[at];
    if (c == U'？' || c == '?') out.rest += U'か';
    if (ends_sentence(c)) break;
    if (!is_blank(c)) out.rest += c;
  }
  return out;
}

// Said of what comes later or came before, or of paper.
const Words later{U"後日", U"別途", U"のちほど", U"後ほど", U"後程", U"改めて", U"あらためて", U"追って", U"月末", U"月初", U"来月", U"来週", U"次回", U"明日", U"明後日",
                  U"翌", U"次第", U"場合", U"の際", U"完了後", U"終了後", U"納品後", U"到着後", U"確認後", U"決定後", U"込み後", U"申込後", U"終わり", U"たら", U"ければ",
                  U"なれば", U"頃に", U"ころに", U"までに", U"予定", U"今後", U"郵送", U"必要", U"希望", U"いずれ", U"検討", U"つもり", U"毎月", U"無料", U"簡単"};
const Words earlier{U"先日", U"昨日", U"先ほど", U"先程", U"さきほど", U"以前", U"先週", U"別メール", U"別便", U"既に", U"すでに", U"前に", U"郵送", U"一昨日"};
const Words not_of_it{U"の件", U"について", U"に関し", U"ですが", U"ましたが", U"届", U"受け取", U"受領", U"拝受", U"拝見", U"ありがと", U"番号", U"宛名", U"テンプレ", U"ひな形",
                      U"雛形", U"ひな型", U"フォーマット", U"様式", U"書式", U"見本", U"サンプル", U"作成ソフト", U"サービス", U"システム"};

/// One of the words, unless it only says of when the document is: 来月分の請求書, 来月の請求書.
bool speaks_of(std::u32string_view text, const Words& words) {
  for (const std::u32string_view word : words)
    for (std::size_t at = text.find(word); at != std::u32string_view::npos; at = text.find(word, at + 1)) {
      const std::u32string_view behind = text.substr(at + word.size());
      if (behind.starts_with(U"分") || behind == U"の" || behind == U"のご" || behind == U"の御" || behind == U"のお") continue;
      return true;
    }
  return false;
}

enum class Tense : std::uint8_t { no, present, past };

/// How a verb that hands something over ends: お送り|します, お送り|しました; asked, wished or denied it does not.
Tense ending(std::u32string_view tail, bool of_noun) {
  static const Words now{U"します", U"いたします", U"致します", U"させていただきます", U"させて頂きます", U"しており", U"いたしており", U"致しており", U"しています", U"してます",
                         U"申し上げます", U"申しあげます", U"ります", U"らせていただきます", U"らせて頂きます", U"いたしたく", U"しておきます"};
  static const Words done{U"しました", U"いたしました", U"致しました", U"させていただきました", U"させて頂きました", U"されました", U"りました", U"済みです"};
  static const Words named{U"にて", U"で", U"の通り", U"のとおり", U"いたし", U"し、", U"のご案内", U"のお知らせ", U"のご連絡", U"完了", U"ファイル", U"、", U"をご確認", U"をご査収", U"をご覧"};
  const auto asks_behind = [&](const Words& words) {
    for (const std::u32string_view word : words)
      if (tail.starts_with(word)) return starts_with_any(tail.substr(word.size()), {U"か", U"でしょうか", U"ません"});
    return false;
  };
  if (starts_with_any(tail, done)) return asks_behind(done) ? Tense::no : Tense::past;
  if (starts_with_any(tail, now)) return asks_behind(now) ? Tense::no : Tense::present;
  if (of_noun && (tail.empty() || starts_with_any(tail, named))) return Tense::present;
  return Tense::no;
}

struct Verb {
  std::u32string_view stem;
  bool of_noun = false;    ///< 請求書添付, 送付のご案内
  bool only_done = false;  ///< 請求書を発行します is a promise or a rule
};
constexpr Verb handing_verbs[] = {{U"お送り"}, {U"送付", true}, {U"送信"}, {U"添付", true}, {U"同封", true}, {U"提出"}, {U"共有"}, {U"アップロード"}, {U"アップ"}, {U"再送"}, {U"お届け"},
                                  {U"お渡し"}, {U"差し上げ"}, {U"再発行", false, true}, {U"発行", false, true}, {U"作成", false, true}, {U"締結", false, true}, {U"お出し"}, {U"提示"},
                                  {U"ご案内"}, {U"送"}, {U"お持ち"}};
constexpr std::size_t longest_gap = 28;  // characters between a name and its verb

/// Does this verb of a sentence, `at` behind the name, hand the document over?
bool hands_over(const Around& words, std::size_t at, const Verb& verb) {
  const std::u32string_view rest(words.rest);
  const std::u32string_view gap = rest.substr(0, at);
  if (verb.stem == U"送" && !gap.empty() && is_kanji(gap.back())) return false;  // 郵送, 発送
  if (holds_any(gap, not_of_it)) return false;
  const Tense tense = ending(rest.substr(at + verb.stem.size()), verb.of_noun);
  if (tense == Tense::no || (verb.only_done && tense != Tense::past)) return false;
  const Words& not_now = tense == Tense::past ? earlier : later;
  return !speaks_of(words.before, not_now) && !holds_any(gap, not_now);
}

/// 請求書を添付いたします: is the document handed over with these words?
bool handed_over(const Around& words) {
  const std::u32string_view rest(words.rest);
  constexpr std::u32string_view beginnings = U"お送添同提共ア再差発作締ご";
  for (std::size_t at = 0; at < rest.size() && at <= longest_gap; ++at) {
    if (beginnings.find(rest[at]) == std::u32string_view::npos) continue;
    for (const Verb& verb : handing_verbs)
      if (rest.substr(at).starts_with(verb.stem) && hands_over(words, at, verb)) return true;
  }
  return false;
}

/// 添付の請求書, 同封いたしました見積書.
bool attached_before(const Around& words) {
  static const Words attached{U"添付の", U"添付した", U"添付しました", U"添付いたしました", U"添付致しました", U"添付しております", U"添付いたします", U"添付ファイルの", U"同封の", U"別添の", U"添付資料の", U"添付PDFの"};
  static const Words blank_form{U"に記入", U"にご記入", U"フォーマット", U"テンプレ", U"ひな形", U"雛形", U"ひな型", U"の様式", U"の書式", U"様式", U"見本", U"サンプル", U"の記入", U"用紙", U"送付先"};
  constexpr std::size_t reach = 18;
  const std::u32string_view before(words.before);
  const std::u32string_view near = before.substr(before.size() - std::min(before.size(), reach));
  return holds_any(near, attached) && !starts_with_any(words.rest, blank_form);
}

/// 請求書を送ってください, 領収書は必要ですか.
bool asked_for(const Around& words) {
  static const Words asking{U"ください", U"下さい", U"お願い", U"いただけ", U"頂け", U"いただき", U"頂き", U"もらえ", U"貰え", U"ほしい", U"欲しい", U"でしょうか", U"ますか", U"ですか", U"必要", U"希望", U"ませんか", U"まだ", U"届いて"};
  static const Words looking{U"をご確認", U"をご査収", U"をご覧", U"のご確認", U"をご参照", U"をダウンロード", U"は添付", U"を確認"};
  const std::u32string_view rest(words.rest);
  return !starts_with_any(rest, looking) && holds_any(rest.substr(0, longest_gap), asking);
}

// --- findings

struct Hit {
  DocumentKind kind = none;
  Carrier carrier = Carrier::text;
  TextSpan place;
  const char* rule = "";
  bool doubtful = false;
};

class Finder {
 public:
  explicit Finder(const DocumentText& message) : message_(message) {}

  CarriedDocument find() {
    read_text();
    read_files();
    read_subject();
    return chosen();
  }

 private:
  void read_text();
  void read_line(const Text::Line& line);
  void read_name(Span span, const Word& word);
  void read_phrase(Span span, const Word& word);
  void read_label(Span line);
  void read_heading(Span line);
  void read_files();
  void read_subject();
  void read_subject_name(std::size_t begin, const Word& word, std::size_t end);
  void read_latin_subject();
  CarriedDocument chosen() const;

  void add(DocumentKind kind, Carrier carrier, TextSpan place, const char* rule, bool doubtful = false) {
    Hit& known = hits_[static_cast<std::size_t>(kind)];
    if (known.kind != none && (known.doubtful < doubtful || (known.doubtful == doubtful && known.carrier <= carrier))) return;
    known = {kind, carrier, place, rule, doubtful};
  }
  bool carried_in_text(DocumentKind kind) const { return hits_[static_cast<std::size_t>(kind)].kind != none; }

  const DocumentText& message_;
  std::array<Hit, 9> hits_;
  std::array<bool, 9> asked_{};
};

void Finder::read_text() {
  for (const Text::Line& line : message_.text.lines())
    if (line.own && !line.span.empty()) read_line(line);
}

void Finder::read_line(const Text::Line& line) {
  static const WordTable phrase_table(phrases);
  const Text& text = message_.text;
  const std::u32string_view chars = text.chars().substr(0, line.span.end);
  bool any = false;
  for (std::size_t at = line.span.begin; at < line.span.end; ++at) {
    if (const Word* phrase = phrase_table.at(chars, at)) read_phrase({at, at + phrase->word.size()}, *phrase);
    const Word* name = names_table().at(chars, at);
    if (name == nullptr) continue;
    any = true;
    if (name->how != no) read_name({at, at + name->word.size()}, *name);
    at += name->word.size() - 1;
  }
  read_label(line.span);
  constexpr std::size_t longest_heading = 40;
  if (!any && line.span.size() > longest_heading) return;
  if (line.span.size() <= longest_heading) read_heading(line.span);
}

void Finder::read_name(Span span, const Word& word) {
  const Around words = around(message_.text, span);
  if (handed_over(words)) add(word.kind, Carrier::text, message_.text.bytes(span), "document.handed-over");
  else if (word.how == sheet && attached_before(words)) add(word.kind, Carrier::text, message_.text.bytes(span), "document.attached");
  else if (asked_for(words)) asked_[static_cast<std::size_t>(word.kind)] = true;
}

/// Does an amount stand in it: 5万円, ¥5000, 55,000?
bool holds_amount(std::u32string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == U'\u00a5' && i + 1 < text.size() && is_digit(text[i + 1])) return true;
    if (text[i] == ',' && i > 0 && is_digit(text[i - 1]) && i + 1 < text.size() && is_digit(text[i + 1])) return true;
    if (text[i] == U'円' && i > 0 && (is_digit(text[i - 1]) || is_kanji_number(text[i - 1]))) return true;
  }
  return false;
}

void Finder::read_phrase(Span span, const Word& word) {
  static const Words pointing{U"下記", U"以下", U"上記", U"次の", U"通り", U"とおり", U"分を", U"分として", U"分の", U"分、", U"表題", U"標記", U"添付", U"本メール", U"として"};
  // 追加でご請求いたします is a rule, こちらで発注します an order to somebody else.
  static const Words elsewhere{U"こちらで", U"弊社で", U"当方で", U"当社で", U"私の方で", U"業者に", U"印刷所に", U"メーカーに", U"工場に", U"仕入先に", U"追加で", U"追加料金", U"キャンセル料", U"でき", U"時に", U"時は", U"前に", U"ですので", U"ご注文は"};
  const Around words = around(message_.text, span);
  if (speaks_of(words.before, later) || holds_any(words.before, elsewhere)) return;
  const char32_t before = words.before.empty() ? U'\0' : words.before.back();
  if (word.kind == order && (before == U'ご' || before == U'御' || before == U'お' || before == U'受' || before == U'再')) return;
  if (words.rest.starts_with(U"か") || words.rest.starts_with(U"が") || words.rest.starts_with(U"でしょうか") || words.rest.starts_with(U"の場合")) return;
  if (word.kind == quotation && holds_any(words.before, {U"希望", U"前回", U"他社", U"先日の", U"以前の"})) return;
  if (word.how == points && !holds_any(words.before, pointing) && !holds_amount(words.before) && !holds_amount(words.rest)) return;
  add(word.kind, Carrier::text, message_.text.bytes(span), "document.phrase", word.how == weak);
}

bool is_decoration(char32_t c) {
  return is_blank(c) || (c != 0 && std::u32string_view(U"【】■□◆◇●○★☆*=-_~<>「」『』《》〈〉|[]()（）▼▽▲△━─").find(c) != std::u32string_view::npos);
}

/// ご請求金額：55,000円 at the beginning of a line.
void Finder::read_label(Span line) {
  static const WordTable table(line_labels);
  const Text& text = message_.text;
  const std::u32string_view chars = text.chars().substr(0, line.end);
  std::size_t at = line.begin;
  while (at < line.end && (is_decoration(chars[at]) || chars[at] == U'・')) ++at;
  if (at >= line.end) return;
  const Word* label = table.at(chars, at);
  if (label == nullptr) return;
  const Span span{at, at + label->word.size()};
  at = span.end;
  if (chars.substr(at).starts_with(U"(税込)") || chars.substr(at).starts_with(U"(税別)") || chars.substr(at).starts_with(U"(税抜)")) at += 4;
  const bool amount = label->word.find(U'額') != std::u32string_view::npos || label->word.find(U"合計") != std::u32string_view::npos;
  std::size_t separators = 0;
  for (; at < line.end && separators < looked_back; ++at, ++separators)
    if (!is_decoration(chars[at]) && chars[at] != ':' && chars[at] != U'は' && chars[at] != U'\u00a5' && chars[at] != '\\' && chars[at] != U'金') break;
  const bool value = at < line.end && (is_digit(chars[at]) || is_kanji_number(chars[at]) || (!amount && is_letter(chars[at])));
  if (!value || separators == 0) return;
  const Around words = around(text, {span.begin, at});
  if (holds_any(words.rest, {U"ますか", U"ですか", U"でしょうか", U"ください", U"下さい", U"予算", U"以内", U"オーバー", U"高い", U"お願い", U"希望", U"違"})) return;
  add(label->kind, Carrier::text, text.bytes(span), "document.label", !amount || label->kind == order_confirmation);
}

/// 請　求　書 on a line of its own. It may be a list of what is wanted, so only with figures.
void Finder::read_heading(Span line) {
  const Text& text = message_.text;
  std::u32string compact;
  for (std::size_t at = line.begin; at < line.end; ++at)
    if (!is_decoration(text[at])) compact += text[at];
  std::size_t begin = 0;
  while (begin < compact.size() && (compact[begin] == U'御' || compact[begin] == U'ご' || compact[begin] == U'お')) ++begin;
  if (begin >= compact.size()) return;
  const Word* name = names_table().at(compact, begin);
  if (name == nullptr || name->how != sheet) return;
  const std::u32string_view behind = std::u32string_view(compact).substr(begin + name->word.size());
  const bool alone = behind.empty() || behind == U"控" || starts_with_any(behind, {U"兼", U"No", U"No.", U"番号", U":"});
  if (alone) add(name->kind, Carrier::text, text.bytes(line), "document.heading", /*doubtful=*/true);
}

// --- names of files

/// A Latin word by itself: invoice_12, not invoicing.
bool stands_alone(std::u32string_view text, Span span) {
  return (span.begin == 0 || !is_letter(text[span.begin - 1])) && (span.end >= text.size() || !is_letter(text[span.end]));
}

std::u32string file_words(std::string_view name) {
  const Text text(name);
  std::u32string out;
  for (const char32_t c : text.chars()) out += c == '_' || c == '-' || c == '.' || c == '+' ? U' ' : c >= 'A' && c <= 'Z' ? c + 32 : c;
  return out;
}

void Finder::read_files() {
  static const WordTable latin(file_names);
  static const Words blank_form{U"テンプレ", U"ひな形", U"雛形", U"ひな型", U"フォーマット", U"様式", U"書式", U"記入例", U"記載例", U"見本", U"サンプル", U"sample", U"template", U"手順", U"マニュアル",
                                U"ガイド", U"一覧", U"送付先", U"発行依頼", U"作成依頼", U"規定", U"規約", U"アイコン", U"フォーム", U"書き方"};
  constexpr std::size_t longest_name = 500;
  for (const std::string& file : message_.files) {
    const std::u32string words = file_words(std::string_view(file).substr(0, longest_name));
    if (holds_any(words, blank_form)) continue;
    for (std::size_t at = 0; at < words.size(); ++at) {
      const Word* name = names_table().at(words, at);
      if (name != nullptr && name->how != no) add(name->kind, Carrier::file_name, {}, "document.file");
      if (name != nullptr) at += name->word.size() - 1;
      else if (const Word* word = latin.at(words, at); word != nullptr && stands_alone(words, {at, at + word->word.size()})) add(word->kind, Carrier::file_name, {}, "document.file");
    }
  }
}

// --- subjects

bool is_answer(std::u32string_view subject) {
  std::u32string head;
  for (std::size_t i = 0; i < subject.size() && head.size() < 6; ++i)
    if (!is_blank(subject[i])) head += subject[i] >= 'A' && subject[i] <= 'Z' ? subject[i] + 32 : subject[i];
  return starts_with_any(head, {U"re:", U"fw:", U"fwd:", U"返信:", U"転送:"});
}

std::u32string without_blanks(std::u32string_view text) {
  std::u32string out;
  for (const char32_t c : text)
    if (!is_blank(c)) out += c;
  return out;
}

/// お願い, 依頼, ？ behind a name: it is asked for. Being asked to look at it is something else.
bool asks_in_subject(std::u32string rest) {
  for (const std::u32string_view look : {U"ご確認のお願い", U"確認のお願い", U"ご確認をお願い", U"ご確認ください", U"ご確認下さい", U"ご査収", U"お支払いのお願い", U"お支払のお願い", U"ご入金のお願い", U"ご署名のお願い", U"ご締結のお願い"})
    if (const std::size_t at = rest.find(look); at != std::u32string::npos) rest.erase(at);
  return holds_any(rest, {U"お願い", U"依頼", U"ください", U"下さい", U"希望", U"方法", U"？", U"?", U"でしょうか", U"ますか", U"ですか", U"いただけ", U"頂け", U"テンプレ", U"無料", U"セミナー", U"変更", U"キャンセル", U"不備", U"誤り", U"届", U"未着", U"相談", U"質問", U"問い合わせ", U"受付中", U"お礼", U"御礼"});
}

void Finder::read_subject_name(std::size_t begin, const Word& word, std::size_t end) {
  static const Words handing{U"送付", U"の送付", U"ご送付", U"のご送付", U"のお届け", U"の再送", U"再送", U"の提出", U"のご提出", U"のご提示", U"をお送り", U"を送", U"をご送付", U"を添付", U"をお届け", U"を提出", U"を再送"};
  static const Words told{U"のご案内", U"ご案内", U"のお知らせ", U"お知らせ", U"を発行", U"が発行", U"発行のお知らせ", U"発行のご案内", U"発行いたし", U"発行しま", U"発行完了", U"の発行のお知らせ", U"の発行いたし", U"の発行が完了", U"の発行完了",
                          U"在中", U"確定", U"が確定", U"が届いて", U"PDF", U"一式", U"の写し", U"です", U"兼", U"と", U"及び", U"および", U"公開", U"ダウンロード"};
  static const Words looking{U"の件", U"について", U"のご確認", U"ご確認", U"の確認"};
  const std::u32string_view chars = message_.subject.chars();
  const std::u32string rest = without_blanks(chars.substr(end, looked_ahead));
  const bool files = !message_.files.empty();
  const char32_t next = rest.empty() ? U'\0' : rest.front();
  const bool closed = next == 0 || is_digit(next) || (next < 0x80 && !is_letter(next)) || starts_with_any(rest, {U"】", U"」", U"』", U"（", U"【", U"「", U"No", U"・", U"、", U"。", U"＃", U"№", U"〔", U"〕", U"/"});
  const bool carried = word.how == sheet ? closed || starts_with_any(rest, handing) || starts_with_any(rest, told) : starts_with_any(rest, handing);
  if (!carried && !(files && starts_with_any(rest, looking))) return;
  if (asks_in_subject(rest)) return;
  if (asked_[static_cast<std::size_t>(word.kind)] && !files && !carried_in_text(word.kind)) return;
  add(word.kind, Carrier::subject, message_.subject.bytes({begin, end}), "document.subject");
}

/// Your receipt from …, Invoice #123: of machines, or with the file.
void Finder::read_latin_subject() {
  static const WordTable latin(file_names);
  if (!message_.machine && message_.files.empty()) return;
  std::u32string words;
  for (const char32_t c : message_.subject.chars()) words += c >= 'A' && c <= 'Z' ? c + 32 : c;
  if (holds_any(words, {U"?", U"template", U"how to", U"free", U"webinar", U"request", U"software"})) return;
  for (std::size_t at = 0; at < words.size(); ++at)
    if (const Word* word = latin.at(words, at); word != nullptr && stands_alone(words, {at, at + word->word.size()}))
      add(word->kind, Carrier::subject, message_.subject.bytes({at, at + word->word.size()}), "document.subject");
}

void Finder::read_subject() {
  static const WordTable table(subject_phrases);
  const std::u32string_view chars = message_.subject.chars();
  if (chars.empty() || is_answer(chars)) return;
  for (std::size_t at = 0; at < chars.size(); ++at) {
    if (const Word* phrase = table.at(chars, at)) {
      const Span span{at, at + phrase->word.size()};
      const bool mere = at > 0 && (chars[at - 1] == U'料' || chars[at - 1] == U'グ');  // 資料請求, カタログ請求
      const std::u32string rest = without_blanks(chars.substr(span.end, looked_ahead));
      if (!mere && !asks_in_subject(rest) && !starts_with_any(rest, {U"について", U"の件"}))
        add(phrase->kind, Carrier::subject, message_.subject.bytes(span), "document.subject", /*doubtful=*/phrase->kind == receipt);
    }
    const Word* name = names_table().at(chars, at);
    if (name == nullptr) continue;
    if (name->how != no) read_subject_name(at, *name, at + name->word.size());
    at += name->word.size() - 1;
  }
  read_latin_subject();
}

// What stands first is the kind of a message that carries several.
constexpr std::array by_weight{invoice, receipt, payment_notice, order, order_confirmation, contract, delivery_note, quotation};

CarriedDocument Finder::chosen() const {
  CarriedDocument out;
  const Hit* best = nullptr;
  for (const DocumentKind kind : by_weight) {
    const Hit& hit = hits_[static_cast<std::size_t>(kind)];
    if (hit.kind == none) continue;
    if (!best || std::pair(hit.doubtful, hit.carrier) < std::pair(best->doubtful, best->carrier)) best = &hit;
  }
  if (best == nullptr) return out;
  out.document.kind = best->kind;
  out.document.carrier = best->carrier;
  out.document.place = best->place;
  out.document.rule = best->rule;
  for (const Hit& hit : hits_)
    if (hit.kind != none && hit.kind != best->kind && !hit.doubtful) out.document.also |= 1U << static_cast<unsigned>(hit.kind);
  // Adverts, too, send 請求書 to everybody.
  out.doubtful = best->doubtful || (message_.machine && best->carrier == Carrier::text);
  return out;
}

} // namespace

CarriedDocument find_document(const DocumentText& message) { return Finder(message).find(); }

} // namespace genchi::facts
