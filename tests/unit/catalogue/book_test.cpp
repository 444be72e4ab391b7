#include "catalogue/book.hpp"

#include <catch2/catch.hpp>

namespace genchi::catalogue {
namespace {

using Action = BookDecision::Action;

/// Decisions in the order of the journal, numbered from 1.
Book book_of(std::vector<BookDecision> decisions, const std::map<std::string, std::string>& renamed = {}) {
  std::vector<BookEntry> entries;
  for (BookDecision& decision : decisions) entries.push_back({static_cast<Seq>(entries.size()) + 1, 0, std::move(decision), false});
  return Book(entries, [&](const std::string& identifier) { return renamed.contains(identifier) ? renamed.at(identifier) : identifier; });
}

BookDecision merge(const std::string& into, std::vector<std::string> others) { return {Action::merge, into, std::move(others), {}, 0, {}}; }
BookDecision split(std::vector<std::string> identifiers) { return {Action::split, {}, std::move(identifiers), {}, 0, {}}; }
BookDecision move(const std::string& identifier, const std::string& into) { return {Action::move, into, {identifier}, {}, 0, {}}; }
BookDecision rename(const std::string& client, const std::string& name) { return {Action::rename, client, {}, name, 0, {}}; }
BookDecision undo(Seq seq) { return {Action::undo, {}, {}, {}, seq, {}}; }

using Members = std::vector<std::string>;

TEST_CASE("Nobody is anybody else until a person says so") {
  const Book book;
  CHECK(book.head("addr:a@x") == "addr:a@x");
  CHECK_FALSE(book.decided("addr:a@x"));
  CHECK(book.members("addr:a@x") == Members{"addr:a@x"});
}

TEST_CASE("Clients that are merged bring all they are known by") {
  const Book book = book_of({merge("addr:a@x", {"chat:1"}), merge("domain:y", {"chat:2", "chat:3"}), merge("addr:a@x", {"chat:3"})});
  CHECK(book.head("chat:2") == "addr:a@x");
  CHECK(book.head("domain:y") == "addr:a@x");
  CHECK(book.members("addr:a@x") == Members{"addr:a@x", "chat:1", "domain:y", "chat:2", "chat:3"});
}

TEST_CASE("A name that was given stays through merging, splitting and a change of the leading identifier") {
  CHECK(book_of({rename("chat:1", "青木"), merge("addr:a@x", {"chat:1"})}).name("addr:a@x") == "青木");
  CHECK(book_of({rename("chat:1", "青木"), rename("addr:a@x", "青木商店"), merge("addr:a@x", {"chat:1"})}).name("addr:a@x") == "青木商店");
  const Book book = book_of({merge("addr:a@x", {"chat:1", "chat:2"}), rename("chat:2", "青木"), split({"addr:a@x"})});
  CHECK(book.head("chat:2") == "chat:1");
  CHECK(book.name("chat:1") == "青木");
  CHECK(book.name("addr:a@x").empty());
  CHECK(book_of({rename("chat:1", "青木"), rename("chat:1", "")}).name("chat:1").empty());
}

TEST_CASE("What is split off is one client of its own") {
  const Book book = book_of({merge("addr:a@x", {"chat:1", "chat:2", "chat:3"}), split({"chat:2", "chat:3"})});
  CHECK(book.members("addr:a@x") == Members{"addr:a@x", "chat:1"});
  CHECK(book.members("chat:2") == Members{"chat:2", "chat:3"});
  CHECK(book.head("chat:3") == "chat:2");
}

TEST_CASE("One identifier goes to another client, the rest stays") {
  const Book book = book_of({merge("addr:a@x", {"chat:1"}), move("chat:1", "domain:y"), move("addr:b@y", "addr:a@x")});
  CHECK(book.members("addr:a@x") == Members{"addr:a@x", "addr:b@y"});
  CHECK(book.head("chat:1") == "domain:y");
  CHECK(book.decided("addr:b@y"));
}

TEST_CASE("What was taken back never was, and taking that back brings it again") {
  const std::vector<BookDecision> merged{merge("addr:a@x", {"chat:1"}), merge("addr:a@x", {"chat:2"})};
  const auto with = [&](std::vector<BookDecision> more) {
    std::vector<BookDecision> all = merged;
    all.insert(all.end(), more.begin(), more.end());
    return book_of(std::move(all));
  };
  CHECK(with({undo(1)}).head("chat:1") == "chat:1");
  CHECK(with({undo(1)}).head("chat:2") == "addr:a@x");
  CHECK(with({undo(1), undo(3)}).head("chat:1") == "addr:a@x");
  CHECK(with({undo(1), undo(3), undo(4)}).head("chat:1") == "chat:1");
  CHECK(with({undo(2), undo(1)}).heads().empty());
  CHECK(with({undo(99)}).heads() == with({}).heads());
}

TEST_CASE("A chat whose key changed is meant by its old one") {
  const Book book = book_of({merge("addr:a@x", {"chat:old"}), rename("chat:old", "青木")}, {{"chat:old", "chat:new"}});
  CHECK(book.head("chat:new") == "addr:a@x");
  CHECK(book.name("addr:a@x") == "青木");
  CHECK_FALSE(book.decided("chat:old"));
}

TEST_CASE("A decision is the same after the journal, and what is none is passed over") {
  for (const BookDecision& decision : {merge("addr:a@x", {"chat:1", "chat:2"}), split({"addr:b@y"}), move("chat:1", "domain:y"), rename("chat:1", "青木 \"りん\""), undo(7)}) {
    const auto read = read_book_decision(to_payload(decision));
    REQUIRE(read);
    CHECK(read->action == decision.action);
    CHECK(read->into == decision.into);
    CHECK(read->identifiers == decision.identifiers);
    CHECK(read->value == decision.value);
    CHECK(read->undone == decision.undone);
  }
  for (const char* payload : {"", "[]", "{}", R"({"action":"number","numbers":{"00":1}})", R"({"action":3})", R"({"action":"eat"})"})
    CHECK_FALSE(read_book_decision(payload));
  CHECK(read_book_decision(R"({"action":"merge","into":5,"identifiers":[1,"chat:1",null]})")->identifiers == Members{"chat:1"});
}

TEST_CASE("Decisions that name nothing, or everything twice, do no harm") {
  CHECK(book_of({merge("", {"chat:1"}), split({}), move("chat:1", ""), merge("chat:1", {"chat:1"})}).head("chat:1") == "chat:1");
  const Book book = book_of({merge("chat:1", {"chat:2", "chat:2"}), merge("chat:2", {"chat:1"}), split({"chat:1", "chat:2"})});
  CHECK(book.members("chat:1") == Members{"chat:1", "chat:2"});
}

}  // namespace
}  // namespace genchi::catalogue
