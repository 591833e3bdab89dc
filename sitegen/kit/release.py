"""What a press kit tells: an article as journalists get it."""

import msgspec

from sitegen.kit.portable import Kind
from sitegen.model.contexts import ArticlePage


class Shot(msgspec.Struct, frozen=True, kw_only=True):
    """A picture of a press kit."""

    file: str  # its name there
    address: str  # where the site has it
    href: str
    size: int
    alt: str
    caption: str = ""
    credit: str = ""  # as in "Foto: Eva Skov"

    @property
    def title(self) -> str:
        """What it is called: its caption, else what it shows, else its file."""
        return (self.caption or self.alt).rstrip(".") or self.file


class Release(msgspec.Struct, frozen=True, kw_only=True):
    """An article as journalists get it: in plain words, without what surrounds it on the site."""

    name: str  # of the kit's files, without their endings
    page: ArticlePage
    links: dict[tuple[Kind, str], str]  # targets as they are written → where they are from here
    shots: tuple[Shot, ...]
