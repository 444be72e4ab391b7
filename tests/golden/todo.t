Whose turn it is: clients who wait for us, longest first; talks that broke off; whose answer we wait for.

$ mkdir -p ~/in
$ mail() { printf 'From: %s\nTo: %s\nSubject: %s\nDate: %s\nMessage-ID: <%s@t>\nIn-Reply-To: <%s@t>\n%bContent-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n\n%b\n' "$1" "$2" "$3" "$4" "$5" "$6" "$8" "$7" >~/in/$5.eml; }
$ us='蓮見 <info@hasu.example>'; sato='佐野 健 <sano@kawara.example>'; doi='土井 <doi@tera.example>'; kubo='久保 <kubo@mori.example>'; news='店長 <news@shop.example>'
$ mail "$sato" "$us" '公開日について' 'Fri, 27 Mar 2026 18:00:00 +0900' a1 a0 '蓮見様\n\nお世話になっております。\n公開は4月中に間に合いそうでしょうか。\nよろしくお願いいたします。'
$ mail "$us" "$sato" 'Re: 公開日について' 'Mon, 30 Mar 2026 10:00:00 +0900' a2 a1 '佐野様\n\n確認して折り返しご連絡いたします。'
$ mail "$us" "$doi" 'お見積り' 'Mon, 23 Mar 2026 10:00:00 +0900' b1 b0 '土井様\n\nお見積書をお送りします。ご検討よろしくお願いいたします。'
$ mail "$doi" "$us" '自動返信: お見積り' 'Mon, 23 Mar 2026 10:00:05 +0900' b2 b1 '不在にしております。' 'Auto-Submitted: auto-replied\n'
$ mail "$kubo" "$us" '資料の件' 'Tue, 24 Mar 2026 10:00:00 +0900' c1 c0 '資料を拝見しました。ありがとうございました。\n\n> ご不明な点はありませんか？\n\n-- \n久保\n何時でもお電話ください 03-0000-0000\nkubo@mori.example'
$ mail "$news" "$us" '春のセール' 'Thu, 02 Apr 2026 10:00:00 +0900' d1 d0 'お得なセールはいかがですか？' 'List-Unsubscribe: <https://shop.example/u>\n'
$ line() { printf '\357\273\277アカウント名,はす工房\r\nタイムゾーン,+09:00\r\nダウンロード日時,%s\r\n送信者タイプ,送信者名,送信日,送信時刻,内容\r\n' "$1"; shift; printf '%s\r\n' "$@"; }
$ sale='Account,Unknown,2026/04/01,10:00'; text='新年度のごあいさつとご予約枠のお知らせを下記のとおりお送りします。'
$ line '2026/04/01 18:05' 'User,三田 ゆり,2026/03/31,21:00:00,写真の追加プリントはいくらですか' 'Account,応答メッセージ,2026/03/31,21:00:01,ただいま時間外です。' "$sale:01,$text" >~/in/20260331_20260401_三田.csv
$ line '2026/04/01 18:05' 'User,沢 みのり,2026/03/30,09:00:00,ありがとうございました！' "$sale:02,$text" >~/in/20260330_20260401_沢.csv
$ line '2026/04/01 18:05' 'User,原 圭,2026/03/28,09:00:00,5日の10時は空いていますか？' 'Account,相原,2026/03/28,09:30:00,5日10時でお取りしました。お待ちしております。' 'User,原 圭,2026/03/28,09:31:00,スタンプを送信しました。' >~/in/20260328_20260328_原.csv
$ line '2026/03/20 09:00' 'User,古賀,2026/02/10,09:00:00,ロゴの色を変えてもらえますか' >~/in/20260210_20260210_古賀.csv
$ line '2026/04/01 18:05' 'User,宮 さき,2026/03/31,12:00:00,何時に行けばいいですか' 'Account,Unknown,2026/03/31,12:10:00,13時にお越しください' 'User,宮 さき,2026/03/31,12:30:00,駐車場はありますか' >~/in/20260331_20260331_宮.csv
$ genchi import --me info@hasu.example ~/in >/dev/null 2>&1

$ genchi todo
Our answer is needed: 3 clients
  waits 5 days  佐野 健 (4)         question       03-27 18:00 mail   fc03e821a7
    “公開は4月中に間に合いそうでしょうか”
    last answer 03-30 10:00, 蓮見. mail until 04-05 09:00
  waits 3 days  宮 (7)              question       03-31 12:30 LINE   fd31011ddd
    “駐車場はありますか”
    last answer 03-31 12:10, a person or a machine. LINE until 04-01 18:05
  waits 3 days  三田 (8)            question       03-31 21:00 LINE   6a5b0d406e
    “写真の追加プリントはいくらですか”
    no answer so far. LINE until 04-01 18:05

