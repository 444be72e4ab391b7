Who has not answered us for long: a draft for each, and a note of who was reminded. Nothing is sent.

$ mkdir -p ~/in
$ mail() { printf 'From: %s\nTo: %s\nSubject: %s\nDate: %s\nMessage-ID: <%s@t>\nIn-Reply-To: <%s@t>\nContent-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n\n%b\n' "$1" "$2" "$3" "$4" "$5" "$6" "$7" >~/in/$5.eml; }
$ us='蓮見 <info@hasu.example>'; doi='土井 薫 <doi@tera.example>'
$ mail "$us" "$doi" 'お見積り' 'Mon, 23 Mar 2026 10:00:00 +0900' b1 b0 '土井様\n\nお見積書をお送りします。ご検討よろしくお願いいたします。'
$ line() { printf '\357\273\277アカウント名,はす工房\r\nタイムゾーン,+09:00\r\nダウンロード日時,2026/04/04 18:00\r\n送信者タイプ,送信者名,送信日,送信時刻,内容\r\n'; printf '%s\r\n' "$@"; }
$ line 'Account,相原,2026/03/26,09:30:00,次回のご予約は何日がよろしいでしょうか？' 'User,原 圭🌸,2026/03/26,09:31:00,スタンプを送信しました。' >~/in/20260326_20260326_原.csv
$ line 'Account,相原,2026/03/25,09:30:00,カットは5500円です。' 'User,宮 さき,2026/03/25,09:35:00,家族と相談してまた連絡します' >~/in/20260325_20260325_宮.csv
$ line 'Account,相原,2026/04/02,09:30:00,5日と6日どちらがよろしいですか？' >~/in/20260402_20260402_古賀.csv
$ genchi import --me info@hasu.example ~/in >/dev/null 2>&1

$ genchi remind
土井 薫 (1)  13 days without an answer  mail  72639b15a8
  “お見積書をお送りします”

    Subject: ご返信のお願い（お見積りの件）
    土井 薫 様

    いつもお世話になっております。

    3月23日に下記の内容でお送りしました件につきまして、ご返信の状況をお伺いしたく、ご連絡いたしました。

    　「お見積書をお送りします」

    お手すきの際に、ご返信をいただけますと幸いです。
    行き違いで既にご連絡をいただいておりましたら、ご容赦ください。

    何卒よろしくお願いいたします。

宮 (2)  11 days without an answer  LINE  b05cdbd6dd
  “家族と相談してまた連絡します”

    宮さん、こんにちは。
    3月25日に「家族と相談してまた連絡します」とのことでしたが、その後ご検討の状況はいかがでしょうか？
    お手すきの際にお返事をいただけますと嬉しいです。

原 (3)  10 days without an answer  LINE  73ab160a24
  “次回のご予約は何日がよろしいでしょうか？”

    原さん、こんにちは。
    3月26日に「次回のご予約は何日がよろしいでしょうか？」とお送りした件、その後いかがでしょうか？
    お手すきの際にお返事をいただけますと嬉しいです。

