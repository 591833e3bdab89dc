"""An article as paragraphs: what is written otherwise and says the same is the same."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.model.content import Correction, FrontMatter, When, Withdrawal
from sitegen.paragraphs import digest_of, paragraphs_of

FRONT = FrontMatter(title="Ny partner")


def body(text: str) -> tuple[str, ...]:
    """Return the paragraphs of a text below its headline."""
    return paragraphs_of(FRONT, text)[1:]


ALIKE = {
    "lines broken elsewhere": ("En linje\nog en til.", "En linje og\nen til."),
    "blanks": ("En  linje \u00a0her.  \n", "En linje her."),
    "more blank lines": ("Et.\n\n\n \nTo.", "Et.\n\nTo."),
    "quotation marks": ("Han sagde “ja” og ‘nej’.", "Han sagde \"ja\" og 'nej'."),
    "guillemets": ("Han sagde »ja«.", "Han sagde ”ja”."),
    "an ellipsis": ("Og så …", "Og så ..."),
    "a soft hyphen": ("Medarbejder\u00adundersøgelse", "Medarbejderundersøgelse"),
    "a bullet": ("* et\n+ to", "- et\n- to"),
    "a heading right above its text": ("## A\nTekst.", "## A\n\nTekst."),
    "a heading that is closed": ("## A ##", "## A"),
    "a list right below its text": ("Tekst:\n- et\n- to", "Tekst:\n\n- et\n\n- to"),
    "a date at the start of a line": ("Vi åbner den\n3. maj i år.", "Vi åbner den 3. maj i år."),
    "a table drawn otherwise": ("|a|b|\n|-|-|\n|1|2|", "| a | b |\n|:---|---:|\n| 1 | 2 |"),
    "a comment": ("Tekst.<!-- husk -->", "Tekst."),
    "attributes": ("Tekst. {: .smal #her}", "Tekst."),
    "another file of a picture": (
        '![Holdet](a.jpg "I Lviv | Foto: A")',
        '![Holdet](b.png "I Lviv | Foto: B")',
    ),
    "a quote that goes on": ("> Et ord\nog et til", "> Et ord\n> og et til"),
    "empty lines of code": ("```\na\n\nb\n```", "~~~\na\nb\n~~~"),
    "a rule": ("Et.\n\n---\n\nTo.", "Et.\n\nTo."),
}


@pytest.mark.parametrize(("one", "other"), ALIKE.values(), ids=ALIKE)
def test_what_looks_otherwise_and_says_the_same_is_the_same(one: str, other: str) -> None:
    assert body(one) == body(other)


OTHER = {
    "the order": ("Et.\n\nTo.", "To.\n\nEt."),
    "a paragraph divided": ("Et. To.", "Et.\n\nTo."),
    "the level of a heading": ("## A", "### A"),
    "what a picture shows": ("![Holdet](a.jpg)", "![Huset](a.jpg)"),
    "a picture more": ("Tekst.", "Tekst.\n\n![Holdet](a.jpg)"),
    "where a link leads": ("[A](https://a.dk/)", "[A](https://b.dk/)"),
    "the heading of a box": ("::: fact Kort\nX\n:::", "::: fact Langt\nX\n:::"),
    "the indentation of code": ("```\nif a:\n  b\n```", "```\nif a:\nb\n```"),
}


@pytest.mark.parametrize(("one", "other"), OTHER.values(), ids=OTHER)
def test_what_a_translator_has_to_follow_is_another_text(one: str, other: str) -> None:
    assert body(one) != body(other)


def test_each_block_is_a_paragraph() -> None:
    text = "Et\nto.\n\n## Tre\n- fire\n  fem\n- seks\n\n::: fact Syv\n**8 %** er otte.\n:::\n\n> ni"

    assert body(text) == (
        "Et to.", "## Tre", "- fire fem", "- seks", "::: fact Syv", "**8 %** er otte.", "> ni",
    )  # fmt: skip


def test_the_keys_that_are_written_in_each_language_come_first() -> None:
    front = FrontMatter(
        title="Ny  partner",
        summary="I “maj”.",
        authors=(),
        tags=("a",),
        image="a.jpg",
        corrections=(Correction(date=When(day=dt.date(2024, 5, 17)), text="88, ikke 78."),),
        withdrawn=Withdrawal(date=When(day=dt.date(2024, 5, 18)), reason="Forkert."),
    )

    assert paragraphs_of(front, "Tekst.") == (
        "title: Ny partner",
        'summary: I "maj".',
        "correction: 2024-05-17 88, ikke 78.",
        "withdrawn: Forkert.",
        "Tekst.",
    )


def test_a_digest_changes_with_any_letter_of_the_language_and_with_nothing_else() -> None:
    before = digest_of(FRONT, "Tekst.")

    assert before == digest_of(FrontMatter(title="Ny partner", tags=("a",)), "Tekst.")
    assert before != digest_of(FRONT, "Tekst. ")
    assert before != digest_of(FrontMatter(title="Ny Partner"), "Tekst.")


@given(st.text(alphabet=st.sampled_from('ab1.\n #-*>|`~:_![]()"<é'), max_size=120))
def test_no_paragraph_holds_what_parts_them_in_a_sidecar(text: str) -> None:
    for paragraph in body(text):
        lines = paragraph.split("\n")
        assert all(line.strip() for line in lines)
        assert "---" not in lines
        assert len(lines) == 1 or paragraph.startswith("```")


@given(st.text(alphabet=st.sampled_from('ab1. \n#-*>|:_![]()"é'), max_size=120))
def test_blanks_at_the_end_of_lines_and_of_the_text_change_nothing(text: str) -> None:
    assert body(text) == body(text.replace("\n", "  \n") + "\n\n")
