The ledger: business documents by day, other side and amount.

$ mail() { printf 'From: %s\nTo: %s\nSubject: %s\nDate: %s\nMessage-ID: <%s>\n%bMIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n\n%b\n' "$2" "$3" "$4" "$5" "$1@t.example" "$6" "$7" >~/in/$1.eml; }
$ mkdir -p ~/in; us='つばめウェブ <info@tsubame-web.example>'; aoba='青葉設計 林 <hayashi@aoba.example>'; kumo='Kumo Cloud <billing@kumo.example>'
$ mail 1 "$us" "$aoba" '御見積書送付のご案内' 'Mon, 02 Feb 2026 10:00:00 +0900' '' 'サイト改修のお見積りです。\n発行日：2026年1月31日\n小計　200,000円\n消費税　20,000円\n合計　220,000円'
$ mail 2 "$aoba" "$us" 'Re: 御見積書送付のご案内' 'Tue, 03 Feb 2026 09:00:00 +0900' '' '220,000円（税込）で発注いたします。\n請求書は月末にお送りください。'
$ mail 3 "$us" "$aoba" '2月分請求書' 'Sat, 28 Feb 2026 18:00:00 +0900' '' '下記の通りご請求申し上げます。\n請求日　2026/02/28\nご請求金額　￥220,000（税込）\n振込期日　2026/03/31\n\n登録番号：Ｔ７０００-０１２０-５０００２'
$ mail 4 "$kumo" "$us" 'お支払い完了のお知らせ' 'Sun, 01 Mar 2026 03:00:00 +0900' 'Auto-Submitted: auto-generated\n' 'ご利用ありがとうございます。\n領収金額：1,980円（税込）\n登録番号 T1234567890123'
$ mail 5 "$kumo" "$us" '請求書作成がラクになるセミナー' 'Mon, 02 Mar 2026 03:00:00 +0900' 'Precedence: bulk\n' '参加費 3,300円。見積書も請求書もお任せください。'
$ mail 6 "$aoba" "$us" '納品書の件' 'Tue, 03 Mar 2026 12:00:00 +0900' '' '納品書を送っていただけますか。'
$ mail 7 'みなと印刷 <print@minato.example>' "$us" '名刺の請求書をお送りします' 'Wed, 04 Mar 2026 12:00:00 +0900' '' '金額は添付の PDF をご確認ください。'
$ printf 'From: %s\nTo: %s\nSubject: 2\nDate: Thu, 05 Mar 2026 12:00:00 +0900\nMessage-ID: <8@t.example>\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; charset=UTF-8\n\n書類一式です。\n--b\nContent-Type: application/pdf; name="請求書_3月.pdf"\n\nx\n--b\nContent-Type: application/pdf; name="納品書_3月.pdf"\n\nx\n--b--\n' "$aoba" "$us" >~/in/8.eml
$ genchi import ~/in --me info@tsubame-web.example >/dev/null 2>&1
$ genchi ledger
dated       other side                     total tax     document    message
2026-01-31  青葉設計 林              220,000 yen incl.   見積書      8b3ac0b572
2026-02-03  青葉設計 林              220,000 yen incl.   注文書      99bc0fa778
2026-02-28  青葉設計 林              220,000 yen incl.   請求書      5ecab6fa78
            T7000012050002
2026-03-01  Kumo Cloud                 1,980 yen incl.   領収書      6868f176bb
            T1234567890123
2026-03-04  みなと印刷                                   請求書      45d5b98a1c
2026-03-05  青葉設計 林                                  請求書      bd5e2ca681
            +納品書  請求書_3月.pdf  納品書_3月.pdf
6 documents, 2 without an amount. mail up to the import of 2026-04-05 09:00
$ genchi 索引簿 青葉 --since 2026-02
dated       other side                     total tax     document    message
2026-02-03  青葉設計 林              220,000 yen incl.   注文書      99bc0fa778
2026-02-28  青葉設計 林              220,000 yen incl.   請求書      5ecab6fa78
            T7000012050002
2026-03-05  青葉設計 林                                  請求書      bd5e2ca681
            +納品書  請求書_3月.pdf  納品書_3月.pdf
3 documents, 1 without an amount. mail up to the import of 2026-04-05 09:00
$ genchi ledger --amount 1万円..22万 --until 2026-02-28 --kind 請求書
dated       other side                     total tax     document    message
2026-02-28  青葉設計 林              220,000 yen incl.   請求書      5ecab6fa78
            T7000012050002
1 document. mail up to the import of 2026-04-05 09:00
$ genchi ledger --amount 22万.. --client aoba --kind 見積書,注文書
dated       other side                     total tax     document    message
2026-01-31  青葉設計 林              220,000 yen incl.   見積書      8b3ac0b572
2026-02-03  青葉設計 林              220,000 yen incl.   注文書      99bc0fa778
2 documents. mail up to the import of 2026-04-05 09:00
$ genchi ledger --amount ..2000 2>/dev/null
dated       other side                     total tax     document    message
2026-03-01  Kumo Cloud                 1,980 yen incl.   領収書      6868f176bb
            T1234567890123
