"""Brings pictures and other media to output/; one that was prepared before is not drawn again."""

import posixpath
from collections.abc import Callable, Iterator

from sitegen.addresses import output_path
from sitegen.assets import digest
from sitegen.cache import Cache, content_digest, encode, fingerprint
from sitegen.discover import read
from sitegen.findings import Findings
from sitegen.images import PICTURES, SHARE_SIZE, Picture, share_image
from sitegen.link import FILES, media_of
from sitegen.metadata import ShareImage
from sitegen.model.pages import OutputFile, Prepared, Target, Use
from sitegen.pipeline.handover import Handover
from sitegen.pipeline.order import Progress
from sitegen.pipeline.pictures import Pictures, target_of
from sitegen.pipeline.work import Work
from sitegen.publish import Staging


class Media:
    """Hands over what articles and pages show beside their text."""

    def __init__(self, work: Work, cache: Cache, handover: Handover, findings: Findings) -> None:
        self._work = work
        self._cache = cache
        self._handover = handover
        self._findings = findings
        self._done: set[str] = set()  # addresses: two stories may show the same picture

    def of_articles(self, staging: Staging, progress: Progress) -> Iterator[tuple[Use, Target]]:
        """Yield where each file is found that articles show or link to."""
        known = self._work.sources.project.media
        kits = self._work.sources.config.press.kits
        used = [use for use in media_of(self._work.site.pages, kits) if use.file in known]
        found = [(use, digest) for use in used if (digest := self._digest(use.file))]
        pictures = [each for each in found if each[0].file.lower().endswith(PICTURES)]
        publisher = Pictures(self._work, self._cache, self._handover, staging, self._findings)
        yield from publisher.publish(pictures, progress)
        for use, content in found:
            if not use.file.lower().endswith(PICTURES) and (made := self._file(use, content)):
                yield use, target_of(made, self._work.sources.addresses)

    def _file(self, use: Use, found: bytes) -> Prepared | None:
        name = posixpath.basename(use.file)

        def copy() -> Picture | None:
            content = read(self._work.order.root, use.file, self._findings)
            if content is None:
                return None
            return Picture(content=content, ending="", width=0, height=0)

        def address(file: Picture) -> str:
            return self._work.sources.addresses.media(name, digest(file.content))

        return self.prepared(fingerprint(found, encode(name)), copy, address)

    def shares(self) -> Iterator[tuple[str, ShareImage]]:
        """Yield the picture that each language is shared with, for want of one of a page's own."""
        addresses = self._work.sources.addresses
        width, height = SHARE_SIZE
        for language in self._work.sources.languages:
            title = self._work.sources.config.languages[language].title
            line = self._work.sources.wordings[language].say("news")

            def draw(title: str = title, line: str = line) -> Picture:
                return Picture(
                    content=share_image(title, line), ending=".png", width=width, height=height
                )

            def address(picture: Picture, name: str = f"share-{language}.png") -> str:
                return addresses.asset(name, digest(picture.content))

            made = self.prepared(fingerprint(b"share", encode((title, line))), draw, address)
            if made:
                yield (
                    language,
                    ShareImage(
                        address=made.address, width=width, height=height, alt=title, is_drawn=True
                    ),
                )

    def drawn(
        self, key: str, draw: Callable[[], Picture | None], address_of: Callable[[Picture], str]
    ) -> Prepared | None:
        """Return a picture of sitegen's own that stands in output/, or will."""
        return self.prepared(key, draw, address_of)

    def prepared(
        self, key: str, draw: Callable[[], Picture | None], address_of: Callable[[Picture], str]
    ) -> Prepared | None:
        """Return a picture that stands in output/, or will: drawn now, or by an earlier build."""
        known = self._cache.picture(key)
        if known and (known.address in self._done or self._stands(known, key)):
            self._done.add(known.address)
            return known
        picture = draw()
        if picture is None:
            return None
        made = Prepared(
            address=address_of(picture),
            size=len(picture.content),
            width=picture.width,
            height=picture.height,
        )
        if made.address not in self._done:
            file = OutputFile(path=output_path(made.address), content=picture.content)
            self._handover.bring(file, key.encode())
            self._done.add(made.address)
        self._cache.keep_picture(key, made)
        return made

    def content(self, address: str) -> bytes:
        """Return the bytes of a file that was handed over; empty in a check, which keeps none."""
        return self._handover.content(output_path(address))

    def _stands(self, known: Prepared, key: str) -> bool:
        """Tell whether output/ has it: at a fixed address there may be another by now."""
        return self._handover.keep(output_path(known.address), inputs=key.encode())

    def files(self) -> None:
        """Hand over content/files as it is."""
        for name in self._work.sources.project.files:
            source = f"{FILES}{name}"
            found = self._digest(source)
            if found is None or self._handover.keep(name, inputs=found):
                continue
            content = read(self._work.order.root, source, self._findings)
            if content is not None:
                self._handover.bring(OutputFile(path=name, content=content), found)

    def _digest(self, path: str) -> bytes | None:
        """Return the digest of a file of content/; None when it cannot be read."""
        stamp = self._work.sources.project.stamps[path]
        found = self._cache.source(path, stamp)
        if found is None:
            content = read(self._work.order.root, path, self._findings)
            if content is None:
                return None
            found = content_digest(content)
            self._cache.keep_source(path, stamp, found)
        return found
