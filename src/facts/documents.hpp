// Business documents: which kind a message is or carries (見積書 … 支払通知書), its day, its total, the 登録番号 of who
// issued it. For the ledger (索引簿) alone. The words are in document_words.inc.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "facts/corrections.hpp"
#include "facts/dates.hpp"
#include "facts/text.hpp"
#include "genchi/facts.hpp"
#include "genchi/message.hpp"

namespace genchi::facts {

/// A message as documents are looked for in it.
struct DocumentText {
  const Text& text;
  std::span<const TextSection> sections;  ///< of the text: signatures count for the 登録番号
  const Text& subject;
  std::span<const std::string> files;     ///< names of attached files
  bool machine = false;                   ///< automatic, or sent to many
};

/// What is found of it before figures are read.
struct CarriedDocument {
  BusinessDocument document;
  bool doubtful = false;  ///< a document only with a total, or a 登録番号, in the text
};

/// The kind, and where it is said. A message that asks for a document, thanks for one, promises one for later or only
/// speaks of one is none. Linear time, whatever the text.
CarriedDocument find_document(const DocumentText& message);

/// The same with day, total, 登録番号 and names of files. A doubtful one without figures turns out to be none.
BusinessDocument complete_document(CarriedDocument found, const DocumentText& message, const std::vector<Amount>& amounts,
                                   const std::vector<ReadDate>& dates, Moment sent);

/// What people decided about the amount that is the total.
void correct_total(BusinessDocument& document, const std::vector<Correction>& decided);

/// The first 登録番号 of the text, one beside its name (登録番号, インボイス) before others; not in quoted mails.
std::optional<Registration> find_registration(const Text& text, std::span<const TextSection> sections);

/// Is the first of 13 digits the check digit of a 法人番号 made of the other twelve?
bool has_check_digit(std::string_view digits);

} // namespace genchi::facts
