"""Pictures: alternative text, captions and credits.

`![What it shows](team.jpg "Caption | Foto: Navn")` alone in its paragraph is a figure: what stands
before the last bar of the title is the caption, what stands behind it the credit. A title that is
nothing but a credit (`"Foto: Navn"`) needs no bar. `{: .decorative}` behind it says that a picture
shows nothing that the text does not say.
"""

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement

import msgspec

from sitegen.markup.draft import Draft
from sitegen.markup.links import judged

_CREDIT = re.compile(
    r"(?:foto(?:graf)?|photo(?:graph(?:er)?)?|illustration|grafik|graphic|tegning|drawing|"
    r"kilde|source|credit|©)(?:\s*:|\s+(?:af|by)\s|\s*©|(?<=©))\s*\S.*",
    re.IGNORECASE | re.DOTALL,
)
_CREDITED = "credited"  # the attribute that says so until the picture has been judged
_PHOTOGRAPH = re.compile(r"\.(?:jpe?g|webp|heic|avif)(?:[?#].*)?$", re.IGNORECASE)


def finish(root: Element, draft: Draft) -> None:
    """Judge every picture of the tree, and make figures; returns nothing."""
    if root.find(".//img") is None:
        return
    for parent in list(root.iter()):
        for place, child in reversed(list(enumerate(parent))):
            if child.tag == "p" and _holds_only_pictures(child):
                pictures = [picture for picture in child if picture.tag != "br"]
                parent[place : place + 1] = [_figure(picture, child) for picture in pictures]
    for picture in root.iter("img"):
        is_credited = bool(picture.attrib.pop(_CREDITED, ""))
        is_credited = is_credited or bool(_caption_and_credit(picture.get("title", ""))[1])
        picture.set("src", check(picture.attrib, draft, is_credited=is_credited))


def check(attributes: Mapping[str, str], draft: Draft, *, is_credited: bool) -> str:
    """Return what stands in the `src` of a picture; its faults are reported."""
    known, target = len(draft.references), attributes.get("src", "")
    source = judged(target, "image", draft)
    if len(draft.references) == known:
        return source
    reference, alt = draft.references[-1], attributes.get("alt", "").strip()
    draft.references[-1] = msgspec.structs.replace(reference, alt=alt)
    if not alt and "decorative" not in attributes.get("class", "").split():
        what = f"the picture {target!r} has no alternative text"
        mend = "say what it shows between [ and ], or write {: .decorative} behind it"
        draft.fault("image-alt-missing", what, mend, reference.line)
    if _PHOTOGRAPH.search(target) and not is_credited:
        what = f"the photograph {target!r} has no credit"
        mend = 'name the photographer, as in ![…](team.jpg "Caption | Foto: Name")'
        draft.fault("image-credit-missing", what, mend, reference.line)
    return source


def names_credit(text: str) -> bool:
    """Tell whether a text names the photographer."""
    return _CREDIT.search(text) is not None


def _holds_only_pictures(paragraph: Element) -> bool:
    texts = [paragraph.text, *(child.tail for child in paragraph)]
    return (
        paragraph.find(".//img") is not None
        and not any((text or "").strip() for text in texts)
        and all(child.tag == "br" or _picture_of(child) is not None for child in paragraph)
    )


def _picture_of(element: Element) -> Element | None:
    """Return the picture that an element is, or that it links from."""
    if element.tag == "img":
        return element
    is_link = element.tag == "a" and len(element) == 1 and element[0].tag == "img"
    return element[0] if is_link and not (element.text or element[0].tail or "").strip() else None


def _figure(element: Element, paragraph: Element) -> Element:
    """Return a figure of the picture, with the attributes of the paragraph in which it stood."""
    figure = Element("figure", paragraph.attrib)
    figure.tail = "\n"
    figure.append(element)
    element.tail = None
    picture = _picture_of(element)
    if picture is None:
        return figure
    if "decorative" in figure.get("class", ""):
        picture.set("class", "decorative")
    caption, credit = _caption_and_credit(picture.attrib.pop("title", ""))
    if caption or credit:
        words = SubElement(figure, "figcaption")
        words.text = f"{caption} " if caption and credit else caption
    if credit:
        picture.set(_CREDITED, "yes")
        SubElement(words, "span", {"class": "credit"}).text = credit
    return figure


def _caption_and_credit(title: str) -> tuple[str, str]:
    caption, bar, credit = title.rpartition("|")
    if bar:
        return caption.strip(), credit.strip()
    return ("", title.strip()) if _CREDIT.fullmatch(title.strip()) else (title.strip(), "")
