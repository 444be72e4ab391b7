#include "store/unsent.hpp"

#include <nlohmann/json.hpp>

#include "base/json.hpp"
#include "genchi/error.hpp"
#include "genchi/i18n.hpp"
#include "importers/line_oa/export.hpp"
#include "importers/line_talk/talk.hpp"

namespace genchi {

using nlohmann::json;

namespace {

/// One download with rows whose words are to go.
class Download {
 public:
  Download(Store& store, const Entry& entry)
      : bytes_(store.archive().read(entry)), ranges_(store.archive().export_rows(entry)), export_(line::parse_export(bytes_, entry.member)) {
    if (!export_) talk_ = talk::parse_talk(bytes_, entry.member, store.catalogue().talk_choices(entry.digest));
  }

  /// nullopt if there is no such row.
  std::optional<Archive::RowErasure> erasure(const catalogue::Catalogue::UnsentRow& row) const {
    const auto at = std::find_if(ranges_.begin(), ranges_.end(), [&](const auto& range) { return range.offset == row.offset; });
    if (at == ranges_.end()) return std::nullopt;
    const std::string_view bytes = std::string_view(bytes_).substr(at->offset, at->length);
    Archive::RowErasure out{row.entry, static_cast<std::uint64_t>(at - ranges_.begin()), {}};
    if (export_) {
      out.instead = line::taken_back_row(bytes, export_->charset, export_->language);
    } else if (talk_) {
      const auto read = std::find_if(talk_->rows.begin(), talk_->rows.end(), [&](const auto& each) { return each.offset == row.offset; });
      if (read != talk_->rows.end()) out.instead = talk::taken_back_row(bytes, *read, *talk_, row.ours);
    }
    if (out.instead.empty()) return std::nullopt;
    return out;
  }

 private:
  std::string bytes_;
  std::vector<Archive::ByteRange> ranges_;
  std::optional<line::Export> export_;
  std::optional<talk::Talk> talk_;
};

}  // namespace

ErasedWords erase_unsent_words(Store& store, Progress* progress, const Store::Stop& stop) {
  ErasedWords out;
  std::vector<Archive::RowErasure> rows;
  std::optional<Download> download;
  EntryId at = 0;
  for (const auto& row : store.catalogue().words_to_erase()) {
    if (row.may_be_another) {
      ++out.left;
      continue;
    }
    if (row.entry != at) {
      download.reset();
      at = row.entry;
      if (const auto entry = store.archive().entry(row.entry)) download.emplace(store, *entry);
    }
    if (auto erasure = download ? download->erasure(row) : std::nullopt) rows.push_back(*std::move(erasure));
    else ++out.left;
  }
  out.rows = rows.size();
  if (!rows.empty()) store.archive().erase_rows(rows, R"({"reason":"unsent"})");
  out.finished = store.finish_erasing(progress, stop);
  return out;
}

void record_unsent_words(Store& store, const std::map<std::string, catalogue::UnsentWords>& wanted) {
  const auto held = store.catalogue().unsent_words();
  const auto record = [&](const std::string& account, catalogue::UnsentWords what) {
    store.archive().append(JournalKind::unsend, json_text(json{{"account", account}, {"words", catalogue::unsent_words_name(what)}}, NotUtf8::refused));
  };
  for (const auto& [account, what] : wanted)
    if (const auto at = held.find(account); (at == held.end() ? catalogue::UnsentWords::hide : at->second) != what) record(account, what);
  for (const auto& [account, what] : held)
    if (!wanted.contains(account) && what != catalogue::UnsentWords::hide) record(account, catalogue::UnsentWords::hide);
}

}  // namespace genchi
