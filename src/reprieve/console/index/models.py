"""The rows of the index that come from the register, and those that come from reports beside (`found`).

Git and the uploaded reports are the truth; these are worked out of them. Only `sync` (from the register),
`intake` (from reports) and `dispositions` (from both) write them. A status is the one at the moment of the
last sync: `RegisterState.next_change` says when one of them ends, and a sync then writes the new ones.
"""

from __future__ import annotations

from django.db import models

from reprieve.console.index.found import (
    CheckTally,
    Coverage,
    Finding,
    Gone,
    Place,
    PlaceTally,
    Scan,
    Subject,
    Tally,
    Target,
)

__all__ = [
    "Case",
    "CheckTally",
    "ClusterSet",
    "Coverage",
    "Finding",
    "Gone",
    "Ground",
    "Judged",
    "Place",
    "PlaceTally",
    "RegisterState",
    "Scan",
    "Subject",
    "Tally",
    "Target",
]


class RegisterState(models.Model):
    """What the index was made from: one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    commit = models.CharField(max_length=64, default="")
    """Of the protected branch, as judged."""
    ref = models.CharField(max_length=255, default="")
    branches = models.CharField(max_length=64, default="")
    """Digest of the unmerged branches and their commits."""
    charter = models.BinaryField(default=b"")
    """The charter in force, MessagePack of `record.charter.Charter`."""
    charter_digest = models.CharField(max_length=80, default="")
    problems = models.JSONField(default=list)
    """Of the register and its records: objects of `record.model.Problem`."""
    trust = models.CharField(max_length=10, default="")
    judged_at = models.DateTimeField(null=True)
    """The moment that every `Case.status` is for."""
    next_change = models.DateTimeField(null=True)
    """When the first of them may be another."""
    synced_at = models.DateTimeField(null=True)
    """When the register was last looked at."""
    failure = models.TextField(default="")
    """Why the last look failed; empty when it did not."""
    matched = models.BooleanField(default=False)
    """Whether the findings' dispositions are those of this state."""
    grounds = models.CharField(max_length=64, default="")
    """Digest of what findings were last matched with: the rows of `Ground`, and the charter then."""
    grounds_charter = models.BinaryField(default=b"")
    """That charter, MessagePack."""
    looked_at = models.FloatField(default=0)
    """When a process last looked, in seconds of its clock: others need not so soon."""
    found = models.CharField(max_length=32, default="", blank=True)
    """Another text after each change of findings, or of what exceptions make of them."""

    def __str__(self) -> str:
        return f"{self.ref} at {self.commit[:10]}"


class ClusterSet(models.Model):
    """The clusters that a scope names: few, as many name the same, so that a cluster is matched with each."""

    key = models.CharField(max_length=32, unique=True)
    """Digest of the two below."""
    anywhere = models.BooleanField()
    """Whether an entry names none, so that every cluster is concerned."""
    patterns = models.JSONField(default=list)
    """Sorted."""

    def __str__(self) -> str:
        return ", ".join(self.patterns)


class Case(models.Model):
    """One exception on the protected branch, or asked for on a branch (`register.snapshot.Case`)."""

    number = models.PositiveBigIntegerField()
    branch = models.CharField(max_length=255, default="", blank=True)
    """The unmerged branch it is on; empty on the protected branch."""
    leading = models.BooleanField(default=True)
    """Whether pages show this row for the id: the merged one, else the one on the record's own branch."""
    record_id = models.CharField(max_length=20)
    path = models.TextField()
    summary = models.CharField(max_length=200)
    owner = models.CharField(max_length=200)
    requester = models.CharField(max_length=200)
    risk = models.CharField(max_length=10)
    risk_rank = models.PositiveSmallIntegerField(default=9)
    """0 for critical: what sorting by risk goes by."""
    reason = models.CharField(max_length=30)
    environment = models.CharField(max_length=20)
    requested = models.DateField(null=True)
    expires = models.DateField(null=True)
    status = models.CharField(max_length=12)
    expiring = models.BooleanField(default=False)
    missing = models.JSONField(default=list)
    """Roles that still have to approve."""
    due = models.DateTimeField(null=True)
    overdue = models.BooleanField(default=False)
    paused = models.BooleanField(default=False)
    standing_reason = models.TextField(default="", blank=True)
    types = models.CharField(max_length=200, default="", blank=True)
    """Check types of its scope, each between spaces; ` any ` where an entry has none."""
    checks = models.CharField(max_length=300, default="", blank=True)
    """As a list for people, cut."""
    scope = models.CharField(max_length=300, default="", blank=True)
    """The places, for people, cut."""
    clusters = models.ForeignKey(ClusterSet, on_delete=models.PROTECT, related_name="cases")
    search = models.TextField(default="", blank=True)
    """Lower case: id, summary, people, checks, namespaces, resources, paths and images."""
    covered = models.PositiveIntegerField(default=0)
    """Findings that it covers now."""
    seal = models.CharField(max_length=64)
    """Digest of everything above, but for `covered`, and of the judged case: what is the same stays."""

    class Meta:
        """One row for each id and branch."""

        constraints = [models.UniqueConstraint(fields=["number", "branch"], name="case_once")]
        indexes = [
            models.Index(fields=["leading", "status", "expires"], name="case_status"),
            models.Index(fields=["leading", "expires", "number"], name="case_expires"),
            models.Index(fields=["leading", "owner"], name="case_owner"),
            models.Index(fields=["leading", "risk_rank", "number"], name="case_risk"),
            models.Index(fields=["leading", "covered", "number"], name="case_covered"),
            models.Index(
                fields=["expires", "number"],
                condition=models.Q(leading=True, expiring=True),
                name="case_expiring",
            ),
            models.Index(fields=["leading", "status", "risk_rank", "clusters"], name="case_counted"),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.status}"


class Judged(models.Model):
    """The judged case behind a row, whole: apart from it, as lists read many rows and few of these."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, primary_key=True)
    payload = models.BinaryField()
    """MessagePack of `register.snapshot.Case`. Text of the row is cut."""

    def __str__(self) -> str:
        return str(self.case_id)


class Ground(models.Model):
    """One exception as findings were last matched with it (`match.model.Scoped`).

    Compared with the register as it is now, these tell which findings have to be matched again.
    """

    key = models.CharField(max_length=64, unique=True)
    """Of number and branch."""
    branch = models.BooleanField()
    """Whether it is on an unmerged branch: those come last, and the first of several decides."""
    number = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=32)
    scoped = models.BinaryField()
    """MessagePack."""

    def __str__(self) -> str:
        return self.key
