// The drift report as it is stored and asked for.
#include <array>
#include <cstring>

#include "catalogue/impl.hpp"
#include "text/fold.hpp"

namespace genchi::catalogue {
namespace {

constexpr std::size_t packed_example = 32 + 4 * 8;

std::string pack(const std::vector<DriftExample>& examples) {
  std::string out;
  for (const auto& example : examples) {
    out += example.id.view();
    const std::array<std::uint64_t, 4> numbers{static_cast<std::uint64_t>(example.sent), static_cast<std::uint64_t>(example.entry),
                                               example.offset, example.length};
    out.append(reinterpret_cast<const char*>(numbers.data()), sizeof numbers);
  }
  return out;
}

std::vector<DriftExample> unpack(std::string_view blob) {
  std::vector<DriftExample> out;
  for (; blob.size() >= packed_example; blob.remove_prefix(packed_example)) {
    std::array<std::uint64_t, 4> numbers;
    std::memcpy(numbers.data(), blob.data() + 32, sizeof numbers);
    DriftExample example;
    example.id = *Sha256::from_bytes(blob.substr(0, 32));
    example.sent = static_cast<UtcSeconds>(numbers[0]);
    example.entry = static_cast<EntryId>(numbers[1]);
    example.offset = numbers[2];
    example.length = numbers[3];
    out.push_back(example);
  }
  return out;
}

}  // namespace

void Catalogue::Impl::add_drift(const DriftRow& row) {
  db.cached("INSERT INTO drift(chat, entry, what, other, other_chat, rows, first, last, was, now, examples) VALUES(?,?,?,?,?,?,?,?,?,?,?)")
      .bind(row.chat, row.entry, static_cast<int>(row.what), row.other, row.other_chat, row.rows, row.first, row.last, row.was,
            row.now, Statement::Blob{pack(row.examples)})
      .run();
}

void Catalogue::Impl::clear_drift(std::int64_t chat) { db.cached("DELETE FROM drift WHERE chat=?").bind(chat).run(); }

void Catalogue::Impl::clear_chat_notes(const std::string& account) {
  using line::DriftCase;
  db.prepare("DELETE FROM drift WHERE what IN (?,?,?,?,?) AND chat IN (SELECT id FROM chat WHERE account=?)")
      .bind(static_cast<int>(DriftCase::contradiction), static_cast<int>(DriftCase::namesake), static_cast<int>(DriftCase::assumed),
            static_cast<int>(DriftCase::bridge), static_cast<int>(DriftCase::accounts), account)
      .run();
}

std::vector<ChatDrift> Catalogue::drift(std::string_view account, EntryId from) const {
  Impl& impl = *impl_;
  const auto download = [&](const Statement& s, int column) {
    ChatDrift::Download out;
    out.entry = s.integer(column);
    if (!s.is_null(column + 1)) out.digest = *Sha256::from_bytes(s.blob(column + 1));
    if (!s.is_null(column + 2)) out.downloaded = s.integer(column + 2);
    if (const auto original = impl.entry(out.entry)) out.source = impl.source_of(*original);
    return out;
  };
  Statement s = impl.db.prepare(
      "SELECT c.account, c.key, c.name, o.key, o.name, d.what, d.rows, d.first, d.last, d.was, d.now, d.examples, "
      "d.entry, e.digest, e.downloaded, d.other, f.digest, f.downloaded "
      "FROM drift d JOIN chat c ON c.id=d.chat LEFT JOIN chat o ON o.id=d.other_chat "
      "JOIN export e ON e.entry=d.entry LEFT JOIN export f ON f.entry=d.other "
      "WHERE d.entry>=?1 OR d.other>=?1 "
      "ORDER BY c.account, c.name, c.key, e.downloaded, e.digest, d.what, d.first, o.name, o.key");
  const std::string wanted = fold(account);
  std::vector<ChatDrift> out;
  for (s.bind(from); s.step();) {
    ChatDrift row;
    row.account = s.text(0);
    if (!wanted.empty() && find_folded(fold(row.account), wanted) == std::string::npos) continue;
    row.chat = s.text(1);
    row.name = s.text(2);
    row.other_chat = s.text(3);
    row.other_name = s.text(4);
    row.what = static_cast<line::DriftCase>(s.integer(5));
    row.rows = static_cast<std::uint32_t>(s.integer(6));
    row.first = s.integer(7);
    row.last = s.integer(8);
    row.was = s.text(9);
    row.now = s.text(10);
    row.examples = unpack(s.blob(11));
    row.download = download(s, 12);
    if (!s.is_null(15)) row.other = download(s, 15);
    for (auto& example : row.examples)
      if (const auto original = impl.entry(example.entry)) example.source = impl.source_of(*original);
    out.push_back(std::move(row));
  }
  return out;
}

}  // namespace genchi::catalogue
