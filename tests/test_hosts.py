"""What goes to the host beside the pages: headers, redirects, error pages (R133–R140)."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from sitegen.hosts import host_files
from sitegen.model.pages import Page, Promise
from sitegen.policy import META_POLICY, POLICY
from sitegen.settings import Deploy
from tests.conftest import GOLDEN, Site
from tests.examples import a_config, addresses_of

THE_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "script-src 'self'; manifest-src 'self'; media-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
MANIFEST = {"manifest.webmanifest": "/assets/manifest.1a2b3c4d.webmanifest"}


def a_page(address: str, kind: Any = "article", target: str = "") -> Page:
    return Page(
        kind=kind, language="da", address=address, template="x.html", title="x", target=target
    )


def written(
    host: Any,
    *pages: Page,
    gone: tuple[str, ...] = (),
    base_url: str = "https://news.example.org",
    is_preview: bool = False,
) -> dict[str, str]:
    """Return the text of each file for a host, by path."""
    addresses = addresses_of(a_config(base_url=base_url, deploy=Deploy(host=host)))
    promise = Promise(gone=dict.fromkeys(gone, 1))
    assets = {name: addresses.href(address) for name, address in MANIFEST.items()}
    files = host_files(pages, promise, assets, addresses, is_preview=is_preview)
    return {file.path: file.content.decode() for file in files}


def rules_of(text: str) -> list[tuple[str, dict[str, str]]]:
    """Return each place of `_headers` with its headers."""
    blocks = [block.splitlines() for block in text.strip().split("\n\n")]
    return [
        (place, dict(line.strip().split(": ", 1) for line in lines)) for place, *lines in blocks
    ]


def headers_at(text: str, address: str) -> list[tuple[str, str]]:
    """Return every header that a host adds to an address, as Netlify and Cloudflare match them."""
    found: list[tuple[str, str]] = []
    for place, headers in rules_of(text):
        pattern = re.sub(r":\w+", "[^/]+", re.escape(place).replace(r"\*", ".*"))
        if re.fullmatch(pattern, address):
            found += headers.items()
    return found


def test_the_policy_lets_browsers_load_the_sites_own_files_and_nothing_else() -> None:
    """R133: word for word; R136: a page's head cannot say who may frame it."""
    assert POLICY == THE_POLICY
    assert f"{META_POLICY}; frame-ancestors 'none'" == THE_POLICY
    assert "unsafe" not in POLICY


@pytest.mark.parametrize(
    ("host", "paths"),
    [
        ("", {"_headers", "prefetch.json"}),
        ("netlify", {"_headers", "_redirects", "prefetch.json"}),
        ("cloudflare", {"_headers", "_redirects", "prefetch.json"}),
        ("apache", {".htaccess", "prefetch.json"}),
        ("github", {".nojekyll"}),
        ("plain", set()),
    ],
)
def test_a_host_gets_the_files_that_it_reads(host: str, paths: set[str]) -> None:
    """R129, R137: GitHub would hide some names without .nojekyll."""
    assert written(host).keys() == paths


@pytest.mark.parametrize("host", ["", "netlify", "cloudflare"])
def test_every_answer_is_safe(host: str) -> None:
    """R135: and other sites may still show our pictures in their feed readers."""
    headers = dict(headers_at(written(host)["_headers"], "/da/nyheder/2024/x/"))

    assert headers["Content-Security-Policy"] == THE_POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["Permissions-Policy"] == "camera=(), microphone=(), geolocation=()"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "Cross-Origin-Resource-Policy" not in headers


def test_a_site_without_https_does_not_promise_it() -> None:
    assert "Strict-Transport" not in written("netlify", base_url="http://x.example")["_headers"]


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("/assets/site.1a2b3c4d.css", "public, max-age=31536000, immutable"),
        ("/media/hold.1a2b3c4d.png", "public, max-age=31536000, immutable"),
        ("/", "public, max-age=0, must-revalidate"),
        ("/da/nyheder/", "public, max-age=0, must-revalidate"),
        ("/en/feed.atom", "public, max-age=0, must-revalidate"),
    ],
)
def test_hashed_files_are_kept_for_ever_and_pages_are_asked_for_again(
    address: str, kept: str
) -> None:
    """R123."""
    assert dict(headers_at(written("")["_headers"], address))["Cache-Control"] == kept


