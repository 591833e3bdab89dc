"""Templates are functions of their contexts, and their faults are findings at their lines."""

import html
import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from xml.etree import ElementTree as ET

import jinja2
import markupsafe
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitegen.findings import Findings
from sitegen.model.contexts import CONTEXTS, Context
from sitegen.model.pages import OutputFile, Page
from sitegen.pipeline import making
from sitegen.render import Theme, render
from sitegen.render.environment import Environment
from sitegen.typography import quotes
from tests.conftest import APART, THEME, Site

MakeSite = Callable[[str], Site]
Rendering = tuple[Page, Context, Theme]

PAIR = """\
-- content/news/2024-05-17-lviv/index.da.md --
---
title: Ny partner
---
Tekst.
-- content/news/2024-05-17-lviv/index.en.md --
---
title: New partner
---
Text.
"""


# contexts


@pytest.fixture(scope="module")
def renderings(golden: Site) -> list[Rendering]:
    """Return each page of the golden site with its context and theme, drafts included."""
    seen: list[Rendering] = []

    def spy(page: Page, context: Context, theme: Theme, findings: Findings) -> OutputFile | None:
        seen.append((page, context, theme))
        return render(page, context, theme, findings)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(making, "render", spy)
        order = golden.order(is_check=True, is_preview=True, drafts=True, future=True)
        order = msgspec.structs.replace(order, use_cache=False)
        writing_site = Site(golden.root).build(**msgspec.structs.asdict(order))
    assert writing_site.lines == []
    return seen


def test_every_kind_of_page_occurs(renderings: list[Rendering]) -> None:
    assert set(CONTEXTS) == {page.kind for page, _, _ in renderings}


def test_a_context_that_was_written_down_and_read_again_gives_the_same_page(
    renderings: list[Rendering],
) -> None:
    """A template sees text and numbers alone: `render(decode(encode(c))) == render(c)`."""
    for page, context, theme in renderings:
        written = msgspec.msgpack.encode(context)
        read = msgspec.msgpack.decode(written, type=CONTEXTS[page.kind])
        findings = Findings()

        assert render(page, context, theme, findings) == render(page, read, theme, findings)
        assert findings.found == ()
        assert type(context) is CONTEXTS[page.kind]


def test_a_context_is_text_and_numbers_all_the_way_down(renderings: list[Rendering]) -> None:
    for page, context, _ in renderings:
        read = msgspec.msgpack.decode(msgspec.msgpack.encode(context), type=CONTEXTS[page.kind])

        assert context == read


# the short ways through Jinja


def test_the_short_ways_make_the_pages_that_jinja_makes(
    renderings: list[Rendering], golden: Site
) -> None:
    templates = {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for folder in (THEME, golden.root / "templates")
        for path in folder.rglob("*.html")
    }
    jinja = jinja2.Environment(
        loader=jinja2.DictLoader(templates), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    for page, context, theme in renderings:
        expected = jinja.get_template(page.template).render(msgspec.structs.asdict(context))

        file = render(page, context, theme, Findings())
        assert file is not None
        assert expected == file.content.decode()


SIGNS = st.text("&<>\"'aæ", max_size=5)


@given(SIGNS | SIGNS.map(markupsafe.Markup) | st.integers() | st.none())
def test_what_is_shown_is_what_jinja_shows(value: object) -> None:
    assert str(markupsafe.escape(value)) == Environment.shown(value)


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{{ t.news }}", "News"),
        ("{{ t.items }}", "Things"),  # which is also the name of a dict's method
        ("{{ t.nope | default('none') }}", "none"),
        ("{{ t.nope is defined }}", "False"),
        ("{% autoescape false %}{{ t.sign }}{% endautoescape %}{{ t.sign }}", "<&lt;"),
        ("{% for key in t %}{{ key }} {% endfor %}", "news items sign "),
    ],
)
def test_a_template_finds_the_wording_by_name(template: str, expected: str) -> None:
    environment = Environment({"x.html": template}, {})
    words = {"news": "News", "items": "Things", "sign": "<"}

    assert expected == environment.get_template("x.html").render(t=words)


# faults of templates


def with_template(site: MakeSite, name: str, text: str) -> Site:
    return site(PAIR).change(f"templates/{name}", text).build(is_check=True)


UNFILLED = "the template cannot be filled with the page"
UNFILLED_DA = "the template cannot be filled with content/news/2024-05-17-lviv/index.da.md"


