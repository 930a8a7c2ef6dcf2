"""What the teams of the example shop ask for: the drafts of its exceptions, oldest first."""

from __future__ import annotations

from typing import Any

from reprieve.record.model import ControlKind
from reprieve.record.template import required_sections
from reprieve.register.writing.request import Draft

PROD = "prod-eu-1"


def _control(identifier: str, kind: ControlKind, description: str) -> dict[str, Any]:
    return {"id": identifier, "kind": kind, "description": description}


def _workload(
    namespace: str, resources: list[str], checks: list[str], *, clusters: str = PROD
) -> list[dict[str, Any]]:
    place = {"clusters": [clusters], "namespaces": [namespace], "resources": resources}
    return [{"type": "misconfiguration", "checks": checks, **place}]


def _terraform(path: str, resource: str, checks: list[str]) -> list[dict[str, Any]]:
    return [{"type": "misconfiguration", "checks": checks, "resources": [resource], "paths": [path]}]


def _ticket(key: str) -> str:
    return f"https://tickets.example.com/{key}"


def _prose(justification: str, risk: str, controls: str, plan: str) -> dict[str, str]:
    answers = (justification, risk, controls, plan)
    return dict(zip(required_sections(renewal=False), answers, strict=True))


ERP_BRIDGE = Draft(
    summary="The bridge to the old ERP runs as root and writes to its own files.",
    reason="legacy-system",
    risk="medium",
    owner="platform",
    scope=_workload("legacy", ["Deployment/erp-bridge"], ["KSV001", "KSV003", "KSV012", "KSV014"]),
    controls=[
        _control("egress-only", "preventive", "A network policy lets it out to the ERP, and nothing in.")
    ],
    tickets=[_ticket("PLAT-201")],
    sections=_prose(
        "The vendor's installer expects root. Orders reach the ERP only through this bridge.",
        "Whoever takes over the bridge gets its container, not its node: no host access, no token.",
        "The network policy refuses every inbound connection; a denied one shows on the dashboard.",
        "Version 6 of the bridge runs without root. It is in beta; we take part.",
    ),
)

BUCKET_VERSIONS = Draft(
    summary="The bucket of the access logs keeps no versions until its migration.",
    reason="planned-remediation",
    risk="low",
    owner="platform",
    scope=_terraform("terraform/storage/*", "aws_s3_bucket.access_logs", ["CKV_AWS_21"]),
    controls=[_control("write-once", "preventive", "Only the balancer may write, and nobody may delete.")],
    tickets=[_ticket("PLAT-214")],
    sections=_prose(
        "The bucket moves to another account next month; versions would be paid for twice until then.",
        "Somebody could overwrite logs. Only the balancer has the right to write.",
        "The bucket policy denies deletion to everybody, checked by a test of the Terraform module.",
        "Migrate the bucket, then turn versions on with the module's default.",
    ),
)

NODE_AGENT = Draft(
    summary="The node agent sees the host's network, processes and log folder.",
    reason="third-party",
    risk="high",
    owner="platform",
    scope=_workload("monitoring", ["DaemonSet/node-agent"], ["KSV009", "KSV010", "KSV023"]),
    controls=[
        _control("read-only", "preventive", "The agent mounts the log folder read-only."),
        _control("agent-audit", "monitoring", "An alert for any process that the agent starts."),
    ],
    tickets=[_ticket("PLAT-230")],
    sections=_prose(
        "The vendor of the agent reads host metrics this way; without it we are blind on the nodes.",
        "A hijacked agent could watch every pod of its node. The image is signed and pinned.",
        "Read-only mounts, and an alert for what the agent starts, tried out in the last exercise.",
        "Move to the agent's new mode without host access, which the vendor promised for its next release.",
    ),
)

