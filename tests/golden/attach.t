LINE's downloads hold the place of a photo, not the photo. What was saved from LINE is tied to its message by a person, and
is an original from then on.

$ mkdir -p ~/in ~/Downloads ~/.config/genchi; echo 'name = "相原"' >~/.config/genchi/config.toml
$ keys() { python3 -c 'import json, sys; [print(*(json.dumps(json.loads(row)[key], ensure_ascii=False) for key in sys.argv[1:])) for row in sys.stdin]' "$@"; }
$ line() { printf '\357\273\277アカウント名,みどり歯科\r\nタイムゾーン,+09:00\r\nダウンロード日時,2026/03/11 18:00\r\n送信者タイプ,送信者名,送信日,送信時刻,内容\r\n'; printf '%s\r\n' "$@"; }
$ p=写真を送信しました。
$ line "User,青木,2026/03/03,18:20:10,$p" 'User,青木,2026/03/03,18:20:40,この歯です' "User,青木,2026/03/05,09:00:00,$p" "User,青木,2026/03/05,09:00:02,$p" "User,青木,2026/03/05,09:00:04,$p" >~/in/1_20260303_20260305_青木.csv
$ line "User,川口,2026/03/06,12:30:00,$p" 'User,川口,2026/03/06,12:31:00,動画を送信しました。' 'User,川口,2026/03/07,08:00:00,ボイスメッセージを送信しました' >~/in/2_20260306_20260307_川口.csv
$ line "User,大西,2026/03/06,12:30:30,$p" 'User,大西,2026/03/06,12:32:00,ファイルを送信しました。' >~/in/3_20260306_20260306_大西.csv
$ export GENCHI_NOW=2026-03-12T09:00:00+09:00; genchi import ~/in 2>&1 | tail -1
Total: 10 read = 10 new + 0 known + 0 set aside
$ id_of() { genchi search "$@" --format json 2>/dev/null | keys id | tr -d '"'; }

$ : "What was saved: by their bytes photos, a video, a document; and what lies in such a folder beside them."
$ photo() { printf '\377\330\377\340\000\020JFIF %s' "$2" >~/Downloads/"$1"; touch -d "$3" ~/Downloads/"$1"; }
$ photo 20260303_182012.jpg 'a tooth' '2026-03-04T08:00:00+09:00'
$ for n in 9 10 11; do photo S__$n.jpg "x-ray $n" "2026-03-06T10:00:$n+09:00"; done
$ photo 20260306_123015.jpg 'who sent this' '2026-03-06T13:00:00+09:00'
$ { printf '\000\000\000\030ftypmp42\000\000\000\000mp42isom'; head -c 20000000 /dev/zero; } >~/Downloads/clip.mp4; touch -d '2026-03-08T10:00:00+09:00' ~/Downloads/clip.mp4
$ printf '%%PDF-1.7 questionnaire' >~/Downloads/問診票.pdf; touch -d '2026-03-08T10:05:00+09:00' ~/Downloads/問診票.pdf
$ echo hello >~/Downloads/notes.txt; : >~/Downloads/empty.jpg; ln -s /etc/passwd ~/Downloads/link.jpg; mkfifo ~/Downloads/pipe.jpg; mkdir ~/Downloads/more; cp ~/Downloads/S__9.jpg ~/Downloads/'S__9 (1).jpg'; touch -d '2026-03-09T10:00:00+09:00' ~/Downloads/'S__9 (1).jpg'
$ genchi attach ~/Downloads
certain  2e34da39  the time in the name is 2 seconds from the message, and meets no other
  20260303_182012.jpg  JPEG 18 B  named 2026-03-03 18:20
    → 2026-03-03 18:20  (photo)  received  青木 (1)  db49e95df5

likely  93a5dfd4  3 files in their order, and as many messages in a row of one chat; no other row has as many
  S__9.jpg  JPEG 18 B  saved 2026-03-06 10:00
    → 2026-03-05 09:00  (photo)  received  青木 (1)  750a482655
  S__10.jpg  JPEG 19 B  saved 2026-03-06 10:00
    → 2026-03-05 09:00  (photo)  received  青木 (1)  c417e5f721
  S__11.jpg  JPEG 19 B  saved 2026-03-06 10:00
    → 2026-03-05 09:00  (photo)  received  青木 (1)  5ba40e0239

likely  4c0b30b8  one file, and one message of its kind
  clip.mp4  MP4 20.0 MB  saved 2026-03-08 10:00
    → 2026-03-06 12:31  (video)  received  川口 (2)  41844a2fbd

