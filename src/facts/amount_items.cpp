#include <algorithm>
#include <array>

#include "facts/amount_parts.hpp"

namespace genchi::facts {
namespace {

using View = std::u32string_view;

constexpr std::size_t longest_item = 60;
constexpr std::size_t longest_talk_item = 30;

// Own lists, from business usage.
constexpr auto fillers = std::to_array<View>(
    {U"今回の",   U"今回は",   U"では",   U"それでは",   U"また",       U"なお",         U"ちなみに",
     U"それと",   U"あと",     U"一応",   U"とりあえず", U"お見積りは", U"お見積もりは", U"見積もりは",
     U"見積りは", U"金額は",   U"費用は", U"料金は",     U"下記の",     U"以下の",       U"次に",
     U"まず",     U"例えば",   U"ただし", U"あとは",     U"ほんで",     U"そしたら",     U"じゃあ",
     U"じゃ",     U"えっと",   U"うちは", U"弊社では",   U"当店では",   U"当社では",     U"はい、",
     U"了解です", U"いつもの", U"ご注文の", U"前回の", U"前回は", U"前回、", U"前の", U"以前の", U"以前は", U"以前、", U"去年の", U"去年は", U"昨年の", U"昨年は", U"先日の", U"先日は", U"この前の", U"この間の", U"前に", U"いつもは", U"それなら", U"それ",   U"これ",       U"全部で",     U"こちらは",     U"ご依頼の",
     U"ご相談の", U"ご希望の", U"そして", U"さらに"});

constexpr auto endings = std::to_array<View>({U"については", U"につきましては",
                                              U"ですけれど", U"ですけど", U"ですが", U"ですと", U"でございますと", U"に関しまして", U"に関して", U"につきまして", U"に関しましては", U"の件", U"の件で", U"の件は",
                                              U"は別途", U"は別で", U"は別",
                                              U"に関しては", U"としては",
                                              U"として",     U"につき",
                                              U"のほうは",   U"の方は",
                                              U"でしたら",   U"だったら",
                                              U"であれば",   U"ならば",
                                              U"なら",       U"だと",
                                              U"って",       U"とは",
                                              U"では",       U"は",
                                              U"が",         U"を",
                                              U"も",         U"の",
                                              U"に",         U"で",
                                              U"と",         U"へ",
                                              U"や",         U"ずつ",
                                              U"、",         U"だけ",
                                              U"から",       U"まで",
                                              U"には",       U"ね",
                                              U"ごとに",     U"ごと",
                                              U"あたり",     U"当たり",
                                              U"毎に"});

constexpr auto money_names = std::to_array<View>(
    {U"の費用",     U"の料金",       U"の金額",         U"の価格",       U"の代金",       U"のお代金",
     U"のお値段",   U"の値段",       U"のお見積り",     U"のお見積もり", U"の見積り",     U"の見積もり",
     U"のお見積",   U"の見積",       U"の総額",         U"の合計",       U"の単価",       U"の概算",
     U"の報酬",     U"のお見積金額", U"のお見積り金額", U"の見積金額",   U"のご請求額",   U"のご請求金額",
     U"の税込価格", U"の税抜価格",   U"の合計金額",     U"の見積額",     U"のお見積り額", U"が税込",
     U"が税別",     U"が税抜",       U"は税込",         U"は税別",       U"は税抜",       U"の税込",
     U"で税込",     U"で税別",       U"合計で", U"の請求額", U"のご請求", U"の請求", U"の請求書", U"のご請求書", U"のお見積書", U"の見積書", U"の場合", U"の際", U"の時", U"のとき"});

// Between commas, with the thing named before them.
constexpr auto joiners = std::to_array<View>({U"今回", U"今回も", U"今回は", U"あわせて", U"合わせて", U"併せて", U"合計", U"合計で", U"全部で", U"総額", U"総額で", U"税込", U"税込み", U"税込で",
                                              U"税別", U"税別で", U"税抜", U"税抜で", U"月額", U"月々", U"年額", U"通常", U"特別に", U"込みで", U"一式", U"一式で", U"なんと", U"ざっくり"});

// Labels that name no thing: what stands above them does.
constexpr auto names_nothing = std::to_array<View>(
    {U"金額",     U"価格",     U"料金",     U"費用",     U"代金",     U"単価",     U"値段",     U"お値段",
     U"税込",     U"税別",     U"税抜",     U"税込み",   U"税抜き",   U"税込価格", U"税抜価格", U"税込金額",
     U"税抜金額", U"本体価格", U"お代",     U"¥",        U"JPY",      U"概算",     U"約",       U"一式",
     U"内税",     U"外税",     U"金",       U"各",       U"お一人様", U"1名様",    U"1人",      U"お一人",
     U"数量",     U"定価",     U"通常価格", U"販売価格", U"特別価格", U"割引価格", U"1名",      U"予算",
     U"ご予算",   U"前回",     U"本日",     U"今回",     U"以前",     U"上限",     U"プラス",   U"今月",
     U"先月",     U"先ほど",   U"昨日",     U"明日",     U"本来",     U"通常",     U"定価",     U"お支払い",
     U"人"});

// Words of talk before a figure.
constexpr auto no_names = std::to_array<View>(
    {U"ほんま",   U"ほな",     U"まあ",     U"まぁ",   U"いや",     U"さす",     U"さすが",   U"それ",
     U"あれ",     U"やっぱ",   U"やはり",   U"たぶん", U"もし",     U"できれば", U"出来れば", U"可能なら",
     U"よければ", U"やっぱり", U"なんとか", U"何とか", U"せめて",   U"ちょうど", U"ぴったり", U"だいたい",
     U"うち",     U"弊社",     U"当社",     U"当店",   U"こちら",   U"そちら",   U"御社",     U"うん",
     U"はい",     U"ええ",     U"あと",     U"もう",   U"最大",     U"最低",     U"最高",     U"平均",
     U"現金",     U"ざっと",   U"わざわざ", U"たった", U"わずか",   U"たしか",   U"確か",     U"実際",
     U"正直",     U"残り",     U"予算的",   U"つまり", U"要するに", U"結局",     U"引き",     U"値引き",
     U"ほんじゃ", U"のやつ",   U"のほう",   U"金額的", U"では",     U"でも",     U"ただ",     U"なので",
     U"だから",   U"希望",     U"ご希望",   U"目安",   U"さらに",   U"特別",     U"特別に",   U"税別",
     U"税込",     U"了解",     U"承知",     U"引き",   U"値引き",   U"割引",     U"OFF",      U"今",
     U"前",       U"以前",     U"前回",     U"今回",   U"次回",     U"当初",     U"最初",     U"先日",
     U"昨年",     U"去年",     U"全部",     U"全部で", U"合わせて", U"合計",     U"大体",     U"およそ",
     U"これ",     U"ここ",     U"全て",     U"すべて", U"半分",     U"上限",     U"下限",
     U"ご購入",   U"ご利用",   U"ご注文",   U"ご契約", U"お申し込み", U"お申込み", U"お支払い"});

// What stands before the name of the thing in a list of its own lines: 品名：名刺.
constexpr auto names_thing = std::to_array<View>(
    {U"品名",     U"商品名",     U"商品", U"件名",   U"項目",       U"内容",       U"品目",     U"メニュー",
     U"プラン",   U"工事名",     U"案件", U"案件名", U"ご注文内容", U"ご予約内容", U"コース",   U"サービス",
     U"作業内容", U"ご依頼内容", U"名称", U"摘要",   U"お品",       U"業務内容",   U"ご注文品", U"対象"});

class Items {
 public:
  explicit Items(Reading& reading) : reading_(reading), text_(reading.text) {}

