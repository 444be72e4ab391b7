What a search says of itself: how words are understood, what was searched, and what a record of it holds.

$ mkdir -p ~/in ~/.config/genchi
$ mail() { printf 'From: %s\nTo: %s\nSubject: %s\nDate: %s\nMessage-ID: <%s@t>\nContent-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n\n%s\n' "$1" "$2" "$3" "$4" "$(echo "$*" | cksum | tr -d ' ')" "$5"; }
$ mail '柚木 かな <kana@yuzu.example>' 'info@hasu.example, 楠 まこと <makoto@kusu.example>' '請求と支払' 'Mon, 10 Mar 2025 10:00:00 +0900' '請求書を受け取りました。お支払いは月末です。' >~/in/1.eml
$ mail '柚木 かな <kana@yuzu.example>' 'info@hasu.example' 'アポロの件' 'Tue, 11 Mar 2025 10:00:00 +0900' 'アポロ計画の展示で、マイナスイオンのサーバを使います。代金は50,000円です。' >~/in/2.eml
$ mail 'info@hasu.example' '楠 まこと <makoto@kusu.example>' '見積' 'Wed, 12 Mar 2025 10:00:00 +0900' '見積と打合せの申込です。' >~/in/3.eml
$ genchi import ~/in --me info@hasu.example >/dev/null 2>&1
$ found() { genchi search "$@" --format json 2>/dev/null | wc -l; }

$ for query in '請求 -入金' '請求 -支払い' '見積もり*' 'サーバー*' 予約 マイナー '見積もりと打ち合わせのお申し込み' 五万円; do echo "$query: $(found "$query")"; done
請求 -入金: 1
請求 -支払い: 0
見積もり*: 1
サーバー*: 1
予約: 0
マイナー: 0
見積もりと打ち合わせのお申し込み: 1
五万円: 1
$ genchi search '見積もりと打ち合わせのお申し込み' --explain 2>&1 | sed -n 2p | cut -c 1-140
  "見積もりと打ち合わせのお申し込み": 見積もりと打ち合わせのお申し込み, 見積と打ち合わせのお申し
$ genchi search 'from:柚木 見積* 日付:去年' --explain 2>&1 | head -n 6
Understood as: from:"柚木" AND "見積"* AND date:2025-01-01..2025-12-31
  from:"柚木": clients called so: 柚木 かな (1)
  "見積"*: 見積, みつもり (and words that begin so)
    synonyms: quote, quotation, estimate
0 messages. mail up to the import of 2026-04-05 09:00
Searched:

$ genchi search '手付金 展示 取引先:楠' 2>&1
0 messages. mail up to the import of 2026-04-05 09:00
Understood as: "手付金" AND "展示" AND client:"楠"
  "手付金": 手付金, 手付け金, 手付き金
  "展示": 展示
  client:"楠": 楠 まこと (2)
Messages with each word alone: 手付金 0, 展示 0
Searched:
  mail                     2 messages  2025-03-10 – 2025-03-12
[1]
$ genchi mentions 手付金 '="お支払い"' '見積*' --client 楠 --since 去年 | sed 's/[0-9a-f]\{64\}/…/'
Record of a search
  made               2026-04-05 09:00
  archive            /home/hana/.local/share/genchi
  journal            6 rows; SHA-256 of the last …
  looked for         "手付金": in 0 messages
    spellings        手付金, 手付け金, 手付き金
    synonyms         none used
  looked for         ="お支払い": in 1 message
    spellings        letter for letter
    synonyms         none used
  looked for         "見積"*: in 1 message
    spellings        見積, みつもり (and words that begin so)
    synonyms         none used
  client             楠: 楠 まこと (2)
  since              去年: 2025-01-01
  searched           2 messages
    mail                     2 messages  2025-03-10 – 2025-03-12
  spam and trash     none
  not readable       nothing
  found              2 messages

2025-03-12 10:00  mail sent  info@hasu.example / 楠 まこと            6918463521
    Subject: 見積
    見積と打合せの申込です。

2025-03-10 10:00  mail received  柚木 かな                            38f126cb8d
    Subject: 請求と支払
    …お支払いは月末です。

This records what was searched in this archive, and how. It does not show that something was never said:
what was not imported, was spoken, or stands in a picture or an attached file is not in it.
$ genchi mentions 手付金 --client 楠 --format json | python3 -c 'import json, sys; row = json.load(sys.stdin); print(row["clients"], row["days"], row["hidden"], row["searched"]["messages"])'
['楠 まこと (2)'] {'first': None, 'last': None} {'messages': 0, 'searched': False} 2
$ genchi mentions 手付金 --format csv 2>/dev/null | tr -d '\r' | cut -d , -f 1-5
﻿id,account,channel,direction,sent
$ genchi search 手付金 --format csv 2>/dev/null | cut -d , -f 1-4
﻿id,account,channel,direction
$ genchi search 見積 --account どこか
genchi: no account of ours is called "どこか"
        `genchi status` lists them.
[1]
$ genchi mentions 手付金 --account どこか
genchi: no account of ours is called "どこか"
        `genchi status` lists them.
[1]

$ genchi search サーバー室ァ 2>&1 | grep like
Nothing has "サーバー室ァ"; what is like it: サーバ

$ printf '[searches]\n"誤り" = "見積 日付:きのうの前"\n"外" = "請求 @誤り"\n' >~/.local/share/genchi/genchi.toml
$ genchi search @外
genchi: in the saved search "@外": "きのうの前" is not a date
  見積 日付:きのうの前
            ^
        write for example 2024-04-01, 2024年4月, 去年, 2024-01..2024-03 or 2024-04..
[2]
$ genchi search 件名:@誤り
genchi: a saved search stands for whole queries, and cannot be the value of "subject:"
  件名:@誤り
       ^
        put it in "quotation marks" to look for these characters
[2]
$ genchi search "$(yes 見積 | head -n 60 | tr '\n' ' ')(請求 $(yes 納品 | head -n 60 | tr '\n' ' ')"
genchi: this "(" is never closed
  …見積 見積 見積 見積 見積 見積 見積 見積 見積 見積 (請求 納品 納品 納品 納品…
                                                     ^
        put it in "quotation marks" to look for these characters
[2]
$ genchi search -見積
genchi: this does not belong here: -見積 (a query that begins with - stands after --, as in: genchi search -- -見積)
        `genchi --help` and `genchi COMMAND --help` show how.
[2]

$ genchi search --per conversation --limit 1 2>&1 | tail -n 1 | cut -d . -f 1
3 conversations, 1 shown (--limit 0 shows all)
