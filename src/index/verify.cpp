#include "index/verify.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <xapian.h>

#include "base/parallel.hpp"
#include "genchi/error.hpp"
#include "genchi/i18n.hpp"
#include "index/schema.hpp"
#include "index/segments.hpp"
#include "index/terms.hpp"

namespace genchi::index {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t jobs_a_step = 1024;
constexpr std::uint64_t postings_a_step = 1 << 20;

Finding in_index(const std::string& file, std::string what) {
  Finding finding;
  finding.area = Area::index;
  finding.file = file.empty() ? "index" : "index/" + file;
  finding.what = std::move(what);
  finding.advice = tr("Make it anew: genchi reindex");
  return finding;
}

void stop_if_asked(const IndexVerifyOptions& options) {
  if (options.stop && options.stop()) throw Error(tr("Interrupted."), "", ExitCode::interrupted);
}

bool gives_way(const IndexVerifyOptions& options) { return options.give_way && options.give_way(); }

/// Runs `work`; whatever stops it becomes a finding.
template <typename Work> bool guarded(const std::string& file, const Report& report, Work work) {
  try {
    work();
    return true;
  } catch (const Error& error) {
    if (error.code() == ExitCode::interrupted) throw;
    report(in_index(file, error.what()));
  } catch (const Xapian::Error& error) {
    report(in_index(file, trf("Xapian finds: {}", error.get_msg())));
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& error) {
    report(in_index(file, error.what()));
  }
  return false;
}

/// Does the shard have the files that MANIFEST has of it? Tells what is not so.
bool check_shard(const fs::path& folder, const std::string& shard, const Manifest& manifest, IndexChecked& checked, const Report& report) {
  bool whole = true;
  const auto tell = [&](const std::string& name, std::string what) {
    whole = false;
    report(in_index(shard + "/" + name, std::move(what)));
  };
  const std::vector<Manifest::File> found = hash_shard(folder, shard);
  std::size_t recorded = 0;
  for (const Manifest::File& file : manifest.files) {
    if (file.shard != shard) continue;
    ++recorded;
    const auto at = std::find_if(found.begin(), found.end(), [&](const auto& one) { return one.name == file.name; });
    if (at == found.end()) tell(file.name, tr("the file is missing"));
    else if (at->size != file.size) tell(file.name, trf("the file has {} bytes, and had {}", at->size, file.size));
    else if (at->digest != file.digest) tell(file.name, tr("the file is not as it was written"));
  }
  for (const Manifest::File& file : found) {
    checked.bytes += file.size;
    const bool known = std::any_of(manifest.files.begin(), manifest.files.end(), [&](const auto& one) { return one.shard == shard && one.name == file.name; });
    if (!known) tell(file.name, tr("MANIFEST does not know the file"));
  }
  if (recorded == 0 && whole) tell("", tr("MANIFEST has no file of the shard"));
  return whole;
}

} // namespace

std::optional<Manifest> verify_files(const fs::path& folder, const IndexVerifyOptions& options, IndexChecked& checked, const Report& report) {
  std::optional<Manifest> manifest;
  if (!guarded("MANIFEST", report, [&] { manifest = read_manifest(folder); })) return std::nullopt;
  if (!manifest) {
    report(in_index("MANIFEST", tr("there is no index")));
    return std::nullopt;
  }
  if (manifest->version != schema_version) {
    report(in_index("MANIFEST", manifest->version == 0 ? tr("MANIFEST is not as it was written") : tr("the index was written by another version of genchi")));
    return std::nullopt;
  }
  std::vector<std::string> whole;
  for (const std::string& shard : manifest->shards) {
    ++checked.shards;
    bool sound = false;
    guarded(shard, report, [&] { sound = check_shard(folder, shard, *manifest, checked, report); });
    if (sound) whole.push_back(shard);
    if (options.progress) options.progress(checked.bytes);
    stop_if_asked(options);
  }
  manifest->shards = std::move(whole);
  return manifest;
}

