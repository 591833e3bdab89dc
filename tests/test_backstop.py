"""What takes too long is ended by the clock, when no limit foresaw it."""

import sys
import threading
from collections.abc import Callable

import pytest

from sitegen.findings import Findings
from sitegen.markup import Text, TooComplexError, mark_up
from sitegen.pipeline import reading
from sitegen.pipeline.backstop import time_limit
from tests.conftest import Site

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such clock")


def work() -> int:
    number = 0
    while True:
        number += 1


def test_what_goes_on_for_too_long_is_ended() -> None:
    with pytest.raises(TooComplexError), time_limit(0.05):
        work()


def test_what_is_done_in_time_is_left_alone() -> None:
    with time_limit(30):
        assert sum(range(1000)) == 499_500


def test_a_conversion_that_hangs_is_a_finding_at_the_article(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sitegen.markup.convert", lambda *_: work())
    findings = Findings()

    with time_limit(0.05):
        mark_up(Text(path="x.md", first_line=5, language="da", body="`a`"), findings)

    assert [finding.code for finding in findings.found] == ["markdown-too-complex"]


def test_a_thread_has_no_clock_and_goes_on_without() -> None:
    done: list[int] = []

    def run() -> None:
        with time_limit(0.001):
            done.append(1)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()

    assert done == [1]


def test_time_that_runs_out_outside_of_markdown_is_a_finding_too(
    site: Callable[[str], Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "time_limit", lambda: time_limit(0.05))
    monkeypatch.setattr("sitegen.parse.read_front_matter", lambda *_: work())
    project = site("-- content/news/2024-05-17-x/index.da.md --\n---\ntitle: X\n---\nTekst.\n")

    assert project.build().lines == [
        "content/news/2024-05-17-x/index.da.md: error: reading this takes too long: "
        "write it more simply, or divide it into several articles [markdown-too-complex]"
    ]
