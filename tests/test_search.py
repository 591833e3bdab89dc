import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.search import (
    Document,
    Scheme,
    Shard,
    directory,
    document_files,
    gather,
    number,
    revise,
    scheme_of,
    shard_file,
)
from sitegen.search.shards import parts_of, shard_of
from sitegen.terms import JOINED
from tests.conftest import Site

DAY = dt.date(2012, 3, 15)
SMALL = Scheme(shards=4, buckets=2, places=16)
DANISH = JOINED["da"]


def a_document(name: str, terms: str, day: dt.date = DAY, names: tuple[str, ...] = ()) -> Document:
    """Return a document whose key is what it is found by."""
    return Document(address=f"nyheder/{name}/", title=name, day=day, body=terms, names=names)


def terms_of(document: Document) -> str:
    return document.body


def index(*documents: Document, scheme: Scheme = SMALL) -> list[Shard]:
    return gather(number(documents, scheme), terms_of, scheme, DANISH)


def read(shards: list[Shard], term: str, table: str = "words") -> list[int]:
    """Return what the file says of a term, as the search page reads it."""
    steps = json.loads(shard_file(shards[shard_of(term, len(shards))]))[table].get(term, [])
    steps = steps if isinstance(steps, list) else [steps]
    return [steps[0] - sum(steps[1 : place + 1]) for place in range(len(steps))]


# Numbers


def test_articles_are_numbered_by_their_days_and_the_newest_come_first() -> None:
    old, new = a_document("old", ""), a_document("new", "", DAY + dt.timedelta(days=1))

    numbers = number([old, new], SMALL)

    assert [new, old] == list(numbers.values())
    assert {DAY.toordinal() - dt.date(2000, 1, 1).toordinal()} == {
        place // SMALL.places for place, document in numbers.items() if document == old
    }


def test_an_article_keeps_its_number_when_others_come_and_go() -> None:
    """Else one new article would rewrite the whole index."""
    mine = a_document("mine", "")
    others = [a_document(f"other-{day}", "", DAY + dt.timedelta(days=day)) for day in range(-9, 9)]

    alone, among = number([mine], SMALL), number([mine, *others], SMALL)

    assert [place for place, each in among.items() if each == mine] == list(alone)


