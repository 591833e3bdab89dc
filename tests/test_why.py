"""`why` knows every file of a site: what it is made of, what last changed it, what comes next."""

import json
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from sitegen.findings import MachineError, UsageError
from sitegen.pipeline import making
from sitegen.render import Theme
from sitegen.why import Explanation, as_lines, as_values, explain
from tests.conftest import APART, CONFIG, Site

MakeSite = Callable[[str], Site]
HEAD = "content/news/2024-05-17-lviv/index.da.md"
ENGLISH = "content/news/2024-05-17-lviv/index.en.md"
OTHER = "content/news/2024-05-20-kyiv.da.md"
PAGE = "/da/nyheder/2024/ny-partner/"
CONTENT = """\
-- content/news/2024-05-17-lviv/index.da.md --
---
title: Ny partner
summary: Kort
tags: [kunder]
authors: [bo]
aliases: [/da/gammel/]
---
Tekst, [kyiv](../2024-05-20-kyiv.da.md) og [listen](/da/nyheder/) og [bilaget](bilag.pdf).
-- content/news/2024-05-17-lviv/index.en.md --
---
title: New partner
---
Text.
-- content/news/2024-05-17-lviv/bilag.pdf --
%PDF
-- content/news/2024-05-20-kyiv.da.md --
---
title: Kyiv
---
Tekst.
-- content/news/2024-05-21-kladde.da.md --
---
title: Kladde
draft: true
---
Tekst.
-- content/news/2024-05-01-forbi.da.md --
---
title: Forbi
expiry_date: 2024-05-10
---
Tekst.
-- content/pages/om.da.md --
---
title: Om os
---
Tekst.
-- content/people.toml --
[bo]
name = "Bo"
-- content/topics.toml --
[kunder]
name = { da = "Kunder", en = "Clients" }
-- content/files/pris liste.txt --
Priser
-- templates/parts/about.html --
<p>Om</p>
"""


@pytest.fixture
def project(site: MakeSite) -> Site:
    built = site(CONTENT).change("config.toml", APART).build()
    assert built.lines == []
    return built


def why(project: Site, asked: str, **changes: Any) -> Explanation:
    return explain(project.order(**changes), asked, lambda *_: None)


def lines(project: Site, asked: str) -> list[str]:
    return [line.strip() for line in as_lines(why(project, asked))]


# what was asked


@pytest.mark.parametrize(
    "asked",
    [
        PAGE,
        PAGE.rstrip("/"),
        PAGE.strip("/"),
        f"https://news.example.org{PAGE}",
        f"http://news.example.org{PAGE}?a=b#c",
        f"http://127.0.0.1:8000{PAGE}",
        f"{PAGE}#tekst",
        f"{PAGE}index.html",
        f"output{PAGE}index.html",
        f"./output{PAGE}",
        f"content/../output{PAGE}index.html",
    ],
)
def test_a_page_may_be_named_in_any_way_that_is_at_hand(project: Site, asked: str) -> None:
    told = why(project, asked)

    assert told.address == PAGE
    assert told.file == f"output{PAGE}index.html"


def test_a_file_may_be_named_by_its_whole_path(project: Site) -> None:
    assert why(project, str(project.output / "da/index.html")).address == "/da/"
    assert why(project, str(project.output)).address == "/"


def test_a_part_of_the_index_is_told_as_such(project: Site) -> None:
    assert why(project, "/da/soeg/index.json").nature.kind == "index"
    assert "what it is: a part of what the search page reads" in lines(
        project, "/en/search/index.json"
    )


@pytest.mark.parametrize("asked", ["/pris liste.txt", "/pris%20liste.txt"])
def test_letters_may_stand_as_they_are_or_as_addresses_write_them(
    project: Site, asked: str
) -> None:
    assert why(project, asked).nature.sources == ("content/files/pris liste.txt",)


@pytest.mark.parametrize("asked", [f"https://x.example/sti{PAGE}", f"/sti{PAGE}", PAGE, "/sti/da"])
def test_the_path_of_the_sites_address_may_be_said_or_not(project: Site, asked: str) -> None:
    assert why(project, asked, base_url="https://x.example/sti").address.startswith("/da/")


@pytest.mark.parametrize(
    ("asked", "mend"),
    [
        ("/da/nyheder/2024/ny-partnr/", f"did you mean {PAGE}?"),
        ("/da/ny-partner", f"did you mean {PAGE}?"),
        ("https://news.example.org/da/emne/kunder/", "did you mean /da/emner/kunder/?"),
        ("/da/nyheder/2024/kladde/", "content/news/2024-05-21-kladde.da.md is to stand there"),
        ("https://www.example.com/da/", "this one is https://news.example.org/"),
        ("/zzzzzzzzzzzzzzzzzz", "name a page such as /da/"),
        ("http://[", "the site has no http://["),
        ("output/../config.toml", "the site has no"),
        ("\0", "the site has no"),
    ],
)
def test_what_the_site_has_not_is_wrong_use_with_advice(
    project: Site, asked: str, mend: str
) -> None:
    with pytest.raises(UsageError) as caught:
        why(project, asked)

    assert mend in str(caught.value)


