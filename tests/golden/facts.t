Amounts, days and acts: read without an archive.

$ cat >~/talk.jsonl <<'ROWS'
> {"id":"1","conv":"a","dir":"out","channel":"line","sent":"2026-03-02T10:00:00+09:00","text":"撮影一式 55,000円（税込）です。4/10納品でいかがですか？"}
> {"id":"2","conv":"a","dir":"in","channel":"line","sent":"2026-03-02T21:00:00+09:00","text":"スタンプを送信しました"}
> {"id":"3","conv":"a","dir":"in","channel":"line","sent":"2026-03-03T09:00:00+09:00","text":"承知しました、55,000円でお願いします"}
> {"id":"4","conv":"a","dir":"auto","channel":"line","sent":"2026-03-03T09:00:01+09:00","text":"ご予約は11,000円です。"}
> ROWS
$ genchi extract <~/talk.jsonl
$ head -n 1 ~/talk.jsonl | genchi extract --explain
$ printf '{"id":5,"sent":"2026-03-02T10:00:00Z","text":"明日5万円払います"}\nno row\n{"id":6,"text":"5万円"}\n{"id":7,"sent":"2026-03-02T10:00:00+09:00","text":"a","dir":"up"}\n' | genchi extract

In an archive they are searched, and a person has the last word.

$ genchi import samples/mail samples/line --me info@tsubame-web.example >/dev/null 2>&1
$ genchi search 'is:承諾' --limit 2
$ genchi search '金額:10万..20万' --format json 2>/dev/null | wc -l
$ genchi search '期限:2026-04 has:price' --format json 2>/dev/null | wc -l
$ genchi search 'price:5..x'
$ genchi search 'is:なに'
