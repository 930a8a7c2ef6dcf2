"""A small provider of OpenID Connect on loopback: discovery, keys, authorization code with PKCE, userinfo."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT = "reprieve"


class Issuer:
    """Signs in whoever `person` says, without asking; `claims` and `userinfo` change what it tells."""

    def __init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.signing_key = self.key
        self.secret = secrets.token_urlsafe(16)
        self.person: dict[str, Any] = {
            "sub": "1",
            "email": "sam@example.com",
            "email_verified": True,
            "name": "Sam Example",
        }
        self.userinfo: dict[str, Any] = {}
        self.overrides: dict[str, Any] = {}
        self.metadata: dict[str, Any] = {}
        self.asked: list[dict[str, str]] = []
        self._codes: dict[str, dict[str, str]] = {}
        handler = type("Bound", (_Handler,), {"issuer": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/realms/acme"

    def __enter__(self) -> Issuer:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def authorize(self, location: str) -> str:
        """What the browser does at the authorization endpoint: gives the address that it is sent back to."""
        asked = dict(parse_qsl(urlsplit(location).query))
        self.asked.append(asked)
        code = secrets.token_urlsafe(8)
        self._codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def exchange(self, form: dict[str, str], authorization: str | None) -> tuple[int, dict[str, Any]]:
        """The token endpoint: a code is good once, for its client, with its verifier."""
        asked = self._codes.pop(form.get("code", ""), None)
        if authorization:
            client, _, secret = base64.b64decode(authorization.split()[1]).decode().partition(":")
        else:
            client, secret = form.get("client_id", ""), form.get("client_secret", "")
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        proof = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if (
            asked is None
            or (client, secret) != (CLIENT, self.secret)
            or asked.get("code_challenge") != proof
            or asked["redirect_uri"] != form.get("redirect_uri")
        ):
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {
            "iss": self.url,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 60,
            **self.person,
            **self.overrides,
        }
        token = jwt.encode(claims, self.signing_key, algorithm="RS256", headers={"kid": "one"})
        return 200, {"access_token": "opaque", "token_type": "Bearer", "expires_in": 60, "id_token": token}

    def document(self) -> dict[str, Any]:
        """Its metadata."""
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            **self.metadata,
        }

    def keys(self) -> dict[str, Any]:
        """Its public keys (RFC 7517)."""
        jwk = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [{**jwk, "kid": "one", "alg": "RS256", "use": "sig"}]}


class _Handler(BaseHTTPRequestHandler):
    issuer: Issuer

    def do_GET(self) -> None:
        if self.path.startswith("/realms/acme/authorize?"):
            self.send_response(302)
            self.send_header("Location", self.issuer.authorize(self.path))
            self.end_headers()
            return
        documents = {
            "/.well-known/openid-configuration": self.issuer.document,
            "/keys": self.issuer.keys,
            "/userinfo": lambda: self.issuer.userinfo,
        }
        found = documents.get(self.path.removeprefix("/realms/acme"))
        self._answer(*((200, found()) if found else (404, {})))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        self._answer(*self.issuer.exchange(form, self.headers.get("Authorization")))

    def _answer(self, status: int, document: dict[str, Any]) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(document).encode())

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  (the base class's name)
        """Quiet."""
