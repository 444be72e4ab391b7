// Which downloads are one chat, and which rows one message. The input writes down a talk and up to six
// downloads of parts of it, a few of them damaged.
#include "importers/line_oa/chats.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "tests/fuzz/property.hpp"

namespace genchi::fuzz {
namespace {

using namespace line;

class Bytes {
 public:
  explicit Bytes(std::string_view input) : input_(input) {}
  bool empty() const { return input_.empty(); }
  unsigned next() {
    if (input_.empty()) return 0;
    const auto byte = static_cast<unsigned char>(input_[0]);
    input_.remove_prefix(1);
    return byte;
  }

 private:
  std::string_view input_;
};

constexpr UtcSeconds start = 1'700'000'040; // a full minute

RowKey make_row(unsigned what, UtcSeconds sent) {
  RowKey row;
  row.sent = sent;
  row.type = (what & 1) != 0 ? SenderType::account : SenderType::user;
  row.hash = what >> 1 & 3;
  row.characters = 4 + (what >> 1 & 3);
  if ((what >> 3 & 7) == 7) {
    row.content = Content::unsent;
    row.hash = 100;
    row.characters = 0;
  }
  return row;
}

std::vector<RowKey> read_talk(Bytes& bytes) {
  std::vector<RowKey> talk;
  const unsigned count = bytes.next() % 24;
  UtcSeconds sent = start;
  for (unsigned i = 0; i < count; ++i) {
    const unsigned what = bytes.next();
    sent += what >> 6 == 0 ? 0 : what >> 6 == 1 ? 1 : 1800;
    talk.push_back(make_row(what, sent));
  }
  return talk;
}

// What one download says of a row.
RowKey as_seen(RowKey row, unsigned how) {
  if (how == 14) {
    row.content = Content::unsent;
    row.hash = 100;
    row.characters = 0;
  }
  if (how == 15) {
    row.lossy = true;
    row.hash += 1000;
  }
  return row;
}

ExportFile read_file(Bytes& bytes, const std::vector<RowKey>& talk) {
  ExportFile file;
  const unsigned about = bytes.next();
  file.chat_name = std::string_view("ABU ").substr(about & 3, 1);
  if (file.chat_name == "U") file.chat_name = "Unknown";
  if ((about & 12) != 0) file.number = about >> 2 & 3;
  if ((about & 48) != 0) file.downloaded = start + 60 * 60 * static_cast<UtcSeconds>(about >> 4 & 3);
  const std::size_t begin = talk.empty() ? 0 : bytes.next() % talk.size();
  const std::size_t count = bytes.next() % 24;
  for (std::size_t i = begin; i < std::min(begin + count, talk.size()); ++i) {
    const unsigned how = bytes.next() % 17;
    if (how < 16) file.rows.push_back(as_seen(talk[i], how));
  }
  // Of the same bytes are files whose rows and preamble are the same.
  std::string content = std::to_string(file.downloaded.value_or(0));
  for (const RowKey& row : file.rows)
    content += std::to_string(row.sent) + ' ' + std::to_string(row.hash) + ' ' +
               std::to_string(static_cast<int>(row.type)) + ' ' + std::to_string(row.lossy) + '\n';
  file.digest = sha256(content);
  return file;
}

// A row of a file, whatever the file's index: files of the same bytes, name and number have one `order`.
using Name = std::uint64_t;
using NamedRow = std::pair<Name, std::uint32_t>;

void name_files(std::vector<ExportFile>& files) {
  for (std::size_t i = 0; i < files.size(); ++i)
    files[i].order =
        1 + static_cast<std::uint64_t>(std::find_if(files.begin(), files.end(),
                                                    [&](const ExportFile& file) {
                                                      return file.digest == files[i].digest &&
                                                             file.chat_name == files[i].chat_name &&
                                                             file.number == files[i].number &&
                                                             file.downloaded == files[i].downloaded;
                                                    }) -
                                       files.begin());
}

using Groups = std::multiset<std::pair<std::vector<Name>, bool>>;
Groups check_groups(const std::vector<ExportFile>& files) {
  Groups named;
  std::set<std::uint32_t> seen;
  for (const ChatGroup& group : group_chats(files)) {
    ALWAYS(!group.files.empty());
    std::vector<Name> names;
    for (const std::uint32_t file : group.files) {
      ALWAYS(file < files.size() && seen.insert(file).second);
      names.push_back(files[file].order);
    }
    named.emplace(std::move(names), group.assumed);
  }
  ALWAYS(seen.size() == files.size());
  return named;
}

using Messages =
    std::vector<std::tuple<NamedRow, std::uint32_t, std::optional<NamedRow>, std::vector<NamedRow>>>;
Messages check_merge(const std::vector<const ExportFile*>& files) {
  Messages messages;
  std::set<RowPlace> seen;
  UtcSeconds before = INT64_MIN;
  const auto take = [&](std::uint32_t file, std::uint32_t row) {
    ALWAYS(file < files.size() && row < files[file]->rows.size());
    ALWAYS(seen.emplace(file, row).second);
    return NamedRow{files[file]->order, row};
  };
  for (const MergedRow& merged : merge_rows(files)) {
    const NamedRow shown = take(merged.file, merged.row);
    const UtcSeconds sent = files[merged.file]->rows[merged.row].sent;
    ALWAYS(sent >= before);
    before = sent;
    std::optional<NamedRow> unsent_by;
    if (merged.unsent_by) {
      ALWAYS(files[merged.unsent_by->first]->rows[merged.unsent_by->second].content == Content::unsent);
      unsent_by = take(merged.unsent_by->first, merged.unsent_by->second);
    }
    std::vector<NamedRow> copies;
    for (const auto& [file, row] : merged.copies) {
      ALWAYS(files[file]->rows[row].sent == sent);
      copies.push_back(take(file, row));
    }
    messages.emplace_back(shown, merged.nth, unsent_by, std::move(copies));
  }
  std::size_t rows = 0;
  for (const ExportFile* file : files) rows += file->rows.size();
  ALWAYS(seen.size() == rows);
  return messages;
}

} // namespace

void try_input(std::string_view input) {
  Bytes bytes(input);
  const std::vector<RowKey> talk = read_talk(bytes);
  const unsigned turn = bytes.next();
  std::vector<ExportFile> files;
  while (!bytes.empty() && files.size() < 6) files.push_back(read_file(bytes, talk));
  if (files.empty()) return;
  name_files(files);

  std::vector<ExportFile> other_order = files;
  std::rotate(other_order.begin(), other_order.begin() + turn % files.size(), other_order.end());
  if (turn % 2 == 0) std::reverse(other_order.begin(), other_order.end());
  ALWAYS(check_groups(files) == check_groups(other_order));

  const auto pointers = [](const std::vector<ExportFile>& all) {
    std::vector<const ExportFile*> result;
    for (const ExportFile& file : all) result.push_back(&file);
    return result;
  };
  const Messages messages = check_merge(pointers(files));
  ALWAYS(messages == check_merge(pointers(other_order)));
  // A copy of a file adds no message.
  files.push_back(files.front());
  ALWAYS(check_merge(pointers(files)).size() == messages.size());
}

} // namespace genchi::fuzz
