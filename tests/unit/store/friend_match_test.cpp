#include "store/friend_match.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

#include "base/files.hpp"

using namespace genchi;
using friends::FriendRow;
using Outcome = FriendMatch::Outcome;

namespace {

FriendTarget chat(std::int64_t number, const std::string& account, std::vector<std::string> names) {
  FriendTarget client;
  client.number = number;
  client.chats.push_back({account, std::move(names)});
  return client;
}

FriendTarget mail(std::int64_t number, const std::string& name, const std::string& address,
                  const std::string& phone = "") {
  FriendTarget client;
  client.number = number;
  client.names.push_back(name);
  client.addresses.push_back(address);
  if (!phone.empty()) client.phones.push_back(phone);
  return client;
}

FriendRow named(const std::string& display_name) {
  FriendRow row;
  row.display_name = display_name;
  return row;
}

FriendRow called(const std::string& line_name, const std::string& phone = "",
                 const std::string& address = "") {
  FriendRow row;
  row.line_name = line_name;
  if (!phone.empty()) row.phones.push_back(phone);
  if (!address.empty()) row.addresses.push_back(address);
  return row;
}

FriendRow really(const std::string& real_name) {
  FriendRow row;
  row.real_name = real_name;
  return row;
}

// `one 10 line_name`, `several 11 14`: how a row came out.
std::string shown(const FriendMatch& match) {
  std::string out(outcome_name(match.outcome));
  for (const FriendCandidate& candidate : match.candidates) {
    out += " " + std::to_string(candidate.client);
    for (const FriendEvidence evidence : candidate.by) out += ":" + std::string(evidence_name(evidence));
  }
  return out;
}

std::vector<std::string> matched(const std::vector<FriendRow>& rows, const std::vector<FriendTarget>& clients,
                                 std::string_view account = "美容室ミモザ") {
  std::vector<std::string> out;
  for (const FriendMatch& match : match_friends(rows, clients, account)) out.push_back(shown(match));
  return out;
}

using Shown = std::vector<std::string>;

const std::vector<FriendTarget> clients = {
    mail(1, "佐藤 健一", "sato@aoba.example", "03-0000-0152"),
    mail(6, "青木 美咲", "aoki@mail.example"),
    chat(10, "美容室ミモザ", {"木下 あかり"}),
    chat(11, "美容室ミモザ", {"田中"}),
    chat(13, "美容室ミモザ", {"佐々木さくら", "さくら🌸"}),
    chat(14, "美容室ミモザ", {"田中"}),
    chat(20, "駅前店", {"木下 あかり", "小川"}),
};

} // namespace

TEST_CASE("A friend is known by its LINE name, within its account") {
  CHECK(matched({named("木下 あかり")}, clients) == Shown{"one 10:line_name:full_name"});
  CHECK(matched({named("小川")}, clients) == Shown{"none"});
  CHECK(matched({named("小川")}, clients, "駅前店") == Shown{"one 20:line_name"});
  CHECK(matched({named("小川")}, clients, "") == Shown{"one 20:line_name"});
  CHECK(matched({called("さくら🌸")}, clients) == Shown{"one 13:line_name"});
  CHECK(matched({called("さくら")}, clients) == Shown{"none"});
}

TEST_CASE("The name that a friend has in LINE counts before what the tool shows") {
  FriendRow row = named("木下様(要連絡)");
  row.line_name = "佐々木さくら";
  CHECK(matched({row}, clients) == Shown{"one 13:line_name:full_name"});
}

TEST_CASE("Two clients of one display name are told apart by nothing else than more") {
  CHECK(matched({called("田中")}, clients) == Shown{"several 11:line_name 14:line_name"});
  std::vector<FriendTarget> with_phone = clients;
  with_phone[5].phones.push_back("090-0000-0014");
  CHECK(matched({called("田中", "09000000014")}, with_phone) == Shown{"one 14:phone:line_name"});
}

TEST_CASE("Two friends of one display name are not the same client") {
  CHECK(matched({called("さくら🌸"), called("さくら🌸")}, clients) ==
        Shown{"shared 13:line_name", "shared 13:line_name"});
}

TEST_CASE("Of two friends that point to one client the surer one has it") {
  std::vector<FriendTarget> with_phone = clients;
  with_phone[4].phones.push_back("090-0000-0013");
  CHECK(matched({called("さくら🌸"), called("さくら🌸", "09000000013")}, with_phone) ==
        Shown{"shared 13:line_name", "one 13:phone:line_name"});
  CHECK(matched({called("娘", "09000000013"), called("母", "09000000013")}, with_phone) ==
        Shown{"shared 13:phone", "shared 13:phone"});
}

