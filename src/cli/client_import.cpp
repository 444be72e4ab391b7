// genchi clients import: what a friend list of Liny, Lステップ, エルメ or one's own says goes to the clients it fits.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <unordered_map>

#include "base/files.hpp"
#include "cli/client_edit.hpp"
#include "cli/message_view.hpp"
#include "cli/watched.hpp"
#include "genchi/i18n.hpp"
#include "importers/friend_list/friend_list.hpp"
#include "store/friend_match.hpp"
#include "text/fold.hpp"
#include "text/width.hpp"

namespace genchi::cli {
namespace {

using catalogue::Annotation;
using catalogue::Client;
using friends::FriendRow;
using nlohmann::ordered_json;
using What = Annotation::What;

struct ImportCommand {
  std::string file, account, by;
  bool dry_run = false;
  int wait = 10;
};

std::vector<FriendTarget> targets_of(Store& store, const std::vector<Client>& clients) {
  std::vector<FriendTarget> out;
  for (const Client& client : clients) {
    FriendTarget target;
    target.number = client.number;
    target.addresses = client.addresses;
    target.names = client.names;
    target.names.push_back(client.name);
    for (const std::string& identifier : client.identifiers) {
      if (!identifier.starts_with("chat:")) continue;
      const auto chat = store.catalogue().chat_names(identifier);
      for (const std::string& name : chat.names) std::erase(target.names, name);
      target.chats.push_back({chat.account, chat.names});
    }
    if (client.named) target.names.push_back(client.name);
    for (const auto& [name, value] : fields_of(store, client))
      if (is_phone_field(name)) target.phones.push_back(value);
    out.push_back(std::move(target));
  }
  return out;
}

/// The account that the list is of, as it is called in the archive; "" if there is none. A display name alone tells friends
/// of one account apart, not those of several: then somebody has to say which.
std::string account_of_list(const std::vector<FriendTarget>& targets, const std::string& written) {
  std::set<std::string> held;
  for (const FriendTarget& target : targets)
    for (const FriendTarget::Chat& chat : target.chats) held.insert(chat.account);
  const bool exact = held.contains(written);
  if (!exact && !written.empty()) std::erase_if(held, [&](const std::string& account) { return !is_account(account, written); });
  if (held.empty() && !written.empty()) throw Error(trf("no LINE account is called \"{}\"", for_terminal(written)), tr("`genchi status` lists them."), ExitCode::nothing_found);
  if (exact || held.empty()) return written;
  if (held.size() == 1) return *held.begin();
  std::string names;
  for (const std::string& account : held) names += (names.empty() ? "" : tr(", ")) + for_terminal(account);
  throw Error(tr("the list is of one LINE account, and several are held"), trf("Say --account, which is one of: {}", names));
}

/// What of a row is not held yet, as annotations of the client.
class RowWriter {
 public:
  explicit RowWriter(Store& store) : store_(store), written_(store) {
    for (const Marks::Mark& mark : written_.marks().all()) marks_.push_back(mark);
  }

  std::vector<Annotation> annotations(const FriendRow& row, const Client& client) {
    std::vector<Annotation> out;
    const Written& held = written_.of(client.identifiers.front());
    const auto add = [&](What what, const std::string& value, const std::string& name = {}) {
      Annotation one;
      one.what = what;
      one.target = what == What::mark_name ? std::string() : client.identifiers.front();
      one.value = value;
      one.name = name;
      out.push_back(std::move(one));
    };
    if (!row.mark.empty() && fold(row.mark) != fold(held.mark)) {
      const std::string state = state_named(row.mark);
      if (state.empty()) add(What::mark, mark_number(row.mark, add));
      else if (state != held.state) add(What::state, state);
    }
    if (!row.assignee.empty() && row.assignee != held.assignee) add(What::assignee, row.assignee);
    for (const friends::Tag& tag : row.tags)
      if (std::none_of(held.tags.begin(), held.tags.end(), [&](const std::string& each) { return fold(each) == fold(tag.label); })) add(What::tag, "1", tag.label);
    const auto fields = fields_of(store_, client);
    const auto add_field = [&](const std::string& name, const std::string& value) {
      if (name.empty() || value.empty() || std::find(fields.begin(), fields.end(), std::pair(name, value)) != fields.end()) return;
      add(What::field, value, name);
    };
    add_field("本名", row.real_name);
    for (const friends::Field& field : row.fields)
      if (row.assignee.empty() || field.value != row.assignee) add_field(field.label, field.value);
    if (!row.memo.empty() && !has_note(client, row.memo)) add(What::note, row.memo);
    return out;
  }

