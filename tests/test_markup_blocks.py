"""Blocks: each pair is what an editor types and the HTML that readers get."""

import pytest

from tests.test_markup import html, read


def squeezed(body: str, language: str = "da", **labels: str) -> str:
    """Return the HTML without its line breaks."""
    return html(body, language, **labels).replace("\n", "")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("3. maj åbner vi igen.", "<p>3._maj åbner vi igen.</p>"),
        ("1. maj er fri.", "<p>1._maj er fri.</p>"),
        ("15. marts 2012\nvar dagen.", "<p>15._marts 2012 var dagen.</p>"),
        ("15. Marts var dagen.", "<p>15._Marts var dagen.</p>"),
        ("2. kvartal gik godt.", "<p>2. kvartal gik godt.</p>"),
        ("Det var i\n1987. Siden gik det.", "<p>Det var i 1987. Siden gik det.</p>"),
        ("2012. Et godt år.", "<p>2012. Et godt år.</p>"),
        ("- 3. maj åbner vi\n- 4. maj", "<ul><li>3._maj åbner vi</li><li>4._maj</li></ul>"),
        ("> 3. maj åbner vi", "<blockquote><p>3._maj åbner vi</p></blockquote>"),
        ("3. majstang", '<ol start="3"><li>majstang</li></ol>'),
        ("1. Maja kom", "<ol><li>Maja kom</li></ol>"),
    ],
)
def test_a_date_at_the_head_of_a_paragraph_is_a_sentence(typed: str, shown: str) -> None:
    assert shown == html(typed).replace("\n", " ").replace("> <", "><")


