// What a memo of our own says about whose turn it is.
#include <algorithm>

#include "facts/turn.hpp"
#include "facts/word_table.hpp"

namespace genchi::facts {
namespace {

enum class Word : std::uint8_t { missed, spoken, ours, theirs };

/// How notes of calls are written down: plain forms, 体言止め.
const WordTable& memo_words() {
  static const WordTable table = [] {
    WordTable made;
    const auto add = [&](Word kind, std::initializer_list<std::string_view> words) { made.add(static_cast<std::uint8_t>(kind), words); };
    // Nobody was reached.
    add(Word::missed, {"不在", "留守", "るす電", "ルス電", "(つな|繋)が(らず|らない|らなかった|りません|らん)", "(電話|でんわ|コール)(に|)(出|で)(ず|ない|なかった|られ|ません)", "応答(なし|無し|せず|がな)", "話し中", "話中", "通話中",
                       "(離席|席を外|外出|会議|来客|移動|運転|打ち合わせ|打合せ|接客)(中|して)", "捕まら(ず|ない|なかった)", "(呼び出し|呼出)(のみ|だけ)", "圏外", "電源(が|)(切|入って)", "送信(失敗|エラー)", "未送信"});
    // Somebody was, and the matter was spoken of.
    add(Word::spoken, {"とのこと", "と言われ", "と(の|)回答", "(話|はな)(した|せた|をした|し合)", "(伝|つた)え(た|て|済|ました)", "説明(した|済|し、)", "回答(した|済|し、|\n)", "答え(た|て|ました)", "案内(した|済|し、)", "返答(した|済|し、|\n)", "返信(した|済|し、|\n)",
                       "了承", "了解", "合意", "承諾", "快諾", "決定", "決まっ", "確定", "ok", "OK", "(打ち合わせ|打合せ|ヒアリング|相談)(した|を実施|実施|済)"});
    // It is still to be done by us.
    add(Word::ours, {"折(り|)返(し|す|そう)", "かけ直(し|す)", "掛け直(し|す)", "(後で|あとで|後ほど|のちほど|後日|明日|明朝|週明け|来週|夕方|午後|改めて|再度)(に|)(、|)(再|)(電話|架電|連絡|回答|返事|返答|返信)(する|し(ます|、)|いたします|を(する|入れる|する)|予定|が必要|の(約束|予定|こと)|と(伝|約|言|返|案内))", "(後で|あとで|後ほど|のちほど|後日|明日|明朝|週明け|来週|改めて)(に|)(、|)(再|)(電話|架電|連絡|回答|返事|返答|返信)\n", "再(架電|電話|連絡)(する|予定|要|が必要)",
                     "要(回答|返信|返事|返答|対応|連絡|確認|折|検討|電話|架電|送付|見積|調査|手配|フォロー)", "宿題", "持ち帰(り|る|って)", "(社内|上司|担当|現場|製造|工場|経理)(で|に|へ|と)(確認|相談|検討|照会)", "未(回答|対応|返信|返事|返答|処理|了)", "todo", "TODO", "ToDo", "タスク",
                     "(確認|検討|調べ|相談|調査|計算|精査)(して|し|の上|のうえ|後)(、|)(から|)(、|)(ご|)(連絡|回答|返事|返答|返信|電話|折)", "(回答|返事|返答|返信|連絡|対応|送付|提出|見積|見積り)(する|し|が)(こと|必要|約束|予定)", "(回答|返事|返答|返信|対応)待たせ",
                     "(送|出|届け|渡|作|調べ|知らせ|連絡す|回答す|手配す|確認す|提出す|送付す|用意す|検討す)る(こと|約束|予定|必要)", "(送|出|渡)す(こと|約束|予定|必要)", "(送|作)る(こと|約束|予定|必要)"});
    // … by the other side: 先方で検討, ご連絡いただける.
    add(Word::theirs, {"先方", "あちら", "相手", "お客(様|さま|さん)(が|の|側|より|から)", "客先", "(より|から)(ご|)(折|連絡|返事|回答|電話)(り|)(返し|)(が|を|の|)(ある|来る|もらう|いただく|待ち|予定)", "(して|て)(くれる|もらう|いただける|いただく|くださる)", "(連絡|返事|回答|折り返し)(を|)(待ち|待つ|もらう|いただく|くれる)"});
    return made;
  }();
  return table;
}

struct Said {
  bool missed = false, spoken = false, ours = false, theirs = false;
};

Said words_in(std::u32string_view sentence) {
  Said said;
  const std::u32string text = std::u32string(sentence) + U'\n';
  for (std::size_t at = 0; at + 1 < text.size(); ++at)
    memo_words().each_at(text, at, [&](std::uint8_t kind, std::size_t) {
      switch (static_cast<Word>(kind)) {
      case Word::missed: said.missed = true; return;
      case Word::spoken: said.spoken = true; return;
      case Word::ours: said.ours = true; return;
      case Word::theirs: said.theirs = true; return;
      }
    });
  return said;
}

} // namespace

TurnReading read_memo_turn(const Text& text, Channel channel, bool files) {
  TurnReading reading;
  bool missed = false, spoken = false, ours = false;
  for (const Text::Line& line : text.lines()) {
    for (std::size_t at = text.skip_blanks(line.span.begin); at < line.span.end;) {
      const Span sentence = text.sentence(at);
      const Said said = words_in(text.chars(sentence));
      const bool opens = said.ours && !said.theirs;
      if (reading.place.end == 0 || (opens && !ours)) reading.place = text.bytes(sentence);
      ours |= opens;
      missed |= said.missed;
      spoken |= said.spoken && !said.missed;
      at = text.skip_blanks(std::max(sentence.end, at + 1));
    }
  }
  const bool talk = channel == Channel::phone || channel == Channel::meeting;
  if (ours) reading.cues = cue_promises;
  else if (missed && !spoken) reading.cues = 0;
  else if (talk ? text.size() > 0 || files : spoken) reading.cues = cue_states;
  return reading;
}

} // namespace genchi::facts
