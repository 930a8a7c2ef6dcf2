"""detect-secrets' plugins as plain objects: what each kind of secret is called, how it is found.

Only `analyze_string` of a plugin is called. Verification over the network lives in `analyze_line` and
`verify`, which never are; nor is the library's settings singleton ever configured.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from detect_secrets.plugins.artifactory import ArtifactoryDetector
from detect_secrets.plugins.aws import AWSKeyDetector
from detect_secrets.plugins.azure_storage_key import AzureStorageKeyDetector
from detect_secrets.plugins.base import RegexBasedDetector
from detect_secrets.plugins.basic_auth import BasicAuthDetector
from detect_secrets.plugins.cloudant import CloudantDetector
from detect_secrets.plugins.discord import DiscordBotTokenDetector
from detect_secrets.plugins.github_token import GitHubTokenDetector
from detect_secrets.plugins.gitlab_token import GitLabTokenDetector
from detect_secrets.plugins.high_entropy_strings import (
    Base64HighEntropyString,
    HexHighEntropyString,
    HighEntropyStringsPlugin,
)
from detect_secrets.plugins.ibm_cloud_iam import IbmCloudIamDetector
from detect_secrets.plugins.ibm_cos_hmac import IbmCosHmacDetector
from detect_secrets.plugins.jwt import JwtTokenDetector
from detect_secrets.plugins.keyword import (
    QUOTES_REQUIRED_DENYLIST_REGEX_TO_GROUP,
    REGEX_BY_FILETYPE,
    KeywordDetector,
)
from detect_secrets.plugins.mailchimp import MailchimpDetector
from detect_secrets.plugins.npm import NpmDetector
from detect_secrets.plugins.openai import OpenAIDetector
from detect_secrets.plugins.private_key import PrivateKeyDetector
from detect_secrets.plugins.pypi_token import PypiTokenDetector
from detect_secrets.plugins.sendgrid import SendGridDetector
from detect_secrets.plugins.slack import SlackDetector
from detect_secrets.plugins.softlayer import SoftlayerDetector
from detect_secrets.plugins.square_oauth import SquareOAuthDetector
from detect_secrets.plugins.stripe import StripeDetector
from detect_secrets.plugins.telegram_token import TelegramBotTokenDetector
from detect_secrets.plugins.twilio import TwilioKeyDetector
from detect_secrets.util.filetype import determine_file_type

from reprieve.secrets.cues import (
    ASSIGNED,
    BARE_BASE64,
    BARE_HEX,
    BASE64,
    HEX,
    KEYWORDS,
    WORD,
    Cue,
    fold,
    literals,
    patterns,
)
from reprieve.words import Severity

Values = Callable[[str, str], Iterator[str]]
"""From a line and the path of its file to the secrets on it."""


class Detector(NamedTuple):
    """One kind of secret."""

    kind: str
    """The plugin's `secret_type`: the check id, here and in detect-secrets' own reports."""
    values: Values
    cues: tuple[Cue, ...]
    bare_cues: tuple[Cue, ...]
    """The cues in a settings file, whose values have no quotes (`lines.quoted`)."""
    severity: Severity = "high"
    generic: bool = False
    """Whether it goes by shape or by a variable's name, and so is often wrong."""
    before: int = 256
    """In a very long line: how many characters before a cue it is shown, and how many after."""
    after: int = 4096


PRIVATE_KEY = PrivateKeyDetector.secret_type


def _matches(plugin: RegexBasedDetector) -> Values:
    return lambda line, _: iter(plugin.analyze_string(line))


def _whole(plugin: RegexBasedDetector) -> Values:
    """For plugins whose groups are only parts.

    `analyze_string` gives `ghp` for any GitHub token, so that all would be one secret, and nothing for
    some of GitLab's.
    """
    return lambda line, _: (found[0] for pattern in plugin.denylist for found in pattern.finditer(line))


def _npm(plugin: RegexBasedDetector) -> Values:
    """Its expression takes the rest of the line with the token, twice."""
    return lambda line, _: (re.split(r"[^\w-]", value)[0] for value in plugin.analyze_string(line))


def _artifactory(plugin: RegexBasedDetector) -> Values:
    """Its expressions take the delimiters with the token, which is letters and digits."""
    return lambda line, _: (re.sub(r"\W", "", value) for value in plugin.analyze_string(line))


def _azure(plugin: RegexBasedDetector) -> Values:
    return lambda line, _: (value.removeprefix("AccountKey=") for value in plugin.analyze_string(line))


def _keyword(line: str, path: str) -> Iterator[str]:
    """All of a line's: the plugin itself stops at the first that each of its expressions finds."""
    kinds = REGEX_BY_FILETYPE.get(determine_file_type(path), QUOTES_REQUIRED_DENYLIST_REGEX_TO_GROUP)
    names = _one_keyword_a_name(line)
    for pattern, group in kinds.items():
        for found in pattern.finditer(names):
            start, end = found.span(group)
            yield line[start:end]


