"""Makes the files of a picture: in several widths and formats, so that no reader fetches too much.

What becomes of a picture is told by its bytes and the recipe alone, so they may name its files.
"""

import io
from collections.abc import Callable, Iterator, Sequence
from math import ceil
from typing import Any

import msgspec
import PIL
from PIL import ExifTags, Image, ImageFile, ImageOps, features

from sitegen.findings import Findings, MachineError
from sitegen.images import Picture, clean, in_screen_colours, is_moving, judged, prepare, rights
from sitegen.model.pages import Use

TYPES = {
    ".avif": "image/avif", ".webp": "image/webp", ".jpg": "image/jpeg", ".png": "image/png",
    ".gif": "image/gif",
}  # fmt: skip
_CODE = 1  # another one when other code makes other bytes of the same picture
_SAVED: dict[str, tuple[str, dict[str, Any]]] = {
    ".avif": ("AVIF", {"quality": 55, "speed": 8, "max_threads": 1}),
    ".webp": ("WEBP", {"quality": 74, "method": 2}),
    ".jpg": ("JPEG", {"quality": 76, "progressive": True, "optimize": True}),
    ".png": ("PNG", {}),
}
"""What saves each kind of file; in one thread, as several might divide a picture otherwise."""

_DRAWN: dict[str, dict[str, Any]] = {".webp": {"lossless": True}, ".png": {"optimize": True}}
"""How drawings are saved otherwise: lines and letters would blur."""

_OF_PHOTOS = frozenset({"avif"})  # of drawings, its files are the largest

_DEARER = 2  # times as large as a JPEG may a PNG of a drawing be, as it looks better
_FEW = 256  # colours: as many as the palette of a file holds
_ON_ITS_SIDE = range(5, 9)  # values of EXIF: a quarter turn
_OWN = 0.85  # a width so near to the picture's own is not worth a file
_HIGHEST = 16_383  # pixels: as much as a WebP can hold
_GAP = 1.35  # a picture is made small quickly down to so many times its size, and well from there


class Recipe(msgspec.Struct, frozen=True, kw_only=True):
    """How pictures are published."""

    widths: tuple[int, ...]
    formats: tuple[str, ...]  # beside the one that all browsers show, best first: "avif", "webp"
    megapixels: int  # how large a picture may be

    def key(self) -> bytes:
        """Return all that the files of a picture depend on besides its bytes, libraries too."""
        versions = [PIL.__version__]
        for format_ in (*self.formats, "jpg", "zlib"):
            version = features.version(format_)
            if version is None:
                what = f"this Pillow cannot write {format_.upper()}: install it from PyPI, or leave"
                raise MachineError(f"{what} {format_} out of `formats` in [images] of config.toml")
            versions.append(version)
        return msgspec.msgpack.encode((_CODE, _SAVED, _DRAWN, versions, self.widths, self.formats))


class Rendition(msgspec.Struct, frozen=True, kw_only=True):
    """A file of a picture."""

    width: int
    height: int
    ending: str
    content: bytes  # empty when nobody wants it


Wanted = Callable[[int, str], bool]
"""Tells whether to make the file of a width that has an ending."""


def renditions(
    content: bytes, use: Use, recipe: Recipe, wanted: Wanted, findings: Findings
) -> Sequence[Rendition]:
    """Return the files of a picture: the narrow ones first, of each width the best format first.

    One that moves is a single file. There is none, but a finding, when it cannot be read.
    """

    def make(image: ImageFile.ImageFile) -> Sequence[Rendition]:
        if is_moving(image):
            return [_as_it_is(clean(image, content))]
        return list(_renditions(_plate(image, recipe), recipe, wanted))

    return judged(content, use, recipe.megapixels, findings, make) or ()


def whole(content: bytes, use: Use, recipe: Recipe, findings: Findings) -> Sequence[Rendition]:
    """Return the one file of a picture that readers download; none, with a finding, likewise."""
    picture = prepare(content, use, recipe.megapixels, findings)
    return [_as_it_is(picture)] if picture else []


def _as_it_is(picture: Picture) -> Rendition:
    return Rendition(
        width=picture.width, height=picture.height, ending=picture.ending, content=picture.content
    )


