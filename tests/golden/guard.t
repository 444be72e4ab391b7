A draft before it goes out: what in it is known from other clients only. At the end a mail with its recipients, its subject and the
words that it quotes.

$ genchi import samples/mail samples/line --me info@tsubame-web.example >/dev/null 2>&1
$ printf '佐藤様\n\nお世話になっております。つばめウェブ工房の藤井です。\n公園イベントの件は青葉建設様にもお伝えします。\nご連絡は sato@aoba-kensetsu.example か 0300000152 まで。\n縮毛矯正は 16,500円（税込）です。\n\n-- \nつばめウェブ工房 藤井 遥\nTEL 03-0000-0141\ninfo@tsubame-web.example\n' >~/draft.txt
$ genchi guard ~/draft.txt --client 青木
line 1, column 1  addressed to  佐藤
     ! nobody is called so in the messages with 青木 美咲, but with aoba-kensetsu.example (1)
     2025-08-01  ours  f6c0d2d2b2  佐藤様
line 4, column 10  name  青葉建設
     ! never in the messages with 青木 美咲, only with aoba-kensetsu.example (1)
     2025-08-01  ours  f6c0d2d2b2  株式会社青葉建設
line 5, column 6  mail address  sato@aoba-kensetsu.example
     ! never in the messages with 青木 美咲, only with aoba-kensetsu.example (1)
     2025-08-01  ours  f6c0d2d2b2  採用ページ2頁と応募フォームを本日公開しまし…
line 5, column 35  phone number  0300000152
     ! never in the messages with 青木 美咲, only with aoba-kensetsu.example (1)
     2025-06-16  theirs  edb3fe1850  TEL 03-0000-0152　FAX 03-0000-0153

4 findings. LINE up to the download of 2026-04-02 18:05, mail up to the import of 2026-04-05 09:00
[1]
$ genchi guard ~/draft.txt --client 青木 --format json
{"kind":"salutation","surface":"佐藤","place":"text","sheet":null,"line":1,"column":1,"times":1,"clients":[{"id":1,"name":"aoba-kensetsu.example"}],"more_clients":false,"message":{"id":"f6c0d2d2b2183818656dc6e68b6e7f063137f7fdd2881aa8c8e196f82754b008","sent":"2025-08-01T17:02:44+09:00","channel":"mail","direction":"out","quote":"佐藤様"}}
{"kind":"name","surface":"青葉建設","place":"text","sheet":null,"line":4,"column":10,"times":1,"clients":[{"id":1,"name":"aoba-kensetsu.example"}],"more_clients":false,"message":{"id":"f6c0d2d2b2183818656dc6e68b6e7f063137f7fdd2881aa8c8e196f82754b008","sent":"2025-08-01T17:02:44+09:00","channel":"mail","direction":"out","quote":"株式会社青葉建設"}}
{"kind":"address","surface":"sato@aoba-kensetsu.example","place":"text","sheet":null,"line":5,"column":6,"times":1,"clients":[{"id":1,"name":"aoba-kensetsu.example"}],"more_clients":false,"message":{"id":"f6c0d2d2b2183818656dc6e68b6e7f063137f7fdd2881aa8c8e196f82754b008","sent":"2025-08-01T17:02:44+09:00","channel":"mail","direction":"out","quote":"採用ページ2頁と応募フォームを本日公開しました。あわせて請求書をお送りします。"}}
{"kind":"phone","surface":"0300000152","place":"text","sheet":null,"line":5,"column":35,"times":1,"clients":[{"id":1,"name":"aoba-kensetsu.example"}],"more_clients":false,"message":{"id":"edb3fe185042521eee26f430039c95924ca4e60a1a3376b210b73361365ee88a","sent":"2025-06-16T11:55:10+09:00","channel":"mail","direction":"in","quote":"TEL 03-0000-0152　FAX 03-0000-0153"}}
4 findings. LINE up to the download of 2026-04-02 18:05, mail up to the import of 2026-04-05 09:00
[1]
$ genchi guard ~/draft.txt --client aoba-kensetsu.example
Nothing in the draft occurs only with other clients than aoba-kensetsu.example. LINE up to the download of 2026-04-02 18:05, mail up to the import of 2026-04-05 09:00
$ printf '木下様\n5月10日(日)13:00、縮毛矯正 16,500円（税込）で承りました。\n美容室ミモザ 三浦\n' | genchi guard - --client 木下
Nothing in the draft occurs only with other clients than 木下 あかり. LINE up to the download of 2026-04-02 18:05, mail up to the import of 2026-04-05 09:00
$ printf '木下様\n5月10日(日)13:00、縮毛矯正 16,500円（税込）で承りました。\n美容室ミモザ 三浦\n' | genchi guard - --client 髙橋
line 1, column 1  addressed to  木下
     ! nobody is called so in the messages with 髙橋 Mai, but with 木下 あかり (10)
     2026-04-02  ours  35e0b61fa0  5月10日(日)13:00、縮毛矯正 16,500円（税込）…

1 finding. LINE up to the download of 2026-04-02 18:05, mail up to the import of 2026-04-05 09:00
[1]
$ printf '鈴木様\nお世話になっております。\n' | genchi 誤送信チェック - --client 髙橋 --format csv 2>/dev/null | tr -d '\r'
﻿kind,surface,place,sheet,line,column,times,clients,more_clients,message
salutation,鈴木,text,,1,1,1,,false,
$ printf 'From: info@tsubame-web.example\nTo: 青木 美咲 <genchi-sample-aoki@gmail.com>, keiri@aoba-kensetsu.example\nSubject: みなと印刷の件\nMIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n\n青木様\n\nお送りします。\n\n> 藤井様\n> よろしくお願いします。\n' >~/reply.eml
$ genchi guard ~/reply.eml --client 青木
To  recipient  keiri@aoba-kensetsu.example
     ! never in the messages with 青木 美咲: it is an address of aoba-kensetsu.example (1)
     2025-08-01  ours  f6c0d2d2b2  採用ページ2頁と応募フォームを本日公開しまし…
subject, column 1  name  みなと印刷
     ! never in the messages with 青木 美咲, only with みなと印刷 野口 (4)
     2024-07-31  theirs  1cf167354d  お世話になっております。みなと印刷の野口で…

2 findings. LINE up to the download of 2026-04-02 18:05, mail up to the import of 2026-04-05 09:00
[1]
$ genchi guard ~/draft.txt
genchi: whom is the draft for?
        Say --client with its number or a part of its name.
[2]
$ printf '%%PDF-1.4\n' >~/draft.pdf; genchi guard ~/draft.pdf --client 青木
genchi: /home/hana/draft.pdf: a PDF is not read
        Save it as .xlsx or .docx, or copy its text and give that on standard input, with - as the file.
[2]
$ printf '請求は keiri@aoba-kensetsu.example まで。\nみなと印刷様にもお伝えします。\n' | genchi guard - --client 青木 2>/dev/null | grep ^line
line 1, column 5  mail address  keiri@aoba-kensetsu.example
line 2, column 1  name  みなと印刷
$ genchi guard ~/draft.txt --client だれか
genchi: no client is called "だれか"
        `genchi clients` lists them.
[2]
$ genchi guard ~/none.txt --client 青木
genchi: cannot open /home/hana/none.txt: No such file or directory
[2]
