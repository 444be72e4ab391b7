// The words around an exhibit, in the reader's language: the same on the page and in the PDF.
#pragma once

#include <cstdint>
#include <string>

#include "evidence/exhibit.hpp"

namespace genchi::evidence {

struct ExhibitWords {
  std::string context;    ///< of a message that is no part of the point
  std::string quoted;     ///< of words of an earlier message
  std::string no_words;   ///< of a message without any
  std::string file;       ///< attached
  std::string no_name;    ///< of a file
  std::string not_held;   ///< of a file of which nothing is held
  std::string bytes;      ///< "{} bytes"
  std::string continued;  ///< of a message that goes on on the next sheet
  std::string created;
  std::string author;
  std::string original;   ///< original or copy
};

/// Under the current locale.
ExhibitWords exhibit_words();

/// The file's name; its kind, as of a photo of LINE, if it has none.
std::string called(const ExhibitWords& words, const ExhibitFile& file);

/// "12,345 bytes"
std::string size_words(const ExhibitWords& words, std::uint64_t bytes);

}  // namespace genchi::evidence