def test_many_articles_of_one_day_have_numbers_of_that_day() -> None:
    documents = [a_document(str(name), "") for name in range(100)]
    scheme = scheme_of(each.day for each in documents)

    numbers = number(documents, scheme)

    assert len(numbers) == 100
    assert len({place // scheme.places for place in numbers}) == 1


@pytest.mark.parametrize(
    ("expected", "articles"), [((16, 1), 1), ((16, 16), 200), ((512, 512), 5000)]
)
def test_an_index_has_as_many_files_as_its_size_asks_for(
    expected: tuple[int, int], articles: int
) -> None:
    scheme = scheme_of(DAY + dt.timedelta(days=day) for day in range(articles))

    assert expected == (scheme.shards, scheme.buckets)


def test_another_layout_has_another_folder() -> None:
    """A browser that holds an old directory never takes a new file for an old one."""
    folders = {
        msgspec.structs.replace(SMALL, **{field: 64}).folder for field in Scheme.__struct_fields__
    }

    assert len(folders - {SMALL.folder}) == 3
    assert SMALL.folder == json.loads(directory(SMALL))["folder"]


def test_the_files_of_documents_say_where_each_stands() -> None:
    documents = number([a_document("a", ""), a_document("b", "")], SMALL)

    said: dict[str, Any] = {}
    for file in document_files(documents, SMALL):
        said |= json.loads(file)

    assert {title: where for where, title in said.values()} == {
        "a": "nyheder/a/",
        "b": "nyheder/b/",
    }


# Terms


def test_a_headline_counts_more_than_a_summary_and_that_more_than_the_text() -> None:
    document = a_document("x", "hold\nhold kund\nhold kund tillid", names=("milther",))
    (place,) = number([document], SMALL)

    shards = index(document)

    assert [[place * 4 + 3], [place * 4 + 2], [place * 4 + 1], [place * 4 + 1]] == [
        read(shards, term) for term in ("hold", "kund", "tillid", "milther")
    ]


@pytest.mark.parametrize(
    ("parts", "term", "words"),
    [
        ({"hold", "shold"}, "udviklingshold", "udvikling"),
        ({"samarbejd", "esamarbejd"}, "kundesamarbejd", "kund"),
        ({"vind"}, "havvind", "hav"),
        ({"lastbil"}, "ellastbil", ""),
        ({"mølle", "vindmølle"}, "havvindmølle", "hav havvind"),
        (set(), "forhold", "hold"),  # "for" is a little word, and so no known one
        (set(), "holdet", "hold"),  # an ending is no word
        ({"plan", "splan"}, "arbejdsplan", "arbejd"),
        (set(), "hold", ""),
    ],
)
def test_a_compound_has_parts_if_its_first_word_is_known(
    parts: set[str], term: str, words: str
) -> None:
    """R59: "hold" also finds "udviklingsholdet"."""
    assert parts == parts_of(term, dict.fromkeys([*words.split(), term]), DANISH)


def test_parts_lead_to_every_article_once_by_its_best_place() -> None:
    documents = [
        a_document("a", "landshold\n\nland byhold by"),
        a_document("b", "\n\nland landshold", DAY - dt.timedelta(days=1)),
    ]
    newer, older = number(documents, SMALL)

    assert [newer * 4 + 3, older * 4 + 1] == read(index(*documents), "hold", "parts")


def test_a_language_that_does_not_join_words_has_no_parts() -> None:
    numbers = number([a_document("a", "\n\nsoft software")], SMALL)

    assert [shard.parts for shard in gather(numbers, terms_of, SMALL, None)] == [{}] * 4


PARTS = ["hav", "havvind", "vind", "vindmølle", "mølle", "havn", "by", "byhavn", "1600"]
WORDS = st.lists(st.sampled_from(PARTS))
TEXTS = st.lists(
    st.tuples(st.integers(0, 3), st.lists(WORDS.map(" ".join), min_size=3, max_size=3)), max_size=6
)


@given(TEXTS, TEXTS)
def test_an_index_brought_up_to_date_is_one_made_anew(
    before: list[tuple[int, list[str]]], after: list[tuple[int, list[str]]]
) -> None:
    old, new = (
        number(
            [
                a_document(str(place), "\n".join(terms), DAY + dt.timedelta(days=day))
                for place, (day, terms) in enumerate(texts)
            ],
            SMALL,
        )
        for texts in (before, after)
    )
    shards = gather(old, terms_of, SMALL, DANISH)
    gone = {place: each for place, each in old.items() if new.get(place) != each}
    came = {place: each for place, each in new.items() if old.get(place) != each}

    changed = revise(gone, came, terms_of, shards.__getitem__, SMALL, DANISH)

    expected = [shard_file(shard) for shard in gather(new, terms_of, SMALL, DANISH)]
    assert expected == [shard_file(changed.get(place, own)) for place, own in enumerate(shards)]


# Whole sites

STORY = """\
-- content/news/2024-05-0{day}-{name}.da.md --
---
title: {name}
summary: Et resumé
---
{text}
"""
THREE = (
    STORY.format(day=1, name="Broen", text="Broen åbner om lidt.")
    + STORY.format(day=2, name="Havnen", text="Havnen får en kran.")
    + STORY.format(day=3, name="Skolen", text="Skolen har elever.")
)
HAVNEN = "content/news/2024-05-02-Havnen.da.md"


def index_files(site: Site) -> dict[str, bytes]:
    """Return the files of the Danish index."""
    return {
        path: content
        for path, content in site.files().items()
        if path.startswith("da/soeg/") and path.endswith(".json")
    }


def found_words(site: Site) -> set[str]:
    return {
        term
        for content in index_files(site).values()
        for table in [json.loads(content)]
        if "words" in table
        for term in table["words"]
    }


def test_an_edit_rewrites_only_the_files_of_the_words_that_came_or_went(
    site: Callable[[str], Site],
) -> None:
    built = site(THREE).build()
    before = index_files(built)
    text = (built.root / HAVNEN).read_text("utf-8")

    built.change(HAVNEN, text.replace("kran", "vinkelstue")).build()

    after = index_files(built)
    changed = {Path(path).stem for path in after if before.get(path) != after[path]}
    assert {f"t{shard_of(term, 16)}" for term in ("kran", "vinkelstu")} == changed
    assert built.outcome
    assert {"da/nyheder/2024/havnen/index.html", *(p for p in after if before[p] != after[p])} <= {
        *built.outcome.changed
    }


@pytest.mark.parametrize(
    "lines",
    [
        "draft: true",
        "publish_date: 2030-01-01",
        "expiry_date: 2024-05-20",
        "withdrawn: {date: 2024-05-20, reason: Fejl}",
    ],
)
def test_what_readers_may_not_see_is_never_in_the_index(
    site: Callable[[str], Site], lines: str
) -> None:
    """R24, R25: neither in a build made anew nor in one that takes it out, nor in a preview."""
    built = site(THREE).build()
    text = (built.root / HAVNEN).read_text("utf-8")
    assert "kran" in found_words(built)

    built.change(HAVNEN, text.replace("summary", f"{lines}\nsummary")).build()

    assert built.is_sound
    assert "skol" in found_words(built)
    assert not {"kran", "havn"} & found_words(built)
    assert "Havnen" not in str(index_files(built))
    built.build(output=built.output, drafts=True, future=True, expired=True, use_cache=False)
    assert not {"kran", "havn"} & found_words(built)


def test_an_index_of_which_nobody_knows_the_former_articles_is_made_anew(
    site: Callable[[str], Site],
) -> None:
    """A preview forgets what it does not need; a later build must not miss it."""
    built = site(THREE).build()
    text = (built.root / HAVNEN).read_text("utf-8")
    built.change(HAVNEN, text.replace("kran", "bolværk"))
    built.build(output=built.root / "elsewhere")

    built.build()

    incremental = index_files(built)
    assert incremental == index_files(built.build(use_cache=False))


def test_an_index_file_that_somebody_deleted_is_written_again(site: Callable[[str], Site]) -> None:
    built = site(THREE).build()
    before = index_files(built)
    for path in before:
        (built.output / path).unlink()

    assert before == index_files(built.build())


def test_authors_and_topics_are_found_though_no_text_names_them(
    site: Callable[[str], Site],
) -> None:
    built = site(
        THREE.replace("summary:", "authors: [ea]\ntags: [klima]\nsummary:")
        + '-- content/people.toml --\n[ea]\nname = "Ea Rømer"\n'
        + '-- content/topics.toml --\n[klima]\nname = { da = "Klima", en = "Climate" }\n'
    ).build()

    assert {"rom", "klima"} <= found_words(built)
