#include <algorithm>
#include <initializer_list>
#include <utility>

#include "facts/act_draft.hpp"

namespace genchi::facts {
namespace {

constexpr std::size_t clause_reach = 120; // no clause is looked at further than this
constexpr std::size_t brief_length = 32;  // characters of a message that is hardly more than its cue
constexpr std::size_t bare_length = 14;   // of 11個で！
constexpr std::size_t if_reach = 12;      // characters between a figure's beginning and なら

using namespace std::string_view_literals;

bool is_end(char32_t c) {
  return c == '\n' || c == U'、' || c == '?';
}

// What is changed without a deal being changed.
constexpr auto technical = {
    U"設定"sv,         U"ポート"sv,       U"サーバ"sv,     U"メモリ"sv,   U"ファイル"sv, U"フォルダ"sv,
    U"ドメイン"sv,     U"dns"sv,          U"バージョン"sv, U"コマンド"sv, U"変数"sv,     U"ログ"sv,
    U"権限"sv,         U"登録"sv,         U"拡張子"sv,     U"画面"sv,     U"ブラウザ"sv, U"アカウント"sv,
    U"プロフィール"sv, U"ディレクトリ"sv, U"出力先"sv,     U"暗証"sv,     U"所属"sv,     U"部署"sv,
    U"役職"sv,         U"振込先"sv,       U"カーネル"sv,   U"プロセス"sv, U"引数"sv,     U"フォント"sv};
// What was agreed, when it is to be changed.
constexpr auto agreed_things = {
    U"日程"sv, U"日時"sv,         U"時間"sv,     U"納期"sv, U"納品"sv,         U"数量"sv,   U"人数"sv,
    U"部数"sv, U"個数"sv,         U"枚数"sv,     U"見積"sv, U"プラン"sv,       U"コース"sv, U"金額"sv,
    U"打合"sv, U"面談"sv,         U"面接"sv,     U"来店"sv, U"訪問"sv,         U"席"sv,     U"お届け"sv,
    U"公開"sv, U"スケジュール"sv, U"メニュー"sv, U"会議"sv, U"ミーティング"sv, U"予定"sv,   U"配送"sv,
    U"仕様"sv, U"開催"sv,         U"開始"sv,     U"納入"sv};

/// Reads the cues of a message sentence by sentence.
class CueReader : CueDraft {
 public:
  CueReader(const Text& text, const std::vector<Amount>& amounts, const std::vector<ReadDate>& dates)
      : CueDraft(text, amounts, dates) {}

  Cues read(const std::vector<OwnCue>& own) {
    std::size_t mark = 0;
    const std::u32string_view chars = spoken_.chars();
    for (std::size_t begin = 0; begin < chars.size();) {
      const std::size_t end = std::min(chars.find(U'\n', begin), chars.size());
      const std::size_t first = mark;
      while (mark < marks_.size() && marks_[mark].begin < end) ++mark;
      const Sentence sentence{begin, end, first, mark};
      const std::size_t cues_before = cues_.list.size();
      if (mark > first) read_sentence(sentence);
      read_unmarked(sentence, cues_before);
      begin = end + 1;
    }
    if (chars.size() <= brief_length) trait(trait_brief);
    if (is_broadcast()) trait(trait_broadcast);
    put_bare_terms();
    hand_out_terms();
    read_own(own);
    return std::move(cues_);
  }

 private:
  void read_sentence(const Sentence& sentence) {
    for (std::size_t i = sentence.first; i < sentence.after_last; ++i) {
      const FoundMark& mark = marks_[i];
      if (!read_trait(mark, sentence) && !read_answer(mark, sentence) && !read_refusal(mark, sentence) &&
          !read_hold(mark, sentence) && !read_change(mark, sentence))
        read_offer(mark, sentence);
    }
  }

