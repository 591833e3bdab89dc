"""Stories across builds: what stands in output/ as content, config and the clock change."""

import datetime as dt
import errno
import io
import os
import re
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from PIL import Image

from sitegen.addresses import output_path
from sitegen.cache import open_cache
from sitegen.findings import CODES
from tests.conftest import APART, CONFIG, NOW, ROOT, THEME, Site
from tests.crawl import dead_links

MakeSite = Callable[[str], Site]

PAIR = """\
-- content/news/2024-05-17-lviv/index.da.md --
---
title: Ny partner i Lviv
summary: Et nyt hold begynder i maj.
---

Holdet begynder i maj.
-- content/news/2024-05-17-lviv/index.en.md --
---
title: New partner in Lviv
---

The team starts in May.
"""
DA, EN = "content/news/2024-05-17-lviv/index.da.md", "content/news/2024-05-17-lviv/index.en.md"
DA_PAGE = "da/nyheder/2024/ny-partner-i-lviv/index.html"
EN_PAGE = "en/news/2024/new-partner-in-lviv/index.html"


def article(title: str, *lines: str, body: str = "Tekst.") -> str:
    return "\n".join(["---", f"title: {title}", *lines, "---", "", body, ""])


def public(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return the files of output/ without the manifest and lock, which readers never meet."""
    return {path: content for path, content in files.items() if not path.startswith(".sitegen")}


# what a build makes


KINDS = {
    "gateway": "index.html",
    "front": "da/index.html",
    "article": "da/nyheder/2024/nyt-kontor-ved-aeroe-fjorden/index.html",
    "list": "da/nyheder/index.html",
    "later page of a list": "da/nyheder/side/2/index.html",
    "year": "da/nyheder/2024/index.html",
    "archive": "da/nyheder/arkiv/index.html",
    "topic": "da/emner/havne/index.html",
    "person": "da/personer/ib-lund/index.html",
    "fixed": "da/om-fjordens-software/index.html",
    "press": "da/presse/index.html",
    "search": "da/soeg/index.html",
    "not found": "404.html",
    "not found in a language": "da/404.html",
    "redirect": "nyt-kontor/index.html",
    "redirect from a file": "2024/kontor.html",
    "tombstone": "da/nyheder/2024/udloebet-tilbud-paa-pelikaner/index.html",
    "english": "en/news/2024/new-office-by-the-fjord/index.html",
    "atom": "da/feed.atom",
    "rss": "en/feed.rss",
    "json feed": "da/emner/havne/feed.json",
    "sitemap": "sitemap.xml",
    "robots": "robots.txt",
    "icon": "favicon.ico",
    "copied file": "logo.svg",
}


@pytest.mark.parametrize("path", KINDS.values(), ids=KINDS.keys())
def test_each_kind_of_page_stands_at_its_address(golden: Site, path: str) -> None:
    assert golden.lines == []
    assert (golden.output / path).is_file()


def test_a_second_build_changes_nothing(site: MakeSite) -> None:
    project = site(PAIR).build()
    first = project.files()
    again = project.build()

    assert again.outcome is not None
    assert (again.outcome.added, again.outcome.changed, again.outcome.removed) == ((), (), ())
    assert again.outcome.unchanged == len(public(first))
    assert again.files() == first


def test_touching_a_file_changes_no_byte(site: MakeSite) -> None:
    """R5: "updated" never comes from a file's time."""
    project = site(PAIR).build()
    before = project.files()
    os.utime(project.root / DA, (2_000_000_000, 2_000_000_000))

    assert before == project.build().files()


def test_one_changed_article_changes_only_the_pages_that_show_it(site: MakeSite) -> None:
    """R128: the text of an article stands on its page and in feeds, not on other articles."""
    project = site(PAIR).build().change(DA, article("Ny partner i Lviv", body="Ny tekst.")).build()

    assert project.outcome is not None
    changed = project.outcome.changed
    assert DA_PAGE in changed
    assert EN_PAGE not in changed
    assert not [path for path in changed if path.startswith("en/")]


# errors


def test_an_error_leaves_output_untouched_to_the_byte(site: MakeSite) -> None:
    project = site(PAIR).build()
    before = project.files()
    project.change(DA, "---\ntitel: Nyt\n---\nNyt.\n").change(EN, article("Changed")).build()

    assert not project.is_sound
    assert before == project.files()


def test_a_mended_error_is_published(site: MakeSite) -> None:
    project = site(PAIR).change(DA, "---\ntitel: Nyt\n---\n").build()
    assert not project.output.exists()

    project.change(DA, article("Nyt")).build()

    assert project.is_sound
    assert "<h1>Nyt</h1>" in project.page("da/nyheder/2024/nyt/index.html")


def test_a_check_finds_the_same_and_writes_nothing(site: MakeSite) -> None:
    project = site(PAIR).change(DA, article("Ny", "tags: [nope]"))
    found = project.build(is_check=True).lines

    assert found == project.build().lines
    assert len(found) == 1
    assert not project.output.exists()


# articles come and go


def test_the_files_of_a_removed_article_go(site: MakeSite) -> None:
    project = site(PAIR).build()
    assert (project.output / EN_PAGE).exists()

    project.remove(EN).build()

    assert not (project.output / EN_PAGE).parent.exists()
    assert "new-partner" not in b"".join(project.files().values()).decode("utf-8", "replace")


def test_a_draft_becomes_public_and_a_draft_again(site: MakeSite) -> None:
    project = site(PAIR).change(DA, article("Ny", "draft: true", body="Kanarie.")).build()
    page = project.output / "da/nyheder/2024/ny/index.html"
    assert not page.exists()

    assert project.change(DA, article("Ny", body="Kanarie.")).build().is_sound
    assert page.exists()

    assert project.change(DA, article("Ny", "draft: true", body="Kanarie.")).build().is_sound
    assert not page.exists()
    assert b"Kanarie" not in b"".join(project.files().values())


def test_a_scheduled_article_opens_by_the_clock(site: MakeSite) -> None:
    """A bare day opens at 00:00 in Copenhagen, which is 22:00 UTC the day before in summer."""
    project = site(PAIR).change(DA, article("Ny", "publish_date: 2024-06-10"))
    page = project.output / "da/nyheder/2024/ny/index.html"
    midnight = dt.datetime(2024, 6, 9, 22, tzinfo=dt.UTC)

    project.build(now=midnight - dt.timedelta(seconds=1))
    assert (project.is_sound, page.exists()) == (True, False)

    project.build(now=midnight)
    assert (project.is_sound, page.exists()) == (True, True)


NIGHTS = {
    "date: 2024-03-31": ("2024-03-30T23:00:00+00:00", True),
    "date: 2024-10-27": ("2024-10-26T22:00:00+00:00", True),
    "date: 2024-10-28": ("2024-10-27T23:00:00+00:00", True),
    "date: 2024-10-27 02:30": ("2024-10-27T00:30:00+00:00", True),  # the first of the two
    "date: 2024-10-27 02:30+01:00": ("2024-10-27T01:30:00+00:00", True),
    "date: 2024-01-01\nexpiry_date: 2024-03-31": ("2024-03-31T22:00:00+00:00", False),
    "date: 2024-01-01\nexpiry_date: 2024-10-27": ("2024-10-27T23:00:00+00:00", False),
}


def test_on_the_nights_when_clocks_change_articles_come_and_go_to_the_second(
    site: MakeSite,
) -> None:
    """Reliability row 24; as files of output/, with the cache warm and without."""
    project = site("")
    for number, lines in enumerate(NIGHTS):
        project.change(f"content/news/{number}.da.md", article(f"Nyhed {number}", lines))
    for number, (moment, opens) in enumerate(NIGHTS.values()):
        page = project.output / f"da/nyheder/2024/nyhed-{number}/index.html"
        change = dt.datetime.fromisoformat(moment)
        project.build(now=change - dt.timedelta(seconds=1))
        assert project.lines == []
        assert opens != (page.exists() and b"Tekst." in page.read_bytes()), moment

        project.build(now=change, use_cache=False)
        assert opens == (page.exists() and b"Tekst." in page.read_bytes()), moment


def test_a_clock_that_jumps_back_hides_what_is_not_due_again(site: MakeSite) -> None:
    """R24, reliability row 24: output/ is what the moment says, whatever was there before."""
    project = site(PAIR).change(DA, article("Ny", body=CANARY)).build()
    early = NOW - dt.timedelta(days=365)
    later = project.files()
    project.build(now=early)

    assert not [path for path, text in project.files().items() if b"Kanarie" in text]
    assert project.files() == project.build(now=early, use_cache=False).files()
    assert later == project.build().files()


def test_an_expired_article_leaves_a_neutral_tombstone(site: MakeSite) -> None:
    project = site(PAIR).change(DA, article("Tilbud", "expiry_date: 2024-06-10")).build()
    path = "da/nyheder/2024/tilbud/index.html"
    assert "Tilbud" in project.page(path)

    project.build(now=NOW + dt.timedelta(days=30))

    assert project.lines == []
    assert "Tilbud" not in project.page(path)
    assert '<meta name="robots" content="noindex">' in project.page(path)
    assert "tilbud" not in project.page("sitemap.xml")
    assert "tilbud" not in project.page("da/nyheder/index.html")


def test_a_link_to_an_article_does_not_stop_the_build_of_the_day_after_it_expires(
    site: MakeSite,
) -> None:
    project = site(PAIR).change("config.toml", APART)
    project.change(DA, article("Tilbud", "expiry_date: 2024-06-10", body="## Pris\n"))
    link = "[tilbud](../2024-05-17-lviv/index.da.md#pris)"
    project.change("content/news/2024-05-18-b/index.da.md", article("Om det", body=link)).build()
    assert '<a href="/da/nyheder/2024/tilbud/#pris">' in project.main(
        "da/nyheder/2024/om-det/index.html"
    )

    project.build(now=NOW + dt.timedelta(days=30))

    assert project.lines == []
    assert '<a href="/da/nyheder/2024/tilbud/">' in project.main(
        "da/nyheder/2024/om-det/index.html"
    )


def test_a_withdrawn_article_keeps_its_address_and_loses_its_text(golden: Site) -> None:
    """R25"""
    page = golden.main("da/nyheder/2024/tilbagetrukne-tal/index.html")

    assert "Tallene for januar var forkerte." in page
    for path, content in public(golden.files()).items():
        assert "stå nogen steder" not in content.decode("utf-8", "replace"), path
    assert "tilbagetrukne-tal" not in golden.page("da/nyheder/index.html")


def test_a_link_to_a_heading_of_a_withdrawn_article_leads_to_the_article(site: MakeSite) -> None:
    taken = article("Tal", "withdrawn: {date: 2024-05-20, reason: Fejl}", body="## Pris\n")
    link = "[tal](../2024-05-17-lviv/index.da.md#pris)"
    project = site(PAIR).change(DA, taken)
    project.change("content/news/2024-05-18-b/index.da.md", article("Om det", body=link)).build()

    assert project.lines == []
    assert '<a href="/da/nyheder/2024/tal/">' in project.main("da/nyheder/2024/om-det/index.html")


def test_no_byte_of_a_draft_or_a_scheduled_article_is_published(golden: Site) -> None:
    """R24"""
    for path, content in public(golden.files()).items():
        for canary in ("anarief", "lamingo", "kladde", "fremtid"):
            assert canary not in path
            assert canary not in content.decode("utf-8", "replace").lower(), path


def test_what_expired_leaves_no_word(golden: Site) -> None:
    for path, content in public(golden.files()).items():
        assert "elikaner" not in content.decode("utf-8", "replace").replace(
            "udloebet-tilbud-paa-pelikaner", ""
        ), path


# addresses that readers know


STATES = """\
-- content/people.toml --
[ib]
name = "Ib Lund"
-- content/topics.toml --
[havne]
name = { da = "Havne", en = "Harbours" }
-- content/news/2024-05-17-lviv/index.da.md --
"""
KNOWN = "/da/nyheder/2024/ny/"
KEYS = ("tags: [havne]", "authors: [ib]", "aliases: [/foer/]", "summary: Kanarie i lead.")
CANARY = "Kanariefugle synger kun i det bur, som ingen laeser endnu maa se noget til her."


def accepted(project: Site) -> Site:
    """Return a site that is built and whose addresses are written down."""
    project.build()
    assert project.outcome is not None
    return project.change("published.txt", "\n".join(project.outcome.unpromised)).build()


@pytest.mark.parametrize(
    "line", ["withdrawn: {date: 2024-05-20, reason: Fejl}", "expiry_date: 2024-05-31"]
)
def test_what_is_withdrawn_or_expires_loses_no_address(site: MakeSite, line: str) -> None:
    """Its topic and author keep their pages and feeds, though nothing is on them any more."""
    project = accepted(site(STATES + article("Ny", *KEYS, body=CANARY)))
    known = (project.root / "published.txt").read_text().split()
    assert {KNOWN, "/da/emner/havne/", "/da/emner/havne/feed.rss", "/da/personer/ib/"} <= {*known}

    project.change(DA, article("Ny", *KEYS, line, body=CANARY)).build()

    assert project.lines == []
    assert [path for path in known if not (project.output / output_path(path)).exists()] == []
    assert dead_links(project.output, "https://news.example.org") == []
    assert not [path for path, text in project.files().items() if b"Kanarie" in text]


def test_nobody_is_told_to_delete_an_entry_whose_page_readers_know(site: MakeSite) -> None:
    project = accepted(site(STATES + article("Ny", *KEYS, body=CANARY)))
    project.change(DA, article("Ny", "aliases: [/foer/]", body=CANARY)).build()

    assert project.lines == []

    (project.root / "published.txt").unlink()
    assert [line.rpartition(" ")[2] for line in project.build().lines] == ["[registry-unused]"] * 2


@pytest.mark.parametrize("line", ["draft: true", "publish_date: 2034-01-01", "together: true"])
def test_what_readers_know_cannot_be_hidden_by_mistake(site: MakeSite, line: str) -> None:
    project = accepted(site(STATES + article("Ny", *KEYS, body=CANARY)))
    before = project.files()
    project.change(DA, article("Ny", line, *KEYS, body=CANARY)).build()

    assert [f"{DA}:3: error: readers know {KNOWN}, and would lose this article"] == [
        line.partition(" while")[0].partition(" until")[0] for line in project.lines
    ]
    assert before == project.files()


@pytest.mark.parametrize("line", ["draft: true", "publish_date: 2034-01-01", "together: true"])
def test_what_was_hidden_again_on_purpose_leaves_no_byte(site: MakeSite, line: str) -> None:
    """R24, with output/ and the cache warm: text, picture, alias, feeds, search, names of files."""
    project = site(STATES + article("Ny", *KEYS, body=CANARY + "\n\n[plan](kanarie.pdf)"))
    accepted(project.change(f"{DA.rpartition('/')[0]}/kanarie.pdf", b"%PDF"))
    text = article("Ny", line, *KEYS, body=CANARY + "\n\n[plan](kanarie.pdf)")
    known = (project.root / "published.txt").read_text().split()
    project.change("published.txt", "\n".join(path for path in known if path != KNOWN))
    project.change("gone.txt", KNOWN).change(DA, text).build()

    assert project.lines == []
    for path, content in project.files().items():
        assert "anarie" not in path + content.decode("utf-8", "replace"), path
        assert f'"{KNOWN}' not in content.decode("utf-8", "replace"), path
    assert not (project.output / "foer").exists()
    assert project.files() == project.build(use_cache=False).files()


def test_the_line_that_a_finding_tells_mends_it(site: MakeSite) -> None:
    """R26: pasted as it stands."""
    project = accepted(site(PAIR)).change(DA, article("Vi vokser")).build()
    told = re.search(r"aliases: \[\S+\]", project.lines[0])
    assert told

    project.change(DA, article("Vi vokser", told[0])).build()

    assert project.lines == []
    assert "/da/nyheder/2024/vi-vokser/" in project.page(DA_PAGE)


def test_what_is_gone_on_purpose_leaves_a_tombstone(site: MakeSite) -> None:
    project = accepted(site(PAIR)).remove(DA)
    known = (project.root / "published.txt").read_text()
    address = "/da/nyheder/2024/ny-partner-i-lviv/"
    project.change("published.txt", known.replace(address, "")).change("gone.txt", address).build()

    assert project.lines == []
    assert '<meta name="robots" content="noindex">' in project.page(DA_PAGE)
    assert "Lviv" not in project.page(DA_PAGE)
    assert address not in project.page("sitemap.xml")


def test_a_site_below_a_path_keeps_the_same_promise(site: MakeSite) -> None:
    project = accepted(site(PAIR)).build(base_url="https://example.com/nyheder")

    assert project.lines == []


def test_an_article_that_cannot_be_read_is_not_said_to_be_lost(site: MakeSite) -> None:
    project = accepted(site(PAIR)).change(DA, "---\ntitel: Nyt\n---\n").build()

    assert [finding.code for finding in project.findings] == ["front-matter-unknown-key"]


def test_a_preview_of_drafts_and_the_future_tells_of_a_new_address_at_once(site: MakeSite) -> None:
    project = accepted(site(PAIR)).change(DA, article("Vi vokser", "draft: true"))
    project.output = project.root / "preview"
    project.build(drafts=True, future=True, is_preview=True)

    assert [finding.code for finding in project.findings] == ["address-lost"]


# two languages


def test_a_story_in_one_language_is_listed_in_the_other_and_marked(golden: Site) -> None:
    """R38"""
    page = golden.main("en/news/index.html")

    assert (
        '<a href="/da/nyheder/2024/broen-kun-paa-dansk/" lang="da" hreflang="da">'
        'Broen kun på dansk</a> <span class="note">(in Danish)</span>'
    ) in page
    assert '<p class="summary" lang="da">' in page


def test_the_switcher_of_a_story_in_one_language_leads_to_the_nearest_list_and_says_so(
    golden: Site,
) -> None:
    """R37"""
    page = golden.page("da/nyheder/2024/broen-kun-paa-dansk/index.html")

    assert (
        '<a href="/en/news/" lang="en" hreflang="en" rel="alternate"'
        ' aria-describedby="note-en">English</a>'
    ) in page
    assert (
        '<p class="switch-note" id="note-en">Siden findes ikke på engelsk. Linket fører til'
        " nyhederne på engelsk.</p>"
    ) in page
    assert 'rel="alternate" hreflang' not in page.split("<body>")[0]


def test_the_fallback_can_be_turned_off(site: MakeSite) -> None:
    project = site(PAIR).change("config.toml", CONFIG + '[translations]\nfallback = "off"\n')
    project.remove(EN).build()

    assert project.is_sound
    assert "Lviv" not in project.page("en/news/index.html")


FRENCH = """
[languages.fr]
label = "Français"
locale = "fr_FR"
title = "Le Journal"
section = "actualites"
"""


def test_a_site_may_have_other_languages(site: MakeSite) -> None:
    """English and French: nothing in the code knows Danish."""
    project = site(
        """\
-- content/news/2024-05-17-lviv/index.md --
---
title: New partner
---
Text.
-- content/news/2024-05-17-lviv/index.fr.md --
---
title: Nouveau partenaire à Łódź
---
Texte.
"""
    )
    config = CONFIG.replace('"da"', '"en"').replace("[languages.da]", "[languages.xx]")
    config = re.sub(r"\[languages\.xx\].*?\n\n", "", config, flags=re.S)
    project.change("config.toml", config + FRENCH)
    words = (THEME / "wording/en.toml").read_text("utf-8")
    project.change("templates/wording/fr.toml", words.replace("language_da", "language_fr", 1))
    project.change(
        "templates/wording/en.toml", words.replace("language_da", "language_fr", 1)
    ).build()

    assert project.lines == []
    page = project.page("fr/actualites/2024/nouveau-partenaire-a-lodz/index.html")
    assert '<html lang="fr">' in page
    assert "17\u00a0mai\u00a02024" in page
    assert dead_links(project.output, "https://news.example.org") == []


def test_a_language_added_late_shows_each_hole_once(site: MakeSite) -> None:
    """da + en + de: a topic without a name, a wording file that is not there."""
    project = site(PAIR).change(DA, article("Ny", "tags: [havne]"))
    project.change("content/topics.toml", '[havne]\nname = { da = "Havne", en = "Harbours" }\n')
    german = FRENCH.replace("fr", "de").replace("_FR", "_DE")
    project.change("config.toml", CONFIG + german).build()

    assert [finding.code for finding in project.findings] == [
        "registry-language",
        "wording-missing",
    ]
    words = (THEME / "wording/en.toml").read_text("utf-8")
    less = re.sub("^(no_news|by) = .*\n", "", words, flags=re.M)
    project.change("templates/wording/de.toml", less)
    project.change("content/topics.toml", '[havne]\nname = {da = "H", en = "P", de = "Hafen"}\n')
    holes = project.build().lines

    assert len(holes) == 2
    assert "has no wording for `by`" in holes[0]
    project.change("templates/wording/de.toml", words).build()

    assert project.lines == []
    assert project.is_sound
    assert '<a href="/de/actualites/"' in project.page("de/index.html")


# addresses


def test_an_alias_leads_to_the_article(golden: Site) -> None:
    """R138"""
    page = golden.page("nyt-kontor/index.html")
    address = "/da/nyheder/2024/nyt-kontor-ved-aeroe-fjorden/"

    assert f'<meta http-equiv="refresh" content="0; url={address}">' in page
    assert f'<link rel="canonical" href="https://avis.example.org{address}">' in page
    assert f'<a href="{address}">' in golden.main("nyt-kontor/index.html")
    assert '<html lang="da">' in page
    assert "/nyt-kontor/" not in golden.page("sitemap.xml")


def test_a_site_has_no_dead_link(golden: Site) -> None:
    assert dead_links(golden.output, "https://avis.example.org") == []


def test_a_site_below_a_path_has_no_dead_link_and_none_that_leaves_it(golden: Site) -> None:
    """R30"""
    project = Site(golden.root)
    project.output = golden.root / "below"
    project.build(base_url="https://news.example.com/nyheder")

    assert project.lines == []
    assert dead_links(project.output, "https://news.example.com/nyheder") == []
    assert not (project.output / "robots.txt").exists()
    assert 'href="/nyheder/da/"' in project.page("index.html")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("</main>", '<a href="/da/nope/">x</a></main>'),
        ("</main>", '<a href="#nope">x</a></main>'),
        ("</main>", '<img src="/media/nope.png" alt=""></main>'),
        ("</main>", '<a href="">x</a></main>'),
        ('href="/assets/', 'href="/'),
    ],
)
def test_the_crawler_sees_a_planted_dead_link(
    golden: Site, tmp_path: Path, old: str, new: str
) -> None:
    output = tmp_path / "output"
    shutil.copytree(golden.output, output)
    page = output / "da/index.html"
    page.write_text(page.read_text("utf-8").replace(old, new, 1), "utf-8")

    assert len(dead_links(output, "https://avis.example.org")) == 1


