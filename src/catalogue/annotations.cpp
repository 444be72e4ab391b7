// Annotations: their rows in the journal, and what is asked of them.
#include "catalogue/annotations.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>

#include "base/bytes.hpp"
#include "base/json.hpp"
#include "catalogue/impl.hpp"

namespace genchi::catalogue {
namespace {

using nlohmann::json;

constexpr std::array<std::string_view, 10> whats{"state", "mark", "assignee", "tag", "field", "note", "mark-name", "reminded", "confirmation", "attached"};

constexpr const char* columns = "seq, time, what, target, name, value, by";

Annotation read_row(const Statement& s) {
  return {s.integer(0), s.integer(1), static_cast<Annotation::What>(s.integer(2)), std::string(s.text(3)), std::string(s.text(4)), std::string(s.text(5)), std::string(s.text(6))};
}

}  // namespace

std::string_view what_name(Annotation::What what) { return whats[static_cast<std::size_t>(what)]; }

std::string to_payload(const Annotation& annotation) {
  json out{{"annotation", what_name(annotation.what)}, {"value", annotation.value}};
  if (!annotation.target.empty()) out["target"] = annotation.target;
  if (!annotation.name.empty()) out["name"] = annotation.name;
  if (!annotation.by.empty()) out["by"] = annotation.by;
  return json_text(out, NotUtf8::refused);
}

std::optional<Annotation> read_annotation(std::string_view payload) {
  const json in = parse_json(payload);
  if (!in.is_object()) return std::nullopt;
  const auto text = [&](const char* key) {
    const auto found = in.find(key);
    return found != in.end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  const auto what = std::find(whats.begin(), whats.end(), text("annotation"));
  if (what == whats.end()) return std::nullopt;
  Annotation annotation;
  annotation.what = static_cast<Annotation::What>(what - whats.begin());
  annotation.target = text("target");
  annotation.name = text("name");
  annotation.value = text("value");
  annotation.by = text("by");
  return annotation;
}

void Catalogue::Impl::apply_annotation(const JournalRow& row) {
  auto annotation = read_annotation(row.payload);
  if (!annotation) return;
  // A note's first version names its later ones.
  if (annotation->what == Annotation::What::note && annotation->name.empty()) annotation->name = std::to_string(row.seq);
  db.prepare("INSERT OR IGNORE INTO annotation VALUES(?,?,?,?,?,?,?)")
      .bind(row.seq, row.time, static_cast<int>(annotation->what), annotation->target, annotation->name, annotation->value, annotation->by).run();
  if (annotation->what == Annotation::What::attached) mark_attached(annotation->target);
}

std::vector<std::string> Catalogue::targets_of(const std::vector<std::string>& identifiers) const {
  std::vector<std::string> out = identifiers;
  Statement aliases = impl_->db.prepare("SELECT a.key FROM chat c JOIN chat_alias a ON a.chat=c.id WHERE c.key=?");
  for (const std::string& identifier : identifiers) {
    if (!identifier.starts_with("chat:")) continue;
    for (aliases.bind(identifier.substr(5)); aliases.step();) out.push_back("chat:" + std::string(aliases.text(0)));
  }
  return out;
}

std::vector<std::string> Catalogue::targets_of(const Sha256& message) const {
  std::vector<std::string> out{"message:" + message.hex()};
  Statement s = impl_->db.prepare("SELECT hash FROM message_alias WHERE message=(SELECT id FROM message WHERE hash=?)");
  for (s.bind(Statement::Blob{message.view()}); s.step();) out.push_back("message:" + to_hex(s.blob(0)));
  return out;
}

std::vector<std::string> Catalogue::targets_of_conversation(const Sha256& message) const {
  // Written on any of its messages. There are few such rows, and a conversation may have many messages.
  std::vector<std::string> out;
  Statement of = impl_->db.prepare("SELECT conversation FROM message WHERE hash=?1 UNION ALL SELECT m.conversation FROM message_alias a JOIN message m ON m.id=a.message WHERE a.hash=?1 LIMIT 1");
  const auto conversation = [&](const Sha256& id) -> std::optional<std::int64_t> {
    if (!of.bind(Statement::Blob{id.view()}).step() || of.is_null(0)) return std::nullopt;
    return of.integer(0);
  };
  const auto wanted = conversation(message);
  Statement s = impl_->db.prepare("SELECT DISTINCT target FROM annotation WHERE target>='conversation:' AND target<'conversation;'");
  while (s.step()) {
    const std::string target(s.text(0));
    const auto id = Sha256::from_hex(target.substr(target.find(':') + 1));
    if (id && wanted && conversation(*id) == wanted) out.push_back(target);
  }
  return out;
}

std::vector<Annotation> Catalogue::annotations(const std::vector<std::string>& targets) const {
  std::vector<Annotation> out;
  Statement s = impl_->db.prepare(std::string("SELECT ") + columns + " FROM annotation WHERE target=?");
  for (const std::string& target : targets)
    for (s.bind(target); s.step();) out.push_back(read_row(s));
  std::sort(out.begin(), out.end(), [](const Annotation& a, const Annotation& b) { return a.seq < b.seq; });
  return out;
}

void Catalogue::annotations(Annotation::What what, const std::function<void(const Annotation&)>& each) const {
  Statement s = impl_->db.prepare(std::string("SELECT ") + columns + " FROM annotation WHERE what=? ORDER BY seq");
  for (s.bind(static_cast<int>(what)); s.step();) each(read_row(s));
}

std::vector<Sha256> Catalogue::conversation_of(const Sha256& message, std::size_t limit) const {
  std::vector<Sha256> out;
  Statement s = impl_->db.prepare(
      "SELECT hash FROM message WHERE conversation=(SELECT conversation FROM message WHERE hash=?1 UNION ALL SELECT m.conversation FROM message_alias a "
      "JOIN message m ON m.id=a.message WHERE a.hash=?1 LIMIT 1) AND shown_as IS NULL ORDER BY sent, hash LIMIT ?2");
  for (s.bind(Statement::Blob{message.view()}, static_cast<std::int64_t>(limit)); s.step();)
    if (const auto id = Sha256::from_bytes(s.blob(0))) out.push_back(*id);
  return out;
}

std::optional<Sha256> Catalogue::current_id(const Sha256& message) const {
  Statement& s = impl_->db.cached("SELECT hash FROM message WHERE hash=?1 UNION ALL SELECT m.hash FROM message_alias a JOIN message m ON m.id=a.message WHERE a.hash=?1 LIMIT 1");
  std::optional<Sha256> id;
  if (s.bind(Statement::Blob{message.view()}).step()) id = Sha256::from_bytes(s.blob(0));
  s.reset();
  return id;
}

}  // namespace genchi::catalogue
