"""Every native format that records are written to: name -> the module of this folder that writes it."""

from __future__ import annotations

from importlib import import_module

from reprieve.export.interface import Format
from reprieve.words import ExportFormat

FORMATS: dict[ExportFormat, str] = {
    "trivyignore-yaml": "trivyignore_yaml",
    "kubescape": "kubescape",
}
"""By the name that the command and the charter take."""


def format_of(name: ExportFormat) -> Format:
    """A format by its name. Errors: `KeyError`."""
    found: Format = import_module(f"reprieve.export.{FORMATS[name]}").FORMAT
    return found
