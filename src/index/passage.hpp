// The document of the index: a passage, which is one mail or up to 64 rows of one chat within one Tokyo
// month.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "genchi/message.hpp"
#include "text/fold.hpp"

namespace genchi::index {

inline constexpr std::size_t max_rows_in_passage = 64;

struct Passage {
  std::vector<MessageRecord> messages; ///< in time order; of one channel, account and chat
};

/// Compact binary form for Xapian's document data, and back. Version byte, then a zstd frame; unpack throws Error on
/// anything that pack did not make.
std::string pack(const Passage& passage);
Passage unpack(std::string_view data);

/// The texts of a message that words are looked for in. Terms (writer) and predicate (search) read the same
/// ones.
enum class TextField { subject, text, from, to, cc, files };

/// One of them, folded. People are name and address of each, files the name of each, parted by "\n\n"; empty
/// ones left out. No phrase without a blank line is found across "\n\n".
std::string folded_field(const MessageRecord& message, TextField field);
/// All of them that are not empty, in the order of TextField, parted by "\n\n": a word is in the message if
/// it is here.
std::string searchable_text(const MessageRecord& message);

/// How MessageRecord::text is folded: as fold() does, but the marks of quotation (">", "> >", "＞") at the
/// beginning of lines count for nothing, so that a word broken over two quoted lines is found, and one broken
/// between a quoted and a spilled unquoted line too. Lines that hold only marks are blank lines.
/// fold_body_with_map is for highlights: the same text, with offsets into the original including its marks.
std::string fold_body(std::string_view text);
FoldedText fold_body_with_map(std::string_view text);

/// Does has:NAME hold? "attachment" is a file, photo, video or voice; any other name a kind of AttachedFile.
bool has_attached(const MessageRecord& message, std::string_view name);

} // namespace genchi::index
