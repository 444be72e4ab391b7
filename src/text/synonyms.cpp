#include "text/synonyms.hpp"

#include <algorithm>

#include "text/spellings.hpp"

namespace genchi {

namespace {

bool share_a_spelling(const std::vector<Spelling>& a, const std::vector<Spelling>& b) {
  return std::any_of(a.begin(), a.end(), [&](const Spelling& one) {
    return std::any_of(b.begin(), b.end(), [&](const Spelling& other) { return one.folded == other.folded; });
  });
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
    const auto is_own = [&](const std::string& word) { return share_a_spelling(own, spellings_of(word)); };
    if (std::none_of(group.begin(), group.end(), is_own)) continue;
    for (const std::string& word : group)
      if (!is_own(word) && std::find(found.begin(), found.end(), word) == found.end()) found.push_back(word);
  }
  return found;
}

}  // namespace genchi
