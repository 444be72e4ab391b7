One screen before answering.

$ mkdir -p ~/.config/genchi; echo 'name = "藤井"' >~/.config/genchi/config.toml
$ genchi import samples/mail samples/line --me info@tsubame-web.example >/dev/null 2>&1
$ genchi brief 青葉建設
aoba-kensetsu.example (1)  company (guessed)  21 messages  2024-03-04 to 2025-0…
Also     青葉建設 経理課, 佐藤 健一, 渡辺 隆
We write mail  佐藤様  (9 of the last 10)                            f6c0d2d2b2
         mail  経理課 御中  (1 of the last 10)                       a47d362acf
Channel  mail  last 2025-08-01 17:02  (imported 2026-04-05)          f6c0d2d2b2
Person   青葉建設 経理課, keiri@aoba-kensetsu.example  2025-08-01  … f6c0d2d2b2
         佐藤 健一, sato@aoba-kensetsu.example  2025-08-01  in CC 2… 4f9702b9a6
         渡辺 隆, watanabe@aoba-kensetsu.example  2024-05-30  in CC… ae268758a4
Turn     nothing is open
Last     2025-06-16 11:55  mail received  佐藤 健一                  edb3fe1850
         “66,000円（税込）でお願いします。原稿は7月4日までにお送り…
         2025-08-01 17:02  mail sent  つばめウェブ工房 藤井 遥       f6c0d2d2b2
         “採用ページ2頁と応募フォームを本日公開しました。あわせて請…
accepted 2025-06-13  66,000 yen tax included  応募フォーム  2025-07… 8593be80cb
         2024-04-01  413,600 yen tax included  トップページ デザイ…  ad6452b90a
Price    2025-06-13  20,000 yen  accepted  応募フォーム              8593be80cb
         2025-06-12  20,000 yen  offered  フォーム分                 a627e7978e
         2024-03-21  18,000 yen each tax excluded  accepted  下層ペ… 23dcc2db09
         2024-03-21  90,000 yen tax excluded  accepted  トップペー…  23dcc2db09
         2024-03-21  30,000 yen tax excluded  accepted  お問い合わ…  23dcc2db09
         … and more (`genchi prices CLIENT`)
Media    messages with photos: 1  last 2024-05-16 13:22              3b06b883d3
         messages with files: 4  last 2025-08-01 17:02               f6c0d2d2b2

