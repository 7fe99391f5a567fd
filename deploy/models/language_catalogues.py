"""Gather sentences from message catalogues, for deploy/models/train_language.py: one jsonl.gz with lang, text.

    python deploy/models/language_catalogues.py OUT FOLDER…

FOLDER  where packages of free programs were unpacked: gettext's `LANG/**/*.mo`, MediaWiki's `i18n/**/LANG.json`,
        Mozilla's `langpack-LANG@*.xpi`, any of them. The names of the packages are in deploy/models/README.md.

The programs' translators write correct, present-day language with great care for what tells it from its kin, which
neither letter n-grams of the web nor automatically labelled sentences do.
"""

from __future__ import annotations

import collections
import gettext
import gzip
import json
import pathlib
import random
import re
import sys
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST, SEED = 40_000, 7
SHARED = 2  # a message of more languages than that is names and codes
NAMES = {"no": "nb", "sr@latin": "sr", "sr@Latn": "sr", "sr-el": "sr", "sr-ec": "sr", "zh": "", "en": "", "pt": "pt"}
MO = re.compile(r"/([a-z]{2,3}(?:[-_][A-Z]{2})?(?:@[a-z]+)?)(?:/LC_MESSAGES|\.mo$)|/resource/([a-z]{2}(?:@latin)?)/")
JUNK = re.compile(
    r"<[^>]*>|\{\{[^}]*\}\}|\{[^}]*\}|\[\[[^\]|]*\||%\(?\w*\)?[-#0-9.]*[a-zA-Z]|\$\w+|&\w*;|https?\S+|\S+@\S+"
    r"|\S*[/\\_=]\S*|[\[\]'\"*«»„“”|]+|--\S+"
)


def main() -> None:
    found: dict[str, dict[str, None]] = collections.defaultdict(dict)
    for folder in sys.argv[2:]:
        for path in sorted(pathlib.Path(folder).rglob("*")):
            for lang, text in messages(path):
                text = " ".join(JUNK.sub(" ", text.replace("&", "").replace("_", "")).split())
                if len(re.findall(r"[^\W\d_]{2,}", text)) >= 3:
                    found[lang].setdefault(text)
    langs_of = collections.Counter(text for texts in found.values() for text in texts)
    rng = random.Random(SEED)
    with gzip.open(sys.argv[1], "wt", encoding="utf-8") as out:
        for lang, texts in sorted(found.items()):
            own = [text for text in texts if langs_of[text] <= SHARED]
            rng.shuffle(own)
            print(lang, len(own), file=sys.stderr)
            for text in own[:MOST]:
                print(json.dumps({"lang": lang, "text": text}, ensure_ascii=False), file=out)


def code(name: str) -> str:
    """The language of a catalogue's name; "" where its members differ too much to be of use."""
    if name in NAMES:
        return NAMES[name]
    return "" if "@" in name else re.split("[-_]", name)[0]


def messages(path: pathlib.Path) -> Iterator[tuple[str, str]]:
    if path.suffix == ".mo" and (match := MO.search(str(path))) and code(match[1] or match[2]):
        try:
            with path.open("rb") as file:
                catalogue = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
        except (OSError, ValueError, LookupError):
            return
        yield from ((code(match[1] or match[2]), text) for key, text in catalogue.items() if key and text != key)
    elif path.suffix == ".json" and "i18n" in str(path) and re.fullmatch("[a-z]{2,3}|sr-e[cl]", path.stem):
        try:
            content = json.loads(path.read_text(encoding="utf-8-sig"))
        except ValueError:
            return
        if isinstance(content, dict):
            yield from ((code(path.stem), text) for text in content.values() if isinstance(text, str))
    elif path.suffix == ".xpi":
        name = path.name.removeprefix("langpack-").split("@")[0]
        with zipfile.ZipFile(path) as pack:
            for part in pack.namelist():
                if part.endswith((".properties", ".ftl")):
                    for line in pack.read(part).decode("utf-8", "replace").splitlines():
                        if "=" in line and not line.startswith("#"):
                            yield code(name), line.split("=", 1)[1]


if __name__ == "__main__":
    main()
