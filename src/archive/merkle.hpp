// Merkle trees that `sha256sum` can check: a node is the text "node\n<hex>\n<hex>\n", a leaf any text.
// The texts are described in src/README.md, "Proofs". They are frozen: roots over them are in journals.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "genchi/sha256.hpp"

namespace genchi {

/// The root over leaf hashes in order; an odd one out at the end of a level goes up unchanged. Of one leaf:
/// itself. Of none: SHA-256 of "empty\n".
Sha256 merkle_root(std::vector<Sha256> leaves);
/// "node\n<hex>\n<hex>\n", and its hash.
std::string merkle_node_text(const Sha256& left, const Sha256& right);
Sha256 merkle_node(const Sha256& left, const Sha256& right);

/// The same root, leaf by leaf, in memory that grows with the height only.
class MerkleBuilder {
 public:
  void add(const Sha256& leaf);
  std::uint64_t count() const { return count_; }
  Sha256 root() const;

 private:
  std::vector<Sha256> complete_; ///< roots of the complete subtrees so far, largest first
  std::uint64_t count_ = 0;
};

/// The path from a leaf to the root: sibling at each level that has one.
struct ProofStep {
  Sha256 sibling;
  bool sibling_is_left = false;
};
/// REQUIRES: index < leaves.size().
std::vector<ProofStep> merkle_proof(const std::vector<Sha256>& leaves, std::size_t index);
/// The paths of several leaves at once: the text of each node between one of them and the root, once, from below.
/// REQUIRES: `wanted` ascend and are < leaves.size().
void merkle_paths(std::vector<Sha256> leaves, std::vector<std::size_t> wanted, const std::function<void(const std::string& text)>& node);
Sha256 root_of_proof(const Sha256& leaf, const std::vector<ProofStep>& proof);

/// The text of an entry's leaf: bytes [begin, end) of `object` have the digest `bytes_digest`.
std::string leaf_text(const Sha256& salt, const Sha256& object, std::uint64_t begin, std::uint64_t end,
                      const Sha256& bytes_digest);
/// The same with a last line `about <hex>`, the hash of what the archive says of these bytes. Entries use
/// this one.
std::string leaf_text(const Sha256& salt, const Sha256& object, std::uint64_t begin, std::uint64_t end,
                      const Sha256& bytes_digest, const Sha256& about);
/// Row `row` (from 0) of a LINE export, its bytes [begin, end). Names no file: the export's leaf ties it to
/// one.
std::string row_leaf_text(const Sha256& salt, std::uint64_t row, std::uint64_t begin, std::uint64_t end,
                          const Sha256& bytes_digest);
/// The leaf of a LINE export: the hash of the leaf_text() of the whole file, and the root over its rows.
/// Shows neither the file's hash nor any row, so that one row can be proven alone.
std::string export_leaf_text(const Sha256& whole, std::uint64_t rows, const Sha256& rows_root);

/// A salt made from an entry's secret for one purpose: "leaf", "about", "row 17". None of them tells another.
Sha256 derived_salt(std::string_view secret, std::string_view purpose);

} // namespace genchi
