"""Signing in by OpenID Connect, against a real provider on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.console.desk import Console
from tests.console.issuer import CLIENT, Issuer

if TYPE_CHECKING:
    from django.test import Client

_BEGIN, _BACK = "/oidc/console/login/", "/oidc/console/login/callback/"


@pytest.fixture
def issuer(console: Console, monkeypatch: pytest.MonkeyPatch) -> Iterator[Issuer]:
    """A provider that the console is set up with."""
    from reprieve.console.config import config

    with Issuer() as provider:
        monkeypatch.setenv("REPRIEVE_CONSOLE_OIDC_URL", provider.url)
        monkeypatch.setenv("REPRIEVE_CONSOLE_OIDC_CLIENT", CLIENT)
        monkeypatch.setenv("REPRIEVE_CONSOLE_OIDC_SECRET", provider.secret)
        config.cache_clear()
        yield provider
    config.cache_clear()


def _sign_in(client: Client, issuer: Issuer, onward: str = "/") -> Any:
    began = client.post(_BEGIN, {"next": onward})
    assert began.status_code == 302, began.content
    assert began["Location"].startswith(f"{issuer.url}/authorize?")
    back = issuer.authorize(began["Location"])
    assert back.startswith(f"http://testserver{_BACK}?")
    return client.get(back.removeprefix("http://testserver"))


def _viewer(client: Client) -> str:
    return client.get("/").content.decode()


def test_a_verified_address_is_signed_in_with_its_roles(console: Console, issuer: Issuer) -> None:
    client = console.stranger()
    answer = _sign_in(client, issuer, "/exceptions/?status=active")
    assert (answer.status_code, answer["Location"]) == (302, "/exceptions/?status=active")
    assert 'title="sam@example.com">Sam Example <small>security-team</small>' in _viewer(client)


def test_asks_by_code_with_proof_and_state(console: Console, issuer: Issuer) -> None:
    _sign_in(console.stranger(), issuer)
    (asked,) = issuer.asked
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["state"]) >= 16
    assert asked["redirect_uri"] == f"http://testserver{_BACK}"


def test_people_come_back_to_the_configured_address(
    console: Console, issuer: Issuer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reprieve.console.config import config

    monkeypatch.setenv("REPRIEVE_CONSOLE_URL", "https://console.example.com/")
    config.cache_clear()
    issuer.authorize(console.stranger().post(_BEGIN)["Location"])
    assert issuer.asked[0]["redirect_uri"] == f"https://console.example.com{_BACK}"


@pytest.mark.parametrize("verified", [False, None, "false", 0, 1, "yes"])
def test_an_address_that_nobody_verified_signs_nobody_in(
    console: Console, issuer: Issuer, verified: object
) -> None:
    issuer.person["email_verified"] = verified
    client = console.stranger()
    answer = _sign_in(client, issuer)
    assert answer.status_code == 403
    assert "is not verified by the issuer" in answer.content.decode()
    assert client.get("/").status_code == 302


@pytest.mark.parametrize(
    "change",
    [
        {"email": None},
        {"email": ""},
        {"email": "no address"},
        {"email": "a@example.com\nb@example.com"},
        {"email": ["sam@example.com"]},
        {"email": f"{'a' * 200}@example.com"},
        {"aud": "somebody-else"},
        {"iss": "https://login.example.org"},
        {"exp": 1},
        {"sub": None},
    ],
)
def test_claims_that_are_not_believed(console: Console, issuer: Issuer, change: dict[str, object]) -> None:
    issuer.overrides = change
    client = console.stranger()
    assert _sign_in(client, issuer).status_code == 403
    assert client.get("/").status_code == 302


def test_a_token_signed_by_another_key_signs_nobody_in(console: Console, issuer: Issuer) -> None:
    issuer.signing_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    assert _sign_in(console.stranger(), issuer).status_code == 403


def test_an_issuer_that_calls_itself_otherwise_is_not_believed(console: Console, issuer: Issuer) -> None:
    issuer.metadata = {"issuer": "https://login.example.org"}
    client = console.stranger()
    assert client.post(_BEGIN).status_code == 403


def test_an_issuer_that_is_away_is_told(console: Console, issuer: Issuer) -> None:
    issuer.__exit__(None, None, None)
    answer = console.stranger().post(_BEGIN)
    assert answer.status_code == 403
    issuer.__init__()  # type: ignore[misc]  # so that the fixture has something to close
    issuer.__enter__()


def test_userinfo_is_believed_only_of_the_same_subject(console: Console, issuer: Issuer) -> None:
    told = dict(issuer.person)
    issuer.person = {"sub": "1"}
    issuer.userinfo = told
    client = console.stranger()
    assert _sign_in(client, issuer).status_code == 302
    issuer.userinfo = {**told, "sub": "2"}
    assert _sign_in(console.stranger(), issuer).status_code == 403


def test_only_named_domains_where_there_are_any(
    console: Console, issuer: Issuer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reprieve.console.config import config

    monkeypatch.setenv("REPRIEVE_CONSOLE_OIDC_DOMAINS", "example.org, example.com")
    config.cache_clear()
    assert _sign_in(console.stranger(), issuer).status_code == 302
    issuer.person["email"] = "sam@evil-example.com"
    assert _sign_in(console.stranger(), issuer).status_code == 403


def test_a_state_of_somebody_else_or_used_signs_nobody_in(console: Console, issuer: Issuer) -> None:
    victim, attacker = console.stranger(), console.stranger()
    back = issuer.authorize(attacker.post(_BEGIN)["Location"]).removeprefix("http://testserver")
    assert victim.get(back).status_code == 403
    assert victim.get("/").status_code == 302
    assert attacker.get(back).status_code == 302
    assert attacker.get(back).status_code == 403


def test_the_session_is_another_after_signing_in(console: Console, issuer: Issuer) -> None:
    client = console.stranger()
    began = client.post(_BEGIN)
    before = client.session.session_key
    client.get(issuer.authorize(began["Location"]).removeprefix("http://testserver"))
    assert client.session.session_key != before


@pytest.mark.parametrize(
    "onward", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:x"]
)
def test_goes_on_to_this_host_only(console: Console, issuer: Issuer, onward: str) -> None:
    answer = _sign_in(console.stranger(), issuer, onward)
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_signing_in_begins_by_a_form_of_ours_only(console: Console, issuer: Issuer) -> None:
    from django.test import Client

    assert console.stranger().get(_BEGIN).status_code == 405
    assert Client(enforce_csrf_checks=True).post(_BEGIN).status_code == 403
    page = console.stranger().get("/sign-in/")
    origin = issuer.url.removesuffix("/realms/acme")
    assert f"form-action 'self' https: {origin}" in page["Content-Security-Policy"]
    assert f'action="{_BEGIN}"' in page.content.decode()


def test_without_an_issuer_there_is_nothing(console: Console) -> None:
    assert console.stranger().post(_BEGIN).status_code == 404
    assert console.stranger().get(_BACK).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/login/",
        "/accounts/signup/",
        "/login/",
        "/signup/",
        "/password/reset/",
        "/oidc/other/login/",
    ],
)
def test_no_other_page_of_allauth_is_there(console: Console, issuer: Issuer, path: str) -> None:
    client = console.stranger()
    assert client.get(path).status_code in {404, 405}
    assert client.post(path).status_code == 404


def test_no_address_or_row_of_allauth_is_kept(console: Console, issuer: Issuer) -> None:
    from allauth.account.models import EmailAddress
    from allauth.socialaccount.models import SocialAccount, SocialToken

    _sign_in(console.stranger(), issuer)
    assert not EmailAddress.objects.exists()
    assert not SocialAccount.objects.exists()
    assert not SocialToken.objects.exists()
