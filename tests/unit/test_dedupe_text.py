"""Which texts are one story."""

import random

import msgspec
import pytest
from dedupe_kit import HOUR, START, headline, story, text
from hypothesis import given, settings
from hypothesis import strategies as st

from worker.dedupe import Judge, JudgeConfig, fingerprint
from worker.dedupe.explain import explain
from worker.dedupe.fingerprint import CONTENT_URI
from worker.judging import Judging
from worker.normalise.identity import CONTENT_PREFIX
from worker.story import Candidate, Duplicate

RNG = random.Random(3)
HEAD, BODY = headline(RNG), text(RNG, 200)
DAY = 24 * HOUR


def judged(*stories, config=None):
    claims = fingerprint([(s, 0) for s in stories])
    return [v.evidence.kind if v.evidence else v.relation.relation for v in Judge(config).decide(claims)]


def pair(first, second, gap=HOUR, **fields):
    """What the second (headline, body) is after the first."""
    one = story("urn:a:1", *first, at=START)
    return judged(one, story("urn:b:1", *second, at=START + gap, source="other", **fields))[1]


def test_white_space_case_and_typography_do_not_count():
    body = BODY.replace("\n\n", "\n").replace(" ", "  ").upper()
    assert pair((HEAD, BODY), (HEAD.upper(), body)) == "exact"


def test_a_word_exchanged_is_near_a_cut_is_contained_and_a_longer_one_is_published():
    words = BODY.split(" ")
    assert pair((HEAD, BODY), (HEAD, " ".join([*words[:50], "zuzu", *words[51:]]))) == "near"
    assert pair((HEAD, BODY), (HEAD, " ".join(words[:90]))) == "contained"
    assert pair((HEAD, " ".join(words[:90])), (HEAD, BODY)) == "extends"


def test_what_grew_is_called_as_it_calls_itself():
    words = BODY.split(" ")
    before = (HEAD, " ".join(words[:90]))
    assert pair(before, (HEAD, BODY)) == "extends"
    assert pair(before, (HEAD, BODY), signals=["update"]) == "update"


def test_a_template_with_other_figures_is_another_notice():
    rng = random.Random(9)
    notice = text(rng, 90, 0)

    def figures():
        return ". ".join(f"{word} {rng.randint(100, 999)} {word}" for word in notice.split()[:12])

    assert pair((HEAD, f"{notice} {figures()}"), (HEAD, f"{notice} {figures()}")) == "original"


def test_the_same_body_under_another_short_headline_is_another_notice():
    body = "Declared a dividend of 12 cents, payable on March 15 to holders of record of March 1."
    assert pair(("Tovi Works declares dividend", body), ("Kanu Mining declares dividend", body)) == "original"


def test_a_headline_that_says_corrected_is_a_correction_even_of_the_same_text():
    assert pair((HEAD, BODY), (f"CORRECTED-{HEAD}", BODY)) == "correction"
    assert pair((HEAD, BODY), (f"CORRECTED-{HEAD}", BODY.replace(BODY.split()[40], "1999"))) == "correction"


def test_a_correction_corrected_again_is_published_and_the_same_correction_again_is_not():
    first = f"The firm paid 41 euros a share and 7 on top. {BODY}"
    assert pair((f"CORRECTED-{HEAD}", first), (f"CORRECTED-{HEAD}", first.replace("41", "43"))) == "correction"
    assert pair((f"CORRECTED-{HEAD}", first), (f"CORRECTED-{HEAD}", f"{first} (Reporting by Ida Brandt)")) == "near"


@pytest.mark.parametrize("title", ["News in brief", "World at a glance", "Kurzmeldungen", "En bref"])
def test_a_digest_neither_swallows_its_items_nor_is_swallowed(title):
    items = [text(RNG, 80) for _ in range(4)]
    digest = "\n\n".join(items)
    for item in items:
        assert pair((title, digest), (headline(RNG), item)) == "original"
        assert pair((headline(RNG), item), (title, digest)) == "original"
    assert pair((title, digest), (title, digest + " zuzu")) == "near", "the same digest again is the same"