namespace {

/// The message terms of all shards in order, with the number of documents that have each.
class HeldMessages {
 public:
  HeldMessages(const fs::path& folder, const Manifest& manifest) {
    for (const std::string& shard : manifest.shards) db_.add_database(Xapian::Database((folder / shard).string()));
    at_ = db_.allterms_begin(std::string(prefix::message));
    end_ = db_.allterms_end(std::string(prefix::message));
  }
  bool done() const { return at_ == end_; }
  std::string term() const { return *at_; }
  std::uint64_t documents() const { return at_.get_termfreq(); }
  void next() { ++at_; }

 private:
  Xapian::Database db_;
  Xapian::TermIterator at_, end_;
};

Finding of_message(const std::string& term, std::string what) {
  Finding finding = in_index("", std::move(what));
  finding.message = term.substr(prefix::message.size());
  return finding;
}

} // namespace

void verify_messages(const fs::path& folder, const Manifest& manifest, const std::function<std::optional<Sha256>()>& next,
                     const IndexVerifyOptions& options, IndexChecked& checked, const Report& report) {
  guarded("", report, [&] {
    HeldMessages held(folder, manifest);
    const auto too_much = [&] { report(of_message(held.term(), tr("the index has a message that the catalogue has not"))); };
    std::optional<Sha256> wanted = next();
    while (wanted) {
      const std::string term = message_term(*wanted);
      // Ids that begin alike share a term.
      std::uint64_t ids = 0;
      for (; wanted && message_term(*wanted) == term; wanted = next()) ++ids;
      checked.messages += ids;
      for (; !held.done() && held.term() < term; held.next()) too_much();
      if (held.done() || held.term() != term) {
        report(of_message(term, tr("the index has not a message that the catalogue has")));
        continue;
      }
      if (held.documents() > ids) report(of_message(term, tr("the index has the message more than once")));
      held.next();
      if (checked.messages % 4096 == 0) stop_if_asked(options);
    }
    for (; !held.done(); held.next()) too_much();
  });
}

namespace {

/// All that is in a document, in a form to compare.
struct Content {
  std::string data;
  std::map<unsigned, std::string> values;
  std::map<std::string, unsigned> terms;
  bool operator==(const Content&) const = default;
};

Content content_of(const Xapian::Document& document) {
  Content content;
  content.data = document.get_data();
  for (auto it = document.values_begin(); it != document.values_end(); ++it) content.values.emplace(it.get_valueno(), *it);
  for (auto it = document.termlist_begin(); it != document.termlist_end(); ++it) content.terms.emplace(*it, it.get_wdf());
  return content;
}

struct JobCheck {
  std::string what; ///< "" equal
  std::string message;
  std::uint64_t passages = 0;
};

/// Documents of a job in the shards and as they would be made now, in the order of their messages.
JobCheck compare_job(Xapian::Database& db, const std::string& job, const IndexWriter::Produce& produce) {
  JobCheck check;
  const std::string term = prefixed_term(prefix::job, job);
  std::vector<Content> wanted, held;
  for (const Passage& passage : produce(job)) {
    if (passage.messages.empty()) continue;
    if (check.message.empty()) check.message = passage.messages.front().id.hex();
    wanted.push_back(content_of(make_document(passage, term).document));
  }
  for (auto it = db.postlist_begin(term); it != db.postlist_end(term); ++it) held.push_back(content_of(db.get_document(*it)));
  check.passages = held.size();
  if (held.size() != wanted.size()) {
    check.what = trf("the index has {} passages where there should be {}", held.size(), wanted.size());
    return check;
  }
  for (std::size_t i = 0; i < held.size() && check.what.empty(); ++i) {
    if (held[i].data != wanted[i].data) check.what = tr("the index has another text of the message");
    else if (held[i].values != wanted[i].values) check.what = tr("the index sorts the message otherwise");
    else if (held[i].terms != wanted[i].terms) check.what = tr("the index finds the message by other words");
  }
  return check;
}

std::uint64_t mixed(std::uint64_t term, std::uint64_t document, std::uint64_t times) {
  std::uint64_t x = term ^ (document * 0x9E3779B97F4A7C15U) ^ (times << 48);
  x = (x ^ (x >> 31)) * 0xD6E8FEB86659FD93U;
  return x ^ (x >> 32);
}

/// Do the lists of documents by word and of words by document say the same? Both are summed up in any order. (Xapian's
/// own Database::check() of 1.4.22 deletes an object by the wrong type.)
bool check_postings(const fs::path& folder, const std::string& shard, const IndexVerifyOptions& options, const Report& report) {
  const Xapian::Database db((folder / shard).string());
  const std::hash<std::string> hash;
  std::uint64_t by_word = 0, by_document = 0, postings = 0, entries = 0;
  const auto goes_on = [&](std::uint64_t& count) {
    if (++count % postings_a_step != 0) return true;
    stop_if_asked(options);
    return !gives_way(options);
  };
  for (auto term = db.allterms_begin(); term != db.allterms_end(); ++term) {
    const std::string word = *term;
    const std::uint64_t hashed = hash(word);
    for (auto at = db.postlist_begin(word); at != db.postlist_end(word); ++at) {
      by_word += mixed(hashed, *at, at.get_wdf());
      if (!goes_on(postings)) return false;
    }
  }
  for (auto document = db.postlist_begin(""); document != db.postlist_end(""); ++document)
    for (auto term = db.termlist_begin(*document); term != db.termlist_end(*document); ++term) {
      by_document += mixed(hash(*term), *document, term.get_wdf());
      if (!goes_on(entries)) return false;
    }
  if (by_word != by_document || postings != entries) report(in_index(shard, tr("the words of messages and the messages of words do not agree")));
  return true;
}

} // namespace

