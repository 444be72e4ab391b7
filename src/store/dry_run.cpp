#include "store/dry_run.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

#include "base/files.hpp"
#include "genchi/i18n.hpp"
#include "importers/line_oa/chats.hpp"
#include "importers/line_oa/export.hpp"
#include "mail/message.hpp"
#include "store/tombstones.hpp"

namespace genchi {
namespace {

constexpr std::size_t most_problems_listed = 1000;
constexpr std::int64_t first_own_chat = std::int64_t{1} << 40;  // of files of this run, beyond those of the catalogue

/// A row by what says that two are the same. Talks have no seconds: their rows and all rows are also known by minute.
struct Key {
  UtcSeconds sent;
  bool ours;
  std::uint64_t content;
  bool operator==(const Key&) const = default;
};
struct HashKey {
  std::size_t operator()(const Key& key) const {
    return static_cast<std::size_t>(key.content ^ static_cast<std::uint64_t>(key.sent) * 0x9E3779B97F4A7C15ULL ^ (key.ours ? 1 : 0));
  }
};

UtcSeconds minute_of(UtcSeconds sent) { return sent - (sent % 60 + 60) % 60; }

/// Rows of one account by chat.
class HeldRows {
 public:
  void add(std::int64_t chat, UtcSeconds sent, bool ours, std::uint64_t content) {
    exact_[{sent, ours, content}].push_back(chat);
    seconds_.insert({chat, sent, ours});
    minutes_[{minute_of(sent), ours, content}].push_back(chat);
  }

  /// How many of these rows a chat holds, the one that holds most; the rows then count as held there. What the account
  /// sent may have gone to all its friends, so a row of the friend must be among them, or all be held.
  std::uint64_t known(const std::vector<line::Row>& rows, bool minutes) {
    struct Held {
      std::uint64_t rows = 0, of_friend = 0;
    };
    std::map<std::int64_t, Held> chats;
    for (const auto& [key, count] : counts(rows, minutes)) {
      for (const auto& [chat, held] : held_in(key, minutes)) {
        chats[chat].rows += std::min(count, held);
        if (!key.ours) chats[chat].of_friend += std::min(count, held);
      }
    }
    std::int64_t chat = next_own_++;
    std::uint64_t most = 0;
    for (const auto& [one, held] : chats) {
      if (held.rows <= most || (held.of_friend == 0 && held.rows < rows.size())) continue;
      most = held.rows;
      chat = one;
    }
    // Damaged rows and those taken back stand for what the chat holds of their second.
    for (const auto& row : rows) {
      const auto key = line::row_key(row);
      const bool ours = key.type == line::SenderType::account;
      if ((!key.lossy && key.content != line::Content::unsent) || !seconds_.contains({chat, key.sent, ours})) continue;
      const auto held = held_in({key.sent, ours, key.hash}, minutes);
      if (!held.contains(chat)) ++most;
    }
    for (const auto& [key, count] : counts(rows, minutes)) {
      const auto held = held_in(key, minutes);
      const auto at = held.find(chat);
      for (auto n = at == held.end() ? 0 : at->second; n < count; ++n) add(chat, key.sent, key.ours, key.content);
    }
    return most;
  }

 private:
  using ByKey = std::unordered_map<Key, std::vector<std::int64_t>, HashKey>;

  static std::unordered_map<Key, std::uint64_t, HashKey> counts(const std::vector<line::Row>& rows, bool minutes) {
    std::unordered_map<Key, std::uint64_t, HashKey> out;
    for (const auto& row : rows) {
      const auto key = line::row_key(row);
      ++out[{minutes ? minute_of(key.sent) : key.sent, key.type == line::SenderType::account, key.hash}];
    }
    return out;
  }

  std::map<std::int64_t, std::uint64_t> held_in(const Key& key, bool minutes) const {
    std::map<std::int64_t, std::uint64_t> out;
    const ByKey& held = minutes ? minutes_ : exact_;
    if (const auto at = held.find(key); at != held.end())
      for (const auto chat : at->second) ++out[chat];
    // A row of a download may be known from a talk, by its minute.
    if (!minutes && out.empty())
      if (const auto at = exact_.find({minute_of(key.sent), key.ours, key.content}); at != exact_.end())
        for (const auto chat : at->second) ++out[chat];
    return out;
  }

