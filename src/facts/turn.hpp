// Whose turn it is. Two steps, as with acts: what one message by itself asks of the other side (TurnCue; words in
// turn_words.inc), which is kept with the message; then TurnJudge over the messages of one client in time order.
// What is right is said in README.md, "Whose turn".
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "facts/text.hpp"
#include "genchi/facts.hpp"
#include "genchi/message.hpp"

namespace genchi::facts {

/// What a message says of its kind, bits of TurnReading::cues. Kept in the catalogue: add at the end.
enum TurnCue : std::uint32_t {
  cue_asks = 1u << 0,        ///< a question
  cue_requests = 1u << 1,    ///< wants something done or had: 〜をお願いします, 予約したい
  cue_wants_reply = 1u << 2, ///< … by writing, sending, deciding: ご返信ください, ご検討ください
  cue_offers = 1u << 3,      ///< puts something forward: a quotation, a free day
  cue_complains = 1u << 4,
  cue_reports = 1u << 5,   ///< something is wrong or changes: できません, 遅れます, キャンセル
  cue_material = 1u << 6,  ///< a photo, a file, what was asked for: 添付します, 送りました
  cue_accepts = 1u << 7,   ///< それで進めてください, Aプランにします
  cue_please = 1u << 8,    ///< お願いします and nothing more
  cue_agrees = 1u << 9,    ///< はい, 了解です, 大丈夫です
  cue_confirms = 1u << 10, ///< ご予約承りました, お待ちしております
  cue_promises = 1u << 11, ///< to come back: 確認して折り返します, 検討します
  cue_sends_later = 1u << 12, ///< 明日お送りします
  cue_declines = 1u << 13,
  cue_thanks = 1u << 14, ///< or another phrase that says nothing
  cue_closes = 1u << 15, ///< よろしくお願いします, 当日伺います, 楽しみです
  cue_greets = 1u << 16,
  cue_sorry = 1u << 17,
  cue_no_reply = 1u << 18,  ///< 返信不要です
  cue_states = 1u << 19,    ///< says something else
  cue_sticker = 1u << 20,   ///< a stamp, or nothing but emoji
  cue_call = 1u << 21,      ///< a telephone call: what was said is not known; with cue_thanks: thanks for one, and is content
  cue_received = 1u << 22,  ///< 受け取りました, 確認しました
  cue_solved = 1u << 23,    ///< 解決しました, お騒がせしました
  cue_machine = 1u << 24,   ///< says itself that it is automatic
  cue_campaign = 1u << 25,  ///< the same to many, by its words
  cue_afresh = 1u << 26,    ///< それで, その日で: takes up what was put forward before
  cue_check = 1u << 27,     ///< all it asks is whether what is known is right or anything is left; without cue_asks: 特にありません, 問題ございません
  cue_hours = 1u << 28,     ///< 営業時間外です: as tools say, and people too
  cue_wants_words = 1u << 29, ///< with cue_wants_reply: in words; with cue_asks: where or how
  cue_will_do = 1u << 30,     ///< やっておきます
  cue_fine = 1u << 31,        ///< 大丈夫です and no more, メールにありました: may take a question back; with cue_wants_reply or cue_offers: all it wants is a look
};

/// A message read by itself.
struct TurnReading {
  std::uint32_t cues = 0;
  TextSpan place; ///< the sentence that weighs most
};

/// `files`: something is attached. `subject` counts where the text says nothing, or nothing but courtesies and that the
/// subject says it; of a `reply` only where there is no text at all. Linear time. Any thread.
TurnReading read_turn(const Text& text, const Text& subject, bool files, bool reply = false);
/// A memo of our own. Of a call or meeting it is our answer, unless it says that nobody was reached (no cues: it changes
/// nothing) or that it is still ours to do (cue_promises). Of a fax or an SMS it is one only if it says that we told them
/// something, since it may note what came in.
TurnReading read_memo_turn(const Text& text, Channel channel, bool files);
/// A placeholder: AttachedFile::kind.
TurnReading turn_of_placeholder(std::string_view kind);

/// Is a mail said to one of the people it goes to and to nobody of those who get a copy? By its salutation, which must name
/// one of `to`; behind it nobody else may be named, and no company or group that `copied` may belong to. Names as in To: and
/// Cc:. In doubt no.
bool is_for_recipient_only(const Text& text, const std::vector<std::string>& to, const std::vector<std::string>& copied);

/// The words of `place`, in one line, of at most `most` characters.
std::string words_at(std::string_view text, TextSpan place, std::size_t most = 100);

enum class Side : std::uint8_t { nobody, ours, theirs };
/// What waits. The numbers are kept in the catalogue; of several that wait the greatest is told.
enum class Waits : std::uint8_t { nothing, message, answer, promise, attachment, offer, request, question, complaint };
std::string_view waits_name(Waits waits); ///< "question" "request" … as in JSON

/// A message of a client's stream, in order of time. Only listed ones that no machine made; broadcasts neither.
struct TurnMessage {
  std::int64_t id = 0;
  std::int64_t talk = 0; ///< mails: their conversation; LINE rows: one number a chat, of its own
  UtcSeconds sent = 0;
  Direction direction = Direction::in;
  std::uint32_t cues = 0;
  bool unsure = false; ///< ours: a person or a tool may have sent it (LINE: `Unknown`)
};

/// How it stands after the last message.
struct Turn {
  Side side = Side::nobody;
  Waits why = Waits::nothing;
  UtcSeconds since = 0;      ///< when the first message that waits was sent
  std::int64_t waiting = 0;  ///< the message that says `why`
  std::int64_t last = 0;     ///< of either side
  UtcSeconds moved = 0;      ///< when that was
  std::int64_t answered = 0; ///< our last message; 0 none
  bool operator==(const Turn&) const = default;
};

/// Goes over the messages of one client. What it remembers is bounded.
class TurnJudge {
 public:
  void next(const TurnMessage& message);
  Turn turn() const;

 private:
  /// Something of theirs, or a promise of ours, that waits for us.
  struct Item {
    Waits why = Waits::nothing;
    UtcSeconds since = 0;
    std::int64_t message = 0;
    std::int64_t talk = 0;
    bool how = false; ///< asks where or how
  };
  static constexpr std::size_t most_items = 16;

  void from_them(const TurnMessage& message);
  void from_us(const TurnMessage& message);
  bool takes_back(const TurnMessage& message) const;
  void answer_to_us(const TurnMessage& message);
  void unasked(const TurnMessage& message);
  void open(const TurnMessage& message, Waits why);
  template <typename Settled> void settle(const TurnMessage& message, const Settled& settled);
  bool follows_ours(const TurnMessage& message) const;

  std::vector<Item> items_;
  std::optional<Item> asked_;    // the first of ours that they have not answered, or what they said they will do
  std::uint32_t asked_cues_ = 0; // of all of ours since
  std::uint32_t our_cues_ = 0;   // of our last message
  UtcSeconds our_sent_ = 0;
  UtcSeconds quiet_until_ = 0;   // 返信不要 holds for what comes with it
  bool we_spoke_ = false;
  Turn turn_;
};

} // namespace genchi::facts
