// What the letters to clients are made of that `confirm` and `memo` draft. The client reads them: they are in Japanese
// whatever the user's language.
#pragma once

#include <string>

#include "catalogue/catalogue.hpp"
#include "cli/output.hpp"

namespace genchi::cli {

struct LetterDraft {
  std::string to, subject, body;
};

/// 2024年4月2日（火）.
std::string day_in_japanese(CivilDay day);
/// A day or several, with the time of day if there is one.
std::string days_in_japanese(const DateFact& date);
/// 2024年4月2日 10:30.
std::string moment_in_japanese(const Moment& moment);
/// 日時, 納期, 期限 …
const char* day_label(DateRole role);
/// 150,000円（税別）.
std::string money_in_japanese(const Amount& amount);
/// お電話, お打ち合わせ …
const char* channel_in_japanese(Channel channel);
/// 宛名: company and person as far as they are known, on one line or two.
std::string letter_salutation(const catalogue::Client& client, const std::string& person);

/// As text, with To and Subject above it.
void print_letter(Output& out, const LetterDraft& draft);

}  // namespace genchi::cli
