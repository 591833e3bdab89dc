"""The schemas accept what the build accepts, and refuse what it refuses."""

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.findings import ADJUSTABLE, Findings
from sitegen.front_matter import KEYS, read_front_matter
from sitegen.settings import read_config
from sitegen.shapes import config_schema, front_matter_schema, snippets
from tests.conftest import CONFIG, GOLDEN, ROOT
from tests.examples import ZONE

CONFIG_SCHEMA = json.loads(config_schema())
FRONT_SCHEMA = json.loads(front_matter_schema())
FENCED = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*$", re.MULTILINE | re.DOTALL)


class EditorsLoader(yaml.SafeLoader):
    """YAML 1.2 as editors' programs read it: `no` and 2024-05-17 are texts."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012


for _tag, _pattern, _first in (
    ("bool", r"(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("int", r"[-+]?[0-9]+$", "-+0123456789"),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$", "-+.0123456789"),
    ("null", r"(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
):
    EditorsLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), list(_first)
    )
EditorsLoader.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(node.value))


def front_faults(text: str) -> list[str]:
    """Return what the schema says of YAML lines."""
    values = yaml.load(text, EditorsLoader)
    return [error.message for error in jsonschema.Draft7Validator(FRONT_SCHEMA).iter_errors(values)]


def front_codes(text: str) -> set[str]:
    """Return the codes of what the build finds in YAML lines."""
    findings = Findings()
    read_front_matter(f"---\n{text}\n---\n".encode(), "x.da.md", ZONE, "news", findings)
    return {finding.code for finding in findings.found}


def config_faults(values: Any) -> list[str]:
    """Return what the schema says of a config."""
    return [
        error.message for error in jsonschema.Draft7Validator(CONFIG_SCHEMA).iter_errors(values)
    ]


def config_codes(text: str) -> set[str]:
    """Return the codes of what the build finds in a config."""
    findings = Findings()
    read_config(text, findings)
    return {finding.code for finding in findings.found}


def articles() -> Iterator[tuple[str, str]]:
    """Yield the front matter of every sound article of the project and its documentation."""
    for folder in (ROOT / "content", GOLDEN / "site" / "content"):
        for path in sorted(folder.rglob("*.md")):
            if not path.name.startswith("."):
                found = FENCED.match(path.read_text("utf-8"))
                assert found, path
                yield path.relative_to(ROOT).as_posix(), found[1]
    for path in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))):
        for number, block in enumerate(
            re.findall(r"```markdown\n(.*?)```", path.read_text("utf-8"), re.S)
        ):
            if found := FENCED.match(block):
                yield f"{path.name}-{number}", found[1]


ARTICLES = dict(articles())


@pytest.mark.parametrize("schema", [CONFIG_SCHEMA, FRONT_SCHEMA], ids=["config", "front matter"])
def test_a_schema_is_sound_and_explains_each_key(schema: Any) -> None:
    jsonschema.Draft7Validator.check_schema(schema)
    unexplained = [
        key
        for table in (schema, *schema.get("definitions", {}).values())
        for key, value in table.get("properties", {}).items()
        if "description" not in value and "$ref" not in value
    ]

    assert set(unexplained) <= {"languages", "email", "phone"}


# front matter


@pytest.mark.parametrize("name", ARTICLES)
def test_the_front_matter_of_every_article_passes(name: str) -> None:
    assert front_faults(ARTICLES[name]) == []


def test_articles_were_found_in_content_tests_and_docs() -> None:
    assert any(name.startswith("content/") for name in ARTICLES)
    assert any(name.startswith("tests/golden/") for name in ARTICLES)
    assert any(name.startswith("README.md") for name in ARTICLES)


@pytest.mark.parametrize(
    "line",
    [
        "tgas: [a]", "Title: x", "type: nyhed", "type:", "draft: yes", "draft: 1", "draft:",
        "date: 17.5.2024", "date: 2024", "date:", "updated: 2024-05-17 09:00", "tags: kunder",
        "tags: [[a]]", "tags: ['']", "authors: {id: x}", "authors: [{title: x}]",
        "authors: [{id: x, name: y}]", "authors: [{id: }]", "corrections: [x]",
        "corrections: [{date: 2024-05-17}]", "corrections: [{date: maj, text: x}]",
        "withdrawn: true", "withdrawn: {date: 2024-05-17, why: x}", "summary: [a, b]",
        "slug: {a: b}", "extra: x", "extra: [x]", "pinned_until: [2024-05-17]", "related: x",
    ],
)  # fmt: skip
def test_what_the_build_refuses_the_schema_refuses(line: str) -> None:
    text = f"title: x\n{line}"

    assert front_codes(text), line
    assert front_faults(text), line


@pytest.mark.parametrize("text", ["summary: x", "title:", "title: ''", "title: [a]"])
def test_an_article_without_a_title_is_refused(text: str) -> None:
    assert "title-missing" in front_codes(text) or "front-matter-type" in front_codes(text)
    assert front_faults(text)


@pytest.mark.parametrize(
    "line",
    [
        "title: 2024", "title: true", "title: 1.5", "summary:", "tags:", "tags: []", "tags: [2024]",
        "authors: [x, {id: y}, {id: z, title: }]", "date: 2024-05-17T09:00:00.5+02:00",
        "date: 2024-05-17 09:00 Z", "expiry_date: '2024-05-17'", "extra:",
        "extra: {a: [1, {b: c}]}",
        "withdrawn: {date: 2024-05-17, reason: Fejl}", "draft: false", "type: press",
    ],
)  # fmt: skip
def test_what_the_build_accepts_the_schema_accepts(line: str) -> None:
    text = line if line.startswith("title") else f"title: x\n{line}"

    assert front_codes(text) == set()
    assert front_faults(text) == []


SCALARS = st.one_of(
    st.sampled_from(
        ["x", "2024-05-17", "2024-05-17 09:00", "true", "false", "press", "12", "1.5", "no",
         "æ ø", "2024-13-45", "17. maj"]
    ),
    st.from_regex(r"[a-z]{1,6}(-[a-z0-9]{1,4})?", fullmatch=True),
)  # fmt: skip
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
        st.dictionaries(
            st.sampled_from(["id", "title", "date", "text", "reason", "navn"]), inner, max_size=3
        ).map(
            lambda table: "{" + ", ".join(f"{key}: {value}" for key, value in table.items()) + "}"
        ),
    ),
    max_leaves=4,
)
UNKNOWN = ["titel", "lang", "tag", "Draft", "tags "]
KEY = st.sampled_from(sorted(KEYS.keys() - {"title"})) | st.sampled_from(UNKNOWN)
MANY = settings(max_examples=5 * settings().max_examples)
REFUSED = {"front-matter-unknown-key", "front-matter-type"}


@MANY
@given(key=KEY, value=SCALARS | VALUES)
def test_the_schema_refuses_unknown_keys_and_wrong_types_as_the_build_does(
    key: str, value: str
) -> None:
    """And nothing else, but for what YAML has taken away: the quotes around true and nothing."""
    text = f"title: x\n{key}: {value}"

    assert bool(front_codes(text) & REFUSED) <= bool(front_faults(text)), text
    assert bool(front_faults(text)) <= bool(front_codes(text)), text


# config


@pytest.mark.parametrize(
    "path", [ROOT / "config.toml", GOLDEN / "site" / "config.toml"], ids=["project", "golden"]
)
def test_the_projects_configs_pass(path: Path) -> None:
    assert config_faults(tomllib.loads(path.read_text("utf-8"))) == []


def test_the_config_of_the_tests_passes() -> None:
    assert config_faults(tomllib.loads(CONFIG)) == []


@pytest.mark.parametrize(
    "lines",
    [
        'titel = "x"', "[company]\nnavn = 'x'", "[languages.da]\nlabl = 'x'", "[nyt]\nx = 1",
        "[build]\npage_size = '20'", "[build]\npage_size = 0",
        "[build]\npage_size = true", "[company]\naddress = 'x'", "[company]\naddress = [1]",
        "[company]\ntagline = 'x'", "[company]\nemail = 'x'", "[checks]\nlist-mark = 'no'",
        "[checks]\ntitle-missing = 'off'", "[translations]\nfallback = 'all'", "build = 3",
        "languages = []", "[languages.DANSK]\nlabel = 'x'\nlocale = 'da_DK'\ntitle = 'x'\n"
        "section = 'x'",
    ],
)  # fmt: skip
def test_what_the_build_refuses_of_a_config_the_schema_refuses(lines: str) -> None:
    if lines.startswith(("[languages.da]", "languages")):
        text = re.sub(r"(?ms)^\[languages.*", "", CONFIG) + lines
    else:
        text = f"{lines}\n{CONFIG}" if not lines.startswith("[") else f"{CONFIG}\n{lines}"

    assert config_codes(text), text
    assert config_faults(tomllib.loads(text)), text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"da_DK"', '"dansk"'), ('"nyheder"', '"Nyheder"'), ('"nyheder"', '"con"'),
        ("https://news.example.org", "news.example.org"), ('label = "Dansk"', 'label = " "'),
        ('title = "Avisen"\ndefault', "default"), ('default_language = "da"', ""),
        ('section = "news"', 'section = "news"\nmenu = ["forside"]'),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_used_is_refused_by_both(before: str, after: str) -> None:
    assert before in CONFIG
    text = CONFIG.replace(before, after, 1)

    assert config_codes(text), text
    assert config_faults(tomllib.loads(text)), text


def paths_of(schema: Any, table: Any, at: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the path of each key of a config, in the tables that are always there."""
    for key, value in table["properties"].items():
        yield (*at, key)
        if "$ref" in value:
            inner = schema["definitions"][value["$ref"].rpartition("/")[2]]
            yield from paths_of(schema, inner, (*at, key))


