// MANIFEST, for example:
//   genchi-index 2
//   generation 7
//   revision 42
//   settings 5f3a
//   shard shard-6-1
//   file docdata.glass 81920 9f86d081884c7d65…
//   file iamglass 140 2c26b46b68ffc68f…
//   shard shard-7-1
//   …
//   retired shard-5-1
//   pending 43 jobs-7
//   clean shard-6-1
//   end fcde2b2edba56bf4…
//
// The last line has the SHA-256 of all lines before it.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>

#include "base/bytes.hpp"
#include "base/files.hpp"
#include "genchi/error.hpp"
#include "genchi/i18n.hpp"
#include "index/schema.hpp"
#include "index/writer.hpp"

namespace genchi::index {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view file_name = "MANIFEST";

template <typename Number> bool read_number(std::string_view text, Number& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}

// Names are ours; one that leads out of the folder must not be followed.
bool is_plain_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

bool read_name(std::string_view text, std::vector<std::string>& names) {
  names.emplace_back(text);
  return is_plain_name(text);
}

bool is_file_name(std::string_view name) {
  const std::size_t dot = name.find('.');
  return is_plain_name(name.substr(0, dot)) && (dot == std::string_view::npos || is_plain_name(name.substr(dot + 1)));
}

// The rest of "file iamglass 140 2c26…": of the shard named before it.
bool read_shard_file(std::string_view text, Manifest& manifest) {
  const std::size_t name = text.find(' ');
  const std::size_t size = name == std::string_view::npos ? name : text.find(' ', name + 1);
  if (size == std::string_view::npos || manifest.shards.empty()) return false;
  Manifest::File file{manifest.shards.back(), std::string(text.substr(0, name)), 0, {}};
  const auto digest = Sha256::from_hex(text.substr(size + 1));
  if (!digest || !is_file_name(file.name) || !read_number(text.substr(name + 1, size - name - 1), file.size)) return false;
  file.digest = *digest;
  manifest.files.push_back(std::move(file));
  return true;
}

// The rest of "pending 43 jobs-7".
bool read_pending(std::string_view text, Manifest& manifest) {
  const std::size_t blank = text.find(' ');
  if (blank == std::string_view::npos) return false;
  manifest.pending = Manifest::Pending();
  manifest.pending->jobs_file = text.substr(blank + 1);
  return read_number(text.substr(0, blank), manifest.pending->revision) &&
         is_plain_name(manifest.pending->jobs_file);
}

bool read_line(std::string_view key, std::string_view value, Manifest& manifest) {
  if (key == "generation") return read_number(value, manifest.generation);
  if (key == "revision") return read_number(value, manifest.revision);
  if (key == "shard") return read_name(value, manifest.shards);
  if (key == "file") return read_shard_file(value, manifest);
  if (key == "retired") return read_name(value, manifest.retired);
  if (key == "pending") return read_pending(value, manifest);
  if (key == "clean") return manifest.pending && read_name(value, manifest.pending->clean);
  if (key == "settings") manifest.settings = value;
  return key == "settings";
}

// False if it is not whole or not one of this version.
bool parse(const std::string_view whole, Manifest& manifest) {
  std::string_view text = whole;
  Line line;
  if (!next_line(text, line) || !line.text.starts_with("genchi-index ")) return false;
  if (!read_number(line.text.substr(13), manifest.version) || manifest.version != schema_version)
    return false;
  while (next_line(text, line)) {
    if (line.text.starts_with("end ")) {
      const auto digest = Sha256::from_hex(line.text.substr(4));
      const std::size_t before = whole.size() - text.size() - line.with_end.size();
      if (text.empty() && line.with_end.ends_with("\n") && digest == sha256(whole.substr(0, before))) return true;
      break;
    }
    const std::size_t blank = line.text.find(' ');
    if (blank == std::string_view::npos) break;
    if (!read_line(line.text.substr(0, blank), line.text.substr(blank + 1), manifest)) break;
  }
  manifest.version = 0;
  return false;
}

} // namespace

std::optional<Manifest> read_manifest(const fs::path& index_folder) {
  const fs::path path = index_folder / file_name;
  std::error_code error;
  if (!fs::exists(path, error) && (!error || error == std::errc::not_a_directory)) return std::nullopt;
  Manifest manifest;
  if (parse(read_file(path, 16 << 20), manifest)) return manifest;
  Manifest other;
  other.version = manifest.version == schema_version ? 0 : manifest.version;
  return other;
}

void write_manifest(const fs::path& index_folder, const Manifest& manifest) {
  std::string text = fmt::format("genchi-index {}\ngeneration {}\nrevision {}\nsettings {}\n",
                                 manifest.version, manifest.generation, manifest.revision, manifest.settings);
  for (const std::string& name : manifest.shards) {
    text += fmt::format("shard {}\n", name);
    for (const Manifest::File& file : manifest.files)
      if (file.shard == name) text += fmt::format("file {} {} {}\n", file.name, file.size, file.digest.hex());
  }
  for (const std::string& name : manifest.retired) text += fmt::format("retired {}\n", name);
  if (manifest.pending) {
    text += fmt::format("pending {} {}\n", manifest.pending->revision, manifest.pending->jobs_file);
    for (const std::string& name : manifest.pending->clean) text += fmt::format("clean {}\n", name);
  }
  write_file_atomically(index_folder / file_name, text + fmt::format("end {}\n", sha256(text).hex()));
}

std::vector<Manifest::File> hash_shard(const fs::path& index_folder, const std::string& shard) {
  std::vector<Manifest::File> files;
  for (const fs::directory_entry& entry : fs::directory_iterator(index_folder / shard)) {
    const std::string name = entry.path().filename().string();
    if (name != "iamglass" && !name.ends_with(".glass")) continue;  // flintlock holds nothing
    const Fd fd = open_for_reading(entry.path());
    Sha256Hasher hasher;
    Manifest::File file{shard, name, 0, {}};
    std::string buffer(1 << 20, '\0');
    for (;;) {
      const ssize_t got = ::read(fd.get(), buffer.data(), buffer.size());
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) throw Error(trf("cannot read {}: {}", display_path(entry.path()), errno_text(errno)));
      if (got == 0) break;
      hasher.update(std::string_view(buffer).substr(0, static_cast<std::size_t>(got)));
      file.size += static_cast<std::uint64_t>(got);
    }
    file.digest = hasher.finish();
    files.push_back(std::move(file));
  }
  std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return files;
}

} // namespace genchi::index
