"""Checks that the sitemap tells search engines just what the pages themselves tell."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from xml.etree import ElementTree as ET

from sitegen.model.pages import Facts, OutputFile
from sitegen.verify.faults import Faults
from sitegen.verify.pages import is_indexed
from sitegen.verify.places import Places

CODE = "output-sitemap"
_NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_LINK = "{http://www.w3.org/1999/xhtml}link"
_MEND = "mend the sitemap's template"

Alternates = frozenset[tuple[str, str]]


def check_sitemap(
    pages: Mapping[str, Facts], places: Places, sitemaps: Iterable[OutputFile], faults: Faults
) -> None:
    """Note every difference between the sitemap and the pages that search engines may know."""
    expected = {
        places.address(path): frozenset(page.alternates)
        for path, page in pages.items()
        if is_indexed(page) and page.canonical == places.address(path)
    }
    listed: list[tuple[str, Alternates]] = []
    name = "sitemap.xml"
    for file in sitemaps:
        name = file.path
        try:
            listed += _entries(file.content)
        except ET.ParseError as error:
            faults.add(CODE, name, f"the sitemap is no sound XML ({error})", _MEND)
            return
    for what in _differences(expected, listed):
        faults.add(CODE, name, what, _MEND)


def _entries(content: bytes) -> Iterator[tuple[str, Alternates]]:
    for _, element in ET.iterparse(BytesIO(content)):
        if element.tag == f"{_NAMESPACE}url":
            links = element.iterfind(_LINK)
            alternates = ((it.get("hreflang", ""), it.get("href", "")) for it in links)
            yield element.findtext(f"{_NAMESPACE}loc", ""), frozenset(alternates)
            element.clear()


def _differences(
    expected: Mapping[str, Alternates], listed: list[tuple[str, Alternates]]
) -> Iterator[str]:
    found = dict(listed)
    counts = Counter(address for address, _ in listed)
    kinds = {
        "lacks {}": expected.keys() - found.keys(),
        "has {}, which is no page that search engines may know": found.keys() - expected.keys(),
        "has {} twice": {address for address, count in counts.items() if count > 1},
        "names other translations of {} than the page itself": {
            address
            for address in expected.keys() & found.keys()
            if found[address] != expected[address]
        },
    }
    for kind, addresses in kinds.items():
        if addresses:
            more = f" (and likewise {len(addresses) - 1} more)" if len(addresses) > 1 else ""
            yield f"the sitemap {kind.format(min(addresses))}{more}"
