from typing import Any

import msgspec
import pytest

from sitegen.findings import Findings
from sitegen.link import NOWHERE, Places, link, media_of
from sitegen.model.content import Reference
from sitegen.model.pages import LinkedPage, Page, PageKind, Target, Use
from sitegen.model.stories import Article, Story
from sitegen.targets import resolve
from tests.examples import a_card, a_config, a_story, addresses_of, an_article, lines_of

SITE = addresses_of(a_config(base_url="https://example.org/base"))
PHOTO = Target(
    href="/base/media/team.1a2b3c4d.jpg", address="/media/team.1a2b3c4d.jpg", width=8, height=6
)
REPORT = Target(href="/base/media/rapport.1a2b3c4d.pdf", address="/media/rapport.1a2b3c4d.pdf")
HERE = "content/news/x/index.da.md"
THERE = "content/news/mål/index.da.md"
PLACES = Places(
    articles={
        HERE: "/da/nyheder/2012/x/",
        THERE: "/da/nyheder/2012/maal/",
        "content/news/mål/index.en.md": "/en/news/2012/goal/",
        "content/news/kort.da.md": "/da/nyheder/2013/kort/",
        "content/pages/privacy/index.da.md": "/da/privatliv/",
    },
    hidden={"content/news/secret/index.da.md": "/da/nyheder/2030/hemmeligt/"},
    cards={
        HERE: a_card("news/x/index.da.md", headings=("her",)),
        THERE: a_card("news/mål/index.da.md", headings=("baggrund", "årsag")),
        "content/news/mål/index.en.md": a_card("news/mål/index.en.md", anchors=("note",)),
        "content/news/kort.da.md": a_card("news/kort.da.md"),
        "content/pages/privacy/index.da.md": a_card("pages/privacy/index.da.md"),
    },
    media={
        "content/news/x/team.jpg": PHOTO,
        "content/news/x/et billede på ø.jpg": PHOTO,
        "content/news/x/rapport.pdf": REPORT,
        "content/news/mål/fælles.jpg": PHOTO,
    },
    files={"logo.svg": 1200, "presse/fakta å.pdf": 9},
    addresses=frozenset(
        {"/da/", "/da/emner/kunder/", "/da/feed.atom", "/presse/fakta%20%C3%A5.pdf"}
    ),
)


def a_page(article: Article, story: Story | None = None, kind: PageKind = "article") -> Page:
    return Page(
        kind=kind,
        language=article.language,
        address="/da/nyheder/2012/x/",
        template="article.html",
        title=article.title,
        story=story or a_story("news/x", article),
        article=article,
    )


def linked(page: Page) -> tuple[LinkedPage, list[str]]:
    findings = Findings()
    return link(page, PLACES, SITE, findings), lines_of(findings)


def meant(target: str, kind: Any = "link") -> tuple[Target, list[str]]:
    """Return what a target on line 7 of an article means, and what is found."""
    reference = Reference(kind=kind, target=target, line=7)
    page, found = linked(a_page(an_article("news/x/index.da.md", references=(reference,))))
    (only,) = page.targets
    return only, found


LINKS = {
    "an article": ("../mål/index.da.md", "/da/nyheder/2012/maal/"),
    "an id that an editor set": ("../mål/index.en.md#note", "/en/news/2012/goal/#note"),
    "an article in the other language": ("../mål/index.en.md", "/en/news/2012/goal/"),
    "an article in the flat form": ("../kort.da.md", "/da/nyheder/2013/kort/"),
    "a fixed page": ("../../pages/privacy/index.da.md", "/da/privatliv/"),
    "a heading": ("../mål/index.da.md#baggrund", "/da/nyheder/2012/maal/#baggrund"),
    "a heading with Danish letters": ("../mål/index.da.md#årsag", "/da/nyheder/2012/maal/#årsag"),
    "percent-encoding": ("../m%C3%A5l/index.da.md#%C3%A5rsag", "/da/nyheder/2012/maal/#årsag"),
    "letters taken apart": ("../ma\u030al/index.da.md", "/da/nyheder/2012/maal/"),
    "a query, which no article has": ("../mål/index.da.md?x=1", "/da/nyheder/2012/maal/"),
    "the article itself": ("index.da.md#her", "/da/nyheder/2012/x/#her"),
    "a file beside it": ("rapport.pdf", "/media/rapport.1a2b3c4d.pdf"),
    "a page of a file": ("./rapport.pdf#page=3", "/media/rapport.1a2b3c4d.pdf#page=3"),
    "a copied file": ("../../files/logo.svg", "/logo.svg"),
    "a copied file with blanks": (
        "../../files/presse/fakta%20å.pdf",
        "/presse/fakta%20%C3%A5.pdf",
    ),
    "a path of the site": ("/da/emner/kunder/", "/da/emner/kunder/"),
    "a place on a page of the site": ("/da/emner/kunder/#top", "/da/emner/kunder/#top"),
    "a feed": ("/da/feed.atom", "/da/feed.atom"),
    "a path of the site with blanks": ("/presse/fakta å.pdf", "/presse/fakta%20%C3%A5.pdf"),
}


