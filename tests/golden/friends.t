What friend lists of Liny, Lステップ and エルメ say goes to the clients they fit, and to nobody else.

$ mkdir -p ~/.config/genchi; echo 'name = "藤井"' >~/.config/genchi/config.toml
$ genchi import samples/mail samples/line --me info@tsubame-web.example >/dev/null 2>&1
$ for list in samples/friends/*; do genchi clients import "$list" --dry-run; done 2>&1
line 3  木下 あかり  → 木下 あかり (10, LINE name, full name)  6 entries
line 5  田中  2 clients may be meant: 田中 (11), 田中 (14)
line 6  佐々木さくら  → 佐々木さくら (13, LINE name, full name)  5 entries
line 7  髙橋 Mai  → 髙橋 Mai (12, LINE name, full name)  5 entries
line 8  もりた  no client
line 9  ミモザ三浦  → 美容室ミモザ 三浦 (7, mail address)  3 entries
4 of 6 friends are clients in the archive; nothing was written (--dry-run)
line 3  青葉建設 佐藤様  → aoba-kensetsu.example (1, full name)  5 entries
line 4  さくら?  → 佐々木さくら (13, LINE name)  1 entry
line 5  川瀬 みつ  → 川瀬 みつ (5, full name)  3 entries
line 6  パン工房こむぎ  no client
3 of 4 friends are clients in the archive; nothing was written (--dry-run)
line 3  みさき☕  → 青木 美咲 (6, mail address, full name)  6 entries
line 4  髙﨑  no client
line 5  ゆうと🐟  no client
1 of 3 friends are clients in the archive; nothing was written (--dry-run)
$ genchi clients --assignee - --format json 2>/dev/null | wc -l
14
$ genchi clients import samples/friends/member_20260402.csv --account 美容室ミモザ 2>&1 | tail -n 1
4 of 6 friends are clients in the archive
$ genchi clients import samples/friends/member_202604021830_20260402183102.csv 2>&1 | tail -n 1
3 of 4 friends are clients in the archive
$ genchi clients import samples/friends/友だち一覧.csv --by 三宅 --format json 2>/dev/null | cut -c 1-110
{"line":3,"friend":"みさき☕","outcome":"one","clients":[{"id":6,"name":"青木 美咲","by":["address","f
{"line":4,"friend":"髙﨑","outcome":"none","clients":[],"written":0}
{"line":5,"friend":"ゆうと🐟","outcome":"none","clients":[],"written":0}
$ genchi clients show 木下
10  木下 あかり
  Kind     private person (guessed)
  Known by LINE chat 0c5b2389f9c07fb5
  Account  美容室ミモザ
  Mark     対応中
  Assignee 石田
  Tags     縮毛矯正
  電話番号 090-0000-0110
  Messages 25, 2025-09-12 – 2026-04-02
$ genchi note 木下 | tail -n 12
  Mark     対応中
  Assignee 石田
  Tags     縮毛矯正
  Note 57  2026-04-05 09:00  藤井
    髪質: 強いくせ毛
    5月も縮毛矯正の予定
History:
  2026-04-05 09:00 藤井 Mark     対応中
  2026-04-05 09:00 藤井 Assignee 石田
  2026-04-05 09:00 藤井 Tag      +縮毛矯正
  2026-04-05 09:00 藤井 電話番号 090-0000-0110
  2026-04-05 09:00 藤井 Note 57  髪質: 強いくせ毛 5月も縮毛矯正の予定
$ genchi clients import samples/friends/member_20260402.csv 2>&1 | grep -c 'nothing new'
4
$ genchi marks | tail -n 3
 8 クレーム
 9 対応中
10 要連絡
$ genchi clients --tag VIP 2>/dev/null | cut -c 1-40
$ genchi clients import samples/line/2026-03/1_20250912_20260302_木下\ あかり.csv
genchi: samples/line/2026-03/1_20250912_20260302_木下 あかり.csv: this is the download of a LINE chat, not a list of friends: read it with `genchi import`
        Friend lists are those of Liny, Lステップ and エルメ, or a CSV with a row of headings. Chats go in with `genchi import`.
[2]
$ printf '登録ID,,,\nID,表示名,対応マーク,友だち追加日時\n5,=cmd(),要対応,昨日\n,,,\n' >~/odd.csv; genchi clients import ~/odd.csv
line 3  =cmd()  no client
/home/hana/odd.csv, line 3: 友だち追加日時: “昨日” is no time
0 of 1 friends are clients in the archive
[3]
$ genchi verify --full 2>/dev/null | tail -n 1
Result: no damage, 0 notes

$ mkdir ~/two; other() { printf '\357\273\277アカウント名,%s\r\nタイムゾーン,+09:00\r\nダウンロード日時,2026/04/04 18:00\r\n送信者タイプ,送信者名,送信日,送信時刻,内容\r\nUser,%s,2026/03/26,09:31:00,%s\r\n' "$@"; }
$ other 写真館ひなた もりた 7日に伺います >~/two/1_20260326_20260326_もりた.csv; genchi import ~/two >/dev/null 2>&1
$ genchi clients import samples/friends/member_20260402.csv
genchi: the list is of one LINE account, and several are held
        Say --account, which is one of: 写真館ひなた, 美容室ミモザ
[2]
$ genchi clients import samples/friends/member_20260402.csv --account 工房 --dry-run
genchi: no LINE account is called "工房"
        `genchi status` lists them.
[1]
$ genchi clients import samples/friends/member_20260402.csv --account ミモザ --dry-run 2>&1 | grep もりた
line 8  もりた  no client
$ genchi clients import samples/friends/member_20260402.csv --account 写真 --dry-run 2>&1 | grep もりた
line 8  もりた  → もりた (15, LINE name)  nothing new
