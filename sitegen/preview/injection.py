"""Puts the preview's own script into a page while it is served; the file keeps a build's bytes."""

import re

# Comments, and elements whose text is no markup, are stepped over whole: a "</head>" in a string
# of a script is no end of a head.
_TOKEN = re.compile(
    rb"<!--.*?(?:-->|\Z)"
    rb"|<(?P<raw>script|style|textarea|title|template|noscript|iframe|xmp)\b.*?(?:</(?P=raw)\s*>|\Z)"
    rb"|</(?P<end>head|body)\s*>"
    rb"|<[a-z/!](?:[^>\"']|\"[^\"]*(?:\"|\Z)|'[^']*(?:'|\Z))*+>?",
    re.IGNORECASE | re.DOTALL,
)


def inject(page: bytes, tag: bytes) -> bytes:
    """Return the page with `tag` at the end of its head, else of its body, else of all."""
    ends = {token["end"].lower(): token for token in _TOKEN.finditer(page) if token["end"]}
    end = ends.get(b"head") or ends.get(b"body")
    place = end.start() if end else len(page)
    return page[:place] + tag + page[place:]
