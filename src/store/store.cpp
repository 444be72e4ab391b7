#include "store/store.hpp"

#include <fcntl.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <thread>
#include <utility>

#include "archive/lock.hpp"
#include "base/files.hpp"
#include "base/sqlite.hpp"
#include "genchi/error.hpp"
#include "genchi/i18n.hpp"
#include "index/writer.hpp"

namespace genchi {
namespace {

namespace fs = std::filesystem;

unsigned worker_threads() { return std::max(1u, std::thread::hardware_concurrency()); }

/// So many damaged originals are looked into for the objects that an import has to store again; verify finds all.
constexpr std::size_t most_damage_noted = 10'000;

fs::path put_aside(const fs::path& held) { return held.native() + ".old"; }

/// Exchanges two folders at once where the file system can, else one after the other.
void exchange_folders(const fs::path& fresh, const fs::path& held) {
  if (!fs::exists(held)) return fs::rename(fresh, held);
  if (::renameat2(AT_FDCWD, fresh.c_str(), AT_FDCWD, held.c_str(), RENAME_EXCHANGE) == 0) return;
  const fs::path aside = put_aside(held);
  fs::remove_all(aside);
  fs::rename(held, aside);
  fs::rename(fresh, held);
  fs::rename(aside, fresh);
}

fs::path made_beside(const fs::path& held) { return held.native() + ".new"; }

/// What a rebuild() that was killed left. REQUIRES: the lock is held.
void remove_half_made(const fs::path& folder) {
  catalogue::Catalogue::remove(made_beside(catalogue::Catalogue::file_in(folder)));
  std::error_code ignored;
  const fs::path index = Store::index_folder(folder);
  fs::remove_all(made_beside(index), ignored);
  fs::remove_all(put_aside(index), ignored);
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
  catalogue::Update make_anew(Progress* progress, const Stop& stop, const std::optional<std::string>& words);
  void note_unreadable(catalogue::Catalogue& by);
  bool overwrite_erased();
  std::string behind_because;
  bool being_written = false;  ///< by another process, when this was opened
};

Store::Store(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Store::Store(Store&&) noexcept = default;
Store::~Store() = default;

Archive& Store::archive() { return impl_->archive; }
catalogue::Catalogue& Store::catalogue() { return *impl_->catalogue; }
bool Store::was_created() const { return impl_->was_created; }
const std::string& Store::behind_because() const { return impl_->behind_because; }

index::Searcher& Store::searcher() {
  using Missing = index::Searcher::Missing;
  if (!impl_->searcher)
    impl_->searcher.emplace(index_folder(impl_->archive.folder()), impl_->being_written ? Missing::is_empty : Missing::is_error);
  return *impl_->searcher;
}

bool Store::is_current() const {
  const auto manifest = index::read_manifest(index_folder(impl_->archive.folder()));
  return manifest && manifest->version == index::schema_version && impl_->catalogue &&
         manifest->settings == index_settings(*impl_->catalogue) && impl_->catalogue->belongs() && impl_->catalogue->applied() >= impl_->archive.head() &&
         manifest->revision == impl_->catalogue->revision();
}

namespace {

/// The catalogue that another process is about to make.
bool wait_for_catalogue(const fs::path& folder) {
  for (int i = 0; i < 100; ++i) {
    if (catalogue::Catalogue::usable(folder)) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  return false;
}

}  // namespace

Store Store::open(const fs::path& folder, Progress* progress, const Stop& stop, const std::string& vocabulary) {
  const auto open_for_asking = [&] {
    Store store(std::make_unique<Impl>(Archive::open(folder, Archive::Mode::read), false));
    store.impl_->catalogue.emplace(store.impl_->archive, catalogue::Catalogue::Mode::read);
    return store;
  };
  if (!Archive::exists(folder)) Archive::open(folder, Archive::Mode::read);  // throws
  if (catalogue::Catalogue::usable(folder)) {
    Store store = open_for_asking();
    if (store.is_current()) return store;
  }
  // Behind. Bring it up if that is possible now; an answer from what is there is better than none.
  std::string because;
  bool being_written = false;
  try {
    Store writing = open_for_writing(folder, false, /*lock_wait_seconds=*/0, vocabulary);
    std::atomic<bool> gave_way = false;  // asked from several threads
    try {
      writing.catch_up(progress, [&] {
        if (writing.archive().is_wanted()) gave_way = true;
        return gave_way || (stop && stop());
      });
    } catch (const Error&) {
      if (!gave_way) throw;
      because = tr("Another process waits to write to the archive; what is not catalogued or indexed yet is missing here.");
      being_written = true;
    }
  } catch (const LockHeld& e) {
    if (!wait_for_catalogue(folder)) throw;
    because = trf("Process {} is writing to the archive; what it brings in may still be missing here.", e.pid());
    being_written = true;
  } catch (const Error& e) {
    const bool can_answer = catalogue::Catalogue::usable(folder) && index::read_manifest(index_folder(folder));
    if (e.code() == ExitCode::interrupted || !can_answer) throw;
    because = trf("Catalogue and index could not be brought up to date, so something may be missing here: {}", e.what());
  }
  Store store = open_for_asking();
  // Its entries may be other originals here, so an answer from it is worse than none.
  if (!store.impl_->catalogue->belongs())
    throw Error(trf("the catalogue {} was made from another state of the archive", display_path(catalogue::Catalogue::file_in(folder))),
                tr("Run `genchi reindex`; nothing is lost, it is made from the archive."));
  store.impl_->being_written = being_written;
  if (!store.is_current()) store.impl_->behind_because = because;
  return store;
}

Store Store::open_for_writing(const fs::path& folder, bool create, int lock_wait_seconds, const std::string& vocabulary) {
  const bool fresh = create && !Archive::exists(folder);
  Store store(std::make_unique<Impl>(fresh ? Archive::create(folder, lock_wait_seconds) : Archive::open(folder, Archive::Mode::write, lock_wait_seconds), fresh));
  remove_half_made(folder);
  auto& catalogue = store.impl_->catalogue;
  catalogue.emplace(store.impl_->archive, catalogue::Catalogue::Mode::write);
  if (!catalogue->belongs()) {  // an older archive.db was put back, and may have grown since
    catalogue.reset();
    catalogue::Catalogue::remove(catalogue::Catalogue::file_in(folder));
    catalogue.emplace(store.impl_->archive, catalogue::Catalogue::Mode::write);
  }
  if (catalogue->applied() == 0) catalogue->set_vocabulary(vocabulary);
  store.impl_->note_unreadable(*catalogue);
  return store;
}

/// What the catalogue had to leave out is damaged: an import that brings it again has to store it anew. A program that was
/// killed after catching up has not said so; then the next one that may write does.
void Store::Impl::note_unreadable(catalogue::Catalogue& by) {
  if (by.unreadable_noted()) return;
  std::vector<EntryId> damaged;
  for (const auto& one : by.unreadable(most_damage_noted)) damaged.push_back(one.entry);
  archive.note_damage_of(damaged);
  by.set_unreadable_noted();
}

catalogue::Update Store::Impl::bring_up(catalogue::Catalogue& into, const fs::path& index, Progress* progress, const Stop& stop) {
  archive.release_memory();
  const bool anew = index != index_folder(archive.folder());
  const auto check = [&stop, anew] {
    if (!stop || !stop()) return;
    throw Error(anew ? tr("Interrupted. Searches go on as before; run the command again to make all anew.")
                     : tr("Interrupted. What was read so far is kept; run the command again to go on."),
                "", ExitCode::interrupted);
  };
  const auto at = [&](std::uint64_t n) {
    if (progress) progress->at(n);
  };
  // Somebody put an older catalogue back: the revisions that it gives now are not those that the index knows.
  const auto manifest = index::read_manifest(index);
  if (manifest && manifest->settings == index_settings(into) && manifest->revision > into.revision()) into.renew_birth();
  if (progress) progress->start(Progress::Phase::cataloguing, 0);
  catalogue::Update update = into.catch_up(archive, worker_threads(), [&](std::uint64_t n) {
    at(n);
    check();  // each step is committed
  });
  if (progress) progress->finish();
  note_unreadable(into);

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
  // What hung on whole originals that were erased is everywhere in them: names, threads, numbers.
  if (archive().erased_whole_since(catalogue().applied())) return rebuild(progress, stop);
  return with_paths_named([&] { return impl_->bring_up(*impl_->catalogue, index_folder(impl_->archive.folder()), progress, stop); });
}

bool Store::finish_erasing(Progress* progress, const Stop& stop) {
  if (!archive().is_erasing()) return true;
  catch_up(progress, stop);
  if (!archive().is_erasing()) return true;  // making all anew has finished it
  return with_paths_named([&] {
    index::IndexWriter(index_folder(archive().folder()), index_settings(catalogue()), worker_threads()).forget_replaced();
    return impl_->overwrite_erased();
  });
}

/// Catalogue and index have no trace of it any more.
bool Store::Impl::overwrite_erased() {
  if (archive.is_erasing_whole()) {  // it names files
    for (const char* suffix : {"", "-journal"}) fs::remove(archive.folder() / (std::string("cache.db") + suffix));
  }
  if (!catalogue->empty_log() || !archive.finish_erasing()) return false;
  catalogue->pass_over(archive.head());
  return true;
}

bool Store::left_out_readable() const {
  for (const auto& one : impl_->catalogue->unreadable(most_damage_noted)) {
    try {
      if (const auto entry = impl_->archive.entry(one.entry)) {
        impl_->archive.original(*entry);
        return true;
      }
    } catch (const DamagedOriginal&) {
      continue;
    }
  }
  return false;
}

catalogue::Update Store::rebuild(Progress* progress, const Stop& stop, const std::optional<std::string>& vocabulary) {
  return with_paths_named([&] { return impl_->make_anew(progress, stop, vocabulary); });
}

catalogue::Update Store::Impl::make_anew(Progress* progress, const Stop& stop, const std::optional<std::string>& words) {
  const fs::path folder = archive.folder();
  const fs::path held = catalogue::Catalogue::file_in(folder);
  const fs::path fresh = made_beside(held), fresh_index = made_beside(index_folder(folder));
  remove_half_made(folder);
  catalogue::Update update;
  try {
    catalogue::Catalogue making(archive, catalogue::Catalogue::Mode::write, fresh);
    making.set_vocabulary(words.value_or(catalogue->vocabulary()));
    update = with_paths_named([&] { return bring_up(making, fresh_index, progress, stop); });
  } catch (const Error&) {  // its room is wanted back, above all when there was none left
    remove_half_made(folder);
    throw;
  }
  searcher.reset();
  catalogue.reset();
  // Killed after the first rename: the index is not of this catalogue, and is made anew by the next command.
  catalogue::Catalogue::remove(held);
  fs::rename(fresh, held);
  exchange_folders(fresh_index, index_folder(folder));
  sync_folder(folder);
  fs::remove_all(fresh_index);
  catalogue.emplace(archive, catalogue::Catalogue::Mode::write);
  if (archive.is_erasing()) overwrite_erased();
  return update;
}

}  // namespace genchi
