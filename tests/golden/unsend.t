A message that its sender took back: that and when always shows, and the words that an earlier download holds are hidden,
kept or erased, as the account's setting has it.

$ mkdir $HOME/w; make() { tests/support/line_download "$@"; }; talks=tests/golden/watch_talks.txt
$ make --made '2026-03-11 18:05' $talks $HOME/w/line_oa_chat_csv_260311_180501.zip
$ make --made '2026-03-18 18:04' --unsent '2026-03-09 19:20:00' $talks $HOME/w/line_oa_chat_csv_260318_180402.zip
$ export GENCHI_NOW=2026-03-18T18:30:00+09:00; export GENCHI_ARCHIVE=$HOME/archive
$ genchi import $HOME/w/*260311* 2>&1 | tail -1
Total: 10 read = 10 new + 0 known + 0 set aside
$ genchi search 母の分
2026-03-09 19:20  LINE received  青木 りん                            c747043c8a
    やっぱり母の分もお願いできますか

1 message. LINE up to the download of 2026-03-11 18:05
$ genchi import $HOME/w/*260318* 2>&1 | tail -2
Total: 11 read = 1 new + 10 known + 0 set aside
Downloads of one chat differ: taken back 1. Nothing is lost by it; `genchi status --drift` shows each.

$ genchi search 母の分
0 messages. LINE up to the download of 2026-03-18 18:04
Understood as: "母の分"
  "母の分": 母の分
Searched:
  LINE みどり歯科          11 messages  2026-03-02 – 2026-03-16
  LINE is known up to the download of 2026-03-18 18:04
[1]
$ genchi search is:unsent
2026-03-09 19:20  LINE received  青木 りん [unsent]                   c747043c8a
    送信が取り消されたメッセージです

1 message. LINE up to the download of 2026-03-18 18:04
$ genchi show $(genchi --format json search is:unsent | sed 's/.*"id":"\([0-9a-f]*\)".*/\1/') | grep -v '^Source'
1 message. LINE up to the download of 2026-03-18 18:04
From       青木 りん
To         みどり歯科
Sent       2026-03-09T19:20:00+09:00
Client     青木 りん (1)
Channel    LINE, received, みどり歯科
Note       taken back by its sender, between the downloads of 2026-03-11 18:05 and 2026-03-18 18:04; its words are in an earlier download and are not shown ([account] unsend)
Original   /home/hana/w/line_oa_chat_csv_260318_180402.zip!/1_20260302_20260310_青木 りん.csv, byte 415, 89 bytes
SHA-256    96eb38ec3188ee3deebb5fa46e7ae02649c2c8432072cc489ed3b3049ec8c973
Id         c747043c8aae578277a5652cee062c090bbb005361268925ef2e22cdf2aa73ad

送信が取り消されたメッセージです
$ genchi --format json show $(genchi --format json search is:unsent | sed 's/.*"id":"\([0-9a-f]*\)".*/\1/') | sed 's/.*\("taken_back":{[^}]*}\).*/\1/'
1 message. LINE up to the download of 2026-03-18 18:04
"taken_back":{"held":"2026-03-11T18:05:00+09:00","noted":"2026-03-18T18:04:00+09:00","words":"held"}

$ echo '[account."みどり歯科"]' > $HOME/archive/genchi.toml; echo 'unsend = "keep"' >> $HOME/archive/genchi.toml; chmod 600 $HOME/archive/genchi.toml
$ genchi import $HOME/w 2>&1 | tail -1
Total: 21 read = 0 new + 21 known + 0 set aside
$ genchi search 母の分
2026-03-09 19:20  LINE received  青木 りん [unsent]                   c747043c8a
    やっぱり母の分もお願いできますか

1 message. LINE up to the download of 2026-03-18 18:04
$ genchi show $(genchi --format json search is:unsent | sed 's/.*"id":"\([0-9a-f]*\)".*/\1/') | grep Note
1 message. LINE up to the download of 2026-03-18 18:04
Note       taken back by its sender, between the downloads of 2026-03-11 18:05 and 2026-03-18 18:04
$ genchi verify 2>&1 | tail -1
Result: no damage, 0 notes

$ held() { grep -rlaF "$1" $HOME/archive; for f in $HOME/archive/objects/*.blk; do zstd -dcq $f 2>/dev/null | grep -qaF "$1" && echo $f; done; :; }
$ held 母の分も | sed 1q | wc -l
1
$ sed -i 's/keep/erase/' $HOME/archive/genchi.toml
$ genchi import $HOME/w 2>&1 | tail -2
Total: 21 read = 0 new + 21 known + 0 set aside
The words of 1 row that its sender took back were erased ([account] unsend = "erase").
$ held 母の分も
$ held 12日の10時でお願いします | wc -l
1
$ genchi search 母の分
0 messages. LINE up to the download of 2026-03-18 18:04
Understood as: "母の分"
  "母の分": 母の分
Searched:
  LINE みどり歯科          11 messages  2026-03-02 – 2026-03-16
  LINE is known up to the download of 2026-03-18 18:04
[1]
$ genchi show $(genchi --format json search is:unsent | sed 's/.*"id":"\([0-9a-f]*\)".*/\1/') | grep Note
1 message. LINE up to the download of 2026-03-18 18:04
Note       taken back by its sender, between the downloads of 2026-03-11 18:05 and 2026-03-18 18:04; its words were erased
$ genchi verify 2>&1 | tail -1
Result: no damage, 0 notes
$ genchi verify --full 2>&1 | tail -1
Result: no damage, 0 notes

$ genchi import --reread $HOME/w/*260311* 2>&1 | tail -1
Total: 10 read = 0 new + 10 known + 0 set aside
$ held 母の分も
$ mkdir $HOME/v; cp $HOME/w/line_oa_chat_csv_260311_180501.zip $HOME/v; cd $HOME/v && unzip -q *.zip && rm *.zip && mv *青木* 1_20260302_20260310_青木.csv; cd - > /dev/null
$ genchi import $HOME/v 2>&1 | tail -2
Downloads of one chat differ: taken back 1. `genchi status --drift` shows each.
The words of 1 row that its sender took back were erased ([account] unsend = "erase").
$ held 母の分も
$ genchi verify 2>&1 | tail -1
Result: no damage, 0 notes

$ genchi backup $HOME/copy 2>&1 | tail -1
/home/hana/copy: copied 92 kB, journal row 30
$ genchi export --out $HOME/out 2>&1 | tail -1
Written to /home/hana/out: 7 LINE downloads
$ genchi --archive $HOME/again import $HOME/out 2>&1 | tail -1
Total: 26 read = 11 new + 15 known + 0 set aside
$ [ $(genchi status --fingerprint) = $(genchi --archive $HOME/again status --fingerprint) ] && echo same
same

$ printf '[account."みどり歯科"]\nunsend = "forget"\n' > $HOME/archive/genchi.toml; genchi status; echo $?
genchi: /home/hana/archive/genchi.toml, line 2: the value of unsend does not fit
        Write unsend = "hide", "keep" or "erase".
2
