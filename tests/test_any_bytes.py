"""Any bytes as a file of the project end in findings or in a sound build, never in an exception."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.findings import CODES
from tests.conftest import CONFIG, THEME, Site, one_in

ARTICLE = "content/news/2024-05-17-a/index.da.md"
SOUND = {
    ARTICLE: "---\ntitle: A\nsummary: B\nauthors: [ib]\ntags: [t]\ntype: press\ncontact: ib\n"
    "related: [2024-05-18-b]\ncorrections:\n- {date: 2024-05-18, text: C}\n---\n"
    "## D\n\nE [f](../2024-05-18-b.da.md)[^1] **g** `h`\n\n- i\n\n[^1]: J\n\n|a|b|\n|-|-|\n|c|d|\n",
    "content/people.toml": '[ib]\nname = "Ib"\ntitle = { da = "A", en = "B" }\nleft = "2014-01"\n'
    'email = "ib@a.dk"\nphone = "112"\nlinks = ["https://a.dk"]\n',
    "content/topics.toml": '[t]\nname = { da = "T", en = "U" }\nslug = { en = "u" }\n'
    'description = { da = "V", en = "W" }\n',
    "config.toml": f"{CONFIG}"
    '[company]\nname = "A"\ntagline = { da = "B", en = "C" }\naddress = ["D"]\nurl = "https://a.dk"\n'
    '[build]\npage_size = 3\n[checks]\nheading-level = "off"\n[extra]\na = { b = [1, 2.5, "c"] }\n',
    "templates/wording/da.toml": (THEME / "wording/da.toml").read_text("utf-8"),
    "templates/article.html": (THEME / "article.html").read_text("utf-8"),
    "templates/feeds/rss.xml": (THEME / "feeds/rss.xml").read_text("utf-8"),
    "published.txt": "/da/\n",
}
OTHER = "---\ntitle: B\nauthors: [ib]\ntags: [t]\n---\nB.\n"
PIECES = (
    "---\n", "\n", "\t", " ", ":", "'", '"', '"""', "[", "]", "{", "}", "=", "#", "|", ">", ",",
    "&a ", "*a", "<<: ", "!!x ", "? ", "- ", "%", "\\", "\\u000B", "\\ud800", "\0", "\x0b", "0",
    "\u2028", "9" * 5_000, "nan", "inf", "-1", "true", "null", "1979-05-27", "title", "da", "ib",
    "\ufeff", "[x]\n", "[[x]]\n", "a.b.c = 1\n", "[" * 5_000, "a." * 2_000, "{{", "}}", "{#",
    "{{ x.y }}", "{% if x %}", "{% for x in y %}", "{% endif %}", "{{ title.__class__ }}",
    "{% include x %}", "<b>", "</p>", "<script>", "[^2]", "![a](b)", "](", "::: fact A\n",
    "<<<<<<< a\n", "/../",
)  # fmt: skip
BROKEN = (b"\xff", b"\xfe\xff", b"\xc3", b"\xed\xa0\x80", b"\xf0\x9f", b"\0\0", b"\r", b"\r\n")
PIECE = st.sampled_from([*(piece.encode() for piece in PIECES), *BROKEN]) | st.binary(max_size=6)


@st.composite
def changed(draw: st.DrawFn, sound: bytes) -> bytes:
    """Return a sound file in which pieces were put, or put in the place of others."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(sound)))
        end = min(len(sound), start + draw(st.sampled_from([0, 0, 1, 5, 30, len(sound)])))
        sound = sound[:start] + draw(PIECE) + sound[end:]
    return sound


ANY = st.binary(max_size=300) | st.lists(PIECE, max_size=12).map(b"".join)


@pytest.mark.parametrize("path", SOUND)
@one_in(25)
@given(data=st.data())
def test_any_bytes_end_in_findings_or_in_a_sound_site(path: str, data: st.DataObject) -> None:
    """Of articles, registries, config, wording, templates, and the list of addresses."""
    content = data.draw(changed(SOUND[path].encode()) | ANY, label=path)
    with TemporaryDirectory() as folder:
        project = Site(Path(folder)).change("content/news/2024-05-18-b.da.md", OTHER)
        for name, text in SOUND.items():
            project.change(name, text)
        project.change(path, content).build(is_check=True, use_cache=False)

    assert project.is_sound or project.findings
    assert all(finding.code in CODES for finding in project.findings)
    assert all(line.isprintable() for line in project.lines)


def test_the_files_of_these_tests_are_sound() -> None:
    with TemporaryDirectory() as folder:
        project = Site(Path(folder)).change("content/news/2024-05-18-b.da.md", OTHER)
        for name, text in SOUND.items():
            project.change(name, text)

        assert project.build(is_check=True).lines == []
