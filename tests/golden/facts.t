Amounts, days and acts: read without an archive.

$ row() { printf '{"id":"%s","conv":"a","dir":"%s","channel":"line","sent":"2026-03-0%s+09:00","text":"%s"}\n' "$@" >>~/talk.jsonl; }
$ row 1 out 2T10:00:00 '撮影一式 55,000円（税込）です。4/10納品でいかがですか？'
$ row 2 in 2T21:00:00 'スタンプを送信しました'
$ row 3 in 3T09:00:00 '承知しました、55,000円でお願いします'
$ row 4 auto 3T09:00:01 'ご予約は11,000円です。'
$ genchi extract <~/talk.jsonl
{"id":"1","amounts":[{"surface":"55,000円","start":13,"end":22,"yen":55000,"currency":"JPY","tax":"incl","role":"offer","unit":false,"approx":false,"item":"撮影"}],"dates":[{"surface":"4/10","start":43,"end":47,"value":"2026-04-10","precision":"day","role":"delivery","weekday_mismatch":false}],"agreement":"proposal","conditional":false}
{"id":"2","amounts":[],"dates":[],"agreement":null,"conditional":false}
{"id":"3","amounts":[{"surface":"55,000円","start":21,"end":30,"yen":55000,"currency":"JPY","tax":null,"role":"accepted","unit":false,"approx":false,"item":""}],"dates":[],"agreement":"acceptance","conditional":false}
{"id":"4","amounts":[],"dates":[],"agreement":null,"conditional":false}
$ head -n 1 ~/talk.jsonl | genchi extract --explain
{"id":"1","amounts":[{"surface":"55,000円","start":13,"end":22,"yen":55000,"currency":"JPY","tax":"incl","role":"offer","unit":false,"approx":false,"item":"撮影","rule":"amount.yen"}],"dates":[{"surface":"4/10","start":43,"end":47,"value":"2026-04-10","precision":"day","role":"delivery","weekday_mismatch":false,"rule":"date.month-day"}],"agreement":"proposal","conditional":false,"agreement_rule":"act.terms-asked","agreement_words":{"surface":"いかがです","start":56,"end":71}}
$ printf '{"id":5,"sent":"2026-03-02T10:00:00Z","text":"明日5万円払います"}\nno row\n{"id":6,"text":"5万円"}\n{"id":7,"sent":"2026-03-02T10:00:00+09:00","text":"a","dir":"up"}\n{"id":123456789012345678901234567890,"sent":"2026-03-02T10:00:00Z","text":"a"}\n' | genchi extract
{"id":5,"amounts":[{"surface":"5万円","start":6,"end":13,"yen":50000,"currency":"JPY","tax":null,"role":"mention","unit":false,"approx":false,"item":""}],"dates":[{"surface":"明日","start":0,"end":6,"value":"2026-03-03","precision":"day","role":"payment","weekday_mismatch":false}],"agreement":null,"conditional":false}
standard input, line 2: no JSON object
standard input, line 3: "sent" is no time such as 2024-04-01T10:00:00+09:00: ""
standard input, line 4: "dir" is "in", "out" or "auto", not "up"
standard input, line 5: "id" is neither a text nor a whole number of at most 64 bits
[3]

$ genchi import samples/mail samples/line --me info@tsubame-web.example >/dev/null 2>&1
$ genchi search 'is:承諾' --limit 2
2026-04-02 12:31  LINE sent  三浦 / 木下 あかり                       35e0b61fa0
    5月10日(日)13:00、縮毛矯正 16,500円（税込）で承りました。

2026-04-02 11:30  LINE sent  三浦 / 木下 あかり                       4ca2bb7852
    お待たせしました。今回まで 16,500円（税込）で承ります。5月はいつがよろしい…

29 messages, 2 shown (--limit 0 shows all). LINE up to the download of 2026-04-02 18:05, mail up to the import of 2026-04-05 09:00
$ genchi search '金額:10万..20万' --format json 2>/dev/null | wc -l
8
$ genchi search '期限:2026-04 has:price' --format json 2>/dev/null | wc -l
0
$ genchi search 'price:5..x'
genchi: "5..x" is not an amount
  price:5..x
        ^
        write for example 55000, 5万円, 50000..100000 or 5万..
[2]
$ genchi search 'is:なに'
genchi: is: does not know "なに"
  is:なに
     ^
        it knows proposal/提示 acceptance/承諾 conditional/条件付き rejection/お断り hold/保留 change/変更 cancel/取消 auto/自動 bulk/一斉 unsent/送信取消 spam/迷惑 trash/ゴミ箱 memo/メモ confirmed/相手確認済
[2]
$ genchi facts list 58b64831b3 --explain
58b64831b3  2024-06-10 10:50  sakuragawa-kanko.example  mail  received
  1  amount   110,000円  110,000 yen  tax included  agreed  [amount.yen]
  2  day      6月7日  2024-06-07 (Fri)  mentioned  [date.month-day]
  3  act      発注  acceptance  [act.accept]
     for the ledger: 注文書  2024-06-10  110,000 yen  tax included  [document.file]
