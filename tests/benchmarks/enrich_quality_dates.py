"""Dates: normalised value F1 on German news (KRAUTS), tuned on one half, reported on both.

    python tests/benchmarks/enrich_quality_dates.py [--errors]

Gold: every DATE and TIME with a calendar value (times cut to their day, week-ends and halves to intervals). Vague
references (now, formerly), clock times without a day ("20 Uhr"), durations and sets ("every day") are no calendar
dates: not gold, and what is found there is not right (within a duration, as in "vor zwei Jahren", it is not
counted: the corpus marks the resolved date of those beside the text). A hit is a found date that overlaps a gold
one and has its value.
"""

from __future__ import annotations

import collections
import datetime as dt
import gzip
import json
import pathlib
import re
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
from worker.enrich.dates import dates  # noqa: E402

CORPUS = ROOT / "../shared/corpora/timex_krauts_de.jsonl.gz"
CLOCK = re.compile(r"T\d")
SEASONS = {"SP": ("03", "05"), "SU": ("06", "08"), "FA": ("09", "11"), "WI": ("12", "02")}


def plain(value):
    """The corpus's value as ISO 8601; "" when it is none."""
    value = value.strip().replace("_", "-")
    if m := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value):
        first, last = SEASONS[m[2]]
        return f"{m[1]}-{first}/{int(m[1]) + (m[2] == 'WI')}-{last}"
    if re.fullmatch(r"\d{3}", value):
        return f"{value}0/{value}9"
    if re.fullmatch(r"\d{4}-\d\d-\d\dT.*", value):
        value = value[:10]
    if m := re.fullmatch(r"(\d{4})-W(\d\d)-WE", value):
        saturday = dt.date.fromisocalendar(int(m[1]), int(m[2]), 6)
        return f"{saturday}/{saturday + dt.timedelta(days=1)}"
    if m := re.fullmatch(r"(\d{4})-H([12])", value):
        return f"{m[1]}-01/{m[1]}-06" if m[2] == "1" else f"{m[1]}-07/{m[1]}-12"
    return value if re.fullmatch(r"\d{4}(-\d\d(-\d\d)?|-W\d\d|-Q[1-4])?|\d{2}|.*/.*", value) else ""


def articles(*, strict=False):
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        for line in lines:
            doc = json.loads(line)
            marks = doc["timex"] if isinstance(doc["timex"], list) else json.loads(doc["timex"].replace("'", '"'))
            gold = [
                (m["start"], m["end"], plain(m["value"]))
                for m in marks
                if m["type"] in ("DATE", "TIME") and m["text"] and (strict or not CLOCK.search(m["value"]))
            ]
            aside = [(m["start"], m["end"]) for m in marks if m["type"] == "DURATION"]
            yield doc, [g for g in gold if g[2]], [] if strict else aside


def measure(name, docs, errors=None):
    gold = found = right = 0
    seconds, chars = 0.0, 0
    for doc, marks, aside in docs:
        began = time.perf_counter()
        ours = dates(doc["text"], "de", dt.date.fromisoformat(doc["dct"]))
        ours = [o for o in ours if not any(a < o.end and o.start < b for a, b in aside)]
        seconds += time.perf_counter() - began
        chars += len(doc["text"])
        gold, found = gold + len(marks), found + len(ours)
        left = list(marks)
        for one in ours:
            hit = next((m for m in left if m[0] < one.end and one.start < m[1] and m[2] == one.value), None)
            if hit:
                right += 1
                left.remove(hit)
            elif errors is not None:
                near = next((m for m in marks if m[0] < one.end and one.start < m[1]), None)
                errors[("value" if near else "extra"), one.text, one.value, near and near[2], doc["dct"]] += 1
        if errors is not None:
            for m in left:
                if not any(o.start < m[1] and m[0] < o.end for o in ours):
                    errors["missed", doc["text"][m[0] : m[1]], "", m[2], doc["dct"]] += 1
    precision, recall = right / found, right / gold
    f1 = 2 * precision * recall / (precision + recall)
    print(
        f"{name:18s} gold {gold:4d} found {found:4d}  P {precision:.3f} R {recall:.3f} F1 {f1:.3f}   "
        f"{seconds / chars * 3e9:.0f} µs per 3,000 characters"
    )
    return f1


def main():
    docs = list(articles())
    errors = collections.Counter() if "--errors" in sys.argv else None
    measure("tuned on (even)", docs[::2], errors)
    measure("held out (odd)", docs[1::2])
    measure("all", docs)
    measure("all, strict", list(articles(strict=True)))  # clock times are gold too, and nothing found is left aside
    for error, count in (errors or {}).items():
        print(count, *error, sep=" | ")


if __name__ == "__main__":
    main()
