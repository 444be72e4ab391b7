#include "store/draft.hpp"

#include <algorithm>
#include <array>

#include "base/bytes.hpp"
#include "facts/amounts.hpp"
#include "facts/text.hpp"
#include "text/contacts.hpp"
#include "text/fold.hpp"
#include "text/name_parts.hpp"
#include "text/names.hpp"
#include "text/readings.hpp"

namespace genchi {
namespace {

using naming::Parts;
using naming::Run;

constexpr std::size_t salutation_lines = 15;
constexpr std::size_t longest_salutation = 40; // characters
constexpr std::size_t most_salutations = 5;

// `each(line, begin)` for the lines of a text.
template <typename Each> void each_line(std::string_view text, Each each) {
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    each(text.substr(begin, end - begin), begin);
    begin = end + 1;
  }
}

std::u32string characters_of(std::string_view text) {
  std::u32string out;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = decode_utf8(text, at);
    out += c.value;
    at += c.size;
  }
  return out;
}

bool is_letter(char32_t c) {
  return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || (c >= U'0' && c <= U'9');
}

// --- Salutations

constexpr std::array<std::string_view, 8> address_titles = {"様", "さま", "さん",   "御中",
                                                            "殿", "先生", "ちゃん", "くん"};

// Said of nobody in particular; and words that end with such a title.
constexpr std::array<std::string_view, 42> nobodies = {
    "お客",     "皆",   "皆々",   "みな",   "みんな", "各位",   "関係者", "担当者", "ご担当者",
    "御担当者", "担当", "ご担当", "御担当", "お父",   "お母",   "お兄",   "お姉",   "お子",
    "奥",       "旦那", "ご主人", "ご家族", "ご両親", "ご夫妻", "ご一同", "貴社",   "御社",
    "お得意",   "患者", "生徒",   "会員",   "保護者", "施主",   "お施主", "お疲れ", "ご苦労",
    "お世話",   "同",   "多",     "たく",   "王",     "神"};

bool is_nobody(std::string_view name) {
  const std::string key = fold(name);
  if (name.ends_with("仕") || name.ends_with("模")) return true;
  return key.empty() || std::any_of(nobodies.begin(), nobodies.end(),
                                    [&](std::string_view word) { return fold(word) == key; });
}

// Does a salutation end here?
bool ends_salutation(std::string_view rest) {
  if (trim(rest).empty() || trim(rest) == "へ") return true;
  constexpr std::array<std::string_view, 15> ends = {" ", "　", "、", "。", ",",  "，", ".", "！",
                                                     "!", "：", ":",  "(",  "（", "／", "/"};
  return std::any_of(ends.begin(), ends.end(), [&](std::string_view end) { return rest.starts_with(end); });
}

bool is_name_like(std::string_view text) {
  constexpr std::array<std::string_view, 14> no_names = {"、", "。", "！", "!", "？", "?", "：",
                                                         ":",  "「", "」", "/", "／", "@", "http"};
  if (text.empty() || std::any_of(no_names.begin(), no_names.end(), [&](std::string_view sign) {
        return text.find(sign) != std::string_view::npos;
      }))
    return false;
  return characters_of(text).size() <= longest_salutation;
}

// The name of a salutation at the beginning of a line or cell; empty if there is none.
std::string_view name_addressed(std::string_view cell) {
  std::size_t first = std::string_view::npos;
  std::string_view found;
  for (const std::string_view title : address_titles)
    for (std::size_t at = cell.find(title); at != std::string_view::npos && at < first;
         at = cell.find(title, at + 1)) {
      if (!ends_salutation(cell.substr(at + title.size()))) continue;
      first = at;
      found = cell.substr(0, at);
    }
  while (found.starts_with(" ") || found.starts_with("　"))
    found.remove_prefix(found.starts_with(" ") ? 1 : 3);
  while (found.ends_with(" ") || found.ends_with("　")) found.remove_suffix(found.ends_with(" ") ? 1 : 3);
  return is_name_like(found) && !is_nobody(found) && !name_key(found).empty() ? found : std::string_view();
}

void salutations_of(const Draft& draft, std::size_t part, std::vector<DraftWord>& found) {
  const std::string_view text = draft[part].text;
  std::size_t seen = 0;
  each_line(text, [&](std::string_view line, std::size_t begin) {
    if (trim(line).empty() || seen >= salutation_lines || found.size() >= most_salutations) return;
    ++seen;
    if (is_quoted(draft, {part, begin, begin + line.size()})) return;
    for (std::size_t at = 0; at <= line.size();) {
      const std::size_t end = std::min(line.find('\t', at), line.size());
      const std::string_view name = name_addressed(line.substr(at, end - at));
      if (!name.empty()) {
        const auto from = static_cast<std::size_t>(name.data() - text.data());
        found.push_back({{part, from, from + name.size()}, std::string(name)});
      }
      at = end + 1;
    }
  });
}

