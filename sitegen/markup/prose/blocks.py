"""Blocks: paragraphs, quotes, tables and figures, each written straight as HTML."""

import re

from sitegen.markup.lists import ITEM, sentence
from sitegen.markup.pictures import PHOTOGRAPH, caption_and_credit
from sitegen.markup.prose.article import Article, DoubtError
from sitegen.markup.prose.phrases import escaped, words
from sitegen.markup.typeset import typeset

_BEGINNING = (  # of a line that can be nothing but text
    r"(?:[^\W\d_]|[\"'”“»«’‘„‚(–—…€$£§%&@¿¡/\[]|\d+(?!\d|[.)] )|\d{4,}\.|\*{1,2}(?=[^\s*\[]))"
)
_PARAGRAPH = re.compile(rf"{_BEGINNING}[^\n]*(?:\n{_BEGINNING}[^\n]*)*")
GAP = re.compile(r"\n\n\n*")
_QUOTED = re.compile(r"^> ?", re.MULTILINE)
_TABLE = re.compile(r"\|[^\n]*\|\n\|(?: *:?-+:? *\|)+(?:\n\|[^\n]*\|)+")
RULE = re.compile(r"\* ?\* ?\*|---+")
_FIGURE = re.compile(r"!\[([^\[\]\n<>&\"]+)\]\((\w[\w./-]*)(?: \"([^\"'\n\xa0<>&@\[\]*_]+)\")?\)")


def paragraph(text: str, article: Article) -> str:
    """Return the HTML of a paragraph."""
    return article.paragraph(worded(text, article))


def worded(text: str, article: Article) -> str:
    """Return the HTML of the words of a paragraph or an item."""
    item = ITEM.match(text) if text[:1].isdigit() else None
    is_date = item and item["number"] and sentence(article.language).match(item["text"])
    start = item.start("text") if item and is_date else 0
    if not _PARAGRAPH.fullmatch(text, start):
        raise DoubtError
    html, said = words(text, article)
    if not article.says(said):
        raise DoubtError
    return html


def quoted(text: str, article: Article) -> str:
    """Return the HTML of what is quoted, without the element around it."""
    lines = text.split("\n")
    if not all(line[:1] == ">" for line in lines):
        raise DoubtError
    inner = _QUOTED.sub("", text)
    if inner != inner.strip("\n"):
        raise DoubtError
    return "\n".join(paragraph(block, article) for block in GAP.split(inner))


def table(text: str, article: Article) -> str:
    """Return the HTML of a table."""
    if not _TABLE.fullmatch(text):
        raise DoubtError
    head, rule, *rows = [line[1:-1].split("|") for line in text.split("\n")]
    if any(len(row) != len(head) for row in (rule, *rows)):
        raise DoubtError
    sides = [_side(cell.strip(" ")) for cell in rule]
    first = _row(head, [f'{side} scope="col"' for side in sides], "th", article)
    body = "\n".join(_row(row, sides, "td", article) for row in rows)
    return (
        f"<div{article.region('table')}>\n<table>\n<thead>\n{first}\n</thead>\n"
        f"<tbody>\n{body}\n</tbody>\n</table>\n</div>"
    )


def _side(rule: str) -> str:
    sides = {(True, True): "center", (True, False): "left", (False, True): "right"}
    side = sides.get((rule[0] == ":", rule[-1] == ":"))
    return f' class="align-{side}"' if side else ""


def _row(cells: list[str], attributes: list[str], tag: str, article: Article) -> str:
    written = []
    for cell, given in zip(cells, attributes, strict=True):
        html, said = words(cell.strip(" "), article)
        article.says(said)
        written.append(f"<{tag}{given}>{html}</{tag}>")
    return "<tr>\n{}\n</tr>".format("\n".join(written))


def figure(text: str, article: Article) -> str:
    """Return the HTML of a picture that stands alone."""
    found = _FIGURE.fullmatch(text)
    if not found:
        raise DoubtError
    alt, target, title = found.groups("")
    caption, credit = caption_and_credit(title)
    if alt != alt.strip() or (PHOTOGRAPH.search(target) and not credit) or "://" in title:
        raise DoubtError
    source = article.picture(target, alt, text)
    words = f"{caption} {credit}" if caption and credit else caption + credit
    words = typeset(words, article.language)
    caption, credit = words[: len(words) - len(credit)], words[len(words) - len(credit) :]
    article.says(caption)
    article.says(credit)
    shown = escaped(caption) + (f'<span class="credit">{escaped(credit)}</span>' if credit else "")
    below = f"<figcaption>{shown}</figcaption>" if shown else ""
    return f'<figure><img alt="{alt}" src="{source}">{below}</figure>'
