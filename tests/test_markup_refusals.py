"""What is refused, each fault with its line; no traceback, no hang, no danger in the output."""

import signal
import time

import pytest

from sitegen.findings import Findings
from sitegen.markup import Text, mark_up
from sitegen.markup.draft import Draft
from sitegen.markup.limits import TooComplexError
from sitegen.markup.raw_html import stand_behind
from tests.test_markup import faults, read


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("a\n\n<script>alert(1)</script>", ("3 html-forbidden",)),
        ("a <iframe src='https://x.dk'>", ("1 html-forbidden",)),
        ('a <b onclick="x()">b</b>', ("1 html-forbidden",)),
        ('a <b ONCLICK="x()">b</b>', ("1 html-forbidden",)),
        ('a <b style="x">b</b>', ("1 html-forbidden",)),
        ("a\n\n<h2>Rubrik</h2>", ("3 html-forbidden",)),
        ("a\n\nb </main>", ("3 html-forbidden",)),
        ("a\n\nb </body></html>", ("3 html-forbidden", "3 html-forbidden")),
        ("<base href='https://x.dk'>", ("1 html-forbidden",)),
        ("<meta http-equiv=refresh>", ("1 html-forbidden",)),
        ("<form action=x>", ("1 html-forbidden",)),
        ("<svg onload=x>", ("1 html-forbidden",)),
        ("Kære <navn>", ("1 html-forbidden",)),
        ("<video src=v.mp4 autoplay></video>", ("1 html-forbidden",)),
        ("a\n\n<!DOCTYPE html>", ("3 html-forbidden",)),
        ("a\n\n<?php x ?>", ("3 html-forbidden",)),
        ("a\n\n<div>b\n\nc", ("3 html-forbidden",)),
        ("<b>a</b>\n\n<i>b", ("3 html-forbidden",)),
        ("a\n\nb</div>", ("3 html-forbidden",)),
        ("a\n\n<b>b <i>c</b></i>", ("3 html-forbidden",)),
        ("a\n\nb <div>c</div>", ("3 html-forbidden",)),
        ("<span id='a'>x</span>\n\n<b id='a'>y</b>", ("3 html-forbidden",)),
        ("<span lang='dansk!'>x</span>", ("1 html-forbidden",)),
        ("`<script>`\n\n<script>", ("3 html-forbidden",)),
        (
            "<b x=1 y=2>a</b>\n\n<b x=1 y=2>a</b>",
            ("1 html-forbidden",) * 2 + ("3 html-forbidden",) * 2,
        ),
    ],
)
def test_html_outside_the_list_is_an_error_at_its_line(typed: str, found: tuple[str, ...]) -> None:
    """R134."""
    assert found == faults(typed)


def test_a_finding_on_html_names_the_tag_and_says_what_to_do() -> None:
    findings = Findings()
    body = "a\n\n<iframe src=x></iframe>\n\n<b onclick=x style=y style=z>b</b>"
    mark_up(Text(path="x.md", first_line=8, language="da", body=body), findings)

    assert [str(finding) for finding in findings.found] == [
        "x.md:10: error: the HTML tag <iframe> is not allowed: write the address alone on its "
        "line: readers get a link that names its host [html-forbidden]",
        "x.md:12: error: the attribute `onclick` cannot be set here: remove it; you can set "
        "class, dir, id, lang, title [html-forbidden]",
        "x.md:12: error: the attribute `style` cannot be set here: remove it; you can set "
        "class, dir, id, lang, title [html-forbidden]",
    ]


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "&#106;avascript:alert(1)",
        "&#x6A;avascript:alert(1)",
        "java&Tab;script:alert(1)",
        "java&NewLine;script:x",
        "javascript&colon;x",
        "&#1;javascript:x",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "ftp://x.dk",
        "//x.dk",
        "tel2:x",
    ],
)
def test_a_link_keeps_to_the_schemes_of_the_web_mail_and_telephone(target: str) -> None:
    for typed in (
        f"a\n\n[b](<{target}>)",
        f'a\n\n<a href="{target}">b</a>',
        f"a [b]\n\n[b]: {target}",
    ):
        marked, found = read(typed)

        assert found == ("3 link-scheme",), typed
        assert "script" not in marked.html
        assert marked.references == ()


