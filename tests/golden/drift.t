What downloads of one chat say against each other.

$ genchi import samples/line >/dev/null
Created the archive /home/hana/.local/share/genchi
$ genchi status --drift
LINE 美容室ミモザ
  佐々木さくら  dbe980b8ccf0f0e7
    2026-04-02 18:05  the name is "佐々木さくら" now; it was "さくら🌸" in the download of 2026-03-03 09:12.
    2026-04-02 18:05  has 1 message that the download of 2026-03-03 09:12 left out: perhaps unread then.
      2026-03-01 22:31  d64b3dcb6b
  木下 あかり  0c5b2389f9c07fb5
    2026-04-02 18:05  begins after 8 messages that the download of 2026-03-03 09:12 has: LINE has perhaps deleted them. They are kept here.
      2025-09-12 19:02 to 2025-09-20 17:10  4c85fae6b6  91cfd624da  a23c52f001
  田中  1075a21c6b5e17c6
    2026-04-02 18:05  another friend is called "田中" too: two chats, kept apart.
  田中  d5a27f6a017df3a8
    2026-04-02 18:05  another friend is called "田中" too: two chats, kept apart.
    2026-04-02 18:05  shows 1 message as taken back by the sender; the download of 2026-03-03 09:12 still has the words.
      2026-02-24 20:11  2887826e40
  髙橋 Mai  641e6aecb550d1d7
    2026-03-03 09:12  has lost characters in 1 message, as saving in Excel does; the download of 2026-03-03 09:12 has them whole.
      2026-01-24 16:20  5cf3019ce0
7 differences, 5 chats
$ genchi status --drift --account ミモザ --format json | grep '"case":"unsent"'
{"account":"美容室ミモザ","chat":{"key":"d5a27f6a017df3a8","name":"田中"},"download":{"source":"samples/line/line_oa_chat_csv_260402_180512.zip!/4_20251003_20260320_田中.csv","time":"2026-04-02T18:05:00+09:00"},"case":"unsent","rows":1,"first":"2026-02-24T20:11:47+09:00","last":"2026-02-24T20:11:47+09:00","other":{"source":"samples/line/2026-03/2_20251003_20260302_田中.csv","time":"2026-03-03T09:12:00+09:00"},"other_chat":null,"was":null,"now":null,"examples":[{"id":"2887826e40e4106c97690f94feda16c96e7f55df60d7b87fbaa7d0bb646d2212","sent":"2026-02-24T20:11:47+09:00","source":"samples/line/2026-03/2_20251003_20260302_田中.csv","offset":1210,"length":88}]}
$ genchi status --drift --account 駅前
genchi: no LINE account is called "駅前"
        `genchi status` lists them.
[1]
$ genchi import samples/line/2026-03 --account 駅前 --format json 2>/dev/null | grep -o '"drift":.*' | sort | uniq -c
      3 "drift":[],"unchanged":false}
      2 "drift":[{"case":"namesake","rows":0,"first":null,"last":null}],"unchanged":false}
$ genchi import 'samples/line/excel' --account 駅前 --format json 2>/dev/null | grep -o '"drift":.*'
"drift":[{"case":"damaged","rows":1,"first":"2026-01-24T16:20:35+09:00","last":"2026-01-24T16:20:35+09:00"}],"unchanged":false}
