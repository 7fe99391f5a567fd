"""How well deduplication decides: pairs labelled by rules, edits, hard negatives, digests, corrections, streams.

    python tests/benchmarks/dedupe_quality.py [--stories 1500] [--seed 1]

The corpora lie beside the repository in `shared/corpora` and never enter it. The thresholds were chosen on Reuters
and AP copy; the edits are of other text (bulk news in several languages, newswire of fifty countries). Every pair
goes through the whole judge: look-up, rule, verdict. *Merged* = suppressed or linked into one cluster.
"""

from __future__ import annotations

import argparse
import collections
import pathlib
import random
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import edits  # noqa: E402
import wire_corpora  # noqa: E402

from worker.dedupe import Judge, JudgeConfig, fingerprint  # noqa: E402

CORPORA = ROOT / "../shared/corpora"
HOUR = 3600
SHORT, LONG = 60, 120


def merged(judge, stories):
    """Verdicts on stories in sequence, as (merged, suppressed, kind)."""
    out = []
    for claim, verdict in zip(stories, judge.decide(stories), strict=True):
        joined = bool(verdict.duplicate_of) or verdict.relation.cluster != claim.uri
        out.append(
            (
                joined,
                bool(verdict.duplicate_of),
                verdict.evidence.kind if verdict.evidence else verdict.relation.relation,
            )
        )
    return out


def size_of(words):
    return "<60" if words < SHORT else "60-119" if words < LONG else ">=120"


class Table:
    """Counts by kind and length."""

    def __init__(self):
        self.counts = collections.defaultdict(lambda: [0, 0])

    def add(self, kind, words, hit):
        for key in ((kind, size_of(words)), (kind, "all"), ("all", size_of(words)), ("all", "all")):
            self.counts[key][0] += hit
            self.counts[key][1] += 1

    def show(self, title):
        print(f"\n{title}")
        columns = ("all", "<60", "60-119", ">=120")
        print(f"  {'':22}" + "".join(f"{c:>18}" for c in columns))
        for kind in sorted({k for k, _ in self.counts}, key=lambda k: (k == "all", k)):
            cells = []
            for column in columns:
                hit, count = self.counts.get((kind, column), (0, 0))
                cells.append(f"{hit}/{count} {hit / count:.3f}" if count else "-")
            print(f"  {kind:22}" + "".join(f"{c:>18}" for c in cells))

    def share(self, kind="all"):
        hit, count = self.counts[kind, "all"]
        return hit / max(1, count)


def distinct(count, seed):
    """Stories of other text than the thresholds were chosen on, none a telling of another."""
    pool = wire_corpora.other_text(CORPORA)
    random.Random(seed).shuffle(pool)
    chosen, judge = [], Judge()
    for number, (head, paragraphs) in enumerate(pool):
        if len(" ".join(paragraphs).split()) < 25:
            continue
        claim = fingerprint([(wire_corpora.story(f"urn:x:{number}", head, paragraphs), 0)])
        if not merged(judge, claim)[0][0]:
            chosen.append((head, paragraphs))
        if len(chosen) == count:
            break
    return chosen


def pair(first, second, gap_s=HOUR):
    """Both stories through a fresh judge."""
    at = wire_corpora.START
    return fingerprint(
        [
            (wire_corpora.story("urn:x:first", *first, at=at), (at + 60) * 1000),
            (wire_corpora.story("urn:x:second", *second, at=at + gap_s, source="other"), (at + gap_s + 60) * 1000),
        ]
    )


def edited(stories, seed):
    recall, suppressed = Table(), 0
    for n, story in enumerate(stories):
        for name, edit in edits.EDITS.items():
            rng = random.Random(f"{seed}/{n}/{name}")
            first = edits.shortened(rng, *story) if name == "extended" else story
            claims = pair(first, edit(rng, story[0], list(story[1])))
            recall.add(name, min(c.words for c in claims), merged(Judge(), claims)[1][0])
    recall.show("Edits of other text: recall (merged / all), by words of the shorter text")
    fixed = Table()
    for n, story in enumerate(stories):
        claims = pair(story, edits.corrected(random.Random(f"{seed}/{n}/c"), *story))
        joined, dropped, _ = merged(Judge(), claims)[1]
        fixed.add("linked", claims[0].words, joined)
        suppressed += dropped
    fixed.show(f"Corrections: linked; suppressed: {suppressed}")
    return recall.share(), suppressed


def negatives(stories, seed):
    wrong, mix = Table(), collections.Counter()
    for n, story in enumerate(stories):
        rng = random.Random(f"{seed}/{n}/negative")
        made = {
            "numbers_changed": edits.numbers_changed(rng, *story),
            "company_swapped": edits.company_swapped(rng, *story),
            "follow_up": edits.follow_up(rng, *story, stories[(n + 1) % len(stories)]),
        }
        for name, other in made.items():
            if other is None:
                continue
            claims = pair(story, other, rng.randint(1, 60) * HOUR)
            wrong.add(name, min(c.words for c in claims), merged(Judge(), claims)[1][0])
            mix[name] += 1
    for n in range(0, len(stories) - 6, 3):
        rng = random.Random(f"{seed}/{n}/digest")
        items = stories[n : n + rng.randint(2, 6)]
        whole = edits.digest(rng, items)
        for name, order in (
            ("digest after its item", (items[0], whole)),
            ("item after its digest", (whole, rng.choice(items))),
        ):
            claims = pair(*order)
            wrong.add(name, min(c.words for c in claims), merged(Judge(), claims)[1][0])
            mix[name] += 1
    wrong.show("Hard negatives merged")
    print("  mix:", dict(mix))
    return wrong.share()


def labelled():
    """The pairs labelled by rules: by the rule alone, with and without the window."""
    stories, pairs = wire_corpora.labelled(CORPORA)
    print("\nPairs of Reuters and AP labelled by rules (noisy): merged / all")
    for hours in (72, 10**5):
        table, confusion = Table(), collections.Counter()
        config = JudgeConfig(window_hours=hours)
        for one in pairs:
            claims = fingerprint([(stories[one["a"]], 0), (stories[one["b"]], 0)])
            joined, _, _ = merged(Judge(config), claims)[1]
            table.add(one["label"], min(c.words for c in claims), joined)
            confusion[one["label"] not in ("not_dup", "contained_in_roundup"), joined] += 1
        table.show("window 72 h" if hours == 72 else "no window")
        scores(confusion)


def scores(confusion):
    right, wrong, missed = confusion[True, True], confusion[False, True], confusion[True, False]
    precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    print(f"  precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}")


def streams():
    """Reuters and AP in the order of their time through one judge: what is published, suppressed, linked."""
    for name, stories in wire_corpora.streams(CORPORA).items():
        claims = fingerprint([(s, 0) for s in stories])
        tally = collections.Counter(kind for _, _, kind in merged(Judge(), claims))
        print(f"\nStream {name}, {len(claims)} stories: {dict(tally.most_common())}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stories", type=int, default=1500)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    if not CORPORA.is_dir():
        print(f"{CORPORA} is absent: nothing to measure with")
        return
    labelled()
    streams()
    stories = distinct(args.stories, args.seed)
    recall, suppressed = edited(stories, args.seed)
    wrong = negatives(stories, args.seed)
    print(f"\nrecall on edits         {recall:.3f}  (want >= .95)")
    print(f"hard negatives merged   {wrong:.4f} (want <= .005)")
    print(f"corrections suppressed  {suppressed}      (want 0)")


if __name__ == "__main__":
    main()