@pytest.mark.parametrize("target", ["\\\\x.dk", "/\\x.dk", "\\/x.dk"])
def test_backslashes_lead_to_no_other_site_either(target: str) -> None:
    """Browsers read them as slashes."""
    assert faults(f'a\n\n<a href="{target}">b</a>') == ("3 link-scheme",)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("a\n\n[b]()", ("3 link-empty",)),
        ("a\n\n[b](#)", ("3 link-empty",)),
        ('<a href="">b</a>', ("1 link-empty",)),
        ("![a](https://x.dk/a.png)", ("1 link-scheme",)),
        ("![a](data:image/png;base64,x)", ("1 link-scheme",)),
        ("![a](//x.dk/a.png)", ("1 link-scheme",)),
        ("![a](#x)", ()),
        ("<img alt='a'>", ("1 link-empty",)),
        ("<video src='v.mp4' poster='https://x.dk/a.jpg'></video>", ("1 link-scheme",)),
        ('<img src="https://x.dk/a.png" alt="a">', ("1 link-scheme",)),
        ('<video src="https://x.dk/a.mp4"></video>', ("1 link-scheme",)),
        ("<ftp://x.dk>", ("1 link-scheme",)),
        ("a\n\n[b](https://x|y.dk)", ("3 link-scheme",)),
        ("[b](https:x.dk)", ("1 link-scheme",)),
        ("[b](http://[::1]:8000/a)", ()),
        ("[b](https://blåbær.dk/å?x#y)", ()),
        ("a\n\n[b](#findes-ikke)", ("3 anchor-broken",)),
        ("[b](#Rubrik)\n\n## Rubrik", ("1 anchor-broken",)),
        ("[b](#%C3%A6)\n\n## Æ", ()),
        ("[b](#fn-1)[^1]\n\n[^1]: x", ()),
    ],
)
def test_links_lead_somewhere_and_pictures_come_from_here(
    typed: str, found: tuple[str, ...]
) -> None:
    """R64: no foreign request."""
    assert found == faults(typed)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ('a\n\n**b**{: onclick="x"}', ("3 attribute-forbidden",)),
        ("## A {: style=x }", ("1 attribute-forbidden",)),
        ("a\n{: title=x hidden}", ("2 attribute-forbidden", "2 attribute-forbidden")),
        ("a\n{: lang=dansk!}", ("2 attribute-forbidden",)),
        ("a\n{: #x}\n\nb\n{: #x}", ("5 attribute-forbidden",)),
        ("a\n{: #x .y lang=en}", ()),
        ("`{: onclick=x}`\n\n*b*{: onclick=x}", ("3 attribute-forbidden",)),
    ],
)
def test_attribute_lists_set_class_id_and_language_only(typed: str, found: tuple[str, ...]) -> None:
    assert found == faults(typed)
    assert "onclick=" not in read(typed)[0].html.replace("<code>{: onclick=x}", "")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("# Rubrik", ("1 heading-level",)),
        ("a\n\n# Rubrik\n\n# Rubrik", ("3 heading-level", "5 heading-level")),
        ("Rubrik\n======", ("1 heading-level",)),
        ("### Rubrik", ("1 heading-level",)),
        ("## A\n\n#### B", ("3 heading-level",)),
        ("## A\n\n### B\n\n#### C\n\n## D\n\n### E", ()),
        ("## B\n\n#### B", ("3 heading-level",)),
        ("```\n# B\n```\n\n# B", ("5 heading-level",)),
        ("## A\n\n::: fact B\n### C\n:::\n\n### D", ()),
        ("## A\n\n::: fact B\n### C\n:::\n\n#### D", ("7 heading-level",)),
        ("::: fact A\n#### B\n:::", ("2 heading-level",)),
        ("> #### B", ("1 heading-level",)),
        ("## A (b) [c]\n\n#### D *e*", ("3 heading-level",)),
    ],
)
def test_headings_begin_at_two_and_jump_no_level(typed: str, found: tuple[str, ...]) -> None:
    """R93."""
    assert found == faults(typed)
    assert "<h1" not in read(typed)[0].html


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("a\n\n::: fact A\nb", ("3 box-open",)),
        ("::: fact A\nb\n:::\n\n::: fact C\nd", ("5 box-open",)),
        ("a\n\n:::", ("3 box-open",)),
        ("::: fact A\nb\n:::\n:::", ("4 box-open",)),
        ("::: fakta A\nb\n:::", ("1 box-open",)),
        ("::: fact\nb\n:::", ("1 box-open",)),
        ("  ::: fact A\nb\n:::", ()),
        ("::: quote A\n::: fact B\nb\n:::\n:::", ("2 box-open", "5 box-open")),
        ("> ::: fact A", ("1 box-open",)),
        ("```\n::: fact A\n```", ()),
    ],
)
def test_boxes_are_known_and_closed(typed: str, found: tuple[str, ...]) -> None:
    assert found == faults(typed)


