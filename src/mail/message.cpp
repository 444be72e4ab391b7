#include "mail/message.hpp"

#include <algorithm>
#include <array>
#include <unordered_set>
#include <utility>

#include "base/bytes.hpp"
#include "genchi/i18n.hpp"
#include "mail/content.hpp"
#include "mail/encoded_words.hpp"
#include "mail/fields.hpp"
#include "mail/parameters.hpp"
#include "mail/structure.hpp"

namespace genchi::mail {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::size_t max_references = 10'000;
constexpr std::size_t max_message_id_length = 2'000;
constexpr std::size_t max_people = 100'000; // of one kind
constexpr int max_encoded_depth = 16;

// Ids in <>, or, where nobody wrote brackets, the words with an @. Blanks inside come from bad folding.
std::vector<std::string> message_ids(std::string_view value) {
  std::vector<std::string> ids;
  const auto take = [&ids](std::string_view id) {
    std::string clean;
    for (const char c : id.substr(0, max_message_id_length)) {
      if (static_cast<unsigned char>(c) > ' ' && c != '\x7f') clean.push_back(c);
    }
    if (!clean.empty()) ids.push_back(to_valid_utf8(clean));
  };
  for (std::size_t at = value.find('<'); at != npos && ids.size() < max_references;) {
    const std::size_t end = value.find_first_of("<>", at + 1);
    if (end == npos) break;
    if (value[end] == '<') {
      at = end;
      continue;
    }
    take(value.substr(at + 1, end - at - 1));
    at = value.find('<', end);
  }
  if (!ids.empty()) return ids;
  for (std::size_t at = 0; at < value.size() && ids.size() < max_references;) {
    const std::size_t end = std::min(value.find_first_of(" \t\r\n,", at), value.size());
    std::string_view word = value.substr(at, end - at);
    while (!word.empty() && (word.front() == '<' || word.front() == '>')) word.remove_prefix(1);
    if (word.find('@') != npos) take(word);
    at = end + 1;
  }
  return ids;
}

// Labels are parted by commas; one that holds a comma stands in quotes.
std::vector<std::string> split_labels(std::string_view value) {
  std::vector<std::string> labels;
  std::string label;
  bool quoted = false;
  const auto finish = [&] {
    const std::string_view text = trim(label);
    if (!text.empty()) labels.emplace_back(text);
    label.clear();
  };
  for (const char c : value) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      finish();
    } else {
      label.push_back(c);
    }
  }
  finish();
  return labels;
}

bool is_one_of(std::string_view value, std::initializer_list<std::string_view> names) {
  return std::any_of(names.begin(), names.end(), [value](auto name) { return ascii_iequals(value, name); });
}

// Reads the fields of a mail. Where a field stands more than once that may not, the first counts.
class FieldReader {
 public:
  explicit FieldReader(Message& message) : message_(message) {}

  void read(const std::vector<Field>& fields) {
    for (const Field& field : fields) {
      if (!read_people(field)) read_other(field);
    }
    finish();
  }

 private:
  bool read_people(const Field& field) {
    struct Target {
      std::string_view name;
      std::vector<Address> Message::*people;
    };
    static constexpr std::array<Target, 6> targets = {{{"From", &Message::from},
                                                       {"To", &Message::to},
                                                       {"Cc", &Message::cc},
                                                       {"Bcc", &Message::bcc},
                                                       {"Sender", &Message::sender},
                                                       {"Reply-To", &Message::reply_to}}};
    for (const Target& target : targets) {
      if (!ascii_iequals(field.name, target.name)) continue;
      std::vector<Address>& people = message_.*target.people;
      if (!people.empty() && is_one_of(field.name, {"From", "Sender"})) return true;
      for (Address& address : parse_addresses(field.value)) {
        if (people.size() < max_people) people.push_back(std::move(address));
      }
      return true;
    }
    return false;
  }

  void read_other(const Field& field) {
    const std::string_view name = field.name;
    if (ascii_iequals(name, "Subject")) {
      if (message_.subject.empty()) message_.subject = decode_header_text(field.value);
    } else if (ascii_iequals(name, "Date")) {
      if (!message_.date) message_.date = parse_date(field.value);
    } else if (ascii_iequals(name, "Received")) {
      const std::size_t semicolon = field.value.rfind(';');
      const auto date = semicolon == npos ? std::nullopt : parse_date(field.value.substr(semicolon + 1));
      if (date) message_.received.push_back(date->utc);
    } else if (ascii_iequals(name, "Message-ID")) {
      auto ids = message_ids(field.value);
      if (message_.message_id.empty() && !ids.empty()) message_.message_id = std::move(ids.front());
    } else if (ascii_iequals(name, "References")) {
      add_references(references_, field.value);
    } else if (ascii_iequals(name, "In-Reply-To")) {
      add_references(in_reply_to_, field.value);
    } else if (is_one_of(name, {"Delivered-To", "X-Original-To", "Envelope-To", "Apparently-To"})) {
      read_delivered_to(field.value);
    } else if (ascii_iequals(name, "X-Gmail-Labels")) {
      for (std::string& label : split_labels(decode_header_text(field.value))) {
        message_.gmail_labels.push_back(std::move(label));
      }
    } else {
      read_machine_marks(field);
    }
  }

  static void add_references(std::vector<std::string>& all, std::string_view value) {
    for (std::string& id : message_ids(value)) {
      if (all.size() < max_references) all.push_back(std::move(id));
    }
  }

  void read_delivered_to(std::string_view value) {
    auto& all = message_.delivered_to;
    for (Address& person : parse_addresses(value)) {
      if (person.address.empty() || all.size() >= max_people) continue;
      if (delivered_.insert(person.address).second) all.push_back(std::move(person.address));
    }
  }

