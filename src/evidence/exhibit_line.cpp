#include "evidence/exhibit_line.hpp"

#include <nlohmann/json.hpp>

#include "base/json.hpp"
#include "genchi/error.hpp"

namespace genchi::evidence {
namespace {

using nlohmann::json;

json file_json(const ExhibitFile& file) { return json::array({file.name, file.kind, file.bytes, file.sha256, file.path}); }

ExhibitFile file_of(const json& row) { return {row.at(0), row.at(1), row.at(2), row.at(3), row.at(4)}; }

json message_json(const ExhibitMessage& message) {
  json sections = json::array(), files = json::array();
  for (const TextSection& section : message.sections) sections.push_back({static_cast<int>(section.kind), section.begin, section.end});
  for (const ExhibitFile& file : message.files) files.push_back(file_json(file));
  return {{"context", message.context}, {"time", message.time},   {"who", message.who}, {"fields", message.fields},
          {"text", message.text},       {"sections", sections},   {"files", files},     {"notes", message.notes}};
}

ExhibitMessage message_of(const json& row) {
  ExhibitMessage message;
  message.context = row.at("context");
  message.time = row.at("time");
  message.who = row.at("who");
  message.fields = row.at("fields").get<decltype(message.fields)>();
  message.text = row.at("text");
  for (const json& section : row.at("sections"))
    message.sections.push_back({static_cast<SectionKind>(section.at(0).get<int>()), section.at(1), section.at(2)});
  for (const json& file : row.at("files")) message.files.push_back(file_of(file));
  message.notes = row.at("notes").get<std::vector<std::string>>();
  return message;
}

/// What `read` makes of the line's JSON.
template <typename Read> auto of_line(std::string_view line, const Read& read) {
  try {
    return read(parse_json(line));
  } catch (const json::exception& error) {
    throw Error(error.what());
  }
}

}  // namespace

std::string words_line(const ExhibitWords& words) {
  return json_text(json::array({words.context, words.quoted, words.no_words, words.file, words.no_name, words.not_held,
                                words.bytes, words.continued, words.created, words.author, words.original}),
                   NotUtf8::replaced);
}

ExhibitWords words_of_line(std::string_view line) {
  return of_line(line, [](const json& row) {
    return ExhibitWords{row.at(0), row.at(1), row.at(2), row.at(3), row.at(4), row.at(5),
                        row.at(6), row.at(7), row.at(8), row.at(9), row.at(10)};
  });
}

std::string exhibit_line(const Exhibit& exhibit) {
  json messages = json::array();
  for (const ExhibitMessage& message : exhibit.messages) messages.push_back(message_json(message));
  return json_text(json{{"number", exhibit.number},   {"file_name", exhibit.file_name}, {"title", exhibit.title},
                        {"original", exhibit.original}, {"created", exhibit.created},   {"author", exhibit.author},
                        {"remark", exhibit.remark}, {"notes", exhibit.notes},     {"messages", std::move(messages)}},
                   NotUtf8::replaced);
}

Exhibit exhibit_of_line(std::string_view line) {
  return of_line(line, [](const json& row) {
    Exhibit exhibit{row.at("number"), row.at("file_name"), row.at("title"), row.at("original"), row.at("created"), row.at("author"),
                    row.at("remark").get<std::string>(), row.at("notes").get<std::vector<std::string>>(), {}};
    for (const json& message : row.at("messages")) exhibit.messages.push_back(message_of(message));
    return exhibit;
  });
}

}  // namespace genchi::evidence
