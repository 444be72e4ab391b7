// What files saved from LINE are, and when.
#include <catch2/catch.hpp>

#include "watch/saved_file.hpp"

using namespace genchi;
using namespace genchi::watch;
using namespace std::string_literals;

namespace {

constexpr int japan = japan_offset_minutes;

std::string time_of(std::string_view name) {
  const auto time = time_in_name(name, japan);
  return time ? iso8601({*time, japan}) : "none";
}

std::string box(const std::string& brand) { return "\0\0\0\x18"s + "ftyp" + brand + "\0\0\0\0"s + brand; }

std::string u16(unsigned n) { return {static_cast<char>(n), static_cast<char>(n >> 8)}; }
std::string u32(unsigned n) { return u16(n & 0xFFFF) + u16(n >> 16); }
std::string directory_entry(unsigned tag, unsigned type, unsigned count, unsigned value) { return u16(tag) + u16(type) + u32(count) + u32(value); }

/// A JPEG whose camera says this; `zone`: "" says none.
std::string photo_taken(const std::string& time, const std::string& zone) {
  const unsigned texts = 8 + 2 + 12 + 4 + 2 + 24 + 4;
  const std::string tiff = "II*\0"s + u32(8) + u16(1) + directory_entry(0x8769, 4, 1, 26) + u32(0) + u16(2) + directory_entry(0x9003, 2, 20, texts) +
                           directory_entry(0x9011, 2, static_cast<unsigned>(zone.size()) + 1, texts + 20) + u32(0) + time + '\0' + zone + '\0';
  const std::string segment = "Exif\0\0"s + tiff;
  const std::size_t length = segment.size() + 2;
  return "\xFF\xD8\xFF\xE0\0\x04zz\xFF\xE1"s + static_cast<char>(length >> 8) + static_cast<char>(length) + segment + "\xFF\xDA";
}

}  // namespace

TEST_CASE("files are known by their bytes, whatever they are called") {
  CHECK(content_of("\xFF\xD8\xFF\xE1....", "quotation.pdf").name == "JPEG");
  CHECK(content_of("\x89PNG\r\n\x1A\n", "a").kind == MediaKind::photo);
  CHECK(content_of("RIFF\x10\0\0\0WEBPVP8 "s, "a").name == "WEBP");
  CHECK(content_of(box("heic"), "IMG_1.HEIC").name == "HEIC");
  CHECK(content_of(box("mp42"), "a.mp4").kind == MediaKind::video);
  CHECK(content_of(box("qt  "), "a.MOV").name == "MOV");
  CHECK(content_of(box("M4A "), "a.mp4").kind == MediaKind::voice);
  CHECK(content_of(box("mp42"), "voice.m4a").kind == MediaKind::voice);
  CHECK(content_of("\xFF\xF1\x50\x80", "a").name == "AAC");
  CHECK(content_of("%PDF-1.7", "a.jpg").name == "PDF");
  CHECK(content_of("PK\x03\x04"s + std::string(26, '\0') + "[Content_Types].xml", "a").name == "Office");
  CHECK(content_of("PK\x03\x04"s + std::string(26, '\0') + "a.txt", "a.zip").name == "ZIP");
  CHECK(content_of("hello", "photo.jpg").name == "");
  CHECK(content_of("", "photo.jpg").name == "");
  CHECK(content_of("\0\0\0\x18"s + "ftyp", "a.mp4").name == "");
}

TEST_CASE("a photo is no voice message; a file may be anything") {
  const Content photo = content_of("\xFF\xD8\xFF", "a.jpg"), video = content_of(box("isom"), "a.mp4"), unknown = content_of("?", "a");
  CHECK(may_be(photo, MediaKind::photo));
  CHECK_FALSE(may_be(photo, MediaKind::voice));
  CHECK_FALSE(may_be(photo, MediaKind::video));
  CHECK(may_be(photo, MediaKind::file));
  CHECK(may_be(video, MediaKind::voice));
  CHECK(may_be(unknown, MediaKind::file));
  CHECK_FALSE(may_be(unknown, MediaKind::photo));
}

TEST_CASE("times in names") {
  CHECK(time_of("1772529612345.jpg") == "2026-03-03T18:20:12+09:00");
  CHECK(time_of("LINE_MOVIE_1772529612345.mp4") == "2026-03-03T18:20:12+09:00");
  CHECK(time_of("IMG_20260303_182012.jpg") == "2026-03-03T18:20:12+09:00");
  CHECK(time_of("LINE_P20260303_182012345.jpg") == "2026-03-03T18:20:12+09:00");
  CHECK(time_of("20260303182012.png") == "2026-03-03T18:20:12+09:00");
  CHECK(time_of("2026-03-03 18.20.12.heic") == "2026-03-03T18:20:12+09:00");
  CHECK(time_of("スクリーンショット 2026-03-03 18-20-12.png") == "2026-03-03T18:20:12+09:00");
  CHECK(time_of("line_oa_chat_260303_182012.jpeg") == "2026-03-03T18:20:12+09:00");
  CHECK(time_of("1772529612345 (1).jpg") == "2026-03-03T18:20:12+09:00");
  CHECK(time_of("1772529612345-1772529612999.jpg") == "2026-03-03T18:20:12+09:00");
}

TEST_CASE("names without a time, or with two") {
  for (const char* name : {"IMG_1234.jpg", "S__12345678.jpg", "260303_182012.jpg", "20261303_182012.jpg", "20260303_256199.jpg", "20260303.jpg", "0312345678.jpg", "9999999999999.jpg",
                           "1772529612345_20250101_000000.jpg", "", ".jpg", "2026-03-03-18.jpg", "99999999999999999999999999999999999999.jpg"}) {
    CAPTURE(name);
    CHECK(time_of(name) == "none");
  }
}

TEST_CASE("the camera's time, and what is not one") {
  const auto taken = [](const std::string& bytes) {
    const auto time = time_taken(bytes, japan);
    return time ? iso8601({*time, japan}) : "none";
  };
  CHECK(taken(photo_taken("2026:03:03 18:20:12", "")) == "2026-03-03T18:20:12+09:00");
  CHECK(taken(photo_taken("2026:03:03 18:20:12", "+08:00")) == "2026-03-03T19:20:12+09:00");
  CHECK(taken(photo_taken("0000:00:00 00:00:00", "")) == "none");
  CHECK(taken("\xFF\xD8\xFF\xE1\xFF") == "none");
  // However it is cut or altered, nothing is read beyond its end.
  const std::string whole = photo_taken("2026:03:03 18:20:12", "+09:00");
  for (std::size_t i = 0; i < whole.size(); ++i) {
    taken(whole.substr(0, i));
    std::string altered = whole;
    altered[i] = '\xFF';
    taken(altered);
  }
}

TEST_CASE("names in the order in which people read them") {
  CHECK(compare_names("photo_2.jpg", "photo_10.jpg") < 0);
  CHECK(compare_names("photo_02.jpg", "photo_2.jpg") != 0);
  CHECK(compare_names("S__9.jpg", "S__10.jpg") < 0);
  CHECK(compare_names("a", "a") == 0);
  CHECK(compare_names("a", "ab") < 0);
}
