"""Ids, versions, kills, takes, slugs and embargoes, story by story."""

import random

import pytest
from dedupe_kit import START, headline, story, text

from worker.dedupe import Judge, JudgeConfig, fingerprint
from worker.story import Description, InfoSource, Relation, Target

RNG = random.Random(7)
HEAD, BODY = headline(RNG), text(RNG)
OTHER_HEAD, OTHER_BODY = headline(RNG), text(RNG)
LATER = BODY.replace(".", ", zuzu kiki.", 2)
DAY = 86400


def judged(*stories, config=None, tenants=()):
    """The verdicts on stories in sequence; the record's time is a minute after the story's."""
    claims = fingerprint([(s, _seconds(s) * 1000 + 60_000 if s.version_created else 0) for s in stories])
    if tenants:
        import msgspec

        claims = [msgspec.structs.replace(c, tenant=t) for c, t in zip(claims, tenants, strict=True)]
    return Judge(config).decide(claims)


def _seconds(one):
    import datetime as dt

    return int(dt.datetime.fromisoformat(one.version_created).timestamp())


def words(verdict):
    """(kind or relation, uri it points to)."""
    if verdict.duplicate_of:
        return verdict.evidence.kind, verdict.duplicate_of
    return verdict.relation.relation, verdict.relation.replaces


def test_a_redelivery_is_suppressed_as_the_same_id():
    one = story("urn:a:1", HEAD, BODY, at=START, version="1")
    assert [words(v) for v in judged(one, one)] == [("original", ""), ("same-id", "urn:a:1")]


def test_a_redelivered_kill_or_correction_is_suppressed_only_byte_for_byte():
    kill = story("urn:a:1", "Kill", "Do not use", at=START + 9, status="canceled", version="2")
    fixed = story("urn:a:2", HEAD, BODY, at=START, signals=["correction"], version="2")
    verdicts = judged(story("urn:a:1", HEAD, BODY, at=START, version="1"), kill, kill, fixed, fixed)
    assert [words(v)[0] for v in verdicts] == ["original", "kill", "same-id", "correction", "same-id"]


@pytest.mark.parametrize("change", ["version", "status", "text", "time"])
def test_the_same_id_with_another_version_status_or_text_is_published(change):
    one = story("urn:a:1", HEAD, BODY, at=START, version="1" if change != "time" else "")
    two = {
        "version": story("urn:a:1", HEAD, BODY, at=START, version="2"),
        "status": story("urn:a:1", HEAD, BODY, at=START, version="1", status="withheld"),
        "text": story("urn:a:1", HEAD, BODY + " zuzu", at=START, version="1"),
        "time": story("urn:a:1", HEAD, BODY, at=START + 60),
    }[change]
    assert words(judged(one, two)[1]) == ("update", "urn:a:1")


def test_numbers_order_versions_as_numbers_and_before_times():
    ten = story("urn:a:1", HEAD, LATER, at=START, version="10")
    nine = story("urn:a:1", HEAD, BODY, at=START + 60, version="9")
    assert words(judged(ten, nine)[1]) == ("stale", "urn:a:1")
    assert words(judged(nine, ten)[1]) == ("update", "urn:a:1")


def test_an_older_version_after_a_newer_one_is_stale():
    new = story("urn:a:1", HEAD, LATER, at=START + 60, version="2")
    old = story("urn:a:1", HEAD, BODY, at=START, version="1")
    verdict = judged(new, old)[1]
    assert words(verdict) == ("stale", "urn:a:1")
    assert verdict.relation.cluster == "urn:a:1"


def test_an_older_version_is_stale_by_first_created_even_with_other_text_and_five_days_late():
    first = {"first_created": "2017-03-20T08:00:00Z"}
    new = story("urn:a:1", HEAD, BODY, at=START + 60, version="2", **first)
    between = story("urn:a:9", OTHER_HEAD, text(RNG), at=START + 5 * DAY)
    old = story("urn:a:1", OTHER_HEAD, OTHER_BODY, at=START, version="1", **first)
    assert words(judged(new, between, old)[2]) == ("stale", "urn:a:1")


