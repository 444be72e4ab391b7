#include "index/terms.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

#include "base/bytes.hpp"
#include "index/schema.hpp"
#include "text/fold.hpp"

namespace genchi::index {
namespace {

using Terms = std::set<std::string>;

Terms terms_in(std::string_view folded) {
  std::unordered_set<std::string> terms;
  collect_terms(folded, terms);
  return Terms(terms.begin(), terms.end());
}

bool may_hold(const Terms& document, const RequiredTerms& required) {
  const bool terms = std::all_of(required.terms.begin(), required.terms.end(),
                                 [&](const std::string& term) { return document.count(term) > 0; });
  return terms &&
         std::all_of(required.prefixes.begin(), required.prefixes.end(), [&](const std::string& prefix) {
           const auto it = document.lower_bound(prefix);
           return it != document.end() && it->starts_with(prefix);
         });
}

TEST_CASE("The terms of a folded text") {
  struct Row {
    const char* text;
    Terms terms;
  };
  const Row rows[] = {
      {"", {}},
      {"見", {"見"}},
      {"見積", {"見積", "積"}},
      {"御見積書", {"御見", "見積", "積書", "書"}},
      {"見積、書", {"見積", "積", "書"}},
      {"見積\n書", {"見積", "積", "書"}},
      {"見積\t書", {"見積", "積", "書"}},
      {"さあびす", {"さあ", "あび", "びす", "す"}},
      {"おおお", {"おお", "お"}},
      {"hello world", {"hello", "world"}},
      {"hello hello", {"hello"}},
      {"11,200円", {"11", "200", "円"}},
      {"a4用紙3枚", {"a4", "用紙", "紙", "3", "枚"}},
      {"info@example.jp", {"info", "example", "jp"}},
      {"привет", {"привет"}},
      {" .,!?-()", {}},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    CHECK(terms_in(row.text) == row.terms);
  }
}

TEST_CASE("A long word is cut at a character") {
  const std::string ascii(200, 'x');
  CHECK(terms_in(ascii) == Terms{std::string(64, 'x')});
  std::string cyrillic = "x";
  for (int i = 0; i < 100; ++i) cyrillic += "ж";
  CHECK(terms_in(cyrillic) == Terms{cyrillic.substr(0, 63)});
  CHECK(terms_in(std::string(64, 'x')) == Terms{std::string(64, 'x')});
  CHECK(required_terms(ascii).terms == std::vector{std::string(64, 'x')});
  CHECK(required_terms(cyrillic).terms == std::vector{cyrillic.substr(0, 63)});
}

TEST_CASE("No term is too long for the index") {
  std::string hostile;
  for (int i = 0; i < 3000; ++i) hostile.push_back(static_cast<char>(i * 37 % 256));
  for (const std::string& text : {std::string(1000, '\0'), std::string(1000, '\xff'), hostile, fold(hostile)})
    for (const std::string& term : terms_in(text))
      CHECK(term.size() + std::count(term.begin(), term.end(), '\0') < 245);
}

TEST_CASE("What a document must hold for a phrase") {
  struct Row {
    const char* phrase;
    std::vector<std::string> terms;
    std::vector<std::string> prefixes;
  };
  const Row rows[] = {
      {"見積", {"見積"}, {}},
      {"見積書", {"見積", "積書"}, {}},
      {"さ", {}, {"さ"}},
      {"おおおお", {"おお"}, {}},
      {"ab", {"ab"}, {}},
      {"3千", {"3"}, {"千"}},
      {"千3", {"千", "3"}, {}},
      {"見積 abc", {"見積", "abc"}, {}},
      {"a4用紙", {"a4", "用紙"}, {}},
      {"11,200円", {"11", "200"}, {"円"}},
      {"円。", {"円"}, {}},
      {"。円", {}, {"円"}},
      {"ab-ab", {"ab"}, {}},
      {"...", {}, {}},
      {"", {}, {}},
  };
  for (const Row& row : rows) {
    INFO(row.phrase);
    const RequiredTerms required = required_terms(row.phrase);
    CHECK(required.terms == row.terms);
    CHECK(required.prefixes == row.prefixes);
  }
}

// Everything find_folded finds must be among the candidates.
TEST_CASE("Whatever is in a text is found through its terms") {
  const std::vector<std::string> alphabet = {"見", "積",   "サ", "ー", "ビ", "ｶﾞ", "円", "1",  "20",
                                             "a",  "b",    "Z",  "é",  "ж",  " ",  "。", "、", "-",
                                             "\n", "\n\n", "\t", "①",  "㈱", "々", "😀",  "が", "１",
                                             "　", ",",    "々", "高", "髙", ".",  "@",  "（", "ﾟ"};
  std::uint32_t state = 7;
  const auto random = [&](std::size_t below) {
    state = state * 1'664'525 + 1'013'904'223;
    return (state >> 8) % below;
  };
  std::size_t found = 0;
  for (int round = 0; round < 3000; ++round) {
    std::string original;
    for (std::size_t n = random(40); n > 0; --n) original += alphabet[random(alphabet.size())];
    const std::string text = fold(original);
    const Terms terms = terms_in(text);
    for (int part = 0; part < 10 && !text.empty(); ++part) {
      std::size_t begin = random(text.size());
      std::size_t end = begin + 1 + random(std::min<std::size_t>(text.size() - begin, 16));
      const auto inside = [&](std::size_t at) {
        return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
      };
      while (inside(begin)) --begin;
      while (inside(end)) ++end;
      const std::string_view phrase = std::string_view(text).substr(begin, end - begin);
      if (find_folded(text, phrase) == std::string::npos) continue;
      ++found;
      INFO(text << " | " << phrase);
      REQUIRE(may_hold(terms, required_terms(phrase)));
    }
  }
  CHECK(found > 5000);
}

TEST_CASE("Terms with a prefix fit into the index") {
  CHECK(prefixed_term(prefix::channel, "line") == "Cline");
  CHECK(prefixed_term(prefix::identifier, std::string(200, 'x')) == "I" + std::string(200, 'x'));
  CHECK(prefixed_term(prefix::identifier, std::string(201, 'x')) ==
        "I" + sha256(std::string(201, 'x')).hex());
  CHECK(prefixed_term(prefix::job, std::string(101, '\0')).size() == 65);
  CHECK(message_term(sha256("x")) == "M" + sha256("x").hex().substr(0, 16));
}

TEST_CASE("A month is that of Tokyo") {
  const auto utc = [](const char* time) { return parse_iso8601(time)->utc; };
  CHECK(month_term(utc("2024-03-31T23:59:59+09:00")) == "Y202403");
  CHECK(month_term(utc("2024-03-31T15:00:00Z")) == "Y202404");
  CHECK(month_term(0) == "Y197001");
  CHECK(month_term(INT64_MIN) == "Y000001");
  CHECK(month_term(INT64_MAX) == "Y999912");
}

TEST_CASE("A passage is found by everything that its messages are") {
  MessageRecord first;
  first.id = sha256("first");
  first.channel = Channel::line;
  first.direction = Direction::in;
  first.flags = flag_bulk;
  first.sent = *parse_iso8601("2024-01-31T23:00:00+09:00");
  first.account = "ＭＩＤＯＲＩ";
  first.identifiers = {"chat:0123456789abcdef"};
  first.conversation = "c1";
  first.from.name = "青木";
  first.text = "見積";
  first.files = {{"", "sticker"}, {"図面.pdf", "file"}};
  MessageRecord second = first;
  second.id = sha256("second");
  second.direction = Direction::out;
  second.flags = flag_unsent | flag_spam;
  second.sent = *parse_iso8601("2024-02-01T00:00:00+09:00");
  second.conversation = "c2";
  second.files.clear();

  const PassageTerms terms = terms_of({{first, second}});
  for (const std::string term :
       {"Ichat:0123456789abcdef", "Amidori", "Cline", "Din", "Dout", "Y202401", "Y202402", "Hattachment",
        "Hfile", "Hsticker", "Fbulk", "Funsent", "Fspam", "Tc1", "Tc2"}) {
    INFO(term);
    CHECK(terms.prefixed.count(term) == 1);
  }
  CHECK(terms.prefixed.count(message_term(second.id)) == 1);
  CHECK(terms.prefixed.count("Ftrash") == 0);
  CHECK(terms.text.count("見積") == 1);
  CHECK(terms.text.count("青木") == 1);
  CHECK(terms.text.count("図面") == 1);
  CHECK(terms.text.count("pdf") == 1);
}

} // namespace
} // namespace genchi::index