$ genchi ledger kumo
dated       other side                     total tax     document    message
2026-03-01  Kumo Cloud                 1,980 yen incl.   領収書      6868f176bb
            T1234567890123
1 document. mail up to the import of 2026-04-05 09:00
$ genchi ledger --kind 納品書 --format json 2>/dev/null | cut -d, -f10-12
"document":"invoice","also":["delivery_note"],"document_from":"file_name"
$ genchi ledger --kind 請求書, 2>&1 | head -n 1
genchi: --kind: there is no document ""
$ genchi ledger --no-amount
dated       other side                     total tax     document    message
2026-03-04  みなと印刷                                   請求書      45d5b98a1c
2026-03-05  青葉設計 林                                  請求書      bd5e2ca681
            +納品書  請求書_3月.pdf  納品書_3月.pdf
2 documents, 2 without an amount. mail up to the import of 2026-04-05 09:00
$ genchi ledger --lang ja --limit 1
取引年月日  取引先                      取引金額 税      書類        メッセージ
2026-01-31  青葉設計 林                220,000円 税込    見積書      8b3ac0b572
書類 6 件、うち金額なし 2 件（うち1件を表示。--limit 0 で全件）。メールは2026-04-05 09:00の取り込みまで
$ genchi ledger --kind receipt --format json
{"date":"2026-03-01","date_from":"sent","party":"Kumo Cloud","client":null,"yen":1980,"currency":"JPY","value":null,"tax":"incl","document":"receipt","also":[],"document_from":"text","registration":"T1234567890123","registration_check":false,"direction":"in","channel":"mail","sent":"2026-03-01T03:00:00+09:00","files":[],"message":"6868f176bb889c98daf79564abb2ee1ba4cc9c8baed6d4d2cb32d2c5b309f961"}
1 document. mail up to the import of 2026-04-05 09:00
$ genchi ledger --format csv --since 2026-03 2>/dev/null | tr -d "\r"
﻿取引年月日,取引先,取引金額,通貨,税,書類の種類,登録番号,受領・送付,取引年月日の根拠,送信日時,添付ファイル,メッセージ
2026-03-01,Kumo Cloud,1980,JPY,税込,領収書,T1234567890123,受領,送信日,2026-03-01T03:00:00+09:00,,6868f176bb889c98daf79564abb2ee1ba4cc9c8baed6d4d2cb32d2c5b309f961
2026-03-04,みなと印刷,,,,請求書,,受領,送信日,2026-03-04T12:00:00+09:00,,45d5b98a1c43782e83eb5d7bec31ffb369604dfa8403592c45f0aecff98f3746
2026-03-05,青葉設計 林,,,,請求書; 納品書,,受領,送信日,2026-03-05T12:00:00+09:00,請求書_3月.pdf; 納品書_3月.pdf,bd5e2ca6819977971f1456ae4b1c12e650d529f491f80824b9526acd148891f0
$ genchi ledger --since 2027 --format csv 2>&1 >/dev/null
0 documents. mail up to the import of 2026-04-05 09:00
[1]
$ genchi ledger --amount 5..x
genchi: --amount: "5..x" is not an amount
        write for example 55000, 5万円, 50000..100000 or 5万..
[2]
$ genchi ledger --amount 5万 --no-amount
genchi: --amount and --no-amount exclude each other
[2]
$ genchi ledger --kind 請求
genchi: --kind: there is no document "請求"
        It takes 見積書 (quotation), 注文書 (order), 注文請書 (order_confirmation), 契約書 (contract), 納品書 (delivery_note), 請求書 (invoice), 領収書 (receipt), 支払通知書 (payment_notice).
[2]
$ genchi ledger --since 2026-05 --until 2026-04
genchi: --since is after --until
[2]
$ genchi ledger だれか
genchi: no client is called "だれか"
        `genchi clients` lists them.
[1]
$ genchi search price:1980 --format json | wc -l
0 messages. mail up to the import of 2026-04-05 09:00
Understood as: price:"1980"
Searched:
  mail                     8 messages  2026-02-02 – 2026-03-05
0
$ genchi facts list "$(genchi ledger kumo --format json 2>/dev/null | grep -o '"message":"[0-9a-f]*' | cut -d'"' -f4)" --explain
6868f176bb  2026-03-01 03:00  mail  received
     for the ledger: 領収書  2026-03-01  1,980 yen  tax included  T1234567890123  [document.label]
$ genchi show "$(genchi ledger kumo --format json 2>/dev/null | grep -o '"message":"[0-9a-f]*' | cut -d'"' -f4)" --format json | grep -c '"facts"'
0
[1]
$ genchi reindex 2>/dev/null; genchi ledger --format json 2>/dev/null | wc -l
6
$ genchi verify | tail -n 1
Result: no damage, 0 notes
