"""Made-up news in Danish and English: one plan a story, told in both languages with equal facts."""

import datetime as dt
import functools
import random
from collections.abc import Callable
from typing import Literal

import msgspec

from benchmarks.words import Vocabulary

LANGUAGES = ("da", "en")
PEOPLE = ("Birgit Ågesen", "Jonas Færch", "Oksana Melnyk", "Sofie Brønd", "Taras Hnatiuk")
TOPICS = ("energi", "havne", "klima", "uddannelse", "sundhed", "eksport", "kultur", "trafik")
MONTHS = {
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "en": ("January February March April May June July August September October November December"),
}
UNITS = {"da": ("procent", "km", "mio. kr.", ""), "en": ("percent", "km", "million kroner", "")}
FIRST_DAY = dt.date(2012, 1, 2)
DAYS = 4500
"""Stories come one a day; after so many days the dates begin again."""
NEXT_DAY = FIRST_DAY + dt.timedelta(days=DAYS)
"""The day of a story that is added, later than all others."""

Kind = Literal["heading", "paragraph", "said", "quote", "list", "table"]
LinkTo = Callable[[str, str], str]
"""How a generator writes the place of a story, given its name and the language."""


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """A figure or a day, that both languages must tell alike."""

    number: float = 0
    unit: int = 0
    day: dt.date | None = None

    def told(self, language: str) -> str:
        """Return the fact as the language writes it."""
        if self.day:
            month = MONTHS[language].split()[self.day.month - 1]
            dot = "." if language == "da" else ""
            return f"{self.day.day}{dot} {month} {self.day.year}"
        figures = f"{self.number:,}"
        if language == "da":
            figures = figures.translate(str.maketrans(",.", ".,"))
        return f"{figures} {UNITS[language][self.unit]}".strip()


class Sentence(msgspec.Struct, frozen=True, kw_only=True):
    """How long a sentence is, and what it holds beside words."""

    words: int
    fact: Fact | None = None
    mark: Literal["", "*", "**"] = ""
    link: str = ""


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """A paragraph, a quote, a list…: what it is and the sentences in it."""

    kind: Kind
    sentences: tuple[Sentence, ...]


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """What a story tells, before it is told in any language."""

    name: str
    seed: str
    day: dt.date
    author: str
    topics: tuple[str, str]
    title: Sentence
    summary: Sentence
    blocks: tuple[Block, ...]


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """A story told in one language; the body is Markdown."""

    title: str
    summary: str
    body: str


