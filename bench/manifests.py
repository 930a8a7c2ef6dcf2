"""Made-up Kubernetes manifests, one object a file: what the repository of a few hundred services holds.

A third of the services is run carelessly, a third as most are, a third by the book, so that checks find
much, some and little. The same number gives the same object, whatever the number of files.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from bench.pods import Care, pod_of

CARE: tuple[Care, ...] = ("careless", "usual", "hardened")
_TEAMS = ("orders", "billing", "search", "identity", "media", "ledger", "reports", "gateway")

Body = dict[str, Any]


class _Dumper(yaml.CSafeDumper):  # type: ignore[misc]
    """As people write: what is said twice is written twice, without anchors."""

    def ignore_aliases(self, _data: Any) -> bool:
        return True


def write(directory: Path, count: int) -> None:
    """Fills a folder, some fifty files to each folder in it."""
    for number in range(count):
        manifest = manifest_of(number)
        metadata = manifest["metadata"]
        folder = directory / f"{number // 50:03}"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{number:05}-{manifest['kind'].lower()}-{metadata['name']}.yaml"
        path.write_text(yaml.dump(manifest, Dumper=_Dumper, sort_keys=False, width=110))


def manifest_of(number: int) -> dict[str, Any]:
    """One object. Its kind is drawn as often as it is met in such repositories."""
    chance = random.Random(number)
    kind = chance.choices(list(_KINDS), [weight for weight, _, _ in _KINDS.values()])[0]
    _, version, body = _KINDS[kind]
    service = Service(number, chance, kind)
    return {"apiVersion": version, "kind": kind, "metadata": service.metadata(), **body(service)}


class Service:
    """What the object belongs to: its names and how carefully it is run."""

    def __init__(self, number: int, chance: random.Random, kind: str) -> None:
        self.chance = chance
        self.care = CARE[number % 3]
        self.team = _TEAMS[number // 50 % len(_TEAMS)]
        self.name = f"{self.team}-{chance.choice(('api', 'worker', 'web', 'sync', 'cache', 'feed'))}-{number}"
        self.kind = kind
        self.labels = {"app.kubernetes.io/name": self.name}
        if self.care != "careless":
            self.labels |= {"app.kubernetes.io/part-of": self.team, "team": self.team, "tier": "backend"}

    def metadata(self) -> Body:
        about: Body = {"name": self.name}
        if self.kind not in _CLUSTERED:
            about["namespace"] = "default" if self.care == "careless" else f"team-{self.team}"
        about["labels"] = self.labels
        if self.chance.random() < 0.4:
            about["annotations"] = {
                "example.com/owner": f"{self.team}@example.com",
                "example.com/runbook": f"https://runbooks.example.com/{self.name}",
            }
        return about

    def pick(self, careless: Any, usual: Any, hardened: Any) -> Any:
        """One of three, by the care that is taken."""
        return {"careless": careless, "usual": usual, "hardened": hardened}[self.care]

    def template(self, *, ends: bool = False) -> Body:
        """A pod template with this service in it."""
        pod = pod_of(self.name, self.team, self.care, self.chance)
        if ends:
            pod["restartPolicy"] = "OnFailure"
        return {"metadata": {"labels": self.labels}, "spec": pod}


def _deployment(service: Service) -> Body:
    spec = {
        "replicas": service.pick(1, 2, 3),
        "revisionHistoryLimit": 5,
        "selector": {"matchLabels": {"app.kubernetes.io/name": service.name}},
        "strategy": {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 1, "maxUnavailable": 0}},
        "template": service.template(),
    }
    return {"spec": spec}


def _stateful_set(service: Service) -> Body:
    claim = {
        "metadata": {"name": "data"},
        "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "20Gi"}}},
    }
    spec = {
        "serviceName": service.name,
        "replicas": service.pick(1, 3, 3),
        "selector": {"matchLabels": {"app.kubernetes.io/name": service.name}},
        "template": service.template(),
        "volumeClaimTemplates": [claim],
    }
    return {"spec": spec}


def _daemon_set(service: Service) -> Body:
    return {
        "spec": {
            "selector": {"matchLabels": {"app.kubernetes.io/name": service.name}},
            "template": service.template(),
        }
    }


def _cron_job(service: Service) -> Body:
    spec = {
        "schedule": f"{service.chance.randrange(60)} {service.chance.randrange(24)} * * *",
        "concurrencyPolicy": "Forbid",
        "jobTemplate": {"spec": {"backoffLimit": 2, "template": service.template(ends=True)}},
    }
    return {"spec": spec}


def _job(service: Service) -> Body:
    return {"spec": {"backoffLimit": 4, "template": service.template(ends=True)}}


def _pod(service: Service) -> Body:
    return {"spec": service.template()["spec"]}


def _service(service: Service) -> Body:
    spec: Body = {
        "type": service.pick(service.chance.choice(("NodePort", "LoadBalancer")), "ClusterIP", "ClusterIP"),
        "selector": {"app.kubernetes.io/name": service.name},
        "ports": [{"name": "http", "port": 80, "targetPort": 8080, "protocol": "TCP"}],
    }
    if service.chance.random() < 0.3:
        spec["ports"].append({"name": "metrics", "port": 9090, "targetPort": 9090, "protocol": "TCP"})
    if service.care == "careless" and service.chance.random() < 0.2:
        spec["externalIPs"] = ["203.0.113.7"]
    return {"spec": spec}


def _ingress(service: Service) -> Body:
    host = f"{service.name}.example.com"
    backend = {"service": {"name": service.name, "port": {"name": "http"}}}
    rule = {"host": host, "http": {"paths": [{"path": "/", "pathType": "Prefix", "backend": backend}]}}
    spec: Body = {"ingressClassName": "nginx", "rules": [rule]}
    if service.care != "careless":
        spec["tls"] = [{"hosts": [host], "secretName": f"{service.name}-tls"}]
    return {"spec": spec}


def _config_map(service: Service) -> Body:
    settings = {f"setting.{number}": f"value-{number}" for number in range(service.chance.randrange(3, 12))}
    lines = [f"server.{key}={value}" for key, value in settings.items()]
    return {"data": {**settings, "application.properties": "\n".join(lines) + "\n"}}


def _network_policy(service: Service) -> Body:
    peer = service.pick({}, {"podSelector": {}}, {"podSelector": {"matchLabels": {"tier": "gateway"}}})
    rule: Body = {"from": [peer], "ports": [{"protocol": "TCP", "port": 8080}]} if peer else {}
    selector = {"matchLabels": {"app.kubernetes.io/name": service.name}}
    return {"spec": {"podSelector": selector, "policyTypes": ["Ingress"], "ingress": [rule]}}


def _service_account(service: Service) -> Body:
    return {} if service.care == "careless" else {"automountServiceAccountToken": False}


def _role(service: Service) -> Body:
    reading = {"apiGroups": [""], "resources": ["configmaps", "pods"], "verbs": ["get", "list", "watch"]}
    secrets = {"apiGroups": [""], "resources": ["secrets", "pods/exec"], "verbs": ["get", "create"]}
    everything = {"apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]}
    return {"rules": service.pick([everything, secrets], [reading, secrets], [reading])}


def _binding(service: Service) -> Body:
    whom = {"kind": "ServiceAccount", "name": service.name, "namespace": f"team-{service.team}"}
    role = service.pick("cluster-admin", "view", service.name)
    cluster_wide = service.kind == "ClusterRoleBinding" or service.care != "hardened"
    kind = "ClusterRole" if cluster_wide else "Role"
    reference = {"apiGroup": "rbac.authorization.k8s.io", "kind": kind, "name": role}
    return {"roleRef": reference, "subjects": [whom]}


def _autoscaler(service: Service) -> Body:
    metric = {
        "type": "Resource",
        "resource": {"name": "cpu", "target": {"type": "Utilization", "averageUtilization": 70}},
    }
    target = {"apiVersion": "apps/v1", "kind": "Deployment", "name": service.name}
    return {"spec": {"scaleTargetRef": target, "minReplicas": 2, "maxReplicas": 8, "metrics": [metric]}}


def _disruption_budget(service: Service) -> Body:
    selector = {"matchLabels": {"app.kubernetes.io/name": service.name}}
    return {"spec": {"minAvailable": 1, "selector": selector}}


def _claim(_service: Service) -> Body:
    return {"spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "10Gi"}}}}


def _namespace(service: Service) -> Body:
    if service.care == "hardened":
        service.labels["pod-security.kubernetes.io/enforce"] = "restricted"
    return {"spec": {}}


_CLUSTERED = frozenset({"ClusterRole", "ClusterRoleBinding", "Namespace"})
_RBAC = "rbac.authorization.k8s.io/v1"
_KINDS: dict[str, tuple[int, str, Callable[[Service], Body]]] = {
    "Deployment": (34, "apps/v1", _deployment),
    "StatefulSet": (5, "apps/v1", _stateful_set),
    "DaemonSet": (3, "apps/v1", _daemon_set),
    "CronJob": (7, "batch/v1", _cron_job),
    "Job": (2, "batch/v1", _job),
    "Pod": (1, "v1", _pod),
    "Service": (15, "v1", _service),
    "Ingress": (5, "networking.k8s.io/v1", _ingress),
    "ConfigMap": (8, "v1", _config_map),
    "NetworkPolicy": (4, "networking.k8s.io/v1", _network_policy),
    "ServiceAccount": (4, "v1", _service_account),
    "Role": (2, _RBAC, _role),
    "ClusterRole": (2, _RBAC, _role),
    "RoleBinding": (2, _RBAC, _binding),
    "ClusterRoleBinding": (1, _RBAC, _binding),
    "HorizontalPodAutoscaler": (2, "autoscaling/v2", _autoscaler),
    "PodDisruptionBudget": (2, "policy/v1", _disruption_budget),
    "PersistentVolumeClaim": (1, "v1", _claim),
    "Namespace": (1, "v1", _namespace),
}
"""Kind -> how many in a hundred, API version, what it holds beside its metadata."""
