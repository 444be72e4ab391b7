// How we address a client: 様 in mails, さん in LINE. Learned from messages of ours, never assumed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "genchi/message.hpp"

namespace genchi::cli {

/// How one message addresses somebody.
struct Addressed {
  std::string honorific;  ///< 様 さん 御中 …, as written
  std::string words;      ///< name and honorific, as written
};
/// Its salutation, else the first place where one of these names stands with an honorific; nullopt if there is neither.
std::optional<Addressed> addressed_in(const MessageRecord& message, const std::vector<std::string>& names);

/// The ways of a channel, most used first.
class AddressForms {
 public:
  struct Form {
    std::string honorific;  ///< "" without one
    std::size_t messages = 0;
    std::string words;      ///< of the newest of them
    Sha256 newest;
  };
  struct OfChannel {
    Channel channel = Channel::mail;
    std::size_t messages = 0;  ///< looked at
    std::vector<Form> forms;
  };

  explicit AddressForms(std::vector<std::string> names) : names_(std::move(names)) {}
  /// Messages of ours, newest first.
  void add(const MessageRecord& message);
  std::vector<OfChannel> channels() const;

 private:
  std::vector<std::string> names_;
  std::vector<OfChannel> channels_;
};

}  // namespace genchi::cli
