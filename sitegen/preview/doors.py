"""Who may ask the preview: this machine's own browser, and no page of another site through it."""

import ipaddress
from collections.abc import Mapping

import msgspec

LOCAL = ("127.0.0.1", "localhost")


class Doors(msgspec.Struct, frozen=True, kw_only=True):
    """The names under which the preview can be reached."""

    hosts: frozenset[str]  # as a Host header says them, with the port
    port: int
    is_open: bool = False  # on every address of this machine

    def refusal(self, headers: Mapping[str, str]) -> str:
        """Return why a request is refused, or nothing."""
        if not self._is_ours(headers.get("Host", "")):
            return "this address is not the preview's"
        origin_says = headers.get("Sec-Fetch-Site", "none")
        is_navigation = headers.get("Sec-Fetch-Mode") == "navigate"
        if origin_says not in {"same-origin", "none"} and not is_navigation:
            return "another site may not read the preview"
        return ""

    def is_same_origin(self, origin: str | None, host: str) -> bool:
        """Tell whether a page that asks for the websocket is a page of the preview."""
        return self._is_ours(host) and origin is not None and origin == f"http://{host.lower()}"

    def _is_ours(self, host: str) -> bool:
        # A foreign name can be made to lead here (DNS rebinding), a number cannot.
        host = host.lower()
        return host in self.hosts or (self.is_open and _is_number(host, self.port))


def doors(host: str, port: int) -> Doors:
    """Return the doors of a preview on this machine and, when one is given, on `host`."""
    names = [*LOCAL, *([_bracketed(host)] if host else [])]
    ports = [f":{port}"] + ([""] if port == 80 else [])
    hosts = frozenset(f"{name.lower()}{end}" for name in names for end in ports)
    return Doors(hosts=hosts, port=port, is_open=is_wildcard(host))


def is_wildcard(host: str) -> bool:
    """Tell whether an address stands for all addresses of this machine."""
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False


def url_of(host: str, port: int) -> str:
    """Return the address to type into a browser, without a slash at its end."""
    return f"http://{_bracketed(host)}:{port}"


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _is_number(host: str, port: int) -> bool:
    name, _, digits = host.rpartition(":")
    if digits != str(port):
        return False
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True
