// A BagIt bag (RFC 8493, version 1.0): a folder, or a ZIP with one, that says of all its files what they were.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "genchi/sha256.hpp"
#include "genchi/time.hpp"

namespace genchi::evidence {

/// Writes one. It appears whole, under its name, with commit() (folder 0700, files 0600); what is broken off leaves nothing,
/// or after a crash a folder NAME.part-XXXXXX. The same files with the same `time` make the same bag, byte for byte.
class BagWriter {
 public:
  /// A ZIP if the name ends in .zip. Throws Error if there is something of this name already.
  BagWriter(const std::filesystem::path& out, UtcSeconds time);
  ~BagWriter();
  BagWriter(const BagWriter&) = delete;
  BagWriter& operator=(const BagWriter&) = delete;

  /// A file of the payload; `path` below data/, made by us: neither "..", nor control characters, nor backslashes.
  /// REQUIRES: no file has this path yet.
  void add(const std::string& path, std::string_view bytes);
  /// The same in pieces: `write` is given what takes them.
  void add(const std::string& path, const std::function<void(const std::function<void(std::string_view)>&)>& write);
  /// A folder of the payload ("" all of it) into which others write; adopt() takes in the file of this path, or the files of
  /// this folder.
  std::filesystem::path folder(const std::string& path);
  void adopt(const std::string& path);
  /// A file beside the payload.
  void add_tag(const std::string& name, std::string_view bytes);

  struct Made {
    std::uint64_t files = 0, bytes = 0;  ///< of the payload
    Sha256 digest;                       ///< of tagmanifest-sha256.txt, which covers everything else
  };
  /// `info`: the lines of bag-info.txt beside date and size, values of one line each.
  Made commit(const std::vector<std::pair<std::string, std::string>>& info);

 private:
  struct File {
    Sha256 digest;
    std::uint64_t bytes = 0;
  };
  void create(const std::string& path, const std::function<void(const std::function<void(std::string_view)>&)>& write, std::map<std::string, File>& into);
  void write_zip(const std::filesystem::path& file) const;

  std::filesystem::path out_, part_;
  bool zip_ = false;
  UtcSeconds time_;
  std::map<std::string, File> payload_, tags_;  ///< by path in the bag
};

/// A bag that somebody has: a folder or a ZIP, read file by file. Nothing of it is trusted.
class BagReader {
 public:
  /// Throws Error if it is neither, holds more than a million files, or unpacks to more than 64 GiB.
  explicit BagReader(const std::filesystem::path& path);
  ~BagReader();

  /// Files by path in the bag, '/' between; never links.
  const std::map<std::string, std::uint64_t>& files() const { return files_; }
  /// Of at most `limit` bytes; throws Error.
  std::string read(const std::string& path, std::uint64_t limit = 64ULL << 20) const;
  Sha256 digest(const std::string& path) const;
  std::filesystem::path on_disk(const std::string& path) const { return folder_ / path; }

 private:
  void unpack(const std::filesystem::path& zip);
  void list();

  std::filesystem::path folder_, scratch_;
  std::map<std::string, std::uint64_t> files_;
};

/// What is wrong with a bag, a sentence each with the file: what RFC 8493 asks for, and that its lists are exactly as BagWriter
/// writes them, so that not a single byte of it can change unseen but for those of tagmanifest-sha256.txt, whose hash
/// names the bag. Empty: nothing.
std::vector<std::string> check_bag(const BagReader& bag);

}  // namespace genchi::evidence
