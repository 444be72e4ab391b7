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
Checked
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
Damage (journal): /home/hana/newest.txt
  the anchor covers 49 rows of the journal, and the archive has 42: rows were taken away, or this is an older copy
--
Result: 1 place of damage, 0 notes
