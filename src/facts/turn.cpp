#include "facts/turn.hpp"

#include <algorithm>
#include <initializer_list>
#include <optional>

#include "base/bytes.hpp"
#include "facts/act_marks.hpp"
#include "facts/word_table.hpp"
#include "text/fold.hpp"
#include "text/readings.hpp"

namespace genchi::facts {
namespace {

constexpr std::size_t longest_sentence = 400; // characters of one that are looked at
constexpr std::size_t most_sentences = 2000;
constexpr std::size_t least_said = 3; // characters of a sentence that says anything
constexpr std::size_t least_after = 6; // … behind a phrase of thanks

/// The lists of turn_words.inc.
enum class Word : std::uint8_t {
  courtesy, small_talk, in_case, ask, request, wants_reply, offer, complaint, report, material, accept, afresh, agree, confirm,
  promise, event, sends_later, sends, decline, thanks, close, regards, action, please, greet, sorry, no_reply, received, solved,
  machine, hours, everyone, campaign, papers, wants_words, will_do, fine, found, nothing_more, any_more, is_right, pointer, answers_now,
  when, papers_of_theirs, done_before
};

const WordTable& turn_words() {
  static const WordTable table = [] {
    WordTable made;
#define WORDS(kind, ...) made.add(static_cast<std::uint8_t>(Word::kind), {__VA_ARGS__});
#include "facts/turn_words.inc"
#undef WORDS
    return made;
  }();
  return table;
}

std::uint64_t bit(Word word) { return std::uint64_t{1} << static_cast<unsigned>(word); }

bool ends_with_any(std::u32string_view text, std::initializer_list<std::u32string_view> ends) {
  return std::any_of(ends.begin(), ends.end(), [&](std::u32string_view end) { return text.ends_with(end); });
}
bool says_any(std::u32string_view text, std::initializer_list<std::u32string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::u32string_view word) { return text.find(word) != text.npos; });
}

/// Words that ask, by themselves: どのくらい, いくつ; not どちらでも, 何か, どの日も.
bool has_interrogative(std::u32string_view said) {
  static constexpr std::u32string_view words[] = {U"なぜ", U"なん", U"何", U"いつ", U"どこ", U"どう", U"どの", U"どんな", U"どんだけ", U"どち", U"どっち", U"どなた", U"どれ", U"いくつ", U"幾つ", U"いくら", U"いかほど", U"いかが", U"誰", U"だれ", U"どいつ"};
  static constexpr std::size_t reach = 8;
  for (const std::u32string_view word : words)
    for (std::size_t at = said.find(word); at != said.npos; at = said.find(word, at + 1)) {
      const std::u32string_view behind = said.substr(at + word.size(), reach);
      if (behind.starts_with(U"か") && !behind.starts_with(U"かか") && !behind.starts_with(U"から")) continue; // 何か, いつか
      if (behind.starts_with(U"とか") || behind.starts_with(U"より") || behind.starts_with(U"卒") || behind.starts_with(U"度も") || behind.starts_with(U"ぞ") || behind.starts_with(U"せ、") || behind.starts_with(U"やら")) continue;
      if (word == U"なん" && (behind.starts_with(U"で") || behind.starts_with(U"だ")) && at > 0 && !ends_with_any(said.substr(0, at), {U"は", U"が", U"、", U"って"})) continue; // 大変なんでしょう
      const std::size_t also = behind.find(U'も'); // いつも, どの日も, 何時でも
      if (also != behind.npos && !behind.substr(also).starts_with(U"もの") && !behind.substr(also).starts_with(U"もら")) continue;
      return true;
    }
  return false;
}

bool ends_with_that(std::u32string_view said) {
  return said.size() <= 24 && said.ends_with(U'で') && !ends_with_any(said, {U"ので", U"まで", U"んで", U"いで", U"とで", U"くで", U"りで", U"せで", U"つで", U"のみで"});
}

constexpr std::size_t opening_reach = 200; // characters that salutation and self-introduction stand in
constexpr std::size_t longest_opening = 40; // characters of one

bool is_name_character(char32_t c) {
  return is_kanji(c) || is_katakana(c) || is_hiragana(c) || is_letter(c) || c == U'・' || c == U'(' || c == U')' || c == U'々' || c == U'ー' || c == U'&' || c == U'.';
}

bool names_company(std::u32string_view text) {
  return says_any(text, {U"株式会社", U"有限会社", U"合同会社", U"合資会社", U"(株)", U"(有)", U"財団法人", U"社団法人", U"医療法人", U"学校法人", U"npo法人"});
}

/// 港商会 佐藤様, 各位, 株式会社浜田: to whom and from whom it goes.
bool is_address_line(std::u32string_view said) {
  if (said.size() < 2 || said.size() > longest_opening || has_interrogative(said)) return false;
  const auto names_only = [](std::u32string_view text) { return std::all_of(text.begin(), text.end(), [](char32_t c) { return is_name_character(c) || is_digit(c) || c == U'、' || c == U' '; }); };
  if (!names_only(said) || says_any(said, {U"です", U"ます", U"は", U"を", U"お疲れ", U"お世話", U"同様", U"多様", U"一様", U"仕様", U"模様", U"皆様で", U"有様", U"異様"})) return false;
  if (ends_with_any(said, {U"様", U"さま", U"御中", U"各位"})) return true;
  return names_company(said) && !ends_with_any(said, {U"で", U"に", U"へ", U"から", U"まで", U"が", U"と", U"も", U"宛", U"か"});
}

/// Does a text begin with a family name that is known, with at most a given name behind it? The length of the former.
std::size_t family_name_at(std::u32string_view text) {
  static constexpr std::size_t longest_family = 4;
  std::string utf8;
  for (const char32_t c : text.substr(0, longest_family)) append_utf8(utf8, c);
  const readings::Family* family = readings::family_at(fold(utf8));
  if (family == nullptr) return 0;
  std::size_t size = 0;
  for (std::size_t at = 0; at < family->name.size(); ++size) at += decode_utf8(family->name, at).size;
  return size;
}

bool may_be_name(std::u32string_view text) {
  const auto all = [&](bool (*is)(char32_t)) { return std::all_of(text.begin(), text.end(), [&](char32_t c) { return is(c) || c == U'々' || c == U'ー'; }); };
  return all(is_kanji) || all(is_katakana) || all(is_hiragana);
}

