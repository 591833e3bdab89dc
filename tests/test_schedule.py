import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.model.content import When
from sitegen.model.stories import Story
from sitegen.schedule import Moment, moments
from tests.examples import ZONE, a_moment, a_story, an_article, at, when

SECOND = dt.timedelta(seconds=1)


def told(key: str = "news/x", *, danish: bool = True, **keys: Any) -> Story:
    """Return a story in both languages, or in English only; `da_…` and `en_…` are one's own."""
    articles = [
        an_article(
            f"{key}/index.{tag}.md",
            **{name[3:]: value for name, value in keys.items() if name.startswith(f"{tag}_")},
        )
        for tag in (["da", "en"] if danish else ["en"])
    ]
    shared = {name: value for name, value in keys.items() if name[:3] not in {"da_", "en_"}}
    return a_story(key, *articles, **shared)


def states(story: Story, now: dt.datetime, *languages: str) -> str:
    moment = Moment(now=now, zone=ZONE, languages=languages or ("da", "en"))
    return " ".join(moment.state(story, article) for article in story.articles)


OPENINGS: dict[str, tuple[dict[str, Any], str]] = {
    "a bare day opens at midnight": ({"date": when("2012-03-15")}, "2012-03-15T00:00+01:00"),
    "a moment opens then": ({"date": when("2012-03-15 09:30")}, "2012-03-15T09:30+01:00"),
    "the night on which clocks are put forward": (
        {"date": when("2012-03-25")},
        "2012-03-25T00:00+01:00",
    ),
    "the night on which clocks are put back": (
        {"date": when("2012-10-28")},
        "2012-10-28T00:00+02:00",
    ),
    "the day after clocks are put back": ({"date": when("2012-10-29")}, "2012-10-29T00:00+01:00"),
    "publish_date goes before date": (
        {"da_publish_date": when("2012-04-01 07:00"), "en_publish_date": when("2012-04-01 07:00")},
        "2012-04-01T07:00+02:00",
    ),
    "publish_date may be before date": (
        {
            "date": when("2012-05-01"),
            "da_publish_date": when("2012-04-01"),
            "en_publish_date": when("2012-04-01"),
        },
        "2012-04-01T00:00+02:00",
    ),
}


@pytest.mark.parametrize("name", OPENINGS)
def test_a_story_opens_to_the_second(name: str) -> None:
    keys, opening = OPENINGS[name]

    assert states(told(**keys), at(opening) - SECOND) == "scheduled scheduled"
    assert states(told(**keys), at(opening)) == "public public"
    assert [at(opening)] == list(moments([told(**keys)], ZONE, at("2000-01-01")))


CLOSINGS = {
    "a bare day ends at midnight": ("2012-06-15", "2012-06-16T00:00+02:00"),
    "a moment ends then": ("2012-06-15 09:30", "2012-06-15T09:30+02:00"),
    "the day on which clocks are put forward": ("2012-03-25", "2012-03-26T00:00+02:00"),
    "the day on which clocks are put back": ("2012-10-28", "2012-10-29T00:00+01:00"),
}


@pytest.mark.parametrize("name", CLOSINGS)
def test_a_story_expires_to_the_second(name: str) -> None:
    day, closing = CLOSINGS[name]
    story = told(expiry_date=when(day))

    assert states(story, at(closing) - SECOND) == "public public"
    assert states(story, at(closing)) == "expired expired"


@pytest.mark.parametrize("name", CLOSINGS)
def test_a_pinned_story_leads_to_the_end_of_its_last_day(name: str) -> None:
    """R16."""
    day, closing = CLOSINGS[name]
    story = told(pinned_until=when(day))

    def is_pinned(now: dt.datetime) -> bool:
        return Moment(now=now, zone=ZONE, languages=("da", "en")).is_pinned(story)

    assert is_pinned(at(closing) - SECOND)
    assert not is_pinned(at(closing))
    assert not a_moment().is_pinned(told())


def test_each_language_may_open_on_its_own() -> None:
    story = told(da_publish_date=when("2012-04-01"), en_publish_date=when("2012-05-01"))

    assert states(story, at("2012-04-15")) == "public scheduled"


