"""Reports as the bodies of requests: received in portions, unpacked, never larger than they may be."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import IO, Any

from django.http import HttpRequest
from ninja.errors import HttpError

_PORTION = 1 << 20
_PATIENCE = 4096
"""Portions of a report that is too large."""

REPORT_BODY: dict[str, Any] = {
    "requestBody": {
        "description": "A scanner's report, as it wrote it: JSON, YAML, CSV or NDJSON; may be gzipped.",
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string"}}},
    }
}
"""Of an operation that receives one, for the OpenAPI document."""


def receive(request: HttpRequest, file: IO[bytes], megabytes: int) -> None:
    """Writes the request's body to a file, a portion at a time, unpacked, and goes back to its beginning.

    Errors: `HttpError` without a length, above the limit, and for a body that is not what it says.
    """
    most = megabytes * _PORTION
    length = request.META.get("CONTENT_LENGTH") or ""
    if not length.isdigit():
        raise HttpError(411, "say how long the report is: Content-Length")
    if int(length) > most:
        _drain(request)
        raise _too_large(megabytes)
    packed = request.headers.get("Content-Encoding", "identity").lower()
    if packed not in {"identity", "gzip"}:
        raise HttpError(415, "Content-Encoding: gzip, or none")
    received, written = 0, 0
    unpack = _Gunzip() if packed == "gzip" else None
    while portion := request.read(_PORTION):
        received += len(portion)
        for part in unpack.parts(portion) if unpack else (portion,):
            written += len(part)
            if written > most:
                _drain(request)
                raise _too_large(megabytes)
            file.write(part)
    if received != int(length) or (unpack and not unpack.whole):
        raise HttpError(400, "the report broke off")
    file.seek(0)


def _too_large(megabytes: int) -> HttpError:
    return HttpError(413, f"the report is larger than {megabytes} MB")


def _drain(request: HttpRequest) -> None:
    """Hears the sender out, within reason: else the connection breaks, and the answer is lost with it."""
    for _ in range(_PATIENCE):
        if not request.read(_PORTION):
            break


class _Gunzip:
    """A gzip stream (RFC 1952), unpacked in portions of bounded size."""

    def __init__(self) -> None:
        self._stream = zlib.decompressobj(wbits=31)
        self._over = False

    @property
    def whole(self) -> bool:
        """Whether it ended where it says that it ends."""
        return self._stream.eof and not self._over

    def parts(self, packed: bytes) -> Iterator[bytes]:
        """What comes of some more of it. Errors: `HttpError`."""
        while packed:
            if self._stream.eof:
                self._over = True
                return
            try:
                part = self._stream.decompress(packed, _PORTION)
            except zlib.error:
                raise HttpError(400, "the report is not gzip, as Content-Encoding says") from None
            yield part
            packed = self._stream.unused_data or self._stream.unconsumed_tail
