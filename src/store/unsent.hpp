// Words of messages that their senders took back, erased where an account's setting says so.
#pragma once

#include "store/store.hpp"

namespace genchi {

struct ErasedWords {
  std::uint64_t rows = 0;  ///< of downloads; a message may be in several
  std::uint64_t left = 0;  ///< rows that stay hidden: another message of that time may be meant, the client is kept, or a talk from a PC does not show who wrote them
  bool finished = true;    ///< false: another process reads, so bytes may still lie in the folder; the next call goes on
};

/// Goes on with an erasing that was broken off, then erases. Each row gives way to what LINE itself would have in its place.
/// After catch_up(), between imports. Throws Error.
ErasedWords erase_unsent_words(Store& store, Progress* progress, const Store::Stop& stop);

/// Journals what is to become of such words, by account, where it differs from what the journal has. Accounts that `wanted`
/// does not name: hide. Writing.
void record_unsent_words(Store& store, const std::map<std::string, catalogue::UnsentWords>& wanted);

}  // namespace genchi
