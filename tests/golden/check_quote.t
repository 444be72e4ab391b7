A draft quotation, held against what the client was told before; at the end a workbook, of which hidden sheets are left out.

$ mail() { printf 'From: %s\nTo: %s\nSubject: %s\nDate: %s +0900\nMessage-ID: <%s@t>\nIn-Reply-To: <%s@t>\nContent-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n\n%s\n' "$1" "$2" "$3" "$4" "$5" "$6" "$(printf "$7")" >~/in/$5.eml; }
$ us=info@tsubame.example; aoba=tanaka@aoba.example; mkdir -p ~/in
$ mail $us $aoba お見積り 'Fri, 1 Mar 2024 10:00:00' a1 a0 '田中様\n\nお見積りです。\nトップページ制作 150,000円（税込）\n封筒印刷 1,000枚 @22円 22,000円（税別）\n保守 月額 5,000円（税別）\n'
$ mail $us $aoba 'お見積り（トップページ、ロゴ）' 'Mon, 3 Mar 2025 10:00:00' b1 b0 '田中様\n\nお見積りいたします。\n\nトップページ制作 180,000円（税込）\nロゴ制作 50,000円（税別）\n\nいかがでしょうか。\n'
$ mail $aoba $us 'Re: お見積り（トップページ、ロゴ）' 'Tue, 4 Mar 2025 09:00:00' b2 b1 'トップページ制作 180,000円、ロゴ制作 50,000円でお願いします。\n'
$ mail $us $aoba お見積り 'Mon, 6 Oct 2025 10:00:00' c1 c0 '田中様\n\nTOPページ制作のお見積りです。\nTOPページ制作 210,000円（税込）\nご検討ください。\n'
$ mail $aoba $us 'Re: お見積り' 'Tue, 7 Oct 2025 09:00:00' c2 c1 '今回は見送ります。\n'
$ mail $us sato@aoba-bunko.example お見積り 'Mon, 2 Feb 2026 10:00:00' d1 d0 '佐藤様\n\nロゴ制作 10,000円（税別）\n'
$ genchi import ~/in --me $us >/dev/null 2>&1
$ printf 'お見積書\n\n品名,数量,単価,金額（税抜）\nトップページ制作,1,180000,180000\nロゴ制作一式,1,45000,45000\n封筒印刷,2000,18,36000\n名刺印刷,1,12000,12000\n保守費用,1,5000,5000\n小計,,,278000\n消費税,,,27800\n合計,,,305800\n' >~/draft.csv
$ genchi check-quote ~/draft.csv --client aoba.example
4 トップページ制作     180,000 yen tax excluded +10.0 %
     → 2025-03-04 180,000 yen tax included theirs accepted   3f84dc2a92
         トップページ制作 180,000円、ロゴ制作 50,000円でお願いします。
       2024-03-01 150,000 yen tax included ours   unanswered 5d17249434
         トップページ制作 150,000円（税込）
     ! the same figure, but now tax excluded and then tax included: in fact +10.0 % against what was agreed or charged on 2025-03-04

5 ロゴ制作一式          45,000 yen tax excluded -10.0 %
     → 2025-03-04  50,000 yen tax excluded theirs accepted   3f84dc2a92
         トップページ制作 180,000円、ロゴ制作 50,000円でお願いします。
     ! 5,000 yen below the 50,000 yen tax excluded agreed or charged on 2025-03-04

6 封筒印刷  2,000 × 18  36,000 yen tax excluded -18.2 %
     → 2024-03-01  22,000 yen tax excluded ours   unanswered 5d17249434
         封筒印刷 1,000枚 @22円 22,000円（税別）
     price of one: 22 yen then, 18 yen now

7 名刺印刷              12,000 yen tax excluded     new
     ! never priced for this client

8 保守費用               5,000 yen tax excluded     new
     ! never priced for this client; similar: “保守 月額”

5 lines, 3 off the last price, 2 never priced. mail up to the import of 2026-04-05 09:00
[1]
$ genchi check-quote ~/draft.csv --client aoba.example --lang ja
4 トップページ制作     180,000円 税抜 +10.0 %
     → 2025-03-04 180,000円 税込 先方 承諾あり 3f84dc2a92
         トップページ制作 180,000円、ロゴ制作 50,000円でお願いします。
       2024-03-01 150,000円 税込 当方 回答なし 5d17249434
         トップページ制作 150,000円（税込）
     ! 同じ数字ですが、今回は税抜、前回は税込です。2025-03-04 の合意・請求額に対して実質 +10.0 %

5 ロゴ制作一式          45,000円 税抜 -10.0 %
     → 2025-03-04  50,000円 税抜 先方 承諾あり 3f84dc2a92
         トップページ制作 180,000円、ロゴ制作 50,000円でお願いします。
     ! 2025-03-04 に合意・請求した 50,000円 税抜 を 5,000円 下回っています

6 封筒印刷  2,000 × 18  36,000円 税抜 -18.2 %
     → 2024-03-01  22,000円 税抜 当方 回答なし 5d17249434
         封筒印刷 1,000枚 @22円 22,000円（税別）
     単価: 前回 22円、今回 18円

