#include "genchi/import.hpp"

#include "genchi/finding.hpp"
#include "genchi/message.hpp"

namespace genchi {

std::string_view kind_name(SourceKind kind) {
  switch (kind) {
    case SourceKind::mbox: return "mbox";
    case SourceKind::maildir: return "maildir";
    case SourceKind::eml: return "eml";
    case SourceKind::line_oa: return "line-oa";
    case SourceKind::memo: return "memo";
    case SourceKind::media: return "media";
    case SourceKind::line_talk: return "line-talk";
    case SourceKind::unknown: break;
  }
  return "unknown";
}

SourceKind kind_from_name(std::string_view name) {
  for (const SourceKind kind : {SourceKind::mbox, SourceKind::maildir, SourceKind::eml, SourceKind::line_oa, SourceKind::line_talk, SourceKind::memo, SourceKind::media})
    if (kind_name(kind) == name) return kind;
  return SourceKind::unknown;
}

namespace {

struct ChannelNames {
  Channel channel;
  std::string_view name;
  std::string_view japanese[3];
};
constexpr ChannelNames channel_names[] = {
    {Channel::mail, "mail", {"メール", "電子メール", "email"}}, {Channel::line, "line", {"ライン", "LINE", ""}},
    {Channel::phone, "phone", {"電話", "TEL", ""}},            {Channel::meeting, "meeting", {"打合せ", "打ち合わせ", "面談"}},
    {Channel::fax, "fax", {"FAX", "ファックス", ""}},          {Channel::sms, "sms", {"SMS", "ショートメッセージ", ""}},
};

}  // namespace

std::string_view channel_name(Channel channel) {
  for (const auto& row : channel_names)
    if (row.channel == channel) return row.name;
  return "";
}

std::optional<Channel> channel_from_name(std::string_view name) {
  if (name.empty()) return std::nullopt;
  for (const auto& row : channel_names) {
    if (row.name == name) return row.channel;
    for (const auto other : row.japanese)
      if (other == name) return row.channel;
  }
  return std::nullopt;
}

std::string_view direction_name(Direction direction) {
  switch (direction) {
    case Direction::in: return "in";
    case Direction::out: return "out";
    case Direction::automatic: break;
  }
  return "auto";
}

std::string_view area_name(Area area) {
  switch (area) {
    case Area::journal: return "journal";
    case Area::objects: return "objects";
    case Area::originals: return "originals";
    case Area::catalogue: return "catalogue";
    case Area::index: return "index";
    case Area::settings: return "settings";
    case Area::files: break;
  }
  return "files";
}

std::string_view severity_name(Severity severity) { return severity == Severity::damage ? "damage" : "note"; }

}  // namespace genchi
