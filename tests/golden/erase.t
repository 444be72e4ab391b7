Erasing for good: what has to be kept stays and says why; what goes is in no file any more; nothing brings it back unasked.

$ export GENCHI_NOW=2026-04-03T10:00:00+09:00; export GENCHI_ARCHIVE=$HOME/archive
$ mkdir $HOME/w; make() { tests/support/line_download "$@"; }; talks=tests/golden/watch_talks.txt
$ make --made '2026-03-18 18:05' $talks $HOME/w/line_oa_chat_csv_260318_180501.zip
$ mail() { printf 'Message-ID: <%s@hayase.example>\nFrom: %s\nTo: %s\nDate: %s +0900\nSubject: %s\nMIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n\n%b\n' "$@"; }
$ me='info@tsubame-web.example'; hayase='早瀬 透子 <toko@hayase.example>'; kurata='倉田 望 <nozomi@kurata.example>'
$ mail 1 "$hayase" "$me" 'Mon, 02 Feb 2026 10:00:00' 'ご相談' '玄関タイルの青磁色について、見本帳を拝見できますか。次は水曜に伺います。' > $HOME/w/soudan.eml
$ mail 2 "$me" "$hayase" 'Tue, 03 Feb 2026 11:00:00' '御見積書' '御見積書をお送りします。サイト改修一式 税込 132,000円です。' > $HOME/w/mitsumori.eml
$ mail 3 "$hayase" "$me, $kurata" 'Wed, 04 Feb 2026 12:00:00' '打合せ' '三人での打合せは来週でお願いします。' > $HOME/w/uchiawase.eml
$ mail 4 "$kurata" "$me" 'Thu, 05 Feb 2026 13:00:00' '転送' '> 玄関タイルの青磁色について、見本帳を拝見できますか。\n\n とのことです。うちの床材は 88,000円（税込）で承知しました。' > $HOME/w/tensou.eml
$ genchi import --me $me $HOME/w 2>/dev/null | tail -1
Total: 15 read = 15 new + 0 known + 0 set aside

