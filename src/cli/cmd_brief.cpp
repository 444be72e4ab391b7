// genchi brief: one screen about a client, before answering.
#include <nlohmann/json.hpp>

#include <algorithm>

#include "base/bytes.hpp"
#include "cli/brief.hpp"
#include "cli/command.hpp"
#include "cli/fact_list.hpp"
#include "cli/fact_words.hpp"
#include "cli/message_view.hpp"
#include "cli/table.hpp"
#include "cli/turn_view.hpp"
#include "genchi/i18n.hpp"
#include "text/width.hpp"

namespace genchi::cli {
namespace {

using nlohmann::ordered_json;

struct BriefCommand {
  std::string client;
};

std::string day_of(UtcSeconds at) { return display_time(at, japan_offset_minutes).substr(0, 10); }
std::string time_of(UtcSeconds at) { return display_time(at, japan_offset_minutes); }
std::string in_quotes(const std::string& words) { return words.empty() ? std::string() : trf("“{}”", for_terminal(words)); }

/// Words apart by commas.
class Joined {
 public:
  Joined& operator<<(const std::string& words) {
    if (!words.empty()) text_ += (text_.empty() ? "" : tr(", ")) + words;
    return *this;
  }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

/// A line of the page: what it is about, what it says, and the message that shows it.
struct Line {
  std::string section;
  std::string text;
  std::optional<Sha256> id;
};

class Page {
 public:
  Page(const Brief& brief, const Context& context) : brief_(brief), context_(context) {}

  std::vector<Line> lines() {
    who();
    written();
    talk();
    agreed();
    rest();
    return std::move(lines_);
  }

 private:
  void add(std::string section, std::string text, std::optional<Sha256> id = {}) {
    if (!text.empty()) lines_.push_back({std::move(section), std::move(text), id});
  }

  void who() {
    const catalogue::Client& client = brief_.client;
    Joined names;
    for (const std::string& name : client.names) names << for_terminal(name);
    add(tr("Also"), names.text());
    for (const auto& channel : brief_.addressed)
      for (const auto& form : channel.forms) add(tr("We write"), form_words(channel, form), form.newest);
    for (const auto& each : brief_.channels) {
      std::string words = channel_word(each.channel);
      if (!each.account.empty()) words += " " + for_terminal(each.account);
      words += "  " + trf("last {}", time_of(each.last));
      if (each.known_until) words += "  " + (each.channel == Channel::line ? trf("(downloaded {})", day_of(*each.known_until)) : trf("(imported {})", day_of(*each.known_until)));
      add(tr("Channel"), words, each.newest);
    }
    for (const auto& person : brief_.people) {
      const Brief::Copied* copied = copied_at(person.address);
      add(tr("Person"), person_words(person.name, person.address, person.last) + (copied ? "  " + trf("in CC {}", day_of(copied->last)) : ""), copied ? std::optional(copied->newest) : std::nullopt);
    }
    for (const auto& each : brief_.copied) {
      const bool listed = std::any_of(brief_.people.begin(), brief_.people.end(), [&](const auto& person) { return copied_at(person.address) == &each; });
      if (!listed) add(tr("In CC"), person_words(each.person.name, each.person.address, each.last), each.newest);
    }
  }

  static std::string person_words(const std::string& name, const std::string& address, UtcSeconds last) {
    Joined words;
    words << for_terminal(name) << for_terminal(address);
    return words.text() + "  " + day_of(last);
  }
  const Brief::Copied* copied_at(const std::string& address) const {
    const auto at = std::find_if(brief_.copied.begin(), brief_.copied.end(), [&](const auto& each) { return ascii_iequals(each.person.address, address); });
    return at == brief_.copied.end() ? nullptr : &*at;
  }

  static std::string form_words(const AddressForms::OfChannel& channel, const AddressForms::Form& form) {
    const std::string how = form.honorific.empty() ? std::string(tr("without a name")) : for_terminal(form.words);
    return channel_word(channel.channel) + "  " + how + "  " + trf("({0} of the last {1})", form.messages, channel.messages);
  }