  void run() {
    for (std::size_t i = 0; i < reading_.all.size(); ++i) {
      Candidate& each = reading_.all[i];
      if (!each.item.empty()) {
        each.item = without_marks(each.item);
        continue;
      }
      const bool same_line = i > 0 && reading_.all[i - 1].line == each.line;
      each.label = {same_line ? reading_.all[i - 1].figure.span.end : text_.lines()[each.line].span.begin,
                    each.figure.span.begin};
      if (each.label.size() > 2 * sight) each.label.begin = each.label.end - 2 * sight;
      Span item = each.row ? row_label(each) : talk_label(each);
      if (same_line && (!each.row || starts_anew(each.label)) && !item.empty() && counts(item) &&
          !multiplies(each.label)) {
        each.item = item; // レッスン 30分 3,000円、45分 4,500円
        continue;
      }
      if (nothing_said(item)) {
        if (same_line && goes_on(each.label))
          item = carried(i);
        else if (each.row || !same_line) {
          const Span heading = above(each.line);
          const bool counted =
              !item.empty() && is_digit(text_[item.begin]) && !is_one(item.begin) && counts(item);
          if (heading.empty() && (counted || (each.row && is_price_label(item)))) {
            each.item = item.size() <= longest_item ? item : Span{};
            continue;
          }
          item = heading;
        } else
          item = {};
      }
      each.item = item.size() <= longest_item ? item : Span{};
    }
  }

