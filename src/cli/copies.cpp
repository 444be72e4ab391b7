#include "cli/copies.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>

#include "base/bytes.hpp"
#include "base/files.hpp"
#include "base/json.hpp"
#include "cli/settings.hpp"
#include "genchi/i18n.hpp"

namespace genchi::cli {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::array<std::string_view, 3> kinds = {"backup", "pack", "export"};
constexpr std::size_t most_bytes = 16 << 20;

fs::path noted_in() { return state_folder() / "copies.jsonl"; }

std::string real_path(const fs::path& path) {
  std::error_code error;
  const fs::path real = fs::weakly_canonical(fs::absolute(path), error);
  return error ? path.native() : real.native();
}

Copy read_copy(const json& line) {
  Copy copy;
  const auto kind = std::find(kinds.begin(), kinds.end(), line.value("kind", ""));
  copy.kind = static_cast<Copy::Kind>(std::min<std::ptrdiff_t>(kind - kinds.begin(), kinds.size() - 1));
  copy.path = line.value("path", "");
  copy.made = line.value("made", UtcSeconds{0});
  copy.head = line.value("head", Seq{0});
  for (const json& number : line.value("clients", json::array()))
    if (number.is_number_integer()) copy.clients.insert(number.get<std::int64_t>());
  return copy;
}

}  // namespace

std::string_view copy_kind_name(Copy::Kind kind) { return kinds[static_cast<std::size_t>(kind)]; }

std::string copy_kind_word(Copy::Kind kind) {
  switch (kind) {
    case Copy::Kind::backup: return tr("backup");
    case Copy::Kind::pack: return tr("evidence pack");
    case Copy::Kind::exported: break;
  }
  return tr("export");
}

bool note_copy(const fs::path& archive, const Copy& copy) {
  json line{{"archive", real_path(archive)}, {"kind", copy_kind_name(copy.kind)}, {"path", real_path(copy.path)}, {"made", copy.made}, {"head", copy.head}};
  if (!copy.clients.empty()) line["clients"] = copy.clients;
  try {
    const std::string text = json_text(line, NotUtf8::refused) + "\n";
    make_private_folder(noted_in().parent_path());
    const Fd file(::open(noted_in().c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    return file && ::write(file.get(), text.data(), text.size()) == static_cast<ssize_t>(text.size());
  } catch (const std::exception&) {
    return false;
  }
}

void tell_not_noted(Context& context) {
  context.out.talk(trf("Where it lies could not be noted in {}; `genchi erase` will not name it.", display_path(noted_in())));
}

std::vector<Copy> copies_made(const fs::path& archive) {
  std::string bytes;
  try {
    if (fs::exists(noted_in())) bytes = read_file(noted_in(), most_bytes);
  } catch (const std::exception&) {
    return {};
  }
  const std::string mine = real_path(archive);
  std::map<fs::path, Copy> by_path;
  Line line;
  for (std::string_view rest = bytes; next_line(rest, line);) {
    const json noted = parse_json(std::string(line.text));
    try {
      if (!noted.is_object() || noted.value("archive", "") != mine) continue;
      Copy copy = read_copy(noted);
      by_path[copy.path] = copy;
    } catch (const json::exception&) {
      // Not ours.
    }
  }
  std::vector<Copy> out;
  for (auto& [path, copy] : by_path) {
    std::error_code error;
    // A backup lies on a disk that is put away.
    if (copy.kind == Copy::Kind::backup || fs::exists(path, error)) out.push_back(std::move(copy));
  }
  std::sort(out.begin(), out.end(), [](const Copy& a, const Copy& b) { return std::tie(a.made, a.path) < std::tie(b.made, b.path); });
  return out;
}

}  // namespace genchi::cli
