What one does every week, in one go: `genchi run` over a folder of downloads, twice; nothing in it is touched.

$ mkdir -p $HOME/Downloads $HOME/.config/genchi; cd $HOME/Downloads; repo=$OLDPWD
$ genchi run
genchi: the settings name no sources
        Write into /home/hana/.config/genchi/config.toml:
        [sources.downloads]
        path = "~/Downloads"
[2]
$ printf '[sources.downloads]\npath = "~/Downloads"\nfrom = "official"\n[sources.phone]\npath = "~/phone.mbox"\nfrom = "私物"\n' > $HOME/.config/genchi/config.toml
$ for i in $(seq 300); do printf 'no mail %d\n' $i > note$i.txt; done; printf '%%PDF-1.4' > manual.pdf; printf 'a,b\n1,2\n' > prices.csv
$ $repo/tests/support/line_download --made '2026-03-18 18:04' $repo/tests/golden/watch_talks.txt line_oa_chat_csv_260318_180402.zip
$ $repo/tests/support/line_download --made '2026-04-01 18:06' $repo/tests/golden/watch_talks.txt line_oa_chat_csv_260401_180611.zip
$ head -c 500 line_oa_chat_csv_260401_180611.zip > 'line_oa_chat_csv_260404_090000.zip'; cp line_oa_chat_csv_260401_180611.zip other.zip.crdownload
$ printf 'From a@b Thu Apr  2 10:00:00 2026\nFrom: =?UTF-8?B?5p+P5pyo?= <kashiwagi@hinata.example>\nTo: info@mimosa.example\nSubject: =?UTF-8?B?6KaL56mN?=\nDate: Thu, 2 Apr 2026 10:00:00 +0900\nMessage-ID: <1@hinata.example>\nContent-Type: text/plain; charset=utf-8\n\n見積をお願いできますか。\n' > mail.mbox
$ touch -d '2026-04-04 12:00' *; touch -d '2026-04-05 08:59:30' mail.mbox
$ find . -type f | sort | xargs -d '\n' sha256sum > $HOME/before; stat -c '%n %Y %Z' * | sort > $HOME/stamps
$ genchi run --page $HOME/today.html
Created the archive /home/hana/.local/share/genchi
genchi run, 2026-04-05 09:00

Imported
  downloads      16 new, 11 known, 302 other files left alone,
                 /home/hana/Downloads/line_oa_chat_csv_260404_
                 090000.zip is being written: the next run takes it,
                 /home/hana/Downloads/mail.mbox is being
                 written: the next run takes it,
                 /home/hana/Downloads/other.zip.crdownload is
                 being written: the next run takes it
  phone          /home/hana/phone.mbox is not there

Checked
  in order       20 journal rows, 1 of 1 blocks of originals

LINE: what is held
  361 days left  download by 2026-04-08 (Wed), みどり歯科  held up to
                 2026-04-01 18:06

Our answer is needed: 1
  waits 5 days 青木 りん (1) file or photo 8a2bc5a3b6
      (photo)  (last answer 2026-03-28 09:10, 受付 さとう)

Offers of ours without an answer: 1
  open 33 days 川口 みお (2) unanswered 53fe19839a
      16,500 yen tax included
The page: /home/hana/today.html
[3]
$ GENCHI_NOW=2026-04-05T09:10:00+09:00 genchi run
genchi run, 2026-04-05 09:10

Imported
  downloads      1 new, 27 known, 302 other files left alone,
                 /home/hana/Downloads/line_oa_chat_csv_260404_
                 090000.zip is being written: the next run takes it,
                 /home/hana/Downloads/other.zip.crdownload is
                 being written: the next run takes it
  phone          /home/hana/phone.mbox is not there

Checked
  in order       24 journal rows, 1 of 2 blocks of originals

LINE: what is held
  361 days left  download by 2026-04-08 (Wed), みどり歯科  held up to
                 2026-04-01 18:06

Our answer is needed: 2
  waits 5 days 青木 りん (1) file or photo 8a2bc5a3b6
      (photo)  (last answer 2026-03-28 09:10, 受付 さとう)
  waits 1 day  柏木 (4)      request       4e442f1046
      “見積をお願いできますか”

Offers of ours without an answer: 1
  open 33 days 川口 みお (2) unanswered 53fe19839a
      16,500 yen tax included
