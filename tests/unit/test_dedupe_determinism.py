"""The judge is a pure function of the sequence of claims."""

import random
import zlib

import dedupe_kit
import pytest
from dedupe_kit import HOUR, START, Plain, headline, instant, story, text

from worker.dedupe import Judge, JudgeConfig, candidates, fingerprint, part
from worker.story import Relation, Target


def traffic(seed, count, days=9.0):
    """A feed with everything in it: copies, edits, versions out of order, kills, takes, embargoes, templates, late
    stories, undated ones, reused ids.
    """
    rng = random.Random(seed)
    template = text(rng, 90, 0)
    out, past = [], []
    for n in range(count):
        at = START + int(n * days * 86400 / count) + rng.randint(-HOUR, HOUR)
        fields = {"at": at, "source": rng.choice(("one", "two", "three"))}
        uri, head, body = f"urn:x:{n}", headline(rng), text(rng, rng.choice((0, 30, 60, 150)))
        kind = rng.random()
        if past and kind < 0.75:
            old_uri, head, body, old_at = rng.choice(past[-60:])
            if kind < 0.1:
                uri = f"urn:wire:text:{zlib.crc32((head + body).encode())}"
            elif kind < 0.25:
                body = body[: int(len(body) * rng.uniform(0.4, 0.95))]
            elif kind < 0.35:
                body = f"{body} {text(rng, 80)}"
            elif kind < 0.5:
                uri, fields["version"] = old_uri, str(rng.randint(1, 6))
                body = body.replace(rng.choice(body.split() or ["x"]), "zuzu")
                fields["first_created"] = instant(old_at if rng.random() < 0.8 else at)
            elif kind < 0.55:
                uri, fields["status"], fields["version"] = old_uri, "canceled", str(rng.randint(1, 6))
            elif kind < 0.58:
                target = Target(uri=old_uri) if rng.random() < 0.5 else Target(headline=head)
                fields |= {"signals": ["kill"], "relation": Relation(targets=(target,))}
            elif kind < 0.63:
                fields["signals"] = [rng.choice(("correction", "repeat", "update", "embargo"))]
                fields["slugline"] = f"Slug{n % 7}, {rng.randint(1, 3)}nd Ld-Writethru, a0{n % 99:03d}"
            elif kind < 0.67:
                fields |= {"slugline": f"Slug{n % 7}", "take": rng.randint(1, 3)}
            elif kind < 0.7:
                fields["status"] = "withheld"
                fields["embargoed_until"] = instant(at + 7200 if rng.random() < 0.5 else 0)
        elif kind < 0.9:
            head, body = f"Notice {n % 5} {head}", template + f" {rng.randint(1, 99)} kanu {rng.randint(1, 99)} tovi"
        if rng.random() < 0.05:
            fields["at"] -= rng.randint(1, 6) * 86400
        record_ms = (at + 60) * 1000 if rng.random() < 0.9 else 0
        if rng.random() < 0.05:
            fields["at"] = 0
        again = out[-rng.randint(1, 40)] if len(out) > 40 and rng.random() < 0.06 else None
        out.append(again or (story(uri, head, body, **fields), record_ms))
        past.append((uri, head, body, fields["at"] or at))
    return fingerprint(out)


def in_splits(claims, rng, most, restarts=0.0, config=None):
    """Verdicts of a judge that gets the claims in random batches and is rebuilt from its entries now and then."""
    judge, entries, out, at = Judge(config), [], [], 0
    while at < len(claims):
        size = rng.randint(1, most)
        out += judge.decide(claims[at : at + size])
        entries.append(judge.entries())
        at += size
        if rng.random() < restarts:
            judge = Judge(config)
            if rng.random() < 0.5:
                judge.load(entries)
            else:
                for one in entries:
                    judge.apply(one)
    return out


@pytest.mark.parametrize("seed", range(2))
def test_the_same_sequence_gives_the_same_verdicts_however_it_is_cut_and_restarted(seed):
    claims = traffic(seed, 450)
    wanted = Judge().decide(claims)
    kinds = {v.evidence.kind if v.evidence else v.relation.relation for v in wanted}
    assert kinds >= {
        "same-id",
        "exact",
        "near",
        "contained",
        "stale",
        "original",
        "update",
        "correction",
        "extends",
        "kill",
    }
    rng = random.Random(seed)
    assert in_splits(claims[:150], rng, 1) == wanted[:150]
    for most, restarts in ((30, 0.1), (300, 0.5)):
        assert in_splits(claims, rng, most, restarts) == wanted


def test_the_verdicts_are_those_of_a_judge_that_looks_at_every_story():
    claims = traffic(3, 260)
    assert Judge().decide(claims) == Plain().decide(claims)


def test_windows_of_sources_and_a_short_memory_change_nothing_about_it():
    config = JudgeConfig(window_hours=24, window_by_source={"two": 6}, identity_days=3)
    claims = traffic(11, 200)
    wanted = Plain(config).decide(claims)
    assert in_splits(claims, random.Random(1), 50, 0.2, config) == wanted


def test_hot_keys_and_crowds_of_candidates_do_not_depend_on_batches(monkeypatch):
    """Notices of one template, all different, more than the limits allow, and a copy of each."""
    for module in (candidates, part, dedupe_kit):
        monkeypatch.setattr(module, "HOT", 12)
        monkeypatch.setattr(module, "CANDIDATES_MAX", 5)
    rng = random.Random(5)
    body = text(rng, 110, 0)
    stories = []
    for n in range(40):
        numbers = " ".join(f"{rng.randint(1, 10**6)} {word}" for word in ("kanu", "tovi", "remo", "sabu"))
        one = story(f"urn:x:{n}", headline(rng), f"{body} {numbers}", at=START + n)
        stories += [one, story(f"urn:y:{n}", one.headlines[0].value, f"{body}  {numbers}", at=START + n, source="two")]
    rng.shuffle(stories)
    claims = fingerprint([(s, 0) for s in stories])
    wanted = Plain().decide(claims)
    assert Judge().decide(claims) == wanted
    assert in_splits(claims, rng, 30, 0.2) == wanted
    assert sum(not v.duplicate_of for v in wanted) == 40, "a copy is found in whatever crowd"
