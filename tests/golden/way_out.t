Out of the archive, and copies of it.

$ genchi import samples/mail samples/line/2026-03 --me info@tsubame-web.example >/dev/null 2>&1
$ genchi status --fingerprint >~/before
$ genchi export --out ~/out
Written to /home/hana/out: 87 mails, 5 LINE downloads
$ cd ~/out && ls && sha256sum --quiet -c manifest-sha256.txt && cd - >/dev/null
Maildir
README.txt
contents.csv
genchi-export.json
line
manifest-sha256.txt
$ genchi --archive ~/again import ~/out >/dev/null 2>&1; genchi --archive ~/again status --fingerprint | cmp - ~/before && echo the same
the same
$ grep -c "$(cat ~/before)" ~/out/genchi-export.json
1
$ for f in samples/line/2026-03/*.csv; do cmp "$f" ~/out/line/*/"$(basename "$f")"; done

$ genchi export --as mbox --out ~/all.mbox
Written to /home/hana/all.mbox: 64 mails
$ genchi export --as maildir --out ~/maildir
Written to /home/hana/maildir: 64 mails
$ genchi export --as eml --out ~/eml
Written to /home/hana/eml: 64 mails
$ genchi export --channel mail --hidden --out ~/mails
Written to /home/hana/mails: 87 mails
$ for a in all.mbox maildir eml mails; do genchi --archive ~/from-$a import ~/$a >/dev/null 2>&1; genchi --archive ~/from-$a status --fingerprint; done | uniq | wc -l
1
$ genchi export --as line-csv --out ~/csv --format json
{"out":"/home/hana/csv","form":"line-csv","everything":true,"messages":null,"mails":0,"downloads":5,"excerpts":0,"rows":0,"set_aside":0,"memos":0,"media":0,"files":5,"bytes":9164,"left_out":0,"doubtful":0}
$ genchi export 予約 --channel line --out ~/rows
Written to /home/hana/rows: 14 LINE rows (from 5 downloads)
$ head -n 5 ~/rows/line-rows/*/2_*.csv | tr -d '\r'
﻿アカウント名,美容室ミモザ
タイムゾーン,'+09:00
ダウンロード日時,2026/03/03 09:12
送信者タイプ,送信者名,送信日,送信時刻,内容
Account,応答メッセージ,2025/10/03,12:20:15,"友だち追加ありがとうございます。
$ sed -n 1,2p ~/rows/contents.csv | tr -d '\r'
﻿file,kind,message_id,sha256,bytes,original_sha256,account,mailbox,flags,source,offset,line,remark
line-rows/美容室ミモザ/1_20250912_20260302_木下 あかり.csv,line-rows,,fb2cde733d06818e07527e8784aa398ffedebedc55017427081fa22ff102fc28,689,ff46745b164f87610decf3c7844b0bc95a6aa64f861b9ca3d5dc8f69fddfb4a9,美容室ミモザ,,,samples/line/2026-03/1_20250912_20260302_木下 あかり.csv,0,1,
$ genchi export 見積 --as csv --out - 2>/dev/null | head -n 1 | tr -d '\r'
﻿id,account,channel,direction,sent,client,clients,from,to,cc,subject,text,files,flags,memo,conversation,copies,source
$ genchi export 見積 --as jsonl --out ~/見積.jsonl; python3 -c 'import json,sys; rows=[json.loads(l) for l in open(sys.argv[1])]; print(len(rows), list(rows[0]), sorted(r["sent"] for r in rows)==[r["sent"] for r in rows])' ~/見積.jsonl
Written to /home/hana/見積.jsonl: 18 messages
18 ['id', 'account', 'channel', 'direction', 'sent', 'client', 'clients', 'from', 'to', 'cc', 'subject', 'snippet', 'highlights', 'text', 'files', 'flags', 'memo', 'score', 'conversation', 'copies', 'source'] True
$ genchi export 見積 --as mbox --out - 2>/dev/null | grep -c '^From '
19

$ genchi export --out ~/out
genchi: the folder /home/hana/out is not empty
        Nothing is overwritten: name a folder that is empty or does not exist yet.
[2]
$ genchi export --as csv --out ~/見積.jsonl
genchi: /home/hana/見積.jsonl exists already
        Nothing is overwritten: name another file.
[2]
$ genchi export --out -
genchi: originals cannot be written to standard output
        Name a folder with --out, or choose --as mbox, csv or jsonl.
[2]
$ genchi export --as pdf --out ~/x
genchi: wrong usage: --as: pdf not in {originals,mbox,maildir,eml,line-csv,csv,jsonl}
        `genchi --help` and `genchi COMMAND --help` show how.
[2]
$ genchi export
genchi: wrong usage: --out is required
        `genchi --help` and `genchi COMMAND --help` show how.
[2]
$ genchi export 存在しない言葉 --out ~/nothing
Nothing was found; nothing is written.
[1]
$ genchi export 存在しない言葉 --as csv --out ~/nothing.csv; ls ~/nothing* 2>&1 | wc -l
Nothing was found; nothing is written.
1
$ genchi export '件名:"見積' --out ~/x
genchi: this quotation mark is never closed
  件名:"見積
       ^
[2]
$ find ~/out ~/rows ~/all.mbox -perm /077
