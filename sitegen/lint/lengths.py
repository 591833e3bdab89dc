"""Headlines and descriptions longer than search engines and phones show (R3)."""

from sitegen.findings import Findings
from sitegen.model.content import Card
from sitegen.typography import plain

TITLE = 65
DESCRIPTION = 160


def check(card: Card, findings: Findings) -> None:
    """Note a headline or description that would be cut; a derived one is cut where it may be."""
    path, lines = card.source.path, card.lines
    length = len(plain(card.front.title))
    if length > TITLE:
        findings.add(
            "title-long",
            f"the headline has {length} characters; search results cut it at {TITLE}",
            "shorten it; what it loses can stand in `summary`",
            path=path,
            line=lines.get("title"),
        )
    length = len(plain(card.front.description))
    if length > DESCRIPTION:
        findings.add(
            "description-long",
            f"`description` has {length} characters, and search engines show {DESCRIPTION}",
            "shorten it, or delete it: then the summary is used, cut at a sentence",
            path=path,
            line=lines.get("description"),
        )
