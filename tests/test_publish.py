"""What `publish` writes, keeps, takes away and refuses to touch."""

import errno
import os
import resource
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.findings import Findings, MachineError, SiteError, UsageError
from sitegen.model.pages import OutputFile
from sitegen.publish import Changes, Destination, Ledger, Publication, Rehearsal, clean, is_sound
from sitegen.publish.faults import machine_faults
from sitegen.publish.guard import refuse_foreign
from sitegen.publish.manifest import digest_of, read_manifest

SITE = {"index.html": b"front", "da/nyheder/index.html": b"news", "media/team.jpg": b"\xff\xd8"}


@pytest.fixture(autouse=True)
def quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spare tests the wait for all else that the machine has to write."""
    monkeypatch.setattr("os.sync", lambda: None)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with sources."""
    (tmp_path / "home/project/content/news").mkdir(parents=True)
    (tmp_path / "home/project/templates").mkdir()
    (tmp_path / "home/project/.git").mkdir()
    (tmp_path / "home/project/content/news/x.da.md").write_text("x", "utf-8")
    (tmp_path / "home/project/config.toml").write_text("", "utf-8")
    return tmp_path / "home/project"


@pytest.fixture
def output(root: Path) -> Path:
    return root / "output"


def snapshot(folder: Path) -> dict[str, bytes | str]:
    """Return all that is below a folder: bytes of files, targets of links, folders."""
    found: dict[str, bytes | str] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = f"link to {path.readlink()}"
        else:
            found[name] = path.read_bytes() if path.is_file() else "a folder"
    return found


def pages(output: Path) -> dict[str, bytes | str]:
    """Return the files that stand in output/, the manifest apart."""
    found = snapshot(output).items()
    return {name: it for name, it in found if it != "a folder" and name != ".sitegen.json"}


def stage_all(site: dict[str, bytes], destination: Destination) -> None:
    for path, content in site.items():
        destination.stage(OutputFile(path=path, content=content))


def build(root: Path, site: dict[str, bytes], findings: Findings | None = None) -> Changes:
    with Publication(root, root / "output") as publication:
        stage_all(site, publication)
        return publication.publish(findings or Findings())


# --- what is written


def test_a_first_build_writes_every_file_and_a_manifest_of_them(root: Path, output: Path) -> None:
    changes = build(root, SITE)

    assert Changes(added=tuple(sorted(SITE))) == changes
    assert pages(output) == SITE
    manifest = read_manifest(output)
    assert manifest is not None
    assert {path: digest_of(content) for path, content in SITE.items()} == manifest.files
    assert not manifest.preview
    assert not manifest.unfinished


def test_the_manifest_is_sorted_and_depends_on_nothing_but_the_content(root: Path) -> None:
    build(root, {"b.html": b"2", "a.html": b"1"})

    assert (
        '{\n "files": {\n'
        f'  "a.html": "{digest_of(b"1")}",\n'
        f'  "b.html": "{digest_of(b"2")}"\n'
        ' },\n "version": 1\n}\n'
    ) == (root / "output/.sitegen.json").read_text("utf-8")


def test_a_second_build_touches_only_what_differs(root: Path, output: Path) -> None:
    build(root, {**SITE, "gone/x/index.html": b"old"})
    untouched = (output / "media/team.jpg").stat()

    changes = build(root, {**SITE, "index.html": b"front 2", "da/x/index.html": b"x"})

    expected = Changes(
        added=("da/x/index.html",),
        changed=("index.html",),
        removed=("gone/x/index.html",),
        unchanged=2,
    )
    assert expected == changes
    now = (output / "media/team.jpg").stat()
    assert (untouched.st_ino, untouched.st_mtime_ns) == (now.st_ino, now.st_mtime_ns)


def test_the_same_site_again_writes_nothing_at_all(root: Path, output: Path) -> None:
    build(root, SITE)
    before = (output / ".sitegen.json").stat()

    assert Changes(unchanged=3) == build(root, SITE)
    after = (output / ".sitegen.json").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_a_file_that_was_deleted_or_altered_by_hand_is_mended(root: Path, output: Path) -> None:
    build(root, SITE)
    (output / "index.html").unlink()
    (output / "da/nyheder/index.html").write_bytes(b"newz")  # as long as before

    changes = build(root, SITE)

    expected = Changes(added=("index.html",), changed=("da/nyheder/index.html",), unchanged=1)
    assert expected == changes
    assert pages(output) == SITE