def test_the_crawler_sees_a_dead_link_in_feeds_and_sitemap(golden: Site, tmp_path: Path) -> None:
    output = tmp_path / "output"
    shutil.copytree(golden.output, output)
    shutil.rmtree(output / "da/nyheder/2024/regnskab-med-en-rettelse")
    where = {line.split(":")[0] for line in dead_links(output, "https://avis.example.org")}

    assert {"da/feed.atom", "da/feed.rss", "da/feed.json", "sitemap.xml"} <= where


def test_a_dead_link_in_a_template_is_found_and_nothing_is_published(site: MakeSite) -> None:
    project = site(PAIR).build()
    before = project.files()
    search = (THEME / "search.html").read_text("utf-8")
    planted = search.replace("{% endblock %}", '<a href="/da/ingen/">x</a>\n{% endblock %}')
    project.change("templates/search.html", planted).build()

    assert [finding.code for finding in project.findings] == ["output-link-broken"]
    assert "'/da/ingen/'" in project.lines[0]
    assert before == project.files()


# templates of one's own


def test_a_template_of_the_site_shadows_one_part_of_the_theme_only(site: MakeSite) -> None:
    """R157"""
    project = site(PAIR).build()
    before = public(project.files())
    project.change("templates/parts/share.html", "<p>Del den selv.</p>\n").build()

    assert project.lines == []
    assert "<p>Del den selv.</p>" in project.page(DA_PAGE)
    changed = {path for path, content in public(project.files()).items() if before[path] != content}
    assert changed == {DA_PAGE, EN_PAGE}


