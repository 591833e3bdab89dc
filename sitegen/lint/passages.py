"""Passages in the wrong language: an English paragraph in a Danish article, or the reverse."""

from collections.abc import Collection
from functools import cache

from sitegen.findings import Findings
from sitegen.lint.written import Written

_WORDS = {
    "da": "og ikke det er af der som på med til hvor også eller blev har jeg hun når så være efter "
    "kan skal vil deres vores mange mellem hvad om fra ved siger var nu meget kun hos bliver været",
    "en": "the and of that with which is are was were this from by as has been not they their we "
    "our you your it its would will can about into who what when than but says said more also",
}
_OTHER = {"da": "en", "en": "da"}
_NAMES = {"da": "Danish", "en": "English"}
_LEAST = 4
"""So many words of the other language, and three times as many as of its own, mark a passage."""


@cache
def foreign_words(language: str) -> frozenset[bytes]:
    """Return common words of the other language, for the languages that we know."""
    return _words(_OTHER.get(language.partition("-")[0], ""))


def check(written: Written, path: str, hits: Collection[bytes], findings: Findings) -> None:
    """Note each passage in the other language, unless it says so."""
    language = written.language.partition("-")[0]
    if language not in _OTHER or len(foreign_words(language).intersection(hits)) < _LEAST:
        return
    found = [number for number in range(len(written.blocks)) if _is_foreign(written, number)]
    name = _NAMES[_OTHER[language]]
    for number in found:
        if number - 1 in found:
            continue
        run = next(n for n in range(number, len(written.blocks) + 1) if n not in found) - number
        many = f"these {run} paragraphs are" if run > 1 else "this paragraph is"
        findings.add(
            "passage-foreign",
            f"{many} in {name}, and the article in {_NAMES[language]}",
            f"translate it, or write {{: lang={_OTHER[language]} }} on the line below it",
            path=path,
            line=written.block_line(number),
        )


def _is_foreign(written: Written, number: int) -> bool:
    """Tell whether a block is in the other language, and not marked as that."""
    language = written.language.partition("-")[0]
    words = written.block_words(number)
    foreign = sum(map(foreign_words(language).__contains__, words))
    own = sum(map(_words(language).__contains__, words))
    return foreign >= _LEAST and foreign >= 3 * own and not written.is_marked(number)


@cache
def _words(language: str) -> frozenset[bytes]:
    known = {key: frozenset(text.split()) for key, text in _WORDS.items()}
    others = [words for key, words in known.items() if key != language]
    own = known.get(language, frozenset()).difference(*others)
    return frozenset(word.encode("latin-1") for word in own)