bool verify_postings(const fs::path& folder, const std::string& shard, const IndexVerifyOptions& options, const Report& report) {
  bool done = true;  // what cannot be read is told once
  guarded(shard, report, [&] { done = check_postings(folder, shard, options, report); });
  return done;
}

std::size_t verify_passages(const fs::path& folder, const Manifest& manifest, const std::vector<std::string>& jobs,
                            const IndexWriter::Produce& produce, const IndexVerifyOptions& options, IndexChecked& checked, const Report& report) {
  std::size_t compared = 0;
  const bool all_read = guarded("", report, [&] {
    // A Xapian database belongs to one thread at a time.
    std::mutex mutex;
    std::vector<std::unique_ptr<Xapian::Database>> idle;
    const auto take = [&] {
      const std::lock_guard lock(mutex);
      if (idle.empty()) {
        auto db = std::make_unique<Xapian::Database>();
        for (const std::string& shard : manifest.shards) db->add_database(Xapian::Database((folder / shard).string()));
        return db;
      }
      auto db = std::move(idle.back());
      idle.pop_back();
      return db;
    };
    for (std::size_t from = 0; from < jobs.size() && !gives_way(options); from += jobs_a_step) {
      const std::size_t count = std::min(jobs_a_step, jobs.size() - from);
      std::vector<JobCheck> results(count);
      parallel_for(count, options.threads, [&](std::size_t i) {
        auto db = take();
        try {
          results[i] = compare_job(*db, jobs[from + i], produce);
        } catch (const Xapian::Error& error) {
          results[i].what = trf("Xapian finds: {}", error.get_msg());
        } catch (const Error& error) {
          results[i].what = error.what();
        }
        const std::lock_guard lock(mutex);
        idle.push_back(std::move(db));
      });
      for (const JobCheck& result : results) {
        checked.passages += result.passages;
        if (result.what.empty()) continue;
        Finding finding = in_index("", result.what);
        finding.message = result.message;
        report(std::move(finding));
      }
      compared = from + count;
      if (options.progress) options.progress(compared);
      stop_if_asked(options);
    }
  });
  return all_read ? compared : jobs.size();
}

} // namespace genchi::index
