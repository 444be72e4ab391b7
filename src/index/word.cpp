#include "index/word.hpp"

#include <algorithm>
#include <xapian.h>

#include "base/bytes.hpp"
#include "text/fold.hpp"

namespace genchi::index {

namespace {

constexpr std::size_t most_forms = 256;

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

void add(std::vector<Form>& forms, Form form) {
  const auto same = std::find_if(forms.begin(), forms.end(), [&](const Form& f) {
    return f.spelling == form.spelling && f.stem == form.stem;
  });
  if (same == forms.end() && forms.size() < most_forms) forms.push_back(std::move(form));
}

void add_spellings(std::vector<Form>& forms, std::string_view written, Form::Why why) {
  const std::vector<Spelling> spellings = spellings_of(written);
  for (const Spelling& spelling : spellings) {
    const bool first = forms.empty();
    Form form;
    form.spelling = spelling;
    form.why = why != Form::Why::written ? why : first ? Form::Why::written : Form::Why::spelling;
    if (why == Form::Why::synonym) form.synonym = written;
    add(forms, form);
    if (std::string stem = stem_of(spelling.folded); !stem.empty()) {
      form.stem = std::move(stem);
      form.why = why == Form::Why::written ? Form::Why::inflection : why;
      add(forms, std::move(form));
    }
  }
}

/// Synonyms that are found wherever the word itself is: 見積書 beside 見積.
void leave_out_needless(std::vector<Form>& forms) {
  const auto is_plain = [](const Form& form) {
    return form.why != Form::Why::synonym && form.stem.empty() && form.spelling.not_before.empty() && !form.spelling.begins_with_numeral;
  };
  const auto needless = [&](const Form& form) {
    return form.why == Form::Why::synonym && form.stem.empty() && std::any_of(forms.begin(), forms.end(), [&](const Form& other) {
             return is_plain(other) && find_folded(form.spelling.folded, other.spelling.folded) != std::string::npos;
           });
  };
  std::vector<Form> kept;
  for (const Form& form : forms)
    if (!needless(form)) kept.push_back(form);
  forms = std::move(kept);
}

std::optional<Found> find_form(const Form& form, std::string_view text, std::size_t from) {
  if (form.stem.empty()) {
    const std::size_t at = form.open_end ? find_folded(text, form.spelling.folded, from, WordEnd::open)
                                         : find_spelling(text, form.spelling, from);
    if (at == std::string_view::npos) return std::nullopt;
    return Found{at, at + form.spelling.folded.size()};
  }
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

std::vector<Form> forms_of(std::string_view written, const std::string& folded, bool phrase, const QueryContext& context) {
  std::vector<Form> forms;
  if (phrase || !context.spellings) {
    Form form;
    form.spelling.folded = folded;
    forms.push_back(std::move(form));
  } else {
    add_spellings(forms, written, Form::Why::written);
  }
  if (phrase) return forms;
  for (const std::string& synonym : synonyms_of(written, context.synonyms)) add_spellings(forms, synonym, Form::Why::synonym);
  leave_out_needless(forms);
  return forms;
}

Form open_form(const std::string& folded) {
  Form form;
  form.spelling.folded = folded;
  form.open_end = true;
  return form;
}

std::optional<Found> find_word(const std::vector<Form>& forms, std::string_view folded, std::size_t from) {
  std::optional<Found> best;
  for (const Form& form : forms) {
    const std::optional<Found> found = find_form(form, folded, from);
    if (!found) continue;
    if (!best || found->begin < best->begin || (found->begin == best->begin && found->end > best->end)) best = found;
  }
  return best;
}

bool has_word(const std::vector<Form>& forms, std::string_view folded) {
  return std::any_of(forms.begin(), forms.end(),
                     [&](const Form& form) { return find_form(form, folded, 0).has_value(); });
}

}  // namespace genchi::index
