"""The codes of `wire.warnings`: one bounded list for readers, normalise and the judge; details are free text."""

from __future__ import annotations

import enum


class WarnCode(enum.StrEnum):
    """What may be wrong with a story that is published all the same. Codes are added, never changed."""

    # read
    SCHEMA = "schema"  # the message breaks its format's schema and was read leniently
    CHARSET = "charset"  # the declared charset is not the charset of the bytes, or bytes were undecodable
    TRUNCATED = "truncated"  # a field or list was cut at its limit, or the message ends early
    FORMAT = "format"  # a part of the message could not be read; the rest was
    # normalise
    DATE_UNREADABLE = "date-unreadable"  # a date is there, but no date can be made of it; the words are in wire.given
    EMBARGO_UNREADABLE = "embargo-unreadable"  # an embargo without a readable date: the story is withheld
    URGENCY_UNKNOWN = "urgency-unknown"  # an urgency or priority outside every known scale
    STATUS_UNKNOWN = "status-unknown"  # a status that is not in the table: published as usable, kept in wire.given
    ID_UNUSABLE = "id-unusable"  # the provider's id cannot stand in a URI as it is
    BODY_REMOVED = "body-removed"  # the text of a killed story came with its kill and was left out
    TARGET_UNNAMED = "target-unnamed"  # a kill or withdrawal names no story that could be read out of it
    MORE_FOLLOWS = "more-follows"  # the text says that more takes follow
    # enrich, judge
    LANGUAGE_MISMATCH = "language-mismatch"  # the text reads as another language than the stated one
    EXTRACTOR_FAILED = "extractor-failed"  # an extractor failed; the story lacks what it would have given
    UNKNOWN_TARGET = "unknown-target"  # no published story is known that this kills or withdraws
    ID_REUSED = "id-reused"  # the provider's id stood for another story before
    OTHER = "other"  # a warning of a reader that has no code of its own here
