A call leaves no proof. A memo is our own note of it, shown as that, and counts for more when the client has confirmed it.

$ mkdir -p ~/in ~/later ~/.config/genchi; echo 'name = "相原"' >~/.config/genchi/config.toml
$ keys() { python3 -c 'import json, sys; [print(*(json.dumps(json.loads(row)[key], ensure_ascii=False) for key in sys.argv[1:])) for row in sys.stdin]' "$@"; }
$ id_of() { genchi search "$@" --format json 2>/dev/null | keys id | tr -d '"'; }
$ mail() { printf 'From: %s\nTo: %s\nSubject: %s\nDate: %s\nMessage-ID: <%s@t>\nContent-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n\n%b\n' "$2" "$3" "$4" "$5" "$6" "$7" >$1/$6.eml; }
$ us='蓮見 <info@hasu.example>'; tera='寺田製作所 土井 薫 <doi@tera.example>'
$ mail ~/in "$us" "$tera" 'パンフレット制作のお見積り' 'Mon, 23 Mar 2026 10:00:00 +0900' a1 '土井様\n\nパンフレット制作一式 180,000円（税別）、4月20日納品でいかがでしょうか。'
$ mail ~/in "$tera" "$us" '校正の回数について' 'Wed, 1 Apr 2026 14:00:00 +0900' a2 '校正は何回まで見積りに含まれますか？'
$ line() { printf '\357\273\277アカウント名,はす工房\r\nタイムゾーン,+09:00\r\nダウンロード日時,2026/04/04 18:00\r\n送信者タイプ,送信者名,送信日,送信時刻,内容\r\n'; printf '%s\r\n' "$@"; }
$ line 'User,原 圭,2026/04/02,09:30:00,明日の予約の件でお電話します' 'User,原 圭,2026/04/02,09:41:00,☎ 通話時間 3:05' 'User,原 圭,2026/04/03,18:00:00,☎ 不在着信' 'User,原 圭,2026/04/03,18:40:00,☎ 通話時間 1:02:10' >~/in/20260402_20260403_原.csv
$ genchi import --me info@hasu.example ~/in >/dev/null 2>&1
$ genchi todo
Our answer is needed: 2 clients
  waits 2 days  寺田製作所 土… (1)  question       04-01 14:00 mail   e74b1c3b97
    “校正は何回まで見積りに含まれますか？”
    last answer 03-23 10:00, 蓮見. mail until 04-05 09:00
   waits 1 day  原 (2)              request        04-02 09:30 LINE   632e48f489
    “明日の予約の件でお電話します”
    no answer so far. LINE until 04-04 18:00

LINE up to the download of 2026-04-04 18:00, mail up to the import of 2026-04-05 09:00
2 waiting for us, 0 broken off, 0 we wait for
2 LINE calls of the last two weeks have no memo: genchi memo --calls

$ : "Written at once: the time may be given as people say it."
$ genchi memo --phone --client 土井 --time '4/2 10:30' --duration 12分 --who '土井 薫' --by 相原 '校正は2回までと回答。180,000円で了承、4/20納品で進めてよいとのこと'
phone  2026-04-02 10:30  12 min  寺田製作所 土井 薫 (1)  with 土井 薫  5bc09f670a
Noted. The mail that has it confirmed: genchi memo --confirm-draft 5bc09f670a
$ genchi todo
Our answer is needed: 1 client
   waits 1 day  原 (2)              request        04-02 09:30 LINE   632e48f489
    “明日の予約の件でお電話します”
    no answer so far. LINE until 04-04 18:00

LINE up to the download of 2026-04-04 18:00, mail up to the import of 2026-04-05 09:00
1 waiting for us, 0 broken off, 0 we wait for
2 LINE calls of the last two weeks have no memo: genchi memo --calls
$ id=$(id_of is:memo)
$ genchi show $id
From       相原
To         土井 薫
Sent       2026-04-02T10:30:00+09:00
Client     寺田製作所 土井 薫 (1)
Channel    phone, our memo
Duration   12 min
Written    2026-04-05 09:00
Read       180,000 yen  offered
           2026-04-20 (Mon)  delivery
           proposal
