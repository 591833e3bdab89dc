# ruff: noqa: E501 - a finding stands here as the one line that an editor sees
import datetime as dt
import time
import unicodedata
from typing import get_type_hints
from zoneinfo import ZoneInfo

import frontmatter
import msgspec
import pytest
import yaml
from frontmatter.default_handlers import YAMLHandler
from hypothesis import given
from hypothesis import strategies as st

from sitegen.encoding import FaultError
from sitegen.findings import CODES, Findings
from sitegen.front_matter import KEYS, Split, StrictHandler, read_front_matter
from sitegen.front_matter.keys import NEWS_ONLY
from sitegen.model.content import Correction, Credit, FrontMatter, Kind, When, Withdrawal

ZONE = ZoneInfo("Europe/Copenhagen")


def read(content: str | bytes, kind: Kind = "news") -> tuple[Split | None, list[str]]:
    findings = Findings()
    content = content if isinstance(content, bytes) else content.encode()
    split = read_front_matter(content, "a.md", ZONE, kind, findings)
    return split, [str(finding).removeprefix("a.md:") for finding in findings.found]


def front(yaml_text: str, kind: Kind = "news") -> FrontMatter:
    split, findings = read(f"---\n{yaml_text}\n---\nText.\n", kind)
    assert findings == []
    assert split is not None
    assert split.front is not None
    return split.front


def faults(yaml_text: str, kind: Kind = "news") -> list[str]:
    return read(f"---\n{yaml_text}\n---\nText.\n", kind)[1]


def moment(*parts: int, day: dt.date | None = None) -> When:
    instant = dt.datetime(*parts, tzinfo=dt.UTC)  # type: ignore[arg-type, misc]
    return When(day=day or instant.date(), instant=instant)


# --- what is right ---------------------------------------------------------------------------


def test_every_key_has_the_type_that_the_design_says() -> None:
    everything = """\
title: Ny partner
date: 2024-05-17
summary: Kort
description: Søg
authors: [line-milthers, {id: bo, title: CEO}]
tags:
  - kunder
  - team
type: press
image: team.jpg
image_alt: Holdet
image_decorative: false
image_credit: Bo
image_caption: Her
updated: 2024-05-18
corrections:
  - date: 2024-05-19
    text: Tallet var forkert
draft: true
publish_date: 2024-05-17 09:00
expiry_date: 2024-06-01
withdrawn: {date: 2024-05-20, reason: Fejl}
together: true
slug: ny-partner
aliases: [/gammel/, /ældre/]
translation_key: partner
template: special.html
related: [2012-03-15-x]
pinned_until: 2024-05-30
contact: line-milthers
quote: Vi er glade
extra: {a: [1, true, null, x]}"""

    assert front(everything) == FrontMatter(
        title="Ny partner",
        date=When(day=dt.date(2024, 5, 17)),
        summary="Kort",
        description="Søg",
        authors=(Credit(id="line-milthers"), Credit(id="bo", title="CEO")),
        tags=("kunder", "team"),
        type="press",
        image="team.jpg",
        image_alt="Holdet",
        image_decorative=False,
        image_credit="Bo",
        image_caption="Her",
        updated=When(day=dt.date(2024, 5, 18)),
        corrections=(Correction(date=When(day=dt.date(2024, 5, 19)), text="Tallet var forkert"),),
        draft=True,
        publish_date=moment(2024, 5, 17, 7),
        expiry_date=When(day=dt.date(2024, 6, 1)),
        withdrawn=Withdrawal(date=When(day=dt.date(2024, 5, 20)), reason="Fejl"),
        together=True,
        slug="ny-partner",
        aliases=("/gammel/", "/ældre/"),
        translation_key="partner",
        template="special.html",
        related=("2012-03-15-x",),
        pinned_until=When(day=dt.date(2024, 5, 30)),
        contact="line-milthers",
        quote="Vi er glade",
        extra={"a": [1, True, None, "x"]},
    )


def test_the_keys_are_the_fields_of_the_model() -> None:
    assert tuple(KEYS) == FrontMatter.__struct_fields__
    assert set(NEWS_ONLY) < set(KEYS)


@pytest.mark.parametrize("key", KEYS)
def test_the_example_of_each_key_is_of_its_type(key: str) -> None:
    """Documentation and findings show the examples, so they must be right."""
    example = KEYS[key].example.partition(" or ")[0]
    value = getattr(
        front(f"title: A\n{key}: {example}" if key != "title" else f"title: {example}"), key
    )

    assert msgspec.convert(value, get_type_hints(FrontMatter)[key]) == value


