// What a message does in a deal: proposal, acceptance, rejection, hold, change, cancel, or nothing. What is
// right is FACTS (README.md in this folder); the words are in act_words.inc. Two steps: the cues of each
// message by itself, then the judgement, message after message of one client's stream.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "facts/dates.hpp"
#include "facts/text.hpp"
#include "genchi/facts.hpp"
#include "genchi/message.hpp"

namespace genchi::facts {

/// Words of a user's own (genchi.toml): what they do.
struct OwnCue {
  std::u32string word;
  Act act = Act::none;
};

/// What a clause may do. The numbers are kept in the catalogue: add at the end.
enum class CueKind : std::uint8_t {
  understood,  ///< 承知しました 了解 かしこまりました: answers whatever came last
  fine,        ///< 大丈夫です OK 問題ありません
  go,          ///< それでお願いします 進めてください お受けします
  pick,        ///< Aプランでお願いします
  bare_go,     ///< お願いします! and nothing it could be asked for
  confirm,     ///< ご予約承りました 確定しました
  await_you,   ///< お待ちしております
  come,        ///< 伺います
  yes,         ///< はい ぜひ
  regards,     ///< よろしくお願いします and nothing more
  order,       ///< 発注します 申し込みます 契約します
  refuse,      ///< 見送らせて お断り 辞退
  cannot,      ///< 難しい 無理 できかねます: refuses if something was asked
  hold,        ///< 検討します 持ち帰ります
  hold_soft,   ///< 確認します 少々お待ちください: holds if something was proposed
  change,      ///< 変更 ずらす 延期, wanted or announced
  change_done, ///< 変更しました 変更できます: answers the other's wish, or announces
  cancel,      ///< キャンセルします 取り消し
  quit,        ///< やめます: calls off, or refuses what is only proposed
  unable,      ///< 行けなくなりました: calls off what was agreed
  ask,         ///< いかがでしょうか お願いできますか 予約したい
  offer,       ///< 5日なら 4万でしたら 空いています
  condition,   ///< してもらえるなら契約します
  quote,       ///< a quotation is handed over
  state,       ///< a day or hour is named, nothing said of it
  own          ///< a word of the user's; flags: the act
};

/// Cue::flags.
enum CueFlag : std::uint16_t {
  cue_question = 1,
  cue_conditional = 2,
  cue_booked = 4,    ///< 予約 注文 発注 契約 stand with it
  cue_refers = 8,    ///< names what it answers: その内容で お見積りの件
  cue_again = 16,    ///< やっぱり 追加で すみませんが: takes up what was settled
  cue_weak = 32,     ///< counts only with terms, or where it stands nearly alone
  cue_if = 64,       ///< 5万円なら
  cue_instead = 128, ///< 3回にしてもらえますか
  cue_doubtful = 256 ///< also said of things that are no deal: 考えます, できなくなりました
};

/// A clause that may do something.
struct Cue {
  CueKind kind{};
  std::uint16_t flags = 0;
  TextSpan place;
};

/// A figure that terms consist of, as far as the judgement compares it.
enum class TermKind : std::uint8_t { amount, day, clock, count };
enum TermFlag : std::uint8_t {
  term_weak = 1,     ///< a budget, a discount, a day of payment: a term only where it is asked for
  term_day_only = 2, ///< 12日 without a month
  term_weekday = 4,  ///< 金曜 without a week
  term_apart = 8     ///< stands in another sentence than its cue
};
struct ActTerm {
  TermKind kind{};
  std::uint8_t flags = 0;
  std::uint8_t cue = no_cue; ///< index of the cue it belongs to
  std::int64_t value = 0;    ///< yen; days since 1970; minutes after midnight or noon; how many
  std::int64_t last = 0;     ///< of a range of days
  static constexpr std::uint8_t no_cue = 0xff;
};

/// Cues::traits.
enum CueTrait : std::uint32_t {
  trait_offered_amount = 1u << 0, ///< an amount is put forward
  trait_invoice = 1u << 1,
  trait_enquiry = 1u << 2,   ///< asks for a quotation or a price
  trait_asks = 1u << 3,      ///< asks anything
  trait_instructs = 1u << 4, ///< wants something done that is no deal
  trait_brief = 1u << 5,     ///< hardly more than a cue
  trait_machine = 1u << 6,   ///< says itself that it is automatic
  trait_apology = 1u << 7,
  trait_next = 1u << 8,      ///< 次回: a new matter
  trait_condition = 1u << 9, ///< 条件付き, 承認が下りれば: whatever is accepted is so conditionally
  trait_thanks = 1u << 10,
  trait_restates = 1u << 11, ///< ご注文ありがとうございます, 下記の通り
  trait_reminds = 1u << 12,  ///< 先日の…の件, リマインド, 本日
  trait_contrast = 1u << 13, ///< ただ, だけ: a reservation
  trait_refers = 1u << 14,   ///< お見積りの件, 社長に確認しました: takes up an earlier matter
  trait_again = 1u << 15,    ///< やっぱり, 都合により: takes up what was settled
  trait_as_was = 1u << 16,   ///< 元の…で, そのまま
  trait_asks_when = 1u << 18,///< いつ, 何時, 空いている日
  trait_broadcast = 1u << 17 ///< 皆様 … キャンペーン: the same to many
};

/// What the words of one message offer to the judgement. Small: at most max_cues and max_terms.
struct Cues {
  std::vector<Cue> list;
  std::vector<ActTerm> terms;
  std::uint32_t traits = 0;
  static constexpr std::size_t max_cues = 24, max_terms = 24;
};

/// `amounts` and `dates` of the same text: terms make a proposal. Linear time. Any thread.
Cues read_cues(const Text& text, const std::vector<Amount>& amounts, const std::vector<ReadDate>& dates,
               const std::vector<OwnCue>& own = {});

/// Cues as a few bytes, and back. Bytes that pack() did not make give some cues or none, never harm.
std::string pack(const Cues& cues);
Cues unpack_cues(std::string_view bytes);

struct Judgement {
  Act act = Act::none;
  bool conditional = false;
  TextSpan place;
  std::string_view rule; ///< "" when act is none
};

/// Judges the messages of one client in time order. What it remembers is bounded.
class ActJudge {
 public:
  /// Automatic messages (`Direction::automatic`, flag_auto, flag_bulk) and those taken back do nothing and
  /// change nothing.
  /// `decided`: what a person says that it does; the judgement then is that, and what follows is judged by it.
  Judgement next(const Cues& cues, Direction direction, UtcSeconds sent, const std::optional<Judgement>& decided = {});