def test_a_digest_is_known_by_its_datelines_too():
    items = [f"{place} (Agency) - {text(RNG, 70)}" for place in ("NEW TOWN", "LAKESIDE", "PORTVILLE")]
    digest = "\n\n".join(items)
    assert pair((HEAD, digest), (HEAD, items[0])) == "original"


def test_alerts_are_judged_by_headline_and_time_and_never_by_their_emptiness():
    alert = "Tovi bank cuts key rate to 3 percent"
    assert pair((alert, ""), (alert.upper(), "")) == "exact"
    assert pair((alert, ""), (alert, ""), gap=2 * DAY) == "original"
    assert pair((alert, ""), (alert.replace("3", "4"), "")) == "original"
    assert pair((alert, ""), ("Kanu bank raises key rate to 5 percent", "")) == "original"
    assert pair(("Urgent", ""), ("Urgent", "")) == "original", "a word says nothing"
    assert pair(("", ""), ("", "")) == "original"


def test_a_notice_comes_again_when_its_window_has_passed():
    short = "The ferry to Kanu island does not sail today because of the storm, the harbour office said."
    assert pair((HEAD, BODY), (HEAD, BODY), gap=71 * HOUR) == "exact"
    assert pair((HEAD, BODY), (HEAD, BODY), gap=73 * HOUR) == "original"
    assert pair((HEAD, short), (HEAD, short + " Zuzu."), gap=23 * HOUR) == "near"
    assert pair((HEAD, short), (HEAD, short + " Zuzu."), gap=25 * HOUR) == "original"
    one = story("urn:a:1", HEAD, BODY, at=START)
    again = [story(f"urn:a:{n}", HEAD, BODY, at=START + n * 30 * HOUR) for n in (2, 3)]
    assert judged(one, *again) == ["original", "exact", "original"], "the window counts from the published one"


def test_a_source_may_have_a_window_of_its_own():
    config = JudgeConfig(window_by_source={"daily": 12})
    stories = [
        story(f"urn:a:{n}", HEAD, BODY, at=START + n * 20 * HOUR, source=s)
        for n, s in enumerate(("daily", "daily", "x"))
    ]
    assert judged(*stories, config=config) == ["original", "original", "exact"]


def test_undated_stories_are_comparable_with_all():
    undated, dated = story("urn:a:1", HEAD, BODY), story("urn:b:1", HEAD, BODY, at=START)
    other = story("urn:c:1", headline(RNG), text(RNG), at=START + 999 * DAY)
    late = story("urn:d:1", HEAD, BODY + " zuzu")
    assert judged(undated, dated) == ["original", "exact"]
    assert judged(dated, other, late) == ["original", "original", "near"]


def test_a_future_dated_story_makes_nothing_old():
    far = story("urn:x:1", headline(RNG), text(RNG), at=START + 900 * DAY)
    one, two = story("urn:a:1", HEAD, BODY, at=START), story("urn:b:1", HEAD, BODY, at=START)
    claims = fingerprint([(s, START * 1000) for s in (one, far, two)])
    assert Judge().decide(claims)[2].duplicate_of == "urn:a:1"


SCRIPTS = {
    "han": "".join(chr(c) for c in range(0x4E00, 0x4E00 + 900)),
    "kana": "".join(chr(c) for c in range(0x3041, 0x30FF)),
    "thai": "กขคงจชซญดตถทนบปผพฟมยรลวสหอ",
    "devanagari": "कखगघचछजझटठडढतथदधनपफबभमयरलवशसह",
    "arabic": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "hangul": "".join(chr(c) for c in range(0xAC00, 0xAC00 + 600)),
    "cyrillic": "абвгдежзийклмнопрстуфхцчшщэюя",
}
UNSPACED = ("han", "kana", "thai")


