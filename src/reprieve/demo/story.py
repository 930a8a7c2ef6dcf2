"""What happened to each exception of the example shop, in working days before today."""

from __future__ import annotations

from typing import Any, NamedTuple

from reprieve.demo import records
from reprieve.demo.acts import (
    Act,
    Stage,
    answers,
    approves,
    asks,
    closes,
    denies,
    escalates,
    implements,
    notes,
    questions,
    renews,
    reviews,
    revokes,
    rewrites,
    suffers,
)
from reprieve.demo.people import BILLING, CISO, LEAD, MANAGER, PAYMENTS, PLATFORM, SAM, SHOP, VP
from reprieve.register.writing.commits import Identity

BEGINNING = (120, "09:00")
"""When the register was set up: working days ago, and the time of day (UTC)."""


class Step(NamedTuple):
    """One act of one person."""

    ago: int
    """Working days before today; at least one, so that it is past whatever the time is."""
    at: str
    """Time of day, UTC."""
    who: Identity
    act: Act


def _pull(number: int) -> str:
    return f"https://git.example.com/infra/pull/{number}"


def _later_end(record: Any, stage: Stage) -> None:
    record["expires"] = stage.day(300)


def _more_namespaces(record: Any, _: Stage) -> None:
    record["scope"][0]["namespaces"] += ["shop", "payments"]


_MINUTES = """\
- {billing-root}: v4 runs in staging; the port scan was stopped by the network policy.
- {erp-bridge-again}: ends soon. Version 6 passed its tests; no second renewal.
- {node-agent}: over, and the agent still runs as before. The platform team asks again or removes it.
- {ledger-db}: the alert on new executables is still missing; nothing is accepted before it is there.
- {ledger-operator}: our time for this review is over. The CISO and the engineering manager decide.
- {search-limits}: covers nothing any more. Close it.
"""