@pytest.mark.parametrize(
    ("address", "type_"),
    [
        ("/da/feed.atom", "application/atom+xml"),
        ("/en/topics/harbours/feed.rss", "application/rss+xml"),
        ("/da/emner/havne/feed.json", "application/feed+json"),
        ("/assets/manifest.1a2b3c4d.webmanifest", "application/manifest+json"),
        ("/prefetch.json", "application/speculationrules+json"),
    ],
)
def test_what_hosts_do_not_know_has_its_type(address: str, type_: str) -> None:
    """R140."""
    headers = dict(headers_at(written("netlify")["_headers"], address))

    assert headers["Content-Type"] == f"{type_}; charset=utf-8"


@pytest.mark.parametrize("host", ["", "netlify", "cloudflare"])
def test_no_header_is_set_by_two_rules_and_the_hosts_limits_hold(golden: Site, host: str) -> None:
    """R130, R131: Cloudflare would join two values with a comma."""
    text = written(host)["_headers"]

    for path in golden.files():
        address = "/" + path.removesuffix("index.html")
        names = [name for name, _ in headers_at(text, address)]
        assert len(names) == len(set(names)), address
    assert len(rules_of(text)) <= 100
    assert max(map(len, text.splitlines())) <= 2_000


def test_cloudflares_own_addresses_of_the_site_are_not_indexed() -> None:
    """R142."""
    rules = dict(rules_of(written("cloudflare")["_headers"]))

    assert rules["https://:project.pages.dev/*"] == {"X-Robots-Tag": "noindex"}
    assert rules["https://:version.:project.pages.dev/*"] == {"X-Robots-Tag": "noindex"}


@pytest.mark.parametrize("host", ["", "netlify", "cloudflare", "apache"])
def test_a_preview_is_not_indexed(host: str) -> None:
    """R68."""
    says = "".join(written(host, is_preview=True).values())

    assert re.search(r'X-Robots-Tag:? "?noindex', says)
    assert "X-Robots-Tag: noindex" not in written("netlify")["_headers"]


MOVED = a_page("/gammel/", "redirect", "/da/nyheder/2024/ny/")


@pytest.mark.parametrize(
    ("host", "line"),
    [
        ("netlify", "/gammel/ /nyt/da/nyheder/2024/ny/ 301!"),
        ("cloudflare", "/gammel/ /nyt/da/nyheder/2024/ny/ 301"),
    ],
)
def test_an_old_address_is_a_rule_of_the_host_too(host: str, line: str) -> None:
    """R138: Netlify would show the page that leads on without the "!"."""
    text = written(host, MOVED, base_url="https://x.example/nyt")["_redirects"]

    assert line in text.splitlines()


def test_netlify_shows_the_error_page_of_the_language() -> None:
    assert "/da/* /da/404.html 404\n/en/* /en/404.html 404\n" in written("netlify")["_redirects"]


def test_cloudflare_gets_as_many_rules_as_it_takes() -> None:
    """R130: the small pages answer for the rest."""
    many = [a_page(f"/{number}/", "redirect", "/da/") for number in range(2_500)]
    long = a_page(f"/{'x' * 1_000}/", "redirect", "/da/")

    assert len(written("cloudflare", *many)["_redirects"].splitlines()) == 2_000
    assert written("cloudflare", long)["_redirects"] == ""


@pytest.mark.parametrize("old", ["/gammel*/", "/gammel:x/", "/gam mel/"])
def test_what_a_rule_would_take_for_a_pattern_is_left_to_its_page(old: str) -> None:
    moved = a_page(old, "redirect", "/da/")

    assert "gam" not in written("netlify", moved)["_redirects"]
    assert written("cloudflare", moved)["_redirects"] == ""