$ held() { grep -rlaF "$1" $HOME/archive; for f in $HOME/archive/objects/*.blk; do zstd -dcq $f 2>/dev/null | grep -qaF "$1" && echo $f; done; :; }
$ held 水曜に伺 | wc -l
2
$ others() { genchi prices 倉田 2>/dev/null; genchi agreements 倉田 2>/dev/null; genchi search --client 倉田 打合せ 2>/dev/null; genchi search 床材 2>/dev/null; genchi search 12日 2>/dev/null; }
$ others > $HOME/before; wc -l < $HOME/before
16

$ genchi keep 早瀬 --why 代金の争い --by 相原
Nothing of 早瀬 透子 is erased until it is released.
$ genchi keep
早瀬 透子 (1)
    kept since 2026-04-03 10:00: 代金の争い  相原
$ genchi erase 早瀬 --yes
genchi: 早瀬 透子 is to be kept: 代金の争い
        Nothing of it is erased until `genchi keep CLIENT --release`.
[2]
$ genchi erase $(genchi search 件名:ご相談 --format json 2>/dev/null | head -1 | sed 's/.*"id":"\([0-9a-f]*\)".*/\1/') --dry-run
genchi: 早瀬 透子 is to be kept: 代金の争い
        Nothing of it is erased until `genchi keep CLIENT --release`.
[2]
$ genchi keep 早瀬 --release
早瀬 透子 can be erased again.
$ genchi keep

$ genchi erase 早瀬 --dry-run
What goes:
  mail: 1 message  2026-02-02 – 2026-02-02
What stays: 2 messages
  2026-02-03  76d8b8bf00  見積書: until when it has to be kept cannot be determined
  2026-02-04  312d491a74  concerns other clients, too
  Say in [business] of the settings what you are: kind, fiscal_year_end, filing.
Other messages that hold words of these, and stay as they are:
  2026-02-05  4d9015bb3c  倉田 望 (2)
Out of reach: backups until the next `genchi backup` to the same folder,
exports, evidence packs and downloads elsewhere, and mail and LINE themselves.
Nothing was erased: this is what would be.
$ genchi erase 早瀬 </dev/null
What goes:
  mail: 1 message  2026-02-02 – 2026-02-02
What stays: 2 messages
  2026-02-03  76d8b8bf00  見積書: until when it has to be kept cannot be determined
  2026-02-04  312d491a74  concerns other clients, too
  Say in [business] of the settings what you are: kind, fiscal_year_end, filing.
Other messages that hold words of these, and stay as they are:
  2026-02-05  4d9015bb3c  倉田 望 (2)
Out of reach: backups until the next `genchi backup` to the same folder,
exports, evidence packs and downloads elsewhere, and mail and LINE themselves.
genchi: what is erased is gone: it takes --yes where nobody can be asked
        --dry-run shows what would be erased.
[2]
$ printf '[business]\nkind = "corporation"\nfiscal_year_end = "03-31"\nfiling = "blue"\n' > $HOME/archive/genchi.toml; chmod 600 $HOME/archive/genchi.toml
$ genchi note 早瀬 午後に電話すること > /dev/null
$ genchi erase 早瀬 --dry-run 2>&1 | sed -n '/stays/,/Other/p'
What stays: 2 messages
  2026-02-03  76d8b8bf00  見積書: has to be kept until 2033-05-31
  2026-02-04  312d491a74  concerns other clients, too
Other messages that hold words of these, and stay as they are:
$ genchi erase 早瀬 --yes --format json
{"plan":"goes","channel":"mail","messages":1,"first":"2026-02-02T10:00:00+09:00","last":"2026-02-02T10:00:00+09:00"}
{"plan":"stays","id":"76d8b8bf00e5f2a2b486c65a3b8bb5d61b29d83ed456597516e3bca7aefc36b9","channel":"mail","sent":"2026-02-03T11:00:00+09:00","why":"document","document":"quotation","until":"2033-05-31"}
{"plan":"stays","id":"312d491a74e9c86b1e924107daf19c4dc2a026579e9a6cf9231091e82c3a186b","channel":"mail","sent":"2026-02-04T12:00:00+09:00","why":"shared","document":null,"until":null}
{"plan":"quoted","id":"4d9015bb3c8c14805677e40198a9b914411fac7faa375d0bd600ee17ad5eff1b","channel":"mail","sent":"2026-02-05T13:00:00+09:00","clients":[{"id":2,"name":"倉田 望"}]}
{"plan":"total","messages":1,"shared":0,"stay":2,"originals":1,"rows":0,"files":0,"written":1,"set_aside":0,"dry_run":false,"finished":true}
1 message was erased.
$ held 水曜に伺
$ held 午後に電話
$ genchi search 青磁色 2>&1 | head -1
2026-02-05 13:00  mail received  倉田 望                              4d9015bb3c
$ genchi show $(genchi search 御見積書 --format json 2>/dev/null | head -1 | sed 's/.*"id":"\([0-9a-f]*\)".*/\1/') 2>/dev/null | tail -1
御見積書をお送りします。サイト改修一式 税込 132,000円です。
$ others > $HOME/after; cmp $HOME/before $HOME/after && echo same
same
$ genchi verify --full 2>&1 | tail -1
Result: no damage, 0 notes

$ id() { genchi --format json search "$1" 2>/dev/null | head -1 | sed 's/.*"id":"\([0-9a-f]*\)".*/\1/'; }
$ genchi note -m $(id 母の分) お母様も > /dev/null
$ genchi erase $(id 母の分) --yes
What goes:
  LINE: 1 message  2026-03-09 – 2026-03-09
  1 note, mark or decision
Out of reach: backups until the next `genchi backup` to the same folder,
exports, evidence packs and downloads elsewhere, and mail and LINE themselves.
1 message was erased.
$ held 母の分も
$ held お母様も
$ genchi search 削除記録 | sed 's/[0-9a-f]\{10,\}/ID/g'

1 message. LINE up to the download of 2026-03-18 18:05, mail up to the import of 2026-04-03 10:00
2026-03-09 19:20  LINE received  青木 りん                            ID
    削除記録 (erased record) ID
$ make --made '2026-03-31 18:05' $talks $HOME/w/line_oa_chat_csv_260331_180501.zip
$ genchi import $HOME/w 2>&1 | tail -2
Total: 31 read = 5 new + 26 known + 0 set aside
2 messages that were erased were not brought back (import --restore-erased does).
$ held 母の分も
$ genchi search 削除記録 2>&1 | tail -1
1 message. LINE up to the download of 2026-03-31 18:05, mail up to the import of 2026-04-03 10:00
$ genchi search 母の分 2>&1 | head -1
0 messages. LINE up to the download of 2026-03-31 18:05, mail up to the import of 2026-04-03 10:00
$ genchi verify --full 2>&1 | tail -1
Result: no damage, 0 notes
$ genchi import --restore-erased $HOME/w 2>&1 | tail -1
Total: 31 read = 2 new + 29 known + 0 set aside
$ genchi search 母の分 2>&1 | tail -1
1 message. LINE up to the download of 2026-03-31 18:05, mail up to the import of 2026-04-03 10:00
$ genchi search 削除記録 2>&1 | head -1
0 messages. LINE up to the download of 2026-03-31 18:05, mail up to the import of 2026-04-03 10:00
$ genchi verify 2>&1 | tail -1
Result: no damage, 0 notes

$ genchi erase 青木 --yes
What goes:
  LINE: 8 messages  2026-03-02 – 2026-03-28
Out of reach: backups until the next `genchi backup` to the same folder,
exports, evidence packs and downloads elsewhere, and mail and LINE themselves.
8 messages were erased.
$ held 予約を変更; held 青木; held 様子を見て大丈夫
$ genchi search 学割 2>&1 | tail -1
1 message. LINE up to the download of 2026-03-31 18:05, mail up to the import of 2026-04-03 10:00
$ genchi verify --full 2>&1 | tail -1
Result: no damage, 0 notes
$ genchi import $HOME/w 2>&1 | tail -2
Total: 31 read = 0 new + 31 known + 0 set aside
13 messages that were erased were not brought back (import --restore-erased does).
$ held 予約を変更; held 青木; held 様子を見て大丈夫
$ printf '青木 りん\tUser\t青木 りん\t2026-04-02 09:00:00\t来月の枠を取りたいです\n' | cat $talks - > $HOME/later.txt
$ make --made '2026-04-03 08:05' $HOME/later.txt $HOME/w/line_oa_chat_csv_260403_080501.zip
$ genchi import $HOME/w/*260403* 2>&1 | tail -2
Total: 17 read = 1 new + 16 known + 0 set aside
8 messages that were erased were not brought back (import --restore-erased does).
$ held 予約を変更; held 様子を見て大丈夫
$ genchi search 来月の枠 2>&1 | tail -1
1 message. LINE up to the download of 2026-04-03 08:05, mail up to the import of 2026-04-03 10:00
$ genchi verify --full 2>&1 | tail -1
Result: no damage, 0 notes
$ genchi import --restore-erased $HOME/w 2>&1 | tail -1
Downloads of one chat differ: added later 1, unread before 1. Nothing is lost by it; `genchi status --drift` shows each.
$ genchi search 予約を変更 2>&1 | tail -1
1 message. LINE up to the download of 2026-04-03 08:05, mail up to the import of 2026-04-03 10:00
$ genchi search 青磁色 2>&1 | tail -1
2 messages. LINE up to the download of 2026-04-03 08:05, mail up to the import of 2026-04-03 10:00
$ genchi verify --full 2>&1 | tail -1
Result: no damage, 0 notes

$ GENCHI_NOW=2033-06-01T09:00:00+09:00 genchi erase --due
早瀬 透子 (1)
    1 document  2026-02-03 – 2026-02-03  had to be kept until 2033-05-31
$ GENCHI_NOW=2033-06-01T09:00:00+09:00 genchi --format json erase --due
{"client":{"id":1,"name":"早瀬 透子"},"documents":1,"first":"2026-02-03","last":"2026-02-03","until":"2033-05-31","still_kept":0,"still_until":null,"kept":false}
$ GENCHI_NOW=2033-05-31T09:00:00+09:00 genchi erase --due
$ rm $HOME/archive/genchi.toml; genchi erase --due
genchi: how long documents have to be kept cannot be determined
        Say in [business] of the settings what you are: kind, fiscal_year_end, filing.
[2]
