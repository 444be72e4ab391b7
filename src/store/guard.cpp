#include "store/guard.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/bytes.hpp"
#include "genchi/i18n.hpp"
#include "index/query.hpp"
#include "text/contacts.hpp"
#include "text/fold.hpp"
#include "text/name_parts.hpp"
#include "text/names.hpp"

namespace genchi {
namespace {

using index::Node;
using NodePtr = std::unique_ptr<Node>;

constexpr std::size_t most_of_one_name = 5'000; // clients; of more any are named
constexpr std::size_t messages_looked_at = 20;  // for one word and client

NodePtr field_node(index::FieldKind kind, const std::string& written) {
  auto node = std::make_unique<Node>();
  node->op = Node::Op::field;
  node->field = std::find_if(index::fields.begin(), index::fields.end(),
                             [kind](const index::Field& field) { return field.kind == kind; });
  node->written = written;
  node->folded = fold(written);
  return node;
}

NodePtr of_clients(std::vector<std::string> identifiers) {
  std::sort(identifiers.begin(), identifiers.end());
  NodePtr node = field_node(index::FieldKind::client, "");
  node->identifiers = std::move(identifiers);
  return node;
}

NodePtr negated(NodePtr node) {
  auto out = std::make_unique<Node>();
  out->op = Node::Op::not_;
  out->children.push_back(std::move(node));
  return out;
}

// A phrase, in a field or anywhere. Null: nothing of it is searched.
NodePtr phrase(std::string text, const char* field = "") {
  constexpr std::array<std::string_view, 3> quotes = {"\"", "“", "”"};
  for (const std::string_view quote : quotes)
    for (std::size_t at = text.find(quote); at != std::string::npos; at = text.find(quote, at))
      text.replace(at, quote.size(), " ");
  if (fold(text).empty()) return nullptr;
  return index::parse_query(std::string(field) + "\"" + text + "\"", {});
}

NodePtr price(std::int64_t yen) {
  NodePtr node = field_node(index::FieldKind::price, std::to_string(yen));
  node->least = node->greatest = yen;
  return node;
}

// The ways a number may be written in mails: its parts are not known when it is written without marks.
NodePtr phone(const std::string& digits, const std::string& written) {
  std::set<std::string> forms = {digits, written};
  const auto cut = [&](std::size_t first, std::size_t second) {
    if (first + second >= digits.size()) return;
    const std::string a = digits.substr(0, first), b = digits.substr(first, second),
                      c = digits.substr(first + second);
    forms.insert(a + "-" + b + "-" + c);
    forms.insert(a + "(" + b + ")" + c);
  };
  if (digits.size() == 11)
    cut(3, 4);
  else
    for (const std::size_t first : {2, 3, 4, 5}) cut(first, 6 - first);
  if (digits.starts_with("0120")) cut(4, 3);
  NodePtr any = std::make_unique<Node>();
  any->op = Node::Op::or_;
  for (const std::string& form : forms)
    if (NodePtr node = phrase(form)) any->children.push_back(std::move(node));
  return any;
}

// The line of a text around a byte, blanks joined, at most so many bytes before and behind it.
std::string line_around(std::string_view text, std::size_t at) {
  constexpr std::size_t reach = 240;
  at = std::min(at, text.size());
  const std::size_t before = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
  std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
  std::size_t end = std::min(text.find('\n', at), text.size());
  const auto inside = [&](std::size_t i) {
    return i > 0 && i < text.size() && (static_cast<unsigned char>(text[i]) & 0xc0) == 0x80;
  };
  if (at - begin > reach) begin = at - reach;
  if (end - at > reach) end = at + reach;
  while (inside(begin)) ++begin;
  while (inside(end)) --end;
  std::string out;
  for (const char c : trim(text.substr(begin, end - begin)))
    if (!(c == ' ' || c == '\t') || out.empty() || out.back() != ' ') out += c == '\t' ? ' ' : c;
  return out;
}

class Guard {
 public:
  Guard(Store& store, const Draft& draft, const std::vector<std::string>& identifiers,
        const GuardLimits& limits)
      : store_(store), draft_(draft), limits_(limits), own_client_(identifiers) {}

