"""Draws the site's icons, a letter on its colour, and writes each language's web manifest."""

import io
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from html import escape

import msgspec
from PIL import Image, ImageDraw, ImageFont

from sitegen.addresses import slugify
from sitegen.findings import Findings
from sitegen.settings import Language

SIZES = {"icon-180.png": 180, "icon-192.png": 192, "icon-512.png": 512, "favicon.ico": 32}
"""The icons that are made of pixels: for iPhones, Android, and hosts' roots."""

SVG = "icon.svg"
_ROUNDED = 32  # the size at which no device cuts the corners itself
_PAIR = r"light-dark\(\s*(#[0-9a-fA-F]{6})\s*,\s*(#[0-9a-fA-F]{6})\s*\)"
_DEFAULTS = {"accent": ("#0b5c56", "#7fd1c4"), "paper": ("#ffffff", "#121614")}


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """What the icons show, in the colours of the theme: for light screens, then for dark ones."""

    letter: str
    accent: tuple[str, str]
    paper: tuple[str, str]


def mark_of(title: str, style_sheet: str) -> Mark:
    """Return the first letter of the site's name, in the colours that the style sheet defines."""
    letter = next((sign for sign in title if sign.isalnum()), "•").upper()[:1]
    return Mark(
        letter=letter,
        accent=_colours("accent", style_sheet),
        paper=_colours("paper", style_sheet),
    )


def _colours(token: str, style_sheet: str) -> tuple[str, str]:
    """Return the colours of a token as it was last defined."""
    found = re.findall(rf"--{token}:\s*{_PAIR}", style_sheet)
    return found[-1] if found else _DEFAULTS[token]


def svg_icon(mark: Mark) -> bytes:
    """Return the icon that follows the dark mode of the reader's browser."""
    (accent, dark_accent), (paper, dark_paper) = mark.accent, mark.paper
    return f"""\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
  <style>
    rect {{ fill: {accent} }}
    text {{ fill: {paper}; font: 700 21px system-ui, sans-serif; text-anchor: middle }}
    @media (prefers-color-scheme: dark) {{
      rect {{ fill: {dark_accent} }}
      text {{ fill: {dark_paper} }}
    }}
  </style>
  <rect width="32" height="32" rx="6"/>
  <text x="16" y="23.5">{escape(mark.letter)}</text>
</svg>
""".encode()


def pixel_icon(name: str, mark: Mark) -> bytes:
    """Return one of the icons of `SIZES`; devices cut the corners of all but the smallest."""
    size = 4 * SIZES[name]
    image = Image.new("RGBA", (size, size))
    draw = ImageDraw.Draw(image)
    radius = size * 3 // 16 if SIZES[name] == _ROUNDED else 0
    draw.rounded_rectangle((0, 0, size - 1, size - 1), radius=radius, fill=mark.accent[0])
    font = _font(size * 5 // 8)
    letter = mark.letter if _has(font, mark.letter) else slugify(mark.letter)[:1].upper()
    if letter:
        stroke = size // 40  # the font that Pillow brings is thin
        left, top, right, bottom = draw.textbbox((0, 0), letter, font, stroke_width=stroke)
        place = (size - left - right) / 2, (size - top - bottom) / 2
        draw.text(place, letter, mark.paper[0], font, stroke_width=stroke)
    else:  # of an alphabet that the font lacks: a ring
        near, far = size * 9 // 32, size * 23 // 32
        draw.ellipse((near, near, far, far), outline=mark.paper[0], width=size // 8)
    return _saved(image, name)


def fitted_icon(name: str, content: bytes, path: str, findings: Findings) -> bytes | None:
    """Return the site's own picture as one of the icons, or None with a finding."""
    try:
        image = Image.open(io.BytesIO(content), formats=("PNG",))
        side = max(SIZES.values())
        if image.width != image.height or not side <= image.width <= 8 * side:
            fault = f"is {image.width} × {image.height} pixels"
        else:
            return _saved(image.convert("RGBA"), name)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        fault = "cannot be read"
    mend = f"save it as a square PNG of {max(SIZES.values())} pixels or somewhat more"
    findings.add("media-broken", f"the icon {fault}", mend, path=path)
    return None


def manifest(
    tag: str, language: Language, start: str, icons: Mapping[str, str], mark: Mark
) -> bytes:
    """Return the web manifest of a language: how devices name the site among other things."""
    value = {
        "name": language.title,
        "description": language.description,
        "lang": tag,
        "start_url": start,
        "display": "browser",
        "background_color": mark.paper[0],
        "theme_color": mark.paper[0],
        "icons": [*_listed(icons)],
    }
    kept = {key: said for key, said in value.items() if said}
    return msgspec.json.format(msgspec.json.encode(kept), indent=2) + b"\n"


def _listed(icons: Mapping[str, str]) -> Iterator[dict[str, str]]:
    yield {"src": icons[SVG], "sizes": "any", "type": "image/svg+xml"}
    for name in sorted(icons.keys() & {"icon-192.png", "icon-512.png"}):
        side = SIZES[name]
        yield {
            "src": icons[name],
            "sizes": f"{side}x{side}",
            "type": "image/png",
            "purpose": "any maskable",
        }


@lru_cache(maxsize=8)
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def _has(font: ImageFont.FreeTypeFont | ImageFont.ImageFont, letter: str) -> bool:
    """Tell whether a font draws a letter, and no box in its place."""
    return bytes(font.getmask(letter)) != bytes(font.getmask("\U0010ffff"))


def _saved(image: Image.Image, name: str) -> bytes:
    size = (SIZES[name], SIZES[name])
    buffer = io.BytesIO()
    small = image.resize(size, Image.Resampling.LANCZOS)
    if name.endswith(".ico"):
        small.save(buffer, "ICO", sizes=[size])
    else:
        small.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
