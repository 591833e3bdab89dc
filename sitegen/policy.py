"""What browsers may load on the site's pages: its own files, and nothing written into a page."""

_RULES = {
    "default-src": "'none'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "script-src": "'self'",
    "manifest-src": "'self'",
    "media-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}


def _written(rules: dict[str, str]) -> str:
    return "; ".join(f"{name} {sources}" for name, sources in rules.items())


POLICY = _written(_RULES)
"""The Content-Security-Policy of the whole site, as a header."""

META_POLICY = POLICY.removesuffix("; frame-ancestors 'none'")
"""The same for a page's head, where browsers heed no `frame-ancestors`."""


def preview_policy(host: str) -> str:
    """Return the site's policy, but that the preview at `host` may reload its pages and frame them.

    What a reader's browser would refuse, an editor's refuses too.
    """
    own = {"connect-src": f"'self' ws://{host}", "frame-ancestors": "'self'"}
    return _written(_RULES | own)
