#include "cli/brief.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "cli/fact_words.hpp"
#include "cli/message_view.hpp"
#include "cli/turn_view.hpp"
#include "facts/turn.hpp"
#include "genchi/i18n.hpp"
#include "text/fold.hpp"
#include "text/width.hpp"

namespace genchi::cli {
namespace {

using catalogue::Annotation;
using catalogue::Catalogue;
using catalogue::Listed;
using nlohmann::ordered_json;

constexpr std::size_t most_looked_at = 2000;       // newest messages, in the catalogue
constexpr std::size_t most_of_ours = 50;           // read for how we address them
constexpr std::size_t most_of_theirs = 10;         // read for who is in CC
constexpr std::uint64_t most_bytes = 16U << 20;    // of originals read for that
constexpr std::size_t most_people = 5, most_copied = 5;
constexpr std::size_t most_open = 4, most_in_force = 3, most_prices = 5, most_promised = 5, most_complaints = 2, most_notes = 3;
constexpr std::size_t most_price_rows = 200;       // newest, from which the last of each thing is taken
constexpr std::size_t most_marked = 1000;          // messages with a mark of ours whose client is looked up
constexpr std::size_t quote_columns = 160;

bool by_machine(const Listed& listed) {
  return listed.direction == Direction::automatic || listed.broadcast || (listed.flags & (flag_auto | flag_bulk)) != 0;
}

std::optional<MessageRecord> record_of(Store& store, const Sha256& id) {
  try {
    return store.catalogue().record(id);
  } catch (const Error&) {
    return std::nullopt;  // damaged: verify names it; the rest of the page is still true
  }
}

Brief::Talk talk_of(const Listed& listed, const std::optional<MessageRecord>& message) {
  Brief::Talk talk;
  talk.listed = listed;
  if (!message) return talk;
  talk.from = message->from;
  talk.subject = message->subject;
  talk.files = message->files;
  talk.quote = index::make_snippet(*message, {}, quote_columns).text;
  if (talk.quote.empty() && !message->files.empty()) talk.quote = attachment_word(message->files.front().kind);
  return talk;
}

/// One look at the newest messages: last of each side and channel, complaints, and of which ones to read more.
class NewestMessages {
 public:
  NewestMessages(Store& store, Brief& brief) : store_(store), brief_(brief), forms_(names_of(brief)) {}

  void look() {
    catalogue::MessageFilter filter;
    filter.identifiers = brief_.client.identifiers;
    std::size_t looked_at = 0;
    store_.catalogue().messages(filter, Catalogue::Order::newest_first, [&](const Listed& listed) {
      take(listed);
      return ++looked_at < most_looked_at;
    });
    brief_.addressed = forms_.channels();
  }

 private:
  static std::vector<std::string> names_of(const Brief& brief) {
    std::vector<std::string> names = brief.client.names;
    names.push_back(brief.client.name);
    for (const auto& person : brief.people) names.push_back(person.name);
    std::erase(names, "");
    return names;
  }

  void take(const Listed& listed) {
    note_channel(listed);
    if ((listed.flags & flag_unsent) != 0 || by_machine(listed)) return;
    const bool theirs = listed.direction == Direction::in;
    std::optional<Brief::Talk>& last = theirs ? brief_.last_in : brief_.last_out;
    const bool complains = theirs && (listed.cues & facts::cue_complains) != 0 && brief_.complaints.size() < most_complaints;
    std::size_t& read = theirs ? theirs_ : ours_;
    const bool wanted = read < (theirs ? most_of_theirs : most_of_ours) && bytes_ < most_bytes;
    if (last && !complains && !wanted) return;
    const auto message = record_of(store_, listed.id);
    if (!last) last = talk_of(listed, message);
    if (complains) brief_.complaints.push_back({complaint_of(listed, message), ""});
    if (!message) return;
    ++read;
    bytes_ += message->source.length;
    if (!theirs && (listed.flags & flag_memo) == 0) forms_.add(*message);
    note_copied(*message);
  }

  /// Quotes the sentence that complains.
  static Brief::Talk complaint_of(const Listed& listed, const std::optional<MessageRecord>& message) {
    Brief::Talk talk = talk_of(listed, message);
    if (!message) return talk;
    const std::string own = own_words(*message);
    const facts::TurnReading read = facts::read_turn(facts::Text(own), facts::Text(""), false);
    if ((read.cues & facts::cue_complains) != 0)
      if (std::string words = facts::words_at(own, read.place); !words.empty()) talk.quote = std::move(words);
    return talk;
  }

