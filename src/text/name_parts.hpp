// A name cut into its parts: forms of companies, brackets, titles. For names.cpp, but for the form of a company.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace genchi::naming {

/// A stretch of a folded name, all Japanese or all letters and digits.
struct Run {
  std::string_view text;
  bool japanese = false;
  bool starts_part = false; ///< something that parts stands before it
  bool tag = false;         ///< in brackets
  bool broken = false;      ///< nothing is found over what stands before it (parts of brackets too)
};

/// Views into itself: neither copied nor moved.
class Parts {
 public:
  explicit Parts(std::string_view name);
  Parts(const Parts&) = delete;
  Parts& operator=(const Parts&) = delete;

  const std::vector<Run>& runs() const { return runs_; }
  /// Without brackets' contents, unless there is nothing else.
  bool is_tagged() const { return tagged_; }
  bool from_bank() const { return from_bank_; }
  /// Drops honorifics and titles from both ends; `written` is the name as typed. May leave nothing.
  void drop_titles(std::string_view written);

 private:
  void cut();
  void drop_latin_forms();

  std::string text_;
  std::vector<Run> runs_;
  bool tagged_ = false;
  bool from_bank_ = false;
};

/// Does a name, as it is written, hold a form of companies or other bodies: 株式会社, (有), ㈱, 医療法人, Co., Ltd., Inc.?
bool has_company_form(std::string_view name);

/// A name as it is written, without decoration (emoji, ☆) and without what stands in brackets or behind @: 山田 花子 of
/// 山田 花子🌸@ネイル(指名). Forms of companies in brackets stay: (株)青葉. The name itself if nothing would be left.
std::string without_tags(std::string_view name);

/// Cuts an honorific that a name as it is written ends with: 高橋 of 高橋ちゃん. `left`: nothing was cut, and it ends with
/// one all the same, since what stands before it is no name by itself (まーくん).
struct Honorific {
  std::string name;
  bool left = false;
};
Honorific without_honorific(std::string_view name);

bool is_title(std::string_view japanese_run);
/// A run without the titles it ends with.
std::string_view without_titles(std::string_view japanese_run);
/// Forms of companies that hold `folded` and more.
std::vector<std::string_view> forms_around(std::string_view folded);
/// With these begin the forms that text is found over.
inline constexpr std::string_view form_beginnings[] = {"株", "有", "合"};

} // namespace genchi::naming