likely  4cbb7f9d  one file, and one message of its kind
  問診票.pdf  PDF 22 B  saved 2026-03-08 10:05
    → 2026-03-06 12:32  (file)  received  大西 (3)  64f30691fa

open  the time in the name meets several, or several files meet it
  20260306_123015.jpg JPEG 24 B named 2026-03-06 12:30
    ? 2026-03-06 12:30  (photo)  received  川口 (2)  bc21ac6127
    ? 2026-03-06 12:30  (photo)  received  大西 (3)  1404be2093
passed over: /home/hana/Downloads/empty.jpg (it is empty)
passed over: /home/hana/Downloads/link.jpg (a link)
passed over: /home/hana/Downloads/more (a folder in the folder; name it to look into it)
passed over: /home/hana/Downloads/pipe.jpg (no regular file)
passed over: /home/hana/Downloads/S__9 (1).jpg (the same bytes as another of these files)
passed over: /home/hana/Downloads/notes.txt (no photo, video, voice message or document by its bytes; --to attaches it to a file message)
1 certain, 5 likely, 1 open
Attach what is certain: the same with --yes.
Attach a proposal: the same with --apply and its number.
Attach one file yourself: genchi attach --to MESSAGE FILE
$ genchi watch --media
  2027-03-03 (photo)         received 青木 (1)  2026-03-03 18:20 db49e95df5
  2027-03-05 (photo)         received 青木 (1)  2026-03-05 09:00 750a482655
  2027-03-05 (photo)         received 青木 (1)  2026-03-05 09:00 c417e5f721
  2027-03-05 (photo)         received 青木 (1)  2026-03-05 09:00 5ba40e0239
  2027-03-06 (photo)         received 川口 (2)  2026-03-06 12:30 bc21ac6127
  2027-03-06 (photo)         received 大西 (3)  2026-03-06 12:30 1404be2093
  2027-03-06 (video)         received 川口 (2)  2026-03-06 12:31 41844a2fbd
  2027-03-06 (file)          received 大西 (3)  2026-03-06 12:32 64f30691fa
  2027-03-07 (voice message) received 川口 (2)  2026-03-07 08:00 178fd0a620
9 that LINE should still have, 0 that it has dropped

$ : "Certain is what meets in time and meets nothing else. The same again finds it attached."
$ genchi attach ~/Downloads --yes 2>&1 | head -4
attached  2e34da39  the time in the name is 2 seconds from the message, and meets no other
  20260303_182012.jpg  JPEG 18 B  named 2026-03-03 18:20
    → 2026-03-03 18:20  (photo)  received  青木 (1)  db49e95df5
$ genchi attach ~/Downloads 2>&1 | tail -8
passed over: /home/hana/Downloads/link.jpg (a link)
passed over: /home/hana/Downloads/more (a folder in the folder; name it to look into it)
passed over: /home/hana/Downloads/pipe.jpg (no regular file)
passed over: /home/hana/Downloads/S__9 (1).jpg (the same bytes as another of these files)
passed over: /home/hana/Downloads/notes.txt (no photo, video, voice message or document by its bytes; --to attaches it to a file message)
1 attached already, 5 likely, 1 open
Attach a proposal: the same with --apply and its number.
Attach one file yourself: genchi attach --to MESSAGE FILE
$ tooth=$(id_of 'file:20260303_182012')
$ genchi show $tooth
From       青木
To         みどり歯科
Sent       2026-03-03T18:20:10+09:00
Client     青木 (1)
Channel    LINE, received, みどり歯科
Files      20260303_182012.jpg
Attached   20260303_182012.jpg, 18 bytes
           2026-03-12 09:00, 相原, from /home/hana/Downloads
           SHA-256 426e9b06b309c81d7089eebef2851dcbdd88c88cd6c52c4f615e2747f6ab689e
Original   /home/hana/in/1_20260303_20260305_青木.csv, byte 172, 64 bytes
SHA-256    38dc5d11f9f35ea4851f31ef93ac37094cb715106d14de94a76060574e4f84ea
Id         db49e95df576f998bda38eb96893c892946bdac7a79eff051103a04f10a8b5aa

写真を送信しました。
$ genchi show $tooth --format json | keys attached files
{"name": "20260303_182012.jpg", "bytes": 18, "sha256": "426e9b06b309c81d7089eebef2851dcbdd88c88cd6c52c4f615e2747f6ab689e", "time": "2026-03-12T09:00:00+09:00", "by": "相原", "folder": "/home/hana/Downloads"} [{"name": "20260303_182012.jpg", "kind": "photo"}]
$ genchi show $tooth --attachment 1 | sha256sum
426e9b06b309c81d7089eebef2851dcbdd88c88cd6c52c4f615e2747f6ab689e  -

