#include "evidence/pack_guide.hpp"

namespace genchi::evidence {

std::string_view verify_guide() {
  return R"guide(はじめにお読みください                                (English below)

このフォルダーには、保管されていたメールやLINEのやり取りと、それが保管後に変わって
いないことを、どなたでも確かめられる資料が入っています。特別なソフトは要りません。

  data/evidence.html      やり取りの一覧（ブラウザーで開きます）
  data/pdf/               証拠ごとのPDF
  data/証拠説明書.docx     証拠説明書の下書き（立証趣旨は空欄です）
  data/originals/         原本。メールはそのまま、LINEは受け取ったファイルの該当行
  data/originals/contents.csv   どの証拠がどのファイルのどこにあるか
  data/proofs/ data/anchors/    原本と証印を結ぶ記録

■ 1. ファイルが変わっていないこと
このフォルダーで次を実行します（Mac では sha256sum の代わりに shasum -a 256）。
一行ずつ OK と出れば、作成されたときのままです。

    sha256sum -c tagmanifest-sha256.txt
    sha256sum -c manifest-sha256.txt

Windows では PowerShell で次を実行します。何も出なければ、作成されたときのままです。
一つずつ見るときは certutil -hashfile ファイル名 SHA256 でも同じ値が出ます。

    Get-Content manifest-sha256.txt -Encoding UTF8 | ForEach-Object { $h, $f = $_ -split '  ', 2; if ((Get-FileHash -LiteralPath $f -Algorithm SHA256).Hash -ne $h) { "NG $f" } }

渡した人から tagmanifest-sha256.txt のハッシュ値を聞いているときは、次と比べてください。

    sha256sum tagmanifest-sha256.txt

■ 2. 原本と記録が結び付いていること
data/proofs/ の各ファイルの名前は、その中身の SHA-256 です。次の一つ目は、名前と中身の
合わないファイルがあれば NG と出します。二つ目は、どの記録にも証印にも書かれていない
ファイルがあれば、その名前を出します。三つ目は、原本の各部分と記録を突き合わせます。
一つ目と二つ目は何も出ず、三つ目がすべて OK なら、原本はみな証印まで結び付いています。

    find data/proofs -name '*.txt' -exec sha256sum {} + | awk '{ n = $2; sub(".*/", "", n); if ($1 ".txt" != n) print "NG " $2 }'

    m=$(mktemp); find data/proofs data/anchors -name '*.txt' -exec cat {} + | LC_ALL=C grep -aoE '[0-9a-f]{64}' | sort -u > "$m"; ls data/proofs | sed 's/\.txt$//' | sort | comm -23 - "$m"; rm "$m"

    tail -n +2 data/originals/contents.csv | cut -d, -f5-9 | while IFS=, read -r f o n h p; do if [ "$(tail -c +$((o+1)) "$f" | head -c "$n" | sha256sum | cut -c1-64)" = "$h" ] && grep -q "^sha256 $h\$" "data/proofs/$p.txt"; then echo "OK $f $o"; else echo "NG $f $o"; fi; done

■ 3. いつから保管されていたか
data/anchors/ の証印（anchor-….txt）は、その時点で保管されていたすべてを代表する短い
文です。同じものがメール・紙などで別に残っていれば、それと比べてください。

    sha256sum data/anchors/*.txt

.tsr のファイルがあれば、時刻認証局による時刻証明です。認証局の証明書（PEM）を認証局
から入手し、ca.pem として次を実行すると Verification: OK と出ます。

    for t in data/anchors/*.tsr; do openssl ts -verify -data "${t%-*}.txt" -in "$t" -CAfile ca.pem; openssl ts -reply -in "$t" -text | grep 'Time stamp:'; done

.tsr がなければ、証印の時刻は作成した人のコンピューターの時計によるものです。

別に残っていたものとも比べられず、時刻証明もない証印は、何も示しません。確かめられた証印の
名前だけを次の A= の後に書いて実行してください。何も出なければ、原本はみなその証印に結び付いて
います。NG と出た原本は、確かめられていない証印にだけ結び付いています。

    A='data/anchors/*.txt'; r=$(mktemp); t=$(mktemp); cat $A | LC_ALL=C grep -aoE '[0-9a-f]{64}' | sort -u > "$r"; while { cat "$r"; sed 's|.*|data/proofs/&.txt|' "$r" | xargs cat 2>/dev/null | LC_ALL=C grep -aoE '[0-9a-f]{64}'; } | sort -u > "$t"; ! cmp -s "$r" "$t"; do cp "$t" "$r"; done; cut -d, -f5,9 data/originals/contents.csv | awk -F, 'NR == FNR { k[$1] = 1; next } FNR > 1 && !($2 in k) { print "NG " $1 }' "$r" -; rm "$r" "$t"

■ 分かること・分からないこと
分かること：原本が、証印の時点から一バイトも変わっていないこと。
分からないこと：相手が本当にその人か、証印より前に手が加えられなかったか、ここにない
やり取りがあるか。法律上どう扱われるかは、このフォルダーからは分かりません。
LINEの抜粋の先頭（最初の行より前）と、アプリのトークの日付行は、記録で結び付いていません。

--------------------------------------------------------------------------------

Read me first

This folder holds mails and LINE messages as they were kept, and what anybody needs to see that they were
not changed since. No special program is needed.

  data/evidence.html      the messages (open it in a browser)
  data/pdf/               one PDF an exhibit
  data/証拠説明書.docx     a draft of the list of exhibits for a Japanese court
  data/originals/         the originals: mails as they are, of LINE's files the rows concerned
  data/originals/contents.csv   which exhibit lies where in which file
  data/proofs/ data/anchors/    what ties the originals to the anchors

1. That no file was changed. In this folder (on a Mac shasum -a 256 for sha256sum); every line must say OK:

    sha256sum -c tagmanifest-sha256.txt
    sha256sum -c manifest-sha256.txt

   On Windows the PowerShell command above must print nothing; certutil -hashfile FILE SHA256 shows one hash.
   If you were told the hash of tagmanifest-sha256.txt, compare it:  sha256sum tagmanifest-sha256.txt

2. That originals and proofs belong together. Each file in data/proofs/ is named after its own SHA-256, and each
   is mentioned in another one or in an anchor. Of the three commands above under 2, the first and the second
   must print nothing, the third OK on every line. A hash cannot be made to order; so then every original leads
   to an anchor.

3. Since when it was held. An anchor in data/anchors/ stands for all that was held when it was made. If the same
   text was kept elsewhere (mailed, printed), compare it. A .tsr file is the time stamp of an authority
   (RFC 3161): get the authority's certificates, save them as ca.pem, and run the command above under 3; it must
   say "Verification: OK". Without a .tsr file the time is that of the clock of whoever made the anchor. An anchor
   that was confirmed in neither way proves nothing: write those that were behind A= of the last command above
   under 3. It must print nothing; an original that it names is tied to other anchors only.

What this shows: the originals are, byte for byte, what they were when the anchor was made. What it does not
show: who really wrote them, what happened before the anchor, and what is not in this folder; nor what it means
in law. What stands before the first row of an excerpt of a LINE file, and the day lines of the app's talks, are
not tied to the proofs.
)guide";
}

std::string_view reading_copy_guide() {
  return R"guide(はじめにお読みください

このフォルダーは閲覧用の写しです。■ の部分は伏せてあり、元の文字はここにはどこにもあり
ません。伏せた場所の一覧は data/masks.csv にあります（rule は指定の何番目かです）。
原本とその確かめ方は別にお渡しするもので、ここには入っていません。
このフォルダーのファイルが変わっていないことは、次で確かめられます。

    sha256sum -c tagmanifest-sha256.txt
    sha256sum -c manifest-sha256.txt

Read me first

This is a reading copy. What is shown as ■ was masked, and its characters are nowhere in this folder;
data/masks.csv lists the places (rule is the number of what was asked to be masked). The originals, and how they
are checked, are handed over apart from it. That no file of this folder was changed, the two commands above show.
)guide";
}

}  // namespace genchi::evidence