def test_a_style_of_the_site_gets_a_name_of_its_own(site: MakeSite) -> None:
    """R123"""
    project = site(PAIR).build()
    old = re.findall(r"/assets/site\.\w+\.css", project.page(DA_PAGE))
    project.change("templates/assets/site.css", "body { color: red }\n").build()
    new = re.findall(r"/assets/site\.\w+\.css", project.page(DA_PAGE))

    assert old != new
    assert not (project.output / old[0][1:]).exists()
    assert (project.output / new[0][1:]).read_bytes() == b"body { color: red }\n"


# previews


def test_a_preview_shows_drafts_and_the_future_marked_and_hidden_from_search(
    golden: Site,
) -> None:
    project = Site(golden.root)
    project.output = golden.root / "preview"
    project.build(drafts=True, future=True, expired=True, is_preview=True)

    assert project.lines == []
    draft = project.page("da/nyheder/2024/hemmelig-kladde-om-kanariefugle/index.html")
    assert '<p class="ribbon">Kladde</p>' in draft
    future = project.page("da/nyheder/2024/fremtidens-flamingoer/index.html")
    assert '<p class="ribbon">Planlagt</p>' in future
    assert '<span class="mark">Kladde</span>' in project.page("da/nyheder/index.html")
    pages = [path for path in project.files() if path.endswith(".html")]
    for path in pages:
        assert '<meta name="robots" content="noindex">' in project.page(path), path
    assert not (project.output / "sitemap.xml").exists()
    assert b'"preview": true' in project.files()[".sitegen.json"]
    assert dead_links(project.output, "https://avis.example.org") == []


