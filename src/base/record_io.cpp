#include "base/record_io.hpp"

#include "genchi/error.hpp"
#include "genchi/i18n.hpp"

namespace genchi {

void throw_damaged_record() {
  throw Error(tr("a record of the catalogue or the search index cannot be read"), tr("build them anew: genchi reindex"));
}

void RecordWriter::number(std::uint64_t value) {
  while (value >= 0x80) {
    byte(static_cast<std::uint8_t>(value | 0x80));
    value >>= 7;
  }
  byte(static_cast<std::uint8_t>(value));
}

void RecordWriter::signed_number(std::int64_t value) {
  const auto bits = static_cast<std::uint64_t>(value);
  number((bits << 1) ^ (value < 0 ? ~std::uint64_t{0} : 0));
}

void RecordWriter::text(std::string_view value) {
  number(value.size());
  out_.append(value);
}

void RecordWriter::repeated(std::string_view value) {
  const auto [it, fresh] = known_.try_emplace(value, known_.size() + 1);
  if (!fresh) return number(it->second);
  number(0);
  text(value);
}

std::string_view RecordReader::bytes(std::size_t n) {
  if (n > left()) throw_damaged_record();
  const std::string_view result = data_.substr(at_, n);
  at_ += n;
  return result;
}

std::uint8_t RecordReader::byte() {
  return static_cast<std::uint8_t>(bytes(1)[0]);
}

std::uint64_t RecordReader::number() {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 64; shift += 7) {
    const std::uint8_t b = byte();
    if (shift == 63 && b > 1) throw_damaged_record();
    value |= static_cast<std::uint64_t>(b & 0x7f) << shift;
    if (b < 0x80) return value;
  }
  throw_damaged_record();
}

std::uint64_t RecordReader::number_up_to(std::uint64_t greatest) {
  const std::uint64_t value = number();
  if (value > greatest) throw_damaged_record();
  return value;
}

std::int64_t RecordReader::signed_number() {
  const std::uint64_t bits = number();
  return static_cast<std::int64_t>((bits >> 1) ^ (bits & 1 ? ~std::uint64_t{0} : 0));
}

std::string_view RecordReader::text() {
  return bytes(number_up_to(left()));
}

std::string_view RecordReader::repeated() {
  const std::uint64_t index = number_up_to(known_.size());
  if (index > 0) return known_[index - 1];
  return known_.emplace_back(text());
}

Sha256 RecordReader::digest() {
  return *Sha256::from_bytes(bytes(32));
}

std::size_t RecordReader::count(std::size_t least_bytes) {
  return static_cast<std::size_t>(number_up_to(left() / least_bytes));
}

void RecordReader::end() const {
  if (left() != 0) throw_damaged_record();
}

} // namespace genchi
