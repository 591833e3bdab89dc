"""Every key that front matter knows, its kind of value, and what other systems call it."""

import difflib
from typing import Any
from zoneinfo import ZoneInfo

from sitegen.front_matter.entries import Entry
from sitegen.front_matter.faults import Fault, shortened
from sitegen.front_matter.values import (
    ANYTHING,
    DAY,
    MOMENT,
    NAME,
    TEXT,
    TRUTH,
    Place,
    Type,
    choice,
    either,
    is_blank,
    list_of,
    table_of,
)
from sitegen.model.content import Correction, Credit, FrontMatter, Kind, Withdrawal


def _credit(id_: str) -> Credit:
    return Credit(id=id_)


_CREDIT = either(
    NAME,
    table_of(Credit, {"id": NAME, "title": TEXT}, "{ id: line-milthers, title: CEO }", ("title",)),
    _credit,
    "an id, or a table of id and title",
)
_CORRECTION = table_of(
    Correction, {"date": MOMENT, "text": TEXT}, '{ date: 2024-05-17, text: "What was wrong" }'
)
_WITHDRAWAL = table_of(
    Withdrawal, {"date": MOMENT, "reason": TEXT}, '{ date: 2024-05-17, reason: "Why" }'
)

KEYS: dict[str, Type] = {
    "title": TEXT,
    "date": MOMENT,
    "summary": TEXT,
    "description": TEXT,
    "authors": list_of(_CREDIT, "a list of ids of people.toml, or of tables of id and title"),
    "tags": list_of(NAME, "a list of ids of topics.toml"),
    "type": choice("news", "press", "customer"),
    "image": TEXT,
    "image_alt": TEXT,
    "image_decorative": TRUTH,
    "image_credit": TEXT,
    "image_caption": TEXT,
    "updated": DAY,
    "corrections": list_of(_CORRECTION, "a list of tables of date and text"),
    "draft": TRUTH,
    "publish_date": MOMENT,
    "expiry_date": MOMENT,
    "withdrawn": _WITHDRAWAL,
    "together": TRUTH,
    "slug": TEXT,
    "aliases": list_of(TEXT, "a list of addresses on this site"),
    "translation_key": TEXT,
    "template": TEXT,
    "related": list_of(NAME, "a list of stories"),
    "pinned_until": DAY,
    "contact": NAME,
    "quote": TEXT,
    "extra": ANYTHING,
}
"""The one place that tells which keys there are and what stands after each."""

NEWS_ONLY = (
    "date", "type", "publish_date", "expiry_date", "withdrawn", "together", "pinned_until",
)  # fmt: skip
"""Keys that mean nothing on a fixed page, which has no date and no state but draft."""

_ELSEWHERE = {
    "authors": "author by byline writer forfatter forfattere",
    "tags": "tag category categories keywords topic topics taxonomies emne emner kategori",
    "publish_date": "publishon publishedat publishat",
    "expiry_date": "expires expireson unpublishdate unpublishon",
    "date": "dato pubdate published created createdat",
    "updated": "lastmod modified lastmodified lastmodifiedat lastupdated update opdateret",
    "summary": "lead excerpt intro ingress subtitle teaser manchet resume resumé",
    "description": "metadescription seodescription abstract",
    "title": "titel headline overskrift",
    "image": "cover coverimage thumbnail previewimage featuredimage hero picture images billede",
    "image_alt": "alt alttext imagedescription",
    "image_credit": "credit photographer photo foto fotograf",
    "image_caption": "caption billedtekst",
    "draft": "kladde hidden private unlisted",
    "template": "layout view",
    "aliases": "redirects redirectfrom redirectto alias",
    "translation_key": "translationkey translationid translationof",
    "related": "seealso relatedposts",
    "pinned_until": "pinned sticky featured",
    "extra": "params custom metadata",
    "corrections": "correction rettelse rettelser",
    "quote": "pullquote citat",
    "contact": "presscontact kontakt",
}
_FOREIGN = {word: key for key, words in _ELSEWHERE.items() for word in words.split()}
_SPECIAL = {
    "category": "`tags` names the topics; `type` is news, press or customer",
    "lang": "the file's name says the language, as in index.da.md",
    "url": "`slug` is the last part of the address; `aliases` keeps older addresses",
    "status": "write draft: true if it is not ready, or delete the line",
    "weight": "delete it; news stand by their dates",
    "content": "write the text below the second `---`",
}
_NOT_OURS = "delete it, or put it below `extra:` if a template of yours asks for it"
_SPECIAL_WORDS = {
    "categories": "category", "kategori": "category", "language": "lang", "locale": "lang",
    "sprog": "lang", "permalink": "url", "path": "url", "saveas": "url", "order": "weight",
    "body": "content", "text": "content",
}  # fmt: skip


