"""docs/templates.md says what the templates and their contexts are, and its examples work."""

import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import jinja2
import jinja2.meta
import pytest

from sitegen.model import contexts, views
from sitegen.model.contexts import CONTEXTS, Context
from sitegen.model.views import View
from tests.conftest import GOLDEN, THEME, Site

PAGE = Path(__file__).parent.parent / "docs" / "templates.md"
SOURCES = {
    path.relative_to(THEME).as_posix(): path.read_text("utf-8")
    for path in sorted(THEME.rglob("*"))
    if path.suffix in {".html", ".xml"}
}
JINJA = jinja2.Environment(autoescape=True)
TEMPLATES = {kind: "page" if kind == "fixed" else kind for kind in CONTEXTS}
"""The name of the template of each kind of page."""

_FIELD = re.compile(r"^    (\w+): ([^#=]+?)(?: = [^#]+?)?(?:  # (.+))?$")


def fields_of(kind: type[View]) -> Iterator[tuple[str, str, str]]:
    """Yield the name, type and comment of each value, as the source says them."""
    for line in inspect.getsource(kind).splitlines():
        if found := _FIELD.match(line):
            yield found[1], found[2].strip(), found[3] or ""


def kinds_of_view() -> Iterator[type[View]]:
    for module in (views, contexts):
        for value in vars(module).values():
            is_view = isinstance(value, type) and issubclass(value, View)
            if is_view and value.__module__ == module.__name__ and value not in {View}:
                yield value


def is_context(kind: type[View]) -> bool:
    return issubclass(kind, Context)


def table(kind: type[View]) -> str:
    rows = [
        f"| `{name}` | {shown_type(type_)} | {note[:1].upper()}{note[1:]} |"
        for name, type_, note in fields_of(kind)
    ]
    return "\n".join(["| Name | What it is | Meaning |", "|---|---|---|", *rows, ""])


def shown_type(type_: str) -> str:
    """Return a type in words, with links to the tables of what it holds."""
    plain = {
        "str": "text",
        "int": "number",
        "bool": "true or false",
        "dict[str, Any]": "anything by name",
    }
    if type_ in plain:
        return plain[type_]
    if found := re.fullmatch(r"tuple\[(.+), \.\.\.\]", type_):
        return f"list of {shown_type(found[1])}"
    if type_.endswith(" | None"):
        return f"{shown_type(type_.removesuffix(' | None'))}, or nothing"
    if type_.startswith("dict[str, str]"):
        return "texts by name"
    return f"[{type_}](#{type_.lower()})"


def about(name: str) -> str:
    """Return the first sentence of a template, which is a comment."""
    found = re.match(r"\{#\s*(.+?)\s*#\}", SOURCES[name], re.S)
    return " ".join(found[1].split()) if found else ""


def parts_of(name: str) -> list[str]:
    found = set(jinja2.meta.find_referenced_templates(JINJA.parse(SOURCES[name])))
    return sorted(each for each in found if each)


def blocks_of(name: str) -> list[str]:
    return list(dict.fromkeys(re.findall(r"\{% block (\w+) %\}", SOURCES[name])))


