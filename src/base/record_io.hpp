// Numbers and strings one after the other, for records that only this program reads.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "genchi/sha256.hpp"

namespace genchi {

[[noreturn]] void throw_damaged_record();

/// Appends to a record. Small numbers are short (LEB128); strings carry their length.
class RecordWriter {
 public:
  void byte(std::uint8_t value) { out_.push_back(static_cast<char>(value)); }
  void number(std::uint64_t value);
  void signed_number(std::int64_t value);
  void text(std::string_view value);
  /// A string that may come again in this record: later ones are one number. `value` must outlive the writer.
  void repeated(std::string_view value);
  void digest(const Sha256& value) { out_.append(value.view()); }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
  std::unordered_map<std::string_view, std::uint64_t> known_;
};

/// Reads what RecordWriter wrote. Every function throws Error when the bytes end early or cannot be meant so.
class RecordReader {
 public:
  explicit RecordReader(std::string_view data) : data_(data) {}

  std::uint8_t byte();
  std::uint64_t number();
  std::uint64_t number_up_to(std::uint64_t greatest);
  std::int64_t signed_number();
  std::string_view text();     ///< into the data
  std::string_view repeated(); ///< into the data
  Sha256 digest();
  /// How many elements follow, each of at least `least_bytes`.
  std::size_t count(std::size_t least_bytes);
  std::size_t left() const { return data_.size() - at_; }
  /// There must be nothing left.
  void end() const;

 private:
  std::string_view bytes(std::size_t n);

  std::string_view data_;
  std::size_t at_ = 0;
  std::vector<std::string_view> known_;
};

} // namespace genchi
