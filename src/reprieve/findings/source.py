"""A report file, turned into UTF-8 JSON (or CSV) that a reader can decode, with what tells its format.

Handles what tools and shells write in practice: byte-order marks, UTF-16 from PowerShell, NDJSON,
YAML with one or many documents, CSV. Everything else about a format belongs to its reader.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import msgspec

from reprieve.errors import ReportError

if TYPE_CHECKING:
    from collections.abc import Iterator

Shape = Literal["object", "array", "csv"]
T = TypeVar("T")

MAX_REPORT_SIZE = 2 * 1024**3
"""Default for `--max-report-size`, in bytes."""

_MAX_YAML_SIZE = 64 * 1024**2
_WINDOW = 1024**2
_OBJECT = msgspec.json.Decoder(dict[str, msgspec.Raw])
_ARRAY = msgspec.json.Decoder(list[msgspec.Raw])


class Source(msgspec.Struct, frozen=True):
    """A report's content and the few facts by which readers recognise their format.

    `keys` are those of the top-level object, of the first element of a top-level array, or the
    header of a CSV; `head` holds that object's short values (strings, numbers, small objects).
    """

    name: str
    data: bytes
    shape: Shape
    keys: frozenset[str]
    head: dict[str, Any]
    fields: dict[str, msgspec.Raw] = {}
    """The fields of a top-level object, not decoded yet."""

    def within(self, key: str) -> frozenset[str]:
        """The keys of the top-level field `key`: of its object, or of its array's first element."""
        raw = memoryview(self.fields.get(key, b"null"))
        try:
            value = _first_element(raw) if raw[0] == ord("[") else raw[0] == ord("{") and _OBJECT.decode(raw)
        except RecursionError as error:
            raise _undecodable(self.name, self.data, error) from None
        return frozenset(value) if isinstance(value, dict) else frozenset()

    def decode(self, type_: type[T]) -> T:
        """The JSON content as `type_`.

        Errors: `ReportError` naming the place, for text that is not JSON or values of another type.
        """
        try:
            return msgspec.json.decode(self.data, type=type_, strict=False)
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
            raise _undecodable(self.name, self.data, error) from None

    def rows(self) -> Iterator[dict[str, str]]:
        """The CSV content as rows; the separator (`;` or `,`) is taken from the header.

        Errors: `ReportError` naming the line, for a row that has not the columns of the header.
        """
        reader = _csv_reader(self.data)
        try:
            for row in reader:
                if None in row or None in row.values():
                    raise ReportError(
                        "a row whose columns are not those of the header",
                        where=f"{self.name}:{reader.line_num}",
                        hint=_CUT_OFF,
                    )
                yield row
        except csv.Error as error:
            raise ReportError(
                f"malformed CSV: {error}", where=f"{self.name}:{reader.reader.line_num}"
            ) from None


def load(path: str, *, max_size: int = MAX_REPORT_SIZE, may_be_empty: bool = False) -> Source:
    """The report at `path`, or standard input for `-`.

    An empty one is an error, unless it `may_be_empty`: then it stands for an empty list.

    Errors: `ReportError` for a file that is missing, empty, larger than `max_size` bytes, not text,
    or neither JSON, NDJSON, YAML nor CSV.
    """
    return parse(path, _read_bytes(path, max_size), may_be_empty=may_be_empty)


def parse(name: str, raw: bytes, *, may_be_empty: bool = False) -> Source:
    """The same for bytes at hand; `name` is used in messages only."""
    data = _utf8(name, raw)
    if not data or data.isspace():
        if may_be_empty:
            return Source(name, b"[]", "array", frozenset(), {})
        raise ReportError("the report is empty", where=name, hint=_NOT_WRITTEN)
    first = data.lstrip()[:1]
    if first in b"{[":
        return _from_json(name, data)
    header = _csv_header(data)
    if header:
        return Source(name, data, "csv", header, {})
    return _from_yaml(name, data)


