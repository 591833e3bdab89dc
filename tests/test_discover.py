import datetime as dt
import os
import socket
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.discover import Project, discover, read, read_config_text, read_line
from sitegen.discover.naming import Naming
from sitegen.encoding import FaultError
from sitegen.findings import CODES, Findings, MachineError
from sitegen.model.content import Source

LANGUAGES = ("da", "en")
ARTICLE = "---\ntitle: A\n---\n"


def lay_out(root: Path, files: Mapping[str, str | bytes]) -> None:
    for path, content in files.items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content if isinstance(content, bytes) else content.encode())


def found(root: Path, theme: Path | None = None) -> tuple[Project, list[str]]:
    findings = Findings()
    project = discover(root, theme or root / "no-theme", LANGUAGES, "da", findings)
    return project, [str(finding) for finding in findings.found]


def told(root: Path) -> list[str]:
    """Return the code and path of each finding, but that no article was found."""
    findings = Findings({"content-empty": "off"})
    discover(root, root / "no-theme", LANGUAGES, "da", findings)
    return [f"{finding.code} {finding.path}" for finding in findings.found]


def source_of(root: Path, path: str) -> Source:
    lay_out(root, {path: ARTICLE})
    project, findings = found(root)
    assert findings == []
    return project.sources[0]


NAMES = {
    "content/news/2012-03-15-x/index.da.md": ("news/2012-03-15-x", "da", dt.date(2012, 3, 15)),
    "content/news/2012-03-15-x/index.en.md": ("news/2012-03-15-x", "en", dt.date(2012, 3, 15)),
    "content/news/2012-03-15/index.md": ("news/2012-03-15", "da", dt.date(2012, 3, 15)),
    "content/news/2012-03-155/index.md": ("news/2012-03-155", "da", None),
    "content/news/2012/2012-03-15-x/INDEX.EN.MD": (
        "news/2012/2012-03-15-x",
        "en",
        dt.date(2012, 3, 15),
    ),
    "content/news/short-note.da.md": ("news/short-note", "da", None),
    "content/news/short-note.md": ("news/short-note", "da", None),
    "content/news/2024-05-17-note.en.md": ("news/2024-05-17-note", "en", dt.date(2024, 5, 17)),
    "content/news/note-da.md": ("news/note-da", "da", None),
    "content/news/x/index-of-all.md": ("news/x/index-of-all", "da", None),
    "content/news/v1.2.md": ("news/v1.2", "da", None),
    "content/news/v1.2.en.md": ("news/v1.2", "en", None),
    "content/news/release.2024.md": ("news/release.2024", "da", None),
    "content/pages/privacy/index.da.md": ("pages/privacy", "da", None),
    "content/pages/privacy.en.md": ("pages/privacy", "en", None),
}


@pytest.mark.parametrize("path", NAMES)
def test_a_path_tells_kind_story_language_and_day(tmp_path: Path, path: str) -> None:
    source = source_of(tmp_path, path)

    assert (source.path, source.kind) == (path, path.split("/")[1])
    assert NAMES[path] == (source.story, source.language, source.folder_day)


@pytest.mark.parametrize(
    ("path", "suffix", "mend"),
    [
        ("content/news/x/index.de.md", "de", "name the file index.da.md or index.en.md"),
        ("content/news/x/index.dansk.md", "dansk", "name the file index.da.md or index.en.md"),
        ("content/news/x/index-da.md", "da", "name the file index.da.md or index.en.md"),
        ("content/news/x/index_en.md", "en", "name the file index.da.md or index.en.md"),
        ("content/news/note.sv.md", "sv", "name the file note.da.md or note.en.md"),
        ("content/news/note.en-GB.md", "en-GB", "name the file note.da.md or note.en.md"),
        ("content/news/note.pt_BR.md", "pt_BR", "name the file note.da.md or note.en.md"),
    ],
)
def test_a_language_that_the_site_does_not_have_is_an_error(
    tmp_path: Path, path: str, suffix: str, mend: str
) -> None:
    lay_out(tmp_path, {path: ARTICLE, "content/news/ok.md": ARTICLE})

    expected = f"{path}: error: `{suffix}` at the end of the name is no language of this site"
    assert found(tmp_path)[1] == [f"{expected}: {mend} [language-unknown]"]


