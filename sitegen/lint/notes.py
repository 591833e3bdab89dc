"""What is kept of an article, so that translations can be compared without reading them again."""

import msgspec

from sitegen.lint.facts import Fact


class Notes(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """What an article says that its translations must say, too."""

    blocks: int  # how many paragraphs, headings … it has
    facts: tuple[Fact, ...]
    links: tuple[tuple[int, str], ...] = ()  # to other sites: the line and the host of each


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Notes)


def encoded(notes: Notes) -> bytes:
    """Return notes as the cache keeps them."""
    return _encoder.encode(notes)


def decoded(notes: bytes) -> Notes:
    """Return notes as they were."""
    return _decoder.decode(notes)