def test_the_text_of_a_faulty_box_is_not_lost() -> None:
    assert "b" in read("::: fakta A\nb\n:::")[0].text
    assert "b" in read("::: fact A\nb")[0].text


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("a\n\nb[^x]", ("3 footnote-missing",)),
        ("a[^x]\n\nb[^x]", ("1 footnote-missing", "3 footnote-missing")),
        ("a[^x]\n\n[^x]: b", ()),
        ("![](a.png)", ("1 image-alt-missing",)),
        ("a\n\n![ ](a.png)", ("3 image-alt-missing",)),
        ("![a](a.jpg)", ("1 image-credit-missing",)),
        ("![a](a.JPEG)", ("1 image-credit-missing",)),
        ("![a](a.webp)\n\n![b](b.avif)", ("1 image-credit-missing", "3 image-credit-missing")),
        ("![a](a.jpg 'Kun tekst')", ("1 image-credit-missing",)),
        ("![a](a.jpg 'Fotografen kom')", ("1 image-credit-missing",)),
        ("![a](a.svg) ![b](b.png) ![c](c.gif)", ()),
        ("Se ![a](a.jpg 'Foto: Per') her", ()),
        ("<img src=a.jpg>", ("1 image-alt-missing", "1 image-credit-missing")),
    ],
)
def test_notes_and_pictures_are_complete(typed: str, found: tuple[str, ...]) -> None:
    """R10."""
    assert found == faults(typed)


@pytest.mark.parametrize("character", [*"\x00\x02\x03\x08\x0b\x1f\x7f\x85\ufffe\uffff"])
def test_control_characters_are_errors_and_gone(character: str) -> None:
    marked, found = read(f"a\n\nord{character}et")

    assert found == ("3 control-character",)
    assert marked.html == "<p>a</p>\n<p>ordet</p>"


def test_control_characters_are_told_once_a_line() -> None:
    findings = Findings()
    body = "a\n\nord\x01e\x02t\n\x03" + "\x00" * 4 * N
    mark_up(Text(path="x.md", first_line=1, language="da", body=body), findings)

    assert [(f.line, f.what, f.mend) for f in findings.found] == [
        (
            3,
            "the text holds an invisible control character, U+0001, and 1 more on this line",
            "delete it; it stands after “ord”",
        ),
        (
            4,
            "the text holds an invisible control character, U+0003, and 32,000 more on this line",
            "delete it; it stands after “”",
        ),
    ]


def test_tabs_and_all_kinds_of_line_ends_are_fine() -> None:
    assert faults("a\tb\r\nc\rd\ne") == ()


