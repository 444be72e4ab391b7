#include "watch/saved_file.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "base/bytes.hpp"

namespace genchi::watch {
namespace {

struct Beginning {
  std::size_t at;
  std::string_view bytes;
  Content content;
};

using namespace std::string_view_literals;

constexpr std::array beginnings{
    Beginning{0, "\xFF\xD8\xFF"sv, {"JPEG", MediaKind::photo}},
    Beginning{0, "\x89PNG\r\n\x1A\n"sv, {"PNG", MediaKind::photo}},
    Beginning{0, "GIF87a"sv, {"GIF", MediaKind::photo}},
    Beginning{0, "GIF89a"sv, {"GIF", MediaKind::photo}},
    Beginning{8, "WEBP"sv, {"WEBP", MediaKind::photo}},
    Beginning{0, "%PDF-"sv, {"PDF", MediaKind::file}},
    Beginning{0, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv, {"Office", MediaKind::file}},
    Beginning{0, "Rar!\x1A\x07"sv, {"RAR", MediaKind::file}},
    Beginning{0, "7z\xBC\xAF\x27\x1C"sv, {"7z", MediaKind::file}},
    Beginning{0, "{\\rtf"sv, {"RTF", MediaKind::file}},
    Beginning{0, "#!AMR"sv, {"AMR", MediaKind::voice}},
    Beginning{0, "ID3"sv, {"MP3", MediaKind::voice}},
    Beginning{0, "\xFF\xFB"sv, {"MP3", MediaKind::voice}},
    Beginning{0, "\xFF\xF1"sv, {"AAC", MediaKind::voice}},
    Beginning{0, "\xFF\xF9"sv, {"AAC", MediaKind::voice}},
};

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) { return std::find(words.begin(), words.end(), word) != words.end(); }

std::string suffix_of(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos ? std::string() : ascii_lower(name.substr(dot + 1));
}

// ISO 14496-12, 4.3: the major brand of the `ftyp` box.
Content iso_media(std::string_view brand, std::string_view name) {
  if (is_one_of(brand, {"heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"})) return {"HEIC", MediaKind::photo};
  if (is_one_of(brand, {"avif", "avis"})) return {"AVIF", MediaKind::photo};
  if (is_one_of(brand, {"M4A ", "M4B ", "M4P "})) return {"M4A", MediaKind::voice};
  if (is_one_of(suffix_of(name), {"m4a", "aac"})) return {"M4A", MediaKind::voice};
  if (brand == "qt  ") return {"MOV", MediaKind::video};
  return {"MP4", MediaKind::video};
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// A run of digits and what stands between it and the next.
struct Digits {
  std::string_view digits, between;
};

std::vector<Digits> digits_of(std::string_view name) {
  std::vector<Digits> out;
  for (std::size_t i = 0; i < name.size();) {
    std::size_t end = i;
    while (end < name.size() && is_digit(name[end])) ++end;
    const std::size_t begin = i;
    std::size_t next = end;
    while (next < name.size() && !is_digit(name[next])) ++next;
    if (end > begin) out.push_back({name.substr(begin, end - begin), name.substr(end, next - end)});
    i = next;
  }
  return out;
}

int number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

std::optional<UtcSeconds> civil(std::string_view day, std::string_view time, int offset_minutes) {
  const CivilDay date{number(day.substr(0, 4)), number(day.substr(4, 2)), number(day.substr(6, 2))};
  const int hour = number(time.substr(0, 2)), minute = number(time.substr(2, 2)), second = number(time.substr(4, 2));
  if (date.year < 2000 || date.year > 2099 || !is_valid(date) || hour > 23 || minute > 59 || second > 59) return std::nullopt;
  return utc_from_civil(date, hour, minute, second, offset_minutes);
}

constexpr UtcSeconds least_stamp = 1'262'304'000, greatest_stamp = 4'102'444'800;  // 2010 to 2100

std::optional<UtcSeconds> unix_milliseconds(std::string_view digits) {
  if (digits.size() != 13) return std::nullopt;
  std::int64_t value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  const UtcSeconds seconds = value / 1000;
  return seconds >= least_stamp && seconds < greatest_stamp ? std::optional(seconds) : std::nullopt;
}

// --- EXIF: CIPA DC-008, a TIFF file within the APP1 segment of a JPEG ---

class Tiff {
 public:
  explicit Tiff(std::string_view bytes) : bytes_(bytes), little_(bytes.starts_with("II")) {}

  bool is_one() const { return (bytes_.starts_with("II*\0"sv) || bytes_.starts_with("MM\0*"sv)); }
  std::uint32_t first_directory() const { return u32(4); }
  /// Where the entry of a tag lies in a directory; 0: there is none.
  std::size_t entry(std::size_t directory, std::uint16_t tag) const {
    const std::size_t count = std::min<std::size_t>(u16(directory), 512);
    for (std::size_t i = 0; i < count; ++i)
      if (const std::size_t at = directory + 2 + i * 12; at + 12 <= bytes_.size() && u16(at) == tag) return at;
    return 0;
  }
  std::uint32_t value(std::size_t entry) const { return u32(entry + 8); }
  std::string_view text(std::size_t entry) const {
    const std::size_t length = u32(entry + 4), at = value(entry);
    if (u16(entry + 2) != 2 || length < 5 || length > 64 || at > bytes_.size() || length > bytes_.size() - at) return {};
    return bytes_.substr(at, length - 1);
  }

 private:
  std::uint32_t byte(std::size_t at) const { return at < bytes_.size() ? static_cast<unsigned char>(bytes_[at]) : 0; }
  std::uint32_t u16(std::size_t at) const { return little_ ? byte(at) | byte(at + 1) << 8 : byte(at) << 8 | byte(at + 1); }
  std::uint32_t u32(std::size_t at) const { return little_ ? u16(at) | u16(at + 2) << 16 : u16(at) << 16 | u16(at + 2); }

  std::string_view bytes_;
  bool little_;
};

std::string_view exif_of(std::string_view jpeg) {
  constexpr std::string_view mark = "Exif\0\0"sv;
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(jpeg[at]); };
  std::size_t at = 2;
  while (at + 4 <= jpeg.size() && byte(at) == 0xFF) {
    const std::size_t length = static_cast<std::size_t>(byte(at + 2)) << 8 | byte(at + 3);
    if (length < 2 || byte(at + 1) == 0xDA) return {};
    const std::string_view segment = jpeg.substr(at + 4, length - 2);
    if (byte(at + 1) == 0xE1 && segment.starts_with(mark)) return segment.substr(mark.size());
    at += 2 + length;
  }
  return {};
}

std::string all_digits(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (is_digit(c)) out += c;
  return out;
}

}  // namespace

