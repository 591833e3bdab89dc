"""README says what the code says."""

import re
from pathlib import Path

import msgspec

from sitegen.findings import ADJUSTABLE, CODES
from sitegen.front_matter.keys import KEYS
from sitegen.model.content import SHARED_KEYS
from sitegen.settings import Config

ROOT = Path(__file__).parent.parent
IGNORED = {
    ".git", ".venv", ".sitegen", "output", "__pycache__",
    ".hypothesis", ".mypy_cache", ".pytest_cache", ".ruff_cache",
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


def test_every_code_is_explained_with_its_level() -> None:
    documented = {code: cells[0] for code, cells in table("## Findings").items()}

    assert {code: meaning.level for code, meaning in CODES.items()} == documented


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