def test_what_the_next_build_takes_away_is_told(project: Site) -> None:
    project.remove(OTHER).change(HEAD, "---\ntitle: Ny partner\n---\nTekst.\n")

    with pytest.raises(UsageError, match="the next build takes it away"):
        why(project, "/da/nyheder/2024/kyiv/")


def test_what_a_check_has_seen_go_is_still_told_as_long_as_it_stands(project: Site) -> None:
    project.remove(OTHER).change(HEAD, "---\ntitle: Ny partner\n---\nTekst.\n")
    project.build(is_check=True)

    with pytest.raises(UsageError, match="the next build takes it away"):
        why(project, "/da/nyheder/2024/kyiv/")


def test_a_page_in_the_language_that_was_asked_for_is_proposed_first(project: Site) -> None:
    project.change("content/news/2024-05-22-z.da.md", "---\ntitle: Nye kontorer\n---\n")
    project.change("content/news/2024-05-22-z.en.md", "---\ntitle: Nye kontor\n---\n")

    with pytest.raises(UsageError, match=r"did you mean /da/nyheder/2024/nye-kontorer/\?"):
        why(project, "/da/nyheder/2024/nye-kontor/")


# what it is


@pytest.mark.parametrize(
    ("asked", "kind", "source", "shown"),
    [
        ("/", "gateway", "", OTHER),
        ("/da/", "front", "", OTHER),
        ("/en/", "front", "", ENGLISH),
        ("/da/nyheder/", "list", "", HEAD),
        ("/da/nyheder/2024/", "year", "", HEAD),
        ("/da/nyheder/arkiv/", "archive", "", ""),
        (PAGE, "article", HEAD, OTHER),
        ("/da/emner/kunder/", "topic", "content/topics.toml", HEAD),
        ("/da/personer/bo/", "person", "content/people.toml", HEAD),
        ("/da/om-os/", "fixed", "content/pages/om.da.md", ""),
        ("/da/presse/", "press", "", ""),
        ("/da/soeg/", "search", "", ""),
        ("/404.html", "not_found", "", ""),
        ("/da/gammel/", "redirect", HEAD, ""),
        ("/da/nyheder/2024/forbi/", "tombstone", "content/news/2024-05-01-forbi.da.md", ""),
        ("/da/feed.atom", "feed", "", HEAD),
        ("/da/emner/kunder/feed.json", "feed", "content/topics.toml", HEAD),
        ("/favicon.ico", "icon", "config.toml", ""),
        ("/sitemap.xml", "sitemap", "", ""),
        ("/robots.txt", "robots", "config.toml", ""),
        ("output/_headers", "host", "config.toml", ""),
    ],
)
def test_each_kind_of_file_is_known_with_its_source_and_what_it_shows(
    project: Site, asked: str, kind: str, source: str, shown: str
) -> None:
    nature = why(project, asked).nature

    assert nature.kind == kind
    assert nature.sources == ((source,) if source else ())
    assert not shown or shown in nature.shows


def test_every_file_of_a_site_can_be_asked_about(golden: Site) -> None:
    """No file has a kind without words, and a site just built is all as it shall be."""
    for path in golden.files().keys() - {".sitegen.json"}:
        told = explain(golden.order(), f"output/{path}", lambda *_: None)

        assert list(as_lines(told))
        assert as_values(told)["address"] == told.address
        if told.nature.kind != "file":  # its source is so young that it may have changed unseen
            assert told.will_be_made == (told.nature.kind in {"sitemap", "robots", "host"}), path


def test_an_article_tells_its_templates_the_stories_it_shows_and_its_links(project: Site) -> None:
    nature = why(project, PAGE).nature

    assert nature.templates[0] == "theme/article.html"
    assert "theme/base.html" in nature.templates
    assert "templates/parts/about.html" in nature.templates  # the site's own
    assert nature.shows[0] == ENGLISH
    assert nature.links == (OTHER, "/da/nyheder/", "content/news/2024-05-17-lviv/bilag.pdf")


# what last changed it


def test_a_first_build_made_everything_from_nothing(project: Site) -> None:
    assert "the cache or this version of sitegen was new" in why(project, PAGE).last


def test_what_last_changed_a_page_is_told_in_words(project: Site) -> None:
    project.change(OTHER, "---\ntitle: Kyiv\n---\nTekst igen.\n").build()

    assert why(project, "/da/").last == "as these had changed: the stories it shows"
    assert why(project, "/da/nyheder/2024/kyiv/").last == "as these had changed: its article"


# what comes next


def test_a_page_of_which_nothing_has_changed_is_left_as_it_is(project: Site) -> None:
    told = why(project, PAGE)

    assert told.next == "leave it as it is"
    assert not told.will_be_made


