"""The clusters that the index knows, and which exceptions concern one."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from reprieve.console.index.glance import once
from reprieve.console.index.models import ClusterSet, Tally, Target
from reprieve.record import glob
from reprieve.record.model import ScopeEntry


@once
def known_clusters() -> tuple[str, ...]:
    """Those that scans came from, and those that scopes name without a wildcard; sorted."""
    scanned = Target.objects.exclude(cluster="").values_list("cluster", flat=True).distinct()
    found = Tally.objects.exclude(cluster="").order_by().values_list("cluster", flat=True).distinct()
    named = {pattern for one in ClusterSet.objects.all() for pattern in one.patterns}
    return tuple(sorted({*scanned, *found, *(name for name in named if not {"*", "?"} & set(name))}))


def concerning(cluster: str) -> Q:
    """A filter on `Case`: its scope names no cluster somewhere, or one that this cluster matches."""
    return Q(clusters__in=_admitting(cluster))


def concerns(scope: Iterable[ScopeEntry], cluster: str) -> bool:
    """The same of a scope at hand."""
    return any(not entry.clusters or _matches(entry.clusters, cluster) for entry in scope)


@once
def _admitting(cluster: str) -> tuple[int, ...]:
    """The sets that are for every cluster, or of which a pattern matches this one."""
    return tuple(
        one.pk for one in ClusterSet.objects.all() if one.anywhere or _matches(one.patterns, cluster)
    )


def _matches(patterns: Iterable[str], cluster: str) -> bool:
    return any(glob.matches(pattern, cluster) for pattern in patterns)
