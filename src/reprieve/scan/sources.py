"""The files of a scan, read and recognised, and the units that they are evaluated in."""

from __future__ import annotations

import os
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from reprieve.findings.model import Fault
from reprieve.policy.inputs import kind_of
from reprieve.scan.files import Tree, is_chart_template
from reprieve.scan.model import Options, Source, Unit
from reprieve.secrets.files import decode, worth_reading

_HEAD = 64 << 10


class Sources:
    """What there is to scan, and what was left out."""

    def __init__(self, paths: Sequence[str], options: Options) -> None:
        self.paths = paths
        self.read = 0
        self.skipped: Counter[str] = Counter()
        self.faults: list[Fault] = []
        self._options = options
        self._plain = bool(options.policies)
        self._named = frozenset(map(os.path.normpath, paths))

    def units(self) -> list[Unit]:
        """One for each file, one for the Terraform of each folder and of those that it calls, or that call
        it; files of no interest are none."""
        tree = Tree([path for path in self.paths if path != "-"])
        single: list[Unit] = []
        modules: defaultdict[str, list[Source]] = defaultdict(list)
        for path in tree.files():
            source = self._source(path)
            if source is None:
                continue
            if source.kind == "terraform":
                modules[os.path.normpath(os.path.dirname(source.path))].append(source)
            else:
                single.append(Unit((source,)))
        if "-" in self.paths:
            single.append(Unit((self._recognised("-", sys.stdin.buffer.read()),)))
        self.skipped += tree.skipped
        return single + [Unit(tuple(members)) for members in _calling(modules)]

    def combined(self, units: Sequence[Unit]) -> list[Unit]:
        """One more, of all that has a kind, for checks that see everything at once."""
        members = [source for unit in units for source in unit.sources if source.kind is not None]
        once = tuple(Source(member.path, member.text, member.kind, secrets=False) for member in members)
        return [Unit(once, combined=True)] if once else []

    def _fault(self, path: str, message: str) -> None:
        self.faults.append(Fault(shown(path), message))

    def _source(self, path: str) -> Source | None:
        try:
            with open(path, "rb", buffering=0) as file:
                size = os.fstat(file.fileno()).st_size
                head = file.read(_HEAD)
                reason = worth_reading(path, size, head, largest=self._options.limits.file_bytes)
                data = b"" if reason else head + file.read()
        except OSError as error:
            self._fault(path, error.strerror or "cannot be read")
            return None
        if reason:
            self._left_out(path, reason, head, size)
            return None
        source = self._recognised(path, data)
        if source.kind and "{{" in source.text and not self._is_named(path) and is_chart_template(path):
            self.skipped["Helm template, not rendered"] += 1
            source = Source(path, source.text, None, source.secrets)
        if source.kind is None and not source.secrets:
            if self._is_named(path):
                self.skipped["not a kind of file that is known"] += 1
            return None
        self.read += 1
        return source

    def _is_named(self, path: str) -> bool:
        """Whether somebody asked for this very file."""
        return os.path.normpath(path) in self._named

    def _left_out(self, path: str, reason: str, head: bytes, size: int) -> None:
        """A fault, of a file that holds configuration: it would have been looked at."""
        if self._options.misconfigurations and kind_of(path, decode(head.replace(b"\0", b""))):
            most = self._options.limits.file_bytes >> 20
            large = f"{size >> 20:,} MiB: more than {most:,} MiB are not read"
            self._fault(path, large if reason == "huge" else "not text: it holds NUL bytes")
        else:
            self.skipped[reason] += 1

    def _recognised(self, path: str, data: bytes) -> Source:
        options = self._options
        text, undecoded = decode(data), None
        if "�" in text:
            try:
                data.decode("utf-8")
            except UnicodeDecodeError as error:
                undecoded = f"{error.reason} at byte {error.start}"
        kind = None
        if options.misconfigurations:
            kind = (
                options.kind
                or kind_of(path, text, plain_too=self._plain)
                or ("plain" if path == "-" else None)
            )
        return Source(shown(path), text, kind, secrets=options.secrets and path != "-", undecoded=undecoded)


_LOCAL_MODULE = re.compile(r'\bsource"?\s*[=:]\s*"(\.\.?/[^"]*)"')
"""Of a call of a folder; of a few other things too, which only brings more files together than need be."""


def _calling(modules: Mapping[str, list[Source]]) -> Iterable[list[Source]]:
    """The files of Terraform's folders, of those that may call each other in one list."""
    together: dict[str, list[str]] = {folder: [folder] for folder in modules}
    for folder, sources in modules.items():
        for source in sources:
            for said in _LOCAL_MODULE.findall(source.text):
                other = os.path.normpath(os.path.join(folder, said))
                if other in together and together[other] is not together[folder]:
                    fewer, more = sorted((together[folder], together[other]), key=len)
                    more += fewer
                    together.update(dict.fromkeys(fewer, more))
    groups = {id(folders): folders for folders in together.values()}
    return ([source for folder in folders for source in modules[folder]] for folders in groups.values())


def shown(path: str) -> str:
    """A file's name as text, which is what is encoded, compared and printed: other bytes are spelt out."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
