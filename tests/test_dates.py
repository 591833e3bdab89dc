import datetime as dt
from email.utils import parsedate_to_datetime

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from sitegen.dates import (
    closing,
    day_text,
    instant_of,
    machine,
    modified,
    opening,
    revised,
    rfc822,
)
from sitegen.model.content import Correction, When, Withdrawal
from tests.examples import ZONE, a_story, an_article, at, when

MONTHS = [dt.date(year, month, 15) for year in (2012, 2013) for month in range(1, 13)]
MOMENTS = st.integers(100_000, 4_100_000_000).map(lambda s: dt.datetime.fromtimestamp(s, dt.UTC))


def moment_of(instant: dt.datetime) -> When:
    return When(day=instant.astimezone(ZONE).date(), instant=instant)


@pytest.mark.parametrize("day", MONTHS, ids=str)
@pytest.mark.parametrize("locale", ["da", "en_GB"])
def test_every_month_is_written_as_babel_does(day: dt.date, locale: str) -> None:
    """R49."""
    assert format_date(day, "long", locale=locale) == day_text(day, locale).replace("\u00a0", " ")


def test_dates_are_written_as_each_language_does_and_do_not_wrap() -> None:
    """R49, R57."""
    day = dt.date(2012, 3, 15)

    assert day_text(day, "da_DK") == "15.\u00a0marts\u00a02012"
    assert day_text(day, "en_GB") == "15\u00a0March\u00a02012"
    assert day_text(day, "de_DE") == "15.\u00a0März\u00a02012"


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("2012-03-15T12:00:00+01:00", "2012-03-15"),
        ("2012-06-15T12:00:00+02:00", "2012-06-15"),
        ("2012-03-15T09:30:00+01:00", "2012-03-15 09:30"),
        ("2012-06-15T09:30:00+02:00", "2012-06-15 09:30"),
        ("2012-03-25T12:00:00+02:00", "2012-03-25"),
        ("2012-10-28T12:00:00+01:00", "2012-10-28"),
    ],
)
def test_machines_are_told_the_offset_and_noon_for_a_bare_day(expected: str, text: str) -> None:
    """R50: no reader in another zone sees the day before."""
    assert expected == machine(when(text), ZONE)


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("Thu, 15 Mar 2012 12:00:00 +0100", "2012-03-15"),
        ("Sun, 01 Jul 2012 08:05:00 +0200", "2012-07-01 08:05"),
    ],
)
def test_rss_dates_are_english_with_four_figures(expected: str, text: str) -> None:
    """R77."""
    assert expected == rfc822(when(text), ZONE)


@given(MOMENTS)
def test_all_machine_formats_name_the_same_instant(instant: dt.datetime) -> None:
    """R72."""
    told = moment_of(instant)

    assert instant == dt.datetime.fromisoformat(machine(told, ZONE))
    assert instant == parsedate_to_datetime(rfc822(told, ZONE))


@given(MOMENTS, MOMENTS)
def test_moments_are_ordered_as_they_pass(first: dt.datetime, second: dt.datetime) -> None:
    told = [instant_of(moment_of(instant), ZONE) for instant in (first, second)]

    assert (first < second) is (told[0] < told[1])


def test_the_hour_that_is_told_twice_is_ordered_as_it_passes() -> None:
    """On 28 October 2012 the clock shows 02:15 twice; clocks alone would turn these round."""
    before, after = at("2012-10-28T02:30+02:00"), at("2012-10-28T02:15+01:00")

    assert instant_of(moment_of(before), ZONE) < instant_of(moment_of(after), ZONE)


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("2012-03-14T23:00:00+00:00", "2012-03-15"),
        ("2012-06-14T22:00:00+00:00", "2012-06-15"),
        ("2012-03-24T23:00:00+00:00", "2012-03-25"),
        ("2012-03-25T22:00:00+00:00", "2012-03-26"),
        ("2012-10-27T22:00:00+00:00", "2012-10-28"),
        ("2012-10-28T23:00:00+00:00", "2012-10-29"),
        ("2012-03-25T01:00:00+00:00", "2012-03-25 03:00"),
    ],
)
def test_a_bare_day_opens_at_midnight_in_copenhagen(expected: str, text: str) -> None:
    assert expected == opening(when(text), ZONE).isoformat()


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("2012-03-15T23:00:00+00:00", "2012-03-15"),
        ("2012-03-25T22:00:00+00:00", "2012-03-25"),
        ("2012-10-28T23:00:00+00:00", "2012-10-28"),
        ("2012-12-31T23:00:00+00:00", "2012-12-31"),
        ("2012-10-28T08:00:00+00:00", "2012-10-28 09:00"),
    ],
)
def test_a_bare_day_closes_at_its_end(expected: str, text: str) -> None:
    assert expected == closing(when(text), ZONE).isoformat()


@pytest.mark.parametrize(("hours", "day"), [(23, "2012-03-25"), (25, "2012-10-28")])
def test_the_days_on_which_clocks_change_are_an_hour_off(hours: int, day: str) -> None:
    assert dt.timedelta(hours=hours) == closing(when(day), ZONE) - opening(when(day), ZONE)


def corrected(*days: str) -> tuple[Correction, ...]:
    return tuple(Correction(date=when(day), text="Et tal var forkert") for day in days)


@pytest.mark.parametrize(
    ("expected", "front"),
    [
        (None, {}),
        ("2012-03-20", {"updated": when("2012-03-20")}),
        ("2012-04-01", {"corrections": corrected("2012-04-01", "2012-03-16")}),
        ("2012-04-01", {"updated": when("2012-03-20"), "corrections": corrected("2012-04-01")}),
        ("2012-04-02", {"updated": when("2012-04-02"), "corrections": corrected("2012-04-01")}),
        (None, {"updated": when("2012-03-15")}),
        (None, {"updated": when("2012-03-01")}),
    ],
)
def test_updated_is_what_the_editor_says_and_only_when_later(
    expected: str | None, front: dict[str, object]
) -> None:
    """R5, R6."""
    article = an_article("news/x/index.da.md", **front)
    found = revised(a_story("news/x", article), article, ZONE)

    assert (when(expected) if expected else None) == found


def test_machines_are_told_of_birth_revision_or_withdrawal() -> None:
    plain = an_article("news/x/index.da.md")
    updated = an_article("news/x/index.da.md", updated=when("2012-03-20"))
    withdrawal = Withdrawal(date=when("2012-05-01"), reason="Fejl")
    withdrawn = an_article("news/x/index.da.md", updated=when("2012-03-20"), withdrawn=withdrawal)

    assert [
        str(found.day)
        for article in (plain, updated, withdrawn)
        if (found := modified(a_story("news/x", article), article, ZONE))
    ] == ["2012-03-15", "2012-03-20", "2012-05-01"]


def test_a_fixed_page_that_never_changed_has_no_date_at_all() -> None:
    page = an_article("pages/privacy/index.da.md")

    assert modified(a_story("pages/privacy", page), page, ZONE) is None