Broken off: 1 client
 waits 35 days  古賀 (1)            request        02-10 09:00 LINE   9beda0f347
    “ロゴの色を変えてもらえますか”
    no answer so far. LINE until 03-20 09:00

Waiting for their answer: 1 client
  waits 9 days  土井 (2)            offer          03-23 10:00 mail   db4c89eda1
    “お見積書をお送りします”
    last answer 03-23 10:00, 蓮見. mail until 04-05 09:00

LINE up to the download of 2026-04-01 18:05, mail up to the import of 2026-04-05 09:00
3 waiting for us, 1 broken off, 1 we wait for
$ genchi todo --format json
{"client":{"id":4,"name":"佐野 健"},"turn":"ours","broken_off":false,"why":"question","since":"2026-03-27T18:00:00+09:00","days":5,"waiting":{"id":"fc03e821a7461a09c82ee08d3fcbe3a28207d97317b8fdc5a3a8896ca762b8c1","sent":"2026-03-27T18:00:00+09:00","channel":"mail","kind":null,"quote":"公開は4月中に間に合いそうでしょうか"},"last":{"id":"ae19034796376e70939db8d1ca22b91bf591e4f684c688bdeb18d86a1df2270e","sent":"2026-03-30T10:00:00+09:00","channel":"mail","direction":"out","from":"蓮見","quote":"確認して折り返しご連絡いたします"},"answered":{"id":"ae19034796376e70939db8d1ca22b91bf591e4f684c688bdeb18d86a1df2270e","sent":"2026-03-30T10:00:00+09:00","channel":"mail","by":"蓮見"},"account":null,"state":null,"mark":null,"assignee":null,"tags":[],"contradicts":false}
{"client":{"id":7,"name":"宮"},"turn":"ours","broken_off":false,"why":"question","since":"2026-03-31T12:30:00+09:00","days":3,"waiting":{"id":"fd31011ddd93a3e39bc677f8a79e963ed707bfc40d0b626e17a84dec960e60af","sent":"2026-03-31T12:30:00+09:00","channel":"line","kind":null,"quote":"駐車場はありますか"},"last":{"id":"fd31011ddd93a3e39bc677f8a79e963ed707bfc40d0b626e17a84dec960e60af","sent":"2026-03-31T12:30:00+09:00","channel":"line","direction":"in","from":"宮 さき","quote":"駐車場はありますか"},"answered":{"id":"c42d287d4296d913f74a071bac7d195ebf4a9cbca1fb6344cad04d66a59f4fe2","sent":"2026-03-31T12:10:00+09:00","channel":"line","by":"unknown"},"account":"はす工房","state":null,"mark":null,"assignee":null,"tags":[],"contradicts":false}
{"client":{"id":8,"name":"三田"},"turn":"ours","broken_off":false,"why":"question","since":"2026-03-31T21:00:00+09:00","days":3,"waiting":{"id":"6a5b0d406e8128b2a0c5dcf501d20cccce1e58c0522dd3c7476d51f0764846cc","sent":"2026-03-31T21:00:00+09:00","channel":"line","kind":null,"quote":"写真の追加プリントはいくらですか"},"last":{"id":"6a5b0d406e8128b2a0c5dcf501d20cccce1e58c0522dd3c7476d51f0764846cc","sent":"2026-03-31T21:00:00+09:00","channel":"line","direction":"in","from":"三田 ゆり","quote":"写真の追加プリントはいくらですか"},"answered":null,"account":"はす工房","state":null,"mark":null,"assignee":null,"tags":[],"contradicts":false}
{"client":{"id":1,"name":"古賀"},"turn":"ours","broken_off":true,"why":"request","since":"2026-02-10T09:00:00+09:00","days":35,"waiting":{"id":"9beda0f3470b5534672fa9b3274c3c3d8fb88c3b3423a2ae39d9ad084853ca14","sent":"2026-02-10T09:00:00+09:00","channel":"line","kind":null,"quote":"ロゴの色を変えてもらえますか"},"last":{"id":"9beda0f3470b5534672fa9b3274c3c3d8fb88c3b3423a2ae39d9ad084853ca14","sent":"2026-02-10T09:00:00+09:00","channel":"line","direction":"in","from":"古賀","quote":"ロゴの色を変えてもらえますか"},"answered":null,"account":"はす工房","state":null,"mark":null,"assignee":null,"tags":[],"contradicts":false}
{"client":{"id":2,"name":"土井"},"turn":"theirs","broken_off":false,"why":"offer","since":"2026-03-23T10:00:00+09:00","days":9,"waiting":{"id":"db4c89eda15ff4e1678ebfaf5d39f44cf68acfd19559402ee92f0bec8ffe8dc8","sent":"2026-03-23T10:00:00+09:00","channel":"mail","kind":null,"quote":"お見積書をお送りします"},"last":{"id":"db4c89eda15ff4e1678ebfaf5d39f44cf68acfd19559402ee92f0bec8ffe8dc8","sent":"2026-03-23T10:00:00+09:00","channel":"mail","direction":"out","from":"蓮見","quote":"お見積書をお送りします"},"answered":{"id":"db4c89eda15ff4e1678ebfaf5d39f44cf68acfd19559402ee92f0bec8ffe8dc8","sent":"2026-03-23T10:00:00+09:00","channel":"mail","by":"蓮見"},"account":null,"state":null,"mark":null,"assignee":null,"tags":[],"contradicts":false}
3 waiting for us, 1 broken off, 1 we wait for. LINE up to the download of 2026-04-01 18:05, mail up to the import of 2026-04-05 09:00
$ genchi todo 佐野 --format csv 2>/dev/null | tr -d '\r'
﻿client,turn,broken_off,why,since,days,waiting_id,waiting_sent,waiting_channel,waiting_kind,waiting_quote,last_id,last_sent,last_channel,last_direction,last_from,last_quote,answered_id,answered_sent,answered_channel,answered_by,account,state,mark,assignee,tags,contradicts
佐野 健,ours,false,question,2026-03-27T18:00:00+09:00,5,fc03e821a7461a09c82ee08d3fcbe3a28207d97317b8fdc5a3a8896ca762b8c1,2026-03-27T18:00:00+09:00,mail,,公開は4月中に間に合いそうでしょうか,ae19034796376e70939db8d1ca22b91bf591e4f684c688bdeb18d86a1df2270e,2026-03-30T10:00:00+09:00,mail,out,蓮見,確認して折り返しご連絡いたします,ae19034796376e70939db8d1ca22b91bf591e4f684c688bdeb18d86a1df2270e,2026-03-30T10:00:00+09:00,mail,蓮見,,,,,,false
$ genchi todo --account はす --max-days 1
Our answer is needed: 2 clients
  waits 3 days  宮 (7)              question       03-31 12:30 LINE   fd31011ddd
    “駐車場はありますか”
    last answer 03-31 12:10, a person or a machine. LINE until 04-01 18:05
  waits 3 days  三田 (8)            question       03-31 21:00 LINE   6a5b0d406e
    “写真の追加プリントはいくらですか”
    no answer so far. LINE until 04-01 18:05