  /// 11個で！ and questions about a day in any words.
  void read_unmarked(const Sentence& sentence, std::size_t cues_before) {
    const std::size_t end = sentence.end;
    if (end == sentence.begin || end - sentence.begin > 2 * clause_reach) return;
    const bool question =
        spoken_[end - 1] == '?' || ends_with_any(end, {U"すか", U"うか", U"んか", U"かな", U"すかね", U"うかね", U"んかね", U"かしら",
                                                       U"っけ", U"ですよね", U"ますよね"});
    if (question) trait(trait_asks);
    const bool with_terms = has_day_or_hour(sentence.begin, end);
    if (cues_.list.size() > cues_before) return;
    const FoundMark whole{Mark::mere_word, sentence.begin, end};
    if (question && with_terms &&
        !sentence_has(sentence, {Mark::wh, Mark::enquire, Mark::cancel, Mark::reminds, Mark::invoice}) &&
        !says(sentence.begin, end,
              {U"円ですか", U"円でしょうか", U"万ですか", U"万でしょうか", U"したか", U"営業", U"定休",
               U"っけ", U"ですよね", U"ますよね", U"合って", U"間違", U"届き", U"着き", U"過ぎ"}))
      put(CueKind::ask, whole, sentence, cue_question);
    else if (end - sentence.begin <= bare_length && ends_with_any(end, {U"にします", U"にする", U"にするね", U"にしますね", U"がいいです", U"のほうで", U"の方で"}))
      put(CueKind::pick, whole, sentence, cue_weak | cue_refers);
    else if (end - sentence.begin <= bare_length && ends_with_any(end, {U"で", U"でー"}) &&
             !ends_with_any(end, {U"まで", U"ので", U"んで", U"やで", U"るで", U"たで", U"いで"}))
      put(has_term(sentence.begin, end, true) ? CueKind::ask : CueKind::pick, whole, sentence,
          cue_weak | cue_refers);
  }

  void trait(std::uint32_t bit) { cues_.traits |= bit; }

  /// Said to everyone: 皆様 at a sentence's beginning and a word of campaigns, or three different ones.
  bool is_broadcast() const { return campaign_.size() >= (to_everyone_ ? 1u : 3u); }

  void note_campaign(const FoundMark& mark) {
    const std::u32string_view word = spoken_.chars().substr(mark.begin, mark.end - mark.begin);
    if (campaign_.size() < 3 && std::find(campaign_.begin(), campaign_.end(), word) == campaign_.end())
      campaign_.push_back(word);
  }

  /// Words that say one thing of the whole message.
  static std::uint32_t trait_of(Mark mark) {
    switch (mark) {
    case Mark::again:
      return trait_again;
    case Mark::apology:
      return trait_apology;
    case Mark::instruct:
      return trait_instructs;
    case Mark::thanks:
      return trait_thanks;
    case Mark::next_time:
      return trait_next;
    case Mark::invoice:
      return trait_invoice;
    case Mark::machine:
      return trait_machine;
    case Mark::restates:
      return trait_restates;
    case Mark::reminds:
      return trait_reminds;
    case Mark::contrast:
      return trait_contrast;
    case Mark::refer:
      return trait_refers;
    case Mark::as_was:
      return trait_as_was;
    default:
      return 0;
    }
  }

  bool read_trait(const FoundMark& mark, const Sentence& sentence) {
    if (const std::uint32_t bits = trait_of(mark.mark); bits != 0) {
      trait(bits);
      return true;
    }
    switch (mark.mark) {
    case Mark::enquire: // お見積りのご依頼ありがとうございます
      if (!clause_has(mark, sentence, {Mark::thanks})) trait(trait_enquiry | trait_asks);
      return true;
    case Mark::everyone:
      to_everyone_ = to_everyone_ || mark.begin == sentence.begin;
      return true;
    case Mark::campaign:
      note_campaign(mark);
      return true;
    case Mark::wh:
      if (asks(mark)) trait(trait_asks | (says(mark.begin, mark.end, {U"いつ", U"何時", U"何日", U"何曜", U"どこか", U"空", U"都合", U"入れ", U"いくつ"}) ? trait_asks_when : 0u));
      return true;
    case Mark::condition:
      if (says(mark.begin, mark.end, {U"条件", U"前提", U"限"}) && !asks(mark)) trait(trait_condition);
      return true;
    case Mark::benefit_if:
      if (const FoundMark* commit =
              later_mark(mark.begin, sentence, {Mark::commit, Mark::request, Mark::fine, Mark::go});
          commit != nullptr && !covered(mark, sentence, {Mark::condition_soft}))
        put(CueKind::condition, {mark.mark, mark.begin, commit->end}, sentence);
      return true;
    default:
      return false;
    }
  }

