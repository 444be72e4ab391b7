#include "genchi/sha256.hpp"

#include <catch2/catch.hpp>

using namespace genchi;

TEST_CASE("digests agree with sha256sum") {
  CHECK(sha256("").hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256("abc").hex() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("a hasher given pieces equals the whole, and is as new afterwards") {
  Sha256Hasher hasher;
  CHECK(hasher.update("a").update("bc").finish() == sha256("abc"));
  CHECK(hasher.finish() == sha256(""));
}

TEST_CASE("hex and bytes go there and back, anything else is refused") {
  const Sha256 digest = sha256("言質");
  CHECK(Sha256::from_hex(digest.hex()) == digest);
  CHECK(Sha256::from_bytes(digest.view()) == digest);
  CHECK_FALSE(Sha256::from_hex(digest.hex().substr(1)));
  CHECK_FALSE(Sha256::from_hex(std::string(64, 'g')));
  CHECK_FALSE(Sha256::from_bytes("short"));
}
