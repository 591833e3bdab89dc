"""What changes by itself, and when: held against the bytes of the site; told to people, programs
and calendars."""

import datetime as dt
import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import icalendar
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.findings import SiteError
from sitegen.outlook import (
    Affected,
    Change,
    Coming,
    Coverage,
    Outlook,
    as_calendar,
    as_lines,
    as_values,
    look_ahead,
)
from tests.conftest import CONFIG, Site, one_in
from tests.examples import a_config, addresses_of, at

MakeSite = Callable[[str], Site]
NOW = at("2024-05-01 12:00")
A_BIT = dt.timedelta(microseconds=1)
LANGUAGES = ("da", "en")


def ahead(site: Site, now: dt.datetime = NOW) -> Outlook:
    return look_ahead(site.order(now=now, is_check=True), lambda *_: None)[0]


def story(name: str, *lines: str, languages: tuple[str, ...] = LANGUAGES) -> str:
    return "".join(
        f"-- content/news/{name}/index.{tag}.md --\n"
        + "\n".join(["---", f"title: {name[11:]} {tag}", *lines, "---", "Tekst.", ""])
        for tag in languages
    )


def told(outlook: Outlook) -> list[str]:
    return [
        f"{moment.at.astimezone(outlook.config.zone):%m-%d %H:%M} {change.kind} "
        f"{change.story[16:]} {' '.join(each.language for each in change.articles)}"
        for moment in outlook.coming
        for change in moment.changes
    ]


# what changes, and when


def test_a_story_appears_and_disappears_in_each_language(site: MakeSite) -> None:
    """R50: a bare day opens at 00:00 in Copenhagen, and ends at 24:00."""
    project = site(story("2024-06-01-x", "expiry_date: 2024-06-30"))

    assert told(ahead(project)) == ["06-01 00:00 opens x da en", "07-01 00:00 expires x da en"]


def test_languages_may_appear_apart(site: MakeSite) -> None:
    project = site(story("2024-06-01-x", "publish_date: 2024-06-01")).change(
        "content/news/2024-06-01-x/index.en.md",
        "---\ntitle: X\npublish_date: 2024-06-02 09:30\n---\n",
    )

    assert told(ahead(project)) == ["06-01 00:00 opens x da", "06-02 09:30 opens x en"]


def test_what_waits_for_all_languages_appears_with_the_last(site: MakeSite) -> None:
    """The day of one language alone is no moment: nothing is seen of it."""
    project = site(story("2024-06-01-x", "together: true")).change(
        "content/news/2024-06-01-x/index.en.md", "---\ntitle: X\npublish_date: 2024-06-05\n---\n"
    )

    assert told(ahead(project)) == ["06-05 00:00 opens x da en"]


@pytest.mark.parametrize("line", ["draft: true", "together: true"])
def test_what_cannot_appear_by_itself_is_not_promised(site: MakeSite, line: str) -> None:
    """A draft waits for an editor, and what waits for a language for its text."""
    project = site(story("2024-06-01-x", line, "expiry_date: 2024-07-01", languages=("da",)))

    assert told(ahead(project)) == []


def test_a_story_that_is_pinned_no_more_gives_way_to_a_newer_one(site: MakeSite) -> None:
    """R16"""
    pinned = story("2024-04-01-x", "pinned_until: 2024-06-30")

    assert told(ahead(site(pinned + story("2024-04-02-y")))) == ["07-01 00:00 unpinned x da en"]


def test_a_pinned_story_that_leads_by_its_date_goes_on_leading(site: MakeSite) -> None:
    project = site(story("2024-04-03-x", "pinned_until: 2024-06-30") + story("2024-04-02-y"))

    assert told(ahead(project)) == []


def test_what_expires_before_it_is_pinned_no_more_changes_once(site: MakeSite) -> None:
    lines = ("pinned_until: 2024-06-30", "expiry_date: 2024-06-20")
    project = site(story("2024-04-01-x", *lines) + story("2024-04-02-y"))

    assert told(ahead(project)) == ["06-21 00:00 expires x da en"]


def test_what_is_past_is_not_ahead(site: MakeSite) -> None:
    project = site(story("2024-06-01-x", "expiry_date: 2024-06-30"))

    assert told(ahead(project, at("2024-06-01 00:00"))) == ["07-01 00:00 expires x da en"]
    assert told(ahead(project, at("2024-07-01 00:00"))) == []


def test_a_change_names_title_address_and_file(site: MakeSite) -> None:
    project = site(story("2024-06-01-x", languages=("da",)))

    assert ahead(project).coming[0].changes == (
        Change(
            kind="opens",
            story="news/2024-06-01-x",
            articles=(
                Affected(
                    language="da",
                    title="x da",
                    address="/da/nyheder/2024/x-da/",
                    path="content/news/2024-06-01-x/index.da.md",
                ),
            ),
        ),
    )


