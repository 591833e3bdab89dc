"""Addresses that readers know: the two lists, what is lost, and the line that keeps it."""

from collections.abc import Iterable, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.findings import Findings
from sitegen.model.pages import Page, Pagination, Promise
from sitegen.model.stories import Article, Topic
from sitegen.promise import keep, read_promise, with_new
from tests.examples import a_config, a_story, addresses_of, an_article, lines_of

ADDRESSES = addresses_of(a_config())
OLD = "/da/nyheder/2024/ny-partner/"
MOVE = "move its address from published.txt to gone.txt [address-lost]"


def read(published: str = "", gone: str = "") -> tuple[Promise, list[str]]:
    findings = Findings()
    return read_promise(published, gone, ("da", "en"), findings), lines_of(findings)


# the two lists


def test_the_lists_are_read_with_their_lines_and_what_a_merge_doubled_counts_once() -> None:
    promise, lines = read("# a note\n\n/da/a/\n /da/b/ \n/da/a/\n\n", "/da/c/\n")

    assert promise == Promise(published={"/da/a/": 3, "/da/b/": 4}, gone={"/da/c/": 1})
    assert lines == []


SOUND = ["/da/a/", "/da/feed.atom", "/en/news/2024/x_y.z/", "/da/%C3%B8/", "/da/ø/", "/gammel/"]
UNSOUND = {
    "da/a/": "da/a/",
    "/da/a b/": "/da/a b/",
    "/da/../a/": "/da/../a/",
    "//a/": "//a/",
    "/da/a/?b": "/da/a/?b",
    "/da/a/#b": "/da/a/#b",
    "- /da/a/": "- /da/a/",
    "\\da\\a": "\\da\\a",
    "/da/\x00/": "/da/\ufffd/",
    f"/{'a ' * 9999}": f"/{'a ' * 29}…",
}


@pytest.mark.parametrize("line", SOUND)
def test_an_address_of_the_site_is_read(line: str) -> None:
    assert read(line) == (Promise(published={line: 1}), [])


@pytest.mark.parametrize("line", UNSOUND)
def test_a_line_that_is_no_address_is_told_and_left_out(line: str) -> None:
    advice = "write one address a line, such as /da/nyheder/2024/ny-partner/, and nothing else"

    assert read(gone=f"/da/a/\n{line}") == (
        Promise(gone={"/da/a/": 1}),
        [
            f"gone.txt:2: error: “{UNSOUND[line]}” is no address of this site: {advice} "
            "[address-line]"
        ],
    )


def test_a_line_with_a_host_is_told_to_lose_it() -> None:
    assert read("HTTPS://example.org/da/a/")[1] == [
        "published.txt:1: error: “HTTPS://example.org/da/a/” names a host: write the path alone, "
        "such as /da/nyheder/2024/ny-partner/ [address-line]"
    ]


@pytest.mark.parametrize("before", ["/news", "/a/b", "/da-gammel"])
def test_a_line_with_a_base_path_is_told_how_to_be_written_without(before: str) -> None:
    assert read(f"{before}/da/a/b/") == (
        Promise(),
        [
            f"published.txt:1: error: “{before}/da/a/b/” begins with the path of some `base_url`, "
            "which may change: write it without: /da/a/b/ [address-line]"
        ],
    )


def test_lines_that_are_not_sorted_are_a_warning_told_once() -> None:
    assert read("/da/c/\n/da/a/\n/da/b/\n/da/a/\n", "/da/f/\n/da/e/\n")[1] == [
        "gone.txt:2: warning: /da/e/ belongs above /da/f/; sorted lists merge without trouble: "
        "sort the lines [address-order]",
        "published.txt:2: warning: /da/a/ belongs above /da/c/; sorted lists merge without "
        "trouble: `sitegen diff --accept` sorts it [address-order]",
    ]


def test_an_address_in_both_lists_is_an_error() -> None:
    assert read("/da/a/\n/da/b/\n", "/da/b/\n")[1] == [
        "published.txt:2: error: /da/b/ is in gone.txt, too: delete this line if the page was "
        "removed on purpose, else the one in gone.txt [address-gone]"
    ]


