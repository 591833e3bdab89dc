"""Makes pictures fit to publish: upright, in colours that browsers show, without private data."""

import io
import posixpath
import re
import struct
import warnings
from collections.abc import Callable, Mapping
from contextlib import suppress
from html import unescape
from typing import Any, TypeVar

import msgspec
from PIL import (
    Image,
    ImageCms,
    ImageDraw,
    ImageFile,
    ImageFont,
    ImageOps,
    ImageSequence,
    IptcImagePlugin,
)

from sitegen.findings import Findings
from sitegen.model.pages import Use

PICTURES = (".jpg", ".jpeg", ".jfif", ".png", ".webp", ".gif", ".avif", ".heic", ".heif")
_ENDINGS = {"JPEG": ".jpg", "MPO": ".jpg", "PNG": ".png", "WEBP": ".webp", "GIF": ".gif",
            "AVIF": ".avif"}  # fmt: skip
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
ARTIST, COPYRIGHT = 0x013B, 0x8298  # tags of EXIF
_RIGHTS = ((ARTIST, 80, "Author", b"creator"), (COPYRIGHT, 116, "Copyright", b"rights"))
"""Where EXIF, IPTC, a PNG and XMP say it."""

_IN_XMP = rb"<dc:%b>[^\0]{0,300}?<rdf:li[^>]*>([^<]+)<"
_MOVING = 4  # how many times the pixels of a still picture all frames together may have
_LAYER, _MOST_LAYERS = b"\xff\xda", 100  # programs make a dozen; each costs a decoder a pass
ICON_COLOUR = "#0b5c56"
PAPER, INK = "#ffffff", "#1b1f1d"

T = TypeVar("T")


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """A picture as readers get it."""

    content: bytes
    ending: str  # of its true format, as in ".jpg", whatever the file was called
    width: int
    height: int


_DAMAGE = (
    OSError, ValueError, SyntaxError, struct.error, EOFError, LookupError, TypeError, RuntimeError,
)  # fmt: skip
"""What Pillow raises for files that are damaged or no pictures."""

_WRITTEN_IN = frozenset({"exif", "xmp", "comment", "mp"})
"""Parts of a file that may tell who took the picture, where and with what."""


def prepare(content: bytes, use: Use, megapixels: int, findings: Findings) -> Picture | None:
    """Return the picture ready to publish, or None with a finding where it is used."""
    return judged(content, use, megapixels, findings, lambda image: clean(image, content))


