// What is held of LINE chats, by when what is not held yet is dropped, and what is gone. Pure: downloads and figures in.
//
// A download holds what LINE had when it was made: from then back as far as LINE keeps text. It holds less if a period was
// chosen or it was cut: this shows where its first row is younger than rows of the chat that LINE still had then; it is
// taken to hold nothing before that row. What nobody had opened when it was made is left out by LINE: this shows only in
// a later download, which then holds it.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "genchi/time.hpp"
#include "watch/retention.hpp"

namespace genchi::watch {

struct Download {
  UtcSeconds made = 0;
  std::optional<UtcSeconds> first, last;  ///< its rows; unset: it has none
};

/// A chat with its downloads, in the order in which they were made.
struct Chat {
  std::string identifier, name;
  UtcSeconds first = 0, last = 0;         ///< of all rows held; 0 if there are none
  std::vector<Download> downloads;
  /// The last row held that was sent before this instant; nullopt if there is none.
  std::function<std::optional<UtcSeconds>(UtcSeconds)> last_row_before;
};

struct Span {
  UtcSeconds begin = 0, end = 0;          ///< half open
  auto operator<=>(const Span&) const = default;
};

/// What is held of a chat by itself.
struct Held {
  std::vector<Span> spans;                ///< ascending, apart
  std::vector<Span> gaps;                 ///< what lies between them, after the first row
  UtcSeconds until = 0;                   ///< end of the last span
};
/// `text_days`: how long LINE keeps text. Near-linear in the downloads.
Held held_of(const Chat& chat, std::int64_t text_days, int offset_minutes);

/// How an account stands.
struct AccountState {
  enum class Month : std::uint8_t { held, partly, lost, open };  ///< open: not downloaded, and LINE has it still
  /// What is not held of several chats, from one download on. Where a period was chosen it ends at each chat's next row.
  struct Stretch {
    Span span;                            ///< to the latest of their ends
    std::uint64_t chats = 0;
    std::string example;                  ///< name of one of them
  };
  /// A chat that the newest download of all chats does not hold.
  struct Behind {
    std::string identifier, name;
    UtcSeconds until = 0;
    UtcSeconds dropped = 0;               ///< when what was said since begins to disappear
  };
  std::uint64_t chats = 0;
  std::optional<UtcSeconds> first;        ///< of the rows held
  UtcSeconds until = 0;                   ///< the newest download of all chats, or of any
  UtcSeconds dropped = 0;                 ///< when what was said since begins to disappear
  std::vector<Stretch> gaps;              ///< not held, and LINE has it still: a period was chosen, or it was cut
  std::vector<Stretch> lost;              ///< not held, and LINE has dropped it
  std::vector<Behind> behind;             ///< the one that disappears first, first
  std::map<int, Month> months;            ///< month_number(): from the first row to now, without holes
  /// When the oldest of what is not held and not dropped yet disappears.
  UtcSeconds next_drop = 0;
};

/// Chats of one account, one after the other.
class AccountWatch {
 public:
  /// `until`: the newest download of all chats, or of any if none was of all. `text_days` of 1:1 chats.
  AccountWatch(UtcSeconds until, std::int64_t text_days, UtcSeconds now, int offset_minutes);
  /// `text_days`: of this chat, where it is another.
  void add(const Chat& chat, std::int64_t text_days);
  AccountState state() const;

 private:
  struct MonthCount {
    std::uint64_t chats = 0, full = 0, none = 0, lost = 0;
  };
  void count_months(const Chat& chat, const Held& held, UtcSeconds kept);

  UtcSeconds until_, now_;
  std::int64_t text_days_;
  int offset_minutes_;
  AccountState state_;
  std::map<UtcSeconds, AccountState::Stretch> gaps_, lost_;  // by their beginnings
  std::map<int, MonthCount> months_;
  std::optional<UtcSeconds> next_drop_;
};

}  // namespace genchi::watch
