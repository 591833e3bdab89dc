"""Hands over the theme's style sheets, and the icons and manifests that stand for the site."""

from collections.abc import Iterator

import msgspec

from sitegen.addresses import FAVICON, output_path
from sitegen.assets import FAVICON_NAME, STYLESHEET, Assets, branded, digest, publish_assets
from sitegen.cache import encode, fingerprint
from sitegen.findings import Findings
from sitegen.icons import SIZES, SVG, Mark, fitted_icon, manifest, mark_of, pixel_icon, svg_icon
from sitegen.images import Picture
from sitegen.model.pages import OutputFile
from sitegen.pipeline.handover import Handover
from sitegen.pipeline.media import Media
from sitegen.pipeline.work import Work
from sitegen.render.frame import manifest_name

OWN = "icon.png"
"""A site's own picture for all icons of pixels, in templates/assets/."""


def bring_assets(work: Work, media: Media, handover: Handover, findings: Findings) -> Assets:
    """Hand over what all pages share, and return where each of it is found.

    An icon that the site has in templates/assets/ stands in place of the drawn one.
    """
    sources = work.sources
    own = branded(sources.project.assets)
    own.pop(OWN, None)
    assets = publish_assets(own, sources.addresses)
    mark = mark_of(sources.config.title, own.get(STYLESHEET, b"").decode("utf-8", "replace"))
    hrefs = {**assets.hrefs}
    for name, href in _icons(work, media, mark, findings):
        hrefs.setdefault(name, href)
    files = list(assets.files)
    if SVG not in hrefs:
        files.append(_file(SVG, svg_icon(mark), work, hrefs))
    for tag, language in sources.config.languages.items():
        start = sources.addresses.href(sources.addresses.front(tag))
        content = manifest(tag, language, start, hrefs, mark)
        files.append(_file(manifest_name(tag), content, work, hrefs))
    for file in files:
        handover.bring(file, b"")
    return msgspec.structs.replace(assets, hrefs=hrefs)


def _file(name: str, content: bytes, work: Work, hrefs: dict[str, str]) -> OutputFile:
    """Return a file that is named by its content, and note where it is found."""
    address = work.sources.addresses.asset(name, digest(content))
    hrefs[name] = work.sources.addresses.href(address)
    return OutputFile(path=output_path(address), content=content)


def _icons(work: Work, media: Media, mark: Mark, findings: Findings) -> Iterator[tuple[str, str]]:
    """Yield where each icon of pixels is found that sitegen makes."""
    project, addresses = work.sources.project, work.sources.addresses
    picture, path = project.assets.get(OWN), project.template_paths.get(f"assets/{OWN}", "")
    stated = encode(mark) if picture is None else picture
    for name, side in SIZES.items():
        if name in project.assets or (name == FAVICON_NAME and name in project.files):
            continue

        def draw(name: str = name, side: int = side) -> Picture | None:
            drawn = (
                pixel_icon(name, mark)
                if picture is None
                else fitted_icon(name, picture, path, findings)
            )
            if drawn is None:
                return None
            return Picture(content=drawn, ending="", width=side, height=side)

        def address(made: Picture, name: str = name) -> str:
            at_root = name == FAVICON_NAME
            return FAVICON if at_root else addresses.asset(name, digest(made.content))

        made = media.drawn(fingerprint(b"icon", name.encode(), stated), draw, address)
        if made:
            yield name, addresses.href(made.address)
