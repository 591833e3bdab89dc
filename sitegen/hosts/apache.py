"""Writes `.htaccess`, which Apache reads: the web hotels that companies rent mostly run it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import unquote

from sitegen.addresses import FEED_TYPES
from sitegen.hosts.answers import Answers
from sitegen.hosts.headers import ASK_AGAIN, MANIFEST_TYPE, PREFETCH, PREFETCH_TYPE, Rule

_TYPES = {
    ".atom": FEED_TYPES["atom"], ".rss": FEED_TYPES["rss"], ".webmanifest": MANIFEST_TYPE,
    ".avif": "image/avif", ".webp": "image/webp", ".woff2": "font/woff2",
}  # fmt: skip
_TEXTS = ".atom .css .html .js .json .md .rss .svg .txt .webmanifest .xml"
_SQUEEZED = (
    "text/html text/css text/plain text/javascript application/javascript application/json"
    " application/xml text/xml application/atom+xml application/rss+xml application/feed+json"
    " image/svg+xml"
)


def htaccess(rules: Sequence[Rule], answers: Answers) -> str:
    """Return `.htaccess`; what the server lacks a module for, it leaves out."""
    return "\n".join(
        [
            "# Written by sitegen; what it says comes from config.toml.",
            "Options -Indexes",
            "DirectoryIndex index.html",
            '<FilesMatch "^\\.sitegen">\nRequire all denied\n</FilesMatch>',
            *_types(),
            *_headers(rules, answers.base_path),
            *_errors(answers),
            *_moved(answers),
            f"<IfModule mod_deflate.c>\nAddOutputFilterByType DEFLATE {_SQUEEZED}\n</IfModule>",
            "",
        ]
    )


def _types() -> Iterator[str]:
    yield f"AddCharset utf-8 {_TEXTS}"
    for ending, type_ in _TYPES.items():
        yield f'AddType "{type_}" {ending}'
    for name, type_ in (("feed.json", FEED_TYPES["json"]), (PREFETCH[1:], PREFETCH_TYPE)):
        yield f'<Files "{name}">\nForceType "{type_}; charset=utf-8"\n</Files>'


def _headers(rules: Iterable[Rule], base_path: str) -> Iterator[str]:
    """Yield each header at its place; types are said above."""
    yield "<IfModule mod_headers.c>"
    yield f'Header set Cache-Control "{ASK_AGAIN}"'  # where no rule below says otherwise
    for rule in rules:
        lines = [
            f'Header {_when(name)} {name} "{_quoted(value)}"'
            for name, value in rule.headers
            if name != "Content-Type" and value != ASK_AGAIN
        ]
        if lines and rule.place != "/*":
            where = re.escape(base_path + rule.place).replace(r"\*", ".*")
            lines = [f'<If "%{{REQUEST_URI}} =~ m#^{where}$#">', *lines, "</If>"]
        yield from lines
    yield "</IfModule>"


def _when(name: str) -> str:
    """Return whether errors have the header, too: none is to be kept for a year."""
    return "set" if name == "Cache-Control" else "always set"


def _errors(answers: Answers) -> Iterator[str]:
    """Yield the error page of each part of the site, the smaller part last."""
    base = answers.base_path
    for front, page in answers.not_found:
        documents = [f"ErrorDocument {status} {base}{page}" for status in (404, 410)]
        inside = front != "/"
        yield from [f'<If "%{{REQUEST_URI}} =~ m#^{re.escape(base + front)}#">'] * inside
        yield from documents
        yield from ["</If>"] * inside
    for address in answers.ended:
        yield f"<If \"%{{REQUEST_URI}} == '{base}{address}'\">"
        yield f"ErrorDocument 410 {base}{address}index.html"
        yield "</If>"


def _moved(answers: Answers) -> Iterator[str]:
    for old, new in answers.moved:
        yield f'RedirectMatch permanent "{_whole(answers.base_path + old)}" "{new}"'
    for address in (*answers.gone, *answers.ended):
        yield f'RedirectMatch gone "{_whole(answers.base_path + address)}"'


def _whole(address: str) -> str:
    return f"^{_quoted(re.escape(unquote(address)))}$"


def _quoted(text: str) -> str:
    return text.replace('"', '\\"')
