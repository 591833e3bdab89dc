"""Makes pictures fit to publish: upright, without the camera's data, their true size known."""

import io
import struct
import warnings
from typing import Any

import msgspec
from PIL import Image, ImageDraw, ImageFont, ImageOps

from sitegen.findings import Findings

PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif")
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
ARTIST, COPYRIGHT = 0x013B, 0x8298  # tags of EXIF
ICON_COLOUR = "#0b5c56"
PAPER, INK = "#ffffff", "#1b1f1d"


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """A picture as readers get it."""

    content: bytes
    width: int
    height: int


_DAMAGE = (
    OSError, ValueError, SyntaxError, struct.error, EOFError, LookupError, TypeError, RuntimeError,
)  # fmt: skip
"""What Pillow raises for files that are damaged or no pictures."""


def prepare(content: bytes, path: str, megapixels: int, findings: Findings) -> Picture | None:
    """Return the picture ready to publish, or None with a finding that says what is wrong."""
    what, mend = "the file is no picture that can be read", "save it again as JPEG or PNG"
    smaller = f"save it with at most {megapixels} million pixels"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # damaged metadata, and a size that is judged below
            image = Image.open(io.BytesIO(content), formats=_FORMATS)
            if image.width * image.height <= megapixels * 1_000_000:
                return _cleaned(image, content)
        what, mend = f"the picture is too big ({image.width} × {image.height} pixels)", smaller
    except Image.DecompressionBombError:
        what, mend = "the picture is far too big", smaller
    except _DAMAGE:
        pass
    findings.add("media-broken", what, mend, path=path)
    return None


def _cleaned(image: Image.Image, content: bytes) -> Picture:
    """Drop position and camera data; pictures that hold none are published as they are."""
    image.load()
    exif = image.getexif()
    if not exif and "xmp" not in image.info:
        return Picture(content=content, width=image.width, height=image.height)
    kind = "JPEG" if image.format == "MPO" else image.format
    kept = Image.Exif()
    kept.update({tag: _as_stored(exif[tag]) for tag in (ARTIST, COPYRIGHT) if tag in exif})
    is_moving = kind != "JPEG" and getattr(image, "is_animated", False)
    clean = image if is_moving else ImageOps.exif_transpose(image)
    options: dict[str, Any] = {
        key: image.info[key] for key in ("icc_profile", "transparency") if key in image.info
    }
    if kind in {"JPEG", "WEBP", "AVIF"}:
        options["quality"] = 90
    buffer = io.BytesIO()
    rights = kept if kept else b""
    clean.save(buffer, kind, save_all=is_moving, exif=rights, xmp=b"", comment=b"", **options)
    return Picture(content=buffer.getvalue(), width=clean.width, height=clean.height)


def _as_stored(text: Any) -> Any:
    """Return a text of EXIF as its bytes: Pillow reads them as Latin-1 and would write ASCII."""
    return text.encode("latin-1", "replace") if isinstance(text, str) else text


def favicon() -> bytes:
    """Return a 32-pixel icon: an open ring, the theme's mark, for hosts' roots."""
    size = 128
    image = Image.new("RGBA", (size, size))
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((0, 0, size - 1, size - 1), radius=24, fill=ICON_COLOUR)
    draw.arc((28, 28, 100, 100), start=45, end=315, fill="white", width=17)
    buffer = io.BytesIO()
    image.resize((32, 32), Image.Resampling.LANCZOS).save(buffer, "ICO", sizes=[(32, 32)])
    return buffer.getvalue()


SHARE_SIZE = (1200, 630)
"""The size that the networks ask of the picture shown beside a link."""


def share_image(title: str, line: str) -> bytes:
    """Return the picture that links to the site are shown with: its name and what it is."""
    image = Image.new("RGB", SHARE_SIZE, PAPER)
    draw = ImageDraw.Draw(image)
    left, width = 96, SHARE_SIZE[0] - 2 * 96
    draw.rectangle((0, 0, SHARE_SIZE[0], 16), fill=ICON_COLOUR)
    draw.text((left, 330), title, fill=INK, font=_fitting(title, 132, width), anchor="ls")
    draw.line((left, 400, left + width, 400), fill=INK, width=3)
    draw.text((left, 480), line, fill=ICON_COLOUR, font=_fitting(line, 52, width), anchor="ls")
    buffer = io.BytesIO()
    image.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def _fitting(text: str, size: int, width: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """Return the font that Pillow brings, as large as the text allows."""
    font = ImageFont.load_default(size)
    while size > 24 and font.getlength(text) > width:
        size -= 4
        font = ImageFont.load_default(size)
    return font