def test_a_site_may_have_a_language_with_a_region(tmp_path: Path) -> None:
    lay_out(tmp_path, {"content/news/x/index.pt-BR.md": ARTICLE})
    project = discover(tmp_path, tmp_path / "none", ("pt-br", "da"), "da", Findings())

    assert [source.language for source in project.sources] == ["pt-br"]


def test_two_files_of_one_article_are_both_kept(tmp_path: Path) -> None:
    """Which of them counts is judged where stories are paired."""
    lay_out(
        tmp_path, dict.fromkeys(("content/news/x.da.md", "content/news/x/index.da.md"), ARTICLE)
    )
    project, findings = found(tmp_path)

    assert findings == []
    assert [source.story for source in project.sources] == ["news/x", "news/x"]


@pytest.mark.parametrize(
    "path",
    [
        "content/note.md",
        "content/blog/x/index.da.md",
        "content/News/x/index.da.md",
        "content/news/index.da.md",
        "content/pages/index.md",
        "content/news/x/index.da.markdown",
    ],
)
def test_an_article_where_none_can_be_is_an_error(tmp_path: Path, path: str) -> None:
    lay_out(tmp_path, {path: ARTICLE})

    assert told(tmp_path) == [f"file-misplaced {path}"]


@pytest.mark.parametrize("ending", ["markdown", "mdown", "mkd", "MKD"])
def test_an_article_with_another_ending_of_markdown_is_told_its_name(
    tmp_path: Path, ending: str
) -> None:
    path = f"content/news/x/index.da.{ending}"
    lay_out(tmp_path, {path: ARTICLE, "content/news/y/index.da.md": ARTICLE})

    assert found(tmp_path)[1] == [
        f"{path}: error: an article's file must end in .md: rename it to index.da.md "
        "[file-misplaced]"
    ]


def test_a_day_that_does_not_exist_is_told_once_for_its_folder(tmp_path: Path) -> None:
    folder = "content/news/2012-02-30-x"
    lay_out(tmp_path, {f"{folder}/index.da.md": ARTICLE, f"{folder}/index.en.md": ARTICLE})
    project, findings = found(tmp_path)

    expected = (
        f"{folder}: error: the name begins with 2012-02-30, a day that does not exist: "
        "rename it, such as 2024-05-17-new-partner [date-invalid]"
    )
    assert findings == [expected]
    assert [source.folder_day for source in project.sources] == [None, None]


def test_media_and_files_are_known_by_path_and_size(tmp_path: Path) -> None:
    lay_out(
        tmp_path,
        {
            "content/news/x/index.da.md": ARTICLE,
            "content/news/x/team.jpg": b"12345",
            "content/files/logo.svg": b"123",
            "content/files/press/readme.md": b"# Not an article",
            "content/files/.well-known/security.txt": b"1",
            "content/people.toml": "",
            "content/topics.toml": "",
        },
    )
    project, findings = found(tmp_path)

    assert findings == []
    assert project.media == {"content/news/x/team.jpg": 5}
    assert project.files == {".well-known/security.txt": 1, "logo.svg": 3, "press/readme.md": 16}
    assert [source.path for source in project.sources] == ["content/news/x/index.da.md"]


SCRATCH = [
    ".index.da.md.swp", ".#index.da.md", "#index.da.md#", "index.da.md~", "index.da.md.orig",
    "index.da.md.bak", "index.da.md.tmp", "4913", ".DS_Store", "Thumbs.db", ".env", "~$notes.docx",
    ".basis.en.md", "index (Anna's conflicted copy 2024-05-17).da.md", "index.da.md.swo",
    "index.sync-conflict-20240517-120000-ABCDEFG.da.md", ".git/HEAD", ".index.da.md/x.md",
    "index (Annas modstridende kopi 2024-05-17).da.md", "index (Case Conflict).da.md",
    "index [conflict].da.md", "index.da.md.old", "index.da.md.save", "index.da.md.sb-1a2b3c4d-Xy",
]  # fmt: skip


@pytest.mark.parametrize("name", SCRATCH)
def test_what_editors_and_systems_leave_behind_is_not_read(tmp_path: Path, name: str) -> None:
    """reliability row 20: never published, never built."""
    lay_out(tmp_path, {f"content/news/x/{name}": ARTICLE, f"content/files/{name}": "x"})
    project, findings = found(tmp_path)

    assert (project.sources, project.media, project.files) == ((), {}, {})
    assert [line.rpartition("[")[2] for line in findings] == ["content-empty]"]


