import io
import struct
import zlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageSequence, PngImagePlugin

from sitegen.findings import Findings
from sitegen.images import (
    ARTIST,
    COPYRIGHT,
    PICTURES,
    SHARE_SIZE,
    Picture,
    prepare,
    share_image,
)
from sitegen.model.pages import Use
from tests.examples import lines_of

ORIENTATION, CAMERA, GPS = 0x0112, 0x010F, 0x8825
TURNED = 6  # a quarter turn to the right makes it upright
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
HERE = "content/news/x/index.da.md"
USE = Use(file="content/news/x/team.jpg", path=HERE, line=7)
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")
ENDINGS = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp", "AVIF": ".avif", "GIF": ".gif"}


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
    picture = prepare(content, USE, 80, findings)
    assert not lines_of(findings)
    assert picture
    return picture


def opened(picture: Picture) -> Image.Image:
    return Image.open(io.BytesIO(picture.content))


@pytest.mark.parametrize("kind", [*FORMATS, "GIF"])
def test_a_picture_without_a_cameras_data_is_published_as_it_is(kind: str) -> None:
    content = a_picture(kind)

    assert prepared(content) == Picture(content=content, ending=ENDINGS[kind], width=40, height=20)


@pytest.mark.parametrize("kind", FORMATS)
def test_position_and_camera_are_dropped_profile_and_copyright_are_kept(kind: str) -> None:
    """R124."""
    content = a_picture(kind, exif=exif(), icc_profile=PROFILE)
    assert Image.open(io.BytesIO(content)).getexif().get_ifd(GPS)

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


def test_transparency_of_a_palette_survives() -> None:
    image = Image.new("P", (4, 4))
    image.putpalette([255, 0, 0, 0, 255, 0])
    buffer = io.BytesIO()
    image.save(buffer, "PNG", transparency=0, exif=exif())

    assert opened(prepared(buffer.getvalue())).convert("RGBA").getpixel((0, 0)) == (255, 0, 0, 0)


@pytest.mark.parametrize("written_in", [{}, {"exif": exif()}])
def test_the_picture_of_a_phone_that_holds_two_is_an_ordinary_one(
    written_in: dict[str, Any],
) -> None:
    buffer = io.BytesIO()
    image = Image.new("RGB", (9, 6))
    image.save(buffer, "MPO", save_all=True, append_images=[image], **written_in)

    picture = prepared(buffer.getvalue())

    assert (picture.ending, opened(picture).format) == (".jpg", "JPEG")


# what cannot be published


def refused(content: bytes, megapixels: int = 80) -> str:
    """Return what is found of a picture that is used on line 7, without its place and code."""
    findings = Findings()

    assert prepare(content, USE, megapixels, findings) is None
    (line,) = lines_of(findings)
    head, tail = f"{HERE}:7: error: the picture 'team.jpg' ", " [media-broken]"
    assert line.startswith(head)
    assert line.endswith(tail)
    return line.removeprefix(head).removesuffix(tail)


