"""The prose road says of every article that it takes what Python-Markdown says."""

import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen import markup
from sitegen.findings import Findings
from sitegen.markup import Text, converter, plain_text, prose
from sitegen.markup.draft import Draft
from tests import (
    test_markup,
    test_markup_blocks,
    test_markup_lines,
    test_markup_phrases,
    test_markup_refusals,
)

ROOT = Path(__file__).parent.parent
WORD = re.compile(r"(?<!\S)[^\w\s]*\w")
LABELS = {"table": "Tabel'en", "code": "Kode", "footnote": "Note", "footnote_back": "Tilbage"}


def is_prose(body: str, language: str = "da") -> bool:
    """Tell whether the prose road takes the article; if it does, both roads must agree."""
    findings = Findings()
    text = Text(path="x.md", first_line=7, language=language, body=body)
    said = prose.read(Draft(text, LABELS, findings))
    if said is None:
        return False
    expected = markup._convert(Draft(text, LABELS, findings))
    assert findings.found == ()
    assert expected == said
    assert len(WORD.findall(said.text)) == plain_text.count_words(said.text)
    return True


ORDINARY = [
    "",
    "Et afsnit.",
    "Et afsnit\nover to linjer, med blank \nfor enden.\n\n\n\nOg et til.\n",
    "\r\nVindues\r\n\r\nlinjer\r\n",
    "Hun *er* her, **de to** er *der*; (*begge*), ”*nu*” og **a:** b.",
    'Han sagde: "Vi er \'her\' i 90\'erne", og o\'clock.\n\n"Et andet *citat*" om "**to** ord".',
    "88 % af 12 mio. kr. den 3. maj kl. 9.30, 5\u00a0km og 2 mio.\u00a0kr. siden 15. juni 2024",
    "3. maj åbner vi igen.\n\n12. juni lukker vi.\n\n2024 var godt.\n\n2. kvartal gik bedre.",
    "R&D hos AT&T, Marks & Spencer, a > b, snake_case og 5 + 3 = 8.",
    "2 * 3 * 4 = 24, p < 0.05 > 1, <3 og <100 %; 1924. Året\n\n***\n\n* * *\n\n---\n\n1924. Året",
    "Han [ministeren, red.] siger [sic] ja.",
    "Se [aftalen](../2024-03-01-aftale/index.da.md), [målene](index.da.md#målene) og [a](b.pdf).",
    "Se [*hele* aftalen](https://www.example.com/a_b?c=1&d=2#e), og [ring](tel:+4512345678).",
    "*Se [den](a.md) igen*, **[den](a.md)**\nog [den](a.md), [skriv](mailto:presse@example.com).",
    "Læs https://example.com/a_b_(c), skriv til presse@example.com. <https://x.dk> <a@b.dk>",
    "## Øl & *brød*\n\nA\n\n### Øl & brød\n\n## Øl\nLige under\n\nSe [øl](#øl) og [top](#top).",
    "- a\n- *b*\n- 88 km\n\nEfter",
    "Før:\n- a\n- b",
    "* a\n  med mere\n* b\nmed mere\n\n2024 kom.",
    "1. a\n2. b\n   - c\n   - d\n     1. e\n3. f",
    "3. a\n4. b\n\n- c\n- d\n\n1. e",
    "- a\n\n- b\n  - c\n\n- d",
    "> Et citat.\n> Med mere.\n>\n> Og mere.\n\n> Og et til.\n\nTekst.",
    "| Del | Længde | C |\n|:----|-------:|---|\n| *Bue* | 88 m | |\n| Vej | [a](b.md) | c |\n\nB",
    '![Plan over kontoret](plan.png "Planen | Foto: Eva Skov")\n\n[a](b.md)\n\n![To](to.png)',
    "::: fact Evalueringen kort\n**88 %** af kunderne.\n\n- a\n:::\n\nTekst.\n\n## En",
    "Tekst\n\n::: quote Eva Skov, udvikler\nVi *er*\n\nher.\n:::\n\n::: quote\nA\n:::\n\nb",
    "– Det er godt, siger hun.\n\n– Ja … måske.\n\n“English” «fransk» €5 $6 §7",
]


@pytest.mark.parametrize("body", ORDINARY)
@pytest.mark.parametrize("language", ["da", "en", "fr"])
def test_ordinary_articles_take_the_prose_road(body: str, language: str) -> None:
    assert is_prose(body, language) or (language != "da" and "3. maj" in body)


