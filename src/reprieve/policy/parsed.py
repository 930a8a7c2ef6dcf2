"""Our own modules as they are once parsed, kept beside them: a scan does not parse what came with it.

A module is known by the digest of its text. One that was changed since is parsed like any other.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from reprieve.policy.module import Module, digest_of

_HERE = Path(__file__).parent / "native"


class _Parsed(msgspec.Struct, frozen=True):
    digest: str
    module: Module
    """Without its text, which is read where it stands."""


_decoder = msgspec.json.Decoder(_Parsed)


class Known:
    """The modules of some folders (`lib`, or that of a pack) as they were parsed."""

    def __init__(self, folders: Iterable[str]) -> None:
        files = (file_of(folder) for folder in folders)
        lines = (_decoder.decode_lines(file.read_bytes()) for file in files if file.is_file())
        self._modules = {parsed.module.path: parsed for found in lines for parsed in found}

    def module(self, path: str, text: str) -> Module | None:
        """The module of that name with that text; None where there was none."""
        parsed = self._modules.get(path)
        if parsed is None or parsed.digest != digest_of(text):
            return None
        return msgspec.structs.replace(parsed.module, text=text)


def file_of(folder: str) -> Path:
    """Where the modules of a folder are kept, one a line; `python -m reprieve.policy.native` writes it."""
    return _HERE / f"{folder}.jsonl"


def kept(modules: Iterable[Module]) -> bytes:
    """What is kept of modules."""
    parsed = [_Parsed(digest_of(one.text), msgspec.structs.replace(one, text="")) for one in modules]
    return msgspec.json.Encoder().encode_lines(parsed)
