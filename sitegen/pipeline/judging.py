"""Gathers, while files go to staging, what `verify` judges the whole site by."""

from collections.abc import Iterator

from sitegen.addresses import output_path
from sitegen.cache import Cache
from sitegen.findings import Findings
from sitegen.model.pages import Facts, OutputFile
from sitegen.model.stories import Article
from sitegen.pipeline.work import Work
from sitegen.verify import Hidden, facts_of, leaks_of, shingles, text_of, verify

CONSEQUENCES = frozenset(
    {"output-link-broken", "output-anchor-broken", "output-hreflang", "output-sitemap"}
)
"""What other pages suffer from a page or picture that an error found before keeps away."""


class Evidence:
    """What is known of the files that have passed; the files themselves are not kept."""

    def __init__(self, work: Work, cache: Cache) -> None:
        self._pages = {output_path(page.address) for page in work.site.pages}
        self._base_url = work.sources.config.base_url
        self._is_preview = work.order.is_preview
        self._levels = work.sources.config.checks
        self._hidden = _hidden(work, cache)
        self._facts: list[Facts] = []
        self._paths: set[str] = set()
        self._sitemaps: list[OutputFile] = []
        self._leaks: list[tuple[str, str]] = []

    def take(self, file: OutputFile) -> None:
        """Note what matters of a finished file."""
        self._paths.add(file.path)
        self._leaks += [(file.path, leak) for leak in leaks_of(file, self._hidden, self._base_url)]
        if file.path in self._pages:
            self._facts.append(facts_of(file))
        elif _is_sitemap(file.path):
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


def _is_sitemap(path: str) -> bool:
    return path.startswith("sitemap") and path.endswith(".xml") and "/" not in path


def _hidden(work: Work, cache: Cache) -> Hidden:
    """Return the addresses of hidden articles, and the runs of words that only they have (R24)."""
    if not work.site.hidden_articles:
        return Hidden()
    secret: set[int] = set()
    for article in work.site.hidden_articles:
        for text in _texts(article, cache):
            secret |= shingles(text)
    for page in work.site.pages:
        if page.article is not None:
            for text in _texts(page.article, cache):
                secret -= shingles(text)
    return Hidden(addresses=frozenset(work.site.hidden.values()), shingles=frozenset(secret))


def _texts(article: Article, cache: Cache) -> Iterator[str]:
    body = cache.body(article.card.body)
    yield from map(text_of, (body.html, *body.boxes))
    yield article.card.front.summary
    yield article.card.front.description