/// 営業部, 青葉社, 株式会社…: what a name may stand behind.
bool is_place_of_work(std::u32string_view text) {
  return names_company(text) || ends_with_any(text, {U"商店", U"商会", U"商事", U"工務店", U"事務所", U"工房", U"サロン", U"部", U"課", U"室", U"係", U"窓口", U"担当", U"製作所", U"印刷", U"建設", U"工業", U"産業", U"物産", U"協会", U"組合", U"医院", U"病院", U"クリニック", U"学園", U"塾", U"教室", U"堂", U"屋", U"旅館", U"ホテル",
                                                         U"社", U"店", U"局", U"所", U"経理", U"総務", U"営業", U"人事", U"広報", U"購買", U"企画", U"事務", U"受付", U"製造", U"開発", U"技術", U"デザイン", U"スタジオ", U"木材", U"電機", U"電気", U"運輸", U"不動産", U"設計", U"食品", U"銀行", U"グループ", U"チーム", U"センター", U"株", U"会", U"園", U"院"});
}

/// How sure it is that a sentence only says who writes.
enum class Introduces : std::uint8_t {
  no,
  perhaps, ///< 小鳥です: a short word that may be a name
  by_name, ///< 鈴木です, 鈴木一です
  whole    ///< 株式会社浜田の佐藤です, 浜田商店 佐藤と申します
};

/// お世話になっております, 森様: what stands beside an introduction in one sentence.
bool is_beside_introduction(std::u32string_view part) {
  return says_any(part, {U"世話", U"はじめまして", U"初めまして", U"こんにちは", U"こんばんは", U"おはよう", U"お疲れ", U"ご無沙汰", U"久しぶり", U"失礼", U"突然"}) || ends_with_any(part, {U"様", U"さま", U"さん", U"先生", U"ご中", U"各位"});
}

/// Blanks within a sentence are 、 here: 鈴木、一です.
Introduces introduces(std::u32string_view said) {
  static constexpr std::size_t longest_name = 8, longest_given = 4;
  if (said.size() > longest_opening) return Introduces::no;
  std::u32string who;
  for (std::size_t begin = 0; begin < said.size();) {
    const std::size_t end = std::min(said.find(U'、', begin), said.size());
    if (const std::u32string_view part = said.substr(begin, end - begin); !is_beside_introduction(part)) who += part;
    begin = end + 1;
  }
  std::u32string_view name = who;
  if (name.ends_with(U"と申します")) return says_any(name, {U"は", U"を"}) ? Introduces::no : Introduces::whole;
  if (name.ends_with(U"でございます")) name.remove_suffix(6);
  else if (name.ends_with(U"です")) name.remove_suffix(2);
  else return Introduces::no;
  if (name.empty() || std::any_of(name.begin(), name.end(), [](char32_t c) { return !is_name_character(c); })) return Introduces::no;
  if (may_be_name(name) && name.size() <= longest_name)
    if (const std::size_t family = family_name_at(name); family > 1 && name.size() <= family + longest_given) return Introduces::by_name;
  // 経理の丸山, 青葉社佐藤
  for (std::size_t at = 1; at + 1 <= name.size(); ++at) {
    const bool of = name[at - 1] == U'の';
    const std::u32string_view place = name.substr(0, at - (of ? 1 : 0)), behind = name.substr(at);
    if (place.empty() || behind.size() > longest_name || !may_be_name(behind) || says_any(place, {U"は", U"が", U"を", U"も"})) continue;
    const std::size_t family = family_name_at(behind);
    const bool known = family > 1 && behind.size() <= family + longest_given;
    if (is_place_of_work(place) ? known || of : of && known) return Introduces::whole;
  }
  const bool short_word = name.size() <= 5 && may_be_name(name) && !is_hiragana(name.front()) && !says_any(name, {U"曜", U"週", U"午", U"以上", U"同", U"不", U"未", U"無", U"可", U"参加", U"欠席", U"予定"});
  return short_word || family_name_at(name) == name.size() ? Introduces::perhaps : Introduces::no;
}

/// A name in the spelling of Spoken, apart at its blanks; without what is no name: addresses.
std::vector<std::u32string> name_parts(const std::string& name) {
  std::vector<std::u32string> parts(1);
  const Text text(name);
  for (const char32_t c : text.chars()) {
    if (is_name_character(c) && c != U'.') parts.back() += c;
    else if (!parts.back().empty()) parts.emplace_back();
  }
  std::erase_if(parts, [](const std::u32string& part) { return part.empty(); });
  return name.find('@') == std::string::npos ? parts : std::vector<std::u32string>();
}

constexpr std::u32string_view honorifics[] = {U"様", U"さま", U"さん", U"殿", U"くん", U"君", U"先生", U"部長", U"課長", U"次長", U"係長", U"室長", U"所長", U"店長", U"支店長", U"工場長", U"院長", U"園長", U"校長",
                                              U"主任", U"主査", U"社長", U"副社長", U"会長", U"専務", U"常務", U"取締役", U"代表", U"リーダー", U"マネージャー"};

/// 森 of 森部長, 佐藤商店森様: what stands before the honorifics; nullopt if there are none.
std::optional<std::u32string_view> addressed_by(std::u32string_view clause) {
  if (clause.ends_with(U'へ')) clause.remove_suffix(1);
  const std::size_t whole = clause.size();
  for (bool cut = true; cut;) {
    cut = false;
    for (const std::u32string_view title : honorifics)
      if (clause.size() > title.size() && clause.ends_with(title)) {
        clause.remove_suffix(title.size());
        cut = true;
      }
  }
  if (clause.size() == whole || clause.size() > longest_opening) return std::nullopt;
  return clause;
}

/// Is somebody named with さん or 様 whose name is none of these?
bool names_another(std::u32string_view said, const std::vector<std::u32string>& names) {
  for (const std::u32string_view honorific : {std::u32string_view(U"様"), std::u32string_view(U"さま"), std::u32string_view(U"さん")})
    for (std::size_t at = said.find(honorific); at != said.npos; at = said.find(honorific, at + 1)) {
      const std::u32string_view before = said.substr(0, at);
      if (ends_with_any(before, {U"お疲れ", U"お世話", U"ご苦労", U"御苦労", U"お客", U"お得意", U"同", U"仕", U"多", U"模", U"一", U"異", U"有", U"たく", U"今", U"ご馳走", U"ごちそう", U"お陰", U"おかげ", U"神"})) continue;
      if (honorific == U"様" && (said.substr(at + 1).starts_with(U"子") || said.substr(at + 1).starts_with(U"々") || said.substr(at + 1).starts_with(U"式"))) continue;
      if (std::any_of(names.begin(), names.end(), [&](const std::u32string& name) { return before.ends_with(name); })) continue;
      return true;
    }
  return false;
}

constexpr std::uint32_t cues_of_opening = cue_thanks | cue_greets | cue_sorry | cue_closes;
constexpr std::uint32_t cues_of_matter = cue_asks | cue_requests | cue_wants_reply | cue_offers | cue_complains | cue_reports | cue_material | cue_accepts | cue_declines;

