#include "catalogue/mail_facts.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "base/bytes.hpp"
#include "text/fold.hpp"

namespace genchi::catalogue {
namespace {

// What somebody asks stands before that.
constexpr std::size_t most_turn_text = 256 << 10;
constexpr UtcSeconds seconds_a_day = 86'400;
// A mail from before 1980 or from far ahead of its own delivery has a clock that was never set.
constexpr UtcSeconds earliest_plausible = 315'532'800;    // 1980-01-01
constexpr UtcSeconds latest_plausible = 4'102'444'800;    // 2100-01-01

bool is_plausible(UtcSeconds t) { return t >= earliest_plausible && t < latest_plausible; }

std::uint64_t hash64(std::string_view text) { return sha256(text).prefix64() >> 1; }  // fits SQLite's signed integer

// Names as Gmail, Outlook, Thunderbird, Apple Mail and Japanese programs write them; compared folded and by the last
// component of the path.
constexpr std::array sent_names{"sent", "sent mail", "sent messages", "sent items", "送信済み", "送信済みメール", "送信済みアイテム", "送信済みトレイ", "送信済", "送信メール", "送信箱", "sent-mail"};
constexpr std::array spam_names{"spam", "junk", "junk e-mail", "junk email", "bulk mail", "迷惑メール", "迷惑メールフォルダ", "迷惑"};
constexpr std::array trash_names{"trash", "bin", "deleted", "deleted items", "deleted messages", "ゴミ箱", "ごみ箱", "削除済みアイテム", "削除済み"};

std::string_view last_component(std::string_view name) {
  const std::size_t at = name.find_last_of("/.");
  return at == std::string_view::npos || at + 1 == name.size() ? name : name.substr(at + 1);
}

template <std::size_t N>
bool is_named(std::string_view name, const std::array<const char*, N>& names) {
  const std::string folded = fold(trim(last_component(name)));
  return std::any_of(names.begin(), names.end(), [&](const char* other) { return fold(other) == folded; });
}

void add(std::vector<Participant>& out, Role role, const std::vector<mail::Address>& addresses) {
  // A list of thousands of recipients is an accident of a newsletter; who got it is in the original.
  constexpr std::size_t most = 500;
  for (const auto& a : addresses) {
    if (a.address.empty() && a.name.empty()) continue;
    if (out.size() >= most) return;
    out.push_back({role, ascii_lower(trim(a.address)), a.name});
  }
}

void set_sent_time(MailFacts& facts, const mail::Message& message, const Entry& entry) {
  UtcSeconds oldest_received = 0;
  for (const UtcSeconds t : message.received)
    if (is_plausible(t) && (oldest_received == 0 || t < oldest_received)) oldest_received = t;
  if (message.date && is_plausible(message.date->utc)) {
    facts.sent = message.date->utc;
    facts.offset_minutes = message.date->offset_minutes;
    facts.sent_source = mail::SentSource::date;
    facts.doubtful_time = oldest_received != 0 && std::abs(facts.sent - oldest_received) > seconds_a_day;
  } else if (oldest_received != 0) {
    facts.sent = oldest_received;
    facts.sent_source = mail::SentSource::received;
  } else if (entry.hints.store_time && is_plausible(*entry.hints.store_time)) {
    facts.sent = *entry.hints.store_time;
    facts.sent_source = mail::SentSource::store_line;
  } else {
    facts.sent = std::max<UtcSeconds>(entry.hints.file_time, 0);
    facts.sent_source = mail::SentSource::file;
  }
}

std::string own_words(const mail::Message& message) {
  std::string out;
  for (const auto& section : message.sections)
    if (section.kind == SectionKind::own)
      out.append(message.text, section.begin, section.end - section.begin);
  return fold(out);
}

void set_thread(MailFacts& facts, const mail::Message& message, const Entry& entry) {
  facts.message_id = message.message_id.empty() ? hash64(entry.identity.view()) : hash64(message.message_id);
  for (const auto& reference : message.references) facts.references.push_back(hash64(reference));
  facts.root = facts.references.empty() ? facts.message_id : facts.references.front();

  const auto base = mail::base_subject(message.subject);
  facts.is_reply = base.is_reply;
  const std::string subject = fold(base.text);
  if (subject.empty()) return;
  std::set<std::string> people;
  for (const auto& p : facts.participants)
    if (p.role == Role::from || p.role == Role::to) people.insert(p.address);
  std::string key = subject;
  for (const auto& address : people) key += "\n" + address;
  facts.subject_group = hash64(key);
}

}  // namespace

bool is_sent_folder(std::string_view name) { return is_named(name, sent_names); }
bool is_spam_folder(std::string_view name) { return is_named(name, spam_names); }
bool is_trash_folder(std::string_view name) { return is_named(name, trash_names); }

std::string domain_of(std::string_view address) {
  const std::size_t at = address.rfind('@');
  return at == std::string_view::npos ? std::string() : ascii_lower(address.substr(at + 1));
}

bool is_shared_domain(std::string_view domain) {
  // Free mail, phone carriers and access providers in use in Japan. A suffix match: xx.ocn.ne.jp too.
  static constexpr std::string_view shared[] = {
      "gmail.com", "googlemail.com", "icloud.com", "me.com", "mac.com", "outlook.com", "outlook.jp", "hotmail.com", "hotmail.co.jp", "live.jp", "live.com", "msn.com",
      "yahoo.com", "yahoo.co.jp", "ymail.ne.jp", "aol.com", "aol.jp", "gmx.com", "gmx.net", "mail.com", "proton.me", "protonmail.com", "zoho.com", "qq.com", "163.com", "126.com", "naver.com",
      "docomo.ne.jp", "ezweb.ne.jp", "au.com", "softbank.ne.jp", "i.softbank.jp", "vodafone.ne.jp", "disney.ne.jp", "ymobile.ne.jp", "ymobile1.ne.jp", "willcom.com", "emnet.ne.jp", "rakuten.jp", "rakumail.jp", "uqmobile.jp", "mineo.jp",
      "nifty.com", "nifty.ne.jp", "biglobe.ne.jp", "ocn.ne.jp", "so-net.ne.jp", "dion.ne.jp", "plala.or.jp", "eonet.ne.jp", "jcom.home.ne.jp", "jcom.zaq.ne.jp", "zaq.ne.jp", "asahi-net.or.jp", "excite.co.jp", "infoseek.jp", "goo.jp", "mail.goo.ne.jp",
      "hi-ho.ne.jp", "wakwak.com", "odn.ne.jp", "odn.ad.jp", "auone-net.jp", "tiki.ne.jp", "megaegg.ne.jp", "bbiq.jp", "commufa.jp", "ctk.ne.jp", "itscom.net", "cam.hi-ho.ne.jp", "justmyshop.com", "yandex.com", "inbox.com", "fastmail.com", "hey.com", "duck.com", "privaterelay.appleid.com"};
  for (const auto known : shared) {
    if (domain == known) return true;
    if (domain.size() > known.size() && domain.substr(domain.size() - known.size()) == known &&
        domain[domain.size() - known.size() - 1] == '.')
      return true;
  }
  return false;
}

std::string form_address(std::string_view body) {
  static constexpr std::string_view labels[] = {"メールアドレス", "email", "e-mail", "mail", "電子メール", "メール", "ご連絡先メールアドレス", "eメール", "mailaddress", "emailaddress", "yourmail", "your-email"};
  constexpr std::size_t longest_line = 400;
  std::string_view rest = body.substr(0, 64 << 10);
  Line line;
  while (next_line(rest, line)) {
    if (line.text.size() > longest_line || line.text.find('@') == std::string_view::npos) continue;
    // 【メールアドレス】a@…, ■ E-mail : a@…, [your-email] a@…, メールアドレス（必須）：a@…
    const std::size_t at = line.text.find('@');
    std::size_t begin = at;
    const auto is_address_character = [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
             std::string_view("._%+-").find(c) != std::string_view::npos;
    };
    while (begin > 0 && is_address_character(line.text[begin - 1])) --begin;
    std::size_t end = at + 1;
    while (end < line.text.size() && (is_address_character(line.text[end]) && line.text[end] != '_')) ++end;
    while (end > at && line.text[end - 1] == '.') --end;
    const std::string_view address = line.text.substr(begin, end - begin);
    if (begin == at || address.find('.', at - begin) == std::string_view::npos) continue;

    std::string label;
    const std::string folded = fold(line.text.substr(0, begin));
    for (std::size_t i = 0; i < folded.size();) {
      const CodePoint c = decode_utf8(folded, i);
      const bool parenthesis = folded[i] == '(';
      if (parenthesis) break;
      if (char_class(c.value) != CharClass::other || folded[i] == '-') label.append(folded, i, c.size);
      i += c.size;
    }
    if (std::any_of(std::begin(labels), std::end(labels), [&](std::string_view known) { return label == fold(known); }))
      return ascii_lower(address);
  }
  return {};
}

namespace {

/// Signatures, cards and invitations that programs attach hand nothing over.
bool is_of_the_program(const mail::Attachment& attachment) {
  const std::string name = ascii_lower(attachment.name);
  return attachment.type == "application/pkcs7-signature" || attachment.type == "application/pgp-signature" || attachment.type == "text/x-vcard" || attachment.type == "text/vcard" ||
         attachment.type == "application/pgp-keys" || name == "winmail.dat" || name.ends_with(".p7s") || name.ends_with(".vcf") || name.ends_with(".asc");
}

void read_turn_of(const mail::Message& message, MailFacts& facts) {
  if (!message.from.empty()) facts.by = message.from.front().name.empty() ? message.from.front().address : message.from.front().name;
  const bool files = std::any_of(message.attachments.begin(), message.attachments.end(), [](const mail::Attachment& each) {
    return !each.is_inline && !is_of_the_program(each);
  });
  const auto base = mail::base_subject(message.subject);
  const std::string subject = base.text;
  const std::string_view text = std::string_view(message.text).substr(0, most_turn_text);
  std::vector<TextSection> sections;
  for (TextSection section : message.sections)
    if (section.begin < text.size()) sections.push_back({section.kind, section.begin, std::min<std::uint32_t>(section.end, static_cast<std::uint32_t>(text.size()))});
  const facts::Text own(text, sections);
  facts.turn = facts::read_turn(own, facts::Text(subject, {}, true), files, base.is_reply);
  const auto names = [](const std::vector<Person>& people) {
    std::vector<std::string> out;
    for (const Person& person : people) out.push_back(person.name);
    return out;
  };
  if (!message.cc.empty()) facts.for_recipient_only = facts::is_for_recipient_only(own, names(message.to), names(message.cc));
  facts.turn_words = facts::words_at(facts.turn.place.in_subject ? std::string_view(subject) : text, facts.turn.place);
}

std::string reading_of(const mail::Message& message, const MailFacts& facts, const facts::Vocabulary& vocabulary) {
  facts::MessageText text;
  text.text = message.text;
  text.sections = message.sections;
  text.subject = message.subject;
  // Pictures in the text (a logo, a stamp) and mails that are attached are no documents by their names.
  std::vector<std::string> files;
  for (const mail::Attachment& attachment : message.attachments)
    if (!attachment.name.empty() && !attachment.type.starts_with("message/") && !(attachment.is_inline && attachment.type.starts_with("image/"))) files.push_back(attachment.name);
  text.files = files;
  if (facts.automatic) text.flags |= flag_auto;
  if (facts.bulk) text.flags |= flag_bulk;
  text.sent = {facts.sent, facts.offset_minutes};
  return facts::read_packed(text, vocabulary);
}

}  // namespace

namespace {

MailFacts memo_facts(std::string_view raw, const facts::Vocabulary& vocabulary) {
  MailFacts facts;
  facts.memo = mail::read_memo(raw);
  if (!facts.memo) return facts;
  mail::Message message = mail::parse(raw);
  message.sections.clear();  // all of it is ours
  facts.sent = facts.memo->time.utc;
  facts.offset_minutes = facts.memo->time.offset_minutes;
  facts.reading = reading_of(message, facts, vocabulary);
  facts.by = facts.memo->by;
  if (facts.memo->supplement_of) return facts;
  const std::string_view text = std::string_view(message.text).substr(0, most_turn_text);
  facts.turn = facts::read_memo_turn(facts::Text(text), facts.memo->channel, !message.attachments.empty());
  facts.turn_words = facts::words_at(text, facts.turn.place);
  return facts;
}

}  // namespace

MailFacts mail_facts(std::string_view raw, const Entry& entry, const facts::Vocabulary& vocabulary) {
  if (entry.kind == EntryKind::memo) return memo_facts(raw, vocabulary);
  const mail::Message message = mail::parse(raw);
  MailFacts facts;
  add(facts.participants, Role::from, message.from);
  add(facts.participants, Role::sender, message.sender);
  add(facts.participants, Role::reply_to, message.reply_to);
  for (const auto& address : message.delivered_to)
    if (facts.participants.size() < 20) facts.participants.push_back({Role::delivered_to, ascii_lower(trim(address)), ""});
  if (const std::string address = form_address(message.text); !address.empty())
    facts.participants.push_back({Role::form, address, ""});
  add(facts.participants, Role::to, message.to);
  add(facts.participants, Role::cc, message.cc);
  add(facts.participants, Role::bcc, message.bcc);

  set_sent_time(facts, message, entry);
  facts.bulk = message.bulk;
  facts.beyond_limits = message.beyond_limits;
  facts.automatic = message.automatic;
  facts.in_sent = is_sent_folder(entry.hints.folder);
  facts.in_spam = is_spam_folder(entry.hints.folder);
  facts.in_trash = is_trash_folder(entry.hints.folder) || entry.hints.flags.find('T') != std::string::npos;
  for (const auto& label : message.gmail_labels) {
    facts.in_sent |= is_sent_folder(label);
    facts.in_spam |= is_spam_folder(label);
    facts.in_trash |= is_trash_folder(label);
  }
  set_thread(facts, message, entry);
  facts.reading = reading_of(message, facts, vocabulary);
  read_turn_of(message, facts);

  std::string twin = facts.participants.empty() ? "" : facts.participants.front().address;
  twin += '\n' + std::to_string(message.date ? message.date->utc : 0) + '\n' + own_words(message);
  facts.twin_key = hash64(twin);
  return facts;
}

}  // namespace genchi::catalogue
