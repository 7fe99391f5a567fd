"""Files, folders and standard input as raw records, in a fixed order: as given, and folders sorted."""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, NamedTuple

import typer

from worker.cli.common import EXIT_NO_INPUT
from worker.formats.view import GZIP_MAGIC
from worker.ops.logging import logger
from worker.story import RawRecord

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

Paths = Annotated[
    list[str], typer.Argument(metavar="PATH", help="Files, folders (walked in sorted order), or - for standard input.")
]
STDIN = "-"
BATCH_RECORDS = 64
BATCH_BYTES = 8_000_000


class Input(NamedTuple):
    """One record and where it is from. `path` as given or walked; `line` counts from 1, 0 = the whole file."""

    path: str
    line: int
    record: RawRecord


def must_exist(paths: Iterable[str]) -> None:
    """A line on standard error for each path that is not there or cannot be reached, and an exit with 66 then."""
    lines = []
    for path in paths:
        try:
            if path != STDIN:
                Path(path).stat()
        except FileNotFoundError:
            lines.append(f"no such file or folder: {path}")
        except (OSError, ValueError) as error:  # ValueError: a null byte
            lines.append(f"{path}: {error.strerror if isinstance(error, OSError) else error}")
    for line in lines:
        typer.echo(line, err=True)
    if lines:
        raise typer.Exit(EXIT_NO_INPUT)


def walk(paths: Iterable[str]) -> Iterator[str]:
    """The files: arguments in their order, folders recursively in sorted order. Links to folders are not followed
    inside a folder; what is neither file nor folder there (sockets, devices) is left out. What cannot be looked at
    is given as if it were a file: who opens it is told why.
    """
    for path in paths:
        if path != STDIN and Path(path).is_dir():
            yield from _walk_folder(path)
        else:
            yield path


def _walk_folder(folder: str) -> Iterator[str]:
    try:
        entries = sorted(Path(folder).iterdir(), key=lambda path: path.name)
    except OSError:
        yield folder
        return
    for entry in entries:
        path = f"{folder.rstrip('/')}/{entry.name}"  # as it was given: a Path would drop a leading ./
        try:
            is_folder, is_file = entry.is_dir() and not entry.is_symlink(), entry.is_file()
        except OSError:
            is_folder, is_file = False, True
        if is_folder:
            yield from _walk_folder(path)
        elif is_file:
            yield path


def records(path: str, *, lines: bool, bytes_max: int, headers: tuple[tuple[str, bytes], ...] = ()) -> Iterator[Input]:
    """The records of a file: one, or with `lines` one a line that is not blank, gzip around all of them undone.

    At most `bytes_max` + 1 bytes of a record are read: one byte too many is enough to refuse it.

    Raises:
        OSError: the file cannot be read.
    """
    if path == STDIN:
        yield from _records(path, sys.stdin.buffer, lines, bytes_max, headers)
        return
    with Path(path).open("rb") as file:
        yield from _records(path, file, lines, bytes_max, headers)


def whole(path: str, bytes_max: int) -> bytes:
    """A file, or standard input, as one record's value; at most `bytes_max` + 1 bytes of it.

    Raises:
        OSError: it cannot be read.
    """
    (one,) = records(path, lines=False, bytes_max=bytes_max)
    return one.record.value or b""


def _records(
    path: str, file: IO[bytes], lines: bool, bytes_max: int, headers: tuple[tuple[str, bytes], ...]
) -> Iterator[Input]:
    if not lines:
        yield Input(path, 0, RawRecord(value=file.read(bytes_max + 1), headers=headers))
        return
    try:
        for number, line in _lines(_unpacked(file), bytes_max):
            if line.strip():
                yield Input(path, number, RawRecord(value=line.rstrip(b"\r\n"), headers=headers))
    except (EOFError, zlib.error) as error:
        raise OSError(f"gzip: {error}") from error


def _unpacked(file: IO[bytes]) -> IO[bytes] | gzip.GzipFile:
    head = file.peek(2)[:2] if isinstance(file, io.BufferedReader) else b""
    return gzip.open(file) if head == GZIP_MAGIC else file


def _lines(file: IO[bytes] | gzip.GzipFile, bytes_max: int) -> Iterator[tuple[int, bytes]]:
    """(number, line), a line that is too long cut to a byte too many."""
    number = 0
    while line := file.readline(bytes_max + 1):
        number += 1
        yield number, line
        complete = line.endswith(b"\n")
        while not complete and (rest := file.readline(bytes_max + 1)):
            complete = rest.endswith(b"\n")


class Reading:
    """The records of all files, in order. `advance` is called after each file; those that failed are `unreadable`.

    whole: a record of more than `bytes_max` bytes is unreadable; else it comes, cut to a byte too many.
    """

    def __init__(
        self,
        files: Sequence[str],
        lines: bool,
        bytes_max: int,
        source: str = "",
        advance: Callable[[], None] | None = None,
        *,
        whole: bool = False,
    ) -> None:
        self._files, self._lines, self._bytes_max = files, lines, bytes_max
        self._headers = (("source", source.encode()),) if source else ()
        self._advance = advance
        self._whole = whole
        self.unreadable: list[str] = []

    def records(self) -> Iterator[Input]:
        """Ends with the last file; a file that cannot be read is logged and left out."""
        for path in self._files:
            try:
                for one in records(path, lines=self._lines, bytes_max=self._bytes_max, headers=self._headers):
                    if self._whole and len(one.record.value or b"") > self._bytes_max:
                        self.unreadable.append(path)
                        why = f"more than {self._bytes_max} bytes"
                        logger().error("record_too_large", path=path, line=one.line or None, why=why)
                    else:
                        yield one
            except OSError as error:
                self.unreadable.append(path)
                logger().error("file_unreadable", path=path, why=error.strerror or str(error))
            if self._advance:
                self._advance()


def batches(inputs: Iterable[Input]) -> Iterator[list[Input]]:
    """Cut into batches by count and bytes; verdicts do not depend on how."""
    batch: list[Input] = []
    size = 0
    for one in inputs:
        length = len(one.record.value or b"")
        if batch and (len(batch) >= BATCH_RECORDS or size + length > BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(one)
        size += length
    if batch:
        yield batch
