import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from sitegen.collation import sort_key

DANISH = [
    "Andersen",
    "København",
    "Wien",
    "Über",
    "ystad",
    "Zealand",
    "Ærø",
    "Ävla",
    "Öl",
    "Østerbro",
    "Åbenrå",
    "Aabenraa",
    "Aalborg",
    "Århus",
    "Aarhus",
]
LETTERS = st.text("aåÅæÆøØäöüéeAbz -'’", max_size=6)


def in_order(names: list[str], language: str) -> list[str]:
    return sorted(names, key=lambda name: sort_key(name, language))


def test_danish_names_stand_as_in_a_danish_dictionary() -> None:
    """R53."""
    assert in_order(DANISH[::-1], "da") == DANISH
    assert in_order(sorted(DANISH), "da") == DANISH


def test_english_lists_put_danish_letters_among_the_others() -> None:
    assert in_order(["Zebra", "Århus", "Aalborg", "Brown"], "en") == [
        "Aalborg",
        "Århus",
        "Brown",
        "Zebra",
    ]


def test_accents_decide_only_between_equals_and_case_after_them() -> None:
    assert in_order(["andrea", "andré", "André", "andre", "Andre"], "da") == [
        "Andre",
        "andre",
        "André",
        "andré",
        "andrea",
    ]


def test_blanks_stand_before_letters_and_punctuation_is_passed_over() -> None:
    names = ["Ann-Lis", "Annb", "Ann Z", "Ann"]

    assert in_order(names, "da") == ["Ann", "Ann Z", "Annb", "Ann-Lis"]


def test_letters_taken_apart_stand_with_whole_ones() -> None:
    apart = unicodedata.normalize("NFD", "Århus")

    assert sort_key(apart, "da") == sort_key("Århus", "da")


@given(st.lists(LETTERS, max_size=5), st.sampled_from(["da", "en"]))
def test_the_order_does_not_depend_on_the_order_before(names: list[str], language: str) -> None:
    assert in_order(names, language) == in_order(names[::-1], language)


@given(LETTERS, LETTERS)
def test_only_the_same_name_has_the_same_key(one: str, other: str) -> None:
    assert (sort_key(one, "da") == sort_key(other, "da")) is (one == other)