TEST_CASE("Ways to reach a friend and full names lead to clients of mail") {
  CHECK(matched({called("みさき", "", "aoki@mail.example")}, clients) == Shown{"one 6:address"});
  CHECK(matched({called("けんいち", "0300000152")}, clients) == Shown{"one 1:phone"});
  CHECK(matched({really("青木美咲様")}, clients) == Shown{"one 6:full_name"});
  FriendRow field = called("みさき☕");
  field.fields.push_back({"", "お名前（フルネーム）", "青木 美咲"});
  CHECK(matched({field}, clients) == Shown{"one 6:full_name"});
}

TEST_CASE("A family name is nobody") {
  CHECK(matched({really("佐藤"), really("青木様"), named("さとう")}, clients) ==
        Shown{"none", "none", "none"});
}

TEST_CASE("What is in brackets keeps two of one name apart") {
  const std::vector<FriendTarget> branches = {mail(1, "みどり歯科(本店)", "a@a.example"),
                                              mail(2, "みどり歯科(支店)", "b@b.example")};
  CHECK(matched({really("みどり歯科（支店）")}, branches) == Shown{"one 2:full_name"});
  CHECK(matched({really("みどり歯科")}, branches) == Shown{"several 1:full_name 2:full_name"});
}

TEST_CASE("Where two things point to two clients a person has to decide") {
  CHECK(matched({called("木下 あかり", "", "aoki@mail.example")}, clients) ==
        Shown{"disagree 6:address 10:line_name:full_name 20:full_name"});
}

TEST_CASE("Emoji that a list in CP932 has lost") {
  CHECK(matched({called("さくら?")}, clients) == Shown{"one 13:line_name"});
  CHECK(matched({called("さくら??")}, clients) == Shown{"one 13:line_name"});
  CHECK(matched({called("?")}, clients) == Shown{"none"});
}

TEST_CASE("Nothing to match") {
  CHECK(matched({}, clients).empty());
  CHECK(matched({FriendRow(), named("もりた")}, clients) == Shown{"none", "none"});
  CHECK(matched({named("木下 あかり")}, {}) == Shown{"none"});
}

TEST_CASE("The friend lists of the samples land on the clients of the samples") {
  const std::vector<FriendTarget> all = {
      mail(1, "佐藤 健一", "sato@aoba-kensetsu.example", "03-0000-0152"),
      mail(5, "川瀬 みつ", "kawase@kawasemi-soba.example"),
      mail(6, "青木 美咲", "genchi-sample-aoki@gmail.com"),
      mail(7, "美容室ミモザ 三浦", "miura@mimosa-hair.example", "03-0000-0199"),
      mail(9, "㈱髙﨑商店 髙﨑", "takasaki@takasaki-shoten.example", "080-0000-0185"),
      chat(10, "美容室ミモザ", {"木下 あかり"}),
      chat(11, "美容室ミモザ", {"田中"}),
      chat(12, "美容室ミモザ", {"髙橋 Mai"}),
      chat(13, "美容室ミモザ", {"佐々木さくら", "さくら🌸"}),
      chat(14, "美容室ミモザ", {"田中"}),
  };
  const auto of = [&](const char* name) {
    const auto list = friends::read_friend_list(
        read_file(std::string(GENCHI_SAMPLES "/friends/") + name, std::size_t{1} << 20));
    return matched(list.rows, all);
  };
  CHECK(of("member_20260402.csv") == Shown{"one 10:line_name:full_name", "several 11:line_name 14:line_name",
                                           "one 13:line_name:full_name", "one 12:line_name:full_name", "none",
                                           "one 7:address"});
  CHECK(of("member_202604021830_20260402183102.csv") ==
        Shown{"one 1:phone:full_name", "one 13:line_name", "one 5:full_name", "none"});
  CHECK(of("友だち一覧.csv") == Shown{"one 6:address:full_name", "one 9:phone", "none"});
}

TEST_CASE("As many friends as clients are matched in one go") {
  std::vector<FriendTarget> many;
  std::vector<FriendRow> rows;
  for (int i = 0; i < 5'000; ++i) {
    many.push_back(chat(i, "美容室ミモザ", {"客" + std::to_string(i)}));
    rows.push_back(called("客" + std::to_string(i)));
  }
  std::size_t right = 0;
  const auto matches = match_friends(rows, many, "美容室ミモザ");
  for (int i = 0; i < 5'000; ++i) right += matches[static_cast<std::size_t>(i)].client() == i;
  CHECK(right == 5'000);
}