@pytest.mark.parametrize("name", LINKS)
def test_a_link_leads_to_what_it_means_below_the_base_path(name: str) -> None:
    """R30."""
    target, href = LINKS[name]
    found, lines = meant(target)

    assert (f"/base{href}", []) == (found.href, lines)


@pytest.mark.parametrize("target", ["team.jpg", "et%20billede%20p%C3%A5%20ø.jpg", "../x/team.jpg"])
def test_a_picture_is_known_with_its_size(target: str) -> None:
    assert meant(target, "image") == (PHOTO, [])


def test_a_picture_of_another_story_may_be_shown() -> None:
    assert meant("../mål/fælles.jpg", "image") == (PHOTO, [])


BROKEN: dict[str, tuple[str, str, str]] = {
    "an article that does not exist": (
        "../mal/index.da.md",
        "link",
        "the link target '../mal/index.da.md' does not exist: "
        "did you mean `../mål/index.da.md`? [link-broken]",
    ),
    "a name unlike any other": (
        "qqq.pdf",
        "link",
        "the link target 'qqq.pdf' does not exist: "
        "put the file beside the article, or write where it is, "
        "as in ../2024-05-17-x/index.da.md [link-broken]",
    ),
    "a path out of the content": (
        "../../../config.toml",
        "link",
        "the link target '../../../config.toml' does not exist: "
        "put the file beside the article, or write where it is, "
        "as in ../2024-05-17-x/index.da.md [link-broken]",
    ),
    "an encoded path out of the content": (
        "..%2F..%2F..%2Fetc%2Fpasswd",
        "link",
        "the link target '..%2F..%2F..%2Fetc%2Fpasswd' does not exist: "
        "put the file beside the article, or write where it is, "
        "as in ../2024-05-17-x/index.da.md [link-broken]",
    ),
    "a page of the site that does not exist": (
        "/da/emner/kunde/",
        "link",
        "the link target '/da/emner/kunde/' does not exist: "
        "did you mean `/da/emner/kunder/`? [link-broken]",
    ),
    "a page of the site without its last slash": (
        "/da/emner/kunder",
        "link",
        "the link target '/da/emner/kunder' does not exist: "
        "did you mean `/da/emner/kunder/`? [link-broken]",
    ),
    "a picture that does not exist": (
        "teem.jpg",
        "image",
        "the picture 'teem.jpg' does not exist: did you mean `team.jpg`? [media-missing]",
    ),
    "an article that is not out": (
        "../secret/index.da.md",
        "link",
        "the link leads to content/news/secret/index.da.md, which readers cannot see yet: "
        "publish that article first, or remove the link [link-unpublished]",
    ),
    "the address of an article that is not out": (
        "/da/nyheder/2030/hemmeligt/",
        "link",
        "the link leads to /da/nyheder/2030/hemmeligt/, which readers cannot see yet: "
        "publish that article first, or remove the link [link-unpublished]",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_link_that_leads_nowhere_is_told_at_its_line(name: str) -> None:
    """R24: not even the address of what is not out gets onto the page."""
    target, kind, expected = BROKEN[name]

    assert meant(target, kind) == (NOWHERE, [f"{HERE}:7: error: {expected}"])


@pytest.mark.parametrize("target", ["../mål/index.da.md", "/da/emner/kunder/"])
def test_a_page_cannot_stand_as_a_picture(target: str) -> None:
    assert meant(target, "image")[1] == [
        f"{HERE}:7: error: {target!r} is of a kind that cannot stand as a picture in an article: "
        "save it as JPEG or PNG [media-broken]"
    ]


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("../mål/index.da.md#bagrund", "'bagrund': did you mean `baggrund`? [anchor-broken]"),
        ("../mål/index.da.md#x", "'x': known are baggrund, årsag [anchor-broken]"),
    ],
)
def test_a_heading_that_is_not_there_is_told_at_its_line(target: str, expected: str) -> None:
    found = meant(target)[1]

    assert found == [f"{HERE}:7: error: {THERE} has no place with the id {expected}"]


def test_an_article_without_headings_can_only_be_linked_as_a_whole() -> None:
    assert meant("../kort.da.md#x")[1] == [
        f"{HERE}:7: error: content/news/kort.da.md has no place with the id 'x': "
        "link to the article itself [anchor-broken]"
    ]