def test_nothing_to_publish_is_a_warning(tmp_path: Path) -> None:
    advice = 'begin one with sitegen new "My first article"'
    expected = f"content: warning: there is no article in content/: {advice}"

    assert found(tmp_path)[1] == [f"{expected} [content-empty]"]


def test_names_in_two_parts_are_the_names_in_one(tmp_path: Path) -> None:
    """R51, reliability row 23: macOS spells å as a and a ring."""
    apart = unicodedata.normalize("NFD", "content/news/på-ærø/index.da.md")
    lay_out(tmp_path, {apart: ARTICLE, apart.replace("index.da.md", "å.jpg"): b"1"})
    project, findings = found(tmp_path)

    assert findings == []
    assert project.sources[0].path == "content/news/på-ærø/index.da.md"
    assert project.sources[0].story == "news/på-ærø"
    assert read(tmp_path, project.sources[0].path, Findings()) == ARTICLE.encode()
    assert read(tmp_path, next(iter(project.media)), Findings()) in {b"1", ARTICLE.encode()}


def test_one_name_spelt_in_both_ways_is_an_error(tmp_path: Path) -> None:
    path = "content/news/å/index.da.md"
    lay_out(tmp_path, {path: ARTICLE})
    try:
        (tmp_path / unicodedata.normalize("NFD", "content/news/å")).mkdir()
    except FileExistsError:
        pytest.skip("this file system knows that the two are one name")

    assert told(tmp_path) == ["file-twice content/news/å"]


@pytest.mark.skipif(os.name == "nt", reason="no such names there")
@pytest.mark.parametrize("name", [b"caf\xe9.jpg", b"a\nb.jpg", b"a\x1b[31m.md"])
def test_a_name_that_nobody_can_read_is_an_error(tmp_path: Path, name: bytes) -> None:
    lay_out(tmp_path, {"content/news/ok.md": ARTICLE})
    try:
        (tmp_path / "content" / os.fsdecode(name)).write_bytes(b"")
    except OSError:
        pytest.skip("this file system refuses the name")

    (line,) = found(tmp_path)[1]
    assert "file-encoding" in line
    assert line.isprintable()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("content/news/Lviv/index.da.md", "content/news/lviv/index.da.md"),
        ("content/news/x/Index.da.md", "content/news/x/index.da.md"),
        ("content/news/x/Team.jpg", "content/news/x/team.jpg"),
        ("content/files/ÆRØ.pdf", "content/files/ærø.pdf"),
    ],
)
def test_two_names_that_differ_in_capitals_are_an_error_on_every_system(
    tmp_path: Path, first: str, second: str
) -> None:
    """reliability row 23: a Mac or a Windows disk has room for one of them only."""
    lay_out(tmp_path, {"content/news/ok.md": ARTICLE, first: ARTICLE, second: ARTICLE})
    if (tmp_path / first).samefile(tmp_path / second):
        pytest.skip("this file system knows that the two are one name")
    pairs = zip(first.split("/"), second.split("/"), strict=True)
    differ, (one, other) = next(each for each in enumerate(pairs) if each[1][0] != each[1][1])

    at = "/".join((*first.split("/")[:differ], other))
    assert found(tmp_path)[1] == [
        f"{at}: error: many disks have room for only one of this and {one!r}: "
        "delete or rename one of them [file-twice]"
    ]


# copies


@pytest.mark.parametrize(
    ("name", "original", "mark"),
    [
        ("x/index.da (1).md", "index.da", "(1)"),
        ("x/index.da (Kopi).md", "index.da", "(Kopi)"),
        ("x/index.da - Kopi.md", "index.da", "- Kopi"),
        ("x/index.da copy 2.md", "index.da", "copy 2"),
        ("x/index.da 2.md", "index.da", "2"),
        ("x/index.da-ANNAS-PC.md", "index.da", "-ANNAS-PC"),
        ("x/index.da (Annas konflikt).md", "index.da", "(Annas konflikt)"),
        ("x/index.da.bak.md", "index.da", ".bak"),
        ("note.en (1).md", "note.en", "(1)"),
        ("note.en.backup.md", "note.en", ".backup"),
        ("note.en-DESKTOP-AB12.md", "note.en", "-DESKTOP-AB12"),
        ("note.EN_gammel.md", "note.EN", "_gammel"),
    ],
)
def test_nothing_may_stand_behind_the_language(
    tmp_path: Path, name: str, original: str, mark: str
) -> None:
    """reliability row 20: that is where Windows, macOS and OneDrive put it into a copy's name."""
    lay_out(tmp_path, {f"content/news/{name}": ARTICLE, "content/news/ok.md": ARTICLE})
    project, findings = found(tmp_path)

    assert [source.story for source in project.sources] == ["news/ok"]
    assert findings == [
        f"content/news/{name}: error: “{mark}” stands behind the language, as in the name of a "
        f"copy: delete the file if it is one; the article itself is {original}.md [file-copy]"
    ]