/// A sentence between '^' and '\n', and the words in it.
class Sentence {
 public:
  /// `said`: without its question mark.
  Sentence(std::u32string_view said, bool question) : question_mark_(question) {
    text_.reserve(said.size() + 2);
    text_ += U'^';
    text_ += said;
    text_ += U'\n';
    find_words();
  }

  std::uint32_t cues() const;
  bool has(Word word) const { return (words_ & bit(word)) != 0; }
  /// A promise to answer that is kept at once: 回答いたします, without when, and by nobody else.
  bool answers_now() const {
    if (!has(Word::answers_now) || has(Word::when)) return false;
    if (says_any(said(), {U"確認し", U"確認いた", U"検討", U"調べ", U"相談", U"聞いて", U"考え", U"問い合わせて", U"話し合", U"まとめて", U"調整", U"協議"}) && !says_any(said(), {U"ました", U"た結果", U"たので", U"の結果"})) return false;
    if (tells_now()) return false;
    return (says_any(said(), {U"代わ", U"代理", U"私から", U"私より", U"わたくし", U"当方", U"弊社", U"こちらから"}) || !says_any(said(), {U"より", U"から"}));
  }

  bool wants_a_look() const;
  bool awaits_approval() const;
  bool finds_in_order() const;
  bool only_states() const { return cues() == cue_states; }
  std::u32string_view said() const { return std::u32string_view(text_).substr(1, text_.size() - 2); }

 private:
  void find_words();
  bool tells_now() const;
  bool has_any(std::initializer_list<Word> list) const { return std::any_of(list.begin(), list.end(), [&](Word word) { return has(word); }); }

  bool is_question() const;
  bool is_polite_request() const;
  bool offers_if() const;
  bool speaks_of_an_offer(bool question) const;
  bool permits() const;
  bool asks_how() const;
  bool trails_off() const;
  bool finds() const;
  bool sends_now() const;
  bool looks_later() const { return has(Word::will_do) && says_any(said(), {U"拝見", U"目を通", U"見て", U"見ます", U"読みます", U"読んで", U"チェック", U"やって", U"やります"}); }
  static bool has_in(std::initializer_list<Word> words, std::u32string_view text);
  std::uint32_t wishes(bool question) const;
  std::uint32_t wish_behind(Word word) const;
  std::uint32_t answers(bool question) const;
  bool says_more() const;
  bool says_before_courtesy() const;

  std::u32string text_;
  bool question_mark_;
  std::uint64_t words_ = 0;
  std::size_t last_phrase_ = 0;                          // end of the last of thanks, regards, …
  std::size_t regards_ = 0, please_ = 0, courtesy_ = 0;  // where the last of them begins
};

/// Phrases that say nothing of the matter.
constexpr std::initializer_list<Word> phrases = {Word::courtesy, Word::small_talk, Word::in_case, Word::thanks, Word::close, Word::regards, Word::please, Word::greet,
                                                 Word::sorry, Word::received, Word::agree, Word::no_reply, Word::promise, Word::solved};

void Sentence::find_words() {
  const WordTable& table = turn_words();
  for (std::size_t at = 0; at + 1 < text_.size();) {
    std::uint64_t here = 0;
    std::size_t courtesy_end = 0, longest = 0;
    table.each_at(text_, at, [&](std::uint8_t kind, std::size_t end) {
      const Word word = static_cast<Word>(kind);
      if (word == Word::courtesy) courtesy_end = std::max(courtesy_end, end);
      else longest = std::max(longest, end);
      here |= bit(word);
      if (word == Word::regards) regards_ = at;
      if (word == Word::please) please_ = at;
      if (std::find(phrases.begin(), phrases.end(), word) != phrases.end()) last_phrase_ = std::max(last_phrase_, end);
    });
    if (courtesy_end > 0 && courtesy_end >= longest) {
      words_ |= bit(Word::courtesy);
      courtesy_ = at;
      at = courtesy_end;
      continue;
    }
    words_ |= here & ~bit(Word::courtesy);
    ++at;
  }
}

bool Sentence::is_question() const {
  if (has(Word::small_talk)) return false;
  if (question_mark_ || has(Word::ask)) return true;
  if (ends_with_any(said(), {U"でしょう", U"だろう", U"でしょうね", U"でしょうねえ", U"でしょうー"}) && has_interrogative(said())) return true;
  if (ends_with_any(said(), {U"よろしいのでしょう", U"よいのでしょう", U"いいのでしょう", U"いいんでしょう", U"よろしいでしょう"})) return true;
  return ends_with_any(said(), {U"ですか", U"ますか", U"んか", U"でしょうか", U"だろうか", U"ようか", U"ましたか", U"でしたか", U"すかね", U"うかね", U"んかね", U"かな", U"かなあ", U"かなぁ",
                                U"かなー", U"かしら", U"っけ", U"ですよね", U"ますよね", U"すかー", U"すかぁ", U"んの", U"るの", U"いの", U"たの", U"なの", U"でしょ", U"っか", U"へん"});
}

/// 送っていただけますか: a request in the form of a question.
bool Sentence::is_polite_request() const {
  constexpr std::size_t tail = 14;
  const std::u32string_view end = said().substr(said().size() - std::min(said().size(), tail));
  return says_any(end, {U"いただけ", U"もらえ", U"くれま", U"くださいま", U"お願いでき", U"願えま"}) && !has_interrogative(said());
}

/// 17時でしたら … 可能です
bool Sentence::offers_if() const {
  constexpr std::size_t reach = 8;
  for (const std::u32string_view word : {std::u32string_view(U"でしたら"), std::u32string_view(U"なら"), std::u32string_view(U"であれば"), std::u32string_view(U"だったら")}) {
    const std::size_t at = said().find(word);
    if (at == std::u32string_view::npos) continue;
    const std::u32string_view before = said().substr(at - std::min(at, reach), std::min(at, reach));
    const bool names_time = says_any(before, {U"日", U"時", U"曜", U"週", U"月", U"朝", U"昼", U"夕", U"夜", U"午", U"以降"});
    if (names_time && says_any(said().substr(at), {U"可能", U"空い", U"空き", U"大丈夫", U"対応", U"ご案内", U"ご用意", U"お取り", U"お受け", U"伺え", U"でき", U"行け", U"いけ"})) return true;
  }
  return false;
}