 private:
  bool blank_or(char32_t c, View of) const { return is_blank(c) || one_of(c, of); }

  Span cut(Span span, View marks) const {
    while (span.begin < span.end && blank_or(text_[span.begin], marks)) ++span.begin;
    while (span.begin < span.end && blank_or(text_[span.end - 1], marks)) --span.end;
    return span;
  }

  /// Without bullets and numbering before it, and leaders behind it.
  Span without_marks(Span span) const {
    constexpr View bullets = U"・●○◆◇■□◎★☆▼▽▶►▸•‣◦*※→>+|│-–~＊♪✓✔☑‐―／/;:.、,";
    span = cut(span, U"");
    for (int i = 0; i < 4 && span.begin < span.end; ++i) {
      const std::size_t before = span.begin;
      while (span.begin < span.end && blank_or(text_[span.begin], bullets)) ++span.begin;
      const char32_t c = text_[span.begin];
      if ((c >= 0x2460 && c <= 0x24ff) || (c >= 0x2776 && c <= 0x2793) || (c >= 0x3220 && c <= 0x3229))
        ++span.begin;
      span.begin = behind_number(span);
      if (span.begin == before) break;
    }
    while (span.begin < span.end && blank_or(text_[span.end - 1], U":=…・.-ー─~>→|│¥/、,‥⇒_*")) {
      // サーバー keeps its long vowel; only a leader of several goes.
      if (text_[span.end - 1] == U'ー' && text_[span.end - 2] != U'ー' && !is_blank(text_[span.end - 2]))
        break;
      --span.end;
    }
    return brackets_off(span);
  }

  /// `1.` `2)` `(3)` `1、` before a label.
  std::size_t behind_number(Span span) const {
    std::size_t at = span.begin;
    const bool open = text_[at] == '(';
    if (open) ++at;
    std::size_t digits = at;
    while (digits < span.end && digits - at < 3 &&
           (is_digit(text_[digits]) ||
            (digits == at && is_letter(text_[digits]) && !is_letter(text_[digits + 1]))))
      ++digits;
    if (digits == at || digits >= span.end) return span.begin;
    if (open) return text_[digits] == ')' ? digits + 1 : span.begin;
    if (!one_of(text_[digits], U".)、:")) return span.begin;
    if (is_digit(text_[digits + 1])) return span.begin;
    return digits + 1;
  }

  /// 【デザイン】 and ■デザイン■ are called デザイン.
  Span brackets_off(Span span) const {
    if (span.size() < 3) return span;
    static constexpr std::array<std::pair<char32_t, char32_t>, 6> pairs = {
        {{U'【', U'】'}, {U'「', U'」'}, {U'『', U'』'}, {U'[', U']'}, {U'<', U'>'}, {U'〔', U'〕'}}};
    for (const auto& [open, close] : pairs)
      if (text_[span.begin] == open && text_[span.end - 1] == close &&
          std::count(text_.chars().begin() + static_cast<std::ptrdiff_t>(span.begin),
                     text_.chars().begin() + static_cast<std::ptrdiff_t>(span.end), open) == 1)
        return cut({span.begin + 1, span.end - 1}, U"");
    return span;
  }

  /// The label of a row without the columns that count: デザイン　3　@5,000 → デザイン.
  Span row_label(const Candidate& each) const {
    Span span = behind_tail(each.label);
    span = before_times(without_signs(span));
    span = behind_sentence(span);
    span = without_marks(span);
    if (const Span named = value_of_name(span); !named.empty()) return named;
    for (int i = 0; i < 4; ++i) {
      const std::size_t cell = last_cell(span);
      if (cell <= span.begin || !counts({cell, span.end})) break;
      span.end = cell;
      span = without_marks(span);
    }
    if (const std::size_t one = before_one(span);
        one > span.begin && (is_blank(text_[one - 1]) || text_[one - 1] == ':'))
      span = without_marks({span.begin, one});
    return without_tax(span);
  }

