How a question is understood, in whatever spelling; and what is said when nothing is there.

$ mkdir -p ~/in ~/.config/genchi
$ mail() { printf 'From: %s\nTo: info@hasu.example\nSubject: %s\nDate: %s\nMessage-ID: <%s@t>\nContent-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n\n%s\n' "$1" "$2" "$3" "$(echo "$*" | cksum | tr -d ' ')" "$4"; }
$ mail '青木 りん <rin@tamanegi.example>' '看板の件' 'Mon, 10 Mar 2025 10:00:00 +0900' 'お見積もりをありがとうございます。五万円なら、すぐに発注いたします。' >~/in/1.eml
$ mail '青木 りん <rin@tamanegi.example>' '下書きの確認' 'Tue, 11 Mar 2025 10:00:00 +0900' '請求書の下書きを拝見しました。' >~/in/2.eml
$ mail 'Renkon <renkon@hasune.example>' 'Quotes' 'Wed, 12 Mar 2025 10:00:00 +0900' 'Thank you for the quotes for the ｻ－ﾊﾞｰ and 2 signs.' >~/in/3.eml
$ line() { printf '\357\273\277アカウント名,はす工房\r\nタイムゾーン,+09:00\r\nダウンロード日時,%s\r\n送信者タイプ,送信者名,送信日,送信時刻,内容\r\n' "$1"; printf '%s\r\n' "$2"; }
$ line '2025/02/01 12:00' 'User,三田 ゆり,2025/01/20,10:00:00,額縁の色は茶でお願いします' >~/in/20250120_20250120_三田\ ゆり.csv
$ line '2025/06/01 12:00' 'User,三田 ゆり,2025/05/20,10:00:00,額縁をもう一枚お願いします' >~/in/20250520_20250520_三田\ ゆり.csv
$ genchi import ~/in >/dev/null 2>&1

$ genchi search '取引先:青木 日付:2025年3月' --explain
Understood as: client:"青木" AND date:2025-03-01..2025-03-31
  client:"青木": 青木 りん (2)
2025-03-11 10:00  mail received  青木 りん                            a0ff1828f3
    Subject: 下書きの確認
    請求書の下書きを拝見しました。

2025-03-10 10:00  mail received  青木 りん                            1c5fa63284
    Subject: 看板の件
    お見積もりをありがとうございます。五万円なら、すぐに発注いたします。

2 messages. LINE up to the download of 2025-06-01 12:00, mail up to the import of 2026-04-05 09:00
$ genchi search '(見積 OR 請求) -下書き' --explain
Understood as: ("見積" OR "請求") AND NOT "下書き"
  "見積": 見積, みつもり
    synonyms: quote, quotation, estimate
  "請求": 請求, せいきゅう
    synonyms: invoice
  "下書き": 下書き
2025-03-12 10:00  mail received  Renkon                               3f7600020b
    Subject: Quotes
    Thank you for the quotes for the ｻ－ﾊﾞｰ and 2 signs.

2025-03-10 10:00  mail received  青木 りん                            1c5fa63284
    Subject: 看板の件
    お見積もりをありがとうございます。五万円なら、すぐに発注いたします。

2 messages. LINE up to the download of 2025-06-01 12:00, mail up to the import of 2026-04-05 09:00

$ for word in 見積 ミツモリ 御見積り 5万円 quote サーバ sign* '"見積"' '="五万円"' '="5万円"' '件名:看板' '差出人:アオキさん' '差出人:="青木 りん"'; do echo "$word: $(genchi search "$word" --format json 2>/dev/null | wc -l)"; done
見積: 2
ミツモリ: 2
御見積り: 2
5万円: 1
quote: 2
サーバ: 1
sign*: 1
"見積": 1
="五万円": 1
="5万円": 0
件名:看板: 1
差出人:アオキさん: 2
差出人:="青木 りん": 2
$ genchi search 見積 --no-synonyms 2>/dev/null | head -n 1
2025-03-10 10:00  mail received  青木 りん                            1c5fa63284
$ genchi search 見積 --literal 2>&1 | head -n 1
2025-03-10 10:00  mail received  青木 りん                            1c5fa63284

