// What an exhibit shows, in the words of its reader's language: made once, then drawn as a page, as a PDF and as a row of
// 証拠説明書. Nothing here is escaped yet: each writer makes hostile text safe for its own form.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "genchi/message.hpp"

namespace genchi::evidence {

/// What is attached to a message.
struct ExhibitFile {
  std::string name;         ///< as the message names it; "" if it has none
  std::string kind;         ///< for people: file, photo …
  std::uint64_t bytes = 0;
  std::string sha256;       ///< hexadecimal; "" if nothing of it is held
  std::string path;         ///< of the file in the pack; "" if it is not in there by itself
};

struct ExhibitMessage {
  bool context = false;     ///< no part of the exhibit's point: what was said before or after it
  std::string time;         ///< day, weekday, seconds and zone, complete in itself: "2026-03-14 (土) 10:05:12 +09:00"
  std::string who;          ///< who wrote it, for lists of one line
  /// Labels and values, each of one line, in their order: From, To, Cc, Subject, Channel, Direction, Account, Source, SHA-256 …
  std::vector<std::pair<std::string, std::string>> fields;
  std::string text;         ///< its words, LF
  std::vector<TextSection> sections;  ///< of `text`, what is quoted or a signature; empty: all own words
  std::vector<ExhibitFile> files;
  std::vector<std::string> notes;     ///< honest ones, sentences: taken back, no picture held, our own memo …
};

struct Exhibit {
  std::string number;       ///< "甲1", "甲1の2"
  std::string file_name;    ///< of its PDF without folder and ending, safe for any disk, 46 code points at most
  std::string title;        ///< 標目
  std::string original;     ///< 原本 or 写し
  std::string created;      ///< 作成年月日
  std::string author;       ///< 作成者
  std::string remark;       ///< 備考; like title, original, created and author always Japanese
  std::vector<std::string> notes;     ///< on the whole of it: gaps, parts left out
  std::vector<ExhibitMessage> messages;  ///< by time
};

/// One more file of a pack: a text, and where in it (bytes, ascending) others are quoted.
struct PackDocument {
  std::string name, text;
  std::vector<std::pair<std::size_t, std::size_t>> said;
};

/// What stands at the beginning of a page of all exhibits.
struct PackHeading {
  std::string title;
  std::vector<std::pair<std::string, std::string>> fields;
  std::vector<std::string> notes;
};

}  // namespace genchi::evidence