$ genchi facts set 58b64831b3 act act=hold
58b64831b3  2024-06-10 10:50  sakuragawa-kanko.example  mail  received
  1  amount   110,000円  110,000 yen  tax included  offered
  2  day      6月7日  2024-06-07 (Fri)  mentioned
  3  act        put off  [decided by a person]
     for the ledger: 注文書  2024-06-10  110,000 yen  tax included
$ genchi facts set 58b64831b3 1 yen=12万 tax=none item=特設ページ
58b64831b3  2024-06-10 10:50  sakuragawa-kanko.example  mail  received
  1  amount   110,000円  120,000 yen  offered  “特設ページ”  [decided by a person]
  2  day      6月7日  2024-06-07 (Fri)  mentioned
  3  act        put off  [decided by a person]
     for the ledger: 注文書  2024-06-10  120,000 yen
$ genchi reindex 2>/dev/null; genchi facts list 58b64831b3 --format json
{"id":"58b64831b300d154720e23e5a1f3ff02b89e0f6f26426a5d6f29b4596533a212","amounts":[{"surface":"110,000円","start":162,"end":172,"yen":120000,"currency":"JPY","tax":null,"role":"offer","unit":false,"approx":false,"item":"特設ページ"}],"dates":[{"surface":"6月7日","start":109,"end":117,"value":"2024-06-07","precision":"day","role":"mention","weekday_mismatch":false}],"agreement":"hold","conditional":false}
$ genchi search 'is:保留 金額:12万' --format json 2>/dev/null | wc -l
1
$ genchi facts reject 58b64831b3 1
58b64831b3  2024-06-10 10:50  sakuragawa-kanko.example  mail  received
  1  amount   110,000円  no such fact  [decided by a person]
  2  day      6月7日  2024-06-07 (Fri)  mentioned
  3  act        put off  [decided by a person]
     for the ledger: 注文書  2024-06-10
$ genchi facts reject 58b64831b3 1
58b64831b3  2024-06-10 10:50  sakuragawa-kanko.example  mail  received
  1  amount   110,000円  no such fact  [decided by a person]
  2  day      6月7日  2024-06-07 (Fri)  mentioned
  3  act        put off  [decided by a person]
     for the ledger: 注文書  2024-06-10
$ genchi facts confirm 58b64831b3 1
genchi: fact 1 was rejected
        `genchi facts set` brings it back, as you say it is.
[2]
$ genchi facts set 58b64831b3 2 value=2024-06-07/2024-06-09 role=deadline
58b64831b3  2024-06-10 10:50  sakuragawa-kanko.example  mail  received
  1  amount   110,000円  no such fact  [decided by a person]
  2  day      6月7日  2024-06-07 (Fri) – 2024-06-09 (Sun)  deadline  [decided by a person]
  3  act        put off  [decided by a person]
     for the ledger: 注文書  2024-06-10
$ genchi facts reject 58b64831b3 2
58b64831b3  2024-06-10 10:50  sakuragawa-kanko.example  mail  received
  1  amount   110,000円  no such fact  [decided by a person]
  2  day      6月7日  no such fact  [decided by a person]
  3  act        put off  [decided by a person]
     for the ledger: 注文書  2024-06-10
$ genchi facts set 58b64831b3 2 value=2024-06-08
58b64831b3  2024-06-10 10:50  sakuragawa-kanko.example  mail  received
  1  amount   110,000円  no such fact  [decided by a person]
  2  day      6月7日  2024-06-08 (Sat)  mentioned  [decided by a person]
  3  act        put off  [decided by a person]
     for the ledger: 注文書  2024-06-10
$ genchi facts set 58b64831b3 1 yen=9万
58b64831b3  2024-06-10 10:50  sakuragawa-kanko.example  mail  received
  1  amount   110,000円  90,000 yen  mentioned  [decided by a person]
  2  day      6月7日  2024-06-08 (Sat)  mentioned  [decided by a person]
  3  act        put off  [decided by a person]
     for the ledger: 注文書  2024-06-10  90,000 yen
$ genchi facts set 58b64831b3 2 foo=1
genchi: a day has no "foo"
        It has value and role.
[2]
$ genchi facts set 58b64831b3 amount yen=5 words=ここにない
genchi: "ここにない" does not stand in the message
[2]
$ genchi facts list 0000000000
genchi: no message has the id 0000000000
        `genchi search` shows ids.
[1]
$ genchi verify | tail -n 1
Result: no damage, 0 notes

$ genchi search 'is:提示 母と二人' --format json 2>/dev/null | wc -l
0
$ printf '[acts]\nproposal = ["母と二人"]\n' >>~/.local/share/genchi/genchi.toml
$ genchi search 'is:提示 母と二人' --format json | wc -l
The words of [acts] in the settings are not those that messages were read with: `genchi reindex` reads them anew.
0 messages. LINE up to the download of 2026-04-02 18:05, mail up to the import of 2026-04-05 09:00
Understood as: is:"提示" AND "母と二人"
  "母と二人": 母と二人, 母と2人
Searched:
  mail                     63 messages  2024-03-04 – 2026-04-01
  LINE 美容室ミモザ        88 messages  2025-09-12 – 2026-04-02
  LINE is known up to the download of 2026-04-02 18:05
0
$ genchi reindex 2>/dev/null
$ genchi search 'is:提示 母と二人' --format json | wc -l
1 message. LINE up to the download of 2026-04-02 18:05, mail up to the import of 2026-04-05 09:00
1