def test_new_addresses_are_added_in_order_and_none_is_taken_away() -> None:
    assert with_new("", ["/da/b/", "/da/a/"]) == "/da/a/\n/da/b/\n"
    text = "/da/c/\n\n# a note\n/da/a/\n/da/a/\nnonsense"

    assert with_new(text, ["/da/b/"]) == "# a note\n/da/a/\n/da/b/\n/da/c/\nnonsense\n"


PATHS = st.lists(st.from_regex(r"/da/[a-zø]{1,3}/", fullmatch=True))


@given(PATHS, PATHS)
def test_what_is_written_is_read_again_and_sound(old: list[str], new: list[str]) -> None:
    text = with_new("\n".join(old), new)
    promise, lines = read(text)

    assert lines == []
    assert promise.published.keys() == {*old, *new}
    assert with_new(text, new) == text


@given(st.text(), st.text())
def test_any_text_in_the_lists_is_read_without_an_exception(published: str, gone: str) -> None:
    promise, _ = read(published, gone)

    assert all(address.startswith("/") for address in (*promise.published, *promise.gone))


# what is for good


def a_page(address: str, kind: Any = "article", **keys: Any) -> Page:
    language = "en" if address.startswith("/en/") else "da"
    return Page(kind=kind, language=language, address=address, template="", title="", **keys)


def told(address: str, folder: str = "news/x", **front: Any) -> Page:
    """Return an article's page; the first key of its front matter stands on line 2."""
    language = address.split("/")[1]
    article = an_article(f"{folder}/index.{language}.md", **front)
    return a_page(address, story=a_story(folder, article), article=article)


def kept(
    published: Iterable[str] = (),
    *pages: Page,
    gone: Iterable[str] = (),
    files: Iterable[str] = (),
    hidden: Mapping[str, Article] | None = None,
) -> tuple[list[str], list[str]]:
    """Return the new addresses, and the lines of what was found."""
    findings = Findings()
    promise = Promise(
        published={address: line for line, address in enumerate(published, start=1)},
        gone={address: line for line, address in enumerate(gone, start=1)},
    )
    fronts = [a_page("/da/", "front"), a_page("/da/nyheder/", "list")]
    new = keep(promise, [*fronts, *pages], files, hidden or {}, ADDRESSES, findings)
    return [each for each in new if not each.startswith("/da/feed.")], lines_of(findings)


def test_articles_fixed_pages_topics_people_and_feeds_are_for_good_and_nothing_else() -> None:
    """Design §2: never pagination, years, assets."""
    later = Pagination(number=2, addresses=("/da/emner/a/", "/da/emner/a/side/2/"))
    first = Pagination(number=1, addresses=later.addresses)
    topic = Topic(id="a", name={"da": "A"})
    pages = [
        a_page("/da/emner/a/", "topic", pagination=first, topic=topic),
        a_page("/da/emner/a/side/2/", "topic", pagination=later, topic=topic),
        a_page("/da/personer/ib/", "person", pagination=first),
        *(a_page(f"/da/{kind}/", kind) for kind in ("article", "fixed", "press")),
        *(
            a_page(f"/da/{kind}/", kind)
            for kind in ("list", "year", "archive", "search", "redirect", "tombstone", "not_found")
        ),
        a_page("/da/kladde/", mark="draft"),
    ]

    assert kept([], *pages, files=["/logo.svg"]) == (
        [
            "/da/article/",
            "/da/emner/a/",
            "/da/emner/a/feed.atom",
            "/da/emner/a/feed.json",
            "/da/emner/a/feed.rss",
            "/da/fixed/",
            "/da/personer/ib/",
            "/da/press/",
        ],
        [],
    )


def test_each_language_has_its_feeds() -> None:
    new = keep(Promise(), [a_page("/en/", "front")], [], {}, ADDRESSES, Findings())

    assert new == ("/en/feed.atom", "/en/feed.json", "/en/feed.rss")


def test_what_is_promised_or_gone_already_is_not_new() -> None:
    assert kept([OLD], told(OLD), told("/da/x/"))[0] == ["/da/x/"]


# what is lost


@pytest.mark.parametrize(
    "page",
    [told(OLD), a_page(OLD, "redirect"), a_page(OLD, "tombstone"), a_page(f"{OLD}index.html")],
    ids=["itself", "an alias", "a tombstone", "its file"],
)
def test_an_address_that_still_answers_is_not_lost(page: Page) -> None:
    assert kept([OLD], page)[1] == []
    assert kept([OLD], files=[f"{OLD}index.html"])[1] == []