def scripted(rng, script, count=160):
    signs = SCRIPTS[script]
    marks = "\u093e\u093f\u0947" if script == "devanagari" else ""
    gap = "" if script in UNSPACED else " "
    made = [
        "".join(rng.choice(signs) + (rng.choice(marks) if marks else "") for _ in range(rng.randint(2, 5)))
        for _ in range(count)
    ]
    return gap.join(made)


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_script_is_compared(script):
    rng = random.Random(script)
    body, other, head = scripted(rng, script), scripted(rng, script), scripted(rng, script, 5)
    assert pair((head, body), (head, body[: len(body) * 9 // 10])) == "near"
    assert pair((head, body), (head, other)) == "original"


def test_arabic_is_the_same_with_and_without_vowel_marks():
    body = scripted(random.Random(1), "arabic")
    marked = body.replace("ب", "ب\u064e").replace("م", "م\u0640")
    assert pair((HEAD, body), (HEAD, marked)) in ("exact", "near")


def test_a_fingerprint_does_not_depend_on_the_stories_beside_it():
    rng = random.Random(4)
    stories = [(story(f"urn:x:{n}", headline(rng), text(rng, rng.choice((0, 1, 2, 50, 300)))), n) for n in range(70)]
    stories += [(story(f"urn:s:{s}", "", scripted(rng, s, 30)), 0) for s in SCRIPTS]
    whole = fingerprint(stories)
    assert [fingerprint([one])[0] for one in stories] == whole
    assert [c for at in range(0, len(stories), 7) for c in fingerprint(stories[at : at + 7])] == whole


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=80), st.text(max_size=400)), min_size=1, max_size=4))
def test_any_text_has_a_fingerprint_and_a_verdict(texts):
    stories = [(story(f"urn:x:{n}", head, body, slugline=head[:20]), 0) for n, (head, body) in enumerate(texts)]
    claims = fingerprint(stories)
    assert [fingerprint([one])[0] for one in stories] == claims
    judge = Judge()
    assert len(judge.decide(claims)) == len(texts)
    again = Judge()
    again.apply(judge.entries() or b"")
    assert again.measures() == judge.measures()


def test_lone_surrogates_and_control_characters_pass():
    assert fingerprint([(story("urn:x:\ud800", "\ud800 \x00", "\udfff a\u0000b " * 50), 0)])


def test_a_claim_of_another_algorithm_is_made_again_from_the_story():
    one, two = story("urn:a:1", HEAD, BODY, at=START), story("urn:b:1", HEAD, BODY, at=START)
    claims = fingerprint([(one, 0), (two, 0)])
    foreign = msgspec.structs.replace(claims[1], algorithm=claims[1].algorithm + 1, print=b"other", digest=b"x" * 16)
    readings = [
        Candidate(story=msgspec.json.encode(s), claim=c, format="ninjs", source="x")
        for s, c in ((one, claims[0]), (two, foreign))
    ]
    outcomes = Judging(Judge()).decide(readings)
    assert isinstance(outcomes[1], Duplicate)
    assert outcomes[1].duplicate_of == "urn:a:1"


def test_the_same_prefix_marks_uris_made_of_content():
    assert CONTENT_PREFIX == CONTENT_URI


def test_a_pair_is_explained_by_keys_numbers_headline_window_and_the_rule_that_decides():
    rng = random.Random(12)
    body = text(rng, 100, 0)
    first = story("urn:a:1", "Tovi output at 7 million", f"{body} Output rose to 712 tons and 33 crates.", at=START)
    second = story(
        "urn:b:1", "Tovi output at 9 million", f"{body} Output rose to 999 tons and 33 crates.", at=START + HOUR
    )
    found = explain(second, first, JudgeConfig())
    assert (found.numbers_agree, found.numbers_differ) == (("33 crates",), (("999 tons",), ("712 tons",)))
    assert found.keys_shared >= 9
    assert found.containment > 0.9
    assert found.hours_apart == 1
    assert not found.conditions["numbers in titles"]
    assert found.decided_by == "two stories: numbers, numbers in titles do not hold"
    assert explain(first, first, JudgeConfig()).decided_by.startswith("the same id")
    assert msgspec.json.encode(found)
