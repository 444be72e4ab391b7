#include "store/store.hpp"

#include <algorithm>
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

fs::path index_folder(const fs::path& folder) { return folder / "index"; }

// What changes what is indexed, beside the program's own versions. Nothing yet: synonyms and rules come here.
std::string settings_digest() { return "1"; }

}  // namespace

struct Store::Impl {
  Impl(Archive a, bool created) : archive(std::move(a)), was_created(created) {}
  Archive archive;
  bool was_created;
  std::optional<catalogue::Catalogue> catalogue;
  std::optional<index::Searcher> searcher;
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
  return manifest && manifest->version == index::schema_version && manifest->settings == settings_digest() &&
         impl_->catalogue && impl_->catalogue->applied() >= impl_->archive.head() &&
         manifest->revision >= impl_->catalogue->revision();
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

catalogue::Update Store::catch_up(Progress* progress, const Stop& stop) {
  catalogue::Catalogue& catalogue = *impl_->catalogue;
  const auto check = [&stop] {
    if (stop && stop())
      throw Error(tr("Interrupted. What was read so far is kept; run the command again to go on."), "", ExitCode::interrupted);
  };
  const auto at = [&](std::uint64_t n) {
    if (progress) progress->at(n);
  };
  if (progress) progress->start(Progress::Phase::cataloguing, 0);
  catalogue::Update update = catalogue.catch_up(impl_->archive, worker_threads(), [&](std::uint64_t n) {
    at(n);
    check();  // each step is committed
  });
  if (progress) progress->finish();

  index::IndexWriter writer(index_folder(impl_->archive.folder()), settings_digest(), worker_threads());
  std::vector<std::string> jobs = catalogue.jobs_after(writer.revision());
  if (progress) progress->start(Progress::Phase::indexing, jobs.size());
  const auto produce = [&](const std::string& job) {
    check();
    return catalogue.passages(job);
  };
  writer.update(std::move(jobs), produce, catalogue.revision(), at);
  if (progress) progress->finish();
  impl_->searcher.reset();
  return update;
}

void Store::rebuild(Progress* progress, const Stop& stop) {
  const fs::path folder = impl_->archive.folder();
  impl_->searcher.reset();
  impl_->catalogue.reset();
  catalogue::Catalogue::remove(folder);
  fs::remove_all(index_folder(folder));
  impl_->catalogue.emplace(impl_->archive, catalogue::Catalogue::Mode::write);
  catch_up(progress, stop);
}

}  // namespace genchi
