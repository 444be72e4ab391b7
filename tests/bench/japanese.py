"""Japanese sentences from documentation installed on this machine, for the generators beside this file."""
import gzip
import html
import os
import re
import subprocess
import sys

# Debian packages of Japanese prose, taken when --sentences is not given.
PACKAGES = ("aptitude-doc-ja", "debian-faq-ja", "debian-policy-ja", "debian-reference-ja", "developers-reference-ja",
            "maint-guide-ja", "manpages-ja", "manpages-ja-dev")

JAPANESE = re.compile(r"[\u3041-\u30ff\u3400-\u9fff々〆ー]")
HIRAGANA = re.compile(r"[\u3041-\u3096]")
RARE_WORD = "蜻蛉玉"  # put into RARE_COUNT messages, so that a search for it has a known answer
RARE_COUNT = 3

# Names of invented people, and how they write them in addresses.
SURNAMES = (("田中", "tanaka"), ("鈴木", "suzuki"), ("高橋", "takahashi"), ("渡辺", "watanabe"), ("伊藤", "ito"), ("山本", "yamamoto"),
            ("中村", "nakamura"), ("小林", "kobayashi"), ("加藤", "kato"), ("吉田", "yoshida"), ("山田", "yamada"), ("佐々木", "sasaki"),
            ("松本", "matsumoto"), ("井上", "inoue"), ("木村", "kimura"), ("林", "hayashi"), ("斎藤", "saito"), ("森", "mori"))
GIVEN = (("健一", "kenichi"), ("美咲", "misaki"), ("直樹", "naoki"), ("陽子", "yoko"), ("大輔", "daisuke"), ("さくら", "sakura"),
         ("誠", "makoto"), ("由美", "yumi"), ("翔太", "shota"), ("恵", "megumi"))

HTML_DROPPED = re.compile(r"(?is)<(script|style|pre|head)\b.*?</\1\s*>|<!--.*?-->")
HTML_BLOCK = re.compile(r"(?i)</?(?:p|div|h[1-6]|li|ul|ol|dl|dt|dd|td|th|tr|table|section|blockquote|br)\b[^>]*>")
HTML_TAG = re.compile(r"<[^>]*>")
ROFF_FONT_LINE = re.compile(r"^\.\s*(?:B|I|R|BI|BR|IB|IR|RB|RI|SM|SB)\s+(.*)$")
ROFF_ESCAPES = ((re.compile(r"\\f(?:\[[^]]*\]|\(..|.)"), ""), (re.compile(r"\\s[-+]?\d"), ""), (re.compile(r'\\".*'), ""),
                (re.compile(r"\\\*?\((?:lq|rq)"), '"'), (re.compile(r"\\-|\\\(hy"), "-"), (re.compile(r"\\[ ~]"), " "),
                (re.compile(r"\\\*?(?:\[[^]]*\]|\(..)"), ""), (re.compile(r"\\e"), r"\\"), (re.compile(r"\\[&^|%/,:]"), ""))


def html_paragraphs(text):
    text = HTML_BLOCK.sub("\0", HTML_DROPPED.sub("\0", text))
    return html.unescape(HTML_TAG.sub("", text)).split("\0")


def roff_paragraphs(text):
    paragraph = []
    for line in text.split("\n"):
        font = ROFF_FONT_LINE.match(line)
        if font:
            line = font.group(1).replace('"', "")
        elif line.startswith((".", "'")) or not line.strip():
            yield "\n".join(paragraph)
            paragraph = []
            continue
        for pattern, replacement in ROFF_ESCAPES:
            line = pattern.sub(replacement, line)
        paragraph.append(line)
    yield "\n".join(paragraph)


def is_usable(sentence):
    if not 10 <= len(sentence) <= 120 or "\ufffd" in sentence or not HIRAGANA.search(sentence):
        return False
    return len(JAPANESE.findall(sentence)) >= 0.7 * len(sentence)


def sentences_of(path):
    opener = gzip.open if path.endswith(".gz") else open
    with opener(path, "rb") as file:
        text = file.read().decode("utf-8", "replace")
    name = path[:-3] if path.endswith(".gz") else path
    if re.search(r"\.html?$", name):
        paragraphs = html_paragraphs(text)
    elif re.search(r"\.[1-8][a-z]*$", name):
        paragraphs = roff_paragraphs(text)
    else:
        paragraphs = re.split(r"\n\s*\n", text)
    for paragraph in paragraphs:
        # Lines are joined as Japanese is: without a blank between two Japanese characters.
        joined = re.sub(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])", "", " ".join(paragraph.split()))
        for piece in re.findall(r"[^。]*。", joined):
            sentence = piece.strip()
            if is_usable(sentence):
                yield sentence


def package_files():
    try:
        listed = subprocess.run(["dpkg", "-L", *PACKAGES], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout
    except FileNotFoundError:
        return []
    return [path for path in listed.split("\n") if re.search(r"\.html$|/man/ja/.*\.gz$", path) and os.path.isfile(path)]


def files_under(path):
    if not os.path.isdir(path):
        return [path]
    return [os.path.join(folder, name) for folder, _, names in os.walk(path) for name in names
            if re.search(r"\.(html?|txt|[1-8][a-z]*)(\.gz)?$", name)]


def sentences_from(sources):
    """All sentences once, in a fixed order: of the files and folders named, else of the packages; ends the program if none."""
    files = [file for source in sources for file in files_under(source)] if sources else package_files()
    sentences = list(dict.fromkeys(s for file in sorted(set(files)) for s in sentences_of(file)))
    if not sentences:
        sys.exit("no Japanese sentences found. Install " + " ".join(PACKAGES) + "\n"
                 "(a machine set up without documentation leaves it out: see /etc/dpkg/dpkg.cfg.d), or give --sentences.")
    return sentences


def rare_places(count):
    """Which of `count` messages hold the rare word."""
    return {count * (2 * k + 1) // (2 * RARE_COUNT) for k in range(min(RARE_COUNT, count))}