def test_a_draft_stays_a_draft_whatever_its_dates_say() -> None:
    story = told(da_draft=True, expiry_date=when("2012-04-01"))

    assert states(story, at("2012-01-01")) == "draft scheduled"
    assert states(story, at("2020-01-01")) == "draft expired"


def test_a_fixed_page_has_no_state_but_draft() -> None:
    page = told("pages/privacy", da_draft=True, expiry_date=when("2000-01-01"))

    assert states(page, at("2020-01-01")) == "draft public"


def test_together_waits_for_every_language_of_the_site() -> None:
    story = told(together=True)

    assert states(story, at("2012-03-15")) == "public public"
    assert states(story, at("2030-01-01"), "da", "en", "de") == "scheduled scheduled"


def test_together_waits_for_drafts() -> None:
    story = told(together=True, da_draft=True)

    assert states(story, at("2030-01-01")) == "draft scheduled"


def test_together_opens_when_the_last_language_is_in_date() -> None:
    story = told(
        together=True, da_publish_date=when("2012-04-01"), en_publish_date=when("2012-05-01 09:00")
    )

    assert states(story, at("2012-05-01 09:00") - SECOND) == "scheduled scheduled"
    assert states(story, at("2012-05-01 09:00")) == "public public"


def test_together_waits_no_longer_than_the_publish_date() -> None:
    """Design §1: the languages that are ready open then, without those that are not."""
    publish = when("2012-05-01 09:00")
    missing = told(danish=False, together=True, en_publish_date=publish)
    draft = told(together=True, da_draft=True, da_publish_date=publish, en_publish_date=publish)

    assert states(missing, at("2012-05-01 09:00") - SECOND) == "scheduled"
    assert states(missing, at("2012-05-01 09:00")) == "public"
    assert states(draft, at("2012-05-01 09:00") - SECOND) == "draft scheduled"
    assert states(draft, at("2012-05-01 09:00")) == "draft public"


@pytest.mark.parametrize(
    ("expected", "shows"),
    [
        ([], {}),
        (["draft"], {"drafts": True}),
        (["scheduled"], {"future": True}),
        (["expired"], {"expired": True}),
        (["draft", "scheduled", "expired"], {"drafts": True, "future": True, "expired": True}),
    ],
)
def test_what_is_not_public_is_shown_when_asked_for(
    expected: list[str], shows: dict[str, Any]
) -> None:
    moment = a_moment(**shows)

    assert moment.shows("public")
    assert [s for s in ("draft", "scheduled", "expired") if moment.shows(s)] == expected


def test_the_moments_of_change_are_told_in_order_and_once() -> None:
    stories = [
        told("news/a", date=when("2012-05-01"), pinned_until=when("2012-05-03")),
        told("news/b", date=when("2012-05-01"), expiry_date=when("2012-05-02 12:00")),
        told("news/c", date=when("2012-04-01")),
        told("pages/d"),
        told("news/e", date=when("2012-06-01"), da_draft=True, en_draft=True),
        told("news/f", expiry_date=when("2012-07-01"), da_draft=True, en_draft=True),
    ]

    assert list(moments(stories, ZONE, at("2012-04-01"))) == [
        at("2012-05-01T00:00+02:00"),
        at("2012-05-02T12:00+02:00"),
        at("2012-05-04T00:00+02:00"),
    ]


DAYS = st.dates(dt.date(2012, 1, 1), dt.date(2012, 12, 31)).map(lambda day: when(str(day)))
NOW = st.integers(1_322_697_600, 1_359_676_800).map(lambda s: dt.datetime.fromtimestamp(s, dt.UTC))


@given(DAYS, DAYS, DAYS, st.booleans(), NOW)
def test_nothing_changes_between_two_moments(
    date: When, publish: When, expiry: When, together: Any, now: dt.datetime
) -> None:
    """So a build before the next moment may be left as it is."""
    story = told(date=date, en_publish_date=publish, expiry_date=expiry, together=together)
    following = next(iter(moments([story], ZONE, now)), now + dt.timedelta(days=9999))

    assert states(story, now) == states(story, following - dt.timedelta(microseconds=1))