  ByKey exact_, minutes_;
  std::set<std::tuple<std::int64_t, UtcSeconds, bool>> seconds_;
  std::int64_t next_own_ = first_own_chat;
};

}  // namespace

Words talk_is_unclear(const talk::Talk& talk) {
  if (talk.dates_unknown)
    return Words("whether the day or the month comes first in its dates cannot be told from the weekdays: import it again with --dates day-first or --dates month-first");
  if (!talk.side_unknown && !talk.names_unknown) return {};
  constexpr std::size_t most_names = 8;
  std::string names;
  for (std::size_t i = 0; i < std::min(talk.senders.size(), most_names); ++i) names += (i == 0 ? "" : ", ") + talk.senders[i];
  if (talk.senders.size() > most_names) names += ", …";
  if (talk.family == talk::Family::pc)
    return Words("its text does not show which name is yours and where names end ({}): import it again with --me and yours, and --member for each other", names);
  return Words("which of its names is yours cannot be told ({}): import it again with --me and that name", names);
}

class DryRun::Sink : public ImportSink {
 public:
  Sink(Store* store, Options options) : store_(store), options_(std::move(options)) {}

  FileDecision begin_file(const SourceFile& file) override {
    found_ = {};
    found_.receipt.source = file.name;
    found_.receipt.kind = file.kind;
    found_.receipt.account = options_.account;
    return FileDecision::read;
  }

  void mail(const MailItem& item) override {
    const Sha256 identity = mail::identity(item.raw);
    const bool held = (store_ && (store_->archive().holds_mail(identity) || store_->archive().was_erased(identity))) || !mails_.insert(identity.prefix64()).second;
    ++counts().read;
    ++(held ? counts().known : counts().fresh);
  }

  void line_export(const LineExportItem& item) override {
    if (found_.receipt.kind == SourceKind::line_talk) return line_talk(item);
    const auto parsed = line::parse_export(item.bytes, item.file_name);
    if (!parsed) return set_aside({Place{0, item.bytes.size(), 0}, Words("not a LINE Official Account chat CSV"), {}, item.file_name});
    if (found_.receipt.account.empty()) found_.receipt.account = parsed->account_name;
    found_.chat = parsed->chat_name;
    add_rows(item, parsed->rows, parsed->bad_rows, false);
  }

  void set_aside(const Problem& problem) override {
    ++counts().read;
    ++counts().set_aside;
    note(problem.place.line != 0 ? trf("line {}", problem.place.line) : problem.member, problem.reason.translated());
  }

  void passed_over(const SourceFile& file) override {
    ++result_.passed_over;
    if (options_.passed_over) options_.passed_over(file);
  }

  void end_file(const std::optional<Sha256>&, std::uint64_t) override {
    result_.total.read += counts().read;
    result_.total.fresh += counts().fresh;
    result_.total.known += counts().known;
    result_.total.set_aside += counts().set_aside;
    if (options_.found) options_.found(found_);
  }

  void progress(std::uint64_t) override {}
  bool stop_requested() const override { return options_.stop && options_.stop(); }

  void read(const std::filesystem::path& path) { import_path(path, options_.reading, *this); }
  Result result() const {
    Result out = result_;
    out.stopped = stop_requested();
    return out;
  }

 private:
  Counts& counts() { return found_.receipt.counts; }

  void note(const std::string& place, const std::string& reason) {
    if (found_.receipt.problems.size() < most_problems_listed) found_.receipt.problems.push_back({place, reason});
  }

