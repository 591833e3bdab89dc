"""Gathers, while files go to staging, what `verify` judges the whole site by."""

from collections.abc import Iterable, Mapping

import msgspec

from sitegen.cache import Bodies, encode
from sitegen.findings import Findings
from sitegen.model.pages import Made, OutputFile
from sitegen.pipeline.work import Work
from sitegen.publish import digest_of
from sitegen.verify import (
    Change,
    Hidden,
    Pages,
    Site,
    shingles,
    site_of,
    stays_sound,
    text_of,
    verify,
)  # fmt: skip

CONSEQUENCES = frozenset(
    {"output-link-broken", "output-anchor-broken", "output-hreflang", "output-sitemap"}
)
"""What other pages suffer from a page or picture that an error found before keeps away."""


SOUND = "sound"
"""The name of the note on what `verify` found nothing wrong with."""


class Sound(msgspec.Struct, frozen=True, kw_only=True):
    """What `verify` found nothing wrong with."""

    base_url: str
    is_preview: bool
    sitemaps: dict[str, str]  # the digest of each, by its path


class Evidence:
    """What is known of the files that have passed; the files themselves are not kept."""

    def __init__(self, work: Work, hidden: Hidden, known: Mapping[str, Made]) -> None:
        self._base_url = work.sources.config.base_url
        self._is_preview = work.order.is_preview
        self._levels = work.sources.config.checks
        self._hidden = hidden
        self._known = known  # files of the build before, by path
        self._facts: dict[str, bytes] = {}
        self._fresh: set[str] = set()
        self._paths: set[str] = set()
        self._sitemaps: list[OutputFile] = []
        self._mapped: dict[str, str] = {}  # the digest of each of these, by path
        self._leaks: list[tuple[str, str]] = []

    def keep(self, path: str, made: Made) -> None:
        """Note a file that is as it was."""
        self._paths.add(path)
        if made.facts:
            self._facts[path] = made.facts

    def take(self, path: str, made: Made, leaks: Iterable[str] = ()) -> None:
        """Note what matters of a file made anew."""
        self.keep(path, made)
        self._leaks += [(path, leak) for leak in leaks]
        if made.facts:
            self._fresh.add(path)

    def take_sitemap(self, file: OutputFile) -> None:
        """Note a part of the sitemap, which must say what the pages say."""
        self._sitemaps.append(file)
        self._mapped[file.path] = digest_of(file.content)

    def stays_sound(self, sound: bytes) -> bool:
        """Tell whether nothing is wrong with a sound site of which some texts have changed."""
        self._mapped = msgspec.msgpack.decode(sound, type=Sound).sitemaps
        change = self._change(sound)
        return change is not None and not self._leaks and stays_sound(change, self._site(), ())

    def judge(self, sound: bytes | None, findings: Findings) -> bytes:
        """Add what is wrong with the site as a whole; what is known already is not said twice.

        `sound` is what this returned for the build before; it is empty when anything is wrong.
        """
        judged = Findings(self._levels)
        is_sound = verify(
            self._site(),
            self._sitemaps,
            judged,
            change=self._change(sound) if sound else None,
            hidden=self._hidden,
            leaks=self._leaks,
        )
        known = CONSEQUENCES if findings.errors else frozenset()
        findings.extend(finding for finding in judged.found if finding.code not in known)
        return encode(self._sound()) if is_sound else b""

    def _change(self, sound: bytes) -> Change | None:
        """Return how the site differs from a sound one; None when it is judged otherwise."""
        before, now = msgspec.msgpack.decode(sound, type=Sound), self._sound()
        if (before.base_url, before.is_preview) != (now.base_url, now.is_preview):
            return None
        return Change(
            before=Pages({path: made.facts for path, made in self._known.items() if made.facts}),
            paths=self._known.keys(),
            fresh=self._fresh,
            is_mapped=before.sitemaps == now.sitemaps,
        )

    def _site(self) -> Site:
        pages = Pages(self._facts)
        return site_of(pages, self._paths, self._base_url, is_preview=self._is_preview)

    def _sound(self) -> Sound:
        return Sound(
            base_url=self._base_url,
            is_preview=self._is_preview,
            sitemaps=self._mapped,
        )


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
