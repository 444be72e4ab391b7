// The compact lists in archive.db: what an entry is made of, where the rows in an object begin and end, and which rows of
// an export were erased. All are sequences of LEB128 numbers (7 bits a byte, low ones first); byte for byte in src/README.md.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "genchi/sha256.hpp"

namespace genchi {

/// A range of an object's bytes.
struct Piece {
  std::int64_t object = 0;
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
  bool operator==(const Piece&) const = default;
};

std::string encode_pieces(const std::vector<Piece>& pieces);
/// Throws Error if the bytes are not such a list.
std::vector<Piece> decode_pieces(std::string_view bytes);

enum class CutKind : std::uint8_t {
  other = 0,    ///< not a row: what stands before the first, between rows, after the last
  row = 1,      ///< a row, or the last part of a long one
  row_part = 2, ///< a part of a row that goes on in the next cut (rows longer than a chunk)
};

/// A stretch of an object's or export's bytes; cuts follow each other without gaps.
struct Cut {
  std::uint32_t length = 0;
  CutKind kind = CutKind::other;
  bool operator==(const Cut&) const = default;
};

std::string encode_cuts(const std::vector<Cut>& cuts);
/// Throws Error if the bytes are not such a list.
std::vector<Cut> decode_cuts(std::string_view bytes);

/// What is left of a row of an export that was erased: the hash that the export's leaf is made with, and how long it was,
/// since the leaves of the rows after it say where they begin.
struct ErasedRow {
  std::uint64_t row = 0; ///< from 0
  std::uint64_t length = 0;
  Sha256 leaf; ///< of its genchi-row-1 text
  bool operator==(const ErasedRow&) const = default;
};

/// Ascending: number less that of the one before (the first: the number), length, then the 32 bytes.
std::string encode_erased(const std::vector<ErasedRow>& rows);
/// Throws Error if the bytes are not such a list.
std::vector<ErasedRow> decode_erased(std::string_view bytes);

} // namespace genchi
