from sitegen.findings import Findings
from sitegen.model.content import Body, Source
from sitegen.parse import NOTHING, Rules, parse

SOURCE = Source(path="content/news/x.da.md", kind="news", story="news/x", language="da")
RULES = Rules(timezone="Europe/Copenhagen", labels={})


def told(text: str) -> list[str]:
    findings = Findings()
    card, body = parse(SOURCE, text.encode(), "key", RULES, findings)
    assert (card is None) == (body is NOTHING)
    return [f"{finding.line} {finding.code}" for finding in findings.found]


def test_an_article_is_a_card_and_a_body() -> None:
    findings = Findings()
    card, body = parse(
        SOURCE, b"---\ntitle: A\n---\n\n## Om os\n\nTekst.\n", "key", RULES, findings
    )

    assert findings.found == ()
    assert card is not None
    assert (card.source, card.front.title, card.lines, card.body) == (
        SOURCE,
        "A",
        {"title": 2},
        "key",
    )
    assert [heading.text for heading in card.headings] == ["Om os"]
    assert (card.excerpt, card.words) == ("Tekst.", 3)
    assert isinstance(body, Body)
    assert "Tekst." in body.html


def test_faults_of_front_matter_and_text_are_told_at_once() -> None:
    assert told("---\ntitle: A\ndraft: ja\n---\n\n# For stor\n\n[x]()\n") == [
        "3 front-matter-type",
        "6 heading-level",
        "8 link-empty",
    ]


def test_without_sound_fences_nothing_is_taken_for_text() -> None:
    assert told("title: A\n\n[x]()\n") == ["1 front-matter-missing"]


def test_a_pull_quote_must_stand_in_the_article() -> None:
    """R8"""
    article = "---\ntitle: A\nquote: “Vi er *glade*”\n---\n\nVi er {}, siger hun.\n"

    assert told(article.replace("*", "").format("glade")) == []
    assert told(article.replace("*", "").format("stolte")) == ["3 quote-not-in-text"]


def test_the_articles_own_texts_get_the_quotation_marks_of_their_language() -> None:
    """R54: headline, lead and the rest as in the text; a credit stays as typed."""
    said = 'Det "nye" hold'
    text = (
        f"---\ntitle: {said}\nsummary: {said}\ndescription: {said}\nimage: x.png\nimage_alt: {said}"
        f"\nimage_caption: {said}\nimage_credit: {said}\nquote: {said}"
        f"\ncorrections: [{{date: 2024-05-18, text: {said}}}]"
        f"\nwithdrawn: {{date: 2024-05-19, reason: {said}}}\n---\n{said} er her.\n"
    )
    findings = Findings()
    card, _ = parse(SOURCE, text.encode(), "key", RULES, findings)

    assert findings.found == ()
    assert card is not None
    front = card.front
    assert front.withdrawn is not None
    texts = [front.title, front.summary, front.description, front.image_alt, front.image_caption]
    texts += [front.quote, front.corrections[0].text, front.withdrawn.reason]
    assert set(texts) == {"Det ”nye” hold"}
    assert front.image_credit == said
