#include "text/synonyms.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <set>

#include "text/spellings.hpp"

namespace genchi {

namespace {

/// The spellings of a word of a group. Kept for good: a query may have thousands of words to compare with them, and groups
/// are few.
const std::set<std::string>& spellings_in_group(const std::string& word) {
  static std::mutex mutex;
  static std::map<std::string, std::set<std::string>> known;
  const std::lock_guard lock(mutex);
  const auto [entry, is_new] = known.try_emplace(word);
  if (is_new)
    for (const Spelling& spelling : spellings_of(word)) entry->second.insert(spelling.folded);
  return entry->second;
}

}  // namespace

const std::vector<Synonyms>& common_synonyms() {
  static const std::vector<Synonyms> groups{
      {"見積", "見積書", "quote", "quotation", "estimate"},
      {"請求", "請求書", "invoice"},
      {"納期", "締切", "期限", "デッドライン", "deadline"},
      {"値引", "割引", "ディスカウント", "discount"},
      {"契約", "発注", "注文", "オーダー"},
      {"振込", "入金", "支払", "送金"},
      {"打合せ", "MTG", "ミーティング", "meeting"},
      {"キャンセル", "取消", "中止", "cancel"},
      {"領収書", "レシート", "receipt"},
      {"納品", "納入", "引渡し"},
      {"予約", "アポ", "アポイント"},
      {"返品", "返金", "払い戻し", "refund"},
      {"金額", "価格", "値段", "料金", "費用", "代金"},
      {"追加料金", "別料金", "追加費用"},
      {"修正", "直し", "手直し", "訂正"},
      {"延期", "リスケ", "日程変更", "日時変更"},
      {"ホームページ", "HP", "ウェブサイト", "Webサイト", "サイト"},
      {"電話", "TEL"},
      {"メール", "email", "Eメール"},
      {"クレーム", "苦情"},
      {"緊急", "至急", "特急", "大至急"},
  };
  return groups;
}

std::vector<std::string> synonyms_of(std::string_view written, const std::vector<Synonyms>& groups) {
  std::vector<std::string> found;
  const std::vector<Spelling> own = spellings_of(written);
  if (own.empty()) return found;
  for (const Synonyms& group : groups) {
    std::vector<const std::string*> others;
    for (const std::string& word : group) {
      const std::set<std::string>& spellings = spellings_in_group(word);
      const bool is_own = std::any_of(own.begin(), own.end(), [&](const Spelling& one) { return spellings.count(one.folded) > 0; });
      if (!is_own) others.push_back(&word);
    }
    if (others.size() == group.size()) continue;
    for (const std::string* word : others)
      if (std::find(found.begin(), found.end(), *word) == found.end()) found.push_back(*word);
  }
  return found;
}

}  // namespace genchi