def _read_bytes(path: str, max_size: int) -> bytes:
    try:
        if path == "-":
            raw = sys.stdin.buffer.read(max_size + 1)
        else:
            with Path(path).open("rb") as file:
                raw = file.read(max_size + 1)
    except OSError as error:
        raise ReportError(f"cannot read the report: {error.strerror}", where=path) from None
    if len(raw) > max_size:
        raise ReportError(
            f"the report is larger than {max_size:,} bytes",
            where=path,
            hint="raise the bound with --max-report-size, if the file is what you expect",
        )
    return raw


def _utf8(name: str, raw: bytes) -> bytes:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return raw.decode("utf-16").encode("utf-8")
        except UnicodeError:
            raise ReportError("not valid UTF-16, though it starts with its mark", where=name) from None
    data = raw.removeprefix(codecs.BOM_UTF8)
    bad = _bad_byte(data)
    if bad is not None:
        line = data.count(b"\n", 0, bad) + 1
        raise ReportError("not valid UTF-8 text", where=f"{name}:{line}", hint=_AS_JSON)
    return data


def _bad_byte(data: bytes) -> int | None:
    """Where the text stops being UTF-8; sought in all of it, as the decoders look only at what they keep."""
    if data.isascii():
        return None
    decode = codecs.getincrementaldecoder("utf-8")().decode
    start = 0
    try:
        for start in range(0, len(data), _WINDOW):
            decode(data[start : start + _WINDOW], final=start + _WINDOW >= len(data))
    except UnicodeDecodeError as error:
        return start + error.start
    return None


def _from_json(name: str, data: bytes) -> Source:
    try:
        if data.lstrip()[:1] == b"{":
            fields = _OBJECT.decode(data)
            return Source(name, data, "object", frozenset(fields), _short_values(fields), fields)
        first = _first_element(memoryview(data))
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        lines = _from_ndjson(name, data)
        if lines is not None:
            return lines
        raise _undecodable(name, data, error) from None
    keys = frozenset(first) if isinstance(first, dict) else frozenset()
    return Source(name, data, "array", keys, first if isinstance(first, dict) else {})


def _from_ndjson(name: str, data: bytes) -> Source | None:
    """One JSON object a line, as an array; None when the first line is not one."""
    lines = {number: line for number, line in enumerate(data.splitlines(), start=1) if line.strip()}
    try:
        first = msgspec.json.decode(next(iter(lines.values())), type=dict[str, Any])
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return None
    for number, line in lines.items():
        try:
            _OBJECT.decode(line)
        except (msgspec.DecodeError, RecursionError):
            message = "a line that is not a JSON object, in a report of one object a line"
            raise ReportError(message, where=f"{name}:{number}", hint=_CUT_OFF) from None
    return Source(name, b"[" + b",".join(lines.values()) + b"]", "array", frozenset(first), first)


def _from_yaml(name: str, data: bytes) -> Source:
    import yaml12

    if len(data) > _MAX_YAML_SIZE:
        raise ReportError("a YAML report over 64 MiB", where=name, hint=_AS_JSON)
    if _DEEP_YAML.search(data):
        raise ReportError("nested too deeply to be a report", where=name, hint=_AS_JSON)
    if set(_YAML_ALIAS.findall(data)) & set(_YAML_ANCHOR.findall(data)):
        raise ReportError("YAML with aliases: a few lines may stand for gigabytes", where=name, hint=_AS_JSON)
    try:
        documents = yaml12.parse_yaml(data.decode("utf-8"), multi=True)
        documents = [document for document in documents if document is not None]
        if not documents:
            raise ReportError("the report is empty", where=name, hint=_NOT_WRITTEN)
        encoded = msgspec.json.encode(documents[0] if len(documents) == 1 else documents)
    except (ValueError, TypeError, RecursionError, UnicodeDecodeError, NotImplementedError) as error:
        message = str(error).removeprefix("YAML parse error: ")
        raise ReportError(f"neither JSON, CSV nor YAML: {message}", where=name, hint=_SUPPORTED) from None
    if encoded[:1] not in (b"{", b"["):
        raise ReportError("not a report: plain text", where=name, hint=_SUPPORTED)
    return _from_json(name, encoded)