@pytest.mark.parametrize(
    ("original", "copy", "told_at"),
    [
        ("x/index.da.md", "x/index (1).da.md", "x/index (1).da.md"),
        ("x/index.da.md", "x/index 2.da.md", "x/index 2.da.md"),
        ("x/index.da.md", "x/index copy.da.md", "x/index copy.da.md"),
        ("x/index.da.md", "x/Kopi af index.da.md", "x/Kopi af index.da.md"),
        ("x/index.md", "x/index - Kopi.md", "x/index - Kopi.md"),
        ("note.da.md", "Copy of note.da.md", "Copy of note.da.md"),
        ("note.md", "note (2).md", "note (2).md"),
        ("note.md", "note - Kopi (2).md", "note - Kopi (2).md"),
        ("note.en.md", "note - Copy.md", "note - Copy.md"),
        ("x/index.da.md", "x (1)/index.da.md", "x (1)"),
        ("x/index.da.md", "x - Kopi/index.da.md", "x - Kopi"),
        ("2024/x/index.da.md", "2024 copy/x/index.da.md", "2024 copy/x"),
    ],
)
def test_a_copy_is_no_second_article(
    tmp_path: Path, original: str, copy: str, told_at: str
) -> None:
    """reliability row 20."""
    lay_out(tmp_path, {f"content/news/{path}": ARTICLE for path in (original, copy)})
    project, findings = found(tmp_path)

    assert [source.path for source in project.sources] == [f"content/news/{original}"]
    story = project.sources[0].story
    assert findings == [
        f"content/news/{told_at}: error: the name is that of a copy of content/{story}: "
        "delete it if it is one, or give it a name of its own [file-copy]"
    ]


def test_a_copied_folder_is_told_once(tmp_path: Path) -> None:
    paths = [
        f"content/news/{folder}/index.{tag}.md" for folder in ("x", "x (1)") for tag in LANGUAGES
    ]
    lay_out(tmp_path, dict.fromkeys(paths, ARTICLE))

    assert told(tmp_path) == ["file-copy content/news/x (1)"]


@pytest.mark.parametrize(
    "name", ["uge 42.md", "covid 19/index.da.md", "copy.md", "2024/kopi/index.md", "(1).da.md"]
)
def test_a_name_is_a_copys_only_beside_its_original(tmp_path: Path, name: str) -> None:
    lay_out(tmp_path, {f"content/news/{name}": ARTICLE, "content/news/2024/index.da.md": ARTICLE})

    assert told(tmp_path) == []


posix = pytest.mark.skipif(os.name == "nt", reason="needs links and pipes")


@posix
def test_a_link_to_a_file_of_the_project_is_followed(tmp_path: Path) -> None:
    lay_out(tmp_path, {"elsewhere/index.da.md": ARTICLE, "content/news/x/team.jpg": b"1"})
    (tmp_path / "content/news/y.md").symlink_to("../../elsewhere/index.da.md")
    (tmp_path / "content/news/x/a.jpg").symlink_to("team.jpg")
    project, findings = found(tmp_path)

    assert findings == []
    assert [source.story for source in project.sources] == ["news/y"]
    assert project.media == {"content/news/x/a.jpg": 1, "content/news/x/team.jpg": 1}
    assert read(tmp_path, "content/news/y.md", Findings()) == ARTICLE.encode()


