"""Pairs of articles in Danish and English, made of the sentences in tests/data/translations."""

from collections.abc import Iterator
from pathlib import Path

DATA = Path(__file__).parent / "data" / "translations"
PAIRS = 200


def blocks(name: str) -> list[list[str]]:
    """Return the lines of each block of a file, without its remarks."""
    text = (DATA / name).read_text("utf-8")
    parts = [part.splitlines() for part in text.strip().split("\n\n")]
    return [part for part in parts if not part[0].startswith("#")]


def equal_articles() -> Iterator[tuple[str, str]]:
    """Yield two hundred pairs that say the same, each sentence in several of them."""
    sentences = blocks("equal.txt")
    for number in range(PAIRS):
        step = 1 + number % 7
        chosen = [sentences[(number * 5 + step * n) % len(sentences)] for n in range(8)]
        yield (
            article("da", number, [da for da, _ in chosen]),
            article("en", number, [en for _, en in chosen]),
        )


def article(language: str, number: int, sentences: list[str]) -> str:
    """Return an article of these sentences: in paragraphs and a list, with headings."""
    words = {
        "da": ("Nyt fra os", "Baggrund", "Kort sagt"),
        "en": ("Our news", "Background", "In short"),
    }
    title, heading, list_heading = words[language]
    pairs = [" ".join(sentences[n : n + 2]) for n in range(0, 4, 2)]
    points = "\n".join(f"- {each}" for each in sentences[6:])
    return (
        f"---\ntitle: {title} {number}\ndate: 2024-05-{1 + number % 28:02}\n---\n\n{pairs[0]}\n\n"
        f"## {heading}\n\n"
        + "\n\n".join([*pairs[1:], *sentences[4:6]])
        + f"\n\n## {list_heading}\n\n{points}\n"
    )