/// ご検討いただきありがとうございます, お見積書を拝受しました: of what they have, or had.
bool Sentence::speaks_of_an_offer(bool question) const {
  if (question) return false;
  const bool names_day = says_any(said(), {U"空い", U"空き", U"候補", U"可能", U"希望", U"なら", U"でしたら", U"であれば", U"値引", U"割引"});
  if (has(Word::received) && has(Word::papers_of_theirs) && !names_day && !has(Word::material)) return true;
  if (says_any(said(), {U"ご検討いただいた", U"ご検討くださった", U"ご検討下さった", U"ご検討頂いた"})) return true;
  if (!has(Word::thanks)) return false;
  static constexpr std::size_t reach = 10;
  for (const std::u32string_view thanks : {std::u32string_view(U"ありがと"), std::u32string_view(U"有難う"), std::u32string_view(U"感謝"), std::u32string_view(U"お礼"), std::u32string_view(U"御礼")}) {
    const std::size_t at = said().find(thanks);
    if (at == std::u32string_view::npos) continue;
    // What is said behind the thanks may be put forward all the same.
    const std::u32string_view before = said().substr(at - std::min(at, reach), std::min(at, reach));
    const std::u32string_view behind = said().substr(at);
    const bool of_it = says_any(before, {U"いただ", U"くださ", U"下さ", U"頂", U"の"}) || ends_with_any(before, {U"提案、", U"見積、", U"見積書、", U"案内、", U"紹介、", U"提案", U"見積", U"見積書", U"案内", U"紹介"});
    if (of_it && !names_day && !says_any(behind, {U"見積", U"提案", U"候補", U"紹介", U"検討", U"求人"})) return true;
  }
  return false;
}

/// 裏にお停めいただければ大丈夫です lets them; ご返信いただければ結構です still waits for words.
bool Sentence::permits() const {
  const std::size_t at = said().find(U"れば");
  return at != std::u32string_view::npos && says_any(said().substr(at), {U"大丈夫", U"結構", U"問題", U"構いませ", U"かまいませ", U"十分", U"ok"}) && says_any(said(), {U"いただけれ", U"もらえれ", U"くだされ", U"頂けれ"}) && !has(Word::wants_words);
}

/// 申込書はどこに送ればいいですか: an instruction answers it.
bool Sentence::asks_how() const {
  return says_any(said(), {U"どこ", U"どちらに", U"どちらへ", U"どなた宛", U"どうやって", U"どうすれ", U"どうしたら", U"どのように", U"どんなふうに", U"どういうふうに", U"どんな方法", U"何で送", U"やり方", U"手順"}) || (said().find(U"方法") != said().npos && says_any(said(), {U"教え", U"わから", U"知り", U"方法は\n", U"ありますか"}));
}

/// 〜なのですが。 〜んですけど
bool Sentence::trails_off() const {
  if (has_any({Word::thanks, Word::sorry})) return false;
  return ends_with_any(said(), {U"ですが", U"ますが", U"せんが", U"でしたが", U"ましたが", U"ですけど", U"ますけど", U"んだけど", U"のだが", U"たいけど", U"ないけど", U"ませんけど", U"ましたけど",
                                U"ですけれど", U"ですけれども", U"ますけれども", U"るけど", U"たけど", U"なんだが", U"たんですが"});
}

/// お願いします and よろしくお願いします: with what is wanted right before them, or nothing.
std::uint32_t Sentence::wish_behind(Word word) const {
  const std::size_t at = word == Word::regards ? regards_ : please_;
  if (says_any(std::u32string_view(text_).substr(at), {U"しております", U"しています"})) return 0; // tells the rule
  std::u32string_view head = std::u32string_view(text_).substr(1, at - 1);
  while (head.ends_with(U'、')) {
    const std::u32string_view before = head.substr(0, head.size() - 1);
    if (!ends_with_any(before, {U"ほど", U"程", U"よう", U"ように", U"の件", U"旨"})) break;
    head = before;
  }
  const std::size_t comma = head.rfind(U'、');
  const std::u32string_view attached = comma == head.npos ? head : head.substr(comma + 1);
  const bool at_comma = attached.empty() && !head.empty();
  const auto has_action = [](std::u32string_view text) {
    bool found = false;
    for (std::size_t i = 0; i < text.size() && !found; ++i)
      turn_words().each_at(text, i, [&](std::uint8_t kind, std::size_t) { found = found || kind == static_cast<std::uint8_t>(Word::action); });
    return found;
  };
  static constexpr std::initializer_list<std::u32string_view> fillers = {U"はい", U"では", U"じゃあ", U"じゃ", U"ぜひ", U"それでは", U"どうか", U"どうぞ", U"そしたら", U"一旦", U"とりあえず", U"ひとまず", U"もちろん", U"うん", U"ええ", U"以上", U"まずは", U"改めて", U"引き続き", U"また", U"今後とも", U"本当に", U"ほんとに"};
  const auto is_filler = [&](std::u32string_view part) { return std::find(fillers.begin(), fillers.end(), part) != fillers.end(); };
  if (!at_comma && attached.size() >= 2 && !is_filler(attached)) {
    if (ends_with_any(attached, {U"で", U"にて", U"でぜひ"}) && !ends_with_any(attached, {U"ので", U"まで", U"んで", U"いで"}))
      return has_action(attached) || says_any(attached, {U"も"}) ? cue_accepts | cue_requests : std::uint32_t{cue_accepts};
    const bool object = ends_with_any(attached, {U"を", U"の件", U"ほど", U"程", U"よう", U"ように", U"旨", U"まで", U"までに"}) || has_action(attached);
    if (word == Word::please) {
      if (ends_with_any(attached, {U"ので", U"から", U"ため"})) return cue_please;
      const bool to_do = !says_any(attached, {U"来店", U"お越し", U"持参", U"了承", U"理解", U"注意", U"協力", U"来場", U"来社"});
      return to_do ? cue_requests | cue_wants_reply : std::uint32_t{cue_requests};
    }
    return object ? std::uint32_t{cue_requests} : std::uint32_t{cue_closes};
  }
  if (word == Word::regards) return cue_closes;
  if (at_comma) {
    std::u32string_view before = head.substr(0, head.size() - 1);
    const bool leads = ends_with_any(before, {U"ので", U"から", U"ため", U"が", U"けど", U"て", U"ら", U"ます"}) || is_filler(before) || says_any(before, {U"了解", U"承知", U"わかり", U"ありがと", U"ok"});
    if (!leads && before.size() >= 3) return cue_requests | cue_accepts;
  }
  return cue_please;
}

/// メールにありました; not 傷を見つけました
bool Sentence::finds() const {
  if (!has(Word::found) || has_any({Word::report, Word::complaint})) return false;
  if (says_any(said(), {U"を見つけ", U"を探し", U"を発見"}) && !says_any(said(), {U"答えを", U"記載を", U"案内を", U"説明を", U"メールを", U"それを"})) return false;
  return !says_any(said(), {U"傷", U"キズ", U"汚", U"シミ", U"染み", U"穴", U"ひび", U"ヒビ", U"カビ", U"錆", U"虫", U"誤", U"漏", U"問題", U"不明", U"気になる", U"ずれ", U"ズレ", U"別の", U"他の"});
}