7 名刺印刷              12,000円 税抜    新規
     ! この取引先に金額を示したことのない品目です

8 保守費用               5,000円 税抜    新規
     ! この取引先に金額を示したことのない品目です。似た品目: 「保守 月額」

5行、前回の金額と違う行 3、新規の品目 2。メールは2026-04-05 09:00の取り込みまで
[1]
$ genchi check-quote ~/draft.csv --client aoba.example --format json
{"line":4,"sheet":null,"item":"トップページ制作","surface":"180000","yen":180000,"currency":"JPY","tax":"excl","unit":false,"approx":false,"quantity":1,"unit_yen":180000,"item_group":"とっぷ","last":[{"id":"3f84dc2a926438e590e5479406be79b427c8735077030aa62b62406fc9a98576","sent":"2025-03-04T09:00:00+09:00","direction":"in","channel":"mail","item":"トップページ制作","surface":"180,000円","yen":180000,"currency":"JPY","tax":"incl","unit":false,"approx":false,"role":"accepted","state":"explicit","quote":"トップページ制作 180,000円、ロゴ制作 50,000円でお願いします。"},{"id":"5d1724943467cda6c6d9b67702f98728c3418e610bbe08cf6b323043c863516e","sent":"2024-03-01T10:00:00+09:00","direction":"out","channel":"mail","item":"トップページ制作","surface":"150,000円","yen":150000,"currency":"JPY","tax":"incl","unit":false,"approx":false,"role":"offer","state":"unanswered","quote":"トップページ制作 150,000円（税込）"}],"valid":{"id":"3f84dc2a926438e590e5479406be79b427c8735077030aa62b62406fc9a98576","sent":"2025-03-04T09:00:00+09:00","direction":"in","channel":"mail","item":"トップページ制作","surface":"180,000円","yen":180000,"currency":"JPY","tax":"incl","unit":false,"approx":false,"role":"accepted","state":"explicit","quote":"トップページ制作 180,000円、ロゴ制作 50,000円でお願いします。"},"difference_percent":10.0,"differs":true,"warnings":["tax_basis","above_agreed"],"similar":[]}
{"line":5,"sheet":null,"item":"ロゴ制作一式","surface":"45000","yen":45000,"currency":"JPY","tax":"excl","unit":false,"approx":false,"quantity":1,"unit_yen":45000,"item_group":"ろご","last":[{"id":"3f84dc2a926438e590e5479406be79b427c8735077030aa62b62406fc9a98576","sent":"2025-03-04T09:00:00+09:00","direction":"in","channel":"mail","item":"ロゴ制作","surface":"50,000円","yen":50000,"currency":"JPY","tax":"excl","unit":false,"approx":false,"role":"accepted","state":"explicit","quote":"トップページ制作 180,000円、ロゴ制作 50,000円でお願いします。"}],"valid":{"id":"3f84dc2a926438e590e5479406be79b427c8735077030aa62b62406fc9a98576","sent":"2025-03-04T09:00:00+09:00","direction":"in","channel":"mail","item":"ロゴ制作","surface":"50,000円","yen":50000,"currency":"JPY","tax":"excl","unit":false,"approx":false,"role":"accepted","state":"explicit","quote":"トップページ制作 180,000円、ロゴ制作 50,000円でお願いします。"},"difference_percent":-10.0,"differs":true,"warnings":["below_agreed"],"similar":[]}
{"line":6,"sheet":null,"item":"封筒印刷","surface":"36000","yen":36000,"currency":"JPY","tax":"excl","unit":false,"approx":false,"quantity":2000,"unit_yen":18,"item_group":"封筒印刷","last":[{"id":"5d1724943467cda6c6d9b67702f98728c3418e610bbe08cf6b323043c863516e","sent":"2024-03-01T10:00:00+09:00","direction":"out","channel":"mail","item":"封筒印刷 1,000枚","surface":"22,000円","yen":22000,"currency":"JPY","tax":"excl","unit":false,"approx":false,"quantity":1000,"unit_yen":22,"role":"offer","state":"unanswered","quote":"封筒印刷 1,000枚 @22円 22,000円（税別）"}],"valid":{"id":"5d1724943467cda6c6d9b67702f98728c3418e610bbe08cf6b323043c863516e","sent":"2024-03-01T10:00:00+09:00","direction":"out","channel":"mail","item":"封筒印刷 1,000枚","surface":"22,000円","yen":22000,"currency":"JPY","tax":"excl","unit":false,"approx":false,"quantity":1000,"unit_yen":22,"role":"offer","state":"unanswered","quote":"封筒印刷 1,000枚 @22円 22,000円（税別）"},"difference_percent":-18.18,"differs":true,"warnings":[],"similar":[]}
{"line":7,"sheet":null,"item":"名刺印刷","surface":"12000","yen":12000,"currency":"JPY","tax":"excl","unit":false,"approx":false,"quantity":1,"unit_yen":12000,"item_group":"名刺印刷","last":[],"valid":null,"difference_percent":null,"differs":false,"warnings":["never_priced"],"similar":[]}
{"line":8,"sheet":null,"item":"保守費用","surface":"5000","yen":5000,"currency":"JPY","tax":"excl","unit":false,"approx":false,"quantity":1,"unit_yen":5000,"item_group":"保守","last":[],"valid":null,"difference_percent":null,"differs":false,"warnings":["never_priced"],"similar":["保守 月額"]}
5 lines, 3 off the last price, 2 never priced. mail up to the import of 2026-04-05 09:00
[1]
$ genchi check-quote ~/draft.csv --client aoba.example --tolerance 20 >/dev/null