Original   genchi memo, byte 0, 456 bytes
SHA-256    5bc09f670a9f9e78b7f429c7ba2f3f1ddccb7cd0850c22eb0eb87190513c4f77
Id         5bc09f670a9f9e78b7f429c7ba2f3f1ddccb7cd0850c22eb0eb87190513c4f77

校正は2回までと回答。180,000円で了承、4/20納品で進めてよいとのこと

$ : "What it says was agreed is our note. The offer waits for the client's own word."
$ genchi agreements 土井
unanswered  寺田製作所 土井 薫   パンフレット制作      180,000 yen tax excluded
  deal         a5f2097310  2026-04-20 (Mon)  delivery
  proposal     2026-03-23 10:00  mail  ours  a5f2097310
               “パンフレット制作一式 180,000円（税別）、4月20日納品でいかがでし…
  waiting      13 days without an answer
1 deal. LINE up to the download of 2026-04-04 18:00, mail up to the import of 2026-04-05 09:00
$ genchi agreements 土井 --messages
2026-04-02 10:30  proposal    our memo  phone  寺田製作所 土井 薫     5bc09f670a
    “校正は2回までと回答。180,000円で了承、4/20納品で進めてよいとのこと”
2026-03-23 10:00  proposal    ours  mail  寺田製作所 土井 薫          a5f2097310
    “パンフレット制作一式 180,000円（税別）、4月20日納品でいかがでしょうか。”
2 messages. LINE up to the download of 2026-04-04 18:00, mail up to the import of 2026-04-05 09:00
$ genchi prices 土井
Sums, and amounts without an item
  2026-04-02 180,000 yen              offered our memo            5bc09f670a
      校正は2回までと回答。180,000円で了承、4/20納品で進めてよいとのこと

パンフレット制作
  2026-03-23 180,000 yen tax excluded offered ours     unanswered a5f2097310
      パンフレット制作一式 180,000円（税別）、4月20日納品でいかがでしょうか。
  last valid price: 180,000 yen tax excluded (2026-03-23, offered, not agreed)
  computed at 10 %: 180,000 yen without tax, 198,000 yen with tax

2 prices. LINE up to the download of 2026-04-04 18:00, mail up to the import of 2026-04-05 09:00
$ genchi dates --all
2026-04-03 (Fri) appointment 原             theirs              632e48f489
    明日の予約の件でお電話します
2026-04-20 (Mon) delivery    寺田製作所 土… ours     unanswered a5f2097310
    …一式 180,000円（税別）、4月20日納品でいかがでしょうか。
2026-04-20 (Mon) delivery    寺田製作所 土… our memo            5bc09f670a
    …と回答。180,000円で了承、4/20納品で進めてよいとのこと

3 days. LINE up to the download of 2026-04-04 18:00, mail up to the import of 2026-04-05 09:00
$ genchi timeline 土井
2026-03-23 (Mon) ---------------------------------------------------------------
10:00  mail   sent  蓮見                                              a5f2097310
       Subject: パンフレット制作のお見積り
       パンフレット制作一式 180,000円（税別）、4月20日納品でいかがでしょうか。
       → proposal, 180,000 yen tax excluded, 2026-04-20 (Mon) delivery

2026-04-01 (Wed) ---------------------------------------------------------------
14:00  mail   received  寺田製作所 土井 薫                            e74b1c3b97
       Subject: 校正の回数について
       校正は何回まで見積りに含まれますか？

2026-04-02 (Thu) ---------------------------------------------------------------
10:30  phone  sent  相原 [our memo]                                   5bc09f670a
       校正は2回までと回答。180,000円で了承、4/20納品で進めてよいとのこと
       → proposal, 180,000 yen, 2026-04-20 (Mon) delivery

3 messages. LINE up to the download of 2026-04-04 18:00, mail up to the import of 2026-04-05 09:00
$ genchi search 了承
2026-04-02 10:30  phone [our memo]  相原 / 寺田製作所 土井 薫         5bc09f670a
    …180,000円で了承、4/20納品で進めてよいとのこと

