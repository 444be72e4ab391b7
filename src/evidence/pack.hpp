// An evidence pack: messages as exhibits, with their originals byte for byte and what ties these to an anchor of the journal.
// Layout: src/README.md, "Packs".
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "evidence/anchors.hpp"
#include "evidence/bag.hpp"
#include "evidence/exhibit.hpp"
#include "store/store.hpp"

namespace genchi::evidence {

struct PackOptions {
  std::string party = "甲";     ///< whose exhibits they are, before each number
  unsigned first = 1;           ///< number of the first exhibit
  std::size_t context = 3;      ///< messages of the same conversation shown before and after each one, at most
  Seq last_row = 0;             ///< not 0: what came in after this row of the journal is not shown as context
  bool whole = false;           ///< LINE files whole: with everything else that was said in them
  std::vector<std::string> redact;  ///< not empty: a reading copy with these masked (redaction.hpp), without originals
  bool originals_apart = false; ///< … and a second pack beside it that has the originals and proofs
  std::vector<PackDocument> documents;  ///< more files of the payload
  PackHeading heading;          ///< what the page begins with; fields and notes of ours come behind these
  Store::Stop stop;
  Progress* progress = nullptr;
};

struct PackReport {
  std::uint64_t exhibits = 0, messages = 0, context = 0;
  std::uint64_t proofs = 0;             ///< texts
  std::uint64_t clients = 0;            ///< whose messages are in it
  std::vector<std::string> left_out;    ///< translated: exhibits whose originals are damaged
  std::vector<std::string> without_pdf; ///< translated: exhibits of which no PDF could be made, and why
  std::uint64_t masks = 0;
  BagWriter::Made bag;
  std::optional<BagWriter::Made> apart;
  std::filesystem::path apart_path;     ///< of the second pack, with the originals
  Anchor anchor;
};

/// Which messages are which exhibit. A chat is one exhibit (甲1); so is each mail and each memo, those of one conversation as
/// branches of one number (甲2の1, 甲2の2). Numbers go by the first message asked for.
struct PackPlan {
  struct Item {
    Sha256 id;
    UtcSeconds sent = 0;
    EntryId entry = 0;
    bool context = false;
  };
  struct Exhibit {
    std::string number, file_name;
    bool chat = false;
    std::string chat_name;
    std::vector<Item> items;       ///< by time
  };
  std::vector<Exhibit> exhibits;
  std::set<Seq> batches;           ///< journal rows that sealed their originals
  std::set<std::string> clients;   ///< identifiers of those whose messages were asked for
  std::uint64_t messages = 0, context = 0;
};
/// `messages`: ids, in any order, repeated or not. Throws Error for one that is not held. Memory: 200 bytes a message.
PackPlan plan_pack(Store& store, const std::vector<Sha256>& messages, const PackOptions& options);

/// Which anchors go into a pack: the one that dates it, which covers all of its messages: the oldest that is time-stamped, else
/// the oldest; and the oldest time-stamped one of each message.
struct ChosenAnchors {
  KeptAnchor main;
  std::vector<KeptAnchor> others;  ///< oldest first
};
/// nullopt: none of `kept` (oldest first) covers them all.
std::optional<ChosenAnchors> choose_anchors(const std::vector<KeptAnchor>& kept, const std::set<Seq>& batches);

/// Writes it to `out`, a folder or a ZIP. The same archive, plan, options and anchors make the same bytes. Memory: the words of
/// the largest exhibit, 300 bytes a message, 64 a proof. Throws Error.
PackReport write_pack(Store& store, const PackPlan& plan, const ChosenAnchors& anchors, const PackOptions& options, const std::filesystem::path& out);

/// Where the originals of a reading copy go: NAME-originals, NAME-originals.zip.
std::filesystem::path originals_path(const std::filesystem::path& out);

}  // namespace genchi::evidence