@pytest.mark.parametrize(
    "body",
    [
        "• punkt\n• punkt",
        "· punkt",
        "-\u00a0punkt",
        "a\n\n<b>b</b>",
        "`kode`",
        "a\\*",
        "&lt; &copy; &#8211;",
        "a[^1]\n\n[^1]: b",
        "*[HTML]: a\n\nHTML",
        "[a]\n\n[a]: b.md",
        "A\n: b",
        "a {: .b}",
        "# A",
        "### A",
        "[a](javascript:alert(1))",
        "[a](https://1.2)",
        "![](a.png)",
        "![a](a.jpg)",
        "[a](#b)",
        "a  \nb",
        "a\u0001",
        'href="b.md"\n\n[x](b.md)',
        "[a](b.png)\n\n![a](b.png)",
        '![a](b.png "Foto: Per\u00a0Ås")',
        "* a\n  b\n    * c\n    d",
        "::: fact A\n**8 [a](b.md)** c\n:::",
        "a\u202eb",
        "a\n---\nb",
        "- - -",
        "    a",
        "a <b",
        "Tabel: a\n\n|a|b|\n|--|--|\n|1|2|",
        "\n".join(f"{'  ' * depth}- a" for depth in range(9)),
        "a " * 50_000,
        "[a](b.md) " * 400,
    ],
)
def test_what_is_more_than_plain_prose_takes_the_other_road(body: str) -> None:
    assert not is_prose(body)


def test_whole_articles_of_this_site_take_the_prose_road() -> None:
    folders = [ROOT / "content", ROOT / "tests" / "golden" / "site" / "content"]
    paths = [path for folder in folders for path in sorted(folder.rglob("*.md"))]
    bodies = [path.read_text("utf-8").partition("\n---\n")[2] for path in paths]

    taken = [is_prose(body, path.stem[-2:]) for body, path in zip(bodies, paths, strict=True)]
    assert sum(taken) >= 0.85 * len(taken) > 20  # three golden ones show HTML, notes and languages


