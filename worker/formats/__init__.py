"""Bytes in, items out: one file a wire format, chosen by the bytes.

To add a wire format: write `formats/<name>.py` with `sniff`, `read` and `WHERE`, and add it to `READERS`
at the place where it shall be asked. That is all.

* `sniff(view) -> str`: why these bytes are of this format, in a few words ("root element nitf"), or "" if
  they are not. Cheap: it looks at `view` (never parses the whole), and never raises.
* `read(view, limits) -> list[Item | Rejected]`: the items in their order. Raises `Rejected` when the record as
  a whole is unusable; a `Rejected` in the list is one bad item among good ones. Raises nothing else.
* `FIRST` (where it can be said, see `firstbyte`): the bytes with which such a message can begin; others are not asked.
* `WHERE`: field of `Item` -> where the format keeps it, for `worker explain`.
"""

from __future__ import annotations

from worker.formats.registry import READERS, Reader, Recognised, read, read_as, recognise

__all__ = ["READERS", "Reader", "Recognised", "read", "read_as", "recognise"]
