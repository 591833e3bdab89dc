"""Asks sitegen's search and Pagefind the same questions in Chromium, and prints what they found.

Both search the same finished site. A result is right when the queries say so; a made-up story
that has all words of a query in it is neither right nor wrong, every other one is wrong.
"""

import argparse
import gzip
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
from playwright.sync_api import Page, sync_playwright

from benchmarks.generators import BIN
from benchmarks.search.corpus import Query, queries, story_names, write_project
from sitegen.terms import words_of
from tests.find_chromium import chromium

INDEXER = Path(__file__).parent / "pagefind_index.py"
FIRST = 5  # results of which the precision is told
SHOWN = 10
BESIDE = (".css", ".svg", ".ico", ".html", "/soeg/")  # what a page weighs without any search
PAGEFIND_PAGE = '<!doctype html><html lang="da"><meta charset="utf-8"><title>Pagefind</title>'

ASK_PAGEFIND = """async ([query, most]) => {
    const pagefind = await import('/pagefind/pagefind.js');
    const { results } = await pagefind.search(query);
    const read = await Promise.all(results.slice(0, most).map((result) => result.data()));
    return read.map((data) => data.url);
}"""
ASK_SITEGEN = """async ([query, most]) => {
    const { dataset } = document.querySelector('form[role=search]');
    const { Index, Language } = await import(document.querySelector('script[type=module]').src);
    const language = new Language(dataset.ignored, await import(dataset.stemmer));
    const index = new Index(new URL('.', location.href), language);
    const { numbers } = await index.search(query);
    const found = await Promise.all(numbers.slice(0, most).map((one) => index.document(one)));
    return found.map((document) => `/da/${document.address}`);
}"""
SEARCH_AS_A_READER = """async ([query]) => {
    const field = document.getElementById('q');
    field.value = query;
    field.dispatchEvent(new Event('change'));
}"""

Sent = list[tuple[str, int]]
"""Each path that was asked for, and the bytes sent for it."""


class Engine(msgspec.Struct, frozen=True, kw_only=True):
    """A way to search: where it lives, and how it is asked."""

    name: str
    page: str
    first: str  # what a reader does, with ten results and what is shown of them
    ask: str  # what returns the addresses of results


ENGINES = (
    Engine(name="sitegen", page="/da/soeg/", first=SEARCH_AS_A_READER, ask=ASK_SITEGEN),
    Engine(name="Pagefind", page="/pagefind.html", first=ASK_PAGEFIND, ask=ASK_PAGEFIND),
)


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a query: addresses, best first, and the bytes of a first visit."""

    query: Query
    found: Sequence[str]
    bytes: int


class Compressed(SimpleHTTPRequestHandler):
    """Serves a site as a host would, compressed, and notes what it sends."""

    def __init__(self, *args: Any, sent: Sent, **options: Any) -> None:
        """Hold where to note it."""
        self._sent = sent
        super().__init__(*args, **options)

    def do_GET(self) -> None:
        """Answer with a file; one that compression does not make smaller is sent as it is."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        content = path.read_bytes()
        packed = gzip.compress(content, 9)
        body = min(packed, content, key=len)
        self._sent.append((self.path, len(body)))
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        if body is packed:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(output: Path) -> Iterator[tuple[str, Sent]]:
    """Serve a folder for a while; yields its address, and what was sent."""
    sent: Sent = []
    handler = partial(Compressed, directory=str(output), sent=sent)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", sent
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def answer(page: Page, home: str, engine: Engine, query: Query, sent: Sent) -> Answer:
    """Return what an engine answers to a reader who was never there before."""
    sent.clear()
    page.goto(home + engine.page, wait_until="networkidle")
    page.evaluate(engine.first, [query.text, SHOWN])
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(250)  # what is quoted of results is asked for after the answer
    page.wait_for_load_state("networkidle")
    size = sum(number for path, number in sent if not path.endswith(BESIDE))
    found = page.evaluate(engine.ask, [query.text, 10_000])
    return Answer(query=query, found=found, bytes=size)