  /// 画面追加：2人日× → 画面追加
  Span before_times(Span span) const {
    const Span all = cut(span, U"");
    if (all.empty() || !one_of(text_[all.end - 1], U"×xX*✕") ||
        (is_letter(text_[all.end - 1]) && is_letter(text_[all.end - 2])))
      return span;
    const std::size_t end = text_.before_blanks(all.end - 1);
    for (std::size_t at = end; at > all.begin && end - at < 14; --at) {
      if (!may_begin_number(text_, at - 1)) continue;
      const auto number = number_at(text_, at - 1);
      if (number && (number->span.end == end || counter_end(text_, number->span.end) == end))
        return {all.begin, at - 1};
    }
    return {all.begin, end};
  }

  /// Where the last cell begins: behind a TAB, a full-width blank, two blanks or a bar.
  std::size_t last_cell(Span span) const {
    for (std::size_t at = span.end; at > span.begin + 1; --at) {
      const char32_t c = text_[at - 1];
      if (c == '\t' || c == '|' || c == U'│') return at;
      if (c == ' ' && (text_[at - 2] == ' ' || text_.surface({at - 1, at}) != " ")) return at;
    }
    return span.begin;
  }

  /// 5,000部, 1式, ×3, 22円, 3, @500: a quantity or a price of one.
  bool counts(Span span) const {
    span = cut(span, U"×x*@¥()/|・:=約計");
    if (span.empty()) return true;
    const auto number = number_at(text_, span.begin);
    if (!number) return text_.chars(span) == U"単価" || text_.chars(span) == U"数量";
    std::size_t at = text_.skip_blanks(number->span.end);
    if (text_[at] == U'円') ++at;
    at = counter_end(text_, at);
    while (at < span.end && blank_or(text_[at], U"×x*@¥()/|=-")) ++at;
    return at >= span.end || (span.end - at <= 8 && counts_on(at, span.end));
  }

  bool counts_on(std::size_t at, std::size_t end) const {
    const auto number = number_at(text_, at);
    return number && counter_end(text_, number->span.end) >= end;
  }

  /// `（税込）、B案 ` behind a figure before: without what belongs to that one.
  Span behind_tail(Span span) const {
    if (span.begin == 0 || span.begin == text_.lines()[text_.line_of(span.begin)].span.begin) return span;
    std::size_t at = text_.skip_blanks(span.begin);
    if (text_[at] == '(') {
      std::size_t close = at;
      while (close < span.end && text_[close] != ')') ++close;
      if (close < span.end) at = close + 1;
    }
    if (text_[at] == '/' && counter_end(text_, at + 1) != at + 1)
      at = std::min(counter_end(text_, at + 1), span.end);
    else if (text_[at] == '/' && text_[at + 1] == 'h')
      at = std::min(at + 2, span.end);
    if (one_of(text_[at], U"×xX*")) {
      std::size_t number = text_.skip_blanks(at + 1);
      while (number < at + 6 && !is_digit(text_[number]) &&
             (is_kanji(text_[number]) || is_hiragana(text_[number])))
        ++number;
      if (const auto times = number_at(text_, number); times && times->span.end < span.end)
        at = text_.skip_blanks(counter_end(text_, times->span.end));
      if (text_[at] == U'様') ++at;
    }
    for (const View word :
         {View(U"のところ"), View(U"です"), View(U"になります"), View(U"となります"), View(U"で"),
          View(U"と"), View(U"、"), View(U","), View(U"/"), View(U"。"), View(U"から"), View(U"=")})
      if (text_.starts_with(at, word) && at + word.size() <= span.end) at += word.size();
    return {std::min(at, span.end), span.end};
  }

  Span without_signs(Span span) const {
    for (bool more = true; more;) {
      more = false;
      span = cut(span, U"@¥+約");
      for (const View word : {View(U"およそ"), View(U"だいたい"), View(U"ざっくり"), View(U"大体"),
                              View(U"プラス"), View(U"マイナス"), View(U"JPY")})
        if (text_.ends_with(span.end, word) && span.end - word.size() >= span.begin)
          span.end -= word.size(), more = true;
      // an open bracket that the figure stands in
      if (!span.empty() && text_[span.end - 1] == '(') --span.end, more = true;
    }
    return span;
  }

