#include "import_fixture.hpp"

namespace genchi {
namespace {

TEST_CASE("line download: a single CSV is given whole with its name") {
  TempFolder folder;
  const auto sink = import(folder.write("20260401_20260402_青木 りん.csv", line_csv()));
  REQUIRE(sink.files.size() == 1);
  CHECK(sink.files[0].file.kind == SourceKind::line_oa);
  CHECK(sink.files[0].file.digest == sha256(line_csv()));
  CHECK(sink.files[0].end_digest == sha256(line_csv()));
  REQUIRE(sink.files[0].exports.size() == 1);
  CHECK(sink.files[0].exports[0].first == "20260401_20260402_青木 りん.csv");
  CHECK(sink.files[0].exports[0].second == line_csv());
}

TEST_CASE("line download: known by its content, whatever it is called") {
  TempFolder folder;
  CHECK(import(folder.write("download.txt", line_csv())).files.at(0).file.kind == SourceKind::line_oa);
  CHECK(import(folder.write("chat.eml", line_csv())).files.at(0).file.kind == SourceKind::line_oa);
}

TEST_CASE("line download: a chat without messages is no error") {
  TempFolder folder;
  const auto sink = import(folder.write("1000_Unknown.csv", line_csv("")));
  REQUIRE(sink.files.size() == 1);
  CHECK(sink.files[0].exports.size() == 1);
  CHECK(sink.problems().empty());
}

TEST_CASE("line download: a folder and a ZIP of CSVs, each its own source") {
  TempFolder folder;
  Members members;
  for (const char* name : {"1_20260401_20260402_青木.csv", "2_井上.csv"}) {
    folder.write(std::string("week/") + name, line_csv());
    members.emplace_back(name, line_csv());
  }
  folder.write("line_oa_chat_csv_260402_180500.zip", zip(members));
  auto sink = import(folder / "week");
  CHECK(sink.summary(folder.path()) ==
        std::vector<std::string>{"line-oa week/1_20260401_20260402_青木.csv: 0 1 0",
                                 "line-oa week/2_井上.csv: 0 1 0"});
  sink = import(folder / "line_oa_chat_csv_260402_180500.zip");
  CHECK(sink.summary(folder.path()) ==
        std::vector<std::string>{
            "line-oa line_oa_chat_csv_260402_180500.zip!/1_20260401_20260402_青木.csv: 0 1 0",
            "line-oa line_oa_chat_csv_260402_180500.zip!/2_井上.csv: 0 1 0"});
  CHECK(sink.files[0].exports[0].first == "1_20260401_20260402_青木.csv");
  CHECK(sink.files[0].file.modified == 1'711'965'600);
}

TEST_CASE("line download: member names in CP932, as Windows writes them") {
  TempFolder folder;
  std::string bytes = zip({{"1_AAAA.csv", line_csv()}});
  // "青木" in CP932.
  const std::string name = "\x90\xc2\x96\xd8";
  for (std::size_t at = 0; (at = bytes.find("AAAA", at)) != std::string::npos;) bytes.replace(at, 4, name);
  const auto sink = import(folder.write("a.zip", bytes));
  REQUIRE(sink.files.size() == 1);
  CHECK(sink.files[0].file.name == (folder / "a.zip!/1_青木.csv").string());
  CHECK(sink.files[0].exports.at(0).first == "1_青木.csv");
}

TEST_CASE("line download: a name that unpacking left in CP932") {
  TempFolder folder;
  const auto sink = import(folder.write("1_\x90\xc2\x96\xd8.csv", line_csv()));
  CHECK(sink.files.at(0).exports.at(0).first == "1_青木.csv");
}

TEST_CASE("line download: another CSV is not one") {
  TempFolder folder;
  folder.write("f/prices.csv", "品目,金額\n名刺,5000\n");
  auto sink = import(folder / "f");
  CHECK(sink.files.empty());
  CHECK(sink.passed.size() == 1);
  sink = import(folder / "f/prices.csv");
  REQUIRE(sink.problems().size() == 1);
  CHECK(sink.problems()[0].raw == "品目,金額\n名刺,5000\n");
}

TEST_CASE("line download: binary noise under the name of one is set aside, not passed over") {
  TempFolder folder;
  std::string noise;
  for (unsigned i = 0; i < 5000; ++i) noise += static_cast<char>(i * 2654435761U >> 13);
  folder.write("f/1_20260401_20260402_青木.csv", noise);
  folder.write("f/2_20260401_20260402_井上.csv", "");
  const auto sink = import(folder / "f");
  REQUIRE(sink.problems().size() == 2);
  CHECK(sink.problems()[0].raw == noise);
  CHECK(sink.passed.empty());
}

TEST_CASE("line download: one larger than allowed is set aside whole") {
  TempFolder folder;
  ImportOptions options;
  options.limits.max_export_bytes = 100;
  const auto sink = import(folder.write("1_青木.csv", line_csv()), options);
  REQUIRE(sink.problems().size() == 1);
  CHECK(sink.problems()[0].raw == line_csv());
}

TEST_CASE("line download: read as one by order, it still must be one") {
  TempFolder folder;
  ImportOptions options;
  options.as = SourceKind::line_oa;
  CHECK(import(folder.write("a.csv", line_csv()), options).files.at(0).exports.size() == 1);
  const auto sink = import(folder.write("a.eml", mail_of("x")), options);
  REQUIRE(sink.problems().size() == 1);
  CHECK(sink.files[0].file.kind == SourceKind::line_oa);
}

} // namespace
} // namespace genchi
