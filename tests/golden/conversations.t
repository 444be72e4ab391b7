Words that stand in different messages of one conversation.

$ mkdir ~/line
$ printf '%s\r\n' 'アカウント名,みどり印房' "タイムゾーン,'+09:00" 'ダウンロード日時,2026/03/03 09:12' '送信者タイプ,送信者名,送信日,送信時刻,内容' \
  'User,花田 ゆい,2026/02/10,10:00:05,ロゴ入りの箸袋の見積をお願いできますか' \
  'Account,三浦,2026/02/10,10:12:40,500枚でよろしいですか' \
  'User,花田 ゆい,2026/02/10,10:13:02,はい' \
  'Account,三浦,2026/02/10,10:20:31,それでしたら5万円です' \
  'User,花田 ゆい,2026/02/10,10:21:55,OKです' \
  'User,花田 ゆい,2026/02/20,18:00:00,先日はありがとうございました' >"$HOME/line/1_20260210_20260220_花田 ゆい.csv"
$ printf '%s\r\n' 'アカウント名,みどり印房' "タイムゾーン,'+09:00" 'ダウンロード日時,2026/03/03 09:12' '送信者タイプ,送信者名,送信日,送信時刻,内容' \
  'User,森 かえで,2026/02/11,09:00:00,見積を見ました' \
  'Account,三浦,2026/02/12,09:00:00,いかがでしたか' \
  'User,森 かえで,2026/02/14,09:00:00,5万円なら' \
  'Account,三浦,2026/02/15,09:00:00,OKです。承ります' \
  'User,森 かえで,2026/02/25,09:00:00,5万円でOKの見積書が届きません' >"$HOME/line/2_20260211_20260225_森 かえで.csv"
$ printf '%s\n' 'From kaji@example.jp Mon Feb  2 09:00:00 2026' 'From: 梶 <kaji@example.jp>' 'To: info@midori.example.jp' \
  'Date: Mon, 02 Feb 2026 09:00:00 +0900' 'Message-ID: <1@example.jp>' 'Subject: Mitsumori no ken' 'Content-Type: text/plain; charset=utf-8' '' \
  '封筒の見積をください。予算は5万円です。' '' 'From info@midori.example.jp Wed Feb  4 09:00:00 2026' 'From: info@midori.example.jp' \
  'To: kaji@example.jp' 'Date: Wed, 04 Feb 2026 09:00:00 +0900' 'Message-ID: <2@midori.example.jp>' 'In-Reply-To: <1@example.jp>' \
  'Subject: Re: Mitsumori no ken' 'Content-Type: text/plain; charset=utf-8' '' '承りました。その額でOKです。' >~/mail.mbox
$ genchi import ~/line ~/mail.mbox >/dev/null 2>&1

$ genchi search '見積 5万円 OK'
2026-02-25 09:00  LINE received  森 かえで                            37efe62a40
    5万円でOKの見積書が届きません

The words stand in different messages of one conversation:

2026-02-10 10:00  LINE received  花田 ゆい                            e625047020
    ロゴ入りの箸袋の見積をお願いできますか
2026-02-10 10:20  LINE sent  三浦 / 花田 ゆい                         15f58296f0
    それでしたら5万円です
2026-02-10 10:21  LINE received  花田 ゆい                            146ef12201
    OKです

2026-02-02 09:00  mail received  梶                                   d22e213a74
    Subject: Mitsumori no ken
    封筒の見積をください。予算は5万円です。
2026-02-04 09:00  mail received  info@midori.example.jp / midori.ex…  72397cd2d1
    Subject: Re: Mitsumori no ken
    …その額でOKです。

2026-02-11 09:00  LINE received  森 かえで                            a6c929b392
    見積を見ました
2026-02-14 09:00  LINE received  森 かえで                            48c34e311b
    5万円なら
2026-02-15 09:00  LINE sent  三浦 / 森 かえで                         a2e824519c
    OKです。承ります

1 message, 3 conversations with the words in different messages. LINE up to the download of 2026-03-03 09:12, mail up to the import of 2026-04-05 09:00
$ genchi search '見積 5万円 OK' --per message
2026-02-25 09:00  LINE received  森 かえで                            37efe62a40
    5万円でOKの見積書が届きません

1 message. LINE up to the download of 2026-03-03 09:12, mail up to the import of 2026-04-05 09:00
$ genchi search '見積 5万円 OK' --limit 2
2026-02-25 09:00  LINE received  森 かえで                            37efe62a40
    5万円でOKの見積書が届きません