def test_every_reference_has_its_target_in_order() -> None:
    targets = ("team.jpg", "nowhere.md", "../kort.da.md")
    references = tuple(Reference(kind="link", target=target, line=1) for target in targets)
    page, _ = linked(a_page(an_article("news/x/index.da.md", references=references)))

    assert page.targets == (PHOTO, NOWHERE, Target(href="/base/da/nyheder/2013/kort/"))


@pytest.mark.parametrize("kind", ["redirect", "list"])
def test_a_page_without_a_text_has_no_targets(kind: PageKind) -> None:
    reference = Reference(kind="link", target="nowhere.md", line=1)
    article = an_article("news/x/index.da.md", references=(reference,))

    assert linked(a_page(article, kind=kind)) == (LinkedPage(page=a_page(article, kind=kind)), [])


# the main picture

WITH_IMAGE: dict[str, Any] = {
    "image": "team.jpg",
    "image_credit": "Foto: N.N.",
    "image_alt": "Fem mennesker",
}


def illustrated(**front: Any) -> Page:
    """Return the Danish page of a story; `en` is what the English article says."""
    english = an_article("news/x/index.en.md", **front.pop("en", {}))
    danish = an_article("news/x/index.da.md", **front)
    shared = {
        key: getattr(danish.card.front, key) or getattr(english.card.front, key) or ""
        for key in ("image", "image_credit")
    }
    return a_page(danish, a_story("news/x", danish, english, **shared))


def test_the_main_picture_is_found_beside_the_article() -> None:
    page, found = linked(illustrated(**WITH_IMAGE))

    assert (page.image, found) == (PHOTO, [])


def test_the_main_picture_may_lie_beside_the_other_language() -> None:
    danish = an_article("news/kort.da.md", image_alt="Fem mennesker")
    english = an_article("news/x/index.en.md", image="team.jpg", image_credit="N.N.")
    story = a_story("news/x", danish, english, image="team.jpg", image_credit="N.N.")

    assert linked(a_page(danish, story))[0].image == PHOTO


def test_an_article_without_a_main_picture_needs_no_words_for_one() -> None:
    page, found = linked(illustrated())

    assert (page.image, found) == (None, [])


def test_a_decorative_main_picture_needs_no_alternative_text() -> None:
    assert (
        linked(illustrated(image="team.jpg", image_credit="N.N.", image_decorative=True))[1] == []
    )


MAIN: dict[str, tuple[dict[str, Any], str]] = {
    "a picture that does not exist": (
        {**WITH_IMAGE, "image": "hold.jpg"},
        "da.md:3: error: the picture 'hold.jpg' does not exist: "
        "put it beside the article, or write its name as the file has it, capitals too "
        "[media-missing]",
    ),
    "no alternative text": (
        {"image": "team.jpg", "image_credit": "N.N."},
        "da.md:3: error: the main picture has no alternative text, for those who cannot "
        "see it: say what it shows, as in image_alt: Our office, or write "
        "image_decorative: true [image-alt-missing]",
    ),
    "no alternative text in this language": (
        {"en": WITH_IMAGE},
        "da.md:2: error: the main picture has no alternative text, for those who cannot "
        "see it: say what it shows, as in image_alt: Our office, or write "
        "image_decorative: true [image-alt-missing]",
    ),
    "no credit": (
        {"image": "team.jpg", "image_alt": "Fem mennesker"},
        "da.md:3: error: the main picture has no credit: "
        "add a line with the photographer's name, such as image_credit: Olena Koval "
        "[image-credit-missing]",
    ),
    "no credit in the file that names the picture": (
        {"image_alt": "Fem mennesker", "en": {"image": "team.jpg"}},
        "en.md:3: error: the main picture has no credit: "
        "add a line with the photographer's name, such as image_credit: Olena Koval "
        "[image-credit-missing]",
    ),
}


@pytest.mark.parametrize("name", MAIN)
def test_what_a_main_picture_lacks_is_told_where_it_is_named(name: str) -> None:
    """R10."""
    front, expected = MAIN[name]

    assert [f"content/news/x/index.{expected}"] == linked(illustrated(**front))[1]


def test_what_both_languages_lack_is_told_once() -> None:
    page = illustrated(image="hold.jpg", image_alt="x", en={"image_alt": "x"})
    english = (page.story or a_story("news/x")).articles[1]
    findings = Findings()
    for each in (page, a_page(english, page.story)):
        link(each, PLACES, SITE, findings)

    assert [finding.code for finding in findings.found] == ["image-credit-missing", "media-missing"]


# which media are published