/// Is a word of these kinds in a stretch?
bool Sentence::has_in(std::initializer_list<Word> words, std::u32string_view text) {
  bool found = false;
  for (std::size_t at = 0; at < text.size() && !found; ++at)
    turn_words().each_at(text, at, [&](std::uint8_t kind, std::size_t end) {
      found = found || (end <= text.size() && std::any_of(words.begin(), words.end(), [&](Word word) { return kind == static_cast<std::uint8_t>(word); }));
    });
  return found;
}

/// 作業が完了しましたのでご報告いたします: told now. Not 終わりましたので、後ほどご連絡いたします.
bool Sentence::tells_now() const {
  const std::u32string_view all = said();
  std::size_t verb = all.npos, behind = 0;
  for (const std::u32string_view word : {std::u32string_view(U"報告"), std::u32string_view(U"連絡"), std::u32string_view(U"知らせ"), std::u32string_view(U"案内"), std::u32string_view(U"伝え")})
    if (const std::size_t at = all.rfind(word); at != all.npos && (verb == all.npos || at > verb)) verb = at, behind = at + word.size();
  if (verb == all.npos) return false;
  std::u32string_view tail = all.substr(behind);
  if (tail.starts_with(U"を") || tail.starts_with(U"、")) tail.remove_prefix(1);
  const auto begins = [&](std::initializer_list<std::u32string_view> words) { return std::any_of(words.begin(), words.end(), [&](std::u32string_view word) { return tail.starts_with(word); }); };
  if (!begins({U"いたします", U"します", U"申し上げます", U"させていただ", U"差し上げます", U"さしあげます", U"いたしたく", U"したく"}) || has_in({Word::when}, tail)) return false;
  std::size_t done = 0, done_end = 0;
  for (const std::u32string_view link : {std::u32string_view(U"たので"), std::u32string_view(U"たため"), std::u32string_view(U"たから"), std::u32string_view(U"たこと"), std::u32string_view(U"た旨"), std::u32string_view(U"た件"), std::u32string_view(U"まして、"),
                                         std::u32string_view(U"になりますので"), std::u32string_view(U"となりますので"), std::u32string_view(U"下記の"), std::u32string_view(U"以下の"), std::u32string_view(U"次のとおり"), std::u32string_view(U"次の通り")})
    if (const std::size_t at = all.substr(0, verb).rfind(link); at != all.npos && at + link.size() > done_end) done = at, done_end = at + link.size();
  if (done_end == 0 || has_in({Word::when, Word::promise}, all.substr(done_end, verb - done_end))) return false;
  // 確認中ですが、一部が終わりましたので…
  std::size_t clause = 0;
  for (const std::u32string_view but : {std::u32string_view(U"が、"), std::u32string_view(U"けど、"), std::u32string_view(U"けれど"), std::u32string_view(U"ますので、"), std::u32string_view(U"ですので、")})
    if (const std::size_t at = all.substr(0, done).rfind(but); at != all.npos) clause = std::max(clause, at + but.size());
  return !has_in({Word::promise}, all.substr(0, clause));
}

/// 内容をご確認ください, ご査収のほど: all it wants is that they look at something or take it. Not who finds something out
/// for us, nor who is to decide or do something.
bool Sentence::wants_a_look() const {
  if (!says_any(said(), {U"ご確認", U"確認して", U"確認を", U"確認お願い", U"確認よろしく", U"査収", U"ご覧", U"一読", U"目通し", U"受け取りくだ", U"受け取りのほど", U"受取", U"お納めくだ", U"ご受領", U"高覧", U"見てくださ", U"チェックして", U"チェックを"})) return false;
  if (has_interrogative(said()) || says_any(said(), {U"か、", U"かご", U"か確認", U"かを", U"かどうか", U"否か"})) return false;
  return !says_any(said(), {U"署名", U"捺印", U"押印", U"返送", U"返却", U"提出", U"記入", U"入力", U"選", U"決め", U"判断", U"検討", U"指示", U"承認", U"知らせ", U"教え", U"聞かせ", U"申込", U"登録", U"振込", U"支払", U"払い", U"入金", U"手配", U"手続", U"希望", U"都合", U"意見", U"感想",
                            U"予定", U"日程", U"在庫", U"進め", U"校正", U"校了", U"再送", U"送って", U"お送りくだ", U"調べ", U"社内", U"先方", U"ください、"});
}

/// A draft, or what begins when they agree: an OK to it is for us to go on with.
bool Sentence::awaits_approval() const {
  return says_any(said(), {U"案を", U"案の", U"案が", U"案に", U"案です", U"校正", U"初校", U"再校", U"ラフ", U"サンプル", U"試作", U"下書き", U"草案", U"ドラフト"}) || (says_any(said(), {U"なければ", U"よろしければ", U"ないようでした"}) && says_any(said(), {U"進め", U"印刷", U"手配", U"着手", U"発注", U"公開", U"発送", U"開始", U"入稿"}));
}

/// 問題はございません, このままで大丈夫です; not 大丈夫ですが、…
bool Sentence::finds_in_order() const {
  if (has_any({Word::promise, Word::in_case})) return false;
  std::u32string bare;
  for (const char32_t c : said())
    if (c != U'は' && c != U'も' && c != U'が' && c != U'、') bare += c;
  if (says_any(said(), {U"が、", U"けど", U"けれど", U"ただ、", U"ただし", U"以外", U"かどう", U"ないか", U"せんか"}) || said().ends_with(U'が')) return false;
  for (const std::u32string_view flaw : {std::u32string_view(U"問題"), std::u32string_view(U"不備"), std::u32string_view(U"相違"), std::u32string_view(U"間違い"), std::u32string_view(U"誤り"), std::u32string_view(U"異存"), std::u32string_view(U"異議"), std::u32string_view(U"修正点"), std::u32string_view(U"修正箇所"),
                                         std::u32string_view(U"気になる点"), std::u32string_view(U"修正")})
    if (const std::size_t at = bare.find(flaw); at != bare.npos) {
      const std::u32string_view behind = std::u32string_view(bare).substr(at + flaw.size());
      for (const std::u32string_view none : {std::u32string_view(U"ない"), std::u32string_view(U"なし"), std::u32string_view(U"なく"), std::u32string_view(U"なかった"), std::u32string_view(U"ありません"), std::u32string_view(U"ございません"), std::u32string_view(U"特にありません"), std::u32string_view(U"特にございません"), std::u32string_view(U"見当たりません")})
        if (behind.starts_with(none)) return true;
    }
  return says_any(bare, {U"大丈夫です", U"大丈夫でした", U"大丈夫でございます", U"okです", U"okでした", U"合っています", U"合ってます", U"合っております", U"このままで結構", U"これで結構", U"このままでよい", U"このままでいい", U"これでいいです", U"これでよい", U"このままでよろし", U"その通りです", U"そのとおりです"});
}

