#include "evidence/anchors.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "archive/journal.hpp"
#include "base/json.hpp"
#include "genchi/i18n.hpp"

namespace genchi::evidence {
namespace {

std::string base64(std::string_view bytes) {
  std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0');
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(size));
  return text;
}

std::string from_base64(std::string_view text) {
  std::string bytes(3 * (text.size() / 4) + 3, '\0');
  const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()), reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
  if (size < 0) return {};
  const auto padding = static_cast<std::size_t>(std::count(text.end() - static_cast<std::ptrdiff_t>(std::min<std::size_t>(2, text.size())), text.end(), '='));
  bytes.resize(static_cast<std::size_t>(size) - padding);
  return bytes;
}

std::string text_in(const nlohmann::json& payload, const char* key) {
  const auto at = payload.find(key);
  return at != payload.end() && at->is_string() ? at->get<std::string>() : std::string();
}

}  // namespace

std::vector<KeptAnchor> kept_anchors(const Archive& archive) {
  std::vector<KeptAnchor> anchors;
  for (const JournalRow& row : archive.journal_of(JournalKind::anchor)) {
    const nlohmann::json payload = parse_json(row.payload);
    if (!payload.is_object()) continue;
    const std::string text = text_in(payload, "anchor");
    const auto anchor = parse_anchor(text);
    if (!anchor) continue;
    auto kept = std::find_if(anchors.begin(), anchors.end(), [&](const KeptAnchor& one) { return one.text == text; });
    if (kept == anchors.end()) kept = anchors.insert(anchors.end(), {row.seq, *anchor, text, {}});
    const std::string answer = from_base64(text_in(payload, "stamp"));
    if (answer.empty()) continue;
    try {
      kept->stamps.push_back({answer, read_timestamp(answer, sha256(text))});
    } catch (const Error&) {
    }
  }
  return anchors;
}

KeptAnchor keep_anchor(Archive& archive, UtcSeconds now) {
  std::vector<KeptAnchor> kept = kept_anchors(archive);
  if (!kept.empty()) {
    const std::vector<JournalRow> since = archive.journal(kept.back().anchor.rows);
    if (std::all_of(since.begin(), since.end(), [](const JournalRow& row) { return row.kind == JournalKind::anchor; })) return std::move(kept.back());
  }
  KeptAnchor made;
  made.anchor = make_anchor(archive, now);
  made.text = anchor_text(made.anchor);
  made.row = archive.append(JournalKind::anchor, "{\"anchor\":" + json_string(made.text) + "}");
  return made;
}

KeptAnchor keep_stamp(Archive& archive, std::string_view answer) {
  const auto stamped = stamped_digest(answer);
  if (!stamped) read_timestamp(answer, {});  // says why
  if (!stamped) throw Error(tr("the file is no time stamp (RFC 3161) over a SHA-256"));
  for (KeptAnchor& kept : kept_anchors(archive)) {
    if (sha256(kept.text) != *stamped) continue;
    for (const KeptAnchor::Stamp& stamp : kept.stamps)
      if (stamp.answer == answer) throw Error(tr("this time stamp is held already"));
    const Timestamp read = read_timestamp(answer, *stamped);
    archive.append(JournalKind::anchor, "{\"anchor\":" + json_string(kept.text) + ",\"stamp\":\"" + base64(answer) + "\"}");
    kept.stamps.push_back({std::string(answer), read});
    return std::move(kept);
  }
  throw Error(tr("the time stamp is of no anchor of this archive"), trf("It stamps the SHA-256 {}. `genchi anchor --list` shows the anchors held.", stamped->hex()));
}

}  // namespace genchi::evidence
