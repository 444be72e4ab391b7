#include "index/word.hpp"

#include <algorithm>
#include <xapian.h>

#include "base/bytes.hpp"

namespace genchi::index {

namespace {

constexpr std::size_t most_forms = 256;
// サイト is in インサイト, キャンセル in no other word.
constexpr std::size_t longest_word_within_others = 4;

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

void add(std::vector<Form>& forms, Form form) {
  const auto same = std::find_if(forms.begin(), forms.end(), [&](const Form& f) {
    return f.spelling == form.spelling && f.stem == form.stem && f.open_end == form.open_end;
  });
  if (same == forms.end() && forms.size() < most_forms) forms.push_back(std::move(form));
}

/// A word of so few katakana that it may be part of many others.
bool is_short_katakana(std::string_view word) {
  std::size_t letters = 0;
  for (std::size_t at = 0; at < word.size(); ++letters) {
    const CodePoint c = decode_utf8(word, at);
    if (c.value < 0x30A1 || c.value > 0x30FC) return false;
    at += c.size;
  }
  return letters <= longest_word_within_others;
}

void add_spellings(std::vector<Form>& forms, std::string_view written, Form::Why why) {
  const std::vector<Spelling> spellings = spellings_of(written);
  const bool alone = why == Form::Why::synonym && is_short_katakana(written);
  for (const Spelling& spelling : spellings) {
    const bool first = forms.empty();
    Form form;
    form.spelling = spelling;
    form.spelling.alone = alone;
    form.why = why != Form::Why::written ? why : first ? Form::Why::written : Form::Why::spelling;
    if (why == Form::Why::synonym) form.synonym = written;
    add(forms, form);
    if (std::string stem = spelling.parts ? std::string() : stem_of(spelling.folded); !stem.empty()) {
      form.stem = std::move(stem);
      form.why = why == Form::Why::written ? Form::Why::inflection : why;
      add(forms, std::move(form));
    }
  }
}

/// Synonyms of a word, also of an English one with another ending: quotes, cancelled.
std::vector<std::string> synonyms_with_endings(std::string_view written, const std::string& folded, const std::vector<Synonyms>& groups) {
  std::vector<std::string> found = synonyms_of(written, groups);
  const std::string stem = found.empty() ? stem_of(folded) : std::string();
  if (stem.empty()) return found;
  for (const Synonyms& group : groups)
    for (const std::string& word : group)
      if (!word.empty() && stem_of(word) == stem)
        for (std::string& other : synonyms_of(word, groups))
          if (std::find(found.begin(), found.end(), other) == found.end()) found.push_back(std::move(other));
  return found;
}

/// Synonyms that are found wherever the word itself is: 見積書 beside 見積.
void leave_out_needless(std::vector<Form>& forms) {
  const auto is_plain = [](const Form& form) {
    return form.why != Form::Why::synonym && form.stem.empty() && form.spelling.not_before.empty() && !form.spelling.begins_with_number &&
           !form.spelling.parts;
  };
  const auto needless = [&](const Form& form) {
    return form.why == Form::Why::synonym && form.stem.empty() && !form.open_end && std::any_of(forms.begin(), forms.end(), [&](const Form& other) {
             return is_plain(other) && find_folded(form.spelling.folded, other.spelling.folded) != std::string::npos;
           });
  };
  std::vector<Form> kept;
  for (const Form& form : forms)
    if (!needless(form)) kept.push_back(form);
  forms = std::move(kept);
}

/// Spellings that end in a word of letters: it may go on.
void add_open_forms(std::vector<Form>& forms, const std::string& folded) {
  std::vector<Form> open;
  for (const Form& form : forms)
    if (form.why == Form::Why::written || form.why == Form::Why::spelling) open.push_back(form);
  for (Form& form : open) {
    const bool is_typed = form.why == Form::Why::written;
    const std::string_view text = form.spelling.folded;
    if (form.spelling.parts || text.empty() || (!is_typed && static_cast<unsigned char>(text.back()) >= 0x80)) continue;
    form.open_end = true;
    form.spelling = {};
    form.spelling.folded = is_typed ? folded : std::string(text);
    add(forms, form);
  }
}

std::optional<Found> find_form(const Form& form, const SearchedText& searched, std::size_t from) {
  const std::string_view text = searched.folded;
  if (form.open_end) {
    const std::size_t at = find_folded(text, form.spelling.folded, from, WordEnd::open);
    if (at == std::string_view::npos) return std::nullopt;
    return Found{at, at + form.spelling.folded.size()};
  }
  if (form.stem.empty()) return find_spelling(searched, form.spelling, from);
  const std::string beginning = beginning_of_stem(form);
  for (std::size_t at = from; (at = find_folded(text, beginning, at, WordEnd::open)) != std::string_view::npos;) {
    std::size_t end = at;
    while (end < text.size() && is_letter(text[end])) ++end;
    const bool whole = end == text.size() || char_class(decode_utf8(text, end).value) != CharClass::word;
    if (whole && stem_of(text.substr(at, end - at)) == form.stem) return Found{at, end};
    at = std::max(end, at + 1);
  }
  return std::nullopt;
}

}  // namespace

std::string stem_of(std::string_view word) {
  constexpr std::size_t longest = 40;
  if (word.size() < 3 || word.size() > longest || !std::all_of(word.begin(), word.end(), is_letter)) return {};
  thread_local const Xapian::Stem stem("english");
  return stem(std::string(word));
}

std::string beginning_of_stem(const Form& form) {
  const std::string& word = form.spelling.folded;
  std::size_t size = 0;
  while (size < word.size() && size < form.stem.size() && word[size] == form.stem[size]) ++size;
  // company, companies: their stem is compani.
  if (size == form.stem.size() && size > 1 && word[size - 1] == 'i') --size;
  return word.substr(0, size);
}

std::vector<Form> forms_of(std::string_view written, const std::string& folded, Widening widening, bool open, const QueryContext& context) {
  std::vector<Form> forms;
  if (widening == Widening::none || !context.spellings) {
    Form form;
    form.spelling.folded = folded;
    forms.push_back(std::move(form));
  } else {
    add_spellings(forms, written, Form::Why::written);
  }
  if (open) add_open_forms(forms, folded);
  if (widening != Widening::all) return forms;
  for (const std::string& synonym : synonyms_with_endings(written, folded, context.synonyms)) add_spellings(forms, synonym, Form::Why::synonym);
  leave_out_needless(forms);
  return forms;
}

bool was_katakana(std::string_view written, const FoldedText& folded, std::size_t at) {
  const char32_t c = decode_utf8(written, folded.source[at]).value;
  return (c >= 0x30A1 && c <= 0x30FE) || (c >= 0xFF66 && c <= 0xFF9F);
}

std::optional<Found> find_word(const std::vector<Form>& forms, const SearchedText& text, std::size_t from) {
  std::optional<Found> best;
  for (const Form& form : forms) {
    const std::optional<Found> found = find_form(form, text, from);
    if (!found) continue;
    if (!best || found->begin < best->begin || (found->begin == best->begin && found->end > best->end)) best = found;
  }
  return best;
}

bool has_word(const std::vector<Form>& forms, const SearchedText& text) {
  return std::any_of(forms.begin(), forms.end(), [&](const Form& form) { return find_form(form, text, 0).has_value(); });
}

}  // namespace genchi::index
