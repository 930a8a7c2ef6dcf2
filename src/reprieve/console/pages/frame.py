"""What every page shows around its own: navigation, clusters, the viewer, how fresh the index is."""

from __future__ import annotations

from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest

from reprieve.console.config import config
from reprieve.console.index.clusters import known_clusters
from reprieve.console.index.glance import glance
from reprieve.console.pages.judging import judging
from reprieve.console.people.viewer import Viewer


class Link(NamedTuple):
    """An entry of the navigation."""

    path: str
    label: str
    here: bool


_SCANNING = (
    ("/exceptions/", "Security Exceptions"),
    ("/misconfigurations/", "Misconfigurations"),
    ("/compliance/", "Compliance"),
    ("/secrets/", "Secrets"),
    ("/vulnerabilities/", "Vulnerabilities"),
)
_WORK = (("/reviews/", "Reviews"), ("/audit/", "Audit"), ("/settings/", "Settings"))


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context for `base.html`; the least for a stranger."""
    viewer: Viewer | None = getattr(request, "viewer", None)
    if viewer is None:
        return {"viewer": None}
    cluster = cluster_of(request)
    return {
        "viewer": viewer,
        "register_state": glance(),
        "judging": judging(),
        "simulated": config().now,
        "present": config().present(),
        "clusters": known_clusters(),
        "cluster": cluster,
        "scanning_links": [_link(request, *entry, cluster) for entry in _SCANNING],
        "work_links": [_link(request, *entry, cluster) for entry in _WORK],
        "home_link": _link(request, "/", "Overview", cluster),
    }


def cluster_of(request: HttpRequest) -> str:
    """The cluster that was chosen; empty for all of them."""
    return request.GET.get("cluster", "")


def _link(request: HttpRequest, path: str, label: str, cluster: str) -> Link:
    here = request.path == path if path == "/" else request.path.startswith(path)
    return Link(path + (f"?{urlencode({'cluster': cluster})}" if cluster else ""), label, here)