  Span behind_sentence(Span span) const {
    int depth = 0;
    for (std::size_t at = span.end; at > span.begin; --at) {
      const char32_t c = text_[at - 1];
      if (c == ')' || c == U'」' || c == U'】') ++depth;
      if ((c == '(' || c == U'「' || c == U'【') && depth > 0) --depth;
      if (depth == 0 && one_of(c, U"。！？!?")) return {at, span.end};
    }
    return span;
  }

  /// `合計（税込）` keeps its bracket: it is so written. `デザイン費 税込` loses the word.
  Span without_tax(Span span) const {
    const auto cues = reading_.cues.in(span.begin, span.end);
    if (cues.empty()) return span;
    const WordCue& last = cues.back();
    if (last.span.end != span.end || !(last.kinds & (word::tax_in | word::tax_ex)) ||
        last.kinds & (word::money | word::total | word::subtotal))
      return span;
    if (last.span.begin == span.begin) return span;
    return without_marks({span.begin, last.span.begin});
  }

  Span talk_label(const Candidate& each) const {
    Span span = behind_tail(each.label);
    span = behind_sentence(before_times(without_signs(span)));
    span = cut_talk(span);
    if (says_why(span)) return {};
    for (bool more = true; more && !span.empty();) {
      more = false;
      const Span before = span;
      span = without_marks(without_signs(span));
      for (const View filler : fillers)
        if (text_.starts_with(span.begin, filler) && span.begin + filler.size() <= span.end)
          span.begin += filler.size();
      std::size_t longest = 0;
      for (const View ending : endings)
        if (ending.size() > longest && ends(span, ending)) longest = ending.size();
      span.end -= longest;
      span.end = before_one(before_count(span));
      for (const View name : money_names)
        if (ends(span, name)) {
          span.end -= name.size();
          break;
        }
      span = behind_time(before_clause(without_tax(span)));
      more = span != before;
    }
    if (span.size() > longest_talk_item || is_talk(span) || is_when(span)) return {};
    const View words = text_.chars(span);
    if (std::find(no_names.begin(), no_names.end(), words) != no_names.end()) return {};
    return span;
  }

  /// 大家から4万円で, 枚数が増えたため, 思い切って: who says so, why and how are no things.
  bool says_why(Span span) const {
    for (const View why : {View(U"ため"), View(U"為"), View(U"ので"), View(U"ゆえ"), View(U"せいで"), View(U"おかげで"), View(U"思い切って"), View(U"頑張って"), View(U"がんばって"),
                           View(U"恐縮ですが"), View(U"不躾ですが"), View(U"勝手ですが"), View(U"恐れ入りますが"), View(U"申し訳ありませんが"), View(U"申し訳ないのですが"), View(U"折り合って"), View(U"歩み寄って")})
      if (ends(span, why)) return true;
    if (!ends(span, U"から")) return false;
    for (const View who : {View(U"大家"), View(U"会長"), View(U"社長"), View(U"上司"), View(U"上"), View(U"本部"), View(U"本社"), View(U"会社"), View(U"先方"), View(U"理事会"), View(U"役員"), View(U"経理"), View(U"主人"), View(U"夫"), View(U"妻"),
                           View(U"家族"), View(U"オーナー"), View(U"店長"), View(U"部長"), View(U"課長"), View(U"さん"), View(U"様"), View(U"こちら"), View(U"当方"), View(U"事情"), View(U"都合")})
      if (ends({span.begin, span.end - 2}, who)) return true;
    return false;
  }

  /// 去年ロゴを頼んだとき → ロゴ: the thing stands before the verb of a clause of time.
  Span before_clause(Span span) const {
    for (const View when : {View(U"とき"), View(U"時"), View(U"際"), View(U"時点"), View(U"ころ"), View(U"頃")})
      if (ends(span, when))
        for (const View asked : {View(U"をお願いした"), View(U"を頼んだ"), View(U"を依頼した"), View(U"をご依頼した"), View(U"をお願いしました"), View(U"を注文した"), View(U"を発注した"),
                                 View(U"をお願いしていた"), View(U"をして頂いた"), View(U"をしていただいた"), View(U"をやってもらった"), View(U"をしてもらった"), View(U"をつくってもらった"), View(U"を作ってもらった"),
                                 View(U"を作っていただいた"), View(U"をご注文いただいた"), View(U"をご依頼いただいた"), View(U"をご利用いただいた"), View(U"をした"), View(U"をやった")})
          if (ends({span.begin, span.end - when.size()}, asked)) return {span.begin, span.end - when.size() - asked.size()};
    return span;
  }

