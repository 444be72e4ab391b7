What people write on clients, conversations and messages, for themselves.

$ mkdir -p ~/.config/genchi; echo 'name = "藤井"' >~/.config/genchi/config.toml
$ genchi import samples/mail samples/line --me info@tsubame-web.example >/dev/null 2>&1
$ genchi mark 青木 要対応 クレーム --by 三宅
青木 美咲
  State needs us
  Mark  クレーム
$ genchi assign 青木 三宅 >/dev/null; genchi assign 佐々木 藤井 >/dev/null; genchi tag 青木 VIP 再来 | tail -n 2
  Assignee 三宅
  Tags     VIP, 再来
$ genchi tag 青木 ｖｉｐ --remove | tail -n 1
  Tags     再来
$ genchi note 青木 '電話は午前中のみ。' --by 三宅
青木 美咲
  State    needs us
  Mark     クレーム
  Assignee 三宅
  Tags     再来
  Note 59  2026-04-05 09:00  三宅
    電話は午前中のみ。
$ genchi note 青木 | grep Note
  Note 59  2026-04-05 09:00  三宅
  2026-04-05 09:00 三宅 Note 59  電話は午前中のみ。
$ genchi note 青木 --edit "$(genchi note 青木 --format json | grep -o '"notes":.{"number":[0-9]*' | grep -o '[0-9]*$')" '電話は午前中のみ。土曜は不可。' --by 藤井
青木 美咲
  State    needs us
  Mark     クレーム
  Assignee 三宅
  Tags     再来
  Note 59  2026-04-05 09:00  藤井  2 versions
    電話は午前中のみ。土曜は不可。
$ genchi note 青木 --remove 4
genchi: there is no note 4 on it
        Without a text the notes are listed.
[1]
$ genchi mark 青木 --history --format json
{"target":{"kind":"client","id":"6","name":"青木 美咲"},"state":"open","mark":"クレーム","assignee":"三宅","tags":["再来"],"notes":[{"number":59,"text":"電話は午前中のみ。土曜は不可。","by":"藤井","time":"2026-04-05T09:00:00+09:00","versions":[{"text":"電話は午前中のみ。","by":"三宅","time":"2026-04-05T09:00:00+09:00"},{"text":"電話は午前中のみ。土曜は不可。","by":"藤井","time":"2026-04-05T09:00:00+09:00"}]}],"history":[{"time":"2026-04-05T09:00:00+09:00","by":"三宅","what":"state","name":null,"value":"open"},{"time":"2026-04-05T09:00:00+09:00","by":"三宅","what":"mark","name":null,"value":"クレーム"},{"time":"2026-04-05T09:00:00+09:00","by":"藤井","what":"assignee","name":null,"value":"三宅"},{"time":"2026-04-05T09:00:00+09:00","by":"藤井","what":"tag","name":"VIP","value":"1"},{"time":"2026-04-05T09:00:00+09:00","by":"藤井","what":"tag","name":"再来","value":"1"},{"time":"2026-04-05T09:00:00+09:00","by":"藤井","what":"tag","name":"VIP","value":null},{"time":"2026-04-05T09:00:00+09:00","by":"三宅","what":"note","name":"59","value":"電話は午前中のみ。"},{"time":"2026-04-05T09:00:00+09:00","by":"藤井","what":"note","name":"59","value":"電話は午前中のみ。土曜は不可。"}]}
$ id=$(genchi search 'from:小田桐' --format json --limit 1 2>/dev/null | cut -c 8-71)
$ genchi mark -m "${id:0:10}" '質問(中)' --by 三宅; genchi tag --conversation "$id" 改修 >/dev/null
message 14b1d7f750
  Mark 質問(中)
$ found() { genchi search "$@" --format json 2>/dev/null | wc -l; }
$ for query in mark:クレーム マーク:要対応 'mark:"質問(中)"' tag:再来 tag:改修 担当:三宅 'assignee:藤井 カット' '担当:三宅 OR 担当:藤井' '取引先:青木 -mark:クレーム' mark:確認済み; do echo "$query: $(found "$query")"; done
mark:クレーム: 4
マーク:要対応: 4
mark:"質問(中)": 1
tag:再来: 4
tag:改修: 2
担当:三宅: 4
assignee:藤井 カット: 0
担当:三宅 OR 担当:藤井: 21
取引先:青木 -mark:クレーム: 0
mark:確認済み: 0
$ genchi search mark:苦情
genchi: there is no mark "苦情"
  mark:苦情
       ^
        Marks are: 未確認, 確認済み, 質問(低), 質問(中), アカウントトラブル, 問い合わせ, 要アプローチ, クレーム, 要対応, 対応済み
[2]
$ genchi search 'tag:改修 見積' --explain 2>&1 | sed -n 1,2p
Understood as: tag:"改修" AND "見積"
  tag:"改修": 2 messages
$ genchi clients --mark クレーム; genchi clients --assignee 藤井 --format json 2>/dev/null | grep -o '"assignee":.*'
   6  青木 美咲                   mail   2025-02-20     4 messages  needs us, クレーム, 三宅, #再来, genchi-sample-aoki@gmail.com