def quoted(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def the_page(introduction: str) -> str:
    """Return docs/templates.md: its introduction, then what the code says."""
    parts = [introduction, "## The templates\n"]
    parts.append("| Template | What it makes | Its blocks | What it uses |\n|---|---|---|---|")
    parts += [
        f"| `{name}` | {about(name)} | {quoted(blocks_of(name))} | {quoted(parts_of(name))} |"
        for name in SOURCES
        if not name.startswith("feeds/")
    ]
    parts.append("\n## What each page sees\n")
    parts.append(f"Every page sees these:\n\n{table(Context)}")
    told: dict[type[Context], list[str]] = {}
    for kind, context in CONTEXTS.items():
        told.setdefault(context, []).append(f"{TEMPLATES[kind]}.html")
    parts += [f"### {quoted(names)}\n\n{table(context)}" for context, names in told.items()]
    parts.append("## What these values hold\n")
    parts += [
        f"### {kind.__name__}\n\n{(kind.__doc__ or '').splitlines()[0]}\n\n{table(kind)}"
        for kind in sorted(kinds_of_view(), key=lambda kind: kind.__name__)
        if not is_context(kind)
    ]
    return "\n".join(parts).rstrip("\n") + "\n"


def introduction() -> str:
    return PAGE.read_text("utf-8").split("## The templates\n")[0].rstrip("\n") + "\n"


def test_every_template_block_and_value_is_listed(pytestconfig: pytest.Config) -> None:
    """R157: what can be overridden, and what a template of one's own may ask for."""
    page = the_page(introduction())
    if pytestconfig.getoption("--update-golden"):
        PAGE.write_text(page, "utf-8", newline="\n")

    assert page == PAGE.read_text("utf-8"), "right? pytest tests/test_templates.py --update-golden"


def test_every_template_says_what_it_makes_and_every_value_has_its_type() -> None:
    assert [name for name in SOURCES if not about(name) and not name.startswith("feeds/")] == []
    for kind in kinds_of_view():
        own = {name for name, _, _ in fields_of(kind)}
        inherited = (
            set(Context.__struct_fields__) if is_context(kind) and kind is not Context else set()
        )
        assert own | inherited == set(kind.__struct_fields__), kind


@pytest.mark.parametrize("kind", CONTEXTS)
def test_a_template_asks_for_nothing_that_its_page_does_not_see(kind: str) -> None:
    name = f"{TEMPLATES[kind]}.html"
    imported = set(re.findall(r"\w+", " ".join(re.findall(r" import (.+?) %\}", SOURCES[name]))))
    asked = jinja2.meta.find_undeclared_variables(JINJA.parse(SOURCES[name]))

    assert asked - imported <= {*CONTEXTS[kind].__struct_fields__, "loop"}


def examples() -> dict[str, str]:
    """Return the files that the page shows, by the path named above each."""
    return dict(re.findall(r"^`([\w./-]+)`:\n\n```\w+\n(.*?)^```$", introduction(), re.S | re.M))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return the golden site with all examples of the page."""
    site = Site(tmp_path_factory.mktemp("examples") / "project")
    for source in sorted((GOLDEN / "site").rglob("*")):
        if source.is_file():
            target = site.root / source.relative_to(GOLDEN / "site")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source.read_bytes())
    for path, text in examples().items():
        site.change(path, text)
    return site.build()


ARTICLE = "da/nyheder/2024/nyt-kontor-ved-aeroe-fjorden/index.html"


def test_the_examples_of_the_page_build(built: Site, golden: Site) -> None:
    """R157: one part, one block, one colour; all else is the theme's."""
    assert built.is_sound, built.lines
    assert set(examples()) == {
        "templates/parts/share.html", "templates/article.html", "templates/base.html",
        "templates/assets/brand.css",
    }  # fmt: skip
    article = built.main(ARTICLE)
    assert "linkedin" not in article.lower()
    assert 'Følg sagen på <a href="https://' in article
    before = re.sub(r"(?s)<section class=\"box share\">.*?</section>", "", golden.main(ARTICLE))
    for sentence in re.findall(r"<p>([^<]{40,})</p>", before):
        assert sentence in article
    assert '<meta name="author" content="Fjordens Software">' in built.page("da/index.html")


def test_what_config_says_for_templates_of_ones_own_reaches_them(built: Site) -> None:
    """Days become texts, as a template sees nothing else."""
    site = Site(built.root)
    config = (site.root / "config.toml").read_text("utf-8")
    site.change("config.toml", f"{config}\n[extra]\nopened = 1999-12-31\nrooms = [1, 2]\n")
    shown = "<p>{{ frame.extra.opened }} {{ frame.extra.rooms[1] }}</p>"
    block = f"{{% block main %}}{{{{ super() }}}}{shown}{{% endblock %}}"
    site.change("templates/redirect.html", '{% extends "theme/redirect.html" %}\n' + block)
    site.build()

    assert site.is_sound, site.lines
    assert "<p>1999-12-31 2</p>" in site.main("nyt-kontor/index.html")


def test_a_template_of_ones_own_may_use_the_themes_though_nothing_shadows_it(built: Site) -> None:
    site = Site(built.root)
    site.change(
        "templates/special.html",
        '{% extends "theme/page.html" %}\n'
        "{% block main %}<h1>x</h1>{{ extra.mood }}{% endblock %}\n",
    )
    site.change(
        "content/pages/s/index.da.md",
        "---\ntitle: S\ntemplate: special.html\nextra: {mood: glad}\n---\nS.\n",
    )
    site.build()

    assert site.is_sound, site.lines
    assert "<h1>x</h1>glad" in site.main("da/s/index.html")


def test_a_template_of_the_theme_that_does_not_exist_is_told(built: Site) -> None:
    site = Site(built.root)
    site.change("templates/search.html", '{% extends "theme/nope.html" %}\n').build()

    assert (
        "templates/search.html:1: error: there is no template 'theme/nope.html': "
        "add it to templates/ [template-missing]" in site.lines
    )