/// 作成しましたのでお送りします
bool Sentence::sends_now() const {
  return says_any(said(), {U"ましたので", U"ましたため", U"ましたから", U"まして、", U"たので"}) && !has(Word::when);
}

std::uint32_t Sentence::wishes(bool question) const {
  std::uint32_t out = 0;
  const bool polite_offer = has(Word::in_case) && (!question || says_any(said(), {U"ございますか", U"ございませんか", U"ありますか", U"ありませんか", U"ないですか"}));
  if (question) out |= is_polite_request() ? cue_requests | cue_wants_reply : std::uint32_t{cue_asks};
  if (has(Word::complaint)) out |= cue_complains;
  if (has(Word::report) && !has(Word::confirm)) out |= cue_reports;
  if (has(Word::regards)) out |= wish_behind(Word::regards);
  else if (has(Word::please) && !(has(Word::close) && says_any(said(), {U"また", U"とき", U"際", U"時に"}))) out |= wish_behind(Word::please);
  if (has(Word::request)) out |= cue_requests;
  if (has(Word::wants_reply)) out |= cue_requests | cue_wants_reply;
  if (trails_off()) out |= cue_requests;
  if (!question && permits()) out &= ~std::uint32_t{cue_wants_reply};
  if ((out & cue_wants_reply) != 0 && has(Word::wants_words)) out |= cue_wants_words;
  if (out & cue_asks && asks_how()) out |= cue_wants_words;
  if (says_any(said(), {U"進めて", U"すすめて"}) && has(Word::accept) && !question) out &= ~std::uint32_t{cue_requests};
  if (has(Word::decline) && !has(Word::report) && !question) out &= ~std::uint32_t{cue_requests | cue_wants_reply | cue_please};
  if ((has(Word::offer) && !speaks_of_an_offer(question)) || offers_if()) out |= cue_offers;
  if (polite_offer) out &= ~std::uint32_t{cue_requests | cue_wants_reply | cue_asks | cue_reports | cue_please};
  // またお願いしたいです
  if (has(Word::close) && !question && !trails_off() && says_any(said(), {U"また", U"とき", U"際", U"時に"}) && !has(Word::report) && !has(Word::wants_reply)) out &= ~std::uint32_t{cue_requests};
  if (has(Word::thanks) && (out & cue_requests) != 0 && !has(Word::wants_reply) && !says_any(said(), {U"ください", U"お願い", U"たい", U"れば", U"ると", U"たら"})) out &= ~std::uint32_t{cue_requests};
  return out;
}

std::uint32_t Sentence::answers(bool question) const {
  std::uint32_t out = 0;
  if (has(Word::material) && !has(Word::thanks)) out |= cue_material; // 写真を送っていただきありがとうございます
  if (has(Word::accept) && !has(Word::decline) && !question) out |= cue_accepts;
  if (ends_with_that(said()) && !question) out |= cue_accepts; // 11時で, カードで
  if (has(Word::afresh) && !question) out |= cue_afresh;
  if (has(Word::agree) && !question) out |= cue_agrees;
  if (has(Word::confirm)) out |= cue_confirms;
  if (has(Word::decline) && !question) out |= cue_declines;
  if (has(Word::received) && !question) out |= cue_received;
  if (has(Word::solved) && !question) out |= cue_solved;
  if (has(Word::thanks)) out |= cue_thanks;
  if (has_any({Word::close})) out |= cue_closes;
  if (has(Word::greet) || has(Word::small_talk) || (has(Word::courtesy) && said().size() < 20)) out |= cue_greets;
  if (has(Word::sorry)) out |= cue_sorry;
  if (has(Word::no_reply) && !question) out |= cue_no_reply;
  return out;
}

/// Behind the last phrase, or in a sentence without any.
bool Sentence::says_more() const {
  if (last_phrase_ == 0) return said().size() >= least_said;
  if (says_before_courtesy()) return true;
  if (text_.size() <= last_phrase_ + least_after) return false;
  const std::u32string_view rest = std::u32string_view(text_).substr(last_phrase_);
  return std::count_if(rest.begin(), rest.end(), [](char32_t c) { return is_kanji(c) || is_katakana(c) || is_digit(c) || is_letter(c); }) >= 2;
}

/// 駐車場は裏手にございますのでご安心ください
bool Sentence::says_before_courtesy() const {
  constexpr std::size_t least_before = 2;
  if (courtesy_ < 2 || has_any({Word::thanks, Word::sorry})) return false;
  const std::u32string_view before = std::u32string_view(text_).substr(1, courtesy_ - 1);
  if (!ends_with_any(before, {U"ので", U"から", U"ため", U"ますが", U"です", U"ます", U"ので、", U"から、", U"ため、", U"が、", U"て、", U"まして", U"です、", U"ます、"})) return false;
  return static_cast<std::size_t>(std::count_if(before.begin(), before.end(), [](char32_t c) { return is_kanji(c) || is_katakana(c) || is_digit(c) || is_letter(c); })) >= least_before;
}

std::uint32_t Sentence::cues() const {
  // 少しお時間をいただけますか asks nothing.
  const bool a_while = says_any(said(), {U"少", U"しばらく", U"ちょっと", U"数日"}) && says_any(said(), {U"時間"});
  const bool waits = has(Word::promise) && (a_while || says_any(said(), {U"お待ち", U"待って", U"待ち"})) && !has(Word::wants_reply) &&
                     !says_any(said(), {U"待ってい", U"待ちして", U"待って欲", U"待ってほ", U"返事を待", U"連絡を待", U"待っており", U"お待ちしており"});
  const bool question = is_question() && !waits;
  std::uint32_t out = wishes(question) | answers(question);
  if (waits) out &= ~std::uint32_t{cue_requests | cue_wants_reply};
  // 少し考えさせてください
  if (has(Word::promise) && says_any(said(), {U"させてください", U"させて下さい", U"させてもら", U"させていただ"}) && !question) out &= ~std::uint32_t{cue_requests | cue_wants_reply};
  const bool wants = (out & (cue_asks | cue_requests | cue_wants_reply)) != 0 && !waits;
  const bool tells = has(Word::promise) && tells_now();
  if (has(Word::promise) && !has(Word::event) && !wants && !has(Word::done_before) && !tells) out |= cue_promises;
  if (has(Word::sends) && has(Word::sends_later) && !wants && !has(Word::event) && !sends_now()) {
    out |= cue_sends_later;
    out &= ~std::uint32_t{cue_offers};
    if (!says_any(said(), {U"添付", U"ました"})) out &= ~std::uint32_t{cue_material};
  }
  if ((out & cue_sends_later) != 0 && has(Word::papers)) out |= cue_promises;
  if (has(Word::will_do) && !wants) out |= cue_will_do;
  if (has(Word::machine)) out |= cue_machine;
  if (has(Word::hours)) out |= cue_hours;
  if ((question && has_any({Word::is_right, Word::any_more}) && !has_interrogative(said())) || (has(Word::is_right) && (out & cue_wants_reply) != 0)) out |= cue_check;
  if (!question && (out & cues_of_matter) == 0) {
    if (has(Word::nothing_more)) out |= cue_check;
    if (has(Word::fine) || finds()) out |= cue_fine;
  }
  if ((out & (cues_of_matter | cue_confirms)) == 0 && (tells || (says_more() && !looks_later()))) out |= cue_states;
  return out;
}