  bool read_answer(const FoundMark& mark, const Sentence& sentence) {
    switch (mark.mark) {
    case Mark::understood_alone:
      if (!alone(mark)) return true;
      [[fallthrough]];
    case Mark::understood:
      if (!asks(mark) && !supposed(mark)) put(CueKind::understood, mark, sentence);
      return true;
    case Mark::fine_alone:
      if (alone(mark) && !asks(mark)) put(CueKind::fine, mark, sentence);
      return true;
    case Mark::praise:
      if (!asks(mark)) put(CueKind::fine, mark, sentence, cue_weak);
      return true;
    case Mark::fine:
      read_fine(mark, sentence);
      return true;
    case Mark::fine_or_refuse: {
      if (asks(mark)) return true;
      const bool says_when = has_day_or_hour(mark.begin > if_reach ? mark.begin - if_reach : 0, mark.begin); // 25日、結構です
      const bool asks_for_more = alone(mark) && std::any_of(marks_.begin(), marks_.end(), [&](const FoundMark& each) {
                                   return each.mark == Mark::request && each.begin > mark.end; // 結構です。花もお願いします
                                 });
      const bool consents = says_when || asks_for_more ||
                            (!ends_with(mark.begin, U"ので") &&
                             ends_with_any(mark.begin, {U"で", U"も", U"にて", U"ば", U"はい、", U"て"}));
      put(consents ? CueKind::fine : CueKind::refuse, mark, sentence, consents ? 0u : unsigned{cue_weak});
      return true;
    }
    case Mark::that_way:
      read_that_way(mark, sentence);
      return true;
    case Mark::go_alone:
      if (alone(mark) && !asks(mark)) put(CueKind::go, mark, sentence);
      return true;
    case Mark::go: // 夫に見せて決めます puts off
      if (says(mark.begin, mark.end, {U"決め"}) && (sentence_has(sentence, {Mark::consult}) || ends_with_any(mark.begin, {U"てから", U"て", U"うえで", U"上で"})))
        return true;
      if ((!asks(mark) || says(mark.begin, mark.end + 2, {U"いただけ", U"もらえ", U"くれ"})) &&
          !supposed(mark) && !sentence_has(sentence, {Mark::benefit_if}))
        put(CueKind::go, mark, sentence);
      return true;
    case Mark::confirm:
      if (starts_with_any(mark.end, {U"ません", U"おりません"}))
        return put(CueKind::cannot, mark, sentence), true;
      if (!asks(mark) && !supposed(mark)) // 承ります also of what is only offered
        put(CueKind::confirm, mark, sentence, says(mark.begin, mark.end, {U"承ります", U"承って", U"承る", U"手配いたします", U"手配します"}) ? unsigned{cue_doubtful} : 0u);
      return true;
    case Mark::await_you: {
      const std::size_t from = std::max(clause_begin(mark.begin), mark.begin > 14 ? mark.begin - 14 : 0);
      if (!asks(mark) &&
          !says(from, mark.begin, {U"連絡", U"返信", U"返事",   U"回答", U"検討",   U"注文",   U"発注",
                                   U"意見", U"入金", U"到着",   U"申込", U"データ", U"原稿",   U"振込",
                                   U"電話", U"依頼", U"またの", U"資料", U"報告",   U"メール", U"届"}))
        put(CueKind::await_you, mark, sentence);
      return true;
    }
    case Mark::come:
      if (!asks(mark) && !supposed(mark)) put(CueKind::come, mark, sentence);
      return true;
    case Mark::do_it:
      if (!asks(mark) && !supposed(mark)) put(CueKind::bare_go, mark, sentence, cue_weak);
      return true;
    case Mark::yes:
      if (mark.begin == 0 || is_end(spoken_[mark.begin - 1])) put(CueKind::yes, mark, sentence);
      return true;
    default:
      return false;
    }
  }

  void read_fine(const FoundMark& mark, const Sentence& sentence) {
    if (covered(mark, sentence, {Mark::refuse, Mark::cannot, Mark::praise})) return;
    if (asks(mark)) return; // 大丈夫でしょうか is in the list of what suggests
    if (supposed(mark)) {
      if (says(mark.begin, mark.end, {U"承認", U"決裁", U"稟議", U"ok"})) trait(trait_condition);
      return;
    }
    const bool declines = says(mark.begin, mark.end, {U"大丈夫"}) && says(0, mark.begin, {U"お気遣い", U"お心遣い", U"お気持ち"});
    if (declines || ends_with_any(mark.begin, {U"なくて", U"なくても", U"ずに"})) // 借りなくて大丈夫です
      return put(CueKind::refuse, mark, sentence, cue_weak);
    put(CueKind::fine, mark, sentence);
  }

