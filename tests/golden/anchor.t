A few lines that stand for all that is held, kept elsewhere; an authority's time stamp over them; and what they show later.
Hashes are chosen by chance in every archive: they are left out of what is compared.

$ export GENCHI_ARCHIVE=$HOME/archive; hide() { sed -E 's/[0-9a-f]{64}/HASH/g'; }; authority=tests/support/authority
$ genchi import samples/mail/tsubame.mbox 2>&1 | tail -1
Own addresses, as the mailbox shows them: info@tsubame-web.example. If that is wrong, run import again with --me ADDRESS.
$ genchi anchor 2>&1 | hide
genchi-anchor-1
time 2026-04-05T00:00:00+00:00
rows 5
first HASH
head HASH
root HASH
It stands for all that is held now. Keep it where nobody who can write the archive can change it: mail it, print it, or
have it time-stamped. `genchi verify --anchor FILE` compares it later. SHA-256 of the text: HASH
$ genchi anchor 2>/dev/null > $HOME/first.txt; genchi anchor --out $HOME/again.txt 2>/dev/null; cmp $HOME/first.txt $HOME/again.txt
$ genchi anchor --out $HOME/again.txt
genchi: /home/hana/again.txt exists already
        Nothing is overwritten: name another file.
[2]
$ genchi anchor --list | hide
1 anchor
2026-04-05 09:00  5 journal rows  SHA-256 HASH
$ genchi import samples/line 2>&1 | tail -1
Downloads of one chat differ: friends of one name 2, renamed 1, taken back 1, unread before 1, no longer in LINE 1, characters lost 1. Nothing is lost by it; `genchi status --drift` shows each.
$ genchi verify --anchor $HOME/first.txt | hide | grep -A2 -e Anchor -e Result
Anchor /home/hana/first.txt  2026-04-05 09:00
  the first 5 rows of the journal are those it was made of; it covers 33 originals, and 11 came in after it
  messages it covers: 33 mails, sent 2024-03-04 09:48 – 2025-09-01 08:55
--
Result: no damage, 0 notes
$ $authority new $HOME/tsa; $authority stamp $HOME/tsa $HOME/first.txt $HOME/first.tsr
$ genchi anchor --stamp $HOME/first.tsr 2>&1 | sed -E 's/stamped [-0-9]+ [0-9:]+/stamped WHEN/'
stamped WHEN by CN=Kagami Time Stamps 1,O=Kagami Time Stamps
Held with the anchor of 2026-04-05 09:00. Who the authority is was not checked: `genchi verify --anchor FILE --ca FILE` does.
$ genchi anchor --stamp $HOME/first.tsr
genchi: this time stamp is held already
[2]
$ genchi verify --anchor $HOME/first.txt | grep stamped | sed -E 's/stamped [-0-9]+ [0-9:]+/stamped WHEN/'
  stamped WHEN by CN=Kagami Time Stamps 1,O=Kagami Time Stamps; who that is was not checked (--ca)
$ genchi verify --anchor $HOME/first.txt --ca $HOME/tsa/ca.pem | grep stamped | sed -E 's/stamped [-0-9]+ [0-9:]+/stamped WHEN/'
  stamped WHEN by CN=Kagami Time Stamps 1,O=Kagami Time Stamps, whose certificate leads to one of those given
$ genchi --format json anchor --list | sed -E 's/[0-9a-f]{64}/HASH/g; s/"time":"2[^"]*Z?"/"time":"T"/g; s/"serial":"[^"]*"/"serial":"N"/'
1 anchor
{"anchor":"HASH","time":"T","rows":5,"head":"HASH","root":"HASH","text":"genchi-anchor-1\ntime 2026-04-05T00:00:00+00:00\nrows 5\nfirst HASH\nhead HASH\nroot HASH\n","stamps":[{"time":"T","authority":"CN=Kagami Time Stamps 1,O=Kagami Time Stamps","serial":"N"}]}
$ $authority new $HOME/other 'Sumire Clocks'
$ genchi verify --anchor $HOME/first.txt --ca $HOME/other/ca.pem | grep -A1 -e Damage -e Result | hide
Damage (journal): /home/hana/first.txt
  the time stamp cannot be used: its authority is not one of those in the file given (certificate verify error)
