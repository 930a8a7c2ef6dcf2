"""Tokens: what each may do and until when; made, shown once, revoked."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.console.desk import Console
from tests.support import REQUESTER

if TYPE_CHECKING:
    from django.test import Client

READ = "/api/v1/me"


def bearer(console: Console, *scopes: str, person: str = REQUESTER, days: int = 30) -> dict[str, str]:
    """Headers of a caller with a new token of these scopes."""
    from reprieve.console.people.accounts import user_for
    from reprieve.console.people.tokens import make
    from reprieve.register.writing.commits import Identity
    from tests.support import PEOPLE

    address = PEOPLE.get(person, person)
    _, secret = make(user_for(Identity(address.split("@")[0].capitalize(), address)), "a test", scopes, days)
    return {"Authorization": f"Bearer {secret}"}


def _token() -> Any:
    from reprieve.console.people.models import Token

    return Token.objects.get()


def _form(**changes: Any) -> dict[str, Any]:
    return {"name": "pipeline", "scopes": ["read", "gate"], "days": "30", **changes}


def _made(client: Client, **changes: Any) -> str:
    answer = client.post("/settings/tokens", _form(**changes))
    assert answer.status_code == 200, answer.content
    assert answer["Cache-Control"].split(", ").count("no-store") == 1
    (secret,) = re.findall(r"rpv_[\w-]{43}", answer.content.decode())
    return str(secret)


def test_a_token_is_shown_once_and_kept_as_a_digest(console: Console) -> None:
    client = console.as_()
    secret = _made(client)
    token = _token()
    assert secret not in client.get("/settings/").content.decode()
    assert secret not in repr(vars(token))
    assert len(token.digest) == 64
    assert token.scopes == ["read", "gate"]
    answer = console.stranger().get(READ, headers={"Authorization": f"Bearer {secret}"})
    assert answer.json() == {
        "name": "Dana",
        "email": REQUESTER,
        "roles": [],
        "scopes": ["read", "gate"],
    }


def test_a_token_has_the_roles_of_its_person_now(console: Console) -> None:
    headers = bearer(console, "read", person="security-team")
    assert console.stranger().get(READ, headers=headers).json()["roles"] == ["security-team"]
    from tests.support import CHARTER, FOLDER, git

    desk = console.office.desk("admin@example.com")
    desk.commit({f"{FOLDER}/charter.yaml": CHARTER.replace("[sam@example.com]", "[sue@example.com]")})
    desk.git("push", "--quiet", "origin", "HEAD:main")
    console.office.desk("ciso").git("pull", "--quiet")
    console.office.desk("ciso").ok("charter", "approve")
    git(console.office.remote, "log", "-1")
    console.sync()
    assert console.stranger().get(READ, headers=headers).json()["roles"] == []


@pytest.mark.parametrize("secret", ["", "x", "rpv_", f"rpv_{'A' * 43}", f"rpv_{'A' * 5000}", "rpv_ü"])
def test_what_is_no_token_is_nobody(console: Console, secret: str) -> None:
    answer = console.stranger().get(READ, headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert answer["Content-Type"] == "application/problem+json"


def test_a_wrong_token_is_not_mended_by_a_session(console: Console) -> None:
    answer = console.as_().get(READ, headers={"Authorization": "Bearer rpv_wrong"})
    assert answer.status_code == 401


def test_another_scheme_is_nobody(console: Console) -> None:
    assert console.stranger().get(READ, headers={"Authorization": "Basic QTpC"}).status_code == 401


def test_a_token_ends(console: Console) -> None:
    from django.utils import timezone

    headers = bearer(console, "read", days=1)
    assert console.stranger().get(READ, headers=headers).status_code == 200
    type(_token()).objects.update(expires=timezone.now())
    assert console.stranger().get(READ, headers=headers).status_code == 401


def test_its_person_revokes_it(console: Console) -> None:
    client = console.as_()
    secret = _made(client)
    answer = client.post(f"/settings/tokens/{_token().pk}/revoke")
    assert (answer.status_code, answer["Location"]) == (302, "/settings/#tokens")
    headers = {"Authorization": f"Bearer {secret}"}
    assert console.stranger().get(READ, headers=headers).status_code == 401
    assert client.post(f"/settings/tokens/{_token().pk}/revoke").status_code == 404


def test_nobody_else_revokes_it_but_the_charters_owner(console: Console) -> None:
    bearer(console, "read")
    path = f"/settings/tokens/{_token().pk}/revoke"
    assert console.as_("security-team").post(path).status_code == 404
    assert _token().revoked_at is None
    assert REQUESTER not in console.as_("security-team").get("/settings/").content.decode()
    assert REQUESTER in console.as_("ciso").get("/settings/").content.decode()
    assert console.as_("ciso").post(path).status_code == 302
    assert _token().revoked_at is not None


@pytest.mark.parametrize(
    "changes",
    [
        {"scopes": []},
        {"scopes": ["admin"]},
        {"scopes": ["read", "everything"]},
        {"days": "0"},
        {"days": "91"},
        {"days": "-1"},
        {"days": "soon"},
        {"days": "9" * 40},
        {"name": ""},
        {"name": " "},
        {"name": "x" * 101},
        {"name": "a\0b"},
    ],
)
def test_what_no_token_can_be_made_of(console: Console, changes: dict[str, Any]) -> None:
    answer = console.as_().post("/settings/tokens", _form(**changes))
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    from reprieve.console.people.models import Token

    assert not Token.objects.exists()


def test_a_person_has_so_many_at_most(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    from reprieve.console.people import tokens

    monkeypatch.setattr(tokens, "_MOST", 1)
    _made(console.as_())
    answer = console.as_().post("/settings/tokens", _form())
    assert "revoke those that nobody uses" in answer.content.decode()


def test_tokens_are_made_by_a_person_on_the_page_only(console: Console) -> None:
    from django.test import Client

    everything = bearer(console, "read", "request", "maintain", "decide", "upload", "gate", "metrics")
    answer = console.stranger().post("/settings/tokens", _form(), headers=everything)
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/")
    assert console.stranger().get("/settings/", headers=everything).status_code == 302
    assert console.as_().get("/settings/tokens").status_code == 405
    strict = console.as_(csrf=True)
    assert strict.post("/settings/tokens", _form()).status_code == 403
    assert isinstance(strict, Client)


def test_the_last_use_is_noted(console: Console) -> None:
    headers = bearer(console, "read")
    assert _token().used_at is None
    console.stranger().get(READ, headers=headers)
    used = _token().used_at
    assert dt.datetime.now(dt.UTC) - used < dt.timedelta(minutes=1)
    console.stranger().get(READ, headers=headers)
    assert _token().used_at == used


def test_an_account_that_is_closed_has_no_tokens(console: Console) -> None:
    from django.contrib.auth.models import User

    headers = bearer(console, "read")
    User.objects.update(is_active=False)
    assert console.stranger().get(READ, headers=headers).status_code == 401
