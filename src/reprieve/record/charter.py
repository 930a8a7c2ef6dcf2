"""The process as data: limits, review times, approvers, roles, calendar (design section 3).

Every default can be overridden, key by key; what is not written keeps its default.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, field

from reprieve.record import glob
from reprieve.record.model import Problem
from reprieve.words import RISKS, Environment, ExportFormat, Risk

CISO = "ciso"
DURATION = re.compile(r"(\d{1,3})(h|bd)")
_HOURS = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)")

Emails = tuple[Annotated[str, Meta(pattern=r"^[^@\s]+@[^@\s]+$")], ...]
Duration = Annotated[str, Meta(pattern=r"^\d{1,3}(h|bd)$")]


_Error = tuple[tuple[str | int, ...], str, str | None]
"""Key path, message, hint."""


class _Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Unknown keys are errors."""


class Limits(_Strict, frozen=True):
    """What no approval goes beyond."""

    duration_days: Annotated[int, Meta(ge=1, le=3650)] = 90
    renewals: Annotated[int, Meta(ge=0, le=100)] = 2
    critical_in_production: Annotated[int, Meta(ge=0)] = 0
    breadth: Annotated[int, Meta(ge=1)] | None = None
    """Findings that a record may cover, as its approvers counted them, without a higher approver."""


class Calendar(_Strict, frozen=True):
    """When review clocks run: working hours of working days. `country` is ISO 3166, `DE` or `DE-BY`."""

    country: str | None = None
    timezone: str = "UTC"
    hours: str = "09:00-17:00"


class Export(_Strict, frozen=True):
    """One native file that `reprieve export --all` keeps up to date, and what the scans using it are of."""

    format: ExportFormat
    path: Annotated[str, Meta(min_length=1, max_length=400)]
    """Below the folder that the command runs in."""
    cluster: str | None = None
    environment: Environment | None = None
    repository: str | None = None
    image: str | None = None
    reports: tuple[str, ...] = ()


def _default_roles() -> dict[str, Emails]:
    return {
        CISO: (),
        "vp-engineering": (),
        "security-lead": (),
        "engineering-manager": (),
        "security-team": (),
    }


def _default_review() -> dict[Risk, Duration]:
    return {"critical": "4h", "high": "1bd", "medium": "3bd", "low": "5bd"}


def _default_approvers() -> dict[Risk, tuple[str, ...]]:
    return {
        "critical": (CISO, "vp-engineering"),
        "high": ("security-lead", "engineering-manager"),
        "medium": ("security-team",),
        "low": ("security-team",),
    }


class Charter(_Strict, frozen=True):
    """The rules that judge a record."""

    version: Literal[1]
    charter_owner: str = CISO
    approvals: Literal["verified", "merged"] = "verified"
    signatures: Literal["optional", "required"] = "optional"
    recorders: Emails = ()
    roles: dict[str, Emails] = field(default_factory=_default_roles)
    limits: Limits = field(default_factory=Limits)
    review: dict[Risk, Duration] = field(default_factory=_default_review)
    approvers: dict[Risk, tuple[str, ...]] = field(default_factory=_default_approvers)
    calendar: Calendar = field(default_factory=Calendar)
    environments: dict[str, Environment] = field(default_factory=dict)
    rego_exceptions: Literal["governed", "allowed"] = "governed"
    native_suppressions: Literal["accept", "refuse"] = "accept"
    exports: tuple[Export, ...] = ()
    secret_key: Annotated[str, Meta(min_length=32)] | None = None
    """What fingerprints of exposed secrets are made with, so that they are the same on every machine."""

    def holders(self, role: str) -> frozenset[str]:
        """The e-mail addresses of those who hold a role, lower case."""
        return frozenset(email.lower() for email in self.roles.get(role, ()))

    def roles_of(self, person: str) -> tuple[str, ...]:
        """The roles that a person holds, in the charter's order."""
        return tuple(role for role in self.roles if person.lower() in self.holders(role))

    def is_recorder(self, identity: str) -> bool:
        """Whether a signed decision of this identity counts for its author."""
        return identity.lower() in {recorder.lower() for recorder in self.recorders}

    def required_roles(self, risk: Risk, *, escalated: bool) -> tuple[str, ...]:
        """The roles that must approve: those of the risk; with an escalation the `ciso` as well."""
        roles = self.approvers[risk]
        return roles if not escalated or CISO in roles else (CISO, *roles)

    def higher_roles(self, risk: Risk, *, escalated: bool) -> tuple[str, ...]:
        """Those that must approve on top of `required_roles` where a record is broad, or nobody counted.

        Of the next higher risk that asks for more; the `ciso` where none does. Never fewer people than
        without: the roles of a higher risk come beside those of its own.
        """
        required = self.required_roles(risk, escalated=escalated)
        for higher in reversed(RISKS[: RISKS.index(risk)]):
            if more := _beyond(self.approvers[higher], required):
                return more
        return _beyond((CISO,), required)

    def deciding_roles(self, risk: Risk, *, escalated: bool) -> tuple[str, ...]:
        """The roles whose decision can count: those required, and higher ones where breadth is limited."""
        required = self.required_roles(risk, escalated=escalated)
        if self.limits.breadth is None:
            return required
        return (*required, *self.higher_roles(risk, escalated=escalated))

    def environment_of(self, cluster: str | None) -> Environment:
        """By the map of clusters, first match; `production` when nothing says otherwise."""
        if cluster is not None:
            for pattern, environment in self.environments.items():
                if glob.matches(pattern, cluster):
                    return environment
        return "production"


