// What the columns of a friend list are. For friend_list.cpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "importers/friend_list/friend_list.hpp"

namespace genchi::friends {

enum class Role {
  ignored,
  id,
  display_name,
  line_name,
  real_name,
  system_name,
  user_id,
  memo,
  mark,
  assignee,
  added,
  last_message_at,
  last_message,
  blocked,
  tag,      ///< set or not
  tag_list, ///< several in one cell
  field,
};

/// Ways to reach the friend in a field, by its label.
enum class Contacts {
  none,  ///< of somebody else: 緊急連絡先, 紹介者
  any,   ///< where they look like ones
  phone, ///< whatever may be a number is one
};

struct Column {
  Role role = Role::ignored;
  std::string id, label;
  bool is_field = false; ///< is one of the fields, whatever its role
  Contacts contacts = Contacts::any;
};

struct Header {
  Words refused;
  Tool tool = Tool::plain;
  std::size_t rows = 1;
  std::vector<Column> columns;
};

using Cells = std::vector<std::string>;

/// From the first rows of the file, up to three; `cells` as they are read.
Header read_header(const std::vector<Cells>& first_rows);

/// A cell as people read it: without what spreadsheets guard it with, LF line ends, "" for `--`.
std::string cleaned(std::string_view cell);

/// The parts of a folded label without blanks: what labels are compared by.
std::string label_key(std::string_view label);

} // namespace genchi::friends
