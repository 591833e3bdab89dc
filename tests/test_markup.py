"""What `mark_up` returns for a whole article, and how its tokens are filled."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.findings import Findings
from sitegen.markup import NO_LABELS, TOKEN, Marked, Text, fill_tokens, mark_up
from sitegen.model.content import Heading, Reference
from sitegen.model.pages import Target
from sitegen.typography import plain

SEED = Path(__file__).parent / "data" / "faciliteringsteam-giver-tilfredse-kunder.da.txt"


def read(
    body: str, language: str = "da", first_line: int = 1, labels: Mapping[str, str] = NO_LABELS
) -> tuple[Marked, tuple[str, ...]]:
    """Return what the body says, and its findings as `line code`."""
    findings = Findings()
    text = Text(path="x.md", first_line=first_line, language=language, body=body)
    marked = mark_up(text, findings, labels=labels)
    return marked, tuple(f"{finding.line} {finding.code}" for finding in findings.found)


def html(body: str, language: str = "da", **labels: str) -> str:
    """Return the HTML of a body without faults, no-break spaces shown as `_`, tokens as `{n}`."""
    marked, faults = read(body, language, labels=labels)
    assert faults == ()
    return TOKEN.sub(r"{\1}", marked.html).replace("\u00a0", "_")


def faults(body: str, language: str = "da") -> tuple[str, ...]:
    """Return the findings of a body."""
    return read(body, language)[1]


def seed_as_markdown() -> str:
    """Return the seed article's body, its two short paragraphs as sub-headings."""
    _, _, *blocks = SEED.read_text("utf-8").strip().split("\n\n")
    return "\n\n".join(f"## {block}" if len(block) < 40 else block for block in blocks)


def test_every_sentence_of_the_seed_comes_out_as_it_was_written() -> None:
    """R2: nothing is lost; all ten ” are there, and `1.600 km`."""
    marked, found = read(seed_as_markdown())

    sentences = re.split(r"(?<=[.!?”]) |\n+", SEED.read_text("utf-8").split("\n\n", 2)[2].strip())
    assert found == ()
    for sentence in sentences:
        assert sentence in marked.text, sentence
        assert sentence in plain(re.sub(r"<[^>]*>", "", marked.html)), sentence
    assert marked.html.count("”") == 10
    assert "1.600\u00a0km" in marked.html
    assert "88\u00a0procent" in marked.html
    assert [h.text for h in marked.headings] == ["Tillid er vigtigt", "Mange besøg hos kunder"]


def test_the_seed_is_the_same_in_english_where_its_quotes_are_concerned() -> None:
    assert read(seed_as_markdown(), "en")[0].html.count("”") == 10


def test_names_tell_who_is_in_the_text() -> None:
    """Names of one word are too often mere beginnings of sentences."""
    marked, _ = read(seed_as_markdown())

    assert "Line Milthers" in marked.names
    assert "Relationship Manager Line Milther" in marked.names
    assert marked.names == tuple(sorted(set(marked.names)))


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ("I dag talte Åse Ørsted med Søren.", ("Åse Ørsted",)),
        ("Rasmus de Waal og Mads P. Hansen.", ("Mads P. Hansen", "Rasmus de Waal")),
        ("Anne-Marie O'Neill", ("Anne-Marie O’Neill",)),
        ("Ud. Line kom. Per gik.", ()),
        ("Line **Milthers** og\nPer\nHansen", ("Line Milthers", "Per Hansen")),
        ("Вера Иванова", ("Вера Иванова",)),
        ("Line Milthers, Per Ås og DR Byen.", ("DR Byen", "Line Milthers", "Per Ås")),
        ("Line Milthers\n\nPer Ås", ("Line Milthers", "Per Ås")),
        ("::: fact Om Line\nLine Milthers.\n:::\n\n", ("Line Milthers", "Om Line")),
    ],
)
def test_a_name_is_a_run_of_capitalised_words(body: str, names: tuple[str, ...]) -> None:
    found, _ = read(body)

    assert set(names) <= set(found.names) or names == found.names


def test_the_excerpt_is_the_first_paragraph_in_plain_words() -> None:
    body = '## Rubrik\n\n"Vi er *88* procent",\nsiger [hun](https://x.dk)[^1] &amp; ler.\n\nMere.'
    marked, _ = read(f"{body}\n\n[^1]: Note")

    assert marked.excerpt == "”Vi er 88 procent”, siger hun & ler."


