"""Short names of senders, from whatever a format states of them: a domain, a code, a company name, an id."""

from __future__ import annotations

import functools
import re

# What is found in a stated name, lower case -> short name. The first that matches wins: longer names stand first.
_KNOWN: tuple[tuple[str, str], ...] = (
    ("reuters", "reuters"),
    ("ap.org", "ap"),
    ("associated press", "ap"),
    ("afp", "afp"),
    ("agence france", "afp"),
    ("أ ف ب", "afp"),
    ("ا ف ب", "afp"),
    ("europapress", "europapress"),
    ("europa press", "europapress"),
    ("dpa", "dpa"),
    ("deutsche presse", "dpa"),
    ("australian associated", "aap"),
    ("aap", "aap"),
    ("ansa", "ansa"),
    ("efeservicios", "efe"),
    ("agencia efe", "efe"),
    ("efe.com", "efe"),
    ("sda", "ats"),
    ("keystone", "ats"),
    ("austria presse", "apa"),
    ("belga", "belga"),
    ("algemeen nederlands persbureau", "anp"),
    ("anp", "anp"),
    ("lehtikuva", "stt"),
    ("ritzau", "ritzau"),
    ("businesswire", "businesswire"),
    ("business wire", "businesswire"),
    ("globenewswire", "globenewswire"),
    ("marketwire", "globenewswire"),
    ("prnewswire", "prnewswire"),
    ("pr newswire", "prnewswire"),
    ("press association", "pa"),
    ("canadian press", "cp"),
    ("getty", "getty"),
    ("yonhap", "yonhap"),
    ("yna.co.kr", "yonhap"),
    ("xinhua", "xinhua"),
    ("kyodo", "kyodo"),
    ("itar-tass", "tass"),
    ("tass", "tass"),
    ("interfax", "interfax"),
    ("ana-mpe", "ana"),
    ("απε-μπε", "ana"),
    ("bernama", "bernama"),
    ("ntbinfo", "ntb"),
    ("norsk telegrambyr", "ntb"),
)
_EXACT = {
    "ap": "ap",
    "tt": "tt",
    "stt": "stt",
    "stt.fi": "stt",
    "ntb": "ntb",
    "ntb.no": "ntb",
    "ats": "ats",
    "pa": "pa",
}
_EXACT |= {"apa": "apa", "apa.at": "apa", "kathpress.at": "kathpress", "kap": "kathpress"}
_EXACT |= {"efe": "efe", "cp": "cp", "tt.se": "tt", "rtr": "reuters", "upi": "upi", "ana": "ana"}
_WORD = {
    name: re.compile(rf"(?<![^\W_]){re.escape(name)}(?![^\W_])") for name, _ in _KNOWN if len(name) <= 4
}  # a short name must stand by itself
_DOMAIN = re.compile(
    r"(?:[a-z+]{2,20}:(?://)?(?:newsml:)?)?(?:www\d?\.)?([a-z0-9-]{1,60}(?:\.[a-z0-9-]{1,60}){1,5})(?:[,:/]|$)"
)
_SECOND_LEVEL = frozenset({"co", "com", "org", "net", "gov", "ac", "or"})


@functools.lru_cache(maxsize=1024)
def short_name(*stated: str) -> str:
    """The sender's short name: of the first statement that names a known agency, else made of the first at all.

    >>> short_name("", "www.sda-ats.ch"), short_name("urn:newsml:acmenews.com:2016:1"), short_name("Acme Wire")
    ('ats', 'acmenews', 'acme-wire')
    """
    for one in stated:
        known = _known(one[:200].strip().lower())
        if known:
            return known
    for one in stated:
        value = one[:200].strip().lower()
        if value:
            return _made(value)
    return ""


def is_known(stated: str) -> bool:
    """Whether a name is a known agency's."""
    return bool(_known(stated[:200].strip().lower()))


def _known(value: str) -> str:
    if not value:
        return ""
    code = value.rpartition(":")[2] if value.count(":") == 1 else value
    if code in _EXACT:
        return _EXACT[code]
    domain = _DOMAIN.match(value)
    if domain and domain[1] in _EXACT:
        return _EXACT[domain[1]]
    place = domain[1] if domain else value
    for name, short in _KNOWN:
        if name in place and (name not in _WORD or _WORD[name].search(place)):
            return short
    return ""


def _made(value: str) -> str:
    domain = _DOMAIN.match(value)
    if domain:
        labels = domain[1].split(".")
        at = -3 if len(labels) > 2 and labels[-2] in _SECOND_LEVEL else -2
        return labels[at]
    code = value.rpartition(":")[2] if value.count(":") == 1 else value
    return re.sub(r"[\W_]+", "-", code).strip("-")[:60]
