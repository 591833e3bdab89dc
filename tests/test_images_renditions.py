"""The files of a picture: how wide, in which formats, and what stays of what it was."""

import hashlib
import io
import random
from typing import Any

import PIL
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageDraw, features

from sitegen.findings import Findings, MachineError
from sitegen.images import ARTIST, COPYRIGHT, renditions
from sitegen.images.renditions import Recipe, Rendition, widths_of
from tests.examples import lines_of
from tests.test_images import GPS, ORIENTATION, PROFILE, SAMPLES, TURNED, USE, exif, is_red, moving

RECIPE = Recipe(widths=(120, 240), formats=("avif", "webp"), megapixels=80)
TRUE_FORMAT = {".avif": "AVIF", ".webp": "WEBP", ".jpg": "JPEG", ".png": "PNG", ".gif": "GIF"}


def made_of(content: bytes, recipe: Recipe = RECIPE) -> dict[tuple[int, str], Image.Image]:
    """Return every file of a picture by its width and ending, opened."""
    findings = Findings()
    files = renditions.renditions(content, USE, recipe, lambda *_: True, findings)
    assert not lines_of(findings)
    return {(each.width, each.ending): opened(each) for each in files}


def opened(file: Rendition) -> Image.Image:
    image = Image.open(io.BytesIO(file.content))
    assert (TRUE_FORMAT[file.ending], (file.width, file.height)) == (image.format, image.size)
    image.load()
    return image


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def a_photo(width: int = 480, height: int = 240) -> Image.Image:
    """Return a picture of many colours whose upper left quarter is red."""
    grain = random.Random(3).randbytes(60 * 30 * 3)
    image = Image.frombytes("RGB", (60, 30), grain).resize((width, height))
    image.paste("red", (0, 0, width // 2, height // 2))
    return image


def a_drawing(mode: str = "RGB") -> Image.Image:
    image = Image.new(mode, (480, 240), "white" if mode == "RGB" else (0, 0, 0, 0))
    ImageDraw.Draw(image).ellipse((30, 30, 400, 220), fill="red", outline="black", width=4)
    return image


PHOTO = saved(a_photo(), "JPEG")


# how wide


@given(
    st.tuples(st.integers(1, 9000), st.integers(1, 60_000)),
    st.lists(st.integers(100, 4000), min_size=1, max_size=8),
)
def test_widths_rise_to_the_pictures_own_and_none_is_blown_up(
    size: tuple[int, int], asked: list[int]
) -> None:
    """R119."""
    widths = widths_of(size, asked)

    assert list(widths) == sorted(set(widths))
    assert widths[0] >= 1
    assert widths[-1] <= min(size[0], max(asked))
    assert set(widths[:-1]) <= set(asked)
    assert widths[-1] == 1 or widths[-1] * size[1] / size[0] < 16_384
    assert {width for width in asked if width < 0.85 * widths[-1]} <= set(widths)


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        (4000, (480, 768, 1080, 1440)),
        (1440, (480, 768, 1080, 1440)),
        (1439, (480, 768, 1080, 1439)),
        (800, (480, 800)),
        (481, (481,)),
        (32, (32,)),
    ],
)
def test_a_smaller_picture_ends_at_its_own_width(own: int, expected: tuple[int, ...]) -> None:
    """R119."""
    assert expected == widths_of((own, own), (480, 768, 1080, 1440))


# in which formats


def test_a_photograph_is_made_in_three_formats_and_each_width() -> None:
    """R119."""
    assert list(made_of(PHOTO)) == [
        (120, ".avif"), (120, ".webp"), (120, ".jpg"),
        (240, ".avif"), (240, ".webp"), (240, ".jpg"),
    ]  # fmt: skip


def test_a_photograph_that_was_saved_as_png_becomes_a_jpeg() -> None:
    assert {".avif", ".webp", ".jpg"} == {ending for _, ending in made_of(saved(a_photo(), "PNG"))}


@pytest.mark.parametrize("kind", ["PNG", "GIF"])
def test_a_drawing_stays_sharp(kind: str) -> None:
    files = made_of(saved(a_drawing(), kind))

    assert {(120, ".webp"), (120, ".png"), (240, ".webp"), (240, ".png")} == set(files)
    assert {image.convert("RGB").getpixel((1, 1)) for image in files.values()} == {(255, 255, 255)}


