"""What the build makes of translations: warnings, errors, notices, stand-ins; and their memory."""

import datetime as dt
import re
from collections.abc import Callable

import pytest

from sitegen.cache import open_cache
from sitegen.pipeline import translating
from tests.conftest import CONFIG, NOW, Site, settled
from tests.test_cli import run
from tests.test_status import BASIS, DA, EN, SITE, STORY, edit

MakeSite = Callable[[str], Site]
PAGE = {
    "da": "da/nyheder/2024/nyt-kontor-i-aarhus/index.html",
    "en": "en/news/2024/new-office-in-aarhus/index.html",
}
NOTICE = "This article has since been changed in Danish. The change has not been made here yet."


def accept(site: Site) -> Site:
    run("status", "-C", str(site.root), "--accept", "--all")
    return site


@pytest.fixture
def accepted(site: MakeSite) -> Site:
    """A site whose languages were accepted."""
    return accept(site(SITE))


def codes(site: Site) -> list[str]:
    return [f"{finding.severity} {finding.code}" for finding in site.findings]


def test_a_sidecar_alone_changes_nothing_of_the_site(site: MakeSite) -> None:
    before = site(SITE).build().files()
    accept(site(""))

    assert before == site("").build().files()


def test_a_translation_that_is_behind_is_a_warning_at_its_headline(accepted: Site) -> None:
    edit(accepted, DA, "god", "smuk")

    assert accepted.build().lines == [
        f"{EN}:2: warning: index.da.md has changed since this was accepted as saying the same: "
        "see what has changed with sitegen status --diff 2024-05-17-kontor, and when both say "
        "the same again, run sitegen status --accept 2024-05-17-kontor [translation-stale]"
    ]
    assert accepted.is_sound


def test_of_two_that_have_both_changed_one_is_told(accepted: Site) -> None:
    edit(accepted, DA, "god", "smuk")
    edit(accepted, EN, "good", "fine")

    assert codes(accepted.build()) == ["warning translation-stale"]
    assert "this and index.en.md have both changed since they were accepted" in accepted.lines[0]


@pytest.mark.parametrize("path", [DA, EN])
@pytest.mark.parametrize("key", ["draft: true", "withdrawn: {date: 2024-05-20, reason: Fejl}"])
def test_nobody_waits_for_what_readers_do_not_see(accepted: Site, path: str, key: str) -> None:
    edit(accepted, DA, "god", "smuk")
    edit(accepted, path, "---\n", f"---\n{key}\n")

    assert [code for code in codes(accepted.build()) if "translation" in code] == []


def test_a_level_may_be_set(accepted: Site) -> None:
    accepted.change("config.toml", f'{CONFIG}\n[checks]\ntranslation-stale = "off"\n')
    edit(accepted, DA, "god", "smuk")

    assert accepted.build().lines == []


def test_what_is_missing_is_told_on_request(site: MakeSite) -> None:
    project = site(SITE)
    assert project.build().lines == []
    project.change("config.toml", f'{CONFIG}\n[checks]\ntranslation-missing = "error"\n')

    assert codes(project.build()) == ["error translation-missing"]
    assert "write it in content/news/2024-05-18-kun.en.md" in project.lines[0]


def test_a_change_that_was_dated_becomes_an_error_on_a_day_that_is_told(accepted: Site) -> None:
    """The guard wakes on that day, though nothing else has changed."""
    accepted.change("config.toml", f"{CONFIG}\n[translations]\ndays = 10\n")
    edit(accepted, DA, "god", "smuk")
    edit(accepted, DA, "---\n", "---\nupdated: 2024-05-30\n")
    settled(accepted).build()
    assert "; from 2024-06-09 on this stops the build [translation-stale]" in accepted.lines[0]
    before = accepted.files()

    due = dt.datetime(2024, 6, 8, 22, tzinfo=dt.UTC)  # 9 June, 00:00 in Copenhagen
    assert accepted.build(now=due - dt.timedelta(seconds=1)).is_sound
    assert not accepted.build(now=due).is_sound
    assert codes(accepted) == ["error translation-overdue"]
    assert before == accepted.files()