DEBUG_SHELL = Draft(
    summary="A privileged shell in the shop's namespace while we look for the memory leak.",
    reason="gate-blocked",
    risk="high",
    owner="shop",
    scope=_workload("shop", ["Deployment/debug-shell"], ["KSV012", "KSV017"]),
    controls=[_control("office-hours", "preventive", "Scaled to zero outside of office hours.")],
    sections=_prose(
        "The leak shows only in production, and the profiler needs the right to trace processes.",
        "Whoever gets into the shell gets the node. Two engineers have access to it.",
        "A job scales it to zero at 18:00, and the audit log shows who opened it.",
        "Find the leak within four weeks; the shell goes with the fix.",
    ),
)

RAW_QUERY = Draft(
    summary="The SQL of the reports is constant text, which Semgrep takes for injection.",
    reason="false-positive",
    risk="low",
    owner="billing",
    scope=[
        {
            "type": "code",
            "checks": ["python.sqlalchemy.security.sqlalchemy-execute-raw-query.*"],
            "paths": ["billing/reports/*.py"],
        }
    ],
    sections=_prose(
        "Every statement in this folder is a module constant with bound parameters.",
        "None as long as that stays so; a change in this folder needs a review by the owners.",
        "Not needed for a false positive; the folder has code owners all the same.",
        "A rule of our own that knows bound parameters replaces this one.",
    ),
)

BILLING_ROOT = Draft(
    summary="Legacy billing runs as root until the vendor ships v4.",
    reason="legacy-system",
    risk="high",
    owner="billing",
    scope=_workload(
        "billing", ["Deployment/billing-*"], ["KSV001", "KSV003", "KSV012"], clusters="prod-eu-*"
    ),
    controls=[
        _control("network-policy", "preventive", "Only the gateway may reach the service."),
        _control("runtime-alerts", "monitoring", "An alert for every process that is not the service's own."),
    ],
    tickets=[_ticket("BILL-318")],
    sections=_prose(
        "Version 3 binds to a low port and drops nothing. Without it no invoice leaves the house.",
        "An attacker inside the container would be root in it. No host mounts, no cluster token.",
        "The network policy is tested on each deployment; the alerts go to the engineer on call.",
        "Version 4 in staging, then in production, then remove this exception.",
    ),
)

SEARCH_LIMITS = Draft(
    summary="The search runs without a CPU limit during the big sale.",
    reason="planned-remediation",
    risk="low",
    owner="shop",
    scope=_workload("shop", ["Deployment/search"], ["KSV011"]),
    controls=[_control("own-nodes", "preventive", "The search has a node pool of its own.")],
    sections=_prose(
        "The limit slowed the search down just when most people shop.",
        "The search could starve its neighbours, of which it has none on its own nodes.",
        "The node pool has a taint that nothing else tolerates.",
        "Set a limit from what the metrics of the sale show.",
    ),
)

TEST_KEYS = Draft(
    summary="The private keys among the test fixtures open nothing.",
    reason="false-positive",
    risk="low",
    owner="payments",
    scope=[{"type": "secret", "checks": ["private-key"], "paths": ["tests/fixtures/keys/*"]}],
    sections=_prose(
        "The tests check signatures against fixed keys, made for them and used nowhere else.",
        "None: no system trusts these keys.",
        "Not needed for a false positive; a test fails when a key is found in a trust store.",
        "Make the keys when the tests run, then delete the folder.",
    ),
)

LOAD_TEST = Draft(
    summary="The load generator in staging may do what it wants to its nodes.",
    reason="test-environment",
    risk="low",
    environment="staging",
    owner="platform",
    scope=[
        {
            "type": "misconfiguration",
            "checks": ["KSV001", "KSV003", "KSV012", "KSV014", "KSV017"],
            "clusters": ["staging-*"],
            "namespaces": ["loadtest"],
        }
    ],
    sections=_prose(
        "It tunes the kernel of its nodes to open enough connections.",
        "Staging holds no customer data, and its nodes are thrown away each night.",
        "Not needed in a test environment; the namespace has nodes of its own.",
        "The new generator needs no kernel tuning; we change over after the load test.",
    ),
)

