A draft quotation, held against what the client was told before.

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
$ genchi check-quote ~/draft.csv --client aoba.example --lang ja
$ genchi check-quote ~/draft.csv --client aoba.example --format json
$ genchi check-quote ~/draft.csv --client aoba.example --tolerance 20 >/dev/null
$ echo '保守 5,000円（税別）' | genchi 見積確認 - --client aoba.example
$ iconv -f UTF-8 -t CP932 ~/draft.csv >~/draft-cp932.csv; genchi check-quote ~/draft-cp932.csv --client aoba.example --format csv 2>/dev/null | cut -d, -f1-5
$ genchi check-quote ~/draft.csv --client aoba
$ genchi check-quote ~/draft.csv --client midori
$ genchi check-quote ~/draft.csv
$ genchi check-quote ~/none.csv --client aoba.example
$ printf '%%PDF-1.7\n' >~/draft.pdf; genchi check-quote ~/draft.pdf --client aoba.example
$ echo 'お世話になっております。' | genchi check-quote - --client aoba.example
$ echo '翻訳 $1,200' | genchi check-quote - --client aoba.example --format json 2>/dev/null

A workbook: cells by their formats, sheets that are hidden left out.

$ book() { python3 -c 'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1], "w"); [z.writestr(*part.split("=", 1)) for part in sys.argv[2:]]' "$@"; }
$ rels='<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Target="worksheets/sheet2.xml"/></Relationships>'
$ sheet() { echo "<worksheet><sheetData>$*</sheetData></worksheet>"; }
$ text() { echo "<c r=\"$1\" t=\"inlineStr\"><is><t>$2</t></is></c>"; }
$ book ~/draft.xlsx xl/workbook.xml='<workbook><sheets><sheet name="見積" id="r1"/><sheet name="原価" state="hidden" id="r2"/></sheets></workbook>' xl/_rels/workbook.xml.rels="$rels" xl/styles.xml='<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="6"/></cellXfs></styleSheet>' xl/worksheets/sheet1.xml="$(sheet "<row r=\"5\">$(text B5 品名)$(text D5 '金額（税込）')</row><row r=\"6\">$(text B6 トップページ制作)<c r=\"D6\" s=\"1\"><v>180000</v></c></row>")" xl/worksheets/sheet2.xml="$(sheet "<row>$(text A1 原価)<c r=\"B1\" s=\"1\"><v>90000</v></c></row>")"
$ genchi check-quote ~/draft.xlsx --client aoba.example
$ head -c 700 ~/draft.xlsx >~/cut.xlsx; genchi check-quote ~/cut.xlsx --client aoba.example