def test_a_change_that_nobody_dated_never_stops_a_build(accepted: Site) -> None:
    accepted.change("config.toml", f"{CONFIG}\n[translations]\ndays = 1\n")
    edit(accepted, DA, "god", "smuk")

    assert codes(accepted.build(now=NOW + dt.timedelta(1000))) == ["warning translation-stale"]
    assert "stops the build" not in accepted.lines[0]


def test_readers_are_told_on_request(accepted: Site) -> None:
    """R40."""
    accepted.change("config.toml", f"{CONFIG}\n[translations]\nnotice = true\n")
    accepted.build()
    assert NOTICE not in accepted.page(PAGE["en"])

    edit(accepted, DA, "god", "smuk")
    accepted.build()
    assert NOTICE in accepted.main(PAGE["en"])
    link = '<a href="/da/nyheder/2024/nyt-kontor-i-aarhus/" hreflang="da">Read it in Danish</a>'
    assert link in accepted.main(PAGE["en"])
    assert 'class="notice"' not in accepted.page(PAGE["da"])
    accept(accepted).build()
    assert NOTICE not in accepted.page(PAGE["en"])


def test_of_two_that_have_both_changed_none_is_said_to_be_behind(accepted: Site) -> None:
    accepted.change("config.toml", f"{CONFIG}\n[translations]\nnotice = true\n")
    edit(accepted, DA, "god", "smuk")
    edit(accepted, EN, "good", "fine")
    accepted.build()

    assert all('class="notice"' not in accepted.page(path) for path in PAGE.values())


def test_fixed_pages_have_the_notice_too(site: MakeSite) -> None:
    project = site(
        "-- content/pages/privacy/index.da.md --\n---\ntitle: Persondata\n---\n\nVi gemmer intet.\n"
        "-- content/pages/privacy/index.en.md --\n---\ntitle: Privacy\n---\n\nWe keep nothing.\n"
    )
    accept(project).change("config.toml", f"{CONFIG}\n[translations]\nnotice = true\n")
    edit(project, "content/pages/privacy/index.en.md", "nothing", "your name")
    project.build()

    text = "Artiklen er siden blevet ændret på engelsk. Ændringen er ikke med her endnu."
    assert text in project.main("da/persondata/index.html")


# what is remembered is never another answer


@pytest.mark.parametrize("edited", [DA, EN, BASIS])
def test_an_incremental_build_ends_where_a_clean_one_would(accepted: Site, edited: str) -> None:
    accepted.change("config.toml", f"{CONFIG}\n[translations]\nnotice = true\n")
    settled(accepted).build()
    old = {DA: "88 medarbejdere", EN: "88 employees", BASIS: "_digest: "}[edited]
    for new in (f"7{old}", old):
        text = (accepted.root / edited).read_text("utf-8")
        replaced = text.replace(old, new) if new != old else text.replace(f"7{old}", old)
        settled(accepted.change(edited, replaced)).build()
        built, found = accepted.files(), accepted.lines
        clean = accepted.build(use_cache=False)
        assert (built, found) == (clean.files(), clean.lines)


def test_a_changed_sidecar_is_noticed_when_nothing_else_has_changed(accepted: Site) -> None:
    edit(accepted, DA, "god", "smuk")
    assert codes(settled(accepted).build()) == ["warning translation-stale"]

    assert codes(settled(accept(accepted)).build()) == []
    (accepted.root / BASIS).unlink()
    edit(accepted, DA, "smuk", "stor")
    assert codes(settled(accepted).build()) == []


