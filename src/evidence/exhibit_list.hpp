// 証拠説明書, the list of exhibits that goes to a court with them (民事訴訟規則 137条1項): always in Japanese. As a document for a
// word processor, in which the case, the parties and what each exhibit is to prove are filled in, and as a table.
#pragma once

#include <filesystem>
#include <functional>
#include <string_view>

#include "base/files.hpp"
#include "evidence/exhibit.hpp"

namespace genchi::evidence {

/// CSV in UTF-8 with its mark, for spreadsheets. The constructor writes the head row.
class ExhibitTable {
 public:
  explicit ExhibitTable(std::function<void(std::string_view)> sink);
  void add(const Exhibit& exhibit);

 private:
  std::function<void(std::string_view)> sink_;
};

/// A .docx (ECMA-376, Office Open XML). The same exhibits give the same bytes.
class ExhibitDocument {
 public:
  ExhibitDocument();
  void add(const Exhibit& exhibit);
  /// Makes the file. Throws Error if it cannot be written, or is there already.
  void write(const std::filesystem::path& path);

 private:
  Spool body_;
};

}  // namespace genchi::evidence