  /// それで, その内容で: with what agrees.
  void read_that_way(const FoundMark& mark, const Sentence& sentence) {
    const FoundMark* agrees = later_mark(mark.begin + 1, sentence,
                                         {Mark::request, Mark::fine, Mark::fine_alone, Mark::fine_or_refuse,
                                          Mark::understood, Mark::go, Mark::confirm, Mark::regards,
                                          Mark::booked, Mark::come, Mark::commit, Mark::want});
    if (agrees == nullptr) return;
    if ((asks(*agrees) && agrees->mark != Mark::request && agrees->mark != Mark::go) || supposed(*agrees) ||
        sentence_has(sentence, {Mark::refuse, Mark::hold, Mark::benefit_if}))
      return;
    if (sentence_has(sentence, {Mark::cancel, Mark::quit})) return;
    if (later_mark(agrees->begin, sentence, {Mark::cannot}) != nullptr) return;
    if (says(mark.begin, agrees->begin, {U"ければ", U"なら", U"でしたら"})) return;
    put(CueKind::go, {mark.mark, mark.begin, agrees->end}, sentence, cue_refers);
  }

  bool read_refusal(const FoundMark& mark, const Sentence& sentence) {
    switch (mark.mark) {
    case Mark::refuse:
      if (!asks(mark) && !supposed(mark)) {
        const bool final = says(mark.begin, mark.end,
                                {U"見送", U"断", U"辞退", U"他", U"縁", U"やめ", U"不採用", U"期待", U"希望",
                                 U"別の", U"は別", U"至", U"見合", U"よそ", U"諦", U"あきらめ", U"白紙"});
        put(CueKind::refuse, mark, sentence, final ? 0u : unsigned{cue_weak});
      }
      return true;
    case Mark::cannot:
      if (supposed(mark) || starts_with_any(mark.end, {U"くない", U"くはない", U"ではない", U"じゃない",
                                                       U"ではありません", U"くありません"}))
        return true;
      if (covered(mark, sentence, {Mark::can_ask})) return true;
      if (spoken_.starts_with(mark.begin, U"いけ") && ends_with_any(mark.begin, {U"と", U"ば", U"ては", U"ちゃ"})) return true; // 説明しないといけません
      if (asks(mark)) {
        put(CueKind::ask, mark, sentence, cue_question);
      } else {
        put(CueKind::cannot, mark, sentence);
      }
      return true;
    case Mark::unable: // 先月は伺えませんでした: told, not called off
      if (says(mark.begin, mark.end, {U"休"}) &&
          (says(sentence.begin, mark.begin, {U"当社", U"弊社", U"当店", U"店を", U"店は", U"教室", U"営業", U"年末年始", U"お盆", U"夏季", U"冬季"}) ||
           (says(sentence.begin, mark.begin, {U"から"}) && says(sentence.begin, mark.begin, {U"まで"}))))
        return true; // a notice
      if (!asks(mark) && !supposed(mark) && !starts_with_any(mark.end, {U"でした", U"した"}) && !ends_with_any(mark.end, {U"ませんで"})) {
        const bool of_things = starts_with_any(mark.begin, {U"でき", U"難し", U"厳し", U"アウト"});
        put(CueKind::unable, mark, sentence, of_things ? unsigned{cue_doubtful} : 0u);
      }
      return true;
    default:
      return false;
    }
  }

