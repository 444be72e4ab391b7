Talks that the LINE app saved, alone and beside the download of the same chat.

$ genchi import --dry-run samples/line_app
samples/line_app/[LINE] 春祭り実行委員のトーク.txt (line-talk): 1 read = 0 new + 0 known + 1 set aside
  chat 春祭り実行委員
  which of its names is yours cannot be told (三浦, 中村, 田所): import it again with --me and that name
samples/line_app/[LINE] 木下 あかりとのトーク.txt (line-talk): 19 read = 19 new + 0 known + 0 set aside
  account LINE, chat 木下 あかり, 2026-01-15 to 2026-04-03
samples/line_app/[LINE]商店街 中村.txt (line-talk): 5 read = 5 new + 0 known + 0 set aside
  account LINE, chat 商店街 中村, 2026-03-30 to 2026-03-31
Total: 25 read = 24 new + 0 known + 1 set aside
Nothing was written: this is what an import would bring.
[3]
$ find "$HOME" -type f
$ genchi import samples/line_app --lang ja
保管庫 /home/hana/.local/share/genchi を作成しました
samples/line_app/[LINE] 春祭り実行委員のトーク.txt (line-talk): 読み取り 1 = 新規 0 + 保管済み 0 + 読み取れず原本のみ保管 1
  [LINE] 春祭り実行委員のトーク.txt: どれが自分の名前か分かりません（三浦, 中村, 田所）。--me にその名前を付けてもう一度取り込んでください
samples/line_app/[LINE] 木下 あかりとのトーク.txt (line-talk): 読み取り 19 = 新規 19 + 保管済み 0 + 読み取れず原本のみ保管 0
samples/line_app/[LINE]商店街 中村.txt (line-talk): 読み取り 5 = 新規 5 + 保管済み 0 + 読み取れず原本のみ保管 0
合計: 読み取り 25 = 新規 24 + 保管済み 0 + 読み取れず原本のみ保管 1
読み取れなかったものは上に示しました。内容を取り出せたものは、原本のまま保管庫にあります。
[3]
$ genchi import samples/line_app --me 三浦
samples/line_app/[LINE] 春祭り実行委員のトーク.txt (line-talk): 3 read = 3 new + 0 known + 0 set aside
2 files held nothing new
Total: 27 read = 3 new + 24 known + 0 set aside
$ genchi import samples/line_app --me 三浦
3 files held nothing new
Total: 27 read = 0 new + 27 known + 0 set aside
$ genchi search 駐車場
2026-04-03 09:12  LINE received  木下 あかり                          9d050f1e54
    "当日"は駐車場を使えますか？

1 message. LINE up to the download of 2026-04-04 18:31
$ genchi search 駐車場 --format json 2>/dev/null | grep -o '"direction":"[a-z]*","sent":"[^"]*"\|"flags":\[[^]]*\]'
"direction":"in","sent":"2026-04-03T09:12:00+09:00"
"flags":["minute"]
$ genchi show $(genchi search 駐車場 --format json 2>/dev/null | grep -o '"id":"[0-9a-f]*"' | cut -c7-16 | head -1)
From       木下 あかり
To         LINE
Sent       2026-04-03T09:12+09:00
Client     木下 あかり (1)
Channel    LINE, received, LINE
Original   samples/line_app/[LINE] 木下 あかりとのトーク.txt, byte 1816, 65 bytes
SHA-256    097d376701ba82f5c6733371716db0d7509a9608910776c27ca99754a77dc5d2
Id         9d050f1e542a919f73a97e75cdb29a55323c75987e77a2932e14edf5671a3abe

"当日"は駐車場を使えますか？
$ genchi search 開場
2026-03-30 18:20  LINE received  商店街 中村                          2cc14ec994
    …10:00 開場 15:00 片付け

1 message. LINE up to the download of 2026-04-04 18:31
$ genchi timeline 木下 --since 2026-04-03
2026-04-03 (Fri) ---------------------------------------------------------------
09:12  LINE   received  木下 あかり                                   9d050f1e54
       "当日"は駐車場を使えますか？
