One client's talk, whatever the channel, oldest first.

$ genchi import samples/mail samples/line --me info@tsubame-web.example >/dev/null 2>&1
$ genchi timeline 青木
2025-02-10 (Mon) ---------------------------------------------------------------
22:16  mail   received  青木 美咲                                     6b0efb50ab
       Subject: 手作り雑貨のネットショップについて
       手作りの雑貨を売るネットショップを作りたいと考えています。
       商品は20点くらい、予算は8万円ほどです。お願いできますか？

       青木 美咲
       → 80,000 yen

2025-02-11 (Tue) ---------------------------------------------------------------
18:20  mail   sent  つばめウェブ工房 藤井 遥                          b630004365
       Subject: Re: 手作り雑貨のネットショップについて
       はじめまして。つばめウェブ工房の藤井です。お問い合わせありがとうございま
       す。

       商品20点の登録まで含めて 80,000円（税抜）、88,000円（税込）で承ります。
       2回の分割払い（44,000円×2回）もできます。
       ご自身で商品を登録される場合は、15,000円お引きして 71,500円（税込）です。
       → proposal, 80,000 yen tax excluded, 88,000 yen tax included, 44,000 yen…

2025-02-14 (Fri) ---------------------------------------------------------------
23:02  mail   received  青木 美咲                                     5d412509cd
       Subject: Re: 手作り雑貨のネットショップについて
       ありがとうございます。家族と相談して来週中にお返事します。
       → put off, 2025-02-17 (Mon) – 2025-02-23 (Sun) mentioned

2025-02-20 (Thu) ---------------------------------------------------------------
21:48  mail   received  青木 美咲                                     7b1ec8174f
       Subject: Re: 手作り雑貨のネットショップについて
       青木です。お返事が遅くなってすみません。
       家族と話し合って、今回は見送ることにしました。丁寧に教えていただいたのに
       申し訳ありません。

       青木 美咲
       → rejection

4 messages. LINE up to the download of 2026-04-02 18:05, mail up to the import of 2026-04-05 09:00
$ genchi timeline 佐々木 --since 2026年3月
2026-03-01 (Sun) ---------------------------------------------------------------
22:31  LINE   received  佐々木さくら                                  d64b3dcb6b
       髪飾りは持っていきます。母のヘアセットも9時ごろ追加できますか？
       → proposal
22:31  LINE   automatic  応答メッセージ                               8828477ff7
       ただいま営業時間外です。
       火曜から日曜の10時から19時のあいだにお返事します。

2026-03-02 (Mon) ---------------------------------------------------------------
10:00  LINE   sent  Unknown [to several at once]                      e993f6b034
       【卒業式・入学式のご予約】
       着付けとヘアセットのご予約を受付中です。

2026-03-04 (Wed) ---------------------------------------------------------------
10:08  LINE   sent  三浦                                              abc4269d8f
       お返事が遅くなりました。お母様は9:00、ヘアセット 5,500円（税込）で承れま
       す。
       → proposal, 5,500 yen tax included
12:11  LINE   received  佐々木さくら                                  45f8ca0528
       よかったです。お願いします
       → acceptance

2026-03-14 (Sat) ---------------------------------------------------------------
20:02  LINE   received  佐々木さくら                                  b42b3b12ce
       動画を送信しました。
20:03  LINE   received  佐々木さくら                                  8b89acee3b
       今日は母と二人、ありがとうございました！
       → 2026-03-14 (Sat) mentioned

7 messages. LINE up to the download of 2026-04-02 18:05, mail up to the import of 2026-04-05 09:00
$ genchi clients merge 三浦 木下 >/dev/null 2>&1; genchi 時系列 三浦 --since 2026-03-25 --limit 3
2026-04-02 (Thu) ---------------------------------------------------------------
11:30  LINE   sent  三浦                                              4ca2bb7852
       お待たせしました。今回まで 16,500円（税込）で承ります。5月はいつがよろし
       いですか。
       → proposal, 16,500 yen tax included, 2026-05-01 (Fri) – 2026-05-31 (Sun)…
12:15  LINE   received  木下 あかり                                   1eb214f463
       うれしいです！5/10(日)の13時でお願いします
       → acceptance, 2026-05-10 (Sun) 13:00 appointment
12:31  LINE   sent  三浦                                              35e0b61fa0
       5月10日(日)13:00、縮毛矯正 16,500円（税込）で承りました。
       → acceptance, 16,500 yen tax included, 2026-05-10 (Sun) 13:00 appointment

