import io
import zlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from sitegen.findings import Findings
from sitegen.images import (
    ARTIST,
    COPYRIGHT,
    PICTURES,
    SHARE_SIZE,
    Picture,
    favicon,
    prepare,
    share_image,
)
from tests.examples import lines_of

ORIENTATION, CAMERA, GPS = 0x0112, 0x010F, 0x8825
TURNED = 6  # a quarter turn to the right makes it upright
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
PATH = "content/news/x/team.jpg"
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")


def exif(**tags: int) -> Image.Exif:
    """Return what a camera writes: its name, where it stood, whose the picture is."""
    made = Image.Exif()
    made[CAMERA], made[ARTIST], made[COPYRIGHT] = "Canon", "Åse", "© Åse".encode()
    made[GPS] = {1: "N", 2: (55.0, 40.0, 0.0)}
    made.update({ORIENTATION: tags.get("orientation", 1)})
    return made


def a_picture(kind: str = "JPEG", size: tuple[int, int] = (40, 20), **options: Any) -> bytes:
    """Return a picture whose upper left quarter is red, the rest white."""
    image = Image.new("RGB", size, "white")
    image.paste("red", (0, 0, size[0] // 2, size[1] // 2))
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def prepared(content: bytes) -> Picture:
    findings = Findings()
    picture = prepare(content, PATH, 80, findings)
    assert not lines_of(findings)
    assert picture
    return picture


def opened(picture: Picture) -> Image.Image:
    return Image.open(io.BytesIO(picture.content))


@pytest.mark.parametrize("kind", [*FORMATS, "GIF"])
def test_a_picture_without_a_cameras_data_is_published_as_it_is(kind: str) -> None:
    content = a_picture(kind)

    assert prepared(content) == Picture(content=content, width=40, height=20)


@pytest.mark.parametrize("kind", FORMATS)
def test_position_and_camera_are_dropped_profile_and_copyright_are_kept(kind: str) -> None:
    """R124."""
    content = a_picture(kind, exif=exif(), icc_profile=PROFILE)
    assert opened(Picture(content=content, width=1, height=1)).getexif().get_ifd(GPS)

    image = opened(prepared(content))

    assert set(image.getexif()) == {ARTIST, COPYRIGHT}
    assert image.getexif().get_ifd(GPS) == {}
    assert image.getexif()[COPYRIGHT].encode("latin-1").decode() == "© Åse"
    assert image.info["icc_profile"] == PROFILE
    assert b"Canon" not in prepared(content).content


@pytest.mark.parametrize("kind", FORMATS)
def test_a_picture_is_turned_upright_and_has_its_true_size(kind: str) -> None:
    """R119."""
    picture = prepared(a_picture(kind, exif=exif(orientation=TURNED)))
    image = opened(picture).convert("RGB")

    assert (20, 40) == (picture.width, picture.height) == image.size
    corners = [image.getpixel(place) for place in ((2, 2), (17, 2))]
    assert [is_red(corner) for corner in corners] == [False, True]


def is_red(pixel: Any) -> bool:
    return bool(pixel[0] > 200 and pixel[1] < 90 and pixel[2] < 90)


def test_the_position_in_xmp_is_dropped_too() -> None:
    xmp = "<exif:GPSLatitude>55,40N</exif:GPSLatitude>"
    content = a_picture(
        "JPEG", xmp=f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{xmp}</x:xmpmeta>".encode()
    )

    assert b"GPSLatitude" in content
    assert b"GPSLatitude" not in prepared(content).content


def test_transparency_of_a_palette_survives() -> None:
    image = Image.new("P", (4, 4))
    image.putpalette([255, 0, 0, 0, 255, 0])
    buffer = io.BytesIO()
    image.save(buffer, "PNG", transparency=0, exif=exif())

    assert opened(prepared(buffer.getvalue())).convert("RGBA").getpixel((0, 0)) == (255, 0, 0, 0)


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF"])
def test_a_moving_picture_still_moves_without_its_data(kind: str) -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "green", "blue")]
    buffer = io.BytesIO()
    frames[0].save(buffer, kind, save_all=True, append_images=frames[1:], duration=100, exif=exif())

    image = opened(prepared(buffer.getvalue()))

    assert image.n_frames == 3  # type: ignore[attr-defined]  # of pictures that can move
    assert set(image.getexif()) == {ARTIST, COPYRIGHT}


