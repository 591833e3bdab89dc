"""Fills the tokens of an article's HTML: addresses of links, and pictures in all their sizes."""

import re
from collections.abc import Sequence
from html import escape

from sitegen.markup.links import TOKEN
from sitegen.model.pages import Target

TEXT, RAIL = 39, 16
"""How wide the columns of an article are at most, in rem, as the style sheet has it."""

_ROOM = "60em"  # of a window that has room for both
_WINDOW = "100vw - clamp(2rem, 8vw, 4rem)"  # what a column has in smaller ones
_HIGHEST = 85  # hundredths of a window's height that the style sheet allows
_WIDEST = 900  # pixels that a column has at most in such a window
_REM = 16  # pixels, unless a reader has set another size
_TOKEN_IN_PLACE = re.compile(f'="{TOKEN.pattern}"')
_PICTURE = re.compile(rf'<img\b[^<>]*? src="{TOKEN.pattern}"[^<>]*>')
_OWN_SIZE = re.compile(r' (?:width|height)="[^"]*"')
_OWN_WIDTH = re.compile(r' width="([0-9]{1,5})"')
_EAGER, _LAZY = 'fetchpriority="high"', 'loading="lazy" decoding="async"'


def fill_tokens(
    html: str, targets: Sequence[Target], column: int = 0, *, is_first: bool = False
) -> str:
    """Return the HTML with each token replaced by the address of its target.

    Pictures get their size and, in a column of some rem, all their files. Browsers may fetch them
    late, but for one that comes first on its page.
    """
    loadings = iter([_EAGER] if is_first else [])

    def with_files(match: re.Match[str]) -> str:
        target = targets[int(match[1])]
        if not target.width:
            return match[0]
        return _picture(match[0], target, column, next(loadings, _LAZY))

    if "<img" in html:
        html = _PICTURE.sub(with_files, html)
    return _TOKEN_IN_PLACE.sub(lambda match: f'="{escape(targets[int(match[1])].href)}"', html)


def srcsets(target: Target) -> list[tuple[str, str]]:
    """Return the media type and `srcset` of a picture's formats, the best first, the plain last."""
    files: dict[str, list[str]] = {}
    is_single = len({source.width for source in target.sources}) == 1
    for source in target.sources:
        width = "" if is_single else f" {source.width}w"
        files.setdefault(source.type, []).append(f"{source.href}{width}")
    return [(type_, ", ".join(each)) for type_, each in files.items()]


def _picture(tag: str, target: Target, column: int, loading: str) -> str:
    """Return a picture with its size and, around it, the formats that are better than its own."""
    width, height = _size(tag, target)
    *better, (_, plain) = srcsets(target) if column and target.sources else [("", "")]
    sizes = f' sizes="{_sizes(width, height, column)}"' if "," in plain else ""
    own = f' srcset="{plain}"{sizes}' if sizes else ""
    said = f'="{escape(target.href)}"{own} width="{width}" height="{height}" {loading}'
    tag = _TOKEN_IN_PLACE.sub(lambda _: said, _OWN_SIZE.sub("", tag))
    if not better:
        return tag
    sources = (f'<source type="{type_}" srcset="{files}"{sizes}>' for type_, files in better)
    return f"<picture>{''.join(sources)}{tag}</picture>"


def _size(tag: str, target: Target) -> tuple[int, int]:
    """Return the size of a picture, or a smaller one that the editor has asked for."""
    asked = _OWN_WIDTH.search(tag)
    width = min(int(asked[1]) if asked else 0, target.width) or target.width
    return width, max(1, round(target.height * width / target.width))


def _sizes(width: int, height: int, column: int) -> str:
    """Return how wide browsers show a picture: it is never blown up, nor higher than a window."""
    tall = [f"{round(_HIGHEST * width / height, 1)}vh"] if height > width else []
    wide = [f"{column}rem" if width >= column * _REM else f"{width}px", *tall]
    narrow = [_WINDOW, *([f"{width}px"] if width < _WIDEST else []), *tall]
    return f"(min-width: {_ROOM}) min({', '.join(wide)}), min({', '.join(narrow)})"