09:40  LINE   sent  美容室ミモザ                                      160bf2399b
       はい、店の裏に2台分あります
09:41  LINE   sent  美容室ミモザ                                      261207e3e4
       ☎ 通話時間 1:12
09:44  LINE   sent  美容室ミモザ [unsent]                             5b3d48616a
       メッセージの送信を取り消しました

4 messages. LINE up to the download of 2026-04-04 18:31
$ genchi import --dry-run samples/line/line_oa_chat_csv_260402_180512.zip
samples/line/line_oa_chat_csv_260402_180512.zip!/1_20251120_20260325_田中.csv (line-oa): 13 read = 13 new + 0 known + 0 set aside
  account 美容室ミモザ, chat 田中, 2025-11-20 to 2026-03-25
samples/line/line_oa_chat_csv_260402_180512.zip!/2_20251201_20260402_木下 あかり.csv (line-oa): 17 read = 2 new + 15 known + 0 set aside
  account 美容室ミモザ, chat 木下 あかり, 2025-12-01 to 2026-04-02
samples/line/line_oa_chat_csv_260402_180512.zip!/3_20251108_20260314_佐々木さくら.csv (line-oa): 17 read = 17 new + 0 known + 0 set aside
  account 美容室ミモザ, chat 佐々木さくら, 2025-11-08 to 2026-03-14
samples/line/line_oa_chat_csv_260402_180512.zip!/4_20251003_20260320_田中.csv (line-oa): 16 read = 16 new + 0 known + 0 set aside
  account 美容室ミモザ, chat 田中, 2025-10-03 to 2026-03-20
samples/line/line_oa_chat_csv_260402_180512.zip!/5_20251018_20260308_髙橋 Mai.csv (line-oa): 17 read = 17 new + 0 known + 0 set aside
  account 美容室ミモザ, chat 髙橋 Mai, 2025-10-18 to 2026-03-08
Total: 80 read = 65 new + 15 known + 0 set aside
Nothing was written: this is what an import would bring.
$ genchi import samples/line/line_oa_chat_csv_260402_180512.zip
samples/line/line_oa_chat_csv_260402_180512.zip!/1_20251120_20260325_田中.csv (line-oa): 13 read = 13 new + 0 known + 0 set aside
samples/line/line_oa_chat_csv_260402_180512.zip!/2_20251201_20260402_木下 あかり.csv (line-oa): 17 read = 2 new + 15 known + 0 set aside
samples/line/line_oa_chat_csv_260402_180512.zip!/3_20251108_20260314_佐々木さくら.csv (line-oa): 17 read = 17 new + 0 known + 0 set aside
samples/line/line_oa_chat_csv_260402_180512.zip!/4_20251003_20260320_田中.csv (line-oa): 16 read = 16 new + 0 known + 0 set aside
samples/line/line_oa_chat_csv_260402_180512.zip!/5_20251018_20260308_髙橋 Mai.csv (line-oa): 17 read = 17 new + 0 known + 0 set aside
Total: 80 read = 65 new + 15 known + 0 set aside
Downloads of one chat differ: friends of one name 2. Nothing is lost by it; `genchi status --drift` shows each.
$ genchi show $(genchi search '"承りました" from:三浦 5月10日' --format json 2>/dev/null | grep -o '"id":"[0-9a-f]*"' | cut -c7-16 | head -1)
From       三浦
To         木下 あかり
Sent       2026-04-02T12:31:09+09:00
Client     木下 あかり (1)
Channel    LINE, sent, 美容室ミモザ
Read       16,500 yen  tax included  agreed  “縮毛矯正”
           2026-05-10 (Sun) 13:00  appointment
           acceptance
Original   samples/line/line_oa_chat_csv_260402_180512.zip!/2_20251201_20260402_木下 あかり.csv, byte 2255, 116 bytes
SHA-256    522f62b3f26eb73a6964259bdc177b4bf6c75ea51af9fac54c8a43ccddec2d08
Also in    samples/line_app/[LINE] 木下 あかりとのトーク.txt, byte 1696, 103 bytes
Id         4d889365b516c4edf0b2600d83255b0fa3e1ad31da72ba4750f1ff0a2d770997