SEARCH_LIBXML = Draft(
    summary="Two holes in libxml2 without a fix, in the image of the search.",
    reason="sla-exceeded",
    risk="high",
    owner="shop",
    scope=[
        {
            "type": "vulnerability",
            "checks": ["CVE-2026-90210", "CVE-2026-90211", "CVE-2026-90212"],
            "images": ["registry.example.com/shop/search:*"],
            "packages": ["pkg:deb/debian/libxml2*"],
        }
    ],
    controls=[_control("feed-schema", "preventive", "Feeds are checked before the parser sees them.")],
    voids=["fix-available"],
    tickets=[_ticket("SHOP-977")],
    sections=_prose(
        "Debian has no fixed package yet, and our time to fix is over.",
        "A supplier could stop the indexer with a crafted feed. The search itself goes on.",
        "A size and depth check stands before the parser; feeds that fail it are set aside.",
        "Upgrade when Debian does. This exception ends by itself for what has a fix.",
    ),
)

METRICS_LIMITS = Draft(
    summary="The metrics server has no limits until we know its needs.",
    reason="planned-remediation",
    risk="low",
    owner="platform",
    scope=_workload("monitoring", ["Deployment/metrics"], ["KSV011", "KSV018"]),
    controls=[_control("node-pressure", "monitoring", "An alert for nodes that run out of memory.")],
    sections=_prose(
        "The new version uses less; a limit from the old numbers would stop it.",
        "It could take the memory of its node, where only the monitoring runs.",
        "The alert goes to the platform's engineer on call.",
        "Measure for a month, then set the limits.",
    ),
)

STOREFRONT_WRITES = Draft(
    summary="The storefront writes its thumbnails to the root file system.",
    reason="gate-blocked",
    risk="high",
    owner="shop",
    scope=_workload("shop", ["Deployment/storefront"], ["KSV014"]),
    controls=[_control("image-scan", "monitoring", "The running image is compared each hour.")],
    sections=_prose(
        "The gate stops our release, and the thumbnails need a place.",
        "An attacker could leave files in the container until its next restart.",
        "A comparison of the running image with the one that was built.",
        "Mount an empty volume for the thumbnails.",
    ),
)

BUCKET_COPIES = Draft(
    summary="The buckets have no copy, no key of ours and no access log before the new account.",
    reason="planned-remediation",
    risk="medium",
    owner="platform",
    scope=_terraform("terraform/storage/*", "aws_s3_bucket.*", ["CKV_AWS_144", "CKV_AWS_145", "AWS-0089"]),
    controls=[
        _control("nightly-backup", "preventive", "A backup each night, with another provider."),
        _control("restore-drill", "monitoring", "A restore each month, by the calendar."),
    ],
    tickets=[_ticket("PLAT-262")],
    sections=_prose(
        "All three belong to the account that we leave; setting them up twice takes a month.",
        "The loss of a region would cost us a day of product pictures, none of the invoices.",
        "The backup is restored each month and compared.",
        "Move the buckets by the end of the quarter; the module of the new account has all three.",
    ),
)

GATEWAY_TLS = Draft(
    summary="The payment gateway keeps its OpenSSL until the card scheme has certified the new one.",
    reason="third-party",
    risk="critical",
    owner="payments",
    scope=[
        {
            "type": "vulnerability",
            "checks": ["CVE-2026-90077"],
            "clusters": [PROD],
            "namespaces": ["payments"],
            "resources": ["Deployment/payment-gateway"],
        }
    ],
    controls=[
        _control("tls-in-front", "preventive", "TLS ends at the balancer; no handshake comes from outside."),
        _control("handshake-alerts", "monitoring", "An alert for a handshake that is not the balancer's."),
    ],
    tickets=[_ticket("PAY-540")],
    escalation={
        "case": "critical-in-production",
        "reason": "Without certification the card scheme refuses every payment.",
    },
    sections=_prose(
        "A gateway with another OpenSSL may not take cards before the scheme has certified it.",
        "The hole needs a handshake with the gateway, and nobody outside can start one.",
        "TLS ends at the balancer since the day of the advisory; the alert was tried out.",
        "The scheme certifies within three weeks; the fixed image waits in staging.",
    ),
)

