// What a message is, in words for people.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "genchi/message.hpp"
#include "store/store.hpp"

namespace genchi {

/// 受信/送信/自動, メール/LINE …
std::string direction_word(Direction direction);
std::string channel_word(Channel channel);
/// What stands beside whatever comes from a memo: "our memo", "our memo, confirmed by the client"; "" for other messages.
std::string memo_word(std::uint32_t flags);
/// What an attachment is when it has no name: (photo).
std::string attachment_word(std::string_view kind);
/// 土, Sat
std::string weekday_word(CivilDay day);
/// That a message was taken back, between which downloads, and where its words are.
std::string taken_back_words(Store& store, const Sha256& id);

}  // namespace genchi
