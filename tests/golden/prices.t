Prices of before, by item; promised days.

$ mail() { printf 'From x Thu Jan  1 00:00:00 1970\nMessage-ID: <%s@aoba.example>\nDate: %s +0900\nFrom: %s\nTo: %s\nSubject: %s\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n%b\n\n' "$@" >>~/deals.mbox; }
$ us=office@fuji-web.example; sato='"佐藤 健" <sato@aoba-sekkei.example>'; mori='"青葉商店 森" <mori@aoba-shoten.example>'
$ mail a1 'Wed, 3 Apr 2024 10:00:00' $us "$sato" 'お見積りの件' '佐藤様\n\nお見積りをお送りします。\n\nトップページ制作　180,000円（税別）\n下層ページ制作（8P）　240,000円（税別）\n\n5月31日までに納品いたします。いかがでしょうか。'
$ mail a2 'Fri, 5 Apr 2024 15:00:00' "$sato" $us 'Re: お見積りの件' '承知しました。トップページ制作180,000円（税別）、下層ページ制作240,000円（税別）でお願いします。'
$ mail a3 'Wed, 2 Apr 2025 10:00:00' $us "$sato" '追加のお見積り' '佐藤様\n\nTOPページの制作費は200,000円（税別）でいかがでしょうか。納期は5/20です。'
$ mail a4 'Thu, 3 Apr 2025 9:00:00' "$sato" $us 'Re: 追加のお見積り' 'はい、200,000円で進めてください。'
$ mail a5 'Mon, 30 Mar 2026 9:00:00' $us "$sato" '保守のお見積り' '佐藤様\n\n保守は月額11,000円（税込）でいかがでしょうか。4月10日までにお返事をください。'
$ mail b1 'Tue, 10 Mar 2026 9:00:00' $us "$mori" 'お見積り' '森様\n\nチラシ印刷（1,000枚）　33,000円（税込）でいかがでしょうか。初回は3,000円お値引きします。'
$ genchi import --me $us ~/deals.mbox >/dev/null
Created the archive /home/hana/.local/share/genchi
$ genchi prices 青葉
初回
  2026-03-10 -3,000 yen              discount ours unanswered bfaf2760bc
      [初回 お値引き] …000枚）　33,000円（税込）でいかがでしょうか。初回は3,00…

チラシ印刷（1,000枚）
  2026-03-10 33,000 yen tax included offered  ours unanswered bfaf2760bc
      [1,000枚 初回 お値引き] チラシ印刷（1,000枚）　33,000円（税込）でいかが…
  last valid price: 33,000 yen tax included (2026-03-10, offered, not agreed)
  computed at 10 %: 30,000 yen without tax, 33,000 yen with tax

2 prices. mail up to the import of 2026-04-05 09:00
$ genchi prices aoba-sekkei
下層ページ制作  also written 下層ページ制作（8P）
  2024-04-03 240,000 yen tax excluded offered ours   accepted   010ce205f7
      [8P] 下層ページ制作（8P）　240,000円（税別）
  2024-04-05 240,000 yen tax excluded agreed  theirs            d10d4917b9
      …た。トップページ制作180,000円（税別）、下層ページ制作240,000円（税別）…
  last valid price: 240,000 yen tax excluded (2024-04-05, agreed, invoiced or paid)
  computed at 10 %: 240,000 yen without tax, 264,000 yen with tax

TOPページの制作費  also written トップページ制作  ▁▁██
  2024-04-03 180,000 yen tax excluded offered ours   accepted   010ce205f7
      トップページ制作　180,000円（税別）
  2024-04-05 180,000 yen tax excluded agreed  theirs accepted   d10d4917b9
      承知しました。トップページ制作180,000円（税別）、下層ページ制作240,000円…
  2025-04-02 200,000 yen tax excluded offered ours   accepted   067ed65991
      TOPページの制作費は200,000円（税別）でいかがでしょうか。納期は5/20です。
  2025-04-03 200,000 yen              agreed  theirs accepted   806d9829fd
      はい、200,000円で進めてください。
  last valid price: 200,000 yen tax excluded (2025-04-03, agreed, invoiced or paid)
  computed at 10 %: 200,000 yen without tax, 220,000 yen with tax
  before that: 180,000 yen tax excluded (2024-04-05): +11.1 %