/// How much a sentence weighs among those of its message.
int weight(std::uint32_t cues) {
  static constexpr std::uint32_t heavier[] = {cue_complains, cue_asks, cue_offers, cue_wants_reply, cue_requests | cue_reports, cue_accepts, cue_material, cue_promises | cue_sends_later, cue_declines | cue_confirms, cue_states, cue_received | cue_agrees | cue_solved};
  int left = static_cast<int>(std::size(heavier));
  for (const std::uint32_t each : heavier) {
    if ((cues & each) != 0) return left;
    --left;
  }
  return 0;
}

/// All sentences of a text together.
class Reader {
 public:
  explicit Reader(const Text& text) : spoken_(text) {
    const std::u32string_view chars = spoken_.chars();
    std::size_t count = 0;
    for (std::size_t begin = 0; begin < chars.size() && count < most_sentences; ++count) {
      const std::size_t end = std::min(chars.find(U'\n', begin), chars.size());
      read(begin, end);
      begin = end + 1;
    }
    // 担当はどなたですか. 営業部の森です。よろしくお願いします
    const std::uint32_t says_nothing = bare_name_ ? cue_closes | cue_please | cue_greets | cue_thanks | cue_sorry : cue_closes | cue_please;
    if (!opening_.empty() && !announced_ && !(bare_name_ && formal_) && (reading_.cues & ~says_nothing) == 0) {
      reads_opening_ = true;
      read(opening_.begin, opening_.end);
    }
    const std::u32string_view start = text.chars().substr(0, 40);
    if (start.find(U'【') < 3 && says_any(start, {U"お知らせ", U"ご案内", U"キャンペーン", U"限定", U"セール", U"クーポン", U"配信"})) campaign_ = 3;
    if (campaign_ >= (everyone_ ? 1u : 3u)) reading_.cues |= cue_campaign;
    if (other_questions_ && (reading_.cues & cue_asks) != 0) reading_.cues &= ~std::uint32_t{cue_check};
    constexpr std::uint32_t matter = cue_states | cue_confirms | cue_material | cue_agrees | cue_offers | cue_declines | cue_reports;
    if (called_ && content_ && (reading_.cues & cue_reports) == 0) reading_.cues |= cue_call | cue_thanks;
    if (announced_) {
      const bool follows = (reading_.cues & matter) != 0;
      reading_.cues |= follows ? cue_states : cue_promises;
      if (!follows && heaviest_ < weight(cue_promises)) reading_.place = *announcing_;
    }
    constexpr std::uint32_t wanted = cue_wants_reply | cue_offers;
    if ((reading_.cues & wanted) != 0) {
      reading_.cues &= ~std::uint32_t{cue_fine};
      if (looks_ && !wants_more_) reading_.cues |= cue_fine;
    } else if (in_order_ && !says_else_) {
      reading_.cues |= cue_check;
    }
  }
  const TurnReading& reading() const { return reading_; }
  bool empty() const { return heaviest_ < 0; }
  /// Not emoji and the like.
  bool has_words() const {
    const std::u32string_view chars = spoken_.chars();
    return std::count_if(chars.begin(), chars.end(), [](char32_t c) { return is_kanji(c) || is_katakana(c) || is_hiragana(c) || is_digit(c) || is_letter(c); }) >= 2;
  }
  /// Courtesies alone, or a word that the subject says it.
  bool leaves_it_to_subject() const {
    return points_ || (reading_.cues & ~std::uint32_t{cue_thanks | cue_closes | cue_greets | cue_sorry | cue_please}) == 0;
  }

 private:
  void read(std::size_t begin, std::size_t end) {
    std::u32string_view said = spoken_.chars().substr(begin, end - begin);
    const bool question = said.ends_with(U'?');
    if (question) said.remove_suffix(1);
    // Of a very long one the end tells what it wants.
    if (said.size() > longest_sentence) said = said.substr(said.size() - longest_sentence);
    if (said.empty() && !question) return;
    note_campaign(said);
    if (!question && begin < opening_reach && (reading_.cues & ~cues_of_opening) == 0 && !reads_opening_ && opens(said, begin, end)) return;
    const Sentence sentence(said, question);
    std::uint32_t cues = sentence.cues();
    if (sentence.has(Word::pointer)) points_ = true;
    if ((cues & cue_asks) != 0 && (cues & cue_check) == 0) other_questions_ = true;
    note_look(sentence, cues, question);
    if ((cues & (cue_asks | cue_wants_reply)) == 0 && sentence.answers_now()) {
      announced_ = true;
      announcing_ = spoken_.bytes(begin, end);
      cues &= ~std::uint32_t{cue_promises | cue_states | cue_requests};
    }
    if (sentence.has(Word::thanks) && said.find(U"電話") != said.npos && !says_any(said, {U"電話番号", U"出られ", U"出れ", U"気づ", U"折り返し"})) called_ = true;
    if (sentence.has(Word::agree) || says_any(said, {U"安心", U"助かり", U"分かり", U"わかり", U"理解", U"納得", U"すっきり", U"腑に落", U"疑問が解"})) content_ = true;
    if ((cues & cue_declines) != 0) reading_.cues &= ~std::uint32_t{cue_promises};
    reading_.cues |= cues;
    if (const int now = weight(cues); now > heaviest_) {
      heaviest_ = now;
      reading_.place = spoken_.bytes(begin, end);
    }
  }

  /// To whom and from whom it goes. A bare name is one only where it stands behind a greeting, or before something else.
  bool opens(std::u32string_view said, std::size_t begin, std::size_t end) {
    const bool greeted = (reading_.cues & cue_greets) != 0 || addressed_;
    formal_ = formal_ || says_any(said, {U"世話", U"お疲れ", U"平素", U"日頃"});
    const bool address = is_address_line(said);
    const Introduces who = address ? Introduces::no : introduces(said);
    if (!address && (who == Introduces::no || (who == Introduces::perhaps && !(greeted && Sentence(said, false).only_states())))) return false;
    addressed_ = addressed_ || address;
    if (opening_.empty() || (!address && !bare_name_)) {
      opening_ = {begin, end};
      bare_name_ = who == Introduces::perhaps || who == Introduces::by_name;
    }
    return true;
  }

