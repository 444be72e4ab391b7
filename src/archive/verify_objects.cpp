// Block files and objects: each block is read once, in the order in which they lie, and all that is in it is hashed.
#include <unistd.h>

#include <algorithm>

#include "archive/verify_impl.hpp"
#include "base/files.hpp"
#include "base/parallel.hpp"
#include "genchi/error.hpp"
#include "genchi/i18n.hpp"

namespace genchi {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t blocks_a_step = 128;
/// So many places of damage are named; beyond that they are counted.
constexpr std::size_t most_damaged_places = 1000;

std::string advice_for_bytes() {
  return tr("Import the files again that the originals in it came from, which are named too, or restore it from a backup.");
}

std::string begin_of(const fs::path& path, std::size_t size) {
  const Fd fd = open_for_reading(path);
  std::string bytes(size, '\0');
  const ssize_t got = ::pread(fd.get(), bytes.data(), size, 0);
  bytes.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
  return bytes;
}

} // namespace

/// Missing files, cut off ones, and altered headers: once a file, not once a block.
void ArchiveCheck::check_block_files() {
  Statement files = db_.prepare("SELECT file, max(offset + stored), count(*) FROM block GROUP BY file ORDER BY file");
  while (files.step()) {
    const std::int64_t number = files.integer(0);
    const auto end = static_cast<std::uint64_t>(std::max<std::int64_t>(0, files.integer(1)));
    Finding finding;
    finding.area = Area::objects;
    finding.file = "objects/" + block_file_name(static_cast<std::uint32_t>(number));
    finding.advice = advice_for_bytes();
    const fs::path path = folder_ / finding.file;
    std::error_code error;
    const std::uint64_t size = fs::file_size(path, error);
    if (error) {
      readable_[static_cast<std::uint32_t>(number)] = 0;
      finding.what = trf("the file with {} blocks is missing or cannot be read: {}", files.integer(2), error.message());
      report_(std::move(finding));
      continue;
    }
    readable_[static_cast<std::uint32_t>(number)] = size;
    if (size < end) {
      finding.offset = size;
      finding.what = trf("the file has lost its end: it has {} of {} bytes", size, end);
      report_(finding);
      finding.offset.reset();
    }
    std::string header;
    try {
      header = begin_of(path, block_file_header().size());
    } catch (const Error& e) {
      finding.what = e.what();
      report_(std::move(finding));
      continue;
    }
    if (size >= block_file_header().size() && header != block_file_header()) {
      finding.offset = 0;
      finding.what = tr("the header of the block file has been altered");
      finding.advice = tr("Restore it from a backup. The blocks in it are checked all the same.");
      report_(std::move(finding));
    }
  }
}

void ArchiveCheck::check_objects(const std::vector<BlockRange>& only) {
  objects_.expect(static_cast<std::size_t>(std::max<std::int64_t>(0, db_.query_integer("SELECT count(*) FROM object").value_or(0))));
  find_strays();
  next_object_ = db_.prepare("SELECT id, block, offset, length, digest, cuts FROM object ORDER BY id");
  more_objects_ = next_object_.step();
  Statement blocks = db_.prepare("SELECT id, file, offset, stored, raw FROM block ORDER BY id");
  std::vector<BlockWork> works;
  const auto finish_step = [&] {
    read_objects_of(works);
    check_blocks(works);
    works.clear();
    stop_if_asked();
  };
  auto range = only.begin();
  while (blocks.step()) {
    BlockWork work;
    work.id = blocks.integer(0);
    while (range != only.end() && range->last < work.id) ++range;
    if (range == only.end()) break;
    if (work.id < range->first) continue;
    const auto fits = [&](int column, std::int64_t most) {
      const std::int64_t value = blocks.integer(column);
      work.plausible = work.plausible && value >= 0 && value <= most;
      return value;
    };
    work.location.file = static_cast<std::uint32_t>(fits(1, UINT32_MAX));
    work.location.block_offset = static_cast<std::uint64_t>(fits(2, INT64_MAX));
    work.location.block_stored = static_cast<std::uint32_t>(fits(3, INT32_MAX));
    work.location.block_raw = static_cast<std::uint32_t>(fits(4, max_block_raw));
    works.push_back(std::move(work));
    if (works.size() == blocks_a_step) finish_step();
  }
  finish_step();
  next_object_ = Statement();
}

void ArchiveCheck::find_lost_objects() {
  Statement lost = db_.prepare("SELECT o.id FROM object o LEFT JOIN block b ON b.id=o.block WHERE b.id IS NULL ORDER BY o.id");
  while (lost.step()) {
    ObjectState& state = objects_.of(lost.integer(0));
    state.known = state.damaged = true;
    if (damaged_objects_.size() >= most_damaged_places) {
      ++more_damaged_;
      continue;
    }
    damaged_objects_.emplace_back(in_database(Area::objects, "object", lost.integer(0), tr("it lies in a block that archive.db does not have")),
                                  std::vector{lost.integer(0)});
  }
}

/// Blocks ascend with the ids of their objects, but for objects that were stored anew: those are few, and found by one
/// walk over the table beforehand.
void ArchiveCheck::find_strays() {
  std::int64_t least = INT64_MAX;
  for (Statement s = db_.prepare("SELECT id, block FROM object ORDER BY id DESC"); s.step();) {
    if (s.integer(1) > least) strays_.emplace_back(s.integer(1), s.integer(0));
    least = std::min(least, s.integer(1));
  }
  std::sort(strays_.begin(), strays_.end());
}