@pytest.mark.parametrize(
    ("typed", "language", "shown"),
    [
        ("3. Mai öffnen wir.", "de", "<p>3._Mai öffnen wir.</p>"),
        ("3. March on", "en", "<p>3._March on</p>"),
        ("1. one\n2. two", "en", "<ol><li>one</li><li>two</li></ol>"),
        ("2. kvartal", "en", '<ol start="2"><li>kvartal</li></ol>'),
        ("3. maj", "xx", '<ol start="3"><li>maj</li></ol>'),
    ],
)
def test_dates_are_known_in_the_language_of_the_article(
    typed: str, language: str, shown: str
) -> None:
    assert shown == squeezed(typed, language)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("1. et\n2. to", "<ol><li>et</li><li>to</li></ol>"),
        ("4. Fire\n5. Fem", '<ol start="4"><li>Fire</li><li>Fem</li></ol>'),
        ("0. Nul\n1. Et", '<ol start="0"><li>Nul</li><li>Et</li></ol>'),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("* a\n+ b", "<ul><li>a</li><li>b</li></ul>"),
        ("-\u00a0a\n-\u00a0b", "<ul><li>a</li><li>b</li></ul>"),
        ("  - a\n  - b", "<ul><li>a</li><li>b</li></ul>"),
        ("Tekst:\n- a\n- b", "<p>Tekst:</p><ul><li>a</li><li>b</li></ul>"),
        ("Tekst:\n1. a\n2. b", "<p>Tekst:</p><ol><li>a</li><li>b</li></ol>"),
        ("Tekst\n2. b", "<p>Tekst2. b</p>"),
        ("- a\n  - b\n- c", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        ("- a\n    - b\n- c", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        ("- a\n\t- b", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("1. a\n  - b\n2. c", "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>"),
        ("1. a\n   1. b\n2. c", "<ol><li>a<ol><li>b</li></ol></li><li>c</li></ol>"),
        (
            "- a\n  - b\n    - c\n  - d",
            "<ul><li>a<ul><li>b<ul><li>c</li></ul></li><li>d</li></ul></li></ul>",
        ),
        ("- a\n- b\n\nTekst", "<ul><li>a</li><li>b</li></ul><p>Tekst</p>"),
        ("- a\n\n\n\n- b", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
        ("- a\n\n  b\n- c", "<ul><li><p>a</p><p>b</p></li><li><p>c</p></li></ul>"),
        ("- a\n\n    b", "<ul><li><p>a</p><p>b</p></li></ul>"),
        ("- a\n\n  - b\n- c", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        ("- a\n\n1. b", "<ul><li>a</li></ul><ol><li>b</li></ol>"),
        ("- a\n1. b", "<ul><li>a</li></ul><ol><li>b</li></ol>"),
        ("- a\n> b", "<ul><li>a</li></ul><blockquote><p>b</p></blockquote>"),
        ("- a\n## B", '<ul><li>a</li></ul><h2 id="b">B</h2>'),
        ("- a\n\n- b\n## C", '<ul><li><p>a</p></li><li><p>b</p></li></ul><h2 id="c">C</h2>'),
        ("- > a\n- b", "<ul><li><blockquote><p>a</p></blockquote></li><li>b</li></ul>"),
        ("- **a**\n- *b*", "<ul><li><strong>a</strong></li><li><em>b</em></li></ul>"),
        ("\\- a", "<p>- a</p>"),
        ("1\\. a", "<p>1. a</p>"),
        ("- a\n{: .x}", '<ul><li class="x">a</li></ul>'),
        ("-5\n-3", "<p>-5-3</p>"),
        ("- a\n-", "<ul><li>a</li></ul>"),
        ("- a\n-\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("- a\n  - b\n  -\n- c", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        ("- nummer\n  3.\n- b", "<ul><li>nummer3.</li><li>b</li></ul>"),
        ("- a\n---\nb", "<ul><li>a</li></ul><hr><p>b</p>"),
        ("1. a\n* * *", "<ol><li>a</li></ol><hr>"),
        ("a\n-", "<p>a-</p>"),
    ],
)
def test_lists_are_what_editors_mean(typed: str, shown: str) -> None:
    assert shown == squeezed(typed)


def test_a_line_of_an_item_may_stand_at_the_margin() -> None:
    assert html("- a\nb\n- c") == "<ul>\n<li>a\nb</li>\n<li>c</li>\n</ul>"


def test_code_may_stand_in_an_item() -> None:
    assert squeezed("- a\n\n  ```\n  x = 1\n    y\n  ```\n\n- b") == (
        '<ul><li><p>a</p><pre tabindex="0"><code>x = 1  y</code></pre></li><li><p>b</p></li></ul>'
    )


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("    indrykket", "<p>indrykket</p>"),
        ("a\n\n\tindrykket\n    mere", "<p>a</p><p>indrykket    mere</p>"),
        ("    - a\n    - b", "<ul><li>a</li><li>b</li></ul>"),
        ("- a\n\n        b", "<ul><li><p>a</p><p>b</p></li></ul>"),
    ],
)
def test_what_is_indented_is_no_code(typed: str, shown: str) -> None:
    assert shown == squeezed(typed)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("#hashtag i dag", "<p>#hashtag i dag</p>"),
        ("#1 i Danmark", "<p>#1 i Danmark</p>"),
        ("##", "<p>##</p>"),
        ("## Ærø og Øl på Åen", '<h2 id="ærø-og-øl-på-åen">Ærø og Øl på Åen</h2>'),
        ("##\u00a0Rubrik", '<h2 id="rubrik">Rubrik</h2>'),
        ("## Rubrik ##", '<h2 id="rubrik">Rubrik</h2>'),
        ("## Om C#", '<h2 id="om-c">Om C#</h2>'),
        ("## A\n\n## A\n\n## A", '<h2 id="a">A</h2><h2 id="a-2">A</h2><h2 id="a-3">A</h2>'),
        ("## A\n\n### B\n\n## C", '<h2 id="a">A</h2><h3 id="b">B</h3><h2 id="c">C</h2>'),
        ("Rubrik\n---", '<h2 id="rubrik">Rubrik</h2>'),
        ("## 🎉", '<h2 id="x">🎉</h2>'),
        ("## *A* `b` & c", '<h2 id="a-b-c"><em>A</em> <code>b</code> &amp; c</h2>'),
        ("## A {#egen}\n\n## Egen", '<h2 id="egen">A</h2><h2 id="egen-2">Egen</h2>'),
        ("## A {2024}", '<h2 id="a-2024">A {2024}</h2>'),
        ("## A<sub>2</sub>", '<h2 id="a2">A<sub>2</sub></h2>'),
        ("## Til\u00adlid", '<h2 id="tillid">Til\u00adlid</h2>'),
    ],
)
def test_headings_need_a_blank_and_keep_their_letters(typed: str, shown: str) -> None:
    """R93."""
    assert shown == squeezed(typed)


