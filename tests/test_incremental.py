"""Whatever was edited since, a build ends where a clean one would, byte for byte, manifest too."""

import datetime as dt
import io
import os
import random
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule
from PIL import Image

from sitegen.cache import FILE
from sitegen.pipeline import workers
from tests.conftest import CONFIG, NOW, THEME, Site, settled

NAMES = ("2024-05-17-lviv", "2024-05-20-kyiv", "2023-11-02-odesa", "flad", "2024-06-03-snart")
TEXTS = (
    "Vi åbner et kontor.",
    "Se [naboen](../2024-05-20-kyiv/index.da.md).\n\n## Et afsnit",
    "Det sagde Line Milthers.",
    '![Holdet](hold.png "Foto: Bo")',
    "Et [bilag](/bilag.txt).",
    "Mere om [kunder](/da/nyheder/).",
    "Et *ord* til.",
    "Kort.",
    "Længere, og med en note.[^1]\n\n[^1]: Noten.",
    "Se [noget](../findes-ikke/index.da.md).",
)
TITLES = ("Ny partner", "Ny partner i Lviv", "Et år efter", "Åbent hus")
KEYS = (
    "",
    "draft: true",
    "tags: [kunder]",
    "tags: [hold, kunder]",
    "authors: [line]",
    "publish_date: 2024-06-02",
    "expiry_date: 2024-06-02",
    "pinned_until: 2024-06-03",
    "together: true",
    "aliases: [/da/gammel-{story}/]",
    "type: press",
    "related: [2024-05-20-kyiv]",
    "image: hold.png\nimage_credit: Bo",
    "withdrawn: {date: 2024-06-01, reason: Fejl}",
    "slug: fast-{story}",
    "summary: Kort sagt",
)
PEOPLE = (
    '[line]\nname = "Line Milthers"\n',
    '[line]\nname = "Line Milthers"\ntitle = { da = "Leder", en = "Manager" }\n[bo]\nname = "Bo"\n',
    '[bo]\nname = "Bo"\n',
)
TOPICS = (
    '[kunder]\nname = { da = "Kunder", en = "Clients" }\n'
    '[hold]\nname = { da = "Hold", en = "Teams" }\n',
    '[kunder]\nname = { da = "Kundesager", en = "Clients" }\n'
    '[hold]\nname = { da = "Hold", en = "Teams" }\nslug = { da = "holdene", en = "teams" }\n',
)
PARTS = {
    "parts/about.html": ("<p>{{ about }}</p>", "<div>{{ about }}</div>"),
    "article.html": ('{% extends "page.html" %}', None),
    "parts/footer.html": ("<footer>En</footer>", "<footer>To {{ frame.language }}</footer>"),
    "assets/site.css": ("a{color:red}", "a{color:blue}"),
}
SENTENCES = (
    "Et ord til.", "Og 5 til.", "Så sagde Bo det.", "\n\n## Et afsnit", "\n\n- et\n- to",
    "*Kursiv*.", "[Listen](/da/nyheder/).", "”Citat”, siger Line Milthers.", "Det var alt.",
)  # fmt: skip
EDITS = (1, 1, 2, 5, 10)  # between two builds: many would hide what a single one breaks
COPIED = ("bilag.txt", "side/index.html", "x/y.txt")
choice = st.integers(0, 99)


def picture(number: int) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (8 + number % 3, 8), "white").save(buffer, "PNG")
    return buffer.getvalue()