--
Result: 1 place of damage, 0 notes
$ echo other > $HOME/other.txt; $authority stamp $HOME/tsa $HOME/other.txt $HOME/other.tsr; genchi anchor --stamp $HOME/other.tsr 2>&1 | hide
genchi: the time stamp is of no anchor of this archive
        It stamps the SHA-256 HASH. `genchi anchor --list` shows the anchors held.
$ $authority refuse $HOME/tsa $HOME/refused.tsr; genchi anchor --stamp $HOME/refused.tsr
genchi: the time stamp cannot be used: the authority did not grant it
        It is what the authority answers, a .tsr file; `genchi anchor --help` shows how to ask.
[2]
$ genchi anchor --stamp samples/draft.csv
genchi: the time stamp cannot be used: it is no answer to a request of RFC 3161
        It is what the authority answers, a .tsr file; `genchi anchor --help` shows how to ask.
[2]
$ head -c 900 $HOME/first.tsr > $HOME/half.tsr; genchi anchor --stamp $HOME/half.tsr
genchi: the time stamp cannot be used: it is no answer to a request of RFC 3161
        It is what the authority answers, a .tsr file; `genchi anchor --help` shows how to ask.
[2]
$ genchi verify --anchor $HOME/first.txt --stamp $HOME/other.tsr | grep -A1 Damage
Damage (journal): /home/hana/other.tsr
  the time stamp is not of this anchor
$ sed 's/^rows 5/rows 4/' $HOME/first.txt > $HOME/less.txt; genchi verify --anchor $HOME/less.txt | grep -A1 Damage | hide
Damage (journal): /home/hana/less.txt
  the first 4 rows of the journal are not those that the anchor was made of
$ sed 's/$/ /' $HOME/first.txt > $HOME/blanks.txt; genchi verify --anchor $HOME/blanks.txt | grep -A2 Damage
Damage (journal): /home/hana/blanks.txt
  is no anchor
  It must be the file that `genchi anchor` wrote, unchanged; its line ends, too.
$ genchi --archive $HOME/new import samples/mail/tsubame.mbox samples/line >/dev/null 2>&1
$ genchi --archive $HOME/new verify --anchor $HOME/first.txt | grep -A1 -e Damage -e Result
Damage (journal): /home/hana/first.txt
  the anchor is of another archive, or the journal was made anew
--
Result: 1 place of damage, 0 notes
$ genchi --archive $HOME/small import samples/draft.csv >/dev/null 2>&1; genchi --archive $HOME/small verify --anchor $HOME/first.txt | grep -A1 -e Damage -e Result
Damage (journal): /home/hana/first.txt
  the anchor covers 5 rows of the journal, and the archive has 4: rows were taken away, or this is an older copy
--
Result: 1 place of damage, 0 notes
$ genchi anchor --out $HOME/last.txt 2>/dev/null; cp -a $HOME/archive $HOME/kept; genchi import samples/people 2>&1 | tail -1
Total: 22 read = 5 new + 17 known + 0 set aside
$ genchi anchor --out $HOME/newest.txt 2>/dev/null
$ genchi --archive $HOME/kept verify --anchor $HOME/last.txt --anchor $HOME/newest.txt | grep -A1 -e Damage -e Anchor -e Result | hide
Anchor /home/hana/last.txt  2026-04-05 09:00
  the first 41 rows of the journal are those it was made of; it covers 44 originals, and 0 came in after it
--
Damage (journal): /home/hana/newest.txt
  the anchor covers 49 rows of the journal, and the archive has 42: rows were taken away, or this is an older copy
