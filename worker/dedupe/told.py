"""What a claim tells, in numbers: keys, version, times, visibility. No text is read here beyond hashing and digits."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from worker.dedupe.fingerprint import takes_back
from worker.dedupe.hashing import key64, seeded64
from worker.dedupe.rows import CANCELED, CORRECTION, KILL, NO_DATE, TIMELESS, UPDATE, WITHHELD
from worker.story import Claim

_ID, _SLUG, _HEADLINE, _KILLED = range(1, 5)  # key spaces
_OPAQUE = 1 << 63
_DIGITS_MAX = 18
_SECONDS_MAX = 0xFFFFFFFE
_BYTE = 0xFF

_STATUS = {"withheld": WITHHELD, "canceled": CANCELED}
_LINKED = frozenset({"correction", "embargo"})


class Told(msgspec.Struct, kw_only=True):
    claim: Claim
    identity: int  # key of tenant and uri
    slug: int  # 0 = none
    headline: int
    killed_by: int  # under this key a kill that names the headline is found
    targets: list[tuple[int, int, int]]  # keys of uri, slug, headline
    loose: list[int]  # keys of slugs and headlines that a kill names, as another sender's story has them
    digest: int  # tenants apart
    version: int
    event: int  # seconds, never 0 but for a judge that has seen no time yet
    first: int
    embargo: int
    source: int
    flags: int
    kills: bool  # a kill or a withdrawal
    kept: bool  # never suppressed for its text: correction, embargo
    matchable: bool  # takes part in text matching
    relation: str  # what the story says of itself: kill, withdrawal, correction, repeat; "" = nothing


def version_code(version: str) -> int:
    """0 = none; the number + 1 if it is one; else a hash with the top bit set, good for equality only."""
    if not version:
        return 0
    if len(version) <= _DIGITS_MAX and version.isascii() and version.isdigit():
        return int(version) + 1
    return key64("version", version) | _OPAQUE


def is_number(code: int) -> bool:
    return 0 < code < _OPAQUE


@lru_cache(maxsize=4096)
def source_key(source: str) -> int:
    return key64("source", source) & 0xFFFFFFFF


@lru_cache(maxsize=4096)
def tenant_key(tenant: str) -> int:
    """Mixed into every key, so that the stories of two tenants never meet; 0 for none. The low bits are free."""
    return key64("tenant", tenant) >> 8 << 8 if tenant else 0


def told(claim: Claim, latest_event_ms: int) -> Told:
    """`latest_event_ms`: the judge's own latest event time, which a story without any time takes."""
    signals = claim.signals
    kills = takes_back(claim.status, signals)
    event_ms = claim.event_ms or claim.record_ms
    flags = _STATUS.get(claim.status, 0) | (KILL if kills else 0) | (0 if event_ms else TIMELESS)
    flags |= (CORRECTION if "correction" in signals else 0) | (UPDATE if "update" in signals else 0)
    tenant = tenant_key(claim.tenant)
    return Told(
        claim=claim,
        identity=seeded64(tenant + _ID, claim.uri),
        slug=seeded64(tenant + _SLUG, claim.slug_key) if claim.slug_key else 0,
        headline=seeded64(tenant + _HEADLINE, claim.headline_key) if claim.headline_key else 0,
        killed_by=seeded64(tenant + _KILLED, claim.headline_key) if claim.headline_key else 0,
        targets=[_target(tenant, *keys) for keys in claim.target_keys],
        loose=[key for keys in claim.loose_keys for key in _target(tenant, "", *keys) if key],
        digest=int.from_bytes(claim.digest[:8], "little") ^ tenant,
        version=version_code(claim.version),
        event=min((event_ms or latest_event_ms) // 1000, _SECONDS_MAX),
        first=min(claim.first_ms // 1000, _SECONDS_MAX),
        embargo=_embargo(claim),
        source=source_key(claim.source),
        flags=flags,
        kills=kills,
        kept=not _LINKED.isdisjoint(signals),
        matchable=claim.type == "text" and claim.take <= 1 and not kills,
        relation=_relation(signals) or ("kill" if kills else ""),
    )


def _relation(signals: tuple[str, ...]) -> str:
    return next((name for name in ("kill", "withdrawal", "correction", "repeat") if name in signals), "")


def _embargo(claim: Claim) -> int:
    """Second from which the story may be seen; 0 at once."""
    if claim.status != "withheld":
        return 0
    return min(claim.embargo_ms // 1000, _SECONDS_MAX) if claim.embargo_ms > 0 else NO_DATE


def _target(tenant: int, uri: str, slug_key: str, headline_key: str) -> tuple[int, int, int]:
    return (
        seeded64(tenant + _ID, uri) if uri else 0,
        seeded64(tenant + _SLUG, slug_key) if slug_key else 0,
        seeded64(tenant + _HEADLINE, headline_key) if headline_key else 0,
    )


def killed_key(claim: Claim, headline_key: str) -> int:
    """The key under which a kill waits for a story of this headline."""
    return seeded64(tenant_key(claim.tenant) + _KILLED, headline_key)