  /// 前回お願いしたロゴ → ロゴ, 去年ロゴ → ロゴ
  Span behind_time(Span span) const {
    if (const std::size_t term = text_.chars(span).find(U"までの"); term != View::npos && is_when({span.begin, span.begin + term}))
      return {span.begin + term + 3, span.end}; // 5/10までのお試し価格
    const std::size_t begin = span.begin;
    for (const View when : {View(U"前回"), View(U"以前"), View(U"去年"), View(U"昨年"), View(U"一昨年"), View(U"先日"), View(U"この前"), View(U"この間"), View(U"先月"), View(U"先週"), View(U"春に"), View(U"夏に"), View(U"秋に"), View(U"冬に")})
      if (text_.starts_with(span.begin, when) && span.begin + when.size() < span.end) {
        span.begin += when.size();
        break;
      }
    for (const View asked : {View(U"に"), View(U"、"), View(U"お願いした"), View(U"お願いしていた"), View(U"頼んだ"), View(U"ご依頼した"), View(U"依頼した"), View(U"注文した"), View(U"発注した"), View(U"ご依頼いただいた"),
                             View(U"ご注文いただいた"), View(U"作っていただいた"), View(U"作ってもらった"), View(U"していただいた"), View(U"の")})
      if (span.begin > begin && text_.starts_with(span.begin, asked) && span.begin + asked.size() < span.end) span.begin += asked.size();
    return span;
  }

  /// 4/3, 本日, 3月, 2月末: when, not what.
  bool is_when(Span span) const {
    if (one_of(text_[span.end - 1], U"末頃") && span.size() > 2) --span.end;
    for (const View word : {View(U"本日"), View(U"今日"), View(U"昨日"), View(U"明日"), View(U"先ほど"), View(U"さきほど"), View(U"先程"), View(U"さっき"), View(U"今朝"), View(U"ただいま"), View(U"今"),
                            View(U"現在"), View(U"今週"), View(U"来週"), View(U"今月"), View(U"来月"), View(U"今年"), View(U"来年"), View(U"月末"), View(U"年内"), View(U"当日"), View(U"翌月"), View(U"次月")})
      if (text_.chars(span) == word) return true;
    bool digit = false;
    for (std::size_t at = span.begin; at < span.end; ++at) {
      if (is_digit(text_[at])) digit = true;
      else if (!one_of(text_[at], U"/-.:年月日付()曜火水木金土時分 ")) return false;
    }
    return digit && (one_of(text_[span.end - 1], U"月日付)曜") || text_.chars(span).find(U'/') != View::npos || text_.chars(span).find(U'-') != View::npos);
  }

  /// 印刷代は5,000部 → 印刷代は: how many is no part of the name, where は stands between.
  Span before_count(Span span) const {
    constexpr std::size_t longest_count = 12;
    for (std::size_t at = span.end; at > span.begin + 1 && span.end - at < longest_count; --at)
      if (one_of(text_[at - 1], U"はが") && is_digit(text_[at]) && counts({at, span.end})) return {span.begin, at};
    return span;
  }

  /// お茶は1本 → お茶は: a price of one is no part of the name.
  std::size_t before_one(Span whole) const {
    Span span = whole;
    for (const View per :
         {View(U"あたり"), View(U"当たり"), View(U"当り"), View(U"につき"), View(U"毎"), View(U"ごと")})
      if (ends(span, per)) span.end -= per.size();
    for (std::size_t length = 2; length <= 6 && length < span.size(); ++length) {
      const std::size_t at = span.end - length;
      if (!one_of(text_[at], U"1一") || is_digit(text_[at - 1]) || one_of(text_[at - 1], U".,/-")) continue;
      std::size_t end = counter_end(text_, at + 1);
      if (end == at + 1) continue;
      if (end < span.end && text_[end] == U'様') ++end;
      if (end == span.end) return at > span.begin && text_[at - 1] == U'お' ? at - 1 : at;
    }
    for (const View word : {View(U"は月"), View(U" 月"), View(U"が月"), View(U"は年"), View(U"が年"), View(U"は毎月"), View(U"が毎月"), View(U"は月々"),
                            View(U"が月々"), View(U"は月額"), View(U"が月額"), View(U"の月額"), View(U" 月額"), View(U"は年額"), View(U"の年額"), View(U" 年額")})
      if (ends(span, word)) return span.end - word.size();
    return whole.end;
  }

