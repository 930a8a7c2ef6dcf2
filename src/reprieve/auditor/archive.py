"""An archive whose bytes depend on what is in it alone, and that says how each file must be.

ZIP, because every desk can open it; stored and not deflated, as compressors differ between machines; the
names sorted, the times those of the format's beginning.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping

SUMS = "SHA256SUMS"
_BEGINNING = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE = 0o100644 << 16


def archive(folder: str, files: Mapping[str, bytes]) -> bytes:
    """A ZIP archive of one folder.

    Args:
        folder: its name.
        files: name within it -> content; `SHA256SUMS` over all of them is added.
    """
    whole = {**files, SUMS: sums(files)}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as zipped:
        for name in sorted(whole):
            entry = zipfile.ZipInfo(f"{folder}/{name}", _BEGINNING)
            entry.create_system = 3  # Unix, wherever it is written
            entry.external_attr = _PLAIN_FILE
            zipped.writestr(entry, whole[name])
    return out.getvalue()


def sums(files: Mapping[str, bytes]) -> bytes:
    """Lines as `sha256sum --check` takes them."""
    lines = (f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    return "".join(lines).encode()
