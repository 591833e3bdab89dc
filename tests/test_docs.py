"""README and docs/findings.md say what the code says."""

import json
import re
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

import msgspec
import pytest

from sitegen.discover import read_line
from sitegen.findings import ADJUSTABLE, CODES, Finding
from sitegen.front_matter.keys import KEYS
from sitegen.model.content import SHARED_KEYS
from sitegen.report import text_lines
from sitegen.settings import Config
from tests.conftest import Site
from tests.mistakes import MISTAKES, LinkTo
from tests.mistakes import SITE as SOUND

ROOT = Path(__file__).parent.parent
IGNORED = {
    ".git", ".venv", ".venv-bench", ".venv-search", ".sitegen", "output", "__pycache__",
    ".fuzz", ".hypothesis", ".mypy_cache", ".pytest_cache", ".ruff_cache",
}  # fmt: skip
README = (ROOT / "README.md").read_text("utf-8")


def table(heading: str) -> dict[str, list[str]]:
    """Return a table of README: its rows' cells by the name in the first."""
    section = README.split(f"{heading}\n", 1)[1]
    rows = re.findall(r"^\| `([^`]+)` \|(.*)\|$", re.split(r"^##", section, flags=re.M)[0], re.M)
    return {name: [cell.strip() for cell in rest.split("|")] for name, rest in rows}


def config_keys(kind: type[msgspec.Struct], before: str = "") -> set[str]:
    keys: set[str] = set()
    for field in msgspec.structs.fields(kind):
        name = f"{before}{field.name}"
        members = getattr(field.type, "__args__", ())
        if isinstance(field.type, type) and issubclass(field.type, msgspec.Struct):
            keys |= config_keys(field.type, f"{name}.")
        elif members and isinstance(members[-1], type) and issubclass(members[-1], msgspec.Struct):
            keys |= config_keys(members[-1], f"{name}.*.")
        else:
            keys.add(f"{name}.*" if not before and members[:1] == (str,) else name)
    return keys


def test_every_front_matter_key_is_explained() -> None:
    documented = table("### Front matter")

    assert set(KEYS) == set(documented)
    assert {key for key, cells in documented.items() if "*shared*" in cells[0]} == set(SHARED_KEYS)


def test_every_config_key_is_explained() -> None:
    assert config_keys(Config) == {
        key.replace("extra.*", "extra.*") for key in table("### config.toml")
    }


def test_editors_programs_say_of_each_key_what_readme_says(pytestconfig: pytest.Config) -> None:
    words = {
        "config": {key: cells[0] for key, cells in table("### config.toml").items()},
        "front matter": {key: cells[1] for key, cells in table("### Front matter").items()},
    }
    path = ROOT / "sitegen" / "shapes" / "words.json"
    if pytestconfig.getoption("--update-golden"):
        text = json.dumps(words, ensure_ascii=False, indent=2)
        path.write_text(text + "\n", "utf-8", newline="\n")

    assert words == json.loads(path.read_text("utf-8")), (
        "right? pytest tests/test_docs.py --update-golden"
    )


GROUPS = {
    "config-missing": "Settings, people, topics and wording",
    "content-empty": "Files and their names",
    "front-matter-missing": "Front matter",
    "html-forbidden": "Text",
    "story-shared-key": "Stories",
    "translation-stale": "Translations",
    "link-broken": "Links and pictures",
    "facts-differ": "What may be meant otherwise",
    "template-missing": "Templates and the finished site",
}
"""The headings of docs/findings.md, each above the code that stands first below it."""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Finding, list[str]]]:
    """Return for each code what its mistake provokes, and the lines that an editor sees of it."""
    shown: dict[str, tuple[Finding, list[str]]] = {}
    for code, files in MISTAKES.items():
        site = Site(tmp_path_factory.mktemp(code) / "project").write(SOUND)
        for path, content in files.items():
            if content is None:
                site.remove(path)
            elif isinstance(content, LinkTo):
                (site.root / path).symlink_to(content)
            else:
                site.change(path, content)
        findings = site.build().findings
        # what a template does to pages shows in their translations or the sitemap, too
        others = {each.code for each in findings if not each.code.startswith("output-")}
        assert others <= {code}, site.lines
        finding = next(each for each in findings if each.code == code)
        shown[code] = finding, text_lines([finding], partial(read_line, site.root))
    return shown


