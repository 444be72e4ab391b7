#include "index/terms.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/bytes.hpp"
#include "index/schema.hpp"
#include "text/fold.hpp"

namespace genchi::index {

namespace {

// Xapian takes terms of up to 245 bytes, and a zero byte counts as two.
constexpr std::size_t max_value_bytes = 200;
static_assert(2 * max_word_bytes < 245);

constexpr UtcSeconds japan_offset = japan_offset_minutes * 60;
constexpr UtcSeconds year_0 = -62'167'219'200 - japan_offset;
constexpr UtcSeconds year_10000 = 253'402'300'800 - japan_offset;

// A stretch of characters of one class, [begin, end).
struct Run {
  CharClass kind;
  std::size_t begin;
  std::size_t end;
};

// The run that begins at `at`, which is inside the text. `step(begin, size)` is told of each of its
// characters.
template <typename Step> Run read_run(std::string_view text, std::size_t at, const Step& step) {
  CodePoint c = decode_utf8(text, at);
  Run run{char_class(c.value), at, at};
  for (;;) {
    step(run.kind, run.end, c.size);
    run.end += c.size;
    if (run.end >= text.size()) return run;
    c = decode_utf8(text, run.end);
    if (char_class(c.value) != run.kind) return run;
  }
}

// A whole word, or its beginning up to a character boundary.
std::string_view cut_word(std::string_view word) {
  if (word.size() <= max_word_bytes) return word;
  std::size_t end = max_word_bytes;
  while (end > 0 && (static_cast<unsigned char>(word[end]) & 0xC0) == 0x80) --end;
  return word.substr(0, end > 0 ? end : max_word_bytes);
}

void add_unique(std::vector<std::string>& list, std::string_view value) {
  if (std::find(list.begin(), list.end(), value) == list.end()) list.emplace_back(value);
}

} // namespace

void collect_terms(std::string_view folded, std::unordered_set<std::string>& terms) {
  for (std::size_t at = 0; at < folded.size();) {
    std::size_t previous = std::string_view::npos;
    const Run run = read_run(folded, at, [&](CharClass kind, std::size_t begin, std::size_t size) {
      if (kind != CharClass::japanese) return;
      if (previous != std::string_view::npos) terms.emplace(folded.substr(previous, begin + size - previous));
      previous = begin;
    });
    if (run.kind == CharClass::japanese) terms.emplace(folded.substr(previous, run.end - previous));
    if (run.kind == CharClass::word) terms.emplace(cut_word(folded.substr(run.begin, run.end - run.begin)));
    at = run.end;
  }
}

RequiredTerms required_terms(std::string_view phrase) {
  RequiredTerms required;
  for (std::size_t at = 0; at < phrase.size();) {
    std::size_t previous = std::string_view::npos;
    const Run run = read_run(phrase, at, [&](CharClass kind, std::size_t begin, std::size_t size) {
      if (kind != CharClass::japanese) return;
      if (previous != std::string_view::npos)
        add_unique(required.terms, phrase.substr(previous, begin + size - previous));
      previous = begin;
    });
    const std::string_view text = phrase.substr(run.begin, run.end - run.begin);
    if (run.kind == CharClass::word) add_unique(required.terms, cut_word(text));
    // A lone character that is followed by something else in the phrase ends its run in the text as well.
    if (run.kind == CharClass::japanese && previous == run.begin)
      add_unique(run.end < phrase.size() ? required.terms : required.prefixes, text);
    at = run.end;
  }
  return required;
}

std::string prefixed_term(std::string_view prefix, std::string_view value) {
  const auto zeros = static_cast<std::size_t>(std::count(value.begin(), value.end(), '\0'));
  std::string term(prefix);
  if (value.size() + zeros > max_value_bytes) return term + sha256(value).hex();
  return term.append(value);
}

std::string month_term(UtcSeconds utc) {
  const CivilDay day = civil_day(std::clamp(utc, year_0, year_10000 - 1), japan_offset_minutes);
  return fmt::format("{}{:04}{:02}", prefix::month, day.year, day.month);
}

std::string message_term(const Sha256& id) {
  return prefixed_term(prefix::message, to_hex(id.view().substr(0, 8)));
}

PassageTerms terms_of(const Passage& passage) {
  PassageTerms result;
  const auto add = [&](std::string_view prefix, std::string_view value) {
    result.prefixed.insert(prefixed_term(prefix, value));
  };
  for (const MessageRecord& m : passage.messages) {
    const std::string text = searchable_text(m);
    result.text_bytes += text.size();
    collect_terms(text, result.text);
    result.prefixed.insert(message_term(m.id));
    result.prefixed.insert(month_term(m.sent.utc));
    for (const std::string& identifier : m.identifiers) add(prefix::identifier, identifier);
    add(prefix::account, fold(m.account));
    add(prefix::channel, channel_name(m.channel));
    add(prefix::direction, direction_name(m.direction));
    add(prefix::conversation, m.conversation);
    if (has_attached(m, "attachment")) add(prefix::has, "attachment");
    for (const AttachedFile& file : m.files) add(prefix::has, file.kind);
    if (m.facts.price) add(prefix::has, "price");
    if (m.facts.date) add(prefix::has, "date");
    for (const auto& [name, flag] : flag_names)
      if (m.flags & flag) add(prefix::is, name);
    if (m.facts.act != Act::none) add(prefix::is, act_name(m.facts.act));
    if (m.facts.conditional) add(prefix::is, "conditional");
  }
  return result;
}

} // namespace genchi::index
