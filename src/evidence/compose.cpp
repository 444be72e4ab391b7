#include "evidence/compose.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "genchi/i18n.hpp"
#include "mail/message.hpp"
#include "store/message_words.hpp"

namespace genchi::evidence {
namespace {

struct Era {
  CivilDay first;
  const char* name;
};
constexpr Era eras[] = {{{2019, 5, 1}, "令和"}, {{1989, 1, 8}, "平成"}, {{1926, 12, 25}, "昭和"}, {{1912, 7, 30}, "大正"}, {{1868, 1, 25}, "明治"}};

std::string people_text(const std::vector<Person>& people) {
  std::string out;
  for (const Person& person : people) out += (out.empty() ? "" : ", ") + person_text(person);
  return out;
}

/// The name that stands for somebody in a list.
std::string short_name(const Person& person) { return person.name.empty() ? person.address : person.name; }

std::vector<ExhibitFile> files_of_mail(std::string_view original) {
  std::vector<ExhibitFile> files;
  for (const mail::Attachment& attachment : mail::parse(original).attachments) {
    ExhibitFile file;
    file.name = attachment.name;
    file.kind = attachment.type;
    Sha256Hasher hasher;
    mail::decode_attachment(original, attachment, [&](std::string_view bytes) {
      hasher.update(bytes);
      file.bytes += bytes.size();
    });
    file.sha256 = hasher.finish().hex();
    files.push_back(std::move(file));
  }
  return files;
}

/// LINE's downloads say that there was a picture; the picture is held only if somebody saved it.
std::vector<ExhibitFile> files_of_row(Store& store, const MessageRecord& message, std::vector<std::string>& notes) {
  std::vector<ExhibitFile> files;
  if (const auto attached = store.catalogue().attached(message.id)) {
    ExhibitFile file{attached->name, "", attached->length, attached->digest.hex(), ""};
    if (attached->entry == 0) file.sha256.clear();
    notes.emplace_back(tr("The file was saved from LINE by us, who say that it belongs to this message; LINE's download holds its place only."));
    files.push_back(std::move(file));
    return files;
  }
  for (const AttachedFile& held : message.files) {
    if (held.kind == "sticker" || held.kind == "call") continue;
    files.push_back({held.name, attachment_word(held.kind), 0, "", ""});
    notes.emplace_back(tr("LINE's download says that there was a file; the file itself is not held."));
  }
  return files;
}

std::vector<std::string> notes_of(Store& store, const MessageRecord& message) {
  std::vector<std::string> notes;
  if (message.flags & flag_unsent) notes.push_back(taken_back_words(store, message.id));
  if (message.flags & flag_memo)
    notes.emplace_back(message.flags & flag_confirmed ? tr("Our own note of what was said; the client answered a mail that confirms it.")
                                                      : tr("Our own note of what was said, not the other side's words."));
  if (message.flags & flag_auto) notes.emplace_back(tr("made by a machine"));
  if (message.flags & flag_bulk) notes.emplace_back(tr("sent to many (newsletter, mailing list)"));
  if (message.flags & flag_doubtful_time) notes.emplace_back(tr("The time it states is more than a day away from when it was received."));
  if (message.flags & flag_differs) notes.emplace_back(tr("another mail with this Message-ID says something else"));
  if (message.flags & flag_minute) notes.emplace_back(tr("The file it comes from states minutes and no seconds."));
  if (message.copies > 1) notes.push_back(trf("{} copies held", message.copies));
  return notes;
}

}  // namespace

std::string court_date(CivilDay day) {
  for (const Era& era : eras)
    if (day >= era.first) {
      const int year = day.year - era.first.year + 1;
      return fmt::format("{}{}年{}月{}日", era.name, year == 1 ? std::string("元") : std::to_string(year), day.month, day.day);
    }
  return fmt::format("{}年{}月{}日", day.year, day.month, day.day);
}

std::string whole_time(UtcSeconds sent, bool minute) {
  const std::string text = iso8601({sent, japan_offset_minutes});  // 2026-03-14T10:05:12+09:00
  const CivilDay day = civil_day(sent, japan_offset_minutes);
  const std::size_t gap = text.find('T');
  return fmt::format("{} ({}) {} {}", text.substr(0, gap), weekday_word(day), text.substr(gap + 1, minute ? 5 : 8), text.substr(gap + 9));
}

std::string last_of_path(std::string_view path) { return std::string(path.substr(path.find_last_of('/') + 1)); }

std::string person_text(const Person& person) {
  if (person.address.empty()) return person.name;
  return person.name.empty() ? person.address : person.name + " <" + person.address + ">";
}

ExhibitMessage compose(Store& store, const MessageRecord& message, std::string_view original) {
  ExhibitMessage out;
  out.time = whole_time(message.sent.utc, (message.flags & flag_minute) != 0);
  out.who = short_name(message.from);
  const auto field = [&](const char* label, std::string value) {
    if (!value.empty()) out.fields.emplace_back(label, std::move(value));
  };
  std::string channel = channel_word(message.channel);
  if ((message.flags & flag_memo) == 0) channel += tr(", ") + direction_word(message.direction);
  if (!message.account.empty()) channel += tr(", ") + message.account;
  if (message.channel == Channel::line) {
    // A talk has many messages and two sides: one line says it.
    field(tr("Channel"), trf("{0}: {1} → {2}", channel, person_text(message.from), people_text(message.to)));
  } else {
    field(tr("From"), person_text(message.from));
    field(tr("To"), people_text(message.to));
    field(tr("Cc"), people_text(message.cc));
    field(tr("Subject"), message.subject);
    field(tr("Channel"), channel);
  }
  if (message.sent.offset_minutes != japan_offset_minutes) field(tr("Date as written"), iso8601(message.sent));
  out.notes = notes_of(store, message);
  if (message.channel == Channel::line) {
    out.files = files_of_row(store, message, out.notes);
  } else {
    out.files = files_of_mail(original);
    field(tr("Came from"), trf("{0}, {1} bytes", last_of_path(message.source.name), original.size()));
    field("SHA-256", message.source.object.hex());
    field(tr("Id"), message.id.hex());
  }
  out.text = message.text;
  out.sections = message.sections;
  return out;
}

void compose_heading(Exhibit& exhibit, const std::vector<MessageRecord>& points, const std::string& chat_name) {
  const MessageRecord& first = points.front();
  const CivilDay begin = civil_day(first.sent.utc, japan_offset_minutes), end = civil_day(points.back().sent.utc, japan_offset_minutes);
  exhibit.original = "写し";
  exhibit.created = court_date(begin) + (begin == end ? "" : "〜" + court_date(end));
  if (first.flags & flag_memo) {
    exhibit.title = fmt::format("当方の記録（{}）", first.subject.empty() ? channel_word(first.channel) : first.subject);
    exhibit.author = first.from.name.empty() ? "当方" : first.from.name;
  } else if (first.channel == Channel::line) {
    exhibit.title = first.account.empty() ? fmt::format("LINEのトーク（相手「{}」）", chat_name) : fmt::format("LINEのトーク（アカウント「{}」、相手「{}」）", first.account, chat_name);
    std::vector<std::string> authors;
    // Who of the shop wrote is often unknown; the account always stands for it.
    for (const MessageRecord& point : points)
      if (const std::string name = point.direction != Direction::in && !point.account.empty() ? point.account : short_name(point.from); !name.empty() && std::find(authors.begin(), authors.end(), name) == authors.end()) authors.push_back(name);
    for (const std::string& author : authors) exhibit.author += (exhibit.author.empty() ? "" : "、") + author;
  } else {
    exhibit.title = first.subject.empty() ? "電子メール（件名なし）" : fmt::format("電子メール（件名「{}」）", first.subject);
    exhibit.author = short_name(first.from);
  }
}

}  // namespace genchi::evidence
