"""What names a secret without giving it away: a keyed digest, the same wherever the secret is found.

A bare digest of a password can be guessed from a dictionary by whoever reads it, and fingerprints are
read by many: records, SARIF, comments on changes. Hence HMAC-SHA-256 (RFC 2104) under a key, and no
digest at all where there is no key (docs/adr/0009).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping

from reprieve.errors import UsageError
from reprieve.findings.fingerprint import KEYED

KEY_VARIABLE = "REPRIEVE_SECRET_KEY"
"""Environment variable with the key; it comes before the charter's."""

_SHORTEST = 32
_PURPOSE = b"reprieve secret 1\0"


def new_key() -> str:
    """A key for a new charter: 256 random bits as 64 hexadecimal digits."""
    return secrets.token_hex(32)


def find_key(environment: Mapping[str, str], charter_key: str | None) -> bytes | None:
    """The key that secrets are named under: the environment's, else the charter's, else none.

    Errors: `UsageError` for one of fewer than 32 characters: a key that can be guessed is none.
    """
    for text, where in ((environment.get(KEY_VARIABLE), KEY_VARIABLE), (charter_key, "charter: secret_key")):
        if text:
            if len(text.strip()) < _SHORTEST:
                raise UsageError(
                    f"the key is shorter than {_SHORTEST} characters",
                    where=where,
                    hint="make one with: openssl rand -hex 32",
                )
            return text.strip().encode()
    return None


def keyed(material: str, key: bytes) -> str:
    """The context that names this secret under this key, 64 hexadecimal digits after `KEYED`."""
    data = _PURPOSE + material.encode("utf-8", "surrogatepass")
    return KEYED + hmac.new(key, data, hashlib.sha256).hexdigest()
