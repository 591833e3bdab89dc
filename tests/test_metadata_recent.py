"""The sitemap of the newest news, where config.toml asks for it."""

import datetime as dt
from collections.abc import Callable
from xml.etree import ElementTree

from sitegen.schedule import moments
from tests.conftest import GOLDEN, Site
from tests.examples import ZONE, a_story, an_article, at, when

SM = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
CONFIG = (GOLDEN / "site/config.toml").read_text("utf-8")
WITH_NEWS = CONFIG.replace("[build]\n", "[build]\nnews_sitemap = true\n")
TWO_DAYS = """\
-- content/news/2024-05-15-old.da.md --
---
title: For gammel til det
---
Sagt.
-- content/news/2024-05-16-a/index.da.md --
---
title: A & B
---
Sagt.
-- content/news/2024-05-16-a/index.en.md --
---
title: Told in English
---
Told.
-- content/news/2024-05-17-draft.da.md --
---
title: Et udkast
draft: true
---
Endnu ikke.
-- content/news/2024-05-19-later.da.md --
---
title: Senere
---
Endnu ikke.
"""


def news_at(project: Site, now: str, config: str = WITH_NEWS) -> list[tuple[str, ...]]:
    """Return what the news sitemap tells of each article at a time."""
    built = project.change("config.toml", config).build(now=dt.datetime.fromisoformat(now))
    assert built.is_sound, built.lines
    tree = ElementTree.fromstring(built.page("sitemap-news.xml"))
    paths = (f"{SM}loc", *(f"{NEWS}news/{NEWS}{name}" for name in ("title", "publication_date")))
    return [tuple(url.findtext(path, "") for path in paths) for url in tree]


def test_the_news_sitemap_holds_the_last_two_days(site: Callable[[str], Site]) -> None:
    """R83: no draft, nothing older, nothing to come; R72: with the date that the page has."""
    told = news_at(site(TWO_DAYS), "2024-05-17 23:59")

    base, day = "https://avis.example.org", "2024-05-16T12:00:00+02:00"
    assert told == [
        (f"{base}/da/nyheder/2024/a-b/", "A & B", day),
        (f"{base}/en/news/2024/told-in-english/", "Told in English", day),
    ]


def test_the_news_sitemap_names_the_publication_and_its_language(
    site: Callable[[str], Site],
) -> None:
    project = site(TWO_DAYS)
    news_at(project, "2024-05-16 23:00")
    tree = ElementTree.fromstring(project.page("sitemap-news.xml"))
    publication = f"{NEWS}news/{NEWS}publication/{NEWS}"

    assert [url.findtext(f"{publication}name") for url in tree] == [
        "Fjordens Software",
        "Fjordens Software",
        "Fjord Software",
    ]
    assert [url.findtext(f"{publication}language") for url in tree] == ["da", "da", "en"]
    assert "Sitemap: https://avis.example.org/sitemap-news.xml\n" in project.page("robots.txt")


def test_the_news_sitemap_empties_by_itself(site: Callable[[str], Site]) -> None:
    """A build with nothing else to do still sees that two days have passed."""
    project = site(TWO_DAYS)

    assert len(news_at(project, "2024-05-17 23:59+02:00")) == 2
    later = project.build(now=dt.datetime.fromisoformat("2024-05-18 00:01+02:00"))
    assert "<url>" not in later.page("sitemap-news.xml")


def test_the_moment_at_which_news_is_no_longer_fresh_is_known() -> None:
    story = a_story("x", an_article("content/news/2024-05-16-x.da.md"), date=when("2024-05-16"))
    after = at("2024-05-17 12:00")

    assert list(moments([story], ZONE, after, tells_fresh=True)) == [at("2024-05-18 00:00")]
    assert list(moments([story], ZONE, after)) == []


def test_nobody_gets_a_news_sitemap_unasked(golden: Site) -> None:
    assert "sitemap-news.xml" not in golden.files()
    assert "news" not in golden.page("robots.txt").replace("avis", "")
