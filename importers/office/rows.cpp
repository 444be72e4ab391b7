#include "importers/office/rows.hpp"

#include "genchi/error.hpp"
#include "genchi/i18n.hpp"

namespace genchi::office {

void RowWriter::begin_cell() {
  if (!first_) sheet_.text += '\t';
  first_ = false;
  check();
}

void RowWriter::cell(std::string_view text) {
  begin_cell();
  const std::size_t begin = sheet_.text.size();
  for (const char c : text) {
    const bool blank = c == ' ' || (c >= '\t' && c <= '\r');
    if (!blank) sheet_.text += c;
    else if (sheet_.text.size() > begin && sheet_.text.back() != ' ') sheet_.text += ' ';
  }
  if (sheet_.text.size() > begin && sheet_.text.back() == ' ') sheet_.text.pop_back();
  check();
}

void RowWriter::end_row(std::uint32_t number) {
  sheet_.text += '\n';
  sheet_.numbers.push_back(number);
  first_ = true;
}

void RowWriter::check() const {
  if (sheet_.text.size() > limits_.max_text_bytes) throw_too_large();
}

void throw_damaged() {
  throw Error(tr("the file is damaged or incomplete"), tr("Open it in the program that made it, save it again, and check what you saved."));
}

void throw_too_large() {
  throw Error(tr("the file is too large for a quotation"), tr("Copy the lines of the quotation into a file of their own."));
}

}  // namespace genchi::office
