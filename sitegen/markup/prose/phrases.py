"""Phrases: the emphasis, links and bare addresses of a run of text, written straight as HTML."""

import re
from html import escape

from sitegen.markup.links import WEB
from sitegen.markup.prose.article import Article, DoubtError
from sitegen.markup.typeset import OBJECT, typeset

_TARGET = r"[^\s()<>\"'`*\[\]]+"
_MARK = re.compile(rf"(\*(?!(?<=\s\*)\s)\**|\[(?=[^\[\]]+\]\({_TARGET}\))|\]\({_TARGET}\))()")
_MARK_OR_ADDRESS = re.compile(rf"({_MARK.pattern[1:-3]}|<[^<>\s]*>|{WEB})")
_ASIDE = re.compile(r"\[(?!\^)[^\[\]]*\](?![\[({:])")  # "[red.]" is text: nothing defines it
_ODD_LOW_LINE = re.compile(r"(?<!\w)_|_(?!\w)")  # inside a word it is no emphasis
_TAG = re.compile(r"<(?![ \d])")  # where it is no sign of "less than"
_HOST = r"(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,}"  # no other is sure to stand in an address
_WEB = re.compile(rf"https?://{_HOST}(?::\d{{1,4}})?(?:[/?#][^\[\]`\"]*)?")
_MAIL = re.compile(rf"[\w.+-]+@{_HOST}")
_FOREIGN = re.compile(rf"{_WEB.pattern}|mailto:{_MAIL.pattern}|tel:\+?\d+")
_FRAGMENT = re.compile(r"#[\w-]+")
_RELATIVE = re.compile(r"(?:\./|/|(?:\.\./)+)?\w[\w./%-]*(?:#[\w-]+)?")
_TAGS = {1: "em", 2: "strong"}


def words(text: str, article: Article) -> tuple[str, str]:
    """Return the text as HTML, and without its marks."""
    if "*" in text or "[" in text or "]" in text or "://" in text or "<" in text:
        return _marked(text, article)
    _doubt(text)
    text = typeset(text, article.language)
    return escaped(text), text


def escaped(text: str) -> str:
    """Return the text as it stands in HTML."""
    return escape(text, quote=False) if "&" in text or "<" in text or ">" in text else text


def _doubt(text: str) -> None:
    """Raise a doubt when the text may be more than text; returns nothing."""
    if "_" in text and _ODD_LOW_LINE.search(text):
        raise DoubtError
    if "@" in text and " " not in text:  # it might be taken for an address
        raise DoubtError


def _marked(text: str, article: Article) -> tuple[str, str]:
    """Return likewise what has marks."""
    mark_in = _MARK_OR_ADDRESS if "://" in text or "<" in text else _MARK
    parts = mark_in.split(text)  # text, a mark, the address that it is or holds, text, …
    parts[2::3] = [
        mark[1:-1] if mark[0] == "<" else address
        for mark, address in zip(parts[1::3], parts[2::3], strict=True)
    ]
    texts, addresses = parts[::3], parts[2::3]
    _check(text, texts, parts[1::3])
    opened: list[int] = []
    for place in range(1, len(parts), 3):
        mark, address, parts[place + 1] = parts[place], parts[place + 1], ""
        if address:
            if any(parts[each] == "[" for each in opened):
                raise DoubtError
            parts[place] = _bare(address)
        elif mark == "[":
            opened.append(place)
        elif mark[0] == "]":
            if not opened or parts[opened[-1]] != "[":
                raise DoubtError
            parts[opened.pop()] = f'<a href="{_href(mark[2:-1], article)}">'
            parts[place] = "</a>"
        else:
            _emphasise(parts, place, opened)
    if opened:
        raise DoubtError
    texts = _typeset(texts, addresses, article.language)
    parts[::3] = map(escaped, texts)
    said = "".join(a + (b or "") for a, b in zip(texts, [*addresses, ""], strict=True))
    return "".join(parts), said


def _check(text: str, texts: list[str], marks: list[str]) -> None:
    """Raise a doubt when there are marks that were not understood; returns nothing."""
    has_links = "[" in marks
    brackets = text if has_links else _ASIDE.sub("", text)
    if brackets.count("[") != marks.count("[") or brackets.count("]") != marks.count("["):
        raise DoubtError
    if "![" in text:
        raise DoubtError
    for each in texts:
        _doubt(each)
        if "://" in each or _TAG.search(each):
            raise DoubtError


def _emphasise(parts: list[str], place: int, opened: list[int]) -> None:
    """Make tags of stars that end emphasis, or note that they begin it."""
    mark = parts[place]
    before = parts[place - 1][-1:] or (OBJECT if place > 1 else " ")
    after = parts[place + 2][:1] or (OBJECT if place + 3 < len(parts) else " ")
    tag = _TAGS.get(len(mark))
    if not tag:
        raise DoubtError
    if opened and parts[opened[-1]] == mark:
        if before.isspace():
            raise DoubtError
        parts[opened.pop()], parts[place] = f"<{tag}>", f"</{tag}>"
    elif after.isspace() or _is_in_emphasis(parts, opened):
        raise DoubtError
    else:
        opened.append(place)


def _is_in_emphasis(parts: list[str], opened: list[int]) -> bool:
    return any(parts[place] != "[" for place in opened)


def _bare(address: str) -> str:
    scheme = "mailto:" if _MAIL.fullmatch(address) else ""
    if not scheme and not _WEB.fullmatch(address):
        raise DoubtError
    address = escaped(address)
    return f'<a href="{scheme}{address}">{address}</a>'


def _href(target: str, article: Article) -> str:
    """Return what stands in the `href` of a link."""
    if _FOREIGN.fullmatch(target):
        return escaped(target)
    if _FRAGMENT.fullmatch(target):
        article.fragments.append(target[1:])
        return target
    if _RELATIVE.fullmatch(target):
        return article.link(target)
    raise DoubtError


def _typeset(texts: list[str], addresses: list[str | None], language: str) -> list[str]:
    """Return the texts set as one, so that a quote sees what stands around it."""
    run = "".join(
        text + (OBJECT if address else "")
        for text, address in zip(texts, [*addresses, None], strict=True)
    )
    done = typeset(run, language)
    if done == run:
        return texts
    found, reached = [], 0
    for text, address in zip(texts, [*addresses, None], strict=True):
        found.append(done[reached : reached + len(text)])
        reached += len(text) + bool(address)
    return found