1 message. LINE up to the download of 2026-04-04 18:00, mail up to the import of 2026-04-05 09:00
$ genchi search '状態:メモ 校正' --format json 2>/dev/null | keys channel direction memo flags
"phone" "out" "own" ["memo"]
$ genchi brief 土井
寺田製作所 土井 薫 (1)  company (guessed)  3 messages  2026-03-23 to 2026-04-02
We write mail  土井様  (1 of the last 1)                             a5f2097310
Channel  phone  last 2026-04-02 10:30                                5bc09f670a
         mail  last 2026-04-01 14:00  (imported 2026-04-05)          e74b1c3b97
Person   寺田製作所 土井 薫, doi@tera.example  2026-04-01
Turn     nothing is open
Last     2026-04-01 14:00  mail received  寺田製作所 土井 薫         e74b1c3b97
         “校正は何回まで見積りに含まれますか？”
         2026-04-02 10:30  phone [our memo]  相原                    5bc09f670a
         “校正は2回までと回答。180,000円で了承、4/20納品で進めてよ…
Open     2026-03-23  unanswered open 13 days  180,000 yen tax exclu… a5f2097310
Price    2026-03-23  180,000 yen tax excluded  unanswered  パンフレ… a5f2097310
Day      2026-04-20 (Mon)  delivery  unanswered  ours  “パンフレッ…  a5f2097310

LINE up to the download of 2026-04-04 18:00, mail up to the import of 2026-04-05 09:00
For ourselves: holds our marks and notes

$ : "The same again is no second memo, unless it is wanted."
$ genchi memo --phone --client 土井 --time '4/2 10:31' --by 相原 '校正は2回までと回答。180,000円で了承、4/20納品で進めてよいとのこと'
phone  2026-04-02 10:30  12 min  寺田製作所 土井 薫 (1)  with 土井 薫  5bc09f670a
This was noted already; nothing was written. --again writes it once more.
$ genchi memo --phone --client 土井 --time '4/2 10:31' --by 相原 '校正は2回までと回答。180,000円で了承、4/20納品で進めてよいとのこと' --again --format json | keys new time seconds who
true "2026-04-02T10:31:00+09:00" null null
$ genchi search is:memo 2>/dev/null | grep -c 'our memo'
2

$ : "Later: a supplement with its own time. The memo stays as it was."
$ echo '表紙の色は紺と聞いた' | genchi memo --supplement $id --by 原田 -
supplement  2026-04-05 09:00  寺田製作所 土井 薫 (1)  bdde9dc88b
$ genchi show $id | tail -5
校正は2回までと回答。180,000円で了承、4/20納品で進めてよいとのこと

Supplement  2026-04-05 09:00  原田  bdde9dc88b
表紙の色は紺と聞いた

$ : "A fax is a memo with its scan."
$ printf '%%PDF-1.4 scan' >~/'注文書 控え.pdf'
$ genchi memo --fax --client 1 --time '昨日 15時半' --by 相原 --file ~/'注文書 控え.pdf' --format json | keys channel time text files
"fax" "2026-04-04T15:30:00+09:00" "" ["注文書 控え.pdf"]
$ genchi search --channel fax 2>/dev/null | head -1
2026-04-04 15:30  FAX [our memo]  相原 / 寺田製作所 土井 薫           fd76334b12
$ genchi show $(id_of channel:fax) --attachment 1
%PDF-1.4 scan

$ : "Nobody was reached, or it is still ours to do: that is no answer."
$ mail ~/later "$tera" "$us" '色について' 'Sat, 4 Apr 2026 09:00:00 +0900' a3 '表紙の色は変えられますか？'
$ genchi import ~/later >/dev/null 2>&1
$ genchi memo --phone --client 土井 --time '4/4 10:00' '不在。留守電に伝言を残した' >/dev/null 2>&1
$ genchi todo 土井 2>/dev/null
Our answer is needed: 1 client
  waits 0 days  寺田製作所 土… (1)  question       04-04 09:00 mail   ea93136883
    “表紙の色は変えられますか？”
    last answer 04-02 10:31, 相原 (our memo). mail until 04-05 09:00

