"""How lines, code and words are found in the Markdown itself."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown.util import HtmlStash

from sitegen.findings import Findings
from sitegen.markup.code import Shown, take_out
from sitegen.markup.draft import Draft, Lines, Text
from sitegen.markup.headings import slug
from sitegen.markup.plain_text import text_in


def test_asked_for_the_nth_time_the_nth_place_is_found_and_then_the_last() -> None:
    lines = Lines("a\nb\na\nc\na", 11)

    assert [lines.of("a") for _ in range(5)] == [11, 13, 15, 15, 15]
    assert lines.of("c") == 14
    assert [lines.of("^[ac]$") for _ in range(3)] == [11, 13, 14]


def test_what_is_nowhere_is_on_the_first_line() -> None:
    assert Lines("a\nb", 7).of("x") == 7
    assert Lines("", 7).of_target("x.md") == 7


@pytest.mark.parametrize(
    "code",
    [
        "```\nx\n```",
        "~~~\nx\n~~~",
        "  ```\n  x\n  ```",
        "```\nx\n\nx\n~~~\n```",
        "a `x`",
        "a ``x ` x``",
        "<!-- x\nx -->",
    ],
)
def test_code_and_comments_are_passed_over(code: str) -> None:
    assert Lines(f"{code}\n\nx", 1).of("x") == code.count("\n") + 3


@pytest.mark.parametrize(
    ("typed", "target"),
    [
        ("[a](x.md)", "x.md"),
        ("[a]( x.md 'T' )", "x.md"),
        ("[a](<x y.md>)", "x y.md"),
        ("[a]: x.md", "x.md"),
        ("<a href=x.md>", "x.md"),
        ("<video poster='x.jpg'>", "x.jpg"),
        ("[a](x.md?b=1&amp;c)", "x.md?b=1&c"),
        ("[a](x_(1).md)", "x_(1).md"),
        ("<https://x.dk>", "https://x.dk"),
    ],
)
def test_a_target_is_found_where_it_is_linked_and_not_where_it_is_named(
    typed: str, target: str
) -> None:
    assert Lines(f"x.md\n\n{typed}\n", 1).of_target(target) == 3


def taken(body: str) -> tuple[str, list[str]]:
    """Return the Markdown with `@` for the code taken out of it, and the code."""
    stash = HtmlStash()
    left = take_out(body, stash, {})
    assert all(isinstance(block, Shown) for block in stash.rawHtmlBlocks)
    codes = [str(block).removeprefix("<pre><code>") for block in stash.rawHtmlBlocks]
    return re.sub("\x02[^\x03]*\x03", "@", left), [c.removesuffix("\n</code></pre>") for c in codes]


@pytest.mark.parametrize(
    ("typed", "code", "left"),
    [
        ("```\na\n```", "a", "\n@\n\n"),
        ("``` python\na\n```", "a", "\n@\n\n"),
        ("```.c++\na\n```", "a", "\n@\n\n"),
        ("~~~~\n~~~\na\n~~~~", "~~~\na", "\n@\n\n"),
        ("```\na\n`````", "a", "\n@\n\n"),
        ("  ```\n  a\n    b\n c\n  ```", "a\n  b\nc", "\n  @\n\n"),
        ("b\n```\na\n```\nc", "a", "b\n\n@\n\n\nc"),
        ("```\na < b & c", "a &lt; b &amp; c", "\n@\n\n"),
        ("```", "", "\n@\n\n"),
    ],
)
def test_code_is_taken_out_without_what_stands_before_it(typed: str, code: str, left: str) -> None:
    assert taken(typed) == (left, [code])


@pytest.mark.parametrize("body", ["```a``` er kode", "``a", "x ```", "`` ` ``", "~~ nej ~~"])
def test_a_line_with_backticks_in_it_opens_no_code(body: str) -> None:
    assert taken(body) == (body, [])


@given(st.lists(st.sampled_from(["```", "~~~", "````", "a", "", "b", "  ```"]), max_size=12))
def test_of_code_and_text_no_line_is_lost(lines: list[str]) -> None:
    left, codes = taken("\n".join(lines))

    kept = "\n".join([left, *codes])
    assert [kept.count(letter) for letter in "ab"] == [lines.count(letter) for letter in "ab"]
    assert left.count("@") == len(codes)


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Ærø & Øl", "ærø-øl"),
        ("Å", "å"),
        ("A\u030arhus", "århus"),
        ("  1.600 km!  ", "1-600-km"),
        ("a_b", "a-b"),
        ("Україна", "україна"),
        ("…", "x"),
    ],
)
def test_an_id_is_small_letters_digits_and_hyphens(text: str, made: str) -> None:
    assert slug(text) == made


def test_ids_of_an_article_are_given_once() -> None:
    draft = Draft(Text(path="x.md", first_line=1, language="da", body=""), {}, Findings())

    assert [draft.unique_id("a") for _ in range(3)] == ["a", "a-2", "a-3"]
    assert draft.claim_id("a-4") is None
    assert draft.unique_id("a") == "a-5"
    assert draft.claim_id("a") == ("the id 'a' stands twice", "choose another")


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a <b>b</b></p>\n<p>c\nd</p>", "a b\nc d"),
        ("<ul>\n<li>a<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>", "a\nb"),
        ("<p>a<br>\nb</p>", "a\nb"),
        ('a<ol start="3">\n<li>b</li>\n</ol>', "a\nb"),
        ("<p>88\u00a0% til\u00adfreds &amp; &lt;b&gt;</p>", "88 % tilfreds & <b>"),
        ('<p>a<sup id="fnref-1"><a href="#fn-1">1</a></sup>.</p>', "a."),
        ("<p>m<sup>2</sup></p>", "m2"),
        ("", ""),
    ],
)
def test_text_has_a_line_for_each_block(html: str, text: str) -> None:
    assert text_in(html) == text