 private:
  static constexpr std::size_t max_terms = 32;
  /// What one side wants of the other.
  struct Wish {
    bool open = false;        ///< may be accepted in any words
    bool parked = false;      ///< answered with something else; may be accepted in words that name it
    bool fresh = false;       ///< the last thing this side said that wanted an answer
    bool answered = false;    ///< the other side has said something since
    bool held = false;        ///< the other side put the answer off
    bool asked = false;       ///< the last thing this side said asked for a price
    bool when = false;        ///< … asked for a day or an hour
    bool several = false;     ///< more than one price waits
    bool questioned = false;  ///< the last thing this side said asked anything
    Act kind = Act::proposal; ///< proposal, change, cancel
    UtcSeconds at = 0;
    std::vector<ActTerm> terms;
  };
  /// The message in hand, with what stands between the sides.
  struct View;

  Judgement judge(const View& view) const;
  void settle(const View& view, const Judgement& judgement);
  void want(const View& view, Act kind);
  void agree(const View& view, bool conditional);
  static void keep(std::vector<ActTerm>& terms, const std::vector<ActTerm>& more);

  std::array<Wish, 2> wishes_; // in, out
  bool agreed_ = false;
  UtcSeconds agreed_at_ = 0;
  std::vector<ActTerm> agreed_terms_;
  bool accepted_last_ = false;  // the last act was an acceptance …
  std::size_t accepted_by_ = 0; // … by this side
  // Terms that the other side named last without proposing: その時間で may still take them up.
  std::array<std::vector<ActTerm>, 2> named_;
  std::vector<ActTerm> prices_; // that either side named, the last ones
};

} // namespace genchi::facts