STORY: dict[str, list[Step]] = {
    "erp-bridge": [
        Step(110, "09:40", PLATFORM, asks(records.ERP_BRIDGE, ends=-70, fixed=-75)),
        Step(109, "14:05", SAM, approves("security-team", merges=True)),
        Step(107, "11:30", PLATFORM, implements("egress-only", _pull(311))),
        Step(90, "15:20", PLATFORM, notes("The beta of version 6 runs in staging, still as root.")),
        Step(53, "09:15", PLATFORM, closes("superseded")),
    ],
    "bucket-versions": [
        Step(100, "10:10", PLATFORM, asks(records.BUCKET_VERSIONS, ends=-60, fixed=-80)),
        Step(100, "13:00", PLATFORM, implements("write-once", _pull(322))),
        Step(97, "10:45", SAM, approves("security-team", merges=True)),
        Step(80, "16:10", PLATFORM, closes("remediated", f"closed; evidence: {_pull(340)}")),
    ],
    "node-agent": [
        Step(70, "09:20", PLATFORM, asks(records.NODE_AGENT, ends=-10, fixed=-14)),
        Step(70, "11:00", PLATFORM, implements("read-only", _pull(351))),
        Step(70, "14:30", LEAD, approves("security-lead")),
        Step(70, "15:10", MANAGER, approves("engineering-manager", merges=True)),
        Step(68, "10:00", PLATFORM, implements("agent-audit", "https://dashboards.example.com/agent")),
        Step(30, "10:40", PLATFORM, notes("The vendor moved the new mode to the next release.")),
    ],
    "erp-bridge-again": [
        Step(
            55,
            "10:05",
            PLATFORM,
            renews(
                "erp-bridge",
                why="The vendor's beta still needed root; the release without it came six weeks late.",
                plan="Version 6 is out. Test it in staging for a month, then change production over.",
                ends=9,
                fixed=7,
            ),
        ),
        Step(54, "09:30", SAM, questions("security-team", "Does the network policy hold with version 6?")),
        Step(54, "15:45", PLATFORM, answers("Yes: the probe that tests it runs against both versions.")),
        Step(53, "09:05", SAM, approves("security-team", merges=True)),
        Step(12, "14:20", PLATFORM, notes("Version 6 passed its tests in staging.")),
    ],
    "debug-shell": [
        Step(50, "09:50", SHOP, asks(records.DEBUG_SHELL, ends=10, fixed=-20)),
        Step(50, "10:30", SHOP, implements("office-hours")),
        Step(50, "11:40", LEAD, approves("security-lead")),
        Step(50, "13:20", MANAGER, approves("engineering-manager", merges=True)),
        Step(
            33,
            "08:50",
            SAM,
            suffers(
                "A login to the shell at night, from an unknown address.",
                "https://incidents.example.com/88",
            ),
        ),
        Step(33, "09:10", LEAD, revokes("The shell was left running at night, and somebody found it.")),
    ],
    "raw-query": [
        Step(48, "13:15", BILLING, asks(records.RAW_QUERY, ends=20, fixed=20)),
        Step(46, "10:20", SAM, approves("security-team", merges=True)),
    ],
    "billing-root": [
        Step(45, "09:35", BILLING, asks(records.BILLING_ROOT, ends=25, fixed=20)),
        Step(45, "11:25", LEAD, approves("security-lead")),
        Step(45, "16:05", MANAGER, approves("engineering-manager", merges=True)),
        Step(43, "10:10", BILLING, implements("network-policy", _pull(412))),
        Step(41, "15:30", BILLING, implements("runtime-alerts", "https://dashboards.example.com/billing")),
        Step(27, "11:00", BILLING, notes("The vendor shipped the first candidate of v4.")),
        Step(
            14,
            "16:40",
            SAM,
            suffers(
                "A port scan from a hijacked pod; the network policy stopped it.",
                "https://incidents.example.com/93",
            ),
        ),
        Step(9, "10:30", BILLING, notes("v4 runs in staging.")),
    ],
    "search-limits": [
        Step(42, "14:00", SHOP, asks(records.SEARCH_LIMITS, ends=28, fixed=21)),
        Step(42, "14:20", SHOP, implements("own-nodes", _pull(415))),
        Step(40, "09:45", SAM, approves("security-team", merges=True)),
        Step(20, "11:10", SHOP, notes("A limit is set; the numbers of the sale allow it.")),
    ],
    "test-keys": [
        Step(38, "10:50", PAYMENTS, asks(records.TEST_KEYS, ends=30, fixed=30)),
        Step(37, "15:00", SAM, approves("security-team", merges=True)),
    ],
    "load-test": [
        Step(35, "09:25", PLATFORM, asks(records.LOAD_TEST, ends=35, fixed=28)),
        Step(34, "11:35", SAM, approves("security-team", merges=True)),
    ],
    "search-libxml": [
        Step(30, "10:00", SHOP, asks(records.SEARCH_LIBXML, ends=40, fixed=40)),
        Step(29, "09:20", LEAD, approves("security-lead")),
        Step(29, "16:30", SHOP, implements("feed-schema", _pull(431))),
        Step(27, "13:50", MANAGER, approves("engineering-manager", merges=True)),
    ],
    "metrics-limits": [
        Step(28, "11:15", PLATFORM, asks(records.METRICS_LIMITS, ends=40, fixed=35)),
        Step(28, "11:30", PLATFORM, implements("node-pressure")),
        Step(26, "14:40", SAM, approves("security-team", merges=True)),
        Step(6, "17:30", PLATFORM, rewrites("for two more namespaces", _more_namespaces)),
    ],
    "storefront-writes": [
        Step(25, "16:20", SHOP, asks(records.STOREFRONT_WRITES, ends=45, fixed=30)),
        Step(
            24,
            "10:15",
            LEAD,
            denies("security-lead", "Two lines mount a volume, as your own plan says."),
        ),
    ],
    "bucket-copies": [
        Step(22, "09:55", PLATFORM, asks(records.BUCKET_COPIES, ends=55, fixed=50)),
        Step(22, "10:20", PLATFORM, implements("nightly-backup", "https://dashboards.example.com/backup")),
        Step(20, "10:35", SAM, approves("security-team", merges=True)),
        Step(19, "12:00", PLATFORM, implements("restore-drill", "https://wiki.example.com/restore-drill")),
    ],
    "gateway-tls": [
        Step(18, "09:10", PAYMENTS, asks(records.GATEWAY_TLS, ends=18, fixed=16)),
        Step(18, "09:30", PAYMENTS, implements("tls-in-front", _pull(447))),
        Step(18, "10:40", CISO, approves("ciso")),
        Step(18, "11:55", VP, approves("vp-engineering", merges=True)),
        Step(18, "12:30", PAYMENTS, implements("handshake-alerts", "https://dashboards.example.com/tls")),
        Step(7, "15:15", PAYMENTS, notes("The scheme has the new image; two of five tests are done.")),
    ],
    "nightly-export": [
        Step(16, "10:25", PLATFORM, asks(records.NIGHTLY_EXPORT, ends=50, fixed=50)),
        Step(16, "10:45", PLATFORM, implements("no-network", _pull(452))),
        Step(15, "13:35", SAM, approves("security-team", merges=True)),
        Step(8, "18:10", PLATFORM, rewrites("until next year", _later_end)),
    ],
    "ledger-db": [
        Step(10, "09:45", PAYMENTS, asks(records.LEDGER_DB, ends=60, fixed=55)),
        Step(10, "13:10", LEAD, approves("security-lead")),
        Step(9, "09:30", MANAGER, approves("engineering-manager", merges=True)),
        Step(8, "11:50", PAYMENTS, implements("one-client", _pull(460))),
    ],
    "ledger-operator": [
        Step(9, "14:10", PAYMENTS, asks(records.LEDGER_OPERATOR, ends=60, fixed=55)),
        Step(8, "10:05", MANAGER, denies("engineering-manager", "It can do without; ask the vendor.")),
        Step(
            6,
            "11:20",
            PAYMENTS,
            escalates("team-disagrees", "The vendor said no, and a broken replica stops the ledger."),
        ),
        Step(5, "14:55", LEAD, approves("security-lead")),
    ],
    "cluster-api": [
        Step(4, "10:30", PLATFORM, asks(records.CLUSTER_API, ends=70, fixed=65)),
        Step(4, "13:40", LEAD, approves("security-lead")),
        Step(4, "15:05", MANAGER, questions("engineering-manager", "From which addresses do they deploy?")),
    ],
    "seccomp": [
        Step(1, "09:05", SHOP, asks(records.SECCOMP, ends=45, fixed=40)),
        Step(1, "09:20", SHOP, implements("no-root", _pull(471))),
    ],
    "weekly review": [Step(4, "16:00", LEAD, reviews(_MINUTES))],
}
"""Name of an exception -> what happened to it."""


def steps() -> list[tuple[str, Step]]:
    """All of the story, as it happened; each with the name of its exception."""
    every = [(name, step) for name, steps_ in STORY.items() for step in steps_]
    return sorted(every, key=lambda pair: (-pair[1].ago, pair[1].at))