  bool ends(Span span, View word) const {
    return span.size() >= word.size() && text_.ends_with(span.end, word);
  }

  /// The words since the last comma that is in no bracket; when these are only joiners, those before it.
  Span cut_talk(Span span) const {
    int depth = 0;
    std::size_t end = span.end;
    for (std::size_t at = span.end; at > span.begin; --at) {
      const char32_t c = text_[at - 1];
      if (c == ')' || c == U'」' || c == U'】' || c == U'』') ++depth;
      if (c == '(' || c == U'「' || c == U'【' || c == U'『') {
        if (depth == 0) return {at, end};
        --depth;
      }
      if (depth != 0 || (c != U'、' && c != ',' && c != '\t' && !(is_blank(c) && at < span.begin + 1)))
        continue;
      if (c == ',' && is_digit(text_[at])) continue;
      const Span piece = cut({at, end}, U"、,");
      if (std::find(joiners.begin(), joiners.end(), text_.chars(piece)) != joiners.end()) {
        end = at - 1;
        continue;
      }
      if (piece.size() >= 2 && !counts(piece)) return {piece.begin, end};
      if (counts(piece) && at - span.begin <= 4) break;
      if (piece.size() >= 2 && !one_of(text_[piece.begin], U"1一お")) return piece;
    }
    return cut({span.begin, end}, U"、,");
  }

  /// Clauses are no names: 〜しますと, お願いしたく.
  bool is_talk(Span span) const {
    const View words = text_.chars(span);
    for (const View verb : {View(U"ます"), View(U"です"), View(U"ました"), View(U"ません"), View(U"ので"),
                            View(U"けど"), View(U"ください"), View(U"したら"), View(U"すると"),
                            View(U"ですが"), View(U"でした"), View(U"から"), View(U"もらえ"), View(U"って")})
      if (words.find(verb) != View::npos) return true;
    for (const View start :
         {View(U"以上"), View(U"未満"), View(U"以下"), View(U"のところ"), View(U"のやつ"), View(U"を超え")})
      if (words.substr(0, start.size()) == start) return true;
    const char32_t last = span.empty() ? 0 : text_[span.end - 1];
    return one_of(last, U"てるただいうく");
  }

  bool nothing_said(Span span) const {
    if (span.empty()) return true;
    const View words = text_.chars(span);
    if (std::find(names_nothing.begin(), names_nothing.end(), words) != names_nothing.end()) return true;
    for (const char32_t c : words)
      if (is_kanji(c) || is_hiragana(c) || is_katakana(c) || is_letter(c))
        return words != U"計" && counts(span) && span.size() < 14;
    return true;
  }

  /// 本体価格　1,980,000円 with nothing above it: the label is all there is.
  bool is_price_label(Span span) const {
    static constexpr auto labels =
        std::to_array<View>({U"本体価格", U"定価", U"通常価格", U"販売価格", U"特別価格", U"割引価格"});
    return std::find(labels.begin(), labels.end(), text_.chars(span)) != labels.end();
  }

  bool is_one(std::size_t at) const {
    return text_[at] == '1' && !is_digit(text_[at + 1]) && text_[at + 1] != ',';
  }

  bool starts_anew(Span span) const { return one_of(text_[text_.skip_blanks(span.begin)], U"、,/・"); }

  bool multiplies(Span span) const {
    for (const char32_t c : text_.chars(span))
      if (one_of(c, U"×xX*=@")) return true;
    return false;
  }

  /// What the figures before it on the line are the price of; not that of the tax among them.
  Span carried(std::size_t i) const {
    std::size_t k = i - 1;
    while (k > 0 && reading_.all[k - 1].line == reading_.all[i].line && i - k < 8 &&
           reading_.cues.kinds_in(reading_.all[k].label.begin, reading_.all[k].label.end) & word::tax_line)
      --k;
    return reading_.all[k].item;
  }