NIGHTLY_EXPORT = Draft(
    summary="The nightly export runs as root, from an image without a version.",
    reason="legacy-system",
    risk="medium",
    owner="platform",
    scope=_workload("legacy", ["CronJob/nightly-export"], ["KSV012", "KSV013"]),
    controls=[_control("no-network", "preventive", "The job reaches the file share, and nothing else.")],
    tickets=[_ticket("PLAT-270")],
    sections=_prose(
        "Nobody has the sources of the export any more; the accountants need its file each morning.",
        "The job could be used to read the file share, to which it has read access only.",
        "A network policy, tested with a probe each night.",
        "The new billing writes the file itself, with v4.",
    ),
)

LEDGER_DB = Draft(
    summary="The ledger's database writes to its root file system until the new operator.",
    reason="planned-remediation",
    risk="high",
    owner="payments",
    scope=_workload("payments", ["StatefulSet/ledger-db"], ["KSV012", "KSV014", "KSV020", "KSV021"]),
    controls=[
        _control("one-client", "preventive", "Only the ledger may open a connection."),
        _control("file-alerts", "monitoring", "An alert for new executable files in the container."),
    ],
    tickets=[_ticket("PAY-566")],
    sections=_prose(
        "The operator of today cannot mount the folders apart; the new one can.",
        "An attacker could leave a program in the container; the database has no way out.",
        "One client by network policy; new executables raise an alert.",
        "Change the operator after the closing of the quarter.",
    ),
)

LEDGER_OPERATOR = Draft(
    summary="The ledger's operator may open shells and change services in its namespace.",
    reason="third-party",
    risk="high",
    owner="payments",
    scope=_workload("payments", ["Role/ledger-operator"], ["KSV053", "KSV056"]),
    controls=[_control("shell-audit", "monitoring", "Every shell in the namespace is recorded and read.")],
    tickets=[_ticket("PAY-571")],
    sections=_prose(
        "The operator repairs a broken replica by a shell in its pod.",
        "Whoever takes over the operator can enter the pods of the ledger.",
        "The audit log of the cluster shows each shell; the team reads it each morning.",
        "The new operator repairs without a shell; we change over after the closing of the quarter.",
    ),
)

CLUSTER_API = Draft(
    summary="The API of the production cluster is reachable from the internet until the new network.",
    reason="planned-remediation",
    risk="high",
    owner="platform",
    scope=[
        *_terraform("terraform/cluster/*", "aws_eks_cluster.prod", ["CKV_AWS_38", "CKV_AWS_39"]),
        {"type": "misconfiguration", "checks": ["AWS-0040", "AWS-0041"], "paths": ["terraform/cluster/*"]},
    ],
    controls=[_control("sign-in", "preventive", "Access by single sign-on with a hardware key only.")],
    tickets=[_ticket("PLAT-281")],
    sections=_prose(
        "The build runners live outside of our network, and deploy through this address.",
        "Everybody can knock; without a hardware key nobody gets in.",
        "Single sign-on, and tokens that end after an hour.",
        "Runners inside of the network by the end of the quarter, then a private address only.",
    ),
)

SECCOMP = Draft(
    summary="The shop's pods run without a seccomp profile until the canary is through.",
    reason="planned-remediation",
    risk="medium",
    owner="shop",
    scope=_workload("shop", ["Deployment/storefront", "Deployment/search"], ["KSV030", "KSV104"]),
    controls=[_control("no-root", "preventive", "Both run without root and without capabilities.")],
    tickets=[_ticket("SHOP-1012")],
    sections=_prose(
        "The profile stopped the picture library in the first canary; the second one is running.",
        "A hole in the kernel would be easier to reach from these pods.",
        "Both run as an ordinary user, with every capability dropped.",
        "Roll the profile out to all pods when the canary has run for two weeks.",
    ),
)