def test_an_article_that_begins_with_a_box_has_an_excerpt_all_the_same() -> None:
    marked, _ = read("::: fact Kort\nI kassen.\n:::\n\nI teksten.")

    assert marked.excerpt == "I teksten."
    assert read("")[0].excerpt == ""


def test_words_are_counted_and_dashes_are_none() -> None:
    assert read("Vi er – i dag – 88")[0].words == 5
    assert read("– … –")[0].words == 0
    assert read("1.600 km – ”ja”, sagde hun … (nej)")[0].words == 6


def test_the_plain_text_has_each_block_on_its_line_and_no_note_numbers() -> None:
    body = (
        "## Et\n\nTo[^1] tre.\n\n- fire\n- fem\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n[^1]: Noten."
    )
    marked, _ = read(body, labels={"footnote_back": "Tilbage"})

    assert read('![a](b.png "Ord | Foto: Per")')[0].text == "Ord\nFoto: Per"
    assert marked.text == "Et\nTo tre.\nfire\nfem\na\nb\n1\n2\nNoten."


def test_references_are_relative_targets_and_paths_of_the_site() -> None:
    body = (
        "Se [andet](../andet/index.da.md#fod), [fil](fil.pdf), [presse](/da/presse/),\n"
        "[ude](https://x.dk/) og [skriv](mailto:a@x.dk), [ned](#rubrik).\n\n## Rubrik\n\n"
        "![Alt](a.png)\n"
    )
    marked, found = read(body, first_line=5)

    assert found == ()
    assert marked.references == (
        Reference(kind="image", target="a.png", line=10, alt="Alt"),
        Reference(kind="link", target="../andet/index.da.md#fod", line=5),
        Reference(kind="link", target="fil.pdf", line=5),
        Reference(kind="link", target="/da/presse/", line=5),
    )
    assert sorted(TOKEN.findall(marked.html)) == ["0", "1", "2", "3"]
    assert 'href="https://x.dk/"' in marked.html
    assert 'href="mailto:a@x.dk"' in marked.html
    assert 'href="#rubrik"' in marked.html


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("[a](x.md)\n\n[b](x.md)\n\n[c](x.md)", [1, 3, 5]),
        ("`[a](x.md)`\n\n[b](x.md)", [3]),
        ("```\n[a](x.md)\n```\n\n[b](x.md)", [5]),
        ("~~~\n[a](x.md)\n~~~\n\n[b](x.md)", [5]),
        ("<!-- [a](x.md) -->\n\n[b](x.md)", [3]),
        ("x.md\n\n[b](x.md)", [3]),
        ("[a](xx.md)\n[b](x.md)", [1, 2]),
        ("[a][1]\n\n[1]: x.md", [3]),
        ("[a](<x y.md>)\n[b](x y.md)", [1, 2]),
        ("- a\n  - b\n\n    [c](x.md)", [4]),
        ('a\n\n<a href="x.md">b</a>', [3]),
        ("a\n\n[b](x_(1).md)", [3]),
        ("\r\n\r\n[b](x.md)", [3]),
    ],
)
def test_a_reference_knows_its_line(body: str, lines: list[int]) -> None:
    marked, _ = read(body)

    assert lines == [reference.line for reference in marked.references]


def test_links_may_lead_to_ids_that_an_editor_sets() -> None:
    marked, found = read("[a](#x) [b](#y) [c](#z)[^1]\n\nd\n{: #x}\n\n[e]{#y}\n\n## Z\n\n[^1]: f")

    assert found == ()
    assert marked.anchors == ("fn-1", "fnref-1", "x", "y")


def test_tokens_become_addresses_and_pictures_get_their_size() -> None:
    marked, _ = read("[a](b.md) og ![c](d.png) og [e](f.jpg)")
    targets = {
        "b.md": Target(href="/da/b/?x&amp;y".replace("&amp;", "&")),
        "d.png": Target(href="/m/d.png", width=640, height=480),
        "f.jpg": Target(href="/m/f.jpg", width=10, height=10),
    }

    filled = fill_tokens(marked.html, [targets[r.target] for r in marked.references])

    assert filled == (
        '<p><a href="/da/b/?x&amp;y">a</a> og '
        '<img alt="c" src="/m/d.png" width="640" height="480" loading="lazy" decoding="async"> og '
        '<a href="/m/f.jpg">e</a></p>'
    )


def test_what_has_no_size_gets_none() -> None:
    marked, _ = read("![a](b.svg)")

    assert fill_tokens(marked.html, [Target(href="/m/b.svg")]) == (
        '<figure><img alt="a" src="/m/b.svg"></figure>'
    )


