#include "cli/draft_file.hpp"

#include <iostream>

#include "base/files.hpp"
#include "genchi/error.hpp"
#include "genchi/i18n.hpp"
#include "mail/message.hpp"
#include "text/width.hpp"

namespace genchi::cli {
namespace {

std::string read_standard_input(std::size_t limit) {
  std::string bytes;
  std::string block(64 << 10, '\0');
  while (std::cin.read(block.data(), static_cast<std::streamsize>(block.size())), std::cin.gcount() > 0) {
    bytes.append(block, 0, static_cast<std::size_t>(std::cin.gcount()));
    if (bytes.size() > limit) break; // read_document says so
  }
  if (std::cin.bad()) throw Error(tr("standard input could not be read to its end"));
  return bytes;
}

std::string bytes_of(const std::string& file) {
  const std::size_t limit = office::DocumentLimits().max_file_bytes;
  return file == "-" ? read_standard_input(limit) : read_file(file, limit);
}

office::Document document_of(const std::string& bytes, const std::string& file) {
  try {
    return office::read_document(bytes, file == "-" ? std::string() : file);
  } catch (const Error& error) {
    throw Error(draft_name(file) + ": " + error.what(), error.hint(), error.code());
  }
}

// A text that begins with 件名 or a salutation is none: a mail has From, To or Subject at its beginning.
bool is_mail(std::string_view bytes, const std::string& file) {
  constexpr std::size_t head = 64 << 10;
  return file.ends_with(".eml") || mail::looks_like_mail(bytes.substr(0, head));
}

std::string lines_of(const std::vector<Person>& people) {
  std::string out;
  for (const Person& person : people)
    out += person.name + (person.name.empty() ? "" : " ") + "<" + person.address + ">\n";
  return out;
}

Draft parts_of_mail(std::string_view bytes) {
  using Place = DraftPart::Place;
  mail::Message message = mail::parse(bytes);
  Draft draft;
  const auto add = [&](Place place, std::string text) {
    if (text.empty()) return;
    DraftPart& part = draft.emplace_back();
    part.place = place;
    part.text = std::move(text);
  };
  add(Place::to, lines_of(message.to));
  add(Place::cc, lines_of(message.cc) + lines_of(message.bcc));
  add(Place::subject, message.subject);
  std::string files;
  for (const mail::Attachment& attachment : message.attachments)
    if (!attachment.name.empty()) files += attachment.name + "\n";
  add(Place::text, std::move(message.text));
  if (!draft.empty() && draft.back().place == Place::text)
    draft.back().sections = std::move(message.sections);
  add(Place::file, std::move(files));
  return draft;
}

} // namespace

std::string draft_name(const std::string& file) {
  return file == "-" ? std::string(tr("standard input")) : display_path(file);
}

office::Document read_draft_document(const std::string& file) {
  return document_of(bytes_of(file), file);
}

DraftFile read_draft(const std::string& file) {
  const std::string bytes = bytes_of(file);
  DraftFile out;
  if (is_mail(bytes, file)) {
    out.draft = parts_of_mail(bytes);
    return out;
  }
  office::Document document = document_of(bytes, file);
  out.uncalculated = document.uncalculated;
  out.lossy = document.lossy;
  for (office::Sheet& sheet : document.sheets) {
    DraftPart& part = out.draft.emplace_back();
    part.place =
        document.kind == office::DocumentKind::workbook ? DraftPart::Place::sheet : DraftPart::Place::text;
    part.sheet = std::move(sheet.name);
    part.text = std::move(sheet.text);
    part.numbers = std::move(sheet.numbers);
  }
  return out;
}

} // namespace genchi::cli