1 client. LINE up to the download of 2026-04-02 18:05, mail up to the import of 2026-04-05 09:00
"assignee":"藤井","tags":[]}
$ genchi clients --assignee - --format json 2>/dev/null | wc -l
12
$ for list in prices dates agreements 'agreements --messages' 'dates --all' todo ledger search; do for filter in '--assignee 三宅' '--assignee -' '--mark クレーム' '--tag 改修'; do printf '%s %s %s of %s\n' "$list" "$filter" $(genchi $list $filter --format json 2>/dev/null | wc -l) $(genchi $list --format json 2>/dev/null | wc -l); done; done
prices --assignee 三宅 5 of 100
prices --assignee - 90 of 100
prices --mark クレーム 5 of 100
prices --tag 改修 5 of 100
dates --assignee 三宅 0 of 3
dates --assignee - 3 of 3
dates --mark クレーム 0 of 3
dates --tag 改修 0 of 3
agreements --assignee 三宅 1 of 25
agreements --assignee - 22 of 25
agreements --mark クレーム 1 of 25
agreements --tag 改修 1 of 25
agreements --messages --assignee 三宅 3 of 79
agreements --messages --assignee - 70 of 79
agreements --messages --mark クレーム 3 of 79
agreements --messages --tag 改修 1 of 79
dates --all --assignee 三宅 0 of 76
dates --all --assignee - 73 of 76
dates --all --mark クレーム 0 of 76
dates --all --tag 改修 3 of 76
todo --assignee 三宅 1 of 8
todo --assignee - 6 of 8
todo --mark クレーム 1 of 8
todo --tag 改修 1 of 8
ledger --assignee 三宅 0 of 6
ledger --assignee - 6 of 6
ledger --mark クレーム 0 of 6
ledger --tag 改修 0 of 6
search --assignee 三宅 4 of 151
search --assignee - 130 of 151
search --mark クレーム 4 of 151
search --tag 改修 2 of 151
$ genchi timeline 青木 --mark クレーム --format json 2>/dev/null | wc -l; genchi timeline 青木 --assignee - --format json 2>/dev/null | wc -l; genchi prices --mark ない
4
0
genchi: there is no mark "ない"
        Marks are: 未確認, 確認済み, 質問(低), 質問(中), アカウントトラブル, 問い合わせ, 要アプローチ, クレーム, 要対応, 対応済み
[2]
$ genchi marks
1 未確認             (keeps its name)
2 確認済み           (keeps its name)
3 質問(低)
4 質問(中)
5 アカウントトラブル
6 問い合わせ
7 要アプローチ
8 クレーム
$ genchi marks rename '質問(中)' 折り返し >/dev/null; genchi marks add 入金待ち --by 藤井 | tail -n 1; genchi marks rename 未確認 新着
9 入金待ち
genchi: the mark "未確認" keeps its name
        All but the first two can be renamed.
[2]
$ genchi mark 青木 入金待ち | sed -n 3p; found mark:折り返し
  Mark     入金待ち
1
$ rm -r ~/.local/share/genchi/catalogue.db* ~/.local/share/genchi/index; genchi mark 青木 | head -n 5; found 担当:三宅
青木 美咲
  State    needs us
  Mark     入金待ち
  Assignee 三宅
  Tags     再来
4
$ genchi mark 青木 --clear | sed -n 1,2p
青木 美咲
  Assignee 三宅
$ genchi assign 青木 なし | head -n 3
青木 美咲
  Tags 再来
  Note 59  2026-04-05 09:00  藤井  2 versions
$ genchi mark 青木 なにか; genchi tag 青木 無い --remove; genchi mark nobody 要対応
genchi: there is no mark "なにか"
        Marks are: 未確認, 確認済み, 質問(低), 折り返し, アカウントトラブル, 問い合わせ, 要アプローチ, クレーム, 入金待ち, 要対応, 対応済み
genchi: there is no tag "無い" on it
genchi: no client is called "nobody"
        `genchi clients` lists them.
[1]
$ genchi verify --full 2>/dev/null | tail -n 1
Result: no damage, 0 notes

$ genchi marks add ' '; genchi marks add '🌸'; genchi marks rename クレーム '　'; genchi tag 青木 ''; genchi tag 青木 --remove; genchi note 青木 ' '; genchi assign 青木 ''
genchi: there are no words in it
genchi: "🌸" has no letter or figure
        It is found by them.
genchi: there are no words in it
genchi: there are no words in it
genchi: which tags are to be taken off?
genchi: there are no words in it
genchi: there are no words in it
[2]
$ genchi mark 青木 --clear クレーム; genchi note 青木 --remove 59 古い
genchi: --clear takes no mark: "クレーム"
        It takes mark and state away, whatever they are.
genchi: --remove takes no text: "古い"
        With --edit a note reads otherwise.
[2]
$ genchi clients rename 青木 ' '; genchi clients field 青木 ' ' 3月
genchi: there are no words in it
genchi: there are no words in it
[2]
$ genchi today --html --format json
genchi: --html is a page, not JSON or CSV
        Leave --format or --html out.
[2]