@pytest.mark.parametrize(
    ("template", "text", "expected"),
    [
        (
            "article.html",
            "\n\n{{ title }}\n{{ story.nope }}",  # the first article that meets it is named
            f"templates/article.html:4: error: {UNFILLED_DA} ('story' is undefined):"
            " mend this line, or give it what it asks for [template-error]",
        ),
        (
            "article.html",
            "\n\n{% if %}",
            "templates/article.html:3: error: the template is faulty (Expected an expression, got"
            " 'end of statement block'): mend this line [template-error]",
        ),
        (
            "parts/footer.html",
            "\n{{ nope }}",
            f"templates/parts/footer.html:2: error: {UNFILLED} / ('nope' is"
            " undefined): mend this line, or give it what it asks for [template-error]",
        ),
        (
            "parts/footer.html",
            "{{ frame.nope }}",
            f"templates/parts/footer.html:1: error: {UNFILLED} / ('Frame object'"
            " has no attribute 'nope'): mend this line, or give it what it asks for"
            " [template-error]",
        ),
        (
            "parts/footer.html",
            "\n\n{{ frame.language | nope }}",
            "templates/parts/footer.html:3: error: the template is faulty (No filter named"
            " 'nope'.): mend this line [template-error]",
        ),
        (
            "parts/footer.html",
            "{{ t.news() }}",
            f"templates/parts/footer.html:1: error: {UNFILLED} / ('str' object is"
            " not callable): mend this line, or give it what it asks for [template-error]",
        ),
        (
            "parts/footer.html",
            "{{ title() }}",  # some pages have a title, others none
            f"templates/parts/footer.html:1: error: {UNFILLED} / ('title' is"
            " undefined): mend this line, or give it what it asks for [template-error]",
        ),
        (
            "parts/footer.html",
            "{{ 1 / 0 }}",
            f"templates/parts/footer.html:1: error: {UNFILLED} / (division by"
            " zero): mend this line, or give it what it asks for [template-error]",
        ),
        (
            "parts/footer.html",
            '{{ "{x}".format() }}',
            f"templates/parts/footer.html:1: error: {UNFILLED} / (there is no"
            " 'x'): mend this line, or give it what it asks for [template-error]",
        ),
        (
            "article.html",
            '{% include "article.html" %}',
            f"templates/article.html:1: error: {UNFILLED_DA} (it includes itself):"
            " mend this line, or give it what it asks for [template-error]",
        ),
        (
            "base.html",
            '<p>\n{% include "parts/nope.html" %}',
            "templates/base.html:2: error: there is no template 'parts/nope.html': add it to"
            " templates/ [template-missing]",
        ),
        (
            "article.html",
            '\n{% extends "nope.html" %}',
            "templates/article.html:2: error: there is no template 'nope.html': add it to"
            " templates/ [template-missing]",
        ),
        (
            "feeds/atom.xml",
            "<feed>\n{{ entry.nope }}</feed>",
            "templates/feeds/atom.xml:2: error: the template cannot be filled ('entry' is"
            " undefined): mend this line, or give it what it asks for [template-error]",
        ),
    ],
)
def test_a_fault_of_a_template_is_one_finding_at_its_line(
    site: MakeSite, template: str, text: str, expected: str
) -> None:
    """Each once though many pages meet it, and without the links that miss those pages."""
    assert with_template(site, template, text).lines == [expected]


def test_faults_of_several_templates_are_all_found(site: MakeSite) -> None:
    project = site(PAIR).change("templates/archive.html", "{{ a }}")
    project.change("templates/front.html", "{{ b }}").change("templates/feeds/rss.xml", "{{ c }}")

    assert [(finding.path, finding.line) for finding in project.build().findings] == [
        ("templates/archive.html", 1),
        ("templates/feeds/rss.xml", 1),
        ("templates/front.html", 1),
    ]


def test_a_fault_of_the_built_in_theme_names_it(site: MakeSite) -> None:
    """A part of the site's own may break what the theme asks of it."""
    project = with_template(site, "parts/opening.html", "{% macro other() %}{% endmacro %}")

    assert {finding.path.split("/")[0] for finding in project.findings} == {"theme"}
    assert "does not export the requested name 'opening'" in project.lines[0]


@pytest.mark.parametrize("name", ["nope.html", "wording/da.toml", "../article.html", "assets/x"])
def test_an_article_that_asks_for_a_template_that_is_not_there_is_named(
    site: MakeSite, name: str
) -> None:
    project = site(PAIR).change(
        "content/news/2024-05-17-lviv/index.da.md",
        f"---\ntitle: Ny partner\ntemplate: {name}\n---\nTekst.\n",
    )

    assert project.build().lines == [
        f"content/news/2024-05-17-lviv/index.da.md:3: error: there is no template {name!r}: add it"
        " to templates/, or mend its name here [template-missing]"
    ]


def test_an_article_may_have_a_template_of_its_own(site: MakeSite) -> None:
    project = site(PAIR).change("templates/long.html", (THEME / "article.html").read_text("utf-8"))
    project.change("templates/long.html", "{% extends 'article.html' %}{# long #}")
    project.change(
        "content/news/2024-05-17-lviv/index.da.md",
        "---\ntitle: Ny partner\ntemplate: long.html\n---\nTekst.\n",
    ).build()

    assert project.lines == []
    assert "<h1>Ny partner</h1>" in project.page("da/nyheder/2024/ny-partner/index.html")


# what is written comes out as itself


NASTY = "<b>&\"'{{ 7 * 7 }}</b>{% x %}&amp; ø"


def spoken(site: Site, path: str) -> Iterator[str]:
    """Yield what a page says: its text and attributes, decoded, and its structured data."""
    page = site.page(path)
    yield html.unescape(re.sub(r"<script.*?</script>", "", page, flags=re.S))
    for data in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S):
        yield from strings(json.loads(data))


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from strings(each)


