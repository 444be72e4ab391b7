// What exhibits say of messages, in words.
#pragma once

#include <string>
#include <vector>

#include "evidence/exhibit.hpp"
#include "store/store.hpp"

namespace genchi::evidence {

/// A day as Japanese courts write it: 令和8年3月14日; before 2019-05-01 平成, and so on; of years before 1868 the year alone.
std::string court_date(CivilDay day);
/// In the archive's zone, "2026-03-14 (土) 10:05:12 +09:00"; `minute`: the second is not known and left out.
std::string whole_time(UtcSeconds sent, bool minute);
/// The name of a file without its folders: where ours lie is nobody's business.
std::string last_of_path(std::string_view path);
/// "山田 太郎 <yamada@example.jp>"
std::string person_text(const Person& person);

/// A message as the archive has it. `original`: its bytes, of a mail or memo; empty for LINE rows. File names and subjects are
/// as their senders wrote them.
ExhibitMessage compose(Store& store, const MessageRecord& message, std::string_view original);

/// Title, day and author of an exhibit of these, for the list that goes to the court. Always Japanese.
void compose_heading(Exhibit& exhibit, const std::vector<MessageRecord>& points, const std::string& chat_name);

}  // namespace genchi::evidence