LINE up to the download of 2026-04-04 18:00, mail up to the import of 2026-04-05 09:00
$ genchi memo --phone --client 土井 --time '4/4 16:00' '色の件、印刷所に確認して折り返すと伝えた' >/dev/null 2>&1
$ genchi todo 土井 2>/dev/null
Our answer is needed: 1 client
  waits 0 days  寺田製作所 土… (1)  question       04-04 09:00 mail   ea93136883
    “表紙の色は変えられますか？”
    last answer 04-04 16:00, 相原 (our memo). mail until 04-05 09:00

LINE up to the download of 2026-04-04 18:00, mail up to the import of 2026-04-05 09:00
$ genchi memo --phone --client 土井 --time '4/4 17:00' '紺から緑に変更可能と回答した' >/dev/null 2>&1
$ genchi todo 土井 2>/dev/null
LINE up to the download of 2026-04-04 18:00, mail up to the import of 2026-04-05 09:00

$ : "LINE says that a call was, not what was said."
$ genchi memo --calls
2026-04-02 09:41 theirs 原 (2) ☎ 通話時間 3:05    678bc1d82a
2026-04-03 18:40 theirs 原 (2) ☎ 通話時間 1:02:10 c6c3d83835

2 LINE calls without a memo. LINE up to the download of 2026-04-04 18:00, mail up to the import of 2026-04-05 09:00
Note one: genchi memo --phone --client NUMBER --time '4/1 10:30' 'what was said'
$ genchi memo --calls --format json 2>/dev/null | keys sent client direction text
"2026-04-02T09:41:00+09:00" {"id": 2, "name": "原"} "in" "☎ 通話時間 3:05"
"2026-04-03T18:40:00+09:00" {"id": 2, "name": "原"} "in" "☎ 通話時間 1:02:10"
$ genchi memo --phone --client 原 --time '4/2 9:45' --duration 3:05 '予約を5日に変更と承った' >/dev/null 2>&1
$ genchi memo --calls
2026-04-03 18:40 theirs 原 (2) ☎ 通話時間 1:02:10 c6c3d83835

1 LINE call without a memo. LINE up to the download of 2026-04-04 18:00, mail up to the import of 2026-04-05 09:00
Note one: genchi memo --phone --client NUMBER --time '4/1 10:30' 'what was said'
$ genchi today 2>&1 >/dev/null | tail -1
1 LINE call of the last two weeks has no memo: genchi memo --calls

$ : "The confirmation: a draft, the client's answer, and the tie between the two."
$ genchi memo --confirm-draft $id
To: doi@tera.example
Subject: お電話の内容のご確認のお願い（4月2日）

土井 薫 様

いつもお世話になっております。

4月2日にお電話でお話しいたしました件につきまして、
行き違いのないよう、内容を下記のとおりまとめさせていただきます。
お手数をおかけいたしますが、ご確認をお願いいたします。

■お電話の内容
　日時：2026年4月2日 10:30
　お話しした方：土井 薫 様
　校正は2回までと回答。180,000円で了承、4/20納品で進めてよいとのこと
　金額：180,000円
　納期：2026年4月20日（月）

■補足（2026年4月5日 09:00）
　表紙の色は紺と聞いた

内容に相違がございましたら、お手数ですがこのメールへのご返信にてお知らせください。
相違がございません場合も、その旨ご一報いただけますと幸いです。
何卒よろしくお願い申し上げます。


