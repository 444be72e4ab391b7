#include "archive/merkle.hpp"

#include <catch2/catch.hpp>

#include <cstdio>
#include <fstream>

#include "fixture.hpp"

using namespace genchi;
using genchi::test::TemporaryFolder;

namespace {

std::vector<Sha256> leaves(std::size_t count) {
  std::vector<Sha256> made;
  for (std::size_t i = 0; i < count; ++i) made.push_back(sha256("leaf " + std::to_string(i)));
  return made;
}

/// What `sha256sum` of the system says of a text.
std::string sha256sum(const TemporaryFolder& folder, const std::string& text) {
  const std::string path = (folder / "text").native();
  std::ofstream(path, std::ios::binary) << text;
  std::FILE* pipe = ::popen(("sha256sum '" + path + "'").c_str(), "r");
  char hex[65] = {};
  const bool got = std::fread(hex, 1, 64, pipe) == 64;
  ::pclose(pipe);
  return got ? hex : "";
}

} // namespace

TEST_CASE("the root of a Merkle tree") {
  const auto l = leaves(5);
  CHECK(merkle_root({}) == sha256("empty\n"));
  CHECK(merkle_root(leaves(1)) == l[0]);
  CHECK(merkle_root(leaves(2)) == merkle_node(l[0], l[1]));
  CHECK(merkle_root(leaves(3)) == merkle_node(merkle_node(l[0], l[1]), l[2]));
  CHECK(merkle_root(leaves(5)) ==
        merkle_node(merkle_node(merkle_node(l[0], l[1]), merkle_node(l[2], l[3])), l[4]));
}

TEST_CASE("a root built leaf by leaf is the same") {
  for (std::size_t count = 0; count <= 70; ++count) {
    MerkleBuilder builder;
    for (const Sha256& leaf : leaves(count)) builder.add(leaf);
    CHECK(builder.count() == count);
    CHECK(builder.root() == merkle_root(leaves(count)));
  }
}

TEST_CASE("every leaf is proven, and no other in its place") {
  for (const std::size_t count : {1u, 2u, 3u, 4u, 7u, 8u, 33u}) {
    const auto l = leaves(count);
    const Sha256 root = merkle_root(l);
    for (std::size_t i = 0; i < count; ++i) {
      const auto proof = merkle_proof(l, i);
      CHECK(root_of_proof(l[i], proof) == root);
      CHECK(root_of_proof(sha256("another"), proof) != root);
    }
  }
}

TEST_CASE("sha256sum finds the same root") {
  const TemporaryFolder folder;
  const Sha256 bytes = sha256("Hello\n");
  const std::string text = leaf_text(derived_salt("secret", "leaf"), bytes, 0, 6, bytes, sha256("about"));
  const std::string row = row_leaf_text(derived_salt("secret", "row 3"), 3, 100, 160, bytes);
  const std::string whole = export_leaf_text(sha256(text), 1, sha256(row));

  const std::string left = sha256sum(folder, text);
  const std::string right = sha256sum(folder, whole);
  CHECK(left == sha256(text).hex());
  CHECK(sha256sum(folder, "node\n" + left + "\n" + right + "\n") ==
        merkle_root({sha256(text), sha256(whole)}).hex());
}

TEST_CASE("the texts of leaves are frozen") {
  const Sha256 a = sha256("a"), b = sha256("b"), c = sha256("c");
  const std::string salted =
      "genchi-leaf-1\nsalt " + a.hex() + "\nobject " + b.hex() + "\nbytes 5 17\nsha256 " + c.hex() + "\n";
  CHECK(leaf_text(a, b, 5, 17, c) == salted);
  CHECK(leaf_text(a, b, 5, 17, c, a) == salted + "about " + a.hex() + "\n");
  CHECK(row_leaf_text(a, 2, 5, 17, c) ==
        "genchi-row-1\nsalt " + a.hex() + "\nrow 2\nbytes 5 17\nsha256 " + c.hex() + "\n");
  CHECK(export_leaf_text(a, 9, b) ==
        "genchi-export-1\nwhole " + a.hex() + "\nrows 9\nroot " + b.hex() + "\n");
  CHECK(derived_salt("\x01\xFF", "row 2") == sha256("genchi-salt-1\n01ff\nrow 2\n"));
}
