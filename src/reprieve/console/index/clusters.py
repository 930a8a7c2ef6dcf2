"""The clusters that the index knows, and which exceptions concern one."""

from __future__ import annotations

import functools

from django.db.models import Q

from reprieve.console.index.models import ClusterPattern, RegisterState, Scan, Tally, Target
from reprieve.record import glob


def known_clusters() -> list[str]:
    """Those that scans came from, and those that scopes name without a wildcard; sorted."""
    state = RegisterState.objects.values_list("commit", "looked_at").filter(pk=1).first()
    latest = Scan.objects.order_by("-pk").values_list("pk", flat=True).first()
    return list(_known(state, latest))


@functools.lru_cache(maxsize=1)
def _known(_state: tuple[str, float] | None, _latest: int | None) -> tuple[str, ...]:
    """Kept from one look at the register, or one upload, to the next: every page asks."""
    scanned = Target.objects.exclude(cluster="").values_list("cluster", flat=True).distinct()
    found = Tally.objects.exclude(cluster="").order_by().values_list("cluster", flat=True).distinct()
    named = ClusterPattern.objects.exclude(pattern__contains="*").exclude(pattern__contains="?")
    return tuple(sorted({*scanned, *found, *named.values_list("pattern", flat=True)}))


def concerning(cluster: str) -> Q:
    """A filter on `Case`: its scope names no cluster somewhere, or one that this cluster matches."""
    admitting = [
        pk
        for pk, pattern in ClusterPattern.objects.values_list("pk", "pattern")
        if glob.matches(pattern, cluster)
    ]
    return Q(anywhere=True) | Q(cluster_patterns__in=admitting)