def test_the_lines_of_keys_and_body_are_the_file_s() -> None:
    split, _ = read(
        "\n\n---\n# note\ntitle: >-\n  A\n  B\n\ndate: 2024-05-17\n--- \n\n\nText.\n\nMore.\n"
    )

    assert split == Split(
        front=FrontMatter(title="A B", date=When(day=dt.date(2024, 5, 17))),
        lines={"title": 5, "date": 9},
        body="Text.\n\nMore.\n",
        first_line=13,
    )


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("fence", ["---", "-----", "--- \t", "---\u00a0"])
def test_newlines_marks_and_long_fences_do_not_matter(newline: str, mark: str, fence: str) -> None:
    text = f"{mark}{fence}\ntitle: A\n{fence}\n\nEn\nto\n".replace("\n", newline)

    assert read(text) == (
        Split(front=FrontMatter(title="A"), lines={"title": 2}, body="En\nto\n", first_line=5),
        [],
    )


@pytest.mark.parametrize(
    ("below", "body", "line"),
    [
        ("", "", 3),
        ("\n", "", 4),
        ("\n\n\n", "", 6),
        ("\n    code\n", "    code\n", 4),
        ("\nA\n\n---\n\nB", "A\n\n---\n\nB", 4),
        ("\n\n---\nA", "---\nA", 5),
        ("\nx\x0cy\n", "x\x0cy\n", 4),
    ],
)
def test_the_body_is_what_stands_below(below: str, body: str, line: int) -> None:
    split, findings = read(f"---\ntitle: A\n---{below}")

    assert findings == []
    assert split is not None
    assert (split.body, split.first_line) == (body, line)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2012", "2012"), ("012", "012"), ("12:30", "12:30"), ("1_000", "1_000"),
        ("0x1F", "0x1F"), ("1e3", "1e3"), (".nan", ".nan"), ("no", "no"), ("on", "on"),
        ("true", "true"), ("2024-02-30", "2024-02-30"), ("'no'", "no"), ('"#1"', "#1"),
        ("C# og F#", "C# og F#"), ("50 % rabat", "50 % rabat"), ("Hvem? Os!", "Hvem? Os!"),
        ("'Ny: ACME'", "Ny: ACME"), ("~", None), ("9" * 5000, "9" * 5000),
        ("|\n  En\n\n  to\n", "En to"), (">-\n  En\n  to", "En to"), ("En\n  to", "En to"),
        ('"a\\nb"', "a b"), ("https://x.dk", "https://x.dk"), ("- og så", None),
    ],
)  # fmt: skip
def test_a_text_is_what_was_written(written: str, meant: str | None) -> None:
    """Nothing is guessed: YAML would make numbers, times and booleans of these."""
    if meant is not None:
        assert front(f"title: {written}").title == meant
        assert front(f"title: A\nquote: {written}").quote == meant
    else:
        assert len(faults(f"title: {written}")) == 1


def test_letters_in_two_parts_become_whole() -> None:
    """R51: macOS and some programs write å as a and a ring."""
    split, _ = read(unicodedata.normalize("NFD", "---\ntitle: På Ærø\nimage: å.jpg\n---\nBlå"))

    assert split is not None
    assert split.front is not None
    assert [split.front.title, split.front.image, split.body] == ["På Ærø", "å.jpg", "Blå"]


@pytest.mark.parametrize(
    ("written", "when"),
    [
        ("2024-05-17", When(day=dt.date(2024, 5, 17))),
        ('"2024-05-17"', When(day=dt.date(2024, 5, 17))),
        ("2024-02-29 # leap", When(day=dt.date(2024, 2, 29))),
        ("2024-05-17 09:00", moment(2024, 5, 17, 7)),
        ("2024-05-17T09:00", moment(2024, 5, 17, 7)),
        ("2024-01-17 09:00:30", moment(2024, 1, 17, 8, 0, 30)),
        ("2024-01-17t09:00:30.5z", moment(2024, 1, 17, 9, 0, 30)),
        ("2024-05-17 09:00 +0200", moment(2024, 5, 17, 7)),
        ("2024-05-17 09:00+02:00", moment(2024, 5, 17, 7)),
        ("2024-05-17 09:00 +05:30", moment(2024, 5, 17, 3, 30)),
        ("2024-05-17T09:00:00-05", moment(2024, 5, 17, 14)),
        ("2024-05-17T23:30:00Z", moment(2024, 5, 17, 23, 30, day=dt.date(2024, 5, 18))),
        ("2024-05-17 00:00", moment(2024, 5, 16, 22, day=dt.date(2024, 5, 17))),
        ("2024-10-27 02:30", moment(2024, 10, 27, 0, 30)),  # the first of two
        ("2024-03-31 02:30Z", moment(2024, 3, 31, 2, 30)),
    ],
)
def test_a_date_is_a_day_or_a_moment_in_the_site_s_zone(written: str, when: When) -> None:
    assert front(f"title: A\ndate: {written}").date == when


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1", 1), ("-7", -7), ("0", 0), ("1.5", 1.5), ("-0.25", -0.25), ("true", True),
        ("null", None), ("~", None), ("", None), ("012", "012"), ("1.10", "1.10"), ("-0", "-0"),
        ("1_000", "1_000"), ("no", "no"), ("0x1F", "0x1F"), (".nan", ".nan"), ("1e3", "1e3"),
        ("12:30", "12:30"), ("2024-05-17", "2024-05-17"), ("'1'", "1"), ("a.b", "a.b"),
        ("9007199254740993", "9007199254740993"), ("9" * 5000, "9" * 5000),
        ("[1, {b: 2}]", [1, {"b": 2}]),
    ],
)  # fmt: skip
def test_extra_holds_what_json_can_and_changes_nothing(written: str, value: object) -> None:
    assert front(f"title: A\nextra:\n  a: {written}").extra == {"a": value}


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=40))
def test_any_text_in_quotes_comes_back_whole_or_is_a_finding(text: str) -> None:
    """Differential: what PyYAML writes is what we read, but for blanks around it."""
    dumped = yaml.safe_dump({"title": text}, allow_unicode=True, width=1000)
    split, findings = read(f"---\n{dumped}---\n")

    if split is None or split.front is None:
        assert findings
    else:
        expected = unicodedata.normalize("NFC", text)
        assert split.front.title.split() == expected.split()