def plan_story(number: int, stories: int, seed: int = 1, day: dt.date | None = None) -> Story:
    """Return the plan of one of so many stories: the same for the same numbers."""
    rng = random.Random(f"{seed}/{number}")
    day = day or FIRST_DAY + dt.timedelta(days=number % DAYS)
    return Story(
        name=name_of(number, day),
        seed=f"{seed}/{number}",
        day=day,
        author=PEOPLE[number % len(PEOPLE)],
        topics=(TOPICS[number % len(TOPICS)], TOPICS[(number // 8 + number + 1) % len(TOPICS)]),
        title=Sentence(words=rng.randint(4, 7)),
        summary=Sentence(words=rng.randint(16, 26), fact=_fact(rng)),
        blocks=_blocks(rng, number, stories),
    )


def name_of(number: int, day: dt.date | None = None) -> str:
    """Return the name of a story's folder."""
    return f"{day or FIRST_DAY + dt.timedelta(days=number % DAYS)}-{number:06}"


def _blocks(rng: random.Random, number: int, stories: int) -> tuple[Block, ...]:
    """Plan some 600 words: paragraphs under headings, quotes, a list, two links, seldom a table."""
    links = [name_of(rng.randrange(stories)) for _ in range(2)]
    kinds: list[Kind] = ["paragraph", "said", "paragraph", "heading", "paragraph"]
    kinds += ["list", "paragraph", "said", "heading", "paragraph", "quote", "paragraph"]
    kinds += ["table", "paragraph"] if number % 6 == 0 else ["paragraph"]
    blocks = []
    for place, kind in enumerate(kinds):
        link = links.pop() if place in {2, 9} else ""
        blocks.append(Block(kind=kind, sentences=_sentences(rng, kind, link)))
    return tuple(blocks)


def _sentences(rng: random.Random, kind: Kind, link: str) -> tuple[Sentence, ...]:
    if kind == "heading":
        return (Sentence(words=rng.randint(3, 6)),)
    if kind == "table":
        return tuple(Sentence(words=2, fact=_fact(rng)) for _ in range(4))
    number = {"quote": 1, "said": 2, "list": 4}.get(kind, rng.randint(3, 5))
    return tuple(
        Sentence(
            words=rng.randint(9, 22),
            fact=_fact(rng) if rng.random() < 0.25 else None,
            mark=rng.choice(("", "", "", "", "", "*", "**")),
            link=link if place == 1 else "",
        )
        for place in range(number)
    )


def _fact(rng: random.Random) -> Fact:
    unit = rng.randrange(5)
    if unit == 4:
        return Fact(day=dt.date(2009, 1, 1) + dt.timedelta(days=rng.randrange(6000)))
    number = round(rng.uniform(1, 90), 1) if unit == 0 else rng.randint(13, 48_000)
    return Fact(number=number, unit=unit)


def tell(story: Story, language: str, link_to: LinkTo) -> Article:
    """Return the story in a language, with links as the generator wants them."""
    teller = Teller(random.Random(f"{story.seed}/{language}"), language, link_to)
    return Article(
        title=f"{teller.sentence(story.title)} {int(story.name[-6:])}",
        summary=teller.sentence(story.summary) + ".",
        body="\n\n".join(teller.block(block) for block in story.blocks) + "\n",
    )


@functools.cache
def _vocabulary(language: str) -> Vocabulary:
    return Vocabulary(language)


class Teller:
    """Finds words in one language for the plan of one story."""

    def __init__(self, rng: random.Random, language: str, link_to: LinkTo) -> None:
        """Hold what every sentence needs."""
        self.rng, self.language, self.link_to = rng, language, link_to

    def sentence(self, plan: Sentence) -> str:
        """Return the sentence without its full stop."""
        words = _vocabulary(self.language).draw(self.rng, plan.words)
        words[0] = words[0].capitalize()
        if plan.words > 13:
            words[plan.words // 2] += ","
        if plan.mark:
            words[2] = f"{plan.mark}{words[2]}{plan.mark}"
        if plan.link:
            words[-2] = f"[{words[-2]}]({self.link_to(plan.link, self.language)})"
        if plan.fact:
            words.insert(-1, plan.fact.told(self.language))
        return " ".join(words)

    def block(self, plan: Block) -> str:
        """Return the block in Markdown."""
        if plan.kind == "table":
            return self._table(plan)
        told = [self.sentence(sentence) for sentence in plan.sentences]
        text = ". ".join(told) + "."
        match plan.kind:
            case "heading":
                return f"## {told[0]}"
            case "list":
                return "\n".join(f"- {sentence}." for sentence in told)
            case "quote":
                return f"> {text}"
            case "said":
                says = '", siger' if self.language == "da" else '," says'
                return f'"{text[:-1]}{says} {PEOPLE[len(text) % len(PEOPLE)]}.'
            case _:
                return text

    def _table(self, plan: Block) -> str:
        rows = ["| Emne | Tal |" if self.language == "da" else "| Subject | Figure |", "|---|--:|"]
        for sentence in plan.sentences:
            words = _vocabulary(self.language).draw(self.rng, sentence.words)
            fact = sentence.fact.told(self.language) if sentence.fact else ""
            rows.append(f"| {' '.join(words)} | {fact} |")
        return "\n".join(rows)
