What was said with a client as one page that they may see.

$ export GENCHI_ARCHIVE=$HOME/archive; words() { sed -e 's/<style>.*//; /^[.:@*a-z#}].*[{}]$/d' -e 's/<[^>]*>//g' "$@" | grep -v '^ *$'; }
$ genchi import samples/mail samples/line > /dev/null 2>&1
$ genchi note '木下' 'いつも遅れるので注意' 2>/dev/null; genchi mark '木下' クレーム 2>/dev/null; genchi memo --phone --client '木下' --time '4/3 16:20' --by 三浦 'カットの変更を電話で承りました' 2>/dev/null >/dev/null
木下 あかり
  Note 51  2026-04-05 09:00  root
    いつも遅れるので注意
木下 あかり
  Mark クレーム
  Note 51  2026-04-05 09:00  root
    いつも遅れるので注意
$ genchi report '木下' --since 2026-02 --out $HOME/r.html
10 messages. Read it before you hand it over: it holds all that was said with them, memos of calls as well (--no-memos leaves these out).
$ words $HOME/r.html
Correspondence with 木下 あかり
Correspondence with 木下 あかり
2026-02-07 to 2026-04-03
as of 2026-04-05 09:00
What was offered and answered
(no item named)　16,500 yen tax included　2026-05-01 (Fri) – 2026-05-31 (Sun)  appointment
accepted
2026-03-28　theirs　“5月にまた縮毛矯正をお願いしたいのですが、今は18,700円ですか？前は16,500円だったと思います”
2026-04-02　ours　“お待たせしました。今回まで 16,500円（税込）で承ります。5月はいつがよろしいですか。”
縮毛矯正　16,500 yen tax included　2026-05-10 (Sun) 13:00  appointment
accepted
2026-04-02　theirs　“うれしいです！5/10(日)の13時でお願いします”
2026-04-02　ours　“5月10日(日)13:00、縮毛矯正 16,500円（税込）で承りました。”
Messages
2026-02-07 (Sat)
2026-02-07 (Sat) 20:45　木下 あかり　LINEすみません、明日30分遅れても大丈夫ですか？
2026-02-07 (Sat) 20:45　応答メッセージ　LINE　automaticただいま営業時間外です。
火曜から日曜の10時から19時のあいだにお返事します。
2026-02-08 (Sun)
2026-02-08 (Sun) 10:02　三浦　LINE13:30からで大丈夫です。お気をつけてお越しください。
2026-03-02 (Mon)
2026-03-02 (Mon) 10:00　美容室ミモザ　LINE【卒業式・入学式のご予約】
着付けとヘアセットのご予約を受付中です。
2026-03-28 (Sat)
2026-03-28 (Sat) 19:41　木下 あかり　LINE5月にまた縮毛矯正をお願いしたいのですが、今は18,700円ですか？前は16,500円だったと思います
2026-03-29 (Sun)
2026-03-29 (Sun) 10:12　三浦　LINE木下様、お問い合わせありがとうございます。以前の金額を確認して、改めてご連絡します。
2026-04-02 (Thu)
2026-04-02 (Thu) 11:30　三浦　LINEお待たせしました。今回まで 16,500円（税込）で承ります。5月はいつがよろしいですか。
2026-04-02 (Thu) 12:15　木下 あかり　LINEうれしいです！5/10(日)の13時でお願いします
2026-04-02 (Thu) 12:31　三浦　LINE5月10日(日)13:00、縮毛矯正 16,500円（税込）で承りました。
2026-04-03 (Fri)
2026-04-03 (Fri) 16:20　三浦　phone　our record of a talkカットの変更を電話で承りました
$ grep -c -e 注意 -e クレーム -e genchi -e 証拠 -e '<script' -e 'src=' -e 'href=' $HOME/r.html
0
[1]
$ genchi report '木下' --since 2026-02 --no-memos 2>/dev/null | grep -c 電話で承りました
0
[1]
$ LANG=ja_JP.UTF-8 genchi --lang ja report 青葉 2>/dev/null | words | head -20
aoba-kensetsu.exampleとのやり取り
aoba-kensetsu.exampleとのやり取り
2024-03-04～2025-08-01
2026-04-05 09:00現在
ご提示とご返答
トップページ デザイン・制作　413,600円 税込　2024-03-29 (金)  期限、2024-05-31 (金)  納品
承諾あり
2024-03-21　当方　“下層ページは7頁まとめてのご発注として、1頁18,000円に値引きしています。 … 小計（税抜）376,000円　合計（税込）413,600円”
2024-04-01　先方　“社内の決裁も下りましたので、5月31日(金)の公開に向けて進めてください。”
応募フォーム　66,000円 税込　2025-07-04 (金)  期限
承諾あり
2025-06-12　先方　“フォーム分を20,000円にしていただけないでしょうか。”
2025-06-13　当方　“承知しました。応募フォームは20,000円で承ります。”
やりとり
2024-03-04 (月)
2024-03-04 (月) 09:48　つばめウェブ工房 藤井 遥　メールホームページからのお問い合わせホームページのお問い合わせフォームから次の内容が送信されました。
お名前：佐藤 健一
会社名：株式会社青葉建設
メールアドレス：sato@aoba-kensetsu.example
電話番号：03-0000-0152
$ genchi report '木下' --out $HOME/r.html
genchi: /home/hana/r.html exists already
        Nothing is overwritten: name another file.
