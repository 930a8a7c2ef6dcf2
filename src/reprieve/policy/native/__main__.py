"""`python -m reprieve.policy.native`: what is made of our checks, anew after one or a library was changed.

The packs that are translated, as Python, and every module as it is once parsed.
"""

from __future__ import annotations

import sys
from pathlib import Path

from reprieve.policy import bundle as bundles
from reprieve.policy import parsed
from reprieve.policy.module import parse
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


def kept_of(folder: str) -> bytes:
    """The modules of a pack, or of the libraries, parsed as they are now."""
    files = bundles.own_files([folder] if folder in bundles.PACKS else [])
    texts = ((name, path.read_text(encoding="utf-8")) for path, name in files)
    return parsed.kept(parse(name, text) for name, text in texts if folder in name.split("/")[:-1])


def main() -> None:
    """Writes the files of each pack."""
    for folder in (bundles.LIBRARIES, *bundles.PACKS):
        parsed.file_of(folder).write_bytes(kept_of(folder))
    for pack in PACKS:
        made = translated(pack)
        file_of(pack).write_text(made.source, encoding="utf-8")
        for rule, why in made.left.items():
            sys.stderr.write(f"{rule} stays with the engine: {why}\n")


if __name__ == "__main__":
    main()