def strings_in(value: object) -> Iterator[str]:
    """Return the texts in a table of examples."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for each in value:
            yield from strings_in(each)


def test_both_roads_agree_on_all_that_other_tests_show() -> None:
    modules = (
        test_markup,
        test_markup_blocks,
        test_markup_lines,
        test_markup_phrases,
        test_markup_refusals,
    )
    marks = itertools.chain.from_iterable(
        getattr(value, "pytestmark", ()) for module in modules for value in vars(module).values()
    )
    tables = [mark.args[1] for mark in marks if mark.name == "parametrize"]
    bodies = [body for body in strings_in(tables) if len(body) < 10_000]

    assert sum(map(is_prose, bodies)) > 100


TYPED_MARKS = (
    "vi Åse en 88 12 1 1.600 2024 3. 1. maj juni km procent % kr. kl. 9 mio. o'clock it's 90's X_1 "
    "R&D & C# #1 # ## - * + ** _ __ *** \" ' “ ” ( ) (x) [red.] [ ] ![ ]( ](x) [a](b.md) [^1] "
    "[to](../x/index.da.md#å) [web](https://x.dk/a_b?c=1&d=2) [top](#top) [x](#vi) ![a](b.png) "
    "[post](mailto:a@b.dk) https://x.dk https://x.dk/a_(b). a@b.dk <https://x.dk> <a@b.dk> "
    "<b>fed</b> <br> < > &amp; &copy &#1 \\* \\ ` `kode` ~~~ {.x} {: .a} | || : ::: = == --- – … "
    "? . , ; / @ *em* **fed** _em_ ***x*** *[a](b.md)* **[a](https://x.dk)** 1) • \u00a0 "
    "88\u00a0km a\u00ad Foto: © 😀 中文 ٣ ² Tabel:"
)
MARKS = TYPED_MARKS.split(" ")
BEGINNINGS = (
    "|- |* |+ |1. |2. |10. |  - |    - |  1. |   - |  | |    |-|- - |> |>|> > |> - |- > |## |### |"
    "# |#| ## |- ## |::: fact |::: quote |:::|: |```|~~~|[^1]: |*[a]: |[a]: |Tabel: |1. maj |\t|• |"
    "-\u00a0|12. maj "
)
WORDS = st.sampled_from([*MARKS, "*to ord*", "**to ord**", "3. maj", "[a b](c.md)", '"to ord"'])
PLACES = (
    "{}",
    "{} a",
    "a {} b",
    "a{}b",
    "a {}",
    "{}\n{}",
    "a\n{} b",
    "*a {} b*",
    "*{}*",
    "[{}](b.md)",
    "- {}\n- a\n  {}",
    "- a\n\n{} b",
    "## {}",
    "> {}",
    "|a|{}|\n|--|--|\n|{}|b {}|",
    '![{}](a.png "{}")',
    "::: fact {}\n**9** {}\n:::",
)


@pytest.mark.parametrize("place", PLACES)
def test_both_roads_agree_on_each_mark_in_each_place(place: str) -> None:
    for mark in [*MARKS, *BEGINNINGS.split("|")]:
        is_prose(place.replace("{}", mark))


def test_both_roads_agree_on_each_mark_beside_each_other() -> None:
    marks = [mark for mark in MARKS if not mark.isalnum()]
    for one, two in itertools.product(marks, marks[::2]):
        is_prose(f"a {one} {two} b")


LINE = st.builds(
    str.join, st.sampled_from([" ", " ", " ", "", "  "]), st.lists(WORDS, min_size=1, max_size=7)
)
BEGINNING = st.sampled_from(BEGINNINGS.split("|"))
END = st.sampled_from(["", "", "", "", "", " ", "  ", "\\", " ##", "#", " {#x}", ":", "\r"])
TYPED = st.builds("{}{}{}".format, BEGINNING, LINE, END)
ALIKE = st.builds(
    lambda mark, lines, gap: gap.join(mark + line for line in lines),
    BEGINNING,
    st.lists(LINE, min_size=1, max_size=4),
    st.sampled_from(["\n", "\n", "\n\n"]),
)
FIGURE = st.builds(
    "![{}]({}{})".format,
    st.sampled_from(["Et kort", "a", "", "a*b", "å & b", 'x "y"', " a ", "[a]", "88 km"]),
    st.sampled_from(["a.png", "b.jpg", "../c.webp", "https://x.dk/a.png", "a b.png", "b.md"]),
    st.sampled_from(
        ["", ' "Foto: Per Ås"', ' "Tekst | Foto: Per"', ' "Et (to) | © P 9 km"', " 'x'", ' "|"']
    ),
)
BLOCK = st.one_of(
    LINE,
    st.lists(TYPED, max_size=4).map("\n".join),
    ALIKE,
    st.lists(LINE, max_size=3).map("\n".join),
    FIGURE,
    st.sampled_from(["***", "---", "* * *", "___", "", " ", ":::", "::: fact A", "::: quote A"]),
    st.sampled_from(ORDINARY),
)


@st.composite
def tables(draw: st.DrawFn) -> str:
    """Return what may be a table."""
    columns = draw(st.integers(1, 4))
    cells = LINE | st.sampled_from(["a", "88 km", "", " ", "b*", "*c*", "a|b", "-"])
    rules = st.sampled_from(["---", ":--", "--:", ":-:", " --- ", "---", "-", "", "x"])
    edges = st.sampled_from([("|", "|"), ("|", "|"), ("| ", " |"), ("", ""), ("|", ""), ("", "|")])
    begin, end = draw(edges)
    kinds = [cells, rules, *[cells] * draw(st.integers(0, 3))]
    return "\n".join(
        begin + "|".join(draw(kind) for _ in range(columns + (draw(st.integers(0, 9)) == 0))) + end
        for kind in kinds
    )


def articles(blocks: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return articles of a few such blocks."""
    gaps = st.sampled_from(["\n\n", "\n\n", "\n\n", "\n", "\n\n\n", "\n  \n"])
    return st.lists(st.builds(str.__add__, blocks, gaps), max_size=4).map("".join)


@given(articles(BLOCK | tables()), st.sampled_from(["da", "en", "fr"]))
@settings(max_examples=300)
def test_both_roads_agree_on_whatever_is_typed(body: str, language: str) -> None:
    is_prose(body, language)


@given(st.text(alphabet="aabk19.*_[]()!-# \n\n>|:\"'&@/`<+=é ", max_size=40))
@settings(max_examples=300)
def test_both_roads_agree_on_marks_and_letters(body: str) -> None:
    is_prose(body)


SLIP = st.tuples(st.integers(0, 90), WORDS | st.sampled_from([" ", "\n", "\n\n"]))


@given(st.sampled_from(ORDINARY), st.lists(SLIP, max_size=3))
@settings(max_examples=300)
def test_both_roads_agree_on_ordinary_articles_with_a_slip(
    body: str, slips: list[tuple[int, str]]
) -> None:
    for place, slip in slips:
        body = body[:place] + slip + body[place:]

    is_prose(body)


@given(articles(BLOCK | tables()))
@settings(max_examples=300)
def test_a_pattern_whose_mark_is_not_there_would_have_matched_nothing(body: str) -> None:
    found, expected = Findings(), Findings()
    text = Text(path="x.md", first_line=7, language="da", body=body)
    said = markup._convert(Draft(text, LABELS, found))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(converter, "_leave_out_the_needless", lambda *_: None)
        assert markup._convert(Draft(text, LABELS, expected)) == said

    assert expected.found == found.found
