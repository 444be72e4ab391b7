#include "evidence/exhibit_words.hpp"

#include "genchi/i18n.hpp"
#include "text/number_words.hpp"

namespace genchi::evidence {

ExhibitWords exhibit_words() {
  return {tr("said before or after"), tr("quoted"),      tr("(no words)"), tr("attached"), tr("(no name)"),       tr("not held"),
          tr("{} bytes"),             tr("(continued)"), tr("made on"),    tr("made by"),  tr("original or copy")};
}

std::string called(const ExhibitWords& words, const ExhibitFile& file) {
  if (!file.name.empty()) return file.name;
  return file.kind.empty() ? words.no_name : file.kind;
}

std::string size_words(const ExhibitWords& words, std::uint64_t bytes) {
  const std::string number = grouped_number(static_cast<std::int64_t>(bytes));
  const std::size_t at = words.bytes.find("{}");
  if (at == std::string::npos) return number;
  return words.bytes.substr(0, at) + number + words.bytes.substr(at + 2);
}

}  // namespace genchi::evidence