# the same bytes


def test_the_cache_changes_no_byte(site: MakeSite) -> None:
    project = site(PAIR)
    expected = project.build(use_cache=False).files()
    cache = project.root / ".sitegen/cache.sqlite"
    assert not cache.exists()

    project.build()
    assert expected == project.build().files()
    for damage in (b"", b"not a database", cache.read_bytes()[:5000], bytes(40_000)):
        cache.write_bytes(damage)
        shutil.rmtree(project.output)

        assert expected == project.build().files(), damage[:20]


def test_a_cache_damaged_within_changes_no_byte(site: MakeSite) -> None:
    """Each page of the database in turn is overwritten: a clean build, never an error."""
    project = site(PAIR)
    expected = project.build().files()
    cache = project.root / ".sitegen/cache.sqlite"
    sound = cache.read_bytes()
    for start in range(0, len(sound), 4096):
        cache.write_bytes(sound[:start] + b"\xa5" * 4096 + sound[start + 4096 :])

        assert expected == project.build().files(), start


def test_a_removed_cache_folder_that_cannot_be_made_is_no_error(site: MakeSite) -> None:
    project = site(PAIR).change(".sitegen", "a file")

    assert project.build().is_sound


def test_the_same_bytes_whatever_the_environment(golden: Site, tmp_path: Path) -> None:
    """R49, R50: hash seed, zone, locale and folder make no difference."""
    output = tmp_path / "output"
    command = [sys.executable, "-m", "sitegen", "build", "-C", str(golden.root), "-o", str(output)]
    environment = {
        **os.environ,
        "PYTHONHASHSEED": "4242",
        "TZ": "Pacific/Auckland",
        "LC_ALL": "C",
        "SOURCE_DATE_EPOCH": str(int(NOW.timestamp())),
        "PYTHONPATH": str(ROOT),
    }
    subprocess.run([*command, "--no-cache"], cwd=tmp_path, env=environment, check=True)
    other = Site(golden.root)
    other.output = output

    assert golden.files() == other.files()


