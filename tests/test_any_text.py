"""Any text in any field comes out as itself, and never as anything else than text."""

import functools
import html
import json
import re
import string
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar
from xml.etree import ElementTree as ET

import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from sitegen.characters import FORBIDDEN
from tests.conftest import THEME, Site, one_in

T = TypeVar("T")
PIECES = (
    "<b>", "</b>", "</script>", "<script>alert(1)</script>", "]]>", "<!--", "-->", "<![CDATA[",
    "{{ x }}", "{% x %}", "{#", "{{", "}}", "%(x)s", "$x", "&amp;", "&lt;", "&", "<", ">", "&#60;",
    '"', "'", "”", "’", "`", "\\", "/", "//", "|", "#", "# ", ": ", "*", "_", "[a](b)", "![a](b)",
    "[^1]", "- ", "1. ", "@", "%00", "%3C", "javascript:", "https://a.b/c?d=e&f", "a@b.dk", "kr.",
    "æøå", "a\u030a", "e\u0301\u0323", "\u05e9\u05dc\u05d5\u05dd", "\u0645\u0631\u062d\u0628\u0627",
    "\u202e", "\u2066", "\u200d", "\u00a0", "\u00ad", "\u202f", "\ufeff", "\u3000",
    "\U0001f469\u200d\U0001f680", "\U0001f1e9\U0001f1f0", "\U0001d504", "\U0001fffe", "\ufdd0",
    " ", " ", " ", "15. marts", "5 kr.", "kl. 9", "null", "true", "2024", "\n", "\t",
)  # fmt: skip
TEXTS = st.lists(
    st.sampled_from(PIECES) | st.text(st.characters(codec="utf-8"), max_size=8), max_size=8
).map(lambda parts: FORBIDDEN.sub("", "".join(parts)).replace("\r", " "))

FIELDS = (
    "title", "summary", "description", "image_alt", "image_caption", "image_credit", "quote",
    "correction", "reason", "name", "job", "topic", "about topic", "site", "label", "site da",
    "site about", "company", "tagline", "about", "address", "contact", "contact title", "news",
    "read_also", "note", "cell", "code", "language", "held",
)  # fmt: skip
PICTURE = Path(__file__).parent / "golden/site/content/news/2024-05-20-nyt-kontor/hold.png"
QUOTES = str.maketrans(dict.fromkeys('"”“’‘', "'"))


def as_said(text: str) -> str:
    """Return a text without what typography may change in it: blanks, marks of quotation."""
    text = unicodedata.normalize("NFC", text.replace("\u00ad", ""))
    return " ".join(text.translate(QUOTES).split())


def marked(texts: dict[str, str]) -> dict[str, str]:
    """Return the texts, each with an end of its own by which it is known in a page.

    None is so long that a description of it is cut.
    """
    return {
        field: f"{text[:90]} {field.replace(' ', '').replace('_', '').title()}Z"
        for field, text in texts.items()
    }


