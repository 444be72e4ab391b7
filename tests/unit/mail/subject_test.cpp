#include <catch2/catch.hpp>

#include <string>

#include "mail/message.hpp"

using genchi::mail::base_subject;

TEST_CASE("subjects as threads compare them") {
  struct Row {
    const char* subject;
    const char* base;
    bool is_reply;
  };
  const Row rows[] = {
      {"お見積の件", "お見積の件", false},
      {"Re: お見積の件", "お見積の件", true},
      {"RE:お見積の件", "お見積の件", true},
      {"Re: Re: Fwd: お見積の件", "お見積の件", true},
      {"Re[2]: お見積の件", "お見積の件", true},
      {"Re^3: お見積の件", "お見積の件", true},
      {"Re(4): お見積の件", "お見積の件", true},
      {"Ｒｅ：お見積の件", "お見積の件", true},
      {"Re：お見積の件", "お見積の件", true},
      {"返信: お見積の件", "お見積の件", true},
      {"転送：お見積の件", "お見積の件", true},
      {"FW: お見積の件", "お見積の件", true},
      {"[shop 123] Re: [shop 120] お見積の件", "お見積の件", true},
      {"[shop 123] お見積の件", "お見積の件", false},
      {"　 お見積の件　", "お見積の件", false},
      {"お見積の件 (fwd)", "お見積の件", true},
      {"a\t b   c", "a b c", false},
      {"[重要]", "[重要]", false},
      {"【重要】お見積", "【重要】お見積", false},
      {"Result: done", "Result: done", false},
      {"Reの件", "Reの件", false},
      {"Re:", "", true},
      {"", "", false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.subject);
    const auto base = base_subject(row.subject);
    CHECK(base.text == row.base);
    CHECK(base.is_reply == row.is_reply);
  }
}

TEST_CASE("the base of a base is itself, however its tags were folded") {
  const std::string blanks(70, ' ');
  for (const std::string& subject : {"[見積" + blanks + "2024] Re: 件", "[a\t\r\n" + blanks + "b] [c] 件", blanks + "件" + blanks + "(fwd)"}) {
    const std::string base = base_subject(subject).text;
    CHECK(base == "件");
    CHECK(base_subject(base).text == base);
  }
}

TEST_CASE("a subject of a hundred thousand reply marks has a base") {
  std::string subject;
  for (int i = 0; i < 100'000; ++i) subject += "Re: ";
  CHECK(base_subject(subject + "件").text == "件");
  CHECK(base_subject(std::string(100'000, '[')).text.size() == 100'000);
}
