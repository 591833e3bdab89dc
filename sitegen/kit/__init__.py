"""Makes the press kit of an article: its text in three forms and its pictures, in one ZIP file."""

import io
import zipfile
from collections.abc import Iterable

from sitegen.kit.portable import Kind
from sitegen.kit.release import Release, Shot
from sitegen.kit.texts import as_json, as_markdown, as_text

__all__ = ["Kind", "Release", "Shot", "as_json", "as_text", "press_kit"]

_DAY = (1980, 1, 1, 0, 0, 0)  # the first that a ZIP file knows: the same text, the same bytes
_READABLE, _UNIX = 0o644 << 16, 3


def press_kit(release: Release, source: str, pictures: Iterable[bytes]) -> bytes:
    """Return the ZIP file, given the article's Markdown and the bytes of each of its pictures."""
    texts = {
        "txt": as_text(release),
        "md": as_markdown(release, source),
        "json": as_json(release),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as kit:
        for ending, text in texts.items():
            _add(kit, f"{release.name}/{release.name}.{ending}", text.encode())
        for shot, content in zip(release.shots, pictures, strict=True):
            _add(kit, f"{release.name}/{shot.file}", content)
    return buffer.getvalue()


def _add(kit: zipfile.ZipFile, path: str, content: bytes) -> None:
    """Add a file as it is: pictures cannot be packed, and each zlib would pack texts otherwise."""
    info = zipfile.ZipInfo(path, _DAY)
    info.external_attr, info.create_system = _READABLE, _UNIX
    kit.writestr(info, content)
