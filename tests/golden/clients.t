Who is who: clients are merged, split and named by people only, and each decision can be taken back.

$ mkdir -p ~/in ~/.config/genchi; echo 'name = "藤井"' >~/.config/genchi/config.toml
$ mail() { printf 'From: %s\nTo: %s\nSubject: %s\nDate: %s\nMessage-ID: <%s@t>\nContent-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n\n%s\n' "$1" "$2" "$3" "$4" "$(echo "$*" | cksum | tr -d ' ')" "$5"; }
$ mail '田中 葵 <aoi.tanaka@example.net>' info@tsubame-web.example '予約の件' 'Thu, 26 Mar 2026 10:00:00 +0900' 'カットとカラーの予約をお願いします。8,800円でよろしいでしょうか。' >~/in/tanaka.eml
$ genchi import samples/mail samples/line ~/in --me info@tsubame-web.example >/dev/null 2>&1
$ genchi clients --client 田中 2>/dev/null
  15  田中 葵                     mail   2026-03-26     1 message  aoi.tanaka@example.net
  14  田中                        LINE   2026-03-25    13 messages  美容室ミモザ
  11  田中                        LINE   2026-03-20    16 messages  美容室ミモザ
$ answers() { for q in '田中' '取引先:田中' 'カット' '8800円'; do genchi search "$q" --format json; done 2>/dev/null; genchi agreements --format json 2>/dev/null; genchi prices --format json 2>/dev/null; genchi clients --format json 2>/dev/null; }
$ answers >~/before; wc -l <~/before
217
$ genchi clients merge 田中 14
genchi: "田中" is part of the names of 3 clients:
  14  田中
  11  田中
  15  田中 葵
        Say which: its number, or more of its name.
[2]
$ mailer=$(genchi clients --client aoi.tanaka@example.net --format json 2>/dev/null | grep -o '"id":[0-9]*' | head -n 1 | cut -d : -f 2)
$ genchi clients merge "$mailer" 14 --by 三宅
15  田中 葵
  Kind     company (guessed)
  Also     田中
  Known by domain example.net
  Known by LINE chat 1075a21c6b5e17c6
  Account  美容室ミモザ
  Person   田中 葵 aoi.tanaka@example.net  2026-03-26 – 2026-03-26
  Messages 14, 2025-11-20 – 2026-03-26
`genchi clients undo 55` takes this back.
$ genchi clients --client 田中 2>/dev/null
  15  田中 葵                     mail+LINE 2026-03-26    14 messages  田中, aoi.tanaka@example.net, 美容室ミモザ
  11  田中                        LINE   2026-03-20    16 messages  美容室ミモザ
$ genchi search "client:$mailer" --format json 2>/dev/null | grep -o '"channel":"[a-z]*"' | sort | uniq -c
     13 "channel":"line"
      1 "channel":"mail"
$ genchi clients show 14 --format json
{"id":15,"name":"田中 葵","named":false,"kind":"company","kind_given":false,"names":["田中"],"addresses":["aoi.tanaka@example.net"],"identifiers":["domain:example.net","chat:1075a21c6b5e17c6"],"channels":["mail","line"],"account":"美容室ミモザ","messages":14,"first":"2025-11-20T18:30:22+09:00","last":"2026-03-26T10:00:00+09:00","assumed":false,"state":null,"mark":null,"assignee":null,"tags":[],"fields":[],"people":[{"name":"田中 葵","address":"aoi.tanaka@example.net","first":"2026-03-26T10:00:00+09:00","last":"2026-03-26T10:00:00+09:00","messages":1}],"from":[]}
$ genchi clients undo
55 2026-04-05 09:00 三宅 [taken back] merged into 田中 葵 (domain example.net)…
56 2026-04-05 09:00 藤井 taken back: 55
$ answers | cmp - ~/before && echo the same answers
the same answers
$ genchi clients history
55 2026-04-05 09:00 三宅 [taken back] merged into 田中 葵 (domain example.net)…
56 2026-04-05 09:00 藤井 taken back: 55

$ genchi clients split aoba-kensetsu watanabe@aoba-kensetsu.example 2>/dev/null | head -n 8
1  aoba-kensetsu.example
  Kind     company (guessed)
  Also     青葉建設 経理課, 佐藤 健一
  Known by domain aoba-kensetsu.example
  Person   青葉建設 経理課 keiri@aoba-kensetsu.example  2024-04-01 – 2025-08-01
  Person   佐藤 健一 sato@aoba-kensetsu.example  2024-03-04 – 2025-08-01
  Messages 19, 2024-03-04 – 2025-08-01
