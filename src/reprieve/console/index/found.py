"""The rows of the index that come from reports: targets, their scans and findings, and counts of these.

Text of a report may be of any length. What an index of the database is made over is either bounded by
`intake` or stands beside a digest of it. Where findings are (`Place`) and what they are about (`Subject`)
are rows of their own: few beside the findings, so that a search looks through these. The database does not
check references: a million of these checks would take as long as the upload, and only `merging` writes.
"""

from __future__ import annotations

import datetime as dt

from django.db import models


class Target(models.Model):
    """What is scanned again and again by one tool: a new scan of it replaces its findings."""

    key = models.CharField(max_length=64, unique=True)
    """Digest of the four below."""
    name = models.TextField()
    """As the uploader calls it; else what the report says that it is of, else the report's name."""
    tool = models.CharField(max_length=100)
    cluster = models.CharField(max_length=500, default="", blank=True)
    repository = models.TextField(default="", blank=True)
    scanned_at = models.DateTimeField(null=True)
    """When its latest scan was taken."""
    findings = models.PositiveIntegerField(default=0)
    """Of its latest scan."""
    environment = models.CharField(max_length=20, default="", blank=True)
    """Of its findings; by the charter's map of clusters when empty."""
    grounds = models.CharField(max_length=64, default="")
    """What its findings' dispositions rest on; compare `RegisterState.grounds`."""

    def __str__(self) -> str:
        return self.name


class Scan(models.Model):
    """One upload: kept for history, without its findings once a newer one of the target has come."""

    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="scans")
    digest = models.CharField(max_length=64)
    """SHA-256 of the report: the same again, with none between, changes nothing."""
    format = models.CharField(max_length=40)
    source = models.TextField()
    """The report's name."""
    taken_at = models.DateTimeField()
    uploaded_at = models.DateTimeField()
    uploaded_by = models.CharField(max_length=255)
    latest = models.BooleanField(default=True)
    findings = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    """Findings that the scan before did not have."""
    gone = models.PositiveIntegerField(default=0)
    """Findings of the scan before that it does not have."""
    passed = models.PositiveIntegerField(default=0)
    unread = models.JSONField(default=list)
    """What the scanner could not look at."""
    faults = models.JSONField(default=list)
    """Of a scan of ours: what was not looked at (`findings.model.Fault`)."""
    counts = models.JSONField(default=dict)
    """Severity -> disposition -> findings, when it came; `native` is what the scanner suppressed itself."""
    looked = models.JSONField(default=dict)
    """Of a scan of ours: check id -> documents that it looked at."""

    class Meta:
        """Read by target, newest first."""

        indexes = [
            models.Index(fields=["target", "-taken_at"], name="scan_target"),
            models.Index(fields=["taken_at"], name="scan_taken"),
        ]

    def __str__(self) -> str:
        return f"{self.source} of {self.taken_at:%Y-%m-%d}"


class Place(models.Model):
    """Where findings are."""

    key = models.CharField(max_length=32, unique=True)
    """Digest of the six below."""
    cluster = models.CharField(max_length=500, null=True)
    namespace = models.CharField(max_length=500, null=True)
    resource = models.TextField(null=True)
    path = models.TextField(null=True)
    image = models.TextField(null=True)
    repository = models.TextField(null=True)
    search = models.TextField(default="")
    """Lower case, all of it."""

    class Meta:
        """Read by cluster and namespace."""

        indexes = [models.Index(fields=["namespace", "cluster"], name="place_namespace")]

    def __str__(self) -> str:
        return self.resource or self.path or self.image or self.repository or self.cluster or "?"


class Subject(models.Model):
    """What findings are about: a check, and the package that it found at fault."""

    key = models.CharField(max_length=32, unique=True)
    """Digest of the four below."""
    type = models.CharField(max_length=20)
    check_id = models.CharField(max_length=500)
    aliases = models.JSONField(default=list)
    """Other names of the check, as reported."""
    package = models.TextField(null=True)
    title = models.TextField(default="")
    """How the message of the first finding begins."""
    search = models.TextField(default="")
    """Lower case: check, its other names, package, and the title without the names of its place."""

    class Meta:
        """Read by check."""

        indexes = [models.Index(fields=["check_id"], name="subject_check")]

    def __str__(self) -> str:
        return f"{self.check_id} {self.package or ''}".rstrip()


