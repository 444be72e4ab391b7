// Rows of cells on their way to a sheet's text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "importers/office/document.hpp"

namespace genchi::office {

/// Writes rows as lines: cells parted by TAB, blanks and line ends in a cell as one blank. Throws Error beyond the limit.
class RowWriter {
 public:
  RowWriter(Sheet& sheet, const DocumentLimits& limits) : sheet_(sheet), limits_(limits) {}
  void cell(std::string_view text);
  /// An empty cell.
  void skip() { begin_cell(); }
  void end_row(std::uint32_t number);

 private:
  void begin_cell();
  void check() const;

  Sheet& sheet_;
  const DocumentLimits& limits_;
  bool first_ = true;
};

[[noreturn]] void throw_damaged();
[[noreturn]] void throw_too_large();

}  // namespace genchi::office
