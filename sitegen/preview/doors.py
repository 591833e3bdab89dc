"""Where the preview can be reached, and by whom: no page of another site gets in."""

import errno
import ipaddress
import socket
from collections.abc import Mapping

import msgspec

from sitegen.findings import MachineError, UsageError

LOCAL = ("127.0.0.1", "localhost")
ALL = ("0.0.0.0", "::")  # every address of this machine
_TRIES = 50


class Doors(msgspec.Struct, frozen=True, kw_only=True):
    """The addresses of the preview, on this machine and, when one is given, on `host`."""

    port: int
    host: str = ""

    @property
    def url(self) -> str:
        """The address to type into this machine's browser, without a slash at its end."""
        return f"http://{LOCAL[0]}:{self.port}"

    @property
    def phone_url(self) -> str:
        """The address to type into a browser in the same network; empty when there is none."""
        if self.host in {"", *LOCAL}:
            return ""
        host = (self.host in ALL and _address_in_network()) or self.host
        return f"http://{_bracketed(host)}:{self.port}"

    def refusal(self, headers: Mapping[str, str]) -> str:
        """Return why a request is refused, or nothing."""
        host = headers.get("Host", "")
        if not self._is_ours(host):
            return "this address is not the preview's"
        origin_says = headers.get("Sec-Fetch-Site", "none")
        is_navigation = headers.get("Sec-Fetch-Mode") == "navigate"
        if origin_says not in {"same-origin", "none"} and not is_navigation:
            return "another site may not read the preview"
        if "Upgrade" in headers and headers.get("Origin") != f"http://{host.lower()}":
            return "only a page of the preview may listen"
        return ""

    def _is_ours(self, host: str) -> bool:
        end = f":{self.port}"
        if not host.endswith(end) and self.port != 80:  # which browsers leave out
            return False
        name = host.removesuffix(end).lower()
        if name and name in {*LOCAL, _bracketed(self.host).lower()}:
            return True
        # A foreign name can be made to lead here (DNS rebinding), a number cannot.
        return self.host in ALL and _is_number(name.strip("[]"))


def _is_number(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _address_in_network() -> str:
    """Return this machine's address for others, or nothing when it is in no network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # sends nothing; the address is nobody's
        except OSError:
            return ""
        return str(probe.getsockname()[0])


def listen(port: int, host: str) -> tuple[list[socket.socket], Doors]:
    """Return open sockets on the first free port from `port` on, and the doors they make."""
    for candidate in range(port, min(port + _TRIES, 65_536)):
        sockets = _bind(candidate, host)
        if sockets:
            return sockets, Doors(port=sockets[0].getsockname()[1], host=host)
    raise MachineError(f"no port from {port} on is free: choose another one with --port")


def _bind(port: int, host: str) -> list[socket.socket]:
    """Return a socket for each address, or none when the port is in use on one of them."""
    addresses = [ALL[0] if host in ALL else LOCAL[0]]
    addresses += [host] if host not in {"", *LOCAL, *addresses} else []
    sockets: list[socket.socket] = []
    for address in addresses:
        try:
            at = sockets[0].getsockname()[1] if sockets else port
            family = socket.AF_INET6 if ":" in address else socket.AF_INET
            sockets.append(socket.create_server((address, at), family=family))
            sockets[-1].settimeout(0)
        except OSError as error:
            for opened in sockets:
                opened.close()
            if error.errno == errno.EADDRINUSE:
                return []
            raise _explained(error, port, address) from error
    return sockets


def _explained(error: OSError, port: int, address: str) -> Exception:
    if error.errno in {errno.EADDRNOTAVAIL, socket.EAI_NONAME, socket.EAI_AGAIN}:
        return UsageError(f"--host {address}: that is no address of this machine")
    return MachineError(f"cannot listen on port {port} of {address}: {error.strerror or error}")
