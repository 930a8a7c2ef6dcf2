"""Made-up pods: one to three containers, with as much care as somebody took."""

from __future__ import annotations

import random
from typing import Any, Literal

Care = Literal["careless", "usual", "hardened"]

_RESTRICTED = {
    "allowPrivilegeEscalation": False,
    "readOnlyRootFilesystem": True,
    "runAsNonRoot": True,
    "runAsUser": 10001,
    "runAsGroup": 10001,
    "capabilities": {"drop": ["ALL"]},
    "seccompProfile": {"type": "RuntimeDefault"},
}
_SETTINGS = ("LOG_LEVEL", "REGION", "CACHE_URL", "QUEUE_URL", "HTTP_PORT", "TIMEOUT", "POOL_SIZE", "FEATURES")


def pod_of(name: str, team: str, care: Care, chance: random.Random) -> dict[str, Any]:
    """A pod's spec."""
    containers = [_container(name, team, care, chance)]
    if chance.random() < 0.35:
        containers.append(_container(f"{name}-proxy", "platform", care, chance))
    pod: dict[str, Any] = {"containers": containers}
    if chance.random() < 0.2:
        pod["initContainers"] = [{**_container(f"{name}-migrate", team, care, chance), "args": ["migrate"]}]
        pod["initContainers"][0].pop("livenessProbe", None)
        pod["initContainers"][0].pop("readinessProbe", None)
    pod["volumes"] = [
        {"name": "config", "configMap": {"name": f"{name}-config"}},
        {"name": "scratch", "emptyDir": {}},
    ]
    if care == "careless":
        _neglect(pod, chance)
    else:
        _look_after(pod, name, care)
    return pod


def _container(name: str, team: str, care: Care, chance: random.Random) -> dict[str, Any]:
    image = f"registry.example.com/{team}/{name}"
    container: dict[str, Any] = {
        "name": name,
        "image": {
            "careless": chance.choice((f"{name}:latest", image, f"docker.io/{team}/{name}:3")),
            "usual": f"{image}:1.{chance.randrange(30)}.{chance.randrange(9)}",
            "hardened": f"{image}@sha256:{chance.getrandbits(256):064x}",
        }[care],
        "ports": [{"name": "http", "containerPort": 8080, "protocol": "TCP"}],
        "env": [
            {"name": setting, "value": f"{setting.lower()}-{chance.randrange(100)}"}
            for setting in chance.sample(_SETTINGS, chance.randrange(2, len(_SETTINGS)))
        ],
        "volumeMounts": [
            {"name": "config", "mountPath": "/etc/service", "readOnly": True},
            {"name": "scratch", "mountPath": "/tmp"},
        ],
    }
    if care == "careless":
        container["securityContext"] = chance.choice(
            ({"privileged": True}, {"capabilities": {"add": ["NET_ADMIN", "SYS_ADMIN"]}}, {"runAsUser": 0})
        )
        return container
    container["resources"] = {
        "requests": {"cpu": "100m", "memory": "128Mi"},
        "limits": {"cpu": "500m", "memory": "512Mi"} if care == "hardened" else {"memory": "512Mi"},
    }
    container["livenessProbe"] = _probe("/live")
    container["readinessProbe"] = _probe("/ready")
    container["securityContext"] = _RESTRICTED if care == "hardened" else {"runAsNonRoot": True}
    return container


def _probe(path: str) -> dict[str, Any]:
    return {"httpGet": {"path": path, "port": "http"}, "initialDelaySeconds": 5, "periodSeconds": 10}


def _neglect(pod: dict[str, Any], chance: random.Random) -> None:
    for field in chance.sample(("hostNetwork", "hostPID", "hostIPC"), chance.randrange(2)):
        pod[field] = True
    if chance.random() < 0.5:
        where = chance.choice(("/var/run/docker.sock", "/etc", "/var/log"))
        pod["volumes"].append({"name": "host", "hostPath": {"path": where}})
    if chance.random() < 0.3:
        pod["containers"][0]["ports"][0]["hostPort"] = 8080


def _look_after(pod: dict[str, Any], name: str, care: Care) -> None:
    pod["serviceAccountName"] = name
    spread = {
        "labelSelector": {"matchLabels": {"app.kubernetes.io/name": name}},
        "topologyKey": "topology.kubernetes.io/zone",
    }
    pod["affinity"] = {
        "podAntiAffinity": {
            "preferredDuringSchedulingIgnoredDuringExecution": [{"weight": 50, "podAffinityTerm": spread}]
        }
    }
    if care == "hardened":
        pod["automountServiceAccountToken"] = False
        pod["securityContext"] = {"runAsNonRoot": True, "fsGroup": 10001}
        pod["priorityClassName"] = "standard"
        pod["terminationGracePeriodSeconds"] = 45