def test_a_page_that_has_become_a_link_is_mended_and_its_target_is_spared(
    root: Path, output: Path
) -> None:
    build(root, SITE)
    (output / "index.html").unlink()
    (output / "index.html").symlink_to(root / "content/news/x.da.md")

    build(root, SITE)

    assert pages(output) == SITE
    assert (root / "content/news/x.da.md").read_text("utf-8") == "x"


def test_removed_pages_take_their_empty_folders_with_them(root: Path, output: Path) -> None:
    build(root, {"a/b/c/index.html": b"1", "a/index.html": b"2"})

    build(root, {"a/index.html": b"2"})

    assert {".sitegen.json", "a", "a/index.html"} == snapshot(output).keys()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"x": b"file"}, {"x/index.html": b"folder"}),
        ({"x/y/index.html": b"folder"}, {"x": b"file"}),
        ({"Rapport.pdf": b"1"}, {"rapport.pdf": b"1"}),
        ({"Files/a": b"1", "Files/b": b"2"}, {"files/a": b"1", "files/b": b"2"}),
    ],
)
def test_a_path_may_change_between_file_folder_and_case(
    root: Path, output: Path, old: dict[str, bytes], new: dict[str, bytes]
) -> None:
    build(root, old)
    build(root, new)
    (root / "elsewhere").mkdir()

    with Publication(root, root / "elsewhere") as publication:
        stage_all(new, publication)
        publication.publish(Findings())

    assert snapshot(root / "elsewhere") == snapshot(output)


def test_a_preview_says_so_in_its_manifest_and_a_real_build_takes_it_back(
    root: Path, output: Path
) -> None:
    with Publication(root, output, is_preview=True) as publication:
        stage_all(SITE, publication)
        publication.publish(Findings())

    assert b'"preview": true' in (output / ".sitegen.json").read_bytes()
    build(root, SITE)
    assert b"preview" not in (output / ".sitegen.json").read_bytes()


@pytest.mark.parametrize("before", [None, {}, SITE])
def test_leaving_without_publishing_leaves_output_as_it_was(
    root: Path, before: dict[str, bytes] | None
) -> None:
    if before is not None:
        build(root, before)
    at_first = snapshot(root)

    with Publication(root, root / "output") as publication:
        stage_all({"index.html": b"new", "en/index.html": b"new"}, publication)

    assert at_first == snapshot(root)


def test_errors_among_the_findings_stop_the_publication(root: Path, output: Path) -> None:
    build(root, SITE)
    before = snapshot(root)
    findings = Findings()
    findings.add("title-missing", "no title")

    with pytest.raises(SiteError):
        build(root, {"index.html": b"broken"}, findings)

    assert before == snapshot(root)