LINE up to the download of 2026-04-02 18:05, mail up to the import of 2026-04-05 09:00
For ourselves: holds our marks and notes
$ genchi mark 佐々木 要対応 >/dev/null; genchi assign 佐々木 三宅 >/dev/null; genchi tag 佐々木 着付け >/dev/null; genchi clients field 佐々木 誕生日 3月3日 >/dev/null 2>&1
$ genchi note 佐々木 '母の日の着付けも。' --by 三宅 >/dev/null; genchi note 佐々木 '電話は夜。' >/dev/null
$ genchi 一枚 佐々木
佐々木さくら (13)  private person (guessed)  17 messages  2025-11-08 to 2026-03…
Also     さくら🌸
We write LINE  without a name  (4 of the last 4)                     abc4269d8f
Channel  LINE 美容室ミモザ  last 2026-03-14 20:03  (downloaded 2026… 8b89acee3b
Marks    needs us, assigned to 三宅, #着付け
Fields   誕生日: 3月3日
Note     2026-04-05  藤井  電話は夜。
         2026-04-05  三宅  母の日の着付けも。
Turn     our answer is needed  file or photo  waits 14 days          b42b3b12ce
         2026-03-14  (video)
Last     2026-03-14 20:03  LINE received  佐々木さくら               8b89acee3b
         “今日は母と二人、ありがとうございました！”
         2026-03-04 10:08  LINE sent  三浦                           abc4269d8f
         “お返事が遅くなりました。お母様は9:00、ヘアセット 5,500円…
accepted 2026-03-04  5,500 yen tax included  ヘアセット              45f8ca0528
         2025-11-09  13,200 yen tax included  着付けとヘアセット  2… db8c8e6336
Price    2026-03-04  5,500 yen tax included  accepted  ヘアセット    abc4269d8f
         2025-11-09  13,200 yen tax included  accepted  着付けとヘ…  db8c8e6336
         2025-11-09  7,700 yen  offered  着付け                      eed2585b10
Media    messages with photos: 1  last 2026-02-20 19:25              eb3c26be68

LINE up to the download of 2026-04-02 18:05, mail up to the import of 2026-04-05 09:00
For ourselves: holds our marks and notes
$ id=$(genchi search 'from:佐々木 お願いします' --format json --limit 1 2>/dev/null | cut -c 8-17); genchi mark -m "$id" クレーム >/dev/null; genchi brief 佐々木 2>/dev/null | grep クレーム
Complaint 2026-03-04  LINE  クレーム  “よかったです。お願いします”   45f8ca0528
$ genchi marks rename クレーム 苦情 >/dev/null; genchi brief 佐々木 2>/dev/null | grep 苦情; genchi mark -m "$id" --clear >/dev/null; genchi brief 佐々木 2>/dev/null | grep -c 苦情
Complaint 2026-03-04  LINE  苦情  “よかったです。お願いします”       45f8ca0528
0
[1]
$ GENCHI_NOW=2024-06-01T09:00:00+09:00 genchi brief 青葉建設 --format json 2>/dev/null | grep -o '"dates":.*"complaints"'
"dates":[{"value":"2025-07-04","role":"deadline"}],"opened":"2025-06-10T09:05:48+09:00","proposed":{"id":"a627e7978e864f5b974846a3199e2c12d9a013f60d810b780df45dbb8af8cc34","sent":"2025-06-12T14:18:03+09:00","channel":"mail","direction":"in","quote":"フォーム分を20,000円にしていただけないでしょうか。"},"answered":{"id":"8593be80cb38f80234b2565725b4c02c581a2ce3c8543fd60cec00f415eab3b2","sent":"2025-06-13T09:20:36+09:00","channel":"mail","direction":"out","quote":"承知しました。応募フォームは20,000円で承ります。"},"before":[{"id":"41dd359ed74479ec75c0cbcc11121220c321f550d1937bf4c51d43d57ea8ad06","sent":"2025-06-11T10:40:21+09:00","yen":71500,"currency":"JPY","tax":"incl","dates":[{"value":"2025-08-01","role":"delivery"}],"superseded_by":"8593be80cb38f80234b2565725b4c02c581a2ce3c8543fd60cec00f415eab3b2"}],"company":true,"only_line":false},{"deal":"b872a4056cf7a34bdd3f5ec2a259288a650bee1acba6d050833ab6cf806d53e5","client":{"id":1,"name":"aoba-kensetsu.example"},"state":"explicit","item":"トップページ デザイン・制作","yen":413600,"currency":"JPY","tax":"incl","dates":[{"value":"2024-03-29","role":"deadline"},{"value":"2024-05-31","role":"delivery"}],"opened":"2024-03-15T17:20:05+09:00","proposed":{"id":"23dcc2db091d61539e8f43b4a8087f04206118a9686668c5f1cb53591a4e8c20","sent":"2024-03-21T11:02:50+09:00","channel":"mail","direction":"out","quote":"下層ページは7頁まとめてのご発注として、1頁18,000円に値引きしています。 … 小計（税抜）376,000円　合計（税込）413,600円"},"answered":{"id":"ad6452b90ab063a9063313285fad811542b32b866802118947d26e84212f16c8","sent":"2024-04-01T10:12:27+09:00","channel":"mail","direction":"in","quote":"社内の決裁も下りましたので、5月31日(金)の公開に向けて進めてください。"},"later":[{"id":"f57f4acc5471c5c74f36509f1438b789af4ed55c9aaf6bde36e24d0ce76e5802","sent":"2024-04-01T11:30:44+09:00","channel":"mail","direction":"out","act":"acceptance","quote":"ご発注ありがとうございます。確かに承りました。"}],"before":[{"id":"b872a4056cf7a34bdd3f5ec2a259288a650bee1acba6d050833ab6cf806d53e5","sent":"2024-03-15T17:20:05+09:00","yen":451000,"currency":"JPY","tax":"incl","dates":[{"value":"2024-04-15","role":"deadline"}],"superseded_by":"23dcc2db091d61539e8f43b4a8087f04206118a9686668c5f1cb53591a4e8c20"}],"company":true,"only_line":false}],"more_in_force":false,"prices":[{"id":"8593be80cb38f80234b2565725b4c02c581a2ce3c8543fd60cec00f415eab3b2","sent":"2025-06-13T09:20:36+09:00","direction":"out","channel":"mail","item":"応募フォーム","surface":"20,000円","yen":20000,"currency":"JPY","tax":null,"unit":false,"approx":false,"role":"accepted","state":"explicit","quote":"承知しました。応募フォームは20,000円で承ります。"},{"id":"a627e7978e864f5b974846a3199e2c12d9a013f60d810b780df45dbb8af8cc34","sent":"2025-06-12T14:18:03+09:00","direction":"in","channel":"mail","item":"フォーム分","surface":"20,000円","yen":20000,"currency":"JPY","tax":null,"unit":false,"approx":false,"role":"offer","state":null,"quote":"フォーム分を20,000円にしていただけないでしょうか。"},{"id":"23dcc2db091d61539e8f43b4a8087f04206118a9686668c5f1cb53591a4e8c20","sent":"2024-03-21T11:02:50+09:00","direction":"out","channel":"mail","item":"下層ページ制作（1頁 18,000円）","surface":"18,000円","yen":18000,"currency":"JPY","tax":"excl","unit":true,"approx":false,"role":"offer","state":"explicit","quote":"| 下層ページ制作（1頁 18,000円） | 7 | 126,000円 |"},{"id":"23dcc2db091d61539e8f43b4a8087f04206118a9686668c5f1cb53591a4e8c20","sent":"2024-03-21T11:02:50+09:00","direction":"out","channel":"mail","item":"トップページ デザイン・制作","surface":"90,000円","yen":90000,"currency":"JPY","tax":"excl","unit":false,"approx":false,"quantity":1,"role":"offer","state":"explicit","quote":"| トップページ デザイン・制作 | 1 | 90,000円 |"},{"id":"23dcc2db091d61539e8f43b4a8087f04206118a9686668c5f1cb53591a4e8c20","sent":"2024-03-21T11:02:50+09:00","direction":"out","channel":"mail","item":"お問い合わせフォーム","surface":"30,000円","yen":30000,"currency":"JPY","tax":"excl","unit":false,"approx":false,"quantity":1,"role":"offer","state":"explicit","quote":"| お問い合わせフォーム | 1 | 30,000円 |"}],"more_prices":true,"dates":[{"id":"4f9702b9a621cc9f2fafdc481587f2a67197da0f52cdfa759c26fad217b20319","sent":"2024-06-28T09:30:15+09:00","client":{"id":1,"name":"aoba-kensetsu.example"},"direction":"in","channel":"mail","memo":null,"surface":"本日","value":"2024-06-28","precision":"day","role":"payment","weekday_mismatch":false,"state":null,"quote":"本日、413,600円をお振込いたしましたのでご確認ください。"},{"id":"edb3fe185042521eee26f430039c95924ca4e60a1a3376b210b73361365ee88a","sent":"2025-06-16T11:55:10+09:00","client":{"id":1,"name":"aoba-kensetsu.example"},"direction":"in","channel":"mail","memo":null,"surface":"7月4日","value":"2025-07-04","precision":"day","role":"delivery","weekday_mismatch":false,"state":null,"quote":"66,000円（税込）でお願いします。原稿は7月4日までにお送りします。"},{"id":"8593be80cb38f80234b2565725b4c02c581a2ce3c8543fd60cec00f415eab3b2","sent":"2025-06-13T09:20:36+09:00","client":{"id":1,"name":"aoba-kensetsu.example"},"direction":"out","channel":"mail","memo":null,"surface":"7月4日(金)","value":"2025-07-04","precision":"day","role":"deadline","weekday_mismatch":false,"state":"explicit","quote":"原稿を7月4日(金)までにいただければ、8月1日(金)に公開します。"},{"id":"f6c0d2d2b2183818656dc6e68b6e7f063137f7fdd2881aa8c8e196f82754b008","sent":"2025-08-01T17:02:44+09:00","client":{"id":1,"name":"aoba-kensetsu.example"},"direction":"out","channel":"mail","memo":null,"surface":"本日","value":"2025-08-01","precision":"day","role":"delivery","weekday_mismatch":false,"state":null,"quote":"採用ページ2頁と応募フォームを本日公開しました。あわせて請求書をお送りします。"},{"id":"f6c0d2d2b2183818656dc6e68b6e7f063137f7fdd2881aa8c8e196f82754b008","sent":"2025-08-01T17:02:44+09:00","client":{"id":1,"name":"aoba-kensetsu.example"},"direction":"out","channel":"mail","memo":null,"surface":"2025年9月30日(火)","value":"2025-09-30","precision":"day","role":"payment","weekday_mismatch":false,"state":null,"quote":"お支払期限　2025年9月30日(火)"}],"more_dates":false,"complaints"
$ genchi clients merge 三浦 木下 >/dev/null 2>&1; genchi brief 三浦 2>/dev/null
美容室ミモザ 三浦 (7)  company (guessed)  30 messages  2025-03-03 to 2026-04-02
Also     木下 あかり
We write LINE  without a name  (7 of the last 8)                     35e0b61fa0
         LINE  木下様  (1 of the last 8)                             91e48510a5
         mail  三浦様  (2 of the last 2)                             a31ce4597d