N = 8000
COSTLY = {
    "open brackets": "[" * N,
    "open pictures": "![" * N,
    "open abbreviations": "*[" * N,
    "brackets in brackets": "[" * N + "]" * N,
    "open CDATA": "<![CDATA[" * N,
    "one note, many references": "[^1]: x\n\n" + "a[^1] " * N,
    "open links": "[a](" * N,
    "open link targets": "[a](<b" * N,
    "open tags": "<a " * N,
    "open attributes": '<a b="' * N,
    "open addresses": "<http://a" * N,
    "open definitions": "[a]:\n" * N,
    "open comments": "<!--" * N,
    "backticks": "`" * N + " ``" * N,
    "backticks in a table": "a|b\n-|-\n" + "`\\|" * N,
    "stars": "*a" * N,
    "abbreviations": "\n\n".join(f"*[A{number}]: t" for number in range(1600)),
    "paragraphs": "a\n\n" * 20_000,
    "a megabyte": "ord " * 300_000,
    "a wide table": "|" + "a|" * 600 + "\n|" + "-|" * 600 + "\n" + "|\n" * 600,
    "lists in lists": "- " * 500 + "a",
    "nested indents": "\n".join("  " * depth + "- a" for depth in range(250)),
    "quotes in quotes": "> " * 500 + "a",
    "boxes in boxes": "::: quote a\n" * 500,
    "growing abbreviations": "A " * 6_000 + "\n\n*[A]: " + "b" * 1_000,
    "definition lists": "a\n: b\n" * 1_000,
}


@pytest.mark.parametrize("body", COSTLY.values(), ids=list(COSTLY))
def test_what_would_take_for_ever_is_refused_at_once(body: str) -> None:
    """No hang, no traceback, at most 2 s for what takes a plain converter minutes."""
    start = time.process_time()
    marked, found = read(body)

    assert any("markdown-too-complex" in code for code in found)
    assert time.process_time() - start < 2
    assert marked.html == ""


LONG = {
    "prose": ("Ord og mere ord i en sætning. " * 20 + "\n\n") * 400,
    "links": "\n\n".join(f"[a{number}](x{number}.md) og mere." for number in range(1000)),
    "a list of links": "\n".join(f"- [a{number}](x{number}.md)" for number in range(1000)),
    "headings": "\n\n".join("## Samme" for _ in range(6000)),
    "notes": "\n\n".join(f"a[^{number}]\n\n[^{number}]: x" for number in range(400)),
    "quotes": '"' * N,
    "ampersands": "&" * N,
    "greater": "> a\n" * 1000,
    "hashes": "## " + "#" * 20_000 + "x",
    "brackets of an address": "https://a.dk/" + "(" * N,
    "dashes": "|" + "-" * N + "x|",
    "attributes": "<a " + "x=y " * 2000 + ">x</a>",
    "fences": "```\n\n" * 500,
    "capitals": "Aa " * N,
    "blanks in a line": "a" + " " * 4 * N + "b",
    "headings under headings": "a\n---\n" * 1500,
    "at signs in a note": "a[^1]\n\n[^1]: " + "@" * 4 * N,
    "closing tags": "`<x>` " + "</x>" * 1500,
    "faulty notes": "\n\n".join(f"a[^{number}]" for number in range(1500)),
    "lists between paragraphs": "- a\n\nb\n\n" * 2000,
    "brackets in an address": "https://a.dk/" + "(a" * N,
    "blanks in a heading": "## a" + " " * N + "x",
    "marks before a word": "## b\n\n" + "-" * N + "x",
}


@pytest.mark.parametrize("body", LONG.values(), ids=list(LONG))
def test_what_is_only_long_is_read_in_reasonable_time(body: str) -> None:
    start = time.process_time()
    _, found = read(body)

    assert not any("markdown-too-complex" in code for code in found)
    assert time.process_time() - start < 2


def test_fifty_levels_of_nothing_are_too_many_and_ten_are_not() -> None:
    assert faults("\n".join("  " * depth + "- a" for depth in range(10))) == ()
    assert faults("> " * 10 + "a") == ()
    assert faults("a\n\n" + "> " * 60 + "a") == ("3 markdown-too-complex",)


