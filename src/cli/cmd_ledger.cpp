// genchi ledger: the index (索引簿) of business documents that are held as mail and LINE text.
#include <nlohmann/json.hpp>


#include <algorithm>
#include <array>
#include <unordered_map>

#include "base/csv.hpp"
#include "cli/command.hpp"
#include "cli/fact_list.hpp"
#include "cli/fact_words.hpp"
#include "facts/numbers.hpp"
#include "genchi/i18n.hpp"
#include "text/date_words.hpp"
#include "text/width.hpp"

namespace genchi::cli {
namespace {

using catalogue::LedgerFilter;
using catalogue::Said;
using nlohmann::ordered_json;

struct LedgerCommand {
  std::string client;
  std::string amount;
  std::string kinds;  ///< apart by commas
  bool blank = false;
  ListOptions list;
};

constexpr std::array all_kinds{DocumentKind::quotation,     DocumentKind::order,   DocumentKind::order_confirmation, DocumentKind::contract,
                               DocumentKind::delivery_note, DocumentKind::invoice, DocumentKind::receipt,            DocumentKind::payment_notice};

std::uint32_t kinds_named(const std::string& written) {
  std::uint32_t kinds = 0;
  for (std::size_t at = 0, end = 0; !written.empty() && at <= written.size(); at = end + 1) {
    end = std::min(written.find(',', at), written.size());
    const std::string name = written.substr(at, end - at);
    const auto kind = document_from_name(name);
    if (!kind) {
      std::string known;
      for (const DocumentKind each : all_kinds) known += (known.empty() ? "" : ", ") + std::string(document_title(each)) + " (" + std::string(document_name(each)) + ")";
      throw Error(trf("--kind: there is no document \"{}\"", for_terminal(name)), trf("It takes {}.", known));
    }
    kinds |= 1U << static_cast<unsigned>(*kind);
  }
  return kinds;
}

LedgerFilter ledger_filter(const LedgerCommand& command, const index::QueryContext& context) {
  LedgerFilter out;
  const ListOptions& list = command.list;
  if (!list.since.empty()) out.first = civil_day(parse_day_span(list.since, context.now, context.offset_minutes)->begin, context.offset_minutes);
  if (!list.until.empty()) out.last = civil_day(parse_day_span(list.until, context.now, context.offset_minutes)->end - 1, context.offset_minutes);
  if (out.first > out.last) throw Error(tr("--since is after --until"));
  out.kinds = kinds_named(command.kinds);
  out.blank = command.blank;
  if (command.amount.empty()) return out;
  if (command.blank) throw Error(tr("--amount and --no-amount exclude each other"));
  const auto range = facts::yen_range(command.amount);
  if (!range) throw Error(trf("--amount: \"{}\" is not an amount", for_terminal(command.amount)), tr("write for example 55000, 5万円, 50000..100000 or 5万.."));
  if (range->least > range->greatest) throw Error(trf("--amount: the range \"{}\" ends before it begins", for_terminal(command.amount)));
  out.least = range->least;
  out.greatest = range->greatest;
  return out;
}

/// A row with what it takes from elsewhere.
struct LedgerRow {
  const Said& said;
  const BusinessDocument& document;
  std::int64_t client = 0;  ///< number; 0: nobody's client
  std::string party;        ///< as people call them
};

/// The other side of each row, looked up once.
class Rows {
 public:
  explicit Rows(Store& store) : store_(store), quotes_(store) {}

  LedgerRow of(const Said& said) {
    if (said.client.empty()) return {said, said.facts.document, 0, who(said)};
    const auto [at, fresh] = known_.try_emplace(said.client);
    if (fresh) at->second = store_.catalogue().party_of(said.client);
    return {said, said.facts.document, at->second.number, at->second.name};
  }

 private:
  /// Of a message that concerns nobody but us.
  std::string who(const Said& said) {
    const MessageRecord* message = quotes_.message(said.id);
    if (message == nullptr) return {};
    const Person person = said.direction == Direction::in || message->to.empty() ? message->from : message->to.front();
    if (person.name.empty()) return person.address;
    return person.address.empty() ? person.name : person.name + " <" + person.address + ">";
  }

