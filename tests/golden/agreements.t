Deals: what was proposed and what became of it, across mail and LINE; and the mail that puts one into writing.

$ mkdir -p ~/in
$ mail() { printf 'From: %s\nTo: %s\nSubject: %s\nDate: %s\nMessage-ID: <%s@t>\nIn-Reply-To: <%s@t>\nContent-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n\n%b\n' "$1" "$2" "$3" "$4" "$5" "$6" "$7" >~/in/$5.eml; }
$ us='蓮見 <info@hasu.example>'; sato='佐野 健 <sano@kawara.example>'
$ mail "$us" "$sato" 'お見積り' 'Mon, 02 Mar 2026 10:00:00 +0900' k1 k0 '佐野様\n\nトップページ制作 180,000円（税別）、4月30日納品でいかがでしょうか。'
$ mail "$sato" "$us" 'Re: お見積り' 'Wed, 04 Mar 2026 09:30:00 +0900' k2 k1 '蓮見様\n\nもう少し下がりませんか。150,000円（税別）でお願いできますか。\n\n-- \n瓦商事株式会社 佐野 健\nTEL 03-0000-1234 FAX 03-0000-1235\nsano@kawara.example'
$ mail "$us" "$sato" 'Re: お見積り' 'Thu, 05 Mar 2026 11:00:00 +0900' k3 k2 '承知しました。150,000円でお受けします。'
$ mail "$sato" "$us" 'Re: お見積り' 'Fri, 20 Mar 2026 11:00:00 +0900' k4 k3 '申し訳ありません、納品を5月8日に変更していただけますか。'
$ mail "$us" "$sato" 'Re: お見積り' 'Fri, 20 Mar 2026 15:00:00 +0900' k5 k4 '承知しました。5月8日に納品いたします。'
$ mail "$us" "$sato" 'チラシのお見積り' 'Tue, 24 Mar 2026 10:00:00 +0900' k6 k6 'チラシ制作のお見積りです。\nチラシ制作 50,000円（税込）\nご検討よろしくお願いいたします。'
$ line() { printf '\357\273\277アカウント名,はす工房\r\nタイムゾーン,+09:00\r\nダウンロード日時,2026/04/01 12:00\r\n送信者タイプ,送信者名,送信日,送信時刻,内容\r\n'; printf '%s\r\n' "$@"; }
$ line 'User,株式会社みさき 田中,2026/03/10,10:00:00,看板の撮影を5/10の13時にお願いできますか？' 'Account,蓮見,2026/03/10,10:20:00,5月10日(日)13:00、撮影 33,000円（税込）で承りました。' >~/in/20260310_20260310_misaki.csv
$ line 'Account,蓮見,2026/03/15,10:00:00,ロゴの修正は8000円です。いかがでしょうか？' 'User,三田 ゆり🌸,2026/03/15,10:20:00,少し検討します' 'User,三田 ゆり🌸,2026/03/15,10:20:05,スタンプを送信しました' >~/in/20260315_20260315_mita.csv
$ genchi import ~/in >/dev/null 2>&1

$ genchi agreements
unanswered  佐野 健              チラシ制作             50,000 yen tax included
  deal         40765f12af
  proposal     2026-03-24 10:00  mail  ours  40765f12af
               “チラシ制作のお見積りです。 … チラシ制作 50,000円（税込）”
  waiting      12 days without an answer
  try          phone 03-0000-1234 (from their signature)

