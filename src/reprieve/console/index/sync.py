"""The index follows the register: its protected branch, its open branches, and the clock.

Only what changed is written, in one transaction; a reader sees the register before or after, nothing between.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import time
from collections.abc import Mapping

import msgspec
from django.db import transaction

from reprieve.console.config import config
from reprieve.console.index import dispositions, staging, tallies, text
from reprieve.console.index.glance import look_again, state
from reprieve.console.index.models import Case, ClusterSet, Ground, Judged, RegisterState, Target
from reprieve.console.index.rows import Clusters, Made, next_change, rows
from reprieve.console.index.turns import hold_cases, turn
from reprieve.errors import ReprieveError
from reprieve.register.register import Register

_LOG = logging.getLogger("reprieve.console")
_PORTION = 2000
_PATIENCE = 30.0
"""Seconds to wait for another process that is looking at the register."""


def open_register(*, fetch: bool = True) -> Register:
    """The console's register, as it is now. Errors: `RegisterError`."""
    settings = config()
    return Register.open(settings.register, ref=settings.ref, fetch=fetch, charter_root=settings.charter_root)


def sync(*, fetch: bool = True, patient: bool = True) -> RegisterState:
    """Looks at the register and writes what is new; a failure is kept in the state, and told on the pages.

    Args:
        fetch: whether to ask the remote.
        patient: whether findings are judged anew however long it takes; else only where it is soon done,
            and the rest is left to the follower: for whoever waits for a page.
    """
    try:
        return _sync(config().present(), fetch=fetch, patient=patient)
    finally:
        look_again()


def nudge() -> RegisterState:
    """The same for somebody who has just written to the register, and wants to read it."""
    return sync(patient=False)


def _sync(now: dt.datetime, *, fetch: bool, patient: bool) -> RegisterState:
    with turn("sync", wait=_PATIENCE) as held:
        if not held:
            return state()
        try:
            register = open_register(fetch=fetch)
        except ReprieveError as error:
            _LOG.warning("cannot read the register: %s", error)
            return _failed(str(error), now)
        known = _look(register, now)
    if dispositions.is_behind():
        dispositions.rematch(register, known, patient=patient)
        known.refresh_from_db()
    return known


def rebuild(*, fetch: bool = True) -> RegisterState:
    """Forgets all that came from the register, and works it out again; findings are all judged again."""
    with turn("sync", wait=_PATIENCE), transaction.atomic():
        hold_cases()
        for model in (Case, ClusterSet, Ground, RegisterState):
            model._default_manager.all().delete()
        Target.objects.update(grounds="")
    return sync(fetch=fetch)


def _look(register: Register, now: dt.datetime) -> RegisterState:
    known = state()
    branches = _branches(register)
    moved = known.commit != register.commit or known.branches != branches
    turned = known.next_change is not None and now >= known.next_change
    past = known.judged_at is not None and now < known.judged_at
    if moved or turned or past or known.judged_at is None:
        known = _write(register, branches, now)
        _LOG.info("the index is at %s", known)
    else:
        known.synced_at, known.failure = now, ""
    known.looked_at = time.time()
    known.save(update_fields=["synced_at", "failure", "looked_at"])
    return known


def _failed(message: str, now: dt.datetime) -> RegisterState:
    told = {"failure": text.storable(message), "synced_at": now}
    return RegisterState.objects.update_or_create(pk=1, defaults=told)[0]


def _write(register: Register, branches: str, now: dt.datetime) -> RegisterState:
    judged = register.cases(now)
    with transaction.atomic():
        hold_cases()
        list(RegisterState.objects.select_for_update().filter(pk=1))  # other machines wait here
        _write_cases({(made.row.number, made.row.branch): made for made in rows(judged)})
        snapshot = register.snapshot
        known, _ = RegisterState.objects.update_or_create(
            pk=1,
            defaults={
                "commit": register.commit,
                "ref": register.located.ref,
                "branches": branches,
                "charter": msgspec.msgpack.encode(snapshot.charter),
                "charter_digest": snapshot.rulings[snapshot.ruling].digest,
                "problems": text.storable_json(msgspec.to_builtins(snapshot.problems)),
                "trust": register.trust(now),
                "judged_at": now,
                "next_change": next_change(judged, now),
                "synced_at": now,
                "failure": "",
                "matched": False,
            },
        )
    return known


def _write_cases(wanted: Mapping[tuple[int, str], Made]) -> None:
    known = {
        (number, branch): (pk, seal)
        for pk, number, branch, seal in Case.objects.values_list("pk", "number", "branch", "seal")
    }
    gone = [pk for key, (pk, _) in known.items() if key not in wanted]
    changed = [key for key, made in wanted.items() if known.get(key, (0, ""))[1] != made.row.seal]
    stale = gone + [known[key][0] for key in changed if key in known]
    for start in range(0, len(stale), _PORTION):
        Case.objects.filter(pk__in=stale[start : start + _PORTION]).delete()
    _write_new([wanted[key] for key in changed])
    tallies.count_covered()
    ClusterSet.objects.filter(cases=None).delete()


def _write_new(cases: list[Made]) -> None:
    sets = _sets({made.clusters for made in cases})
    for made in cases:
        made.row.clusters_id = sets[made.clusters]
    staging.insert([made.row for made in cases])
    rows = Case.objects.values_list("number", "branch", "pk")
    known = {(number, branch): pk for number, branch, pk in rows}
    staging.insert(
        [Judged(case_id=known[made.row.number, made.row.branch], payload=made.payload) for made in cases]
    )


def _sets(wanted: set[Clusters]) -> Mapping[Clusters, int]:
    """The keys of their rows, which are written where there are none."""
    keys = {each: text.digest(str(each.anywhere), *each.patterns) for each in wanted}
    ClusterSet.objects.bulk_create(
        [ClusterSet(key=key, anywhere=each.anywhere, patterns=each.patterns) for each, key in keys.items()],
        batch_size=_PORTION,
        ignore_conflicts=True,
    )
    known = dict(ClusterSet.objects.values_list("key", "pk"))
    return {each: known[key] for each, key in keys.items()}


def _branches(register: Register) -> str:
    listing = "\n".join(f"{name} {tip}" for name, tip in sorted(register.located.branches.items()))
    return hashlib.sha256(listing.encode()).hexdigest()
