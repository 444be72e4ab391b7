#!/usr/bin/env python3
"""Has genchi and other programs take in the same files in turn, has them search, and prints what it cost.

Called by `run`, which makes the files and finds the programs. Ends with 1 when genchi lost, doubled or missed something.
"""
import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import time

SEARCH_RUNS = 5
MEGABYTE = 1e6
# Labels, and what is asked of genchi; the rare word is put before them. Only field names differ between the programs.
MAIL_SEARCHES = (("common word", "設定"), ("one character", "積"), ("half-width", "ｻｰﾊﾞｰ"), ("two words", "見積 変更"), ("subject", "件名:請求"))
CHAT_SEARCHES = (("common word", "設定"), ("one character", "積"), ("half-width", "ｻｰﾊﾞｰ"), ("two words", "変更 設定"), ("said by us", "from:横山"))


class Failure(Exception):
    """A measured command did not do its work."""


# --- running and measuring -------------------------------------------------------------------------------------------

def measured(command, environment, scratch, accepted=(0,)):
    """CPU (user and system, with all children), wall and peak memory of a command, and what it printed.

    GNU time starts it: a child of this script would be charged with the script's own memory.
    """
    figures = os.path.join(scratch, "time")
    done = subprocess.run(["time", "--quiet", "--format=%U %S %e %M", f"--output={figures}", *command], env=environment,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    output = done.stdout.decode("utf-8", "replace")
    if done.returncode not in accepted:
        raise Failure(f"{' '.join(command)} ended with {done.returncode}:\n{output[-2000:]}")
    with open(figures) as file:
        user, system, wall, peak_kilobytes = map(float, file.read().split())
    return {"cpu_seconds": user + system, "wall_seconds": wall, "peak_mb": peak_kilobytes * 1024 / MEGABYTE}, output


def added_up(parts):
    return {"cpu_seconds": sum(p["cpu_seconds"] for p in parts), "wall_seconds": sum(p["wall_seconds"] for p in parts),
            "peak_mb": max(p["peak_mb"] for p in parts)}


def bytes_below(path):
    """Bytes of each entry of a folder, with all that lies in it."""
    found = {}
    for parent, _, names in os.walk(path):
        top = os.path.relpath(parent, path).split(os.sep)[0]
        for name in names:
            key = name if top == "." else top
            found[key] = found.get(key, 0) + os.lstat(os.path.join(parent, name)).st_size
    return found


def read_through(path):
    """So the files come from the page cache, whether they were made just now or last week."""
    for parent, _, names in os.walk(path) if os.path.isdir(path) else [(os.path.dirname(path), [], [os.path.basename(path)])]:
        for name in names:
            with open(os.path.join(parent, name), "rb") as file:
                while file.read(1 << 20):
                    pass


# --- the programs ----------------------------------------------------------------------------------------------------

class Program:
    """One that takes files in and finds words in them. Its own files lie below `folder`."""
    name = ""

    def __init__(self, files, scratch):
        self.files, self.scratch = files, scratch
        self.folder = os.path.join(scratch, self.name)
        self.environment = {**os.environ, "LC_ALL": "C.UTF-8", "HOME": scratch, "XDG_CONFIG_HOME": scratch, "XDG_CACHE_HOME": scratch,
                            "XDG_DATA_HOME": scratch}

    def version(self):
        raise NotImplementedError

    def take_in(self):
        """Takes all files in anew; returns what it cost."""
        raise NotImplementedError

    def sizes(self):
        """`index_bytes`, and `archive_bytes` (what is kept beside the index) if there is any."""
        raise NotImplementedError

    def show(self, query):
        """The command that shows the newest twenty."""
        raise NotImplementedError

    def count(self, query):
        raise NotImplementedError

    def run(self, command, accepted=(0,)):
        return measured(command, self.environment, self.scratch, accepted)

    def remove(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def first_line_of(self, *command):
        done = subprocess.run(command, env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        return done.stdout.split("\n")[0]


class Genchi(Program):
    name = "genchi"
    show_accepts = (0, 1)

    def __init__(self, files, scratch, program):
        super().__init__(files, scratch)
        self.program = program

    def version(self):
        return self.first_line_of(self.program, "--version").removeprefix("genchi ")

    def import_command(self, folder):
        return [self.program, "--archive", folder, "import", self.files, "--me", "info@tsubame.example"]

    def take_in(self):
        figures, output = self.run(self.import_command(self.folder), (0, 3))
        figures["receipt"] = self.receipt(output)
        return figures

    @staticmethod
    def receipt(output):
        """Of all files: the total if there are several."""
        totals = re.findall(r"(\d+) read = (\d+) new \+ (\d+) known \+ (\d+) set aside", output)
        if not totals:
            raise Failure(f"genchi import printed no receipt:\n{output[-2000:]}")
        return dict(zip(("read", "new", "known", "set_aside"), map(int, totals[-1])))

    def sizes(self):
        parts = bytes_below(self.folder)
        return {"index_bytes": parts.get("index", 0), "archive_bytes": sum(parts.values()) - parts.get("index", 0), "parts": parts}

    def show(self, query):
        return [self.program, "--archive", self.folder, "search", query, "--limit", "20"]

    def count(self, query):
        _, output = self.run(self.show(query), self.show_accepts)
        found = re.findall(r"(?m)^(?:about )?(\d+) messages?\b", output)
        if not found:
            raise Failure(f"search {query} gave no count:\n{output[-500:]}")
        return int(found[-1])


class Peer(Program):
    """A program that indexes a Maildir where it lies; n-grams are switched on."""
    package = ""
    fields = {}

    def __init__(self, files, scratch):
        super().__init__(files, scratch)
        self.environment["XAPIAN_CJK_NGRAM"] = "1"

    def sizes(self):
        return {"index_bytes": sum(bytes_below(self.folder).values())}

    def translated(self, query):
        for ours, theirs in self.fields.items():
            query = query.replace(ours, theirs)
        return query


class Notmuch(Peer):
    name = "notmuch"
    fields = {"件名:": "subject:"}
    show_accepts = (0,)

    def __init__(self, files, scratch):
        super().__init__(files, scratch)
        config = os.path.join(scratch, "notmuch-config")
        with open(config, "w") as file:
            file.write(f"[database]\npath={self.folder}\nmail_root={files}\n[user]\nname=x\nprimary_email=info@tsubame.example\n"
                       "[new]\ntags=\n[search]\nexclude_tags=\n[maildir]\nsynchronize_flags=false\n")
        self.environment["NOTMUCH_CONFIG"] = config

    def version(self):
        return self.first_line_of("notmuch", "--version").removeprefix("notmuch ")

    def take_in(self):
        os.mkdir(self.folder)
        return self.run(["notmuch", "new", "--no-hooks", "--quiet"])[0]

    def show(self, query):
        return ["notmuch", "search", "--limit=20", "--sort=newest-first", "--", self.translated(query)]

    def count(self, query):
        return int(self.run(["notmuch", "count", "--output=messages", "--", self.translated(query)])[1])


class Mu(Peer):
    name = "mu"
    fields = {"件名:": "subject:"}
    show_accepts = (0, 2, 4)  # nothing found

    def version(self):
        return self.first_line_of("mu", "--version").split()[-1]

    def take_in(self):
        make = self.run(["mu", "init", f"--muhome={self.folder}", f"--maildir={self.files}", "--quiet"])
        index = self.run(["mu", "index", f"--muhome={self.folder}", "--quiet"])
        return added_up([make[0], index[0]])

    def show(self, query):
        return ["mu", "find", f"--muhome={self.folder}", "--maxnum=20", "--sortfield=date", "--reverse", self.translated(query)]

    def count(self, query):
        _, output = self.run(["mu", "find", f"--muhome={self.folder}", "--fields=i", self.translated(query)], self.show_accepts)
        return len(re.findall(r"(?m)^\S+@\S+$", output))


PEERS = {"notmuch": Notmuch, "mu": Mu}


# --- the measurement -------------------------------------------------------------------------------------------------

MEDIANS = ("cpu_seconds", "wall_seconds", "peak_mb", "index_bytes", "archive_bytes")
RATIOS = ("cpu_seconds", "wall_seconds", "peak_mb", "index_bytes")


def take_in_by_turns(programs, rounds):
    """The figures of each program's rounds; what the last round made stays for the searches."""
    figures = {program.name: [] for program in programs}
    for round_number in range(1, rounds + 1):
        for program in programs:
            print(f"round {round_number} of {rounds}: {program.name}", file=sys.stderr)
            program.remove()
            figures[program.name].append({**program.take_in(), **program.sizes()})
    return figures


def summary(program, rounds):
    medians = {key: statistics.median(r[key] for r in rounds) for key in MEDIANS if key in rounds[0]}
    return {"version": program.version(), "median": medians, "rounds": rounds}


def ratios(ours, theirs):
    """genchi's figure through the peer's, of each round; so a machine that slows down disturbs both."""
    out = {}
    for key in RATIOS:
        quotients = [a[key] / max(b[key], 1e-9) for a, b in zip(ours, theirs)]
        out[key] = {"median": statistics.median(quotients), "lowest": min(quotients), "highest": max(quotients)}
    return out


def search_by_turns(programs, label, query):
    times = {program.name: [] for program in programs}
    for _ in range(SEARCH_RUNS):
        for program in programs:
            start = time.perf_counter()
            done = subprocess.run(program.show(query), env=program.environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                  stderr=subprocess.PIPE)
            times[program.name].append(time.perf_counter() - start)
            if done.returncode not in program.show_accepts:
                raise Failure(f"{' '.join(program.show(query))} ended with {done.returncode}:\n{done.stderr.decode('utf-8', 'replace')[-2000:]}")
    return {"name": label, "query": query,
            "programs": {p.name: {"found": p.count(query), "median_ms": statistics.median(times[p.name]) * 1000} for p in programs}}


def profile(genchi):
    """The five costliest functions of an import, or the reason why there are none."""
    if not shutil.which("perf"):
        return None, "perf is missing: apt-get install linux-perf"
    data, folder = os.path.join(genchi.scratch, "perf.data"), os.path.join(genchi.scratch, "profiled")
    recorded = subprocess.run(["perf", "record", "-q", "-F", "499", "-o", data, *genchi.import_command(folder)], env=genchi.environment,
                              stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    shutil.rmtree(folder, ignore_errors=True)
    if not os.path.exists(data) or not os.path.getsize(data):
        return None, "perf may not record here (sysctl kernel.perf_event_paranoid=1, or run as root):\n" + recorded.stderr[-500:]
    report = subprocess.run(["perf", "report", "-i", data, "--stdio", "-q", "--no-children", "--sort", "dso,symbol"],
                            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout
    shares = {}
    for share, where, what in re.findall(r"(?m)^\s*([\d.]+)%\s+(\S+)\s+\[[.k]\]\s+(.*?)\s*$", report):
        # Stripped libraries show bare addresses: what is not exported is taken together.
        # Behind the name may stand further columns that are empty.
        key = where, "(functions without symbols)" if what.startswith("0x") else re.split(r"\s{2,}", what)[0]
        shares[key] = shares.get(key, 0) + float(share)
    top = sorted(shares.items(), key=lambda item: -item[1])[:5]
    return [{"percent": share, "object": where, "function": what} for (where, what), share in top], None


def findings_of(info, receipts, again, searches):
    """What genchi lost, doubled or missed."""
    expected = {"read": info["messages"], "new": info["messages"], "known": 0, "set_aside": 0}
    for receipt in receipts:
        if receipt != expected:
            yield f"{info['messages']} messages were made, but the import says {receipt}"
    if (again["read"], again["new"]) != (info["messages"], 0):
        yield f"importing again says {again}"
    found = searches[0]["programs"]["genchi"]["found"]
    if found != info["rare_count"]:
        yield f"the rare word is in {info['rare_count']} messages, found were {found}"


def measure(options, info):
    genchi = Genchi(options.files, options.scratch, options.genchi)
    peers = [PEERS[name](options.peer_files, options.scratch) for name in options.peers]
    programs = [genchi, *peers]
    for path in {options.files, options.peer_files} if peers else {options.files}:
        read_through(path)
    rounds = take_in_by_turns(programs, options.rounds)
    again, output = genchi.run(genchi.import_command(genchi.folder), (0, 3))
    again["receipt"] = genchi.receipt(output)
    asked = CHAT_SEARCHES if info["layout"] == "line-zip" else MAIL_SEARCHES
    searches = [search_by_turns(programs, *pair) for pair in (("rare word", info["rare_word"]), *asked)]
    report = {
        "corpus": {key: info[key] for key in ("layout", "seed", "messages", "text_bytes", "file_bytes")},
        "programs": {p.name: summary(p, rounds[p.name]) for p in programs},
        "ratios": {p.name: ratios(rounds["genchi"], rounds[p.name]) for p in peers},
        "import_again": again,
        "searches": searches,
    }
    if options.perf:
        report["profile"], report["profile_missing"] = profile(genchi)
    report["findings"] = list(findings_of(info, [r["receipt"] for r in rounds["genchi"]], again["receipt"], searches))
    return report


# --- the table -------------------------------------------------------------------------------------------------------

def print_table(report):
    corpus, programs = report["corpus"], report["programs"]
    names, peers = list(programs), list(report["ratios"])
    medians = {name: programs[name]["median"] for name in names}
    rounds = len(programs["genchi"]["rounds"])
    text = max(corpus["text_bytes"], 1)

    def line(label, cells, quotients=(), remark=""):
        print(f"{label:<24}" + "".join(f"{cell:>16}" for cell in [*cells, *quotients]).rstrip() + remark)

    def row(label, key, scale, form="{:,.1f}"):
        cells = [form.format(medians[name][key] / scale) if key in medians[name] else "-" for name in names]
        line(label, cells, [f"{report['ratios'][peer][key]['median']:.2f}" for peer in peers if key in RATIOS])

    print(f"{corpus['messages']:,} messages ({corpus['layout']}), {corpus['text_bytes']:,} bytes of text; "
          + (f"medians of {rounds} rounds in turn" if rounds > 1 else "one round"))
    line("", [f"{name} {programs[name]['version']}" for name in names], [f"genchi:{peer}" for peer in peers])
    row("CPU, s", "cpu_seconds", 1, "{:,.2f}")
    if rounds > 1 and peers:
        spread = [report["ratios"][peer]["cpu_seconds"] for peer in peers]
        line("  of single rounds", [""] * len(names), [f"{s['lowest']:.2f} – {s['highest']:.2f}" for s in spread])
    line("messages / CPU second", [f"{corpus['messages'] / max(medians[name]['cpu_seconds'], 1e-6):,.0f}" for name in names])
    row("wall, s", "wall_seconds", 1, "{:,.2f}")
    row("peak memory, MB", "peak_mb", 1, "{:,.0f}")
    row("index, MB", "index_bytes", MEGABYTE)
    row("archive beside it, MB", "archive_bytes", MEGABYTE)
    line("index / text", [f"{medians[name]['index_bytes'] / text:.2f}" for name in names])
    line("all / text", [f"{(medians[name]['index_bytes'] + medians[name].get('archive_bytes', 0)) / text:.2f}" for name in names])
    again = report["import_again"]
    line("again: CPU, s", [f"{again['cpu_seconds']:.2f}"])
    print()
    line("search", [part for name in names for part in (f"{name}: found", "ms")])
    for search in report["searches"]:
        found = [search["programs"][name] for name in names]
        line(search["name"], [part for one in found for part in (f"{one['found']:,}", f"{one['median_ms']:.1f}")],
             remark=f"   {search['query']}")
    if report.get("profile_missing"):
        print(report["profile_missing"])
    for part in report.get("profile") or []:
        line("profile", [f"{part['percent']:.1f} %"], remark=f"   {part['object']}  {part['function'][:90]}")


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--genchi", required=True, help="the program")
    parser.add_argument("--info", required=True, help="what the generator printed")
    parser.add_argument("--files", required=True, help="what genchi imports")
    parser.add_argument("--peer-files", default="", help="the Maildir of the same mails for the peers")
    parser.add_argument("--peers", nargs="*", default=[], choices=PEERS)
    parser.add_argument("--scratch", required=True, help="an empty folder")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--perf", action="store_true")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def main():
    options = parse_arguments()
    with open(options.info) as file:
        info = json.load(file)
    try:
        report = measure(options, info)
    except Failure as failure:
        sys.exit(f"bench: {failure}")
    if options.json:
        print(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        print_table(report)
    for finding in report["findings"]:
        print(f"bench: {finding}", file=sys.stderr)
    sys.exit(1 if report["findings"] else 0)


if __name__ == "__main__":
    main()