def _first_element(array: memoryview) -> object:
    """The first element of a JSON array without decoding the rest; None for an empty array."""
    text = bytes(array[:_WINDOW]).decode("utf-8", "ignore").lstrip()[1:].lstrip()
    if not text.startswith("]"):
        try:
            return json.JSONDecoder().raw_decode(text)[0]
        except ValueError:
            pass  # longer than the window, or malformed: the full decoder knows
    elements = _ARRAY.decode(array)
    return msgspec.json.decode(elements[0]) if elements else None


def _short_values(fields: dict[str, msgspec.Raw]) -> dict[str, Any]:
    short = {key: raw for key, raw in fields.items() if len(memoryview(raw)) <= 2000}
    return {key: msgspec.json.decode(raw) for key, raw in short.items()}


def _csv_header(data: bytes) -> frozenset[str]:
    """The columns of a CSV, or nothing when the first line does not look like a header."""
    line = _first_line(data)
    for separator in (b";", b","):
        columns = [column.strip(b'" ') for column in line.split(separator)]
        if len(columns) >= 3 and all(c.replace(b"_", b"").replace(b" ", b"").isalnum() for c in columns):
            return frozenset(column.decode("ascii", "replace") for column in columns)
    return frozenset()


def _csv_reader(data: bytes) -> csv.DictReader[str]:
    header = _first_line(data)
    separator = ";" if header.count(b";") > header.count(b",") else ","
    csv.field_size_limit(16 * 1024**2)
    return csv.DictReader(io.StringIO(data.decode(), newline=""), delimiter=separator, strict=True)


def _first_line(data: bytes) -> bytes:
    end = data.find(b"\n")
    return data[: end if end >= 0 else len(data)].strip()


def _undecodable(name: str, data: bytes, error: Exception) -> ReportError:
    if isinstance(error, RecursionError):
        return ReportError("nested too deeply to be a report", where=name)
    if isinstance(error, UnicodeDecodeError):
        return ReportError("not valid UTF-8 text", where=name, hint=_AS_JSON)
    if isinstance(error, msgspec.ValidationError):
        return ReportError(
            f"not in the shape of its format: {error}", where=name, hint="name the format with --format"
        )
    if "truncated" in str(error):
        return ReportError("the JSON ends too early", where=name, hint=_CUT_OFF)
    line, column, message = _first_mistake(data, str(error))
    return ReportError(f"malformed JSON: {message}", where=f"{name}:{line}:{column}")


def _first_mistake(data: bytes, message: str) -> tuple[int, int, str]:
    """Line, column and kind: as the slower standard decoder sees it, which names the very character."""
    try:
        json.loads(data)
    except json.JSONDecodeError as error:
        return error.lineno, error.colno, error.msg.lower()
    except (RecursionError, ValueError):
        pass
    kind, _, position = message.removeprefix("JSON is malformed: ").removesuffix(")").partition(" (byte ")
    before = data[: int(position or 0)]
    return before.count(b"\n") + 1, len(before) - before.rfind(b"\n"), kind


_SUPPORTED = "the README lists the formats that are read"
_NOT_WRITTEN = (
    "did the scanner fail? TruffleHog writes nothing when it finds nothing: say --format trufflehog"
)
_CUT_OFF = "was the scanner or the copy cut off?"
_AS_JSON = "write the report as UTF-8 JSON"

# The YAML parser crashes on deep block nesting, and copies what an alias stands for at each use. A level
# of block nesting takes a column or more, so what starts a line bounds the depth.
_DEEP_YAML = re.compile(rb"^[ \t?:-]{512}", re.MULTILINE)
_YAML_ANCHOR = re.compile(rb"(?:^|[\s,\[{])&([^\s,\[\]{}]+)")
_YAML_ALIAS = re.compile(rb"(?:^|[\s,\[{])\*([^\s,\[\]{}]+)")