def findings_page(lines: Mapping[str, Sequence[str]]) -> str:
    """Return docs/findings.md."""
    parts = [INTRODUCTION]
    for code, known in CODES.items():
        if code in GROUPS:
            parts.append(f"## {GROUPS[code]}\n")
        may_change = ", unless `[checks]` says otherwise" if code in ADJUSTABLE else ""
        parts.append(f"### {code}\n\n{known.meaning} ({known.level.capitalize()}{may_change}.)\n")
        parts.append("\n".join(["```", *lines[code], "```", ""]))
    return "\n".join(parts)


INTRODUCTION = """\
# What sitegen finds

Each finding says where something is wrong, whether it stops the site (`error`) or not (`warning`),
what is wrong, and after the colon what to do about it. The word in square brackets at its end is
its code, which never changes: look it up here. Below a finding stands the line of your file.

`[checks]` in config.toml sets another level for the codes that say so here: `off`, `warning` or
`error`. This page is made from the code by `pytest tests/test_docs.py --update-golden`.
"""


def test_every_code_is_explained_by_what_is_said_of_a_real_mistake(
    told: Mapping[str, tuple[Finding, list[str]]], pytestconfig: pytest.Config
) -> None:
    assert set(CODES) == set(MISTAKES)
    page = findings_page({code: lines for code, (_, lines) in told.items()})
    path = ROOT / "docs" / "findings.md"
    if pytestconfig.getoption("--update-golden"):
        path.write_text(page, "utf-8", newline="\n")

    assert page == path.read_text("utf-8"), "right? pytest tests/test_docs.py --update-golden"


def test_every_finding_says_what_is_wrong_and_what_to_do(
    told: Mapping[str, tuple[Finding, list[str]]],
) -> None:
    for finding, _ in told.values():
        assert finding.what[:1] == finding.what[:1].lower(), finding
        assert finding.mend, finding
        assert not finding.what.endswith(".") and not finding.mend.endswith("."), finding
        assert finding.path, finding


def test_the_codes_whose_level_may_be_set_are_named() -> None:
    row = table("### config.toml")["checks.*"][0]

    assert set(re.findall(r"`([a-z]+(?:-[a-z]+)+)`", row)) == ADJUSTABLE


def test_every_code_is_reported_somewhere_in_the_code() -> None:
    sources = "\n".join(path.read_text("utf-8") for path in (ROOT / "sitegen").rglob("*.py"))

    assert [code for code in CODES if sources.count(f'"{code}"') < 2] == []


def test_nothing_in_the_project_names_a_place_outside_it() -> None:
    """The project stands alone: no path of a machine, no address of a package index."""
    forbidden = re.compile(r"/work/|/root/|\.\./shared|--index-url|pypi\.org|files\.pythonhosted")
    listed = [
        path
        for path in ROOT.rglob("*")
        if path.is_file()
        and not any(part in IGNORED for part in path.relative_to(ROOT).parts)
        and path != Path(__file__)
    ]
    guilty = []
    for path in listed:
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        if forbidden.search(text):
            guilty.append(path.relative_to(ROOT).as_posix())

    assert guilty == []


def test_every_requirement_that_a_test_names_is_listed() -> None:
    listed = (ROOT / "docs" / "requirements.md").read_text("utf-8")
    numbers = {int(number) for number in re.findall(r"\*\*R(\d+)\*\*", listed)}
    for first, last in re.findall(r"\*\*R(\d+)\*\*–\*\*R(\d+)\*\*", listed):
        numbers |= set(range(int(first), int(last) + 1))
    named = {
        int(number)
        for path in (ROOT / "tests").glob("*.py")
        for number in re.findall(r"\bR(\d{1,3})\b", path.read_text("utf-8"))
    }

    assert named - numbers == set()
