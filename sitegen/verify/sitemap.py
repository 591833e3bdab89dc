"""Checks that the sitemap tells search engines just what the pages themselves tell."""

from collections import Counter
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree as ET

from sitegen.model.pages import OutputFile
from sitegen.verify.faults import Faults
from sitegen.verify.site import Site, is_indexed

_NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_LINK = "{http://www.w3.org/1999/xhtml}link"

Alternates = frozenset[tuple[str, str]]
Entry = tuple[str, Alternates]


def check_sitemap(site: Site, sitemaps: Iterable[OutputFile], faults: Faults) -> None:
    """Note every difference between the sitemap and the pages that search engines may know."""
    if site.is_preview:
        return
    name = "sitemap.xml"
    listed: list[Entry] = []
    try:
        for file in sitemaps:
            name = file.path
            listed += _entries(file.content)
        differences = [*_differences(dict(_expected(site)), listed)]
    except ET.ParseError as error:
        differences = [f"is no sound XML ({error})"]
    for what in differences:
        mend = "mend the sitemap's template"
        faults.add("output-sitemap", name, f"the sitemap {what}", mend)


def _expected(site: Site) -> Iterator[Entry]:
    for path, page in site.pages.briefs.items():
        if is_indexed(page) and page.canonical == site.address(path):
            yield page.canonical, frozenset(page.alternates)


def _entries(content: bytes) -> Iterator[Entry]:
    for url in ET.fromstring(content).iter(f"{_NAMESPACE}url"):
        links = [child for child in url if child.tag == _LINK]
        alternates = ((it.get("hreflang", ""), it.get("href", "")) for it in links)
        yield url.findtext(f"{_NAMESPACE}loc", ""), frozenset(alternates)


def _differences(expected: dict[str, Alternates], listed: list[Entry]) -> Iterator[str]:
    found = dict(listed)
    counts = Counter(address for address, _ in listed)
    both = expected.keys() & found.keys()
    kinds = {
        "lacks {}": expected.keys() - found.keys(),
        "has {}, which is no page that search engines may know": found.keys() - expected.keys(),
        "has {} twice": {address for address, count in counts.items() if count > 1},
        "names other translations of {} than the page itself": {
            address for address in both if found[address] != expected[address]
        },
    }
    for kind, addresses in kinds.items():
        if addresses:
            more = f" (and likewise {len(addresses) - 1} more)" if len(addresses) > 1 else ""
            yield kind.format(min(addresses)) + more
