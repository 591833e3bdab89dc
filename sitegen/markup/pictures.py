"""Pictures: alternative text, captions and credits.

`![What it shows](team.jpg "Caption | Foto: Navn")` alone in its paragraph is a figure. A title that
is nothing but a credit needs no bar. `{: .decorative}` behind a picture says that it shows nothing.
"""

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement

from sitegen.markup.draft import Draft
from sitegen.markup.links import judged

CREDIT = re.compile(
    r"(?:foto(?:graf)?|photo(?:graph(?:er)?)?|illustration|grafik|graphic|tegning|drawing|"
    r"kilde|source|credit|©)(?:\s*:|\s+(?:af|by)\s|\s*©|(?<=©))\s*\S.*",
    re.IGNORECASE | re.DOTALL,
)
PHOTOGRAPH = re.compile(r"\.(?:jpe?g|jfif|webp|hei[cf]|avif)(?:[?#].*)?$", re.IGNORECASE)


def finish(root: Element, draft: Draft) -> None:
    """Judge every picture of the tree, and make figures; returns nothing."""
    pictures = list(root.iter("img"))
    for picture in pictures:
        is_credited = bool(caption_and_credit(picture.get("title", ""))[1])
        picture.set("src", check(picture.attrib, draft, is_credited=is_credited))
    for parent in list(root.iter()) if pictures else ():
        for place, child in reversed(list(enumerate(parent))):
            if child.tag == "p" and _holds_only_pictures(child):
                parts = [part for part in child if part.tag != "br"]
                parent[place : place + 1] = [_figure(part, child) for part in parts]


def check(attributes: Mapping[str, str], draft: Draft, *, is_credited: bool) -> str:
    """Return what stands in the `src` of a picture; its faults are reported."""
    target, alt = attributes.get("src", ""), attributes.get("alt", "").strip()
    source = judged("src", target, draft, alt)
    line = draft.references[-1].line if source else 0
    if source and not alt and "decorative" not in attributes.get("class", "").split():
        what = f"the picture {target!r} has no alternative text, for those who cannot see it"
        mend = (
            "say what it shows, as in ![Our office](office.jpg), or write {: .decorative} behind it"
        )
        draft.fault("image-alt-missing", what, mend, line)
    if source and PHOTOGRAPH.search(target) and not is_credited:
        what = f"the photograph {target!r} has no credit"
        mend = 'name the photographer, as in ![…](team.jpg "Caption | Foto: Name")'
        draft.fault("image-credit-missing", what, mend, line)
    return source


def _holds_only_pictures(paragraph: Element) -> bool:
    """Tell whether there is no text, and each part is a picture or links from one."""
    parts = [part for part in paragraph if part.tag != "br"]
    return (
        bool(parts)
        and not "".join(paragraph.itertext()).strip()
        and all(part.tag == "img" or part.find("img") is not None for part in parts)
    )


def _figure(element: Element, paragraph: Element) -> Element:
    """Return a figure of the picture, with the attributes of the paragraph in which it stood."""
    figure = Element("figure", paragraph.attrib)
    figure.tail = "\n"
    figure.append(element)
    element.tail = None
    picture = next(figure.iter("img"))
    caption, credit = caption_and_credit(picture.attrib.pop("title", ""))
    if caption or credit:
        words = SubElement(figure, "figcaption")
        words.text = f"{caption} " if caption and credit else caption
    if credit:
        SubElement(words, "span", {"class": "credit"}).text = credit
    return figure


def caption_and_credit(title: str) -> tuple[str, str]:
    """Return what the title of a picture says of it, and whose it is."""
    caption, bar, credit = title.rpartition("|")
    if bar:
        return caption.strip(), credit.strip()
    return ("", title.strip()) if CREDIT.fullmatch(title.strip()) else (title.strip(), "")
