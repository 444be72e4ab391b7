#include "importers/friend_list/header.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>

#include "base/bytes.hpp"
#include "text/fold.hpp"

namespace genchi::friends {
namespace {

struct Label {
  std::string_view text;
  Role role;
};

// Those of Lステップ and Liny first, then what other lists call the same.
constexpr auto known_labels = std::to_array<Label>({
    {"ID", Role::id},
    {"表示名", Role::display_name},
    {"LINE登録名", Role::line_name},
    {"本名", Role::real_name},
    {"システム表示名", Role::system_name},
    {"LINE UserID", Role::user_id},
    {"個別メモ", Role::memo},
    {"友だち追加日時", Role::added},
    {"対応マーク", Role::mark},
    {"ユーザーブロック", Role::blocked},
    {"最終メッセージ", Role::last_message},
    {"最終メッセージ日時", Role::last_message_at},
    {"最終メッセージ受信日時", Role::last_message_at},
    {"登録ID", Role::id},
    {"友だちID", Role::id},
    {"友達ID", Role::id},
    {"友だちNo", Role::id},
    {"友だち番号", Role::id},
    {"No", Role::id},
    {"名前", Role::display_name},
    {"お名前", Role::display_name},
    {"友だち名", Role::display_name},
    {"友達名", Role::display_name},
    {"LINE名", Role::line_name},
    {"LINE表示名", Role::line_name},
    {"LINEの名前", Role::line_name},
    {"LINE上の名前", Role::line_name},
    {"氏名", Role::real_name},
    {"お客様名", Role::real_name},
    {"顧客名", Role::real_name},
    {"取引先名", Role::real_name},
    {"LINEユーザーID", Role::user_id},
    {"ユーザーID", Role::user_id},
    {"UserID", Role::user_id},
    {"メモ", Role::memo},
    {"備考", Role::memo},
    {"友だち追加日", Role::added},
    {"追加日時", Role::added},
    {"登録日時", Role::added},
    {"マーク", Role::mark},
    {"ブロック", Role::blocked},
    {"ブロック状況", Role::blocked},
    {"担当者", Role::assignee},
    {"担当", Role::assignee},
    {"担当者名", Role::assignee},
    {"担当スタッフ", Role::assignee},
    {"営業担当", Role::assignee},
    {"タグ", Role::tag_list},
    {"タグ名", Role::tag_list},
    {"友だちタグ", Role::tag_list},
});

std::optional<Role> known_role(std::string_view label) {
  static const auto table = [] {
    std::unordered_map<std::string, Role> made;
    for (const Label& known : known_labels) made.emplace(label_key(known.text), known.role);
    return made;
  }();
  const auto found = table.find(label_key(label));
  return found == table.end() ? std::nullopt : std::optional(found->second);
}

bool is_name(Role role) {
  return role == Role::display_name || role == Role::line_name || role == Role::real_name ||
         role == Role::system_name;
}

// Does a column say that this is a list of people one answers to, and not just any list with a name in it?
bool is_of_friends(std::string_view label) {
  const auto role = known_role(label);
  if (role)
    return !(*role == Role::id || *role == Role::memo || *role == Role::display_name ||
             *role == Role::real_name);
  const std::string key = label_key(label);
  for (const char* part : {"電話", "携帯", "tel", "めーる", "mail"})
    if (key.find(label_key(part)) != std::string::npos) return true;
  return false;
}

// `タグ_1001` → 1001.
std::optional<std::string> behind(std::string_view cell, std::initializer_list<std::string_view> words) {
  const auto is_of_id = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
  };
  const std::string text = cleaned(cell);
  for (const std::string_view word : words) {
    if (!text.starts_with(word) || text.size() < word.size() + 2 || text[word.size()] != '_') continue;
    std::string id = text.substr(word.size() + 1);
    if (std::all_of(id.begin(), id.end(), is_of_id)) return id;
  }
  return std::nullopt;
}

std::optional<std::string> tag_id(std::string_view cell) {
  return behind(cell, {"タグ", "タグID", "友だちタグ"});
}
std::optional<std::string> field_id(std::string_view cell) {
  return behind(cell, {"友だち情報", "友だち情報ID", "友達情報"});
}

// A tag that only its label tells: タグ:会員, 【タグ】会員, [タグ]会員.
std::optional<std::string> tag_label(std::string_view label) {
  for (const std::string_view start : {"タグ:", "タグ：", "タグ_", "【タグ】", "[タグ]", "［タグ］"})
    if (label.starts_with(start) && label.size() > start.size())
      return std::string(trim(label.substr(start.size())));
  return std::nullopt;
}

std::string_view cell_at(const Cells& cells, std::size_t at) {
  return at < cells.size() ? std::string_view(cells[at]) : std::string_view{};
}

Column basic_column(std::string_view label) {
  if (label.empty()) return {};
  if (const auto role = known_role(label)) return {*role, "", std::string(label), *role == Role::assignee};
  if (auto tag = tag_label(label)) return {Role::tag, "", *tag};
  return {Role::field, "", std::string(label), true};
}

Column field_column(std::string id, std::string_view label) {
  const bool assignee = known_role(label) == Role::assignee;
  return {assignee ? Role::assignee : Role::field, std::move(id), std::string(label), true};
}

enum class Group { basic, tags, fields };

Group group_of(std::string_view cell) {
  const std::string key = label_key(cell);
  if (key.find(label_key("タグ")) != std::string::npos) return Group::tags;
  const bool fields = key.find(label_key("友だち情報")) != std::string::npos ||
                      key.find(label_key("友達情報")) != std::string::npos;
  return fields ? Group::fields : Group::basic;
}

// Columns by one row that has labels and one that has ids, or names of groups.
std::vector<Column> two_row_columns(const Cells& marks, const Cells& labels, bool groups) {
  std::vector<Column> columns;
  Group group = Group::basic;
  for (std::size_t i = 0; i < std::max(marks.size(), labels.size()); ++i) {
    const std::string mark = cleaned(cell_at(marks, i));
    std::string label = cleaned(cell_at(labels, i));
    if (groups && label.empty() && known_role(mark)) label = mark; // a column of its own, such as the key
    if (groups && !mark.empty()) group = group_of(mark);
    const auto tag = tag_id(mark), field = field_id(mark);
    if (tag)
      columns.push_back({Role::tag, *tag, label});
    else if (field)
      columns.push_back(field_column(*field, label));
    else if (group == Group::tags && !label.empty())
      columns.push_back({Role::tag, "", tag_label(label).value_or(label)});
    else if (group == Group::fields && !label.empty())
      columns.push_back(field_column("", label));
    else
      columns.push_back(basic_column(label));
  }
  return columns;
}

struct Known {
  std::size_t columns = 0;
  bool name = false;
  bool friends = false;
};

Known known_in(const Cells& labels) {
  Known found;
  for (const std::string& cell : labels) {
    const std::string label = cleaned(cell);
    const auto role = known_role(label);
    const bool of_friends = is_of_friends(label);
    found.columns += role || of_friends;
    found.name = found.name || (role && is_name(*role));
    found.friends = found.friends || of_friends || tag_label(label);
  }
  return found;
}

// Is this what the first column of a friend holds, a number or a key?
bool is_key(std::string_view cell) {
  const std::string text = cleaned(cell);
  return !text.empty() &&
         std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }) &&
         std::all_of(text.begin(), text.end(), [](unsigned char c) { return c > 0x20 && c < 0x7f; });
}

