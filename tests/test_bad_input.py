"""Broken input of every kind: all findings in one run, each once, and output/ as it was.

One mistake for each code is in tests/mistakes.py; these are further ones.
"""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen.findings import CODES
from tests.conftest import CONFIG, THEME, Site

MakeSite = Callable[[str], Site]

PAIR = """\
-- content/news/2024-05-17-lviv/index.da.md --
---
title: Ny partner
---
Tekst.
-- content/news/2024-05-17-lviv/index.en.md --
---
title: New partner
---
Text.
"""
DA, EN = "content/news/2024-05-17-lviv/index.da.md", "content/news/2024-05-17-lviv/index.en.md"


def refused(project: Site, **order: object) -> list[str]:
    """Build, and return what was found; output/ must be what it was, to the byte."""
    before = project.files()
    project.build(**order)

    assert not project.is_sound
    assert before == project.files()
    for finding in project.findings:
        assert finding.code in CODES
        assert finding.mend or ": " in finding.what, finding
        assert finding.what[:1] == finding.what[:1].lower()
    assert len(set(project.lines)) == len(project.lines)
    return project.lines


FAULTS: dict[str, tuple[dict[str, str | bytes], str]] = {
    "open front matter": ({DA: "---\ntitle: x\n"}, rf"{DA}:1: .*\[front-matter-open\]"),
    "no YAML": ({DA: "---\ntitle: [x\n---\n"}, rf"{DA}:\d: .*\[front-matter-syntax\]"),
    "an empty file": ({DA: ""}, rf"{DA}:1: .*\[front-matter-missing\]"),
    "UTF-16": ({DA: "---\ntitle: x\n---\n".encode("utf-16")}, rf"{DA}(:1)?: .*\[file-encoding\]"),
    "a cut picture": (
        {DA: '---\ntitle: x\n---\n![y](z.png "a | b")\n',
         "content/news/2024-05-17-lviv/z.png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1"},
        rf"{DA}:4: .*\[media-broken\]",
    ),
    "an alias on a page": (
        {DA: "---\ntitle: x\naliases: [/da/nyheder/]\n---\n"}, rf"{DA}:3: .*\[address-taken\]",
    ),
    "an alias on itself": (
        {DA: "---\ntitle: x\naliases: [/da/nyheder/2024/x/]\n---\n"},
        rf"{DA}:3: .*\[address-taken\]",
    ),
    "a file at the address of a page": (
        {"content/files/da/index.html": "x"}, r"content/files/da/index\.html: .*\[address-taken\]",
    ),
    "a file in the way of a folder": (
        {"content/files/da": "x"}, r"content/files/da: .*\[address-taken\]",
    ),
    "a file that sitegen makes itself": (
        {"content/files/sitemap.xml": "x"}, r"content/files/sitemap\.xml: .*\[address-taken\]",
    ),
    "a file whose name is no address": (
        {"content/files/a\\b.txt": "x"}, r"content/files/a\\b\.txt: .*\[file-name\]",
    ),
    **{
        f"a file that Windows cannot have, {name!r}": (
            {f"content/files/{name}": "x"}, rf"content/files/{re.escape(name)}: .*\[file-name\]",
        )
        for name in ("con.txt", "x/Nul", "a.", "a ", "a?b.txt", "a:b.txt")
    },
    "a slug of 300 letters": (
        {DA: f"---\ntitle: x\nslug: {'a' * 300}\n---\n"}, rf"{DA}:3: .*\[slug-invalid\]",
    ),
    "an alias of 300 letters": (
        {DA: f"---\ntitle: x\naliases: [/{'a' * 300}/]\n---\n"}, rf"{DA}:3: .*\[alias-invalid\]",
    ),
    "a copy of an article": (
        {DA.replace("index.da", "index (1).da"): "---\ntitle: Kopi\n---\n"},
        r"index \(1\)\.da\.md: .*\[file-copy\]",
    ),
    "no TOML in config": ({"config.toml": "title = \n"}, r"config\.toml:1: .*\[config-syntax\]"),
    "an unknown key in config": (
        {"config.toml": 'titel = "x"\n' + CONFIG}, r"config\.toml:1: .*\[config-unknown-key\]",
    ),
    "a config that is no text": (
        {"config.toml": b"\xff\xfe\0"}, r"config\.toml.*\[file-encoding\]",
    ),
    "a broken template": (
        {"templates/article.html": "{% if %}"}, r"templates/article\.html:1: .*\[template-error\]",
    ),
    "a template that is no text": (
        {"templates/article.html": b"\xff"}, r"templates/article\.html:1: .*\[file-encoding\]",
    ),
    "no TOML in the wording": (
        {"templates/wording/da.toml": "[text\n"}, r"wording/da\.toml:1: .*\[wording-syntax\]",
    ),
    "a wording with an unknown placeholder": (
        {"templates/wording/da.toml": (THEME / "wording/da.toml").read_text("utf-8").replace(
            "{number} af {pages}", "{nummer} af {pages}"
        )},
        r"wording/(da|en)\.toml:\d+: .*\[wording-syntax\]",
    ),
    "a plural with an unknown placeholder": (
        {"templates/wording/da.toml": (THEME / "wording/da.toml").read_text("utf-8").replace(
            "{n} nyhed", "{x} nyhed"
        )},
        r"wording/da\.toml:\d+: .*`one` has a placeholder \{x\}.*\[wording-syntax\]",
    ),
    "two pages of the site at one address": (
        {"templates/wording/da.toml": (THEME / "wording/da.toml").read_text("utf-8").replace(
            'press = "presse"', 'press = "soeg"'
        )},
        r"\[address-taken\]",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("files", "expected"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_is_found_at_its_place_and_nothing_else_is_said(
    site: MakeSite, files: dict[str, str | bytes], expected: str
) -> None:
    project = site(PAIR)
    for path, content in files.items():
        project.change(path, content)
    lines = refused(project, is_check=True)

    assert re.search(expected, lines[0]), lines
    codes = {finding.code for finding in project.findings}
    assert len(codes) == 1, lines


TEN = {
    "config.toml": CONFIG + '[company]\nname = 3\nslogan = "x"\n',
    "content/people.toml": "[ib]\nnavn = 'Ib'\n",
    "content/news/2024-01-01-a/index.da.md": "---\ntitel: A\n---\nA.\n",
    "content/news/2024-01-02-b/index.da.md": "---\ntitle: B\n---\n# B\n\n[x](../nope.md)\n",
    "content/news/2024-01-03-c/index.da.md": "---\ntitle: C\ntags: [nope]\n---\n<script>\n",
    "content/news/2024-01-04-d/index.xx.md": "---\ntitle: D\n---\nD.\n",
    "content/news/2024-01-05-e/index.da.md": "E.\n",
    "content/news/2024-01-06-f/index.da.md": '---\ntitle: F\n---\n![f](f.png "f | f")\n',
    "content/news/2024-01-06-f/f.png": "no picture",
    "content/files/sitemap.xml": "x",
    "templates/article.html": "\n{{ nope }}\n",
}


def test_ten_faults_are_all_found_in_one_run_sorted_and_each_once(site: MakeSite) -> None:
    project = site(PAIR).build()
    for path, content in TEN.items():
        project.change(path, content)
    refused(project)
    found = [(finding.path, finding.line, finding.code) for finding in project.findings]

    assert found == [
        ("config.toml", 18, "config-type"),
        ("config.toml", 19, "config-unknown-key"),
        ("content/files/sitemap.xml", None, "address-taken"),
        ("content/news/2024-01-01-a/index.da.md", 2, "front-matter-unknown-key"),
        ("content/news/2024-01-02-b/index.da.md", 4, "heading-level"),
        ("content/news/2024-01-02-b/index.da.md", 6, "link-broken"),
        ("content/news/2024-01-03-c/index.da.md", 3, "topic-unknown"),
        ("content/news/2024-01-03-c/index.da.md", 5, "html-forbidden"),
        ("content/news/2024-01-04-d/index.xx.md", None, "language-unknown"),
        ("content/news/2024-01-05-e/index.da.md", 1, "front-matter-missing"),
        ("content/news/2024-01-06-f/index.da.md", 4, "media-broken"),
        ("content/people.toml", 2, "registry-key"),
        ("templates/article.html", 2, "template-error"),
    ]


def test_a_second_run_finds_the_same_from_its_cache(site: MakeSite) -> None:
    project = site(PAIR)
    for path, content in TEN.items():
        project.change(path, content)

    assert refused(project) == refused(project) == refused(project, use_cache=False)


def test_a_missing_config_says_where_to_go(site: MakeSite) -> None:
    project = site(PAIR).build().remove("config.toml")

    assert refused(project) == [
        "config.toml: error: there is no config.toml here: go to the folder of the site, or name"
        " it, as in sitegen build -C my-site [config-missing]"
    ]


def test_an_empty_config_lacks_all_that_a_site_needs(site: MakeSite) -> None:
    refused(site(PAIR).change("config.toml", ""))


def test_an_empty_content_gives_a_site_that_says_so(site: MakeSite) -> None:
    project = site("").build()

    assert project.is_sound
    assert [finding.code for finding in project.findings] == ["content-empty"]
    assert "Der er ingen nyheder endnu." in project.page("da/index.html")
    assert "There is no news yet." in project.page("en/news/index.html")


def test_a_level_set_in_checks_holds(site: MakeSite) -> None:
    project = site("").change("config.toml", CONFIG + '[checks]\ncontent-empty = "error"\n')
    assert refused(project.build())

    project.change("config.toml", CONFIG + '[checks]\ncontent-empty = "off"\n').build()
    assert project.lines == []


@pytest.mark.parametrize(
    ("code", "path", "text"),
    [
        ("date-missing", "content/news/x.da.md", "---\ntitle: X\n---\n"),
        ("slug-empty", DA, "---\ntitle: Їжак\n---\n"),
        ("address-taken", "content/files/da/index.html", "x"),
        ("template-error", "templates/article.html", "{{ nope }}"),
        ("wording-missing", "templates/wording/da.toml", "[addresses]\n[text]\n"),
        ("media-missing", DA, '---\ntitle: x\n---\n![y](z.jpg "a | b")\n'),
        ("front-matter-missing", DA, "x"),
    ],
)
@pytest.mark.parametrize("level", ["off", "warning"])
def test_a_level_below_error_never_makes_a_traceback(
    site: MakeSite, code: str, path: str, text: str, level: str
) -> None:
    project = site(PAIR).change("config.toml", CONFIG + f'[checks]\n{code} = "{level}"\n')
    project.change(path, text).build(is_check=True)

    assert all(finding.code in CODES for finding in project.findings)


# the file system


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_a_link_out_of_the_project_is_not_followed(site: MakeSite, tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text("---\ntitle: Secret\n---\nSecret.\n")
    project = site(PAIR).build()
    (project.root / "content/news/2024-06-01-x.da.md").symlink_to(secret)

    assert [finding.code for finding in project.findings] == []
    lines = refused(project)
    assert len(lines) == 1
    assert re.search(r"^content/news/2024-06-01-x\.da\.md: error: .*\[file-outside\]", lines[0])


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_a_link_to_nothing_and_a_link_in_a_circle_are_found(site: MakeSite) -> None:
    project = site(PAIR)
    (project.root / "content/news/2024-06-01-x.da.md").symlink_to("nowhere.md")
    (project.root / "content/news/2024-06-02-y.da.md").symlink_to("2024-06-02-y.da.md")
    refused(project)

    assert [finding.code for finding in project.findings] == ["file-unreadable"] * 2


def test_a_folder_with_the_name_of_an_article_is_found(site: MakeSite) -> None:
    project = site(PAIR)
    (project.root / "content/news/2024-06-01-x/index.da.md").mkdir(parents=True)
    lines = refused(project)

    assert len(lines) == 1
    assert re.search(r"2024-06-01-x/index\.da\.md: error: .*\[file-kind\]", lines[0])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes")
def test_a_pipe_is_found_and_never_waited_for(site: MakeSite) -> None:
    project = site(PAIR)
    os.mkfifo(project.root / "content/news/2024-06-01-x.da.md")
    refused(project)

    assert [finding.code for finding in project.findings] == ["file-kind"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_found(site: MakeSite) -> None:
    project = site(PAIR)
    (project.root / DA).chmod(0)

    assert re.search(r"chmod.*\[file-unreadable\]", refused(project)[0])


def test_a_file_that_vanishes_while_it_is_read_is_found(
    site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sitegen.discover import discover
    from sitegen.pipeline import reading

    project = site(PAIR).build()

    def vanishing(root: Path, *rest: object) -> object:
        found = discover(root, *rest)  # type: ignore[arg-type]
        (root / DA).unlink()
        return found

    monkeypatch.setattr(reading, "discover", vanishing)
    project.change(DA, "---\ntitle: Nyt\n---\nTekst.\n")  # else nobody would read it again
    assert re.search(rf"^{DA}: error: .*\[file-unreadable\]$", refused(project)[0])


def test_what_stands_in_output_without_being_ours_is_left_alone_and_told(site: MakeSite) -> None:
    project = site(PAIR).build()
    (project.output / "note.txt").write_text("mine")
    project.build()

    assert project.is_sound
    assert [finding.code for finding in project.findings] == ["output-foreign-file"]
    assert (project.output / "note.txt").read_text() == "mine"


def test_editors_scratch_files_disturb_nothing(site: MakeSite) -> None:
    project = site(PAIR)
    for name in (".index.da.md.swp", "index.da.md~", "#index.da.md#", ".DS_Store", "4913"):
        project.change(f"content/news/2024-05-17-lviv/{name}", b"\xff\0")

    assert project.build().lines == []


def test_a_faulty_value_hides_nothing_else_of_the_same_article(site: MakeSite) -> None:
    """An editor mends all of it in one go; and a date that cannot be read is not also missing."""
    project = site(PAIR)
    project.change(
        "content/news/fejl.da.md",
        "---\ntitle: Fejl\ndate: 17. maj 2024\ntags: [ukendt]\n---\n\n[x](mangler.da.md)\n",
    )

    lines = refused(project)

    assert [line.split(": ")[0] + line[line.rindex(" [") :] for line in lines] == [
        "content/news/fejl.da.md:3 [date-invalid]",
        "content/news/fejl.da.md:4 [topic-unknown]",
        "content/news/fejl.da.md:7 [link-broken]",
    ]


@pytest.mark.parametrize("name", ["plan.svg", "hus.bmp", "tal.pdf"])
def test_what_is_no_picture_for_browsers_cannot_stand_as_one(site: MakeSite, name: str) -> None:
    """An SVG may hold a script: it must be saved as PNG."""
    project = site(PAIR)
    project.change(f"content/news/2024-05-17-lviv/{name}", "<svg><script>1</script></svg>")
    project.change(
        DA,
        f"---\ntitle: x\nimage: {name}\nimage_alt: Hus\nimage_credit: A\n---\n"
        f'![Hus]({name} "Hus | Grafik: A")\n',
    )

    lines = refused(project)

    broken = [line.split(": ")[0] for line in lines if line.endswith("[media-broken]")]
    assert broken == [f"{DA}:3", f"{DA}:7"]


def test_a_picture_that_two_languages_use_is_told_once_where_it_is_named(site: MakeSite) -> None:
    """reliability row 22."""
    project = site(PAIR).change("content/news/2024-05-17-lviv/hus.jpg", b"\0\0\0\x18ftypheic")
    project.change(
        DA,
        "---\ntitle: x\nimage: hus.jpg\nimage_alt: Hus\nimage_credit: A\n---\n"
        '![Hus](hus.jpg "Hus | Foto: A")\n',
    )
    project.change(EN, '---\ntitle: y\nimage_alt: x\n---\n![House](hus.jpg "Photo: A")\n')

    assert refused(project) == [
        f"{DA}:3: error: the picture 'hus.jpg' is a HEIC photo, which most browsers do not show: "
        "export it as JPEG (on an iPhone: Settings, Camera, Formats, Most Compatible) "
        "[media-broken]"
    ]


def test_a_page_in_files_is_published_as_it_is_and_one_beside_an_article_is_not(
    site: MakeSite,
) -> None:
    """Whoever runs the site puts pages and scripts into content/files on purpose."""
    page = "<script>1</script>"
    project = site(PAIR).change("content/files/demo.html", page)
    project.change(DA, "---\ntitle: x\n---\nSe [y](../../files/demo.html).\n")
    assert project.build().page("demo.html") == page

    project.change("content/news/2024-05-17-lviv/demo.html", page)
    project.change(DA, "---\ntitle: x\n---\nSe [y](demo.html).\n")
    assert re.search(rf"^{DA}:4: .*\[media-kind\]$", refused(project)[0])


CONFLICT = "<<<<<<< HEAD\na = 1\n=======\nb = 2\n>>>>>>> branch\n"
OTHER = "content/news/2024-05-18-b/index.da.md"
WEB = {
    DA: "---\ntitle: A\nauthors: [ib]\ntags: [k]\ncontact: ib\nrelated: [2024-05-18-b]\n---\n"
        "[B](../2024-05-18-b/index.da.md#om)\n",
    EN: "---\ntitle: A\n---\n",
    OTHER: "---\ntitle: B\n---\n## Om\n",
    "content/news/c/index.da.md": "---\ntitle: C\ndate: 2024-05-19\nimage_alt: x\n---\n",
    "content/news/c/index.en.md": "---\ntitle: C\n---\n",
    "content/people.toml": "[ib]\nname = 'Ib'\n",
    "content/topics.toml": "[k]\nname = { da = 'K', en = 'K' }\n",
}  # fmt: skip
"""A site in which each file is named by others."""


@pytest.mark.parametrize(
    "path",
    [
        *(DA, EN, OTHER, "content/news/c/index.da.md"),
        *("content/people.toml", "content/topics.toml", "config.toml", "published.txt", "gone.txt"),
        *("templates/article.html", "templates/parts/head.html", "templates/wording/da.toml"),
        *("templates/assets/site.css", "templates/assets/brand.css", "templates/feeds/atom.xml"),
    ],
)
def test_an_unfinished_merge_is_told_at_its_line_and_nothing_follows_from_it(
    site: MakeSite, path: str
) -> None:
    """reliability row 11; nobody is blamed for what the other side of the merge may say."""
    project = site("")
    for each, text in WEB.items():
        project.change(each, text)
    assert project.build().is_sound
    before = (project.root / path).read_text("utf-8") if path in WEB else "x = 1\n"
    first, rest = before.split("\n", 1)
    project.change(path, f"{first}\n{CONFLICT}{rest}")

    assert refused(project) == [
        f"{path}:2: error: two people changed this, and both versions stand here: keep one, and "
        "delete the other and the lines that begin with <<<, === and >>> [merge-conflict]"
    ]


def test_a_registry_that_cannot_be_read_blames_no_article(site: MakeSite) -> None:
    project = site("")
    for each, text in WEB.items():
        project.change(each, text)
    project.change("content/people.toml", "[ib]\nname = 'Søren'\n".encode("latin-1"))

    assert [finding.code for finding in project.build().findings] == ["file-encoding"]


def test_a_related_story_that_cannot_be_read_is_not_said_to_be_missing(site: MakeSite) -> None:
    project = site(PAIR)
    project.change("content/news/2024-06-01-x/index.da.md", "---\ntitel: X\n---\nX.\n")
    project.change(DA, "---\ntitle: x\nrelated: [2024-06-01-x, 2024-06-02-y]\n---\nTekst.\n")

    assert [line.split(": ")[0] + line[line.rindex(" [") :] for line in refused(project)] == [
        f"{DA}:3 [related-unknown]",
        "content/news/2024-06-01-x/index.da.md:2 [front-matter-unknown-key]",
    ]
    assert "'2024-06-02-y' in `related` is no story" in project.lines[0]


GERMAN = """
[languages.de]
label = "Deutsch"
locale = "de_DE"
title = "Die Zeitung"
section = "nachrichten"
"""


def test_a_language_that_is_added_late_finds_each_hole_once_and_all_else(site: MakeSite) -> None:
    """It goes on with the words of another language; nothing is published."""
    project = site(PAIR)
    project.change(
        "config.toml",
        f'{CONFIG}{GERMAN}[company]\ntagline = {{ da = "Software", en = "Software" }}\n',
    )
    project.change("content/topics.toml", '[havne]\nname = { da = "Havne", en = "Harbours" }\n')
    project.change(
        "content/people.toml", '[ib]\nname = "Ib Lund"\ntitle = { da = "A", en = "B" }\n'
    )
    project.change(DA, "---\ntitle: x\ntags: [havne]\nauthors: [ib]\n---\nSe [y](z.pdf).\n")

    assert [line.split(": ")[0] + line[line.rindex(" [") :] for line in refused(project)] == [
        "config.toml:24 [language-missing]",
        f"{DA}:6 [link-broken]",
        "content/people.toml:3 [language-missing]",
        "content/topics.toml:2 [registry-language]",
        "templates/wording/de.toml [wording-missing]",
    ]


PEOPLE = '[line-milthers]\nname = "Line Milthers"\n\n[ib]\nname = "Ib"\n'
MENTIONS = {
    DA: "---\ntitle: Ny partner\nauthors: [ib, line-milthers]\nimage_credit: Line Milthers\n---\n"
    "Vi takker **Line\nMilthers’** hold.\n\n*[LM]: Line Milthers\n",
    EN: "---\ntitle: New partner\ncontact: line-milthers\n---\nText.\n",
    "content/topics.toml": '[a]\nname = { da = "Line Milthers", en = "A" }\n',
    "content/files/line-milthers.jpg": "x",
    "config.toml": f'{CONFIG}[contact]\nname = "Line Milthers"\n',
}


def test_a_person_who_is_erased_is_listed_wherever_they_are_named(site: MakeSite) -> None:
    """R66: by id and by name, in every file that readers see something of."""
    project = site(PAIR).change("content/people.toml", PEOPLE)
    for path, content in MENTIONS.items():
        project.change(path, content)
    project.change("content/people.toml", PEOPLE.replace("\n\n", "\nerased = true\n\n"))

    refused(project)

    mend = "write this without the name, and without anything else that tells who it is"
    erased = [line for line in project.lines if line.endswith("[person-erased]")]
    assert erased[0] == (
        "config.toml:18: error: “Line Milthers” is to be erased, as content/people.toml says: "
        f"{mend} [person-erased]"
    )
    assert [line.split(": ")[0] for line in erased] == [
        "config.toml:18",
        "content/files/line-milthers.jpg",
        f"{DA}:3",
        f"{DA}:4",
        f"{DA}:6",
        f"{DA}:9",
        f"{EN}:3",
        "content/topics.toml:2",
    ]


def test_when_the_last_mention_is_gone_the_entry_is_to_be_deleted(site: MakeSite) -> None:
    people = '[line-milthers]\nname = "Line Milthers"\nerased = true\n'
    project = site(PAIR).change("content/people.toml", people).build()

    assert project.is_sound
    assert project.lines == [
        "content/people.toml:1: warning: no article names [line-milthers]: "
        "name it where it belongs, or delete this entry [registry-unused]"
    ]


def test_an_id_that_was_taken_out_of_the_registry_is_told_wherever_it_stands(
    site: MakeSite,
) -> None:
    project = site(PAIR)
    project.change(DA, "---\ntitle: x\nauthors: [line-milthers]\n---\nTekst.\n")
    project.change(EN, "---\ntitle: y\ncontact: line-milthers\n---\nText.\n")

    assert [line.split(": ")[0] + line[line.rindex(" [") :] for line in refused(project)] == [
        f"{DA}:3 [author-unknown]",
        f"{EN}:3 [contact-unknown]",
    ]
    assert "'line-milthers' in `authors` is not in content/people.toml" in project.lines[0]
