"""What a VEX document may say of a vulnerability that a record excepts.

An accepted risk is a product that is affected, with what is done about it: never one that is not. Only a
false positive is said not to be affected; and since whoever reads that hides it wherever the product is,
only where the record covers every place too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from packageurl import PackageURL

from reprieve.export.concrete import Excepted, excepted
from reprieve.export.interface import Entry, Grant, Job, Left
from reprieve.record.model import SCOPE_KEYS

_PLACES = frozenset(SCOPE_KEYS) - {"checks", "packages"}
_SETTLED = {"clusters": "cluster", "images": "image", "repositories": "repository"}


class Statement(NamedTuple):
    """One record about one vulnerability."""

    grant: Grant
    check: str
    aliases: tuple[str, ...]
    products: tuple[tuple[str | None, str], ...]
    """Image, as a package URL, and package; sorted."""

    @property
    def is_false(self) -> bool:
        """Whether it says that nothing is affected."""
        return self.grant.record.reason == "false-positive"

    @property
    def action(self) -> str:
        """What is done about an accepted risk, in a sentence or two."""
        record = self.grant.record
        tickets = f" ({', '.join(record.remediation.tickets)})" if record.remediation.tickets else ""
        return f"{self.grant.note} Remediation is due on {record.remediation.target}{tickets}."

    @property
    def impact(self) -> str:
        """Why a false positive is one, in the record's own words."""
        return f"{self.grant.note}\n\n{self.grant.justification}".strip()


def statements(job: Job, left: list[Left]) -> list[Statement]:
    """One for each record and vulnerability, by their ids; what cannot be stated is added to `left`."""
    found: dict[tuple[str, str], tuple[Grant, set[str], set[tuple[str | None, str]]]] = {}
    for one in excepted(job):
        if one.finding.type != "vulnerability" or not one.entries:
            continue
        entry, reason = _entry(one, job)
        if reason:
            left.append(entry.left(reason, f"{one.finding.check} in {one.finding.package or 'no package'}"))
            continue
        _, aliases, products = found.setdefault(
            (entry.grant.id, one.finding.check), (entry.grant, set(), set())
        )
        aliases |= set(one.finding.aliases)
        products.add((_image(one.finding.image), one.finding.package or ""))
    return [
        Statement(grant, check, tuple(sorted(aliases)), tuple(sorted(products, key=_order)))
        for (_, check), (grant, aliases, products) in sorted(found.items())
    ]


def stated_on(found: list[Statement]) -> str:
    """When the last of them was decided: the same for the same register, whenever it is written."""
    days = [one.grant.decided or one.grant.record.requested for one in found]
    return f"{max(days, default=dt.date(1970, 1, 1))}T00:00:00Z"


def _entry(one: Excepted, job: Job) -> tuple[Entry, str]:
    """The entry to state, and why it cannot be."""
    if not _is_package_url(one.finding.package):
        return one.entries[0], "the report names no package URL"
    reasons = [(entry, _refusal(entry, one, job)) for entry in one.entries]
    return next(((entry, reason) for entry, reason in reasons if not reason), reasons[0])


def _is_package_url(text: str | None) -> bool:
    try:
        PackageURL.from_string(text or "")
    except ValueError:
        return False
    return True


def _refusal(entry: Entry, one: Excepted, job: Job) -> str:
    if entry.grant.record.reason != "false-positive":
        return ""
    if entry.grant.record.voids:
        return "not affected is not said of what a fix or a severity would void"
    said = {"images"} if one.finding.image else set()
    said |= {key for key, field in _SETTLED.items() if getattr(job.target, field)}
    narrowed = [key for key in SCOPE_KEYS if key in _PLACES - said and getattr(entry.scope, key)]
    if narrowed:
        return (
            f"not affected would hold wherever the product is, beyond the record's {' and '.join(narrowed)}"
        )
    return ""


def _image(reference: str | None) -> str | None:
    """A package URL of the type `oci` for an image's reference."""
    if not reference:
        return None
    name, _, digest = reference.partition("@")
    path, colon, tag = name.rpartition(":")
    if not colon or "/" in tag:
        path, tag = name, ""
    qualifiers = {"repository_url": path, **({"tag": tag} if tag else {})}
    try:
        return str(PackageURL("oci", None, path.rpartition("/")[2], digest or None, qualifiers))
    except ValueError:
        return None


def _order(product: tuple[str | None, str]) -> tuple[str, str]:
    return product[0] or "", product[1]


def by_image(one: Statement) -> Iterator[tuple[str | None, list[str]]]:
    """The packages of a statement for each image, or for none."""
    images: dict[str | None, list[str]] = {}
    for image, package in one.products:
        images.setdefault(image, []).append(package)
    yield from images.items()