Broken off: 1 client
 waits 35 days  古賀 (1)            request        02-10 09:00 LINE   9beda0f347
    “ロゴの色を変えてもらえますか”
    no answer so far. LINE until 03-20 09:00

LINE up to the download of 2026-04-01 18:05, mail up to the import of 2026-04-05 09:00
2 waiting for us, 1 broken off, 0 we wait for
[1]
$ genchi todo --max-days 30 --channel line --limit 1
Our answer is needed: 2 clients
  waits 3 days  宮 (7)              question       03-31 12:30 LINE   fd31011ddd
    “駐車場はありますか”
    last answer 03-31 12:10, a person or a machine. LINE until 04-01 18:05
  … and 1 more (--all)

Broken off: 1 client
 waits 35 days  古賀 (1)            request        02-10 09:00 LINE   9beda0f347
    “ロゴの色を変えてもらえますか”
    no answer so far. LINE until 03-20 09:00

LINE up to the download of 2026-04-01 18:05, mail up to the import of 2026-04-05 09:00
2 waiting for us, 1 broken off, 0 we wait for
$ genchi todo 原
LINE up to the download of 2026-04-01 18:05, mail up to the import of 2026-04-05 09:00
nothing is open

$ mail "$us" "$sato" 'Re: 公開日について' 'Fri, 03 Apr 2026 10:00:00 +0900' a3 a1 '佐野様\n\n4月28日に公開できます。'
$ line '2026/04/04 09:00' 'User,古賀,2026/02/10,09:00:00,ロゴの色を変えてもらえますか' 'Account,相原,2026/02/12,09:00:00,変更いたしました。ご確認ください。' >~/in/20260210_20260212_古賀.csv
$ genchi import ~/in >/dev/null 2>&1
$ genchi todo 2>/dev/null | tee ~/first
Our answer is needed: 2 clients
  waits 3 days  宮 (7)              question       03-31 12:30 LINE   fd31011ddd
    “駐車場はありますか”
    last answer 03-31 12:10, a person or a machine. LINE until 04-01 18:05
  waits 3 days  三田 (8)            question       03-31 21:00 LINE   6a5b0d406e
    “写真の追加プリントはいくらですか”
    no answer so far. LINE until 04-01 18:05