5 lines, 0 by more than 20 % off the last price, 2 never priced. mail up to the import of 2026-04-05 09:00
$ echo '保守 5,000円（税別）' | genchi 見積確認 - --client aoba.example
1 保守 5,000 yen tax excluded new
     ! never priced for this client; similar: “保守 月額”

1 line, 0 off the last price, 1 never priced. mail up to the import of 2026-04-05 09:00
$ iconv -f UTF-8 -t CP932 ~/draft.csv >~/draft-cp932.csv; genchi check-quote ~/draft-cp932.csv --client aoba.example --format csv 2>/dev/null | cut -d, -f1-5
﻿line,sheet,item,surface,yen
4,,トップページ制作,180000,180000
5,,ロゴ制作一式,45000,45000
6,,封筒印刷,36000,36000
7,,名刺印刷,12000,12000
8,,保守費用,5000,5000
$ genchi check-quote ~/draft.csv --client aoba
genchi: "aoba" is part of the names of 2 clients:
  2  aoba-bunko.example
  1  aoba.example
        Say which: its number, or more of its name.
[2]
$ genchi check-quote ~/draft.csv --client midori
genchi: no client is called "midori"
        `genchi clients` lists them.
[2]
$ genchi check-quote ~/draft.csv
genchi: which client is it for?
        Say --client with its number or a part of its name.
[2]
$ genchi check-quote ~/none.csv --client aoba.example
genchi: cannot open /home/hana/none.csv: No such file or directory
[2]
$ printf '%%PDF-1.7\n' >~/draft.pdf; genchi check-quote ~/draft.pdf --client aoba.example
genchi: /home/hana/draft.pdf: a PDF is not read
        Save it as .xlsx or .docx, or copy its text and give that on standard input, with - as the file.
[2]
$ echo 'お世話になっております。' | genchi check-quote - --client aoba.example
genchi: standard input: no line with a price was found
        A line is an item and its amount: 「ロゴ制作 55,000円」, or a table with a heading such as 品名 数量 単価 金額.
[2]
$ echo '翻訳 $1,200' | genchi check-quote - --client aoba.example --format json 2>/dev/null
{"line":1,"sheet":null,"item":"翻訳","surface":"$1,200","yen":null,"currency":"USD","value":"1200","tax":null,"unit":false,"approx":false,"item_group":"翻訳","last":[],"valid":null,"difference_percent":null,"differs":false,"warnings":["never_priced"],"similar":[]}

$ book() { python3 -c 'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1], "w"); [z.writestr(*part.split("=", 1)) for part in sys.argv[2:]]' "$@"; }
$ rels='<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Target="worksheets/sheet2.xml"/></Relationships>'
$ sheet() { echo "<worksheet><sheetData>$*</sheetData></worksheet>"; }
$ text() { echo "<c r=\"$1\" t=\"inlineStr\"><is><t>$2</t></is></c>"; }
$ book ~/draft.xlsx xl/workbook.xml='<workbook><sheets><sheet name="見積" id="r1"/><sheet name="原価" state="hidden" id="r2"/></sheets></workbook>' xl/_rels/workbook.xml.rels="$rels" xl/styles.xml='<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="6"/></cellXfs></styleSheet>' xl/worksheets/sheet1.xml="$(sheet "<row r=\"5\">$(text B5 品名)$(text D5 '金額（税込）')</row><row r=\"6\">$(text B6 トップページ制作)<c r=\"D6\" s=\"1\"><v>180000</v></c></row>")" xl/worksheets/sheet2.xml="$(sheet "<row>$(text A1 原価)<c r=\"B1\" s=\"1\"><v>90000</v></c></row>")"
$ genchi check-quote ~/draft.xlsx --client aoba.example
見積
6 トップページ制作 180,000 yen tax included same
     → 2025-03-04 180,000 yen tax included theirs accepted   3f84dc2a92
         トップページ制作 180,000円、ロゴ制作 50,000円でお願いします。
       2024-03-01 150,000 yen tax included ours   unanswered 5d17249434
         トップページ制作 150,000円（税込）

1 line, 0 off the last price. mail up to the import of 2026-04-05 09:00
$ head -c 700 ~/draft.xlsx >~/cut.xlsx; genchi check-quote ~/cut.xlsx --client aoba.example
genchi: /home/hana/cut.xlsx: the file is damaged or incomplete
        Open it in the program that made it, save it again, and check what you saved.
[2]