def test_the_picture_of_a_phone_that_holds_two_is_an_ordinary_one() -> None:
    buffer = io.BytesIO()
    image = Image.new("RGB", (9, 6))
    image.save(buffer, "MPO", save_all=True, append_images=[image], exif=exif())

    assert opened(prepared(buffer.getvalue())).format == "JPEG"


TOO_BIG = "the picture is too big (40 × 20 pixels): save it with at most 0 million pixels"
NO_PICTURE = "the file is no picture that can be read: save it again as JPEG or PNG"
BROKEN = {
    "a text": b"no picture at all",
    "nothing": b"",
    "a picture that is cut off": a_picture(size=(400, 400))[:600],
    "a PNG that is cut off": a_picture("PNG")[:60],
    "an SVG": b'<svg xmlns="http://www.w3.org/2000/svg"/>',
    "a format that browsers do not show": a_picture("BMP"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_file_that_is_no_picture_is_told(name: str) -> None:
    findings = Findings()

    assert prepare(BROKEN[name], PATH, 80, findings) is None
    assert lines_of(findings) == [f"{PATH}: error: {NO_PICTURE} [media-broken]"]


def test_a_picture_of_too_many_pixels_is_told_before_it_is_read() -> None:
    findings = Findings()

    assert prepare(a_picture("PNG")[:60], PATH, 0, findings) is None
    assert lines_of(findings) == [f"{PATH}: error: {TOO_BIG} [media-broken]"]


def test_a_picture_that_would_fill_the_memory_is_told() -> None:
    """A PNG of a few bytes may claim to be 60,000 pixels wide and high."""
    content = bytearray(a_picture("PNG"))
    content[16:24] = (60_000).to_bytes(4, "big") * 2
    content[29:33] = zlib.crc32(content[12:29]).to_bytes(4, "big")
    findings = Findings()

    assert prepare(bytes(content), PATH, 80, findings) is None
    assert lines_of(findings) == [
        f"{PATH}: error: the picture is far too big: save it with at most 80 million pixels "
        "[media-broken]"
    ]


SAMPLES = [a_picture(kind, exif=exif()) for kind in FORMATS]


@settings(deadline=None)
@given(st.sampled_from(SAMPLES), st.lists(st.tuples(st.integers(0), st.integers(0, 255))))
def test_a_damaged_picture_is_a_picture_or_a_finding(
    content: bytes, damage: list[tuple[int, int]]
) -> None:
    changed = bytearray(content)
    for place, byte in damage:
        changed[place % len(changed)] = byte
    findings = Findings()

    assert (prepare(bytes(changed), PATH, 1, findings) is None) is bool(findings.found)


@settings(deadline=None)
@given(st.sampled_from(SAMPLES), st.floats(0, 1))
def test_a_picture_that_is_cut_off_is_a_picture_or_a_finding(content: bytes, part: float) -> None:
    findings = Findings()

    picture = prepare(content[: int(len(content) * part)], PATH, 1, findings)

    assert (picture is None) is bool(findings.found)


def test_every_format_that_is_a_picture_has_an_ending() -> None:
    assert {f".{kind.lower()}" for kind in FORMATS} <= set(PICTURES)


def test_the_favicon_is_an_icon_of_32_pixels() -> None:
    """R75."""
    image = Image.open(io.BytesIO(favicon()))

    assert (image.format, image.size) == ("ICO", (32, 32))
    assert favicon() == favicon()


@pytest.mark.parametrize("title", ["Nyt", "Et meget langt navn på en virksomhed " * 3])
def test_the_drawn_share_image_has_the_size_that_networks_ask_for(title: str) -> None:
    """R74."""
    image = Image.open(io.BytesIO(share_image(title, "Nyheder")))

    assert ("PNG", (1200, 630)) == (image.format, image.size) == ("PNG", SHARE_SIZE)
    assert share_image(title, "Nyheder") == share_image(title, "Nyheder")
    assert share_image(title, "Nyheder") != share_image(title, "News")
    assert share_image(title, "Nyheder") != share_image(f"X{title}", "Nyheder")


def test_a_name_that_is_long_is_drawn_smaller_so_that_it_fits() -> None:
    image = Image.open(io.BytesIO(share_image("Kundesamarbejde og andre nyheder", "Nyheder")))
    margin = image.convert("RGB").crop((1110, 20, 1200, 630))

    assert margin.getcolors() == [(90 * 610, (255, 255, 255))]
