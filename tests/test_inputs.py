"""Whatever a page is made of changes its inputs; nothing else does."""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from sitegen.link import Places
from sitegen.model.content import Reference
from sitegen.model.pages import INPUTS, Alternate, Entry, Group, Page, Pagination, Target
from sitegen.model.stories import Person, Story, Topic
from sitegen.pipeline.inputs import SIZE, Inputs, changed, hash_of
from tests.examples import an_article, when

ARTICLE = an_article(
    "news/x/index.da.md", references=(Reference(kind="link", target="y.pdf", line=3),)
)
ENGLISH = an_article("news/x/index.en.md")
STORY = Story(key="news/x", kind="news", articles=(ARTICLE, ENGLISH), date=when("2024-05-17"))
OTHER = an_article("news/y/index.da.md")
OTHER_STORY = Story(key="news/y", kind="news", articles=(OTHER,), date=when("2024-05-16"))
ENTRY = Entry(story=OTHER_STORY, article=OTHER, address="/da/nyheder/2024/y/")
PAGE = Page(
    kind="article",
    language="da",
    address="/da/nyheder/2024/x/",
    template="article.html",
    title="X",
    story=STORY,
    article=ARTICLE,
    more=(ENTRY,),
    groups=(Group(name="2024", address="/da/nyheder/2024/", entries=(ENTRY,), count=1),),
    people=(Person(id="ib", name="Ib"),),
)
PLACES = Places(
    articles={ARTICLE.path: PAGE.address, OTHER.path: ENTRY.address},
    hidden={},
    cards={ARTICLE.path: ARTICLE.card, OTHER.path: OTHER.card},
    media={"content/news/x/y.pdf": Target(href="/media/y.pdf")},
    files={},
    addresses=frozenset({PAGE.address}),
)
SETTINGS, TEMPLATES = hash_of(b"settings"), hash_of(b"templates")


def inputs_of(page: Page = PAGE, places: Places = PLACES, settings: bytes = SETTINGS) -> bytes:
    return Inputs(settings, places).of(page, TEMPLATES)


def with_body(article: Any, key: str) -> Any:
    card = msgspec.structs.replace(article.card, body=key)
    return msgspec.structs.replace(article, card=card)


def page(**changes: Any) -> Page:
    return msgspec.structs.replace(PAGE, **changes)


def told_by(article: Any, **changes: Any) -> Page:
    story = msgspec.structs.replace(STORY, articles=(article, ENGLISH), **changes)
    return page(story=story, article=article)


def listing(article: Any, **changes: Any) -> Page:
    story = msgspec.structs.replace(OTHER_STORY, articles=(article,))
    entry = msgspec.structs.replace(ENTRY, story=story, article=article, **changes)
    return page(more=(entry,))


CHANGES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "the settings": ("settings", lambda: inputs_of(settings=hash_of(b"other"))),
    "its templates": ("templates", lambda: Inputs(SETTINGS, PLACES).of(PAGE, hash_of(b"other"))),
    "its address": ("address", lambda: inputs_of(page(address="/da/nyheder/2024/z/"))),
    "its translations": (
        "address",
        lambda: inputs_of(page(alternates=(Alternate(language="en", address="/en/"),))),
    ),
    "its place in a list": (
        "address",
        lambda: inputs_of(page(pagination=Pagination(number=2, addresses=("/a/", "/b/")))),
    ),
    "its topic": ("address", lambda: inputs_of(page(topic=Topic(id="a", name={"da": "A"})))),
    "who is named": ("address", lambda: inputs_of(page(people=()))),
    "its article": ("article", lambda: inputs_of(told_by(with_body(ARTICLE, "new")))),
    "its other language": (
        "stories",
        lambda: inputs_of(
            page(
                story=msgspec.structs.replace(STORY, articles=(ARTICLE, with_body(ENGLISH, "new")))
            )
        ),
    ),
    "what holds for all languages": ("stories", lambda: inputs_of(told_by(ARTICLE, type="press"))),
    "a story that it shows": ("stories", lambda: inputs_of(listing(with_body(OTHER, "new")))),
    "the mark of a story": ("stories", lambda: inputs_of(listing(OTHER, mark="draft"))),
    "a file that it links to": (
        "links",
        lambda: inputs_of(places=msgspec.structs.replace(PLACES, media={})),
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_changes_is_told_by_name(what: str) -> None:
    name, inputs = CHANGES[what]

    assert name in changed(inputs_of(), inputs()).split(", ")


def test_an_article_that_is_hidden_now_is_another_input() -> None:
    """R24: a page that shows it is looked through for leaks again."""
    hidden = msgspec.structs.replace(PLACES, hidden={OTHER.path: ENTRY.address})

    assert changed(inputs_of(), inputs_of(places=hidden)) == "stories"


def test_a_story_moves_between_two_lists() -> None:
    moved = page(more=(), newer=ENTRY)

    assert inputs_of() != inputs_of(moved)


def test_equal_values_give_equal_inputs_though_they_are_other_objects() -> None:
    again = msgspec.structs.replace(
        PAGE, story=msgspec.structs.replace(STORY), more=(msgspec.structs.replace(ENTRY),)
    )

    assert inputs_of() == inputs_of(again)
    assert len(inputs_of()) == SIZE * len(INPUTS)


def test_of_inputs_that_nobody_knows_nothing_is_told() -> None:
    assert changed(b"", inputs_of()) == ""


def test_references_are_placed() -> None:
    """Else the test of links would test nothing."""
    assert [each.path for each in ARTICLE.card.references] == ["content/news/x/y.pdf"]
