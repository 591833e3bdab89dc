from typing import Any, Literal

import msgspec
import pytest

from sitegen.schema import fill, suggestion


class Wheel(msgspec.Struct, frozen=True, kw_only=True):
    size: int


class Car(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    doors: int = 4
    open: bool = False
    tags: tuple[str, ...] = ()
    wheels: dict[str, Wheel] = {}
    spare: Wheel | None = None
    names: dict[str, str] = {}
    levels: dict[str, Literal["off", "on"]] = {}
    extra: dict[str, Any] = {}


def filled(values: dict[str, Any]) -> tuple[Car | None, list[str]]:
    faults: list[str] = []

    def report(fault: str, at: tuple[str, ...], what: str, mend: str) -> None:
        faults.append(f"{fault} {'.'.join(at)}: {what}: {mend}")

    return fill(Car, values, report), faults


def test_sound_values_make_the_struct() -> None:
    values = {
        "name": "Volvo",
        "tags": ["a", "b"],
        "wheels": {"front": {"size": 3}},
        "levels": {"light": "on"},
        "extra": {"anything": [1, {"goes": True}]},
    }
    expected = Car(
        name="Volvo",
        tags=("a", "b"),
        wheels={"front": Wheel(size=3)},
        levels={"light": "on"},
        extra={"anything": [1, {"goes": True}]},
    )

    assert (expected, []) == filled(values)


KNOWN = "doors, extra, levels, name, names, open, spare, tags, wheels"
FAULTS: dict[str, tuple[dict[str, Any], str]] = {
    "a misspelt key": ({"dors": 3}, "unknown dors: unknown key `dors`: did you mean `doors`?"),
    "a strange key": ({"q": 3}, f"unknown q: unknown key `q`: known are {KNOWN}"),
    "a number for a text": ({"name": 3}, "type name: `name` cannot be 3: write text"),
    "a text for a number": (
        {"doors": "3"},
        "type doors: `doors` cannot be '3': write a whole number, such as 20",
    ),
    "a truth for a number": (
        {"doors": True},
        "type doors: `doors` cannot be true: write a whole number, such as 20",
    ),
    "a text for a truth": ({"open": "ja"}, "type open: `open` cannot be 'ja': write true or false"),
    "a text for a list": (
        {"tags": "a"},
        "type tags: `tags` cannot be 'a': write a list, such as [a, b]",
    ),
    "a number in a list of texts": (
        {"tags": ["a", 1]},
        "type tags: `tags` cannot be ['a', 1]: write text for every item of it",
    ),
    "a text for a table": (
        {"names": "a"},
        "type names: `names` cannot be 'a': write a table of keys",
    ),
    "a number in a table of texts": (
        {"names": {"da": 1}},
        "type names.da: `da` cannot be 1: write text",
    ),
    "a word that is none of a few": (
        {"levels": {"light": "maybe"}},
        "type levels.light: `light` cannot be 'maybe': write off or on",
    ),
    "a fault in a table of tables": (
        {"wheels": {"front": {"size": "x"}}},
        "type wheels.front.size: `size` cannot be 'x': write a whole number, such as 20",
    ),
    "a missing key in a table of tables": (
        {"wheels": {"front": {}}},
        "missing wheels.front.size: `size` is missing: ",
    ),
    "a text for a struct": (
        {"spare": "x"},
        "type spare: `spare` cannot be 'x': write a table of keys",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_with_the_keys_that_lead_to_it(name: str) -> None:
    values, expected = FAULTS[name]

    assert (None, [expected]) == filled({"name": "Volvo", **values})


def test_every_fault_is_told_at_once() -> None:
    made, faults = filled({"dors": 1, "open": 1, "tags": 1})

    assert made is None
    assert [fault.split()[0] for fault in faults] == ["unknown", "missing", "type", "type"]


def test_a_long_value_is_shortened() -> None:
    faults = filled({"name": "Volvo", "doors": "x" * 500})[1]

    assert [
        f"type doors: `doors` cannot be '{'x' * 58}…: write a whole number, such as 20"
    ] == faults


def test_a_value_of_sixty_letters_is_shown_whole() -> None:
    text = "x" * 58

    assert filled({"name": "Volvo", "doors": text})[1] == [
        f"type doors: `doors` cannot be '{text}': write a whole number, such as 20"
    ]


def test_a_suggestion_is_the_nearest_word_or_the_known_ones() -> None:
    assert suggestion("tittel", ["date", "title"]) == "did you mean `title`?"
    assert suggestion("xyz", ["title", "date"]) == "known are date, title"


def test_a_suggestion_lists_no_more_than_thirty_words() -> None:
    known = [f"{number:03}" for number in range(100)]

    said = suggestion("x", known)

    assert said.startswith("known are 000, 001, ")
    assert said.endswith(", 029 and 70 more")
    assert suggestion("x", known[:30]).endswith(", 028, 029")


def test_a_suggestion_among_no_words_says_so() -> None:
    assert suggestion("x", []) == "none is known yet"
