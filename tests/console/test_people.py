"""Who is who: links that sign in once, the proxy's header, names that become authors of commits."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest

from tests.console.desk import Console
from tests.support import REQUESTER

if TYPE_CHECKING:
    from django.test import Client

HEADER = "X-Forwarded-Email"


def _link(address: str = REQUESTER) -> str:
    from reprieve.console.people.links import make_link
    from reprieve.register.writing.commits import Identity

    return make_link(Identity("Dana", address)).removeprefix("http://testserver")


def _who(client: Client, **more: Any) -> str | None:
    answer = client.get("/api/v1/me", **more)
    return str(answer.json()["email"]) if answer.status_code == 200 else None


@pytest.fixture
def proxied(console: Console, monkeypatch: pytest.MonkeyPatch) -> Console:
    """A console behind a proxy at 10.1.0.0/16."""
    from reprieve.console.config import config

    monkeypatch.setenv("REPRIEVE_CONSOLE_PROXY_HEADER", HEADER)
    monkeypatch.setenv("REPRIEVE_CONSOLE_PROXY_NAME_HEADER", "X-Forwarded-Name")
    monkeypatch.setenv("REPRIEVE_CONSOLE_PROXIES", "10.1.0.0/16, ::1")
    config.cache_clear()
    return console


def test_looking_at_a_link_does_not_use_it(console: Console) -> None:
    link, client = _link(), console.stranger()
    assert client.get(link).status_code == client.head(link).status_code == 200
    assert _who(client) is None
    assert client.post(link).status_code == 302
    assert _who(client) == REQUESTER


def test_a_link_is_good_once(console: Console) -> None:
    link = _link()
    assert console.stranger().post(link).status_code == 302
    answer = console.stranger().post(link)
    assert answer.status_code == 403
    assert "This link has been used" in answer.content.decode()


def test_a_link_is_good_once_under_a_race(console: Console) -> None:
    from django.db import connection

    from reprieve.console.people.links import redeem

    secret, found, start = _link().rpartition("/")[2], [], threading.Barrier(8)

    def attempt() -> None:
        start.wait()
        try:
            found.append(redeem(secret))
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len([user for user in found if user is not None]) == 1


def test_a_link_is_good_for_ten_minutes(console: Console) -> None:
    import datetime as dt

    from django.utils import timezone

    from reprieve.console.people.models import SignInLink

    link = _link()
    left = SignInLink.objects.get().expires - timezone.now()
    assert dt.timedelta(minutes=9) < left <= dt.timedelta(minutes=10)
    SignInLink.objects.update(expires=timezone.now())
    assert console.stranger().post(link).status_code == 403


def test_a_link_is_kept_as_a_digest(console: Console) -> None:
    from reprieve.console.people.models import SignInLink

    secret = _link().rpartition("/")[2]
    assert len(secret) == 43
    assert secret not in repr(vars(SignInLink.objects.get()))


def test_the_session_is_another_after_signing_in(console: Console) -> None:
    from django.conf import settings

    client = console.stranger()
    session = client.session
    session["planted"] = 1
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = planted = session.session_key
    client.post(_link())
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != planted
    thief = console.stranger()
    thief.cookies[settings.SESSION_COOKIE_NAME] = planted
    assert _who(thief) is None


def test_signing_out_ends_the_session(console: Console) -> None:
    from django.conf import settings

    client = console.as_()
    kept = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert client.get("/sign-out").status_code == 405
    client.post("/sign-out")
    client.cookies[settings.SESSION_COOKIE_NAME] = kept
    assert _who(client) is None


def test_signing_in_needs_the_form_token(console: Console) -> None:
    from django.test import Client

    link = _link()
    assert Client(enforce_csrf_checks=True).post(link).status_code == 403
    assert console.stranger().post(link).status_code == 302


def test_guesses_are_slowed_down(console: Console) -> None:
    from django.core.cache import cache

    from reprieve.console.people.guessing import MISSES

    cache.clear()
    client = console.stranger()
    answers = [client.post(f"/sign-in/guess-{number}").status_code for number in range(MISSES + 1)]
    assert answers == [403] * MISSES + [429]
    assert client.post(_link()).status_code == 429
    assert client.post(_link(), REMOTE_ADDR="10.9.9.9").status_code == 302
    cache.clear()


@pytest.mark.parametrize(
    ("onward", "where"),
    [
        ("/exceptions/?status=active", "/exceptions/?status=active"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("///evil.example/", "/"),
        ("/\\evil.example/", "/"),
        ("\\\\evil.example", "/"),
        ("http:evil.example", "/"),
        ("http://testserver@evil.example/", "/"),
        ("mailto:x", "/"),
        ("\t//evil.example", "/"),
        ("evil", "/"),
    ],
)
def test_goes_on_to_this_host_only(console: Console, onward: str, where: str) -> None:
    assert console.stranger().post(_link(), {"next": onward})["Location"] == where


def test_an_account_that_is_closed_does_not_sign_in(console: Console) -> None:
    from django.contrib.auth.models import User

    link, client = _link(), console.as_()
    User.objects.update(is_active=False)
    assert console.stranger().post(link).status_code == 403
    assert _who(client) is None


def test_a_trusted_proxy_says_who_is_there(proxied: Console) -> None:
    client = proxied.stranger()
    headers = {HEADER: "Sam@Example.com", "X-Forwarded-Name": "Sam Example"}
    answer = client.get("/api/v1/me", headers=headers, REMOTE_ADDR="10.1.2.3")
    assert answer.json() == {
        "name": "Sam Example",
        "email": "sam@example.com",
        "roles": ["security-team"],
        "scopes": None,
    }
    assert _who(client, REMOTE_ADDR="10.1.2.3") is None  # each request is as the header says
    assert _who(client, headers={HEADER: "sam@example.com"}, REMOTE_ADDR="::1") == "sam@example.com"
    assert (
        _who(client, headers={HEADER: "sam@example.com"}, REMOTE_ADDR="::ffff:10.1.2.3") == "sam@example.com"
    )


@pytest.mark.parametrize("peer", ["10.2.0.1", "127.0.0.1", "192.0.2.7", "::2", "", "10.1.2.3, 10.2.0.1", "x"])
def test_nobody_else_is_believed(proxied: Console, peer: str) -> None:
    client = proxied.stranger()
    headers = {HEADER: "carol@example.com", "X-Forwarded-For": "10.1.2.3", "Forwarded": "for=10.1.2.3"}
    assert _who(client, headers=headers, REMOTE_ADDR=peer) is None


def test_without_a_setting_no_header_is_believed(console: Console) -> None:
    client = console.stranger()
    for name in (HEADER, "X-Remote-User", "Remote-User", "X-Forwarded-User", "X-Auth-Request-Email"):
        assert _who(client, headers={name: "carol@example.com"}) is None
    assert _who(client, REMOTE_USER="carol@example.com") is None


def test_the_header_is_not_mended_by_an_underscore(proxied: Console) -> None:
    """WSGI writes `X_Forwarded_Email` as the same variable: gunicorn drops such headers, and stays so set."""
    from reprieve.console.serve import options

    assert options("127.0.0.1", 8421, 1)["header_map"] == "drop"


@pytest.mark.parametrize(
    "told",
    ["carol@example.com, sam@example.com", "carol", "a b@example.com", "<carol@example.com>", "x" * 200],
)
def test_a_header_that_names_nobody_plainly_is_refused(proxied: Console, told: str) -> None:
    answer = proxied.stranger().get("/api/v1/me", headers={HEADER: told}, REMOTE_ADDR="10.1.2.3")
    assert answer.status_code == 400


def test_an_account_that_is_closed_does_not_pass_the_proxy(proxied: Console) -> None:
    from django.contrib.auth.models import User

    proxied.as_()
    User.objects.update(is_active=False)
    answer = proxied.stranger().get("/", headers={HEADER: REQUESTER}, REMOTE_ADDR="10.1.2.3")
    assert answer.status_code == 403


def test_what_the_proxy_says_wins_over_a_session(proxied: Console) -> None:
    client = proxied.as_()
    assert _who(client, headers={HEADER: "sam@example.com"}, REMOTE_ADDR="10.1.2.3") == "sam@example.com"


def test_acting_through_a_proxy_needs_the_form_token_as_well(proxied: Console) -> None:
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    told = {"headers": {HEADER: "sam@example.com"}, "REMOTE_ADDR": "10.1.2.3"}
    answer = strict.post("/api/v1/reviews/weekly", **told)  # type: ignore[arg-type]
    assert answer.status_code == 403
    assert strict.post("/settings/tokens", {"name": "x"}, **told).status_code == 403  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Dana", "Dana"),
        ("Carol <carol@example.com>", "Carol carol@example.com"),
        ("Da\nna\r\0", "Da na"),
        ("\u202eanaD\u200b", "anaD"),
        ("", "dana"),
        (" < > ", "dana"),
        ("x" * 400, "x" * 150),
    ],
)
def test_a_name_forges_no_author(console: Console, name: str, shown: str) -> None:
    from reprieve.console.people.accounts import person

    assert person(name, "Dana@Example.com ").name == shown
    assert person(name, "Dana@Example.com ").email == "dana@example.com"


@pytest.mark.parametrize(
    "address",
    ["", "dana", "a@b@c", "a@b c", "a@b\n", "<a@b>", "a@b>", "a,b@c", "@b", "a@", f"{'a' * 150}@b.c"],
)
def test_what_is_no_address_is_nobody(console: Console, address: str) -> None:
    from reprieve.console.people.accounts import person
    from reprieve.errors import UsageError

    if address == "a@b\n":  # blanks around it are none of it
        assert person("", address).email == "a@b"
        return
    with pytest.raises(UsageError):
        person("", address)


def test_nobody_has_a_password(console: Console) -> None:
    from django.contrib.auth import authenticate
    from django.contrib.auth.models import User

    console.as_()
    user = User.objects.get()
    assert not user.has_usable_password()
    assert not user.is_staff and not user.is_superuser
    user.set_password("secret")  # even if somebody sets one
    user.save()
    assert authenticate(username=user.username, password="secret") is None