$ : "A proposal goes by a number that is made of its messages and bytes: what it means cannot change."
$ n=$(genchi attach ~/Downloads --client 青木 --format json 2>/dev/null | keys proposal | tr -d '"' | grep -v null | sort -u); echo $n
93a5dfd4
$ genchi attach ~/Downloads --client 青木 --apply $n 2>&1 | head -7
attached  93a5dfd4  3 files in their order, and as many messages in a row of one chat; no other row has as many
  S__9.jpg  JPEG 18 B  saved 2026-03-06 10:00
    → 2026-03-05 09:00  (photo)  received  青木 (1)  750a482655
  S__10.jpg  JPEG 19 B  saved 2026-03-06 10:00
    → 2026-03-05 09:00  (photo)  received  青木 (1)  c417e5f721
  S__11.jpg  JPEG 19 B  saved 2026-03-06 10:00
    → 2026-03-05 09:00  (photo)  received  青木 (1)  5ba40e0239
$ genchi attach ~/Downloads --client 青木 --apply $n
genchi: there is no proposal 93a5dfd4
        Its files or messages have changed since, or they are not among those named now: look at the list again without --apply.
[2]
$ genchi attach ~/Downloads/20260306_123015.jpg
open  the time in the name meets several, or several files meet it
  20260306_123015.jpg JPEG 24 B named 2026-03-06 12:30
    ? 2026-03-06 12:30  (photo)  received  川口 (2)  bc21ac6127
    ? 2026-03-06 12:30  (photo)  received  大西 (3)  1404be2093
1 open
Attach one file yourself: genchi attach --to MESSAGE FILE
$ onishi=$(id_of 'client:大西 has:photo'); kawaguchi=$(id_of 'client:川口 has:photo')
$ genchi attach --to $onishi ~/Downloads/20260306_123015.jpg --by 井上
20260306_123015.jpg is attached to 1404be2093.
$ genchi attach --to $onishi ~/Downloads/20260306_123015.jpg
20260306_123015.jpg is attached to 1404be2093 already.
$ genchi attach --to $onishi ~/Downloads/S__9.jpg
genchi: 1404be2093 has a file already: 20260306_123015.jpg
        Take it off first: genchi attach --undo 1404be2093
[2]
$ genchi attach --undo $onishi --format json
{"id":"1404be20938cbd54450357cf41f19e13eec9a78056f8c17d43be8a2569a8043e","attached":null}
$ genchi attach --undo $onishi
genchi: 1404be2093 has no file attached
[2]
$ genchi attach --to $kawaguchi ~/Downloads/20260306_123015.jpg --format json
{"id":"bc21ac6127c47d019b57ebfe38574ca8b514637b2640e1c2b802960011e0ae58","attached":{"name":"20260306_123015.jpg","bytes":24,"sha256":"fb54d1903fd563c5750ba73c38bfb354376fa43d61e7ba0f1711059d34c7ea4a","time":"2026-03-12T09:00:00+09:00","by":"相原","folder":"/home/hana/Downloads"}}
$ genchi attach --to $kawaguchi ~/Downloads/問診票.pdf
genchi: 問診票.pdf cannot be what bc21ac6127 holds the place of: (photo)
        Its bytes are PDF.
[2]
$ genchi attach --to $(id_of 'この歯です') ~/Downloads/問診票.pdf
genchi: 66cd71bf85 holds the place of no photo, video, voice message or file
        `genchi watch --media` lists those that do.
[2]
$ genchi attach --to $(id_of 'client:大西 has:file') ~/Downloads/notes.txt
notes.txt is attached to 64f30691fa.
$ genchi attach --to $(id_of 'client:大西 has:file') ~/Downloads
genchi: /home/hana/Downloads is not one file
[2]
$ genchi attach --to $(id_of 'client:大西 has:file') ~/Downloads/nothing.pdf
genchi: cannot read /home/hana/Downloads/nothing.pdf: No such file or directory
[2]
$ genchi attach --to $(id_of 'client:川口 has:video') ~/Downloads/clip.mp4
clip.mp4 is attached to 41844a2fbd.
$ genchi attach
genchi: which files?
        Name the folder where you saved them: genchi attach ~/Downloads
[2]
$ genchi watch --media --format json 2>/dev/null | keys kind held
"photo" true
"photo" true
"photo" true
"photo" true
"photo" true
"photo" false
"video" true
"file" true
"voice" false
$ genchi watch 2>/dev/null | grep -A1 media
  media       1 photo, 1 voice message: not in any download. The first goes on
              2027-03-06 (in 359 days). 7 were saved and attached.