5月10日(日)13:00、縮毛矯正 16,500円（税込）で承りました。
$ genchi clients | grep 木下
7 clients. LINE up to the download of 2026-04-04 18:31
   1  木下 あかり                 LINE   2026-04-03    21 messages  美容室ミモザ
$ genchi import samples/line >/dev/null; genchi status --fingerprint
0180e9bf8dbfbd6f5dd1ae871832e8d260a1061ebf37580fd3e29697930449f9
$ genchi --archive "$HOME/other" import samples/line >/dev/null 2>&1; genchi --archive "$HOME/other" import samples/line_app --me 三浦; genchi --archive "$HOME/other" status --fingerprint
samples/line_app/[LINE] 春祭り実行委員のトーク.txt (line-talk): 3 read = 3 new + 0 known + 0 set aside
samples/line_app/[LINE] 木下 あかりとのトーク.txt (line-talk): 19 read = 4 new + 15 known + 0 set aside
samples/line_app/[LINE]商店街 中村.txt (line-talk): 5 read = 5 new + 0 known + 0 set aside
Total: 27 read = 12 new + 15 known + 0 set aside
0180e9bf8dbfbd6f5dd1ae871832e8d260a1061ebf37580fd3e29697930449f9
$ genchi verify --full | tail -1
Result: no damage, 0 notes
$ genchi export --out "$HOME/out" >/dev/null 2>&1; genchi --archive "$HOME/second" import "$HOME/out" >/dev/null 2>&1; genchi --archive "$HOME/second" status --fingerprint
0180e9bf8dbfbd6f5dd1ae871832e8d260a1061ebf37580fd3e29697930449f9
$ mkdir "$HOME/cut" && head -c 700 samples/line_app/*木下*.txt > "$HOME/cut/[LINE] 木下 あかりとのトーク.txt" && genchi --archive "$HOME/third" import "$HOME/cut" 2>/dev/null
/home/hana/cut/[LINE] 木下 あかりとのトーク.txt (line-talk): 7 read = 7 new + 0 known + 0 set aside
  line 15: the file ends here without a line end: this message may be cut off
Total: 7 read = 7 new + 0 known + 0 set aside
[3]
$ printf '\n\n迷子の行\n' >> "$HOME/cut/[LINE] 木下 あかりとのトーク.txt" && genchi --archive "$HOME/third" import "$HOME/cut"
/home/hana/cut/[LINE] 木下 あかりとのトーク.txt (line-talk): 8 read = 0 new + 7 known + 1 set aside
  line 17: a line that is no part of a message
Total: 8 read = 0 new + 7 known + 1 set aside
What could not be read is named above; its bytes are kept in the archive where they could be had at all.
[3]
$ printf '[LINE] Chat history with Mio\n\nSat, 09/05/2026\n8:15AM\tMio\thello\n' > "$HOME/en.txt"; genchi --archive "$HOME/third" import "$HOME/en.txt"
/home/hana/en.txt (line-talk): 1 read = 0 new + 0 known + 1 set aside
  en.txt: whether the day or the month comes first in its dates cannot be told from the weekdays: import it again with --dates day-first or --dates month-first
Total: 1 read = 0 new + 0 known + 1 set aside
What could not be read is named above; its bytes are kept in the archive where they could be had at all.
[3]
$ genchi --archive "$HOME/third" import "$HOME/en.txt" --dates day-first
/home/hana/en.txt (line-talk): 1 read = 1 new + 0 known + 0 set aside
Total: 1 read = 1 new + 0 known + 0 set aside
$ genchi --archive "$HOME/third" search hello 2>/dev/null
2026-05-09 08:15  LINE received  Mio                                  00fc5e4373
    hello
$ genchi --archive "$HOME/third" import "$HOME/en.txt" --dates month-first
1 file held nothing new
Total: 1 read = 0 new + 1 known + 0 set aside
$ genchi --archive "$HOME/third" search hello 2>/dev/null
2026-09-05 08:15  LINE received  Mio                                  a7a7f46709
    hello