def test_an_id_reused_for_another_story_is_a_new_story():
    one = story("urn:a:1", HEAD, BODY, at=START + DAY, version="5", first_created="2017-03-20T08:00:00Z")
    two = story(
        "urn:a:1", OTHER_HEAD, OTHER_BODY, at=START + 2 * DAY, version="1", first_created="2017-03-21T08:00:00Z"
    )
    verdict = judged(one, two)[1]
    assert words(verdict) == ("original", "")
    assert [w.code for w in verdict.warnings] == ["id-reused"]


def test_a_version_with_another_first_created_but_the_same_text_is_a_version():
    one = story("urn:a:1", HEAD, BODY, at=START, version="1", first_created="2017-03-20T08:00:00Z")
    two = story("urn:a:1", HEAD, LATER, at=START + 60, version="2", first_created="2017-03-20T08:05:00Z")
    assert words(judged(one, two)[1]) == ("update", "urn:a:1")


def test_a_kill_is_terminal_for_what_is_not_newer_and_a_newer_version_revives():
    one = story("urn:a:1", HEAD, BODY, at=START, version="1")
    kill = story("urn:a:1", "Kill", "Do not use", at=START + 60, version="2", status="canceled", signals=["kill"])
    same = story("urn:a:1", HEAD, LATER, at=START + 30, version="2")
    three = story("urn:a:1", HEAD, LATER, at=START + 90, version="3")
    verdicts = judged(one, kill, same, three)
    assert [words(v) for v in verdicts] == [
        ("original", ""), ("kill", "urn:a:1"), ("stale", "urn:a:1"), ("update", "urn:a:1"),
    ]  # fmt: skip


def test_a_kill_before_its_story_keeps_the_story_from_being_published():
    kill = story("urn:a:1", "Kill", "Do not use", at=START + 60, version="2", status="canceled")
    one = story("urn:a:1", HEAD, BODY, at=START, version="1")
    verdicts = judged(kill, one)
    assert words(verdicts[0]) == ("kill", "")
    assert [w.code for w in verdicts[0].warnings] == ["unknown-target"]
    assert words(verdicts[1]) == ("stale", "urn:a:1")


@pytest.mark.parametrize("target", [{"uri": "urn:wire:text:1"}, {"headline": HEAD}, {"slug": "Quake"}])
def test_a_kill_names_its_target_by_uri_headline_or_slug(target):
    one = story("urn:wire:text:1", HEAD, BODY, at=START, slugline="Quake")
    kill = story(
        "urn:wire:text:2", "Kill", "Do not use the story", at=START + 60, status="canceled", signals=["kill"],
        relation=Relation(targets=(Target(**target),)),
    )  # fmt: skip
    copy = story("urn:b:1", HEAD, BODY, at=START + 120, source="other")
    verdicts = judged(one, kill, copy)
    assert words(verdicts[1]) == ("kill", "urn:wire:text:1")
    assert verdicts[1].relation.targets == (Target(**target),)
    assert words(verdicts[2]) == ("original", ""), "a killed story is no candidate"


def test_a_kill_by_headline_before_its_story_waits_for_it():
    kill = story(
        "urn:wire:text:2", "Kill", "Do not use", at=START + 60, status="canceled", signals=["kill"],
        relation=Relation(targets=(Target(headline=HEAD),)),
    )  # fmt: skip
    verdicts = judged(
        kill, story("urn:wire:text:1", HEAD, BODY, at=START), story("urn:wire:text:3", HEAD, BODY, at=START + 120)
    )
    assert [words(v)[0] for v in verdicts] == ["kill", "stale", "original"], (
        "what is newer than the kill is not its target"
    )


