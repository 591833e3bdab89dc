"""Looks for bytes that parsing cannot bear: `make fuzz` runs this for as long as it is told.

Whatever stands in a file must end in findings or in something sound, and never in an exception.
What was reached is kept in `.fuzz/corpus`, and bytes that broke something beside it. Give such a
file as the argument to run it alone.
"""

import re
import sys
from collections.abc import Callable
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["sitegen", "markdown", "yaml", "tomllib"]):
    from sitegen.encoding import FaultError, decode
    from sitegen.findings import Findings
    from sitegen.model.content import Source
    from sitegen.parse import Rules, parse
    from sitegen.registry import read_registry
    from sitegen.settings import Config, Language, read_config
    from sitegen.wording import read_wording

ROOT = Path(__file__).parent.parent
KEPT = ROOT / ".fuzz"
ENDINGS = (".md", ".toml")
TOKENS = (
    *("---\n", "title: ", "date: 2024-05-17", "tags: [", "corrections:\n- {date: ", "withdrawn: "),
    *("&a ", "*a", "<<: ", "!!", "|\n", ">-\n", "? ", "\ufeff", "\u2028", "\r\n", "\0", "\u00a0"),
    *("::: fact ", "::: quote ", ":::\n", "[^1]", "[^1]: ", "![x](y.jpg", "](", "{: ."),
    *("```\n", "~~~\n", "| --- |", "Tabel: ", "<details>", "</", "<!--", "&#x", "\\\n", "data:"),
    *("    ", "\t", "- ", "1. ", "> ", "**", "__", "## ", "https://", "*[AB]: ", "\n: ", "\n\n"),
    *("[languages.da]\n", "[[", '"""', "'''", "= {", "base_url = ", "name = ", "left = 2014-01"),
)  # fmt: skip
SOURCE = Source(path="content/news/x.da.md", kind="news", story="news/x", language="da")
RULES = Rules(timezone="Europe/Copenhagen", labels={})
DANISH = Language(label="Dansk", locale="da_DK", title="Nyt", section="nyheder")
CONFIG = Config(title="Nyt", default_language="da", languages={"da": DANISH})


def read_article(content: bytes, findings: Findings) -> bool:
    """Tell whether the file is an article."""
    card, _ = parse(SOURCE, content, "key", RULES, findings)
    return card is not None


def read_settings(content: bytes, findings: Findings) -> bool:
    """Tell whether the file is a config.toml."""
    return read_config(decode(content), findings) is not None


def read_people(content: bytes, findings: Findings) -> bool:
    """Tell that there are registries, whatever the files are."""
    text = decode(content)
    read_registry(text, text, ("da", "en"), findings)
    return True


def read_words(content: bytes, findings: Findings) -> bool:
    """Tell whether the file is a wording."""
    name = "wording/da.toml"
    return "da" in read_wording(CONFIG, {name: decode(content)}, {name: name}, findings)


READERS: tuple[Callable[[bytes, Findings], bool], ...] = (
    *(read_article, read_settings, read_people, read_words),
)
"""The first byte of an input chooses one of these; the rest is the file."""


def judge(data: bytes) -> None:
    """Read a file; raises when it breaks a promise."""
    if not data:
        return
    reader, content = READERS[data[0] % len(READERS)], data[1:]
    findings = Findings()
    try:
        is_read = reader(content, findings)
    except FaultError:
        return  # not text, as `discover` would say
    assert is_read or findings.errors, "nothing was made of the file, and nothing is said"
    last = len(re.findall(rb"\r\n|\r|\n|\xe2\x80[\xa8\xa9]|\xc2\x85|[\x0b\x0c\x1c-\x1e]", content))
    for finding in findings.found:
        assert finding.line is None or 1 <= finding.line <= last + 2, str(finding)
        assert not re.search(r"\(\w+(Error|Exception): ", finding.what), str(finding)


def seeds() -> list[bytes]:
    """Return the files of the golden site, of the tests and of the theme, each for its reader."""
    chosen = {"config.toml": 1, "people.toml": 2, "topics.toml": 2, "da.toml": 3, "en.toml": 3}
    files = [*(ROOT / "tests").rglob("*"), *(ROOT / "templates").rglob("*"), ROOT / "config.toml"]
    return [
        bytes([chosen.get(path.name, 0)]) + path.read_bytes()
        for path in files
        if path.suffix in ENDINGS
    ]


def main() -> None:
    """Fuzz for the seconds, or run the file, that the first argument names."""
    corpus, words = KEPT / "corpus", KEPT / "tokens.txt"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds()):
        (corpus / f"seed-{number}").write_bytes(seed)
    spelt = ("".join(f"\\x{byte:02x}" for byte in token.encode()) for token in TOKENS)
    words.write_text("".join(f'"{token}"\n' for token in spelt), "utf-8")
    what = sys.argv[1]
    limits = [
        "-print_final_stats=1",
        "-max_len=20000",
        "-timeout=20",
        "-report_slow_units=2",
        "-rss_limit_mb=1024",
    ]
    run = [what] if Path(what).is_file() else [f"-max_total_time={what}", str(corpus)]
    atheris.Setup(
        [sys.argv[0], *limits, f"-dict={words}", f"-artifact_prefix={KEPT}/", *run], judge
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main()