def test_progress_is_told_by_stage(site: MakeSite) -> None:
    from sitegen.pipeline import build

    told: list[tuple[str, int, int]] = []
    build(site(PAIR).order(), lambda *step: told.append(step))

    assert ("reading articles", 0, 2) in told
    assert "writing pages" in {stage for stage, _, _ in told}


def test_every_finding_has_a_known_code(golden: Site) -> None:
    project = Site(golden.root)
    project.output = golden.root / "clock"
    project.build(now=dt.datetime(1990, 1, 1, tzinfo=dt.UTC))

    assert not project.is_sound
    assert {finding.code for finding in project.findings} <= CODES.keys()


# names of pictures


NAMES = {
    "IMG_1234 (1).JPG": "img-1234-1",
    "Blåbær på Ærø.jpeg": "blaabaer-paa-aeroe",
    "x [2] & y's #3?.jpg": "x-2-ys-3",
    "100%.png": "100",
    "con.jpg": "con-1",
    "😀.jfif": "file",
    f"{'a' * 240}.jpg": "a" * 120,
}


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("name", NAMES)
def test_a_picture_may_be_called_anything_in_text_and_front_matter(
    site: MakeSite, name: str, form: Literal["NFC", "NFD"]
) -> None:
    """R51, reliability rows 10 and 23: readers meet an address of plain letters."""
    folder = "content/news/2024-05-17-lviv"
    picture = io.BytesIO()
    Image.new("RGB", (8, 6)).save(picture, "JPEG")
    link = name.translate({ord(sign): f"%{ord(sign):X}" for sign in "%#?"})
    project = site(PAIR).change(f"{folder}/{unicodedata.normalize(form, name)}", picture.getvalue())
    front = f'image: "{name}"\nimage_alt: Hus\nimage_credit: A'
    project.change(DA, f'---\ntitle: x\n{front}\n---\n![Hus]({link} "Hus | Foto: A")\n')
    project.change(EN, "---\ntitle: y\nimage_alt: House\n---\n").build()

    assert project.lines == []
    files = [path for path in project.files() if path.startswith("media/")]
    (path,) = [path for path in files if path.endswith(".jpg")]
    assert re.fullmatch(rf"media/{NAMES[name]}(-8)?\.[0-9a-f]{{8}}\.jpg", path)
    page = project.page("da/nyheder/2024/x/index.html")
    assert page.count(f'src="/{path}" width="8" height="6"') == 2