Broken off: 1 client
 waits 34 days  古賀 (1)            request        02-12 09:00 LINE   05a18bdf0c
    “ご確認ください”
    last answer 02-12 09:00, 相原. LINE until 04-04 09:00

Waiting for their answer: 1 client
  waits 9 days  土井 (2)            offer          03-23 10:00 mail   db4c89eda1
    “お見積書をお送りします”
    last answer 03-23 10:00, 蓮見. mail until 04-05 09:00

LINE up to the download of 2026-04-04 09:00, mail up to the import of 2026-04-05 09:00
$ rm -r ~/.local/share/genchi/catalogue.db ~/.local/share/genchi/index && genchi reindex >/dev/null 2>&1; genchi todo 2>/dev/null >~/second; cmp ~/first ~/second
$ genchi verify >/dev/null 2>&1
$ printf '[todo]\nbroken_off_days = 3\nstale_download_days = 0\n' >~/.local/share/genchi/genchi.toml; genchi todo --limit 1
Not downloaded for long
  はす工房: LINE up to the download of 2026-04-04 09:00, 1 day ago

Broken off: 4 clients
  waits 3 days  三田 (8)            question       03-31 21:00 LINE   6a5b0d406e
    “写真の追加プリントはいくらですか”
    no answer so far. LINE until 04-01 18:05
  … and 3 more (--all)

LINE up to the download of 2026-04-04 09:00, mail up to the import of 2026-04-05 09:00
0 waiting for us, 4 broken off, 0 we wait for
$ printf '[todo]\nbroken_off = 3\n' >~/.local/share/genchi/genchi.toml; genchi todo
genchi: /home/hana/.local/share/genchi/genchi.toml, line 2: there is no setting called todo.broken_off
        Settings of [todo] are: broken_off_days, stale_download_days.
[2]
$ rm -r ~/in; mkdir ~/in; mori='森 由紀 <mori@kawara.example>'
$ mail "$sato" "$mori" '検収の件' 'Wed, 01 Apr 2026 09:00:00 +0900' e1 e0 '森さん\n\nお疲れさまです。佐野です。\n社内の検収は何日の予定ですか。' "Cc: $us\n"
$ genchi --archive ~/among import --me info@hasu.example ~/in >/dev/null 2>&1; genchi --archive ~/among todo
mail up to the import of 2026-04-05 09:00
nothing is open
$ mail "$sato" "$mori" '検収の件' 'Wed, 01 Apr 2026 10:00:00 +0900' e2 e1 '森さん\n\n追加です。検収の立ち会いは要りますか。\n蓮見様、当日のご予定はいかがでしょうか。' "Cc: $us\n"
$ genchi --archive ~/among import ~/in >/dev/null 2>&1; genchi --archive ~/among todo
Our answer is needed: 1 client
  waits 2 days  kawara.example (1)  question       04-01 10:00 mail   d4e1da2677
    “検収の立ち会いは要りますか”
    no answer so far. mail until 04-05 09:00

mail up to the import of 2026-04-05 09:00
1 waiting for us, 0 broken off, 0 we wait for
$ rm ~/in/*.eml
$ mail "$sato" "$us" '看板の件' 'Tue, 24 Mar 2026 10:00:00 +0900' f1 f0 'お世話になっております。佐野です。\n看板の寸法はどのくらいになりますか。'
$ mail "$sato" "$us" '看板の件' 'Wed, 01 Apr 2026 10:00:00 +0900' f2 f1 'お世話になっております。佐野です。\nお返事がなく困っております。'
$ mail "$us" "$doi" '議事録' 'Wed, 25 Mar 2026 10:00:00 +0900' g1 g0 '土井様\n\n議事録をお送りいたします。ご確認をお願いいたします。'
$ mail "$doi" "$us" 'Re: 議事録' 'Thu, 26 Mar 2026 10:00:00 +0900' g2 g1 'お世話になっております。土井です。\n確認いたしました。問題ございません。'
$ genchi --archive ~/both import --me info@hasu.example ~/in >/dev/null 2>&1; genchi --archive ~/both todo
Our answer is needed: 1 client
  waits 8 days  佐野 健 (1)         complaint      04-01 10:00 mail   163e483315
    “お返事がなく困っております”
    waiting since 03-24 10:00. no answer so far. mail until 04-05 09:00

mail up to the import of 2026-04-05 09:00
1 waiting for us, 0 broken off, 0 we wait for