def judged(
    content: bytes,
    use: Use,
    megapixels: int,
    findings: Findings,
    make: Callable[[ImageFile.ImageFile], T],
) -> T | None:
    """Return what is made of an opened picture, or None with a finding where it is used."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # damaged metadata, and a size that is judged below
            image = Image.open(io.BytesIO(content), formats=_FORMATS)
            fault = _size_fault(image, content, megapixels)
            if fault is None:
                return make(image)
    except Image.DecompressionBombError:
        fault = "is far too big", _smaller(megapixels)
    except _DAMAGE:
        fault = _kind_fault(content)
    what, mend = fault
    name = posixpath.relpath(use.file, posixpath.dirname(use.path))
    findings.add("media-broken", f"the picture {name!r} {what}", mend, path=use.path, line=use.line)
    return None


def _size_fault(image: Image.Image, content: bytes, megapixels: int) -> tuple[str, str] | None:
    """Return what is wrong with a picture before its pixels are read, and how to mend it."""
    pixels, frames = image.width * image.height, getattr(image, "n_frames", 1)
    size = f"{image.width} × {image.height} pixels"
    if pixels > megapixels * 1_000_000:
        return f"is too big ({size})", _smaller(megapixels)
    if pixels * frames > _MOVING * megapixels * 1_000_000:
        return f"moves for too long ({frames} frames of {size})", "save it as a video, such as MP4"
    if image.format in {"JPEG", "MPO"} and content.count(_LAYER) > _MOST_LAYERS:
        return "is built of too many layers to be shown", "save it again as an ordinary JPEG"
    return None


def _smaller(megapixels: int) -> str:
    return f"save it with at most {megapixels} million pixels"


def _kind_fault(content: bytes) -> tuple[str, str]:
    """Return what is wrong with a file that gives no picture, and how to mend it."""
    if not content:
        return "is an empty file", "copy it here again"
    if content[4:11] in {b"ftyphei", b"ftyphev", b"ftypmif"}:
        mend = "export it as JPEG (on an iPhone: Settings, Camera, Formats, Most Compatible)"
        return "is a HEIC photo, which most browsers do not show", mend
    mend = "open it in a picture program, and save it as JPEG or PNG"
    return "cannot be read; it may be damaged or of another kind", mend


def clean(image: ImageFile.ImageFile, content: bytes) -> Picture:
    """Return a picture without private data; one that holds none as it is."""
    image.load()
    ending = _ENDINGS[image.format or ""]
    if _is_fit(image):
        return Picture(content=content, ending=ending, width=image.width, height=image.height)
    kind = "JPEG" if image.format == "MPO" else image.format
    moves = is_moving(image)
    upright = image if moves else ImageOps.exif_transpose(image)
    options: dict[str, Any] = {
        key: image.info[key] for key in ("icc_profile", "transparency") if key in image.info
    }
    if upright.mode == "CMYK":
        upright = in_screen_colours(upright, options.pop("icc_profile", None))
    if moves:
        options["duration"] = [_duration(frame) for frame in ImageSequence.Iterator(image)]
        options |= {"loop": image.info["loop"]} if "loop" in image.info else {}
    if kind in {"JPEG", "WEBP", "AVIF"}:
        options["quality"] = 90
    options |= {"exif": rights(image) or b"", "xmp": b"", "comment": b""}
    buffer = io.BytesIO()
    upright.save(buffer, kind, save_all=moves, **options)
    return Picture(
        content=buffer.getvalue(), ending=ending, width=upright.width, height=upright.height
    )


def is_moving(image: Image.Image) -> bool:
    """Tell whether a picture moves; a JPEG may hold several, of which the others mean nothing."""
    return image.format not in {"JPEG", "MPO"} and getattr(image, "is_animated", False)


def _duration(frame: Image.Image) -> int:
    """Return how long a frame stands, in milliseconds; some formats tell only once it is read."""
    frame.load()
    stands: float = frame.info.get("duration", 0)
    return round(stands)


def _is_fit(image: ImageFile.ImageFile) -> bool:
    """Tell whether a picture is in screen colours, and nothing is written into it."""
    marks = {mark for mark, _ in getattr(image, "applist", ())}
    return (
        image.mode != "CMYK"
        and not image.info.keys() & _WRITTEN_IN
        and not getattr(image, "text", None)
        and marks <= {"APP0", "APP2", "APP14"}
    )


def in_screen_colours(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return a picture that was made for print as browsers show all pictures, in sRGB."""
    if profile:
        with suppress(ImageCms.PyCMSError):
            screen = ImageCms.createProfile("sRGB")
            made = ImageCms.profileToProfile(image, io.BytesIO(profile), screen, outputMode="RGB")
            if made is not None:
                return made
    return image.convert("RGB")


def rights(image: ImageFile.ImageFile) -> Image.Exif:
    """Return who made a picture and whose it is, wherever a camera or a program wrote that."""
    exif, words, xmp = image.getexif(), getattr(image, "text", {}), image.info.get("xmp", b"")
    iptc: Mapping[tuple[int, int], Any] = {}
    with suppress(SyntaxError):  # it is damaged
        iptc = IptcImagePlugin.getiptcinfo(image) or {}
    kept = Image.Exif()
    for tag, number, name, element in _RIGHTS:
        said = (
            _as_stored(exif.get(tag))
            or iptc.get((2, number))
            or words.get(name, "").encode()
            or _in_xmp(xmp, element)
        )
        said = said[0] if isinstance(said, list) else said
        if said and isinstance(said, bytes):
            kept[tag] = said
    return kept


def _in_xmp(xmp: bytes, element: bytes) -> bytes:
    found = re.search(_IN_XMP % element, xmp)
    return unescape(found[1].decode("utf-8", "replace")).encode() if found else b""


def _as_stored(text: Any) -> Any:
    """Return a text of EXIF as its bytes: Pillow reads them as Latin-1 and would write ASCII."""
    return text.encode("latin-1", "replace") if isinstance(text, str) else text


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
