"""Quotation marks and no-break spaces, in each language."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.typography import month_names, no_break, plain, quotes

SHOWN = str.maketrans({"\u00a0": "_"})
PROSE = st.text(alphabet="aå9 .,\"'’”“\u00a0-–()%mk1l\nø:", max_size=60)
LANGUAGES = st.sampled_from(["da", "en", "en-GB", "de", "xx", ""])


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("88 procent", "88_procent"),
        ("0,5 pct. af dem", "0,5_pct. af dem"),
        ("88 %", "88_%"),
        ("1.600 km", "1.600_km"),
        ("1.600 km væk, 3 m høj", "1.600_km væk, 3_m høj"),
        ("3 mand", "3 mand"),
        ("20 kg og 5 GB", "20_kg og 5_GB"),
        ("12 mio. kr.", "12_mio._kr."),
        ("2,5 mia. euro", "2,5_mia._euro"),
        ("i alt 100 kr.", "i alt 100_kr."),
        ("100 kroner", "100_kroner"),
        ("kl. 14.05", "kl._14.05"),
        ("kl 14.05", "kl_14.05"),
        ("kl. ca. 14", "kl. ca. 14"),
        ("den 15. marts 2012", "den 15._marts 2012"),
        ("15. Marts", "15._Marts"),
        ("3. maj åbner vi", "3._maj åbner vi"),
        ("3. majs", "3. majs"),
        ("3. kvartal", "3. kvartal"),
        ("marts 15", "marts_15"),
        ("20 °C", "20_°C"),
        ("ingen tal her", "ingen tal her"),
    ],
)
def test_danish_quantities_dates_and_times_do_not_break(typed: str, shown: str) -> None:
    """R57."""
    assert shown == no_break(typed, "da").translate(SHOWN)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("15 March 2012", "15_March 2012"),
        ("15th March", "15th_March"),
        ("March 15, 2012", "March_15, 2012"),
        ("March 2012", "March 2012"),
        ("we may 15 times", "we may 15 times"),
        ("88 per cent", "88_per cent"),
        ("5 pm", "5_pm"),
        ("5 million people", "5_million people"),
        ("marts 15. marts", "marts 15. marts"),
    ],
)
def test_english_quantities_and_dates_do_not_break(typed: str, shown: str) -> None:
    """R57."""
    assert shown == no_break(typed, "en").translate(SHOWN)


def test_a_language_that_nobody_knows_has_units_but_no_months() -> None:
    assert no_break("88 % 3 maj", "xx").translate(SHOWN) == "88_% 3 maj"
    assert month_names("xx") == ()


def test_other_languages_know_their_months() -> None:
    assert no_break("15. März", "de").translate(SHOWN) == "15._März"
    assert no_break("15 mars", "fr").translate(SHOWN) == "15_mars"


@pytest.mark.parametrize(
    ("typed", "danish", "english"),
    [
        ('Han sagde "ja".', "Han sagde ”ja”.", "Han sagde “ja”."),
        ("'nej'", "’nej’", "‘nej’"),
        ("\"'Dobbelt' citat,\"", "”’Dobbelt’ citat,”", "“‘Dobbelt’ citat,”"),
        ('("Det") – "ja"', "(”Det”) – ”ja”", "(“Det”) – “ja”"),
        ('"Vi er 88"', "”Vi er 88”", "“Vi er 88”"),
        ('Hvad "mener" du med "det"?', "Hvad ”mener” du med ”det”?", "Hvad “mener” du med “det”?"),
        ('Hun: "...nej", ("")', "Hun: ”...nej”, (””)", "Hun: “...nej”, (“”)"),
        ("\"Han sagde 'ja'\".", "”Han sagde ’ja’”.", "“Han sagde ‘ja’”."),
        ("”'Ja' og 'nej'”", "”’Ja’ og ’nej’”", "”‘Ja’ og ‘nej’”"),
        ('"To\nlinjer"', "”To\nlinjer”", "“To\nlinjer”"),
    ],
)
def test_straight_quotes_become_the_house_form(typed: str, danish: str, english: str) -> None:
    """R54."""
    assert danish == quotes(typed, "da")
    assert english == quotes(typed, "en")
    assert english == quotes(typed, "en-GB")
    assert english == quotes(typed, "fr")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("DR's", "DR’s"),
        ("Hans' bil", "Hans’ bil"),
        ("rock'n'roll", "rock’n’roll"),
        ("i '90erne", "i ’90erne"),
        ("the '80s", "the ’80s"),
        ("(since '18), in '18.", "(since ’18), in ’18."),
        ("90'erne", "90’erne"),
    ],
)
def test_an_apostrophe_is_one_in_every_language(typed: str, shown: str) -> None:
    assert shown == quotes(typed, "da")
    assert shown == quotes(typed, "en")


@pytest.mark.parametrize(
    "typed",
    [
        "”Det er dejligt,” siger hun",
        "“så”",
        "»Ja«",
        "„Nein“",
        "‘x’",
        'en 24" skærm',
        'bolte, ½".',
        'a " b',
        "5' 11",
    ],
)
def test_what_is_typed_typographically_or_stands_for_inches_is_left_alone(typed: str) -> None:
    """R54."""
    assert typed == quotes(typed, "da")


def test_plain_text_has_plain_spaces_and_no_soft_hyphens() -> None:
    """R57, R58."""
    assert plain("88\u00a0procent til\u00adfred\u00adse") == "88 procent tilfredse"
    assert plain("1\u202f000") == "1 000"


@given(PROSE, LANGUAGES)
def test_setting_changes_neither_length_nor_words(text: str, language: str) -> None:
    """The rooms that set text across elements rely on it."""
    done = no_break(quotes(text, language), language)

    assert len(text) == len(done)
    assert re.sub("[\"'’‘“”]", "'", plain(text)) == re.sub("[\"'’‘“”]", "'", plain(done))


@given(PROSE, LANGUAGES)
def test_setting_twice_is_setting_once(text: str, language: str) -> None:
    once = no_break(quotes(text, language), language)

    assert once == no_break(once, language)
    assert once.count('"') >= quotes(once, language).count('"')