  Store& store_;
  Quotes quotes_;
  std::unordered_map<std::string, catalogue::Client> known_;
};

/// A client as in all lists; else one who only ever sent documents, by machine.
catalogue::MessageFilter ledger_messages(const LedgerCommand& command, const index::QueryContext& context, Store& store) {
  const std::string& written = command.client.empty() ? command.list.client : command.client;
  ListOptions list = command.list;
  std::string client = command.client;
  std::optional<std::vector<std::string>> identifiers;
  if (!written.empty() && (client.empty() || list.client.empty()) && store.catalogue().identifiers_named(written).empty()) {
    const std::vector<catalogue::Client> parties = store.catalogue().ledger_parties(written);
    std::string names;
    for (std::size_t i = 0; i < parties.size() && i < 10; ++i) names += "\n  " + for_terminal(parties[i].name) + "  " + for_terminal(parties[i].identifiers.front().substr(parties[i].identifiers.front().find(':') + 1));
    if (parties.size() > 1)
      throw Error(trf("\"{0}\" is part of the names of {1} who sent documents:", for_terminal(written), parties.size()) + names, tr("Say which: more of the name or address."));
    if (parties.size() == 1) {
      identifiers = parties.front().identifiers;
      list.client.clear();
      client.clear();
    }
  }
  catalogue::MessageFilter filter = message_filter(list, context, store, client);
  if (identifiers) filter.identifiers = std::move(identifiers);
  filter.begin = INT64_MIN;  // --since and --until are of the transaction
  filter.end = INT64_MAX;
  return filter;
}

std::string day_text(CivilDay day) {
  DateFact date;
  date.first = date.last = day;
  return date.value();
}

std::vector<DocumentKind> other_kinds(const BusinessDocument& document) {
  std::vector<DocumentKind> out;
  for (const DocumentKind kind : all_kinds)
    if ((document.also >> static_cast<unsigned>(kind)) & 1U) out.push_back(kind);
  return out;
}

const char* carrier_name(BusinessDocument::Carrier carrier) {
  return carrier == BusinessDocument::Carrier::subject ? "subject" : carrier == BusinessDocument::Carrier::file_name ? "file_name" : "text";
}

ordered_json or_null(std::string_view text) { return text.empty() ? ordered_json(nullptr) : ordered_json(text); }

ordered_json row_json(const LedgerRow& row) {
  const BusinessDocument& document = row.document;
  ordered_json out;
  out["date"] = day_text(document.day);
  out["date_from"] = document.day_written ? "document" : "sent";
  out["party"] = or_null(row.party);
  out["client"] = row.client == 0 ? ordered_json(nullptr) : ordered_json{{"id", row.client}, {"name", row.party}};
  out["yen"] = document.total && document.total->yen ? ordered_json(*document.total->yen) : ordered_json(nullptr);
  out["currency"] = document.total ? ordered_json(document.total->currency) : ordered_json(nullptr);
  out["value"] = document.total && !document.total->yen ? ordered_json(document.total->value) : ordered_json(nullptr);
  out["tax"] = document.total ? or_null(tax_name(document.total->tax)) : ordered_json(nullptr);
  out["document"] = document_name(document.kind);
  out["also"] = ordered_json::array();
  for (const DocumentKind kind : other_kinds(document)) out["also"].push_back(document_name(kind));
  out["document_from"] = carrier_name(document.carrier);
  out["registration"] = document.registration ? ordered_json(document.registration->number) : ordered_json(nullptr);
  out["registration_check"] = document.registration ? ordered_json(document.registration->check_digit) : ordered_json(nullptr);
  out["direction"] = direction_name(row.said.direction);
  out["channel"] = channel_name(row.said.channel);
  out["sent"] = iso8601(row.said.sent);
  out["files"] = document.files;
  out["message"] = row.said.id.hex();
  return out;
}

/// For spreadsheets and whoever asks to see the ledger: the three items that are searched by come first. The headings
/// are Japanese whatever the language, so that files of different days fit together.
ordered_json row_csv(const LedgerRow& row) {
  const BusinessDocument& document = row.document;
  const Tax tax = document.total ? document.total->tax : Tax::unknown;
  ordered_json kinds = ordered_json::array({document_title(document.kind)});
  for (const DocumentKind kind : other_kinds(document)) kinds.push_back(document_title(kind));
  ordered_json out;
  out["取引年月日"] = day_text(document.day);
  out["取引先"] = row.party;
  out["取引金額"] = !document.total ? ordered_json("") : document.total->yen ? ordered_json(*document.total->yen) : ordered_json(document.total->value);
  out["通貨"] = document.total ? document.total->currency : "";
  out["税"] = tax == Tax::included ? "税込" : tax == Tax::excluded ? "税抜" : "";
  out["書類の種類"] = std::move(kinds);
  out["登録番号"] = document.registration ? document.registration->number : "";
  out["受領・送付"] = row.said.direction == Direction::in ? "受領" : "送付";
  out["取引年月日の根拠"] = document.day_written ? "本文の記載" : "送信日";
  out["送信日時"] = iso8601(row.said.sent);
  out["添付ファイル"] = document.files;
  out["メッセージ"] = row.said.id.hex();
  return out;
}

constexpr std::size_t day_width = 10, party_width = 20, amount_width = 14, tax_width = 6, kind_width = 10;

std::string right_aligned(const std::string& text, std::size_t width) {
  const std::size_t used = display_width(text);
  return std::string(used < width ? width - used : 0, ' ') + text;
}

/// One that is wider than its column takes from the name before it, so that amounts stay below each other.
std::string line_of(const std::string& day, const std::string& party, const std::string& amount, const std::string& tax, const std::string& kind) {
  const std::size_t used = display_width(amount);
  const std::size_t wider = used > amount_width ? std::min(used - amount_width, party_width) : 0;
  const std::size_t room = party_width - wider;
  return pad_to_width(day, day_width) + "  " + pad_to_width(truncate_to_width(party, room), room) + "  " + right_aligned(amount, amount_width + wider) + " " +
         pad_to_width(truncate_to_width(tax, tax_width), tax_width) + "  " + pad_to_width(kind, kind_width) + "  ";
}

void print_row(Output& out, const LedgerRow& row) {
  const BusinessDocument& document = row.document;
  const std::string amount = document.total ? for_terminal(money_words(*document.total)) : std::string();
  const Tax tax = document.total ? document.total->tax : Tax::unknown;
  const char* basis = tax == Tax::included ? tr("incl.") : tax == Tax::excluded ? tr("excl.") : "";
  out.line(line_of(day_text(document.day), for_terminal(row.party), amount, basis, std::string(document_title(document.kind))) + out.dim(row.said.id.hex().substr(0, short_id_digits)));
  std::string more;
  const auto add = [&](const std::string& text) { more += (more.empty() ? "" : "  ") + text; };
  if (document.registration) add(document.registration->number);
  for (const DocumentKind kind : other_kinds(document)) add("+" + std::string(document_title(kind)));
  for (const std::string& file : document.files) add(for_terminal(file));
  const std::size_t indent = day_width + 2;
  if (!more.empty()) out.line(std::string(indent, ' ') + out.dim(truncate_to_width(more, std::max<std::size_t>(out.columns(), 40) - indent)));
}

std::string summary(const catalogue::Catalogue::LedgerCount& count, std::size_t shown) {
  std::string out = trn("{} document", "{} documents", count.rows);
  if (count.blank > 0) out += tr(", ") + trn("{} without an amount", "{} without an amount", count.blank);
  if (shown < count.rows) out += trf(", {} shown (--limit 0 shows all)", shown);
  return out;
}

ExitCode run_ledger(Context& context, const LedgerCommand& command) {
  Store store = context.open();
  nothing_is_written_from_now_on();
  const index::QueryContext names = query_context(context, store);
  const catalogue::MessageFilter filter = ledger_messages(command, names, store);
  const LedgerFilter which = ledger_filter(command, names);
  const std::size_t limit = command.list.effective_limit(context.out);
  const auto count = store.catalogue().ledger_count(filter, which);
  if (count.rows == 0) command.list.check_account(store);

  Output& out = context.out;
  Rows rows(store);
  std::size_t shown = 0;
  if (out.format() == Format::csv) {
    const Said none;
    out.heading(row_csv({none, none.facts.document, 0, {}}));
  } else if (out.is_text() && count.rows > 0) {
    out.line(out.bold(line_of(tr("dated"), tr("other side"), tr("total"), tr("tax"), tr("document")) + tr("message")));
  }
  store.catalogue().ledger(filter, which, [&](const Said& said) {
    if (limit != 0 && shown == limit) return false;
    ++shown;
    const LedgerRow row = rows.of(said);
    if (out.is_text()) print_row(out, row);
    else out.row(out.format() == Format::json ? row_json(row) : row_csv(row));
    return true;
  });
  std::string talk = summary(count, shown);
  if (const std::string fresh = freshness(store); !fresh.empty()) talk += tr(". ") + fresh;
  out.talk(talk);
  return count.rows == 0 ? ExitCode::nothing_found : ExitCode::ok;
}

}  // namespace

void add_ledger(Arguments program, Run& chosen) {
  auto command = std::make_shared<LedgerCommand>();
  Arguments sub = program.add_command("ledger", tr("list quotations, orders, contracts, invoices and receipts by day, other side and amount"));
  sub.alias("索引簿");
  sub.add_argument("CLIENT", command->client, tr("only this client: number or part of the name"));
  command->list.add_to(sub);
  const std::string group = tr("Filters");
  sub.describe_option("--since", tr("day of the transaction: from this day, month or year on (2024-04-01, 2024年4月, 去年)"));
  sub.describe_option("--until", tr("day of the transaction: up to and including this day, month or year"));
  sub.add_option("--amount", command->amount, tr("this amount or range: 55000, 5万円, 50000..100000, 5万.., ..10万")).value_name(tr("YEN")).group(group);
  sub.add_option("--kind", command->kinds, tr("only this kind: 見積書 注文書 注文請書 契約書 納品書 請求書 領収書 支払通知書; several apart by commas")).value_name(tr("KIND")).group(group);
  sub.add_flag("--no-amount", command->blank, tr("only those without an amount")).group(group);
  sub.footer(std::string(tr("Filters are combined freely: a range of days, a range of amounts, the other side.\n"
                             "A row's day is the one that the document itself names (請求日, 発行日 …), else the day it was sent; its amount is\n"
                             "the total, with tax where both are said. Which amount the law wants (with or without tax, after withholding)\n"
                             "follows your books.\n")) +
              "\n" +
              tr("What this is not: genchi lists what is held as mail and LINE text, by rules that misread and miss some. It does not look\n"
                 "into attached files: what stands only there has no amount here (--no-amount lists these). Spam and trash are\n"
                 "left out, and so is what was not imported or came on paper.\n"
                 "For data of electronic transactions the law on electronic books asks that they can be searched by day, amount\n"
                 "and other side; it has exceptions, and it asks for more: that the data are protected against alteration in one\n"
                 "of four ways (for example by written rules of procedure that are followed), that they can be shown on a screen\n"
                 "and printed, that a description of the system is at hand, and that they are kept for years. One of the four ways is\n"
                 "a system in which data are both exchanged and kept; mail and LINE are exchanged outside genchi, so it is not that\n"
                 "way, and alone it does not fulfil this law. This is no legal advice: ask your tax accountant or tax office.\n") +
              "\n" + tr("Exit status: 0 listed, 1 nothing found, 2 wrong use or failure."));
  sub.when_chosen([command, &chosen] { chosen = [command](Context& context) { return run_ledger(context, *command); }; });
}

}  // namespace genchi::cli
