"""`python -m reprieve.policy.native`: translates the packs anew, after a check or library was changed."""

from __future__ import annotations

import sys
from pathlib import Path

from reprieve.policy import bundle as bundles
from reprieve.policy.native.packs import PACKS
from reprieve.policy.native.translate import Translated, translate


def translated(pack: str) -> Translated:
    """A pack as it is now."""
    bundle = bundles.load(packs=[pack])
    wanted = [f"{check.package}.{rule.name}" for check in bundle.checks for rule in check.rules]
    return translate(bundle.modules, wanted, f"The {pack} pack, as Python.")


def file_of(pack: str) -> Path:
    """Where its Python is."""
    return Path(__file__).parent / f"{pack}.py"


def main() -> None:
    """Writes one file for each pack."""
    for pack in PACKS:
        made = translated(pack)
        file_of(pack).write_text(made.source, encoding="utf-8")
        for rule, why in made.left.items():
            sys.stderr.write(f"{rule} stays with the engine: {why}\n")


if __name__ == "__main__":
    main()
