#include "evidence/check_pack.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "archive/journal.hpp"
#include "base/csv.hpp"
#include "base/files.hpp"
#include "evidence/bag.hpp"
#include "genchi/i18n.hpp"

namespace genchi::evidence {
namespace {

constexpr std::string_view proofs_folder = "data/proofs/", anchors_folder = "data/anchors/";
constexpr std::string_view contents_name = "data/originals/contents.csv";
constexpr std::uint64_t most_text = 1 << 16, most_contents = 1ULL << 30, most_stamp = 1 << 20;
constexpr std::size_t digits = 64;

/// The hashes that stand in a text: 64 hexadecimal digits with nothing of that kind beside them.
void each_hash(std::string_view text, const std::function<void(const Sha256&)>& take) {
  std::size_t run = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const bool digit = i < text.size() && ((text[i] >= '0' && text[i] <= '9') || (text[i] >= 'a' && text[i] <= 'f'));
    if (digit) {
      ++run;
      continue;
    }
    if (run == digits)
      if (const auto hash = Sha256::from_hex(text.substr(i - run, run))) take(*hash);
    run = 0;
  }
}

/// Is it a text that stands above others in a proof? Anything else that holds a hash, such as a mail, proves nothing.
bool is_above(std::string_view text) {
  return text.starts_with("node\n") || text.starts_with("genchi-export-1\n") || text.starts_with("{\"salt\":\"") || parse_journal_line(text).has_value();
}

class Checker {
 public:
  Checker(const std::filesystem::path& path, const std::string& certificates, const std::vector<std::string>& kept, const Store::Stop& stop)
      : path_(path), bag_(path), certificates_(certificates), kept_texts_(kept), stop_(stop) {}
  PackCheck check();

 private:
  void say(const std::string& file, const std::string& what) { check_.wrong.push_back(display_path(file) + ": " + what); }
  void stop_if_asked() const {
    if (stop_ && stop_()) throw Error(tr("Interrupted."), "", ExitCode::interrupted);
  }
  void read_proofs();
  void read_anchors();
  void check_messages();
  void check_message(const std::vector<std::string>& cells, std::size_t row);
  void ask_for_stamps();
  void ask_for_kept();
  /// The anchors that a proof leads to, as a set of bits.
  std::uint32_t reached(const Sha256& proof);