PLACES = sorted(path for path in paths_of(CONFIG_SCHEMA, CONFIG_SCHEMA) if len(path) > 1)
TOML = st.sampled_from(
    ['"x"', '""', "1", "0", "-3", "2.5", "true", "[]", '["x"]', "[1]", "{}", '{ da = "x" }',
     "{ da = 1 }", '"off"', '"link"', '"x@example.com"', '"https://example.com"', "2024-05-17"]
)  # fmt: skip


@MANY
@given(at=st.sampled_from(PLACES) | st.just(("company", "navn")), value=TOML)
def test_the_schema_of_config_refuses_what_the_build_refuses(
    at: tuple[str, str], value: str
) -> None:
    text = f"{CONFIG}\n[{at[0]}]\n{at[1]} = {value}\n"
    found = config_codes(text) - {"language-missing"}

    assert bool(found) == bool(config_faults(tomllib.loads(text))), (found, text)


def test_only_codes_that_may_be_lowered_are_proposed() -> None:
    assert set(CONFIG_SCHEMA["properties"]["checks"]["propertyNames"]["enum"]) == ADJUSTABLE


# snippets


def test_each_key_has_a_snippet_that_gives_what_the_build_reads() -> None:
    """VS Code fills in $1, the first of a choice, and the day."""
    made = json.loads(snippets())

    assert list(made) == list(KEYS)
    for key, snippet in made.items():
        body = re.sub(r"\$\{1\|(\w+),[^}]*\|\}", r"\1", snippet["body"])
        body = body.replace("${1:$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE}", "2024-05-17")
        text = body.replace("$1", "x").replace("\\}", "}")
        assert front_codes(text if key == "title" else f"title: x\n{text}") == set(), text
        assert snippet["scope"] == "markdown"
        assert snippet["description"]
