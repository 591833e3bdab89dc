"""Writes `_headers` and `_redirects`, which Netlify and Cloudflare read, each in its own way."""

import re
from collections.abc import Iterable, Iterator

from sitegen.hosts.answers import Answers
from sitegen.hosts.headers import Rule

PREVIEWS_OF_CLOUDFLARE = tuple(
    Rule(place=f"https://{host}/*", headers=(("X-Robots-Tag", "noindex"),))
    for host in (":project.pages.dev", ":version.:project.pages.dev")
)
"""Its own addresses of the site beside the site's: nobody should find news there."""

_MOST_MOVED, _LONGEST = 2_000, 1_000
"""What Cloudflare takes; the pages that lead on answer for the rest."""

_UNSAFE = re.compile(r"[\s*:]")  # would mean something else in a rule


def headers(rules: Iterable[Rule]) -> str:
    """Return `_headers`."""
    return "\n".join(
        "".join([f"{rule.place}\n", *(f"  {name}: {value}\n" for name, value in rule.headers)])
        for rule in rules
    )


def netlify_redirects(answers: Answers) -> str:
    """Return `_redirects` for Netlify: "!" as a page stands there, too."""
    moved = [f"{old} {new} 301!\n" for old, new in _sayable(answers)]
    missing = [f"{front}* {page} 404\n" for front, page in answers.not_found if front != "/"]
    return "".join([*moved, *missing])


def cloudflare_redirects(answers: Answers) -> str:
    """Return `_redirects` for Cloudflare, which finds the nearest 404.html by itself."""
    lines = [f"{old} {new} 301\n" for old, new in _sayable(answers)]
    return "".join([line for line in lines if len(line) <= _LONGEST][:_MOST_MOVED])


def _sayable(answers: Answers) -> Iterator[tuple[str, str]]:
    return ((old, new) for old, new in answers.moved if not _UNSAFE.search(old + new))
