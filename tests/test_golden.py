"""The golden site, file by file: what changes here changes for readers, so read the difference.

`pytest tests/test_golden.py --update-golden` writes it anew. The names of styles and pictures hold
a hash of their content; it is left out here, so that a colour changes one file and not all.
"""

import difflib
import re
import shutil

import pytest

from tests.conftest import GOLDEN, Site

EXPECTED = GOLDEN / "expected"
LISTING = "files.txt"
SHOWN = 60  # lines of a difference
_HASHED = re.compile(r"(/|^)((?:assets|media)/[\w-]+)\.[0-9a-f]{8}\.", re.M)
_TEXTS = (".html", ".xml", ".atom", ".rss", ".json", ".txt", ".svg", "_headers")


def golden_texts(site: Site) -> dict[str, str]:
    """Return the site's texts by path, and a list of all its files; hashes are left out."""
    files = {path: content for path, content in site.files().items() if path[:1] != "."}
    texts = {
        without_hash(path): without_hash(content.decode("utf-8"))
        for path, content in files.items()
        if path.endswith(_TEXTS)
    }
    return {**texts, LISTING: "".join(f"{without_hash(path)}\n" for path in files)}


def without_hash(text: str) -> str:
    return _HASHED.sub(r"\1\2.", text)


def difference(expected: dict[str, str], actual: dict[str, str]) -> str:
    """Return what differs, as a person reads it; empty when nothing does."""
    lines: list[str] = []
    for path in sorted(expected.keys() | actual.keys()):
        before, after = expected.get(path, ""), actual.get(path, "")
        lines += difflib.unified_diff(
            before.splitlines(),
            after.splitlines(),
            f"expected/{path}",
            f"now/{path}",
            "",
            "",
            1,
            "",
        )
    more = [f"… and {len(lines) - SHOWN} lines more"] if len(lines) > SHOWN else []
    return "\n".join([*lines[:SHOWN], *more])


def test_the_golden_site_is_as_expected(golden: Site, pytestconfig: pytest.Config) -> None:
    actual = golden_texts(golden)
    if pytestconfig.getoption("--update-golden"):
        shutil.rmtree(EXPECTED, ignore_errors=True)
        for path, text in actual.items():
            (EXPECTED / path).parent.mkdir(parents=True, exist_ok=True)
            (EXPECTED / path).write_text(text, "utf-8", newline="\n")
    expected = {
        path.relative_to(EXPECTED).as_posix(): path.read_text("utf-8")
        for path in EXPECTED.rglob("*")
        if path.is_file()
    }

    changes = difference(expected, actual)
    if changes:
        pytest.fail(
            f"{changes}\n\nright? pytest tests/test_golden.py --update-golden", pytrace=False
        )


def test_a_difference_names_the_file_and_shows_the_line() -> None:
    shown = difference({"a.html": "<p>x</p>\n", "gone": "x"}, {"a.html": "<p>y</p>\n"})

    assert "--- expected/a.html" in shown
    assert "-<p>x</p>\n+<p>y</p>" in shown
    assert "--- expected/gone" in shown
    assert difference({"a": "x"}, {"a": "x"}) == ""


def test_hashes_are_left_out_of_names_only() -> None:
    assert without_hash("/assets/site.1a2b3c4d.css /media/x-y.deadbeef.png") == (
        "/assets/site.css /media/x-y.png"
    )
    assert without_hash("assets/site.1a2b3c4d.css") == "assets/site.css"
    assert without_hash("a.1a2b3c4d.css") == "a.1a2b3c4d.css"
