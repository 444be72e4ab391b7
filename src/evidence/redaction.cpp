#include "evidence/redaction.hpp"

#include <algorithm>
#include <functional>
#include <tuple>

#include "base/bytes.hpp"
#include "genchi/error.hpp"
#include "genchi/i18n.hpp"
#include "text/contacts.hpp"
#include "text/fold.hpp"

namespace genchi::evidence {
namespace {

constexpr std::string_view bar = "■";
constexpr std::size_t fewest_digits = 4;

std::size_t code_points(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); at += decode_utf8(text, at).size) ++count;
  return count;
}

/// Runs of digits, with what stands between groups of them: 1234-5678, １２３４ ５６７８.
void each_number(std::string_view text, const std::function<void(std::size_t begin, std::size_t end)>& take) {
  std::size_t begin = 0, end = 0, digits = 0;
  const auto close = [&] {
    if (digits >= fewest_digits) take(begin, end);
    digits = 0;
  };
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = decode_utf8(text, at);
    const bool digit = (c.value >= '0' && c.value <= '9') || (c.value >= 0xFF10 && c.value <= 0xFF19);
    const bool between = c.value == '-' || c.value == ' ' || c.value == ',' || c.value == 0x2010 || c.value == 0x2212 || c.value == 0xFF0D || c.value == 0xFF0C || c.value == 0x3000;
    if (digit) {
      if (digits++ == 0) begin = at;
      end = at + c.size;
    } else if (digits == 0 || !between || at != end) {
      close();
    }
    at += c.size;
  }
  close();
}

/// A folded text without what may stand between the characters of a word, and where its bytes are in the folded one.
struct Squeezed {
  std::string text;
  std::vector<std::size_t> at;
};

Squeezed squeezed(std::string_view folded) {
  Squeezed out;
  for (std::size_t at = 0; at < folded.size();) {
    const CodePoint c = decode_utf8(folded, at);
    const bool between = c.value == ' ' || c.value == '\t' || c.value == '\n' || c.value == '>' || c.value == ',' || c.value == 0x30FB || c.value == 0x3000;
    for (std::size_t i = 0; i < c.size && !between; ++i) {
      out.text += folded[at + i];
      out.at.push_back(at + i);
    }
    at += c.size;
  }
  return out;
}

}  // namespace

Redaction::Redaction(const std::vector<std::string>& wanted) {
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const std::string& one = wanted[i];
    if (one == "phone" || one == "電話番号") phone_ = i + 1;
    else if (one == "mail" || one == "メールアドレス") mail_ = i + 1;
    else if (one == "digits" || one == "数字") digits_ = i + 1;
    else if (std::string word = squeezed(fold(one)).text; !word.empty()) words_.emplace_back(std::move(word), i + 1);
    else throw Error(trf("\"{}\" has no character that could be masked", one));
  }
}

std::vector<Redaction::Found> Redaction::find(std::string_view text, Of of) const {
  std::vector<Found> found;
  if (!words_.empty()) {
    const FoldedText folded = fold_with_map(text);
    const Squeezed all = squeezed(folded.text);
    for (const auto& [word, rule] : words_)
      for (std::size_t at = all.text.find(word); at != std::string::npos; at = all.text.find(word, at + 1)) {
        const FoldedText::Span span = folded.original(all.at[at], all.at[at + word.size() - 1] + 1);
        found.push_back({span.begin, span.end, rule});
      }
  }
  const bool kinds = of == Of::words_and_kinds;
  if (phone_ && kinds)
    for (const Contact& contact : find_phone_numbers(text)) found.push_back({contact.begin, contact.end, phone_});
  if (mail_ && kinds)
    for (const Contact& contact : find_mail_addresses(text)) found.push_back({contact.begin, contact.end, mail_});
  if (digits_ && kinds) each_number(text, [&](std::size_t begin, std::size_t end) { found.push_back({begin, end, digits_}); });
  std::sort(found.begin(), found.end(), [](const Found& a, const Found& b) { return a.begin != b.begin ? a.begin < b.begin : a.end > b.end; });
  // What overlaps is one mask.
  std::vector<Found> joined;
  for (const Found& one : found) {
    if (!joined.empty() && one.begin < joined.back().end) joined.back().end = std::max(joined.back().end, one.end);
    else joined.push_back(one);
  }
  return joined;
}