The words of the memo stand in it as they are: take out what is not for the client.
Amounts and days are those that were read in the memo: check them.
A draft: read it before you send it. When the client's answer is imported: genchi memo --link 5bc09f670a ID
$ mail ~/later "$tera" "$us" 'Re: お電話の内容のご確認のお願い（4月2日）' 'Sun, 5 Apr 2026 08:00:00 +0900' a4 '内容に相違ございません。'
$ genchi import ~/later >/dev/null 2>&1
$ answer=$(id_of 相違ございません)
$ genchi memo --link $id $answer --by 相原
The memo 5bc09f670a is confirmed by the client, with a84b5a0c63 of 2026-04-05 08:00.
$ genchi search is:confirmed
2026-04-02 10:30  phone [our memo, confirmed by the client]  相原 / …  5bc09f670a
    校正は2回までと回答。180,000円で了承、4/20納品で進めてよいとのこと

1 message. LINE up to the download of 2026-04-04 18:00, mail up to the import of 2026-04-05 09:00
$ genchi show $id | sed -n 1,12p
From       相原
To         土井 薫
Sent       2026-04-02T10:30:00+09:00
Client     寺田製作所 土井 薫 (1)
Channel    phone, our memo, confirmed by the client
Duration   12 min
Written    2026-04-05 09:00
Confirmed  a84b5a0c63  2026-04-05 08:00
Read       180,000 yen  offered
           2026-04-20 (Mon)  delivery
           proposal
Original   genchi memo, byte 0, 456 bytes
$ genchi show $id --format json | keys memo memo_details
"confirmed" {"written": "2026-04-05T09:00:00+09:00", "seconds": 720, "who": "土井 薫", "supplement_of": null, "confirmed_by": "a84b5a0c633b6979a4457ce7592fa2b45f5020c3bf35b11ce47e8884eb9dd0ac", "supplements": ["bdde9dc88bb91812a23a5995be9b602d15942f118859416852ebd0f8e2489cfb"]}
$ genchi memo --unlink $id
The memo 5bc09f670a is our own note again. Both rows stay in the journal.
$ genchi search is:confirmed
0 messages. LINE up to the download of 2026-04-04 18:00, mail up to the import of 2026-04-05 09:00
Understood as: is:"confirmed"
Searched:
  mail                     4 messages  2026-03-23 – 2026-04-05
  LINE はす工房            4 messages  2026-04-02 – 2026-04-03
  phone                    6 messages  2026-04-02 – 2026-04-05
  phone はす工房           1 message  2026-04-02 – 2026-04-02
  FAX                      1 message  2026-04-04 – 2026-04-04
  LINE is known up to the download of 2026-04-04 18:00
[1]
$ genchi memo --link $id $answer >/dev/null

$ : "Out and in again: the same, with what confirms it."
$ genchi export --out ~/out
Written to /home/hana/out: 4 mails, 1 LINE download, 8 memos
$ ls ~/out/account-*/memos ~/out/memos 2>/dev/null | sed 's/-E[0-9]*/-E/' | grep -v account
2026-04-02-E.eml
genchi-memos.txt

/home/hana/out/memos:
2026-04-02-E.eml
2026-04-02-E.eml
2026-04-04-E.eml
2026-04-04-E.eml
2026-04-04-E.eml
2026-04-04-E.eml
2026-04-05-E.eml
genchi-memos.txt
$ genchi export is:memo channel:fax --out ~/fax && ls ~/fax/memos | sed 's/-E[0-9]*/-E/'
Written to /home/hana/fax: 1 memo
2026-04-04-E.eml
genchi-memos.txt
$ genchi --archive ~/again import --me info@hasu.example ~/out >/dev/null 2>&1
$ [ "$(genchi status --fingerprint)" = "$(genchi --archive ~/again status --fingerprint)" ] && echo equal
equal
$ genchi --archive ~/again search is:confirmed 2>/dev/null | head -1
2026-04-02 10:30  phone [our memo, confirmed by the client]  相原 / …  5bc09f670a
$ genchi verify --full 2>&1 | tail -3
new journal with new hashes: for that, keep the hash of the last line elsewhere and compare. And what
never came in is not here.
Result: no damage, 0 notes
$ rm -r ~/.local/share/genchi/catalogue.db* ~/.local/share/genchi/index
$ genchi search is:confirmed 2>/dev/null | head -1
2026-04-02 10:30  phone [our memo, confirmed by the client]  相原 / …  5bc09f670a
$ genchi backup ~/copy 2>&1 | tail -1
/home/hana/copy: copied 90 kB, journal row 43
$ genchi --archive ~/copy search is:memo 2>/dev/null | grep -c 'our memo'
8

