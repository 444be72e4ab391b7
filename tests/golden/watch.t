Up to when LINE is held, what is left out, and when LINE drops it: weekly downloads under a clock that the test sets.

Nobody had opened what 川口 wrote when the first was made; in the second a message is taken back; the third week was
missed; and of the fourth a period was chosen that leaves days out.

$ mkdir $HOME/w; make() { tests/support/line_download "$@"; }; talks=tests/golden/watch_talks.txt
$ make --made '2026-03-11 18:05' --unread '川口 みお' $talks $HOME/w/line_oa_chat_csv_260311_180501.zip
$ make --made '2026-03-18 18:04' --unsent '2026-03-09 19:20:00' $talks $HOME/w/line_oa_chat_csv_260318_180402.zip
$ make --made '2026-04-01 18:06' --unsent '2026-03-09 19:20:00' --from 2026-03-25 $talks $HOME/w/line_oa_chat_csv_260401_180611.zip
$ export GENCHI_NOW=2026-03-11T18:30:00+09:00; genchi import $HOME/w/*260311* 2>&1 | tail -1
Total: 9 read = 9 new + 0 known + 0 set aside
$ genchi watch 2>&1 | head -6
みどり歯科  LINE keeps all of it 365 days (one-year)
  held        up to the download of 2026-03-11 18:05, 3 chats, 1 download
  next        download by 2026-03-18 (Wed)
  dropped     from 2027-03-11 on (in 365 days) LINE drops what was said since
  months      2026  - - # - - - - - - - - -
              # held, + partly, x lost, . not downloaded yet, - before or after
$ export GENCHI_NOW=2026-03-18T18:30:00+09:00; genchi import $HOME/w/*260318*
/home/hana/w/line_oa_chat_csv_260318_180402.zip!/2_20260303_20260316_川口 みお.csv (line-oa): 4 read = 2 new + 2 known + 0 set aside
2 files held nothing new
Total: 11 read = 2 new + 9 known + 0 set aside
Downloads of one chat differ: taken back 1, unread before 1. Nothing is lost by it; `genchi status --drift` shows each.
$ genchi watch 2>&1 | head -9
みどり歯科  LINE keeps all of it 365 days (one-year)
  held        up to the download of 2026-03-18 18:04, 3 chats, 2 downloads
  next        download by 2026-03-25 (Wed)
  dropped     from 2027-03-18 on (in 365 days) LINE drops what was said since
  unread      1 download lacked messages that nobody had opened then; a later
              one holds them
  taken back  1 message
  months      2026  - - # - - - - - - - - -
              # held, + partly, x lost, . not downloaded yet, - before or after
$ export GENCHI_NOW=2026-04-02T09:00:00+09:00; genchi import $HOME/w/*260401* 2>&1 | tail -2
Total: 4 read = 4 new + 0 known + 0 set aside
Downloads of one chat differ: joined by name only 3, period chosen or cut 3. Nothing is lost by it; `genchi status --drift` shows each.
$ genchi status --drift
LINE みどり歯科
  大西  e9dea0cf0d80d35c
    2026-04-01 18:06  belongs to this chat by the name only: no message ties it to the download of 2026-03-18 18:04.
    2026-04-01 18:06  covers less time than the download of 2026-03-18 18:04 and lacks 2 messages: perhaps a period was chosen, or it was cut.
      2026-03-05 11:00 to 2026-03-05 11:04  225c9411d5  6201f9a4c0
  川口 みお  3d260fa12e4f2b29
    2026-03-18 18:04  has 1 message that the download of 2026-03-11 18:05 left out: perhaps unread then.
      2026-03-10 21:02  a8e05c40d0
    2026-04-01 18:06  belongs to this chat by the name only: no message ties it to the download of 2026-03-18 18:04.
    2026-04-01 18:06  covers less time than the download of 2026-03-18 18:04 and lacks 4 messages: perhaps a period was chosen, or it was cut.
      2026-03-03 18:20 to 2026-03-16 09:20  323aa2e45f  85b41f6661  a8e05c40d0
  青木 りん  b997d8325a25cbd5
    2026-03-18 18:04  shows 1 message as taken back by the sender; the download of 2026-03-11 18:05 still has the words.
      2026-03-09 19:20  c747043c8a
    2026-04-01 18:06  belongs to this chat by the name only: no message ties it to the download of 2026-03-18 18:04.
    2026-04-01 18:06  covers less time than the download of 2026-03-18 18:04 and lacks 5 messages: perhaps a period was chosen, or it was cut.
      2026-03-02 09:12 to 2026-03-10 09:30  895fe60813  e50ecaecb9  3f7aa113e6
8 differences, 3 chats
$ genchi watch
みどり歯科  LINE keeps all of it 365 days (one-year)
  held        up to the download of 2026-04-01 18:06, 3 chats, 3 downloads
  next        download by 2026-04-08 (Wed)
  dropped     from 2027-04-01 on (in 364 days) LINE drops what was said since
  gap         2026-03-18 18:04 to 2026-03-30 20:15, 3 chats (大西 and others):
              LINE drops it from 2027-03-18 on (in 350 days); download without
              choosing a period
  unread      1 download lacked messages that nobody had opened then; a later
              one holds them
  taken back  1 message
  media       1 photo: not in any download. The first goes on 2027-03-28 (in
              360 days).
  months      2026  - - + # - - - - - - - -
              # held, + partly, x lost, . not downloaded yet, - before or after

At each download
  1. Open every unread chat: LINE leaves unread messages out of the download.
  2. On the web page of LINE Official Account Manager: チャット, the gear, 基本,
     チャット履歴のバックアップ, CSVファイルを作成. All chats, no period. It can
     be made once a week.
  3. genchi import ~/Downloads/line_oa_chat_csv_….zip
  4. genchi todo: the unread marks are gone now; it says who still waits for an
     answer.
  5. Save photos, videos and files that you need: the download does not hold
     them (genchi watch --media lists them). Then genchi attach FOLDER.
  6. An account that is not verified lists, and downloads, only friends who
     wrote first.
$ genchi watch --chats
みどり歯科
  held up to 2026-04-01 18:06 dropped from 2027-04-01 (in 364 days)
      大西 (3)
  held up to 2026-04-01 18:06 dropped from 2027-04-01 (in 364 days)
      青木 りん (1)
  held up to 2026-04-01 18:06 dropped from 2027-04-01 (in 364 days)
      川口 みお (2)
$ genchi watch --media
  2027-03-28 (photo) received 青木 りん (1)  2026-03-28 08:45 9a76c36c0b
1 that LINE should still have, 0 that it has dropped
$ genchi watch --media --client 川口
0 that LINE should still have, 0 that it has dropped

$ genchi watch --fail-under 14d >/dev/null
$ printf '[watch]\nretention = "short"\n[retention.short]\ntext = "30d"\nmedia = "2週間"\nsource = "our contract"\n' > $HOME/.local/share/genchi/genchi.toml
$ GENCHI_NOW=2026-04-03T23:59:00+09:00 genchi watch --fail-under 14d | head -8
みどり歯科  LINE keeps text 30 days, photos 14 days, files 14 days (short)
  held        up to the download of 2026-04-01 18:06, 3 chats, 3 downloads
  next        download by 2026-04-08 (Wed)
  dropped     from 2026-05-01 on (in 28 days) LINE drops what was said since
  gap         2026-03-18 18:04 to 2026-03-30 20:15, 3 chats (大西 and others):
              LINE drops it from 2026-04-17 on (in 14 days); download without
              choosing a period
  unread      1 download lacked messages that nobody had opened then; a later
$ GENCHI_NOW=2026-04-03T23:59:00+09:00 genchi watch --fail-under 14d >/dev/null
$ GENCHI_NOW=2026-04-04T00:00:00+09:00 genchi watch --fail-under 14d >/dev/null
[1]
$ GENCHI_NOW=2026-04-17T09:00:00+09:00 genchi watch | head -12
みどり歯科  LINE keeps text 30 days, photos 14 days, files 14 days (short)
  held        up to the download of 2026-04-01 18:06, 3 chats, 3 downloads
  next        download by 2026-04-17 (Fri)
  dropped     from 2026-05-01 on (in 14 days) LINE drops what was said since
  lost        2026-03-18 18:04 to 2026-03-19 00:00, 3 chats (大西 and others):
              not held, and LINE has dropped what was said then, if anything
              was
  gap         2026-03-19 00:00 to 2026-03-30 20:15, 3 chats (大西 and others):
              LINE drops it from 2026-04-18 on (in 1 day); download without
              choosing a period
  unread      1 download lacked messages that nobody had opened then; a later
              one holds them
$ GENCHI_NOW=2026-05-03T09:00:00+09:00 genchi watch --fail-under 0d | head -9
みどり歯科  LINE keeps text 30 days, photos 14 days, files 14 days (short)
  held        up to the download of 2026-04-01 18:06, 3 chats, 3 downloads
  next        download by 2026-05-03 (Sun)
  dropped     since 2026-05-01 (2 days ago) LINE has been dropping what was
              said after that download
  lost        2026-03-18 18:04 to 2026-03-30 20:15, 3 chats (大西 and others):
              not held, and LINE has dropped what was said then, if anything
              was
  lost        2026-04-01 18:06 to 2026-04-04 00:00, 3 chats (大西 and others):
$ GENCHI_NOW=2026-05-03T09:00:00+09:00 genchi watch --fail-under 0d >/dev/null
[1]
$ genchi watch --format json
{"account":"みどり歯科","retention":{"name":"short","text":30,"media":14,"files":14,"source":"our contract"},"chats":3,"downloads":3,"first":"2026-03-02T09:12:03+09:00","held_until":"2026-04-01T18:06:00+09:00","dropped":"2026-05-01","days_left":15,"next_download":"2026-04-08","behind":[],"gaps":[{"begin":"2026-03-18T18:04:00+09:00","end":"2026-03-30T20:15:00+09:00","chats":3,"example":"大西","dropped":"2026-04-17"}],"lost":[],"unread":1,"unsent":1,"media":{"photo":1,"video":0,"voice":0,"file":0,"dropped":0,"held":0,"first_drop":"2026-04-11"},"months":[{"month":"2026-03","state":"partly"},{"month":"2026-04","state":"held"}]}
$ genchi watch --format csv | tr -d '\r'
﻿account,retention,chats,downloads,first,held_until,dropped,days_left,next_download,behind,gaps,lost,unread,unsent,media_photo,media_video,media_voice,media_file,media_dropped,media_held,media_first_drop
みどり歯科,short,3,3,2026-03-02T09:12:03+09:00,2026-04-01T18:06:00+09:00,2026-05-01,15,2026-04-08,0,1,0,1,1,1,0,0,0,0,0,2026-04-11
$ genchi watch --media --format json
{"id":"9a76c36c0b57f445a427e3ec11de28802d0200a87ab8b0121cdcf92b41d808e6","account":"みどり歯科","client":{"id":1,"name":"青木 りん"},"direction":"in","sent":"2026-03-28T08:45:30+09:00","kind":"photo","dropped":"2026-04-11","days_left":9,"held":false}
1 that LINE should still have, 0 that it has dropped

$ genchi watch --account 美容室
genchi: no LINE account is called "美容室"
        `genchi status` lists them.
[1]
$ genchi watch --fail-under soon
genchi: --fail-under: "soon" is no number of days
        Write it as 14d, 10日, 2週間, 2 weeks or 1か月.
[2]
$ printf '[account."みどり歯科"]\nretention = "forever"\n' > $HOME/.local/share/genchi/genchi.toml; genchi watch
genchi: the settings name a retention "forever" that there is none of
        There are: one-year, group, six-months, chat-pro. [retention.NAME] in the settings makes another.
[2]
$ printf '[retention.x]\nmedia = "3d"\n' > $HOME/.local/share/genchi/genchi.toml; genchi watch
genchi: /home/hana/.local/share/genchi/genchi.toml, line 1: [retention.x] does not say how long text is kept
        Write text = "180d".
[2]
$ printf '[account."みどり歯科"]\nretention = "six-months"\ngroup_chats = ["大西"]\n' > $HOME/.local/share/genchi/genchi.toml; genchi watch --chats
みどり歯科
  held up to 2026-04-01 18:06 dropped from 2027-04-01 (in 364 days)
      大西 (3)
  held up to 2026-04-01 18:06 dropped from 2026-09-28 (in 179 days)
      青木 りん (1)
  held up to 2026-04-01 18:06 dropped from 2026-09-28 (in 179 days)
      川口 みお (2)
$ genchi --archive $HOME/none watch
genchi: there is no archive in /home/hana/none
        genchi import makes one
[2]
$ : Friends call themselves what they like: by blanks alone, or at length.
$ sed "s/青木 りん/　　/g; s/川口 みお/$(printf '長%.0s' $(seq 300))/g" $talks > $HOME/w/odd.txt; make --made '2026-04-01 18:06' $HOME/w/odd.txt $HOME/w/line_oa_chat_csv_260401_180655.zip
$ export GENCHI_ARCHIVE=$HOME/odd; genchi import $HOME/w/*180655* 2>&1 | tail -1; genchi watch --chats
Total: 16 read = 16 new + 0 known + 0 set aside
みどり歯科
  held up to 2026-04-01 18:06 dropped from 2027-04-01 (in 364 days)
      大西 (3)
  held up to 2026-04-01 18:06 dropped from 2027-04-01 (in 364 days)
      長長長長長長長長長長長長長長長長長長長… (2)
  held up to 2026-04-01 18:06 dropped from 2027-04-01 (in 364 days)
      (no name) (1)
$ : A download that says it was made next year is no newer than the day it came in.
$ make --made '2027-05-01 18:06' $talks $HOME/w/line_oa_chat_csv_270501_180655.zip; export GENCHI_ARCHIVE=$HOME/future; genchi import $HOME/w/*270501* 2>&1 | tail -1
Total: 16 read = 16 new + 0 known + 0 set aside
$ genchi watch | head -3; GENCHI_NOW=2027-01-20T10:00:00+09:00 genchi watch | head -3
みどり歯科  LINE keeps all of it 365 days (one-year)
  held        up to the download of 2026-04-02 09:00, 3 chats, 1 download
  next        download by 2026-04-09 (Thu)
みどり歯科  LINE keeps all of it 365 days (one-year)
  held        up to the download of 2026-04-02 09:00, 3 chats, 1 download
  next        download by 2027-01-20 (Wed)