保守
  2026-03-30  11,000 yen tax included offered ours   unanswered a8129b269d
      保守は月額11,000円（税込）でいかがでしょうか。4月10日までにお返事をくだ…
  last valid price: 11,000 yen tax included (2026-03-30, offered, not agreed)
  computed at 10 %: 10,000 yen without tax, 11,000 yen with tax

7 prices. mail up to the import of 2026-04-05 09:00
$ genchi prices aoba-sekkei トップ
TOPページの制作費  also written トップページ制作  ▁▁██
  2024-04-03 180,000 yen tax excluded offered ours   accepted 010ce205f7
      トップページ制作　180,000円（税別）
  2024-04-05 180,000 yen tax excluded agreed  theirs accepted d10d4917b9
      承知しました。トップページ制作180,000円（税別）、下層ページ制作240,000円…
  2025-04-02 200,000 yen tax excluded offered ours   accepted 067ed65991
      TOPページの制作費は200,000円（税別）でいかがでしょうか。納期は5/20です。
  2025-04-03 200,000 yen              agreed  theirs accepted 806d9829fd
      はい、200,000円で進めてください。
  last valid price: 200,000 yen tax excluded (2025-04-03, agreed, invoiced or paid)
  computed at 10 %: 200,000 yen without tax, 220,000 yen with tax
  before that: 180,000 yen tax excluded (2024-04-05): +11.1 %

4 prices. mail up to the import of 2026-04-05 09:00
$ genchi prices aoba-sekkei 印刷
no price of "印刷" is held here. mail up to the import of 2026-04-05 09:00
$ genchi prices だれか
genchi: no client is called "だれか"
        `genchi clients` lists them.
[1]
$ genchi prices --limit 3
2026-03-30 佐藤 健     11,000 yen tax included offered  保守          a8129b269d
    保守は月額11,000円（税込）でいかがでしょうか。4月10日までにお返事をくださ…
2026-03-10 青葉商店 森 33,000 yen tax included offered  チラシ印刷（… bfaf2760bc
    チラシ印刷（1,000枚）　33,000円（税込）でいかがでしょうか。初回は3,000円お…
2026-03-10 青葉商店 森 -3,000 yen              discount 初回          bfaf2760bc
    …000枚）　33,000円（税込）でいかがでしょうか。初回は3,000円お値引きします。

the newest 3 prices (--limit 0 shows all). mail up to the import of 2026-04-05 09:00
$ genchi prices mori --format json 2>/dev/null
{"id":"bfaf2760bcf8ff7f9339e86c69692e24ac4102e32dcc37d0ba30d1758fa30823","sent":"2026-03-10T09:00:00+09:00","client":{"id":2,"name":"青葉商店 森"},"direction":"out","channel":"mail","memo":null,"surface":"33,000円","yen":33000,"currency":"JPY","tax":"incl","role":"offer","unit":false,"approx":false,"item":"チラシ印刷（1,000枚）","item_group":"ちらし印刷","state":"unanswered","conditions":["1,000枚","初回","お値引き"],"computed":{"excl":30000,"incl":33000,"rate":10},"quote":"チラシ印刷（1,000枚）　33,000円（税込）でいかがでしょうか。初回は3,000円お値引きします。"}
{"id":"bfaf2760bcf8ff7f9339e86c69692e24ac4102e32dcc37d0ba30d1758fa30823","sent":"2026-03-10T09:00:00+09:00","client":{"id":2,"name":"青葉商店 森"},"direction":"out","channel":"mail","memo":null,"surface":"3,000円","yen":3000,"currency":"JPY","tax":null,"role":"discount","unit":false,"approx":false,"item":"初回","item_group":"初回","state":"unanswered","conditions":["初回","お値引き"],"computed":{"excl":3000,"incl":3300,"rate":10},"quote":"チラシ印刷（1,000枚）　33,000円（税込）でいかがでしょうか。初回は3,000円お値引きします。"}
$ genchi prices --role offer,value
genchi: there is no role "value"
        It takes mention, offer, accepted, invoiced, paid, discount, several apart by commas, or all.