// --- Files

constexpr std::array<std::string_view, 26> suffixes = {
    ".pdf", ".xlsx", ".xlsm", ".xls",  ".docx", ".doc", ".pptx", ".ppt", ".csv",
    ".txt", ".zip",  ".jpg",  ".jpeg", ".png",  ".gif", ".heic", ".ai",  ".psd",
    ".eps", ".svg",  ".mp4",  ".mov",  ".dwg",  ".jww", ".indd", ".eml"};

constexpr std::array<std::string_view, 36> plain_stems = {
    "見積",       "見積書",   "御見積書", "お見積書",     "御見積", "お見積", "お見積り", "請求書",
    "御請求書",   "ご請求書", "納品書",   "領収書",       "注文書", "発注書", "契約書",   "資料",
    "写真",       "画像",     "添付",     "添付ファイル", "議事録", "仕様書", "提案書",   "企画書",
    "地図",       "会社案内", "ロゴ",     "image",        "img",    "photo",  "dsc",      "scan",
    "screenshot", "document", "logo",     "file"};

bool says_nothing(std::string_view stem) {
  std::string key;
  for (const char32_t c : characters_of(fold(stem))) {
    const bool filling = (c >= U'0' && c <= U'9') || c == U'_' || c == U'-' || c == U'(' || c == U')' ||
                         c == U' ' || c == U'.';
    if (!filling) append_utf8(key, c);
  }
  return key.empty() || std::any_of(plain_stems.begin(), plain_stems.end(),
                                    [&](std::string_view plain) { return fold(plain) == key; });
}

bool parts_file_name(char32_t c) {
  return std::u32string_view(U" \t\r\n\"'<>|:;,/\\*?「」『』【】（）()、。：，／　“”→").find(c) !=
         std::u32string_view::npos;
}

// 添付の見積_青葉.pdf: in a sentence a name begins behind a particle. Names are looked for as parts of names,
// so that one which is cut here by mistake is found all the same.
bool is_particle(char32_t c) {
  return std::u32string_view(U"のはをがともにで").find(c) != std::u32string_view::npos;
}

// Where the file name begins that has its suffix at `dot`.
std::size_t file_begin(std::string_view line, std::size_t dot) {
  constexpr std::size_t longest = 250;
  std::size_t begin = dot;
  while (begin > 0 && dot - begin < longest) {
    std::size_t before = begin - 1;
    while (before > 0 && (static_cast<unsigned char>(line[before]) & 0xc0) == 0x80) --before;
    const char32_t c = decode_utf8(line, before).value;
    if (parts_file_name(c) ||
        (is_particle(c) && begin < dot && !readings::is_kana(decode_utf8(line, begin).value)))
      break;
    begin = before;
  }
  return begin;
}

// --- Amounts

bool is_round(std::int64_t yen) {
  while (yen != 0 && yen % 10 == 0) yen /= 10;
  return yen < 100;
}

bool is_distinctive(std::int64_t yen) {
  if (yen < 1000 || is_round(yen)) return false;
  for (const std::int64_t with_tax : {110, 108})
    if (yen * 100 % with_tax == 0 && is_round(yen * 100 / with_tax)) return false;
  return true;
}

template <typename Find> std::vector<DraftWord> contacts_of(const Draft& draft, Find find) {
  std::vector<DraftWord> found;
  for (std::size_t part = 0; part < draft.size(); ++part)
    for (Contact& contact : find(draft[part].text))
      found.push_back({{part, contact.begin, contact.end}, std::move(contact.value)});
  return found;
}

// --- Names

struct TitleWord {
  std::u32string_view text;
  NamesInDraft::Title title;
};
constexpr auto respectful = NamesInDraft::Title::respectful;
constexpr auto plain = NamesInDraft::Title::plain;
// As fold() leaves them: in hiragana.
constexpr std::array<TitleWord, 22> titles = {
    {{U"様", respectful},   {U"さま", respectful}, {U"御中", respectful}, {U"殿", respectful},
     {U"先生", respectful}, {U"さん", plain},      {U"ちゃん", plain},    {U"くん", plain},
     {U"君", plain},        {U"氏", plain},        {U"社長", plain},      {U"部長", plain},
     {U"課長", plain},      {U"係長", plain},      {U"店長", plain},      {U"院長", plain},
     {U"所長", plain},      {U"会長", plain},      {U"専務", plain},      {U"常務", plain},
     {U"主任", plain},      {U"代表", plain}}};