def test_pages_are_on_the_disk_before_a_manifest_speaks_of_them(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(root, SITE)
    seen: list[tuple[bool, bytes]] = []

    def sync() -> None:
        manifest = read_manifest(root / "output")
        assert manifest is not None
        seen.append((manifest.unfinished, (root / "output/index.html").read_bytes()))

    monkeypatch.setattr("os.sync", sync)
    build(root, {"index.html": b"2"})

    assert seen == [(False, b"front"), (True, b"2")]


def test_a_preview_is_one_until_its_last_draft_is_gone(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Publication(root, root / "output", is_preview=True) as publication:
        stage_all({"draft.html": b"draft"}, publication)
        publication.publish(Findings())
    seen: list[bool] = []
    monkeypatch.setattr(
        "os.sync",
        lambda: seen.append(b'"preview": true' in (root / "output/.sitegen.json").read_bytes()),
    )

    build(root, SITE)

    assert seen == [True, True]
    assert b"preview" not in (root / "output/.sitegen.json").read_bytes()


# --- keeping what stands


def test_a_page_that_still_stands_can_be_kept_without_its_bytes(root: Path, output: Path) -> None:
    build(root, SITE)

    with Publication(root, output) as publication:
        for path, content in SITE.items():
            assert publication.has(path, digest_of(content))
            publication.enter(path, digest_of(content), is_staged=False)
        changes = publication.publish(Findings())

    assert Changes(unchanged=3) == changes
    assert pages(output) == SITE


def test_a_page_is_not_kept_when_it_is_gone_altered_or_no_file(root: Path, output: Path) -> None:
    build(root, SITE)
    (output / "index.html").write_bytes(b"FRONT")
    (output / "media/team.jpg").unlink()
    (output / "media/team.jpg").symlink_to(output / "index.html")

    with Publication(root, output) as publication:
        assert not publication.has("index.html", digest_of(b"front"))
        assert not publication.has("media/team.jpg", digest_of(b"FRONT"))
        assert not publication.has("da", digest_of(b""))
        assert not publication.has("nowhere.html", digest_of(b""))


# --- what is not ours


def test_foreign_files_are_kept_and_warned_of(root: Path, output: Path) -> None:
    build(root, SITE)
    (output / "da/mine.txt").write_bytes(b"mine")
    (output / "old/a").mkdir(parents=True)
    (output / "old/a/1.txt").write_bytes(b"1")
    (output / "old/2.txt").write_bytes(b"2")
    findings = Findings()

    build(root, {"index.html": b"front"}, findings)

    assert [str(finding) for finding in findings.found] == [
        "output/da/mine.txt: warning: sitegen did not write this file, and leaves it alone: delete "
        "it, or move it to content/files/ if the site shall have it [output-foreign-file]",
        "output/old/: warning: sitegen did not write this folder, and leaves it alone: delete "
        "it, or move it to content/files/ if the site shall have it [output-foreign-file]",
    ]
    assert (output / "da/mine.txt").read_bytes() == b"mine"
    assert {"da/mine.txt", "old/a/1.txt", "old/2.txt", "index.html"} == pages(output).keys()


def test_a_foreign_file_forbids_to_publish_where_the_site_says_so(root: Path, output: Path) -> None:
    build(root, SITE)
    (output / "mine.txt").write_bytes(b"mine")
    before = snapshot(root)

    with pytest.raises(SiteError, match="output-foreign-file"):
        build(root, {"index.html": b"2"}, Findings({"output-foreign-file": "error"}))

    assert before == snapshot(root)


def make_file(place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(b"mine")


def make_link(place: Path) -> None:
    place.symlink_to(place.parents[2] / "content")


@pytest.mark.parametrize(
    ("foreign", "make"),
    [
        ("da/index.html", make_file),
        ("da", make_file),
        ("da/index.html/mine.txt", make_file),
        ("da", make_link),
        ("DA/INDEX.html", make_file),  # one file with ours on some disks
    ],
)
def test_a_foreign_file_in_a_page_s_way_is_never_overwritten(
    root: Path, foreign: str, make: Callable[[Path], None]
) -> None:
    build(root, {"index.html": b"1"})
    make(root / "output" / foreign)
    before = snapshot(root)

    with pytest.raises(UsageError, match="in the way of a page, and sitegen did not write it"):
        build(root, {"index.html": b"2", "da/index.html": b"new"})

    assert before == snapshot(root)


def test_a_foreign_file_that_is_just_what_we_would_write_becomes_ours(root: Path) -> None:
    build(root, {"index.html": b"1"})
    make_file(root / "output/da/index.html")
    findings = Findings()

    assert Changes(unchanged=2) == build(
        root, {"index.html": b"1", "da/index.html": b"mine"}, findings
    )
    assert findings.found == ()
    build(root, {"index.html": b"1"})
    assert pages(root / "output") == {"index.html": b"1"}


def test_an_empty_folder_in_a_file_s_way_gives_way(root: Path, output: Path) -> None:
    build(root, SITE)
    (output / "x").mkdir()

    build(root, {**SITE, "x": b"file"})

    assert (output / "x").read_bytes() == b"file"


def test_stale_pages_behind_a_link_are_not_followed(root: Path, output: Path) -> None:
    build(root, {"index.html": b"1", "da/x.da.md": b"2"})
    (output / "da/x.da.md").unlink()
    (output / "da").rmdir()
    (output / "da").symlink_to(root / "content/news")

    build(root, {"index.html": b"1"})

    assert (root / "content/news/x.da.md").read_text("utf-8") == "x"


# --- paths


@pytest.mark.parametrize(
    "path",
    [
        "../x", "da/../../x", "/etc/x", "", ".", "da//x", "da/", "da/.", "..", "da\\x", "x\0",
        "C:/x", ".sitegen.json", ".sitegen-lock", ".sitegen-staging/x", ".SITEGEN.json",
    ],
)  # fmt: skip
def test_a_path_that_leads_out_of_output_is_refused_at_the_write(root: Path, path: str) -> None:
    before = snapshot(root)

    with Publication(root, root / "output") as publication, pytest.raises(ValueError, match="path"):
        publication.stage(OutputFile(path=path, content=b""))

    assert before == snapshot(root)


@given(st.text(alphabet="./\\aC:~\0-", max_size=12))
def test_every_sound_path_stays_below_output(path: str) -> None:
    if is_sound(path):
        base = Path("/site/output")
        assert Path(os.path.normpath(base / path)).is_relative_to(base)
        assert Path(os.path.normpath(base / path)) != base


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("da/x.html", "da/x.html"),
        ("da/X.html", "da/x.html"),
        ("da/århus", unicodedata.normalize("NFD", "da/århus")),
        ("da", "da/index.html"),
        ("DA/x/y", "da/x"),
        ("straße", "STRASSE"),
    ],
)
def test_two_pages_cannot_claim_one_place(one: str, other: str) -> None:
    for first, second in ((one, other), (other, one)):
        ledger = Ledger()
        ledger.enter(first, "")
        with pytest.raises(ValueError, match="two pages claim one place"):
            ledger.enter(second, "")


@given(st.lists(st.text(alphabet="aAb/", min_size=1, max_size=5).filter(is_sound)))
def test_all_that_the_ledger_accepts_can_stand_on_one_disk(paths: list[str]) -> None:
    ledger = Ledger()
    for path in paths:
        try:
            ledger.enter(path, "")
        except ValueError:
            assert ledger.claims(path)
    places = [path.casefold() for path in ledger.files]
    assert len(set(places)) == len(places)
    assert not [one for one in places for other in places if other.startswith(f"{one}/")]


PATHS = st.lists(st.text(alphabet="aAb/", min_size=1, max_size=5).filter(is_sound))


@given(before=PATHS, now=PATHS)
def test_a_ledger_that_knows_the_site_before_refuses_what_one_that_does_not_refuses(
    before: list[str], now: list[str]
) -> None:
    """What stood together may stand together again, in whatever order it comes."""
    stood, new = Ledger(), Ledger()
    for path in before:
        if not stood.claims(path):
            stood.enter(path, "")
    knowing = Ledger(together=stood.files.keys())
    for path in now:
        assert bool(knowing.claims(path)) == bool(new.claims(path))
        if not new.claims(path):
            knowing.enter(path, "")
            new.enter(path, "")


# --- rehearsing


def test_a_rehearsal_takes_the_same_files_and_writes_nothing(root: Path) -> None:
    before = snapshot(root)

    with Rehearsal() as rehearsal:
        stage_all(SITE, rehearsal)
        changes = rehearsal.publish(Findings())

    assert Changes(unchanged=3) == changes
    assert before == snapshot(root)


def test_a_rehearsal_stops_on_errors_as_a_publication_does() -> None:
    findings = Findings()
    findings.add("title-missing", "no title")

    with Rehearsal() as rehearsal, pytest.raises(SiteError):
        rehearsal.publish(findings)


@pytest.mark.parametrize("is_listed", [True, False])
def test_a_rehearsal_tells_what_would_change_in_a_folder(
    root: Path, output: Path, *, is_listed: bool
) -> None:
    """Of a site without a list, every file counts; the bytes count, not what the list says."""
    build(root, {"a.html": b"a", "b/index.html": b"b", "c.html": b"c", "d.html": b"d"})
    (output / "d.html").write_bytes(b"by hand")
    (output / "mine.txt").write_bytes(b"mine")
    if not is_listed:
        (output / ".sitegen.json").unlink()
    before = snapshot(root)
    with Rehearsal(output) as rehearsal:
        stage_all({"a.html": b"a", "c.html": b"C", "d.html": b"d", "e.html": b"e"}, rehearsal)
        changes = rehearsal.publish(Findings())

    removed = ("b/index.html",) if is_listed else ("b/index.html", "mine.txt")
    assert (
        Changes(added=("e.html",), changed=("c.html", "d.html"), removed=removed, unchanged=1)
        == changes
    )
    assert before == snapshot(root)


def test_a_rehearsal_finds_everything_new_where_there_is_no_site(output: Path) -> None:
    with Rehearsal(output) as rehearsal:
        stage_all(SITE, rehearsal)

        assert Changes(added=tuple(sorted(SITE))) == rehearsal.publish(Findings())


def test_a_rehearsal_refuses_a_list_that_is_not_sitegens(output: Path) -> None:
    forge(output, '{"version": 1, "files": {"../x": ""}}')

    with Rehearsal(output) as rehearsal, pytest.raises(UsageError, match="no site of sitegen's"):
        rehearsal.publish(Findings())


# --- which folder may be output


def forge(folder: Path, manifest: str) -> None:
    folder.mkdir(parents=True)
    (folder / "thesis.doc").write_bytes(b"years of work")
    (folder / ".sitegen.json").write_text(manifest, "utf-8")


@pytest.fixture
def home(root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A scratch home, with everything in it that a build must not take for its output."""
    home = root.parent
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.chdir(root)
    (root / "foreign").mkdir()
    (root / "foreign/letter.txt").write_bytes(b"dear")
    (root / "file").write_bytes(b"")
    (root / "link").symlink_to("content")
    (root / "dangling").symlink_to("nowhere")
    (root / "loop").symlink_to("loop")
    forge(root / "climbing", '{"version":1,"files":{"../config.toml":"0"}}')
    forge(root / "absolute", '{"version":1,"files":{"/etc/passwd":"0"}}')
    forge(root / "broken", "{")
    forge(root / "newer", '{"version":2,"files":{}}')
    forge(root / "marked", "")
    (root / "linked").mkdir()
    (root / "linked/.sitegen.json").symlink_to("../foreign/letter.txt")
    (root / "staged").mkdir()
    (root / "staged/.sitegen-staging").symlink_to("../content")
    (root / "odd/.sitegen.json").mkdir(parents=True)
    build(root, SITE)
    return home


REFUSED = {
    "/": "it holds the project itself",
    "~": "write the home folder out in full",
    "..": "it holds the project itself",
    ".": "it holds the project itself",
    "../project": "it holds the project itself",
    "HOME": "it holds the project itself",
    "content": "it lies in content/, where your own files are",
    "content/x": "it lies in content/, where your own files are",
    "./content/../": "it holds the project itself",
    "templates/x/y": "it lies in templates/, where your own files are",
    ".git/x": "it lies in .git/, where your own files are",
    ".sitegen": "it is sitegen's cache",
    "link": "it is a link",
    "link/x": "it lies in content/, where your own files are",
    "dangling": "it is a link",
    "file": "it is a file",
    "foreign": "it has files in it that sitegen did not write",
    "climbing": "its .sitegen.json is not sitegen's (it lists '../config.toml')",
    "absolute": "its .sitegen.json is not sitegen's (it lists '/etc/passwd')",
    "broken": "its .sitegen.json is not sitegen's (it cannot be read)",
    "newer": "its .sitegen.json is not sitegen's (it cannot be read)",
    "marked": "its .sitegen.json is not sitegen's (it cannot be read)",
    "linked": "its .sitegen.json is not sitegen's (it is a link)",
    "odd": "its .sitegen.json is not sitegen's (it cannot be read)",
    "staged": "its .sitegen-staging is a link",
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_folder_that_is_not_a_site_s_output_is_refused_before_anything_is_written(
    root: Path, home: Path, name: str
) -> None:
    before = snapshot(home)
    chosen = home if name == "HOME" else Path(name)

    with pytest.raises(UsageError) as refusal, Publication(root, chosen):
        pass

    assert (
        f"cannot write the site to {chosen.as_posix()}: {REFUSED[name]}; choose a folder that is "
        "empty, does not exist yet or holds a site of sitegen's"
    ) == str(refusal.value)
    with pytest.raises(UsageError):
        clean(root, chosen)
    assert before == snapshot(home)


def test_an_empty_home_is_refused_too(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "empty"))

    with pytest.raises(UsageError, match="it is no folder for a site"):
        refuse_foreign(root, tmp_path / "empty")


def test_sources_that_are_links_are_guarded_where_they_really_are(
    root: Path, tmp_path: Path
) -> None:
    (tmp_path / "shared/texts").mkdir(parents=True)
    (root / "templates").rmdir()
    (root / "templates").symlink_to(tmp_path / "shared/texts")

    with pytest.raises(UsageError, match="it holds templates/, where your own files are"):
        refuse_foreign(root, tmp_path / "shared")


def test_a_path_that_leads_in_a_circle_is_the_machine_s_fault(root: Path, home: Path) -> None:
    before = snapshot(home)

    with pytest.raises(MachineError, match="cannot write loop"), Publication(root, Path("loop/x")):
        pass

    assert before == snapshot(home)


@pytest.mark.parametrize(
    "name", ["new", "new/deep/er", "output", "empty", "../beside", ".sitegen/p"]
)
def test_a_missing_empty_or_own_folder_is_accepted(root: Path, home: Path, name: str) -> None:
    (root / "empty").mkdir()
    before = snapshot(home)

    with Publication(root, Path(name)):
        assert (Path(name) / ".sitegen-staging").is_dir()

    assert before == snapshot(home)


def test_a_folder_with_nothing_but_a_killed_build_s_leavings_is_accepted(root: Path) -> None:
    (root / "output/.sitegen-staging/new/da").mkdir(parents=True)
    (root / "output/.sitegen-staging/new/da/x").write_bytes(b"half a")
    (root / "output/.sitegen-lock").write_bytes(b"4711")

    build(root, SITE)

    assert pages(root / "output") == SITE


# --- cleaning


def test_clean_removes_what_sitegen_wrote_and_nothing_else(root: Path, output: Path) -> None:
    before = snapshot(root)
    build(root, SITE)
    (root / ".sitegen/cache").mkdir(parents=True)
    (output / ".sitegen-staging").mkdir()

    clean(root, output)

    assert before == snapshot(root)


def test_clean_leaves_foreign_files_where_they_are(root: Path, output: Path) -> None:
    build(root, SITE)
    (output / "da/mine.txt").write_bytes(b"mine")
    (output / "index.html").unlink()

    clean(root, output)

    assert snapshot(output) == {"da": "a folder", "da/mine.txt": b"mine"}


def test_clean_has_nothing_to_do_where_nothing_was_built(root: Path, output: Path) -> None:
    before = snapshot(root)

    clean(root, output)

    assert before == snapshot(root)


def test_clean_does_not_follow_a_cache_that_is_a_link(root: Path, output: Path) -> None:
    (root / ".sitegen").symlink_to("content")

    with pytest.raises(UsageError, match=r"\.sitegen: it is a link"):
        clean(root, output)

    assert (root / "content/news/x.da.md").exists()


# --- the machine's faults


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EACCES, "no permission"),
        (errno.EROFS, "the disk is read-only"),
        (errno.EMFILE, "too many files are open"),
        (errno.EIO, "the disk reports a fault"),
        (errno.ELOOP, os.strerror(errno.ELOOP)),
    ],
)
def test_the_machine_s_fault_names_the_path_and_the_reason(number: int, reason: str) -> None:
    with pytest.raises(MachineError) as fault, machine_faults(Path("output")):
        raise OSError(number, os.strerror(number), "output/da/x.html")

    assert f"cannot write output/da/x.html: {reason}" == str(fault.value)


@pytest.mark.parametrize("named", [None, "output/.sitegen-staging/replacements/7"])
def test_a_fault_in_staging_is_told_with_the_page_s_own_path(named: str | None) -> None:
    with pytest.raises(MachineError) as fault, machine_faults(Path("output/x.html")):
        raise OSError(errno.ENOSPC, "No space left on device", named)

    assert str(fault.value) == "cannot write output/x.html: the disk is full"


SHORT_WRITE = """
import resource, sys
from pathlib import Path
from sitegen.findings import MachineError
from sitegen.model.pages import OutputFile
from sitegen.publish import Publication

root = Path(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    with Publication(root, root / "output") as publication:
        publication.stage(OutputFile(path="x.html", content=b"x" * 6000))
except MachineError as error:
    print(error)
"""


def test_a_write_that_the_system_cuts_short_is_a_fault_and_no_half_page(root: Path) -> None:
    build(root, SITE)
    before = snapshot(root)

    run = subprocess.run(
        [sys.executable, "-c", SHORT_WRITE, str(root)], capture_output=True, text=True, check=True
    )

    assert f"cannot write {root}/output/x.html: File too large\n" == run.stdout
    assert before == snapshot(root)


@pytest.mark.skipif(os.geteuid() == 0 and not Path("/proc/self").exists(), reason="needs Linux")
def test_too_few_file_handles_are_the_machine_s_fault(root: Path) -> None:
    build(root, SITE)
    before = snapshot(root)
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)

    with Publication(root, root / "output") as publication:
        next_handle = os.dup(0)
        os.close(next_handle)
        resource.setrlimit(resource.RLIMIT_NOFILE, (next_handle, limits[1]))
        try:
            with pytest.raises(MachineError, match=r"output/x\.html: too many files are open"):
                publication.stage(OutputFile(path="x.html", content=b"x"))
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, limits)

    assert before == snapshot(root)
