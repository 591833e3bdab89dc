"""Attribute lists: `{: .class #id lang=en}` behind a phrase or below a block, and nothing more."""

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.attr_list import AttrListTreeprocessor, get_attrs_and_remainder
from markdown.inlinepatterns import InlineProcessor

from sitegen.markup.draft import Draft

LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{2,8})*")

_LIST = r"\{(?::[ ]*|(?=[.#]|[A-Za-z-]+=))([^\n{}]*)\}"


def extend(converter: Markdown, draft: Draft) -> None:
    """Teach the converter attribute lists and marked phrases; returns nothing."""
    converter.treeprocessors.register(_AttributeLists(converter, draft), "attr_list", 8)
    converter.inlinePatterns.register(_Phrase(rf"\[([^\[\]]+)\](?={_LIST})"), "phrase", 155)


class _Phrase(InlineProcessor):
    """Makes `[phrase]{: lang=en}` a span for the list behind it."""

    def handleMatch(  # type: ignore[override]  # noqa: N802  # the library's name
        self, match: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        span = Element("span")
        span.text = match[1]
        return span, match.start(), match.end(1) + 1


class _AttributeLists(AttrListTreeprocessor):
    """Sets class, id and lang; what else is asked for is a finding."""

    HEADER_RE = re.compile(rf"[ ]+{_LIST}[ ]*$")  # type: ignore[misc]  # final in the stub only
    BLOCK_RE = re.compile(rf"\n[ ]*{_LIST}[ ]*$")  # type: ignore[misc]
    INLINE_RE = re.compile(rf"^{_LIST}")  # type: ignore[misc]

    def __init__(self, converter: Markdown, draft: Draft) -> None:
        super().__init__(converter)
        self._draft = draft

    def assign_attrs(self, elem: Element, attrs_string: str, *, strict: bool = False) -> str:
        """Set what the list says on the element; returns nothing, as no list has a remainder."""
        line = self._draft.lines.of(attrs_string)
        for key, value in get_attrs_and_remainder(attrs_string)[0]:
            if fault := self._fault(key, value or ""):
                self._draft.fault("attribute-forbidden", *fault, line)
            elif key in {".", "class"}:
                elem.set("class", f"{elem.get('class', '')} {value}".strip())
            else:
                elem.set(key, value)
        return ""

    def _fault(self, key: str, value: str) -> tuple[str, str] | None:
        """Return what is wrong with an attribute, and how to mend it."""
        if key == "lang" and not LANGUAGE.fullmatch(value):
            return f"{value!r} is no language", "write a short tag, as in lang=en"
        if key == "id":
            return self._draft.claim_id(value)
        if key in {".", "class", "lang"}:
            return None
        return f"an attribute list cannot set `{key}`", "keep to .class, #id and lang=en"