  std::vector<GuardFinding> run() {
    read_names();
    check_salutations();
    check_names();
    check_addresses();
    check_phones();
    check_amounts();
    check_files();
    for (GuardFinding& finding : findings_) place(finding);
    std::stable_sort(findings_.begin(), findings_.end(), [](const GuardFinding& a, const GuardFinding& b) {
      return std::pair(a.span, a.kind) < std::pair(b.span, b.kind);
    });
    return std::move(findings_);
  }

 private:
  using What = std::function<NodePtr()>;

  // Who goes by a name that stands in the draft.
  struct Named {
    NamesInDraft::Title title = NamesInDraft::Title::none;
    std::set<DraftSpan> spans;
    std::set<std::string> identifiers;
  };

  void count_word() {
    if (++words_ > limits_.max_words)
      throw Error(trf("the draft has more than {} names, numbers and amounts to look up", limits_.max_words),
                  tr("Check it in parts."));
  }

  bool is_own_client(std::string_view identifier) const {
    return std::find(own_client_.begin(), own_client_.end(), identifier) != own_client_.end();
  }

  std::vector<index::Hit> newest(NodePtr what, std::size_t limit) {
    if (!what) return {};
    index::SearchOptions options;
    options.limit = limit;
    options.counted_exactly = 0;
    return store_.searcher().search(*what, options).hits;
  }

  bool occurs_with_client(const What& what) {
    return !newest(index::and_nodes(what(), of_clients(own_client_)), 1).empty();
  }

  struct Others {
    std::vector<GuardFinding::Other> clients;
    bool more = false;
    std::optional<index::Hit> newest;
  };

  // The clients in whose messages it stands, newest first: each look-up leaves out those that are known.
  Others others_with(const What& what, const std::vector<std::string>& among = {}) {
    Others out;
    std::vector<std::string> known = own_client_;
    for (std::size_t looked = 0; looked < messages_looked_at;) {
      NodePtr node = index::and_nodes(what(), negated(of_clients(known)));
      if (!among.empty()) node = index::and_nodes(std::move(node), of_clients(among));
      std::vector<index::Hit> hits = newest(std::move(node), messages_looked_at);
      const auto hit = std::find_if(hits.begin(), hits.end(), [](const index::Hit& each) {
        return !each.message.identifiers.empty() && !(each.message.flags & flag_bulk);
      });
      if (hit == hits.end()) break;
      looked += static_cast<std::size_t>(hit - hits.begin()) + 1;
      const std::string& identifier = hit->message.identifiers.front();
      known.push_back(identifier);
      const auto client = store_.catalogue().client_of(identifier);
      if (!client) continue;
      known.insert(known.end(), client->identifiers.begin(), client->identifiers.end());
      if (out.clients.size() == limits_.max_others) {
        out.more = true;
        break;
      }
      if (std::none_of(out.clients.begin(), out.clients.end(),
                       [&](const auto& each) { return each.number == client->number; }))
        out.clients.push_back({client->number, client->name});
      if (!out.newest) out.newest = std::move(*hit);
    }
    return out;
  }

  GuardFinding& add(GuardKind kind, const DraftSpan& span, Others others, std::uint32_t times = 1) {
    GuardFinding& finding = findings_.emplace_back();
    finding.kind = kind;
    finding.span = span;
    finding.times = times;
    finding.others = std::move(others.clients);
    finding.more = others.more;
    if (others.newest) finding.newest = message_of(*others.newest);
    return finding;
  }

  static GuardFinding::Message message_of(const index::Hit& hit) {
    const MessageRecord& message = hit.message;
    const std::size_t at = hit.highlights.empty() ? own_words(message) : hit.highlights.front().begin;
    return {message.id, message.sent, message.channel, message.direction, line_around(message.text, at)};
  }

  static std::size_t own_words(const MessageRecord& message) {
    for (const TextSection& section : message.sections)
      if (section.kind == SectionKind::own && section.end > section.begin) {
        const std::size_t at = message.text.find_first_not_of("\n ", section.begin);
        return at == std::string::npos ? section.begin : at;
      }
    const std::size_t at = message.text.find_first_not_of("\n ");
    return at == std::string::npos ? 0 : at;
  }

  // --- names

