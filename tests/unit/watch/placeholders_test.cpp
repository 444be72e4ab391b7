// Which saved files are proposed for which messages.
#include <catch2/catch.hpp>

#include <chrono>

#include "watch/placeholders.hpp"

using namespace genchi;
using namespace genchi::watch;

namespace {

constexpr int japan = japan_offset_minutes;

UtcSeconds at(const std::string& time) { return parse_iso8601("2026-03-" + time + "+09:00")->utc; }

/// A folder of saved files over some chats.
class Desk {
 public:
  Desk& sent(const std::string& chat, const std::string& time, MediaKind kind = MediaKind::photo) {
    places.push_back({kind, at(time), false, false, chat});
    return *this;
  }
  Desk& saved(const std::string& name, const std::string& modified = "", MediaKind kind = MediaKind::photo) {
    files.push_back({kind, "Downloads", name, time_in_name(name, japan), std::nullopt, modified.empty() ? 0 : at(modified)});
    return *this;
  }
  /// "certain time: a.jpg=0; open: b.jpg=1,2".
  std::string proposed() const {
    std::string out;
    for (const Proposal& each : match_files(files, places)) {
      out += out.empty() ? "" : "; ";
      out += each.sure == Proposal::Sure::certain ? "certain" : each.sure == Proposal::Sure::likely ? "likely" : "open";
      out += each.by == Proposal::By::time ? " time:" : each.by == Proposal::By::order ? " order:" : ":";
      for (std::size_t i = 0; i < each.files.size(); ++i) {
        out += " " + files[each.files[i]].name;
        if (each.sure != Proposal::Sure::open) out += "=" + std::to_string(each.places[i]);
      }
      if (each.sure != Proposal::Sure::open) continue;
      for (const std::size_t place : each.places) out += " ?" + std::to_string(place);
      if (each.more_places > 0) out += " +" + std::to_string(each.more_places);
    }
    return out;
  }

  std::vector<SavedFile> files;
  std::vector<Placeholder> places;
};

}  // namespace

TEST_CASE("a name with the minute of one message is certain") {
  Desk desk;
  desk.sent("青木", "03T18:20:10").sent("川口", "05T09:00:00").saved("20260303_182012.jpg");
  CHECK(desk.proposed() == "certain time: 20260303_182012.jpg=0");
  CHECK(match_files(desk.files, desk.places).front().apart == 2);
}

TEST_CASE("two friends wrote in that minute: nothing is chosen") {
  Desk desk;
  desk.sent("青木", "03T18:20:10").sent("川口", "03T18:20:40").saved("20260303_182012.jpg");
  CHECK(desk.proposed() == "open time: 20260303_182012.jpg ?0 ?1");
}

TEST_CASE("one of two photos of the same second was saved") {
  Desk desk;
  desk.sent("青木", "03T18:20:10").sent("青木", "03T18:20:10").saved("20260303_182010.jpg");
  CHECK(desk.proposed() == "open time: 20260303_182010.jpg ?0 ?1");
}

TEST_CASE("three photos in three seconds, in the order of their times") {
  Desk desk;
  desk.sent("青木", "03T18:20:10").sent("青木", "03T18:20:11").sent("青木", "03T18:20:12");
  desk.saved("20260303_182014.jpg").saved("20260303_182012.jpg").saved("20260303_182013.jpg");
  CHECK(desk.proposed() == "likely time: 20260303_182012.jpg=0 20260303_182013.jpg=1 20260303_182014.jpg=2");
}

TEST_CASE("a minute and more apart is no meeting of times") {
  Desk desk;
  desk.sent("青木", "03T18:20:00").sent("青木", "04T10:00:00").saved("20260303_182101.jpg");
  CHECK(desk.proposed() == "likely order: 20260303_182101.jpg=0");  // the other one was sent later than it was saved
  desk.files.front().kind = MediaKind::video;
  CHECK(desk.proposed() == "open: 20260303_182101.jpg");
}

TEST_CASE("a talk knows the minute only") {
  Desk desk;
  desk.sent("青木", "03T18:20:00").saved("20260303_182115.jpg");
  desk.places.front().minute = true;
  CHECK(desk.proposed() == "certain time: 20260303_182115.jpg=0");
}