  // Newsletters and lists; and what a machine has answered or sent by itself. Feedback-ID is neither: large
  // senders put it on ordinary mail too.
  void read_machine_marks(const Field& field) {
    const std::string_view name = field.name;
    if (is_one_of(name, {"List-Id", "List-Unsubscribe", "List-Post", "Mailing-List", "X-ML-Name"})) {
      message_.bulk = true;
    } else if (ascii_iequals(name, "Precedence")) {
      const std::string value = leading_token(field.value);
      message_.bulk |= value == "bulk" || value == "list" || value == "junk";
      message_.automatic |= value == "auto_reply" || value == "auto-reply";
    } else if (is_one_of(name, {"Auto-Submitted", "X-Autoreply", "X-Autorespond", "X-Autoresponder"})) {
      const std::string value = leading_token(field.value);
      message_.automatic |= !value.empty() && value != "no";
    } else if (ascii_iequals(name, "X-Auto-Response-Suppress")) {
      const std::string value = ascii_lower(unfold(field.value));
      message_.automatic |= value == "all" || value.find("autoreply") != npos;
    } else if (ascii_iequals(name, "Return-Path")) {
      message_.automatic |= unfold(field.value) == "<>";
    } else if (ascii_iequals(name, "Content-Type")) {
      message_.automatic |= media_type(field.value) == "multipart/report";
    }
  }

  void finish() {
    std::unordered_set<std::string> seen;
    for (auto* ids : {&references_, &in_reply_to_}) {
      for (std::string& id : *ids) {
        if (seen.insert(id).second) message_.references.push_back(std::move(id));
      }
    }
    for (const auto* people : {&message_.from, &message_.sender}) {
      for (const Address& person : *people) {
        message_.automatic |=
            ascii_iequals(person.address.substr(0, person.address.find('@')), "mailer-daemon");
      }
    }
    message_.automatic |= says_automatic(message_.subject);
  }

  // 自動返信 and its like at the beginning of the subject, in brackets or not.
  static bool says_automatic(std::string_view subject) {
    static constexpr auto opening =
        std::to_array<std::string_view>({" ", "[", "(", "【", "［", "〔", "＜", "（", "\u3000"});
    for (bool stripped = true; stripped;) {
      stripped = false;
      for (const std::string_view mark : opening) {
        if (subject.substr(0, mark.size()) != mark) continue;
        subject.remove_prefix(mark.size());
        stripped = true;
      }
    }
    static constexpr auto words =
        std::to_array<std::string_view>({"自動返信", "自動応答", "自動配信", "不在通知", "automatic reply",
                                         "auto-reply", "auto reply", "out of office"});
    return std::any_of(words.begin(), words.end(),
                       [subject](auto word) { return ascii_istarts_with(subject, word); });
  }

  Message& message_;
  std::vector<std::string> references_, in_reply_to_;
  std::unordered_set<std::string> delivered_;
};

void read_fields(const HeaderBlock& header, Message& message) {
  FieldReader(message).read(header.fields);
  if (header.junk_lines > 0) {
    note_oddity(message, trf("header: {} lines that are no fields", header.junk_lines));
  }
  if (header.no_blank_line) note_oddity(message, tr("header: no blank line before the text"));
  if (header.limited) note_limit(message, tr("limit: header too long, its end was not read"));
}

// The bytes of the part at this place, decoded. A place that is no part's is taken as it is.
void decode_part(std::string_view raw, const Attachment& attachment,
                 const std::function<void(std::string_view)>& to) {
  const Structure structure = scan_structure(raw, Limits());
  Encoding encoding = Encoding::identity;
  for (const Part& part : structure.parts) {
    if (part.begin == attachment.offset && part.end - part.begin == attachment.length)
      encoding = part.encoding;
  }
  const std::size_t begin = std::min<std::uint64_t>(attachment.offset, raw.size());
  const std::string_view body = raw.substr(begin, attachment.length);
  if (encoding == Encoding::base64)
    decode_base64(body, to);
  else if (encoding == Encoding::quoted_printable)
    decode_quoted_printable(body, to);
  else
    to(body);
}

std::string decoded_part(std::string_view raw, const Attachment& attachment) {
  std::string bytes;
  decode_part(raw, attachment, [&](std::string_view piece) { bytes += piece; });
  return bytes;
}

} // namespace

Message parse(std::string_view raw, const Limits& limits) {
  Message message;
  Structure structure = scan_structure(raw, limits);
  read_fields(structure.header, message);
  read_content(raw, std::move(structure), limits, message);
  return message;
}

Message parse_header(std::string_view raw, const Limits& limits) {
  Message message;
  LineCursor lines(raw);
  read_fields(read_header(raw, lines, HeaderOf::message, limits), message);
  return message;
}

void decode_attachment(std::string_view raw, const Attachment& attachment,
                       const std::function<void(std::string_view)>& to) {
  Attachment place = attachment;
  std::string message;
  for (int depth = 0; place.inner > 0 && depth < max_encoded_depth; ++depth) {
    message = decoded_part(raw, place);
    const Message inner = parse(message);
    if (place.inner > inner.attachments.size()) return;
    place = inner.attachments[place.inner - 1];
    raw = message;
  }
  decode_part(raw, place, to);
}

std::string attachment_bytes(std::string_view raw, const Attachment& attachment) {
  std::string bytes;
  decode_attachment(raw, attachment, [&](std::string_view piece) { bytes += piece; });
  return bytes;
}

} // namespace genchi::mail