LINE up to the download of 2026-04-04 18:00, mail up to the import of 2026-04-05 09:00
3 clients
$ genchi remind --waiting 2週間
LINE up to the download of 2026-04-04 18:00, mail up to the import of 2026-04-05 09:00
nobody to remind
$ genchi remind 原 --waiting '10 days' --format json
{"client":{"id":3,"name":"原"},"why":"question","since":"2026-03-26T09:30:00+09:00","days":10,"channel":"line","id":"73ab160a24cd593ff16e1fd07cd70de80a421f7780c6d7a96f0e6c44103bea21","quote":"次回のご予約は何日がよろしいでしょうか？","account":"はす工房","subject":null,"draft":"原さん、こんにちは。\n3月26日に「次回のご予約は何日がよろしいでしょうか？」とお送りした件、その後いかがでしょうか？\nお手すきの際にお返事をいただけますと嬉しいです。","reminded":[]}
1 client. LINE up to the download of 2026-04-04 18:00, mail up to the import of 2026-04-05 09:00
$ genchi remind --done 土井 --done 原 --by 相原
Noted: 土井 薫 was reminded, by 相原.
Noted: 原 was reminded, by 相原.
$ genchi remind --format csv 2>/dev/null | tr -d '\r'
﻿client,why,since,days,channel,id,quote,account,subject,draft,reminded
宮,promise,2026-03-25T09:35:00+09:00,11,line,b05cdbd6dd3c54a9b170995f48fe7ce2f05056f7a18c51831789635a4ad1c53e,家族と相談してまた連絡します,はす工房,,"宮さん、こんにちは。
3月25日に「家族と相談してまた連絡します」とのことでしたが、その後ご検討の状況はいかがでしょうか？
お手すきの際にお返事をいただけますと嬉しいです。",
$ GENCHI_NOW=2026-04-13T09:00:00+09:00 genchi remind 土井
土井 薫 (1)  21 days without an answer  mail  72639b15a8
  “お見積書をお送りします”
  reminded 1 time, last 2026-04-05 09:00, 相原

    Subject: ご返信のお願い（お見積りの件）
    土井 薫 様

    いつもお世話になっております。

    3月23日に下記の内容でお送りしました件につきまして、ご返信の状況をお伺いしたく、ご連絡いたしました。

    　「お見積書をお送りします」

    お手すきの際に、ご返信をいただけますと幸いです。
    行き違いで既にご連絡をいただいておりましたら、ご容赦ください。

    何卒よろしくお願いいたします。

LINE up to the download of 2026-04-04 18:00, mail up to the import of 2026-04-05 09:00
1 client
$ rm -r ~/.local/share/genchi/catalogue.db ~/.local/share/genchi/index && genchi reindex >/dev/null 2>&1; genchi remind 土井
LINE up to the download of 2026-04-04 18:00, mail up to the import of 2026-04-05 09:00
nobody to remind, 1 reminded lately
$ genchi remind --done 佐々木
genchi: no client is called "佐々木"
        `genchi clients` lists them.
[1]
$ genchi remind --waiting soon
genchi: --waiting: "soon" is no number of days
        Write it as 7d, 10日, 1週間, 2 weeks or 1か月.
[2]

$ rm -r ~/in; mkdir ~/in ~/.config ~/.config/genchi; printf 'name = "はす工房 蓮見"\n' >~/.config/genchi/config.toml
$ aoi='葵 隆 <aoi@fune.example>'; kishi='岸 実 <kishi@nami.example>'; oka='岡 <oka@yama.example>'
$ mail "$us" "$aoi" '納品の件' 'Fri, 12 Dec 2025 10:00:00 +0900' e1 e0 '葵様\n\n納品日はいつがよろしいでしょうか。'
$ mail "$aoi" "$us" 'Re: 納品の件' 'Mon, 15 Dec 2025 10:00:00 +0900' e2 e1 '蓮見様\n\n社内で検討いたします。'
$ mail "$us" "$aoi" 'Re: 納品の件' 'Mon, 15 Dec 2025 11:00:00 +0900' e3 e2 '葵様\n\n承知いたしました。よろしくお願いいたします。'
$ mail "$us" "$kishi" 'お見積りについて' 'Mon, 23 Mar 2026 10:00:00 +0900' f1 f0 '岸様\n\nいかがでしょうか。'
$ mail "$kishi" "$us" 'Re: お見積りについて' 'Mon, 23 Mar 2026 10:30:00 +0900' f2 f1 '蓮見様\n\nありがとうございます。'
$ mail "$us" "$oka" '原稿' 'Mon, 23 Mar 2026 10:00:00 +0900' g1 g0 '岡様\n\n原稿はいつ頃いただけますでしょうか。'
$ mail "$oka" "$us" 'Re: 原稿' 'Tue, 24 Mar 2026 10:00:00 +0900' g2 g1 '蓮見様\n\n来週お送りします。'
$ line 'Account,相原,2024/03/25,09:30:00,いかがでしょうか？' >~/in/20240325_20240325_まーくん.csv
$ line 'Account,相原,2025/03/25,09:30:00,カットの日は5日と6日どちらがよろしいですか？' 'User,高橋ちゃん（指名）,2025/03/25,09:35:00,仕事を確認して改めてご連絡します' >~/in/20250325_20250325_高橋ちゃん（指名）.csv
$ line 'Account,相原,2026/03/25,09:30:00,ご都合はいかがですか？' >~/in/20260325_20260325_山田\ 花子@ネイル.csv
$ genchi --archive ~/tone import --me info@hasu.example ~/in >/dev/null 2>&1
$ genchi --archive ~/tone remind
まーくん (1)  741 days without an answer  LINE  23f5cbc7c1
  “いかがでしょうか？”

    まーくん、こんにちは。
    2024年3月25日にお送りした件、その後いかがでしょうか？
    お手すきの際にお返事をいただけますと嬉しいです。

