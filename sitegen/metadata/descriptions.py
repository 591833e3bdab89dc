"""The title and the description under which search engines show a page."""

import re

from sitegen.addresses import Addresses
from sitegen.metadata.news import one_line
from sitegen.model.pages import Page

LENGTH = 160
SHORTEST = 60  # a first sentence below this says too little to stand alone

# a sign after a word of three letters or more: not "kl. 14", "f.eks. Novo", "Dr. No"
_SIGN = r"(?<=\w{3})(?<!\.\w{3})[.!?…][”’“\"»«)]*"
_CAPITAL = r"(?=\s[”’“‘\"»«(–]*[A-ZÆØÅÄÖÉÜ])"
_SENTENCE_END = re.compile(_SIGN + _CAPITAL)


def title_of(page: Page, addresses: Addresses) -> str:
    """Return "Headline – Site", with the page number on lists."""
    config = addresses.config
    site = one_line(config.languages[page.language].title)
    if page.kind == "gateway":
        labels = " / ".join(language.label for language in config.languages.values())
        return f"{one_line(config.title)} – {labels}"
    if page.kind == "front":
        tagline = one_line(config.company.tagline.get(page.language, ""))
        return f"{site} – {tagline}" if tagline else site
    parts = (one_line(page.title), _page_number(page, addresses), site)
    return " – ".join(part for part in parts if part)


def description_of(page: Page, addresses: Addresses) -> str:
    """Return what the page is about, in at most 160 characters; empty when nobody says it."""
    number = _page_number(page, addresses)
    room = LENGTH - len(number) - 2 if number else LENGTH
    text = clip(one_line(_description(page, addresses)), room)
    return f"{text} {number}." if number and text else text


def _description(page: Page, addresses: Addresses) -> str:
    languages = addresses.config.languages
    if page.kind == "gateway":
        return " ".join(language.description for language in languages.values())
    if page.article is None:
        return page.description
    front = page.article.card.front
    if front.withdrawn:
        return front.withdrawn.reason
    return front.description or front.summary or page.article.card.excerpt or page.description


def _page_number(page: Page, addresses: Addresses) -> str:
    """Return "Side 2 af 5" for the later pages of a list."""
    pagination = page.pagination
    if pagination is None or pagination.number == 1:
        return ""
    wording = addresses.wordings[page.language]
    return one_line(
        wording.say("page_of", number=pagination.number, pages=len(pagination.addresses))
    )


def clip(text: str, length: int) -> str:
    """Return the text, cut where a sentence ends if it is too long, else after a whole word."""
    if len(text) <= length:
        return text
    ends = [match.end() for match in _SENTENCE_END.finditer(text, 0, length + 2)]
    fitting = [end for end in ends if SHORTEST <= end <= length]
    if fitting:
        return text[: fitting[-1]]
    words, space, _ = text[:length].rpartition(" ")
    return f"{words.rstrip(' ,;:–-(.') if space else text[: length - 1]}…"