TEST_CASE("as many photos as stand in a row of one chat") {
  Desk desk;
  desk.sent("青木", "03T18:20:00").sent("青木", "03T18:20:30").sent("青木", "03T18:21:00").sent("青木", "09T12:00:00").sent("川口", "04T10:00:00");
  desk.saved("S__10.jpg", "05T09:00:03").saved("S__9.jpg", "05T09:00:02").saved("S__8.jpg", "05T09:00:01");
  CHECK(desk.proposed() == "likely order: S__8.jpg=0 S__9.jpg=1 S__10.jpg=2");
  SECTION("another chat has as many") {
    desk.sent("川口", "04T10:00:20").sent("川口", "04T10:00:40");
    CHECK(desk.proposed() == "open: S__8.jpg S__9.jpg S__10.jpg ?0 ?1 ?2 ?4 ?5 ?6");
  }
  SECTION("names and times are not in one order") {
    desk.files[0].modified = at("05T09:00:00");
    CHECK(desk.proposed() == "open: S__10.jpg S__8.jpg S__9.jpg ?0 ?1 ?2 ?4");
  }
  SECTION("they were saved before that") {
    for (SavedFile& file : desk.files) file.modified = at("02T09:00:00");
    CHECK(desk.proposed() == "open: S__8.jpg S__9.jpg S__10.jpg");
  }
  SECTION("the camera took one of them later") {
    desk.files[1].taken = at("05T09:00:00");
    CHECK(desk.proposed().starts_with("open: "));
  }
  SECTION("one in the row is ours") {
    desk.places[1].ours = true;
    CHECK(desk.proposed().starts_with("open: "));
  }
  SECTION("two batches of three: the row is neither's") {
    desk.saved("a1.jpg", "06T09:00:01").saved("a2.jpg", "06T09:00:02").saved("a3.jpg", "06T09:00:03");
    CHECK(desk.proposed() == "open: S__8.jpg S__9.jpg S__10.jpg ?0 ?1 ?2 ?4; open: a1.jpg a2.jpg a3.jpg ?0 ?1 ?2 ?4");
  }
}

TEST_CASE("all that are open in one chat") {
  Desk desk;
  desk.sent("青木", "03T18:20:00").sent("青木", "04T18:20:00").sent("青木", "05T18:20:00");
  desk.saved("1.jpg", "06T09:00:00").saved("2.jpg", "06T09:00:00").saved("3.jpg", "06T09:00:00");
  CHECK(desk.proposed() == "likely order: 1.jpg=0 2.jpg=1 3.jpg=2");
}

TEST_CASE("a photo alone, and a message alone") {
  Desk desk;
  desk.sent("青木", "03T18:20:00").saved("a.jpg", "04T09:00:00");
  CHECK(desk.proposed() == "likely order: a.jpg=0");
  desk.sent("青木", "03T18:20:30").sent("川口", "03T20:00:00");
  CHECK(desk.proposed() == "open: a.jpg ?0 ?1 ?2");
}

TEST_CASE("kinds are matched apart") {
  Desk desk;
  desk.sent("青木", "03T18:20:00").sent("青木", "03T18:20:00", MediaKind::video).sent("川口", "03T18:20:00", MediaKind::file);
  desk.saved("20260303_182000.mp4", "", MediaKind::video).saved("quote.pdf", "04T09:00:00", MediaKind::file);
  CHECK(desk.proposed() == "certain time: 20260303_182000.mp4=1; likely order: quote.pdf=2");
}

TEST_CASE("what times leave open is not taken by order") {
  Desk desk;
  desk.sent("青木", "03T18:20:10").sent("青木", "03T18:20:11");
  desk.saved("20260303_182010.jpg").saved("x1.jpg", "04T09:00:00").saved("x2.jpg", "04T09:00:01");
  CHECK(desk.proposed() == "open time: 20260303_182010.jpg ?0 ?1; open: x1.jpg x2.jpg ?0 ?1");
}

TEST_CASE("nothing to match") {
  CHECK(match_files({}, {}).empty());
  CHECK(Desk().sent("青木", "03T18:20:00").proposed() == "");
  CHECK(Desk().saved("a.jpg").proposed() == "open: a.jpg");
}

TEST_CASE("a folder of thousands over a hundred thousand messages") {
  std::vector<SavedFile> files;
  std::vector<Placeholder> places;
  for (int i = 0; i < 100'000; ++i) places.push_back({MediaKind::photo, 1'700'000'000 + i / 50, false, false, "chat " + std::to_string(i % 300)});
  for (int i = 0; i < 10'000; ++i) files.push_back({MediaKind::photo, "Downloads", std::to_string(i) + ".jpg", i % 2 ? std::optional<UtcSeconds>(1'700'000'000 + i % 2000) : std::nullopt, std::nullopt, 1'800'000'000});
  const auto begin = std::chrono::steady_clock::now();
  const std::vector<Proposal> found = match_files(files, places);
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(20));
  std::size_t named = 0;
  for (const Proposal& each : found) {
    named += each.files.size();
    CHECK(each.sure == Proposal::Sure::open);
    CHECK(each.places.size() <= 20);
  }
  CHECK(named == files.size());
}