The words stand in different messages of one conversation:

2026-02-10 10:00  LINE received  花田 ゆい                            e625047020
    ロゴ入りの箸袋の見積をお願いできますか
2026-02-10 10:20  LINE sent  三浦 / 花田 ゆい                         15f58296f0
    それでしたら5万円です
2026-02-10 10:21  LINE received  花田 ゆい                            146ef12201
    OKです

1 message, 3 conversations with the words in different messages, 2 shown (--limit 0 shows all). LINE up to the download of 2026-03-03 09:12, mail up to the import of 2026-04-05 09:00
$ genchi search '見積 5万円 OK' --limit 1
2026-02-25 09:00  LINE received  森 かえで                            37efe62a40
    5万円でOKの見積書が届きません

1 message. LINE up to the download of 2026-03-03 09:12, mail up to the import of 2026-04-05 09:00
$ genchi search '見積 5万円 OK' --per conversation --until 2026-02-16
The words stand in different messages of one conversation:

2026-02-10 10:00  LINE received  花田 ゆい                            e625047020
    ロゴ入りの箸袋の見積をお願いできますか
2026-02-10 10:20  LINE sent  三浦 / 花田 ゆい                         15f58296f0
    それでしたら5万円です
2026-02-10 10:21  LINE received  花田 ゆい                            146ef12201
    OKです

2026-02-02 09:00  mail received  梶                                   d22e213a74
    Subject: Mitsumori no ken
    封筒の見積をください。予算は5万円です。
2026-02-04 09:00  mail received  info@midori.example.jp / midori.ex…  72397cd2d1
    Subject: Re: Mitsumori no ken
    …その額でOKです。

2026-02-11 09:00  LINE received  森 かえで                            a6c929b392
    見積を見ました
2026-02-14 09:00  LINE received  森 かえで                            48c34e311b
    5万円なら
2026-02-15 09:00  LINE sent  三浦 / 森 かえで                         a2e824519c
    OKです。承ります

3 conversations with the words in different messages. LINE up to the download of 2026-03-03 09:12, mail up to the import of 2026-04-05 09:00

$ genchi search '見積 5万円 OK' --until 2026-02-16
The words stand in different messages of one conversation:

2026-02-10 10:00  LINE received  花田 ゆい                            e625047020
    ロゴ入りの箸袋の見積をお願いできますか
2026-02-10 10:20  LINE sent  三浦 / 花田 ゆい                         15f58296f0
    それでしたら5万円です
2026-02-10 10:21  LINE received  花田 ゆい                            146ef12201
    OKです

2026-02-02 09:00  mail received  梶                                   d22e213a74
    Subject: Mitsumori no ken
    封筒の見積をください。予算は5万円です。
2026-02-04 09:00  mail received  info@midori.example.jp / midori.ex…  72397cd2d1
    Subject: Re: Mitsumori no ken
    …その額でOKです。

2026-02-11 09:00  LINE received  森 かえで                            a6c929b392
    見積を見ました
2026-02-14 09:00  LINE received  森 かえで                            48c34e311b
    5万円なら
2026-02-15 09:00  LINE sent  三浦 / 森 かえで                         a2e824519c
    OKです。承ります

0 messages, 3 conversations with the words in different messages. LINE up to the download of 2026-03-03 09:12, mail up to the import of 2026-04-05 09:00
$ genchi search '見積 5万円 OK' --channel mail -C 1
The words stand in different messages of one conversation:

> 2026-02-02 09:00  mail received  梶                                 d22e213a74
    Subject: Mitsumori no ken
    封筒の見積をください。予算は5万円です。
> 2026-02-04 09:00  mail received  info@midori.example.jp / midori.…  72397cd2d1
    Subject: Re: Mitsumori no ken
    …その額でOKです。

0 messages, 1 conversation with the words in different messages. LINE up to the download of 2026-03-03 09:12, mail up to the import of 2026-04-05 09:00
$ genchi search '見積 5万円 OK -はい' --until 2026-02-13
The words stand in different messages of one conversation:

2026-02-10 10:00  LINE received  花田 ゆい                            e625047020
    ロゴ入りの箸袋の見積をお願いできますか
2026-02-10 10:20  LINE sent  三浦 / 花田 ゆい                         15f58296f0
    それでしたら5万円です
2026-02-10 10:21  LINE received  花田 ゆい                            146ef12201
    OKです

2026-02-02 09:00  mail received  梶                                   d22e213a74
    Subject: Mitsumori no ken
    封筒の見積をください。予算は5万円です。
