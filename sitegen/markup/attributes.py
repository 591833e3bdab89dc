"""Attributes: which an editor may set, and lists of them: `{: .class #id lang=en}`."""

import re
from collections.abc import Collection
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.attr_list import AttrListTreeprocessor, get_attrs_and_remainder

from sitegen.markup.draft import Draft, Fault

_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{2,8})*")
_LIST = r"\{(?::[ ]*|(?=[.#]|[A-Za-z-]+=))([^\n{}]*)\}"
PHRASE = rf"\[([^\[\]]+)\](?={_LIST})"


def fault_of(name: str, value: str, allowed: Collection[str], draft: Draft) -> Fault | None:
    """Return what is wrong with an attribute, and how to mend it."""
    if name not in allowed:
        mend = f"remove it; you can set {', '.join(sorted(allowed))}"
        return f"the attribute `{name}` cannot be set here", mend
    if name == "lang" and not _LANGUAGE.fullmatch(value):
        return f"{value!r} is no language", "write a short tag, as in lang=en"
    return draft.claim_id(value) if name == "id" else None


def phrase(match: re.Match[str]) -> Element:
    """Return a span of a phrase, for the list behind it."""
    span = Element("span")
    span.text = match[1]
    return span


class AttributeLists(AttrListTreeprocessor):
    """Sets class, id and lang; what else is asked for is a finding."""

    HEADER_RE = re.compile(rf"[ ]+{_LIST}[ ]*$")  # type: ignore[misc]  # final in the stub only
    BLOCK_RE = re.compile(rf"\n[ ]*{_LIST}[ ]*$")  # type: ignore[misc]
    INLINE_RE = re.compile(rf"^{_LIST}")  # type: ignore[misc]

    def __init__(self, converter: Markdown, draft: Draft) -> None:
        super().__init__(converter)
        self._draft = draft

    def assign_attrs(self, elem: Element, attrs_string: str, *, strict: bool = False) -> str:
        """Set what the list says on the element; returns nothing, as no list has a remainder."""
        line = self._draft.lines.of(re.escape(attrs_string))
        for name, given in get_attrs_and_remainder(attrs_string)[0]:
            key, value = "class" if name == "." else name, given or ""
            if fault := fault_of(key, value, {"class", "id", "lang"}, self._draft):
                self._draft.fault("attribute-forbidden", *fault, line)
            else:
                elem.set(key, f"{elem.get(key, '')} {value}".strip() if key == "class" else value)
        return ""