  void written() {
    Joined words;
    words << state_word(brief_.written.state) << for_terminal(brief_.written.mark);
    if (!brief_.written.assignee.empty()) words << trf("assigned to {}", for_terminal(brief_.written.assignee));
    for (const std::string& tag : brief_.written.tags) words << "#" + for_terminal(tag);
    add(tr("Marks"), words.text());
    Joined fields;
    for (const auto& [name, value] : brief_.fields) fields << for_terminal(name) + ": " + for_terminal(value);
    add(tr("Fields"), fields.text());
    for (const Note& note : brief_.notes) {
      const catalogue::Annotation& last = note.versions.back();
      add(tr("Note"), day_of(last.time) + "  " + for_terminal(last.by) + "  " + for_terminal(last.value));
    }
  }

  void talk() {
    if (brief_.turn) {
      const catalogue::ClientTurn& turn = *brief_.turn;
      const bool broken_off = turn.moved < broken_off_before(context_);
      std::string words = turn.side == facts::Side::ours ? tr("our answer is needed") : tr("their answer is awaited");
      if (broken_off) words += std::string(" ") + tr("(broken off)");
      words += "  " + waits_word(turn.why) + "  " + trn("waits {} day", "waits {} days", static_cast<std::uint64_t>(business_days_since(turn.since, context_.now)));
      add(tr("Turn"), words, turn.waiting.id);
      add(tr("Turn"), day_of(turn.waiting.sent.utc) + "  " + turn_words(turn.waiting));
    } else if (brief_.last_in || brief_.last_out) {
      add(tr("Turn"), tr("nothing is open"));
    }
    for (const auto* last : {&brief_.last_in, &brief_.last_out})
      if (*last) {
        const Brief::Talk& talk = **last;
        add(tr("Last"), time_of(talk.listed.sent) + "  " + channel_word(talk.listed.channel) + " " + ((talk.listed.flags & flag_memo) != 0 ? memo_mark(talk.listed.flags) : direction_word(talk.listed.direction) + " ") + " " + person_word(talk.from), talk.listed.id);
        add(tr("Last"), in_quotes(talk.quote));
      }
  }

  static std::string deal_words(const DealView& view) {
    std::string words;
    if (view.terms.amount) words = amount_words_of(*view.terms.amount, view.terms.amount->tax) + "  ";
    words += for_terminal(view.matter());
    if (const std::string days = deal_days_words(view.terms.dates); !days.empty()) words += "  " + days;
    return words;
  }
  static std::string amount_words_of(const Amount& amount, Tax tax) {
    std::string words = money_words(amount);
    if (amount.unit) words += std::string(" ") + tr("each");
    if (const std::string basis = tax_word(tax); !basis.empty()) words += " " + basis;
    return words;
  }
  static std::string waiting_words(const DealView& view) {
    if (!view.days_open) return {};
    return " " + trn("open {} day", "open {} days", static_cast<std::uint64_t>(*view.days_open)) + (view.ours_to_answer ? tr(", ours to give") : "");
  }

  void agreed() {
    for (const DealView& view : brief_.open) add(tr("Open"), day_of(view.proposed.sent.utc) + "  " + standing_word(standing_of(view.state)) + waiting_words(view) + "  " + deal_words(view), view.proposed.id);
    if (brief_.more_open) add(tr("Open"), tr("… and more (`genchi agreements CLIENT`)"));
    for (const DealView& view : brief_.in_force) {
      const DealMessage& shown = view.answered ? *view.answered : view.proposed;
      add(standing_word(Standing::agreed), day_of(shown.sent.utc) + "  " + deal_words(view), shown.id);
    }
    if (brief_.more_in_force) add(standing_word(Standing::agreed), tr("… and more (`genchi agreements CLIENT`)"));
    for (const PriceRow& row : brief_.prices) {
      const bool of_deal = row.amount.role == AmountRole::offer || row.amount.role == AmountRole::accepted;
      const std::string standing = of_deal && row.standing != Standing::none ? standing_word(row.standing) : amount_role_word(row.amount.role);
      add(tr("Price"), day_of(row.sent.utc) + "  " + amount_words_of(row.amount, row.tax) + "  " + standing + "  " + for_terminal(row.amount.item), row.id);
    }
    if (brief_.more_prices) add(tr("Price"), tr("… and more (`genchi prices CLIENT`)"));
    for (const auto& each : brief_.promised) {
      std::string words = date_words(each.date);
      if (const std::string standing = standing_word(each.standing); !standing.empty()) words += "  " + standing;
      add(tr("Day"), words + "  " + side_or_memo(each.said.direction, each.said.flags) + "  " + in_quotes(each.quote), each.said.id);
    }
    if (brief_.more_promised) add(tr("Day"), tr("… and more (`genchi dates CLIENT`)"));
  }