@pytest.mark.parametrize("image", [a_drawing("RGBA"), a_photo().convert("RGBA")])
def test_what_shows_through_still_does(image: Image.Image) -> None:
    image.putpixel((479, 239), (0, 0, 0, 0))
    image.paste((0, 0, 0, 0), (400, 120, 480, 240))

    files = made_of(saved(image, "PNG"))

    assert {ending for _, ending in files} >= {".webp", ".png"}
    for (width, _), file in files.items():
        pixel = file.convert("RGBA").getpixel((width - 1, width // 2 - 1))
        assert isinstance(pixel, tuple)
        assert pixel[3] < 10


def test_a_picture_that_only_could_be_seen_through_is_none() -> None:
    assert (240, ".jpg") in made_of(saved(a_photo().convert("RGBA"), "PNG"))


def test_formats_are_as_configured() -> None:
    plain = Recipe(widths=(240,), formats=(), megapixels=80)

    assert list(made_of(PHOTO, plain)) == [(240, ".jpg")]


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_a_moving_picture_is_one_file_that_moves(kind: str) -> None:
    (file,) = made_of(moving(kind)).values()

    assert file.n_frames == 3  # type: ignore[attr-defined]  # of pictures that can move


# what stays


@pytest.mark.parametrize("ending", [".avif", ".webp", ".jpg"])
@pytest.mark.parametrize("width", [20, 40])
def test_each_file_is_upright_and_keeps_colours_and_rights_only(width: int, ending: str) -> None:
    """R119, R124: no place and no camera, but whose it is, and the colour profile."""
    written = exif(orientation=TURNED)
    content = saved(a_photo(80, 40), "JPEG", exif=written, icc_profile=PROFILE, quality=95)

    image = made_of(content, Recipe(widths=(20, 40), formats=("avif", "webp"), megapixels=1))[
        width, ending
    ]

    assert image.height == 2 * width
    corners = [image.convert("RGB").getpixel((x, 2)) for x in (2, width - 3)]
    assert [is_red(corner) for corner in corners] == [False, True]
    assert set(image.getexif()) == {ARTIST, COPYRIGHT}
    assert image.getexif()[COPYRIGHT].encode("latin-1").decode() == "© Åse"
    assert (image.getexif().get_ifd(GPS), ORIENTATION in image.getexif()) == ({}, False)
    assert image.info["icc_profile"] == PROFILE


def test_a_png_keeps_its_profile_too() -> None:
    (image, *_) = made_of(saved(a_drawing(), "PNG", icc_profile=PROFILE)).values()

    assert image.info["icc_profile"] == PROFILE


def test_colours_of_a_print_become_those_of_screens_without_its_profile() -> None:
    content = saved(Image.new("CMYK", (40, 20), (0, 255, 255, 0)), "JPEG", icc_profile=b"x" * 200)

    for image in made_of(content).values():
        assert is_red(image.convert("RGB").getpixel((5, 5)))
        assert "icc_profile" not in image.info


SHADES = {
    "shades of grey": (saved(Image.new("L", (8, 8), 100), "JPEG"), 100),
    "16 bits": (saved(Image.new("I;16", (8, 8), 100 * 256), "PNG"), 100),
    "black and white": (saved(Image.new("1", (8, 8), 1), "PNG"), 255),
    "a grey profile": (
        saved(Image.new("L", (8, 8), 255), "JPEG", icc_profile=b"\0" * 16 + b"GRAY" + b"\0" * 200),
        255,
    ),
}


@pytest.mark.parametrize("name", SHADES)
def test_shades_keep_their_brightness(name: str) -> None:
    content, shade = SHADES[name]

    for image in made_of(content).values():
        (darkest, brightest) = image.convert("L").getextrema()
        assert shade - 4 < darkest <= brightest < shade + 4  # type: ignore[operator]
        assert "icc_profile" not in image.info


def test_a_wide_photograph_is_read_at_half_its_size_and_stays_what_it_is() -> None:
    """A JPEG of a camera need not be decoded whole to be made small."""
    files = made_of(saved(a_photo(1000, 500), "JPEG", quality=95, exif=exif(orientation=TURNED)))

    assert files[240, ".jpg"].size == (240, 480)
    assert is_red(files[240, ".jpg"].getpixel((200, 20)))


@pytest.mark.parametrize("size", [(1, 1), (1, 3000), (3000, 1), (30, 20_000)])
def test_odd_shapes_are_pictures_too(size: tuple[int, int]) -> None:
    assert made_of(saved(Image.new("RGB", size), "JPEG"))


@settings(max_examples=30)
@given(st.sampled_from(SAMPLES), st.lists(st.tuples(st.integers(0), st.integers(0, 255))))
def test_a_damaged_picture_gives_files_or_a_finding(
    content: bytes, damage: list[tuple[int, int]]
) -> None:
    changed = bytearray(content)
    for place, byte in damage:
        changed[place % len(changed)] = byte
    findings = Findings()

    files = renditions.renditions(bytes(changed), USE, RECIPE, lambda *_: True, findings)

    assert bool(files) is not bool(findings.found)


# what is made at all


def test_only_what_is_wanted_is_made() -> None:
    files = renditions.renditions(
        PHOTO, USE, RECIPE, lambda width, ending: (width, ending) == (240, ".jpg"), Findings()
    )

    made = [(each.width, each.ending) for each in files if each.content]
    assert (len(files), made) == (6, [(240, ".jpg")])


def test_the_recipe_changes_with_all_that_shapes_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    keys = {
        RECIPE.key(),
        Recipe(widths=(120,), formats=("avif", "webp"), megapixels=80).key(),
        Recipe(widths=(120, 240), formats=("webp",), megapixels=80).key(),
    }
    monkeypatch.setattr(PIL, "__version__", "99.0")

    assert len(keys | {RECIPE.key()}) == 4
    assert RECIPE.key() == Recipe(widths=(120, 240), formats=("avif", "webp"), megapixels=9).key()


def test_a_pillow_without_a_format_is_the_machines_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """R122: Pillow itself is always there."""
    monkeypatch.setattr(features, "version", lambda name: None if name == "avif" else "1")

    with pytest.raises(MachineError, match="cannot write AVIF: install it from PyPI, or leave"):
        RECIPE.key()


PINNED = {"13.0.0": "1:388b316b402526ed"}


@pytest.mark.skipif(PIL.__version__ not in PINNED, reason="another Pillow makes other bytes")
def test_whoever_makes_other_bytes_of_a_picture_numbers_the_code_anew() -> None:
    """Files in output/ are known by the recipe, of which `renditions._CODE` is a part."""
    digest = hashlib.sha256()
    for content in (PHOTO, saved(a_drawing(), "PNG"), saved(a_drawing("RGBA"), "PNG")):
        for each in renditions.renditions(content, USE, RECIPE, lambda *_: True, Findings()):
            digest.update(each.content)

    assert PINNED[PIL.__version__] == f"{renditions._CODE}:{digest.hexdigest()[:16]}"


def test_the_profile_for_tests_is_one_of_screens() -> None:
    assert ImageCms.ImageCmsProfile(io.BytesIO(PROFILE)).profile.xcolor_space.strip() == "RGB"
