#include "store/download.hpp"

#include <nlohmann/json.hpp>

#include "base/json.hpp"
#include "importers/line_oa/export.hpp"
#include "importers/line_talk/talk.hpp"

namespace genchi {
namespace {

/// What was said of a talk; the journal knows it before the catalogue does.
talk::Choices choices_of(const Archive& archive, const catalogue::Catalogue& catalogue, const Sha256& digest) {
  const std::string named = digest.hex();
  const auto rows = archive.journal_of(JournalKind::annotation, catalogue.applied());
  for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
    const auto payload = parse_json(row->payload);
    if (payload.is_object() && payload.value("talk", "") == named) return catalogue::unpack_choices(row->payload);
  }
  return catalogue.talk_choices(digest);
}

}  // namespace

struct Download::Parsed {
  std::optional<line::Export> download;
  std::optional<talk::Talk> talk;
  std::unordered_map<std::uint64_t, const talk::Row*> talk_rows;
};

Download::Download(const Archive& archive, const catalogue::Catalogue& catalogue, const Entry& entry)
    : entry_(entry.id), bytes_(archive.read(entry)), ranges_(archive.export_rows(entry)), parsed_(std::make_unique<Parsed>()) {
  if (const auto import = archive.import_of(entry.import)) account_ = import->account;
  for (std::size_t i = 0; i < ranges_.size(); ++i) at_.emplace(ranges_[i].offset, i);
  parsed_->download = line::parse_export(bytes_, entry.member);
  if (parsed_->download) return;
  parsed_->talk = talk::parse_talk(bytes_, entry.member, choices_of(archive, catalogue, entry.digest));
  if (parsed_->talk)
    for (const talk::Row& row : parsed_->talk->rows) parsed_->talk_rows.emplace(row.offset, &row);
}

Download::~Download() = default;

std::vector<Download::Row> Download::rows() const {
  std::vector<Row> out;
  if (parsed_->download)
    for (const line::Row& row : parsed_->download->rows) out.push_back({row_name(line::row_key(row), /*minute=*/false), row.offset});
  else if (parsed_->talk)
    for (const talk::Row& row : parsed_->talk->rows) {
      const line::Row read = talk::as_line_row(row, parsed_->talk->own, japan_offset_minutes);
      out.push_back({row_name(line::row_key(read), /*minute=*/true), row.offset});
      out.back().name.telling = out.back().name.telling && !read.automatic;  // LINE's own words
    }
  return out;
}

ChatName Download::chat() const {
  if (parsed_->download) return {parsed_->download->chat_name, account_.empty() ? parsed_->download->account_name : account_};
  return {parsed_->talk ? talk::chat_name(*parsed_->talk) : std::string(), account_};
}

std::optional<Archive::RowErasure> Download::row_at(std::uint64_t offset) const {
  const auto at = at_.find(offset);
  if (at == at_.end()) return std::nullopt;
  return Archive::RowErasure{entry_, at->second, {}};
}

std::string_view Download::bytes_of(const Archive::RowErasure& row) const { return std::string_view(bytes_).substr(ranges_[row.row].offset, ranges_[row.row].length); }

std::optional<Archive::RowErasure> Download::taken_back(std::uint64_t offset, bool ours) const {
  auto out = row_at(offset);
  if (!out) return std::nullopt;
  if (parsed_->download) out->instead = line::taken_back_row(bytes_of(*out), parsed_->download->charset, parsed_->download->language);
  else if (const auto row = parsed_->talk_rows.find(offset); row != parsed_->talk_rows.end())
    out->instead = talk::taken_back_row(bytes_of(*out), *row->second, *parsed_->talk, ours);
  if (out->instead.empty()) return std::nullopt;
  return out;
}

std::optional<Archive::RowErasure> Download::erased(std::uint64_t offset, std::string_view mark) const {
  auto out = row_at(offset);
  if (!out) return std::nullopt;
  if (parsed_->download) out->instead = line::erased_row(bytes_of(*out), parsed_->download->charset, mark);
  else if (const auto row = parsed_->talk_rows.find(offset); row != parsed_->talk_rows.end())
    out->instead = talk::erased_row(bytes_of(*out), *row->second, *parsed_->talk, mark);
  if (out->instead.empty()) return std::nullopt;
  return out;
}

}  // namespace genchi
