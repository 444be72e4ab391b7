// A folder that goes away, and the few sentences in which the archive's tests speak.
#pragma once

#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/archive.hpp"
#include "base/sqlite.hpp"

namespace genchi::test {

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "genchi-archive-XXXXXX").native();
    if (::mkdtemp(name.data()) == nullptr) std::abort();
    path_ = name;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  std::filesystem::path operator/(std::string_view name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

inline SourceFile source(std::string name, SourceKind kind = SourceKind::mbox) {
  SourceFile file;
  file.name = std::move(name);
  file.kind = kind;
  file.modified = 1711929600;
  return file;
}

inline std::string mail_text(int number) {
  return "From: aoki@example.jp\r\nSubject: quote " + std::to_string(number) +
         "\r\n\r\nPlease quote for lot " + std::to_string(number) + ".\r\n";
}

/// Identity by the bytes alone: enough where no other form of a mail is met.
inline Archive::Added add_mail(Archive& archive, std::string_view raw, std::string member = "") {
  MailItem item;
  item.raw = raw;
  item.place = {0, raw.size(), 1};
  item.member = std::move(member);
  return archive.add_mail(item, sha256("mail\n" + std::string(raw)));
}

inline std::vector<Entry> all_entries(const Archive& archive, Seq after = 0) {
  std::vector<Entry> all;
  archive.entries(after, [&](const Entry& entry) {
    all.push_back(entry);
    return true;
  });
  return all;
}

/// Imports one file with what `add` puts in.
inline void import(Archive& archive, const SourceFile& file, const std::function<void()>& add,
                   const std::optional<Sha256>& digest = std::nullopt, std::string_view account = "") {
  archive.begin_import(file, account);
  add();
  archive.end_import({}, digest, 0);
}

inline unsigned mode_of(const std::filesystem::path& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 ? status.st_mode & 07777u : 0;
}

inline std::uint64_t size_of_objects(const std::filesystem::path& folder) {
  std::uint64_t size = 0;
  for (const auto& file : std::filesystem::directory_iterator(folder / "objects")) size += file.file_size();
  return size;
}

inline void append_to_file(const std::filesystem::path& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary | std::ios::app) << bytes;
}

/// Bytes that zstd cannot make smaller, the same in every run.
inline std::string noise(std::size_t size, std::uint64_t seed = 1) {
  std::string bytes(size, '\0');
  for (char& c : bytes) {
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    c = static_cast<char>(seed);
  }
  return bytes;
}

/// An account's download: three lines before, the header, and rows `from` to `to` of the chat.
struct Download {
  std::string bytes;
  std::vector<Archive::ByteRange> rows;
};
inline std::string chat_row(int n, std::string_view chat = "aoki") {
  // The hash makes rows as different from each other as sentences are.
  const std::string words = sha256(std::string(chat) + std::to_string(n)).hex().substr(0, 40);
  return "User," + std::string(chat) + ",2026/04/01,09:00:00," + std::to_string(n) + " " + words + "\r\n";
}
inline Download download(int from, int to, std::string_view taken = "2026/04/02 18:05",
                         std::string_view chat = "aoki") {
  Download d;
  d.bytes = "\xEF\xBB\xBF"
            "Account name,Midori\r\nTime zone,'+09:00\r\nDownloaded on," +
            std::string(taken) + "\r\nSender type,Sender name,Date,Time,Message\r\n";
  for (int n = from; n <= to; ++n) {
    const std::string row = chat_row(n, chat);
    d.rows.push_back({d.bytes.size(), row.size()});
    d.bytes += row;
  }
  return d;
}
inline Archive::Added add_download(Archive& archive, const Download& d,
                                   std::string_view name = "1_aoki.csv") {
  return archive.add_export(d.bytes, name, d.rows);
}

inline std::int64_t query(const std::filesystem::path& folder, std::string_view sql) {
  Database db(folder / "archive.db", Database::Mode::read_only);
  return db.query_integer(sql).value_or(-1);
}

} // namespace genchi::test
