"""The comment on a merge request."""

from __future__ import annotations

import msgspec
import pytest

from reprieve.record.model import Problem
from reprieve.report.markdown import LIMIT, code, prose
from reprieve.report.sentences import TRUST
from tests.report.verdicts import CALM, RICH, live, outcome, verdict_of, written

SUMMARY = "Legacy billing runs as root until the vendor ships v4&#46;"

CALM_COMMENT = f"""\
<!-- reprieve -->
## Reprieve: PASS

**nothing open, expired or pending at low severity or above** · 1 excepted

|  | critical | high | medium | low | info | unknown |
| --- | --: | --: | --: | --: | --: | --: |
| without exceptions | 0 | 1 | 0 | 0 | 0 | 0 |
| with exceptions | 0 | 0 | 0 | 0 | 0 | 0 |

### Exceptions used

| exception | status | findings |  | summary |
| --- | --- | --: | --- | --- |
| `EXC-007` | **expiring** | 2 | expires in 12 days | {SUMMARY} |

Register: `origin/main @ 3f9a2c1, 5 hours old, trust: claimed` ({TRUST["claimed"]}).

"""


def test_a_gate_that_passes() -> None:
    assert written("markdown", CALM) == CALM_COMMENT


def test_everything_has_its_section() -> None:
    text = written("markdown", RICH)
    assert [line for line in text.splitlines() if line.startswith("#")] == [
        "## Reprieve: FAIL",
        "### Failing findings",
        "### Waiting for approval",
        "### Exceptions used",
        "### Covered nothing although their target was scanned: still needed?",
        "### Problems",
    ]
    assert (
        "| high | `KSV009` | `prod-eu-1/billing/Deployment/gateway` | Access to host network | expired"
        in text
    )
    assert "- EXC-012 is in review, waits for security-team and ciso, by 2026-11-23 17" in text
    assert "- error `security/exceptions/EXC-014-everything.md:9` **blanket-scope**: an entry needs" in text
    assert "<details>" not in text


def test_findings_after_the_twentieth_are_folded_away() -> None:
    text = written("markdown", verdict_of([(live(f"Pod/{number}"), outcome()) for number in range(57)]))
    shown, folded = text.split("<details><summary>37 more</summary>\n\n| severity |")
    assert shown.count("`KSV012`") == 20
    assert folded.count("`KSV012`") == 37
    assert "</details>" in folded


@pytest.mark.parametrize("message", ["short", "@" * 3000])
def test_a_comment_fits(message: str) -> None:
    pairs = [(live(f"Pod/{number}", message, message=message), outcome()) for number in range(3000)]
    exceptions = [msgspec.structs.replace(each, summary=message) for each in RICH.exceptions] * 50
    problem = Problem(rule=message, message=message, path=message, hint=message)
    text = written("markdown", verdict_of(pairs, exceptions=exceptions, problems=[problem] * 50))
    assert LIMIT * 0.8 < len(text) <= LIMIT
    left = int(text.split("… and ")[1].split()[0].replace(",", ""))
    shown = text.count("| open |")
    assert shown + left == 3000
    assert "Register: " in text


def test_a_simulated_verdict_says_so() -> None:
    assert "> **Simulated.** As of" in written("markdown", msgspec.structs.replace(CALM, simulated=True))


def test_prose() -> None:
    assert prose("plain words, and-so on") == "plain words, and-so on"
    assert prose("a|b") == "a&#124;b"
    assert prose("<b>@dana") == "&#60;b&#62;&#64;&#8203;dana"
    assert prose("see #12 and GH-12") == "see &#35;&#8203;12 and GH-&#8203;12"
    assert prose("https://www.example.com") == "https&#58;&#8203;//www&#46;&#8203;example&#46;&#8203;com"


def test_code() -> None:
    assert code("CKV_K8S_20") == "`CKV_K8S_20`"
    assert code("a`b|c\nd") == "`a'b¦c d`"
    assert code("") == ""