  bool read_hold(const FoundMark& mark, const Sentence& sentence) {
    switch (mark.mark) {
    case Mark::hold: {
      if (asks(mark) && has_term(clause_begin(mark.begin), mark.begin) && !says(mark.begin, mark.end, {U"待"})) return true; // of a meeting
      if (asks(mark) && !asks_leave(mark) && !says(mark.begin, mark.end, {U"時間", U"待"})) return true;
      if (supposed(mark)) return true;
      const bool soft = says(mark.begin, mark.end, {U"時間", U"待って", U"待ち"}) &&
                        !says(mark.begin, mark.end, {U"返事", U"回答", U"検討", U"決裁"});
      const bool goes_on =
          says(mark.begin, mark.end + 2,
               {U"検討中", U"検討して", U"検討いたして"}); // also who only thinks of ordering
      const bool of_things =
          says(mark.begin, mark.end,
               {U"考え", U"判断", U"保留", U"比較", U"ペンディング", U"悩", U"迷", U"様子", U"状況"});
      put(soft ? CueKind::hold_soft : CueKind::hold, mark, sentence,
          (goes_on ? unsigned{cue_weak} : 0u) | (of_things ? unsigned{cue_doubtful} : 0u));
      return true;
    }
    case Mark::consult: {
      if (starts_with_any(mark.end, {U"まし", U"た", U"済", U"でき", U"取れ", U"ください", U"いただ"}))
        return true;
      const FoundMark* reply = later_mark(mark.end, sentence, {Mark::reply});
      if (reply != nullptr && !asks(*reply))
        put(CueKind::hold, {mark.mark, mark.begin, reply->end}, sentence, cue_weak);
      return true;
    }
    case Mark::reply: {
      if ((asks(mark) && !asks_leave(mark)) || sentence_has(sentence, {Mark::consult})) return true;
      const bool later = sentence_has(sentence, {Mark::later});
      const bool answer = says(mark.begin, mark.end, {U"返事", U"回答", U"返答", U"答え", U"決め"});
      if (later) put(answer ? CueKind::hold : CueKind::hold_soft, mark, sentence, cue_weak);
      return true;
    }
    case Mark::wait_soft:
      if (!asks(mark) && !supposed(mark)) // 7月18日公開で調整いたします does as asked
        put(CueKind::hold_soft, mark, sentence,
            ends_with(mark.begin, U"で") && spoken_.starts_with(mark.begin, U"調整") ? unsigned{cue_weak}
                                                                                     : 0u);
      return true;
    case Mark::later:
      return true;
    default:
      return false;
    }
  }

  unsigned booked_near(const FoundMark& mark, const Sentence& sentence) const {
    return sentence_has(sentence, {Mark::booked}) || clause_has(mark, sentence, {Mark::booked})
               ? unsigned{cue_booked}
               : 0u;
  }

  bool read_change(const FoundMark& mark, const Sentence& sentence) {
    switch (mark.mark) {
    case Mark::cancel:
      read_cancel(mark, sentence);
      return true;
    case Mark::quit:
      if (!asks(mark) && !supposed(mark)) put(CueKind::quit, mark, sentence, booked_near(mark, sentence));
      return true;
    case Mark::change:
      read_wish(mark, sentence, 0);
      return true;
    case Mark::shift:
      if (starts_with_any(mark.end, {U"に", U"の"}) && says(mark.begin, mark.end, {U"早め"})) return true;
      if (says(mark.begin, mark.end, {U"増え", U"減り"}) && starts_with_any(mark.end, {U"おり", U"いま", U"きて", U"ており", U"ていま", U"てき"})) return true;
      read_wish(mark, sentence, 0);
      return true;
    case Mark::add:
      if (!says(clause_begin(mark.begin), mark.begin,
                {U"領収", U"請求", U"資料", U"確認", U"連絡", U"今後", U"明日", U"次回"}))
        read_wish(mark, sentence, cue_again);
      return true;
    default:
      return false;
    }
  }

  void read_cancel(const FoundMark& mark, const Sentence& sentence) {
    const unsigned booked = booked_near(mark, sentence);
    switch (ending_at(spoken_, mark.end)) {
    case Ending::will:
    case Ending::asks:
    case Ending::done:
      put(CueKind::cancel, mark, sentence, booked | (asks(mark) ? unsigned{cue_question} : 0u));
      break;
    case Ending::can:
      if (asks(mark)) {
        if (!sentence_has(sentence, {Mark::wh}))
          put(CueKind::cancel, mark, sentence, booked | cue_question | cue_weak);
      } else {
        put(CueKind::fine, mark, sentence);
      }
      break;
    case Ending::accepts:
      put(CueKind::fine, mark, sentence);
      break;
    case Ending::none:
      if (const FoundMark* wants = later_mark(mark.end, sentence, {Mark::request, Mark::want, Mark::can_ask});
          wants != nullptr && wants->begin < mark.end + 16 && !sentence_has(sentence, {Mark::wh}))
        put(CueKind::cancel, mark, sentence, booked);
      break;
    case Ending::supposed:
    case Ending::negated:
    case Ending::others:
      break;
    }
  }