Content content_of(std::string_view head, std::string_view file_name) {
  if (head.size() >= 12 && head.substr(4, 4) == "ftyp") return iso_media(head.substr(8, 4), file_name);
  if (head.starts_with("PK\x03\x04")) {
    const std::string_view start = head.substr(0, 4096);
    const bool office = start.find("[Content_Types].xml") != std::string_view::npos || start.find("mimetypeapplication/vnd.oasis") != std::string_view::npos ||
                        is_one_of(suffix_of(file_name), {"docx", "xlsx", "pptx", "odt", "ods", "odp"});
    return {office ? "Office" : "ZIP", MediaKind::file};
  }
  for (const Beginning& each : beginnings)
    if (head.size() >= each.at + each.bytes.size() && head.substr(each.at, each.bytes.size()) == each.bytes) return each.content;
  return {};
}

bool may_be(const Content& content, MediaKind kind) {
  if (kind == MediaKind::file) return true;
  // An MP4 without a picture has the same beginning.
  return !content.name.empty() && (content.kind == kind || (kind == MediaKind::voice && content.name == "MP4"));
}

std::optional<UtcSeconds> time_in_name(std::string_view file_name, int offset_minutes) {
  const std::size_t dot = file_name.rfind('.');
  const std::string_view stem = file_name.substr(0, dot == 0 ? std::string_view::npos : dot);
  const std::vector<Digits> runs = digits_of(stem);
  std::optional<UtcSeconds> found;
  bool several = false;
  const auto add = [&](std::optional<UtcSeconds> time) {
    several |= time && found && *found != *time;
    if (time) found = time;
    return time.has_value();
  };
  const bool of_line = ascii_lower(stem.substr(0, 4)) == "line";
  const auto separates = [](std::string_view between) { return is_one_of(between, {"_", "-", " ", ".", "T", "t"}); };
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const std::string_view digits = runs[i].digits;
    const std::string_view next = i + 1 < runs.size() ? runs[i + 1].digits : std::string_view();
    if (digits.size() == 13) add(unix_milliseconds(digits));
    else if (digits.size() == 14 || digits.size() == 17) add(civil(digits.substr(0, 8), digits.substr(8), offset_minutes));
    else if (digits.size() == 8 && separates(runs[i].between) && (next.size() == 6 || next.size() == 9)) i += add(civil(digits, next, offset_minutes));
    else if (of_line && digits.size() == 6 && separates(runs[i].between) && next.size() == 6) i += add(civil("20" + std::string(digits), next, offset_minutes));
    else if (digits.size() == 4 && i + 5 < runs.size()) {
      std::string all(digits);
      for (std::size_t k = 1; k <= 5; ++k)
        if (runs[i + k].digits.size() == 2 && runs[i + k - 1].between.size() == 1) all += runs[i + k].digits;
      if (all.size() == 14 && add(civil(std::string_view(all).substr(0, 8), std::string_view(all).substr(8), offset_minutes))) i += 5;
    }
  }
  return several ? std::nullopt : found;
}

