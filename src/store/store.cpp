#include "store/store.hpp"

#include <fcntl.h>

#include <algorithm>
#include <cstdio>
#include <thread>
#include <utility>

#include "base/files.hpp"
#include "genchi/error.hpp"
#include "genchi/i18n.hpp"
#include "index/writer.hpp"

namespace genchi {
namespace {

namespace fs = std::filesystem;

unsigned worker_threads() { return std::max(1u, std::thread::hardware_concurrency()); }

/// So many damaged originals are looked into for the objects that an import has to store again; verify finds all.
constexpr std::size_t most_damage_noted = 10'000;

/// Exchanges two folders at once where the file system can, else one after the other.
void exchange_folders(const fs::path& fresh, const fs::path& held) {
  if (!fs::exists(held)) return fs::rename(fresh, held);
  if (::renameat2(AT_FDCWD, fresh.c_str(), AT_FDCWD, held.c_str(), RENAME_EXCHANGE) == 0) return;
  const fs::path aside = held.native() + ".old";
  fs::remove_all(aside);
  fs::rename(held, aside);
  fs::rename(fresh, held);
  fs::rename(aside, fresh);
}

}  // namespace

fs::path Store::index_folder(const fs::path& folder) { return folder / "index"; }

// Two catalogues may give one revision different contents, so an index belongs to the one it was made from. Synonyms and
// rules will come in here too.
std::string Store::index_settings(const catalogue::Catalogue& catalogue) { return "1 " + catalogue.birth(); }

struct Store::Impl {
  Impl(Archive a, bool created) : archive(std::move(a)), was_created(created) {}
  Archive archive;
  bool was_created;
  std::optional<catalogue::Catalogue> catalogue;
  std::optional<index::Searcher> searcher;

  catalogue::Update bring_up(catalogue::Catalogue& into, const fs::path& index, Progress* progress, const Stop& stop);
};

Store::Store(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Store::Store(Store&&) noexcept = default;
Store::~Store() = default;

Archive& Store::archive() { return impl_->archive; }
catalogue::Catalogue& Store::catalogue() { return *impl_->catalogue; }
bool Store::was_created() const { return impl_->was_created; }

index::Searcher& Store::searcher() {
  if (!impl_->searcher) impl_->searcher.emplace(index_folder(impl_->archive.folder()));
  return *impl_->searcher;
}

bool Store::is_current() const {
  const auto manifest = index::read_manifest(index_folder(impl_->archive.folder()));
  return manifest && manifest->version == index::schema_version && impl_->catalogue &&
         manifest->settings == index_settings(*impl_->catalogue) && impl_->catalogue->applied() >= impl_->archive.head() &&
         manifest->revision == impl_->catalogue->revision();
}

Store Store::open(const fs::path& folder, Progress* progress, const Stop& stop) {
  Archive archive = Archive::open(folder, Archive::Mode::read);
  const bool usable = catalogue::Catalogue::usable(folder);
  if (usable) {
    Store store(std::make_unique<Impl>(std::move(archive), false));
    store.impl_->catalogue.emplace(store.impl_->archive, catalogue::Catalogue::Mode::read);
    if (store.is_current()) return store;
  }
  // Behind. Bring it up if that is possible now; an answer from what is there is better than none.
  try {
    Store writing = open_for_writing(folder, false, /*lock_wait_seconds=*/0);
    writing.catch_up(progress, stop);
  } catch (const Error& e) {
    if (e.code() == ExitCode::interrupted || !usable || !index::read_manifest(index_folder(folder))) throw;
  }
  Store store(std::make_unique<Impl>(Archive::open(folder, Archive::Mode::read), false));
  store.impl_->catalogue.emplace(store.impl_->archive, catalogue::Catalogue::Mode::read);
  return store;
}

Store Store::open_for_writing(const fs::path& folder, bool create, int lock_wait_seconds) {
  const bool fresh = create && !Archive::exists(folder);
  Store store(std::make_unique<Impl>(fresh ? Archive::create(folder) : Archive::open(folder, Archive::Mode::write, lock_wait_seconds), fresh));
  store.impl_->catalogue.emplace(store.impl_->archive, catalogue::Catalogue::Mode::write);
  return store;
}

catalogue::Update Store::Impl::bring_up(catalogue::Catalogue& into, const fs::path& index, Progress* progress, const Stop& stop) {
  archive.release_memory();
  const auto check = [&stop] {
    if (stop && stop())
      throw Error(tr("Interrupted. What was read so far is kept; run the command again to go on."), "", ExitCode::interrupted);
  };
  const auto at = [&](std::uint64_t n) {
    if (progress) progress->at(n);
  };
  if (progress) progress->start(Progress::Phase::cataloguing, 0);
  catalogue::Update update = into.catch_up(archive, worker_threads(), [&](std::uint64_t n) {
    at(n);
    check();  // each step is committed
  });
  if (progress) progress->finish();
  if (update.unreadable > 0) {
    std::vector<EntryId> damaged;
    for (const auto& one : into.unreadable(most_damage_noted)) damaged.push_back(one.entry);
    archive.note_damage_of(damaged);
  }

  index::IndexWriter writer(index, index_settings(into), worker_threads());
  std::vector<std::string> jobs = into.jobs_after(writer.revision());
  if (progress) progress->start(Progress::Phase::indexing, jobs.size());
  const auto produce = [&](const std::string& job) {
    check();
    return into.passages(job);
  };
  writer.update(std::move(jobs), produce, into.revision(), at);
  if (progress) progress->finish();
  return update;
}

catalogue::Update Store::catch_up(Progress* progress, const Stop& stop) {
  impl_->searcher.reset();
  return impl_->bring_up(*impl_->catalogue, index_folder(impl_->archive.folder()), progress, stop);
}

catalogue::Update Store::rebuild(Progress* progress, const Stop& stop) {
  const fs::path folder = impl_->archive.folder();
  const fs::path held = catalogue::Catalogue::file_in(folder);
  const fs::path fresh = held.native() + ".new", fresh_index = index_folder(folder).native() + ".new";
  catalogue::Catalogue::remove(fresh);
  fs::remove_all(fresh_index);
  catalogue::Update update;
  {
    catalogue::Catalogue catalogue(impl_->archive, catalogue::Catalogue::Mode::write, fresh);
    update = impl_->bring_up(catalogue, fresh_index, progress, stop);
  }  // closed: all of it is in the one file
  impl_->searcher.reset();
  impl_->catalogue.reset();
  // Killed after the first rename: the index is not of this catalogue, and is made anew by the next command.
  catalogue::Catalogue::remove(held);
  fs::rename(fresh, held);
  exchange_folders(fresh_index, index_folder(folder));
  sync_folder(folder);
  fs::remove_all(fresh_index);
  impl_->catalogue.emplace(impl_->archive, catalogue::Catalogue::Mode::write);
  return update;
}

}  // namespace genchi