[2]
$ genchi report だれか
genchi: no client is called "だれか"
        `genchi clients` lists them.
[1]
$ genchi report '木下' --since 1999 --until 2000
no messages
[1]
$ genchi pack 縮毛矯正 --client 木下 --plain --out $HOME/plain.html
5 messages
$ words $HOME/plain.html; grep -c -e genchi -e 証拠 -e 甲1 $HOME/plain.html
What we wrote to each other
What we wrote to each other
2026-01-15 (Thu)
2026-01-15 (Thu) 21:14　木下 あかり2月に縮毛矯正をお願いしたいです。今の髪の写真を送ります
2026-01-16 (Fri)
2026-01-16 (Fri) 10:20　石田写真をありがとうございます。縮毛矯正は 16,500円（税込）です。
2/7(土)10:00 か 2/8(日)13:00 はいかがでしょうか。
2026-01-16 (Fri) 12:10　石田2月8日(日)13:00、縮毛矯正 16,500円（税込）で承りました。
2026-03-28 (Sat)
2026-03-28 (Sat) 19:41　木下 あかり5月にまた縮毛矯正をお願いしたいのですが、今は18,700円ですか？前は16,500円だったと思います
2026-04-02 (Thu)
2026-04-02 (Thu) 12:31　三浦5月10日(日)13:00、縮毛矯正 16,500円（税込）で承りました。
0
[1]
$ printf 'From: "<b>Mallory</b>" <mallory@evil.example>\nTo: info@tsubame-web.example\nSubject: <script>alert(1)</script> =cmd|x\nDate: Mon, 6 Apr 2026 09:00:00 +0900\nMessage-ID: <1@evil.example>\n\n<img src=x onerror=alert(1)> \033[31mred\033[0m \342\200\256live\n' > $HOME/h.eml; genchi import $HOME/h.eml >/dev/null 2>&1
$ genchi report mallory 2>/dev/null | grep -e Mallory -e script -e onerror
<title>Correspondence with &lt;b&gt;Mallory&lt;/b&gt;</title>
<h1>Correspondence with &lt;b&gt;Mallory&lt;/b&gt;</h1>
<div class="m in"><h3>2026-04-06 (Mon) 09:00　<b>&lt;b&gt;Mallory&lt;/b&gt;</b>　mail</h3><p class="u">&lt;script&gt;alert(1)&lt;/script&gt; =cmd|x</p><p class="t">&lt;img src=x onerror=alert(1)&gt; ␛[31mred␛[0m ‹U+202E›live</p></div>