  void read_names() {
    const NamesInDraft names(draft_);
    std::set<std::string> seen;
    store_.catalogue().each_name(
        [&](std::string_view identifier, std::string_view address, std::string_view name) {
          const bool of_client = is_own_client(identifier);
          if (of_client) client_names_.emplace_back(std::string(name), std::string(address));
          if (name.empty()) return;
          for (const NamesInDraft::Place& place : names.find(name, of_client || identifier.empty())) {
            if (of_client) {
              client_spans_.push_back(place.span);
              continue;
            }
            if (identifier.empty()) {
              our_names_.insert(place.text);
              continue;
            }
            Named& named = named_[place.text];
            named.spans.insert(place.span);
            named.title = std::max(named.title, place.title);
            if (named.identifiers.size() < most_of_one_name) named.identifiers.emplace(identifier);
          }
        });
  }

  static bool overlap(const DraftSpan& a, const DraftSpan& b) {
    return a.part == b.part && a.begin < b.end && b.begin < a.end;
  }

  bool is_of_client(const DraftSpan& span) const {
    return std::any_of(client_spans_.begin(), client_spans_.end(),
                       [&](const DraftSpan& each) { return overlap(each, span); });
  }

  // Is this one of the names that the client goes by, by spelling or reading?
  bool client_is_called(std::string_view written) const {
    const NameQuery query(written);
    return std::any_of(client_names_.begin(), client_names_.end(), [&](const auto& known) {
      return query.match(known.first, known.second) != NameMatch::none ||
             (!known.first.empty() && NameQuery(known.first).match_name(written) == NameMatch::spelling);
    });
  }

  // The parts of 青葉建設株式会社 営業部 佐藤 健一, the person's last.
  static std::vector<std::string> parts_of(std::string_view name) {
    std::vector<std::string> parts;
    naming::Parts cut(name);
    cut.drop_titles(name);
    for (const naming::Run& run : cut.runs()) {
      if (run.tag) continue;
      if (parts.empty() || run.starts_part) parts.emplace_back();
      parts.back() += run.text;
    }
    return parts;
  }

  // We addressed this client so before, or it wrote the name of itself (not of a third one:
  // 山田様のご紹介で).
  bool was_used_with_client(const std::string& name) {
    for (const index::Hit& hit :
         newest(index::and_nodes(phrase(name), of_clients(own_client_)), messages_looked_at)) {
      const std::string folded = fold(hit.message.text), key = fold(name);
      bool titled = false, bare = false;
      for (std::size_t at = folded.find(key); at != std::string::npos;
           at = folded.find(key, at + key.size())) {
        const std::string_view rest = std::string_view(folded).substr(at + key.size());
        const bool title = rest.starts_with("様") || rest.starts_with("さま") || rest.starts_with("さん") ||
                           rest.starts_with("御中") || rest.starts_with("先生");
        (title ? titled : bare) = true;
      }
      const bool ours = hit.message.direction != Direction::in;
      if (ours ? titled : bare || !titled) return true;
    }
    return false;
  }

  void check_salutations() {
    for (const DraftWord& word : salutations(draft_)) {
      count_word();
      const std::vector<std::string> parts = parts_of(word.value);
      const bool known = is_of_client(word.span) || client_is_called(word.value) ||
                         std::any_of(parts.begin(), parts.end(),
                                     [&](const std::string& part) { return client_is_called(part); });
      if (known || parts.empty() || was_used_with_client(word.value) || was_used_with_client(parts.back())) {
        client_spans_.push_back(word.span);
        continue;
      }
      add(GuardKind::salutation, word.span, named_within(word.span));
      salutation_spans_.push_back(word.span);
    }
  }

  // Whose names stand in a span.
  Others named_within(const DraftSpan& span) {
    Others out;
    for (const auto& [text, named] : named_) {
      const bool inside = std::any_of(named.spans.begin(), named.spans.end(),
                                      [&](const DraftSpan& each) { return overlap(each, span); });
      if (!inside) continue;
      Others others = others_named(text, named);
      if (out.clients.empty()) out = std::move(others);
    }
    return out;
  }

