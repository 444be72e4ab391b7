#include "archive/proof.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "archive/exports.hpp"
#include "archive/journal.hpp"
#include "archive/leaf.hpp"
#include "archive/merkle.hpp"
#include "genchi/i18n.hpp"

namespace genchi {

namespace {

/// The rest of a line that begins with `name` and a blank; moves `text` behind it.
std::optional<std::string_view> field(std::string_view& text, std::string_view name) {
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos || text.size() <= name.size() || !text.starts_with(name) || text[name.size()] != ' ') return std::nullopt;
  const std::string_view value = text.substr(name.size() + 1, end - name.size() - 1);
  text.remove_prefix(end + 1);
  return value;
}

} // namespace

std::string anchor_text(const Anchor& anchor) {
  return fmt::format("genchi-anchor-1\ntime {}\nrows {}\nfirst {}\nhead {}\nroot {}\n", iso8601({anchor.time, 0}), anchor.rows,
                     anchor.first.hex(), anchor.head.hex(), anchor.root.hex());
}

std::optional<Anchor> parse_anchor(std::string_view text) {
  std::string_view rest = text;
  constexpr std::string_view name = "genchi-anchor-1\n";
  if (!rest.starts_with(name)) return std::nullopt;
  rest.remove_prefix(name.size());
  const auto time = field(rest, "time");
  const auto rows = field(rest, "rows");
  const auto first = field(rest, "first");
  const auto head = field(rest, "head");
  const auto root = field(rest, "root");
  if (!time || !rows || !first || !head || !root) return std::nullopt;
  Anchor anchor;
  const auto [end, error] = std::from_chars(rows->data(), rows->data() + rows->size(), anchor.rows);
  const auto moment = parse_iso8601(*time);
  const auto first_hash = Sha256::from_hex(*first), head_hash = Sha256::from_hex(*head), root_hash = Sha256::from_hex(*root);
  if (error != std::errc() || anchor.rows < 1 || !moment || !first_hash || !head_hash || !root_hash) return std::nullopt;
  anchor.time = moment->utc;
  anchor.first = *first_hash;
  anchor.head = *head_hash;
  anchor.root = *root_hash;
  // Other spellings of the same would be other bytes.
  if (anchor_text(anchor) != text) return std::nullopt;
  return anchor;
}

std::vector<Sha256> journal_hashes(const Archive& archive, Seq rows) {
  constexpr std::size_t step = 4096;
  std::vector<Sha256> hashes;
  hashes.reserve(static_cast<std::size_t>(std::max<Seq>(rows, 0)));
  for (Seq at = 0; at < rows;) {
    const std::vector<JournalRow> some = archive.journal(at, std::min<std::size_t>(step, static_cast<std::size_t>(rows - at)));
    if (some.empty()) throw Error(trf("the journal has {0} rows and not {1}", at, rows), tr("Is this the archive that the anchor was made of? An older copy has fewer rows."));
    for (const JournalRow& row : some) hashes.push_back(sha256(row.line));
    at = some.back().seq;
  }
  return hashes;
}

Anchor make_anchor(const Archive& archive, UtcSeconds now) {
  Anchor anchor;
  anchor.rows = archive.head();
  const std::vector<Sha256> hashes = journal_hashes(archive, anchor.rows);
  const std::vector<JournalRow> last = archive.journal(anchor.rows - 1, 1);
  if (hashes.empty() || last.empty()) throw Error(tr("the journal is empty"));
  anchor.time = std::max(now, last.front().time);
  anchor.first = hashes.front();
  anchor.head = hashes.back();
  anchor.root = merkle_root(hashes);
  return anchor;
}

Prover::Prover(const Archive& archive, Sink sink) : archive_(archive), sink_(std::move(sink)) {}

void Prover::emit(std::string_view text) {
  const Sha256 name = sha256(text);
  if (told_.insert(std::string(name.view())).second) sink_(name, text);
}

void Prover::paths(std::vector<Sha256> level, std::vector<std::size_t> wanted) {
  merkle_paths(std::move(level), std::move(wanted), [&](const std::string& text) { emit(text); });
}

Sha256 Prover::prove(const Entry& entry) {
  if (entry.redaction) throw Error(trf("parts of the original {} were erased: the whole of it cannot be shown any more", entry.member));
  const std::string secret = archive_.secret(entry);
  const Sha256 about = sha256(about_text(entry, derived_salt(secret, "about")));
  const std::string text = leaf_text(derived_salt(secret, "leaf"), entry.digest, 0, entry.length, entry.digest, about);
  emit(text);
  if (entry.kind == EntryKind::line_export) prove(entry, {});
  batches_[entry.batch].insert(entry.id);
  return sha256(text);
}

std::vector<Prover::Row> Prover::prove(const Entry& entry, const std::vector<std::uint64_t>& rows) {
  std::vector<Row> proven;
  std::vector<Sha256> leaves;
  std::vector<std::size_t> wanted;
  auto next = rows.begin();
  archive_.row_leaves(entry, [&](RowLeaf&& leaf) {
    leaves.push_back(leaf.leaf);
    if (next == rows.end() || *next != leaf.row) return;
    ++next;
    if (leaf.erased) return;
    wanted.push_back(static_cast<std::size_t>(leaf.row));
    emit(leaf.text);
    proven.push_back({leaf.row, leaf.begin, leaf.end, leaf.held, leaf.digest, leaf.leaf});
  });
  if (next != rows.end()) throw Error(trf("the LINE file {0} has no row {1}", entry.member, *next));
  const Sha256 whole = whole_leaf(entry, archive_.secret(entry));
  emit(export_leaf_text(whole, leaves.size(), merkle_root(leaves)));
  paths(std::move(leaves), std::move(wanted));
  batches_[entry.batch].insert(entry.id);
  return proven;
}

void Prover::prove_batches() {
  for (const auto& [batch, entries] : batches_) {
    const auto range = archive_.batch_entries(batch);
    const std::vector<JournalRow> rows = archive_.journal(batch - 1, 1);
    if (!range || rows.empty() || rows.front().seq != batch) throw Error(trf("archive.db is damaged: journal row {} cannot be read", batch));
    std::vector<std::size_t> wanted;
    for (const EntryId entry : entries) wanted.push_back(static_cast<std::size_t>(entry - range->first));
    paths(archive_.batch_leaves(batch), std::move(wanted));
    emit(rows.front().payload);
    emit(rows.front().line);
  }
}

void Prover::prove_anchors(const std::vector<Anchor>& anchors) {
  Seq newest = 0;
  for (const Anchor& anchor : anchors) newest = std::max(newest, anchor.rows);
  if (!batches_.empty() && batches_.rbegin()->first > newest)
    throw Error(trf("journal row {0} came in after the anchor, which covers {1} rows", batches_.rbegin()->first, newest));
  prove_batches();
  const std::vector<Sha256> hashes = journal_hashes(archive_, newest);
  for (const Anchor& anchor : anchors) {
    std::vector<Sha256> lines(hashes.begin(), hashes.begin() + anchor.rows);
    if (merkle_root(lines) != anchor.root)
      throw Error(trf("the anchor of {0} rows is not of this journal: its root is another one", anchor.rows));
    std::vector<std::size_t> wanted;
    for (const auto& [batch, entries] : batches_)
      if (batch <= anchor.rows) wanted.push_back(static_cast<std::size_t>(batch - 1));
    paths(std::move(lines), std::move(wanted));
  }
}

} // namespace genchi
