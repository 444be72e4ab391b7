// Talks of the LINE app in the catalogue: what people said of them, their rows, and the account they belong to.
#include <nlohmann/json.hpp>

#include "base/json.hpp"
#include "catalogue/impl.hpp"
#include "importers/line_oa/talks.hpp"
#include "importers/line_talk/talk.hpp"

namespace genchi::catalogue {
namespace {

using nlohmann::json;

std::vector<std::string> texts(const json& payload, const char* key) {
  std::vector<std::string> out;
  if (const auto at = payload.find(key); at != payload.end() && at->is_array())
    for (const auto& one : *at)
      if (one.is_string()) out.push_back(one.get<std::string>());
  return out;
}

std::string text(const json& payload, const char* key) {
  const auto at = payload.find(key);
  return at != payload.end() && at->is_string() ? at->get<std::string>() : std::string();
}

} // namespace

std::string pack_choices(const talk::Choices& choices) {
  json payload = json::object();
  if (!choices.me.empty()) payload["me"] = choices.me;
  if (!choices.names.empty()) payload["names"] = choices.names;
  if (choices.dates == talk::DateOrder::month_first) payload["dates"] = "month-first";
  if (choices.dates == talk::DateOrder::day_first) payload["dates"] = "day-first";
  return json_text(payload, NotUtf8::replaced);
}

talk::Choices unpack_choices(std::string_view packed) {
  talk::Choices choices;
  const json payload = parse_json(packed);
  if (!payload.is_object()) return choices;
  choices.me = texts(payload, "me");
  choices.names = texts(payload, "names");
  const std::string dates = text(payload, "dates");
  if (dates == "month-first") choices.dates = talk::DateOrder::month_first;
  if (dates == "day-first") choices.dates = talk::DateOrder::day_first;
  return choices;
}

talk::Choices Catalogue::talk_choices(const Sha256& digest) const {
  Statement s = impl_->db.prepare("SELECT payload FROM talk_choice WHERE digest=?");
  return s.bind(Statement::Blob{digest.view()}).step() ? unpack_choices(s.text(0)) : talk::Choices();
}

void Catalogue::line_rows(std::string_view account, const std::function<void(const LineRow&)>& fn) const {
  Statement s = impl_->db.prepare("SELECT m.chat, m.sent, m.direction, l.content FROM message m JOIN line_row l ON l.message=m.id WHERE m.account=?");
  for (s.bind(account); s.step();)
    fn({s.integer(0), s.integer(1), static_cast<Direction>(s.integer(2)) != Direction::in, static_cast<std::uint64_t>(s.integer(3))});
}

std::string Catalogue::account_of_talk(const Sha256& digest) const {
  Statement s = impl_->db.prepare("SELECT account FROM export WHERE digest=? AND talk IS NOT NULL ORDER BY given DESC, entry");
  return s.bind(Statement::Blob{digest.view()}).step() ? std::string(s.text(0)) : std::string();
}

std::optional<SourceRef> Catalogue::also_in(const Sha256& id) const {
  Statement s = impl_->db.prepare("SELECT a.entry, a.offset, a.length FROM also_in a JOIN message m ON m.id=a.message WHERE m.hash=?");
  if (!s.bind(Statement::Blob{id.view()}).step()) return std::nullopt;
  const auto original = impl_->entry(s.integer(0));
  if (!original) return std::nullopt;
  return SourceRef{original->digest, static_cast<std::uint64_t>(s.integer(1)), static_cast<std::uint64_t>(s.integer(2)), impl_->source_of(*original)};
}

void Catalogue::Impl::add_talk(const Entry& entry, std::string_view bytes, const std::string& given_account) {
  Statement chosen = db.prepare("SELECT payload FROM talk_choice WHERE digest=?");
  const auto choices = chosen.bind(Statement::Blob{entry.digest.view()}).step() ? unpack_choices(chosen.text(0)) : talk::Choices();
  chosen.reset();
  const auto read = talk::parse_talk(bytes, entry.member, choices);
  // Without what a person has to say nothing of it is anybody's; import takes none without.
  if (!read || read->side_unknown || read->names_unknown || read->dates_unknown) return;
  std::vector<HeldRow> rows;
  rows.reserve(read->rows.size());
  for (const auto& row : read->rows) {
    rows.push_back(held_row(talk::as_line_row(row, read->own, japan_offset_minutes)));
    // LINE's own words are in the language of the phone: they say nothing about which chat it is.
    if (rows.back().automatic) rows.back().key.characters = 0;
  }
  note_erased(entry, rows);
  std::optional<UtcSeconds> saved;
  if (read->saved) saved = utc_from_civil(*read->saved, read->saved_minute / 60, read->saved_minute % 60, 0, japan_offset_minutes);
  const std::string home = given_account.empty() ? std::string(account_of_talks) : given_account;
  json how{{"family", read->family == talk::Family::pc ? "pc" : "mobile"}, {"charset", read->charset}, {"own", read->own}};
  if (read->family == talk::Family::pc) how["names"] = read->senders;
  const auto [first, last] = first_and_last(rows);
  db.prepare("INSERT INTO export VALUES(?,?,?,?,?,NULL,?,?,?,?,?,NULL,?,?,?,?,NULL,?,?)")
      .bind(entry.id, Statement::Blob{entry.digest.view()}, home, entry.member, talk::chat_name(*read), saved, japan_offset_minutes, read->locale,
            static_cast<std::int64_t>(read->preamble_length), static_cast<std::int64_t>(rows.size()), first, last,
            home, !given_account.empty(), json_text(how, NotUtf8::replaced), Statement::Blob{pack_rows(rows)})
      .run();
}

void Catalogue::Impl::apply_talk_choice(std::string_view payload_text) {
  const json payload = parse_json(payload_text);
  const auto digest = payload.is_object() ? Sha256::from_hex(text(payload, "talk")) : std::nullopt;
  if (!digest) return;
  db.prepare("INSERT OR REPLACE INTO talk_choice VALUES(?,?)").bind(Statement::Blob{digest->view()}, pack_choices(unpack_choices(payload_text))).run();
  std::vector<EntryId> held;
  Statement s = db.prepare("SELECT entry FROM export WHERE digest=? AND talk IS NOT NULL");
  for (s.bind(Statement::Blob{digest->view()}); s.step();) held.push_back(s.integer(0));
  s.reset();
  for (const EntryId id : held) {
    const auto original = entry(id);
    const auto import = original ? archive.import_of(original->import) : std::nullopt;
    if (!import) continue;
    // Those of its chat are grouped anew.
    db.prepare("UPDATE export SET chat=NULL WHERE chat=(SELECT chat FROM export WHERE entry=?)").bind(id).run();
    db.prepare("DELETE FROM export WHERE entry=?").bind(id).run();
    add_export(*original, import->account);
  }
}

std::vector<line::Row> Catalogue::Impl::read_talk_rows(const Entry& entry, std::string_view how, const std::vector<RowPlace>& places) const {
  const json read = parse_json(how);
  const auto family = text(read, "family") == "pc" ? talk::Family::pc : talk::Family::mobile;
  const std::string charset = text(read, "charset");
  const auto ours = texts(read, "own"), names = texts(read, "names");
  // Rows lie close to each other, but for day lines: read together what is not far apart.
  constexpr std::uint64_t near = 4096, most = 1 << 20;
  std::vector<line::Row> out;
  for (std::size_t i = 0; i < places.size();) {
    const std::uint64_t begin = places[i].offset;
    std::uint64_t end = begin + places[i].length;
    auto next = i + 1;
    while (next < places.size() && places[next].offset >= end && places[next].offset - end <= near && end - begin < most) {
      end = places[next].offset + places[next].length;
      ++next;
    }
    const std::string bytes = archive.read(entry, begin, end - begin);
    for (; i < next; ++i) {
      const auto row = std::string_view(bytes).substr(places[i].offset - begin, places[i].length);
      out.push_back(talk::as_line_row(talk::read_row(row, family, charset, names), ours, japan_offset_minutes));
    }
  }
  return out;
}

/// A talk that no account was given for belongs to the account of the chat that it coincides with. All talks and all
/// downloads count, so the order of imports does not matter.
void Catalogue::Impl::settle_talk_accounts() {
  if (!db.query_integer("SELECT 1 FROM export WHERE chat IS NULL LIMIT 1")) return;
  std::vector<EntryId> entries;
  std::vector<line::ExportFile> talks;
  Statement s = db.prepare("SELECT entry, digest, chat_name, downloaded, rows FROM export WHERE NOT given ORDER BY entry");
  while (s.step()) {
    line::ExportFile file;
    file.digest = *Sha256::from_bytes(s.blob(1));
    file.order = static_cast<std::uint64_t>(s.integer(0));
    file.chat_name = s.text(2);
    if (!s.is_null(3)) file.downloaded = s.integer(3);
    file.rows = unpack_keys(s.blob(4));
    file.minutes = true;
    entries.push_back(s.integer(0));
    talks.push_back(std::move(file));
  }
  s.reset();
  if (talks.empty()) return;
  const auto groups = line::group_chats(talks);
  std::vector<line::HomeOfTalk> homes(groups.size());
  for (std::size_t g = 0; g < groups.size(); ++g)
    for (const auto f : groups[g].files) homes[g].add(talks[f].rows);
  std::vector<std::string> accounts;
  Statement downloads = db.prepare("SELECT account, rows FROM export WHERE talk IS NULL ORDER BY account");
  while (downloads.step()) {
    if (accounts.empty() || accounts.back() != downloads.text(0)) accounts.emplace_back(downloads.text(0));
    const auto rows = unpack_keys(downloads.blob(1));
    for (auto& home : homes) home.compare(static_cast<std::uint32_t>(accounts.size() - 1), rows);
  }
  downloads.reset();
  Statement moves = db.prepare("SELECT 1 FROM export WHERE entry=? AND account!=?");
  for (std::size_t g = 0; g < groups.size(); ++g) {
    const auto pool = homes[g].pool();
    const std::string account = pool ? accounts[*pool] : std::string(account_of_talks);
    for (const auto f : groups[g].files) {
      const bool moved = moves.bind(entries[f], account).step();
      moves.reset();
      if (!moved) continue;
      db.prepare("UPDATE export SET chat=NULL WHERE chat=(SELECT chat FROM export WHERE entry=?)").bind(entries[f]).run();
      db.prepare("UPDATE export SET account=?, chat=NULL WHERE entry=?").bind(account, entries[f]).run();
    }
  }
}

} // namespace genchi::catalogue
