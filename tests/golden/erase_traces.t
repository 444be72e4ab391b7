What else tells of an erased client: the names people gave it, file names, copies elsewhere; and who it is not.

$ export GENCHI_NOW=2026-04-03T10:00:00+09:00; export GENCHI_ARCHIVE=$HOME/archive
$ mkdir $HOME/w $HOME/one $HOME/two; make() { tests/support/line_download "$@"; }
$ mail() { printf 'Message-ID: <%s@sano.example>\nFrom: %s\nTo: %s\nDate: %s +0900\nSubject: %s\nMIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n\n%b\n' "$@"; }
$ me='info@tsubame-web.example'; sano='佐野 藤子 <sano@sano.example>'; kurata='倉田 望 <nozomi@kurata.example>'
$ mail 1 "$sano" "$me" 'Mon, 02 Feb 2026 10:00:00' 'ご相談' '玄関の色の件、来週伺います。' > $HOME/w/sano_kujou.eml
$ mail 2 "$kurata" "$me" 'Tue, 03 Feb 2026 10:00:00' 'ご相談' '床材の件です。' > $HOME/w/kurata.eml
$ mail 3 "$kurata" "$me, $sano" 'Wed, 04 Feb 2026 10:00:00' '打合せ' '三人での打合せは来週でお願いします。' > $HOME/w/uchiawase.eml
$ genchi import --me $me $HOME/w 2>/dev/null | tail -1
Total: 3 read = 3 new + 0 known + 0 set aside
$ held() { grep -rlaF "$1" $GENCHI_ARCHIVE | sed "s|$HOME/||"; for f in $GENCHI_ARCHIVE/objects/*.blk; do zstd -dcq $f 2>/dev/null | grep -qaF "$1" && echo $f | sed "s|$HOME/||"; done; :; }

$ genchi clients rename 佐野 佐野さま紫の間 >/dev/null; genchi keep 佐野 --why 藤棚のことで係争中 >/dev/null; genchi keep 佐野 --release >/dev/null
`genchi clients undo 7` takes this back.
Nothing of 佐野さま紫の間 is erased until it is released.
佐野さま紫の間 can be erased again.
$ genchi keep 倉田 --why 床のことで係争中 >/dev/null
Nothing of 倉田 望 is erased until it is released.
$ held 紫の間 | grep archive.db; held 藤棚の | grep archive.db
archive/archive.db
archive/archive.db
$ genchi backup $HOME/usb/genchi 2>/dev/null >/dev/null
$ genchi pack --client 佐野 --out $HOME/kou.zip >/dev/null 2>&1; genchi pack --client 倉田 --out $HOME/otsu.zip >/dev/null 2>&1; genchi export --out $HOME/all >/dev/null 2>&1
$ genchi erase 佐野 --dry-run 2>&1
What goes:
  mail: 1 message  2026-02-02 – 2026-02-02
What stays: 1 message
  2026-02-04  cafd525ae7  concerns other clients, too
Copies that may hold it, and stay as they are:
  2026-04-03 10:00  export
    /home/hana/all
  2026-04-03 10:00  evidence pack
    /home/hana/kou.zip
  2026-04-03 10:00  backup
    /home/hana/usb/genchi
Out of reach: backups until the next `genchi backup` to the same folder,
exports, evidence packs and downloads elsewhere, and mail and LINE themselves.
Nothing was erased: this is what would be.
$ mv $HOME/usb $HOME/usb-away
$ genchi erase 佐野 --dry-run --format json | grep '"copy"'
{"plan":"copy","kind":"export","path":"/home/hana/all","made":"2026-04-03T10:00:00+09:00","reachable":true}
{"plan":"copy","kind":"pack","path":"/home/hana/kou.zip","made":"2026-04-03T10:00:00+09:00","reachable":true}
{"plan":"copy","kind":"backup","path":"/home/hana/usb/genchi","made":"2026-04-03T10:00:00+09:00","reachable":false}
$ genchi erase 佐野 --yes --format json | tail -1
1 message was erased.
{"plan":"total","messages":1,"shared":0,"stay":1,"originals":1,"rows":0,"files":0,"written":0,"set_aside":0,"dry_run":false,"finished":true}
$ held 紫の間; held 藤棚の; held sano_kujou; held 玄関の色
$ genchi keep | head -1
倉田 望 (2)
$ genchi verify --full | grep -e erased -e Result
  erased on purpose, by the journal: 1 original, 0 rows of LINE files
Result: no damage, 0 notes

$ : 'The same mail again, alone, in another form: its name is not written down either.'
$ sed 's/$/\r/' $HOME/w/sano_kujou.eml > $HOME/one/sano_kujou_again.eml; genchi import $HOME/one/sano_kujou_again.eml 2>&1 | tail -2
Total: 1 read = 0 new + 1 known + 0 set aside
1 message that was erased was not brought back (import --restore-erased does).
$ held sano_kujou

$ : 'A message named by its id concerns others, too; in JSON nobody is asked.'
$ genchi keep 倉田 --release >/dev/null
倉田 望 can be erased again.
$ genchi erase $(genchi search 三人での --format json 2>/dev/null | head -1 | sed 's/.*"id":"\([0-9a-f]*\)".*/\1/') --dry-run 2>&1 | sed -n 1,3p
What goes:
  mail: 1 message  2026-02-04 – 2026-02-04
  1 message of these concerns other clients, too
$ genchi erase 倉田 --format json
genchi: what is erased is gone: it takes --yes where nobody can be asked
        --dry-run shows what would be erased.
[2]
$ genchi erase 倉田 --yes --format json | tail -1
1 message was erased.
{"plan":"total","messages":1,"shared":0,"stay":1,"originals":1,"rows":0,"files":0,"written":0,"set_aside":0,"dry_run":false,"finished":true}
$ genchi erase 倉田 --yes --format json
{"plan":"stays","id":"cafd525ae73c15a57a1c557cbf5df00e23d130a196313cbf86fe916af499cfba","channel":"mail","sent":"2026-02-04T10:00:00+09:00","why":"shared","document":null,"until":null}
{"plan":"total","messages":0,"shared":0,"stay":1,"originals":0,"rows":0,"files":0,"written":0,"set_aside":0,"dry_run":false,"finished":true}
$ genchi verify | tail -1
Result: no damage, 0 notes

$ : 'Two friends of one name in two accounts got the same broadcast: what is erased of one stays of the other.'
$ export GENCHI_ARCHIVE=$HOME/accounts
$ printf 'ゆき\tUser\tゆき\t2026-03-01 10:00:00\t施術の相談をしたいです\nゆき\tAccount\t店\t2026-03-05 12:00:00\t臨時休業のおしらせ紅葉号\n' > $HOME/a.txt
$ printf 'ゆき\tUser\tゆき\t2026-03-02 11:00:00\t別のゆきの質問です\nゆき\tAccount\t店\t2026-03-05 12:00:00\t臨時休業のおしらせ紅葉号\n' > $HOME/b.txt
$ make --made '2026-03-18 18:05' $HOME/a.txt $HOME/one/line_oa_chat_csv_260318_180501.zip; make --made '2026-03-18 18:07' $HOME/b.txt $HOME/two/line_oa_chat_csv_260318_180701.zip
$ genchi import --account 本店 $HOME/one/*.zip 2>&1 | tail -1
Total: 2 read = 2 new + 0 known + 0 set aside
$ genchi erase $(genchi search 紅葉号 --format json 2>/dev/null | head -1 | sed 's/.*"id":"\([0-9a-f]*\)".*/\1/') --yes 2>&1 | tail -1
1 message was erased.
$ genchi import --account 支店 --dry-run $HOME/two 2>&1 | tail -2
Total: 2 read = 2 new + 0 known + 0 set aside
Nothing was written: this is what an import would bring.
$ genchi import --account 支店 $HOME/two 2>&1 | tail -1
Total: 2 read = 2 new + 0 known + 0 set aside
$ genchi search 紅葉号 2>/dev/null | head -1
2026-03-05 12:00  LINE sent  店 / ゆき                                0e55d2d1f5
$ make --made '2026-03-25 18:05' $HOME/a.txt $HOME/one/line_oa_chat_csv_260325_180501.zip
$ genchi import --account 本店 --dry-run $HOME/one/*260325* 2>&1 | tail -2
Total: 2 read = 0 new + 2 known + 0 set aside
Nothing was written: this is what an import would bring.
$ genchi import --account 本店 $HOME/one/*260325* 2>&1 | tail -2
Total: 2 read = 0 new + 2 known + 0 set aside
1 message that was erased was not brought back (import --restore-erased does).
$ genchi search 紅葉号 2>&1 | tail -1
1 message. LINE up to the download of 2026-03-25 18:05

$ : 'Friends who got only the same broadcasts: downloads of equal bytes under other names.'
$ export GENCHI_ARCHIVE=$HOME/equal; mkdir $HOME/equal-files
$ for name in 4_佐々木 5_田所; do printf "$name\tAccount\t応答メッセージ\t2026-03-01 10:00:00\t春の予約を承ります\n" > $HOME/c.txt; make --made '2026-03-18 18:05' $HOME/c.txt "$HOME/equal-files/${name%_*}_20260301_20260301_${name#*_}.csv"; done
$ sha256sum $HOME/equal-files/* | cut -d' ' -f1 | uniq | wc -l
1
$ genchi import $HOME/equal-files 2>&1 | tail -1
Total: 2 read = 2 new + 0 known + 0 set aside
$ genchi erase 佐々木 --yes 2>&1 | tail -1
1 message was erased.
$ genchi search 春の予約 2>&1 | tail -1
1 message. LINE up to the download of 2026-03-18 18:05
$ genchi erase 田所 --yes 2>&1 | tail -1
1 message was erased.
$ genchi import --restore-erased $HOME/equal-files/*佐々木* 2>&1 | tail -1; genchi import $HOME/equal-files 2>&1 | tail -2
Total: 1 read = 1 new + 0 known + 0 set aside
Total: 2 read = 0 new + 2 known + 0 set aside
1 message that was erased was not brought back (import --restore-erased does).
$ genchi search 春の予約 2>&1 | tail -1
1 message. LINE up to the download of 2026-03-18 18:05

$ : 'Who was split off stays apart: the mail that comes next is not taken for another'"'"'s.'
$ export GENCHI_ARCHIVE=$HOME/split; mkdir $HOME/sp; kou='真鍋 甲 <kou@manabe.example>'; otsu='真鍋 乙 <otsu@manabe.example>'
$ mail 11 "$kou" "$me" 'Mon, 02 Feb 2026 10:00:00' '甲' '甲の相談です。' > $HOME/sp/1.eml; mail 12 "$otsu" "$me" 'Tue, 03 Feb 2026 10:00:00' '乙' '乙の相談です。' > $HOME/sp/2.eml
$ genchi import --me $me $HOME/sp 2>&1 | tail -1; genchi clients split manabe kou@manabe.example 2>/dev/null; genchi clients rename '真鍋 甲' 甲さん藤色 >/dev/null 2>&1
Total: 2 read = 2 new + 0 known + 0 set aside
1  真鍋 乙
  Kind     company (guessed)
  Known by domain manabe.example
  Person   真鍋 乙 otsu@manabe.example  2026-02-03 – 2026-02-03
  Messages 1, 2026-02-03 – 2026-02-03
2  真鍋 甲
  Kind     private person (guessed)
  Known by kou@manabe.example
  Person   真鍋 甲 kou@manabe.example  2026-02-02 – 2026-02-02
  Messages 1, 2026-02-02 – 2026-02-02
$ genchi erase 甲さん --yes
What goes:
  mail: 1 message  2026-02-02 – 2026-02-02
The journal goes on naming kou@manabe.example: what comes from there would else
be taken for 真鍋 乙 (1).
Out of reach: backups until the next `genchi backup` to the same folder,
exports, evidence packs and downloads elsewhere, and mail and LINE themselves.
1 message was erased.
$ held 藤色; genchi clients 2>/dev/null | cut -c1-30
   1  真鍋 乙              
$ mail 13 "$kou" "$me" 'Wed, 04 Feb 2026 10:00:00' '甲' '私甲だけの話です。' > $HOME/sp/3.eml; genchi import $HOME/sp 2>&1 | tail -1
1 message that was erased was not brought back (import --restore-erased does).
$ genchi search --client otsu 甲だけ 2>&1 | tail -1; genchi verify | tail -1
  mail                     1 message  2026-02-03 – 2026-02-03
Result: no damage, 0 notes

$ : 'An export made after a message was erased holds a row that says so: it does not bring the client back.'
$ export GENCHI_ARCHIVE=$HOME/again; make --made '2026-03-31 18:05' tests/golden/watch_talks.txt $HOME/sp/line_oa_chat_csv_260331_180501.zip
$ genchi import $HOME/sp/*.zip 2>&1 | tail -1
Total: 16 read = 16 new + 0 known + 0 set aside
$ genchi erase $(genchi search 学割 --format json 2>/dev/null | head -1 | sed 's/.*"id":"\([0-9a-f]*\)".*/\1/') --yes 2>&1 | tail -1
1 message was erased.
$ genchi export --out $HOME/ex 2>&1 | tail -1; genchi erase 川口 --yes 2>&1 | tail -1; held 川口
Written to /home/hana/ex: 3 LINE downloads
5 messages were erased.
$ genchi import $HOME/ex 2>&1 | tail -2
Total: 16 read = 0 new + 16 known + 0 set aside
5 messages that were erased were not brought back (import --restore-erased does).
$ held 川口; genchi clients 2>/dev/null | cut -c1-30; genchi verify | tail -1
   1  青木 りん           
   3  大西                  
Result: no damage, 0 notes

$ : 'Others that say just the same in a few words are named, too.'
$ export GENCHI_ARCHIVE=$HOME/same; mkdir $HOME/sm; for n in 21 22; do mail $n "$kurata" "$me" "Mon, 0$((n-20)) Feb 2026 10:00:00" 件 '学割はありますか' > $HOME/sm/$n.eml; done; mail 23 "$kurata" "$me" 'Thu, 05 Feb 2026 10:00:00' 件 '学割はありますか、と聞かれました' > $HOME/sm/23.eml
$ genchi import --me $me $HOME/sm 2>&1 | tail -1
Total: 3 read = 3 new + 0 known + 0 set aside
$ genchi erase $(genchi search 学割 --format json 2>/dev/null | tail -1 | sed 's/.*"id":"\([0-9a-f]*\)".*/\1/') --dry-run | sed -n '/^Other/,/^Out/p'
Nothing was erased: this is what would be.
Other messages that hold words of these, and stay as they are:
  2026-02-02  3c666e7d8e  倉田 望 (1)
Out of reach: backups until the next `genchi backup` to the same folder,

$ : 'What is done already is not to be found.'
$ genchi erase 倉田 --yes 2>&1 | tail -1; genchi erase 倉田 --yes
3 messages were erased.
genchi: no client is called "倉田"
        Something was erased on 2026-04-03 10:00, maybe this: an erasing that was broken off is brought to its end by the next command that writes.
[1]

$ : 'Addresses and chats that were merged go together, and nothing is left to keep apart.'
$ export GENCHI_ARCHIVE=$HOME/merged; mkdir $HOME/mg; cp $HOME/sp/*.zip $HOME/mg; mail 31 '青木 りん <rin@aoki.example>' "$me" 'Mon, 02 Feb 2026 10:00:00' 'ご相談' '青磁色の件です。' > $HOME/mg/1.eml
$ genchi import --me $me $HOME/mg 2>&1 | tail -1; genchi clients merge 1 2 >/dev/null 2>&1
Total: 17 read = 17 new + 0 known + 0 set aside
$ genchi erase 青木 --yes 2>&1 | grep -v Out
What goes:
  mail: 1 message  2026-02-02 – 2026-02-02
  LINE: 8 messages  2026-03-02 – 2026-03-28
exports, evidence packs and downloads elsewhere, and mail and LINE themselves.
9 messages were erased.
$ held 青木; held rin@aoki; genchi import $HOME/mg 2>&1 | tail -1; held rin@aoki; genchi verify | tail -1
9 messages that were erased were not brought back (import --restore-erased does).
Result: no damage, 0 notes

$ : 'A photo that went with its message can be attached to that of another client, who sent the same.'
$ export GENCHI_ARCHIVE=$HOME/photos; p=写真を送信しました。; printf "真木\tUser\t真木\t2026-03-01 10:00:00\t$p\n真木\tUser\t真木\t2026-03-01 10:00:05\tこの写真です\n槙\tUser\t槙\t2026-03-02 11:00:00\t$p\n" > $HOME/p.txt
$ make --made '2026-03-18 18:05' $HOME/p.txt $HOME/photos.zip; printf '\377\330\377\340\000\020JFIF the same flower' > $HOME/flower.jpg
$ genchi import $HOME/photos.zip 2>&1 | tail -1; photo_of() { genchi search --client $1 has:photo --format json 2>/dev/null | sed 's/.*"id":"\([0-9a-f]*\)".*/\1/'; }
Total: 3 read = 3 new + 0 known + 0 set aside
$ genchi attach --to $(photo_of 真木) $HOME/flower.jpg >/dev/null 2>&1; held 'same flower'
photos/objects/000001.blk
photos/objects/000001.blk
$ genchi erase 真木 --yes | grep saved; held 'same flower'
2 messages were erased.
  1 saved file of these
$ genchi attach --to $(photo_of 槙) $HOME/flower.jpg 2>&1 | tail -1; held 'same flower'; genchi verify | tail -1
flower.jpg is attached to 33c7d0179a.
photos/objects/000001.blk
photos/objects/000001.blk
Result: no damage, 0 notes
