"""Tells of an address that would be lost, and the line to paste that keeps it."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from difflib import get_close_matches

from sitegen.addresses import Addresses
from sitegen.findings import Findings
from sitegen.model.pages import Page
from sitegen.model.stories import Article
from sitegen.promise.lists import GONE, PUBLISHED

_ALIKE = 0.6  # of 1, between two slugs: more than half of their letters are the same
_COMPARED = 10_000  # pairs of slugs; beyond that a comparison of all with all takes too long
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}-")
_CODE = "address-lost"
_MOVE = f"move its address from {PUBLISHED} to {GONE}"


def report_losses(
    lost: Mapping[str, int],
    new: Sequence[Page],
    alive: Collection[str],
    hidden: Mapping[str, Article],
    addresses: Addresses,
    findings: Findings,
) -> None:
    """Add a finding for each address that readers know and would lose.

    `lost` are these with their lines in published.txt, `new` the pages whose addresses are new,
    `alive` all addresses that the site has.
    """
    told = [
        address for address in lost if not any(above in lost for above in folders_above(address))
    ]
    places = _dead_places(told, alive)  # a topic's feeds go with it, and are not told
    for place, count in places.items():
        what = f"readers know {count} addresses at {place}, and the site has nothing there any more"
        mend = (
            "put back the language or `section` that it had, or the word under [addresses]; "
            f"if all that was removed on purpose, add {place} to {GONE}"
        )
        findings.add(_CODE, what, mend, path="config.toml")
    alone = [each for each in told if not each.startswith(tuple(places))]
    unseen = {address: article for address in alone if (article := _unseen(address, hidden))}
    heirs = _heirs([address for address in alone if address not in unseen], new, addresses)
    for address in alone:
        if address in unseen:
            _report_hidden(address, unseen[address], findings)
        elif address in heirs:
            article = heirs[address]
            found = [each for each, heir in heirs.items() if heir is article]
            _report_renamed(address, article, found, findings)
        else:
            _report_missing(address, lost[address], addresses, findings)


def _unseen(address: str, hidden: Mapping[str, Article]) -> Article | None:
    """Return the hidden article that had an address, perhaps under the year of another date."""
    near = (each for each in hidden if folders_above(each)[:2] == folders_above(address)[:2])
    same = (each for each in near if _last(each) == _last(address))
    return hidden.get(address) or hidden.get(next(same, ""))


def folders_above(address: str) -> list[str]:
    """Return the folders that an address lies in, without the root."""
    parts = address.rstrip("/").split("/")
    return ["/".join(parts[:end]) + "/" for end in range(2, len(parts))]


def _dead_places(lost: Iterable[str], alive: Collection[str]) -> dict[str, int]:
    """Return the languages and sections that are gone as a whole, and how much each has lost."""
    living = {place for address in alive for place in (*folders_above(address), address)}
    counts: Counter[str] = Counter()
    for address in lost:
        dead = [place for place in folders_above(address)[:2] if place not in living]
        counts.update(dead[:1])
    return {place: count for place, count in counts.items() if count > 1}


def _heirs(lost: Sequence[str], new: Sequence[Page], addresses: Addresses) -> dict[str, Article]:
    """Return for each lost address the article that seems to have had it."""
    heirs: dict[str, Article] = {}
    for language in addresses.config.languages:
        old = [address for address in lost if addresses.language_of(address) == language]
        pages = [page for page in new if page.article and page.language == language]
        names = {name: page for page in reversed(pages) for name in _names(page)}
        cutoff = _ALIKE if len(old) * len(names) <= _COMPARED else 1.0
        for address in old:
            near = get_close_matches(_last(address), names, n=1, cutoff=cutoff)
            alone = [page for page in pages if _year(page.address) == _year(address)]
            page = names[near[0]] if near else None
            if page is None and [_year(each) for each in old].count(_year(address)) == 1:
                page = alone[0] if len(alone) == 1 else None
            if page and page.article:
                heirs[address] = page.article
    return heirs


def _names(page: Page) -> list[str]:
    """Return what an article's old address may have ended in: `new` names folders by the title."""
    key = page.story.key if page.story else ""
    return [_last(page.address), _DAY.sub("", _last(key))]


def _last(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2]


def _year(address: str) -> str:
    return address.rstrip("/").rpartition("/")[0]


def _report_renamed(
    address: str, article: Article, lost: Sequence[str], findings: Findings
) -> None:
    lines, aliases = article.card.lines, article.card.front.aliases
    line = f"aliases: [{', '.join(dict.fromkeys((*aliases, *lost)))}]"
    do = "make its line" if aliases else "add the line"
    findings.add(
        _CODE,
        f"readers know {address}, which seems to have been the address of this article",
        f"{do} {line} to lead them on; if that was another article, removed on purpose, {_MOVE}",
        path=article.path,
        line=lines.get("aliases") or lines.get("slug") or lines.get("title"),
    )


def _report_hidden(address: str, article: Article, findings: Findings) -> None:
    lines = article.card.lines
    key = next((key for key in ("draft", "together", "publish_date", "date") if key in lines), "")
    if key == "draft":
        when, mend = "while it is a draft", "remove the line `draft: true`"
    elif key == "together":
        when, mend = "until every language is out", "remove the line `together: true`"
    else:
        when, mend = "until it is due", "give it back the day on which it came out"
    findings.add(
        _CODE,
        f"readers know {address}, and would lose this article {when}",
        f"{mend}; if it was a mistake, let a line withdrawn: {{date: 2024-05-17, reason: …}} say "
        f"so to readers; if it shall be gone for good, {_MOVE}",
        path=article.path,
        line=lines.get(key),
    )


def _report_missing(address: str, line: int, addresses: Addresses, findings: Findings) -> None:
    language, name = addresses.language_of(address), _last(address)
    if language and address == addresses.topic(language, name):
        slug = f'slug = {{ {language} = "{name}" }}'
        mend = f"put its topic back in content/topics.toml, or give it there the line {slug}"
    elif language and address == addresses.person(language, name):
        mend = f"put [{name}] back in content/people.toml"
    else:
        mend = f"add the line aliases: [{address}] to the article that took its place"
    findings.add(
        _CODE,
        f"readers know {address}, and the site has it no longer",
        f"{mend}; if it was removed on purpose, {_MOVE}",
        path=PUBLISHED,
        line=line,
    )
