"""Lists, and lists in their items; a date such as "3. maj" begins none."""

import re

from sitegen.markup.lists import ITEM, sentence
from sitegen.markup.prose.article import Article, DoubtError
from sitegen.markup.prose.blocks import worded

_NESTED = r"(?:[-*+]|1\.) +(?=\S)"
_DEPTH = 6  # of lists within each other
_EMPTY = re.compile(r" *(?:[-*+]|[0-9]+\.) *")
_BEGINS_LIST = re.compile(_NESTED)
_INTERRUPTION = re.compile(rf"(?<=\n){_NESTED}")


def item_of(text: str, language: str) -> re.Match[str] | None:
    """Return the item of a list that begins there without any indentation."""
    item = ITEM.match(text) if text[:1] in "-*+" or text[:1].isdigit() else None
    is_date = item and item["number"] and sentence(language).match(item["text"])
    return None if is_date else item


def start_in(block: str, language: str) -> int | None:
    """Return where in a block a list begins: at its head, or right under its words."""
    if item_of(block, language):
        return 0
    found = _INTERRUPTION.search(block) if "\n" in block else None
    return found.start() if found else None


def lines_of(block: str, waiting: list[str], language: str) -> list[str]:
    """Return the lines of a list with those of its items that blank lines part from it."""
    lines = block.split("\n")
    while waiting and waiting[-1][0] != " ":
        item = item_of(waiting[-1], language)
        if not item or bool(item["number"]) != block[0].isdigit():
            return lines
        lines += ["", *waiting.pop().split("\n")]
    if waiting:
        raise DoubtError
    return lines


def written(lines: list[str], article: Article, depth: int = 1) -> str:
    """Return the HTML of a list; a blank line in it means that its items are apart."""
    items: list[list[str]] = []
    head = item_of(lines[0], article.language)
    if not head or depth > _DEPTH or any(map(_EMPTY.fullmatch, lines)):
        raise DoubtError
    for line in lines:
        item = item_of(line, article.language)
        if item and bool(item["number"]) != bool(head["number"]):
            raise DoubtError
        if item:
            items.append([item["text"]])
        else:
            items[-1].append(line)
    is_parted = any(lines[-1] == "" for lines in items[:-1])
    tag, number = ("ol", int(head["number"])) if head["number"] else ("ul", 1)
    start = f' start="{number}"' if number != 1 else ""
    inner = "\n".join(_item(each, article, depth, is_parted=is_parted) for each in items)
    return f"<{tag}{start}>\n{inner}\n</{tag}>"


def _item(lines: list[str], article: Article, depth: int, *, is_parted: bool) -> str:
    """Return the HTML of an item: words, and perhaps a list within."""
    if lines[-1] == "":
        lines.pop()
    lines = _dedented(lines)
    nested = next((n for n, line in enumerate(lines) if n and _BEGINS_LIST.match(line)), len(lines))
    html = worded("\n".join(lines[:nested]), article)
    if is_parted:
        html = f"\n{article.paragraph(html)}\n"
    if nested < len(lines):
        html += f"{written(lines[nested:], article, depth + 1)}\n"
    return f"<li>{html}</li>"


def _dedented(lines: list[str]) -> list[str]:
    """Return the lines of an item without their common indentation."""
    indents = [len(line) - len(line.lstrip(" ")) for line in lines]
    if "" in lines or 1 in indents:
        raise DoubtError
    shift = min((indent for indent in indents if indent), default=0)
    return [line[min(shift, indent) :] for line, indent in zip(lines, indents, strict=True)]
