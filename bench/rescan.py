"""A tree that is scanned again, and trees that double."""

from __future__ import annotations

from bench import scans
from bench.made import SCALE, manifests_of
from bench.measure import command, forget
from bench.page import Row, growth, timed

NOTES: tuple[str, ...] = ()


def rows() -> list[Row]:
    """What the cache is worth: an unchanged tree, secrets included."""
    count = 2_000 // SCALE
    arguments = scans.cached(manifests_of(count))
    cold = command(arguments, runs=2, before=forget)
    again = command(arguments, runs=5)
    what = f"scan: {count:,} unchanged manifests from the cache, secrets included"
    return [timed(what, again, cold, "cold", None)]


def growing() -> list[Row]:
    """Four doublings of the manifests."""
    sizes = [size // SCALE for size in (250, 500, 1_000, 2_000, 4_000)]
    runs = [command(scans.command(manifests_of(size)), runs=2).seconds for size in sizes]
    return [growth("manifests", sizes, runs)]