$ genchi search '(見積 OR 請求'
genchi: this "(" is never closed
  (見積 OR 請求
  ^
        put it in "quotation marks" to look for these characters
[2]
$ genchi search '見積 日付:きのうの前'
genchi: "きのうの前" is not a date
  見積 日付:きのうの前
            ^
        write for example 2024-04-01, 2024年4月, 去年, 2024-01..2024-03 or 2024-04..
[2]
$ genchi search '値段:5000 見積'
genchi: there is no field "値段:"
  値段:5000 見積
  ^
        the fields are from:/差出人: to:/宛先: cc:/写し: subject:/件名: client:/取引先: channel:/経路: account:/アカウント: date:/日付: price:/金額: due:/期限: file:/添付: has:/あり: is:/状態: mark:/マーク: tag:/タグ: assignee:/担当:; put a word with a colon in "quotation marks"
[2]
$ genchi search '@未払い'
genchi: there is no saved search "@未払い"
  @未払い
  ^
        put it in "quotation marks" to look for these characters
[2]

$ printf 'client-words = ["患者"]\nsynonyms = [["額縁", "フレーム"]]\n[searches]\n"未払い" = "請求 -下書き"\n"輪" = "@輪"\n' >~/.local/share/genchi/genchi.toml
$ genchi search フレーム 患者:三田 --explain
Understood as: "フレーム" AND client:"三田"
  "フレーム": フレーム, フレ-ム
    synonyms: 額縁
  client:"三田": 三田 ゆり (1)
2025-05-20 10:00  LINE received  三田 ゆり                            982751c691
    額縁をもう一枚お願いします

2025-01-20 10:00  LINE received  三田 ゆり                            ef2fd49783
    額縁の色は茶でお願いします

2 messages. LINE up to the download of 2025-06-01 12:00, mail up to the import of 2026-04-05 09:00
$ genchi search '@未払い OR 茶'
2025-01-20 10:00  LINE received  三田 ゆり                            ef2fd49783
    額縁の色は茶でお願いします

1 message. LINE up to the download of 2025-06-01 12:00, mail up to the import of 2026-04-05 09:00
$ genchi search @輪
genchi: in the saved search "@輪": the saved search "@輪" uses itself
  @輪
  ^
[2]
$ echo 'synonyms = "額縁"' >~/.local/share/genchi/genchi.toml; genchi search 額縁
genchi: /home/hana/.local/share/genchi/genchi.toml, line 1: the value of synonyms does not fit
        See "Settings" in the README.
[2]
$ rm ~/.local/share/genchi/genchi.toml

$ genchi search 額縁の色は青 三田
0 messages. LINE up to the download of 2025-06-01 12:00, mail up to the import of 2026-04-05 09:00
Understood as: "額縁の色は青" AND "三田"
  "額縁の色は青": 額縁の色は青
  "三田": 三田
Messages with each word alone: 額縁の色は青 0, 三田 2
Nothing has "額縁の色は青"; what is like it: 額縁の色は
Searched:
  mail                     3 messages  2025-03-10 – 2025-03-12
  LINE はす工房            2 messages  2025-01-20 – 2025-05-20
  LINE 三田 ゆり: nothing held from the download of 2025-02-01 12:00 to 2025-05-20, where the next one begins
  LINE is known up to the download of 2025-06-01 12:00
[1]
$ genchi search renkom
0 messages. LINE up to the download of 2025-06-01 12:00, mail up to the import of 2026-04-05 09:00
Understood as: "renkom"
  "renkom": renkom (and with other English endings)
Nothing has "renkom"; what is like it: renkon
Searched:
  mail                     3 messages  2025-03-10 – 2025-03-12
  LINE はす工房            2 messages  2025-01-20 – 2025-05-20
  LINE 三田 ゆり: nothing held from the download of 2025-02-01 12:00 to 2025-05-20, where the next one begins
  LINE is known up to the download of 2025-06-01 12:00
[1]
$ genchi mentions 追加料金 額縁 --client 三田 --until 2025-03 | sed 's/[0-9a-f]\{64\}/…/'
Record of a search
  made               2026-04-05 09:00
  archive            /home/hana/.local/share/genchi
  journal            11 rows; SHA-256 of the last …
  looked for         "追加料金": in 0 messages
    spellings        追加料金, 追加りょうきん
    synonyms         none used
  looked for         "額縁": in 1 message
    spellings        額縁
    synonyms         none used
  client             三田: 三田 ゆり (1)
  until              2025-03: 2025-03-31
  searched           1 message
    LINE はす工房            1 message  2025-01-20 – 2025-01-20
    LINE 三田 ゆり: nothing held from the download of 2025-02-01 12:00 to 2025-05-20, where the next one begins
    LINE is known up to the download of 2025-06-01 12:00
  spam and trash     none
  not readable       nothing
  found              1 message

2025-01-20 10:00  LINE received  三田 ゆり                            ef2fd49783
    額縁の色は茶でお願いします

This records what was searched in this archive, and how. It does not show that something was never said:
what was not imported, was spoken, or stands in a picture or an attached file is not in it.
$ genchi mentions 違約金 --client 三田 --format json | sed 's/"sha256":"[^"]*"/…/'
{"made":"2026-04-05T09:00:00+09:00","words":[{"word":"違約金","exact":false,"open":false,"spellings":["違約金"],"more_spellings":0,"inflected":false,"synonyms":[],"found":0}],"client":"三田","channel":null,"account":null,"since":null,"until":null,"clients":["三田 ゆり (1)"],"days":{"first":null,"last":null},"searched":{"messages":2,"channels":[{"channel":"line","account":"はす工房","messages":2,"first":"2025-01-20T10:00:00+09:00","last":"2025-05-20T10:00:00+09:00"}],"gaps":[{"account":"はす工房","chat":"三田 ゆり","from":"2025-02-01T12:00:00+09:00","until":"2025-05-20T00:00:00+09:00"}],"line_until":"2025-06-01T12:00:00+09:00"},"hidden":{"messages":0,"searched":false},"set_aside":0,"journal":{"rows":11,…},"found":0,"messages":[]}
$ genchi mentions '額縁 茶'
genchi: "額縁 茶" is more than a word
        Put a "phrase" in quotation marks, and filters into options.
[2]
$ genchi mentions '"額縁の色"' --format json 2>/dev/null | grep -o '"word":[^,]*\|"found":[0-9]*'
"word":"額縁の色"
"found":1
"found":1
$ genchi mentions quote --synonyms --format csv 2>/dev/null | cut -d, -f 3,5 
channel,sent
mail,2025-03-12T10:00:00+09:00
mail,2025-03-10T10:00:00+09:00
