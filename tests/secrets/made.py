"""Made-up credentials, put together when a test runs: no file of this repository holds one."""

from __future__ import annotations

import base64
import json
import random
import string

LETTERS = string.ascii_letters + string.digits
LOWER = string.ascii_lowercase + string.digits
UPPER = string.ascii_uppercase + string.digits
HEX = "0123456789abcdef"

KEY = b"a test's key, thirty-two or more"


def text_of(length: int, alphabet: str = LETTERS, seed: int = 7) -> str:
    """As random as its seed: the same in each run."""
    source = random.Random(seed)
    while True:
        text = "".join(source.choice(alphabet) for _ in range(length))
        if set(text) & set(string.ascii_letters):
            return text


def jwt() -> str:
    parts = [json.dumps(part).encode() for part in ({"alg": "HS256", "typ": "JWT"}, {"sub": "a person"})]
    return ".".join(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts) + "."


def private_key(seed: int = 7, kind: str = "RSA ") -> str:
    rows = "\n".join(text_of(64, seed=seed * 100 + row) for row in range(4))
    dashes = "-" * 5
    return f"{dashes}BEGIN {kind}PRIVATE KEY{dashes}\n{rows}\n{dashes}END {kind}PRIVATE KEY{dashes}\n"


def lines_of_each_kind() -> dict[str, tuple[str, str]]:
    """By check id: a line of code that holds a secret of the kind, and the secret."""
    github = "ghp" + "_" + text_of(36)
    azure = text_of(86) + "=="
    values = {
        "AWS Access Key": ('client(aws_id="{}")', "AKIA" + text_of(16, UPPER)),
        "Artifactory Credentials": ("-H X-JFrog-Art-Api: {}", "AKC" + text_of(20)),
        "Azure Storage Account access key": ("x = 'AccountKey={};'", azure),
        "Basic Auth Credentials": ("url https://someone:{}@host.example/x", text_of(14)),
        "Cloudant Credentials": ("cloudant_password = {}", text_of(64, HEX)),
        "Discord Bot Token": ("run('{}')", f"M{text_of(23)}.{text_of(6)}.{text_of(27)}"),
        "GitHub Token": ("connect('{}')", github),
        "GitLab Token": ("connect('{}')", "glcbt" + "-" + text_of(20)),
        "IBM Cloud IAM Key": ("ibm_cloud_iam_key = {}", text_of(44)),
        "IBM COS HMAC Credentials": ("cos_hmac_secret_access_key = {}", text_of(48, HEX)),
        "JSON Web Token": ("Authorization: Bearer {}", jwt()),
        "Mailchimp Access Key": ("mail {}", text_of(32, LOWER) + "-us" + "12"),
        "NPM tokens": ("//registry.npmjs.org/:_auth" + "Token={}", "npm" + "_" + text_of(36)),
        "OpenAI Token": ("use {}", "sk-" + text_of(20) + "T3Blbk" + "FJ" + text_of(20, seed=8)),
        "PyPI Token": ("upload {}", "pypi-" + "AgEIcHlwaS5v" + "cmc" + text_of(80)),
        "SendGrid API Key": ("send {}", f"SG.{text_of(22)}.{text_of(43)}"),
        "Slack Token": ("post {}", "xoxb" + "-123456-" + text_of(24, LOWER)),
        "SoftLayer Credentials": ("softlayer_key = {}", text_of(64, LOWER)),
        "Square OAuth Secret": ("pay {}", "sq0csp" + "-" + text_of(43)),
        "Stripe Access Key": ("pay {}", "sk_live" + "_" + text_of(24)),
        "Telegram Bot Token": ("bot {}", "123456789" + ":" + text_of(35)),
        "Twilio API Key": ("sms {}", "SK" + text_of(32, LOWER)),
        "Secret Keyword": ("pass" + 'word = "{}"', text_of(9) + "!" + text_of(4)),
        "Base64 High Entropy String": ('opaque = "{}"', text_of(64)),
        "Hex High Entropy String": ('opaque = "{}"', text_of(40, HEX)),
    }
    return {kind: (line.format(value), value) for kind, (line, value) in values.items()}