the newest 3 messages (--limit 0 shows all). LINE up to the download of 2026-04-02 18:05, mail up to the import of 2026-04-05 09:00
$ genchi timeline 三浦 --channel mail --limit 1 --format json 2>/dev/null
{"id":"a31ce4597d3633bbc7e8e281070ebe900e935a00bbfe8af20c72ef6e1edd2e4a","account":null,"channel":"mail","direction":"out","sent":"2026-04-01T09:14:55+09:00","client":{"id":7,"name":"美容室ミモザ 三浦"},"clients":[{"id":7,"name":"美容室ミモザ 三浦"}],"from":{"name":"つばめウェブ工房 藤井 遥","address":"info@tsubame-web.example"},"to":[{"name":"美容室ミモザ 三浦","address":"miura@mimosa-hair.example"}],"cc":[],"subject":"Re: チャットの記録について","snippet":"2026年1月16日のチャットで、縮毛矯正16,500円（税込）とご案内し、2月8日(日)13:00のご予約を承っています。4月2日に最新の記録を取り込み、あらためてご報告します。","highlights":[],"text":"三浦様\n\nお世話になっております。つばめウェブ工房の藤井です。\n2026年1月16日のチャットで、縮毛矯正16,500円（税込）とご案内し、2月8日(日)13:00の\nご予約を承っています。4月2日に最新の記録を取り込み、あらためてご報告します。\n\n━━━━━━━━━━━━━━━━━━━━━━\nつばめウェブ工房　藤井 遥\nTEL 03-0000-0141 ／ 携帯 090-0000-0141\ninfo@tsubame-web.example\nhttps://tsubame-web.example/\n━━━━━━━━━━━━━━━━━━━━━━\n","files":[],"flags":[],"memo":null,"score":0.0,"conversation":"5824aa66546fae03","copies":1,"source":{"object":"d864dcf2eb11cc3ce1b92c1f89af6ceb645e2f625a0b48366c49dbdb760feaaf","offset":0,"length":1188,"name":"samples/mail/Maildir/.Sent/cur/1775002499.M490978P4062.tsubame:2,S"},"own_words":"2026年1月16日のチャットで、縮毛矯正16,500円（税込）とご案内し、2月8日(日)13:00の\nご予約を承っています。4月2日に最新の記録を取り込み、あらためてご報告します。\n\n","broadcast":false,"facts":{"amounts":[{"surface":"16,500円","start":139,"end":148,"yen":16500,"currency":"JPY","tax":"incl","role":"offer","unit":false,"approx":false,"item":"縮毛矯正"}],"dates":[{"surface":"2026年1月16日","start":90,"end":106,"value":"2026-01-16","precision":"day","role":"mention","weekday_mismatch":false},{"surface":"2月8日(日)13:00","start":178,"end":196,"value":"2026-02-08T13:00:00+09:00","precision":"time","role":"appointment","weekday_mismatch":false},{"surface":"4月2日","start":233,"end":241,"value":"2026-04-02","precision":"day","role":"mention","weekday_mismatch":false}],"agreement":"proposal","conditional":false}}
$ genchi timeline 三浦 --format json 2>/dev/null | grep -o '"sent":"[^"]*"' | sort -c && genchi timeline 三浦 --format json 2>/dev/null | wc -l
30
$ genchi timeline 佐々木 --limit 3 --format csv 2>/dev/null | tr -d "\r" | tail -n +2
45f8ca052825f3cf7db6cb6779aec63c24b5a248f011704c9a9f3d2677bf51d7,2026-03-04T12:11:20+09:00,line,in,美容室ミモザ,佐々木さくら,美容室ミモザ,,,よかったです。お願いします,,acceptance,,,false,false
b42b3b12ce7c202a68ed4e5627ec8e0c2b7b3a41eafbf2a9eb23ab5d80138f40,2026-03-14T20:02:58+09:00,line,in,美容室ミモザ,佐々木さくら,美容室ミモザ,,,動画を送信しました。,video,,,,false,false
8b89acee3be678df1e1266dea00770af6308278febdda4a336d617ac99f42f4a,2026-03-14T20:03:30+09:00,line,in,美容室ミモザ,佐々木さくら,美容室ミモザ,,,今日は母と二人、ありがとうございました！,,,,2026-03-14,false,false
$ genchi timeline 青木 --since 2026年
no messages. LINE up to the download of 2026-04-02 18:05, mail up to the import of 2026-04-05 09:00
$ genchi timeline 青木 --since 2026年 --format csv 2>/dev/null | tr -d "\r" | wc -l
1
$ genchi timeline; genchi timeline 田中; genchi timeline nobody
genchi: which client?
        Say its number or a part of its name.
genchi: "田中" is part of the names of 2 clients:
  14  田中
  11  田中
        Say which: its number, or more of its name.
genchi: no client is called "nobody"
        `genchi clients` lists them.
[1]
$ genchi timeline 青木 --account nowhere; genchi timeline 青木 --channel pigeon
genchi: no account of ours is called "nowhere"
        `genchi status` lists them.
genchi: --channel: there is no channel "pigeon"
        Channels are: mail, line, phone, meeting, fax, sms.
[2]
