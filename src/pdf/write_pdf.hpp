// An exhibit drawn as a PDF file.
#pragma once

#include <string>
#include <system_error>

#include "evidence/exhibit.hpp"
#include "evidence/exhibit_words.hpp"
#include "genchi/time.hpp"
#include "pdf/text_lines.hpp"

namespace genchi::pdf {

/// An exhibit would have more pages than it may.
struct TooManyPages {};

/// Makes EXHIBIT.file_name.pdf in the open folder; gives its number of pages. The same exhibit gives the same bytes, `created`
/// being the time in it. A file that is there already is left alone. Throws std::system_error if the file cannot be written (what was of
/// it is deleted), TooManyPages before a page is drawn, Error if it cannot be drawn or the name is none of a file.
unsigned write_pdf(const evidence::Exhibit& exhibit, const evidence::ExhibitWords& words, const TextBreaker& breaker, UtcSeconds created,
                   unsigned most_pages, int folder);

}  // namespace genchi::pdf
