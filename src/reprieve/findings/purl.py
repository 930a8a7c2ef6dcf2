"""Package URLs (https://github.com/package-url/purl-spec) for reports that name a package in parts."""

from __future__ import annotations

import functools

_TYPES = {
    "alpine": ("apk", "alpine"),
    "wolfi": ("apk", "wolfi"),
    "chainguard": ("apk", "chainguard"),
    "debian": ("deb", "debian"),
    "ubuntu": ("deb", "ubuntu"),
    "redhat": ("rpm", "redhat"),
    "centos": ("rpm", "centos"),
    "rocky": ("rpm", "rocky"),
    "alma": ("rpm", "alma"),
    "fedora": ("rpm", "fedora"),
    "oracle": ("rpm", "oracle"),
    "amazon": ("rpm", "amazon"),
    "suse": ("rpm", "suse"),
    "npm": ("npm", None),
    "yarn": ("npm", None),
    "pnpm": ("npm", None),
    "node-pkg": ("npm", None),
    "pip": ("pypi", None),
    "pypi": ("pypi", None),
    "python": ("pypi", None),
    "pipenv": ("pypi", None),
    "poetry": ("pypi", None),
    "uv": ("pypi", None),
    "python-pkg": ("pypi", None),
    "bundler": ("gem", None),
    "rubygems": ("gem", None),
    "gem": ("gem", None),
    "gemspec": ("gem", None),
    "gomod": ("golang", None),
    "gobinary": ("golang", None),
    "golang": ("golang", None),
    "go": ("golang", None),
    "cargo": ("cargo", None),
    "crates.io": ("cargo", None),
    "rustbinary": ("cargo", None),
    "composer": ("composer", None),
    "packagist": ("composer", None),
    "nuget": ("nuget", None),
    "dotnet-core": ("nuget", None),
    "jar": ("maven", None),
    "pom": ("maven", None),
    "gradle": ("maven", None),
    "maven": ("maven", None),
    "swift": ("swift", None),
    "pub": ("pub", None),
    "hex": ("hex", None),
}


@functools.lru_cache(maxsize=65536)
def purl(ecosystem: str | None, name: str | None, version: str | None = None) -> str | None:
    """The package URL for a tool's words, or None when the ecosystem is not one we can place.

    `name` may carry its namespace: `group:artifact` (Maven), `@scope/name` (npm), `vendor/name`.
    """
    from packageurl import PackageURL

    known = _TYPES.get((ecosystem or "").lower())
    if known is None or not name:
        return None
    kind, namespace = known
    if namespace is None:
        head, _, tail = name.replace(":", "/").rpartition("/") if kind == "maven" else name.rpartition("/")
        namespace, name = (head or None), tail
    try:
        return str(PackageURL(kind, namespace, name, version or None))
    except ValueError:
        return None
