"""False alarms: ordinary articles have no findings, and their pages say what was written."""

import re
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from sitegen.findings import Findings
from sitegen.model.content import Source
from sitegen.parse import Rules, parse
from tests.conftest import Site

PROSE = Path(__file__).parent / "data" / "prose"
ARTICLES = sorted(PROSE.glob("*.md"))
RULES = Rules(timezone="Europe/Copenhagen", labels={})
_MARKUP = (
    (r"\A---\n.*?\n---\n", ""),  # the front matter
    (r"(?m)^(?:```|\* ?\* ?\*|-{4,}|\|[ |:-]+\|)$", ""),  # fences, rules, lines below heads
    (r"(?m)^ *[-*+] +(?=\S)|^>", ""),
    (r"(?m)^\d\. +(?=[A-ZÆØÅ])", ""),  # of a list; a date goes on with a small letter
    (r"(?m)^##+ ", ""),
    (r"(?m)^\||(?<= )\|(?= )|\|$", ""),
    (r"\\(?=[*.])", ""),
    (r"\*\*|(?<![\w*(])\*(?=\w)|(?<=[^\s(*])\*(?![\w*])", ""),  # emphasis, but not 2 * 3 or (*)
    (r"`", ""),
    (r"<(\S+(?:@|://)\S+)>", r"\1"),
    (r"</?b>", ""),
)
_NOTE = re.compile(r"^\[\^\w+\]: (.*)$|\[\^\w+\]", re.MULTILINE)
_QUOTES = re.compile("[»«“”„\"'’‘]")


def letters(text: str) -> str:
    """Return all that is not blank, with all quotation marks alike."""
    return re.sub(r"\s+", "", _QUOTES.sub("'", text))


def written(source: str) -> str:
    """Return what an article says, without the signs that are markup on purpose."""
    for pattern, kept in _MARKUP:
        source = re.sub(pattern, kept, source, flags=re.DOTALL)
    return _NOTE.sub("", source) + "".join(_NOTE.findall(source))  # notes stand at the end


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.name)
def test_an_ordinary_article_says_what_was_written(path: Path) -> None:
    language = path.stem.rpartition(".")[2]
    source = Source(path=path.name, kind="news", story=path.stem, language=language)
    findings = Findings()
    card, body = parse(source, path.read_bytes(), "key", RULES, findings)
    tree = LexborHTMLParser(f"<body>{body.html}</body>")
    for made in tree.css("a.footnote, a.footnote-back"):
        made.decompose()

    assert findings.found == ()
    assert card is not None
    assert tree.body is not None
    assert letters(tree.body.text()) == letters(written(path.read_text("utf-8")))


def test_ordinary_articles_make_a_site_without_a_finding(tmp_path: Path) -> None:
    site = Site(tmp_path / "project").write("")
    for path in ARTICLES:
        site.change(f"content/news/{path.name}", path.read_bytes())

    assert site.build(is_check=True).lines == []