  void note_channel(const Listed& listed) {
    const bool known = std::any_of(brief_.channels.begin(), brief_.channels.end(), [&](const Brief::InChannel& each) { return each.channel == listed.channel && each.account == listed.account; });
    if (!known) brief_.channels.push_back({listed.channel, listed.account, listed.sent, listed.id, {}});
  }

  void note_copied(const MessageRecord& message) {
    for (const Person& person : message.cc) {
      const bool known = std::any_of(brief_.copied.begin(), brief_.copied.end(), [&](const Brief::Copied& each) { return fold(each.person.address) == fold(person.address); });
      if (!known && brief_.copied.size() < most_copied) brief_.copied.push_back({person, message.sent.utc, message.id});
    }
  }

  Store& store_;
  Brief& brief_;
  AddressForms forms_;
  std::size_t ours_ = 0, theirs_ = 0;
  std::uint64_t bytes_ = 0;
};

void add_freshness(Store& store, Brief& brief) {
  for (Brief::InChannel& each : brief.channels) {
    if (each.channel == Channel::mail)
      for (const SourceKind kind : {SourceKind::mbox, SourceKind::maildir, SourceKind::eml})
        if (const auto last = store.archive().last_import(kind)) each.known_until = std::max(each.known_until.value_or(0), *last);
    if (each.channel == Channel::line)
      for (const std::string& identifier : brief.client.identifiers)
        if (identifier.starts_with("chat:"))
          if (const auto until = store.catalogue().downloaded(identifier)) each.known_until = std::max(each.known_until.value_or(0), *until);
  }
}

void add_deals(Context& context, Store& store, Brief& brief) {
  using facts::DealState;
  DealViews views(store, context.now);
  const auto add = [&](const std::vector<DealState>& states, std::size_t most, std::vector<DealView>& into, bool& more) {
    store.catalogue().deals(brief.client.identifiers, states, Catalogue::Order::newest_first, [&](const catalogue::ClientDeal& deal) {
      more = into.size() == most;
      if (!more) into.push_back(views.of(deal));
      return !more;
    });
  };
  add({DealState::unanswered, DealState::hold, DealState::conditional}, most_open, brief.open, brief.more_open);
  add({DealState::agreed}, most_in_force, brief.in_force, brief.more_in_force);
}

void add_prices(Store& store, Brief& brief, DealsOf& deals, Quotes& quotes) {
  PriceQuery query;
  query.filter.identifiers = brief.client.identifiers;
  query.roles = {AmountRole::offer, AmountRole::accepted, AmountRole::invoiced, AmountRole::paid};
  std::vector<PriceRow> rows;
  prices(store, deals, query, [&](PriceRow& row) {
    rows.push_back(std::move(row));
    return rows.size() < most_price_rows;
  });
  std::vector<PriceGroup> groups = grouped(std::move(rows));
  for (auto group = groups.rbegin(); group != groups.rend(); ++group) {
    if (group->key.empty() || group->last == nullptr) continue;
    if (brief.prices.size() == most_prices) {
      brief.more_prices = true;
      break;
    }
    brief.prices.push_back(*group->last);
    add_words(quotes, brief.prices.back(), QuoteFor::data);
  }
}

void add_promised(Context& context, Store& store, Brief& brief, DealsOf& deals, Quotes& quotes) {
  catalogue::MessageFilter filter;
  filter.identifiers = brief.client.identifiers;
  const CivilDay today = civil_day(context.now, japan_offset_minutes);
  const std::vector<DateRole> roles{DateRole::deadline, DateRole::appointment, DateRole::delivery, DateRole::payment};
  store.catalogue().promised(filter, today, {9999, 12, 31}, roles, Catalogue::Order::oldest_first, [&](const catalogue::Said& said, const DateFact& date) {
    const Standing standing = deals.of(said, date).standing;
    if (standing == Standing::superseded || standing == Standing::cancelled || standing == Standing::rejected) return true;
    // An offer and its acceptance name the same day.
    const bool known = std::any_of(brief.promised.begin(), brief.promised.end(), [&](const Brief::Promised& each) {
      return each.date.first == date.first && each.date.last == date.last && each.date.minute == date.minute && each.date.role == date.role;
    });
    if (known) return true;
    brief.more_promised = brief.promised.size() == most_promised;
    if (!brief.more_promised) brief.promised.push_back({said, date, standing, quotes.around(said.id, date.place)});
    return !brief.more_promised;
  });
}

/// Messages of this client that we marked as a complaint; the mark may have been given another name.
void add_marked(Store& store, Brief& brief, const Marks& marks) {
  constexpr const char* complaint_number = "8";
  std::map<std::string, std::string> now;  // by message
  store.catalogue().annotations(Annotation::What::mark, [&](const Annotation& a) {
    if (a.target.starts_with("message:") || a.target.starts_with("conversation:")) now[a.target] = a.value;
  });
  std::size_t looked_up = 0;
  for (const auto& [target, number] : now) {
    if (number != complaint_number) continue;
    if (++looked_up > most_marked) break;
    const auto id = Sha256::from_hex(target.substr(target.find(':') + 1));
    const auto listed = id ? store.catalogue().listed(*id) : std::nullopt;
    if (!listed || std::find(brief.client.identifiers.begin(), brief.client.identifiers.end(), listed->client) == brief.client.identifiers.end()) continue;
    const auto known = std::find_if(brief.complaints.begin(), brief.complaints.end(), [&](const Brief::Complaint& each) { return each.talk.listed.id == listed->id; });
    if (known != brief.complaints.end()) known->mark = marks.name(number);
    else brief.complaints.push_back({talk_of(*listed, record_of(store, listed->id)), marks.name(number)});
  }
  // What we marked says more than what words look like.
  std::stable_sort(brief.complaints.begin(), brief.complaints.end(), [](const auto& a, const auto& b) {
    return std::pair(a.mark.empty(), -a.talk.listed.sent) < std::pair(b.mark.empty(), -b.talk.listed.sent);
  });
  if (brief.complaints.size() > most_complaints) brief.complaints.resize(most_complaints);
}

void add_media(Context& context, Store& store, Brief& brief) {
  const index::QueryContext names = query_context(context, store);
  ListOptions of_client;
  of_client.client = std::to_string(brief.client.number);
  for (const char* kind : {"photo", "file"}) {
    index::SearchOptions options;
    options.limit = 1;
    const auto query = index::and_nodes(of_client.node(names), index::parse_query(std::string("has:") + kind, names));
    const index::SearchResult found = store.searcher().search(*query, options);
    if (!found.hits.empty()) brief.media.push_back({kind, found.count, found.complete, found.hits.front().message.sent.utc, found.hits.front().message.id, 0});
  }
  store.catalogue().attached([&](const catalogue::Attached& file) {
    const auto listed = store.catalogue().listed(file.message);
    if (file.entry == 0 || !listed || std::find(brief.client.identifiers.begin(), brief.client.identifiers.end(), listed->client) == brief.client.identifiers.end()) return;
    const auto mark = store.catalogue().row_mark(file.message);
    for (Brief::Media& each : brief.media) each.saved += mark && line::content_name(mark->kind) == each.kind;
  });
}

}  // namespace

std::optional<catalogue::ClientTurn> turn_of(Store& store, const std::vector<std::string>& identifiers) { return store.catalogue().turn_of(identifiers); }

Brief brief_of(Context& context, Store& store, const catalogue::Client& client) {
  Brief brief;
  brief.client = client;
  const std::vector<Annotation> written = store.catalogue().annotations(store.catalogue().targets_of(client.identifiers));
  const Marks marks(store);
  brief.written = written_of(written, marks);
  brief.fields = fields_of(written);
  for (Note& note : notes_of(written))
    if (!note.taken_back()) brief.notes.insert(brief.notes.begin(), std::move(note));
  if (brief.notes.size() > most_notes) brief.notes.resize(most_notes);
  brief.people = store.catalogue().people(client.identifiers, most_people);
  NewestMessages(store, brief).look();
  add_freshness(store, brief);
  brief.turn = turn_of(store, client.identifiers);
  add_deals(context, store, brief);
  DealsOf deals(store);
  Quotes quotes(store);
  add_prices(store, brief, deals, quotes);
  add_promised(context, store, brief, deals, quotes);
  add_marked(store, brief, marks);
  add_media(context, store, brief);
  return brief;
}

namespace {

ordered_json or_null(std::string_view text) { return text.empty() ? ordered_json(nullptr) : ordered_json(text); }
ordered_json time_json(UtcSeconds at) { return iso8601({at, japan_offset_minutes}); }

ordered_json listed_json(const Listed& listed) {
  return {{"id", listed.id.hex()}, {"sent", time_json(listed.sent)}, {"channel", channel_name(listed.channel)}, {"direction", direction_name(listed.direction)}};
}

ordered_json talk_json(const Brief::Talk& talk) {
  ordered_json row = listed_json(talk.listed);
  row["from"] = {{"name", or_null(talk.from.name)}, {"address", or_null(talk.from.address)}};
  row["subject"] = or_null(talk.subject);
  row["quote"] = talk.quote;
  row["files"] = files_json(talk.files);
  return row;
}

ordered_json addressed_json(const std::vector<AddressForms::OfChannel>& channels) {
  ordered_json out = ordered_json::array();
  for (const auto& channel : channels)
    for (const auto& form : channel.forms)
      out.push_back({{"channel", channel_name(channel.channel)}, {"honorific", or_null(form.honorific)}, {"words", or_null(form.words)}, {"messages", form.messages}, {"of_messages", channel.messages}, {"id", form.newest.hex()}});
  return out;
}

void add_who(ordered_json& row, const Brief& brief) {
  const catalogue::Client& client = brief.client;
  row["client"] = {{"id", client.number}, {"name", client.name}};
  row["kind"] = client.kind == catalogue::Client::Kind::company ? "company" : "person";
  row["kind_given"] = client.kind_given;
  row["names"] = client.names;
  row["identifiers"] = client.identifiers;
  row["messages"] = client.messages;
  row["first"] = client.messages ? time_json(client.first) : ordered_json(nullptr);
  row["last"] = client.messages ? time_json(client.last) : ordered_json(nullptr);
  row["addressed"] = addressed_json(brief.addressed);
  row["channels"] = ordered_json::array();
  for (const auto& each : brief.channels)
    row["channels"].push_back({{"channel", channel_name(each.channel)}, {"account", or_null(each.account)}, {"last", time_json(each.last)}, {"id", each.newest.hex()}, {"known_until", each.known_until ? time_json(*each.known_until) : ordered_json(nullptr)}});
  row["people"] = ordered_json::array();
  for (const auto& person : brief.people)
    row["people"].push_back({{"name", or_null(person.name)}, {"address", person.address}, {"first", time_json(person.first)}, {"last", time_json(person.last)}, {"messages", person.messages}});
  row["cc"] = ordered_json::array();
  for (const auto& each : brief.copied) row["cc"].push_back({{"name", or_null(each.person.name)}, {"address", or_null(each.person.address)}, {"last", time_json(each.last)}, {"id", each.newest.hex()}});
}

void add_written(ordered_json& row, const Brief& brief) {
  add_written_keys(row, brief.written);
  row["fields"] = ordered_json::array();
  for (const auto& [name, value] : brief.fields) row["fields"].push_back({{"name", name}, {"value", value}});
  row["notes"] = ordered_json::array();
  for (const Note& note : brief.notes) {
    const Annotation& last = note.versions.back();
    row["notes"].push_back({{"number", std::stoll(note.number)}, {"text", last.value}, {"by", or_null(last.by)}, {"time", time_json(last.time)}});
  }
}

}  // namespace

ordered_json brief_json(const Brief& brief, const Context& context, Store& store) {
  ClientNames names(store);
  Quotes quotes(store);
  ordered_json row;
  add_who(row, brief);
  add_written(row, brief);
  row["turn"] = brief.turn ? turn_json(*brief.turn, brief.turn->moved < broken_off_before(context), context.now, names) : ordered_json(nullptr);
  if (brief.turn) row["turn"].erase("client");
  row["last_in"] = brief.last_in ? talk_json(*brief.last_in) : ordered_json(nullptr);
  row["last_out"] = brief.last_out ? talk_json(*brief.last_out) : ordered_json(nullptr);
  const auto deals = [](const std::vector<DealView>& views) {
    ordered_json out = ordered_json::array();
    for (const DealView& view : views) out.push_back(deal_json(view));
    return out;
  };
  row["open"] = deals(brief.open);
  row["more_open"] = brief.more_open;
  row["in_force"] = deals(brief.in_force);
  row["more_in_force"] = brief.more_in_force;
  row["prices"] = ordered_json::array();
  for (const PriceRow& price : brief.prices) row["prices"].push_back(price_json(price, price.tax));
  row["more_prices"] = brief.more_prices;
  row["dates"] = ordered_json::array();
  for (const auto& each : brief.promised) row["dates"].push_back(said_date_json(each.said, each.date, each.standing, each.quote, names, quotes));
  row["more_dates"] = brief.more_promised;
  row["complaints"] = ordered_json::array();
  for (const auto& each : brief.complaints) {
    ordered_json talk = talk_json(each.talk);
    talk["mark"] = or_null(each.mark);
    row["complaints"].push_back(std::move(talk));
  }
  row["media"] = ordered_json::array();
  for (const auto& each : brief.media) row["media"].push_back({{"kind", each.kind}, {"messages", each.messages}, {"exact", each.exact}, {"last", time_json(each.last)}, {"id", each.newest.hex()}, {"saved", each.saved}});
  return row;
}

}  // namespace genchi::cli
