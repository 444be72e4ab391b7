#include "archive/pieces.hpp"

#include <limits>

#include "archive/archive.hpp"
#include "genchi/error.hpp"
#include "genchi/i18n.hpp"

namespace genchi {

namespace {

void put_number(std::string& out, std::uint64_t value) {
  while (value >= 0x80) {
    out.push_back(static_cast<char>(value | 0x80));
    value >>= 7;
  }
  out.push_back(static_cast<char>(value));
}

[[noreturn]] void damaged() {
  throw DamagedOriginal(tr("archive.db is damaged: a list of pieces cannot be read"));
}

std::uint64_t take_number(std::string_view& bytes) {
  std::uint64_t value = 0;
  for (int shift = 0; shift < 64 && !bytes.empty(); shift += 7) {
    const auto byte = static_cast<std::uint8_t>(bytes.front());
    bytes.remove_prefix(1);
    value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
    if (byte < 0x80) return value;
  }
  damaged();
}

/// Small numbers of either sign as small numbers: 0, -1, 1, -2 … become 0, 1, 2, 3 …
std::uint64_t zigzag(std::int64_t value) {
  return (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63);
}
std::int64_t unzigzag(std::uint64_t value) {
  return static_cast<std::int64_t>((value >> 1) ^ (~(value & 1) + 1));
}

} // namespace

std::string encode_pieces(const std::vector<Piece>& pieces) {
  std::string out;
  std::int64_t before = 0;
  for (const Piece& piece : pieces) {
    put_number(out, zigzag(piece.object - before));
    put_number(out, piece.offset);
    put_number(out, piece.length);
    before = piece.object;
  }
  return out;
}

std::vector<Piece> decode_pieces(std::string_view bytes) {
  std::vector<Piece> pieces;
  std::uint64_t object = 0;
  while (!bytes.empty()) {
    Piece piece;
    object += static_cast<std::uint64_t>(unzigzag(take_number(bytes)));
    piece.object = static_cast<std::int64_t>(object);
    piece.offset = take_number(bytes);
    piece.length = take_number(bytes);
    pieces.push_back(piece);
  }
  return pieces;
}

std::string encode_cuts(const std::vector<Cut>& cuts) {
  std::string out;
  for (const Cut& cut : cuts)
    put_number(out, std::uint64_t{cut.length} << 2 | static_cast<std::uint64_t>(cut.kind));
  return out;
}

std::vector<Cut> decode_cuts(std::string_view bytes) {
  std::vector<Cut> cuts;
  while (!bytes.empty()) {
    const std::uint64_t number = take_number(bytes);
    const std::uint64_t length = number >> 2;
    if (length > std::numeric_limits<std::uint32_t>::max() || (number & 3) > 2) damaged();
    cuts.push_back({static_cast<std::uint32_t>(length), static_cast<CutKind>(number & 3)});
  }
  return cuts;
}

std::string encode_erased(const std::vector<ErasedRow>& rows) {
  std::string out;
  std::uint64_t before = 0;
  for (const ErasedRow& row : rows) {
    put_number(out, row.row - before);
    put_number(out, row.length);
    out += row.leaf.view();
    before = row.row;
  }
  return out;
}

std::vector<ErasedRow> decode_erased(std::string_view bytes) {
  constexpr std::size_t hash_size = 32;
  std::vector<ErasedRow> rows;
  std::uint64_t number = 0;
  while (!bytes.empty()) {
    ErasedRow row;
    row.row = number += take_number(bytes);
    row.length = take_number(bytes);
    const std::optional<Sha256> leaf = Sha256::from_bytes(bytes.substr(0, hash_size));
    if (!leaf) damaged();
    row.leaf = *leaf;
    bytes.remove_prefix(hash_size);
    rows.push_back(row);
  }
  return rows;
}

} // namespace genchi
