#include "text/charset_score.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include <unicode/utf8.h>

namespace genchi {
namespace {

// Kanji that make up most of business mail: our own pick. Only their number matters, not that it is complete.
constexpr std::u16string_view common_kanji =
    u"一二三四五六七八九十百千万円年月日時分秒週曜火水木金土今明昨先来去前後午朝昼夜夕毎次回何人名様方私僕"
    u"自社会株式有限本店部課長員者主任担当役代表取締業営企画総務経理事製造開発技術設計制作産商品物件数量価"
    u"格額料費税込別抜合小大中高低上下左右内外東西南北京都府県市区町村丁目番号室階電話携帯郵便住所地宛送信"
    u"受返答着行到届配達納期切変更追加削除訂正修確認定約予見積書請求領収注文契承知了解願致申訳無難御礼感謝"
    u"世苦労失敬拝具啓略題添付資参照案提容詳細説質問相談報告連絡打議決検討進状況結果原因対応処成完終始閉催"
    u"場利用使可能不非未済要必須重急特至常安全心念希望条束同意否諾実施現在将過程度以降間迄等他共通各個種類"
    u"第初最新古良好悪多少早遅速近遠短強弱軽出入力手足口耳体身気子機械車両駅空港道路線交旅写真映像音声色白"
    u"黒赤青緑黄形型版印刷紙字言語英国読聞思考学校生徒教育研究試験点面立置持待引払支振替銀座普預貯残売買仕"
    u"荷保証責損害法律規則政治財投需供給増減昇落比較率割倍半単位平均標準基的性関係協援助護守秘密公情管監督"
    u"指示命令判断選択募集採職歴転勤退休暇与賞険医療病院薬食飲酒茶米肉魚野菜花草山川田島崎橋松井藤佐伊鈴渡"
    u"辺林斎清池森石岡谷沢宮竹坂浦福太郎美幸恵和義雄夫健誠直樹由香奈裕介家族父母兄弟姉妹男女友客皆誰我君彼"
    u"親寧愛喜楽笑泣怒驚怖悲嬉忙暑寒暖涼春夏秋冬天候晴雨雪風台震災故動止続接触伝運移乗歩走帰宅訪迎離婚祝誕"
    u"贈呼招宴旬末頭尾央角側隣向反逆順組編掲載紹宣広展販促層顧満調査統析評改善効化推薦例然勿論殊異段般汎途"
    u"記録登識違差簿帳得倒適片存民訴依頼益";

constexpr char16_t first_kanji = 0x4E00;
constexpr char16_t last_kanji = 0x9FFF;

constexpr auto common_set = [] {
  std::array<std::uint64_t, (last_kanji - first_kanji + 1) / 64> bits{};
  for (const char16_t c : common_kanji) {
    bits[(c - first_kanji) / 64U] |= std::uint64_t{1} << ((c - first_kanji) % 64U);
  }
  return bits;
}();

bool is_common_kanji(char16_t c) {
  return c >= first_kanji && c <= last_kanji &&
         (common_set[(c - first_kanji) / 64U] >> ((c - first_kanji) % 64U) & 1U) != 0;
}

bool between(char16_t c, char16_t low, char16_t high) {
  return c >= low && c <= high;
}
bool is_letter(char16_t c) {
  return between(c, 'A', 'Z') || between(c, 'a', 'z');
}
bool is_half_kana(char16_t c) {
  return between(c, 0xFF61, 0xFF9F);
}

/// Can half-width `c` follow `before`? Voicing marks need a consonant, small kana and ｰ a kana; 。「」、
/// between kana are rare.
bool in_order(char16_t before, char16_t c) {
  constexpr char16_t voiced = 0xFF9E;
  constexpr char16_t semi_voiced = 0xFF9F;
  if (c == semi_voiced) return between(before, 0xFF8A, 0xFF8E);
  if (c == voiced)
    return before == 0xFF73 || between(before, 0xFF76, 0xFF84) || between(before, 0xFF8A, 0xFF8E);
  if (between(c, 0xFF67, 0xFF70)) return between(before, 0xFF71, 0xFF9F) || between(before, 0xFF67, 0xFF70);
  return !between(c, 0xFF61, 0xFF66);
}

constexpr long kana_points = 3;
constexpr long common_points = 4;
constexpr long wrong_points = -6;

long points(char16_t before, char16_t c) {
  if (between(c, 0x3041, 0x3096) || between(c, 0x30A1, 0x30FC)) return kana_points;
  if (is_common_kanji(c)) return common_points;
  if (is_half_kana(c)) return in_order(before, c) ? 1 : -2;
  if (between(c, 0x3000, 0x303F) || between(c, 0xFF01, 0xFF5E) || between(c, 0x2010, 0x27BF)) return 1;
  if (c == 0xFFFD || between(c, 0x80, 0x9F)) return wrong_points;
  if (between(c, 0xE000, 0xF8FF)) return -2;
  if (between(c, 0x0370, 0x052F)) return -1;
  return 0;
}

/// One character alone in a Latin word is mostly an accented letter misread; but there is A案.
long lone_points(long alone, char16_t before, char16_t after) {
  if (!is_letter(before) && !is_letter(after)) return std::min(alone, 3L);
  return alone == common_points ? 1 : std::min(alone, -3L);
}

bool is_typographic(unsigned char b) {
  constexpr std::string_view marks =
      "\x80\x85\x91\x92\x93\x94\x95\x96\x97\x99\xA0\xA3\xA7\xA9\xAB\xAE\xB0\xB4\xB7\xBB";
  return marks.find(static_cast<char>(b)) != std::string_view::npos;
}

bool is_accented(unsigned char b) {
  return b >= 0xC0 && b != 0xD7 && b != 0xF7;
}

long latin_points(std::string_view run, bool in_word) {
  constexpr std::string_view gaps = "\x81\x8D\x8F\x90\x9D";
  const auto wrong = std::count_if(run.begin(), run.end(), [&](char c) { return gaps.find(c) != gaps.npos; });
  if (wrong > 0) return wrong * wrong_points;
  const bool accented = std::all_of(run.begin(), run.end(), [](char c) { return is_accented(c); });
  const long size = static_cast<long>(run.size());
  if (size > 2) return -2 * size;
  if (accented && in_word) return 3 * size;
  if (size == 2) return -2;
  if (is_typographic(run.front())) return 2;
  return accented ? 1 : -1;
}

} // namespace

long japanese_score(std::u16string_view text) {
  long score = 0;
  std::size_t at = 0;
  while (at < text.size()) {
    if (text[at] < 0x80) {
      const char16_t c = text[at];
      if (c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\x1B' && c != '\f') score -= 2;
      ++at;
      continue;
    }
    const std::size_t begin = at;
    long run = 0;
    for (; at < text.size() && text[at] >= 0x80; ++at)
      run += points(at > begin ? text[at - 1] : u'\0', text[at]);
    if (at - begin == 1) {
      run = lone_points(run, begin > 0 ? text[begin - 1] : u' ', at < text.size() ? text[at] : u' ');
    }
    score += run;
  }
  return score;
}

long latin_score(std::string_view bytes) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  long score = 0;
  std::size_t at = 0;
  while (at < bytes.size()) {
    if (byte(at) < 0x80) {
      ++at;
      continue;
    }
    const std::size_t begin = at;
    while (at < bytes.size() && byte(at) >= 0x80) ++at;
    const bool in_word =
        (begin > 0 && is_letter(byte(begin - 1))) || (at < bytes.size() && is_letter(byte(at)));
    score += latin_points(bytes.substr(begin, at - begin), in_word);
  }
  return score;
}

long utf8_score(std::string_view bytes) {
  const auto* s = reinterpret_cast<const std::uint8_t*>(bytes.data());
  long score = 0;
  std::size_t at = 0;
  while (at < bytes.size()) {
    const std::size_t start = at;
    UChar32 c;
    U8_NEXT(s, at, bytes.size(), c);
    if (c >= 0x800)
      score += 4;
    else if (c >= 0x80)
      score += 2;
    else if (c < 0 && !(at == bytes.size() && U8_IS_LEAD(s[start])))
      score += wrong_points;
  }
  return score;
}

} // namespace genchi
