#include "archive/merkle.hpp"

#include <cassert>

#include "base/bytes.hpp"

namespace genchi {

namespace {

void add_line(std::string& text, std::string_view name, std::string_view value) {
  text.append(name).append(" ").append(value).append("\n");
}

void add_range(std::string& text, std::uint64_t begin, std::uint64_t end) {
  text.append("bytes ").append(std::to_string(begin)).append(" ").append(std::to_string(end)).append("\n");
}

/// One level up, in place.
void pair_up(std::vector<Sha256>& level) {
  std::size_t out = 0;
  for (std::size_t i = 0; i + 1 < level.size(); i += 2) level[out++] = merkle_node(level[i], level[i + 1]);
  if (level.size() % 2 == 1) level[out++] = level.back();
  level.resize(out);
}

} // namespace

std::string merkle_node_text(const Sha256& left, const Sha256& right) {
  std::string text;
  text.reserve(136);
  text.append("node\n").append(left.hex()).append("\n").append(right.hex()).append("\n");
  return text;
}

Sha256 merkle_node(const Sha256& left, const Sha256& right) { return sha256(merkle_node_text(left, right)); }

Sha256 merkle_root(std::vector<Sha256> leaves) {
  if (leaves.empty()) return sha256("empty\n");
  while (leaves.size() > 1) pair_up(leaves);
  return leaves.front();
}

void MerkleBuilder::add(const Sha256& leaf) {
  Sha256 carry = leaf;
  // Each set low bit of the count is a complete subtree as large as what is carried.
  for (std::uint64_t bits = count_; bits & 1; bits >>= 1) {
    carry = merkle_node(complete_.back(), carry);
    complete_.pop_back();
  }
  complete_.push_back(carry);
  ++count_;
}

Sha256 MerkleBuilder::root() const {
  if (complete_.empty()) return merkle_root({});
  Sha256 root = complete_.back();
  for (std::size_t i = complete_.size() - 1; i-- > 0;) root = merkle_node(complete_[i], root);
  return root;
}

std::vector<ProofStep> merkle_proof(const std::vector<Sha256>& leaves, std::size_t index) {
  assert(index < leaves.size());
  std::vector<ProofStep> proof;
  std::vector<Sha256> level = leaves;
  while (level.size() > 1) {
    const std::size_t sibling = index ^ 1;
    if (sibling < level.size()) proof.push_back({level[sibling], sibling < index});
    pair_up(level);
    index /= 2;
  }
  return proof;
}

void merkle_paths(std::vector<Sha256> level, std::vector<std::size_t> wanted, const std::function<void(const std::string&)>& node) {
  assert(wanted.empty() || wanted.back() < level.size());
  while (level.size() > 1 && !wanted.empty()) {
    std::vector<std::size_t> above;
    for (const std::size_t index : wanted) {
      if (!above.empty() && above.back() == index / 2) continue;
      above.push_back(index / 2);
      const std::size_t left = index & ~std::size_t{1};
      if (left + 1 < level.size()) node(merkle_node_text(level[left], level[left + 1]));
    }
    pair_up(level);
    wanted = std::move(above);
  }
}

Sha256 root_of_proof(const Sha256& leaf, const std::vector<ProofStep>& proof) {
  Sha256 hash = leaf;
  for (const ProofStep& step : proof) {
    hash = step.sibling_is_left ? merkle_node(step.sibling, hash) : merkle_node(hash, step.sibling);
  }
  return hash;
}

std::string leaf_text(const Sha256& salt, const Sha256& object, std::uint64_t begin, std::uint64_t end,
                      const Sha256& bytes_digest) {
  std::string text = "genchi-leaf-1\n";
  text.reserve(320);
  add_line(text, "salt", salt.hex());
  add_line(text, "object", object.hex());
  add_range(text, begin, end);
  add_line(text, "sha256", bytes_digest.hex());
  return text;
}

std::string leaf_text(const Sha256& salt, const Sha256& object, std::uint64_t begin, std::uint64_t end,
                      const Sha256& bytes_digest, const Sha256& about) {
  std::string text = leaf_text(salt, object, begin, end, bytes_digest);
  add_line(text, "about", about.hex());
  return text;
}

std::string row_leaf_text(const Sha256& salt, std::uint64_t row, std::uint64_t begin, std::uint64_t end,
                          const Sha256& bytes_digest) {
  std::string text = "genchi-row-1\n";
  text.reserve(220);
  add_line(text, "salt", salt.hex());
  add_line(text, "row", std::to_string(row));
  add_range(text, begin, end);
  add_line(text, "sha256", bytes_digest.hex());
  return text;
}

std::string export_leaf_text(const Sha256& whole, std::uint64_t rows, const Sha256& rows_root) {
  std::string text = "genchi-export-1\n";
  add_line(text, "whole", whole.hex());
  add_line(text, "rows", std::to_string(rows));
  add_line(text, "root", rows_root.hex());
  return text;
}

Sha256 derived_salt(std::string_view secret, std::string_view purpose) {
  std::string text = "genchi-salt-1\n";
  text.append(to_hex(secret)).append("\n").append(purpose).append("\n");
  return sha256(text);
}

} // namespace genchi
