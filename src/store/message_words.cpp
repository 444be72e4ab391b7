#include "store/message_words.hpp"

#include <array>

#include "genchi/i18n.hpp"

namespace genchi {

std::string direction_word(Direction direction) {
  switch (direction) {
    case Direction::in: return tr("received");
    case Direction::out: return tr("sent");
    case Direction::automatic: break;
  }
  return tr("automatic");
}

std::string channel_word(Channel channel) {
  switch (channel) {
    case Channel::mail: return tr("mail");
    case Channel::line: return "LINE";
    case Channel::phone: return tr("phone");
    case Channel::meeting: return tr("meeting");
    case Channel::fax: return "FAX";
    case Channel::sms: return "SMS";
  }
  return "";
}

std::string memo_word(std::uint32_t flags) {
  if ((flags & flag_memo) == 0) return {};
  return flags & flag_confirmed ? tr("our memo, confirmed by the client") : tr("our memo");
}

std::string attachment_word(std::string_view kind) {
  if (kind == "photo") return tr("(photo)");
  if (kind == "video") return tr("(video)");
  if (kind == "voice") return tr("(voice message)");
  if (kind == "sticker") return tr("(sticker)");
  if (kind == "location") return tr("(location)");
  if (kind == "contact") return tr("(contact)");
  if (kind == "call") return tr("(call)");
  return tr("(file)");
}

std::string weekday_word(CivilDay day) {
  const std::array<const char*, 7> names{tr("Mon"), tr("Tue"), tr("Wed"), tr("Thu"), tr("Fri"), tr("Sat"), tr("Sun")};
  const std::int64_t since_monday = (days_from_civil(day) + 3) % 7;  // 1970-01-01 was a Thursday
  return names[static_cast<std::size_t>((since_monday + 7) % 7)];
}

namespace {

std::string made(UtcSeconds utc) { return display_time(utc, japan_offset_minutes); }

}  // namespace

std::string taken_back_words(Store& store, const Sha256& id) {
  std::string out = tr("taken back by its sender");
  const auto taken = store.catalogue().taken_back(id);
  if (!taken) return out;
  if (taken->held && taken->noted) out += trf(", between the downloads of {} and {}", made(*taken->held), made(*taken->noted));
  else if (taken->noted) out += trf(", before the download of {}", made(*taken->noted));
  using Held = catalogue::TakenBack::Words;
  if (taken->words == Held::never_held) return out + tr("; no download has its words");
  if (taken->words == Held::erased) return out + tr("; its words were erased");
  return taken->what == catalogue::UnsentWords::keep ? out : out + tr("; its words are in an earlier download and are not shown ([account] unsend)");
}

}  // namespace genchi