16  渡辺 隆
$ genchi search 'client:渡辺' --format json 2>/dev/null | wc -l
11
$ genchi clients rename 渡辺 'わたなべ建築士'
16  わたなべ建築士
  Kind     private person (guessed)
  Also     渡辺 隆
  Known by watanabe@aoba-kensetsu.example
  Person   渡辺 隆 watanabe@aoba-kensetsu.example  2024-03-06 – 2024-05-30
  Messages 2, 2024-04-10 – 2024-05-13
`genchi clients undo 59` takes this back.
$ genchi clients kind わたなべ 法人 2>/dev/null | sed -n 2p
  Kind     company
$ genchi clients assign watanabe@aoba-kensetsu.example 青木 2>/dev/null | grep Known
  Known by genchi-sample-aoki@gmail.com
  Known by watanabe@aoba-kensetsu.example
$ genchi clients field 青木 誕生日 '5月3日' --by 三宅 | tail -n 2
  誕生日   5月3日
  Messages 6, 2024-04-10 – 2025-02-20
$ answers >~/decided
$ rm -r ~/.local/share/genchi/catalogue.db* ~/.local/share/genchi/index; answers | cmp - ~/decided && echo the same answers
the same answers
$ genchi verify --full 2>/dev/null | tail -n 1
Result: no damage, 0 notes
$ genchi clients split 青木 nobody@example.net
genchi: "nobody@example.net" is no address, domain or LINE chat that is held
        `genchi clients show CLIENT` lists those of a client.
[1]
$ genchi clients split 青木 noguchi@minato-print.example
genchi: noguchi@minato-print.example does not belong to 青木 美咲
        `genchi clients show CLIENT` lists what does.
[2]
$ genchi clients merge 青木 青木
genchi: "青木" is the same client already
[2]
$ genchi clients assign gmail.com 青葉
genchi: addresses at gmail.com are of many people, not of one client
        Assign the mail address.
[2]
$ genchi clients kind 青木 firma
genchi: "firma" is no kind of client
        Kinds are: company (法人), person (個人), - for as guessed.
[2]
$ genchi clients undo 1
genchi: there is no decision 1
        `genchi clients history` lists decisions.
[1]
$ genchi clients undo && genchi clients undo >/dev/null && genchi clients undo >/dev/null && genchi clients undo >/dev/null && genchi clients undo
61 2026-04-05 09:00 藤井 [taken back] assigned to 青木 美咲 (genchi-sample-aok…
63 2026-04-05 09:00 藤井 taken back: 61
genchi: there is nothing to take back
        `genchi clients history` lists decisions.
[1]
$ genchi clients merge 青木 1 >/dev/null 2>&1; genchi clients split 青木 genchi-sample-aoki@gmail.com 2>/dev/null | grep -v Person
1  aoba-kensetsu.example
  Kind     company (guessed)
  Also     青葉建設 経理課, 佐藤 健一, 渡辺 隆
  Known by domain aoba-kensetsu.example
  Messages 21, 2024-03-04 – 2025-08-01
6  青木 美咲
  Kind     private person (guessed)
  Known by genchi-sample-aoki@gmail.com
  誕生日   5月3日
  Messages 4, 2025-02-10 – 2025-02-20
$ for merged in '14 11' '11 10'; do genchi clients merge $merged 2>&1 >/dev/null; done
`genchi clients undo 69` takes this back.
`genchi clients undo 70` takes this back.
$ genchi clients undo "$(genchi clients history --format json | tail -n 2 | head -n 1 | grep -o '^{"number":[0-9]*' | cut -d : -f 2)"
69 2026-04-05 09:00 藤井 [taken back] merged into 田中 (LINE chat 1075a21c6b5e…
71 2026-04-05 09:00 藤井 taken back: 69
A later decision about these clients still counts; look whether it is meant without this one:
  70  merged into 田中 (LINE chat 1075a21c6b5e17c6): LINE chat 0c5b2389f9c07fb5
$ genchi clients undo
70 2026-04-05 09:00 藤井 [taken back] merged into 田中 (LINE chat 1075a21c6b5e…
72 2026-04-05 09:00 藤井 taken back: 70
