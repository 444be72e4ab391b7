#include "cli/written.hpp"

#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "base/bytes.hpp"
#include "genchi/i18n.hpp"
#include "text/fold.hpp"
#include "text/width.hpp"

namespace genchi::cli {

using catalogue::Annotation;

namespace {

constexpr std::array marks_of_liny{"未確認", "確認済み", "質問(低)", "質問(中)", "アカウントトラブル", "問い合わせ", "要アプローチ", "クレーム"};
// A mark, tag or assignee on a conversation counts for so many of its messages.
constexpr std::size_t most_of_conversation = 10'000;

void take_in(Written& written, const Annotation& a, const Marks& marks) {
  switch (a.what) {
    case Annotation::What::state:
      written.state = a.value;
      written.state_time = a.time;
      break;
    case Annotation::What::mark: written.mark = marks.name(a.value); break;
    case Annotation::What::assignee: written.assignee = a.value; break;
    case Annotation::What::tag: {
      const auto at = std::lower_bound(written.tags.begin(), written.tags.end(), a.name);
      const bool there = at != written.tags.end() && *at == a.name;
      if (there && a.value.empty()) written.tags.erase(at);
      else if (!there && !a.value.empty()) written.tags.insert(at, a.name);
      break;
    }
    default: break;
  }
}

}  // namespace

Written written_of(const std::vector<Annotation>& all, const Marks& marks) {
  Written written;
  for (const Annotation& a : all) take_in(written, a, marks);
  return written;
}

void add_written_keys(nlohmann::ordered_json& row, const Written& written) {
  const auto or_null = [](const std::string& text) { return text.empty() ? nlohmann::ordered_json(nullptr) : nlohmann::ordered_json(text); };
  row["state"] = or_null(written.state);
  row["mark"] = or_null(written.mark);
  row["assignee"] = or_null(written.assignee);
  row["tags"] = written.tags;
}

std::vector<Note> notes_of(const std::vector<Annotation>& all) {
  std::vector<Note> notes;
  for (const Annotation& a : all) {
    if (a.what != Annotation::What::note) continue;
    const auto at = std::find_if(notes.begin(), notes.end(), [&](const Note& note) { return note.number == a.name; });
    if (at == notes.end()) notes.push_back({a.name, {a}});
    else at->versions.push_back(a);
  }
  return notes;
}

std::vector<std::pair<std::string, std::string>> fields_of(const std::vector<Annotation>& all) {
  std::vector<std::pair<std::string, std::string>> fields;
  for (const Annotation& a : all) {
    if (a.what != Annotation::What::field) continue;
    const auto at = std::find_if(fields.begin(), fields.end(), [&](const auto& field) { return field.first == a.name; });
    if (at != fields.end() && a.value.empty()) fields.erase(at);
    else if (at != fields.end()) at->second = a.value;
    else if (!a.value.empty()) fields.emplace_back(a.name, a.value);
  }
  return fields;
}

Marks::Marks(Store& store) {
  for (const char* name : marks_of_liny) marks_.push_back({static_cast<int>(marks_.size()) + 1, name});
  store.catalogue().annotations(Annotation::What::mark_name, [&](const Annotation& named) {
    const auto at = std::find_if(marks_.begin(), marks_.end(), [&](const Mark& mark) { return std::to_string(mark.number) == named.name; });
    if (at != marks_.end()) at->name = named.value;
    else if (named.name == std::to_string(marks_.size() + 1)) marks_.push_back({static_cast<int>(marks_.size()) + 1, named.value});
  });
}

std::string Marks::name(std::string_view number) const {
  for (const Mark& mark : marks_)
    if (std::to_string(mark.number) == number) return mark.name;
  return {};
}

const Marks::Mark* Marks::find(std::string_view name) const {
  const std::string wanted = fold(name);
  for (const Mark& mark : marks_)
    if (fold(mark.name) == wanted) return &mark;
  return nullptr;
}

std::string Marks::list() const {
  std::string out;
  for (const Mark& mark : marks_) out += (out.empty() ? "" : tr(", ")) + mark.name;
  return out;
}

WrittenBook::WrittenBook(Store& store) : store_(store), marks_(store) {
  const auto target_of = [&](const Annotation& a) {
    if (!a.target.starts_with("message:")) return a.target.starts_with("conversation:") ? a.target : store.catalogue().head_of(a.target);
    const auto id = Sha256::from_hex(a.target.substr(a.target.find(':') + 1));
    const auto current = id ? store.catalogue().current_id(*id) : std::nullopt;
    return current ? "message:" + current->hex() : a.target;
  };
  for (const auto what : {Annotation::What::state, Annotation::What::mark, Annotation::What::assignee, Annotation::What::tag})
    store.catalogue().annotations(what, [&](const Annotation& a) { take_in(by_target_[target_of(a)], a, marks_); });
}

const Written& WrittenBook::of(const std::string& target) const {
  static const Written nothing;
  const auto at = by_target_.find(target);
  return at == by_target_.end() ? nothing : at->second;
}

bool WrittenBook::fits(const Written& written, std::string_view field, std::string_view folded, std::string_view mark) const {
  if (field == "assignee") return !written.assignee.empty() && (folded.empty() || find_folded(fold(written.assignee), folded) != std::string_view::npos);
  if (field == "tag") return std::any_of(written.tags.begin(), written.tags.end(), [&](const std::string& tag) { return fold(tag) == folded; });
  return mark == "open" || mark == "done" ? written.state == mark : !mark.empty() && written.mark == mark;
}

index::Annotated WrittenBook::find(std::string_view field, std::string_view value) const {
  index::Annotated out;
  std::string mark = state_named(value);
  if (field == "mark" && mark.empty()) {
    const Marks::Mark* named = marks_.find(value);
    if (!named) {
      out.wrong = trf("Marks are: {}", marks_.list() + tr(", ") + "要対応" + tr(", ") + "対応済み");
      return out;
    }
    mark = named->name;
  }
  out.others = field == "assignee" && (value == "-" || value == "なし");
  const std::string folded = out.others ? std::string() : fold(value);
  for (const auto& [target, written] : by_target_) {
    if (!fits(written, field, folded, mark)) continue;
    const auto id = Sha256::from_hex(target.substr(target.find(':') + 1));
    if (target.starts_with("message:") && id) {
      out.messages.push_back(*id);
    } else if (target.starts_with("conversation:") && id) {
      const auto all = store_.catalogue().conversation_of(*id, most_of_conversation);
      out.messages.insert(out.messages.end(), all.begin(), all.end());
    } else {
      const std::vector<std::string> members = store_.catalogue().members_of(target);
      out.identifiers.insert(out.identifiers.end(), members.begin(), members.end());
    }
  }
  return out;
}

std::string state_word(std::string_view state) {
  if (state == "open") return tr("needs us");
  return state == "done" ? tr("dealt with") : "";
}

std::string state_named(std::string_view written) {
  const std::string folded = fold(written);
  for (const auto& [word, state] : {std::pair("要対応", "open"), std::pair("対応済み", "done"), std::pair("対応済", "done"), std::pair("open", "open"),
                                    std::pair("done", "done")})
    if (folded == fold(word)) return state;
  return {};
}

void require_words(const std::string& written) {
  std::string shown = for_terminal(written);
  for (std::size_t at; (at = shown.find("\u3000")) != std::string::npos;) shown.erase(at, std::string_view("\u3000").size());
  if (display_width(trim(shown)) == 0) throw Error(tr("there are no words in it"));
}

void require_name(const std::string& written) {
  require_words(written);
  if (fold(written).empty()) throw Error(trf("\"{}\" has no letter or figure", for_terminal(written)), tr("It is found by them."));
}

std::string who_am_i(const Context& context, const std::string& by) {
  if (!by.empty()) return by;
  if (context.settings.name) return *context.settings.name;
  const passwd* user = ::getpwuid(::getuid());
  return user && user->pw_name ? user->pw_name : "";
}

}  // namespace genchi::cli