  const std::filesystem::path& path_;
  BagReader bag_;
  const std::string& certificates_;
  const std::vector<std::string>& kept_texts_;
  const Store::Stop& stop_;
  PackCheck check_;
  std::unordered_map<std::string, std::vector<std::string>> above_;  ///< by hash: which texts mention it
  std::unordered_map<std::string, std::string> leaves_;              ///< by name: the texts that state bytes
  std::unordered_map<std::string, std::uint32_t> roots_;             ///< by hash: which anchor's root it is
  std::unordered_map<std::string, std::uint32_t> known_;             ///< answers of reached()
  std::uint32_t stamped_ = 0;                                        ///< which anchors have a time stamp
  bool stamp_refused_ = false;
  std::uint64_t unstamped_ = 0;                                      ///< messages that none of those covers
  std::uint32_t kept_ = 0;                                           ///< which anchors were kept elsewhere
  std::uint64_t not_kept_ = 0;                                       ///< messages that none of those covers
  std::pair<std::string, std::string> file_;                         ///< the file of originals read last, and its bytes
};

void Checker::read_proofs() {
  for (const auto& [path, size] : bag_.files()) {
    if (!path.starts_with(proofs_folder)) continue;
    stop_if_asked();
    const std::string text = bag_.read(path, most_text);
    const std::string name = path.substr(proofs_folder.size());
    const Sha256 digest = sha256(text);
    if (name != digest.hex() + ".txt") {
      say(path, tr("does not have the hash that it is named after"));
      continue;
    }
    ++check_.proofs;
    const std::string self(digest.view());
    if (is_above(text)) each_hash(text, [&](const Sha256& hash) { above_[std::string(hash.view())].push_back(self); });
    if (text.starts_with("genchi-row-1\n") || text.starts_with("genchi-leaf-1\n")) leaves_.emplace(self, text);
  }
}

void Checker::read_anchors() {
  for (const auto& [path, size] : bag_.files()) {
    if (!path.starts_with(anchors_folder) || !path.ends_with(".txt")) continue;
    const std::string text = bag_.read(path, most_text);
    const auto anchor = parse_anchor(text);
    if (!anchor) {
      say(path, tr("is no anchor"));
      continue;
    }
    PackCheck::Found found{*anchor, sha256(text), {}, 0, std::find(kept_texts_.begin(), kept_texts_.end(), text) != kept_texts_.end()};
    const std::string stem = path.substr(0, path.size() - 4) + "-";
    for (const auto& [stamp, stamp_size] : bag_.files()) {
      if (!stamp.starts_with(stem) || !stamp.ends_with(".tsr")) continue;
      try {
        const std::string answer = bag_.read(stamp, most_stamp);
        const Timestamp read = read_timestamp(answer, found.digest);
        if (!certificates_.empty()) check_authority(answer, found.digest, certificates_);
        found.stamps.push_back(read);
      } catch (const Error& error) {
        say(stamp, error.what());
        stamp_refused_ = true;
      }
    }
    check_.anchors.push_back(std::move(found));
  }
  std::sort(check_.anchors.begin(), check_.anchors.end(), [](const auto& a, const auto& b) { return a.anchor.rows < b.anchor.rows; });
  constexpr std::size_t bits = 32;
  if (check_.anchors.size() > bits) throw Error(tr("the pack has more anchors than can be looked at"));
  for (std::size_t i = 0; i < check_.anchors.size(); ++i) {
    roots_[std::string(check_.anchors[i].anchor.root.view())] |= std::uint32_t{1} << i;
    if (!check_.anchors[i].stamps.empty()) stamped_ |= std::uint32_t{1} << i;
    if (check_.anchors[i].kept) kept_ |= std::uint32_t{1} << i;
  }
  if (check_.anchors.empty()) say(std::string(anchors_folder), tr("there is no anchor in it"));
}

/// Hashes cannot go in circles, so this ends; depth is that of two Merkle trees and what lies between.
std::uint32_t Checker::reached(const Sha256& proof) {
  std::vector<std::string> path{std::string(proof.view())};
  std::vector<std::size_t> next{0};
  while (!path.empty()) {
    const std::string& at = path.back();
    const auto parents = above_.find(at);
    const std::size_t count = parents == above_.end() ? 0 : parents->second.size();
    if (next.back() < count) {
      const std::string& parent = parents->second[next.back()++];
      if (known_.contains(parent)) continue;
      path.push_back(parent);
      next.push_back(0);
      continue;
    }
    const auto root = roots_.find(at);
    std::uint32_t all = root == roots_.end() ? 0 : root->second;
    for (std::size_t i = 0; i < count; ++i) all |= known_[parents->second[i]];
    known_[at] = all;
    path.pop_back();
    next.pop_back();
  }
  return known_[std::string(proof.view())];
}

void Checker::check_message(const std::vector<std::string>& cells, std::size_t row) {
  const auto place = [&](const std::string& what) { say(std::string(contents_name), trf("row {0}: {1}", row, what)); };
  constexpr std::size_t columns = 13;
  if (cells.size() != columns) return place(tr("it has another number of cells"));
  const std::string& path = cells[4];
  std::uint64_t offset = 0, length = 0;
  std::from_chars(cells[5].data(), cells[5].data() + cells[5].size(), offset);
  std::from_chars(cells[6].data(), cells[6].data() + cells[6].size(), length);
  const auto digest = Sha256::from_hex(cells[7]), proof = Sha256::from_hex(cells[8]);
  if (!digest || !proof || !bag_.files().contains(path)) return place(tr("it names a file or hash that there is not"));
  if (file_.first != path) file_ = {path, bag_.read(path, std::uint64_t{1} << 34)};
  const std::string_view bytes = file_.second;
  if (offset > bytes.size() || length > bytes.size() - offset || sha256(bytes.substr(offset, length)) != *digest)
    return place(trf("the bytes in {} do not have this hash", display_path(path)));
  const auto leaf = leaves_.find(std::string(proof->view()));
  if (leaf == leaves_.end()) return place(tr("its proof is not in the pack"));
  if (leaf->second.find("\nsha256 " + digest->hex() + "\n") == std::string::npos) return place(tr("its proof is of other bytes"));
  const std::uint32_t anchors = reached(*proof);
  if (anchors == 0) return place(tr("its proof leads to no anchor"));
  for (std::size_t i = 0; i < check_.anchors.size(); ++i)
    if (anchors & (std::uint32_t{1} << i)) ++check_.anchors[i].messages;
  ++check_.messages;
  unstamped_ += (anchors & stamped_) == 0;
  not_kept_ += (anchors & kept_) == 0;
}

void Checker::check_messages() {
  if (!bag_.files().contains(std::string(contents_name))) return say(std::string(contents_name), tr("is missing"));
  const std::string text = bag_.read(std::string(contents_name), most_contents);
  std::string_view rest = text;
  if (rest.starts_with(csv_byte_order_mark)) rest.remove_prefix(csv_byte_order_mark.size());
  std::vector<std::string> cells;
  next_csv_row(rest, ',', cells);
  for (std::size_t row = 2; next_csv_row(rest, ',', cells); ++row) {
    stop_if_asked();
    check_message(cells, row);
  }
}

/// Whoever names authorities wants to know what they vouch for: a stamp that was taken away must not pass for that.
void Checker::ask_for_stamps() {
  if (certificates_.empty() || stamp_refused_) return;
  if (check_.reading_copy) return say(std::string(anchors_folder), tr("a reading copy holds no time stamp: whose certificates to trust says nothing of it"));
  if (unstamped_ > 0 || stamped_ == 0)
    say(std::string(anchors_folder), trf("no time stamp covers {0} of the {1} messages: whose certificates to trust says nothing of them", unstamped_, check_.messages));
}

/// Anybody can put an anchor of their own beside the true one.
void Checker::ask_for_kept() {
  if (kept_texts_.empty()) return;
  if (check_.reading_copy) return say(std::string(anchors_folder), tr("a reading copy holds no anchor to compare with"));
  if (kept_ == 0) return say(std::string(anchors_folder), tr("none of the anchors given is in the pack"));
  if (not_kept_ > 0) say(std::string(anchors_folder), trf("{0} of the {1} messages are covered by none of the anchors given", not_kept_, check_.messages));
}

PackCheck Checker::check() {
  const auto& files = bag_.files();
  if (!files.contains("bagit.txt") && !files.contains("manifest-sha256.txt") && !files.contains("tagmanifest-sha256.txt"))
    throw Error(trf("{} is no evidence pack", display_path(path_)), tr("Without a name `genchi verify` checks the archive."));
  check_.wrong = check_bag(bag_);
  for (const auto& [path, size] : bag_.files()) check_.files += path.starts_with("data/");
  if (bag_.files().contains("tagmanifest-sha256.txt")) check_.digest = bag_.digest("tagmanifest-sha256.txt");
  // A reading copy has masks instead of originals.
  check_.reading_copy = bag_.files().contains("data/masks.csv") && !bag_.files().contains(std::string(contents_name));
  if (!check_.reading_copy) {
    read_proofs();
    read_anchors();
    check_messages();
  }
  ask_for_stamps();
  ask_for_kept();
  return std::move(check_);
}

}  // namespace

PackCheck check_pack(const std::filesystem::path& path, const std::string& certificates, const std::vector<std::string>& kept, const Store::Stop& stop) {
  return Checker(path, certificates, kept, stop).check();
}

}  // namespace genchi::evidence
