"""Says the status of a site, and what translators are to follow, as Markdown, lines or JSON."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sitegen.status.values import Coverage, Status, Telling
from sitegen.status.worklist import Work
from sitegen.translations import Change


def cell(telling: Telling) -> str:
    """Return a telling in words: `present`, `stale, draft`, `scheduled`."""
    words: list[str] = [telling.state, telling.publication or "public"]
    said = [word for word in words if word not in {"present", "public"}]
    said += [f"error from {telling.error_from}"] if telling.error_from else []
    return ", ".join(said) or "present"


def coverage_line(language: str, coverage: Coverage) -> str:
    """Return "en: 38 of 40 stories (95 %), 3 stale, 2 missing"."""
    counts = (
        f", {number} {state}"
        for state, number in coverage.states.items()
        if number and state != "present"
    )
    share = f"{coverage.told} of {coverage.stories} stories ({coverage.percent} %)"
    return f"{language}: {share}{''.join(counts)}"


def as_markdown(status: Status) -> Iterator[str]:
    """Yield the lines of a table of all stories, and the coverage of each language."""
    languages = list(status.coverage)
    yield f"| Story | {' | '.join(languages)} |"
    yield f"|---|{'---|' * len(languages)}"
    for row in status.stories:
        cells = (cell(row.languages[language]) for language in languages)
        yield f"| {row.story.replace('|', '&#124;')} | {' | '.join(cells)} |"
    yield ""
    for language, coverage in status.coverage.items():
        yield f"- {coverage_line(language, coverage)}"


def as_values(said: Status | Sequence[Work]) -> dict[str, Any]:
    """Return the status, or what is to be followed, for a JSON document."""
    if isinstance(said, Status):
        return {"coverage": said.coverage, "stories": said.stories}
    return {"changes": said}


_SIGNS = {"changed": ("-", "+"), "added": ("", "+"), "removed": ("-", ""), "moved": ("", "=")}


def work_as_lines(work: Iterable[Work]) -> Iterator[str]:
    """Yield each change as lines: what was taken away after `-`, what is new after `+`."""
    for number, each in enumerate(work):
        yield from [""] if number else []
        yield f"{each.file}: follow what has changed in {each.source}"
        for change in each.paragraphs:
            yield ""
            yield f"  {change.kind}"
            yield from _signed(change)


def _signed(change: Change) -> Iterator[str]:
    for sign, text in zip(_SIGNS[change.kind], (change.old, change.new), strict=True):
        if sign:
            yield from (f"  {sign} {line}" for line in text.split("\n"))


def work_as_markdown(work: Iterable[Work]) -> Iterator[str]:
    """Yield each change as Markdown that can be sent to a translator: old text, then new."""
    for number, each in enumerate(work):
        yield from [""] if number else []
        yield f"## {each.story}: {each.source} → {each.language}"
        for change in each.paragraphs:
            yield f"\n### {change.kind.capitalize()}"
            both = change.kind == "changed"
            for label, text in (("Before", change.old), ("Now", change.new)):
                if text and (both or label == "Now" or change.kind == "removed"):
                    yield f"\n{label}:\n" if both else ""
                    yield from (f"> {line}" for line in text.split("\n"))
