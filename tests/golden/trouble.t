What a user runs into, and what the program says of it.

$ mkdir -p ~/in; printf 'From: a@example.com\nTo: b@example.net\nSubject: 見積\nDate: Mon, 1 Apr 2024 09:00:00 +0900\n\n5万円です\n' >~/in/a.eml
$ genchi search 見積
genchi: there is no archive in /home/hana/.local/share/genchi
        genchi import makes one
[2]
$ genchi import ~/nothing-here
genchi: /home/hana/nothing-here does not exist
[2]
$ genchi foo
genchi: there is no command "foo"
        `genchi --help` and `genchi COMMAND --help` show how.
[2]
$ genchi search --limit -1 見積
genchi: wrong usage: --limit: Value -1 not in range 0 to 9007199254740992
        `genchi --help` and `genchi COMMAND --help` show how.
[2]
$ genchi import --as line-oa ~/in/a.eml
Created the archive /home/hana/.local/share/genchi
/home/hana/in/a.eml (line-oa): 1 read = 0 new + 0 known + 1 set aside
  named as a mail, but holds none
Total: 1 read = 0 new + 0 known + 1 set aside
What could not be read is named above; its bytes are kept in the archive where they could be had at all.
[3]
$ genchi import ~/in/a.eml
/home/hana/in/a.eml (eml): 1 read = 1 new + 0 known + 0 set aside
Total: 1 read = 1 new + 0 known + 0 set aside
$ genchi import ~/in/a.eml
1 file held nothing new
Total: 1 read = 0 new + 1 known + 0 set aside
$ genchi search '見積 AND (5万円'
genchi: this "(" is never closed
  見積 AND (5万円
           ^
        put it in "quotation marks" to look for these characters
[2]
$ genchi search '件名:"見積'
genchi: this quotation mark is never closed
  件名:"見積
       ^
[2]
$ genchi search 値段:5万円
genchi: there is no field "値段:"
  値段:5万円
  ^
        the fields are from:/差出人: to:/宛先: cc:/写し: subject:/件名: client:/取引先: channel:/経路: account:/アカウント: date:/日付: price:/金額: due:/期限: file:/添付: has:/あり: is:/状態: mark:/マーク: tag:/タグ: assignee:/担当:; put a word with a colon in "quotation marks"
[2]
$ genchi search --since いつか 見積
genchi: --since: "いつか" is not a date
        Write it as 2024-04-01, 2024-04, 2024年4月, 令和6年4月1日, 去年 or 3か月前.
[2]
$ genchi search --client 青葉 見積
genchi: no client is called "青葉"
        `genchi clients` lists them.
[1]
$ genchi search 存在しない言葉
0 messages. mail up to the import of 2026-04-05 09:00
Understood as: "存在しない言葉"
  "存在しない言葉": 存在しない言葉
Searched:
  mail                     1 message  2024-04-01 – 2024-04-01
[1]
$ genchi show 12
genchi: "12" is no message id
        An id is the hexadecimal number at the right of a search result; its first digits (4 or more) will do.
[2]
$ genchi show ffffffff
genchi: no message has the id ffffffff
        `genchi search` shows ids.
[1]
$ genchi search 見積 2>&1 >/dev/full | tail -n 1
genchi: the result could not be written to its end

$ printf 'From: "\033[31mEve" <e@example.com>\nTo: b@example.net\nSubject: =1+1 \033]0;owned\007 \302\233 x\nDate: Mon, 1 Apr 2024 10:00:00 +0900\n\n\033[2Jclear \342\200\256 reversed\n' >~/in/b.eml
$ genchi import ~/in/b.eml
/home/hana/in/b.eml (eml): 1 read = 1 new + 0 known + 0 set aside
Total: 1 read = 1 new + 0 known + 0 set aside
$ genchi search reversed 2>/dev/null | cat -v
2024-04-01 10:00  mail received  M-bM-^PM-^[[31mEve / example.com               ab2a64dcb8
    Subject: =1+1 M-bM-^PM-^[]0;ownedM-bM-^PM-^G M-bM-^@M-9U+009BM-bM-^@M-: x
    M-bM-^PM-^[[2Jclear M-bM-^@M-9U+202EM-bM-^@M-: reversed
$ genchi search reversed --format json 2>/dev/null | grep -c $'\xC2\x9B\|\x1b'
0
[1]
$ genchi search reversed --format csv 2>/dev/null | sed -n 2p | grep -o "'=1+1"
'=1+1
$ genchi search reversed --format csv 2>/dev/null | grep -o 'clear.*reversed' | cat -v
clear M-bM-^@M-9U+202EM-bM-^@M-: reversed
$ mkdir ~/line; printf '\357\273\277アカウント名,はす\r\nタイムゾーン,+09:00\r\nダウンロード日時,2026/04/04 18:00\r\n送信者タイプ,送信者名,送信日,送信時刻,内容\r\nUser,\033名,2026/04/01,09:30:00,何時ですか\342\200\256？\r\n' >~/line/20260401_20260401_$'\033\342\200\256'名.csv
$ genchi --archive ~/names import ~/line >/dev/null 2>&1; genchi --archive ~/names clients 2>/dev/null | cat -v; genchi --archive ~/names todo --format csv 2>/dev/null | tail -n 1 | cut -d , -f 1,11 | cat -v
   1  M-bM-^PM-^[M-bM-^@M-9U+202EM-bM-^@M-:M-eM-^PM-^M                 LINE   2026-04-01     1 message  M-cM-^AM-/M-cM-^AM-^Y
M-bM-^PM-^[M-bM-^@M-9U+202EM-bM-^@M-:M-eM-^PM-^M,M-dM-=M-^UM-fM-^YM-^BM-cM-^AM-'M-cM-^AM-^YM-cM-^AM-^KM-bM-^@M-9U+202EM-bM-^@M-:M-oM-<M-^_
$ genchi --archive ~/names today --html 2>/dev/null >~/page; grep -c $'\xE2\x80\xAE\|\x1b' ~/page; grep -o '‹U+202E›' ~/page | wc -l
0
2

$ chmod 000 ~/.local/share/genchi; [ "$(id -u)" = 0 ] || genchi status; chmod 700 ~/.local/share/genchi
$ mkdir -p ~/.config/genchi; echo 'colour = "red"' >~/.config/genchi/config.toml; genchi status
genchi: /home/hana/.config/genchi/config.toml, line 1: there is no setting called colour
        Settings are: account, acts, archive, business, client-words, lang, me, name, retention, run, searches, sources, synonyms, todo, watch.
[2]
$ rm ~/.config/genchi/config.toml
$ rm -rf ~/.local/share/genchi/catalogue.db* ~/.local/share/genchi/index; genchi search 見積 2>/dev/null | head -n 2
2024-04-01 09:00  mail received  a@example.com / example.com          91dcfe0f75
    Subject: 見積
$ umask 000; genchi reindex; find ~/.local/share/genchi -perm /077
Indexed 2 messages

$ later() { GENCHI_NOW=2100-01-01T09:00:00+09:00 genchi "$@"; }; mkdir -p ~/m/cur ~/m/new; cp ~/in/a.eml ~/m/cur/1711929600.M1.host:2,S; cp ~/in/b.eml ~/m/cur/1711933200.M2.host:2,S
$ later import ~/m
1 file held nothing new
Total: 2 read = 0 new + 2 known + 0 set aside
$ later import ~/m --format json | head -n 1
{"source":"/home/hana/m","kind":"maildir","account":null,"read":2,"new":0,"known":2,"set_aside":0,"problems":[],"unchanged":true}
$ later import ~/m --verbose
/home/hana/m (maildir): 2 read = 0 new + 2 known + 0 set aside, unchanged since it was read
Total: 2 read = 0 new + 2 known + 0 set aside
$ later import ~/m --reread --verbose
/home/hana/m (maildir): 2 read = 0 new + 2 known + 0 set aside
Total: 2 read = 0 new + 2 known + 0 set aside
$ printf 'From x@example.com Mon Apr  1 00:00:00 2024\nSubject: %s\n\n%s\n\n' 一 一 二 二 >~/box; later import ~/box
/home/hana/box (mbox): 2 read = 2 new + 0 known + 0 set aside
Total: 2 read = 2 new + 0 known + 0 set aside
$ printf 'From x@example.com Mon Apr  1 00:00:00 2024\nSubject: %s\n\n%s\n\n' 三 三 >>~/box; later import ~/box
/home/hana/box (mbox): 3 read = 1 new + 2 known + 0 set aside
Total: 3 read = 1 new + 2 known + 0 set aside
$ echo garbage >~/.local/share/genchi/cache.db; later import ~/box
1 file held nothing new
Total: 3 read = 0 new + 3 known + 0 set aside
$ find ~/.local/share/genchi -perm /077