  void read_wish(const FoundMark& mark, const Sentence& sentence, unsigned flags) {
    const std::size_t begin =
        std::max(clause_begin(mark.begin), mark.begin > 7 ? mark.begin - 7 : 0); // told for information
    if (sentence_has(sentence, {Mark::enquire})) return;
    if (says(mark.end, clause_end(mark.end), {U"場合が", U"場合も", U"ことが", U"ことも", U"可能性", U"かもしれ", U"恐れ", U"おそれ"}))
      return; // 雨天は延期する場合があります
    if (says(begin, mark.begin,
             {U"住所", U"アドレス", U"電話番号", U"口座", U"担当", U"社名", U"連絡先", U"パスワード",
              U"名義"}) ||
        says(clause_begin(mark.begin), mark.begin, technical))
      return;
    flags |= booked_near(mark, sentence);
    if (says(clause_begin(mark.begin), mark.begin, agreed_things)) flags |= cue_booked;
    // 写真を差し替え, タンスを動かして: done to things, no terms.
    if (flags == 0 && !has_term(sentence.begin, sentence.end, true) &&
        says(mark.begin, mark.end, {U"外", U"抜", U"省", U"動か", U"移", U"うつ", U"やり直", U"差し替", U"入れ替", U"切り替", U"広げ", U"縮め", U"なくし"}))
      return;
    if (asks(mark)) flags |= cue_question;
    switch (ending_at(spoken_, mark.end)) {
    case Ending::will:
    case Ending::asks:
      put(CueKind::change, mark, sentence, flags);
      break;
    case Ending::can:
      put(asks(mark) ? CueKind::change : CueKind::change_done, mark, sentence, flags | (asks(mark) ? 0u : unsigned{cue_doubtful}));
      break;
    case Ending::done:
      put(CueKind::change_done, mark, sentence, flags);
      break;
    case Ending::accepts:
      put(CueKind::fine, mark, sentence);
      break;
    case Ending::negated:
      put(asks(mark) ? CueKind::change : CueKind::cannot, mark, sentence, flags);
      break;
    case Ending::none:
      if (says(mark.end, sentence.end, {U"提案"})) break;
      if (asks(mark) || (later_mark(mark.end, sentence,
                                    {Mark::request, Mark::want, Mark::can_ask, Mark::suggest}) != nullptr))
        put(CueKind::change, mark, sentence, flags);
      else if (mark.mark == Mark::add && has_term(clause_begin(mark.begin), mark.begin, true))
        put(CueKind::change, mark, sentence, flags);
      else if (mark.mark == Mark::shift && !says(mark.begin, mark.end, {U"早め", U"変え"}))
        put(CueKind::change, mark, sentence, flags);
      break;
    case Ending::supposed:
    case Ending::others:
      break;
    }
  }

  void read_offer(const FoundMark& mark, const Sentence& sentence) {
    const bool question = asks(mark);
    const unsigned asked = question ? unsigned{cue_question} : 0u;
    switch (mark.mark) {
    case Mark::request:
      read_request(mark, sentence);
      break;
    case Mark::regards:
      if (ends_with_any(mark.begin, {U"で", U"にて"}) && !ends_with_any(mark.begin, {U"まで", U"ので"}))
        put(has_term(clause_begin(mark.begin), mark.begin) ? CueKind::ask : CueKind::pick, mark, sentence);
      else
        put(CueKind::regards, mark, sentence);
      break;
    case Mark::suggest:
      trait(trait_asks);
      if (!sentence_has(sentence, {Mark::wh, Mark::reminds, Mark::cancel}) &&
          !(says(mark.begin, mark.end, {U"希望"}) && sentence_has(sentence, {Mark::instruct}))) // ご希望は17日までにお知らせください
        put(CueKind::ask, mark, sentence, cue_question | (says(mark.begin, mark.end, {U"希望"}) ? 0u : unsigned{cue_if}));
      break;
    case Mark::can_ask:
      trait(trait_asks);
      if (says(sentence.begin, mark.begin, {U"領収", U"宛名", U"但し書", U"請求書"})) {
        trait(trait_instructs);
        break;
      }
      if (!sentence_has(sentence, {Mark::wh}) &&
          !clause_has(mark, sentence, {Mark::cancel, Mark::change, Mark::shift}))
        put(CueKind::ask, mark, sentence,
            cue_question |
                (says(mark.begin, mark.end, {U"もらえ", U"いただけ", U"くれ", U"ほし", U"予約", U"お願い"})
                     ? unsigned{cue_refers}
                     : 0u));
      break;
    case Mark::want:
      if (says(mark.begin, mark.end, {U"お願い"}) && ends_with(mark.begin, U"で") &&
          !has_term(clause_begin(mark.begin), mark.begin))
        put(CueKind::pick, mark, sentence);
      else if (!clause_has(mark, sentence, {Mark::cancel, Mark::change, Mark::shift, Mark::wh}))
        put(says(mark.begin, mark.end, {U"注文", U"発注", U"購入", U"オーダー", U"申込", U"契約"})
                ? CueKind::order
                : CueKind::ask,
            mark, sentence, cue_booked | asked);
      break;
    case Mark::booked:
      read_booked(mark, sentence);
      break;
    case Mark::if_that:
      read_if(mark, sentence, asked);
      break;
    case Mark::available:
      if (question) {
        trait(trait_asks);
        if (!sentence_has(sentence, {Mark::wh})) put(CueKind::ask, mark, sentence, cue_question);
      } else if (!covered(mark, sentence, {Mark::cannot, Mark::can_ask})) {
        put(CueKind::offer, mark, sentence);
      }
      break;
    case Mark::make_it:
      if (!sentence_has(sentence, {Mark::wh, Mark::cancel, Mark::that_way, Mark::enquire}) &&
          !says(std::max(sentence.begin, mark.begin > 12 ? mark.begin - 12 : 0), mark.begin,
                {U"宛", U"名義", U"領収", U"請求", U"幸い", U"よう"}))
        put(CueKind::ask, mark, sentence, cue_instead | asked);
      break;
    case Mark::quote:
      read_quote(mark, sentence);
      break;
    default:
      break;
    }
  }

