// A draft that is about to be sent, and what in it could belong to somebody else. Knows neither catalogue nor
// index.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "genchi/message.hpp"

namespace genchi {

/// A text of the draft. Recipients and attached files are texts of a line each.
struct DraftPart {
  enum class Place { text, subject, to, cc, file, sheet };
  Place place = Place::text;
  std::string sheet;                  ///< of a workbook
  std::string text;                   ///< UTF-8, LF; cells parted by TAB
  std::vector<std::uint32_t> numbers; ///< of each line, where it stands; empty: counted from 1
  std::vector<TextSection> sections;  ///< of a mail; empty: all own
};
std::string_view place_name(DraftPart::Place place); ///< "text" "subject" …, for JSON

using Draft = std::vector<DraftPart>;

/// Bytes [begin, end) of a part.
struct DraftSpan {
  std::size_t part = 0;
  std::size_t begin = 0;
  std::size_t end = 0;
  auto operator<=>(const DraftSpan&) const = default;
};

struct DraftWord {
  DraftSpan span;
  std::string value; ///< in the form in which it is compared
};

/// Whom the draft addresses: the name before 様, 御中, 先生 … of a line that is a salutation, or begins with
/// one. Only in the own words, and at the beginning.
std::vector<DraftWord> salutations(const Draft& draft);
std::vector<DraftWord> mail_addresses(const Draft& draft);
std::vector<DraftWord> phone_numbers(const Draft& draft);
/// Names of files, but for those that say nothing: 見積書.pdf, IMG_0123.jpg.
std::vector<DraftWord> file_names(const Draft& draft);

struct DraftAmount {
  DraftSpan span;
  std::int64_t yen = 0;
};
/// Amounts that tell something by their figures: three figures at least, also without a tax of 10 or 8 %.
/// 180,000 and 16,500 (15,000 and tax) are in many price lists.
std::vector<DraftAmount> distinctive_amounts(const Draft& draft);

/// Does the span stand in words that somebody else wrote?
bool is_quoted(const Draft& draft, const DraftSpan& span);

/// Looks up names in a draft: the draft is read once, each name is a few look-ups.
class NamesInDraft {
 public:
  explicit NamesInDraft(const Draft& draft);

  enum class Title { none, plain, respectful }; ///< behind the name: さん 氏 部長; 様 御中 殿 先生
  struct Place {
    DraftSpan span;
    std::string text; ///< folded
    Title title = Title::none;
  };
  /// Where somebody who goes by `name` stands. A full name, or a firm's, counts by itself; a family name, a
  /// given name or a nickname only before a title, unless `alone`.
  std::vector<Place> find(std::string_view name, bool alone = false) const;

 private:
  struct Source {
    std::uint32_t part, begin, end;
  };
  void find_key(std::u32string_view key, bool needs_title, std::vector<Place>& places) const;
  bool stands_alone(std::size_t begin, std::size_t end, bool before_title) const;

  std::u32string chars_; ///< folded, lines apart by LF
  std::vector<Source> sources_;
  std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> pairs_; ///< where two characters stand
};

} // namespace genchi
