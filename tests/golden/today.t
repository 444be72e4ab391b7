The morning screen.

$ genchi | head -n 3
genchi keeps every mail and LINE conversation with your clients, and finds what was agreed, for how much, by when.
Usage: genchi [OPTIONS] [COMMAND]
$ genchi --archive ~/elsewhere
genchi: there is no archive in /home/hana/elsewhere
        genchi import makes one
[2]
$ mkdir -p ~/.config/genchi; echo 'name = "藤井"' >~/.config/genchi/config.toml
$ genchi import samples/mail samples/line --me info@tsubame-web.example >/dev/null 2>&1
$ genchi today
Today 2026-04-05 (Sun)

Our answer is needed: 3
  waits 14 days 佐々木さくら (13)     file or photo  b42b3b12ce
      (video)  (last answer 2026-03-04 10:08, 三浦)
  waits 7 days  田中 (14)             answer to ours cf19d39f6c
      “はい、お願いします”  (last answer 2026-03-25 15:48, 石田)
  waits 4 days  美容室ミモザ 三浦 (7) request        c51a90e723
      “そのときのやり取りを見つけていただけますか？”  (last answer 2026-04-01 …

Days gone by (whether it was done is not known): 1
  by 2026-03-31 (Tue) hidamari-dental.e… (2) deadline 5e307c362c
      ours  “今年度中は据え置きとすることもできますので、ご希望をお聞かせくだ…

Offers of ours without an answer: 2
  open 53 days 田中 (14)     unanswered eea0b66f2d
      前髪カット  1,100 yen tax included
  open 50 days 髙橋 Mai (12) unanswered f02059d588
      36,300 yen tax included

Broken off: 5
  waits 152 days ほしぞらサーバー … (8) request, ours to give       0eb3a82405
      “継続される場合は、 お支払期限の3月20日(金)までに 13,200円（税込）をお支…
  waits 221 days hidamari-dental.e… (2) offer, theirs to give       5e307c362c
      “今年度中は据え置きとすることもできますので、ご希望をお聞かせください”  …
  waits 274 days 青木 美咲 (6)          plain message, ours to give 7b1ec8174f
      “家族と話し合って、今回は見送ることにしました”  (last answer 2025-02-11 …
  waits 448 days sakuragawa-kanko.… (3) request, ours to give       9e11355039
      “クレジット表記だけ忘れないようお願いします”  (last answer 2024-06-05 16…
  waits 427 days みなと印刷 野口 (4)    offer, ours to give         aa22b6ec86
      “お見積は下の表のとおりです”  (last answer 2024-07-08 11:20, つばめウェ…

LINE up to the download of 2026-04-02 18:05, mail up to the import of 2026-04-05 09:00
$ test "$(genchi 2>&1)" = "$(genchi 今日 2>&1)" && echo the same
the same
$ genchi mark 青木 要対応 クレーム >/dev/null; genchi assign 青木 三宅 >/dev/null; genchi mark 川瀬 要対応 >/dev/null; genchi mark 佐々木 対応済み >/dev/null; genchi assign 佐々木 三宅 >/dev/null
$ genchi today --assignee 三宅
Today 2026-04-05 (Sun)  for 三宅

Our answer is needed: 1
  waits 14 days 佐々木さくら (13) file or photo b42b3b12ce
      (video)  (dealt with, 三宅; last answer 2026-03-04 10:08, 三浦)

Marked by us: 1
  青木 美咲 (6) needs us, クレーム, 三宅 7b1ec8174f
      by the talk our answer is needed

Broken off: 1
  waits 274 days 青木 美咲 (6) plain message, ours to give 7b1ec8174f
      “家族と話し合って、今回は見送ることにしました”  (needs us, クレーム, 三…

LINE up to the download of 2026-04-02 18:05, mail up to the import of 2026-04-05 09:00
$ genchi today --limit 1 --account ミモザ
Today 2026-04-05 (Sun)

Our answer is needed: 2
  waits 14 days 佐々木さくら (13) file or photo b42b3b12ce
      (video)  (dealt with, 三宅; last answer 2026-03-04 10:08, 三浦)
  … and 1 more (`genchi todo`)

Offers of ours without an answer: 2
  open 53 days 田中 (14) unanswered 前髪カット  1,100 yen tax inclu… eea0b66f2d
  … and 1 more (`genchi agreements --state unanswered,hold,conditional`)

LINE up to the download of 2026-04-02 18:05, mail up to the import of 2026-04-05 09:00
$ GENCHI_NOW=2026-04-20T09:00:00+09:00 genchi today --limit 1 | head -n 8
Today 2026-04-20 (Mon)

Not downloaded for long: 1
  18 days ago LINE 美容室ミモザ  known up to 2026-04-02 18:05

Our answer is needed: 2
  waits 18 days 田中 (14) answer to ours cf19d39f6c
      “はい、お願いします”  (last answer 2026-03-25 15:48, 石田)
$ GENCHI_NOW=2024-06-12T08:00:00+09:00 genchi today --limit 3 2>/dev/null
Today 2024-06-12 (Wed)

Our answer is needed: 7
  waits 2 days sakuragawa-kanko.… (3) request       9e11355039
      “クレジット表記だけ忘れないようお願いします”  (last answer 2024-06-05 16…
  waits 0 days みなと印刷 野口 (4)    offer         aa22b6ec86
      “お見積は下の表のとおりです”  (last answer 2024-07-08 11:20, つばめウェ…
  waits 0 days 青木 美咲 (6)          plain message 7b1ec8174f
      “家族と話し合って、今回は見送ることにしました”  (needs us, クレーム, 三…
  … and 4 more (`genchi todo`)

Days gone by (whether it was done is not known): 3
  2024-06-06 (Thu) sakuragawa-kanko.… (3) deadline 5ae6259739
      theirs  “…日(金)の役員会に諮りますので、前日までにいただけますと幸いです…
  2024-06-07 (Fri) sakuragawa-kanko.… (3) delivery 5ae6259739
      theirs  “6月7日(金)の役員会に諮りますので、前日までにいただけますと幸い…
  2024-06-10 (Mon) hidamari-dental.e… (2) delivery 02db480a52
      ours  “…ます。154,000円（税込）、6月10日(月)公開で承りました。”  (accept…

Offers of ours without an answer: 3
  open 0 days hidamari-dental.e… (2) unanswered 5e307c362c
      保守料金の改定についての確認  3,850 yen tax included
  open 0 days 田中 (14)              unanswered eea0b66f2d
      前髪カット  1,100 yen tax included
  open 0 days 髙橋 Mai (12)          unanswered f02059d588
      36,300 yen tax included

Marked by us: 2
  青木 美咲 (6) needs us, クレーム, 三宅 7b1ec8174f
      by the talk our answer is needed
  川瀬 みつ (5) needs us
      by the talk nothing is open

Waiting for their answer: 1
  waits 0 days hidamari-dental.e… (2) offer 5e307c362c
      “今年度中は据え置きとすることもできますので、ご希望をお聞かせください”  …

LINE up to the download of 2026-04-02 18:05, mail up to the import of 2026-04-05 09:00
$ genchi today --assignee 誰か
Today 2026-04-05 (Sun)  for 誰か

LINE up to the download of 2026-04-02 18:05, mail up to the import of 2026-04-05 09:00
no client is assigned to 誰か
$ genchi today --format json 2>/dev/null | sed 's/^{"group":"\([a-z_]*\)".*/\1/' | sort | uniq -c
      5 broken_off
      2 marked
      2 offers
      3 ours
      1 overdue
$ genchi today --format json --assignee 三宅 2>/dev/null
{"group":"ours","client":{"id":13,"name":"佐々木さくら"},"turn":"ours","broken_off":false,"why":"attachment","since":"2026-03-14T20:02:58+09:00","days":14,"waiting":{"id":"b42b3b12ce7c202a68ed4e5627ec8e0c2b7b3a41eafbf2a9eb23ab5d80138f40","sent":"2026-03-14T20:02:58+09:00","channel":"line","kind":"video","quote":""},"last":{"id":"8b89acee3be678df1e1266dea00770af6308278febdda4a336d617ac99f42f4a","sent":"2026-03-14T20:03:30+09:00","channel":"line","direction":"in","from":"佐々木さくら","quote":"今日は母と二人、ありがとうございました"},"answered":{"id":"abc4269d8f4fb7fae04fcd3391360ea220d8f9430a328bf156edcbfc682e0d37","sent":"2026-03-04T10:08:39+09:00","channel":"line","by":"三浦"},"account":"美容室ミモザ","state":"done","mark":null,"assignee":"三宅","tags":[],"contradicts":true}
{"group":"marked","client":{"id":6,"name":"青木 美咲"},"id":null,"sent":null,"channel":null,"quote":null,"turn":"ours","state":"open","mark":"クレーム","assignee":"三宅","tags":[]}
{"group":"broken_off","client":{"id":6,"name":"青木 美咲"},"turn":"ours","broken_off":true,"why":"message","since":"2025-02-20T21:48:06+09:00","days":274,"waiting":{"id":"7b1ec8174faf72e0669400bf294305c5acfd63fa26a9d8cf45e2e4386db4a71f","sent":"2025-02-20T21:48:06+09:00","channel":"mail","kind":null,"quote":"家族と話し合って、今回は見送ることにしました"},"last":{"id":"7b1ec8174faf72e0669400bf294305c5acfd63fa26a9d8cf45e2e4386db4a71f","sent":"2025-02-20T21:48:06+09:00","channel":"mail","direction":"in","from":"青木 美咲","quote":"家族と話し合って、今回は見送ることにしました"},"answered":{"id":"b630004365f5861cd673aa8ab8c91e8ab24ae5c5da4d841af10899a9481f54c2","sent":"2025-02-11T18:20:14+09:00","channel":"mail","by":"つばめウェブ工房 藤井 遥"},"account":null,"state":"open","mark":"クレーム","assignee":"三宅","tags":[],"contradicts":false}
$ genchi today --format csv --limit 1 2>/dev/null | tr -d "\r"
﻿group,client_id,client,when,what,words,note,id
ours,13,佐々木さくら,waits 14 days,file or photo,(video),"dealt with, 三宅; last answer 2026-03-04 10:08, 三浦",b42b3b12ce7c202a68ed4e5627ec8e0c2b7b3a41eafbf2a9eb23ab5d80138f40
overdue,2,hidamari-dental.example,by 2026-03-31 (Tue),deadline,ours  “今年度中は据え置きとすることもできますので、ご希望をお聞かせください。”,unanswered,5e307c362c8c65f2de1f194568b3f106438062e20c198fb84bd448948f6eeb4f
offers,14,田中,open 53 days,unanswered,"前髪カット  1,100 yen tax included",,eea0b66f2df56b3dbe16d4eda46496b5eba6dc058f5759ed6aa94b296610e589
marked,6,青木 美咲,,"needs us, クレーム, 三宅",by the talk our answer is needed,,7b1ec8174faf72e0669400bf294305c5acfd63fa26a9d8cf45e2e4386db4a71f
broken_off,8,ほしぞらサーバー サポート,waits 152 days,"request, ours to give","“継続される場合は、 お支払期限の3月20日(金)までに 13,200円（税込）をお支払いください”",,0eb3a82405ae863dc5dedffe57a4d46f5e05054e9bb3dccad3775175b0b91e2c
$ genchi today --html 2>/dev/null >~/today.html; grep -c '<script\|http:\|https:\|src=' ~/today.html; grep -o '<h[12]>[^<]*' ~/today.html
0
<h1>Today 2026-04-05 (Sun)
<h2>Our answer is needed　3
<h2>Days gone by (whether it was done is not known)　1
<h2>Offers of ours without an answer　2
<h2>Marked by us　2
<h2>Broken off　5
$ genchi clients rename 青木 '<b>青木&</b>' >/dev/null 2>&1; genchi today --html 2>/dev/null | grep -o '<td class="c">[^<]*青木[^<]*' | sort -u; genchi --html
<td class="c">&lt;b&gt;青木&amp;&lt;/b&gt; (6)
genchi: there is no option --html
        `genchi --help` and `genchi COMMAND --help` show how.
[2]
$ genchi today --account nowhere
genchi: no account of ours is called "nowhere"
        `genchi status` lists them.
[1]
