"""Gathers, while files go to staging, what `verify` judges the whole site by."""

from collections.abc import Iterable

import msgspec

from sitegen.cache import Bodies
from sitegen.findings import Findings
from sitegen.model.pages import Facts, Made, OutputFile
from sitegen.pipeline.work import Work
from sitegen.verify import Hidden, shingles, text_of, verify

CONSEQUENCES = frozenset(
    {"output-link-broken", "output-anchor-broken", "output-hreflang", "output-sitemap"}
)
"""What other pages suffer from a page or picture that an error found before keeps away."""


class Evidence:
    """What is known of the files that have passed; the files themselves are not kept."""

    def __init__(self, work: Work, hidden: Hidden) -> None:
        self._base_url = work.sources.config.base_url
        self._is_preview = work.order.is_preview
        self._levels = work.sources.config.checks
        self._hidden = hidden
        self._facts: list[Facts] = []
        self._links: dict[str, str] = {}  # each once in memory, though most pages have it
        self._paths: set[str] = set()
        self._sitemaps: list[OutputFile] = []
        self._leaks: list[tuple[str, str]] = []

    def take(self, path: str, made: Made, leaks: Iterable[str] = ()) -> None:
        """Note what matters of a finished file."""
        self._paths.add(path)
        self._leaks += [(path, leak) for leak in leaks]
        if made.facts:
            links = tuple(map(self._links.setdefault, made.facts.links, made.facts.links))
            self._facts.append(msgspec.structs.replace(made.facts, links=links))

    def take_sitemap(self, file: OutputFile) -> None:
        """Note a part of the sitemap, which must say what the pages say."""
        self._sitemaps.append(file)

    def judge(self, findings: Findings) -> None:
        """Add what is wrong with the site as a whole; what is known already is not said twice."""
        judged = Findings(self._levels)
        verify(
            self._facts,
            self._paths,
            self._sitemaps,
            self._base_url,
            judged,
            hidden=self._hidden,
            leaks=self._leaks,
            is_preview=self._is_preview,
        )
        known = CONSEQUENCES if findings.errors else frozenset()
        findings.extend(finding for finding in judged.found if finding.code not in known)


def hidden_texts(work: Work, bodies: Bodies) -> Hidden:
    """Return the addresses of hidden articles, and all runs of words in them (R24)."""
    secret: set[int] = set()
    for article in work.site.hidden_articles:
        front, body = article.card.front, bodies.body(article.card.body)
        for text in (*map(text_of, (body.html, *body.boxes)), front.summary, front.description):
            secret |= shingles(text)
    shown = {page.address for page in work.site.pages}  # a draft may still change its own
    return Hidden(
        addresses=frozenset(work.site.hidden.values()) - shown, shingles=frozenset(secret)
    )
