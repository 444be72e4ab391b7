#include "store/download.hpp"

#include "importers/line_oa/export.hpp"
#include "importers/line_talk/talk.hpp"

namespace genchi {

struct Download::Parsed {
  std::optional<line::Export> download;
  std::optional<talk::Talk> talk;
  std::unordered_map<std::uint64_t, const talk::Row*> talk_rows;
};

Download::Download(Store& store, const Entry& entry)
    : entry_(entry.id), bytes_(store.archive().read(entry)), ranges_(store.archive().export_rows(entry)), parsed_(std::make_unique<Parsed>()) {
  for (std::size_t i = 0; i < ranges_.size(); ++i) at_.emplace(ranges_[i].offset, i);
  parsed_->download = line::parse_export(bytes_, entry.member);
  if (parsed_->download) return;
  parsed_->talk = talk::parse_talk(bytes_, entry.member, store.catalogue().talk_choices(entry.digest));
  if (parsed_->talk)
    for (const talk::Row& row : parsed_->talk->rows) parsed_->talk_rows.emplace(row.offset, &row);
}

Download::~Download() = default;

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