def read_values(
    entries: dict[str, Entry], kind: Kind, zone: ZoneInfo, first_line: int, faults: list[Fault]
) -> FrontMatter | None:
    """Return the typed front matter, or None when a value that it needs is missing or refused."""
    values: dict[str, Any] = {}
    meant: set[str] = set()
    for key, entry in entries.items():
        if key not in KEYS:
            meant.add(_report_unknown(key, entry, faults))
        elif not entry.is_sound:
            values[key] = None
        elif kind == "pages" and key in NEWS_ONLY:
            _report_news_only(key, entry, faults)
        elif not is_blank(entry.node):
            values[key] = KEYS[key].read(entry.node, Place(key, zone, faults))
        elif key == "image_alt":
            values[key] = ""
        elif not KEYS[key].is_blank_sound:
            what = f"nothing stands after `{key}:`"
            mend = f"write {KEYS[key].example}, or delete the line"
            faults.append(Fault(line=entry.line, code="front-matter-type", what=what, mend=mend))
            values[key] = None
    is_told_otherwise = "title" in meant or (not entries and faults)
    if "title" not in values and not is_told_otherwise:
        _report_no_title(entries, first_line, faults)
    _check_image(values, entries, faults)
    return None if "title" not in values or None in values.values() else FrontMatter(**values)


def _report_unknown(key: str, entry: Entry, faults: list[Fault]) -> str:
    """Note a key that nobody knows; return the key that was meant, if that can be told."""
    bare = key.lower().replace("-", "_").replace(" ", "_")
    word = bare.replace("_", "")
    special = _SPECIAL_WORDS.get(word, word)
    meant = bare if bare in KEYS else _FOREIGN.get(word, "")
    if not meant and special not in _SPECIAL:
        meant = next(iter(difflib.get_close_matches(bare[:40], KEYS, n=1, cutoff=0.6)), "")
    mend = _SPECIAL.get(special) or (f"did you mean `{meant}`?" if meant else _NOT_OURS)
    what, code = f"unknown key `{shortened(key, 40)}`", "front-matter-unknown-key"
    faults.append(Fault(line=entry.line, code=code, what=what, mend=mend))
    return meant


def _report_news_only(key: str, entry: Entry, faults: list[Fault]) -> None:
    mend = "write `updated`, or delete the line" if key == "date" else "delete the line"
    what, code = f"a fixed page has no `{key}`", "front-matter-unknown-key"
    faults.append(Fault(line=entry.line, code=code, what=what, mend=mend))


def _report_no_title(entries: dict[str, Entry], first_line: int, faults: list[Fault]) -> None:
    if "title" in entries:
        line, what, mend = entries["title"].line, "the title is empty", "write it after `title:`"
    else:
        line, what = first_line, "the front matter has no title"
        mend = "add a line such as title: Ny partner i Aarhus"
    faults.append(Fault(line=line, code="title-missing", what=what, mend=mend))


def _check_image(values: dict[str, Any], entries: dict[str, Entry], faults: list[Fault]) -> None:
    """An empty alternative text must be meant, and a meant one must be empty (R10)."""
    alt, is_decorative = values.get("image_alt"), values.get("image_decorative")
    if alt == "" and not is_decorative:
        code, what = "image-alt-missing", "`image_alt` is empty"
        mend = "say what the picture shows, or add image_decorative: true if it only adorns"
    elif alt and is_decorative:
        code, what = "front-matter-type", "`image_alt` describes a picture said to be decorative"
        mend = "delete one of the two lines"
    else:
        return
    faults.append(Fault(line=entries["image_alt"].line, code=code, what=what, mend=mend))
    values["image_alt"] = None