def test_flags_of_a_preview_change_nothing_of_what_is_ahead(site: MakeSite) -> None:
    project = site(story("2024-06-01-x"))
    order = project.order(now=NOW, is_check=True, future=True, drafts=True)

    assert told(look_ahead(order, lambda *_: None)[0]) == ["06-01 00:00 opens x da en"]


def test_a_site_that_cannot_be_read_has_no_outlook(site: MakeSite) -> None:
    with pytest.raises(SiteError):
        ahead(site("-- config.toml --\nx = \n"))


DAYS = st.integers(1, 9).map(lambda day: f"2024-05-0{day}")
MOMENTS = st.one_of(
    DAYS, st.builds(lambda day, hour: f"{day} {hour:02}:30", DAYS, st.integers(0, 23))
)
LINES = {
    "publish_date": MOMENTS,
    "expiry_date": MOMENTS.map(lambda when: when.replace("-05-", "-06-")),
    "pinned_until": DAYS,
    "together": st.sampled_from(["true", "false"]),
    "draft": st.sampled_from(["true", "false", "false"]),
    "withdrawn": st.just("{ date: 2024-05-01, reason: Fejl }"),
}


@st.composite
def articles(draw: st.DrawFn) -> dict[str, str]:
    """Draw the files of a tiny site: three stories in one or two languages, one pinned at most."""
    files: dict[str, str] = {}
    pinned = draw(st.integers(0, 5))
    for number in range(3):
        shared = draw(st.sets(st.sampled_from(["expiry_date", "together"])))
        kept = {key: draw(LINES[key]) for key in sorted(shared)}
        if number == pinned:
            kept["pinned_until"] = draw(LINES["pinned_until"])
        folder = f"content/news/{draw(DAYS)}-s{number}"
        for tag in draw(st.sampled_from([("da",), ("en",), LANGUAGES, LANGUAGES])):
            own = draw(st.sets(st.sampled_from(["publish_date", "draft", "withdrawn"]), max_size=2))
            lines = {**kept, **{key: draw(LINES[key]) for key in sorted(own)}}
            said = "".join(f"{key}: {value}\n" for key, value in lines.items())
            files[f"{folder}/index.{tag}.md"] = f"---\ntitle: T{number}\n{said}---\nTekst.\n"
    return files


def pages_at(project: Site, moment: dt.datetime) -> dict[str, bytes]:
    project.build(now=moment, use_cache=False)
    assert project.is_sound, project.lines
    return project.files()


@one_in(8)
@given(files=articles())
def test_the_site_changes_at_each_moment_and_not_between_two(files: dict[str, str]) -> None:
    """The truth is in the bytes: those just before a moment are those right after the last one."""
    with tempfile.TemporaryDirectory() as folder:
        project = Site(Path(folder) / "project").write("")
        for path, content in files.items():
            project.change(path, content)
        before = pages_at(project, at("2024-04-30 12:00"))
        for moment in ahead(project, at("2024-04-30 12:00")).coming:
            assert before == pages_at(project, moment.at - A_BIT), moment
            after = pages_at(project, moment.at)
            assert before != after, moment
            before = after
        assert before == pages_at(project, at("2024-12-31 12:00"))


# how much each language tells


def test_coverage_counts_the_news_of_each_language(site: MakeSite) -> None:
    text = (
        story("2024-04-01-a")
        + story("2024-04-02-b", languages=("da",))
        + story("2024-06-01-c", languages=("da",))
        + story("2024-04-03-d", "draft: true")
        + story("2024-04-04-e", "expiry_date: 2024-04-05")
        + "-- content/pages/om.da.md --\n---\ntitle: Om\n---\n"
    )
    outlook = ahead(site(text))

    assert outlook.stories == 5
    assert outlook.coverage == (
        Coverage(language="da", public=2, scheduled=1, draft=1, expired=1, of=4),
        Coverage(language="en", public=1, draft=1, expired=1, missing=2, of=4),
    )
    assert [each.share for each in outlook.coverage] == [1.0, 0.5]


def test_a_site_without_news_lacks_nothing(site: MakeSite) -> None:
    assert [each.share for each in ahead(site("")).coverage] == [1.0, 1.0]


# as it is told


def an_outlook(*moments: tuple[str, str, str], title: str = "Avisen") -> Outlook:
    """Return what is ahead: a time, a kind of change and a headline each."""

    def coming() -> Iterator[Coming]:
        for number, (when, kind, headline) in enumerate(moments):
            article = Affected(language="da", title=headline, address=f"/da/{number}/", path="x")
            change: Any = Change(kind=kind, story=f"news/{number}", articles=(article,))  # type: ignore[arg-type]
            yield Coming(at=at(when).astimezone(dt.UTC), changes=(change,))

    return Outlook(
        addresses=addresses_of(a_config("da", "en", title=title)), now=NOW, stories=1, coverage=(),
        coming=tuple(coming()),
    )  # fmt: skip


