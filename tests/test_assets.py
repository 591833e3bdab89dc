import re

import pytest

from sitegen.assets import Assets, digest, publish_assets
from tests.examples import a_config, addresses_of

SITE = addresses_of(a_config(base_url="https://example.org/base"))


def published(**files: bytes) -> Assets:
    names = {name.replace("__", "/").replace("_", "."): content for name, content in files.items()}
    return publish_assets(names, SITE)


def contents(assets: Assets) -> dict[str, bytes]:
    return {file.path: file.content for file in assets.files}


def test_an_asset_is_published_under_the_hash_of_its_content() -> None:
    """R123."""
    assets = published(site_js=b"x")
    name = f"assets/site.{digest(b'x')[:8]}.js"

    assert contents(assets) == {name: b"x"}
    assert assets.hrefs == {"site.js": f"/base/{name}"}


def test_another_content_has_another_name() -> None:
    assert published(site_js=b"x").hrefs != published(site_js=b"y").hrefs


def test_the_themes_own_favicon_stands_at_the_root() -> None:
    assert contents(published(favicon_ico=b"own")) == {"favicon.ico": b"own"}


@pytest.mark.parametrize(
    "url", ["icons/x.svg", '"icons/x.svg"', "'icons/x.svg'", "./icons/x.svg", " icons/x.svg "]
)
def test_a_style_sheet_names_the_published_files(url: str) -> None:
    assets = published(site_css=f"a {{ background: url({url}) }}".encode(), icons__x_svg=b"<svg/>")
    href = assets.hrefs["icons/x.svg"]

    assert f'a {{ background: url("{href}") }}'.encode() in contents(assets).values()


def test_a_style_sheet_in_a_folder_looks_from_there() -> None:
    assets = published(css__site_css=b"a{b:url(../x.svg#part)}", x_svg=b"<svg/>")

    assert f'a{{b:url("{assets.hrefs["x.svg"]}#part")}}'.encode() in contents(assets).values()


@pytest.mark.parametrize(
    "url", ["data:image/png;base64,AAAA", "#part", "missing.svg", "https://example.org/x.svg"]
)
def test_other_addresses_in_a_style_sheet_are_left_alone(url: str) -> None:
    text = f"a {{ background: url({url}) }}".encode()

    assert text in contents(published(site_css=text)).values()


def test_a_style_sheet_is_renamed_when_what_it_names_changes() -> None:
    """So that no browser keeps a style sheet whose pictures are gone."""
    css = b"a{b:url(x.svg)}"

    assert (
        published(site_css=css, x_svg=b"1").hrefs["site.css"]
        != published(site_css=css, x_svg=b"2").hrefs["site.css"]
    )


def test_a_style_sheet_that_is_no_utf_8_keeps_its_bytes() -> None:
    assert b'a{b:"\xe6"}' in contents(published(site_css=b'a{b:"\xe6"}')).values()


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("/* why */\na { b: c }\n\n  d { e: f }\n", "a { b: c }\nd { e: f }\n"),
        ("a { b: c } /* open\n", "a { b: c }  "),
        ("a/**/b { c: d }", "a b { c: d }"),
        ("a { b: \"/* x */\" '/*' }", "a { b: \"/* x */\" '/*' }"),
        ('a { b: "\\"/*" } /* " */ c { d: e }', 'a { b: "\\"/*" }   c { d: e }'),
    ],
)
def test_readers_pay_for_no_comment_of_a_style_sheet(style: str, expected: str) -> None:
    """R114."""
    assert expected.encode() in contents(published(site_css=style.encode())).values()


def test_two_files_of_one_name_and_content_are_published_once() -> None:
    assets = published(a__x_svg=b"<svg/>", b__x_svg=b"<svg/>")

    assert len(assets.files) == len({file.path for file in assets.files}) == 1
    assert assets.hrefs["a/x.svg"] == assets.hrefs["b/x.svg"]


def test_every_reference_is_hashed() -> None:
    assets = published(a_js=b"1", b_css=b"2", c_svg=b"3")

    for href in assets.hrefs.values():
        assert re.fullmatch(r"/base/assets/[abc]\.[0-9a-f]{8}\.(js|css|svg)", href)