RENAMED = {
    "a new title": told("/da/nyheder/2024/ny-partner-i-lviv/"),
    "a new year": told("/da/nyheder/2023/ny-partner/"),
    "a fixed page now": told("/da/ny-partner/", "pages/x"),
    "only its folder tells": told("/da/nyheder/2022/helt-andet/", "news/2024-01-02-ny-partner"),
    "the only new one of its year": told("/da/nyheder/2024/vi-vokser/"),
}


@pytest.mark.parametrize("name", RENAMED)
def test_an_article_with_a_new_address_is_told_the_line_that_keeps_the_old(name: str) -> None:
    """Design §2: the very line to paste."""
    page = RENAMED[name]
    folder = page.story.key if page.story else ""

    assert kept([OLD], page)[1] == [
        f"content/{folder}/index.da.md:2: error: readers know {OLD}, which seems to have been the "
        f"address of this article: add the line aliases: [{OLD}] to lead them on; if that was "
        f"another article, removed on purpose, {MOVE}"
    ]


def test_an_article_with_aliases_is_told_the_line_as_it_should_be() -> None:
    page = told("/da/nyheder/2024/ny-partner-i-lviv/", title="x", aliases=("/gammel/",))

    assert kept([OLD], page)[1] == [
        f"content/news/x/index.da.md:3: error: readers know {OLD}, which seems to have been the "
        f"address of this article: make its line aliases: [/gammel/, {OLD}] to lead them on; if "
        f"that was another article, removed on purpose, {MOVE}"
    ]


def test_an_article_with_a_slug_is_told_at_the_line_of_its_slug() -> None:
    page = told("/da/nyheder/2024/ny-partner-i-lviv/", title="x", slug="ny-partner-i-lviv")

    assert kept([OLD], page)[1] == [
        f"content/news/x/index.da.md:3: error: readers know {OLD}, which seems to have been the "
        f"address of this article: add the line aliases: [{OLD}] to lead them on; if that was "
        f"another article, removed on purpose, {MOVE}"
    ]


def test_two_old_addresses_of_one_article_are_in_one_line() -> None:
    older = "/da/nyheder/2023/ny-partner/"
    lines = kept([older, OLD], told("/da/nyheder/2022/ny-partner/"))[1]

    assert len(lines) == 2
    assert all(f"aliases: [{older}, {OLD}]" in line for line in lines)


NOBODY = {
    "in another language": told("/en/news/2024/ny-partner/"),
    "of another name and year": told("/da/nyheder/2023/helt-andet/"),
    "a topic": a_page("/da/emner/ny-partner/", "topic"),
}


@pytest.mark.parametrize("name", NOBODY)
def test_when_nobody_can_tell_whose_address_it_was_the_line_of_the_list_is_named(name: str) -> None:
    assert kept(["/da/", OLD], NOBODY[name])[1] == [
        f"published.txt:2: error: readers know {OLD}, and the site has it no longer: add the line "
        f"aliases: [{OLD}] to the article that took its place; if it was removed on purpose, {MOVE}"
    ]


def test_an_article_whose_address_readers_know_has_not_taken_anothers_place() -> None:
    near = "/da/nyheder/2024/ny-partner-i-lviv/"

    assert kept([OLD, near], told(near))[1][0].startswith("published.txt:1: ")


def test_two_of_one_year_are_not_guessed() -> None:
    other = "/da/nyheder/2024/regnskabet/"
    lines = kept([OLD, other], told("/da/nyheder/2024/vi-vokser/"))[1]

    assert [line.partition(" ")[0] for line in lines] == ["published.txt:1:", "published.txt:2:"]
    two = [told("/da/nyheder/2024/vi-vokser/"), told("/da/nyheder/2024/helt-andet/")]
    assert kept([OLD], *two)[1][0].startswith("published.txt:1: ")