--
     them (genchi watch --media lists them). Then genchi attach FOLDER.
  6. An account that is not verified lists, and downloads, only friends who
$ genchi brief 青木 | grep -i media
For ourselves: holds our marks and notes
Media   messages with photos: 4  4 of LINE saved  last 2026-03-05 0… 5ba40e0239
$ genchi verify 2>&1 | tail -2
never came in is not here.
Result: no damage, 0 notes

$ : "Out with an export and in again: the same files at the same messages, whichever download comes first."
$ genchi export --out ~/out 2>&1 | tail -1; ls ~/out/media | grep -v genchi-media
Written to /home/hana/out: 3 LINE downloads, 7 files of LINE
E10-clip.mp4
E4-20260303_182012.jpg
E5-S__9.jpg
E6-S__10.jpg
E7-S__11.jpg
E8-20260306_123015.jpg
E9-notes.txt
$ genchi --archive ~/again import ~/out 2>&1 | tail -1
Total: 17 read = 17 new + 0 known + 0 set aside
$ test "$(genchi status --fingerprint)" = "$(genchi --archive ~/again status --fingerprint)" && echo the same
the same
$ genchi --archive ~/again attach ~/Downloads 2>&1 | tail -3
passed over: /home/hana/Downloads/pipe.jpg (no regular file)
passed over: /home/hana/Downloads/notes.txt (no photo, video, voice message or document by its bytes; --to attaches it to a file message)
7 attached already, 1 without a message
$ genchi --archive ~/again search file:S__10 --format json 2>/dev/null | keys sent files
"2026-03-05T09:00:02+09:00" [{"name": "S__10.jpg", "kind": "photo"}]

$ : "Names and bytes are strangers': nothing in a name reaches the terminal or the disk, and no file is taken by what it is called."
$ mkdir ~/odd; cd ~/odd; voice() { printf '\377\361\120\200 %s' "$1" >"$1"; touch -d '2026-03-08T09:00:00+09:00' -- "$1"; }
$ voice $'a\033[31m\nred.jpg'; genchi attach .
likely  97065856  one file, and one message of its kind
  a␛[31m␊red.jpg  AAC 19 B  saved 2026-03-08 09:00
    → 2026-03-07 08:00  (voice message)  received  川口 (2)  178fd0a620
1 likely
Attach a proposal: the same with --apply and its number.
$ rm ./*; voice $'\202\240\377.aac'; genchi attach . --format json 2>/dev/null | keys path content
"./\\x82\\xA0\\xFF.aac" "AAC"
$ rm ./*; voice $'\342\200\256gpj.exe'; genchi attach . 2>/dev/null | sed -n 2p
  ‹U+202E›gpj.exe  AAC 15 B  saved 2026-03-08 09:00
$ rm ./*; voice $(printf 'x%.0s' $(seq 255)); genchi attach . 2>/dev/null | sed -n 2p | cut -c1-60
  xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
$ rm ./*; voice '-rf'; genchi attach --to $(id_of 'client:川口 has:voice') -- -rf; genchi attach --to $(id_of 'client:川口 has:voice') ./-rf
genchi: this does not belong here: -rf
        `genchi --help` and `genchi COMMAND --help` show how.
-rf is attached to 178fd0a620.
$ genchi attach --undo $(id_of 'client:川口 has:voice'); rm ./-rf
-rf is no longer attached to 178fd0a620. The file stays in the archive, and both rows in the journal.
$ voice $'x..\\..\\a:b*\033.aac'; genchi attach . --apply $(genchi attach . --format json 2>/dev/null | keys proposal | tr -d '"') 2>/dev/null | sed -n 2p
  x..\..\a:b*␛.aac  AAC 21 B  saved 2026-03-08 09:00
$ rm -r ~/out; genchi export --out ~/out 2>/dev/null; ls ~/out/media | tail -1; cd - >/dev/null
genchi-media.txt
$ head -c 70000 /dev/zero >~/odd/zero.jpg; printf '\377\330\377\341\377\377Exif\0\0II*\0\377\377\377\377' >~/odd/cut.jpg; genchi attach ~/odd 2>&1 | grep -v saved
likely  d8346d93  one file, and one message of its kind
    → 2026-03-06 12:30  (photo)  received  大西 (3)  1404be2093

attached already  x..\..\a:b*␛.aac
    → 2026-03-07 08:00  (voice message)  received  川口 (2)  178fd0a620
passed over: /home/hana/odd/zero.jpg (no photo, video, voice message or document by its bytes; --to attaches it to a file message)
1 attached already, 1 likely
Attach a proposal: the same with --apply and its number.