  /// Whether all that is asked for is a look, and whether they say that what they saw is in order.
  void note_look(const Sentence& sentence, std::uint32_t cues, bool question) {
    const bool looks = (cues & cue_asks) == 0 && sentence.wants_a_look();
    const bool reply = says_any(sentence.said(), {U"返信", U"返事", U"お待ち"}) && (cues & (cue_asks | cue_wants_words)) != cue_asks && !sentence.has(Word::ask);
    looks_ = looks_ || looks;
    const bool paper = says_any(sentence.said(), {U"見積", U"書を", U"書の", U"書が", U"書に", U"書、", U"書です", U"資料"});
    wants_more_ = wants_more_ || sentence.awaits_approval() || (cues & (cue_asks | cue_complains)) != 0 || ((cues & cue_wants_reply) != 0 && !looks && !reply) || ((cues & cue_offers) != 0 && !paper) ||
                  (says_any(sentence.said(), {U"まだ", U"未だ", U"いまだ", U"過ぎ"}) && says_any(sentence.said(), {U"ません", U"ない", U"過ぎて"}));
    const bool in_order = !question && (cues & (cue_asks | cue_requests | cue_wants_reply | cue_complains | cue_reports | cue_offers)) == 0 && sentence.finds_in_order();
    in_order_ = in_order_ || in_order;
    says_else_ = says_else_ || (!in_order && (cues & (cue_states | cue_accepts)) != 0);
  }

  void note_campaign(std::u32string_view said) {
    for (std::size_t at = 0; at < said.size() && campaign_ < 3; ++at)
      turn_words().each_at(said, at, [&](std::uint8_t kind, std::size_t) {
        if (kind == static_cast<std::uint8_t>(Word::everyone)) everyone_ = true;
        if (kind == static_cast<std::uint8_t>(Word::campaign)) ++campaign_;
      });
  }

  Spoken spoken_;
  TurnReading reading_;
  int heaviest_ = -1;
  bool everyone_ = false, points_ = false, other_questions_ = false, announced_ = false, called_ = false, content_ = false;
  bool reads_opening_ = false, addressed_ = false, bare_name_ = false, formal_ = false;
  bool looks_ = false, wants_more_ = false, in_order_ = false, says_else_ = false;
  std::optional<TextSpan> announcing_;
  Span opening_;
  unsigned campaign_ = 0;
};

/// A call as LINE's own app writes it: ☎ 通話時間 1:23, ☎ 不在着信.
std::uint32_t call_cues(const Text& text) {
  const std::size_t at = text.skip_blanks(0);
  if (text[at] != U'☎' && text[at] != U'📞') return 0;
  const std::u32string_view rest = text.chars().substr(at + 1, 30);
  if (says_any(rest, {U"不在", U"応答なし", U"キャンセル", U"出ませんでした"})) return cue_call | cue_requests;
  return says_any(rest, {U"通話", U"着信"}) ? std::uint32_t{cue_call} : 0u;
}

} // namespace

TurnReading read_turn(const Text& text, const Text& subject, bool files, bool reply) {
  if (const std::uint32_t call = call_cues(text); call != 0) return {call, text.bytes({0, text.size()})};
  const Reader reader(text);
  TurnReading reading = reader.reading();
  // The subject of a reply is what was said before.
  if (subject.size() > 0 && (reader.empty() || (!reply && reader.leaves_it_to_subject()))) {
    const Reader heading(subject);
    reading.cues |= heading.reading().cues;
    if (reader.empty() || weight(heading.reading().cues) > weight(reader.reading().cues)) {
      reading.place = heading.reading().place;
      reading.place.in_subject = true;
    }
  }
  if (reading.cues == 0 && !files && text.size() > 0) reading.cues = reader.has_words() ? cue_thanks : cue_sticker;
  if (files) reading.cues |= cue_material;
  return reading;
}

bool is_for_recipient_only(const Text& text, const std::vector<std::string>& to, const std::vector<std::string>& copied) {
  constexpr std::size_t opening_sentences = 3;
  std::vector<std::u32string> known;
  for (const std::string& name : to)
    for (std::u32string& part : name_parts(name)) known.push_back(std::move(part));
  if (known.empty() || copied.empty()) return false;
  const Spoken spoken(text);
  const std::u32string_view chars = spoken.chars();
  std::size_t begin = 0;
  std::optional<std::u32string_view> who;
  for (std::size_t i = 0; i < opening_sentences && begin < chars.size() && !who; ++i) {
    const std::size_t end = std::min(chars.find(U'\n', begin), chars.size());
    const std::size_t clause = std::min(chars.find(U'、', begin), end);
    who = addressed_by(chars.substr(begin, clause - begin));
    begin = std::min(clause + 1, chars.size());
  }
  // 森, of a name that is written without a blank: 森由紀.
  if (!who || std::none_of(known.begin(), known.end(), [&](const std::u32string& name) { return who->ends_with(name) || name.starts_with(*who); })) return false;
  const std::u32string_view said = chars.substr(begin);
  // 御 is spelled ご here.
  if (says_any(said, {U"ご社", U"貴社", U"貴店", U"貴殿", U"貴校", U"貴院", U"各位", U"皆様", U"皆さ", U"みなさ", U"両社", U"全員", U"cc", U"業者", U"制作会社", U"ベンダー"})) return false;
  constexpr std::size_t telling = 2; // characters of a name that is shortened: つばめ of つばめデザイン
  for (const std::string& name : copied)
    for (const std::u32string& part : name_parts(name)) {
      if (who->ends_with(part)) return false;
      if (part.size() >= telling && said.find(std::u32string_view(part).substr(0, telling)) != said.npos) return false;
    }
  return !names_another(said, known);
}

TurnReading turn_of_placeholder(std::string_view kind) {
  if (kind == "sticker") return {cue_sticker, {}};
  if (kind == "call") return {cue_call, {}};
  return {cue_material, {}};
}

std::string words_at(std::string_view text, TextSpan place, std::size_t most) {
  if (place.end > text.size() || place.begin >= place.end) return {};
  std::string out;
  std::size_t count = 0;
  for (std::size_t i = place.begin; i < place.end;) {
    const char c = text[i];
    std::size_t next = i + 1;
    while (next < place.end && (static_cast<unsigned char>(text[next]) & 0xC0) == 0x80) ++next;
    if (c == '\n' || c == '\t' || c == '\r' || c == ' ') {
      if (!out.empty() && out.back() != ' ') out += ' ';
    } else {
      if (++count > most) return out + "…";
      out.append(text, i, next - i);
    }
    i = next;
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::string_view waits_name(Waits waits) {
  static constexpr std::array<std::string_view, 9> names{"", "message", "answer", "promise", "attachment", "offer", "request", "question", "complaint"};
  return names[static_cast<std::size_t>(waits)];
}

} // namespace genchi::facts