@posix
@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("{outside}/secret.md", "file-outside"),
        ("{outside}", "file-outside"),
        ("../../../outside/secret.md", "file-outside"),
        ("../../.env", "file-outside"),
        ("../..", "file-kind"),
        ("..", "file-kind"),
        (".", "file-kind"),
        ("../pages", "file-kind"),
        ("x.md", "file-unreadable"),
        ("nowhere.md", "file-unreadable"),
        ("/dev/zero", "file-outside"),
    ],
)
def test_a_link_that_leads_astray_is_an_error(tmp_path: Path, target: str, code: str) -> None:
    """reliability row 12: the link is named, and nothing hangs."""
    root, outside = tmp_path / "site", tmp_path / "outside"
    lay_out(tmp_path, {"outside/secret.md": ARTICLE, "site/.env": "x", "site/content/pages/a": "x"})
    (root / "content/news").mkdir(parents=True)
    (root / "content/news/x.md").symlink_to(target.format(outside=outside))
    name = "content/news/x.md"

    assert told(root) == [f"{code} {name}"]
    if code != "file-kind":
        findings = Findings()
        assert read(root, name, findings) is None
        assert [finding.code for finding in findings.found] == [code]


@posix
@pytest.mark.parametrize(("target", "codes"), [("texts", []), ("../outside", ["file-outside"])])
def test_content_itself_may_be_a_link_within_the_project(
    tmp_path: Path, target: str, codes: list[str]
) -> None:
    for folder in ("site/texts", "outside"):
        lay_out(tmp_path / folder, {"news/x/index.da.md": ARTICLE})
    (tmp_path / "site/content").symlink_to(target)

    assert told(tmp_path / "site") == [f"{code} content" for code in codes]
    assert len(found(tmp_path / "site")[0].sources) == 1 - len(codes)


@posix
def test_a_link_to_a_folder_is_an_error_and_so_none_leads_in_a_circle(tmp_path: Path) -> None:
    lay_out(tmp_path, {"content/news/x/index.da.md": ARTICLE, "a/1.jpg": ""})
    (tmp_path / "a/back").symlink_to(tmp_path / "content")
    (tmp_path / "content/news/x/a").symlink_to(tmp_path / "a")
    project, findings = found(tmp_path)

    assert project.media == {}
    assert findings == [
        "content/news/x/a: error: this is a link to a folder: "
        "copy the folder itself here, and delete the link [file-kind]"
    ]


@posix
def test_pipes_sockets_and_folders_are_no_articles(tmp_path: Path) -> None:
    lay_out(tmp_path, {"content/news/x/index.da.md/readme.txt": ""})
    os.mkfifo(tmp_path / "content/news/pipe.md")
    with socket.socket(socket.AF_UNIX) as opened:
        here = Path.cwd()
        os.chdir(tmp_path / "content/news")  # a socket's path may not be long
        try:
            opened.bind("socket.jpg")
        finally:
            os.chdir(here)

    assert told(tmp_path) == [
        "file-kind content/news/pipe.md",
        "file-kind content/news/socket.jpg",
        "file-kind content/news/x/index.da.md",
    ]
    for path in ("content/news/pipe.md", "content/news/x/index.da.md"):
        findings = Findings()
        assert read(tmp_path, path, findings) is None
        assert [finding.code for finding in findings.found] == ["file-kind"]


@pytest.mark.skipif(
    os.name == "nt" or os.geteuid() == 0, reason="the superuser may read everything"
)
def test_what_may_not_be_read_is_an_error_for_file_and_folder(tmp_path: Path) -> None:
    lay_out(
        tmp_path, {"content/news/x/index.da.md": ARTICLE, "content/news/y/index.da.md": ARTICLE}
    )
    (tmp_path / "content/news/x").chmod(0)
    (tmp_path / "content/news/y/index.da.md").chmod(0)
    findings = Findings()

    assert told(tmp_path) == ["file-unreadable content/news/x"]
    assert read(tmp_path, "content/news/y/index.da.md", findings) is None
    assert "chmod u+rX 'content/news/y/index.da.md'" in findings.found[0].mend
    (tmp_path / "content/news/x").chmod(0o700)


@pytest.mark.parametrize("path", ["../secret.md", "content/../../secret.md", "/etc/hostname"])
def test_a_path_that_leaves_the_project_is_refused(tmp_path: Path, path: str) -> None:
    lay_out(tmp_path, {"secret.md": "x", "site/content/news/x.md": ARTICLE})
    findings = Findings()

    assert read(tmp_path / "site", path, findings) is None
    assert [finding.code for finding in findings.found] == ["file-outside"]


def test_a_file_that_is_gone_is_an_error(tmp_path: Path) -> None:
    findings = Findings()

    assert read(tmp_path, "content/news/x.md", findings) is None
    assert str(findings.found[0]) == (
        "content/news/x.md: error: this cannot be read (No such file or directory): "
        "put it back, or delete the link that leads to it [file-unreadable]"
    )


