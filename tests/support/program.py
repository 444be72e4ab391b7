"""The program as tests outside of it use it: run, asked, and what its archives must hold."""
import json
import os
import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples"
NOW = "2026-04-05T09:00:00+09:00"
BELONGS = re.compile(r"archive\.db|catalogue\.db|cache\.db|lock|genchi\.toml|objects|objects/\d{6}\.blk|index|index/MANIFEST|"
                     r"index/(shard-[0-9a-z-]+)(/(iamglass|flintlock|(postlist|docdata|termlist|position|spelling|synonym)"
                     r"\.glass))?")


class Wrong(Exception):
    """Something is not as it should be."""


class Genchi:
    def __init__(self, program, home):
        self.program = program
        self.environment = {"PATH": "/usr/bin:/bin", "HOME": str(home), "LANG": "C.UTF-8", "TZ": "Asia/Tokyo",
                            "GENCHI_NOW": NOW}
        self.environment.update({name: os.environ[name] for name in os.environ if name.endswith("SAN_OPTIONS")})

    def start(self, archive, *arguments, **more):
        return subprocess.Popen([self.program, "--archive", archive, *map(str, arguments)], cwd=ROOT,
                                env=dict(self.environment, **more), stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def run(self, archive, *arguments, **more):
        """(exit status, standard output, standard error)"""
        process = self.start(archive, *arguments, **more)
        out, err = process.communicate(timeout=900)
        return process.returncode, out.decode(), err.decode("utf-8", "replace")

    def result(self, archive, *arguments, expected=(0,), **environment):
        code, out, err = self.run(archive, *arguments, **environment)
        if code not in expected:
            raise Wrong("%s ended with %d: %s" % (" ".join(map(str, arguments)), code, err.strip()))
        return out

    def rows(self, archive, *arguments, expected=(0,)):
        return [json.loads(line) for line in self.result(archive, "--format", "json", *arguments, expected=expected).splitlines()]

    def has(self, command):
        return re.search(r"^ +%s\b" % command, self.run("nowhere", "--help")[1], re.M) is not None


def messages(genchi, archive):
    return by_id(genchi.rows(archive, "search", "--hidden", expected=(0, 1)))


def by_id(rows):
    """Messages by id, without what depends on which came first: numbers of clients, names of conversations."""
    found = {}
    for row in rows:
        if row["id"] in found:
            raise Wrong("search lists %s twice" % row["id"])
        for key in ("client", "conversation", "source"):
            row.pop(key, None)
        row["clients"] = [client["name"] for client in row["clients"]]
        found[row["id"]] = row
    return found


def said(row):
    """What a message says, whatever else is known of it."""
    return {key: row.get(key) for key in ("channel", "sent", "subject", "text", "from", "files")}


def sender(row):
    return row["sent"], json.dumps(row["from"])


class State:
    """What an archive holds, as far as it must be the same in every run."""

    def __init__(self, genchi, archive):
        self.fingerprint = genchi.result(archive, "status", "--fingerprint")
        status, = genchi.rows(archive, "status")
        self.counts = {key: status[key] for key in ("messages", "hidden", "clients", "set_aside", "own_addresses", "sources")}
        self.current = status["index_current"]
        self.messages = messages(genchi, archive)

    def compare(self, other, what):
        if not other.current:
            raise Wrong("%s: the index is behind" % what)
        for id in sorted(self.messages.keys() | other.messages.keys()):
            if self.messages.get(id) != other.messages.get(id):
                raise Wrong("%s: message %s\n  is        %s\n  should be %s" %
                            (what, id, other.messages.get(id), self.messages.get(id)))
        if self.counts != other.counts:
            raise Wrong("%s: counts are %s\n  should be %s" % (what, other.counts, self.counts))
        if self.fingerprint != other.fingerprint:
            raise Wrong("%s: the fingerprint differs" % what)


def receipts_of(out):
    """The total of an import; every receipt has to add up."""
    total = None
    for row in map(json.loads, out.splitlines()):
        if row["read"] != row["new"] + row["known"] + row["set_aside"]:
            raise Wrong("a receipt does not add up: %s" % row)
        if row.get("total"):
            total = row
    return total


def leftovers(archive):
    """What lies in the folder and does not belong there."""
    named = set(re.findall(r"^(?:shard|retired) (\S+)$", (archive / "index/MANIFEST").read_text(), re.M))
    for path in sorted(archive.rglob("*")):
        name = str(path.relative_to(archive))
        fits = BELONGS.fullmatch(name)
        if not fits or (fits[1] and fits[1] not in named):
            yield name


def plain_mail(n, folder="tsubame", text="", message_id=None):
    day = 1 + n % 28
    return ("From: 担当%d <person%d@client%d.example>\nTo: info@tsubame-web.example\nSubject: 作業番号%dの件\n"
            "Date: Mon, %d Apr 2024 09:%02d:00 +0900\nMessage-ID: <%s@%s.example>\nContent-Type: text/plain; charset=UTF-8\n"
            "\n作業番号%dの見積は%d円です。%s\n" % (n, n, n % 40, n, day, n % 60, message_id or n, folder, n, n * 100, text))


def write_mbox(path, mails):
    path.write_text("".join("From a@client.example Mon Apr  1 09:00:00 2024\n" + mail + "\n" for mail in mails), encoding="utf-8")