[2]
$ genchi prices aoba-sekkei トップ --lang ja
TOPページの制作費  別の書き方: トップページ制作  ▁▁██
  2024-04-03 180,000円 税抜 提示 当方 承諾あり 010ce205f7
      トップページ制作　180,000円（税別）
  2024-04-05 180,000円 税抜 合意 先方 承諾あり d10d4917b9
      承知しました。トップページ制作180,000円（税別）、下層ページ制作240,000円…
  2025-04-02 200,000円 税抜 提示 当方 承諾あり 067ed65991
      TOPページの制作費は200,000円（税別）でいかがでしょうか。納期は5/20です。
  2025-04-03 200,000円      合意 先方 承諾あり 806d9829fd
      はい、200,000円で進めてください。
  最後の有効な価格: 200,000円 税抜（2025-04-03、合意・請求・支払）
  計算値（税率10%）: 税抜 200,000円、税込 220,000円
  その前: 180,000円 税抜（2024-04-05）: +11.1 %

金額4件。メールは2026-04-05 09:00の取り込みまで
$ genchi prices aoba-sekkei --html | grep -c '<svg\|<script\|http:'
7 prices. mail up to the import of 2026-04-05 09:00
2
$ genchi prices --html
genchi: --html makes the page of one client
        Say which: genchi prices CLIENT --html > prices.html
[2]
$ genchi dates
2026-04-10 (Fri) deadline 佐藤 健 ours unanswered a8129b269d
    …0円（税込）でいかがでしょうか。4月10日までにお返事をください。

1 day. mail up to the import of 2026-04-05 09:00
$ genchi dates aoba-sekkei --past
2025-05-20 (Tue) delivery 佐藤 健 ours accepted 067ed65991
    …税別）でいかがでしょうか。納期は5/20です。
2024-05-31 (Fri) delivery 佐藤 健 ours accepted 010ce205f7
    5月31日までに納品いたします。いかがでしょうか。

2 days. mail up to the import of 2026-04-05 09:00
$ genchi dates --due 2026-04 --format json 2>/dev/null
{"id":"a8129b269d6d9d4f1f3ab1e6dc37f96b6cb410ece971a1308ecd1b159e520874","sent":"2026-03-30T09:00:00+09:00","client":{"id":1,"name":"佐藤 健"},"direction":"out","channel":"mail","memo":null,"surface":"4月10日","value":"2026-04-10","precision":"day","role":"deadline","weekday_mismatch":false,"state":"unanswered","quote":"保守は月額11,000円（税込）でいかがでしょうか。4月10日までにお返事をください。"}
$ genchi dates --format ics 2>/dev/null | tr -d '\r'
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//genchi//genchi//EN
CALSCALE:GREGORIAN
BEGIN:VEVENT
UID:a8129b269d6d9d4f1f3ab1e6dc37f96b-77-t@genchi
DTSTAMP:20260330T000000Z
DTSTART;VALUE=DATE:20260410
DTEND;VALUE=DATE:20260411
SUMMARY:deadline: 佐藤 健
DESCRIPTION:保守は月額11\,000円（税込）でいかがでしょう
 か。4月10日までにお返事をください。\nours\, 2026-03-30 09:
 00\, message a8129b269d
TRANSP:TRANSPARENT
END:VEVENT
END:VCALENDAR
$ genchi prices --format ics
genchi: --format ics: only `genchi dates` makes a calendar file
[2]
$ genchi dates --due いつか
genchi: --due: "いつか" is not a date
        Write it as 今週, 来月, 2024-04-01, 2024年4月 or 4/1..4/10.
[2]