std::optional<UtcSeconds> time_taken(std::string_view head, int offset_minutes) {
  constexpr std::uint16_t exif_directory = 0x8769, date_time_original = 0x9003, offset_time_original = 0x9011;
  if (!head.starts_with("\xFF\xD8")) return std::nullopt;
  const Tiff tiff(exif_of(head));
  if (!tiff.is_one()) return std::nullopt;
  const std::size_t pointer = tiff.entry(tiff.first_directory(), exif_directory);
  if (pointer == 0) return std::nullopt;
  const std::size_t directory = tiff.value(pointer);
  const std::size_t original = tiff.entry(directory, date_time_original);
  if (original == 0) return std::nullopt;
  const std::string digits = all_digits(tiff.text(original));
  if (digits.size() != 14) return std::nullopt;
  if (const std::size_t zone = tiff.entry(directory, offset_time_original); zone != 0)
    if (const std::string_view text = tiff.text(zone); text.size() == 6 && (text[0] == '+' || text[0] == '-') && all_digits(text).size() == 4)
      offset_minutes = (text[0] == '-' ? -1 : 1) * (number(text.substr(1, 2)) * 60 + number(text.substr(4, 2)));
  return civil(std::string_view(digits).substr(0, 8), std::string_view(digits).substr(8), offset_minutes);
}

int compare_names(std::string_view a, std::string_view b) {
  std::size_t i = 0, j = 0;
  while (i < a.size() && j < b.size()) {
    if (is_digit(a[i]) && is_digit(b[j])) {
      const auto run = [](std::string_view text, std::size_t& at) {
        while (at + 1 < text.size() && text[at] == '0' && is_digit(text[at + 1])) ++at;
        const std::size_t begin = at;
        while (at < text.size() && is_digit(text[at])) ++at;
        return text.substr(begin, at - begin);
      };
      const std::string_view x = run(a, i), y = run(b, j);
      if (x.size() != y.size()) return x.size() < y.size() ? -1 : 1;
      if (const int order = x.compare(y); order != 0) return order < 0 ? -1 : 1;
      continue;
    }
    if (a[i] != b[j]) return static_cast<unsigned char>(a[i]) < static_cast<unsigned char>(b[j]) ? -1 : 1;
    ++i, ++j;
  }
  const int rest = static_cast<int>(i < a.size()) - static_cast<int>(j < b.size());
  return rest != 0 ? rest : a.compare(b) < 0 ? -1 : a == b ? 0 : 1;
}

}  // namespace genchi::watch