HIDDEN: dict[str, tuple[dict[str, Any], int, str, str]] = {
    "a draft again": (
        {"draft": True}, 3, "while it is a draft", "remove the line `draft: true`",
    ),
    "waiting for a language": (
        {"together": True}, 3, "until every language is out", "remove the line `together: true`",
    ),
    "due later": (
        {"publish_date": None}, 3, "until it is due", "give it back the day on which it came out",
    ),
    "due later by its date": (
        {"date": None}, 3, "until it is due", "give it back the day on which it came out",
    ),
}  # fmt: skip


@pytest.mark.parametrize("address", [OLD, "/da/nyheder/2025/ny-partner/"])
@pytest.mark.parametrize("name", HIDDEN)
def test_an_article_that_is_hidden_again_is_told_what_keeps_its_readers(
    name: str, address: str
) -> None:
    keys, line, when, mend = HIDDEN[name]
    article = an_article("news/x/index.da.md", title="x", **keys)

    assert kept([OLD], hidden={address: article})[1] == [
        f"content/news/x/index.da.md:{line}: error: readers know {OLD}, and would lose this "
        f"article {when}: {mend}; if it was a mistake, let a line withdrawn: {{date: 2024-05-17, "
        f"reason: …}} say so to readers; if it shall be gone for good, {MOVE}"
    ]


def test_a_topic_is_told_with_its_slug_and_without_its_feeds() -> None:
    """A topic moved by its name alone."""
    topic = Topic(id="b", name={"da": "B"})
    feeds = [f"/da/emner/a/feed.{kind}" for kind in ("atom", "json", "rss")]

    assert kept(["/da/emner/a/", *feeds], a_page("/da/emner/b/", "topic", topic=topic))[1] == [
        "published.txt:1: error: readers know /da/emner/a/, and the site has it no longer: put "
        "its topic back in content/topics.toml, or give it there the line "
        f'slug = {{ da = "a" }}; if it was removed on purpose, {MOVE}'
    ]


def test_a_person_is_told_with_their_id() -> None:
    assert kept(["/da/personer/ib-lund/"])[1] == [
        "published.txt:1: error: readers know /da/personer/ib-lund/, and the site has it no "
        f"longer: put [ib-lund] back in content/people.toml; if it was removed on purpose, {MOVE}"
    ]


def test_a_language_or_section_that_is_gone_is_told_once() -> None:
    english = [f"/en/news/2024/{number}/" for number in range(5000)]
    old = ["/da/nyt/2024/a/", "/da/nyt/2023/b/"]
    advice = (
        "put back the language or `section` that it had, or the word under [addresses]; if all "
        "that was removed on purpose, add"
    )

    assert kept([*english, *old])[1] == [
        f"config.toml: error: readers know {count} addresses at {place}, and the site has nothing "
        f"there any more: {advice} {place} to gone.txt [address-lost]"
        for count, place in ((2, "/da/nyt/"), (5000, "/en/"))
    ]


def test_many_lost_addresses_are_told_in_good_time() -> None:
    """Beyond 10,000 pairs only what is spelt alike is taken for the same."""
    lost = [f"/da/nyheder/2023/artikel-{number}/" for number in range(300)]
    new = [told(f"/da/nyheder/2024/artikel-{number}-x/") for number in range(1, 300)]
    lines = kept(lost, told("/da/nyheder/2024/artikel-0/", "news/y"), *new)[1]

    assert sum(line.startswith("published.txt") for line in lines) == 299
    assert sum(line.startswith("content/news/y/index.da.md:2: ") for line in lines) == 1


# what is gone


def test_what_is_gone_is_not_lost_nor_what_lay_below_it() -> None:
    assert kept([OLD, f"{OLD}feed.rss"], gone=[OLD])[1] == []
    assert kept([OLD, "/en/news/2024/x/"], gone=["/en/"])[1] == kept([OLD])[1]


def test_what_is_gone_and_still_there_is_an_error() -> None:
    lines = [
        f"gone.txt:1: error: the site still has {OLD}: delete this line if that is right, or else "
        "what stands there [address-gone]"
    ]

    assert kept([], told(OLD), gone=[OLD]) == ([], lines)
    assert kept([], a_page(OLD, "redirect"), gone=[OLD])[1] == lines
    assert kept([], files=[f"{OLD}index.html"], gone=[OLD])[1] == lines
    assert kept([], a_page(OLD, "tombstone"), gone=[OLD])[1] == []