  Others others_named(const std::string& text, const Named& named) {
    const std::vector<std::string> among(named.identifiers.begin(), named.identifiers.end());
    Others others = others_with([&] { return phrase(text); }, among);
    if (others.clients.empty()) others = others_with([] { return NodePtr(); }, among);
    return others;
  }

  // Longer names first, so that 佐藤 within 佐藤 健一 is not told twice.
  void check_names() {
    std::vector<std::pair<std::string, const Named*>> order;
    for (const auto& [text, named] : named_) order.emplace_back(text, &named);
    std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
      return std::pair(b.first.size(), a.first) < std::pair(a.first.size(), b.first);
    });
    std::vector<DraftSpan> told = salutation_spans_;
    for (const auto& [text, named] : order) {
      std::vector<DraftSpan> fresh;
      std::copy_if(
          named->spans.begin(), named->spans.end(), std::back_inserter(fresh), [&](const DraftSpan& span) {
            return !is_of_client(span) && std::none_of(told.begin(), told.end(), [&](const DraftSpan& each) {
              return overlap(each, span);
            });
          });
      if (fresh.empty()) continue;
      count_word();
      told.insert(told.end(), fresh.begin(), fresh.end());
      // Nobody calls their own people 様, but for a client that is quoted.
      const bool addressed =
          named->title == NamesInDraft::Title::respectful && !is_quoted(draft_, fresh.front());
      if (!addressed && is_ours(text)) continue;
      const What what = [text = text] { return phrase(text); };
      if (occurs_with_client(what)) continue;
      Others others = others_named(text, *named);
      if (others.clients.empty()) continue;
      if (named->title == NamesInDraft::Title::none && others_with(what).more) continue;
      add(GuardKind::name, fresh.front(), std::move(others), static_cast<std::uint32_t>(fresh.size()));
    }
  }

  // One of our names, or one with somebody of ours: 美容室ミモザ 三浦.
  bool is_ours(std::string text) {
    for (const std::string& own : our_names_)
      if (const std::size_t at = text.find(own); at != std::string::npos) text.erase(at, own.size());
    return trim(text).empty() || is_operator(text);
  }

  // Somebody who writes for us in LINE.
  bool is_operator(const std::string& text) {
    const std::vector<index::Hit> hits = newest(phrase(text, "from:"), messages_looked_at);
    return std::any_of(hits.begin(), hits.end(), [&](const index::Hit& hit) {
      return hit.message.direction != Direction::in &&
             fold(hit.message.from.name).find(text) != std::string::npos;
    });
  }

  // --- addresses, numbers, amounts, files

  // The words of a kind by value, with their first place.
  template <typename Word, typename Value>
  static std::map<Value, std::pair<const Word*, std::uint32_t>> by_value(const std::vector<Word>& words,
                                                                         Value Word::*value) {
    std::map<Value, std::pair<const Word*, std::uint32_t>> out;
    for (const Word& word : words) {
      auto& [first, times] = out[word.*value];
      if (first == nullptr) first = &word;
      ++times;
    }
    return out;
  }

  bool has_domain_of_client(const std::string& address) const {
    return is_own_client("domain:" + address.substr(address.find('@') + 1)) ||
           is_own_client("addr:" + address);
  }

  void check_addresses() {
    const std::vector<DraftWord> words = mail_addresses(draft_);
    for (const auto& [address, found] : by_value(words, &DraftWord::value)) {
      count_word();
      if (store_.catalogue().is_ours(address) || has_domain_of_client(address)) continue;
      const What what = [address = address] { return phrase(address); };
      if (occurs_with_client(what)) continue;
      const DraftPart::Place at = draft_[found.first->span.part].place;
      const bool goes_there = at == DraftPart::Place::to || at == DraftPart::Place::cc;
      Others others = others_with(what);
      if (others.clients.empty() || in_our_signature(others)) continue;
      add(goes_there ? GuardKind::recipient : GuardKind::address, found.first->span, std::move(others),
          found.second);
    }
  }

  // What stands in the signature of a mail of ours is ours.
  static bool in_our_signature(const Others& others) {
    if (!others.newest || others.newest->message.direction == Direction::in ||
        others.newest->highlights.empty())
      return false;
    const std::uint32_t at = others.newest->highlights.front().begin;
    const auto& sections = others.newest->message.sections;
    return std::any_of(sections.begin(), sections.end(), [at](const TextSection& section) {
      return section.kind == SectionKind::signature && at >= section.begin && at < section.end;
    });
  }