 private:
  /// A mark that there is not is one of one's own from now on.
  template <typename Add> std::string mark_number(const std::string& name, const Add& add) {
    const auto held = std::find_if(marks_.begin(), marks_.end(), [&](const Marks::Mark& mark) { return fold(mark.name) == fold(name); });
    if (held != marks_.end()) return std::to_string(held->number);
    const std::string number = std::to_string(marks_.size() + 1);
    marks_.push_back({static_cast<int>(marks_.size()) + 1, name});
    add(What::mark_name, name, number);
    return number;
  }
  bool has_note(const Client& client, const std::string& text) const {
    const auto all = store_.catalogue().annotations(store_.catalogue().targets_of(client.identifiers));
    return std::any_of(all.begin(), all.end(), [&](const Annotation& each) { return each.what == What::note && each.value == text; });
  }

  Store& store_;
  WrittenBook written_;
  std::vector<Marks::Mark> marks_;
};

std::string row_name(const FriendRow& row) {
  for (const std::string* name : {&row.display_name, &row.line_name, &row.system_name, &row.real_name, &row.id})
    if (!name->empty()) return *name;
  return {};
}

std::string outcome_word(const FriendMatch& match) {
  switch (match.outcome) {
    case FriendMatch::Outcome::one: return tr("fits");
    case FriendMatch::Outcome::several: return trn("{} client may be meant", "{} clients may be meant", match.candidate_count);
    case FriendMatch::Outcome::disagree: return tr("one thing points to one client, another to another");
    case FriendMatch::Outcome::shared: return tr("another row points to the same client");
    case FriendMatch::Outcome::none: break;
  }
  return tr("no client");
}

std::string evidence_word(FriendEvidence evidence) {
  switch (evidence) {
    case FriendEvidence::address: return tr("mail address");
    case FriendEvidence::phone: return tr("phone number");
    case FriendEvidence::line_name: return tr("LINE name");
    case FriendEvidence::full_name: break;
  }
  return tr("full name");
}

class Printer {
 public:
  Printer(Context& context, const std::vector<Client>& clients) : out_(context.out) {
    for (const Client& client : clients) names_.emplace(client.number, client.name);
  }

  void print(const FriendRow& row, const FriendMatch& match, std::size_t written) {
    const std::string name = row_name(row);
    if (!out_.is_text()) {
      ordered_json json{{"line", row.line}, {"friend", name.empty() ? ordered_json(nullptr) : ordered_json(name)}, {"outcome", outcome_name(match.outcome)}};
      json["clients"] = ordered_json::array();
      for (const FriendCandidate& each : match.candidates) {
        ordered_json one{{"id", each.client}, {"name", names_[each.client]}, {"by", ordered_json::array()}};
        for (const FriendEvidence evidence : each.by) one["by"].push_back(evidence_name(evidence));
        json["clients"].push_back(std::move(one));
      }
      json["written"] = written;
      out_.row(json);
      return;
    }
    std::string line = trf("line {}", row.line) + "  " + for_terminal(name) + "  ";
    if (match.outcome == FriendMatch::Outcome::one) {
      std::string by;
      for (const FriendEvidence evidence : match.candidates.front().by) by += (by.empty() ? "" : tr(", ")) + evidence_word(evidence);
      line += "→ " + for_terminal(names_[match.candidates.front().client]) + " (" + std::to_string(match.candidates.front().client) + ", " + by + ")  " +
              (written == 0 ? std::string(tr("nothing new")) : trn("{} entry", "{} entries", written));
    } else {
      line += outcome_word(match);
      std::string candidates;
      for (const FriendCandidate& each : match.candidates) candidates += (candidates.empty() ? ": " : tr(", ")) + for_terminal(names_[each.client]) + " (" + std::to_string(each.client) + ")";
      line += candidates;
    }
    out_.line(line);
  }

