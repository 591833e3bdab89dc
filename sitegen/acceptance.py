"""Writes down what people have accepted: addresses in published.txt, translations beside them."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from sitegen.discover import PUBLISHED, read_published, text_at
from sitegen.findings import Findings
from sitegen.promise import with_new


def accept(root: Path, new: Iterable[str]) -> None:
    """Add addresses to published.txt, at first making it: sorted, and none is taken away."""
    findings = Findings()
    old = read_published(root, findings)
    findings.stop_on_errors()
    text = with_new(old, new)
    if text != old:
        _write(Path(os.path.realpath(root / PUBLISHED)), text)


def accept_translations(root: Path, texts: Mapping[str, str]) -> tuple[str, ...]:
    """Write the sidecars of translations, by path, and return those that said something else.

    One without a text is taken away.
    """
    changed = [path for path, text in texts.items() if text_at(root, path) != text]
    for path in changed:
        if texts[path]:
            _write(root / path, texts[path])
        else:
            (root / path).unlink()
    return tuple(changed)


def _write(place: Path, text: str) -> None:
    draft = place.with_name(f".{place.name}.draft")  # beside it, so that the rename is one act
    try:
        with draft.open("wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        draft.replace(place)
    finally:
        draft.unlink(missing_ok=True)
