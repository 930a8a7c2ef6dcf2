"""Rows made from the register's history, which only `record` writes; by `posture`, what findings came to."""

from __future__ import annotations

from django.db import models


class HistoryState(models.Model):
    """What the history was read at: one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    commit = models.CharField(max_length=64, default="")
    branches = models.CharField(max_length=64, default="")
    day = models.DateField(null=True)
    """The last day of `Day`."""
    clusters = models.JSONField(default=list)
    """Those that `Day` counts apart."""

    def __str__(self) -> str:
        return self.commit[:10]


class Event(models.Model):
    """One thing that happened (`register.history.Event`)."""

    key = models.CharField(max_length=64, unique=True)
    """Digest of everything below: an event that is known is not written again."""
    at = models.DateTimeField()
    position = models.PositiveIntegerField()
    """Its place in the whole history, oldest first."""
    kind = models.CharField(max_length=20)
    record = models.CharField(max_length=20)
    """The id, or `charter`."""
    who = models.CharField(max_length=255)
    commit = models.CharField(max_length=64)
    text = models.TextField(blank=True)
    branch = models.CharField(max_length=255, blank=True)
    """The unmerged branch it waits on; empty for what is part of the protected branch."""
    counts = models.BooleanField()

    class Meta:
        """Read by time, by record and by person."""

        indexes = [
            models.Index(fields=["at", "position"], name="event_at"),
            models.Index(fields=["record", "at"], name="event_record"),
            models.Index(fields=["who", "at"], name="event_who"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.kind} {self.record}"


class Day(models.Model):
    """How many exceptions stood where at the end of a day, for the plot over time."""

    cluster = models.CharField(max_length=255, blank=True)
    """Those that concern one cluster; empty for all of them."""
    day = models.DateField()
    active = models.PositiveIntegerField()
    expiring = models.PositiveIntegerField()
    expired = models.PositiveIntegerField()

    class Meta:
        """One row for each cluster and day."""

        constraints = [models.UniqueConstraint(fields=["cluster", "day"], name="day_once")]

    def __str__(self) -> str:
        return str(self.day)


class Posture(models.Model):
    """How many findings there were at the last look of a day: kept, since nothing tells it afterwards."""

    cluster = models.CharField(max_length=500, blank=True)
    """Those in one cluster; empty for all of them."""
    day = models.DateField()
    raw = models.PositiveBigIntegerField()
    """All that count."""
    net = models.PositiveBigIntegerField()
    """Those of them that no exception covers."""

    class Meta:
        """One row for each cluster and day."""

        constraints = [models.UniqueConstraint(fields=["cluster", "day"], name="posture_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.raw}/{self.net}"
