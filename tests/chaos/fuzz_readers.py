"""Coverage-guided fuzzing of the readers and of normalise: any bytes give items or a bounded code, nothing else.

    python -m tests.chaos.fuzz_readers CORPUS... -max_total_time=3600

Needs `atheris` (libFuzzer for Python), which the project does not install. The arguments are libFuzzer's: folders
with files to start from (the first one also receives what is found), and its options. A failing input is left as
`crash-…` in the working directory; make it a test.
"""

import sys

import atheris

with atheris.instrument_imports(include=["worker.formats", "worker.normalise"]):
    from worker.formats import read_as, recognise
    from worker.formats.view import View
    from worker.normalise import Origin, normalise

import msgspec

from worker.story import Item, Limits, Rejected

LIMITS = Limits(message_bytes_max=200_000, body_chars_max=100_000, items_max=50, depth_max=80)
ORIGIN = Origin(sha256="0" * 64)


def one(data: bytes) -> None:
    """The readers' path of `worker.reading`, without its net for defects."""
    try:
        view = View(data, LIMITS)
        items = read_as(recognise(view), view, LIMITS)
    except Rejected:
        return
    for item in items:
        if isinstance(item, Item):
            try:
                story = normalise(item, ORIGIN)
            except Rejected:
                continue
            msgspec.json.encode(story)


def main() -> None:
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
