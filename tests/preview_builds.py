"""Previews for tests: builds that a build process finds here by name, and whole previews to start.

`python -m tests.preview_builds ROOT PORT [real]` serves the project in ROOT until it is stopped.
"""

import datetime as dt
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sitegen.findings import Finding
from sitegen.pipeline import Order
from sitegen.preview import Preview, serve
from sitegen.preview.builder import Report, SiteBuilder
from sitegen.publish.manifest import MANIFEST, Manifest, encode

PAGE = "<!doctype html><html><head><title>t</title></head><body>{}</body></html>"


def build_copy(order: Order) -> Report:
    """Publish content/*.html as they are; a file's words can make the build fail in many ways."""
    sources = sorted((order.root / "content").iterdir())
    texts = {source.name: source.read_text() for source in sources}
    findings = tuple(_finding(name, text) for name, text in texts.items() if "FAULT" in text)
    joined = " ".join(texts.values())
    if "DIE" in joined:
        os._exit(7)
    if "LEAVE" in joined:
        sys.exit(5)
    if gate := re.search(r"WAIT (\S+)", joined):
        # A pipe: a worker of this build waits until the test writes to it.
        subprocess.run(["cat", gate[1]], check=True, stdout=subprocess.DEVNULL)
    if any(finding.severity == "error" for finding in findings):
        return Report(is_sound=False, findings=findings)
    return Report(is_sound=True, findings=findings, written=publish(order.output, texts))


def _finding(name: str, text: str) -> Finding:
    line = next(n for n, line in enumerate(text.splitlines(), 1) if "FAULT" in line)
    return Finding(
        path=f"content/{name}",
        line=line,
        severity="warning" if "MILD" in text else "error",
        code="title-missing",
        what="the <b>title</b> is missing",
        mend="write one",
    )


def publish(output: Path, texts: dict[str, str]) -> tuple[str, ...]:
    """Write files and their manifest; return those that are new or changed."""
    output.mkdir(parents=True, exist_ok=True)
    written = []
    for path, text in texts.items():
        place = output / path
        place.parent.mkdir(parents=True, exist_ok=True)
        if not place.exists() or place.read_text() != text:
            place.write_text(text)
            written.append(path)
    listed = Manifest(version=1, files=dict.fromkeys(texts, ""), preview=True)
    (output / MANIFEST).write_bytes(encode(listed))
    return tuple(written)


@contextmanager
def started(project: Path, *, port: int = 0, real: bool = False) -> Iterator[subprocess.Popen[str]]:
    """Yield a preview in a process and session of its own, as a terminal would start it."""
    command = [sys.executable, "-m", "tests.preview_builds", str(project), str(port)]
    process = subprocess.Popen(
        [*command, *(["real"] if real else [])],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parent.parent,
        start_new_session=True,
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def line_with(process: subprocess.Popen[str], words: str) -> str:
    """Return the first line from now on in which the preview says these words."""
    assert process.stdout
    assert process.stderr
    for line in process.stdout:
        if words in line:
            return line
    raise AssertionError(process.stderr.read())


def main(root: Path, port: int, build: str = "") -> int:
    """Serve a project; return the exit code."""
    theme = Path(__file__).parent.parent / "templates" if build else root / "templates"

    def clock() -> dt.datetime:
        return dt.datetime(2026, 11, 24, tzinfo=dt.UTC)

    def say(line: str) -> None:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()

    plan = Preview(root=root, theme=theme, clock=clock, port=port)
    return serve(plan, say, build=SiteBuilder() if build else build_copy)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:]))