def test_only_media_that_articles_on_pages_use_are_published() -> None:
    references = tuple(
        Reference(kind="link", target=target, line=1)
        for target in ("b.pdf", "a.png", "a.png#x", "../y/index.da.md", "/da/", "../../../x.jpg")
    )
    article = an_article("news/x/index.da.md", references=references)
    story = a_story("news/x", article, image="team.jpg")
    listed = a_page(article, story, kind="list")

    assert [use.file for use in media_of([a_page(article, story), listed])] == [
        "content/news/x/a.png",
        "content/news/x/b.pdf",
        "content/news/x/team.jpg",
    ]
    assert media_of([]) == ()


def test_a_file_is_known_with_the_place_that_uses_it_first() -> None:
    """So that a broken picture is told once, though two languages show it."""
    references = tuple(
        Reference(kind="image", target=target, line=line)
        for target, line in (("b.png", 9), ("b.png", 8), ("../x/c.png", 10))
    )
    english = an_article("news/x/index.en.md", references=references[:1])
    danish = an_article("news/x/index.da.md", references=references, image="team.jpg")
    story = a_story("news/x", english, danish, image="team.jpg")

    assert media_of([a_page(english, story), a_page(danish, story)]) == (
        Use(file="content/news/x/b.png", path=HERE, line=8, is_shown=True),
        Use(file="content/news/x/c.png", path=HERE, line=10, is_shown=True),
        Use(file="content/news/x/team.jpg", path=HERE, line=3, is_shown=True),
    )


@pytest.mark.parametrize("name", ["demo.html", "plan.SVG", "side.xhtml", "data.xml", "x.js", "fil"])
def test_what_could_run_in_a_browser_is_not_published_beside_an_article(name: str) -> None:
    """reliability row 15: a script in it would have the site's own rights."""
    found = linked_to(name)

    assert found == [
        f"{HERE}:7: error: {name!r} is of a kind that is not published beside an article: "
        "save it as PDF or ZIP, or put it in content/files/ and link to it there [media-kind]"
    ]


@pytest.mark.parametrize("name", ["rapport.pdf", "tal.XLSX", "film.mp4", "tekster.vtt", "x.zip"])
def test_what_readers_download_or_play_is_published(name: str) -> None:
    assert linked_to(name) == []


def linked_to(name: str) -> list[str]:
    """Return what is found of a file beside an article that links to it on line 7."""
    reference = Reference(kind="link", target=name, line=7)
    page = a_page(an_article("news/x/index.da.md", references=(reference,)))
    places = msgspec.structs.replace(PLACES, media={f"content/news/x/{name}": REPORT})
    findings = Findings()
    link(page, places, SITE, findings)
    return lines_of(findings)


UNUSED = ("team.jpg", "IMG_1234 (1).JPG", "Foto #1.jpg", "100%.jpg")
MISSPELT = {
    "Team.JPG": "team.jpg",
    ".\\team.jpg": "team.jpg",
    "Billeder\\2024\\team.jpg": "team.jpg",
    "img_1234_(1).jpg": "IMG_1234 (1).JPG",
    "Foto #1.jpg": "Foto %231.jpg",
    "100 %.jpg": "100%25.jpg",
}


@pytest.mark.parametrize("target", MISSPELT)
def test_a_file_that_nobody_uses_yet_may_be_what_was_meant(target: str) -> None:
    """reliability row 23: small and capital letters count on every system."""
    places = msgspec.structs.replace(
        PLACES, media={}, faulty=frozenset(f"content/news/x/{name}" for name in UNUSED)
    )
    findings = Findings()
    reference = Reference(kind="image", target=target, line=7)
    link(a_page(an_article("news/x/index.da.md", references=(reference,))), places, SITE, findings)
    (line,) = lines_of(findings)

    assert f"does not exist: did you mean `{MISSPELT[target]}`? [media-missing]" in line


def test_a_misspelt_main_picture_is_recognised_too() -> None:
    places = msgspec.structs.replace(PLACES, faulty=frozenset({"content/news/x/Foto #1.jpg"}))
    findings = Findings()
    link(illustrated(**{**WITH_IMAGE, "image": "foto#1.jpg"}), places, SITE, findings)

    assert "did you mean `Foto #1.jpg`?" in lines_of(findings)[0]


@pytest.mark.parametrize(
    ("expected", "target"),
    [
        (("content/news/x/a.jpg", ""), "a.jpg"),
        (("content/news/y.da.md", "top"), "../y.da.md#top"),
        (("content/files/a.pdf", "page=2"), "../../files/./a.pdf?x#page=2"),
        (("", ""), "../../../a.jpg"),
        (("", ""), "../../../content.jpg"),
        (("", "x"), "/content/news/a.jpg#x"),
    ],
)
def test_a_target_is_resolved_from_its_own_file(expected: tuple[str, str], target: str) -> None:
    assert expected == resolve(HERE, target)
