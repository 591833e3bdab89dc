"""Decides whether a folder may become, or is, a site's output; nothing is written before."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from sitegen.findings import UsageError
from sitegen.publish.faults import machine_faults
from sitegen.publish.manifest import MANIFEST, OWN_NAMES, ForgedManifestError, read_manifest

CACHE = ".sitegen"
_SOURCES = ("content", "templates", ".git")


def refuse_foreign(root: Path, output: Path) -> None:
    """Raise UsageError unless `output` is missing, empty or a site that sitegen wrote."""
    with machine_faults(output):
        reason = next(_objections(root, output), None)
    if reason:
        advice = "choose a folder that is empty, does not exist yet or holds a site of sitegen's"
        raise UsageError(f"cannot write the site to {output.as_posix()}: {reason}; {advice}")


def _objections(root: Path, output: Path) -> Iterator[str]:
    if "~" in output.parts:
        yield "write the home folder out in full"
    if output.is_symlink():
        yield "it is a link"
    if output.exists() and not output.is_dir():
        yield "it is a file"
    real = Path(os.path.realpath(output))
    if _is_within(root.resolve(), real):
        yield "it holds the project itself"
    for name in _SOURCES:
        source = (root / name).resolve()
        if _is_within(real, source):
            yield f"it lies in {name}/, where your own files are"
        if _is_within(source, real):
            yield f"it holds {name}/, where your own files are"
    if _is_same(real, (root / CACHE).resolve()):
        yield "it is sitegen's cache"
    with suppress(RuntimeError):  # no home in this environment
        if _is_same(real, Path.home()):
            yield "it is no folder for a site"
    if output.is_dir():
        yield from _foreign_contents(output)


def _foreign_contents(output: Path) -> Iterator[str]:
    entries = list(output.iterdir())  # first: another build may be putting its site here
    try:
        manifest = read_manifest(output)
    except ForgedManifestError as error:
        yield f"its {MANIFEST} is not sitegen's ({error})"
        return
    for entry in entries:
        if entry.name in OWN_NAMES and entry.is_symlink():
            yield f"its {entry.name} is a link"
        if manifest is None and entry.name not in OWN_NAMES:
            yield "it has files in it that sitegen did not write"


def _is_within(path: Path, folder: Path) -> bool:
    """Tell whether `path` is `folder` or lies in it, whatever the letters' case or the mounts."""
    return any(_is_same(parent, folder) for parent in (path, *path.parents))


def _is_same(one: Path, other: Path) -> bool:
    return one == other or (one.exists() and other.exists() and one.samefile(other))
