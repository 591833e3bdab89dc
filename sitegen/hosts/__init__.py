"""Writes what the site's host needs beside the pages: headers, redirects, error pages."""

from collections.abc import Mapping, Sequence

from sitegen.addresses import Addresses, output_path
from sitegen.hosts import apache, underscore
from sitegen.hosts.answers import answers_of
from sitegen.hosts.headers import PREFETCH, header_rules, prefetch
from sitegen.model.pages import OutputFile, Page, Promise

__all__ = ["host_files"]


def host_files(
    pages: Sequence[Page],
    promise: Promise,
    assets: Mapping[str, str],
    addresses: Addresses,
    *,
    is_preview: bool,
) -> tuple[OutputFile, ...]:
    """Return the files that the host of config.toml reads; for an unknown one what harms nowhere.

    `assets` are the links to the theme's published files by name.
    """
    rules = header_rules(assets, addresses, is_preview=is_preview)
    answers = answers_of(pages, promise, addresses)
    made = {
        "": {"/_headers": underscore.headers(rules)},
        "netlify": {
            "/_headers": underscore.headers(rules),
            "/_redirects": underscore.netlify_redirects(answers),
        },
        "cloudflare": {
            "/_headers": underscore.headers((*rules, *underscore.PREVIEWS_OF_CLOUDFLARE)),
            "/_redirects": underscore.cloudflare_redirects(answers),
        },
        "apache": {"/.htaccess": apache.htaccess(rules, answers)},
        "github": {"/.nojekyll": ""},
        "plain": {},
    }
    files = made[addresses.config.deploy.host]
    if not addresses.config.deploy.sends_no_headers:
        files[PREFETCH] = prefetch(addresses)
    return tuple(
        OutputFile(path=output_path(at), content=text.encode()) for at, text in files.items()
    )
