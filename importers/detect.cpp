#include "importers/detect.hpp"

#include <algorithm>
#include <array>

#include "base/bytes.hpp"
#include "genchi/i18n.hpp"
#include "importers/line_oa/export.hpp"
#include "importers/line_talk/talk.hpp"
#include "importers/mbox/mbox.hpp"
#include "mail/message.hpp"

namespace genchi::importers {
namespace {

using namespace std::string_view_literals;

constexpr std::array compressed_magic = {"\x1f\x8b\x08"sv,
                                         "\xfd"
                                         "7zXZ\0"sv,
                                         "\x28\xb5\x2f\xfd"sv};
constexpr std::array compression_suffixes = {".gz"sv, ".bz2"sv, ".xz"sv, ".zst"sv};
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> tar_suffixes = {
    {{".tgz", ".tar"}, {".tbz", ".tar"}, {".tbz2", ".tar"}, {".txz", ".tar"}, {".tzst", ".tar"}}};
// ZIP containers of office programs, e-books and software.
constexpr std::array document_suffixes = {".docx"sv, ".docm"sv, ".xlsx"sv,  ".xlsm"sv,    ".pptx"sv,
                                          ".odt"sv,  ".ods"sv,  ".odp"sv,   ".odg"sv,     ".epub"sv,
                                          ".jar"sv,  ".war"sv,  ".apk"sv,   ".xpi"sv,     ".ipa"sv,
                                          ".whl"sv,  ".kmz"sv,  ".pages"sv, ".numbers"sv, ".key"sv};

bool is_compressed(std::string_view head) {
  if (std::ranges::any_of(compressed_magic, [&](auto magic) { return head.starts_with(magic); })) return true;
  if (head.size() < 10) return false;
  // A zstd skippable frame may come first.
  if ((head[0] & 0xf0) == 0x50 && head.substr(1, 3) == "\x2a\x4d\x18"sv) return true;
  return head.starts_with("BZh") && head[3] >= '1' && head[3] <= '9' &&
         (head.substr(4, 6) == "1AY&SY" || head.substr(4, 6) == "\x17\x72\x45\x38\x50\x90"sv);
}

bool is_zip(std::string_view head) {
  return head.starts_with("PK\x03\x04"sv) || head.starts_with("PK\x05\x06"sv) ||
         head.starts_with("PK\x07\x08PK"sv);
}

bool is_seven_zip(std::string_view head) {
  return head.starts_with("7z\xbc\xaf\x27\x1c"sv);
}

// The first header block of a tar has a sum of its own bytes, the field of the sum counted as blanks.
bool is_tar(std::string_view head, std::string_view base_name) {
  constexpr std::size_t block = 512, sum_at = 148, sum_size = 8;
  if (head.size() < block) return false;
  if (head[0] == '\0') // an empty tar is two blocks of zeros
    return has_suffix(base_name, ".tar") && head.find_first_not_of('\0') == std::string_view::npos;
  unsigned stated = 0, sum = 0;
  bool digits = false;
  for (const char c : head.substr(sum_at, sum_size)) {
    if (c >= '0' && c <= '7') {
      stated = stated * 8 + static_cast<unsigned>(c - '0');
      digits = true;
    } else if (digits || c != ' ') {
      break;
    }
  }
  for (std::size_t i = 0; i < block; ++i)
    sum += i >= sum_at && i < sum_at + sum_size ? unsigned{' '} : static_cast<unsigned char>(head[i]);
  return digits && sum == stated;
}

Look forced_look(SourceKind as) {
  switch (as) {
  case SourceKind::mbox:
    return Look::mbox;
  case SourceKind::line_oa:
    return Look::line_oa;
  case SourceKind::line_talk:
    return Look::line_talk;
  default:
    return Look::mail;
  }
}

} // namespace

bool has_suffix(std::string_view base_name, std::string_view lower_suffix) {
  return base_name.size() > lower_suffix.size() &&
         ascii_iequals(base_name.substr(base_name.size() - lower_suffix.size()), lower_suffix);
}

Look look_at(std::string_view head, std::string_view base_name, SourceKind as) {
  if (head.empty()) return Look::empty;
  if (is_compressed(head)) return Look::compressed;
  if (is_zip(head) || is_seven_zip(head) || is_tar(head, base_name)) return Look::archive;
  if (as == SourceKind::line_oa) return line::looks_like_export(head) ? Look::line_oa : Look::nothing;
  if (as == SourceKind::line_talk)
    return talk::looks_like_talk(head, base_name) ? Look::line_talk : Look::nothing;
  if (as != SourceKind::unknown) return forced_look(as);
  if (looks_like_mbox(head)) return Look::mbox;
  if (line::looks_like_export(head)) return Look::line_oa;
  if (talk::looks_like_talk(head, base_name)) return Look::line_talk;
  if (mail::looks_like_mail(head)) return Look::mail;
  // Bytes before the first message of a mailbox are set aside by its reader.
  if (has_suffix(base_name, ".mbox") || has_suffix(base_name, ".mbx")) return Look::mbox;
  return Look::nothing;
}

std::string without_compression_suffix(std::string_view base_name) {
  for (const auto& [suffix, instead] : tar_suffixes)
    if (has_suffix(base_name, suffix))
      return std::string(base_name.substr(0, base_name.size() - suffix.size())) + std::string(instead);
  for (const auto suffix : compression_suffixes)
    if (has_suffix(base_name, suffix))
      return std::string(base_name.substr(0, base_name.size() - suffix.size()));
  return std::string(base_name);
}

Words damaged_reason(std::string_view base_name) {
  if (has_suffix(base_name, ".eml")) return Words("named as a mail, but holds none");
  if (has_suffix(base_name, ".csv")) {
    const line::ExportFileName name = line::parse_file_name(base_name);
    if (name.first && name.last) return Words("named as a LINE download, but cannot be read as one");
  }
  if (base_name.starts_with("[LINE]") && has_suffix(base_name, ".txt"))
    return Words("named as a LINE talk, but cannot be read as one");
  const bool container = has_suffix(base_name, ".zip") || has_suffix(base_name, ".7z") || has_suffix(base_name, ".tar") ||
                         without_compression_suffix(base_name) != base_name;
  return container ? Words("named as an archive, but damaged or of another kind") : Words();
}

bool is_mailbox_name(std::string_view base_name) {
  if (has_suffix(base_name, ".mbox") || has_suffix(base_name, ".mbx")) return true;
  return !base_name.empty() && base_name.find('.') == std::string_view::npos &&
         !(base_name[0] >= '0' && base_name[0] <= '9');
}

bool is_document_name(std::string_view base_name) {
  return std::ranges::any_of(document_suffixes, [&](auto suffix) { return has_suffix(base_name, suffix); });
}

} // namespace genchi::importers