// Parts of names that are no names: 経理課, 事務局, 受付, サポート.
bool is_office(std::string_view part) {
  for (const std::string_view end :
       {"課", "部", "室", "係", "局", "受付", "さぽーと", "せんたー", "事務", "経理", "総務", "営業", "広報",
        "窓口", "本店", "支店", "営業所", "事務所"})
    if (part.ends_with(end)) return true;
  return naming::is_title(part);
}

std::uint64_t pair_key(char32_t a, char32_t b) {
  return std::uint64_t{a} << 32 | b;
}

} // namespace

std::string_view place_name(DraftPart::Place place) {
  constexpr std::array<std::string_view, 6> names = {"text", "subject", "to", "cc", "file", "sheet"};
  return names[static_cast<std::size_t>(place)];
}

bool is_quoted(const Draft& draft, const DraftSpan& span) {
  const DraftPart& part = draft[span.part];
  for (const TextSection& section : part.sections)
    if (span.begin >= section.begin && span.begin < section.end) return section.kind == SectionKind::quoted;
  const std::size_t before = span.begin == 0 ? std::string::npos : part.text.rfind('\n', span.begin - 1);
  const std::string_view line =
      trim(std::string_view(part.text).substr(before == std::string::npos ? 0 : before + 1));
  return line.starts_with('>') || line.starts_with("＞");
}

std::vector<DraftWord> salutations(const Draft& draft) {
  std::vector<DraftWord> found;
  for (std::size_t part = 0; part < draft.size(); ++part)
    if (draft[part].place == DraftPart::Place::text || draft[part].place == DraftPart::Place::sheet)
      salutations_of(draft, part, found);
  return found;
}

std::vector<DraftWord> mail_addresses(const Draft& draft) {
  return contacts_of(draft, find_mail_addresses);
}
std::vector<DraftWord> phone_numbers(const Draft& draft) {
  return contacts_of(draft, find_phone_numbers);
}

std::vector<DraftWord> file_names(const Draft& draft) {
  std::vector<DraftWord> found;
  for (std::size_t part = 0; part < draft.size(); ++part) {
    const bool whole_lines = draft[part].place == DraftPart::Place::file;
    each_line(draft[part].text, [&](std::string_view line, std::size_t line_begin) {
      std::size_t from = 0;
      for (std::size_t dot = line.find('.'); dot != std::string_view::npos; dot = line.find('.', dot + 1)) {
        const auto suffix = std::find_if(suffixes.begin(), suffixes.end(), [&](std::string_view each) {
          const std::string_view rest = line.substr(dot);
          const bool ends =
              rest.size() == each.size() ||
              (rest.size() > each.size() && !is_letter(static_cast<unsigned char>(rest[each.size()])) &&
               rest[each.size()] != '.');
          return rest.size() >= each.size() && ascii_iequals(rest.substr(0, each.size()), each) && ends;
        });
        if (suffix == suffixes.end()) continue;
        const std::size_t begin = whole_lines ? 0 : std::max(from, file_begin(line, dot));
        const std::size_t end = dot + suffix->size();
        from = end;
        if (says_nothing(line.substr(begin, dot - begin))) continue;
        found.push_back(
            {{part, line_begin + begin, line_begin + end}, std::string(line.substr(begin, end - begin))});
      }
    });
  }
  return found;
}

std::vector<DraftAmount> distinctive_amounts(const Draft& draft) {
  std::vector<DraftAmount> found;
  for (std::size_t part = 0; part < draft.size(); ++part) {
    const facts::Text text(draft[part].text, draft[part].sections,
                           draft[part].place == DraftPart::Place::subject);
    for (const Amount& amount : facts::read_amounts(text)) {
      if (!amount.yen || amount.approx || !is_distinctive(*amount.yen)) continue;
      found.push_back({{part, amount.place.begin, amount.place.end}, *amount.yen});
    }
  }
  return found;
}

NamesInDraft::NamesInDraft(const Draft& draft) {
  for (std::size_t part = 0; part < draft.size(); ++part)
    each_line(draft[part].text, [&](std::string_view line, std::size_t begin) {
      const FoldedText folded = fold_with_map(line);
      for (std::size_t at = 0; at < folded.text.size();) {
        const CodePoint c = decode_utf8(folded.text, at);
        const std::size_t source = begin + folded.source[at];
        chars_ += c.value;
        sources_.push_back({static_cast<std::uint32_t>(part), static_cast<std::uint32_t>(source),
                            static_cast<std::uint32_t>(source + folded.source_size[at])});
        at += c.size;
      }
      chars_ += U'\n';
      sources_.push_back({static_cast<std::uint32_t>(part), static_cast<std::uint32_t>(begin + line.size()),
                          static_cast<std::uint32_t>(begin + line.size())});
    });
  for (std::size_t i = 0; i + 1 < chars_.size(); ++i)
    pairs_[pair_key(chars_[i], chars_[i + 1])].push_back(static_cast<std::uint32_t>(i));
}

