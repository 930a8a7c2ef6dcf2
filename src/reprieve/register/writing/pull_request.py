"""Where a host opens a pull request for a branch: by the address of the remote."""

from __future__ import annotations

from urllib.parse import quote

from reprieve.register.git import Git
from reprieve.register.writing.clerk import Step


def pull_request_link(step: Step, branch: str) -> str:
    """The page on which the host opens a pull request for a branch, or how to get there."""
    located = step.register.located
    url = _web_address(located.git, located.remote or "origin")
    if url is None:
        return f"open a pull request from {branch} into {located.branch}"
    source, target = quote(branch, safe=""), quote(located.branch or "main", safe="")
    host = url.partition("://")[2].partition("/")[0]
    if "gitlab" in host:
        query = f"merge_request[source_branch]={source}&merge_request[target_branch]={target}"
        return f"{url}/-/merge_requests/new?{query}"
    if "bitbucket" in host:
        return f"{url}/pull-requests/new?source={source}&dest={target}"
    if host.endswith(("dev.azure.com", "visualstudio.com")):
        return f"{url}/pullrequestcreate?sourceRef={source}&targetRef={target}"
    return f"{url}/compare/{target}...{quote(branch)}?expand=1"


def _web_address(git: Git, remote: str) -> str | None:
    """`https://host/owner/name` of a remote, None for one on disk."""
    if not git.succeeds("remote", "get-url", remote):
        return None
    url = git.text("remote", "get-url", remote).removesuffix("/").removesuffix(".git")
    if url.startswith(("https://", "http://")):
        scheme, _, rest = url.partition("://")
        return f"{scheme}://{rest.rpartition('@')[2]}"
    if url.startswith("ssh://"):
        host, _, path = url.removeprefix("ssh://").rpartition("@")[2].partition("/")
        return f"https://{host.partition(':')[0]}/{path}"
    host, colon, path = url.rpartition("@")[2].partition(":")
    if host == "ssh.dev.azure.com" and path.count("/") == 3:
        _, organisation, project, name = path.split("/")
        return f"https://dev.azure.com/{organisation}/{project}/_git/{name}"
    return f"https://{host}/{path}" if colon and "/" not in host and "@" in url else None