def judged(one: Answer, names: frozenset[str], output: Path) -> Iterator[bool]:
    """Yield of each result that can be judged whether it is right."""
    for address in one.found:
        name = address.rstrip("/").rpartition("/")[2]
        if name in names:
            yield name in one.query.stories
        elif not _has_words(output / address.strip("/") / "index.html", one.query):
            yield False


def _has_words(path: Path, query: Query) -> bool:
    text = " ".join(words_of(path.read_text("utf-8")))
    return all(word in text for word in words_of(query.text))


def scores(
    answers: Sequence[Answer], names: frozenset[str], output: Path
) -> tuple[float, float, float, float]:
    """Return recall, precision of the first results, and the median and p95 of bytes."""
    recalls, precisions = [], []
    for one in answers:
        found = {address.rstrip("/").rpartition("/")[2] for address in one.found}
        recalls.append(len(found & {*one.query.stories}) / len(one.query.stories))
        first = [*islice(judged(one, names, output), FIRST)]
        precisions.append(statistics.mean(first) if first else 0.0)
    sizes = sorted(one.bytes for one in answers)
    p95 = sizes[min(len(sizes) - 1, round(0.95 * len(sizes)))]
    return (
        statistics.mean(recalls),
        statistics.mean(precisions),
        statistics.median(sizes),
        p95,
    )


def table(answers: dict[str, list[Answer]], names: frozenset[str], output: Path) -> Iterator[str]:
    """Yield the lines of a Markdown table: all queries, then each kind of them."""
    yield "| Queries | Engine | Recall | Precision at 5 | Bytes, median | Bytes, p95 |"
    yield "|---|---|--:|--:|--:|--:|"
    kinds = dict.fromkeys(one.query.kind for one in answers[ENGINES[0].name])
    for kind in ("all", *kinds):
        for engine, given in answers.items():
            chosen = [one for one in given if kind in {"all", one.query.kind}]
            recall, precision, median, p95 = scores(chosen, names, output)
            yield (
                f"| {kind} ({len(chosen)}) | {engine} | {recall:.3f} | {precision:.3f} "
                f"| {median / 1000:.1f} KB | {p95 / 1000:.1f} KB |"
            )


def misses(answers: dict[str, list[Answer]], names: frozenset[str]) -> Iterator[str]:
    """Yield what each engine did not find, or found wrongly among the ordinary stories."""
    for engine, given in answers.items():
        for one in given:
            found = [address.rstrip("/").rpartition("/")[2] for address in one.found]
            missed = [name for name in one.query.stories if name not in found]
            wrong = [name for name in found if name in names and name not in one.query.stories]
            if missed or wrong:
                yield f"{engine}: {one.query.text}: misses {missed}, wrongly {wrong}"


def run(project: Path, pagefind: str, tell: Callable[[str], None]) -> dict[str, list[Answer]]:
    """Return what each engine answers, once both have indexed the project."""
    subprocess.run([BIN / "sitegen", "build", "--quiet"], cwd=project, check=True)
    output = project / "output"
    subprocess.run([pagefind, INDEXER, output], check=True, stdout=sys.stderr)
    (output / "pagefind.html").write_text(PAGEFIND_PAGE, "utf-8")
    answers: dict[str, list[Answer]] = {engine.name: [] for engine in ENGINES}
    with served(output) as (home, sent), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        for query in queries():
            for engine in ENGINES:
                context = browser.new_context()
                given = answer(context.new_page(), home, engine, query, sent)
                answers[engine.name].append(given)
                tell(f"{engine.name}: {query.text}: {len(given.found)} found, {given.bytes} bytes")
                context.close()
        browser.close()
    return answers


def main() -> None:
    """Compare as the command line says, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--pagefind", default=sys.executable, help="the Python that has Pagefind")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-search-") as folder:
        project = Path(folder) / "project"
        write_project(project, options.articles)
        answers = run(project, options.pagefind, partial(print, file=sys.stderr))
        names = story_names()
        print(*table(answers, names, project / "output"), "", *misses(answers, names), sep="\n")


if __name__ == "__main__":
    main()
