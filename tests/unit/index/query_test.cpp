#include "index/query.hpp"

#include <catch2/catch.hpp>

namespace genchi::index {
namespace {

QueryContext context() {
  QueryContext context;
  context.clients = [](std::string_view name) -> std::vector<std::string> {
    if (name == "青葉") return {"domain:aoba.example.jp", "addr:rin@aoba.example.jp"};
    return {};
  };
  context.now = utc_from_civil({2024, 6, 15}, 12, 0, 0, japan_offset_minutes);
  return context;
}

std::string parsed(std::string_view query) {
  return dump(*parse_query(query, context()));
}

struct Refusal {
  std::size_t position = std::string::npos;
  std::string message;
  std::string hint;
};
Refusal refusal(std::string_view query) {
  try {
    parse_query(query, context());
  } catch (const QueryError& error) {
    return {error.position(), error.what(), error.hint()};
  }
  return {};
}

TEST_CASE("A saved search stands for its query, alone, negated and within others") {
  QueryContext names = context();
  names.saved = [](std::string_view name) -> std::optional<std::string> {
    if (name == "未払い") return "請求 OR 督促";
    if (name == "大口") return "@未払い client:青葉";
    if (name == "輪") return "見積 @輪";
    if (name == "誤り") return "(見積";
    return std::nullopt;
  };
  const auto tree = [&](std::string_view query) { return dump(*parse_query(query, names)); };
  CHECK(tree("@未払い") == R"((or "請求" "督促"))");
  CHECK(tree("＠未払い 3月") == R"((and (or "請求" "督促") "3月"))");
  CHECK(tree("見積 -@未払い") == R"((and "見積" (not (or "請求" "督促"))))");
  CHECK(tree("@大口") == R"((and (or "請求" "督促") (client "青葉" addr:rin@aoba.example.jp domain:aoba.example.jp)))");
  CHECK(tree("@example.jp") == R"("@example.jp")");
  CHECK(tree("\"@未払い\"") == R"("@未払い")");
  CHECK(tree("from:@未払い") == R"((from "@未払い"))");
  const auto position = [&](std::string_view query) {
    try {
      parse_query(query, names);
    } catch (const QueryError& error) {
      return error.position();
    }
    return std::string::npos;
  };
  CHECK(position("見積 @未納") == 7);
  CHECK(position("@輪") == 0);
  CHECK(position("a @誤り") == 2);
  CHECK(position("件名:@未払い") == 7);
  CHECK(tree("件名:@未知") == R"((subject "@未知"))");
  CHECK(parsed("@未納") == R"("@未納")");
}

TEST_CASE("What clients are called is a field like client:") {
  QueryContext names = context();
  names.client_words = {"患者", "ｶｲｲﾝ"};
  CHECK(dump(*parse_query("患者:青葉", names)) == R"((client "青葉" addr:rin@aoba.example.jp domain:aoba.example.jp))");
  CHECK(dump(*parse_query("カイイン:青葉", names)) == dump(*parse_query("client:青葉", names)));
  CHECK(refusal("患者:青葉").position == 0);
}

TEST_CASE("A word is found by its spellings and synonyms, a phrase and an exact one are not widened") {
  QueryContext names = context();
  names.synonyms = {{"納品", "お渡し"}};
  const auto forms = [&](std::string_view query) {
    std::vector<std::string> texts;
    const auto node = parse_query(query, names);
    for (const Form& form : node->forms) texts.push_back(form.spelling.folded);
    return texts;
  };
  using Texts = std::vector<std::string>;
  CHECK(forms("納品") == Texts{"納品", "のうひん", "お渡し", "御渡し"});
  CHECK(forms("お渡し") == Texts{"お渡し", "御渡し", "納品", "のうひん"});
  CHECK(forms("\"納品\"") == Texts{"納品"});
  CHECK(forms("=\"納品\"") == Texts{"納品"});
  CHECK(forms("納品*") == Texts{"納品", "のうひん", "納品", "お渡し", "御渡し"});
  CHECK(parsed("=\"見積\"") == R"(="見積")");
  CHECK(parsed("件名:=\"見積\" from:=\"青木\"") == R"((and (subject ="見積") (from ="青木")))");
  CHECK(parsed("renew* *") == R"((and "renew"* "*"))");
  // What is left out is not widened by synonyms, however it is said.
  const auto left_out = [&](std::string_view query) {
    std::vector<std::string> texts;
    const auto node = parse_query(query, names);
    for (const Form& form : node->children.back()->children.front()->forms) texts.push_back(form.spelling.folded);
    return texts;
  };
  CHECK(left_out("あ -納品") == Texts{"納品", "のうひん"});
  CHECK(left_out("あ NOT (納品)") == Texts{"納品", "のうひん"});
  CHECK(left_out("あ -件名:納品") == Texts{"納品", "のうひん"});
  const auto twice = parse_query("あ -(い -納品)", names);
  CHECK(twice->children.back()->children.front()->children.back()->children.front()->forms.size() == 4);
  CHECK(forms("NOT NOT 納品") == Texts{"納品", "のうひん", "お渡し", "御渡し"});
  names.saved = [](std::string_view) { return "納品"; };
  CHECK(left_out("あ -@済") == Texts{"納品", "のうひん"});
  names.spellings = false;
  names.synonyms.clear();
  CHECK(forms("お見積もり") == Texts{"お見積もり"});
}

TEST_CASE("A query says what it was understood as") {
  struct Row {
    std::string_view query;
    std::string_view tree;
  };
  const Row rows[] = {
      {"", "(all)"},
      {"  \t　 ", "(all)"},
      {"見積", R"("見積")"},
      {"見積 請求", R"((and "見積" "請求"))"},
      {"見積　請求", R"((and "見積" "請求"))"},
      {"見積 AND 請求", R"((and "見積" "請求"))"},
      {"見積 OR 請求", R"((or "見積" "請求"))"},
      {"見積 ＯＲ 請求", R"((or "見積" "請求"))"},
      {"見積 or 請求", R"((and "見積" "or" "請求"))"},
      {"a b OR c d", R"((or (and "a" "b") (and "c" "d")))"},
      {"a (b OR c) d", R"((and "a" (or "b" "c") "d"))"},
      {"((a))", R"("a")"},
      {"a (b c)", R"((and "a" "b" "c"))"},
      {"a OR (b OR c)", R"((or "a" "b" "c"))"},
      {"(見積 OR 請求) -下書", R"((and (or "見積" "請求") (not "下書")))"},
      {"（見積 OR 請求）－下書", R"((and (or "見積" "請求") (not "下書")))"},
      {"NOT 見積", R"((not "見積"))"},
      {"NOT NOT 見積", R"("見積")"},
      {"NOT -見積", R"("見積")"},
      {"NOT(a b)", R"((not (and "a" "b")))"},
      {"-(a OR b)", R"((not (or "a" "b")))"},
      {R"(-"下書 中")", R"((not "下書中"))"},
      {R"("見積 書")", R"("見積書")"},
      {R"("new  site")", R"("new site")"},
      {"“見積 A社”", R"("見積 a社")"},
      {"＂見積＂", R"("見積")"},
      {R"(前"中"後)", R"((and "前" "中" "後"))"},
      {"2024-04", R"("2024-04")"},
      {"e-mail", R"("e-mail")"},
      {"-e-mail", R"((not "e-mail"))"},
      {"ＡＢＣ", R"("abc")"},
      {"10:30", R"("10:30")"},
      {"午後3:30", R"("午後3:30")"},
      {"https://example.jp/a", R"("https://example.jp/a")"},
      {"Re: 見積", R"((and "re:" "見積"))"},
      {R"(言"OR"後)", R"((and "言" "or" "後"))"},
      {"ORDER", R"("order")"},
      {"subject:見積", R"((subject "見積"))"},
      {"Subject:見積", R"((subject "見積"))"},
      {"件名：見積", R"((subject "見積"))"},
      {R"(件名:"見積 の件")", R"((subject "見積の件"))"},
      {"件名:(見積 OR 請求)", R"((or (subject "見積") (subject "請求")))"},
      {R"(件名：（見積 -"下書" （a OR b））)",
       R"((and (subject "見積") (not (subject "下書")) (or (subject "a") (subject "b"))))"},
      {"件名:(見積) 請求", R"((and (subject "見積") "請求"))"},
      {"-件名:見積", R"((not (subject "見積")))"},
      {"件名:10:30", R"((subject "10:30"))"},
      {"差出人:青木 宛先:佐藤 写し:山田", R"((and (from "青木") (to "佐藤") (cc "山田")))"},
      {"from:rin@aoba.example.jp", R"((from "rin@aoba.example.jp"))"},
      {"添付:見積書.pdf", R"((file "見積書.pdf"))"},
      {"channel:line", "(channel line)"},
      {"経路:メール", "(channel mail)"},
      {"channel:ＬＩＮＥ", "(channel line)"},
      {"account:緑", R"((account "緑"))"},
      {"has:photo", "(has photo)"},
      {"あり:スタンプ", "(has sticker)"},
      {"has:(写真 OR 動画)", "(or (has photo) (has video))"},
      {"has:添付 has:file has:音声", "(and (has attachment) (has file) (has voice))"},
      {"is:bulk", "(is bulk)"},
      {"金額:5万..10万円", "(price 50000 100000)"},
      {"price:¥55,000", "(price 55000 55000)"},
      {"price:..3千", "(price * 3000)"},
      {"料金:５万〜", "(price 50000 *)"},
      {"期限:2026-04", "(due 20544 20573)"},
      {"is:承諾 is:conditional has:金額", "(and (is acceptance) (is conditional) (has price))"},
      {"状態:自動 is:送信取消 is:迷惑 is:ゴミ箱 is:一斉",
       "(and (is auto) (is unsent) (is spam) (is trash) (is bulk))"},
      {"取引先:青葉", R"((client "青葉" addr:rin@aoba.example.jp domain:aoba.example.jp))"},
      {"お客様:誰か", R"((client "誰か"))"},
      {"date:2024-04-01", "(date 2024-04-01T00:00:00+09:00 2024-04-02T00:00:00+09:00)"},
      {"日付:2024-03..2024-05", "(date 2024-03-01T00:00:00+09:00 2024-06-01T00:00:00+09:00)"},
      {"日付:2024年4月", "(date 2024-04-01T00:00:00+09:00 2024-05-01T00:00:00+09:00)"},
      {"日付:去年", "(date 2023-01-01T00:00:00+09:00 2024-01-01T00:00:00+09:00)"},
      {"date:2024-04..", "(date 2024-04-01T00:00:00+09:00 *)"},
      {"date:..2024-04", "(date * 2024-05-01T00:00:00+09:00)"},
      {R"(date:"last year")", "(date 2023-01-01T00:00:00+09:00 2024-01-01T00:00:00+09:00)"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.query);
    CHECK(parsed(row.query) == row.tree);
  }
}

TEST_CASE("An ill-formed query is refused with the place and the reason") {
  struct Row {
    std::string_view query;
    std::size_t position;
    std::string_view message;
  };
  const Row rows[] = {
      {"OR", 0, "OR has nothing before it"},
      {"OR 見積", 0, "OR has nothing before it"},
      {"見積 OR", 7, "OR has nothing after it"},
      {"a OR OR b", 2, "OR has nothing after it"},
      {"a AND", 2, "AND has nothing after it"},
      {"AND a", 0, "AND has nothing before it"},
      {"(OR a)", 1, "OR has nothing before it"},
      {"(a OR) b", 3, "OR has nothing after it"},
      {"a NOT", 2, "NOT has nothing after it"},
      {"NOT OR a", 0, "NOT has nothing after it"},
      {"a OR AND b", 2, "OR has nothing after it"},
      {"-", 0, "\"-\" has nothing directly after it to leave out"},
      {"a - b", 2, "\"-\" has nothing directly after it to leave out"},
      {"a -", 2, "\"-\" has nothing directly after it to leave out"},
      {"--all", 0, "\"-\" has nothing directly after it to leave out"},
      {"-OR", 0, "\"-\" has nothing directly after it to leave out"},
      {"(a", 0, "this \"(\" is never closed"},
      {"見積 (a (b)", 7, "this \"(\" is never closed"},
      {"(", 0, "this \"(\" is never closed"},
      {")", 0, "no \"(\" belongs to this \")\""},
      {"a) b", 1, "no \"(\" belongs to this \")\""},
      {"()", 0, "nothing stands between these parentheses"},
      {"a （ ）", 2, "nothing stands between these parentheses"},
      {"\"", 0, "this quotation mark is never closed"},
      {"a \"b c", 2, "this quotation mark is never closed"},
      {"a \"\"", 2, "nothing stands between these quotation marks"},
      {"a \"  \"", 2, "nothing stands between these quotation marks"},
      {"件名:", 7, "\"件名:\" has no value"},
      {"件名: 見積", 7, "\"件名:\" has no value"},
      {"(subject:)", 9, "\"subject:\" has no value"},
      {"件名:()", 7, "nothing stands between these parentheses"},
      {"件名:(from:a)", 8, "\"from:\" cannot stand within the parentheses of another field"},
      {"a weight:5000", 2, "there is no field \"weight:\""},
      {"Re:見積", 0, "there is no field \"Re:\""},
      {"見積 名前:\"x\"", 7, "there is no field \"名前:\""},
      {"channel:pigeon", 8, "there is no channel \"pigeon\""},
      {"has:money", 4, "has: does not know \"money\""},
      {"a is:urgent", 5, "is: does not know \"urgent\""},
      {"date:someday", 5, "\"someday\" is not a date"},
      {"日付:2023-02-29", 7, "\"2023-02-29\" is not a date"},
      {"price:5x", 6, "\"5x\" is not an amount"},
      {"price:1.5円", 6, "\"1.5円\" is not an amount"},
      {"price:..", 6, "\"..\" is not an amount"},
      {"price:9..5", 6, "the first amount of \"9..5\" is greater than the second"},
      {"due:2024-05..2024-03", 4, "the range \"2024-05..2024-03\" ends before it begins"},
      {"date:2024-05..2024-03", 5, "the range \"2024-05..2024-03\" ends before it begins"},
      {"a ☆☆", 2, "\"☆☆\" holds nothing that can be looked for"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.query);
    const Refusal refused = refusal(row.query);
    CHECK(refused.position == row.position);
    CHECK(refused.message == row.message);
  }
}

TEST_CASE("A refusal names what is known") {
  CHECK(refusal("weight:5000").hint.find("subject:/件名:") != std::string::npos);
  CHECK(refusal("channel:x").hint.find("mail line phone meeting fax sms") != std::string::npos);
  CHECK(refusal("has:x").hint.find("photo/写真") != std::string::npos);
  CHECK(refusal("is:x").hint.find("trash/ゴミ箱") != std::string::npos);
  CHECK(refusal("date:x").hint.find("2024-01..2024-03") != std::string::npos);
}

std::string repeated(std::string_view piece, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i) text += piece;
  return text;
}

TEST_CASE("Nesting and length of a query are limited") {
  CHECK(parsed(repeated("(", 100) + "a" + repeated(")", 100)) == R"("a")");
  CHECK(refusal(repeated("(", 101) + "a" + repeated(")", 101)).message ==
        "parentheses are nested more than 100 deep");
  CHECK(refusal(repeated("(", 100'000)).message == "parentheses are nested more than 100 deep");
  CHECK(refusal(repeated("-(a OR ", 100'000)).message == "parentheses are nested more than 100 deep");
  CHECK(refusal(repeated("NOT ", 100'000)).message == "NOT has nothing after it");
  CHECK(parsed(repeated("NOT ", 10'001) + "a") == R"((not "a"))");
  CHECK(refusal(repeated("a ", 9'999)).position == std::string::npos);
  CHECK(refusal(repeated("a ", 10'001)).message == "the query has more than 10000 parts");
  CHECK(parsed(repeated("(a) ", 150)).size() > 150); // side by side is not nested
}

TEST_CASE("Saved searches share the limits of the query that they stand in, and their errors show the place in them") {
  QueryContext names = context();
  names.saved = [](std::string_view name) -> std::optional<std::string> {
    if (name == "多") return repeated("a ", 5'000);
    if (name == "外") return "見積 @内";
    if (name == "内") return "x y)";
    return std::nullopt;
  };
  CHECK_NOTHROW(parse_query("@多", names));
  CHECK_THROWS_AS(parse_query("@多 @多", names), QueryError);
  try {
    parse_query("b @外", names);
    FAIL();
  } catch (const QueryError& error) {
    CHECK(error.position() == 2);
    CHECK(error.saved() == "x y)");
    CHECK(error.saved_position() == 3);
  }
}

TEST_CASE("Bytes that are no text do not break the parser") {
  CHECK_NOTHROW(parsed("\xFF\xFE 見積"));
  CHECK_NOTHROW(parsed(std::string_view("a\0b", 3)));
  CHECK(refusal("件名:\xE3").position == std::string::npos);
  CHECK(refusal("\xE3:x").position == 0);
}

TEST_CASE("Without anyone to ask, a client is nobody") {
  const auto node = parse_query("client:青葉", {});
  CHECK(dump(*node) == R"((client "青葉"))");
}

TEST_CASE("Two queries are joined by AND") {
  const auto joined = [](std::string_view a, std::string_view b) {
    return dump(*and_nodes(parse_query(a, context()), parse_query(b, context())));
  };
  CHECK(joined("a b", "c") == R"((and "a" "b" "c"))");
  CHECK(joined("a OR b", "c") == R"((and (or "a" "b") "c"))");
  CHECK(joined("", "c") == R"("c")");
  CHECK(joined("c", "") == R"("c")");
  CHECK(joined("", "") == "(all)");
  CHECK(dump(*and_nodes(nullptr, parse_query("c", context()))) == R"("c")");
  CHECK(dump(*and_nodes(parse_query("c", context()), nullptr)) == R"("c")");
  CHECK(and_nodes(nullptr, nullptr) == nullptr);
}

TEST_CASE("A dump can be read unmistakably") {
  CHECK(parsed("a\\b") == R"("a\\b")");
}

} // namespace
} // namespace genchi::index