高橋ちゃん（指名） (2)  376 days without an answer  LINE  a6e0c70fce
  “カットの日は5日と6日どちらがよろしいですか？”

    高橋さん、こんにちは。
    昨年3月25日に「仕事を確認して改めてご連絡します」とのことでしたが、その後いかがでしょうか？
    お手すきの際にお返事をいただけますと嬉しいです。

葵 隆 (3)  114 days without an answer  mail  bc33b91dac
  “納品日はいつがよろしいでしょうか”

    Subject: その後の状況のお伺い（納品の件）
    葵 隆 様

    いつもお世話になっております。
    はす工房 蓮見です。

    納品の件につきまして、ご連絡いたしました。
    昨年12月15日に「社内で検討いたします」とのことでしたが、その後ご検討の状況はいかがでしょうか。

    お手すきの際に、状況をお知らせいただけますと幸いです。
    行き違いで既にご連絡をいただいておりましたら、ご容赦ください。

    何卒よろしくお願いいたします。

岸 実 (4)  13 days without an answer  mail  f69a483d46
  “いかがでしょうか”

    Subject: ご確認のお願い（お見積りについて）
    岸 実 様

    いつもお世話になっております。
    はす工房 蓮見です。

    3月23日に「お見積りについて」の件名でお送りしましたメールにつきまして、その後の状況をお伺いしたく、ご連絡いたしました。

    お手すきの際に、ご返信をいただけますと幸いです。
    行き違いで既にご連絡をいただいておりましたら、ご容赦ください。

    何卒よろしくお願いいたします。

岡 (5)  13 days without an answer  mail  dea03978e3
  “原稿はいつ頃いただけますでしょうか”

    Subject: その後の状況のお伺い（原稿の件）
    岡 様

    いつもお世話になっております。
    はす工房 蓮見です。

    原稿の件につきまして、ご連絡いたしました。
    3月24日に「来週お送りします」とのことでしたが、その後いかがでしょうか。

    お手すきの際に、状況をお知らせいただけますと幸いです。
    行き違いで既にご連絡をいただいておりましたら、ご容赦ください。

    何卒よろしくお願いいたします。

山田 花子@ネイル (6)  11 days without an answer  LINE  b5e62cf171
  “ご都合はいかがですか？”

    山田 花子さん、こんにちは。
    3月25日にお送りした件、その後いかがでしょうか？
    お手すきの際にお返事をいただけますと嬉しいです。

LINE up to the download of 2026-04-04 18:00, mail up to the import of 2026-04-05 09:00
6 clients
$ memo=$(genchi --archive ~/tone memo --phone --client 6 --time '2026-04-04 10:00' '7日10時にカットのご予約' 2>&1 | grep -o '[0-9a-f]\{10\}' | head -n 1); genchi --archive ~/tone memo --confirm-draft "$memo" 2>/dev/null | grep 様
山田 花子 様