def test_a_picture_that_may_not_be_read_is_told_once(
    site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = site(PAIR).change("content/news/2024-05-17-lviv/hus.jpg", b"x")
    for path, title in ((DA, "x"), (EN, "y")):
        project.change(path, f'---\ntitle: {title}\n---\n![Hus](hus.jpg "Hus | Foto: A")\n')
    really_open = os.open

    def refusing(path: str, *rest: int) -> int:
        if str(path).endswith("hus.jpg"):
            raise PermissionError(errno.EACCES, "Permission denied")
        return really_open(path, *rest)

    monkeypatch.setattr(os, "open", refusing)
    assert project.build().lines == [
        "content/news/2024-05-17-lviv/hus.jpg: error: this cannot be read (Permission denied): "
        "allow reading it, for example with: chmod u+rX 'content/news/2024-05-17-lviv/hus.jpg' "
        "[file-unreadable]"
    ]


# what last rebuilt a file

FIRST, OTHER = "content/news/2024-05-17-a.da.md", "content/news/2024-05-18-b.da.md"
WARNED = '[checks]\nanchor-broken = "warning"\noutput-anchor-broken = "warning"\n'
FIRST_PAGE = "da/nyheder/2024/a/index.html"


def reasons(project: Site) -> dict[str, str]:
    """Return why each file was last made, for those of which more than a first build is known."""
    with open_cache(project.root / ".sitegen") as cache:
        made = cache.pages("output")
    return {path: each.reason for path, each in made.items() if each.reason}


@pytest.fixture
def rebuilt(site: MakeSite) -> Site:
    """A site of two articles, of which the first has changed since it was first built."""
    project = site(
        f"-- {FIRST} --\n---\ntitle: A\nsummary: S\n---\nEt.\n"
        f"-- {OTHER} --\n---\ntitle: B\n---\nTo.\n"
    )
    assert reasons(project.build()) == {}
    project.change(FIRST, "---\ntitle: A\nsummary: S\n---\nEt [b](2024-05-18-b.da.md).\n").build()
    assert reasons(project)[FIRST_PAGE] == "article, links"
    return project


def test_each_file_knows_what_last_changed_it(rebuilt: Site) -> None:
    """A front page shows summaries: its input has changed, and it has not."""
    found = reasons(rebuilt)

    assert found.pop(FIRST_PAGE) == "article, links"
    assert found.pop("da/feed.atom") == "stories, links"
    assert "da/index.html" not in found


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (OTHER, "---\ntitle: B\n---\nTo, igen.\n"),
        ("templates/parts/about.html", (THEME / "parts/about.html").read_text() + "{# x #}"),
        ("content/people.toml", '[bo]\nname = "Bo"\n'),
        ("content/files/x.txt", "x"),
    ],
)
def test_a_build_that_leaves_a_page_as_it_is_leaves_its_reason(
    rebuilt: Site, path: str, text: str
) -> None:
    """Its inputs, its context or its template may have changed, as long as its bytes have not."""
    before = rebuilt.files()
    rebuilt.change(path, text).build()

    assert rebuilt.files()[FIRST_PAGE] == before[FIRST_PAGE]
    assert reasons(rebuilt)[FIRST_PAGE] == "article, links"


