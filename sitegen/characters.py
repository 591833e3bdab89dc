"""The characters that no text of the site may hold, and what findings call them."""

import re

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
"""Characters that feeds cannot carry, that nobody sees, or that YAML takes for a line's end."""


def unseen(text: str) -> str:
    """Return what findings call the first character that nobody can see, or nothing."""
    found = FORBIDDEN.search(text)
    return f"an invisible character (U+{ord(found[0]):04X})" if found else ""
