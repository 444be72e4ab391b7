// Proofs that sha256sum can check: texts that lead from original bytes to the journal, and from there to an anchor. A text is
// named by its own SHA-256, and every one but an anchor is mentioned by another: so who has them and an anchor needs no program
// of ours. src/README.md, "Proofs".
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "archive/archive.hpp"

namespace genchi {

/// What stands for the whole journal up to a row: kept elsewhere (mailed, printed, time-stamped) it shows that everything up
/// to there was held then, and is so still. A text of six lines, src/README.md, "Anchors"; it names nobody.
struct Anchor {
  UtcSeconds time = 0; ///< when it was made, never before its last row
  Seq rows = 0;        ///< the journal's first so many
  Sha256 first;        ///< hash of the first line: says which archive
  Sha256 head;         ///< hash of the last line
  Sha256 root;         ///< Merkle root over the hashes of all lines
};
std::string anchor_text(const Anchor& anchor);
/// Only exactly that form, with nothing before or after; nullopt for anything else.
std::optional<Anchor> parse_anchor(std::string_view text);

/// The hashes of the journal's lines 1 to `rows`: 32 bytes each. Throws Error if the journal has not so many.
std::vector<Sha256> journal_hashes(const Archive& archive, Seq rows);
/// An anchor over all of the journal. `now`: the clock; of an earlier time than the last row's, that one's is taken.
Anchor make_anchor(const Archive& archive, UtcSeconds now);

/// Hands out the texts of proofs, each once.
class Prover {
 public:
  using Sink = std::function<void(const Sha256& name, std::string_view text)>;
  Prover(const Archive& archive, Sink sink);

  /// That these are the whole bytes of an entry (mail, memo, saved file, LINE export). Throws Error: rows of it were erased.
  /// Returns the name of its genchi-leaf-1 text.
  Sha256 prove(const Entry& entry);
  /// That these rows of a LINE export, ascending, are in it; neither the file's hash nor any other row shows.
  struct Row {
    std::uint64_t row = 0;             ///< from 0
    std::uint64_t begin = 0, end = 0;  ///< in the export as it came in
    Archive::ByteRange held;           ///< in what is held of it now
    Sha256 sha256;                     ///< of its bytes
    Sha256 text;                       ///< name of its genchi-row-1 text
  };
  std::vector<Row> prove(const Entry& entry, const std::vector<std::uint64_t>& rows);
  /// At the end: for each batch proven so far the path from its journal row to these anchors. Throws Error: a batch is younger than all of
  /// them, or the journal is not the one that an anchor was made of.
  void prove_anchors(const std::vector<Anchor>& anchors);
  /// Journal rows of the batches proven so far, and entries of them that were proven.
  const std::map<Seq, std::set<EntryId>>& batches() const { return batches_; }

 private:
  void emit(std::string_view text);
  void paths(std::vector<Sha256> level, std::vector<std::size_t> wanted);
  void prove_batches();

  const Archive& archive_;
  Sink sink_;
  std::unordered_set<std::string> told_;
  std::map<Seq, std::set<EntryId>> batches_;
};

} // namespace genchi