  /// 5日なら, 4万でしたら: with figures before it, or something to agree to behind it.
  void read_if(const FoundMark& mark, const Sentence& sentence, unsigned asked) {
    const std::size_t from = mark.begin > if_reach ? mark.begin - if_reach : 0;
    if (has_term(std::max(from, sentence.begin), mark.begin, true))
      put(CueKind::offer, mark, sentence, asked | cue_if);
    else if (!ends_with_any(mark.begin,
                            {U"それ", U"そう", U"その日", U"時間", U"別の日", U"別日", U"他の日", U"機会"}) &&
             (has_term(mark.end, sentence.end) ||
              later_mark(mark.end - 1, sentence, {Mark::available, Mark::fine, Mark::go, Mark::suggest}) !=
                  nullptr))
      put(CueKind::offer, mark, sentence, asked | cue_if | cue_weak);
  }

  void read_request(const FoundMark& mark, const Sentence& sentence) {
    if (clause_has(mark, sentence, {Mark::cancel, Mark::change, Mark::shift, Mark::quit, Mark::that_way}))
      return;
    if (covered(mark, sentence, {Mark::regards, Mark::go, Mark::want})) return;
    const unsigned asked = asks(mark) || says(mark.begin, mark.end, {U"でき"}) ? unsigned{cue_question} : 0u;
    if (says(mark.begin, mark.end, {U"ください", U"ちょうだい"})) return put(CueKind::order, mark, sentence, cue_booked); // 2組、ください
    const std::size_t begin = clause_begin(mark.begin);
    if (ends_with_any(mark.begin, {U"よう", U"ほど", U"程", U"旨", U"よう、"}) ||
        says(std::max(begin, mark.begin > 10 ? mark.begin - 10 : 0), mark.begin,
             {U"領収", U"請求", U"住所", U"地図", U"写真", U"データ", U"返", U"連絡", U"送付", U"教え",
              U"振込", U"資料", U"名義", U"宛"}))
      return trait(trait_instructs);
    const bool starts = mark.begin == begin ||
                        (mark.begin - begin <= 6 &&
                         ends_with_any(mark.begin, {U"では", U"じゃあ", U"じゃ", U"ほな", U"はい", U"ぜひ",
                                                    U"それでは", U"うん", U"なら", U"そしたら", U"また"}));
    if (asked == 0 && conditional_before(mark, sentence) && !has_term(begin, mark.begin)) {
      put(CueKind::bare_go, mark, sentence);
      return;
    }
    if (starts && asked == 0) {
      const bool figures = has_term(sentence.begin, mark.begin, true);
      put(figures ? CueKind::ask : CueKind::bare_go, mark, sentence);
      return;
    }
    if (ends_with_any(mark.begin, {U"で", U"にて"})) {
      put(has_term(sentence.begin, mark.begin, true) || asked != 0 ? CueKind::ask : CueKind::pick, mark,
          sentence, asked | cue_refers);
      return;
    }
    const bool deadline =
        ends_with_any(mark.begin, {U"までに", U"まで"}) &&
        !says(sentence.begin, mark.begin, {U"納", U"仕上", U"完成", U"工", U"予約", U"届", U"着"});
    if (deadline)
      trait(trait_instructs);
    else
      put(CueKind::ask, mark, sentence, asked | cue_weak | cue_refers);
  }