def test_a_page_that_is_restored_keeps_its_reason(rebuilt: Site) -> None:
    rebuilt.remove(f"output/{FIRST_PAGE}").build()

    assert reasons(rebuilt)[FIRST_PAGE] == "article, links"


def test_a_check_before_the_build_hides_no_reason(rebuilt: Site) -> None:
    rebuilt.change(FIRST, "---\ntitle: A\nsummary: S\n---\nNy.\n").build(is_check=True).build()
    assert reasons(rebuilt)[FIRST_PAGE] == "article, links"

    rebuilt.change(FIRST, "---\ntitle: A\nsummary: S\n---\nNyere.\n").build(is_check=True).build()
    assert reasons(rebuilt)[FIRST_PAGE] == "article"


def test_a_page_with_warnings_keeps_and_changes_its_reason_like_others(rebuilt: Site) -> None:
    """It is made again by every build, so that its warnings are told again."""
    rebuilt.change("config.toml", CONFIG + WARNED)
    rebuilt.change(FIRST, "---\ntitle: A\nsummary: S\n---\n[x](2024-05-18-b.da.md#y)\n").build()
    assert "anchor-broken" in {each.code for each in rebuilt.findings}
    assert reasons(rebuilt)[FIRST_PAGE] == "settings, article, stories, links"

    rebuilt.change("content/files/x.txt", "x").build()
    assert "anchor-broken" in {each.code for each in rebuilt.findings}
    assert reasons(rebuilt)[FIRST_PAGE] == "settings, article, stories, links"

    rebuilt.change(OTHER, "---\ntitle: C\nslug: b\n---\nTo.\n").build()
    assert "anchor-broken" in {each.code for each in rebuilt.findings}
    assert reasons(rebuilt)[FIRST_PAGE] == "stories, links"

    rebuilt.change(FIRST, "---\ntitle: A\nsummary: S\n---\nNy [x](2024-05-18-b.da.md#y)\n").build()
    assert reasons(rebuilt)[FIRST_PAGE] == "article"