def test_no_text_can_forge_a_token() -> None:
    marked, found = read('a \x020\x03 <a href="\x020\x03">x</a> [b](\x021\x03)')

    assert {code.split()[1] for code in found} == {"control-character"}
    assert len(TOKEN.findall(marked.html)) == len(marked.references)
    assert [reference.target for reference in marked.references] == ["1", "0"]


def test_nothing_leaks_from_one_article_into_the_next() -> None:
    """Notes, abbreviations, link definitions and ids belong to one article."""
    body = "HTML[^1] [a][b]\n\n## Et\n\n[^1]: Note\n\n*[HTML]: Hyper\n\n[b]: https://x.dk"
    first, _ = read(body)
    second, found = read("HTML[^1] [a][b]\n\n## Et")

    assert found == ("1 footnote-missing",)
    assert second.headings == first.headings == (Heading(level=2, id="et", text="Et"),)
    assert "abbr" not in second.html
    assert "x.dk" not in second.html
    assert read(body)[0] == first


def test_template_syntax_is_printed_as_it_stands() -> None:
    assert (
        html("{{ x }} og **fed**{{ y }} {% if z %}")
        == "<p>{{ x }} og <strong>fed</strong>{{ y }} {% if z %}</p>"
    )


PIECES = r"""
a
b
æ
88 procent
*
_
`
**
"
'
[
]
(
)
:
|
\
&
;
![a](b.png)
[a](b.md)
[^1]
https://x.dk
{: .c}
{: lang=en}
&amp;
&nbsp;
&copy;
"""
LINES = [
    "\n",
    "\n\n",
    "  ",
    "    ",
    "\t",
    "\u00a0",
    "## ",
    "### ",
    "- ",
    "1. ",
    "> ",
    "```\n",
    "---\n",
]
BLOCKS = [
    "a|b\n-|-\n",
    "::: fact T\n",
    ":::\n",
    "[^1]: n",
    "*[A]: b",
    "\n: d",
    "Tabel: x\n",
    "#",
    "~~~",
]
MARKDOWN = st.lists(st.sampled_from([*PIECES.split("\n"), *LINES, *BLOCKS]), max_size=40).map(
    "".join
)


@settings(max_examples=150, deadline=None)
@given(MARKDOWN)
def test_no_markdown_makes_html_that_browsers_read_otherwise(body: str) -> None:
    """The second wall stays silent, ids are unique, and each token has its reference."""
    marked, found = read(body)
    everything = "\n".join((marked.html, *marked.boxes))
    ids = re.findall(r' id="([^"]*)"', everything)

    assert not [code for code in found if "html-forbidden" in code or "complex" in code]
    assert len(ids) == len(set(ids))
    assert {int(index) for index in TOKEN.findall(everything)} == set(range(len(marked.references)))
    assert " style=" not in everything
    assert "\x02" not in TOKEN.sub("", everything)


TAGS = r"""
<b>
</b>
<div>
</div>
<p>
</p>
<script>
</script>
<img src=x onerror=y>
<a href="javascript:x">
<a href='x.md'>
</a>
<!--
-->
<svg>
<style>
</main>
<table>
<td>
<details open>
<![CDATA[
<?
<
>
/
 title="
=
"""
HTML = st.lists(
    st.sampled_from([*PIECES.split("\n"), *TAGS.split("\n"), *LINES, *BLOCKS]), max_size=30
).map("".join)


@settings(max_examples=150, deadline=None)
@given(HTML)
def test_no_html_gets_past_both_walls(body: str) -> None:
    """R134: whatever is typed, no script, handler, style or foreign scheme is in the output."""
    marked, found = read(body)
    tags = re.findall(r"<[^>]*>", marked.html)

    assert not [code for code in found if "complex" in code]
    assert "\x02" not in TOKEN.sub("", marked.html)
    for tag in tags:
        assert not re.match(r"</?(script|style|svg|main|iframe)", tag)
        assert not re.search(r"\s(on\w+|style)=|javascript", tag)


WORDS = st.text(alphabet="abcæøåABCÆØÅ", min_size=1, max_size=8)
SENTENCES = st.lists(WORDS, min_size=1, max_size=12).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(st.lists(SENTENCES, min_size=1, max_size=6))
def test_prose_comes_out_word_for_word(paragraphs: list[str]) -> None:
    marked, found = read("\n\n".join(paragraphs))

    assert found == ()
    assert paragraphs == marked.text.split("\n")
    assert marked.words == len(" ".join(paragraphs).split())
