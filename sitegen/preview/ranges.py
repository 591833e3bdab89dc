"""Understands a request for a part of a file, without which some browsers play no video."""

import re

_ONE_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


def asked_range(header: str, size: int) -> slice | None:
    """Return the part that a Range header asks for, or None when it is to be the whole file."""
    found = _ONE_RANGE.fullmatch(header.strip())
    if not found or found[0] == "bytes=-":
        return None
    first, last = found.groups()
    if not first:
        return slice(max(0, size - int(last)), size) if int(last) else None
    stop = min(size, int(last) + 1) if last else size
    return slice(int(first), stop) if int(first) < stop else None