def widths_of(size: tuple[int, int], widths: Sequence[int]) -> tuple[int, ...]:
    """Return the widths in which a picture is published, the smallest first: none is blown up."""
    width, height = size
    widest = max(1, min(width, max(widths), _HIGHEST * width // height))
    return (*sorted({width for width in widths if width < _OWN * widest}), widest)


class _Plate(msgspec.Struct, frozen=True, kw_only=True):
    """A picture that is upright and in colours that browsers show, with what each file says."""

    image: Image.Image
    size: tuple[int, int]  # as it was taken; the image may have been read at a smaller one
    said: dict[str, Any]  # whose it is, and what its colours mean
    is_lossless: bool  # as it came
    has_few_colours: bool


def _plate(image: ImageFile.ImageFile, recipe: Recipe) -> _Plate:
    is_turned = image.getexif().get(ExifTags.Base.Orientation, 1) in _ON_ITS_SIDE
    own = image.size[::-1] if is_turned else image.size
    part = max(recipe.widths) * _GAP / own[0]
    image.draft(None, (ceil(image.width * part), ceil(image.height * part)))  # of a large JPEG
    image.load()
    said: dict[str, Any] = {"exif": rights(image) or b"", "xmp": b"", "comment": b""}
    is_lossless = image.format in {"PNG", "GIF"}
    upright, profile = _for_screens(ImageOps.exif_transpose(image))
    said |= {"icc_profile": profile} if profile else {}
    return _Plate(
        image=upright,
        size=own,
        said=said,
        is_lossless=is_lossless,
        has_few_colours=is_lossless and upright.getcolors(_FEW) is not None,
    )


def _for_screens(image: Image.Image) -> tuple[Image.Image, bytes | None]:
    """Return a picture as RGB, RGBA or shades of grey of 8 bits, and the profile that fits it."""
    profile = image.info.get("icc_profile")
    if image.has_transparency_data:
        image = image.convert("RGBA")
        if image.getchannel("A").getextrema() == (255, 255):  # nothing shows through
            image = image.convert("RGB")
    elif image.mode == "CMYK" or (profile and image.mode == "L"):
        image, profile = in_screen_colours(image, profile), None
    elif image.mode.startswith("I"):  # 16 bits
        image = image.convert("I").point(lambda shade: shade / 256).convert("L")
    elif image.mode not in {"RGB", "L"}:
        image = image.convert("L" if image.mode in {"1", "LA", "F"} else "RGB")
    image.info = {}
    return image, profile if image.mode != "L" and _is_of_screens(profile) else None


def _is_of_screens(profile: bytes | None) -> bool:
    return profile is not None and profile[16:20] == b"RGB "


def _renditions(plate: _Plate, recipe: Recipe, wanted: Wanted) -> Iterator[Rendition]:
    widths = widths_of(plate.size, recipe.widths)
    images = _in_widths(plate, widths)
    plain = _plain_ending(plate, images[0])
    is_drawing = plain == ".png" and (plate.has_few_colours or plate.image.mode != "RGBA")
    better = [f".{each}" for each in recipe.formats if not (is_drawing and each in _OF_PHOTOS)]
    for image in images:
        for ending in (*better, plain):
            is_wanted = wanted(image.width, ending)
            content = _saved(image, ending, plate, is_drawing=is_drawing) if is_wanted else b""
            yield Rendition(width=image.width, height=image.height, ending=ending, content=content)


def _in_widths(plate: _Plate, widths: Sequence[int]) -> list[Image.Image]:
    """Return the picture in each width; small ones are made of large ones, which is quicker."""
    own_width, own_height = plate.size
    made: list[Image.Image] = []
    for width in reversed(widths):
        larger = next((each for each in reversed(made) if each.width >= _GAP * width), plate.image)
        size = width, max(1, round(own_height * width / own_width))
        made.append(larger.resize(size, Image.Resampling.LANCZOS, reducing_gap=_GAP))
    return made[::-1]


def _plain_ending(plate: _Plate, smallest: Image.Image) -> str:
    """Return the ending of the files that every browser shows: PNG if that is needed or pays."""
    if plate.image.mode == "RGBA":
        return ".png"
    if not plate.is_lossless:
        return ".jpg"
    as_drawing = len(_saved(smallest, ".png", plate, is_drawing=True))
    as_photo = len(_saved(smallest, ".jpg", plate, is_drawing=False))
    return ".png" if as_drawing <= as_photo * (_DEARER if plate.has_few_colours else 1) else ".jpg"


def _saved(image: Image.Image, ending: str, plate: _Plate, *, is_drawing: bool) -> bytes:
    kind, options = _SAVED[ending]
    if is_drawing:
        options = options | _DRAWN[ending]
    if is_drawing and plate.has_few_colours:
        image = _with_palette(image)
        image = image.convert(plate.image.mode) if ending == ".webp" else image
    buffer = io.BytesIO()
    image.save(buffer, kind, **options, **plate.said)
    return buffer.getvalue()


def _with_palette(image: Image.Image) -> Image.Image:
    """Return a drawing in no more colours than it had: scaling it has mixed them."""
    colours = len(image.getcolors(_FEW) or ()) or _FEW
    method = Image.Quantize.FASTOCTREE if image.mode == "RGBA" else Image.Quantize.MEDIANCUT
    return image.quantize(colours, method=method, dither=Image.Dither.NONE)