@given(
    st.dictionaries(
        st.sampled_from(["summary", "description", "slug", "template", "quote", "image_caption"]),
        st.text("abcæøå 0123456789.,!?", min_size=1).filter(lambda text: text.strip()),
    )
)
def test_sound_yaml_says_what_pyyaml_says(values: dict[str, str]) -> None:
    written = yaml.safe_dump({"title": "A", **values}, allow_unicode=True, default_style="'")

    made = front(written.rstrip("\n"))

    expected = yaml.safe_load(written)
    assert {key: getattr(made, key) for key in expected} == {
        key: " ".join(value.split()) if "\n" in value else value.strip(" ")
        for key, value in expected.items()
    }


# --- what is wrong with the file -------------------------------------------------------------

UTF_8 = "save the file as UTF-8 (in most programs: Save as, Encoding, UTF-8) [file-encoding]"
MISSING = "[front-matter-missing]"
BEGIN = (
    "error: the file does not begin with its front matter, which says title and date: put the lines `---`, `title: …`, "
    f"`date: 2024-05-17` and `---` above all other text {MISSING}"
)
OPEN = (
    "error: the front matter is not closed before the article's text: "
    "add a line `---` between the two [front-matter-open]"
)
FILES: dict[str, tuple[str | bytes, str]] = {
    "nothing": (b"", f"1: {BEGIN}"),
    "blanks only": (" \n\n", f"3: {BEGIN}"),
    "text only": ("Hej\n\n---\n\nmere", f"1: {BEGIN}"),
    "text with two rules": ("Hej\n\n---\n\nmere\n\n---\n\nslut", f"1: {BEGIN}"),
    "text above": ("\nHej\n---\ntitle: A\n---\nB", f"2: {BEGIN}"),
    "no first fence": ("title: A\n---\nB", f"1: {BEGIN}"),
    "TOML": ("+++\ntitle = 'A'\n+++\n", f"1: {BEGIN}"),
    "autocorrected first fence": (
        "–––\ntitle: A\n---\n",
        f"1: error: the first line is “–––”: write three plain hyphens there: --- {MISSING}",
    ),
    "autocorrected second fence": (
        "---\ntitle: A\n—-\nB\n",
        "3: error: the front matter is closed by “—-”: "
        "write three plain hyphens there: --- [front-matter-open]",
    ),
    "dashes with blanks": (
        "---\ntitle: A\n– –\nB\n---\n",
        "3: error: the front matter is closed by “– –”: "
        "write three plain hyphens there: --- [front-matter-open]",
    ),
    "two hyphens": (
        "---\ntitle: A\n--\nB\n",
        "3: error: the front matter is closed by “--”: "
        "write three plain hyphens there: --- [front-matter-open]",
    ),
    "three dots": (
        "---\ntitle: A\n...\nB\n---\n",
        "3: error: the front matter is closed by “...”: "
        "write three plain hyphens there: --- [front-matter-open]",
    ),
    "not closed": ("---\ntitle: A\n", f"1: {OPEN}"),
    "not closed, then text": ("---\ntitle: A\n\nTekst.\n", f"4: {OPEN}"),
    "not closed, then text and a rule": ("---\ntitle: A\n\nTekst.\n\n---\nB", f"4: {OPEN}"),
    "not closed, then speech": (
        "---\ntitle: A\n\nHan sagde: det går\n\n---\nB",
        f"4: {OPEN}",
    ),
    "closed too early": (
        "---\ntitle: A\nsummary: |\n---\ndate: 2024-05-17\n---\nB",
        "4: error: `date` stands below the `---` that closes the front matter: "
        "delete that `---` [front-matter-syntax]",
    ),
    "closed too early, within a text": (
        "---\ntitle: A\nsummary: |\n  En\n---\n  to\ndate: 2024-05-17\n---\nB",
        "5: error: `date` stands below the `---` that closes the front matter: "
        "delete that `---` [front-matter-syntax]",
    ),
    "UTF-16": (
        "---\ntitle: Ærø\n---\n".encode("utf-16-le"),
        f"1: error: the file is UTF-16 text, or no text: {UTF_8}",
    ),
    "UTF-16 with its mark": (
        b"\xff\xfe" + "---\n".encode("utf-16-le"),
        f"1: error: the file is UTF-16 text, or no text: {UTF_8}",
    ),
    "UTF-16 without its mark and without any other letter than ASCII": (
        "---\ntitle: A\n---\n".encode("utf-16-be"),
        f"1: error: the file is UTF-16 text, or no text: {UTF_8}",
    ),
    "nothing but zeros, as a crash may leave it": (
        b"\0" * 4096,
        f"1: error: the file is UTF-16 text, or no text: {UTF_8}",
    ),
    "Latin-1": (
        "---\r\ntitle: A\r\nsummary: På Ærø\r\n---\r\n".encode("latin-1"),
        f"3: error: this line is not UTF-8 text, near “summary: På Ærø”: {UTF_8}",
    ),
    "a merge": (
        "---\ntitle: A\n---\n\n<<<<<<< HEAD\nx\n=======\ny\n>>>>>>> b\n",
        "5: error: two people changed this, and both versions stand here: "
        "keep one, and delete the other and the lines that begin with <<<, === and >>> "
        "[merge-conflict]",
    ),
    "a merge half mended": (
        "---\ntitle: A\n---\nx\n>>>>>>> b\n",
        "5: error: two people changed this, and both versions stand here: "
        "keep one, and delete the other and the lines that begin with <<<, === and >>> "
        "[merge-conflict]",
    ),
    "too much": (
        "---\ntitle: A\n" + "# note\n" * 8000 + "---\n",
        "1: error: the front matter is 56 kB long: "
        "close it with `---` above the article's text [front-matter-open]",
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_a_faulty_file_is_one_finding_at_its_line(name: str) -> None:
    content, expected = FILES[name]

    assert read(content) == (None, [expected])


def test_a_heading_of_two_lines_is_not_taken_for_a_key() -> None:
    split, findings = read("---\ntitle: A\n---\nNote: vigtigt\n---\n\nHej\n")

    assert findings == []
    assert split is not None
    assert split.body == "Note: vigtigt\n---\n\nHej\n"


def test_a_quoted_text_may_hold_blank_lines() -> None:
    assert (
        front('title: A\nsummary: "Første\n\nAndet"\n\ndate: 2024-05-17').summary == "Første Andet"
    )


def test_the_package_swallows_a_value_error_and_so_ours_is_another() -> None:
    class Naive(YAMLHandler):
        def split(self, text: str) -> tuple[str, str]:
            raise ValueError("no front matter")

    assert frontmatter.parse("Hej", handler=Naive()) == ({}, "Hej")
    assert not issubclass(FaultError, ValueError)
    with pytest.raises(FaultError, match="does not begin with its front matter"):
        frontmatter.parse("Hej", handler=StrictHandler(1, []))


def test_the_package_reads_entries_through_our_handler() -> None:
    metadata, body = frontmatter.parse("---\ncontent: no\n---\nHej", handler=StrictHandler(7, []))

    (entry,) = metadata.values()
    assert (entry.line, entry.node.value, body) == (9, "no", "Hej")  # type: ignore[attr-defined]


# --- what is wrong with a value --------------------------------------------------------------

SIGNS = "has a sign, such as a colon, with a meaning of its own here: put it in quotes"
SYNTAX = "[front-matter-syntax]"
TYPE = "[front-matter-type]"
UNKNOWN = "[front-matter-unknown-key]"
DATE = "[date-invalid]"
NO_TITLE = (
    "the front matter has no title: write a line such as title: Ny partner i Aarhus [title-missing]"
)
OURS = "delete it, or put it below `extra:` if a template of yours asks for it"
VALUES: dict[str, str] = {
    # texts that YAML reads as something else
    "title: Ny partner: ACME": f'2: error: the text of `title` {SIGNS}: title: "Ny partner: ACME" {SYNTAX}',
    "title: '\"Godt\" siger han'\nquote: \"Godt\" siger han": (
        f"3: error: the text of `quote` {SIGNS}: quote: '\"Godt\" siger han' {SYNTAX}"
    ),
    'title: "It\'s" sagde han': f"2: error: the text of `title` {SIGNS}: title: '\"It''s\" sagde han' {SYNTAX}",
    "title: [Ny] partner": f'2: error: the text of `title` {SIGNS}: title: "[Ny] partner" {SYNTAX}',
    "title: @acme": f'2: error: the text of `title` {SIGNS}: title: "@acme" {SYNTAX}',
    "title: *fed* skrift": f'2: error: the text of `title` {SIGNS}: title: "*fed* skrift" {SYNTAX}',
    "title: *fed": f'2: error: the text of `title` {SIGNS}: title: "*fed" {SYNTAX}',
    "title: &co": f'2: error: the text of `title` {SIGNS}: title: "&co" {SYNTAX}',
    "title: !nu": f'2: error: the text of `title` {SIGNS}: title: "!nu" {SYNTAX}',
    "title: A\ntags:\n- *a": f"3: error: the lines of `tags` cannot be read: put texts in quotes, and a blank behind each colon and hyphen {SYNTAX}",
    "title: Vi er #1 i Danmark": (
        "2: error: `title` ends before “#1 i Danmark”, because a blank and `#` begin a comment: put "
        'quotes around it, as in title: "Vi er #1 i Danmark", or the comment on a line of its own '
        f"{TYPE}"
    ),
    "title: #1": (
        "2: error: `title` ends before “#1”, because a blank and `#` begin a comment: "
        f'put quotes around it, as in title: "#1", or the comment on a line of its own {TYPE}'
    ),
    "title: A\nextra:\n  a: b #c": (
        "4: error: `extra` ends before “#c”, because a blank and `#` begin a comment: "
        f'put quotes around it, as in extra: "b #c", or the comment on a line of its own {TYPE}'
    ),
    "title:A": f"2: error: a blank is missing after `title:`: write title: A {SYNTAX}",
    "date: 2024-05-17\ntitle:A\ntags: [a]": f"3: error: a blank is missing after `title:`: write title: A {SYNTAX}",
    'title: "Åben\nsummary: B': (
        "2: error: the quotation mark after `title:` has no other one at the end of the text: "
        f'write title: "Åben" {SYNTAX}'
    ),
    "title: A\ntags: [a, b\nslug: c": f"3: error: `tags` has no `]` at its end: write tags: [a, b] {SYNTAX}",
    "title: A\nsummary: en\nto": (
        f"4: error: “to” is no `key: value`: begin it with two blanks if it goes on with the line above {SYNTAX}"
    ),
    "title: A\n\tslug: b": f"3: error: a tab stands at the beginning of the line: use the space bar there {SYNTAX}",
    "title: A\nextra:\n  a: b\n c: d": f"3: error: the lines of `extra` cannot be read: put texts in quotes, and a blank behind each colon and hyphen {SYNTAX}",
    "@hej\ntitle: A": f"2: error: “@hej” is no `key: value`: begin it with two blanks if it goes on with the line above {SYNTAX}",
    # what is no table of keys
    "- a\n- b": f"2: error: there is no key here: write a word and a colon before each value, such as title: Ny partner {SYNTAX}",
    "bare ord": f"2: error: there is no key here: write a word and a colon before each value, such as title: Ny partner {SYNTAX}",
    "": f"1: error: {NO_TITLE}",
    "title: A\n? [a]\n: b": f"3: error: a key is no plain word: write it as key: value {SYNTAX}",
    "title: A\nextra: {[a]: b}": f"3: error: a key is no plain word: write it as key: value {SYNTAX}",
    # keys
    "title: A\ntitle: B": "3: error: `title` stands twice, here and in line 2: delete one of the two [front-matter-duplicate-key]",
    "title: A\nextra: {a: 1, a: 2}": "3: error: `a` stands twice, here and in line 3: delete one of the two [front-matter-duplicate-key]",
    "title:": f"2: error: {NO_TITLE}",
    'title: "\u00a0\u00ad"': f"2: error: {NO_TITLE}",
    "summary: A": f"1: error: {NO_TITLE}",
    "title: A\nHan sagde: det går": f"3: error: unknown key `Han sagde`: write a line `---` above it if the article's text begins here {UNKNOWN}",
    # truths
    "title: A\ndraft: yes": f"3: error: `draft` cannot be “yes”: write draft: true or draft: false {TYPE}",
    "title: A\ndraft: True": f"3: error: `draft` cannot be “True”: write draft: true or draft: false {TYPE}",
    "title: A\ndraft:": f"3: error: `draft` cannot be empty: write draft: true or draft: false {TYPE}",
    "title: A\ndraft: [true]": f"3: error: `draft` cannot be a list: write it as draft: true {TYPE}",
    # lists, tables and words
    "title: [A]": f'2: error: `title` cannot be a list: write it as title: "Ny partner i Aarhus" {TYPE}',
    "title: A\ntags: kunder, team": f"3: error: `tags` cannot be one text: put it in brackets: tags: [kunder, team] {TYPE}",
    "title: A\ntags: {a: b}": f"3: error: `tags` cannot be a table of keys: write it as tags: [line-milthers] {TYPE}",
    "title: A\ntags:\n- a\n-": f"5: error: `tags` has an empty item: fill it in or delete it {TYPE}",
    "title: A\ntype: presse": f"3: error: `type` cannot be “presse”: write type: news or type: press or type: customer {TYPE}",
    "title: A\nauthors: [{name: x}]": f"3: error: `authors` knows no `name`: known are id, title {UNKNOWN}",
    "title: A\nauthors: [{id: , title: x}]": (
        "3: error: `authors` does not say its `id`: "
        f"write it as {{ id: line-milthers, title: CEO }} {TYPE}"
    ),
    "title: A\nauthors: [{title: x}]": (
        "3: error: `authors` does not say its `id`: "
        f"write it as {{ id: line-milthers, title: CEO }} {TYPE}"
    ),
    "title: A\ncorrections:\n- date: 1.1.2024\n  text: B": f"4: error: `corrections.date` is “1.1.2024”, which is no date: write 2024-01-01 {DATE}",
    "title: A\nwithdrawn: true": f'3: error: `withdrawn` cannot be one text: write it as withdrawn: {{ date: 2024-05-17, reason: "Why" }} {TYPE}',
    "title: A\nextra: 1": f"3: error: `extra` cannot be one text: write it as extra: {{ key: value }} {TYPE}",
    # characters that nobody sees
    'title: "a\\x0Bb"': "2: error: `title` holds an invisible character (U+000B): delete it [control-character]",
    'title: A\nextra: {"a\\x0Bb": 1}': "3: error: a key holds an invisible character (U+000B): delete it [control-character]",
    'title: A\ntags: ["a\\x0Bb"]': "3: error: `tags` holds an invisible character (U+000B): delete it [control-character]",
    'title: "a\\u2028b"': "2: error: `title` holds an invisible character (U+2028): delete it [control-character]",
    "title: A\u2028draft: true": "2: error: an invisible character (U+2028) stands after “title: A”: delete it [control-character]",
    "title: A\x08B\nslug: \x08": "2: error: an invisible character (U+0008) stands after “title: A”: delete it [control-character]",
}  # fmt: skip


@pytest.mark.parametrize("text", VALUES)
def test_a_faulty_value_is_one_finding_at_its_line(text: str) -> None:
    assert faults(text) == [VALUES[text]]


@pytest.mark.parametrize("text", VALUES)
def test_findings_are_the_same_without_the_c_library(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sitegen.front_matter.entries.LOADER", yaml.BaseLoader)

    assert faults(text) == [VALUES[text]]


def test_each_faulty_item_of_a_list_is_told() -> None:
    text = "title: A\nauthors:\n- {name: x}\n- {name: y}\naliases:\n- [a]\n- [a]"

    assert [line.partition(":")[0] for line in faults(text)] == ["4", "5", "7", "8"]


WRITE = "which is no date: write it as 2024-05-17"
DATES = {
    "2024-1-2": "which is no date: write 2024-01-02",
    "02-01-2024": "which is no date: write 2024-01-02",
    "2.1.2024": "which is no date: write 2024-01-02",
    "2024/01/02": "which is no date: write 2024-01-02",
    "2. januar 2024": "which is no date: write 2024-01-02",
    "2 Jan 2024": "which is no date: write 2024-01-02",
    "17. maj 2024 kl. 9.30": "which is no date: write 2024-05-17 09:30",
    "May 17th, 2024": "which is no date: write 2024-05-17",
    "3. oktober 2024": "which is no date: write 2024-10-03",
    "2024-05-17 09.00": "which is no date: write 2024-05-17 09:00",
    "2024-05-17, 9:00": "which is no date: write 2024-05-17 09:00",
    "2024-05-17 09": "which is no date: write 2024-05-17 09:00",
    "17. maj 2024 kl. 25.30": WRITE,
    "i morgen": WRITE,
    "32. januar 2024": WRITE,
    "2. juls 24": WRITE,
    "12:30": WRITE,
    "9" * 70: WRITE,
    "0024-05-17": WRITE,
    "9999-12-31T23:59:59Z": WRITE,
    "2024-02-30": "a day that does not exist: mend the day or the month",
    "2023-02-29": "a day that does not exist: mend the day or the month",
    "2024-13-01": "a day that does not exist: mend the day or the month",
    "2024-05-17 24:00": "a time that does not exist: write one between 00:00 and 23:59",
    "2024-05-17 09:00 +99:00": "a time that does not exist: write one between 00:00 and 23:59",
    "2024-03-31 02:30": "but the clocks were put forward over that time: write an hour later",
}


@pytest.mark.parametrize("written", DATES)
def test_a_date_that_cannot_be_read_says_how_to_write_it(written: str) -> None:
    shown = written if len(written) <= 60 else f"{written[:59]}…"

    assert faults(f"title: A\ndate: {written}") == [
        f"3: error: `date` is “{shown}”, {DATES[written]} {DATE}"
    ]


@pytest.mark.parametrize("key", ["updated", "pinned_until"])
def test_some_dates_are_days(key: str) -> None:
    assert faults(f"title: A\n{key}: 2024-05-17 09:00") == [
        f"3: error: `{key}` is a day without a time of day: write {key}: 2024-05-17 {DATE}"
    ]


@pytest.mark.parametrize(
    ("key", "mend"),
    [
        ("titlee", "did you mean `title`?"),
        ("Title", "did you mean `title`?"),
        ("Publish-Date", "did you mean `publish_date`?"),
        ("publishDate", "did you mean `publish_date`?"),
        ("expiryDate", "did you mean `expiry_date`?"),
        ("lastmod", "did you mean `updated`?"),
        ("modified", "did you mean `updated`?"),
        ("author", "did you mean `authors`?"),
        ("cover", "did you mean `image`?"),
        ("keywords", "did you mean `tags`?"),
        ("kladde", "did you mean `draft`?"),
        ("redirect_from", "did you mean `aliases`?"),
        ("translationKey", "did you mean `translation_key`?"),
        ("category", "`tags` names the topics; `type` is news, press or customer"),
        ("categories", "`tags` names the topics; `type` is news, press or customer"),
        ("lang", "the file's name says the language, as in index.da.md"),
        ("permalink", "`slug` is the last part of the address; `aliases` keeps older addresses"),
        ("save_as", "`slug` is the last part of the address; `aliases` keeps older addresses"),
        ("status", "write draft: true if it is not ready, or delete the line"),
        ("weight", "delete it; news stand by their dates"),
        ("content", "write the text below the second `---`"),
        ("handler", OURS),
        ("self", OURS),
        ("1", OURS),
        ("~", OURS),
    ],
)
def test_an_unknown_key_says_what_was_meant(key: str, mend: str) -> None:
    """The spelling of Hugo, Zola, Pelican and Nikola is known."""
    assert faults(f"title: A\n{key}: x") == [f"3: error: unknown key `{key}`: {mend} {UNKNOWN}"]


def test_a_misspelt_title_is_not_missing_as_well() -> None:
    assert faults("titel: A") == [f"2: error: unknown key `titel`: did you mean `title`? {UNKNOWN}"]


def test_an_unknown_key_does_not_hide_the_article() -> None:
    split, findings = read("---\ntitle: A\nxyz: 1\n---\n")

    assert len(findings) == 1
    assert split is not None
    assert split.front == FrontMatter(title="A")


@pytest.mark.parametrize("key", NEWS_ONLY)
def test_a_fixed_page_has_no_state_but_draft(key: str) -> None:
    mend = "write `updated`, or delete the line" if key == "date" else "delete the line"

    assert faults(f"title: A\n{key}: 2024-05-17\ndraft: true", "pages") == [
        f"3: error: a fixed page has no `{key}`: {mend} {UNKNOWN}"
    ]


@pytest.mark.parametrize("written", ["", "~", "null", '""'])
@pytest.mark.parametrize("key", ["summary", "tags", "image", "contact", "extra"])
def test_a_key_without_a_value_says_nothing(key: str, written: str) -> None:
    assert front(f"title: A\n{key}: {written}") == FrontMatter(title="A")


def test_a_decorative_picture_needs_no_words() -> None:
    """R10: an empty text alone is as good as none, which the page is refused for."""
    made = front('title: A\nimage_alt: ""\nimage_decorative: true')

    assert (made.image_alt, made.image_decorative) == (None, True)


def test_all_faults_of_a_file_are_told_at_once() -> None:
    """Even where YAML itself would stop at the first."""
    text = "tilte: x\nsummary: a: b\ndraft: ja\ndate: 2024-02-30\ntags:[a]\nslug: x\nslug: y"

    assert [line.split(": ")[0] for line in faults(text)] == ["2", "3", "4", "5", "6", "8"]


def test_a_fault_of_the_front_matter_hides_neither_the_rest_of_it_nor_the_body() -> None:
    split, findings = read("---\ntitle: A\ndraft: ja\n---\nTekst.\n")

    lines = {"title": 2, "draft": 3}
    assert len(findings) == 1
    assert split == Split(front=FrontMatter(title="A"), lines=lines, body="Tekst.\n", first_line=5)


def test_without_a_title_there_is_no_front_matter_but_a_body() -> None:
    split, findings = read("---\ndraft: true\n---\nTekst.\n")

    assert len(findings) == 1
    assert split == Split(front=None, lines={"draft": 2}, body="Tekst.\n", first_line=4)


def test_what_a_list_names_twice_counts_once() -> None:
    assert front("title: A\ntags: [a, b, a]").tags == ("a", "b")


def test_a_rule_may_be_a_warning_and_the_article_stays() -> None:
    findings = Findings({"front-matter-unknown-key": "warning"})
    split = read_front_matter(b"---\ntitle: A\nx: 1\n---\n", "a.md", ZONE, "news", findings)

    assert split is not None
    assert findings.errors == ()


# --- hostile input ---------------------------------------------------------------------------

BOMBS = {
    "aliases": "title: A\na: &a [x]\n" + "".join(f"{c}: &{c} [*a, *a]\n" for c in "bcdefghi"),
    "merges": "title: A\nextra: &a {x: 1}\n" + "".join(f"k{n}: {{<<: *a}}\n" for n in range(9)),
    "depth": f"title: A\nextra: {'[' * 6_000}",
    "depth at the root": "[" * 19_000,
    "depth 20,000": f"title: A\nextra: {'[' * 20_000}",
    "depth 300,000": "[" * 300_000,
    "merges of merges": "title: A\na0: &a {x: 1}\n"
    + "".join(f"a{n}: &a {{<<: [{'*a, ' * 8}]}}\n" for n in range(9)),
    "depth of tables": f"title: A\nextra: {'{a: ' * 4_000}",
    "depth of items": f"title: A\nextra:\n  {'- ' * 6_000}",
    "depth of keys": f"title: A\nextra:\n  {'? ' * 6_000}",
    "many keys": "title: A\n" + "\n".join(f"k{n}: x" for n in range(1_500)),
    "many open quotes": "title: A\n" + "\n".join(f"k{n}: 'x" for n in range(1_500)),
    "many loose words": "\n".join("ord" for _ in range(4_500)),
    "backslashes": 'title: "' + "\\" * 19_001,
    "comment marks": "title: " + "#" * 19_000,
    "tags": "title: !!python/object/apply:os.system [ls]",
    "a directive": "%YAML 9.9\ntitle: A",
    "two documents": "title: A\n... \ntitle: B",
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_a_finding_at_once(name: str) -> None:
    """reliability row 13"""
    started = time.process_time()
    findings = read(f"---\n{BOMBS[name]}\n---\n")[1]

    assert findings
    assert time.process_time() - started < 1
    assert max(map(len, findings)) < 1_000


@pytest.mark.parametrize(
    "text", ["---\n" * 50_000, "a\n---\n" * 50_000, "- " * 200_000, "–" * 200_000]
)
def test_many_fences_take_no_time(text: str) -> None:
    started = time.process_time()
    findings = read(text)[1]

    assert len(findings) == 1
    assert time.process_time() - started < 1


def test_twenty_levels_are_deep_enough() -> None:
    def nested(levels: int) -> str:
        return f"title: A\nextra: {{a: {'[' * levels}{']' * levels}}}"

    assert faults(nested(18)) == []
    assert faults(nested(19)) == [
        "3: error: lists or tables stand 21 deep in each other: "
        "write it with fewer levels [front-matter-syntax]"
    ]


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_bytes_make_it_stumble(content: bytes) -> None:
    for whole in (content, b"---\n" + content + b"\n---\nText", b"---\ntitle: A\n" + content):
        split, findings = read(whole)

        assert split is not None or findings
        assert all(line.rpartition("[")[2].rstrip("]") in CODES for line in findings)


@given(st.lists(st.sampled_from([
    "title: A", "title: ", "date: 2024-05-17", "draft: true", "tags:", "- a", "  b", "\t", "---", "", "[", "]",
    "extra: {", "}", "'", '"', "#", "x:", "...", "–––", "*a", "&a", "!!b", "? ", ": ", "|", ">-", "%T", "@", "`",
]), max_size=12))  # fmt: skip
def test_no_jumble_of_lines_makes_it_stumble(lines: list[str]) -> None:
    split, findings = read("\n".join(["---", *lines, "---", "Text"]))

    assert split is not None or findings
    numbers = [int(line.partition(":")[0]) for line in findings]
    assert all(1 <= number <= len(lines) + 3 for number in numbers)