bool has_ids(const Cells& row) {
  if (!row.empty() && label_key(row.front()) == label_key("登録ID") && row.size() > 1 &&
      cleaned(row[1]).empty())
    return true;
  return std::any_of(row.begin(), row.end(),
                     [](const std::string& cell) { return tag_id(cell) || field_id(cell); });
}

bool has_label(const Cells& row, std::string_view label) {
  return std::any_of(row.begin(), row.end(),
                     [&](const std::string& cell) { return label_key(cell) == label_key(label); });
}

// A role that one column only can have goes to the first; the others are fields.
void settle_twice_named(std::vector<Column>& columns) {
  std::array<bool, static_cast<std::size_t>(Role::field) + 1> seen{};
  for (Column& column : columns) {
    bool& before = seen[static_cast<std::size_t>(column.role)];
    const bool many = column.role == Role::tag || column.role == Role::field ||
                      column.role == Role::ignored || column.role == Role::tag_list;
    if (before && !many) {
      column.role = Role::field;
      column.is_field = true;
    }
    before = true;
  }
}

bool has_any(std::string_view key, std::initializer_list<const char*> parts) {
  return std::any_of(parts.begin(), parts.end(),
                     [&](const char* part) { return key.find(label_key(part)) != std::string_view::npos; });
}