def saved_while_read(
    monkeypatch: pytest.MonkeyPatch, place: Path, times: int, *, by_renaming: bool
) -> None:
    """Let somebody save the file just after a part of it is read, as often as is said."""
    saves = iter(range(times))
    read_part = os.read

    def read_and_save(descriptor: int, size: int) -> bytes:
        part = read_part(descriptor, size)
        number = next(saves, None)
        if number is not None:
            draft = place.with_suffix(".new") if by_renaming else place
            draft.write_text("x" * (number + 2))
            if by_renaming:
                draft.replace(place)
        return part

    monkeypatch.setattr(os, "read", read_and_save)


@pytest.mark.skipif(os.name == "nt", reason="an open file cannot be replaced there")
@pytest.mark.parametrize("by_renaming", [True, False])
def test_a_file_saved_while_it_is_read_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, by_renaming: bool
) -> None:
    lay_out(tmp_path, {"a.md": "x"})
    saved_while_read(monkeypatch, tmp_path / "a.md", 3, by_renaming=by_renaming)

    assert read(tmp_path, "a.md", Findings()) == b"xxxx"


@pytest.mark.skipif(os.name == "nt", reason="an open file cannot be replaced there")
def test_a_file_that_never_rests_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay_out(tmp_path, {"a.md": "x"})
    saved_while_read(monkeypatch, tmp_path / "a.md", 1000, by_renaming=True)
    findings = Findings()

    assert read(tmp_path, "a.md", findings) is None
    assert "keeps changing" in findings.found[0].what