def test_headings_are_returned_in_order_with_those_of_boxes() -> None:
    marked, _ = read('## "A"\n\n::: fact B\n### C\n:::\n\n### D')

    assert [(h.level, h.id, h.text) for h in marked.headings] == [
        (2, "a", "”A”"),
        (2, "b", "B"),
        (3, "c", "C"),
        (3, "d", "D"),
    ]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ('```\na < b & "c"\n```', 'a &lt; b &amp; "c"'),
        ("~~~\n```\n~~~", "```"),
        ("````\n```\n````", "```"),
        ("```\n\n- a\n\n## b\n\n```", "\n- a\n\n## b"),
        ("```\n[x](y.md) <b> ::: fact\n```", "[x](y.md) &lt;b&gt; ::: fact"),
        ("```\n88 procent 'x'\n```", "88 procent 'x'"),
        ("```\nåben til slutningen", "åben til slutningen"),
        ("```python\nx\n```", "x"),
        ("~~~~\n~~~\na\n~~~~", "~~~\na"),
        ("```\n:::\n```", ":::"),
    ],
)
def test_code_is_shown_as_it_is_typed(typed: str, shown: str) -> None:
    assert html(typed) == f'<pre tabindex="0"><code>{shown}\n</code></pre>'


def test_code_is_a_region_with_a_name() -> None:
    """R97."""
    assert html("```python\nx\n```", code="Kode") == (
        '<pre aria-label="Kode" role="region" tabindex="0"><code>x\n</code></pre>'
    )
    assert squeezed("Før\n```\nx\n```\nefter").startswith("<p>Før</p><pre")


TABLE = "| A | B |\n|:--|--:|\n| 1 | 2 |"


def test_a_table_scrolls_and_its_alignment_is_a_class() -> None:
    """R97, R109, R133: no style attribute, `th scope`, and a name from the labels."""
    assert squeezed(TABLE, table="Tabel") == (
        '<div aria-label="Tabel" class="scroll" role="region" tabindex="0"><table><thead><tr>'
        '<th class="align-left" scope="col">A</th><th class="align-right" scope="col">B</th>'
        '</tr></thead><tbody><tr><td class="align-left">1</td><td class="align-right">2</td>'
        "</tr></tbody></table></div>"
    )


@pytest.mark.parametrize(
    "typed",
    [
        f"Tabel: Tal for *2012*\n\n{TABLE}",
        f"Tabel: Tal for *2012*\n{TABLE}",
        f"Table: Tal for *2012*\n\n{TABLE}",
    ],
)
def test_a_table_takes_its_caption_from_the_line_above_it(typed: str) -> None:
    """R109."""
    shown = squeezed(typed, table="Tabel")

    assert "<table><caption>Tal for <em>2012</em></caption><thead>" in shown
    assert 'aria-label="Tabel"' in shown
    assert "<p>" not in shown


def test_a_caption_below_a_table_is_text() -> None:
    shown = html(f"Tabel: Før\n\n{TABLE}\n\nTabel: Efter")

    assert "<caption>Før</caption><thead>" in shown
    assert shown.endswith("<p>Tabel: Efter</p>")


def test_a_caption_belongs_to_one_table_only() -> None:
    shown = squeezed(f"{TABLE}\n\nTabel: Anden\n\n{TABLE}")

    assert shown.count("<caption>") == 1
    assert shown.index("<caption>") > shown.index("</table>")


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        (f"Tekst\n{TABLE}", "<p>Tekst</p><div"),
        ("A | B\n--|--\n1 | 2", "<td>1</td><td>2</td>"),
        ("| A |\n|---|\n| 1 |", "<tbody><tr><td>1</td></tr></tbody>"),
        ("Tabel: X\n| A |\n|---|\n| 1 |", "<caption>X</caption>"),
        ("| A | B |\n|:-:|---|\n| `x|y` | a\\|b |", "<code>x|y</code></td><td>a|b</td>"),
        ("| A | B |\n|:-:|---|\n| 1 | 88 % |", '<td class="align-center">1</td><td>88_%</td>'),
    ],
)
def test_tables_are_found_where_editors_write_them(typed: str, part: str) -> None:
    assert part in squeezed(typed)


def test_what_only_looks_like_a_table_is_text() -> None:
    assert squeezed("a | b\n- c") == "<p>a | b</p><ul><li>c</li></ul>"
    assert squeezed("Tabel: ingen tabel") == "<p>Tabel: ingen tabel</p>"