 private:
  Output& out_;
  std::map<std::int64_t, std::string> names_;
};

ExitCode run_import(Context& context, const ImportCommand& command) {
  const friends::FriendListLimits limits;
  const friends::FriendList list = friends::read_friend_list(read_file(command.file, limits.max_file_bytes));
  const std::string file = display_path(command.file);
  if (!list.refused.empty())
    throw Error(file + ": " + list.refused.translated(), tr("Friend lists are those of Liny, Lステップ and エルメ, or a CSV with a row of headings. Chats go in with `genchi import`."));
  if (!command.dry_run) write_to_the_end();
  Store store = command.dry_run ? context.open() : context.open_for_writing(/*create=*/false, command.wait);
  if (!command.dry_run) store.catch_up(nullptr, interrupted);
  const std::vector<Client> clients = store.catalogue().clients();
  const std::vector<FriendTarget> targets = targets_of(store, clients);
  const std::vector<FriendMatch> matches = match_friends(list.rows, targets, account_of_list(targets, command.account));
  RowWriter writer(store);
  std::unordered_map<std::int64_t, const Client*> by_number;
  for (const Client& client : clients) by_number.emplace(client.number, &client);
  Printer printer(context, clients);
  std::size_t found = 0;
  for (std::size_t i = 0; i < list.rows.size(); ++i) {
    std::size_t written = 0;
    if (const auto number = matches[i].client()) {
      ++found;
      for (Annotation& one : writer.annotations(list.rows[i], *by_number.at(*number))) {
        one.by = who_am_i(context, command.by);
        ++written;
        if (!command.dry_run) store.archive().append(JournalKind::annotation, catalogue::to_payload(one), Archive::Durable::later);
      }
    }
    printer.print(list.rows[i], matches[i], written);
  }
  if (!command.dry_run) {
    store.archive().commit_batch();
    store.catch_up(nullptr, interrupted);
  }
  for (const friends::RowProblem& problem : list.problems) context.out.talk(words_of(file, problem));
  if (list.problem_count > list.problems.size()) context.out.talk(trf("… and {} more", list.problem_count - list.problems.size()));
  context.out.talk(trf("{0} of {1} friends are clients in the archive", found, list.rows.size()) + (command.dry_run ? std::string(tr("; nothing was written (--dry-run)")) : ""));
  return list.problem_count > 0 ? ExitCode::set_aside : ExitCode::ok;
}

}  // namespace

void add_client_import(Arguments clients, Run& chosen) {
  auto command = std::make_shared<ImportCommand>();
  Arguments sub = clients.add_command("import", tr("takes marks, tags, assignees, fields and notes over from a friend list of Liny, Lステップ or エルメ"));
  sub.add_argument("FILE", command->file, tr("the friend list (CSV)")).required().not_empty();
  sub.add_option("--account", command->account, tr("the LINE account that the list is of; must be said when several are held")).not_empty().value_name(tr("NAME"));
  sub.add_flag("--dry-run", command->dry_run, tr("only show which friend is which client"));
  sub.add_option("--by", command->by, tr("who decides (default: `name` of the settings)")).not_empty().value_name(tr("NAME"));
  add_wait(sub, command->wait);
  sub.footer(tr("What fits no client, or more than one, is listed and not written. Nobody is told by a display name that two have.\n"
                "\nExit status: 0 done, 1 no such account, 2 wrong usage or failure, 3 some rows could not be read."));
  sub.when_chosen([command, &chosen] { chosen = [command](Context& context) { return run_import(context, *command); }; });
}

}  // namespace genchi::cli