def test_a_late_kill_is_published_unless_a_newer_version_is_out():
    two = story("urn:a:1", HEAD, LATER, at=START + 60, version="2")
    old = story("urn:a:1", "Kill", "", at=START, version="1", status="canceled")
    unversioned = story("urn:a:1", "Kill", "", at=START + 90, status="canceled")
    assert words(judged(two, old)[1]) == ("stale", "urn:a:1")
    assert words(judged(two, unversioned)[1]) == ("kill", "urn:a:1")


def test_a_withdrawal_says_so():
    one = story("urn:a:1", HEAD, BODY, at=START, version="1")
    two = story("urn:a:1", HEAD, BODY, at=START + 60, version="2", status="canceled", signals=["withdrawal"])
    assert words(judged(one, two)[1]) == ("withdrawal", "urn:a:1")


def test_an_update_of_a_suppressed_telling_is_an_update_in_the_roots_cluster():
    root = story("urn:a:1", HEAD, BODY, at=START, version="1")
    copy = story("urn:b:1", HEAD, BODY, at=START + 60, version="1", source="other")
    update = story("urn:b:1", HEAD, LATER, at=START + 120, version="2", source="other")
    verdicts = judged(root, copy, copy, update)
    assert [words(v) for v in verdicts[1:]] == [("exact", "urn:a:1"), ("same-id", "urn:a:1"), ("update", "")]
    assert verdicts[3].relation.cluster == "urn:a:1"


def test_a_release_of_an_embargoed_story_is_published():
    held = story(
        "urn:a:1", HEAD, BODY, at=START, status="withheld", embargoed_until="2017-03-21T08:00:00Z", version="1"
    )
    open_ = story("urn:a:1", HEAD, BODY, at=START + DAY, version="1")
    assert words(judged(held, open_)[1]) == ("release", "urn:a:1")
    nameless = [
        story("urn:wire:text:1", HEAD, BODY, at=START, status="withheld"),
        story("urn:wire:text:2", HEAD, BODY, at=START + 60),
    ]
    assert words(judged(*nameless)[1]) == ("release", "urn:wire:text:1")


def test_a_more_embargoed_story_suppresses_nothing():
    until = {"early": "2017-03-21T08:00:00Z", "late": "2017-03-22T08:00:00Z", "never": ""}

    def held(name, source):
        return story(
            f"urn:{source}:1", HEAD, BODY, at=START, status="withheld", embargoed_until=until[name], source=source
        )

    usable = story("urn:c:1", HEAD, BODY, at=START, source="c")
    assert words(judged(held("early", "a"), usable)[1]) == ("original", "")
    assert words(judged(held("late", "a"), held("early", "b"))[1]) == ("original", "")
    assert words(judged(held("never", "a"), held("never", "b"))[1]) == ("original", "")
    assert words(judged(held("early", "a"), held("late", "b"))[1]) == ("exact", "urn:a:1")
    assert words(judged(usable, held("early", "b"))[1]) == ("exact", "urn:c:1")


def test_tenants_do_not_see_each_other():
    one, two = story("urn:a:1", HEAD, BODY, at=START), story("urn:b:1", HEAD, BODY, at=START)
    verdicts = judged(one, two, one, two, one, tenants=("x", "y", "y", "x", "x"))
    assert [words(v)[0] for v in verdicts] == ["original", "original", "exact", "exact", "same-id"]


def test_takes_are_linked_and_never_suppressed_for_their_text():
    first = story("urn:wire:text:1", HEAD, BODY, at=START, slugline="Quake", take=1)
    second = story("urn:wire:text:2", HEAD, BODY, at=START + 60, slugline="Quake", take=2)
    verdict = judged(first, second)[1]
    assert (verdict.relation.relation, verdict.relation.cluster) == ("take", "urn:wire:text:1")


@pytest.mark.parametrize("kind", ["picture", "composite", "event"])
def test_what_is_not_text_is_never_matched_by_text(kind):
    one = story("urn:a:1", HEAD, BODY, at=START, kind=kind)
    two = story("urn:a:2", HEAD, BODY, at=START, kind=kind)
    three = story("urn:a:3", HEAD, BODY, at=START)
    assert [words(v)[0] for v in judged(one, two, three)] == ["original"] * 3


