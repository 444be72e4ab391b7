// How exhibits go to genchi-pdf, the program that draws them: lines of JSON between two programs of one build. The first
// line is the words, each following an exhibit.
#pragma once

#include <string>
#include <string_view>

#include "evidence/exhibit.hpp"
#include "evidence/exhibit_words.hpp"

namespace genchi::evidence {

/// Without a line end. What is not UTF-8 is replaced.
std::string words_line(const ExhibitWords& words);
std::string exhibit_line(const Exhibit& exhibit);

/// Throw Error if the line is none of the above.
ExhibitWords words_of_line(std::string_view line);
Exhibit exhibit_of_line(std::string_view line);

}  // namespace genchi::evidence