  void read_booked(const FoundMark& mark, const Sentence& sentence) {
    if (clause_has(mark, sentence,
                   {Mark::cancel, Mark::change, Mark::shift, Mark::quit, Mark::confirm, Mark::want}))
      return;
    const bool booking =
        says(mark.begin, mark.end, {U"予約", U"レッスン", U"施術", U"施工", U"工事", U"撮影", U"依頼"});
    const bool question = asks(mark);
    if (is_end(spoken_[mark.end]) || starts_with_any(mark.end, {U"です", U"で\n", U"で、", U"の"})) return;
    switch (ending_at(spoken_, mark.end)) {
    case Ending::will:
      if (booking && !says(mark.begin, mark.end, {U"予約", U"依頼"})) break;
      [[fallthrough]];
    case Ending::asks:
      put(booking ? CueKind::ask : CueKind::order, mark, sentence,
          cue_booked | (question ? unsigned{cue_question} : 0u));
      break;
    case Ending::can:
      if (question) put(CueKind::ask, mark, sentence, cue_booked | cue_question);
      break;
    case Ending::done:
      if (!booking) put(CueKind::order, mark, sentence, cue_booked);
      break;
    default:
      break;
    }
  }

  void read_quote(const FoundMark& mark, const Sentence& sentence) {
    if (sentence_has(sentence, {Mark::thanks}) || clause_has(mark, sentence, {Mark::reminds}) || asks(mark))
      return;
    if (says(mark.end, sentence.end, {U"再度", U"進み具合", U"ご検討のほど", U"いかがで"}) && (cues_.traits & trait_offered_amount) == 0) return;
    const std::size_t end = sentence.end;
    const bool handed =
        says(mark.end, end, {U"送付",         U"お送り",       U"添付",
                             U"提出",         U"下記",         U"以下",
                             U"査収",         U"作成しました", U"作成いたしました",
                             U"送ります",     U"送りました",   U"お出し",
                             U"ご案内",       U"ご提示",       U"まとめ",
                             U"修正しました", U"ご連絡",       U"出しました",
                             U"作りました",   U"ご検討",       U"再送",
                             U"更新"}) ||
        ((cues_.traits & trait_offered_amount) != 0 &&
         says(mark.end, end,
              {U"です", U"になります", U"となります", U":", U"でござ", U"申し上げ", U"いたしま", U"しま"}));
    const bool heading = (cues_.traits & trait_offered_amount) != 0 &&
                         (end - mark.end <= 6 || mark.begin - sentence.begin <= 4);
    if (!handed && !heading) return;
    const bool promised = (cues_.traits & trait_offered_amount) == 0 &&
                          (sentence_has(sentence, {Mark::later, Mark::wait_soft}) ||
                           says(mark.end, end, {U"いたします。", U"作成し", U"でき次第"}));
    if (promised) return;
    if (says(mark.begin, mark.end, {U"プラン", U"料金表", U"価格表"}) &&
        (cues_.traits & trait_offered_amount) == 0)
      return;
    put(CueKind::quote, mark, sentence);
  }

  void read_own(const std::vector<OwnCue>& own) {
    for (const OwnCue& cue : own) {
      if (cue.word.empty() || cue.act == Act::none || cues_.list.size() >= Cues::max_cues) continue;
      const std::size_t at = spoken_.chars().find(cue.word);
      if (at == std::u32string_view::npos) continue;
      cues_.list.push_back(
          {CueKind::own, static_cast<std::uint16_t>(cue.act), spoken_.bytes(at, at + cue.word.size())});
      places_.push_back({at, at + cue.word.size(), sentence_of(at)});
    }
  }

  bool to_everyone_ = false;
  std::vector<std::u32string_view> campaign_; // different ones, at most three
};

} // namespace

Cues read_cues(const Text& text, const std::vector<Amount>& amounts, const std::vector<ReadDate>& dates,
               const std::vector<OwnCue>& own) {
  return CueReader(text, amounts, dates).read(own);
}

} // namespace genchi::facts