def test_apache_answers_what_moved_and_what_is_gone() -> None:
    """R138 and gone.txt: 301 and 410, with the words of the page that stands there."""
    over = a_page("/da/nyheder/2024/over/", "tombstone")
    text = written("apache", MOVED, over, gone=("/da/a.b/",), base_url="https://x.example/nyt")[
        ".htaccess"
    ]

    assert 'RedirectMatch permanent "^/nyt/gammel/$" "/nyt/da/nyheder/2024/ny/"' in text
    assert 'RedirectMatch gone "^/nyt/da/a\\.b/$"' in text
    assert 'RedirectMatch gone "^/nyt/da/nyheder/2024/over/$"' in text
    assert "ErrorDocument 410 /nyt/da/nyheder/2024/over/index.html" in text
    assert "ErrorDocument 404 /nyt/en/404.html" in text


def test_apache_keeps_no_error_for_a_year_and_hides_the_manifest() -> None:
    text = written("apache")[".htaccess"]

    assert f'Header always set Content-Security-Policy "{THE_POLICY}"' in text
    assert 'Header set Cache-Control "public, max-age=31536000, immutable"' in text
    assert '<FilesMatch "^\\.sitegen">\nRequire all denied' in text
    assert 'ForceType "application/feed+json; charset=utf-8"' in text


def test_browsers_may_fetch_pages_of_the_site_ahead_but_no_feeds_or_downloads() -> None:
    """R125: below the path of base_url only, as a neighbour there may do something when asked."""
    files = written("", base_url="https://x.example/nyt")
    rules = json.loads(files["prefetch.json"])["prefetch"]

    assert [rule["where"] for rule in rules] == [{"href_matches": ["/nyt/", "/nyt/*/"]}]
    assert [rule["eagerness"] for rule in rules] == ["moderate"]
    assert ("Speculation-Rules", '"/nyt/prefetch.json"') in headers_at(files["_headers"], "/da/")


@pytest.fixture
def project(tmp_path: Path) -> Site:
    """Return the golden site's project, to be built for some host."""
    site = Site(tmp_path / "project")
    for source in (GOLDEN / "site").rglob("*"):
        if source.is_file():
            target = site.root / source.relative_to(GOLDEN / "site")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source.read_bytes())
    return site


@pytest.mark.parametrize("host", ["", "netlify", "cloudflare", "apache", "github", "plain"])
def test_pages_carry_the_policy_where_no_header_brings_it(project: Site, host: str) -> None:
    """R133, R136: and nowhere else, as readers pay for every byte of a page."""
    config = (project.root / "config.toml").read_text("utf-8")
    project.change("config.toml", f'{config}\n[deploy]\nhost = "{host}"\n')
    site = project.build()
    meta = f'<meta http-equiv="Content-Security-Policy" content="{META_POLICY}">'

    assert site.is_sound, site.lines
    pages = [site.page(path) for path in site.files() if path.endswith(".html")]
    assert {page.count(meta) for page in pages} == {1 if host in {"github", "plain"} else 0}
    assert all(page.index("charset") < 200 for page in pages)


def test_a_file_of_content_files_stands_in_place_of_ours(project: Site) -> None:
    project.change("content/files/_headers", "/*\n  X-Mine: yes\n")
    project.change("content/files/robots.txt", "User-agent: *\nDisallow: /\n")

    site = project.build()

    assert site.is_sound, site.lines
    assert site.page("_headers") == "/*\n  X-Mine: yes\n"
    assert site.page("robots.txt") == "User-agent: *\nDisallow: /\n"


def test_an_unknown_host_is_told_with_those_that_are_known(project: Site) -> None:
    config = (project.root / "config.toml").read_text("utf-8")
    project.change("config.toml", f'{config}\n[deploy]\nhost = "netlfy"\n')

    (line,) = project.build().lines

    assert "[config-type]" in line
    assert "netlify" in line
