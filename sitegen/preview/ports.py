"""Finds a port on which the preview can be reached, the wanted one if it is free."""

import errno
import socket

from sitegen.findings import MachineError, UsageError
from sitegen.preview.doors import LOCAL, is_wildcard

_TRIES = 50


def listen(port: int, host: str) -> tuple[list[socket.socket], int]:
    """Return open sockets on one port, on this machine's own address and on `host` if given."""
    addresses = _addresses(host)
    for candidate in range(port, min(port + _TRIES, 65_536)):
        sockets = _bind(candidate, addresses)
        if sockets:
            return sockets, sockets[0].getsockname()[1]
    raise MachineError(f"no port from {port} on is free: choose another one with --port")


def _addresses(host: str) -> list[str]:
    if is_wildcard(host):
        return list(dict.fromkeys(["0.0.0.0", host]))  # with "::", old and new addresses
    return [LOCAL[0], *([host] if host and host not in LOCAL else [])]


def _bind(port: int, addresses: list[str]) -> list[socket.socket]:
    """Return a socket for each address, or none when the port is in use on one of them."""
    sockets: list[socket.socket] = []
    for address in addresses:
        at = sockets[0].getsockname()[1] if sockets else port
        try:
            sockets.append(_open(at, address))
        except OSError as error:
            for opened in sockets:
                opened.close()
            if error.errno == errno.EADDRINUSE:
                return []
            raise _explained(error, port, address) from error
    return sockets


def _open(port: int, address: str) -> socket.socket:
    family, *_, place = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM)[0]
    opened = socket.create_server(place[:2], family=family)
    opened.settimeout(0)
    return opened


def _explained(error: OSError, port: int, address: str) -> Exception:
    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        return UsageError(f"--host {address}: that is no address of this machine")
    reason = error.strerror or str(error)
    return MachineError(f"cannot listen on port {port} of {address}: {reason}")


def address_in_network() -> str:
    """Return this machine's address for others, or nothing when it is in no network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # sends nothing; the address is nobody's
        except OSError:
            return ""
        return str(probe.getsockname()[0])
