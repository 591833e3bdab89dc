"""How far the languages of a story agree: sidecars, real changes, standings, deadlines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.model.content import Source
from sitegen.translations import (
    STANDINGS,
    Basis,
    Change,
    Head,
    Outline,
    Standing,
    basis_path,
    basis_text,
    changes,
    read_basis,
    read_heads,
    standing,
)
from tests.test_paragraphs import body

HEAD = Head(source="da", source_digest="12ab", own_digest="34cd", source_updated="2024-05-17")


def basis(source: str = "da", *paragraphs: str) -> Basis:
    """Return what was accepted with `source`."""
    head = Head(source=source, source_digest="12ab", own_digest="34cd", own_updated="2024-05-17")
    return Basis(head=head, source=("title: Et", *paragraphs), own=("title: One",))


# sidecars


@pytest.mark.parametrize(
    ("expected", "path", "story"),
    [
        ("content/news/x/.basis.en.md", "content/news/x/index.en.md", "news/x"),
        ("content/news/.x.basis.en.md", "content/news/x.en.md", "news/x"),
        ("content/news/x/.y.basis.en.md", "content/news/x/y.en.md", "news/x/y"),
        ("content/pages/about/.basis.en.md", "content/pages/about/Index.en.md", "pages/about"),
    ],
)
def test_a_sidecar_lies_beside_its_article(expected: str, path: str, story: str) -> None:
    assert expected == basis_path(Source(path=path, kind="news", story=story, language="en"))


def test_a_sidecar_is_text_that_people_can_read() -> None:
    assert basis_text([Basis(head=HEAD, source=("title: Et", "To."), own=("title: One",))]) == (
        "---\nsource: da\nsource_digest: 12ab\nown_digest: 34cd\nsource_updated: 2024-05-17\n"
        "# Accepted as saying the same; written by `sitegen status --accept`.\n---\n\n"
        "title: Et\n\nTo.\n\n---\n\ntitle: One\n"
    )


@given(st.lists(st.text(alphabet=st.sampled_from('ab1. \n#->|`:"é'), max_size=80), max_size=3))
def test_a_sidecar_says_what_was_written_into_it(texts: list[str]) -> None:
    parts = tuple(
        Basis(head=basis(f"a{number}").head, source=("title: x", *body(text)), own=body(text))
        for number, text in enumerate(texts)
    )
    content = basis_text(reversed(parts)).encode()

    assert parts == read_basis(content)
    assert tuple(part.head for part in parts) == read_heads(content)
    assert parts == read_basis(content.replace(b"\n", b"\r\n"))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Tekst\n",
        b"---\nsource: da\n---\n\ntitle: x\n",
        b"---\nsource: da\nsource_digest: 1\n<<<<<<< HEAD\nown_digest: 2\n---\n",
        b"\xff\xfe---",
    ],
)
def test_what_is_no_sidecar_says_nothing(content: bytes) -> None:
    assert read_heads(content) == ()
    assert read_basis(content) == ()


# real changes


SLIPS = {
    "a letter exchanged": ("Vi ebner et kontor", "Vi ebner et kantor"),
    "a letter left out": ("en udvikling", "en udviking"),
    "a letter added": ("en udvikling", "en udvikkling"),
    "two neighbours swapped": ("en udvikling", "en udvilking"),
    "a comma": ("Han sagde, at", "Han sagde at"),
    "a dash": ("Lviv - og Kyiv, 5-10", "Lviv – og Kyiv, 5–10"),
    "two slips in one paragraph": ("stadig partnere", "stadg parntere"),
}
CHANGES = {
    "a figure": ("Vi har 88 kunder", "Vi har 78 kunder"),
    "a decimal": ("1.234,5 kroner", "1.234,6 kroner"),
    "a per cent": ("12 %", "12 ‰"),
    "a name": ("Line Milthers", "Line Milther"),
    "a name at the start": ("Milthers sagde", "Milther sagde"),
    "a short word": ("he will now go", "he will not go"),
    "a first letter": ("det er lovligt", "det er ulovligt"),
    "a date": ("den 3. maj", "den 4. maj"),
    "a month": ("i marts", "i april"),
    "a full stop": ("Er det slut.", "Er det slut?"),
    "a word more": ("et kontor", "et stort kontor"),
    "an address": ("se https://a.dk/partner", "se https://a.dk/partnere"),
    "where a link leads": ("[her](../nyheder.md)", "[her](../nyhedr.md)"),
    "an e-mail address": ("skriv til kontor@a.dk", "skriv til kantor@a.dk"),
    "code": ("brug `kommando`", "brug `komando`"),
    "code in a block": ("```\n    kommando", "```\n    komando"),
    "two letters of one word": ("udvikling", "udvilkimg"),
    "another word": ("gulerod", "kartoffel"),
}


@pytest.mark.parametrize(("old", "new"), SLIPS.values(), ids=SLIPS)
def test_a_mended_slip_is_no_change(old: str, new: str) -> None:
    assert changes([old], [new]) == changes([new], [old]) == ()


@pytest.mark.parametrize(("old", "new"), CHANGES.values(), ids=CHANGES)
def test_what_a_translation_would_be_wrong_about_is_a_change(old: str, new: str) -> None:
    assert changes([old], [new]) == (Change(kind="changed", old=old, new=new),)
    assert changes([new], [old]) == (Change(kind="changed", old=new, new=old),)


def test_a_section_that_moved_is_told_once() -> None:
    before = ["title: A", "## Et", "Om et.", "## To", "Om to, og mere.", "Mere om to."]
    after = ["title: A", "## To", "Om to og mere.", "Mere om to.", "## Et", "Om et."]

    moved = [change.new for change in changes(before, after)]
    assert moved == ["## Et", "Om et."]
    assert {change.kind for change in changes(before, after)} == {"moved"}


def test_a_new_paragraph_is_no_excuse_to_tell_its_neighbours() -> None:
    before = ["Et om alt.", "To om mere.", "Tre om mindre."]
    after = ["Et om altid.", "Noget ganske andet her.", "To om mere.", "Tre om lidt mindre."]

    assert changes(before, after) == (
        Change(kind="changed", old="Et om alt.", new="Et om altid."),
        Change(kind="added", new="Noget ganske andet her."),
        Change(kind="changed", old="Tre om mindre.", new="Tre om lidt mindre."),
    )


def test_a_key_that_is_new_is_no_other_key_rewritten() -> None:
    assert changes(["title: A", "Tekst."], ["title: B", "summary: C", "Tekst."]) == (
        Change(kind="changed", old="title: A", new="title: B"),
        Change(kind="added", new="summary: C"),
    )


NAMES = "kontor partner udvikling kunder stadig mange åbner måneder"
WORDS = st.sampled_from(NAMES.split())
PARAGRAPHS = st.lists(
    st.lists(WORDS, min_size=3, max_size=8).map(" ".join), min_size=1, max_size=8, unique=True
)


@given(PARAGRAPHS)
def test_nothing_has_changed_in_what_is_the_same(text: list[str]) -> None:
    assert changes(text, text) == ()


@given(PARAGRAPHS, st.data())
def test_a_figure_put_in_anywhere_is_one_change(text: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text) - 1))
    new = [*text]
    new[at] += " 88"

    assert changes(text, new) == (Change(kind="changed", old=text[at], new=new[at]),)
    assert changes(new, text) == (Change(kind="changed", old=new[at], new=text[at]),)


@given(PARAGRAPHS, st.data())
def test_a_slip_anywhere_is_none(text: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text) - 1))
    words = text[at].split()
    which = data.draw(st.integers(0, len(words) - 1))
    letter = data.draw(st.integers(1, len(words[which]) - 1))
    words[which] = words[which][:letter] + "x" + words[which][letter:]
    new = [*text[:at], " ".join(words), *text[at + 1 :]]

    assert changes(text, new) == ()


@given(PARAGRAPHS, st.data())
def test_a_paragraph_put_in_or_taken_away_is_just_that(
    text: list[str], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(text)))
    new = [*text[:at], "Noget, der ikke stod her før.", *text[at:]]

    assert changes(text, new) == (Change(kind="added", new="Noget, der ikke stod her før."),)
    assert changes(new, text) == (Change(kind="removed", old="Noget, der ikke stod her før."),)


@given(PARAGRAPHS, st.data())
def test_any_other_order_is_told_as_moves_alone(text: list[str], data: st.DataObject) -> None:
    new = data.draw(st.permutations(text))
    found = changes(text, new)

    assert bool(found) == (text != new)
    assert {change.kind for change in found} <= {"moved"}


@given(PARAGRAPHS, PARAGRAPHS)
def test_what_is_told_leads_from_the_one_text_to_the_other(
    before: list[str], after: list[str]
) -> None:
    found = changes(before, after)
    gone = [change.old for change in found if change.kind in {"changed", "removed"}]
    come = [change.new for change in found if change.kind in {"changed", "added"}]

    left = [each for each in before if each not in gone]
    assert sorted([*left, *come]) == sorted(after)
    assert bool(found) == (before != after)


def test_two_long_texts_that_have_nothing_in_common_are_soon_told_apart() -> None:
    before = [f"gammel {n} " * 5 for n in range(700)]
    after = [f"nyt {n} " * 5 for n in range(700)]

    assert len(changes(before, after)) == 700


# standings


def outline(told: str, **changed: bool) -> Outline:
    """Return an outline; `en_da=True`: the Danish has changed since the English was accepted."""
    return Outline(
        told=tuple(told.split()),
        changed={tuple(pair.split("_")): how for pair, how in changed.items()},  # type: ignore[misc]
    )


@pytest.mark.parametrize(
    ("expected", "known"),
    [
        ("present missing", outline("da")),
        ("unaccepted unaccepted", outline("da en")),
        ("present present", outline("da en", da_en=False, en_da=False)),
        ("present stale", outline("da en", da_en=False, en_da=True)),
        ("stale present", outline("da en", da_en=True, en_da=False)),
        ("both-changed both-changed", outline("da en", da_en=True, en_da=True)),
    ],
)
def test_no_language_is_more_the_original_than_another(expected: str, known: Outline) -> None:
    found = [standing(known, language).replace(" ", "-") for language in ("da", "en")]

    assert expected == " ".join(found)


def test_a_third_language_waits_for_both() -> None:
    """The Danish was edited, the English has followed and is accepted with it."""
    known = outline("da en de", da_en=False, en_da=False, de_da=True, da_de=False)
    three = outline(
        "da en de", da_en=False, en_da=False, de_da=True, de_en=True, da_de=False, en_de=False
    )

    assert [standing(three, name) for name in three.told] == ["present", "present", "stale"]
    assert three.ahead("de") == ("da", "en")
    assert standing(known, "en") == "present"


def test_a_language_that_comes_late_is_not_accepted_and_changes_nothing() -> None:
    known = outline("da en de", da_en=False, en_da=False)

    assert [standing(known, name) for name in known.told] == ["present", "present", "unaccepted"]


@given(st.dictionaries(st.sampled_from([(a, b) for a in "xyz" for b in "xyz" if a != b]),
                       st.booleans()), st.sets(st.sampled_from("xyz")))  # fmt: skip
def test_a_language_is_behind_only_what_has_changed(
    changed: dict[tuple[str, str], bool], told: set[str]
) -> None:
    known = Outline(told=tuple(sorted(told)), changed=changed)
    for language in "xyz":
        found: Standing = standing(known, language)
        assert found in STANDINGS
        assert (found in {"stale", "both changed"}) == (
            language in told and any(changed.get((language, other)) for other in told)
        )
