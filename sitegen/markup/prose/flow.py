"""The flow of an article: which block is what, one after the other; headings and boxes."""

import re
from html import unescape

from sitegen.markup.boxes import FIGURE
from sitegen.markup.prose import blocks, lists
from sitegen.markup.prose.article import Article, DoubtError
from sitegen.markup.prose.phrases import words
from sitegen.typography import plain

_HEADING = re.compile(r"(#{2,6}) +(\S[^\n]*)(?:\n|\Z)")
_BOX = re.compile(r"::: (fact|quote)(?: +(.*[^\s:]))? *")
_KEY = re.compile(r"<p>(?=<strong>([^<]*)</strong>[^<]*[^<\s])")
_MIXED = re.compile(r"<p><strong>[^<]*<(?!/strong>)")  # in bold there is more than text
_CAPTIONS = ("Table:", "Tabel:")


def write(typed: list[str], article: Article) -> str:
    """Return the HTML of blocks of Markdown."""
    waiting = typed[::-1]  # the next at the end
    found: list[str] = []
    while waiting:
        block = waiting.pop()
        if block[0] == "#":
            found.append(_heading(block, waiting, article))
        elif block[0] == ">":
            quotes = [blocks.quoted(block, article)]
            while waiting and waiting[-1][0] == ">":
                quotes.append(blocks.quoted(waiting.pop(), article))
            found.append("<blockquote>\n{}\n</blockquote>".format("\n".join(quotes)))
        elif block[0] == "!":
            found.append(blocks.figure(block, article))
        elif block[0] == "|":
            if article.lines and article.lines[-1].startswith(_CAPTIONS):
                raise DoubtError
            found.append(blocks.table(block, article))
        elif blocks.RULE.fullmatch(block):
            found.append("<hr>")
        elif block[0] == ":":
            found += _box(block, waiting, article)
        else:
            found += _text(block, waiting, article)
    return "\n".join(found)


def _text(block: str, waiting: list[str], article: Article) -> list[str]:
    """Return the HTML of a paragraph, of a list, or of a list right under a paragraph."""
    start = lists.start_in(block, article.language)
    if start is None:
        return [blocks.paragraph(block, article)]
    above = [blocks.paragraph(block[: start - 1], article)] if start else []
    lines = lists.lines_of(block[start:], waiting, article.language)
    return [*above, lists.written(lines, article)]


def _heading(block: str, waiting: list[str], article: Article) -> str:
    """Return the HTML of a heading; what stands right below it waits as a block of its own."""
    heading = _HEADING.match(block)
    if not heading or heading[2].rstrip().endswith("#"):
        raise DoubtError
    if heading.end() < len(block):
        waiting.append(block[heading.end() :])
    level = len(heading[1])
    if level > article.level + 1 or article.is_in_box:
        raise DoubtError
    article.level = level
    return _titled(level, heading[2].strip(), article)[0]


def _titled(level: int, title: str, article: Article) -> tuple[str, str]:
    """Return the HTML of a heading, and its id."""
    if "&" in title.replace("& ", ""):  # in a heading, even what is no entity is read as one
        raise DoubtError
    html, said = words(title, article)
    name = article.heading(level, plain(article.says(said)))
    return f'<h{level} id="{name}">{html}</h{level}>', name


def _box(fence: str, waiting: list[str], article: Article) -> list[str]:
    """Return the HTML of a quote; a fact box is put aside."""
    box = _BOX.fullmatch(fence)
    end = next((n for n, block in enumerate(reversed(waiting)) if block[0] == ":"), 0)
    if not box or not end or waiting[-1 - end] != ":::" or article.is_in_box:
        raise DoubtError
    inner = waiting[: -1 - end : -1]
    del waiting[-1 - end :]
    if box[1] == "quote":
        return [_quote(inner, box[2] or "", article)]
    if not box[2]:
        raise DoubtError
    with article.beside():
        title, name = _titled(2, box[2], article)
        html = _KEY.sub(_key, write(inner, article))
        if _MIXED.search(html):
            raise DoubtError
        article.boxes.append(
            f'<aside aria-labelledby="{name}" class="fact">\n{title}\n{html}\n</aside>'
        )
    return []


def _key(paragraph: re.Match[str]) -> str:
    """Return the beginning of a paragraph that begins with something in bold."""
    return '<p class="key">' if FIGURE.fullmatch(unescape(paragraph[1]).rstrip()) else "<p>"


def _quote(inner: list[str], author: str, article: Article) -> str:
    quote = f"<blockquote>\n{write(inner, article)}\n</blockquote>"
    if "[" in author:
        raise DoubtError  # links count in the order of the page, where it stands below its quote
    if author:
        html, said = words(author, article)
        article.says(said)
        quote += f'\n<p class="attribution">{html}</p>'
    return f'<div class="quote">\n{quote}\n</div>'