def test_editors_read_a_table_on_the_sites_clocks() -> None:
    outlook = an_outlook(
        ("2024-06-01 00:00", "opens", "Ny partner"),
        ("2024-06-30 09:00:05", "expires", "Tilbud"),
        ("2024-12-01 00:00", "unpinned", "Rekord"),
    )

    assert list(as_lines(outlook)) == [
        "Sat 2024-06-01 00:00     appears        da  Ny partner",
        "Sun 2024-06-30 09:00:05  disappears     da  Tilbud",
        "Sun 2024-12-01 00:00     leads no more  da  Rekord",
    ]


def test_a_moment_is_said_once_for_all_that_changes_then(site: MakeSite) -> None:
    lines = list(as_lines(ahead(site(story("2024-06-01-x")))))

    assert lines == [
        "Sat 2024-06-01 00:00  appears  da  x da",
        "                      appears  en  x en",
    ]


def test_nothing_ahead_is_said_in_words() -> None:
    assert list(as_lines(an_outlook())) == ["nothing will change by itself"]


def test_json_has_each_moment_in_utc_and_on_the_sites_clocks() -> None:
    values = as_values(an_outlook(("2024-06-01 00:00", "opens", "Ny partner")))
    told = json.loads(msgspec.json.encode(values))

    assert told["now"] == "2024-05-01T10:00:00Z"
    assert told["timezone"] == "Europe/Copenhagen"
    (moment,) = told["moments"]
    assert moment["at"] == "2024-05-31T22:00:00Z"
    assert moment["local"] == "2024-06-01T00:00:00+02:00"
    assert moment["changes"][0]["kind"] == "opens"
    assert moment["changes"][0]["articles"][0]["title"] == "Ny partner"


# calendars


def events(outlook: Outlook) -> list[Any]:
    return list(icalendar.Calendar.from_ical(as_calendar(outlook)).walk("VEVENT"))


def test_a_calendar_has_an_event_for_each_change() -> None:
    outlook = an_outlook(("2024-06-01 00:00", "opens", "Ny partner"))
    (event,) = events(outlook)

    assert event["SUMMARY"] == "Appears: Ny partner (da)"
    assert event.decoded("DTSTART") == at("2024-06-01 00:00")
    assert event.decoded("DTSTAMP") == NOW
    assert event["URL"] == "https://news.example.org/da/0/"
    assert event["DESCRIPTION"] == "da: Ny partner\nhttps://news.example.org/da/0/"
    assert event["TRANSP"] == "TRANSPARENT"


def test_a_moved_date_moves_its_event_and_makes_no_second_one() -> None:
    first, moved = (
        events(an_outlook((when, "opens", title)))[0]["UID"]
        for when, title in (("2024-06-01 00:00", "Ny"), ("2024-07-01 09:00", "Ny partner"))
    )
    (gone,) = events(an_outlook(("2024-06-01 00:00", "expires", "Ny")))

    assert first == moved
    assert first.endswith("@news.example.org")
    assert gone["UID"] != first


def test_a_calendar_without_events_is_still_one() -> None:
    """RFC 5545 §3.6: a calendar has at least one component."""
    calendar = icalendar.Calendar.from_ical(as_calendar(an_outlook()))

    assert calendar["VERSION"] == "2.0"
    assert calendar["PRODID"]
    assert len(calendar.subcomponents) == 1
    assert events(an_outlook()) == []


TITLES = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"]), max_size=200)


@given(title=TITLES)
def test_a_calendar_says_any_title_as_it_is(title: str) -> None:
    outlook = an_outlook(("2024-06-01 00:00", "opens", title), title=title)

    (event,) = events(outlook)
    assert event["SUMMARY"] == f"Appears: {title} (da)"


@given(title=TITLES)
def test_the_lines_of_a_calendar_are_short_and_end_as_the_standard_says(title: str) -> None:
    """RFC 5545 §3.1: CRLF, at most 75 bytes, cut between letters."""
    content = as_calendar(an_outlook(("2024-06-01 00:00", "opens", f"a;b,c\\d\n{title}")))

    assert content.endswith(b"\r\n")
    for line in content.removesuffix(b"\r\n").split(b"\r\n"):
        assert len(line) <= 75
        assert b"\n" not in line
        assert b"\r" not in line
        line.decode("utf-8")
    assert rb"a\;b\,c\\d\n" in content.replace(b"\r\n ", b"")


def test_a_calendar_keeps_the_zone_of_a_site_elsewhere(site: MakeSite) -> None:
    config = CONFIG.replace(
        "\n[languages.da]", '\ntimezone = "America/New_York"\n[languages.da]', 1
    )
    project = site(f"-- config.toml --\n{config}{story('2024-06-01-x', languages=('da',))}")

    (event,) = events(ahead(project))
    assert event.decoded("DTSTART") == dt.datetime(2024, 6, 1, 4, tzinfo=dt.UTC)
