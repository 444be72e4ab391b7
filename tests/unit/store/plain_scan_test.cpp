// Searches of an archive against a plain scan of the folded texts: pieces of one to six characters taken from the samples
// and from generated mails, alone and combined, paged to the end; before and after a rebuild, and in another order of import.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <random>
#include <set>

#include "base/bytes.hpp"
#include "genchi/time.hpp"
#include "index/passage.hpp"
#include "text/fold.hpp"
#include "fixture.hpp"

using namespace genchi;

namespace {

namespace fs = std::filesystem;

// With two pieces in most, over two orders of import, more than 2,000 pieces. $GENCHI_QUESTIONS asks more.
std::size_t questions_asked() {
  const char* const more = std::getenv("GENCHI_QUESTIONS");
  return more != nullptr ? std::stoul(more) : 600;
}

/// The folded texts of a message, each by itself.
struct Scanned {
  Sha256 id;
  UtcSeconds sent = 0;
  std::string subject;
  std::vector<std::string> texts;
};

std::size_t character_end(std::string_view text, std::size_t at) { return at + decode_utf8(text, at).size; }

bool is_word_character(std::string_view text, std::size_t at) { return char_class(decode_utf8(text, at).value) == CharClass::word; }

std::size_t last_character(std::string_view text, std::size_t end) {
  do --end;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80);
  return end;
}

/// Letters and digits only at the edges of words.
bool stands_in(std::string_view text, std::string_view piece) {
  for (std::size_t at = text.find(piece); at != std::string_view::npos; at = text.find(piece, at + 1)) {
    const std::size_t end = at + piece.size();
    const bool begins = at == 0 || !is_word_character(piece, 0) || !is_word_character(text, last_character(text, at));
    const bool ends = end == text.size() || !is_word_character(piece, last_character(piece, piece.size())) || !is_word_character(text, end);
    if (begins && ends) return true;
  }
  return false;
}

Scanned scanned(const MessageRecord& m) {
  Scanned out{m.id, m.sent.utc, fold(m.subject), {index::fold_body(m.text)}};
  const auto add = [&](const Person& person) {
    out.texts.push_back(fold(person.name));
    out.texts.push_back(fold(person.address));
  };
  out.texts.push_back(out.subject);
  add(m.from);
  for (const auto* people : {&m.to, &m.cc})
    for (const Person& person : *people) add(person);
  for (const AttachedFile& file : m.files) out.texts.push_back(fold(file.name));
  return out;
}

using Answer = std::function<bool(const Scanned&)>;
struct Question {
  std::string query;
  Answer holds;
};

class Questions {
 public:
  Questions(const std::vector<Scanned>& messages, unsigned seed) : messages_(messages), random_(seed) {}

  Question next() {
    const std::string a = piece(), b = piece(), c = piece();
    const auto word = [](const std::string& piece) -> Answer {
      return [piece](const Scanned& m) { return std::any_of(m.texts.begin(), m.texts.end(), [&](const std::string& t) { return stands_in(t, piece); }); };
    };
    const Answer wa = word(a), wb = word(b), wc = word(c);
    switch (pick(8)) {
    case 0:
      return {quoted(a) + " " + quoted(b), [=](const Scanned& m) { return wa(m) && wb(m); }};
    case 1:
      return {quoted(a) + " OR " + quoted(b), [=](const Scanned& m) { return wa(m) || wb(m); }};
    case 2:
      return {quoted(a) + " -" + quoted(b), [=](const Scanned& m) { return wa(m) && !wb(m); }};
    case 3:
      return {"(" + quoted(a) + " OR " + quoted(b) + ") NOT " + quoted(c), [=](const Scanned& m) { return (wa(m) || wb(m)) && !wc(m); }};
    case 4:
      return {"件名:" + quoted(a) + " OR " + quoted(b), [=](const Scanned& m) { return stands_in(m.subject, a) || wb(m); }};
    case 5: {
      const int year = 2023 + static_cast<int>(pick(4)), month = 1 + static_cast<int>(pick(12));
      const UtcSeconds begin = utc_from_civil({year, month, 1}, 0, 0, 0, japan_offset_minutes);
      const std::string from = std::to_string(year) + (month < 10 ? "-0" : "-") + std::to_string(month) + "..";
      return {quoted(a) + " 日付:" + from, [=](const Scanned& m) { return wa(m) && m.sent >= begin; }};
    }
    default:
      return {quoted(a), wa};
    }
  }

 private:
  std::size_t pick(std::size_t n) { return random_() % n; }
  static std::string quoted(const std::string& piece) { return '"' + piece + '"'; }