def test_a_fault_of_the_machine_is_not_the_author_s(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay_out(tmp_path, {"a.md": "x"})

    def too_many(path: str, flags: int) -> int:
        raise OSError(24, "Too many open files", path)

    monkeypatch.setattr(os, "open", too_many)
    with pytest.raises(MachineError, match=r"a\.md: Too many open files"):
        read(tmp_path, "a.md", Findings())


def test_the_site_s_own_templates_shadow_the_theme_s(tmp_path: Path) -> None:
    site, theme = tmp_path / "site", tmp_path / "package"
    lay_out(
        theme,
        {
            "article.html": "theme",
            "parts/head.html": "theme",
            "wording/da.toml": "theme",
            "assets/site.css": "theme",
            "assets/icon.png": b"\x89PNG",
        },
    )
    lay_out(site, {"templates/article.html": "\ufeffsite\r\n", "templates/assets/site.css": "site"})
    project, _ = found(site, theme)

    assert project.templates == {
        "article.html": "site\n",
        "parts/head.html": "theme",
        "wording/da.toml": "theme",
    }
    assert project.assets == {"icon.png": b"\x89PNG", "site.css": b"site"}
    assert project.template_paths == {
        "article.html": "templates/article.html",
        "assets/icon.png": "theme/assets/icon.png",
        "assets/site.css": "templates/assets/site.css",
        "parts/head.html": "theme/parts/head.html",
        "wording/da.toml": "theme/wording/da.toml",
    }


def test_a_template_of_the_theme_that_is_asked_for_by_name_is_there_beside_the_sites_own(
    tmp_path: Path,
) -> None:
    """R157: what nobody asks for is not read twice."""
    site, theme = tmp_path / "site", tmp_path / "package"
    lay_out(theme, {"a.html": "A", "parts/b.html": "B", "c.html": "C"})
    lay_out(
        site,
        {"templates/a.html": "{% extends 'theme/a.html' %}{% include \"theme/parts/b.html\" %}"},
    )
    project, _ = found(site, theme)

    assert project.templates["theme/a.html"] == "A"
    assert project.templates["theme/parts/b.html"] == "B"
    assert project.template_paths["theme/a.html"] == "theme/a.html"
    assert "theme/c.html" not in project.templates


def test_a_project_whose_templates_are_the_theme_has_them_once(tmp_path: Path) -> None:
    lay_out(tmp_path, {"templates/article.html": "x"})
    project, _ = found(tmp_path, tmp_path / "templates")

    assert project.template_paths == {"article.html": "templates/article.html"}


@posix
def test_a_template_may_not_lead_out_of_the_project(tmp_path: Path) -> None:
    lay_out(tmp_path, {"secret": "x", "site/templates/a.html": "a"})
    (tmp_path / "site/templates/b.html").symlink_to(tmp_path / "secret")

    assert told(tmp_path / "site") == ["file-outside templates/b.html"]


def test_registries_and_lists_are_read_as_text(tmp_path: Path) -> None:
    lay_out(
        tmp_path,
        {
            "content/people.toml": "\ufeff[line]\r\n",
            "content/topics.toml": "[a]\n",
            "published.txt": "\ufeff/da/b/\r\n/da/a/\r\n",
            "gone.txt": "/da/c/",
        },
    )
    project, _ = found(tmp_path)

    assert (project.people, project.topics) == ("[line]\n", "[a]\n")
    assert (project.published, project.gone) == ("/da/b/\n/da/a/\n", "/da/c/")


@posix
@pytest.mark.parametrize("path", ["published.txt", "gone.txt"])
def test_a_list_that_is_a_link_to_nothing_is_no_empty_list(tmp_path: Path, path: str) -> None:
    lay_out(tmp_path, {"content/news/x/index.da.md": ARTICLE})
    (tmp_path / path).symlink_to("nowhere.txt")

    assert found(tmp_path)[1] == [
        f"{path}: error: this cannot be read (No such file or directory): "
        "put it back, or delete the link that leads to it [file-unreadable]"
    ]


def test_a_merge_left_open_in_a_list_is_an_error(tmp_path: Path) -> None:
    lay_out(tmp_path, {"published.txt": "/a/\n<<<<<<< HEAD\n/b/\n=======\n/c/\n>>>>>>> x\n"})

    assert told(tmp_path) == ["merge-conflict published.txt"]


def test_a_text_that_is_not_utf_8_is_told_at_its_line(tmp_path: Path) -> None:
    lay_out(tmp_path, {"content/people.toml": "[a]\nname = 'Åse'\n".encode("cp1252")})
    project, findings = found(tmp_path)

    assert project.people is None
    assert findings[1] == (
        "content/people.toml:2: error: this line is not UTF-8 text, near “name = 'Åse'”: save "
        "the file as UTF-8 (in most programs: Save as, Encoding, UTF-8) [file-encoding]"
    )


def test_config_is_read_as_text(tmp_path: Path) -> None:
    lay_out(tmp_path, {"config.toml": 'title = "Å"\r\n'})

    assert read_config_text(tmp_path, Findings()) == 'title = "Å"\n'


def test_no_config_is_an_error(tmp_path: Path) -> None:
    findings = Findings()

    assert read_config_text(tmp_path, findings) is None
    assert str(findings.found[0]) == (
        "config.toml: error: there is no config.toml here: "
        "go to the folder of the site, or name it, as in sitegen build -C my-site [config-missing]"
    )


def test_a_line_can_be_shown_under_a_finding(tmp_path: Path) -> None:
    lay_out(tmp_path, {"a.md": "en\r\nto\n", "b.md": b"\xff"})

    assert [read_line(tmp_path, "a.md", number) for number in (1, 2, 0, 9)] == ["en", "to", "", ""]
    assert [read_line(tmp_path, path, 1) for path in ("b.md", "gone.md")] == ["", ""]


def test_the_order_of_the_system_does_not_show(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [f"content/news/{name}/{file}" for name in "cab" for file in ("index.da.md", "1.jpg")]
    lay_out(tmp_path, dict.fromkeys([*paths, "content/files/b", "content/files/a"], ARTICLE))
    first, _ = found(tmp_path)
    real_listing = os.scandir

    @contextmanager
    def backwards(place: str) -> Iterator[list[os.DirEntry[str]]]:
        with real_listing(place) as entries:
            yield sorted(entries, key=lambda entry: entry.name, reverse=True)

    monkeypatch.setattr(os, "scandir", backwards)
    second, _ = found(tmp_path)

    assert first == second
    assert [list(first.media), list(first.files)] == [list(second.media), list(second.files)]
    assert [source.story for source in second.sources] == ["news/a", "news/b", "news/c"]


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30))
def test_any_name_is_a_story_or_a_fault(name: str) -> None:
    """No name makes the rules stumble, and none is lost without a word."""
    naming = Naming(LANGUAGES, "da", Findings())
    try:
        source = naming.source(f"content/news/{name.replace('/', '-')}.md")
    except FaultError as fault:
        assert fault.code in CODES
    else:
        assert source.language in LANGUAGES
