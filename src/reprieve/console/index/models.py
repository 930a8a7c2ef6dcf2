"""The rows of the index. Git and the uploaded reports are the truth; these are worked out of them.

Only `sync` (from the register) and `intake` (from reports) write them. A status is the one at the moment
of the last sync: `RegisterState.next_change` says when one of them ends, and a sync then writes the new ones.
"""

from __future__ import annotations

from django.db import models


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

    def __str__(self) -> str:
        return f"{self.ref} at {self.commit[:10]}"


class Case(models.Model):
    """One exception on the protected branch, or asked for on a branch (`register.snapshot.Case`)."""

    number = models.PositiveBigIntegerField()
    branch = models.CharField(max_length=255, default="", blank=True)
    """The unmerged branch it is on; empty on the protected branch."""
    leading = models.BooleanField(default=True)
    """Whether pages show this row for the id: the merged one, else the one on the record's own branch."""
    record_id = models.CharField(max_length=20)
    path = models.CharField(max_length=500)
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
    anywhere = models.BooleanField(default=False)
    """Whether an entry names no cluster."""
    search = models.TextField(default="", blank=True)
    """Lower case: id, summary, people, checks, namespaces, resources, paths and images."""
    covered = models.PositiveIntegerField(default=0)
    """Findings that it covers now."""
    payload = models.BinaryField(default=b"")
    """MessagePack of the judged case: what the page of one exception is made from."""
    seal = models.CharField(max_length=64)
    """Digest of everything above, but for `covered`: rows that did not change are not written."""

    class Meta:
        """One row for each id and branch."""

        constraints = [models.UniqueConstraint(fields=["number", "branch"], name="case_once")]
        indexes = [
            models.Index(fields=["leading", "status", "expires"], name="case_status"),
            models.Index(fields=["leading", "expires", "number"], name="case_expires"),
            models.Index(fields=["leading", "owner"], name="case_owner"),
            models.Index(fields=["leading", "risk_rank", "number"], name="case_risk"),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.status}"


class ClusterPattern(models.Model):
    """A pattern that scopes name clusters by; few, so that a cluster is matched against each."""

    pattern = models.CharField(max_length=255, unique=True)
    cases = models.ManyToManyField(Case, related_name="cluster_patterns")

    def __str__(self) -> str:
        return self.pattern


class Target(models.Model):
    """What is scanned again and again by one tool: a new scan of it replaces its findings."""

    name = models.CharField(max_length=500)
    """As the uploader calls it; else the report's format and place."""
    tool = models.CharField(max_length=60)
    cluster = models.CharField(max_length=255, default="", blank=True)
    repository = models.CharField(max_length=500, default="", blank=True)

    class Meta:
        """One row for each of these."""

        constraints = [
            models.UniqueConstraint(fields=["name", "tool", "cluster", "repository"], name="target_once")
        ]

    def __str__(self) -> str:
        return self.name


class Scan(models.Model):
    """One upload: kept for history, without its findings once a newer one of the target has come."""

    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="scans")
    digest = models.CharField(max_length=64)
    """SHA-256 of the report: the same again changes nothing."""
    format = models.CharField(max_length=40)
    source = models.CharField(max_length=500)
    taken_at = models.DateTimeField()
    uploaded_at = models.DateTimeField()
    uploaded_by = models.CharField(max_length=255)
    latest = models.BooleanField(default=True)
    findings = models.PositiveIntegerField(default=0)
    passed = models.PositiveIntegerField(default=0)
    unread = models.JSONField(default=list)
    """What the scanner could not look at."""
    counts = models.JSONField(default=dict)
    """Severity -> disposition -> findings, when it came."""
    looked = models.JSONField(default=dict)
    """Of a scan of ours: check id -> documents that it looked at."""

    class Meta:
        """The same report of the same target is one upload."""

        constraints = [models.UniqueConstraint(fields=["target", "digest"], name="scan_once")]
        indexes = [models.Index(fields=["latest", "target"], name="scan_latest")]

    def __str__(self) -> str:
        return f"{self.source} of {self.taken_at:%Y-%m-%d}"


class Finding(models.Model):
    """One finding of a target's latest scan (`findings.model.Finding`)."""

    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="found")
    fingerprint = models.CharField(max_length=80)
    type = models.CharField(max_length=20)
    check_id = models.CharField(max_length=200)
    severity = models.PositiveSmallIntegerField()
    """Index into `words.SEVERITIES`: 0 is critical."""
    tool = models.CharField(max_length=60)
    message = models.TextField(default="", blank=True)
    aliases = models.JSONField(default=list)
    cluster = models.CharField(max_length=255, null=True)
    namespace = models.CharField(max_length=255, null=True)
    resource = models.CharField(max_length=500, null=True)
    path = models.CharField(max_length=1000, null=True)
    line = models.PositiveIntegerField(null=True)
    end_line = models.PositiveIntegerField(null=True)
    image = models.CharField(max_length=500, null=True)
    package = models.CharField(max_length=500, null=True)
    repository = models.CharField(max_length=500, null=True)
    fix = models.CharField(max_length=500, null=True)
    suppressed = models.TextField(null=True)
    policy = models.JSONField(null=True)
    disposition = models.CharField(max_length=10, default="open")
    exception = models.PositiveBigIntegerField(null=True)
    """Number of the exception that decides."""
    voided_by = models.CharField(max_length=60, null=True)
    first_seen = models.DateTimeField()
    last_seen = models.DateTimeField()

    class Meta:
        """A finding is known by its fingerprint within its target."""

        constraints = [models.UniqueConstraint(fields=["target", "fingerprint"], name="finding_once")]
        indexes = [
            models.Index(fields=["type", "severity", "id"], name="finding_page"),
            models.Index(fields=["type", "check_id", "severity"], name="finding_check"),
            models.Index(fields=["exception"], name="finding_exception"),
        ]

    def __str__(self) -> str:
        return f"{self.check_id} on {self.resource or self.path or self.image}"


class Tally(models.Model):
    """How many findings of a target share these: what counters and groups are made from."""

    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="tallies")
    type = models.CharField(max_length=20)
    check_id = models.CharField(max_length=200)
    severity = models.PositiveSmallIntegerField()
    cluster = models.CharField(max_length=255, default="", blank=True)
    namespace = models.CharField(max_length=255, default="", blank=True)
    disposition = models.CharField(max_length=10)
    native = models.BooleanField(default=False)
    """Whether the scanner itself suppressed them."""
    number = models.PositiveIntegerField()

    class Meta:
        """Read by type, for all targets or those of one cluster."""

        indexes = [models.Index(fields=["type", "check_id"], name="tally_type")]

    def __str__(self) -> str:
        return f"{self.number} × {self.check_id} {self.disposition}"