// A name is not in the middle of a word: りん of きりん, 森 of 大森, mai of email, 田中 of 小田中.
bool NamesInDraft::stands_alone(std::size_t begin, std::size_t end, bool before_title) const {
  const char32_t first = chars_[begin], last = chars_[end - 1];
  const char32_t before = begin > 0 ? chars_[begin - 1] : U'\n',
                 behind = end < chars_.size() ? chars_[end] : U'\n';
  if (is_letter(first) && is_letter(before)) return false;
  if (is_letter(last) && is_letter(behind)) return false;
  if (readings::is_kana(first) && readings::is_kana(before)) return false;
  if (!readings::is_kanji(first) || !readings::is_kanji(before) || !before_title) return true;
  if (end - begin == 1) return false;
  std::string longer;
  for (std::size_t i = begin - 1; i < end; ++i) append_utf8(longer, chars_[i]);
  const readings::Family* family = readings::family_at(longer);
  return family == nullptr || family->name.size() <= decode_utf8(longer, 0).size; // 小田|中 reaches into 田中
}

void NamesInDraft::find_key(std::u32string_view key, bool needs_title, std::vector<Place>& places) const {
  if (key.empty()) return;
  const auto take = [&](std::size_t at) {
    if (chars_.compare(at, key.size(), key) != 0) return;
    const std::size_t end = at + key.size();
    std::size_t behind = end;
    while (behind < chars_.size() && chars_[behind] == U' ') ++behind;
    Title title = Title::none;
    for (const TitleWord& word : titles)
      if (chars_.compare(behind, word.text.size(), word.text) == 0) title = std::max(title, word.title);
    if ((needs_title && title == Title::none) || !stands_alone(at, end, needs_title)) return;
    Place place{{sources_[at].part, sources_[at].begin, sources_[end - 1].end}, "", title};
    for (std::size_t i = at; i < end; ++i) append_utf8(place.text, chars_[i]);
    places.push_back(std::move(place));
  };
  const auto take_all = [&](char32_t a, char32_t b) {
    if (const auto found = pairs_.find(pair_key(a, b)); found != pairs_.end())
      for (const std::uint32_t at : found->second) take(at);
  };
  if (key.size() > 1) {
    take_all(key[0], key[1]);
    return;
  }
  // One character is a name before a title only, and then these stand behind it.
  std::u32string firsts;
  for (const TitleWord& word : titles)
    if (firsts.find(word.text[0]) == std::u32string::npos) firsts += word.text[0];
  for (const char32_t c : firsts) take_all(key[0], c);
}

std::vector<NamesInDraft::Place> NamesInDraft::find(std::string_view name, bool alone) const {
  constexpr std::size_t least_of_firm = 4;
  constexpr std::size_t most_parts = 8;
  std::vector<Place> places;
  Parts parts(name);
  parts.drop_titles(name);
  std::vector<std::string> words;
  std::string whole;
  bool latin_before = false;
  for (const Run& run : parts.runs()) {
    if (run.tag) continue;
    if (words.empty() || run.starts_part) words.emplace_back();
    words.back() += run.text;
    whole += (latin_before && !run.japanese ? " " : "") + std::string(run.text);
    latin_before = !run.japanese;
  }
  if (words.empty() || words.size() > most_parts) return places;
  const std::u32string key = characters_of(whole);
  const auto counts_alone = [&](std::string_view text, std::u32string_view characters) {
    return characters.size() >= least_of_firm && is_full_name(text);
  };
  if (!is_office(whole)) find_key(key, key.size() == 1 || !(alone || counts_alone(name, key)), places);
  for (const std::string& word : words) {
    if (is_office(word)) continue;
    const std::u32string characters = characters_of(word);
    const bool firm = words.size() > 1 && counts_alone(word, characters);
    if (words.size() > 1) find_key(characters, characters.size() == 1 || !(alone || firm), places);
    const readings::Family* family = readings::family_at(word);
    if (family != nullptr && family->name.size() < word.size())
      find_key(characters_of(family->name), true, places);
  }
  return places;
}

} // namespace genchi
