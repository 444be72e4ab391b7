#include "facts/turn.hpp"

#include <algorithm>
#include <initializer_list>

#include "facts/act_marks.hpp"
#include "facts/word_table.hpp"

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
  machine, hours, everyone, campaign, papers, wants_words, will_do
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

bool ends_with_that(std::u32string_view said) {
  return said.size() <= 24 && said.ends_with(U'で') && !ends_with_any(said, {U"ので", U"まで", U"んで", U"いで", U"とで", U"くで", U"りで", U"せで", U"つで", U"のみで"});
}

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

 private:
  void find_words();
  bool has(Word word) const { return (words_ & bit(word)) != 0; }
  bool has_any(std::initializer_list<Word> list) const { return std::any_of(list.begin(), list.end(), [&](Word word) { return has(word); }); }
  std::u32string_view said() const { return std::u32string_view(text_).substr(1, text_.size() - 2); }

  bool is_question() const;
  bool is_polite_request() const;
  bool offers_if() const;
  bool trails_off() const;
  std::uint32_t wishes(bool question) const;
  std::uint32_t wish_behind(Word word) const;
  std::uint32_t answers(bool question) const;
  bool says_more() const;

  std::u32string text_;
  bool question_mark_;
  std::uint64_t words_ = 0;
  std::size_t last_phrase_ = 0;                          // end of the last of thanks, regards, …
  std::size_t regards_ = 0, please_ = 0;                 // where the last of them begins
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
  if (ends_with_any(said(), {U"でしょう", U"だろう"}) && says_any(said(), {U"なぜ", U"なん", U"何", U"いつ", U"どこ", U"どう", U"いくら", U"どれ", U"誰"})) return true;
  return ends_with_any(said(), {U"ですか", U"ますか", U"んか", U"でしょうか", U"だろうか", U"ようか", U"ましたか", U"でしたか", U"すかね", U"うかね", U"んかね", U"かな", U"かなあ", U"かなぁ",
                                U"かなー", U"かしら", U"っけ", U"ですよね", U"ますよね", U"すかー", U"すかぁ", U"んの", U"るの", U"いの", U"たの", U"なの", U"でしょ", U"っか", U"へん"});
}

/// 送っていただけますか: a request in the form of a question.
bool Sentence::is_polite_request() const {
  constexpr std::size_t tail = 14;
  const std::u32string_view end = said().substr(said().size() - std::min(said().size(), tail));
  return says_any(end, {U"いただけ", U"もらえ", U"くれま", U"くださいま", U"お願いでき", U"願えま"}) && !says_any(said(), {U"何", U"いつ", U"どこ", U"どの", U"どれ", U"いくら", U"どう", U"どなた", U"誰", U"なぜ"});
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
  if ((out & cue_wants_reply) != 0 && has(Word::wants_words)) out |= cue_wants_words;
  if (says_any(said(), {U"進めて", U"すすめて"}) && has(Word::accept) && !question) out &= ~std::uint32_t{cue_requests};
  if (has(Word::decline) && !has(Word::report) && !question) out &= ~std::uint32_t{cue_requests | cue_wants_reply | cue_please};
  if (has(Word::offer) || offers_if()) out |= cue_offers;
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
  if (text_.size() <= last_phrase_ + least_after) return false;
  const std::u32string_view rest = std::u32string_view(text_).substr(last_phrase_);
  return std::count_if(rest.begin(), rest.end(), [](char32_t c) { return is_kanji(c) || is_katakana(c) || is_digit(c) || is_letter(c); }) >= 2;
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
  if (has(Word::promise) && !has(Word::event) && !wants) out |= cue_promises;
  if (has(Word::sends) && has(Word::sends_later) && !wants && !has(Word::event)) {
    out |= cue_sends_later;
    out &= ~std::uint32_t{cue_offers};
    if (!says_any(said(), {U"添付", U"ました"})) out &= ~std::uint32_t{cue_material};
  }
  if ((out & cue_sends_later) != 0 && has(Word::papers)) out |= cue_promises;
  if (has(Word::will_do) && !wants) out |= cue_will_do;
  if (has(Word::machine)) out |= cue_machine;
  if (has(Word::hours)) out |= cue_hours;
  if (question && (out & cue_confirms) == 0 && says_any(said(), {U"よろしいでしょうか", U"よろしいですか", U"お間違いない", U"合ってい", U"相違ない"})) out |= cue_check;
  constexpr std::uint32_t said_already = cue_asks | cue_requests | cue_wants_reply | cue_offers | cue_complains | cue_reports | cue_material | cue_accepts | cue_confirms | cue_declines;
  if ((out & said_already) == 0 && says_more()) out |= cue_states;
  return out;
}

/// How much a sentence weighs among those of its message.
int weight(std::uint32_t cues) {
  static constexpr std::uint32_t heavier[] = {cue_complains, cue_asks, cue_offers, cue_wants_reply, cue_requests | cue_reports, cue_accepts, cue_material, cue_promises | cue_sends_later, cue_declines | cue_confirms, cue_states};
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
    const std::u32string_view start = text.chars().substr(0, 40);
    if (start.find(U'【') < 3 && says_any(start, {U"お知らせ", U"ご案内", U"キャンペーン", U"限定", U"セール", U"クーポン", U"配信"})) campaign_ = 3;
    if (campaign_ >= (everyone_ ? 1u : 3u)) reading_.cues |= cue_campaign;
  }
  const TurnReading& reading() const { return reading_; }
  bool empty() const { return heaviest_ < 0; }

 private:
  void read(std::size_t begin, std::size_t end) {
    std::u32string_view said = spoken_.chars().substr(begin, end - begin);
    const bool question = said.ends_with(U'?');
    if (question) said.remove_suffix(1);
    // Of a very long one the end tells what it wants.
    if (said.size() > longest_sentence) said = said.substr(said.size() - longest_sentence);
    if (said.empty() && !question) return;
    note_campaign(said);
    const std::uint32_t cues = Sentence(said, question).cues();
    reading_.cues |= cues;
    if (const int now = weight(cues); now > heaviest_) {
      heaviest_ = now;
      reading_.place = spoken_.bytes(begin, end);
    }
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
  bool everyone_ = false;
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

TurnReading read_turn(const Text& text, const Text& subject, bool files) {
  if (const std::uint32_t call = call_cues(text); call != 0) return {call, text.bytes({0, text.size()})};
  const Reader reader(text);
  TurnReading reading = reader.reading();
  if (reader.empty() && subject.size() > 0) {
    const Reader heading(subject);
    reading = heading.reading();
    reading.place.in_subject = true;
  }
  if (reading.cues == 0 && !files && text.size() > 0) reading.cues = reader.empty() ? cue_sticker : cue_states; // emoji and the like
  if (files) reading.cues |= cue_material;
  return reading;
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
