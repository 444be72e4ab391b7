Files of LINE that are cut off, that lack their head, of two accounts of one name, and what only a person can say.

$ cd "$HOME" && S=$OLDPWD && say() { local chat=$1; shift; for n in 1 2 3 4 5 6; do printf '%s\tUser\t%s\t2026-03-0%d 10:1%d:0%d\t%s\n' "$chat" "$chat" $n $n $n "$*の件、$n回目のご連絡です"; done; }; (say 田中 歯の検診; say 青木 矯正; say 井上 歯ブラシ) > dental.txt; (say 田中 髪のカラー; say 今村 カット; say 上田 着付け) > salon.txt
$ $S/tests/support/line_download --made '2026-03-10 18:00' dental.txt dental.zip; $S/tests/support/line_download --made '2026-03-10 18:40' salon.txt salon.zip; $S/tests/support/line_download --made '2026-03-17 18:00' dental.txt dental2.zip
$ genchi import dental.zip dental2.zip 2>&1 | tail -3
dental.zip!/3_20260301_20260306_井上.csv (line-oa): 6 read = 6 new + 0 known + 0 set aside
3 files held nothing new
Total: 36 read = 18 new + 18 known + 0 set aside
$ genchi import salon.zip
salon.zip!/1_20260301_20260306_田中.csv (line-oa): 6 read = 6 new + 0 known + 0 set aside
salon.zip!/2_20260301_20260306_今村.csv (line-oa): 6 read = 6 new + 0 known + 0 set aside
salon.zip!/3_20260301_20260306_上田.csv (line-oa): 6 read = 6 new + 0 known + 0 set aside
Total: 18 read = 18 new + 0 known + 0 set aside
Downloads of one chat differ: friends of one name 2, perhaps two accounts of one name 2. Nothing is lost by it; `genchi status --drift` shows each.
$ genchi status --drift
LINE みどり歯科
  上田  3ea694cbb3ed335c
    2026-03-10 18:40  none of its chats is in the download of 2026-03-10 18:00, nor the other way round: perhaps two accounts of one name. What one of them has is better imported with --account NAME.
  田中  71a8ae3e8618c804
    2026-03-17 18:00  another friend is called "田中" too: two chats, kept apart.
  田中  d3039848c6ff771e
    2026-03-10 18:40  another friend is called "田中" too: two chats, kept apart.
  青木  ac09d98190670cbb
    2026-03-17 18:00  none of its chats is in the download of 2026-03-10 18:40, nor the other way round: perhaps two accounts of one name. What one of them has is better imported with --account NAME.
4 differences, 4 chats
$ genchi status --drift --lang ja 2>/dev/null | grep アカウント
    2026-03-10 18:40  このダウンロードのトークは2026-03-10 18:00のダウンロードに1つもなく、逆も同じです。同じ名前の2つのアカウントかもしれません。片方は --account 名前 を付けて取り込んでください。
    2026-03-17 18:00  このダウンロードのトークは2026-03-10 18:40のダウンロードに1つもなく、逆も同じです。同じ名前の2つのアカウントかもしれません。片方は --account 名前 を付けて取り込んでください。
$ genchi clients 2>/dev/null | grep 田中
   1  田中                        LINE   2026-03-06     6 messages  みどり歯科
   6  田中                        LINE   2026-03-06     6 messages  みどり歯科
$ genchi --archive apart import dental.zip >/dev/null 2>&1; genchi --archive apart import salon.zip --account みどり歯科サロン 2>/dev/null | tail -2; genchi --archive apart status --drift
salon.zip!/3_20260301_20260306_上田.csv (line-oa): 6 read = 6 new + 0 known + 0 set aside
Total: 18 read = 18 new + 0 known + 0 set aside
No download of a chat lacks or adds anything against another.
$ $S/tests/support/line_download --chat 田中 --made '2026-03-10 18:00' dental.txt 20260301_20260306_田中.csv; mkdir half rows; head -c 380 20260301_20260306_田中.csv > half/20260301_20260306_田中.csv; genchi --archive cut import half
Created the archive cut
half/20260301_20260306_田中.csv (line-oa): 3 read = 3 new + 0 known + 0 set aside
  line 7: the file ends here without a line end: this message may be cut off