  void line_talk(const LineExportItem& item) {
    talk::Choices choices = options_.talks;
    if (!options_.account.empty()) choices.me.push_back(options_.account);
    const Sha256 digest = sha256(item.bytes);
    if (store_) {
      const auto before = store_->catalogue().talk_choices(digest);
      choices.me.insert(choices.me.end(), before.me.begin(), before.me.end());
      if (choices.names.empty()) choices.names = before.names;
      if (choices.dates == talk::DateOrder::unknown) choices.dates = before.dates;
    }
    const auto parsed = talk::parse_talk(item.bytes, item.file_name, choices);
    if (!parsed) return set_aside({{}, Words("no talk saved by the LINE app"), {}, {}});
    found_.chat = talk::chat_name(*parsed);
    if (const Words unclear = talk_is_unclear(*parsed); !unclear.empty()) return set_aside({{}, unclear, {}, {}});
    std::vector<line::Row> rows;
    rows.reserve(parsed->rows.size());
    for (const auto& row : parsed->rows) rows.push_back(talk::as_line_row(row, parsed->own, japan_offset_minutes));
    if (found_.receipt.account.empty()) found_.receipt.account = account_of(rows);
    add_rows(item, rows, parsed->bad_rows, true);
  }

  /// That of the account with most of its rows, else the one of talks.
  std::string account_of(const std::vector<line::Row>& rows) {
    std::string best = "LINE";
    if (!store_) return best;
    std::uint64_t most = 0;
    for (const auto& channel : store_->catalogue().holdings().channels) {
      if (channel.channel != Channel::line) continue;
      HeldRows copy = held(channel.account);
      const auto known = copy.known(rows, true);
      if (known <= most) continue;
      most = known;
      best = channel.account;
    }
    return best;
  }

  HeldRows& held(const std::string& account) {
    const auto [at, added] = held_.try_emplace(account);
    if (!added || !store_) return at->second;
    // A talk that belongs to no account yet would go to that of its download.
    std::set<std::string> accounts{account};
    if (options_.account.empty()) accounts.emplace("LINE");
    for (const auto& one : accounts)
      store_->catalogue().line_rows(one, [&](const auto& row) { at->second.add(row.chat, row.sent, row.ours, row.content); });
    return at->second;
  }

  /// Which rows would not be brought back; none where they are wanted.
  std::vector<std::size_t> erased_before(const LineExportItem& item, const std::vector<line::Row>& rows, bool minutes) const {
    std::vector<std::size_t> out;
    if (!store_) return out;
    if (store_->archive().was_erased(sha256(item.bytes), item.file_name)) {
      out.resize(rows.size());
      std::iota(out.begin(), out.end(), std::size_t{0});
    } else if (store_->archive().has_row_tombstones()) {
      std::vector<RowName> names;
      for (const line::Row& row : rows) names.push_back(row_name(line::row_key(row), minutes));
      out = rows_erased_before(store_->archive(), names, {found_.chat, minutes ? options_.account : found_.receipt.account}).rows;
    }
    return out;
  }

  void add_rows(const LineExportItem& item, const std::vector<line::Row>& rows, const std::vector<line::BadRow>& bad_rows, bool minutes) {
    counts().read = rows.size();
    const std::vector<std::size_t> erased = erased_before(item, rows, minutes);
    std::vector<line::Row> others;
    for (std::size_t i = 0; i < rows.size(); ++i)
      if (!std::binary_search(erased.begin(), erased.end(), i)) others.push_back(rows[i]);
    counts().known = held(found_.receipt.account).known(others, minutes) + erased.size();
    counts().fresh = rows.size() - counts().known;
    for (const auto& bad : bad_rows) {
      counts().read += bad.rows;
      counts().set_aside += bad.rows;
      note(trf("line {}", bad.line), bad.rows > 1 ? trf("{0} ({1} rows)", bad.reason, bad.rows) : bad.reason);
    }
    for (const auto& row : rows) {
      found_.first = std::min(found_.first.value_or(row.sent), row.sent);
      found_.last = std::max(found_.last.value_or(row.sent), row.sent);
    }
  }

  Store* store_;
  Options options_;
  WouldBring found_;
  Result result_;
  std::unordered_set<std::uint64_t> mails_;
  std::map<std::string, HeldRows> held_;
};

DryRun::DryRun(Store* store, Options options) : sink_(std::make_unique<Sink>(store, std::move(options))) {}
DryRun::~DryRun() = default;
void DryRun::read(const std::filesystem::path& path) {
  with_paths_named([&] { sink_->read(path); });
}
DryRun::Result DryRun::result() const { return sink_->result(); }

}  // namespace genchi
