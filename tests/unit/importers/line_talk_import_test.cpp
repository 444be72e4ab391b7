#include "import_fixture.hpp"

namespace genchi {
namespace {

const std::string phone_talk = "[LINE] 川口 みおとのトーク履歴\n保存日時：2026/04/02 21:40\n\n2026/04/01(水)\n"
                               "18:20\t川口 みお\t明日の待ち合わせどうする？\n18:22\tはると\t\"駅の西口で！\n7時で大丈夫？\"\n";
const std::string pc_talk = "2026.04.01 水曜日\n18:20 川口 みお 明日の待ち合わせどうする？\n18:22 はると 駅の西口で！\n";

TEST_CASE("line talk: given whole with its name, alone, in folders and in containers") {
  TempFolder folder;
  folder.write("in/[LINE] 川口 みおとのトーク.txt", phone_talk);
  folder.write("in/[LINE]川口 みお.txt", pc_talk);
  folder.write("in/トーク.txt", phone_talk); // known by its content
  CHECK(import(folder / "in").summary(folder.path()) ==
        std::vector<std::string>{"line-talk in/[LINE] 川口 みおとのトーク.txt: 0 1 0", "line-talk in/[LINE]川口 みお.txt: 0 1 0",
                                 "line-talk in/トーク.txt: 0 1 0"});
  const auto sink = import(folder.write("talks.zip", zip({{"[LINE] 川口 みおとのトーク.txt", phone_talk}})));
  REQUIRE(sink.files.size() == 1);
  CHECK(sink.files[0].file.kind == SourceKind::line_talk);
  CHECK(sink.files[0].exports.at(0).second == phone_talk);
  CHECK(sink.files[0].end_digest == sha256(phone_talk));
}

TEST_CASE("line talk: in a mixed folder nothing else is taken for one") {
  TempFolder folder;
  folder.write("in/日記.txt", "2026.04.01 水曜日\n18:20 夕食\n19:00 風呂\n");
  folder.write("in/メモ.txt", "[LINE] のやり取りについて\n\n明日まで\n");
  folder.write("in/予定.txt", "2026/04/01(水)\n10:00 開場\n");
  folder.write("in/[LINE]川口 みお.txt", pc_talk);
  const auto sink = import(folder / "in");
  REQUIRE(sink.files.size() == 1);
  CHECK(sink.files[0].file.kind == SourceKind::line_talk);
  CHECK(sink.passed.size() == 3);
}

TEST_CASE("line talk: a file that is only named like one is set aside with a reason") {
  TempFolder folder;
  folder.write("in/[LINE] 川口 みおとのトーク.txt", "まったく別のもの\n");
  folder.write("in/[LINE]川口 みお.txt", "");
  const auto problems = import(folder / "in").problems();
  REQUIRE(problems.size() == 2);
  CHECK(problems[0].reason == "named as a LINE talk, but cannot be read as one");
  CHECK(problems[1].reason == "the file is empty");
}

TEST_CASE("line talk: mislabelled, and read as what it is not") {
  TempFolder folder;
  CHECK(import(folder.write("1_20260401_20260402_青木.csv", phone_talk)).files.at(0).file.kind == SourceKind::line_talk);
  CHECK(import(folder.write("[LINE]青木.txt", line_csv())).files.at(0).file.kind == SourceKind::line_oa);
  ImportOptions options;
  options.as = SourceKind::line_talk;
  const auto sink = import(folder.write("青木.csv", line_csv()), options);
  REQUIRE(sink.problems().size() == 1);
  CHECK(sink.problems()[0].reason == "no talk saved by the LINE app");
}

} // namespace
} // namespace genchi