--
Result: 1 place of damage, 0 notes
$ : A message that was taken back after an anchor counts with the download that has its words.
$ mkdir $HOME/w; export GENCHI_ARCHIVE=$HOME/week; talks=tests/golden/watch_talks.txt
$ tests/support/line_download --made '2026-03-11 18:05' $talks $HOME/w/line_oa_chat_csv_260311_180501.zip
$ tests/support/line_download --made '2026-03-18 18:04' --unsent '2026-03-09 19:20:00' $talks $HOME/w/line_oa_chat_csv_260318_180402.zip
$ genchi import $HOME/w/*260311* 2>&1 | tail -1; genchi anchor --out $HOME/week.txt 2>/dev/null
Total: 10 read = 10 new + 0 known + 0 set aside
$ genchi import $HOME/w/*260318* 2>&1 | grep Total; genchi memo --phone --client 青木 --time '2026-03-19 10:00' --by 花 '母の分は来週お返事' >/dev/null 2>&1
Total: 11 read = 1 new + 10 known + 0 set aside
$ genchi verify --anchor $HOME/week.txt | grep -A3 Anchor
Anchor /home/hana/week.txt  2026-04-05 09:00
  the first 11 rows of the journal are those it was made of; it covers 3 originals, and 4 came in after it
  messages it covers: 10 LINE messages, sent 2026-03-02 09:12 – 2026-03-10 21:02
  messages that came in after it: 1 LINE message, 1 memo, sent 2026-03-16 09:20 – 2026-03-19 10:00
$ genchi --format json verify --anchor $HOME/week.txt | grep anchored | hide
{"anchored":true,"anchor":"HASH","file":"/home/hana/week.txt","time":"2026-04-05T09:00:00+09:00","rows":11,"originals":3,"originals_after":4,"messages":{"mail":0,"line":10,"memos":0,"first":"2026-03-02T09:12:03+09:00","last":"2026-03-10T21:02:44+09:00"},"messages_after":{"mail":0,"line":1,"memos":1,"first":"2026-03-16T09:20:10+09:00","last":"2026-03-19T10:00:00+09:00"},"erasings_since":0,"stamps":[]}
$ : A damaged catalogue is not asked.
$ echo broken > $HOME/week/catalogue.db; genchi verify --anchor $HOME/week.txt | grep -A2 Anchor
Anchor /home/hana/week.txt  2026-04-05 09:00
  the first 11 rows of the journal are those it was made of; it covers 3 originals, and 4 came in after it
$ : Who names authorities asks for their stamps. In a pack, too, damage is what none covers.
$ export GENCHI_ARCHIVE=$HOME/archive; id=$(genchi --format json search 見積 --channel mail --limit 1 | sed 's/.*"id":"\([0-9a-f]\{12\}\).*/\1/')
7 messages, 1 shown (--limit 0 shows all). LINE up to the download of 2026-04-04 19:20, mail up to the import of 2026-04-05 09:00
$ genchi pack $id -C 0 --out $HOME/covered >/dev/null 2>&1; genchi verify $HOME/covered --ca $HOME/tsa/ca.pem | tail -1
Result: as it was packed
$ genchi pack $id 46aeea2d -C 0 --out $HOME/both >/dev/null 2>&1; genchi verify $HOME/both | tail -1
Result: as it was packed
$ genchi verify $HOME/both --ca $HOME/tsa/ca.pem | grep -e Damage -e Result
Damage: data/anchors/: no time stamp covers 1 of the 2 messages: whose certificates to trust says nothing of them
Result: 1 place of damage
$ genchi pack $id -C 0 --redact phone --out $HOME/masked >/dev/null 2>&1; genchi verify $HOME/masked --ca $HOME/tsa/ca.pem | grep -e Damage -e Result
Damage: data/anchors/: a reading copy holds no time stamp: whose certificates to trust says nothing of it
Result: 1 place of damage
$ : An anchor kept elsewhere is asked in the same way: whoever makes a pack can put one of their own beside it.
$ genchi verify $HOME/covered --anchor $HOME/first.txt | grep -e Damage -e elsewhere -e Result
  the same as one that was kept elsewhere
Result: as it was packed
$ genchi verify $HOME/both --anchor $HOME/first.txt | grep -e Damage -e elsewhere -e Result
Damage: data/anchors/: 1 of the 2 messages are covered by none of the anchors given
  the same as one that was kept elsewhere
Result: 1 place of damage
$ genchi verify $HOME/both --anchor $HOME/week.txt | grep -e Damage -e elsewhere -e Result
Damage: data/anchors/: none of the anchors given is in the pack
Result: 1 place of damage
$ genchi verify $HOME/w
genchi: /home/hana/w is no evidence pack
        Without a name `genchi verify` checks the archive.
[2]