  void check_common(GuardKind kind, const DraftSpan& span, std::uint32_t times, const What& what) {
    count_word();
    if (occurs_with_client(what)) return;
    Others others = others_with(what);
    if (others.clients.empty() || others.more || in_our_signature(others)) return;
    add(kind, span, std::move(others), times);
  }

  void check_phones() {
    const std::vector<DraftWord> words = phone_numbers(draft_);
    for (const auto& [digits, found] : by_value(words, &DraftWord::value))
      check_common(
          GuardKind::phone, found.first->span, found.second,
          [digits = digits, as_written = written(found.first->span)] { return phone(digits, as_written); });
  }

  void check_amounts() {
    const std::vector<DraftAmount> words = distinctive_amounts(draft_);
    for (const auto& [yen, found] : by_value(words, &DraftAmount::yen)) {
      const std::size_t before = findings_.size();
      check_common(GuardKind::amount, found.first->span, found.second, [yen = yen] { return price(yen); });
      if (findings_.size() > before) quote_amount(findings_.back(), yen);
    }
  }

  // The line of the message that names the amount.
  void quote_amount(GuardFinding& finding, std::int64_t yen) {
    const auto facts = store_.catalogue().facts(finding.newest->id);
    const auto record = store_.catalogue().record(finding.newest->id);
    if (!facts || !record) return;
    for (const Amount& amount : facts->amounts)
      if (amount.yen == yen && amount.place.end <= record->text.size()) {
        finding.newest->quote = line_around(record->text, amount.place.begin);
        return;
      }
  }

  void check_files() {
    const std::vector<DraftWord> words = file_names(draft_);
    for (const auto& [name, found] : by_value(words, &DraftWord::value))
      check_common(GuardKind::file, found.first->span, found.second,
                   [name = name] { return phrase(name, "file:"); });
  }

  std::string written(const DraftSpan& span) const {
    return draft_[span.part].text.substr(span.begin, span.end - span.begin);
  }

  void place(GuardFinding& finding) const {
    const DraftPart& part = draft_[finding.span.part];
    finding.surface = written(finding.span);
    const std::string_view before = std::string_view(part.text).substr(0, finding.span.begin);
    const auto lines = static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
    const std::size_t line_begin = lines == 0 ? 0 : before.rfind('\n') + 1;
    const bool has_lines = part.place == DraftPart::Place::text || part.place == DraftPart::Place::sheet;
    if (has_lines)
      finding.line =
          lines < part.numbers.size() ? part.numbers[lines] : static_cast<std::uint32_t>(lines + 1);
    finding.column = 1;
    for (std::size_t at = line_begin; at < finding.span.begin; ++finding.column)
      at += decode_utf8(part.text, at).size;
  }

  Store& store_;
  const Draft& draft_;
  const GuardLimits& limits_;
  std::vector<std::string> own_client_;
  std::vector<std::pair<std::string, std::string>> client_names_; ///< name, address
  std::vector<DraftSpan> client_spans_, salutation_spans_;
  std::set<std::string> our_names_;
  std::map<std::string, Named> named_; ///< of other clients, by folded text
  std::size_t words_ = 0;
  std::vector<GuardFinding> findings_;
};

} // namespace

std::string_view guard_kind_name(GuardKind kind) {
  constexpr std::array<std::string_view, 7> names = {"salutation", "recipient", "name", "address",
                                                     "phone",      "amount",    "file"};
  return names[static_cast<std::size_t>(kind)];
}

std::vector<GuardFinding> guard_draft(Store& store, const Draft& draft,
                                      const std::vector<std::string>& identifiers,
                                      const GuardLimits& limits) {
  std::size_t bytes = 0;
  for (const DraftPart& part : draft) bytes += part.text.size();
  if (bytes > limits.max_text_bytes)
    throw Error(trf("the draft has more than {} bytes of text", limits.max_text_bytes),
                tr("Check it in parts."));
  return Guard(store, draft, identifiers, limits).run();
}

} // namespace genchi