def toml(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def typed(text: str) -> str:
    """Return the Markdown that says a text and nothing else."""
    text = " ".join(text.split())
    return "".join(f"&#{ord(c)};" if c in string.punctuation else c for c in text)


def front(**keys: Any) -> str:
    written = yaml.safe_dump(keys, allow_unicode=True, width=10**9, default_style='"')
    return f"---\n{written}---\n"


def write(project: Site, said: dict[str, str]) -> None:
    """Write a site that says each of the texts where it belongs."""
    project.change(
        "config.toml",
        f"""\
base_url = "https://news.example.org"
title = {toml(said["site"])}
default_language = "da"
[languages.da]
label = {toml(said["label"])}
locale = "da_DK"
title = {toml(said["site da"])}
description = {toml(said["site about"])}
section = "nyheder"
[company]
name = {toml(said["company"])}
tagline = {{ da = {toml(said["tagline"])} }}
about = {{ da = {toml(said["about"])} }}
address = [{toml(said["address"])}]
[contact]
name = {toml(said["contact"])}
title = {{ da = {toml(said["contact title"])} }}
""",
    )
    project.change(
        "content/people.toml",
        f"[ib]\nname = {toml(said['name'])}\ntitle = {{ da = {toml(said['job'])} }}\n",
    )
    topic = f"[t]\nname = {{ da = {toml(said['topic'])} }}\nslug = {{ da = 'emne' }}\n"
    topic += f"description = {{ da = {toml(said['about topic'])} }}\n"
    project.change("content/topics.toml", topic)
    wording = (THEME / "wording/da.toml").read_text("utf-8")
    for key in ("news", "read_also"):
        text = toml(said[key].replace("{", "(").replace("}", ")"))
        (line,) = re.findall(rf"(?m)^{key} = .*$", wording)
        wording = wording.replace(line, f"{key} = {text}")
    project.change("templates/wording/da.toml", wording)
    project.change("content/news/2024-01-01-x/x.png", PICTURE.read_bytes())
    keys = (
        "title",
        "summary",
        "description",
        "image_alt",
        "image_caption",
        "image_credit",
        "quote",
    )
    language = " ".join(said["language"].replace("`", "'").split())
    code = said["code"].replace("\n", " ").replace("~", "-").replace("\t", " ")
    project.change(
        "content/news/2024-01-01-x/index.da.md",
        front(
            **{key: said[key] for key in keys},
            slug="x", tags=["t"], type="press", image="x.png", related=["2024-01-03-z"],
            authors=[{"id": "ib", "title": said["held"]}],
            corrections=[{"date": "2024-01-02", "text": said["correction"]}],
        )
        + f"{typed(said['quote'])}[^1]\n\n[^1]: {typed(said['note'])}\n\n"
        f"| A | B |\n|---|---|\n| {typed(said['cell'])} | b |\n\n~~~ {language}\n{code}\n~~~\n",
    )  # fmt: skip
    withdrawn = {"date": "2024-01-03", "reason": said["reason"]}
    project.change(
        "content/news/2024-01-02-y.da.md", front(title="Y", withdrawn=withdrawn) + "Y.\n"
    )
    project.change("content/news/2024-01-03-z.da.md", front(title="Z", authors=["ib"]) + "Z.\n")


def texts_of(page: str) -> Iterator[str]:
    """Yield all that a page says: its text, attributes, and structured data."""
    tree = LexborHTMLParser(page)
    for script in tree.css("script[type='application/ld+json']"):
        yield from strings(json.loads(script.text()))
        script.decompose()
    yield tree.root.text() if tree.root else ""
    for node in tree.css("*"):
        yield from (value or "" for value in node.attributes.values())


def strings(value: Any) -> Iterator[str]:
    """Yield the strings within a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from strings(item)


def shape(project: Site) -> dict[str, list[str]]:
    """Return the elements of each page, and which attributes each has."""
    return {
        path: [
            f"{node.tag} {' '.join(sorted(node.attributes))}"
            for node in LexborHTMLParser(content.decode()).css("*")
        ]
        for path, content in project.files().items()
        if path.endswith(".html")
    }


def built(said: dict[str, str], judge: Callable[[Site], T]) -> T:
    """Build a site that says the texts, and return what `judge` does of it."""
    with TemporaryDirectory() as folder:
        project = Site(Path(folder))
        write(project, said)
        project.build(use_cache=False)
        assert project.is_sound, project.lines  # lints may wonder at it
        return judge(project)


@functools.cache
def plain_shape() -> dict[str, list[str]]:
    """Return the elements of the pages of a site that says ordinary words."""
    return built(marked(dict.fromkeys(FIELDS, "ord")), shape)


ARTICLE = "da/nyheder/2024/x/index.html"
PLACES: dict[str, str] = {
    ARTICLE: "title summary description image_alt image_caption image_credit quote correction name "
    "held topic site+da company tagline about address contact contact+title note cell code news "
    "read_also",
    "da/nyheder/2024/y/index.html": "reason",
    "da/nyheder/index.html": "title summary topic news",
    "da/index.html": "site+da site+about title label",
    "da/emner/emne/index.html": "topic about+topic title",
    "da/personer/ib/index.html": "name job title",
    "da/presse/index.html": "contact contact+title about title",
    "index.html": "site",
    "da/feed.atom": "site+da site+about title summary name topic",
    "da/feed.rss": "site+da site+about title summary name topic",
    "da/feed.json": "site+da site+about title summary name topic",
    "da/emner/emne/feed.atom": "topic about+topic title",
}  # fmt: skip


def said_by(path: str, page: str) -> list[str]:
    """Return all texts of a finished file."""
    if path.endswith(".json"):
        found = list(strings(json.loads(page)))
    elif path.endswith((".atom", ".rss")):
        nodes = list(ET.fromstring(page).iter())
        found = ["".join(node.itertext()) for node in nodes]
        found += [value for node in nodes for value in node.attrib.values()]
        if path.endswith(".rss"):  # whose headlines stand a second reading of their marks
            found += [html.unescape(text) for text in found]
    else:
        found = list(texts_of(page))
    return [as_said(text) for text in found]


def escaped(text: str) -> str:
    """Return what is read of a text whose marks were escaped once too often."""
    return as_said(html.escape(text, quote=False))


def judged(said: dict[str, str]) -> Callable[[Site], dict[str, list[str]]]:
    def judge(project: Site) -> dict[str, list[str]]:
        for path, fields in PLACES.items():
            found = said_by(path, project.page(path))
            for field in fields.replace("+", "\0").split():
                text = said[field.replace("\0", " ")]
                text = text.replace("~", "-") if field == "code" else text
                if field in {"news", "read_also"}:
                    text = text.replace("{", "(").replace("}", ")")
                assert any(as_said(text) in each for each in found), (path, field, text)
                if path.endswith(".html") and (twice := escaped(text)) != as_said(text):
                    assert not any(twice in each for each in found), (path, field, text)
        ET.fromstring(project.page("sitemap.xml"))
        return shape(project)

    return judge


def pieces(number: int) -> dict[str, str]:
    """Return ten pieces for each field, each time others."""
    starts = range(number * 7, 10**4, 3)
    around = PIECES * 20
    return {field: "".join(around[n : n + 10]) for n, field in zip(starts, FIELDS, strict=False)}


@one_in(25)
@example(marked(pieces(0)))
@example(marked(pieces(4)))
@example(marked(pieces(7)))
@given(st.fixed_dictionaries(dict.fromkeys(FIELDS, TEXTS)).map(marked))
def test_any_text_in_any_field_comes_out_as_itself(said: dict[str, str]) -> None:
    """In HTML, attributes, JSON-LD, Atom, RSS, JSON Feed; and no page has another element."""
    assert built(said, judged(said)) == plain_shape()