def _one_keyword_a_name(line: str) -> str:
    """The line with any but the first keyword of each name blotted out, in the same places.

    An expression that matches from a later one matches from the first as well, since `\\w*` follows it; but
    in vain it tries each, and `passwordpassword…` would cost it a second for a thousand characters.
    """
    words = list(WORD.finditer(fold(line)))
    blotted, end_of_name = line, -1
    for word in words if len(words) > 1 else ():
        start, end = word.span()
        if start < end_of_name:
            blotted = f"{blotted[:start]}{'x' * (end - start)}{blotted[end:]}"
        else:
            name = _NAME.match(line, start)
            end_of_name = name.end() if name else end
    return blotted


_NAME = re.compile(r"\w+")


def _entropy(plugin: HighEntropyStringsPlugin) -> Values:
    limit = plugin.entropy_limit
    return lambda line, _: (
        value for value in plugin.analyze_string(line) if plugin.calculate_shannon_entropy(value) > limit
    )


_GITLAB = ("glpat-", "gldt-", "glft-", "glsoat-", "glrt-", "GR1348941", "glcbt-", "glimt-", "glptt-")


def _specific() -> Iterator[Detector]:
    def kind(
        plugin: type[RegexBasedDetector], *cues: Cue, how: Callable[[RegexBasedDetector], Values] = _matches
    ) -> Detector:
        return Detector(str(plugin.secret_type), how(plugin()), cues, cues)

    yield kind(PrivateKeyDetector, *literals("PRIVATE KEY", "PuTTY-User-Key-File-2"))
    yield kind(
        AWSKeyDetector,
        *literals("A3T", "ABIA", "ACCA", "AKIA", "ASIA"),
        *patterns(r"aws.{0,20}?(?:key|pw|pass|token)", folded=True),
    )
    yield kind(ArtifactoryDetector, *literals("AKC"), *patterns(r"AP[\dA-F][a-zA-Z0-9]{8}"), how=_artifactory)
    yield kind(AzureStorageKeyDetector, *literals("AccountKey="), how=_azure)
    yield kind(BasicAuthDetector, *patterns(r"://[^:/?#@\s]+:[^:/?#@\s]+@"))
    yield kind(CloudantDetector, *ASSIGNED, *literals("cloudant", folded=True))
    yield kind(DiscordBotTokenDetector, *patterns(r"\.[\w-]{6}\.[\w-]{27}"))
    yield kind(GitHubTokenDetector, *literals("ghp_", "gho_", "ghu_", "ghs_", "ghr_"), how=_whole)
    yield kind(GitLabTokenDetector, *literals(*_GITLAB, "glagent-", "gloas-"), how=_whole)
    yield kind(IbmCloudIamDetector, *ASSIGNED)
    yield kind(IbmCosHmacDetector, *ASSIGNED)
    yield kind(JwtTokenDetector, *literals("eyJ"))._replace(severity="medium")
    yield kind(MailchimpDetector, *patterns("-us[0-9]"))
    yield kind(NpmDetector, *literals("/:_authToken="), how=_npm)
    yield kind(OpenAIDetector, *literals("T3BlbkFJ"))
    yield kind(PypiTokenDetector, *literals("pypi-Ag"))
    yield kind(SendGridDetector, *literals("SG."))
    yield kind(SlackDetector, *literals("xox", "hooks.slack.com", folded=True))
    yield kind(SoftlayerDetector, *ASSIGNED, *literals("softlayer", folded=True))
    yield kind(SquareOAuthDetector, *literals("sq0csp-"))
    yield kind(StripeDetector, *literals("k_live_"))
    yield kind(TelegramBotTokenDetector, *patterns(r":[0-9A-Za-z_-]{35}"))
    yield kind(TwilioKeyDetector, *patterns(r"AC[a-z0-9]{32}", r"SK[a-z0-9]{32}"))


def _generic() -> Iterator[Detector]:
    by_base64, by_hex = Base64HighEntropyString(), HexHighEntropyString()
    yield Detector(KeywordDetector.secret_type, _keyword, KEYWORDS, KEYWORDS, "high", True, 128, 512)
    yield Detector(by_base64.secret_type, _entropy(by_base64), BASE64, BARE_BASE64, "medium", True, 128, 128)
    yield Detector(by_hex.secret_type, _entropy(by_hex), HEX, BARE_HEX, "medium", True, 128, 128)


DETECTORS: tuple[Detector, ...] = (*_specific(), *_generic())
"""The surest first: of two that find the same secret in the same line, the first names it.

Not among them: public IP addresses, which are no credentials (detect-secrets' own filter for values
without letters drops them as well).
"""