class Editing(RuleBasedStateMachine):
    """Edits of every kind, in any order, with a build now and then."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="sitegen-"))
        self.site = Site(self.folder / "project")
        self.now = NOW
        self.articles: dict[tuple[int, int], tuple[int, int, int]] = {}
        self.site.root.mkdir()
        self.configure(0, 0)
        self.know_people(0)
        self.know_topics(0)
        self.files_as_they_are("bilag.txt", 1)
        for story in range(len(NAMES)):
            self.write(story, 0, 1, 0, 0)
        self.write(1, 1, 1, 0, 0)

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    def write(self, story: int, language: int, title: int, key: int, text: int) -> None:
        """Write or rewrite an article, whole."""
        self.articles[story % len(NAMES), language % 2] = (title, key, text)
        self.save(story, language)

    def save(self, story: int, language: int) -> None:
        title, key, text = self.articles[story % len(NAMES), language % 2]
        name, code = NAMES[story % len(NAMES)], ("da", "en")[language % 2]
        place = f"{name}.{code}.md" if name == "flad" else f"{name}/index.{code}.md"
        day = "date: 2024-05-01\n" if name == "flad" else ""
        headline = f"{TITLES[title % len(TITLES)]} {story % len(NAMES) if title % 9 else ''}"
        said = KEYS[key % len(KEYS)].replace("{story}", name[:10])
        head = f"title: {headline}\nimage_alt: Holdet\n{day}{said}"
        words = TEXTS[(text + text // 50) % len(TEXTS) if text % 7 else 0]
        folder = "" if name == "flad" else f"{name}/"
        if "hold.png" in head + words:
            self.site.change(f"content/news/{folder}hold.png", picture(story))
        self.site.change(f"content/news/{place}", f"---\n{head.strip()}\n---\n{words}\n")

    def edit(self, which: int, part: int, value: int) -> None:
        """Change one thing about an article: its title, a key, its text."""
        place = sorted(self.articles)[which % len(self.articles)]
        said = [*self.articles[place]]
        said[part % 3] = value
        self.articles[place] = (said[0], said[1], said[2])
        self.save(*place)

    def say_more(self, which: int, sentence: int, where: int) -> None:
        """Change the text of an article alone, mostly without its first paragraph."""
        found = [path for path in self.files("content/news") if path.suffix == ".md"]
        if found:
            path = found[which % len(found)]
            said = SENTENCES[sentence % len(SENTENCES)]
            between = "\n\n" if where % 4 else " "
            path.write_text(path.read_text("utf-8").rstrip() + f"{between}{said}\n", "utf-8")

    def files(self, folder: str) -> list[Path]:
        return sorted(p for p in (self.site.root / folder).rglob("*") if p.is_file())

    def remove(self, which: int) -> None:
        """Take a file of the content away."""
        found = self.files("content/news")
        if found:
            found[which % len(found)].unlink()

    def move(self, which: int, name: int) -> None:
        """Rename a story's folder."""
        found = [p for p in sorted((self.site.root / "content/news").iterdir()) if p.is_dir()]
        target = self.site.root / "content/news" / NAMES[name % len(NAMES)]
        if found and not target.exists():
            found[which % len(found)].rename(target)

    def rewrite_in_place(self, which: int, letter: str) -> None:
        """Change a letter without a change of size, and put the time back."""
        found = [path for path in self.files("content/news") if path.suffix == ".md"]
        if found:
            path = found[which % len(found)]
            status = path.stat()
            path.write_bytes(path.read_bytes()[:-2] + letter.encode() + b"\n")
            os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))

    def know_people(self, which: int) -> None:
        self.site.change("content/people.toml", PEOPLE[which % len(PEOPLE)])

    def know_topics(self, which: int) -> None:
        self.site.change("content/topics.toml", TOPICS[which % len(TOPICS)])

    def configure(self, title: int, size: int) -> None:
        menus = '["news", "archive"]', '["archive", "news"]'
        names = "Avisen", "Bladet"
        config = CONFIG.replace("Avisen", names[title % 2])
        config = config.replace('"nyheder"\n', f'"nyheder"\nmenu = {menus[title % 2]}\n')
        config += f"\n[build]\npage_size = {2 + size % 2}\n"
        self.site.change("config.toml", config)

    def design(self, name: str, which: int) -> None:
        """Put a part of one's own before the theme's, or take it away."""
        path = self.site.root / "templates" / name
        text = (*PARTS[name], None)[which % 3]
        if text is not None:
            self.site.change(f"templates/{name}", text)
        elif path.exists():
            path.unlink()

    def say_it_otherwise(self, which: int) -> None:
        """Change the wording."""
        words = (THEME / "wording/da.toml").read_text("utf-8")
        said = words.replace("Læs også", ("Læs også", "Mere om det")[which % 2])
        self.site.change("templates/wording/da.toml", said)

    def picture(self, which: int, number: int) -> None:
        found = sorted((self.site.root / "content/news").rglob("hold.png"))
        if found:
            found[which % len(found)].write_bytes(picture(number))

    def files_as_they_are(self, name: str, number: int) -> None:
        path = self.site.root / "content/files" / name
        if number % 4 == 0 and path.exists() and name != "bilag.txt":
            path.unlink()
        elif not path.with_suffix("").is_file():
            self.site.change(f"content/files/{name}", f"Bilag {number % 3}")

    def wait(self, hours: int) -> None:
        """Let time pass, or turn the clock back."""
        self.now += dt.timedelta(hours=hours)

    def meddle(self, which: int, how: int) -> None:
        """Delete or alter a file of output/."""
        found = [path for path in self.files("output") if path.name[0] != "."]
        if found and how % 2:
            found[which % len(found)].unlink()
        elif found:
            found[which % len(found)].write_bytes(b"altered")

    def spoil_the_cache(self, how: int, place: int) -> None:
        """Delete or damage the cache, or let another version have written it."""
        cache = self.site.root / ".sitegen" / FILE
        if not cache.exists():
            return
        if how % 4 == 0:
            shutil.rmtree(cache.parent)
        elif how % 4 == 1:
            content = bytearray(cache.read_bytes())
            content[place % len(content)] ^= 0xFF
            cache.write_bytes(content)
        elif how % 4 == 2:
            shutil.rmtree(self.site.output, ignore_errors=True)
        else:
            with sqlite3.connect(cache) as connection:
                connection.execute("UPDATE notes SET value = X'00' WHERE name = 'version'")
            connection.close()

    @rule(seed=st.integers(0, 2**32))
    def edit_and_build(self, seed: int) -> None:
        """Make some edits, mostly of articles: what many pages depend on would hide all else."""
        draw = random.Random(seed)

        def pick() -> int:
            return draw.randrange(100)

        rare: tuple[Callable[[], None], ...] = (
            lambda: self.know_people(pick()),
            lambda: self.know_topics(pick()),
            lambda: self.configure(pick(), pick()),
            lambda: self.design(draw.choice(sorted(PARTS)), pick()),
            lambda: self.say_it_otherwise(pick()),
            lambda: self.spoil_the_cache(pick(), draw.randrange(1 << 30)),
            lambda: self.move(pick(), pick()),
            lambda: self.remove(pick()),
            lambda: self.files_as_they_are("da/nyheder/index.html", pick()),
        )
        usual: tuple[Callable[[], None], ...] = (
            lambda: self.edit(pick(), pick(), pick()),
            lambda: self.edit(pick(), pick(), pick()),
            lambda: self.edit(pick(), pick(), pick()),
            lambda: self.write(pick(), pick(), pick(), pick(), pick()),
            lambda: self.say_more(pick(), pick(), pick()),
            lambda: self.say_more(pick(), pick(), pick()),
            lambda: self.rewrite_in_place(pick(), draw.choice("abc")),
            lambda: self.picture(pick(), pick()),
            lambda: self.files_as_they_are(draw.choice(COPIED), pick()),
            lambda: self.meddle(pick(), pick()),
            lambda: self.wait(draw.randrange(-30, 40)),
        )
        for _ in range(draw.choice(EDITS)):
            draw.choice(rare if draw.random() < 0.12 else usual)()
        if draw.random() < 0.7:
            settled(self.site)  # else the files are too young for what a build may skip
        self.build(pick())

    def build(self, cores: int) -> None:
        """Build, and compare with a clean build."""
        change: dict[str, Any] = {"now": self.now, "cores": 2 if cores % 25 == 24 else 1}
        clean = Site(self.site.root)
        clean.output = self.folder / "clean"
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("os.sync", lambda: None)
            patch.setattr(workers, "FEW", 1)
            self.site.build(**change)
            clean.build(now=self.now, output=clean.output, use_cache=False)
        assert clean.lines == self.site.lines
        if clean.is_sound:
            assert clean.files() == self.site.files()
        shutil.rmtree(clean.output, ignore_errors=True)


Editing.TestCase.settings = settings(
    # a failure is told as it was found: looking for a smaller one would take minutes
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    max_examples=44,
    stateful_step_count=12,
    deadline=None,
    report_multiple_bugs=False,
)
test_every_build_is_a_clean_build = Editing.TestCase
