A client is found whatever way the name is written.

$ genchi import samples/mail samples/line --me info@tsubame-web.example >/dev/null 2>&1
$ for name in '青木 美咲' 青木美咲様 アオキさん aoki; do genchi clients --client "$name" --format json 2>/dev/null | python3 -c 'import json,sys; print([json.loads(line)["name"] for line in sys.stdin])'; done
['青木 美咲']
['青木 美咲']
['青木 美咲']
['青木 美咲']
$ for name in '青木 美咲' 青木美咲様 アオキさん aoki; do genchi search --client "$name" --format json 2>/dev/null | wc -l; done
4
4
4
4
$ for name in '青木 美咲' 青木美咲様 アオキさん aoki; do genchi search "取引先:\"$name\"" --format json 2>/dev/null | sha256sum; done | uniq | wc -l
1
$ for name in みなと印刷 株式会社みなと印刷 みなと印刷㈱御中 'カ)ミナトインサツ'; do genchi clients --client "$name" --format json 2>/dev/null | python3 -c 'import json,sys; print([json.loads(line)["name"] for line in sys.stdin])'; done
['みなと印刷 野口']
['みなと印刷 野口']
['みなと印刷 野口']
['みなと印刷 野口']
$ for query in from:佐藤健一 差出人:佐藤部長様 from:サトウ from:sato; do genchi search "$query" --format json 2>/dev/null | sha256sum; done | uniq | wc -l
1
$ genchi clients --client さくらちゃん 2>/dev/null
  13  佐々木さくら                LINE   2026-03-14    17 messages  さくら🌸, 美容室ミモザ
$ genchi clients --client 佐々木さくら🌸 --limit 0 2>/dev/null
  13  佐々木さくら                LINE   2026-03-14    17 messages  さくら🌸, 美容室ミモザ
$ genchi clients --client 会社
genchi: no client is called "会社"
        `genchi clients` lists them.
[1]
$ genchi clients --client あ --format json 2>/dev/null | python3 -c 'import json,sys; print([json.loads(line)["name"] for line in sys.stdin])'
['木下 あかり']
