"""Terraform modules: the files of a folder are one, and what calls a folder says what its variables are.

As Terraform and Trivy see it: a folder that another one calls is looked at once for each call, with the
call's arguments, and not by itself; a folder that nobody calls is a root, with its values files and defaults.
A root and all that it calls is one document, so that a resource of one module can be followed to another's;
what is called has the call in its address, `module.logs.aws_s3_bucket.this`.

Only folders that were read count, by their names as they are written: links are not followed. What comes
from a registry or a repository, or lies outside, is counted as left out, and what it puts out is unknown.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path, PurePath

import msgspec

from reprieve.findings.model import Fault
from reprieve.policy.inputs import cloud
from reprieve.policy.inputs.declared import (
    Call,
    Source,
    calls_of,
    gives_values,
    is_made,
    resources_of,
    root_values,
    scope_of,
)
from reprieve.policy.inputs.interface import Document, InputError, Lines
from reprieve.policy.inputs.scope import Bounds, Scope

_MOST_CALLS = 5_000
"""Of one root: modules that call each other twice, thirty levels deep, are a billion."""
_FOR_EACH_CALL = 2_000
"""How much more may be made of expressions for each call."""

_REMOTE = "Terraform module from elsewhere"
_OUTSIDE = "Terraform module outside of what is scanned"


class Combined(msgspec.Struct, frozen=True):
    """The documents of some files, with the Terraform of a root and of all that it calls as one."""

    documents: list[Document]
    faults: list[Fault]
    """Calls that cannot be, and roots whose expressions unfold beyond reason."""
    skipped: dict[str, int]
    """Calls of modules that were not looked into, by the reason."""


def alone(source: Source) -> Document:
    """What one file declares, whatever calls it. Errors: `InputError`."""
    scope = scope_of([source], Bounds())
    scope.variables |= root_values([source])
    return _document(source.path, list(resources_of([source], scope)), [source])


def combine(documents: Sequence[Document], each: Callable[[], object] = lambda: None) -> Combined:
    """The same documents, with the `cloud` ones of Terraform made one for each root module.

    The document is named after its folder, or its one file; each resource and block keeps its file in
    `__path__`.

    Args:
        documents: of files that call each other; those of other kinds pass through.
        each: called before each root.
    """
    others = [one for one in documents if not isinstance(one.lines, _Declared)]
    folders: dict[str, list[Source]] = {}
    for one in documents:
        if isinstance(one.lines, _Declared):
            folder = os.path.normpath(PurePath(one.path).parent)
            folders.setdefault(folder, []).extend(one.lines.sources)
    if not folders:
        return Combined(others, [], {})
    estate = _Estate(folders)
    for root in estate.roots():
        each()
        try:
            others.append(estate.document(root))
        except InputError as error:
            estate.fault(root, error)
        except RecursionError:
            estate.fault(root, InputError("nested too deeply"))
    return Combined(others, list(estate.faults), dict(Counter(estate.skipped.values())))


class _Declared(msgspec.Struct, frozen=True):
    """Where things are in a document; keeps what it was read from, for modules made of several files."""

    sources: list[Source]
    place: cloud.Place

    def __call__(self, path: Sequence[str | int]) -> Lines:
        return self.place(path)


def _document(name: str, resources: list[cloud.Resource], sources: list[Source]) -> Document:
    return msgspec.structs.replace(
        cloud.document(name, resources), lines=_Declared(sources, cloud.Place(resources))
    )


class _Called(msgspec.Struct):
    """A module as it is called once, and what it calls in turn."""

    folder: str
    scope: Scope
    calls: list[tuple[Call, _Called]]


class _Estate:
    """Folders that may call each other."""

    def __init__(self, folders: dict[str, list[Source]]) -> None:
        self._folders = folders
        self._calls = {folder: list(calls_of(sources)) for folder, sources in folders.items()}
        self._reached: set[str] = set()
        self.faults: dict[Fault, None] = {}
        self.skipped: dict[tuple[str, int], str] = {}

    def roots(self) -> Iterator[str]:
        """Those that nobody calls; then, of those that only call each other in a circle, one after the other
        as long as some were not reached."""
        written = [folder for folder in self._folders if self._written(folder)]
        called = {
            target
            for folder, calls in self._calls.items()
            for call in calls
            if (target := self._target(folder, call)) != folder
        }
        yield from (folder for folder in written if folder not in called)
        yield from (folder for folder in written if folder in called and folder not in self._reached)

    def document(self, root: str) -> Document:
        """What a root declares, with all that it calls. Errors: `InputError`."""
        bounds = Bounds()
        top = self._opened(root, "", (), bounds)
        top.scope.variables |= root_values(self._folders[root])
        written = self._written(root)
        name = written[0].path if len(written) == 1 and not top.calls else root
        return _document(name, list(self._resources(top)), self._folders[root])

    def fault(self, root: str, error: InputError) -> None:
        """Keeps what is wrong with a root as a whole: which file the line is of, is not known of several."""
        written = self._written(root)
        sole = len(written) == 1 and not self._calls[root]
        self.faults[Fault(written[0].path, error.message, error.line if sole else None)] = None

    def _written(self, folder: str) -> list[Source]:
        return [source for source in self._folders[folder] if not gives_values(source.path)]

    def _resources(self, module: _Called) -> Iterator[cloud.Resource]:
        yield from resources_of(self._folders[module.folder], module.scope)
        for call, child in module.calls:
            if is_made(call, module.scope):
                yield from self._resources(child)

    def _opened(self, folder: str, address: str, chain: tuple[str, ...], bounds: Bounds) -> _Called:
        self._reached.add(folder)
        module = _Called(folder, scope_of(self._folders[folder], bounds), [])
        module.scope.address = address
        for call in self._calls[folder]:
            target = self._followed(folder, call, (*chain, folder))
            if target is None:
                continue
            bounds.calls += 1
            bounds.left += _FOR_EACH_CALL
            if bounds.calls > _MOST_CALLS:
                raise InputError(f"more than {_MOST_CALLS:,} calls of modules", call.body.first)
            child = self._opened(target, f"{address}module.{call.name}.", (*chain, folder), bounds)
            child.scope.given, child.scope.caller = call.body.value, module.scope
            module.scope.modules[call.name] = child.scope
            module.calls.append((call, child))
        return module

    def _followed(self, folder: str, call: Call, chain: tuple[str, ...]) -> str | None:
        """The folder that a call leads to; None, and a word about it, where it cannot be looked into."""
        target = self._target(folder, call)
        if target in chain:
            circle = " → ".join((*chain[chain.index(target) :], target))
            self._refused(call, f"the module `{call.name}` calls itself: {circle}")
        elif target in self._folders and self._written(target):
            return target
        elif target and Path(folder).is_dir() and not Path(target).is_dir():
            self._refused(call, f"the module `{call.name}` is not there: no folder `{target}`")
        else:
            self.skipped[call.path, call.body.first] = _OUTSIDE if call.local else _REMOTE
        return None

    def _refused(self, call: Call, message: str) -> None:
        self.faults[Fault(call.path, message, call.body.first, 1)] = None

    def _target(self, folder: str, call: Call) -> str | None:
        return os.path.normpath(PurePath(folder) / call.source) if call.local else None
