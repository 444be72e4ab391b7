#include "cli/address_forms.hpp"

#include <algorithm>
#include <array>

#include "store/draft.hpp"

namespace genchi::cli {
namespace {

constexpr std::array<std::string_view, 22> honorifics{"様",   "さま", "さん", "御中", "殿",   "先生", "ちゃん", "くん", "君",   "氏",   "社長",
                                                      "部長", "課長", "係長", "店長", "院長", "所長", "会長",   "専務", "常務", "主任", "代表"};

bool is_blank_at(std::string_view text, std::size_t at) { return text.substr(at, 1) == " " || text.substr(at, 3) == "　"; }

/// Name and honorific where the name stands at [begin, end); the honorific behind it, or at its end.
std::optional<Addressed> with_honorific(std::string_view text, std::size_t begin, std::size_t end) {
  constexpr std::size_t most_blanks = 2;
  std::size_t behind = end;
  for (std::size_t n = 0; n < most_blanks && is_blank_at(text, behind); ++n) behind += text[behind] == ' ' ? 1 : 3;
  for (const std::string_view each : honorifics)
    if (text.substr(behind).starts_with(each)) return Addressed{std::string(each), std::string(text.substr(begin, behind + each.size() - begin))};
  for (const std::string_view each : honorifics)
    if (text.substr(begin, end - begin).ends_with(each)) return Addressed{std::string(each), std::string(text.substr(begin, end - begin))};
  return std::nullopt;
}

bool in_own_words(const MessageRecord& message, std::size_t at) {
  if (message.sections.empty()) return true;
  return std::any_of(message.sections.begin(), message.sections.end(), [&](const TextSection& section) {
    return at >= section.begin && at < section.end && (section.kind == SectionKind::own || section.kind == SectionKind::greeting);
  });
}

}  // namespace

std::optional<Addressed> addressed_in(const MessageRecord& message, const std::vector<std::string>& names) {
  constexpr std::size_t most_read = 2000;  // bytes: whom it speaks to is said at the beginning
  Draft draft(1);
  std::size_t size = std::min(message.text.size(), most_read);
  while (size < message.text.size() && (static_cast<unsigned char>(message.text[size]) & 0xC0) == 0x80) --size;
  draft.front().text = message.text.substr(0, size);
  draft.front().sections = message.sections;
  const std::string_view text = draft.front().text;
  std::optional<Addressed> firm;  // 株式会社みなと 御中 stands above who is addressed, or alone
  for (const DraftWord& word : salutations(draft)) {
    if (!in_own_words(message, word.span.begin)) continue;
    auto found = with_honorific(text, word.span.begin, word.span.end);
    if (found && found->honorific != "御中") return found;
    if (found && !firm) firm = std::move(found);
  }
  if (firm) return firm;
  std::optional<DraftSpan> first;
  const NamesInDraft reader(draft);
  for (const std::string& name : names)
    for (const NamesInDraft::Place& place : reader.find(name))
      if (place.title != NamesInDraft::Title::none && in_own_words(message, place.span.begin) && (!first || place.span < *first)) first = place.span;
  return first ? with_honorific(text, first->begin, first->end) : std::nullopt;
}

void AddressForms::add(const MessageRecord& message) {
  auto channel = std::find_if(channels_.begin(), channels_.end(), [&](const OfChannel& each) { return each.channel == message.channel; });
  if (channel == channels_.end()) channel = channels_.insert(channels_.end(), OfChannel{message.channel, 0, {}});
  ++channel->messages;
  const Addressed found = addressed_in(message, names_).value_or(Addressed{});
  auto form = std::find_if(channel->forms.begin(), channel->forms.end(), [&](const Form& each) { return each.honorific == found.honorific; });
  if (form == channel->forms.end()) form = channel->forms.insert(channel->forms.end(), Form{found.honorific, 0, found.words, message.id});
  ++form->messages;
}

std::vector<AddressForms::OfChannel> AddressForms::channels() const {
  std::vector<OfChannel> out = channels_;
  for (OfChannel& channel : out)
    std::stable_sort(channel.forms.begin(), channel.forms.end(), [](const Form& a, const Form& b) { return a.messages > b.messages; });
  return out;
}

}  // namespace genchi::cli
