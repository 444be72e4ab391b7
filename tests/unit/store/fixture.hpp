// A store in a folder of the test's own, and files to import into it.
#pragma once

#include <fstream>
#include <string>
#include <vector>

#include "index/search.hpp"
#include "store/store.hpp"
#include "tests/support/temporary_folder.hpp"

namespace genchi::test {

class StoreFixture {
 public:
  std::filesystem::path archive() const { return folder_ / "archive"; }

  std::filesystem::path file(const std::string& name, const std::string& bytes) {
    const std::filesystem::path path = folder_ / ("in/" + name);
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }

  struct Imported {
    ImportSession::Result result;
    std::vector<Receipt> receipts;
  };
  Imported import(const std::vector<std::filesystem::path>& paths, const std::vector<std::string>& me = {},
                  const std::string& account = {}) {
    Store store = Store::open_for_writing(archive(), true);
    if (!me.empty()) {
      std::string list;
      for (const auto& address : me) list += (list.empty() ? "\"" : ",\"") + address + "\"";
      store.archive().append(JournalKind::annotation, "{\"own_addresses\":[" + list + "]}");
    }
    Imported out;
    ImportSession::Options options;
    options.account = account;
    options.receipt = [&](const Receipt& receipt) { out.receipts.push_back(receipt); };
    ImportSession session(store, std::move(options));
    for (const auto& path : paths) session.import(path);
    out.result = session.finish();
    return out;
  }

  Sha256 fingerprint() { return Store::open(archive()).catalogue().fingerprint(); }

  /// All messages that match, newest first.
  std::vector<MessageRecord> search(const std::string& query) {
    Store store = Store::open(archive());
    index::QueryContext context;
    context.now = 1'775'000'000;
    context.clients = [&](std::string_view name) { return store.catalogue().identifiers_named(name); };
    const auto tree = index::parse_query(query, context);
    index::SearchOptions options;
    options.with_hidden = true;
    std::vector<MessageRecord> out;
    for (auto& hit : store.searcher().search(*tree, options).hits) out.push_back(std::move(hit.message));
    return out;
  }

 private:
  TemporaryFolder folder_;
};

/// A plain mail. `header` holds further fields, each with its line end.
inline std::string mail_of(const std::string& from, const std::string& to, const std::string& subject, const std::string& date,
                           const std::string& header, const std::string& body) {
  return "From: " + from + "\nTo: " + to + "\nSubject: " + subject + "\nDate: " + date + "\n" + header +
         "MIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n\n" + body + "\n";
}

/// A LINE Official Account CSV. A row is "User,青木,2026/04/01,09:12:03,text" without its line end.
inline std::string line_csv(const std::string& account, const std::string& downloaded, const std::vector<std::string>& rows) {
  std::string out = "\xEF\xBB\xBF" "アカウント名," + account + "\r\nタイムゾーン,'+09:00\r\nダウンロード日時," + downloaded +
                    "\r\n送信者タイプ,送信者名,送信日,送信時刻,内容\r\n";
  for (const auto& row : rows) out += row + "\r\n";
  return out;
}

}  // namespace genchi::test