def test_what_was_compared_is_not_compared_again(
    accepted: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(accepted, DA, "god", "smuk")
    settled(accepted).build()

    def nobody(*_: object) -> bytes:
        raise AssertionError

    monkeypatch.setattr(translating, "read_basis_file", nobody)
    monkeypatch.setattr(translating, "text_of", nobody)
    accepted.change("content/news/2024-05-18-kun.da.md", "---\ntitle: Kun\n---\n\nAndet.\n")
    assert codes(accepted.build()) == ["warning translation-stale"]


def test_what_is_remembered_is_forgotten_with_its_sidecar(accepted: Site) -> None:
    settled(accepted).build()
    (accepted.root / BASIS).rename(accepted.root / STORY / ".basis.da.md")
    accepted.build()
    with open_cache(accepted.root / ".sitegen") as cache:
        assert BASIS.encode() not in (cache.note("", translating.HEADS) or b"")


# stand-ins


ONLY = "da/nyheder/2024/only-in-english/index.html"
ENGLISH = """\
-- content/news/2024-05-19-only/index.en.md --
---
title: Only in English
summary: All of it.
corrections: [{date: 2024-05-20, text: Not 88.}]
---

English *text*.

::: fact In short
Only English.
:::
"""


@pytest.fixture
def standing_in(site: MakeSite) -> Site:
    """A site in which Danish stands in for stories that it lacks, and English does not."""
    text = CONFIG.replace('section = "nyheder"', 'section = "nyheder"\nfallback = "page"')
    return site(f"-- config.toml --\n{text}\n{SITE}{ENGLISH}").build()


def test_a_story_has_a_page_in_the_language_that_lacks_it(standing_in: Site) -> None:
    """R39."""
    assert standing_in.lines == []
    page, main = standing_in.page(ONLY), standing_in.main(ONLY)
    assert '<html lang="da">' in page
    assert "Artiklen findes kun på engelsk." in main
    for marked in (
        '<h1 lang="en">Only in English</h1>',
        '<p class="lead" lang="en">All of it.</p>',
        '<div class="text" lang="en"> <p>English <em>text</em>.</p>',
        '<div lang="en"><aside',
        '<span lang="en">Not 88.</span>',
    ):
        assert marked in main
    outside = re.sub(r'<(\w+)[^>]* lang="en".*?</\1>|<a [^>]*>', "", main)
    assert not {"English", "Only", "All"} & set(outside.split())


def test_search_engines_are_sent_to_the_article_itself(standing_in: Site) -> None:
    """R34, R39."""
    page = standing_in.page(ONLY)
    own = "https://news.example.org/en/news/2024/only-in-english/"
    assert f'<link rel="canonical" href="{own}">' in page
    assert '<meta name="robots" content="noindex">' in page
    assert 'rel="alternate" hreflang' not in page
    assert "application/ld+json" not in page
    elsewhere = [path for path in standing_in.files() if "feed" in path or "sitemap" in path]
    assert elsewhere
    assert all("da/nyheder/2024/only-in" not in standing_in.page(path) for path in elsewhere)
    original = standing_in.page("en/news/2024/only-in-english/index.html")
    assert 'rel="alternate" hreflang' not in original


def test_lists_lead_to_the_stand_in_and_the_switcher_both_ways(standing_in: Site) -> None:
    """R37, R38."""
    assert 'href="/da/nyheder/2024/only-in-english/"' in standing_in.main("da/nyheder/index.html")
    assert "(på engelsk)" in standing_in.main("da/nyheder/index.html")
    original = standing_in.page("en/news/2024/only-in-english/index.html")
    assert 'href="/da/nyheder/2024/only-in-english/"' in original
    assert "The link leads to the same text with a menu in Danish" in original
    switch = re.search(r"<a [^>]*>English</a>", standing_in.page(ONLY))
    assert switch
    assert 'href="/en/news/2024/only-in-english/"' in switch[0]
    assert "switch-note" not in standing_in.page(ONLY)


def test_each_language_decides_for_itself(standing_in: Site) -> None:
    """R38."""
    assert not (standing_in.output / "en/news/2024/kun-paa-dansk").exists()
    assert 'href="/da/nyheder/2024/kun-paa-dansk/"' in standing_in.main("en/news/index.html")
    text = (standing_in.root / "config.toml").read_text("utf-8")
    standing_in.change("config.toml", text.replace('"page"', '"off"')).build()
    assert "Only in English" not in standing_in.main("da/nyheder/index.html")
    assert "Kun på dansk" in standing_in.main("en/news/index.html")


def test_the_address_of_a_stand_in_is_no_promise(standing_in: Site) -> None:
    assert standing_in.outcome
    assert "/en/news/2024/only-in-english/" in standing_in.outcome.unpromised
    assert "/da/nyheder/2024/only-in-english/" not in standing_in.outcome.unpromised


def test_a_translation_takes_the_place_of_its_stand_in(standing_in: Site) -> None:
    standing_in.change(
        "content/news/2024-05-19-only/index.da.md", "---\ntitle: Nu på dansk\n---\n\nTekst.\n"
    ).build()

    assert standing_in.is_sound
    assert not (standing_in.output / ONLY).exists()


@pytest.mark.parametrize("key", ["", "publish_date: 2024-06-02", "draft: true"])
def test_an_address_that_is_taken_stays_so(standing_in: Site, key: str) -> None:
    """Nobody has to mend anything: the list leads to the article itself."""
    path = "content/news/2024-05-01-andet.da.md"
    standing_in.change(path, f"---\ntitle: Andet\nslug: only-in-english\n{key}\n---\n\nTekst.\n")

    assert standing_in.build().lines == []
    assert 'href="/en/news/2024/only-in-english/"' in standing_in.main("da/nyheder/index.html")


@pytest.mark.parametrize(
    "key",
    ["withdrawn: {date: 2024-05-30, reason: No}", "expiry_date: 2024-05-30", "draft: true"],
)
def test_what_is_not_shown_has_no_stand_in(standing_in: Site, key: str) -> None:
    edit(standing_in, "content/news/2024-05-19-only/index.en.md", "---\n", f"---\n{key}\n")

    assert standing_in.build().is_sound
    assert not (standing_in.output / ONLY).exists()


def test_a_stand_in_changes_with_its_article(standing_in: Site) -> None:
    settled(standing_in)
    edit(standing_in, "content/news/2024-05-19-only/index.en.md", "*text*", "*words*")
    standing_in.build()

    assert "<em>words</em>" in standing_in.main(ONLY)
    assert standing_in.files() == standing_in.build(use_cache=False).files()


def test_a_name_that_is_to_be_erased_is_found_in_a_sidecar_too(accepted: Site) -> None:
    accepted.change("content/people.toml", '[a]\nname = "Bo Hansen"\nerased = true\n')
    edit(accepted, DA, "Byen er god.", "Byen er god, siger Bo Hansen.")
    accept(accepted)
    edit(accepted, DA, ", siger Bo Hansen", "")

    assert codes(accepted.build()) == ["error person-erased", "warning translation-stale"]
    assert accepted.lines[0].startswith(f"{BASIS}:")
    assert codes(accept(accepted).build()) == ["warning registry-unused"]


def test_no_number_of_days_is_too_large(accepted: Site) -> None:
    accepted.change("config.toml", f"{CONFIG}\n[translations]\ndays = 9999999\n")
    edit(accepted, DA, "---\n", "---\nupdated: 2024-05-30\n")
    edit(accepted, DA, "god", "smuk")

    assert codes(accepted.build()) == ["warning translation-stale"]


@pytest.mark.parametrize("kind", ["folder", "link"])
def test_what_only_bears_a_sidecars_name_is_none(accepted: Site, kind: str) -> None:
    (accepted.root / BASIS).unlink()
    if kind == "folder":
        (accepted.root / BASIS).mkdir()
    else:
        (accepted.root / BASIS).symlink_to("index.da.md")

    assert codes(accepted.build()) == []