@pytest.mark.parametrize(
    ("path", "text", "named"),
    [
        (HEAD, "---\ntitle: Ny partner\n---\nNy tekst.\n", "its article"),
        (OTHER, "---\ntitle: Kyiv igen\nslug: kyiv\n---\n", "the stories it shows"),
        ("templates/parts/about.html", "<p>Andet</p>", "its templates"),
        ("config.toml", CONFIG.replace('title = "Avisen"', 'title = "Bladet"'), "what all pages"),
    ],
)
def test_what_has_changed_since_the_last_build_is_named(
    project: Site, path: str, text: str, named: str
) -> None:
    project.change(path, text)
    told = why(project, PAGE)

    assert told.will_be_made
    assert told.next.startswith("look at it again, as these have changed: ")
    assert named in told.next
    assert "Ny tekst" not in project.page(f"{PAGE[1:]}index.html")


def test_a_check_in_between_does_not_hide_what_has_changed(project: Site) -> None:
    told = why(project, PAGE)
    text = (project.root / HEAD).read_text("utf-8")
    project.change(HEAD, text.replace("Tekst", "Ny tekst")).build(is_check=True)
    assert told.next == "leave it as it is"

    assert why(project, PAGE).next.endswith("again, as these have changed: its article")


def test_a_file_that_was_deleted_or_altered_is_made_again(project: Site) -> None:
    project.change("output/da/index.html", "x").remove("output/en/index.html")

    assert why(project, "/da/").next == "make it again, as somebody has altered it"
    assert why(project, "/en/").next == "make it again, as it is missing"


def test_a_page_with_warnings_is_made_again_to_tell_them(project: Site) -> None:
    checks = '[checks]\nanchor-broken = "warning"\noutput-anchor-broken = "warning"\n'
    project.change("config.toml", CONFIG + checks)
    project.change(HEAD, "---\ntitle: Ny partner\n---\n[x](../2024-05-20-kyiv.da.md#y)\n").build()
    assert project.is_sound

    assert "tell once more what is wrong" in why(project, PAGE).next


def test_a_site_with_errors_is_not_built_next(project: Site) -> None:
    project.change(OTHER, "---\ntitel: x\n---\n")

    told = why(project, "/da/presse/")
    assert told.next.startswith("publish nothing, as the site has errors")
    assert not told.will_be_made


def test_what_was_never_built_is_made_for_the_first_time(site: MakeSite) -> None:
    told = why(site(CONTENT), PAGE)

    assert told.next == "make it for the first time"
    assert told.last == "by no build that is known"


def test_a_page_that_an_unknown_build_made_is_made_again(project: Site) -> None:
    for path in (project.root / ".sitegen").iterdir():
        path.unlink()

    assert why(project, PAGE).next.startswith("make it again, as nothing is known")


def test_a_copied_file_is_read_again_when_it_may_have_changed(project: Site) -> None:
    project.change("content/files/pris liste.txt", "Nye priser")

    assert "read content/files/pris liste.txt again" in why(project, "/pris liste.txt").next


# how it looks


def test_nothing_is_rendered_and_output_is_untouched(
    project: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = project.files()
    project.change(HEAD, "---\ntitle: Ny partner\n---\nNy tekst.\n")
    for room, name in ((making.Press, "begin"), (Theme, "content")):
        monkeypatch.setattr(room, name, None)
    why(project, PAGE)

    assert before == project.files()


def test_a_cache_that_is_damaged_or_taken_is_no_traceback(project: Site) -> None:
    for path in (project.root / ".sitegen").iterdir():
        path.write_bytes(b"x" * 4096)
    assert "nothing is known" in why(project, PAGE).next

    with pytest.raises(MachineError, match="another build is running"):
        why(project, PAGE, use_cache=False)


def test_the_text_is_for_editors(project: Site) -> None:
    assert lines(project, "/da/gammel/")[:5] == [
        "/da/gammel/",
        "file: output/da/gammel/index.html",
        "what it is: an old address that leads to another",
        f"written in: {HEAD}",
        f"leads to: {PAGE}",
    ]
    assert lines(project, PAGE)[-2:] == [
        "last made: from nothing, as the page, the cache or this version of sitegen was new",
        "the next build will leave it as it is",
    ]


def test_a_long_list_is_cut_short_in_text_and_whole_in_json(site: MakeSite) -> None:
    stories = (
        f"-- content/news/2024-05-0{n}-s.da.md --\n---\ntitle: S{n}\n---\n" for n in range(1, 10)
    )
    more = (
        f"-- content/news/2024-04-0{n}-s.da.md --\n---\ntitle: T{n}\n---\n" for n in range(1, 5)
    )
    project = site("".join((*stories, *more)))

    assert "and 3 more (--format json names all)" in lines(project, "/da/nyheder/2024/")
    told = json.loads(msgspec.json.encode(as_values(why(project, "/da/nyheder/2024/"))))
    assert len(told["shows"]) == 13
    assert told["kind"] == "year"
    assert told["will_be_made"] is True