accepted    佐野 健              トップページ制作      150,000 yen tax excluded
  deal         26426225cc  2026-05-08 (Fri)  delivery
  proposal     2026-03-04 09:30  mail  theirs  689fde3ef2
               “もう少し下がりませんか。150,000円（税別）でお願いできますか。”
  acceptance   2026-03-05 11:00  mail  ours  89b58c05d4
               “承知しました。150,000円でお受けします。”
  change       2026-03-20 11:00  mail  theirs  96d3de84e5
               “申し訳ありません、納品を5月8日に変更していただけますか。”
  acceptance   2026-03-20 15:00  mail  ours  e5a3ccda83
               “承知しました。5月8日に納品いたします。”
  superseded   2026-03-02  26426225cc  180,000 yen tax excluded  2026-04-30 (Th…
  superseded   2026-03-04  689fde3ef2  150,000 yen tax excluded  2026-04-30 (Th…

on hold     mita                 ロゴの修正              8,000 yen
  deal         e237b49eb9
  proposal     2026-03-15 10:00  LINE  ours  e237b49eb9
               “ロゴの修正は8000円です。いかがでしょうか？”
  put off      2026-03-15 10:20  LINE  theirs  7c4306c119
               “少し検討します”
  waiting      21 days since it was proposed

accepted    misaki               撮影                   33,000 yen tax included
  deal         38f1ab5a6f  2026-05-10 (Sun) 13:00  appointment
  proposal     2026-03-10 10:00  LINE  theirs  38f1ab5a6f
               “看板の撮影を5/10の13時にお願いできますか？”
  acceptance   2026-03-10 10:20  LINE  ours  b22bddd84d
               “5月10日(日)13:00、撮影 33,000円（税込）で承りました。”
  note         Seems to be a firm.
               Of what is held, only LINE shows this agreement.
               `genchi confirm 38f1ab5a6f` drafts a mail about it.
4 deals. LINE up to the download of 2026-04-01 12:00, mail up to the import of 2026-04-05 09:00
$ genchi agreements 佐野 --format json
{"deal":"40765f12af4543d426d87032c443a96e2c5c7fbfb08b03bc674891d3e36ac585","client":{"id":1,"name":"佐野 健"},"state":"unanswered","item":"チラシ制作","yen":50000,"currency":"JPY","tax":"incl","dates":[],"opened":"2026-03-24T10:00:00+09:00","proposed":{"id":"40765f12af4543d426d87032c443a96e2c5c7fbfb08b03bc674891d3e36ac585","sent":"2026-03-24T10:00:00+09:00","channel":"mail","direction":"out","quote":"チラシ制作のお見積りです。 … チラシ制作 50,000円（税込）"},"days_open":12,"waits_for":"them","try":{"channel":"phone","at":"03-0000-1234"},"company":true,"only_line":false}
{"deal":"26426225cc35cc8f6e439ba0fdb40e682b5886bdae96ab76fc609f78e30debfc","client":{"id":1,"name":"佐野 健"},"state":"explicit","item":"トップページ制作","yen":150000,"currency":"JPY","tax":"excl","dates":[{"value":"2026-05-08","role":"delivery"}],"opened":"2026-03-02T10:00:00+09:00","proposed":{"id":"689fde3ef20d64ec6d0d272777b2ffbb186103e9545aa9cdc3b84ec9119e78f3","sent":"2026-03-04T09:30:00+09:00","channel":"mail","direction":"in","quote":"もう少し下がりませんか。150,000円（税別）でお願いできますか。"},"answered":{"id":"89b58c05d480b6c763b92497127a949ec222d412f5a2541f07fa9ea0db6cbae7","sent":"2026-03-05T11:00:00+09:00","channel":"mail","direction":"out","quote":"承知しました。150,000円でお受けします。"},"later":[{"id":"96d3de84e53ef24b49b8f91859b789250df72458342142dcebdc651bf0c33222","sent":"2026-03-20T11:00:00+09:00","channel":"mail","direction":"in","act":"change","quote":"申し訳ありません、納品を5月8日に変更していただけますか。"},{"id":"e5a3ccda83f7182226509adbf1d150ee042619d3c45ae87561a16ae8e2b3cd7c","sent":"2026-03-20T15:00:00+09:00","channel":"mail","direction":"out","act":"acceptance","quote":"承知しました。5月8日に納品いたします。"}],"before":[{"id":"26426225cc35cc8f6e439ba0fdb40e682b5886bdae96ab76fc609f78e30debfc","sent":"2026-03-02T10:00:00+09:00","yen":180000,"currency":"JPY","tax":"excl","dates":[{"value":"2026-04-30","role":"delivery"}],"superseded_by":"689fde3ef20d64ec6d0d272777b2ffbb186103e9545aa9cdc3b84ec9119e78f3"},{"id":"689fde3ef20d64ec6d0d272777b2ffbb186103e9545aa9cdc3b84ec9119e78f3","sent":"2026-03-04T09:30:00+09:00","yen":150000,"currency":"JPY","tax":"excl","dates":[{"value":"2026-04-30","role":"delivery"}],"superseded_by":"96d3de84e53ef24b49b8f91859b789250df72458342142dcebdc651bf0c33222"}],"company":true,"only_line":false}
2 deals. LINE up to the download of 2026-04-01 12:00, mail up to the import of 2026-04-05 09:00
$ genchi agreements --state unanswered
unanswered  佐野 健              チラシ制作             50,000 yen tax included
  deal         40765f12af
  proposal     2026-03-24 10:00  mail  ours  40765f12af
               “チラシ制作のお見積りです。 … チラシ制作 50,000円（税込）”
  waiting      12 days without an answer
  try          phone 03-0000-1234 (from their signature)
1 deal. LINE up to the download of 2026-04-01 12:00, mail up to the import of 2026-04-05 09:00
$ genchi agreements --state 'unanswered,hold' --min-days 13
on hold     mita                 ロゴの修正              8,000 yen
  deal         e237b49eb9
  proposal     2026-03-15 10:00  LINE  ours  e237b49eb9
               “ロゴの修正は8000円です。いかがでしょうか？”
  put off      2026-03-15 10:20  LINE  theirs  7c4306c119
               “少し検討します”
  waiting      21 days since it was proposed
1 deal. LINE up to the download of 2026-04-01 12:00, mail up to the import of 2026-04-05 09:00
$ genchi agreements 佐野 --state explicit --format csv 2>/dev/null | tr -d "\r"
﻿deal,client_id,client,state,item,yen,currency,tax,dates,proposed_sent,proposed_channel,proposed_direction,proposed_quote,answered_sent,answered_channel,answered_direction,answered_quote,before,days_open,only_line
26426225cc35cc8f6e439ba0fdb40e682b5886bdae96ab76fc609f78e30debfc,1,佐野 健,explicit,トップページ制作,150000,JPY,excl,2026-05-08,2026-03-04T09:30:00+09:00,mail,in,"もう少し下がりませんか。150,000円（税別）でお願いできますか。",2026-03-05T11:00:00+09:00,mail,out,"承知しました。150,000円でお受けします。",180000 2026-04-30; 150000 2026-04-30,,false
$ genchi agreements --state cancelled
No such deals. LINE up to the download of 2026-04-01 12:00, mail up to the import of 2026-04-05 09:00
$ genchi agreements --channel line --since 2026-03-12
on hold     mita                 ロゴの修正              8,000 yen
  deal         e237b49eb9
  proposal     2026-03-15 10:00  LINE  ours  e237b49eb9
               “ロゴの修正は8000円です。いかがでしょうか？”
  put off      2026-03-15 10:20  LINE  theirs  7c4306c119
               “少し検討します”
  waiting      21 days since it was proposed
1 deal. LINE up to the download of 2026-04-01 12:00, mail up to the import of 2026-04-05 09:00
$ genchi agreements --messages 佐野 --format json
{"id":"40765f12af4543d426d87032c443a96e2c5c7fbfb08b03bc674891d3e36ac585","sent":"2026-03-24T10:00:00+09:00","client":{"id":1,"name":"佐野 健"},"channel":"mail","direction":"out","memo":null,"act":"proposal","conditional":false,"quote":"チラシ制作のお見積りです。","deal":"40765f12af4543d426d87032c443a96e2c5c7fbfb08b03bc674891d3e36ac585","refers_to":null}
{"id":"e5a3ccda83f7182226509adbf1d150ee042619d3c45ae87561a16ae8e2b3cd7c","sent":"2026-03-20T15:00:00+09:00","client":{"id":1,"name":"佐野 健"},"channel":"mail","direction":"out","memo":null,"act":"acceptance","conditional":false,"quote":"承知しました。5月8日に納品いたします。","deal":"26426225cc35cc8f6e439ba0fdb40e682b5886bdae96ab76fc609f78e30debfc","refers_to":"96d3de84e53ef24b49b8f91859b789250df72458342142dcebdc651bf0c33222"}
{"id":"96d3de84e53ef24b49b8f91859b789250df72458342142dcebdc651bf0c33222","sent":"2026-03-20T11:00:00+09:00","client":{"id":1,"name":"佐野 健"},"channel":"mail","direction":"in","memo":null,"act":"change","conditional":false,"quote":"申し訳ありません、納品を5月8日に変更していただけますか。","deal":"26426225cc35cc8f6e439ba0fdb40e682b5886bdae96ab76fc609f78e30debfc","refers_to":"89b58c05d480b6c763b92497127a949ec222d412f5a2541f07fa9ea0db6cbae7"}
{"id":"89b58c05d480b6c763b92497127a949ec222d412f5a2541f07fa9ea0db6cbae7","sent":"2026-03-05T11:00:00+09:00","client":{"id":1,"name":"佐野 健"},"channel":"mail","direction":"out","memo":null,"act":"acceptance","conditional":false,"quote":"承知しました。150,000円でお受けします。","deal":"26426225cc35cc8f6e439ba0fdb40e682b5886bdae96ab76fc609f78e30debfc","refers_to":"689fde3ef20d64ec6d0d272777b2ffbb186103e9545aa9cdc3b84ec9119e78f3"}
{"id":"689fde3ef20d64ec6d0d272777b2ffbb186103e9545aa9cdc3b84ec9119e78f3","sent":"2026-03-04T09:30:00+09:00","client":{"id":1,"name":"佐野 健"},"channel":"mail","direction":"in","memo":null,"act":"proposal","conditional":false,"quote":"もう少し下がりませんか。150,000円（税別）でお願いできますか。","deal":"26426225cc35cc8f6e439ba0fdb40e682b5886bdae96ab76fc609f78e30debfc","refers_to":"26426225cc35cc8f6e439ba0fdb40e682b5886bdae96ab76fc609f78e30debfc"}
{"id":"26426225cc35cc8f6e439ba0fdb40e682b5886bdae96ab76fc609f78e30debfc","sent":"2026-03-02T10:00:00+09:00","client":{"id":1,"name":"佐野 健"},"channel":"mail","direction":"out","memo":null,"act":"proposal","conditional":false,"quote":"トップページ制作 180,000円（税別）、4月30日納品でいかがでしょうか。","deal":"26426225cc35cc8f6e439ba0fdb40e682b5886bdae96ab76fc609f78e30debfc","refers_to":null}
6 messages. LINE up to the download of 2026-04-01 12:00, mail up to the import of 2026-04-05 09:00
$ genchi agreements --messages 三田
2026-03-15 10:20  put off     theirs  LINE  mita                      7c4306c119
    “少し検討します”
2026-03-15 10:00  proposal    ours  LINE  mita                        e237b49eb9
    “ロゴの修正は8000円です。いかがでしょうか？”
2 messages. LINE up to the download of 2026-04-01 12:00, mail up to the import of 2026-04-05 09:00
$ genchi agreements --state 成立
genchi: there is no state "成立"
        States are explicit, conditional, hold, rejected, unanswered, cancelled; several apart by commas.
[2]
$ genchi agreements --messages --state hold
genchi: --state and --min-days are about deals, not about single messages
        Leave out --messages.
[2]
$ genchi agreements だれか
genchi: no client is called "だれか"
        `genchi clients` lists them.
[1]
$ genchi agreements abcdef0
genchi: no client is called "abcdef0"
        `genchi clients` lists them.
[1]
$ genchi agreements --deal abcdef0
genchi: no message has the id abcdef0
        `genchi search` shows ids.
[1]

$ ids() { genchi agreements --client "$1" --format json 2>/dev/null | sed 's/^{"deal":"\(..........\).*/\1/'; }
$ genchi confirm $(ids みさき)
To: 
Subject: ご確認のお願い（撮影の件）

株式会社みさき 田中 様

いつもお世話になっております。

3月10日にLINEにてお話がまとまりました件につきまして、
行き違いのないよう、内容をメールでまとめさせていただきます。
お手数をおかけいたしますが、ご確認をお願いいたします。

■内容
　件名：撮影
　金額：33,000円（税込）
　日時：2026年5月10日（日） 13:00

■これまでのやりとり
　2026年3月10日 10:00（LINE） お客様より
　「看板の撮影を5/10の13時にお願いできますか？」
　2026年3月10日 10:20（LINE） 当方より
　「5月10日(日)13:00、撮影 33,000円（税込）で承りました。」

お考えと異なる点やご変更のご希望がございましたら、お手数ですが
このメールへのご返信にてお知らせくださいますようお願いいたします。
何卒よろしくお願い申し上げます。


No mail address of theirs is known: fill it in.
A draft: read it before you send it. The last line is for your signature.
LINE up to the download of 2026-04-01 12:00, mail up to the import of 2026-04-05 09:00
$ genchi confirm $(ids 三田)
To: 
Subject: ご提案へのご返答のお願い（ロゴの修正の件）

三田 ゆり 様

いつもお世話になっております。

3月15日にLINEにてご検討いただける旨のお返事をいただきました件につきまして、
その後のご検討状況はいかがでしょうか。改めて内容をお送りいたします。

■ご提案の内容
　件名：ロゴの修正
　金額：8,000円

■これまでのやりとり
　2026年3月15日 10:00（LINE） 当方より
　「ロゴの修正は8000円です。いかがでしょうか？」
　2026年3月15日 10:20（LINE） お客様より
　「少し検討します」

ご不明な点やご要望がございましたら、お気軽にお知らせください。
お忙しいところ恐れ入りますが、ご返信をお待ちしております。
何卒よろしくお願い申し上げます。


No mail address of theirs is known: fill it in.
Nothing is agreed yet: this is an inquiry.
Nobody said whether tax is included in the amount: say it in the mail.
A draft: read it before you send it. The last line is for your signature.
LINE up to the download of 2026-04-01 12:00, mail up to the import of 2026-04-05 09:00
$ genchi confirm $(ids 佐野 | tail -n 1) --format json
{"deal":"26426225cc35cc8f6e439ba0fdb40e682b5886bdae96ab76fc609f78e30debfc","state":"explicit","to":"sano@kawara.example","subject":"ご確認のお願い（トップページ制作の件）","body":"佐野 健 様\n\nいつもお世話になっております。\n\n3月5日にメールにてお話がまとまりました件につきまして、\n行き違いのないよう、内容をメールでまとめさせていただきます。\nお手数をおかけいたしますが、ご確認をお願いいたします。\n\n■内容\n　件名：トップページ制作\n　金額：150,000円（税別）\n　納期：2026年5月8日（金）\n\n■変更前の内容\n　納期：2026年4月30日（木）\n\n■これまでのやりとり\n　2026年3月4日 09:30（メール） お客様より\n　「もう少し下がりませんか。150,000円（税別）でお願いできますか。」\n　2026年3月5日 11:00（メール） 当方より\n　「承知しました。150,000円でお受けします。」\n　2026年3月20日 11:00（メール） お客様より\n　「申し訳ありません、納品を5月8日に変更していただけますか。」\n　2026年3月20日 15:00（メール） 当方より\n　「承知しました。5月8日に納品いたします。」\n\nお考えと異なる点やご変更のご希望がございましたら、お手数ですが\nこのメールへのご返信にてお知らせくださいますようお願いいたします。\n何卒よろしくお願い申し上げます。\n\n\n"}
This was agreed by mail already.
A draft: read it before you send it. The last line is for your signature.
LINE up to the download of 2026-04-01 12:00, mail up to the import of 2026-04-05 09:00
$ genchi confirm $(ids 佐野 | head -n 1)
To: sano@kawara.example
Subject: ご提案へのご返答のお願い（チラシ制作の件）

佐野 健 様

いつもお世話になっております。

3月24日にメールにてご提案いたしました下記の件につきまして、
ご検討状況をお伺いしたく、ご連絡いたしました。

■ご提案の内容
　件名：チラシ制作
　金額：50,000円（税込）

■これまでのやりとり
　2026年3月24日 10:00（メール） 当方より
　「チラシ制作のお見積りです。 … チラシ制作 50,000円（税込）」

ご不明な点やご要望がございましたら、お気軽にお知らせください。
お忙しいところ恐れ入りますが、ご返信をお待ちしております。
何卒よろしくお願い申し上げます。


Nothing is agreed yet: this is an inquiry.
A draft: read it before you send it. The last line is for your signature.
LINE up to the download of 2026-04-01 12:00, mail up to the import of 2026-04-05 09:00
$ genchi confirm 0000
genchi: no message has the id 0000
        `genchi search` shows ids.
[1]