  /// Does the label only carry the figure before it on: （税込, ×500部＝, 〜, 単価?
  bool goes_on(Span span) const {
    if (span.size() > 24) return false;
    std::size_t kana = 0;
    for (const char32_t c : text_.chars(span)) kana += is_hiragana(c) ? 1 : 0;
    if (kana > 5) return false;
    const auto cues = reading_.cues.in(span.begin, span.end);
    std::size_t at = span.begin;
    for (const WordCue& cue : cues)
      if (!(cue.kinds & (word::tax_in | word::tax_ex | word::less | word::each | word::count_word)) &&
          text_.chars(cue.span) != U"金額")
        return false;
    while (at < span.end) {
      const auto inside = std::find_if(cues.begin(), cues.end(), [&](const WordCue& cue) {
        return cue.span.begin <= at && at < cue.span.end;
      });
      if (inside != cues.end())
        at = inside->span.end;
      else if (const std::size_t counter = counter_end(text_, at); counter != at)
        at = counter;
      else if (one_of(text_[at], U"xX様") && !is_letter(text_[at + 1]))
        ++at;
      else if (is_kanji(text_[at]) || is_katakana(text_[at]) || is_letter(text_[at]))
        return false;
      else
        ++at;
    }
    return true;
  }

  /// The heading over a line: ■ロゴ制作, ロゴ制作：, or 品名：名刺 in a list of names and values.
  Span above(std::size_t line) const {
    std::size_t looked = 0;
    for (std::size_t number = line; number-- > 0 && looked < 6;) {
      const Text::Line& above = text_.lines()[number];
      if (!above.own) return {};
      Span span = cut(above.span, U"");
      if (span.empty()) {
        if (looked == 0 && line - number > 1) return {};
        continue;
      }
      ++looked;
      if (span.size() > longest_item || heads_table(above.span)) return {};
      if (const Span named = value_of_name(span); !named.empty()) return named;
      const bool last_bullet = one_of(text_[span.begin], U"■●◆◇□【▼★☆◎〇○<①②③④⑤⑥⑦⑧⑨");
      const bool has_amount = holds_amount(number);
      if (last_bullet && !has_amount) return heading(span);
      if (has_amount || has_colon(span)) continue;
      if (looked > 1 || line - number > 1) return {};
      if (talks(span)) return {};
      return heading(span);
    }
    return {};
  }

  Span heading(Span span) const {
    Span item = without_marks(span);
    if (ends(item, U"について")) item.end -= 4;
    if (item.size() > 40 || nothing_said(item) || talks(item)) return {};
    return item;
  }

  bool heads_table(Span line) const {
    return std::any_of(reading_.headings.begin(), reading_.headings.end(),
                       [&](Span heading) { return line.begin <= heading.begin && heading.begin < line.end; });
  }

  bool holds_amount(std::size_t line) const {
    const Span span = text_.lines()[line].span;
    const auto first =
        std::lower_bound(reading_.all.begin(), reading_.all.end(), span.begin,
                         [](const Candidate& each, std::size_t at) { return each.figure.span.begin < at; });
    return first != reading_.all.end() && first->figure.span.begin < span.end;
  }

  bool has_colon(Span span) const {
    for (std::size_t at = span.begin; at + 1 < span.end; ++at)
      if (text_[at] == ':' && !is_digit(text_[at - 1])) return true;
    return false;
  }

  bool talks(Span span) const {
    if (one_of(text_[span.end - 1], U"。!?！？、")) return true;
    return is_talk(span) || ends(span, U"様") || ends(span, U"さん") || ends(span, U"とおり") ||
           ends(span, U"通り") || ends(span, U"記");
  }

  Span value_of_name(Span span) const {
    std::size_t colon = span.begin;
    span = without_marks(span);
    colon = span.begin;
    while (colon < span.end && !one_of(text_[colon], U":\t】") && colon - span.begin < 8) ++colon;
    if (colon >= span.end || !one_of(text_[colon], U":\t】")) return {};
    const View name = text_.chars(cut({span.begin, colon}, U"【"));
    if (std::find(names_thing.begin(), names_thing.end(), name) == names_thing.end()) return {};
    std::size_t end = colon + 1; // up to the next name on the line
    while (end < span.end && text_[end] == ' ') ++end;
    while (end < span.end &&
           !(text_[end] == ' ' && (text_[end + 1] == ' ' || text_.surface({end, end + 1}) != " ")) &&
           text_[end] != '\t')
      ++end;
    bool more = false;
    for (std::size_t at = end; at < span.end; ++at) more = more || text_[at] == ':';
    return without_marks({colon + 1, more ? end : span.end});
  }

  Reading& reading_;
  const Text& text_;
};

} // namespace

void find_items(Reading& reading) {
  Items(reading).run();
}

} // namespace genchi::facts