ArchiveCheck::BlockWork::Object ArchiveCheck::object_from(const Statement& row) {
  BlockWork::Object object;
  object.id = row.integer(0);
  object.offset = row.integer(2);
  object.length = row.integer(3);
  object.digest = row.blob(4);
  object.has_cuts = !row.is_null(5);
  object.cuts = row.blob(5);
  return object;
}

void ArchiveCheck::read_objects_of(std::vector<BlockWork>& works) {
  if (works.empty()) return;
  std::unordered_map<std::int64_t, BlockWork*> by_block;
  for (BlockWork& work : works) by_block.emplace(work.id, &work);
  const auto add = [&](const Statement& row) {
    if (const auto at = by_block.find(row.integer(1)); at != by_block.end()) at->second->objects.push_back(object_from(row));
  };
  const auto is_stray = [&](std::int64_t id, std::int64_t block) {
    return std::binary_search(strays_.begin(), strays_.end(), std::pair(block, id));
  };
  for (; more_objects_; more_objects_ = next_object_.step()) {
    if (is_stray(next_object_.integer(0), next_object_.integer(1))) continue;
    if (next_object_.integer(1) > works.back().id) break;
    add(next_object_);
  }
  Statement& one = db_.cached("SELECT id, block, offset, length, digest, cuts FROM object WHERE id=?");
  const auto from = std::lower_bound(strays_.begin(), strays_.end(), std::pair<std::int64_t, std::int64_t>(works.front().id, INT64_MIN));
  for (auto at = from; at != strays_.end() && at->first <= works.back().id; ++at)
    if (one.bind(at->second).step()) add(one);
  one.reset();
}

void ArchiveCheck::check_blocks(std::vector<BlockWork>& works) {
  parallel_for(works.size(), options_.threads, [&](std::size_t i) {
    check_block(works[i]);
    if (options_.progress) options_.progress(works[i].location.block_stored);
  });
  for (BlockWork& work : works) take_results(work);
}

namespace {

/// Cuts cover their object without gaps.
bool cuts_fit(std::string_view packed, std::int64_t length) {
  try {
    std::int64_t sum = 0;
    for (const Cut& cut : decode_cuts(packed)) sum += cut.length;
    return sum == length;
  } catch (const Error&) {
    return false;
  }
}

} // namespace

void ArchiveCheck::check_block(BlockWork& work) const {
  Finding finding;
  finding.area = Area::objects;
  finding.file = "objects/" + block_file_name(work.location.file);
  finding.offset = work.location.block_offset;
  finding.row = work.id;
  finding.table = "block";
  finding.advice = advice_for_bytes();
  for (BlockWork::Object& object : work.objects) object.state.known = true;
  const auto all_damaged = [&](std::string what) {
    for (BlockWork::Object& object : work.objects) object.state.damaged = true;
    finding.what = std::move(what);
    work.finding = finding;
  };
  if (!work.plausible) return all_damaged(tr("archive.db has a place for the block that cannot be"));
  std::shared_ptr<const std::string> bytes;
  try {
    bytes = reader_.block(work.location);
  } catch (const DamagedBlock& error) {
    return all_damaged(error.reason);
  } catch (const Error& error) {
    return all_damaged(error.what());
  }
  for (BlockWork::Object& object : work.objects) {
    const auto size = static_cast<std::int64_t>(bytes->size());
    const bool inside = object.offset >= 0 && object.length >= 0 && object.offset <= size && object.length <= size - object.offset;
    const std::string_view held = inside ? std::string_view(*bytes).substr(static_cast<std::size_t>(object.offset), static_cast<std::size_t>(object.length)) : std::string_view();
    object.state.damaged = !inside || sha256(held).view() != object.digest || (object.has_cuts && !cuts_fit(object.cuts, object.length));
    if (object.state.damaged && !work.finding) {
      finding.table = "object";
      finding.row = object.id;
      finding.what = tr("bytes in the block are not those that were stored, or archive.db says something else of them");
      work.finding = finding;
    }
    if (!object.state.damaged && !object.has_cuts && options_.mail_identity) object.state.identity = options_.mail_identity(held).prefix64();
  }
}

void ArchiveCheck::take_results(BlockWork& work) {
  ++checked_.blocks;
  checked_.block_bytes += work.location.block_stored;
  checked_.objects += work.objects.size();
  std::vector<std::int64_t> damaged;
  for (const BlockWork::Object& object : work.objects) {
    objects_.of(object.id) = object.state;
    if (!object.state.damaged) continue;
    damaged.push_back(object.id);
    if (options_.damaged_object) options_.damaged_object(object.id);
  }
  if (!work.finding) return;
  // Blocks in a lost file or stretch of one have been told of with the file.
  const auto file = readable_.find(work.location.file);
  const bool told = work.plausible && file != readable_.end() && work.location.block_offset + work.location.block_stored > file->second;
  if (!damaged.empty()) checked_.objects_damaged = true;
  if (told) return;
  if (damaged_objects_.size() < most_damaged_places) damaged_objects_.emplace_back(std::move(*work.finding), std::move(damaged));
  else ++more_damaged_;
}

/// After the entries, which tell whether anything needs what is damaged.
void ArchiveCheck::tell_of_damaged_objects() {
  for (auto& [finding, objects] : damaged_objects_) {
    const bool needed = !checked_entries_ || std::any_of(objects.begin(), objects.end(), [&](std::int64_t id) { return objects_.of(id).used; });
    if (!needed) {
      finding.severity = Severity::note;
      finding.what += tr(" (nothing in it is needed any more)");
      finding.advice.clear();
    }
    report_(std::move(finding));
  }
  if (more_damaged_ > 0) damage(Area::objects, "block", std::nullopt, trf("… and {} more damaged blocks", more_damaged_));
}

} // namespace genchi