$ : "Times and lengths as people write them."
$ for when in 9:05 今朝9時 '午前7時半' '昨日15時' '一昨日 18:30' '3/30 13:00' '3月9日 9時5分' '2025年12月1日 10:00' '2026-04-01T10:30' '2026-03-31T10:30:00+09:00' '先週の金曜 17時'; do genchi memo --phone --client 原 --time "$when" --duration 90 "時刻 $when" --format json 2>&1 | keys time seconds 2>/dev/null || echo "$when: no"; done
"2026-04-05T09:05:00+09:00" 5400
"2026-04-05T09:00:00+09:00" 5400
"2026-04-05T07:30:00+09:00" 5400
"2026-04-04T15:00:00+09:00" 5400
"2026-04-03T18:30:00+09:00" 5400
"2026-03-30T13:00:00+09:00" 5400
"2026-03-09T09:05:00+09:00" 5400
"2025-12-01T10:00:00+09:00" 5400
"2026-04-01T10:30:00+09:00" 5400
"2026-03-31T10:30:00+09:00" 5400
"2026-03-27T17:00:00+09:00" 5400
$ for long in 12 12分 12min 1h '1時間5分' 1時間半 90秒 3:05 1:02:03 '１２分' 1分1時間 3:75 -5分 ''; do genchi memo --phone --client 原 --time 8:00 --duration "$long" "長さ $long" --format json 2>/dev/null | keys seconds 2>/dev/null | sed "s/^/$long: /"; done
12: 720
12分: 720
12min: 720
1h: 3600
1時間5分: 3900
1時間半: 5400
90秒: 90
3:05: 185
1:02:03: 3723
１２分: 720

$ : "What cannot be."
$ genchi memo --phone --client 知らない会社 'x'
genchi: no client is called "知らない会社"
        A memo goes to a client that has mail or LINE in the archive: import that first. `genchi clients` lists them.
[1]
$ genchi memo --client 土井 'x'
genchi: which channel?
        Say --phone, --meeting, --fax or --sms.
[2]
$ genchi memo --phone 'x'
genchi: which client?
        Say its number or a part of its name: --client 青葉
[2]
$ genchi memo --phone --client 土井
genchi: a memo without words
        Write what was said: genchi memo --phone --client 青葉 '納期は4/20でお願いしたいとのこと'; or - to read it from standard input.
[2]
$ genchi memo --phone --client 土井 --time '4/6 10:00' 'x'
genchi: --time: is 2025-04-06 10:00 meant?
        Say the year of what was more than half a year ago: 2024-04-01 10:30.
[2]
$ genchi memo --phone --client 土井 --time '明日 10:00' 'x'
genchi: --time: 2026-04-06 10:00 has not come yet
        A memo tells what was; for today's times the hour alone will do.
[2]
$ genchi memo --phone --client 土井 --time 'そのうち' 'x'
genchi: --time: "そのうち" is not a day and time
        Write it as 10:30, 昨日 15時, 4/1 10:30 or 2024-04-01 10:30.
[2]
$ genchi memo --phone --client 土井 --duration 長め 'x'
genchi: --duration: "長め" is no length of time
        Write it as 12分, 1時間5分, 12min or 3:05 (minutes and seconds).
[2]
$ genchi memo --supplement $answer 'x'
genchi: a84b5a0c63 is no memo
        `genchi search is:memo` lists them.
[2]
$ genchi memo --link $id $(id_of 件名:お見積り)
genchi: a5f2097310 is not from the client
        Only what the client wrote confirms a memo.
[2]
$ genchi memo --calls --link $id $answer
genchi: one thing at a time: a memo, --calls, --confirm-draft, --link or --unlink
[2]