  /// One to six characters as they stand in a text; letters and digits as whole words.
  std::string piece() {
    for (;;) {
      const Scanned& m = messages_[pick(messages_.size())];
      const std::string& text = m.texts[pick(m.texts.size())];
      if (text.empty()) continue;
      std::size_t begin = pick(text.size());
      while (begin > 0 && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80) --begin;
      while (begin > 0 && is_word_character(text, begin) && is_word_character(text, last_character(text, begin)))
        begin = last_character(text, begin);
      std::size_t end = begin;
      for (std::size_t left = 1 + pick(6); left > 0 && end < text.size(); --left) end = character_end(text, end);
      while (end < text.size() && end > begin && is_word_character(text, last_character(text, end)) && is_word_character(text, end))
        end = character_end(text, end);
      const std::string piece = text.substr(begin, end - begin);
      // A query is folded as well, so a blank at an edge and what ends a line cannot be asked for.
      if (piece.find_first_of("\n\t\"") != std::string::npos || fold(piece) != piece) continue;
      return piece;
    }
  }

  const std::vector<Scanned>& messages_;
  std::mt19937 random_;
};

/// Sentences of an invented workshop, put together by chance.
std::string generated_mbox(std::size_t count) {
  static const std::vector<std::string> parts{
      "お世話になっております。", "額縁の", "修理", "お見積り", "は", "48,000円", "（税別）", "です。", "納期", "3週間", "後に", "ｱｸﾘﾙ", "アクリル板",
      "を交換", "しました。", "\n", "\n\n", "Frame", " A4 ", "size", "髙山様", "ご確認", "ください", "。\n", "①", "②", "サ－ビス", "品番AB-12", "、", "・", " 2025/03/01 "};
  std::mt19937 random(7);
  std::string box;
  for (std::size_t i = 0; i < count; ++i) {
    std::string subject, body;
    for (std::size_t n = 1 + random() % 5; n > 0; --n) subject += parts[random() % 15];
    for (std::size_t n = 3 + random() % 30; n > 0; --n) body += parts[random() % parts.size()];
    std::replace(subject.begin(), subject.end(), '\n', ' ');
    box += "From gakubuchi Mon Jan  6 10:00:00 2025\n" +
           test::mail_of("工房 <koubou@gakubuchi.example>", "髙山 <takayama@example.com>", subject,
                         "Mon, 06 Jan 2025 10:00:" + std::to_string(10 + i % 50) + " +0900",
                         "Message-ID: <" + std::to_string(i) + "@gakubuchi.example>\n", body) + "\n";
  }
  return box;
}

class Scan : public test::StoreFixture {
 public:
  using StoreFixture::import;
  void import_all(std::vector<fs::path> paths, unsigned order) {
    std::mt19937 random(order);
    if (order > 0) std::shuffle(paths.begin(), paths.end(), random);
    for (const fs::path& path : paths) import({path}, {}, "");
  }
};

/// Ids of all hits, newest first; by pages if wanted.
std::vector<Sha256> ids(index::Searcher& searcher, const std::string& query, std::size_t page) {
  index::QueryContext context;
  context.now = 1'775'000'000;
  const auto tree = index::parse_query(query, context);
  std::vector<Sha256> out;
  index::SearchOptions options;
  options.with_hidden = true;
  options.limit = page;
  for (;;) {
    const auto result = searcher.search(*tree, options);
    for (const auto& hit : result.hits) out.push_back(hit.message.id);
    if (page == 0 || result.hits.size() < page) return out;
    options.offset += page;
  }
}

} // namespace

TEST_CASE_METHOD(Scan, "A search finds what a plain scan of the folded texts finds") {
  const fs::path samples = GENCHI_SAMPLES;
  std::vector<fs::path> paths{file("generated.mbox", generated_mbox(120))};
  for (const char* part : {"mail/eml", "mail/Maildir", "mail/tsubame.mbox", "line"}) paths.push_back(samples / part);
  const unsigned order = GENERATE(0u, 1u);
  import_all(paths, order);

  std::vector<Scanned> messages;
  {
    Store store = Store::open(archive());
    index::SearchOptions all;
    all.with_hidden = true;
    store.searcher().for_each(*index::parse_query("", {}), all, [&](index::Hit&& hit) {
      messages.push_back(scanned(hit.message));
      return true;
    });
  }
  REQUIRE(messages.size() > 250);
  std::sort(messages.begin(), messages.end(), [](const Scanned& a, const Scanned& b) { return a.id < b.id; });

  std::map<std::string, std::vector<Sha256>> answers;
  for (const bool rebuilt : {false, true}) {
    if (rebuilt) {
      Store store = Store::open_for_writing(archive(), false);
      store.rebuild(nullptr);
    }
    Store store = Store::open(archive());
    Questions questions(messages, 20260405 + order);
    for (std::size_t i = 0; i < (rebuilt ? questions_asked() / 4 : questions_asked()); ++i) {
      const Question question = questions.next();
      CAPTURE(order, rebuilt, question.query);
      const std::vector<Sha256> found = ids(store.searcher(), question.query, i % 4 == 0 ? 1 + i % 11 : 0);
      if (rebuilt) {
        REQUIRE(answers[question.query] == found);
        continue;
      }
      std::set<Sha256> expected;
      for (const Scanned& m : messages)
        if (question.holds(m)) expected.insert(m.id);
      REQUIRE(std::set<Sha256>(found.begin(), found.end()) == expected);
      REQUIRE(found.size() == expected.size());
      answers[question.query] = found;
    }
  }
}
