"""The sidecar of an article: what it and another language said when they were accepted together."""

from collections.abc import Iterable

import msgspec

from sitegen.model.content import Source

_NOTE = "# Accepted as saying the same; written by `sitegen status --accept`."
_HEAD = b"---\nsource: "
_CONFLICT = b"<<<<<<< "


class Head(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """Which texts were accepted, without the texts."""

    source: str  # the other language
    source_digest: str
    own_digest: str
    source_updated: str = ""  # its `updated` then, as in 2024-05-17: a later one dates its change
    own_updated: str = ""


class Basis(msgspec.Struct, frozen=True, kw_only=True):
    """Which texts were accepted, and what they said."""

    head: Head
    source: tuple[str, ...]  # paragraphs
    own: tuple[str, ...]


def basis_path(source: Source) -> str:
    """Return where the sidecar of an article lies, from the project's root."""
    story, language = source.story, source.language
    if source.path.startswith(f"content/{story}/"):
        return f"content/{story}/.basis.{language}.md"
    folder, _, name = story.rpartition("/")
    return f"content/{folder}/.{name}.basis.{language}.md"


def basis_text(parts: Iterable[Basis]) -> str:
    """Return the text of a sidecar: the same for the same parts, a line for each paragraph."""
    return "\n".join(map(_part_text, sorted(parts, key=lambda part: part.head.source)))


def _part_text(part: Basis) -> str:
    said = msgspec.structs.asdict(part.head)
    head = [f"{key}: {text}" for key, text in said.items() if text]
    top = "\n".join(["---", *head, _NOTE, "---"])
    return "\n\n".join([top, *part.source, "---", *part.own]) + "\n"


def read_heads(content: bytes) -> tuple[Head, ...]:
    """Return which texts a sidecar says were accepted; none when it cannot be read."""
    found = [_head(part.partition(b"\n---\n")[0]) for part in _parts(content)]
    return () if None in found else tuple(filter(None, found))


def _parts(content: bytes) -> list[bytes]:
    if b"\r" in content:
        content = content.replace(b"\r\n", b"\n")
    return [] if _CONFLICT in content else content.split(_HEAD)[1:]


def _head(lines: bytes) -> Head | None:
    source, *rest = lines.decode(errors="replace").split("\n")
    said = {key: text for key, _, text in (line.partition(": ") for line in rest)}
    if not (said.get("source_digest") and said.get("own_digest")):
        return None
    known = {key: said[key] for key in Head.__struct_fields__ if key in said}
    return Head(**{**known, "source": source})


def read_basis(content: bytes) -> tuple[Basis, ...]:
    """Return what a sidecar says; nothing when it cannot be read."""
    found = []
    for part, head in zip(_parts(content), read_heads(content), strict=False):
        _, _, texts = part.decode(errors="replace").partition("\n---\n")
        source, _, own = texts.partition("\n---\n")
        found.append(Basis(head=head, source=_paragraphs(source), own=_paragraphs(own)))
    return tuple(found)


def _paragraphs(text: str) -> tuple[str, ...]:
    """Return the paragraphs of a text, though an editor may have added or cut off blanks."""
    lines = "\n".join(line.rstrip() for line in text.split("\n"))
    return tuple(each.strip("\n") for each in lines.split("\n\n") if each.strip())