Total: 3 read = 3 new + 0 known + 0 set aside
[3]
$ genchi --archive cut import 20260301_20260306_田中.csv; genchi --archive cut search --limit 0 --format json channel:line 2>/dev/null | wc -l
20260301_20260306_田中.csv (line-oa): 6 read = 3 new + 3 known + 0 set aside
Total: 6 read = 3 new + 3 known + 0 set aside
Downloads of one chat differ: unread before 1, characters lost 1. Nothing is lost by it; `genchi status --drift` shows each.
6
$ tail -n +5 20260301_20260306_田中.csv > rows/download.csv; genchi --archive headless import rows
Created the archive headless
rows/download.csv (unknown): 1 read = 0 new + 0 known + 1 set aside
  rows of a LINE download, but not the four lines before them (account, time zone, download, header): download it again, or put them back
Total: 1 read = 0 new + 0 known + 1 set aside
What could not be read is named above; its bytes are kept in the archive where they could be had at all.
[3]
$ genchi --archive headless import rows --lang ja 2>/dev/null | head -2
rows/download.csv (unknown): 読み取り 1 = 新規 0 + 保管済み 0 + 読み取れず原本のみ保管 1
  LINEのダウンロードの行ですが、その前の4行(アカウント名、タイムゾーン、ダウンロード日時、見出し)がありません。もう一度ダウンロードするか、4行を元に戻してください
$ (head -3 20260301_20260306_田中.csv; tail -n +5 20260301_20260306_田中.csv) > "20260301_20260306_田中 いち.csv"; genchi --archive headless import "20260301_20260306_田中 いち.csv"
20260301_20260306_田中 いち.csv (line-oa): 6 read = 6 new + 0 known + 0 set aside
Total: 6 read = 6 new + 0 known + 0 set aside
$ head -c 985 $S/samples/line_app/*木下*.txt > "[LINE] 木下 あかりとのトーク.txt"; genchi --archive cut import "[LINE] 木下 あかりとのトーク.txt"
[LINE] 木下 あかりとのトーク.txt (line-talk): 9 read = 9 new + 0 known + 0 set aside
  line 19: the file ends here without a line end: this message may be cut off
Total: 9 read = 9 new + 0 known + 0 set aside
[3]
$ genchi --archive cut import --dry-run "[LINE] 木下 あかりとのトーク.txt" --lang ja
[LINE] 木下 あかりとのトーク.txt (line-talk): 読み取り 9 = 新規 0 + 保管済み 9 + 読み取れず原本のみ保管 0
  アカウント LINE, トーク 木下 あかり, 2026-01-15～2026-02-07
  19行目: ファイルがここで改行なしに終わっています。このメッセージは途中で切れているかもしれません
合計: 読み取り 9 = 新規 0 + 保管済み 9 + 読み取れず原本のみ保管 0
何も書き込んでいません。取り込むとこうなります。
[3]
$ printf '2026.04.01 水曜日\n09:00 Ken いつもお世話に\n09:05 Ken Mori はい\n09:06 Ken Mori 了解です\n09:07 Ken Mori では明日\n' > "[LINE]Ken.txt"; genchi --archive pc import "[LINE]Ken.txt"
Created the archive pc
[LINE]Ken.txt (line-talk): 1 read = 0 new + 0 known + 1 set aside
  [LINE]Ken.txt: its text does not show which name is yours and where names end (Ken): import it again with --me and yours, and --member for each other
Total: 1 read = 0 new + 0 known + 1 set aside
What could not be read is named above; its bytes are kept in the archive where they could be had at all.
[3]
$ genchi --archive pc import "[LINE]Ken.txt" --me "Ken Mori" --member Ken
[LINE]Ken.txt (line-talk): 4 read = 4 new + 0 known + 0 set aside
Total: 4 read = 4 new + 0 known + 0 set aside
$ genchi --archive pc timeline Ken
2026-04-01 (Wed) ---------------------------------------------------------------
09:00  LINE   received  Ken                                           5a481e1c60
       いつもお世話に
09:05  LINE   sent  Ken Mori                                          3883259266
       はい
09:06  LINE   sent  Ken Mori                                          d0eb9aebba
       了解です
09:07  LINE   sent  Ken Mori                                          413ef73d80
       では明日
       → 2026-04-02 (Thu) mentioned

4 messages
$ genchi --archive pc reindex >/dev/null 2>&1; genchi --archive pc timeline Ken 2>/dev/null | grep -c Mori; genchi --archive pc import "[LINE]Ken.txt"
3
1 file held nothing new
Total: 4 read = 0 new + 4 known + 0 set aside