2026-02-04 09:00  mail received  info@midori.example.jp / midori.ex…  72397cd2d1
    Subject: Re: Mitsumori no ken
    …その額でOKです。

0 messages, 2 conversations with the words in different messages. LINE up to the download of 2026-03-03 09:12, mail up to the import of 2026-04-05 09:00
$ genchi search '見積 5万円 OK' --client 花田 --since 2026-02-20
0 messages. LINE up to the download of 2026-03-03 09:12, mail up to the import of 2026-04-05 09:00
Understood as: "見積" AND "5万円" AND "OK" AND client:"花田" AND date:2026-02-20..
  "見積": 見積, みつもり
    synonyms: quote, quotation, estimate
  "5万円": 5万円, 50000円, 50,000円, 五万円
  "OK": OK
  client:"花田": 花田 ゆい (3)
Messages with each word alone: 見積 0, 5万円 0, OK 0
Searched:
  LINE みどり印房          1 message  2026-02-20 – 2026-02-20
  LINE is known up to the download of 2026-03-03 09:12
[1]

$ genchi search '見積 5万円 OK' --channel line --format json 2>/dev/null | grep -o '"sent":"[^"]*"\|"spread":true'
"sent":"2026-02-25T09:00:00+09:00"
"sent":"2026-02-10T10:00:05+09:00"
"spread":true
"sent":"2026-02-10T10:20:31+09:00"
"spread":true
"sent":"2026-02-10T10:21:55+09:00"
"spread":true
"sent":"2026-02-11T09:00:00+09:00"
"spread":true
"sent":"2026-02-14T09:00:00+09:00"
"spread":true
"sent":"2026-02-15T09:00:00+09:00"
"spread":true
$ genchi search '見積 5万円 OK' --channel line --format csv 2>/dev/null | python3 -c \
  'import csv, sys; [print(row["sent"], row["spread"]) for row in csv.DictReader(sys.stdin)]'
2026-02-25T09:00:00+09:00 
2026-02-10T10:00:05+09:00 true
2026-02-10T10:20:31+09:00 true
2026-02-10T10:21:55+09:00 true
2026-02-11T09:00:00+09:00 true
2026-02-14T09:00:00+09:00 true
2026-02-15T09:00:00+09:00 true
$ genchi search '見積 5万円 OK' --channel line --per conversation --format json 2>/dev/null | python3 -c \
  'import json, sys; [print({k: [m["sent"] for m in v] if k == "messages" else v for k, v in json.loads(row).items()}) for row in sys.stdin]'
{'conversation': 'fd1ba8cf560ffe38', 'client': {'id': 4, 'name': '森 かえで'}, 'channel': 'line', 'from': '2026-02-25T09:00:00+09:00', 'until': '2026-02-25T09:00:00+09:00', 'words': ['見積', '5万円', 'OK'], 'messages': ['2026-02-25T09:00:00+09:00']}
{'conversation': 'e479f9d1f38bd913', 'client': {'id': 3, 'name': '花田 ゆい'}, 'channel': 'line', 'from': '2026-02-10T10:00:05+09:00', 'until': '2026-02-10T10:21:55+09:00', 'words': ['見積', '5万円', 'OK'], 'spread': True, 'messages': ['2026-02-10T10:00:05+09:00', '2026-02-10T10:20:31+09:00', '2026-02-10T10:21:55+09:00']}
{'conversation': '42067e33036a394a', 'client': {'id': 4, 'name': '森 かえで'}, 'channel': 'line', 'from': '2026-02-11T09:00:00+09:00', 'until': '2026-02-15T09:00:00+09:00', 'words': ['見積', '5万円', 'OK'], 'spread': True, 'messages': ['2026-02-11T09:00:00+09:00', '2026-02-14T09:00:00+09:00', '2026-02-15T09:00:00+09:00']}
$ genchi search '見積 5万円 OK' --channel line --per conversation --format csv 2>/dev/null | cut -d , -f 2-6
client,channel,from,until,words
森 かえで,line,2026-02-25T09:00:00+09:00,2026-02-25T09:00:00+09:00,見積; 5万円; OK
花田 ゆい,line,2026-02-10T10:00:05+09:00,2026-02-10T10:21:55+09:00,見積; 5万円; OK
森 かえで,line,2026-02-11T09:00:00+09:00,2026-02-15T09:00:00+09:00,見積; 5万円; OK
$ genchi search 見積 --per thread 2>&1 | head -n 1
genchi: wrong usage: --per: thread not in {message,conversation}