def test_a_table_of_raw_html_scrolls_too() -> None:
    """R97."""
    shown = squeezed("<table><tr><td>1</td></tr></table>".replace("tr", "tbody><tr", 1).replace(
        "</tr>", "</tr></tbody>"), table="Tabel")  # fmt: skip

    assert shown == (
        '<div class="scroll" aria-label="Tabel" role="region" tabindex="0">'
        "<table><tbody><tr><td>1</td></tr></tbody></table></div>"
    )


def test_a_fact_box_leaves_the_text_and_has_a_title() -> None:
    """R9: its heading is one level below the headline, and key figures are marked."""
    marked, found = read(
        "Før.\n\n::: fact Evalueringen kort\n**88 %** af kunderne er tilfredse.\n\n"
        "**Bemærk:** alle svarede.\n\n- a\n:::\n\nEfter."
    )

    assert found == ()
    assert marked.html == "<p>Før.</p>\n<p>Efter.</p>"
    assert [box.replace("\n", "") for box in marked.boxes] == [
        '<aside aria-labelledby="evalueringen-kort" class="fact">'
        '<h2 id="evalueringen-kort">Evalueringen kort</h2>'
        '<p class="key"><strong>88\u00a0%</strong> af kunderne er tilfredse.</p>'
        "<p><strong>Bemærk:</strong> alle svarede.</p><ul><li>a</li></ul></aside>"
    ]


@pytest.mark.parametrize(
    "typed", ["**88 %**", "**I 2012 var vi 88** her", "Vi er **88**", "*88* år"]
)
def test_only_a_short_figure_before_its_words_is_a_key_figure(typed: str) -> None:
    marked, _ = read(f"::: fact A\n{typed}\n:::")

    assert 'class="key"' not in marked.boxes[0]


def test_two_boxes_and_their_references_stay_apart() -> None:
    marked, found = read("::: fact A\n[a](a.md)\n:::\n::: fact B\n[b](b.md)\n:::\n[c](c.md)")

    assert found == ()
    assert [box.count("\x02") for box in marked.boxes] == [1, 1]
    assert marked.html == '<p><a href="\x022\x03">c</a></p>'
    assert [r.target for r in marked.references] == ["a.md", "b.md", "c.md"]


def test_a_quote_has_its_attribution_in_a_paragraph_after_it() -> None:
    """R7: no cite attribute, no figure."""
    assert squeezed("::: quote Line Milthers, *Manager*\nTekst.\n\nMere.\n:::") == (
        '<div class="quote"><blockquote><p>Tekst.</p><p>Mere.</p></blockquote>'
        '<p class="attribution">Line Milthers, <em>Manager</em></p></div>'
    )
    assert squeezed("::: quote\nTekst.\n:::") == (
        '<div class="quote"><blockquote><p>Tekst.</p></blockquote></div>'
    )


def test_the_lines_of_a_box_may_be_indented() -> None:
    marked, found = read("- a\n  ::: fact B\n  C\n  :::\n\nUde")

    assert found == ()
    assert "<p>C</p>" in marked.boxes[0]
    assert marked.html == "<ul>\n<li>a</li>\n</ul>\n<p>Ude</p>"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("> Citat\n> mere", "<blockquote><p>Citatmere</p></blockquote>"),
        ("Ord\n: Forklaring\n: To", "<dl><dt>Ord</dt><dd>Forklaring</dd><dd>To</dd></dl>"),
        ("Ord\n\n: - a\n    - b", "<dl><dt>Ord</dt><dd><ul><li>a</li><li>b</li></ul></dd></dl>"),
        ("a  \nb", "<p>a<br>b</p>"),
        ("a\\\nb", "<p>a<br>b</p>"),
        ("a\n\n---\n\nb", "<p>a</p><hr><p>b</p>"),
        (
            "HTML er HTML\n\n*[HTML]: Hyper Text",
            '<p><abbr title="Hyper Text">HTML</abbr> er <abbr title="Hyper Text">HTML</abbr></p>',
        ),
        ("", ""),
        ("\n\n  \n", ""),
    ],
)
def test_the_rest_of_markdown_is_there(typed: str, shown: str) -> None:
    assert shown == squeezed(typed)