def parse_charter(path: str, raw: bytes) -> Charter | list[Problem]:
    """The charter, or everything that is wrong with it, with lines and hints."""
    from reprieve.record import yaml
    from reprieve.record.document import FORBIDDEN

    if len(raw) > yaml.MAX_SIZE:
        message = f"a charter of {len(raw) // 1024} KiB, at most {yaml.MAX_SIZE // 1024} are read"
        hint = "leave out what has its default, and comments that belong into the handbook"
        return [Problem(rule="too-large", message=message, path=path, hint=hint)]
    try:
        text = raw.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return [Problem(rule="encoding", message="not valid UTF-8", path=path)]
    found = FORBIDDEN.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        message = f"the character U+{ord(found[0]):04X} is not allowed"
        return [Problem(rule="forbidden-character", message=message, path=path, line=line)]
    try:
        data = yaml.load_mapping(text)
    except yaml.YamlError as error:
        return [Problem(rule="yaml", message=error.message, path=path, line=error.line)]
    errors = yaml.shape_errors(data, Charter)
    charter = None if errors else msgspec.convert(_with_defaults(data), Charter)
    if charter is not None:
        errors = _rule_errors(charter)
    if errors or charter is None:
        return [
            Problem(rule="charter", message=message, path=path, line=yaml.line_of(text, keys), hint=hint)
            for keys, message, hint in errors
        ]
    return charter


def charter_digest(charter: bytes, signers: bytes) -> str:
    """What a new charter is approved by: `sha256:…` over both files, byte for byte."""
    hasher = hashlib.sha256(b"reprieve-charter-v1\n")
    for content in (charter, signers):
        hasher.update(f"{len(content)}\n".encode())
        hasher.update(content)
    return f"sha256:{hasher.hexdigest()}"


def _with_defaults(data: dict[str, Any]) -> dict[str, Any]:
    """Maps are overridden key by key, so that one new role does not remove the others."""
    merged = dict(data)
    defaults: dict[str, Any] = {
        "roles": _default_roles(),
        "review": _default_review(),
        "approvers": _default_approvers(),
    }
    for key, default in defaults.items():
        merged[key] = {**default, **data.get(key, {})}
    return merged


def _beyond(roles: Sequence[str], held: Sequence[str]) -> tuple[str, ...]:
    """The roles that are not among `held`; one that is named twice stands for two people."""
    left, more = list(held), []
    for role in roles:
        if role in left:
            left.remove(role)
        else:
            more.append(role)
    return tuple(more)


def _rule_errors(charter: Charter) -> list[_Error]:
    errors: list[_Error] = []
    if charter.limits.breadth is not None and charter.approvals == "merged":
        message = "`breadth` is counted by approvers, and with `approvals: merged` there are none"
        errors.append((("limits", "breadth"), message, "`approvals: verified`, or no `breadth`"))
    known = ", ".join(charter.roles)
    if charter.charter_owner not in charter.roles:
        message = f"`charter_owner`: no role `{charter.charter_owner}`"
        errors.append((("charter_owner",), message, f"one of: {known}"))
    for risk in RISKS:
        roles = charter.approvers[risk]
        if not roles:
            errors.append((("approvers", risk), f"nobody would have to approve {risk} risk", "name a role"))
        unknown = [role for role in roles if role not in charter.roles]
        errors += [(("approvers", risk), f"no role `{role}`", f"one of: {known}") for role in unknown]
    return errors + _calendar_errors(charter.calendar) + _export_errors(charter.exports)


def _export_errors(exports: tuple[Export, ...]) -> list[_Error]:
    """A path of a charter is written to, on the machines of many people: it stays below where they are."""
    errors: list[_Error] = []
    seen: set[str] = set()
    for index, export in enumerate(exports):
        keys = ("exports", index, "path")
        parts = export.path.split("/")
        if "\\" in export.path or ":" in export.path or {"", ".", ".."} & {*parts} or ".git" in parts:
            hint = "a path such as config/.trivyignore.yaml, without `..`, from where the command runs"
            errors.append((keys, f"`path`: {export.path!r} is not a plain relative path", hint))
        if export.path in seen:
            errors.append((keys, f"`path`: {export.path!r} twice", "write each export to a file of its own"))
        seen.add(export.path)
    return errors


def _calendar_errors(calendar: Calendar) -> list[_Error]:
    from zoneinfo import ZoneInfo

    errors: list[_Error] = []
    match = _HOURS.fullmatch(calendar.hours)
    opens, closes = calendar.hours.partition("-")[::2]
    if match is None or opens >= closes or closes > "24:00":
        errors.append((("calendar", "hours"), "`hours`: expected HH:MM-HH:MM, the first earlier", None))
    try:
        ZoneInfo(calendar.timezone)
    except (KeyError, ValueError, OSError):
        hint = "an IANA name such as Europe/Berlin"
        errors.append((("calendar", "timezone"), f"`timezone`: no zone {calendar.timezone!r}", hint))
    if calendar.country is not None and not _is_country(calendar.country):
        hint = "ISO 3166 code such as DE or DE-BY"
        errors.append((("calendar", "country"), f"`country`: no calendar for {calendar.country!r}", hint))
    return errors


def _is_country(code: str) -> bool:
    import holidays

    country, _, subdivision = code.partition("-")
    supported = holidays.list_supported_countries(include_aliases=True)
    return country in supported and (not subdivision or subdivision in supported[country])