def with_words(project: Site, words: str) -> Site:
    """Say the same words in every place that an editor fills; titles must differ at their end."""
    said, person, topic = (json.dumps(words + end, ensure_ascii=False) for end in ("", "p", "t"))
    both = f"{{ da = {said}, en = {said} }}"
    config = f"{APART}[company]\nname = {said}\ntagline = {both}\n"
    project.change("config.toml", config)
    project.change("content/people.toml", f"[ib]\nname = {person}\ntitle = {both}\n")
    names = f'name = {{ da = {topic}, en = {topic} }}\nslug = {{ da = "t", en = "t" }}'
    project.change("content/topics.toml", f"[t]\n{names}\n")
    return project.change(
        "content/news/2024-05-17-lviv/index.da.md",
        f"---\ntitle: {said}\nslug: x\nsummary: {said}\nauthors: [ib]\ntags: [t]\n---\nTekst.\n",
    )


def test_words_come_out_as_themselves_everywhere(site: MakeSite) -> None:
    project = with_words(site(PAIR), NASTY).build()
    assert project.lines == []
    path = "da/nyheder/2024/x/index.html"
    texts = list(spoken(project, path))

    typeset = quotes(NASTY, "da")  # an article's own texts have the quotation marks of Danish
    assert "<b>&" not in project.page(path)
    for part in ("<h1>{}</h1>", '<p class="lead">{}</p>', "<title>{} – Avisen"):
        assert part.replace("{}", typeset) in texts[0]
    assert f">{NASTY}p</a>, {NASTY}</span>" in texts[0]
    assert {typeset, f"{NASTY}p", f"{NASTY}t"} < set(texts)  # headline, author, topic
    atom = ET.fromstring(project.page("da/feed.atom"))
    names = ("title", "summary", "author/{*}name", "content")
    title, summary, author, _ = (atom.findtext(f"{{*}}entry/{{*}}{name}") for name in names)
    assert [title, summary, author] == [typeset, typeset, f"{NASTY}p"]
    rss = ET.fromstring(project.page("da/feed.rss"))
    assert html.unescape(rss.findtext("channel/item/title") or "") == html.unescape(typeset)
    assert json.loads(project.page("da/feed.json"))["items"][0]["title"] == typeset


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    words=st.text(
        st.sampled_from("<>&\"'{}%#=/\\;- aøÆ1\u2028\U0001f600") | st.characters(categories=["L"]),
        min_size=1,
        max_size=40,
    ).map(lambda text: unicodedata.normalize("NFC", f"A{' '.join(text.split())}z"))
)
def test_any_words_come_out_as_themselves(site: MakeSite, words: str) -> None:
    project = with_words(site(PAIR), words).build()
    path = "da/nyheder/2024/x/index.html"

    if project.is_sound:
        assert any(words in text for text in spoken(project, path))
        head = "da/feed.atom"
        assert ET.fromstring(project.page(head)).findtext("{*}entry/{*}title") == quotes(
            words, "da"
        )
    else:  # what an editor would be told, never an exception
        assert {finding.severity for finding in project.findings} == {"error"}


# what a page's template may use


TEMPLATES = {
    "base.html": "{% block main %}{% endblock %}{% include 'foot.html' %}",
    "foot.html": "foot",
    "page.html": "{% extends 'base.html' %}{% from 'parts.html' import a %}",
    "parts.html": "{% macro a() %}{% endmacro %}",
    "alone.html": "alone",
    "any.html": "{% include name %}",
}


@pytest.mark.parametrize("changed", TEMPLATES)
def test_a_page_depends_on_all_that_its_template_may_use_and_on_nothing_else(changed: str) -> None:
    before = Theme(TEMPLATES, {}).closures()
    after = Theme({**TEMPLATES, changed: TEMPLATES[changed] + " "}, {}).closures()

    uses = {
        "page.html": {"page.html", "base.html", "foot.html", "parts.html"},
        "alone.html": {"alone.html"},
        "any.html": set(TEMPLATES),
    }
    for name, used in uses.items():
        assert (before[name] != after[name]) is (changed in used), name


def test_a_part_of_ones_own_that_appears_is_noticed() -> None:
    templates = {"page.html": "{% include ['own.html', 'parts.html'] %}", "parts.html": "x"}

    before, after = (
        Theme(each, {}).closures() for each in (templates, {**templates, "own.html": "y"})
    )

    assert before["page.html"] != after["page.html"]


def test_code_that_was_kept_is_used_only_for_the_template_that_it_was_made_of() -> None:
    first = Theme({"x.html": "one"}, {})
    assert first.fill("x.html", Empty(), Findings()) == "one"

    again = Theme({"x.html": "one"}, {}, first.code)
    other = Theme({"x.html": "two"}, {}, first.code)

    assert again.fill("x.html", Empty(), Findings()) == "one"
    assert other.fill("x.html", Empty(), Findings()) == "two"


class Empty(msgspec.Struct):
    """What a template without any questions sees."""