  void rest() {
    for (const auto& each : brief_.complaints) {
      const std::string why = each.mark.empty() ? std::string(tr("by its words")) : for_terminal(each.mark);
      add(tr("Complaint"), day_of(each.talk.listed.sent) + "  " + channel_word(each.talk.listed.channel) + "  " + why + "  " + in_quotes(each.talk.quote), each.talk.listed.id);
    }
    for (const auto& each : brief_.media) {
      const std::string count = each.exact ? std::to_string(each.messages) : trf("about {}", each.messages);
      const std::string what = std::string_view(each.kind) == "photo" ? trf("messages with photos: {}", count) : trf("messages with files: {}", count);
      const std::string saved = each.saved == 0 ? std::string() : "  " + trf("{} of LINE saved", each.saved);
      add(tr("Media"), what + saved + "  " + trf("last {}", time_of(each.last)), each.newest);
    }
  }

  const Brief& brief_;
  const Context& context_;
  std::vector<Line> lines_;
};

void print(Output& out, const Brief& brief, const std::vector<Line>& lines) {
  const catalogue::Client& client = brief.client;
  std::string head = for_terminal(client.name) + " (" + std::to_string(client.number) + ")  " + (client.kind == catalogue::Client::Kind::company ? tr("company") : tr("private person"));
  if (!client.kind_given) head += std::string(" ") + tr("(guessed)");
  if (client.messages > 0) head += "  " + trn("{} message", "{} messages", client.messages) + "  " + trf("{0} to {1}", day_of(client.first), day_of(client.last));
  out.line(out.bold(truncate_to_width(head, out.columns())));
  Table table({Table::Column::left, Table::Column::rest, Table::Column::dim}, "");
  std::string before;
  for (const Line& line : lines) {
    table.add({before == line.section ? "" : line.section, line.text, line.id ? line.id->hex().substr(0, short_id_digits) : ""});
    before = line.section;
  }
  table.print(out);
}

ExitCode run_brief(Context& context, const BriefCommand& command) {
  Store store = context.open();
  nothing_is_written_from_now_on();
  const ChosenClient chosen = choose_client(store, command.client);
  const auto client = store.catalogue().client_numbered(chosen.number);
  if (!client) throw Error(trf("no client is called \"{}\"", for_terminal(command.client)), tr("`genchi clients` lists them."), ExitCode::nothing_found);
  const Brief brief = brief_of(context, store, *client);
  Output& out = context.out;
  if (out.format() == Format::json) {
    out.row(brief_json(brief, context, store));
    return ExitCode::ok;
  }
  const std::vector<Line> lines = Page(brief, context).lines();
  if (out.is_text()) print(out, brief, lines);
  else
    for (const Line& line : lines) out.row({{"client", client->name}, {"section", line.section}, {"text", line.text}, {"id", line.id ? ordered_json(line.id->hex()) : ordered_json(nullptr)}});
  if (out.is_text()) out.line();
  end_list(out, tr("For ourselves: holds our marks and notes"), freshness(store));
  return ExitCode::ok;
}

}  // namespace

void add_brief(Arguments program, Run& chosen) {
  auto command = std::make_shared<BriefCommand>();
  Arguments sub = program.add_command("brief", tr("one screen about a client before you answer: whose turn it is, what is open, agreed, promised"));
  sub.alias("一枚");
  sub.add_argument("CLIENT", command->client, tr("number or part of the name")).required().not_empty();
  sub.footer(tr("Facts only, each with the message that shows it; `genchi show ID` shows that. How we address the client is counted in\n"
                "our newest 50 messages. Complaints are messages marked as one, and those whose words are one. Of deals, prices and\n"
                "days the newest or next few stand here. It holds marks and notes: for ourselves only.\n"
                "\nExamples:\n"
                "  genchi brief 青葉\n"
                "  genchi brief 3 --format json\n"
                "\nExit status: 0 shown, 1 no such client, 2 wrong usage or failure."));
  sub.when_chosen([command, &chosen] { chosen = [command](Context& context) { return run_brief(context, *command); }; });
}

}  // namespace genchi::cli
