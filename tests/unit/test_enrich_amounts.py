"""Amounts, contacts, kinds of text and extracts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worker.enrich import amounts, contacts, kind, summary
from worker.enrich.doc import Doc, Found
from worker.enrich.pipeline import document
from worker.story import Body, Headline, Story, Term, Wire


def doc(body: str, headline: str = "", **fields) -> Doc:
    return document(
        Story(
            uri="x",
            headlines=(Headline(role="main", value=headline),),
            bodies=(Body(role="main", content_type="text/plain", value=body),),
            **fields,
        )
    )


def found(extract, body: str, language: str = "en") -> Found:
    out = Found(language=language)
    extract(doc(body), out)
    for amount in out.amounts:
        assert body[amount.start : amount.end] == amount.text
    return out


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It cost $5.2 million.", ("money", 5_200_000, "USD", "$5.2 million")),
        ("It cost US$40.", ("money", 40, "USD", "US$40")),
        ("It cost £1.3bn in all.", ("money", 1_300_000_000, "GBP", "£1.3bn")),
        ("It cost 2,500 euros.", ("money", 2500, "EUR", "2,500 euros")),
        ("It cost 3 billion Canadian dollars.", ("money", 3e9, "CAD", "3 billion Canadian dollars")),
        ("It cost 80 million yen.", ("money", 80e6, "JPY", "80 million yen")),
        ("It rose 4.5 percent.", ("percent", 4.5, "%", "4.5 percent")),
        ("It rose 12% in May.", ("percent", 12, "%", "12%")),
        ("It rose by 3 percentage points.", ("percent", 3, "pp", "3 percentage points")),
        ("It fell two places.", None),
        ("Two soldiers were killed.", ("casualties", 2, "killed", "Two soldiers were killed")),
        ("The blast injured 14 people.", ("casualties", 14, "injured", "injured 14 people")),
        ("The fire left three dead.", ("casualties", 3, "killed", "three dead")),
        ("Insurgents shot dead four men.", ("casualties", 4, "killed", "shot dead four men")),
        ("They opened fire, killing two local engineers.", ("casualties", 2, "killed", "killing two local engineers")),
        ("No one was hurt.", None),
        ("The Reds won 3-1 at home.", ("score", 3, "3-1", "3-1")),
        ("See chapters 3-1.", None),
        ("The cat weighed 20 pounds.", None),
    ],
)
def test_english(text, expected):
    got = [(a.kind, a.value, a.unit, a.text) for a in found(amounts.extract, text).amounts]
    assert got == ([] if expected is None else [expected])


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "Es kostete 1.250,50 Euro.", ("money", 1250.5, "EUR")),
        ("de", "Das sind 2,5 Milliarden Euro.", ("money", 2.5e9, "EUR")),
        ("de", "Ein Plus von 3,7 Prozent.", ("percent", 3.7, "%")),
        ("fr", "Une hausse de 3,7 % en mai.", ("percent", 3.7, "%")),
        ("es", "Un alza del 3,7 por ciento.", ("percent", 3.7, "%")),
    ],
)
def test_decimal_commas(language, text, expected):
    assert [(a.kind, a.value, a.unit) for a in found(amounts.extract, text, language).amounts] == [expected]


def test_contacts_and_links():
    got = found(
        contacts.extract,
        "More at https://example.org/a?b=c. Write to desk@example.org or "
        "call +49 30 1234567; Tel.: 030 765432; @wiedentown",
    )
    assert [link.url for link in got.links] == ["https://example.org/a?b=c"]
    assert [(c.kind, c.value) for c in got.contacts] == [
        ("email", "desk@example.org"),
        ("handle", "@wiedentown"),
        ("phone", "+49 30 1234567"),
        ("phone", "030 765432"),
    ]


PROSE = "The town of Wieden opened its bridge again on Friday after two years of repairs that had cost little. " * 8
TABLE = "\n".join(f"Wieden {n}\tUlm {n + 1}\t{n}.5" for n in range(8))


@pytest.mark.parametrize(
    ("headline", "body", "fields", "expected"),
    [
        ("Wieden opens bridge", PROSE, {}, "report"),
        ("Wieden opens bridge", PROSE[:200], {}, "brief"),
        ("Wieden opens bridge", PROSE[:90], {"urgency": 1}, "alert"),
        ("Wieden opens bridge", PROSE, {"wire": Wire(signals=("alert",))}, "alert"),
        ("Wieden opens bridge", PROSE, {"genres": (Term(name="Interview"),)}, "interview"),
        ("ANALYSIS - Why bridges fail", PROSE, {}, "analysis"),
        ("INTERVIEW: Ida Brandt on bridges", PROSE, {}, "interview"),
        ("Bridge builder Ida Brandt dies at 91", PROSE, {}, "obituary"),
        ("League", f"Results\n{TABLE}", {}, "results"),
        ("Prices", f"Closing prices, shares and yields\n{TABLE}", {}, "market-table"),
        ("Wieden Inc. opens bridge", f"WIEDEN, May 3 /PRNewswire/ -- {PROSE}", {}, "press-release"),
        ("Talk", "\n".join(["Q: Is it safe?", "A: It is."] * 3), {}, "interview"),
    ],
)
def test_kind(headline, body, fields, expected):
    assert kind.kind(doc(body, headline, **fields)) == expected


def test_the_extract_is_the_lead():
    lead = "The town of Wieden opened its old bridge again on Friday."
    got = found(summary.extract, f"WIEDEN\n\n{lead}\n\nIt had been closed for two years. {PROSE}")
    assert got.extract == f"{lead} It had been closed for two years."


def test_a_short_body_needs_no_extract():
    assert found(summary.extract, "The bridge is open. It is safe.").extract == ""


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "$",
                "€",
                "5",
                "1,000",
                ".5",
                " million",
                " percent",
                "%",
                " killed",
                " people",
                "-",
                ":",
                " won ",
                "a@b.c",
                "www.",
                "+1 2345678",
                " ",
            ]
        ),
        max_size=20,
    ),
    st.sampled_from(["en", "de"]),
)
def test_any_text_gives_spans_of_itself(parts, language):
    found(amounts.extract, "".join(parts), language)
    found(contacts.extract, "".join(parts), language)


def test_a_currency_needs_no_blank_after_the_number():
    amounts_ = found(amounts.extract, "It cost 20EUR, then 1,500dollars and 5US$.").amounts
    assert [(a.value, a.unit) for a in amounts_] == [(20.0, "EUR"), (1500.0, "USD"), (5.0, "USD")]
