"""Finds a Chromium for the browser tests, and installs one where there is none."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator

_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
_PLAYWRIGHTS_OWN = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""
_ADVICE = (
    "no Chromium was found and none could be installed: install one (Debian, Ubuntu: "
    "`apt-get install chromium`; elsewhere: `python -m playwright install chromium`) and try again"
)


def find() -> str | None:
    """Return the path of a Chromium that starts, or None."""
    return next((path for path in _places() if _starts(path)), None)


def chromium() -> str:
    """Return the path of a Chromium, installed now if need be; raises RuntimeError with advice."""
    path = find()
    for command in () if path else _installations():
        subprocess.run(command, check=False, stdout=sys.stderr)
        path = find()
        if path:
            break
    if not path:
        raise RuntimeError(_ADVICE)
    return path


def _installations() -> list[list[str]]:
    """Return the commands that may bring a Chromium to this machine, the best first."""
    playwright = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if sys.platform != "linux" or os.geteuid() != 0 or not shutil.which("apt-get"):
        return playwright
    install = "apt-get update -qq && apt-get install -qq --no-install-recommends chromium"
    return [["sh", "-c", f"export DEBIAN_FRONTEND=noninteractive; {install}"], *playwright]


def _places() -> Iterator[str]:
    for name in _NAMES:
        if path := shutil.which(name):
            yield path
    # In a process of its own, as a test may already have Playwright running in this one.
    asked = [sys.executable, "-c", _PLAYWRIGHTS_OWN]
    yield subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()


def _starts(path: str) -> bool:
    """Tell whether it runs at all: Ubuntu's `chromium-browser` may only be a hint to a snap."""
    try:
        answer = subprocess.run(
            [path, "--version"], capture_output=True, text=True, timeout=60, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0 and "chrom" in answer.stdout.lower()


def main() -> int:
    """Print the path of a Chromium; return the exit code."""
    try:
        sys.stdout.write(f"{chromium()}\n")
    except RuntimeError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
