// MANIFEST, for example:
//   genchi-index 1
//   generation 7
//   revision 42
//   settings 5f3a
//   shard shard-6-1
//   shard shard-7-1
//   retired shard-5-1
//   pending 43 jobs-7
//   clean shard-6-1
//   end
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/bytes.hpp"
#include "base/files.hpp"
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
  if (key == "retired") return read_name(value, manifest.retired);
  if (key == "pending") return read_pending(value, manifest);
  if (key == "clean") return manifest.pending && read_name(value, manifest.pending->clean);
  if (key == "settings") manifest.settings = value;
  return key == "settings";
}

// False if it is not whole or not one of this version.
bool parse(std::string_view text, Manifest& manifest) {
  Line line;
  if (!next_line(text, line) || !line.text.starts_with("genchi-index ")) return false;
  if (!read_number(line.text.substr(13), manifest.version) || manifest.version != schema_version)
    return false;
  while (next_line(text, line)) {
    if (line.text == "end") return true;
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
  other.version = manifest.version;
  return other;
}

void write_manifest(const fs::path& index_folder, const Manifest& manifest) {
  std::string text = fmt::format("genchi-index {}\ngeneration {}\nrevision {}\nsettings {}\n",
                                 manifest.version, manifest.generation, manifest.revision, manifest.settings);
  for (const std::string& name : manifest.shards) text += fmt::format("shard {}\n", name);
  for (const std::string& name : manifest.retired) text += fmt::format("retired {}\n", name);
  if (manifest.pending) {
    text += fmt::format("pending {} {}\n", manifest.pending->revision, manifest.pending->jobs_file);
    for (const std::string& name : manifest.pending->clean) text += fmt::format("clean {}\n", name);
  }
  write_file_atomically(index_folder / file_name, text + "end\n");
}

} // namespace genchi::index