Contacts contacts_in(std::string_view label) {
  const std::string key = label_key(label);
  if (has_any(key, {"緊急", "紹介", "家族", "配偶者", "勤務先", "担当", "fax", "ファックス", "ファクス"}))
    return Contacts::none;
  return has_any(key, {"電話", "でんわ", "tel", "携帯", "けいたい", "phone"}) ? Contacts::phone
                                                                              : Contacts::any;
}

Header with(Tool tool, std::size_t rows, std::vector<Column> columns) {
  Header header;
  header.tool = tool;
  header.rows = rows;
  header.columns = std::move(columns);
  settle_twice_named(header.columns);
  for (Column& column : header.columns) column.contacts = contacts_in(column.label);
  return header;
}

Header refused(const Words& reason) {
  Header header;
  header.refused = reason;
  return header;
}

Header header_with_ids(const std::vector<Cells>& rows) {
  if (rows.size() < 2) return refused(Words("the second header row is missing: the file was cut off"));
  std::vector<Column> columns = two_row_columns(rows[0], rows[1], false);
  const auto has = [&](auto fits) { return std::any_of(columns.begin(), columns.end(), fits); };
  if (!has([](const Column& column) { return column.role == Role::id || is_name(column.role); }))
    return refused(Words("the second header row has no label such as ID, 表示名 or LINE登録名: this is no "
                         "friend list, or its header rows were changed"));
  const bool liny = has([](const Column& column) { return column.role == Role::user_id; });
  return with(liny ? Tool::liny : Tool::lstep, 2, std::move(columns));
}

} // namespace

std::string cleaned(std::string_view cell) {
  cell = trim(cell);
  // ="090…" keeps a zero in a spreadsheet, an apostrophe keeps a formula from being one.
  if (cell.size() > 3 && cell.starts_with("=\"") && cell.ends_with('"'))
    cell = cell.substr(2, cell.size() - 3);
  if (cell.size() > 1 && cell[0] == '\'' &&
      std::string_view("=+-@\t\r\n0").find(cell[1]) != std::string_view::npos)
    cell.remove_prefix(1);
  if (cell == "--") return {};
  std::string out;
  for (std::size_t i = 0; i < cell.size(); ++i) {
    if (cell[i] != '\r')
      out += cell[i];
    else if (i + 1 == cell.size() || cell[i + 1] != '\n')
      out += '\n';
  }
  return out;
}

std::string label_key(std::string_view label) {
  std::string key = fold(label);
  std::erase_if(key, [](char c) { return c == ' ' || c == '\t' || c == '\n'; });
  return key;
}

Header read_header(const std::vector<Cells>& rows) {
  if (rows.empty()) return refused(Words("the file is empty"));
  if (has_label(rows[0], "回答ID") && has_label(rows[0], "回答者ID"))
    return refused(Words("these are the answers to a form, not a list of friends"));
  if (has_ids(rows[0])) return header_with_ids(rows);
  const Known first = known_in(rows[0]);
  const Known second = rows.size() > 1 ? known_in(rows[1]) : Known();
  if (second.name && second.columns >= 2 && second.columns > first.columns)
    return with(Tool::lmessage, 2, two_row_columns(rows[0], rows[1], true));
  if (!first.name || !first.friends)
    return refused(Words("no friend list: it needs a column with a name (表示名, LINE登録名, 本名, 名前) and "
                         "one such as 電話番号, メール, 対応マーク, 担当者 or タグ"));
  const bool key_first = known_role(cleaned(cell_at(rows[0], 0))) == Role::id;
  const bool second_is_header =
      key_first && rows.size() > 2 && !is_key(cell_at(rows[1], 0)) && is_key(cell_at(rows[2], 0));
  if (second_is_header) return with(Tool::lmessage, 2, two_row_columns(rows[1], rows[0], true));
  return with(Tool::plain, 1, two_row_columns({}, rows[0], false));
}

} // namespace genchi::friends
