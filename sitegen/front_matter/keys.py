"""Every key that front matter knows, its kind of value, and what other systems call it."""

import difflib
import re
from typing import Any, get_args

from sitegen.encoding import FaultError, shortened
from sitegen.front_matter.entries import Entry
from sitegen.front_matter.values import (
    ANYTHING,
    DAY,
    MOMENT,
    NAME,
    TEXT,
    TRUTH,
    UNKNOWN_KEY,
    Place,
    Type,
    is_blank,
    list_of,
    one_of,
    table_of,
)
from sitegen.model.content import ArticleType, Correction, Credit, FrontMatter, Kind, Withdrawal

_CREDIT = table_of(
    Credit, {"id": NAME, "title": TEXT}, "{ id: line-milthers, title: CEO }", bare="id"
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
    "authors": list_of(_CREDIT),
    "tags": list_of(NAME),
    "type": one_of({word: word for word in get_args(ArticleType)}),
    "image": TEXT,
    "image_alt": TEXT,
    "image_decorative": TRUTH,
    "image_credit": TEXT,
    "image_caption": TEXT,
    "updated": DAY,
    "corrections": list_of(_CORRECTION),
    "draft": TRUTH,
    "publish_date": MOMENT,
    "expiry_date": MOMENT,
    "withdrawn": _WITHDRAWAL,
    "together": TRUTH,
    "slug": TEXT,
    "aliases": list_of(TEXT),
    "translation_key": TEXT,
    "template": TEXT,
    "related": list_of(NAME),
    "pinned_until": DAY,
    "contact": NAME,
    "quote": TEXT,
    "extra": ANYTHING,
}
"""The one place that tells which keys there are and what stands after each."""

NEWS_ONLY = ("date", "type", "publish_date", "expiry_date", "withdrawn", "together", "pinned_until")
"""Keys that mean nothing on a fixed page, which has no date and no state but draft."""

_ELSEWHERE = {
    "title": "titel headline overskrift", "date": "dato pubdate published created",
    "summary": "lead excerpt intro ingress subtitle teaser manchet resume resumé",
    "description": "metadescription seodescription abstract",
    "authors": "author by byline writer forfatter forfattere",
    "tags": "tag keywords topic topics taxonomies emne emner",
    "image": "cover thumbnail previewimage featuredimage hero picture images billede",
    "image_alt": "alt alttext", "image_credit": "credit photographer photo foto fotograf",
    "image_caption": "caption billedtekst",
    "updated": "lastmod modified lastmodified lastupdated opdateret",
    "corrections": "correction rettelse rettelser", "draft": "kladde hidden private unlisted",
    "publish_date": "publishedat", "expiry_date": "expires unpublishdate",
    "aliases": "redirects redirectfrom redirectto alias", "template": "layout view",
    "related": "seealso relatedposts", "pinned_until": "pinned sticky featured",
    "contact": "presscontact kontakt", "quote": "pullquote citat", "extra": "params metadata",
}  # fmt: skip
_ELSEWHERE_ONLY = {
    "category categories kategori": "`tags` names the topics; `type` is news, press or customer",
    "lang language locale sprog": "the file's name says the language, as in index.da.md",
    "url permalink path saveas":
        "`slug` is the last part of the address; `aliases` keeps older addresses",
    "status": "write draft: true if it is not ready, or delete the line",
    "weight order": "delete it; news stand by their dates",
    "content body text": "write the text below the second `---`",
}  # fmt: skip
_MEANT = "did you mean `{}`?"
_ADVICE = {word: _MEANT.format(key) for key, words in _ELSEWHERE.items() for word in words.split()}
_ADVICE |= {word: mend for words, mend in _ELSEWHERE_ONLY.items() for word in words.split()}
_NOT_OURS = "delete it, or put it below `extra:` if a template of yours asks for it"


def read_values(entries: dict[str, Entry], kind: Kind, place: Place) -> FrontMatter | None:
    """Return the typed front matter without its faulty values, or None when it has no title.

    With the rest, the article can be judged in the same run; the faults forbid publishing it.
    """
    faults = place.faults
    values: dict[str, Any] = {}
    meant: list[str] = []
    for key, (line, node) in entries.items():
        if key not in KEYS:
            meant.append(_advice(key))
            what = f"unknown key `{shortened(key, 40)}`"
            faults.append(FaultError(UNKNOWN_KEY, what, meant[-1], line))
        elif kind == "pages" and key in NEWS_ONLY:
            mend = "write `updated`, or delete the line" if key == "date" else "delete the line"
            faults.append(FaultError(UNKNOWN_KEY, f"a fixed page has no `{key}`", mend, line))
        elif not node or place.comment(node) or not (is_blank(node) and KEYS[key].is_blank_sound):
            values[key] = KEYS[key].read(node, place.at(key)) if node else None
    if "title" not in values and (entries or not faults) and _MEANT.format("title") not in meant:
        line = entries["title"].line if "title" in entries else 1
        mend = "write a line such as title: Ny partner i Aarhus"
        faults.append(FaultError("title-missing", "the front matter has no title", mend, line))
    sound = {key: value for key, value in values.items() if value is not None}
    return FrontMatter(**sound) if "title" in sound else None


def _advice(key: str) -> str:
    """Return how to mend an unknown key."""
    if " " in key.strip():
        return "write a line `---` above it if the article's text begins here"
    word = re.sub(r"[-_]", "", key.lower())
    if word in _ADVICE:
        return _ADVICE[word]
    bare = {known.replace("_", ""): known for known in KEYS}
    near = difflib.get_close_matches(word[:40], bare, n=1, cutoff=0.6)
    return _MEANT.format(bare[near[0]]) if near else _NOT_OURS
