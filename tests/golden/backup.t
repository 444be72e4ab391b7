A copy of the archive, brought up to date and restored; and what is refused.

$ genchi import samples/mail samples/line/2026-03 --me info@tsubame-web.example >/dev/null 2>&1
$ genchi backup ~/usb/copy | sed 's/[0-9]* kB/N kB/'
/home/hana/usb/copy: copied N kB, journal row 33
$ ls ~/usb/copy
archive.db
lock
objects
$ genchi backup ~/usb/copy | sed 's/[0-9]* kB/N kB/'
/home/hana/usb/copy: up to date, journal row 33, N kB
$ printf 'From: a@example.com\nTo: b@example.net\nSubject: 追加\nDate: Mon, 1 Apr 2024 09:00:00 +0900\n\n追加の見積\n' >~/a.eml; genchi import ~/a.eml >/dev/null
$ genchi backup ~/usb/copy --verify | sed 's/[0-9]* kB/N kB/g; s/^[0-9]* stored/N stored/'
/home/hana/usb/copy: copied N kB of N kB, journal row 37 (before: 33)
N stored pieces read again, all as their hashes say
$ cp -r ~/usb/copy ~/restored; genchi --archive ~/restored search 追加の見積 2>/dev/null | sed -n 2p
    Subject: 追加
$ test "$(genchi --archive ~/restored status --fingerprint)" = "$(genchi status --fingerprint)" && echo the same
the same
$ genchi --archive ~/usb/copy backup ~/second --format json | sed 's/"written":[0-9]*,"size":[0-9]*/"written":N,"size":N/'
{"archive":"/home/hana/usb/copy","copy":"/home/hana/second","journal":37,"journal_before":null,"written":N,"size":N,"verified":null,"mended":0,"damaged":[],"damaged_copy":[]}

$ genchi backup
genchi: wrong usage: DIR is required
        `genchi --help` and `genchi COMMAND --help` show how.
[2]
$ genchi backup ~/.local/share/genchi
genchi: /home/hana/.local/share/genchi is in the archive itself
        Name a folder elsewhere, best on another disk.
[2]
$ genchi backup ~/.local/share/genchi/objects/copy
genchi: /home/hana/.local/share/genchi/objects/copy is in the archive itself
        Name a folder elsewhere, best on another disk.
[2]
$ genchi backup ~/.local
genchi: the archive lies in /home/hana/.local
        Name a folder of its own for the copy, best on another disk.
[2]
$ mkdir -p ~/photos && touch ~/photos/a.jpg && genchi backup ~/photos
genchi: /home/hana/photos holds something else: a.jpg
        name a folder that is empty or does not exist yet
[2]
$ genchi --archive ~/again import ~/a.eml >/dev/null 2>&1; genchi --archive ~/again backup ~/usb/copy
genchi: /home/hana/usb/copy holds a copy of another archive
        Name another folder for this one.
[2]
$ genchi --archive ~/restored import samples/line/excel >/dev/null 2>&1; genchi --archive ~/restored backup ~/usb/copy >/dev/null; genchi backup ~/usb/copy
genchi: the copy in /home/hana/usb/copy is newer than the archive: it goes up to journal row 40, the archive to 37
        Was the archive put back to an older state? Restore from this copy, or name another folder.
[2]
$ genchi --archive ~/none backup ~/usb/none
genchi: there is no archive in /home/hana/none
        genchi import makes one
[2]