NO_PICTURE = (
    "cannot be read; it may be damaged or of another kind: "
    "open it in a picture program, and save it as JPEG or PNG"
)
BROKEN = {
    "a text": b"no picture at all",
    "a picture that is cut off": a_picture(size=(400, 400))[:600],
    "a PNG that is cut off": a_picture("PNG")[:60],
    "an SVG": b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
    "a format that browsers do not show": a_picture("BMP"),
    "a picture without pixels": b"GIF89a\0\0\0\0\0\0\0;",
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_file_that_is_no_picture_is_told_where_it_is_used(name: str) -> None:
    """reliability row 22."""
    assert refused(BROKEN[name]) == NO_PICTURE


def test_an_empty_file_is_told_as_one() -> None:
    assert refused(b"") == "is an empty file: copy it here again"


@pytest.mark.parametrize("brand", [b"heic", b"heix", b"hevc", b"mif1"])
def test_a_photo_of_an_iphone_is_told_with_the_way_to_a_jpeg(brand: bytes) -> None:
    """Whatever its name ends in: phones and mail rename such photos to .jpg."""
    content = b"\0\0\0\x18ftyp" + brand + b"\0\0\0\0mif1heic" + bytes(99)

    assert refused(content) == (
        "is a HEIC photo, which most browsers do not show: "
        "export it as JPEG (on an iPhone: Settings, Camera, Formats, Most Compatible)"
    )


def test_a_picture_of_another_story_is_named_as_the_article_names_it() -> None:
    findings = Findings()
    prepare(b"", Use(file="content/news/y/a.jpg", path=HERE, line=3), 80, findings)

    assert lines_of(findings)[0].startswith(f"{HERE}:3: error: the picture '../y/a.jpg' is")


def test_a_picture_of_too_many_pixels_is_told_before_it_is_read() -> None:
    expected = "is too big (40 × 20 pixels): save it with at most 0 million pixels"

    assert refused(a_picture("PNG")[:60], 0) == expected


@pytest.mark.parametrize(
    ("side", "what"), [(12_000, "is too big (12000 × 12000 pixels)"), (60_000, "is far too big")]
)
def test_a_picture_that_would_fill_the_memory_is_told(side: int, what: str) -> None:
    """reliability §2.5: a PNG of a few bytes may claim to be 60,000 pixels wide and high."""
    content = bytearray(a_picture("PNG"))
    content[16:24] = side.to_bytes(4, "big") * 2
    content[29:33] = zlib.crc32(content[12:29]).to_bytes(4, "big")

    assert refused(bytes(content)) == f"{what}: save it with at most 80 million pixels"


def moving(kind: str, frames: int = 3, size: int = 8, **options: Any) -> bytes:
    colours = [(shade * 40 % 256, 0, 0) for shade in range(frames)]
    first, *rest = [Image.new("RGB", (size, size), colour) for colour in colours]
    buffer = io.BytesIO()
    first.save(
        buffer,
        kind,
        save_all=True,
        append_images=rest,
        duration=[100 * n for n in range(1, frames + 1)],
        **options,
    )
    return buffer.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF"])
def test_a_picture_that_moves_for_too_long_is_told_before_it_is_read(kind: str) -> None:
    """Saving it anew would take minutes."""
    content = moving(kind, frames=5, size=1000)

    assert refused(content, 1) == (
        "moves for too long (5 frames of 1000 × 1000 pixels): save it as a video, such as MP4"
    )
    assert prepare(content, USE, 2, Findings()) is not None


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF", "GIF"])
def test_a_moving_picture_still_moves_without_its_data(kind: str) -> None:
    written_in: dict[str, Any] = {"comment": b"x"} if kind == "GIF" else {"exif": exif()}

    image = opened(prepared(moving(kind, **written_in)))

    assert image.n_frames == 3  # type: ignore[attr-defined]  # of pictures that can move
    assert set(image.getexif()) == (set() if kind == "GIF" else {ARTIST, COPYRIGHT})
    stands = []
    for frame in ImageSequence.Iterator(image):
        frame.load()
        stands.append(frame.info["duration"])
    assert stands == [100, 200, 300]


def test_a_jpeg_of_a_thousand_layers_is_told_before_it_is_read() -> None:
    """A quarter of a megabyte of them keeps a decoder, and a reader's browser, busy for minutes."""
    content = a_picture(size=(2000, 2000), progressive=True)
    layer = content[content.rfind(b"\xff\xda") : -2]
    assert prepared(content)

    assert refused(content[:-2] + 1000 * layer + content[-2:]) == (
        "is built of too many layers to be shown: save it again as an ordinary JPEG"
    )


# names and colours


@pytest.mark.parametrize("kind", ENDINGS)
def test_the_ending_is_that_of_the_true_format(kind: str) -> None:
    """A PNG that somebody called team.jpg is served as what it is."""
    assert prepared(a_picture(kind)).ending == ENDINGS[kind]


def print_colours(content: bytes) -> tuple[int, ...]:
    image = opened(prepared(content))
    assert image.mode == "RGB"
    assert "icc_profile" not in image.info
    pixel = image.getpixel((5, 5))
    assert isinstance(pixel, tuple)
    return pixel


def test_a_picture_made_for_print_is_published_in_screen_colours() -> None:
    buffer = io.BytesIO()
    Image.new("CMYK", (40, 20), (0, 255, 255, 0)).save(buffer, "JPEG")

    assert is_red(print_colours(buffer.getvalue()))


def test_the_profile_of_a_print_counts_and_a_damaged_one_does_not() -> None:
    buffer = io.BytesIO()
    Image.new("CMYK", (40, 20), (0, 255, 255, 0)).save(buffer, "JPEG", icc_profile=b"damaged")

    assert is_red(print_colours(buffer.getvalue()))


def test_the_profile_of_a_print_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """No free profile of a press comes with Pillow, so a stand-in is asked."""
    buffer = io.BytesIO()
    Image.new("CMYK", (40, 20)).save(buffer, "JPEG", icc_profile=b"of a press")

    def converted(image: Image.Image, profile: io.BytesIO, *_: Any, **__: Any) -> Image.Image:
        assert (image.mode, profile.getvalue()) == ("CMYK", b"of a press")
        return Image.new("RGB", image.size, "red")

    monkeypatch.setattr(ImageCms, "profileToProfile", converted)
    assert is_red(print_colours(buffer.getvalue()))


def test_a_wide_screen_profile_stays_with_the_picture() -> None:
    """Display P3 of phones: browsers know what to do with it."""
    profile = PROFILE + b"P3"
    content = a_picture(icc_profile=profile, comment=b"x")

    assert prepared(a_picture(icc_profile=profile)).content == a_picture(icc_profile=profile)
    assert opened(prepared(content)).info["icc_profile"] == profile


def test_sixteen_bits_a_colour_stay(kind: str = "PNG") -> None:
    buffer = io.BytesIO()
    Image.new("I;16", (4, 4), 40_000).save(buffer, kind, exif=exif())

    assert opened(prepared(buffer.getvalue())).getpixel((0, 0)) == 40_000


# what else is written into pictures


def a_text(**texts: str) -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    for key, text in texts.items():
        info.add_itxt(key, text)
    return info


def iptc(**texts: str) -> bytes:
    """Return the segment in which Photoshop and agencies note who took a picture, and where."""
    numbers = {"author": 80, "city": 90, "copyright": 116}
    records = b"".join(
        b"\x1c\x02" + bytes([numbers[key]]) + struct.pack(">H", len(text.encode())) + text.encode()
        for key, text in texts.items()
    )
    block = b"Photoshop 3.0\08BIM\x04\x04\0\0" + struct.pack(">I", len(records)) + records
    return b"\xff\xed" + struct.pack(">H", len(block) + 2) + block


XMP = (
    "<x:xmpmeta xmlns:x='adobe:ns:meta/'><exif:GPSLatitude>55,40N SECRET</exif:GPSLatitude>"
    "<dc:rights><rdf:Alt><rdf:li xml:lang='x-default'>© Åse &amp; Bo</rdf:li></rdf:Alt></dc:rights>"
    "</x:xmpmeta>"
).encode()
PLAIN = a_picture()
WHOSE = "© Åse & Bo"
PNG_XMP = a_text(**{"XML:com.adobe.xmp": XMP.decode()})
IPTC_CUT = iptc(city="SECRET", author="Åse")[:-3] + b"\x1c\xff\xff"
WRITTEN_IN = {
    "a comment": (a_picture(comment=b"SECRET"), ""),
    "a comment in a GIF": (a_picture("GIF", comment=b"SECRET"), ""),
    "texts": (a_picture("PNG", pnginfo=a_text(Place="SECRET", Copyright=WHOSE)), WHOSE),
    "XMP": (a_picture(xmp=XMP), WHOSE),
    "XMP in WebP": (a_picture("WEBP", xmp=XMP), WHOSE),
    "XMP in PNG": (a_picture("PNG", pnginfo=PNG_XMP), WHOSE),
    "IPTC": (PLAIN[:2] + iptc(city="SECRET", copyright=WHOSE) + PLAIN[2:], WHOSE),
    "IPTC that is damaged": (PLAIN[:2] + IPTC_CUT + PLAIN[2:], ""),
    "what nobody knows": (PLAIN[:2] + b"\xff\xeb\0\x08SECRET" + PLAIN[2:], ""),
}


@pytest.mark.parametrize("name", WRITTEN_IN)
def test_what_is_written_into_a_picture_is_dropped_but_for_whose_it_is(name: str) -> None:
    """R124, reliability row 21."""
    content, copyright_notice = WRITTEN_IN[name]
    assert b"SECRET" in content

    picture = prepared(content)

    assert b"SECRET" not in picture.content
    said = opened(picture).getexif().get(COPYRIGHT, "").encode("latin-1").decode()
    assert said == copyright_notice


def test_a_cameras_owner_is_dropped() -> None:
    """reliability row 21: the owner's name and the camera's number stand deeper in EXIF."""
    data = exif()
    data.get_ifd(0x8769)[0xA430] = "OWNER"
    content = a_picture(exif=data)
    assert b"OWNER" in content

    assert b"OWNER" not in prepared(content).content


def test_a_cameras_odd_way_to_say_whose_a_picture_is_does_no_harm() -> None:
    data = exif()
    del data[COPYRIGHT]
    content = bytearray(a_picture(exif=data))
    at = content.index(struct.pack(">HH", ARTIST, 2)) + 2
    content[at : at + 6] = struct.pack(">HI", 3, 1)  # a number where a name belongs

    assert dict(opened(prepared(bytes(content))).getexif()) == {}


def test_what_a_camera_writes_may_be_long() -> None:
    data = exif()
    data[CAMERA] = "x" * 60_000

    assert len(prepared(a_picture(exif=data)).content) < 5_000


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

    assert (prepare(bytes(changed), USE, 1, findings) is None) is bool(findings.found)


@settings(deadline=None)
@given(st.sampled_from(SAMPLES), st.floats(0, 1))
def test_a_picture_that_is_cut_off_is_a_picture_or_a_finding(content: bytes, part: float) -> None:
    findings = Findings()

    picture = prepare(content[: int(len(content) * part)], USE, 1, findings)

    assert (picture is None) is bool(findings.found)


def test_every_format_that_is_a_picture_has_an_ending() -> None:
    assert {f".{kind.lower()}" for kind in FORMATS} <= set(PICTURES)


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
