"""What each generator wants: its files, its front matter, its command, and how it differs."""

import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from benchmarks import corpus
from benchmarks.corpus import Article, Story

HERE = Path(__file__).parent
ROOT = HERE.parent
BIN = ROOT / ".venv" / "bin"
OTHERS = ROOT / ".venv-bench"


class Generator(msgspec.Struct, frozen=True, kw_only=True):
    """A generator: how its project is laid out and built, and how it differs."""

    name: str
    command: Sequence[str]
    source: str
    """The place of an article, of its story's name and language."""
    link: str
    """What a text writes to link to another story."""
    front: Callable[[Story, Article, str], str]
    article_template: str
    output: str
    leftovers: Sequence[str]
    """What a cold build must not find."""
    prepare: Callable[[Path], None]
    differs: str
    """What it makes that others do not, or leaves out that they make."""

    def write(self, project: Path, story: Story) -> tuple[Path, ...]:
        """Write a story in both languages, and return its files."""
        written = []
        for language in corpus.LANGUAGES:
            article = corpus.tell(story, language, self._link_to)
            path = project / self.source.format(name=story.name, language=language)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(self.front(story, article, language) + article.body, "utf-8")
            written.append(path)
        return tuple(written)

    def _link_to(self, name: str, language: str) -> str:
        return self.link.format(name=name, language=language)

    def generate(self, project: Path, stories: int, seed: int = 1) -> None:
        """Make a project with so many stories that the command can build."""
        project.mkdir(parents=True)
        self.prepare(project)
        for number in range(stories):
            self.write(project, corpus.plan_story(number, stories, seed))


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _yaml(story: Story, article: Article, authors: str, people: str) -> str:
    return (
        f"---\ntitle: {_quoted(article.title)}\ndate: {story.day}\n{people}: [{authors}]\n"
        f"tags: [{', '.join(story.topics)}]\nsummary: {_quoted(article.summary)}\n"
    )


def _sitegen_front(story: Story, article: Article, _: str) -> str:
    return _yaml(story, article, _identifier(story.author), "authors") + "---\n\n"


def _hugo_front(story: Story, article: Article, _: str) -> str:
    """Give the year as a term too, as that is how Hugo makes a page a year."""
    front = _yaml(story, article, story.author, "people")
    return f'{front}years: ["{story.day.year}"]\n---\n\n'


def _pelican_front(story: Story, article: Article, language: str) -> str:
    return (
        f"Title: {article.title}\nDate: {story.day}\nAuthor: {story.author}\nLang: {language}\n"
        f"Tags: {', '.join(story.topics)}\nSlug: {story.name}\nSummary: {article.summary}\n\n"
    )


def _identifier(name: str) -> str:
    return name.split(maxsplit=1)[0].lower()


def _prepare_sitegen(project: Path) -> None:
    """Write the project's own config and registries, with an article template to be edited."""
    shutil.copy(ROOT / "config.toml", project)
    (project / "templates").mkdir()
    shutil.copy(ROOT / "templates/article.html", project / "templates")
    content = project / "content"
    content.mkdir()
    people = [f"[{_identifier(name)}]\nname = {_quoted(name)}\n" for name in corpus.PEOPLE]
    content.joinpath("people.toml").write_text("\n".join(people), "utf-8")
    topics = [
        f'[{topic}]\nname = {{ da = "{topic.title()}", en = "{topic.title()}" }}\n'
        for topic in corpus.TOPICS
    ]
    content.joinpath("topics.toml").write_text("\n".join(topics), "utf-8")


def _copied(folder: str) -> Callable[[Path], None]:
    def prepare(project: Path) -> None:
        shutil.copytree(HERE / folder, project, dirs_exist_ok=True)

    return prepare


def _hugo_program() -> str:
    """Return Hugo itself; the command of its package is Python, whose start is not Hugo's."""
    found = sorted(OTHERS.glob("lib/python*/site-packages/hugo/binaries/hugo*"))
    return str(found[0]) if found else "hugo"


SITEGEN = Generator(
    name="sitegen",
    command=(str(BIN / "sitegen"), "build", "--quiet"),
    source="content/news/{name}/index.{language}.md",
    link="../{name}/index.{language}.md",
    front=_sitegen_front,
    article_template="templates/article.html",
    output="output",
    leftovers=("output", ".sitegen"),
    prepare=_prepare_sitegen,
    differs="as it is, with all that is on by default: also Atom and JSON feeds, people shown "
    "beside articles that name them, styles, a check of every finished page",
)
HUGO = Generator(
    name="Hugo",
    command=(_hugo_program(), "--quiet"),
    source="content/news/{name}/index.{language}.md",
    link="/news/{name}",
    front=_hugo_front,
    article_template="layouts/page.html",
    output="public",
    leftovers=("public", "resources", ".hugo_build.lock"),
    prepare=_copied("hugo"),
    differs="article, front and list pages, years, archive, topics, people, related and "
    "neighbouring news, RSS, sitemap, structured data",
)
PELICAN = Generator(
    name="Pelican",
    command=(str(OTHERS / "bin" / "pelican"), "--quiet"),
    source="content/{name}.{language}.md",
    link="{{filename}}{name}.{language}.md",
    front=_pelican_front,
    article_template="theme/templates/article.html",
    output="output",
    leftovers=("output", "cache", "__pycache__"),
    prepare=_copied("pelican"),
    differs="as Hugo, but without related and neighbouring news, a front page, and English lists, "
    "years, topics and people, as what is translated has only articles and a feed there",
)
GENERATORS = (SITEGEN, HUGO, PELICAN)