[3]
$ GENCHI_NOW=2026-04-05T09:20:00+09:00 genchi run --format json
{"run":"2026-04-05T09:20:00+09:00","sources":[{"name":"downloads","path":"/home/hana/Downloads","there":true,"read":28,"new":0,"known":28,"set_aside":0,"left_alone":302,"waiting":["/home/hana/Downloads/line_oa_chat_csv_260404_090000.zip","/home/hana/Downloads/other.zip.crdownload"],"problems":[]},{"name":"phone","path":"/home/hana/phone.mbox","there":false,"read":0,"new":0,"known":0,"set_aside":0,"left_alone":0,"waiting":[],"problems":[]}],"checked":{"journal":26,"blocks":0,"all_blocks":2,"damage":[]},"accounts":[{"account":"みどり歯科","held_until":"2026-04-01T18:06:00+09:00","days_left":361,"next_download":"2026-04-08","behind":0}],"groups":[{"group":"ours","count":2},{"group":"offers","count":1}],"page":null,"exit":3}
[3]
$ find . -type f | sort | xargs -d '\n' sha256sum | cmp - $HOME/before; stat -c '%n %Y %Z' * | sort | cmp - $HOME/stamps && echo untouched
untouched
$ grep -c '<script' $HOME/today.html; stat -c %a $HOME/today.html; grep -o '<h2[^>]*>[^<]*' $HOME/today.html
0
600
<h2>Imported　2
<h2>Checked　1
<h2>LINE: what is held　1
<h2>Our answer is needed　1
<h2>Offers of ours without an answer　1

$ GENCHI_NOW=2026-04-06T09:00:00+09:00 genchi run | sed -n 1,9p
genchi run, 2026-04-06 09:00

Imported
  downloads      0 new, 28 known, set aside: 2, 302 other files left alone,
                 /home/hana/Downloads/other.zip.crdownload is
                 being written: the next run takes it
                 set aside,
                 /home/hana/Downloads/line_oa_chat_csv_260404_
                 090000.zip!/1_20260302_20260328_青木 りん.csv:  damaged or
$ cp line_oa_chat_csv_260401_180611.zip line_oa_chat_csv_260404_090000.zip; touch -d '2026-04-06 10:00' line_oa_chat_csv_260404_090000.zip; GENCHI_NOW=2026-04-06T11:00:00+09:00 genchi run >/dev/null
[3]
$ GENCHI_NOW=2026-04-06T11:00:00+09:00 genchi run --fail-under 2年 | tail -2

Something in LINE goes in less than 730 days: `genchi watch`
$ genchi run --wait 0 2>&1 >/dev/null & sleep 0.2; wait
$ printf 'From a@b Thu Apr  2 10:00:00 2026\nFrom: =?UTF-8?B?5p+P5pyo?= <kashiwagi@hinata.example>\nTo: info@mimosa.example\nSubject: from the phone\nDate: Thu, 2 Apr 2026 11:00:00 +0900\nMessage-ID: <2@hinata.example>\n\nHello.\n' > $HOME/phone.mbox; touch -d '2026-04-04 12:00' $HOME/phone.mbox; GENCHI_NOW=2026-04-06T11:00:00+09:00 genchi run >/dev/null
$ genchi status | grep -v Archive
1 message comes from a private device. Whether the firm allows that is for it to say; `genchi status --sources` names the file.
mail                         2 messages, 2 conversations, 2026-04-02 to 2026-04-02
LINE みどり歯科              16 messages, 10 conversations, 2026-03-02 to 2026-03-30
Clients                      4
Files imported               10
Set aside                    2
Came from                    an official account 17, a private device 1
Fresh                        LINE up to the download of 2026-04-01 18:06, mail up to the import of 2026-04-06 11:00
Index                        up to date
$ genchi clients show kashiwagi | grep -i came
  Came from an official account 1, a private device 1
$ genchi show $(genchi search 'from the phone' --format json 2>/dev/null | cut -c8-17) | grep -i came
Came from  a private device
$ cp $HOME/.local/share/genchi/archive.db $HOME/older.db; printf '\nFrom a@b Thu Apr  2 10:00:00 2026\nFrom: c@hinata.example\nTo: info@mimosa.example\nSubject: third\nDate: Thu, 2 Apr 2026 12:00:00 +0900\nMessage-ID: <3@hinata.example>\n\nHello again.\n' >> $HOME/phone.mbox; touch -d '2026-04-04 12:00' $HOME/phone.mbox; GENCHI_NOW=2026-04-06T11:00:00+09:00 genchi run >/dev/null
$ rm -f $HOME/.local/share/genchi/archive.db-*; cp $HOME/older.db $HOME/.local/share/genchi/archive.db; rm $HOME/phone.mbox; GENCHI_NOW=2026-04-06T11:00:00+09:00 genchi run | sed -n '/^Checked/,/^$/p' | tr -s ' \n' ' ' | sed 's/head-[0-9a-f ]*/head-…/; s/ $//'
Checked DAMAGE archive.db, the journal is shorter than at the last run: perhaps an older archive was put back If that was on purpose, delete /home/hana/.local/state/genchi/head-….json.
$ genchi run --install --at 8:30
genchi: --at: "8:30" is no time
        Write it as 08:30.
[2]
$ genchi run --install --days someday
genchi: --days: "someday" names no days
        Write daily, mon-fri, or days like mon,thu.
[2]
$ genchi run --uninstall
nothing was installed
