"""Writes down in published.txt which addresses readers may rely on from now on."""

import os
from collections.abc import Iterable
from pathlib import Path

from sitegen.discover import PUBLISHED, read_published
from sitegen.findings import Findings
from sitegen.promise import with_new


def accept(root: Path, new: Iterable[str]) -> None:
    """Add addresses to published.txt, at first making it: sorted, and none is taken away."""
    findings = Findings()
    old = read_published(root, findings)
    findings.stop_on_errors()
    text = with_new(old, new)
    if text == old:
        return
    place = Path(os.path.realpath(root / PUBLISHED))
    draft = place.with_name(f".{PUBLISHED}.draft")  # beside it, so that the rename is one act
    try:
        with draft.open("wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        draft.replace(place)
    finally:
        draft.unlink(missing_ok=True)