std::string Redaction::masked(std::string_view text, const char* part, const std::vector<Found>& found) {
  std::string out;
  std::size_t at = 0;
  for (const Found& one : found) {
    out.append(text, at, one.begin - at);
    const std::size_t length = code_points(text.substr(one.begin, one.end - one.begin));
    masks_.push_back({exhibit_, message_, part, code_points(text.substr(0, one.begin)), length, one.rule});
    for (std::size_t i = 0; i < length; ++i) out.append(bar);
    at = one.end;
  }
  return out.append(text.substr(at));
}

void Redaction::apply(ExhibitMessage& message) {
  mask(message.who, "who");
  for (auto& [label, value] : message.fields) {
    const bool ours = label == "SHA-256" || label == tr("Id") || label == tr("In this pack") || label == tr("In the pack of originals") || label == tr("Date as written");
    value = masked(value, label.c_str(), ours ? Of::words : Of::words_and_kinds);
  }
  for (ExhibitFile& file : message.files) {
    mask(file.name, "file");
    mask(file.kind, "file");  // a mail says of what type it is, in its own words
  }
  for (std::string& note : message.notes) note = masked(note, "note", Of::words);
  if (message.sections.empty()) return mask(message.text, "text");
  // A word may go over the end of a section: the whole text is masked, and the sections follow.
  const std::vector<Found> found = find(message.text, Of::words_and_kinds);
  const std::string before = message.text;
  mask(message.text, "text");
  const auto moved = [&](std::uint32_t offset) {
    std::size_t at = 0, shown = 0;
    for (const Found& one : found) {
      if (one.begin >= offset) break;
      shown += one.begin - at;
      const std::size_t inside = std::min<std::size_t>(offset, one.end);
      shown += code_points(std::string_view(before).substr(one.begin, inside - one.begin)) * bar.size();
      at = inside;
    }
    return static_cast<std::uint32_t>(shown + offset - std::min<std::size_t>(at, offset));
  };
  for (TextSection& section : message.sections) {
    section.begin = moved(section.begin);
    section.end = moved(section.end);
  }
}

void Redaction::apply(Exhibit& exhibit) {
  exhibit_ = exhibit.number;
  message_ = 0;
  mask(exhibit.title, "title");
  mask(exhibit.author, "author");
  for (std::string& note : exhibit.notes) note = masked(note, "note", Of::words);
  for (ExhibitMessage& message : exhibit.messages) {
    ++message_;
    apply(message);
  }
}

std::string Redaction::masked_document(const PackDocument& document) {
  exhibit_.clear();
  message_ = 0;
  const std::string_view text = document.text;
  std::vector<Found> found = find(text, Of::words);
  for (const auto& [begin, end] : document.said)
    for (const Found& one : find(text.substr(begin, end - begin), Of::words_and_kinds)) found.push_back({begin + one.begin, begin + one.end, one.rule});
  std::sort(found.begin(), found.end(), [](const Found& a, const Found& b) { return std::tie(a.begin, b.end) < std::tie(b.begin, a.end); });
  std::vector<Found> apart;
  for (const Found& one : found) {
    if (apart.empty() || one.begin >= apart.back().end) apart.push_back(one);
    else apart.back().end = std::max(apart.back().end, one.end);
  }
  return masked(text, document.name.c_str(), apart);
}

void Redaction::apply(PackHeading& heading) {
  exhibit_.clear();
  message_ = 0;
  heading.title = masked(heading.title, "title", Of::words);
  for (auto& [label, value] : heading.fields) value = masked(value, label.c_str(), Of::words);
  for (std::string& note : heading.notes) note = masked(note, "note", Of::words);
}

}  // namespace genchi::evidence