def test_another_caption_makes_another_picture():
    def picture(caption):
        captions = (Description(role="caption", value=caption),)
        return story("urn:a:1", "Bridge", at=START, kind="picture", version="1", descriptions=captions)

    verdicts = judged(
        picture("The bridge on Monday"), picture("The bridge on Tuesday"), picture("The bridge on Tuesday")
    )
    assert [words(v)[0] for v in verdicts] == ["original", "update", "same-id"]


def test_a_correction_of_the_same_version_and_text_is_no_redelivery():
    one = story("urn:a:1", HEAD, BODY, at=START, version="1")
    assert (
        words(judged(one, story("urn:a:1", HEAD, BODY, at=START, version="1", signals=["correction"]))[1])[0]
        == "correction"
    )


def test_leads_of_a_slug_are_versions_in_their_order():
    def lead(n, body, at):
        slug = f"Quake, {n}th Ld-Writethru, a05{n}0" if n else "Quake, a0500"
        return story(f"urn:wire:text:{n}", HEAD, body, at=at, slugline=slug, signals=["update"] if n else [])

    verdicts = judged(lead(0, BODY, START), lead(2, OTHER_BODY, START + 60), lead(1, OTHER_BODY + " zuzu", START + 30))
    assert [words(v) for v in verdicts] == [
        ("original", ""),
        ("update", "urn:wire:text:0"),
        ("stale", "urn:wire:text:2"),
    ]
    assert verdicts[1].relation.cluster == "urn:wire:text:0"


def test_two_stories_of_one_slug_stay_two():
    one = story("urn:wire:text:1", HEAD, BODY, at=START, slugline="Markets")
    two = story("urn:wire:text:2", OTHER_HEAD, OTHER_BODY, at=START + 60, slugline="Markets")
    assert words(judged(one, two)[1]) == ("original", "")


@pytest.mark.parametrize("signal", ["correction", "embargo"])
def test_corrections_and_embargoed_stories_are_never_suppressed_for_their_text(signal):
    one = story("urn:a:1", HEAD, BODY, at=START)
    two = story("urn:b:1", HEAD, BODY, at=START, signals=[signal], source="other")
    assert not judged(one, two)[1].duplicate_of


def test_a_repeat_is_published_and_linked():
    one = story("urn:a:1", HEAD, BODY, at=START)
    two = story("urn:a:2", HEAD, BODY, at=START + 60, signals=["repeat"])
    verdict = judged(one, two)[1]
    assert (words(verdict), verdict.relation.cluster) == (("repeat", "urn:a:1"), "urn:a:1")


def test_modes():
    one, copy = story("urn:a:1", HEAD, BODY, at=START, version="1"), story("urn:b:1", HEAD, BODY, at=START)
    relations = {
        mode: [words(v)[0] for v in judged(one, copy, one, config=JudgeConfig(mode=mode))]
        for mode in ("full", "ids", "off")
    }
    assert relations == {
        "full": ["original", "exact", "same-id"],
        "ids": ["original", "original", "same-id"],
        "off": ["original", "original", "original"],
    }


@pytest.mark.parametrize(
    ("said", "killed"),
    [({}, True), ({"source": "northwire-feed"}, True), ({"source": "other-feed"}, False)],
)
def test_a_kill_that_names_no_agency_reaches_the_story_whose_dateline_does(said, killed):
    agency = (InfoSource(name="Reuters", role="agency"),)
    one = story("urn:wire:text:1", HEAD, BODY, at=START, source="northwire-feed", info_sources=agency)
    kill = story(
        "urn:wire:text:2", "Kill", "Do not use", at=START + 60, signals=["kill"], **{"source": "", **said},
        relation=Relation(targets=(Target(headline=HEAD),)),
    )  # fmt: skip
    verdict = judged(one, kill)[1]
    assert words(verdict) == ("kill", "urn:wire:text:1" if killed else "")
    assert [w.code for w in verdict.warnings] == ([] if killed else ["unknown-target"])
