// Pairs of spellings: what one was written as, the other one finds, alone and within sentences; and what must be kept apart.
#include <catch2/catch.hpp>

#include <algorithm>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "genchi/message.hpp"
#include "index/query.hpp"
#include "index/search.hpp"
#include "index/word.hpp"
#include "text/fold.hpp"

using namespace genchi;
using namespace genchi::index;

namespace {

using Pair = std::pair<std::string, std::string>;

std::vector<Pair> read_pairs(const std::string& name) {
  std::ifstream file(std::string(GENCHI_TEST_DATA) + "/" + name);
  REQUIRE(file);
  std::vector<Pair> pairs;
  for (std::string line; std::getline(file, line);) {
    const std::size_t tab = line.find('\t');
    if (line.starts_with('#') || tab == std::string::npos) continue;
    pairs.emplace_back(line.substr(0, tab), line.substr(tab + 1));
  }
  REQUIRE(pairs.size() >= 40);
  return pairs;
}

/// Is the query, as one word without synonyms, found in a message of this text?
bool finds(const std::string& query, const std::string& text) {
  QueryContext context;
  context.synonyms.clear();
  MessageRecord message;
  message.text = text;
  Node node;
  node.op = Node::Op::word;
  node.written = query;
  node.folded = fold(query);
  node.forms = forms_of(query, node.folded, /*phrase=*/false, context);
  return matches(node, message);
}

const std::vector<std::pair<std::string, std::string>> sentences{
    {"", ""},
    {"お世話になっております。", "の件、承知しました。"},
    {"先日の", "について、ご連絡いたします。"},
    {"「", "」とのことです"},
    {"【", "】"},
    {"・", "\n・納期は来月です"},
    {"次回は、", "でお願いします"},
    {"> ", "を、確認しました"},
    {"さて、", "？"},
    {"了解です！", "ですね♪"},
    {"本日、", "。明日もよろしくお願いします。"},
    {"件名は\n", "\nです"},
    {"Re: ", " / next week"},
    {"1) ", " 2) その他"},
    {"ご確認ください→", "←こちらです"},
    {"😀", "😀"},
    {"A. ", "\n\nB. 以上"},
    {"株主の皆様、", "が、届きました"},
    {"念のため：", "（予定）"},
    {"\t", "\t合計"},
};

} // namespace

TEST_CASE("Each spelling finds the other, alone and in sentences") {
  for (const char* const file : {"pairs_same.tsv", "pairs_same_unread.tsv"})
    for (const auto& [a, b] : read_pairs(file)) {
      CAPTURE(a, b);
      for (const auto& [before, behind] : sentences) {
        CAPTURE(before, behind);
        CHECK(finds(b, before + a + behind));
        CHECK(finds(a, before + b + behind));
      }
    }
}

TEST_CASE("Other words are kept apart") {
  for (const auto& [a, b] : read_pairs("pairs_apart_unread.tsv")) {
    CAPTURE(a, b);
    CHECK_FALSE(finds(b, a));
    CHECK_FALSE(finds(a, b));
  }
}

TEST_CASE("A word is not found where it does not stand") {
  // Two of them are found, and knowingly so: NFKC makes m² m2, and 10³ 103 with it; to the stemmer lens is a plural.
  const std::vector<Pair> known{{"10³個の部品です", "103"}, {"lensを買います", "len"}};
  for (const auto& [written, query] : read_pairs("negatives_unread.tsv")) {
    CAPTURE(written, query);
    if (std::find(known.begin(), known.end(), Pair(written, query)) != known.end()) continue;
    CHECK_FALSE(finds(query, written));
  }
}