Channel  LINE 美容室ミモザ  last 2026-04-02 12:31  (downloaded 2026… 35e0b61fa0
         mail  last 2026-04-01 09:14  (imported 2026-04-05)          a31ce4597d
Person   美容室ミモザ 三浦, miura@mimosa-hair.example  2026-04-01
Turn     nothing is open
Last     2026-04-02 12:15  LINE received  木下 あかり                1eb214f463
         “うれしいです！5/10(日)の13時でお願いします”
         2026-04-02 12:31  LINE sent  三浦                           35e0b61fa0
         “5月10日(日)13:00、縮毛矯正 16,500円（税込）で承りました。”
accepted 2026-04-02  16,500 yen tax included  縮毛矯正  2026-05-10 … 1eb214f463
         2026-01-16  16,500 yen tax included  縮毛矯正  2026-02-08 … ce2501802f
         2025-09-13  12,100 yen tax included  カット＋カラー  2025-… 9d1af2a09c
         … and more (`genchi agreements CLIENT`)
Price    2026-04-02  16,500 yen tax included  accepted  縮毛矯正     35e0b61fa0
         2025-09-13  12,100 yen tax included  accepted  カット＋カ…  9d1af2a09c
         2025-09-13  5,500 yen tax included  accepted  カット        36f5c6620e
         2025-03-05  33,000 yen tax included  accepted  初期設定     e6de99a474
         2025-03-05  5,500 yen tax excluded  accepted  月額          e6de99a474
         … and more (`genchi prices CLIENT`)
Day      2026-05-10 (Sun) 13:00  appointment  accepted  theirs  “う… 1eb214f463
Media    messages with photos: 3  last 2026-01-15 21:15              1d421ae8b7

LINE up to the download of 2026-04-02 18:05, mail up to the import of 2026-04-05 09:00
$ genchi brief 佐々木 --format json 2>/dev/null
{"client":{"id":13,"name":"佐々木さくら"},"kind":"person","kind_given":false,"names":["さくら🌸"],"identifiers":["chat:dbe980b8ccf0f0e7"],"messages":17,"first":"2025-11-08T15:44:01+09:00","last":"2026-03-14T20:03:30+09:00","addressed":[{"channel":"line","honorific":null,"words":null,"messages":4,"of_messages":4,"id":"abc4269d8f4fb7fae04fcd3391360ea220d8f9430a328bf156edcbfc682e0d37"}],"channels":[{"channel":"line","account":"美容室ミモザ","last":"2026-03-14T20:03:30+09:00","id":"8b89acee3be678df1e1266dea00770af6308278febdda4a336d617ac99f42f4a","known_until":"2026-04-02T18:05:00+09:00"}],"people":[],"cc":[],"state":"open","mark":null,"assignee":"三宅","tags":["着付け"],"fields":[{"name":"誕生日","value":"3月3日"}],"notes":[{"number":57,"text":"電話は夜。","by":"藤井","time":"2026-04-05T09:00:00+09:00"},{"number":56,"text":"母の日の着付けも。","by":"三宅","time":"2026-04-05T09:00:00+09:00"}],"turn":{"turn":"ours","broken_off":false,"why":"attachment","since":"2026-03-14T20:02:58+09:00","days":14,"waiting":{"id":"b42b3b12ce7c202a68ed4e5627ec8e0c2b7b3a41eafbf2a9eb23ab5d80138f40","sent":"2026-03-14T20:02:58+09:00","channel":"line","kind":"video","quote":""},"last":{"id":"8b89acee3be678df1e1266dea00770af6308278febdda4a336d617ac99f42f4a","sent":"2026-03-14T20:03:30+09:00","channel":"line","direction":"in","from":"佐々木さくら","quote":"今日は母と二人、ありがとうございました"},"answered":{"id":"abc4269d8f4fb7fae04fcd3391360ea220d8f9430a328bf156edcbfc682e0d37","sent":"2026-03-04T10:08:39+09:00","channel":"line","by":"三浦"},"account":"美容室ミモザ"},"last_in":{"id":"8b89acee3be678df1e1266dea00770af6308278febdda4a336d617ac99f42f4a","sent":"2026-03-14T20:03:30+09:00","channel":"line","direction":"in","from":{"name":"佐々木さくら","address":null},"subject":null,"quote":"今日は母と二人、ありがとうございました！","files":[]},"last_out":{"id":"abc4269d8f4fb7fae04fcd3391360ea220d8f9430a328bf156edcbfc682e0d37","sent":"2026-03-04T10:08:39+09:00","channel":"line","direction":"out","from":{"name":"三浦","address":null},"subject":null,"quote":"お返事が遅くなりました。お母様は9:00、ヘアセット 5,500円（税込）で承れます。","files":[]},"open":[],"more_open":false,"in_force":[{"deal":"d64b3dcb6bae6292a6394aa54bb71e405d4a30833ae8f347c0997c931ae7cf02","client":{"id":13,"name":"佐々木さくら"},"state":"explicit","item":"ヘアセット","yen":5500,"currency":"JPY","tax":"incl","dates":[],"opened":"2026-03-01T22:31:07+09:00","proposed":{"id":"abc4269d8f4fb7fae04fcd3391360ea220d8f9430a328bf156edcbfc682e0d37","sent":"2026-03-04T10:08:39+09:00","channel":"line","direction":"out","quote":"お返事が遅くなりました。お母様は9:00、ヘアセット 5,500円（税込）で承れます。"},"answered":{"id":"45f8ca052825f3cf7db6cb6779aec63c24b5a248f011704c9a9f3d2677bf51d7","sent":"2026-03-04T12:11:20+09:00","channel":"line","direction":"in","quote":"よかったです。お願いします"},"company":false,"only_line":true},{"deal":"bc8538cb2d95c9e6e28be0f3e62ca288c14dbb01a39415224cb920a0f108b92d","client":{"id":13,"name":"佐々木さくら"},"state":"explicit","item":"着付けとヘアセット","yen":13200,"currency":"JPY","tax":"incl","dates":[{"value":"2026-03-14T08:00:00+09:00","role":"appointment"}],"opened":"2025-11-08T15:46:37+09:00","proposed":{"id":"30906893b9be4078568b566cc77fd92ad4026f015bc2b66e4a21653b5a758466","sent":"2025-11-09T12:08:52+09:00","channel":"line","direction":"in","quote":"3/14(土)の朝8時ごろは大丈夫ですか？"},"answered":{"id":"db8c8e633613b37138e8ff6dc364703e490431a3f08c8935f880dbe6720f583f","sent":"2025-11-09T12:30:25+09:00","channel":"line","direction":"out","quote":"3月14日(土)8:00、着付けとヘアセット 13,200円（税込）で承りました。"},"before":[{"id":"bc8538cb2d95c9e6e28be0f3e62ca288c14dbb01a39415224cb920a0f108b92d","sent":"2025-11-08T15:46:37+09:00","yen":null,"currency":null,"tax":null,"dates":[{"value":"2026-03-01/2026-03-31","role":"appointment"}],"superseded_by":"30906893b9be4078568b566cc77fd92ad4026f015bc2b66e4a21653b5a758466"}],"company":false,"only_line":true}],"more_in_force":false,"prices":[{"id":"abc4269d8f4fb7fae04fcd3391360ea220d8f9430a328bf156edcbfc682e0d37","sent":"2026-03-04T10:08:39+09:00","direction":"out","channel":"line","item":"ヘアセット","surface":"5,500円","yen":5500,"currency":"JPY","tax":"incl","unit":false,"approx":false,"role":"offer","state":"explicit","quote":"お返事が遅くなりました。お母様は9:00、ヘアセット 5,500円（税込）で承れます。"},{"id":"db8c8e633613b37138e8ff6dc364703e490431a3f08c8935f880dbe6720f583f","sent":"2025-11-09T12:30:25+09:00","direction":"out","channel":"line","item":"着付けとヘアセット","surface":"13,200円","yen":13200,"currency":"JPY","tax":"incl","unit":false,"approx":false,"role":"accepted","state":"explicit","quote":"3月14日(土)8:00、着付けとヘアセット 13,200円（税込）で承りました。"},{"id":"eed2585b103792a1c8ecb8f0fe22d458553d6ae16f236400589c15f2ba46cb68","sent":"2025-11-09T10:20:18+09:00","direction":"out","channel":"line","item":"着付け","surface":"7,700円","yen":7700,"currency":"JPY","tax":null,"unit":false,"approx":false,"role":"offer","state":null,"quote":"着付け 7,700円"}],"more_prices":false,"dates":[],"more_dates":false,"complaints":[],"media":[{"kind":"photo","messages":1,"exact":true,"last":"2026-02-20T19:25:51+09:00","id":"eb3c26be6879e55a1c19a1c13f03fd69fd3ded5c01230b4bfed68ffcc42f699d","saved":0}]}
$ genchi brief 佐々木 --format csv 2>/dev/null | tr -d "\r" | head -n 4
﻿client,section,text,id
佐々木さくら,Also,さくら🌸,
佐々木さくら,We write,LINE  without a name  (4 of the last 4),abc4269d8f4fb7fae04fcd3391360ea220d8f9430a328bf156edcbfc682e0d37
佐々木さくら,Channel,LINE 美容室ミモザ  last 2026-03-14 20:03  (downloaded 2026-04-02),8b89acee3be678df1e1266dea00770af6308278febdda4a336d617ac99f42f4a
$ genchi brief 佐々木 2>/dev/null | wc -l | sed 's/^[0-9]$/at most forty/;s/^[123][0-9]$/at most forty/'
at most forty
$ genchi brief; genchi brief 田中; genchi brief nobody
genchi: wrong usage: CLIENT is required
        `genchi --help` and `genchi COMMAND --help` show how.
genchi: "田中" is part of the names of 2 clients:
  14  田中
  11  田中
        Say which: its number, or more of its name.
genchi: no client is called "nobody"
        `genchi clients` lists them.
[1]
