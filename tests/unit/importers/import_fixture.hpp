// Folders and containers built for a test, and a sink that writes down what it is told.
#pragma once

#include <archive.h>
#include <archive_entry.h>
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "genchi/import.hpp"

namespace genchi {

struct ReadMail {
  std::string raw;
  Place place;
  MailHints hints;
  std::string member;
};

struct ReadProblem {
  Place place;
  std::string reason;
  std::string raw;
  std::string member;
};

struct ReadFile {
  SourceFile file;
  std::vector<ReadMail> mails;
  std::vector<std::pair<std::string, std::string>> exports; // file name, bytes
  std::vector<ReadProblem> problems;
  bool skipped = false;
  bool ended = false;
  std::optional<Sha256> end_digest;
  std::uint64_t end_size = 0;
};

class RecordingSink final : public ImportSink {
 public:
  std::vector<ReadFile> files;
  std::vector<std::string> passed;
  std::uint64_t last_progress = 0;
  std::size_t stop_after = SIZE_MAX; // items
  std::function<bool(const SourceFile&)> known = [](const SourceFile&) { return false; };

  FileDecision begin_file(const SourceFile& file) override {
    REQUIRE_FALSE(open_);
    files.push_back({});
    files.back().file = file;
    files.back().skipped = known(file);
    open_ = !files.back().skipped;
    return open_ ? FileDecision::read : FileDecision::skip;
  }
  void mail(const MailItem& item) override {
    REQUIRE(open_);
    files.back().mails.push_back({std::string(item.raw), item.place, item.hints, item.member});
    ++items_;
  }
  void line_export(const LineExportItem& item) override {
    REQUIRE(open_);
    files.back().exports.emplace_back(item.file_name, std::string(item.bytes));
    ++items_;
  }
  void set_aside(const Problem& problem) override {
    REQUIRE(open_);
    REQUIRE_FALSE(problem.reason.empty());
    files.back().problems.push_back(
        {problem.place, problem.reason.english(), std::string(problem.raw), problem.member});
    ++items_;
  }
  void passed_over(const SourceFile& file) override {
    passed.push_back(file.name);
  }
  void end_file(const std::optional<Sha256>& digest, std::uint64_t size) override {
    REQUIRE(open_);
    open_ = false;
    files.back().ended = true;
    files.back().end_digest = digest;
    files.back().end_size = size;
  }
  void progress(std::uint64_t bytes_done) override {
    CHECK(bytes_done >= last_progress);
    last_progress = bytes_done;
  }
  bool stop_requested() const override { return items_ >= stop_after; }

  std::vector<ReadMail> mails() const {
    std::vector<ReadMail> all;
    for (const auto& file : files) all.insert(all.end(), file.mails.begin(), file.mails.end());
    return all;
  }
  std::vector<ReadProblem> problems() const {
    std::vector<ReadProblem> all;
    for (const auto& file : files) all.insert(all.end(), file.problems.begin(), file.problems.end());
    return all;
  }
  /// "kind name: mails exports problems" of each file, for comparing at a glance; `root` left off the names.
  std::vector<std::string> summary(const std::filesystem::path& root) const {
    std::vector<std::string> rows;
    for (const auto& file : files)
      rows.push_back(std::string(kind_name(file.file.kind)) + " " + below(root, file.file.name) + ": " +
                     std::to_string(file.mails.size()) + " " + std::to_string(file.exports.size()) + " " +
                     std::to_string(file.problems.size()));
    return rows;
  }
  static std::string below(const std::filesystem::path& root, const std::string& name) {
    const std::string prefix = root.string() + "/";
    return name.starts_with(prefix) ? name.substr(prefix.size()) : name == root.string() ? "." : name;
  }

 private:
  bool open_ = false;
  std::size_t items_ = 0;
};

/// A folder for one test, removed after it.
class TempFolder {
 public:
  TempFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "genchi-test-XXXXXX").string();
    if (!::mkdtemp(pattern.data())) throw std::runtime_error("mkdtemp");
    path_ = pattern;
  }
  ~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
  /// Writes a file and the folders above it.
  std::filesystem::path write(const std::string& name, std::string_view bytes) const {
    const std::filesystem::path file = path_ / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << bytes;
    return file;
  }
  void make_maildir(const std::string& name) const {
    for (const char* part : {"cur", "new", "tmp"}) std::filesystem::create_directories(path_ / name / part);
  }

 private:
  std::filesystem::path path_;
};

inline RecordingSink import(const std::filesystem::path& path, const ImportOptions& options = {}) {
  RecordingSink sink;
  import_path(path, options, sink);
  return sink;
}

using Members = std::vector<std::pair<std::string, std::string>>;

/// A container made by libarchive: format "zip", "ustar", "raw"; filter "none", "gzip", "bzip2", "xz",
/// "zstd"; with `options`, and encrypted if they say so.
inline std::string pack(const std::string& format, const std::string& filter, const Members& members,
                        const std::string& options = {}) {
  std::string out(1 << 20, '\0');
  for (const auto& member : members) out.resize(out.size() + member.second.size() + 4096);
  const std::unique_ptr<archive, int (*)(archive*)> owned(archive_write_new(), &archive_write_free);
  archive* const a = owned.get();
  REQUIRE(archive_write_set_format_by_name(a, format.c_str()) == ARCHIVE_OK);
  if (filter != "none") REQUIRE(archive_write_add_filter_by_name(a, filter.c_str()) == ARCHIVE_OK);
  archive_write_set_bytes_in_last_block(a, 1);
  if (!options.empty()) {
    REQUIRE(archive_write_set_options(a, options.c_str()) == ARCHIVE_OK);
    REQUIRE(archive_write_set_passphrase(a, "himitsu") == ARCHIVE_OK);
  }
  std::size_t used = 0;
  REQUIRE(archive_write_open_memory(a, out.data(), out.size(), &used) == ARCHIVE_OK);
  for (const auto& [name, bytes] : members) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, name.c_str());
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_mtime(entry, 1'711'965'600, 0);
    archive_entry_set_size(entry, static_cast<la_int64_t>(bytes.size()));
    REQUIRE(archive_write_header(a, entry) == ARCHIVE_OK);
    if (!bytes.empty()) REQUIRE(archive_write_data(a, bytes.data(), bytes.size()) >= 0);
    archive_entry_free(entry);
  }
  REQUIRE(archive_write_close(a) == ARCHIVE_OK);
  out.resize(used);
  return out;
}
inline std::string zip(const Members& members) {
  return pack("zip", "none", members);
}
inline std::string compress(const std::string& filter, const std::string& bytes) {
  return pack("raw", filter, {{"data", bytes}});
}

inline std::string mail_of(const std::string& subject,
                           const std::string& body = "お世話になっております。\n") {
  return "From: Aoki Rin <rin@aoba.example>\nTo: info@midori.example\nSubject: " + subject +
         "\nDate: Mon, 1 Apr 2024 10:00:00 +0900\n\n" + body;
}
inline std::string from_line(const std::string& sender = "rin@aoba.example") {
  return "From " + sender + " Mon Apr  1 01:00:00 2024\n";
}

inline std::string
line_csv(const std::string& rows = "User,青木 りん,2026/04/01,09:12:03,予約を変更したいです\r\n") {
  return "\xef\xbb\xbfアカウント名,みどり歯科\r\nタイムゾーン,'+09:00\r\nダウンロード日時,2026/04/02 "
         "18:05\r\n"
         "送信者タイプ,送信者名,送信日,送信時刻,内容\r\n" +
         rows;
}

} // namespace genchi
