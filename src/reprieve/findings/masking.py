"""Secrets never leave a reader whole: what is kept is enough to recognise one, not to use it."""

from __future__ import annotations


def mask(secret: str | None) -> str:
    """First and last two characters of a secret of twelve or more, otherwise only asterisks.

    A value that is masked already (by the scanner, or by us) stays as it is.
    """
    if not secret:
        return ""
    text = secret.strip()
    if set(text) <= {"*"} or text == "REDACTED" or "****" in text:
        return text
    if len(text) < 12:
        return "****"
    return f"{text[:2]}****{text[-2:]}"


def mask_within(text: str, *secrets: str | None) -> str:
    """`text` with each of the `secrets` in it masked; for messages and matched lines."""
    for secret in secrets:
        if secret and len(secret.strip()) >= 4:
            text = text.replace(secret, mask(secret))
    return text
