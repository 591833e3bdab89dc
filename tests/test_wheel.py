"""The installed package brings its theme and its words: a project needs only content/ and
config.toml."""

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_the_wheel_carries_the_theme_and_the_words(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")

    packed = set(zipfile.ZipFile(wheel).namelist())

    theme = ROOT / "templates"
    expected = {
        f"sitegen/theme/{path.relative_to(theme).as_posix()}"
        for path in theme.rglob("*")
        if path.is_file()
    }
    assert expected
    assert expected <= packed
    assert {"sitegen/findings.md", "sitegen/shapes/words.json"} <= packed