class Finding(models.Model):
    """One finding of a target's latest scan (`findings.model.Finding`)."""

    target = models.ForeignKey(
        Target, on_delete=models.CASCADE, db_constraint=False, related_name="found", db_index=False
    )
    place = models.ForeignKey(Place, on_delete=models.DO_NOTHING, db_constraint=False, related_name="found")
    subject = models.ForeignKey(
        Subject, on_delete=models.DO_NOTHING, db_constraint=False, related_name="found"
    )
    fingerprint = models.CharField(max_length=32)
    twin = models.PositiveIntegerField(default=0)
    """Tells those apart that share a fingerprint: one secret in several places."""
    type = models.CharField(max_length=20)
    check_id = models.CharField(max_length=500)
    severity = models.PositiveSmallIntegerField()
    """Index into `words.SEVERITIES`: 0 is critical."""
    tool = models.CharField(max_length=100)
    message = models.TextField(default="", blank=True)
    aliases = models.JSONField(default=list)
    cluster = models.CharField(max_length=500, null=True)
    namespace = models.CharField(max_length=500, null=True)
    resource = models.TextField(null=True)
    path = models.TextField(null=True)
    line = models.PositiveBigIntegerField(null=True)
    end_line = models.PositiveBigIntegerField(null=True)
    image = models.TextField(null=True)
    package = models.TextField(null=True)
    repository = models.TextField(null=True)
    fix = models.TextField(null=True)
    suppressed = models.TextField(null=True)
    """Why the scanner itself suppressed it."""
    native = models.BooleanField(default=False)
    """Whether it did, and the charter accepts that: it counts nowhere then."""
    policy = models.JSONField(null=True)
    disposition = models.CharField(max_length=10, default="open")
    exception = models.PositiveBigIntegerField(null=True)
    """Number of the exception that decides."""
    voided_by = models.CharField(max_length=60, null=True)
    source = models.CharField(max_length=10, null=True)
    """What excepts it: `record` or `rego`."""
    source_place = models.TextField(null=True)
    """`file:line` of the exception in Rego."""
    first_seen = models.DateTimeField()

    class Meta:
        """A finding is known by its fingerprint within its target."""

        constraints = [models.UniqueConstraint(fields=["target", "fingerprint", "twin"], name="finding_once")]
        indexes = [
            models.Index(fields=["type", "severity", "id"], name="finding_page"),
            models.Index(fields=["type", "check_id", "severity", "id"], name="finding_check"),
            models.Index(
                fields=["type", "disposition", "severity", "id"],
                name="finding_judged",
                condition=~models.Q(disposition="open"),
            ),
            models.Index(fields=["exception"], name="finding_exception", condition=~models.Q(exception=None)),
        ]

    def __str__(self) -> str:
        return f"{self.check_id} on {self.resource or self.path or self.image}"

    @property
    def last_seen(self) -> dt.datetime | None:
        """When the latest scan of its target was taken: it has it, or it would not be here."""
        return self.target.scanned_at


class Gone(models.Model):
    """A finding that a target's latest scan no longer has: when it comes back, it is not new."""

    target = models.ForeignKey(
        Target, on_delete=models.CASCADE, db_constraint=False, related_name="gone", db_index=False
    )
    fingerprint = models.CharField(max_length=32)
    twin = models.PositiveIntegerField(default=0)
    first_seen = models.DateTimeField()
    last_seen = models.DateTimeField()

    class Meta:
        """Known as findings are."""

        constraints = [models.UniqueConstraint(fields=["target", "fingerprint", "twin"], name="gone_once")]

    def __str__(self) -> str:
        return self.fingerprint


class Tally(models.Model):
    """How many findings of a target share these: what counters are made from."""

    target = models.ForeignKey(Target, on_delete=models.CASCADE, db_constraint=False, related_name="tallies")
    type = models.CharField(max_length=20)
    severity = models.PositiveSmallIntegerField()
    cluster = models.CharField(max_length=500, default="", blank=True)
    namespace = models.CharField(max_length=500, default="", blank=True)
    disposition = models.CharField(max_length=10)
    native = models.BooleanField(default=False)
    """As of the findings."""
    number = models.PositiveIntegerField()

    class Meta:
        """Read whole, or for one cluster."""

        indexes = [models.Index(fields=["cluster", "namespace"], name="tally_cluster")]

    def __str__(self) -> str:
        return f"{self.number} × {self.type} {self.disposition}"


class Counted(models.Model):
    """Findings in all targets that share something, by disposition; what the scanner suppressed is apart."""

    worst = models.PositiveSmallIntegerField()
    """The lowest severity index among those that count; 9 when there are none."""
    severities = models.PositiveSmallIntegerField()
    """A bit for each severity that there is: 1 is critical, 2 high, 4 medium…"""
    raw = models.PositiveIntegerField()
    """As if there were no exceptions: those that count."""
    net = models.PositiveIntegerField()
    """The same without those that are excepted."""
    expired = models.PositiveIntegerField()
    pending = models.PositiveIntegerField()
    native = models.PositiveIntegerField()

    class Meta:
        """Rows of their own."""

        abstract = True


class CheckTally(Counted):
    """The findings of one check, in one cluster; everywhere where `cluster` is None."""

    type = models.CharField(max_length=20)
    check_id = models.CharField(max_length=500)
    cluster = models.CharField(max_length=500, null=True)
    """Empty for findings that are in none."""

    class Meta:
        """Listed worst and most first."""

        indexes = [
            models.Index(fields=["type", "cluster", "worst", "-net", "check_id"], name="check_tally_page"),
            models.Index(fields=["check_id"], name="check_tally_check"),
        ]

    def __str__(self) -> str:
        return f"{self.raw} × {self.check_id}"


class PlaceTally(Counted):
    """The findings of one type in one place."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, db_constraint=False, related_name="tallies")
    type = models.CharField(max_length=20)
    cluster = models.CharField(max_length=500, default="")

    class Meta:
        """Listed worst and most first."""

        indexes = [
            models.Index(fields=["type", "worst", "-net", "place"], name="place_tally_page"),
            models.Index(fields=["type", "cluster", "worst", "-net", "place"], name="place_tally_cluster"),
        ]

    def __str__(self) -> str:
        return f"{self.raw} × {self.place}"


class Coverage(models.Model):
    """How many findings of a target an exception covers (`Case.covered` is the sum over targets)."""

    target = models.ForeignKey(Target, on_delete=models.CASCADE, db_constraint=False, related_name="coverage")
    number = models.PositiveBigIntegerField()
    covered = models.PositiveIntegerField()

    class Meta:
        """One row for each exception that covers any."""

        constraints = [models.UniqueConstraint(fields=["number", "target"], name="coverage_once")]

    def __str__(self) -> str:
        return f"{self.covered} by {self.number}"