@pytest.mark.parametrize(
    ("typed", "line", "words"),
    [
        ("[" * N, 3, "this block has too many square brackets: 8,000"),
        ("*a" * N, 3, "this block has too many stars, underscores and backticks: 8,000"),
        (
            "a\n: b\n" * 400,
            3,
            "this block has too many definitions without a blank line between: 400",
        ),
        (
            "b\n- " + "\\" * N * 4,
            4,
            "this block has too many signs of HTML and addresses (<, &, \\ and ://): 32,000",
        ),
        (COSTLY["a wide table"], 3, "this block has too many table cells: 361,802"),
        ("b\n" + "<a " * N, 4, "the text has 8,000 signs < that no > closes, this one the first"),
        (
            "- b\n" * 60_000,
            41_663,
            "the article is too long: up to here it has 166,643 characters on 41,662 lines",
        ),
        (
            "a\n\n" * 9_000,
            13_889,
            "the article is too long: up to here it has 20,832 characters on 13,888 lines",
        ),
        ("*[A]: b\n" * 300, 203, "the article has 300 abbreviations, more than 200"),
        ("b\n" + "  " * 60 + "- a", 4, "this line is nested more than 50 levels deep"),
        ("b\n" + "1. " * 60 + "a", 4, "this line is nested more than 50 levels deep"),
        (
            COSTLY["growing abbreviations"],
            5,
            "this text of 1,001 characters would be repeated 6,000 times",
        ),
        (
            "A\n\n[A]: " + "b" * 9_000 + "\n\n" + "[A]\n\n" * 700,
            5,
            "this text of 9,001 characters would be repeated 701 times",
        ),
        (
            "b\n\n" + "::: quote a\n" * 600,
            5,
            "the text is nested too deeply, grows too large or takes too long to read; "
            "it is probably the block that begins at this line",
        ),
    ],
)
def test_what_is_too_much_is_said_in_words_at_its_line(typed: str, line: int, words: str) -> None:
    findings = Findings()
    mark_up(Text(path="x.md", first_line=1, language="da", body=f"a\n\n{typed}"), findings)

    assert [(f.line, f.what) for f in findings.found if f.code == "markdown-too-complex"] == [
        (line, words)
    ]


@pytest.mark.parametrize("room", ["convert", "links.check_fragments", "plain_text.text_in"])
def test_time_that_runs_out_anywhere_in_a_conversion_is_a_finding(
    room: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A clock outside may interrupt at any instant; its signal's handler raises the error."""

    def interrupted(*_: object) -> None:
        signal.raise_signal(signal.SIGUSR1)

    def give_up(*_: object) -> None:
        raise TooComplexError

    before = signal.signal(signal.SIGUSR1, give_up)
    monkeypatch.setattr(f"sitegen.markup.{room}", interrupted)
    try:
        assert faults("a\n\n**b** [*c*](d.md) `e`") == ("3 markdown-too-complex",)
    finally:
        signal.signal(signal.SIGUSR1, before)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (KeyError("x"), "the text cannot be read (KeyError: 'x'); "),
        (RecursionError(), "the text is nested too deeply, grows too large or takes too long "),
        (MemoryError(), "the text is nested too deeply, grows too large or takes too long "),
        (TooComplexError("it took 5 seconds"), "it took 5 seconds; "),
    ],
)
def test_an_error_inside_the_library_is_a_finding(
    error: Exception, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The boundary: whatever Markdown raises, the editor reads a sentence."""

    def explode(body: str, draft: Draft) -> str:
        raise error

    monkeypatch.setattr("sitegen.markup.convert", explode)
    findings = Findings()
    mark_up(Text(path="x.md", first_line=7, language="da", body="a\n\nb `c`"), findings)

    (found,) = findings.found
    assert (found.code, found.line) == ("markdown-too-complex", 9)
    assert found.what.startswith(words)
    assert found.what.endswith("; it is probably the block that begins at this line")


@pytest.mark.parametrize(
    ("html", "line"),
    [
        ("<p>a</p><script>x</script>", 1),
        ("<p>a\u00a0b</p><script>x</script>", 1),
        ('<p onclick="x">a</p>', 1),
        ('<a href="javascript:x">a</a>', 1),
        ("<p>a<div>b</div></p>", 1),
        ('<a href="\x020\x03">a <a href="\x021\x03">b</a></a>', 1),
    ],
)
def test_the_second_wall_reports_what_the_first_let_through(html: str, line: int) -> None:
    findings = Findings()
    text = Text(path="x.md", first_line=1, language="da", body="a b")

    left = stand_behind(html, Draft(text, {}, findings))

    assert [(f.code, f.line) for f in findings.found] == [("html-forbidden", line)]
    assert "script" not in left
    assert "onclick" not in left
    assert "&nbsp;" not in left
    assert left.count("\x02") == html.count("\x02")
