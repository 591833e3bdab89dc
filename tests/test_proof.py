"""A verified build is compared with a clean one; what differs is told, and nothing is left."""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from sitegen import pipeline, proof
from sitegen.findings import MachineError
from sitegen.pipeline import Order, Outcome, Progress
from sitegen.pipeline.guard import Guard
from sitegen.pipeline.inputs import Inputs
from sitegen.proof import build_verified
from tests.conftest import Site

MakeSite = Callable[[str], Site]
PLACE = "content/news/2024-05-17-x/index.da.md"
ARTICLE = "---\ntitle: Ny partner\n---\nTekst.\n"
PAGE = "da/nyheder/2024/ny-partner/index.html"


@pytest.fixture
def project(site: MakeSite) -> Site:
    return site(f"-- {PLACE} --\n{ARTICLE}")


def verified(project: Site, **changes: Any) -> Outcome:
    """Build with proof; whatever comes of it, nothing may be left of the second site."""
    try:
        return build_verified(project.order(**changes), lambda *_: None)
    finally:
        assert not (project.root / ".sitegen/verify").exists()


@pytest.fixture
def blind(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let builds overlook every change but that of a page's address."""
    monkeypatch.setattr(Inputs, "of", lambda _self, _page, templates: templates)


@pytest.mark.parametrize("times", [1, 2])
def test_a_sound_build_is_what_it_is_without_proof(project: Site, times: int) -> None:
    for _ in range(times):
        outcome = verified(project)
    plain = project.build().outcome

    assert plain
    assert outcome.unchanged + len(outcome.added) == plain.unchanged


def test_the_guard_may_answer_the_first_build_and_never_the_second(
    project: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every note of the guard says "nothing to do": a clean build reads none."""
    project.build()
    nothing = Outcome(findings=(), unchanged=1)
    asked: list[bool] = []
    original = Guard.nothing_to_do

    def answer(guard: Guard) -> Outcome | None:
        asked.append(guard._cache.folder is not None)
        return nothing if asked[-1] else original(guard)

    monkeypatch.setattr(Guard, "nothing_to_do", answer)

    assert verified(project) == nothing
    assert asked == [True, False]

    project.change(PLACE, ARTICLE.replace("Tekst", "Ny tekst"))
    with pytest.raises(MachineError, match=r"da/index\.html"):
        verified(project)


@pytest.mark.usefixtures("blind")
def test_a_page_that_a_build_forgot_is_named(project: Site) -> None:
    project.build().change(PLACE, ARTICLE.replace("Tekst", "Ny tekst"))

    with pytest.raises(MachineError, match=PAGE) as caught:
        verified(project)

    assert ".sitegen.json" in str(caught.value)  # the manifest is compared, too
    assert str(caught.value).endswith("delete .sitegen, build again, and please report it")
    project.remove(".sitegen/cache.sqlite")
    verified(project)  # what the message advises helps


@pytest.mark.usefixtures("blind")
def test_of_many_differences_the_first_are_named_and_the_rest_counted(project: Site) -> None:
    project.build().change(PLACE, ARTICLE.replace("Ny partner", "Ny partner\nsummary: Kort sagt"))

    with pytest.raises(MachineError, match=r"\.sitegen\.json, .* and \d+ more\)"):
        verified(project)


def test_a_file_that_is_not_what_the_manifest_says_is_found(
    project: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = pipeline.build

    def spoil(order: Order, progress: Progress) -> Outcome:
        outcome = original(order, progress)
        (project.output / PAGE).write_bytes(b"x")
        return outcome

    monkeypatch.setattr(proof, "build", spoil)

    with pytest.raises(MachineError, match=rf"\({PAGE}\)"):
        verified(project)


def test_a_save_in_between_is_nobodys_fault(project: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    original = pipeline.build

    def save(order: Order, progress: Progress) -> Outcome:
        if not order.use_cache:
            project.change(PLACE, ARTICLE.replace("Tekst", "Ny tekst"))
        return original(order, progress)

    monkeypatch.setattr(proof, "build", save)

    with pytest.raises(MachineError, match=r"sources changed .* verify it again"):
        verified(project)


def test_a_warning_that_a_build_kept_to_itself_is_told(
    project: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.change(PLACE, ARTICLE.replace("Tekst", "• et punkt"))
    original = pipeline.build

    def quiet(order: Order, progress: Progress) -> Outcome:
        outcome = original(order, progress)
        return msgspec.structs.replace(outcome, findings=()) if order.use_cache else outcome

    verified(project)
    monkeypatch.setattr(proof, "build", quiet)

    with pytest.raises(MachineError, match="list-mark"):
        verified(project)


def test_an_error_that_only_a_clean_build_finds_is_told(
    project: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.build()
    nothing = Outcome(findings=(), unchanged=1)
    monkeypatch.setattr(
        Guard, "nothing_to_do", lambda guard: nothing if guard._cache.folder else None
    )
    project.change(PLACE, "---\ntitel: x\n---\n")

    with pytest.raises(MachineError, match="front-matter-unknown-key"):
        verified(project)


@pytest.mark.parametrize(
    "changes",
    [
        {"base_url": "https://x.example/sti"},
        {"is_strict": True},
        {"drafts": True, "is_preview": True},
        {"use_cache": False},
    ],
)
def test_every_kind_of_build_can_be_proven(project: Site, changes: dict[str, Any]) -> None:
    project.change("content/news/2024-05-18-y.da.md", "---\ntitle: Y\ndraft: true\n---\nTekst.\n")

    verified(project, output=project.root / "another", **changes)
    assert (project.root / "another/.sitegen.json").exists()


def test_what_a_killed_proof_left_does_not_disturb(project: Site) -> None:
    project.change(".sitegen/verify/site/x.html", "x").change(".sitegen/verify/.sitegen-lock", "1")

    verified(project)


def test_files_of_others_in_the_folder_are_no_difference(project: Site) -> None:
    project.build().change("output/other.txt", "x")

    assert [each.code for each in verified(project).findings] == ["output-foreign-file"]
