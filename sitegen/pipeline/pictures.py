"""Publishes pictures in their sizes; what was made of the same bytes before is not made again.

The name of each file tells what it was made of, so one that stands in output/ needs no second look,
whatever became of the cache. What nobody will fetch is not made at all: a check makes no file,
and a preview only those that every browser shows (see `preview/shelf`).
"""

import posixpath
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from sitegen.addresses import MEDIA, Addresses, output_path, slugify
from sitegen.cache import Cache, content_digest, encode, fingerprint
from sitegen.discover import read
from sitegen.findings import Finding, Findings, Level
from sitegen.images.renditions import TYPES, Recipe, Rendition, renditions, whole
from sitegen.model.pages import Made, OutputFile, Prepared, Source, Target, Use
from sitegen.pipeline.handover import Handover
from sitegen.pipeline.making import Finished
from sitegen.pipeline.order import Progress
from sitegen.pipeline.work import Work
from sitegen.pipeline.workers import spread
from sitegen.publish import Staging, digest_of

_BETTER = frozenset({"image/avif", "image/webp"})  # what not every browser shows


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """A picture of which files are missing."""

    use: Use
    key: str


class Developed(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a picture."""

    key: str = ""  # another than the job's when the file has changed since the build began
    prepared: Prepared | None = None
    files: tuple[Finished, ...] = ()
    findings: tuple[Finding, ...] = ()


class Darkroom(msgspec.Struct, frozen=True, kw_only=True):
    """Makes the files of pictures, in whatever process."""

    root: Path
    addresses: Addresses
    recipe: Recipe
    made_with: bytes  # the recipe's key
    staging: Staging
    standing: dict[str, str]  # digest of each file that output/ has of pictures, by path
    is_quick: bool
    levels: dict[str, Level]

    def begin(self) -> Callable[[Sequence[Job]], list[Developed]]:
        """Return what makes the files of some pictures."""
        return lambda jobs: [self._develop(job) for job in jobs]

    def _develop(self, job: Job) -> Developed:
        file, findings = job.use.file, Findings(self.levels)
        content = read(self.root, file, findings)
        if content is None:
            return Developed(findings=findings.found)
        key = key_of(job.use, content_digest(content), self.made_with)

        def address(width: int, ending: str) -> str:
            name = f"{_stem(file)}-{width}{ending}" if job.use.is_shown else _stem(file) + ending
            return self.addresses.media(name, fingerprint(key.encode(), encode(width)))

        def wanted(width: int, ending: str) -> bool:
            path = output_path(address(width, ending))
            is_skipped = self.is_quick and TYPES[ending] in _BETTER
            return self.staging.output is not None and not is_skipped and path not in self.standing

        made = (
            renditions(content, job.use, self.recipe, wanted, findings)
            if job.use.is_shown
            else whole(content, job.use, self.recipe, findings)
        )
        if not made:
            return Developed(findings=findings.found)
        sources = [
            Source(
                address=address(each.width, each.ending), width=each.width, type=TYPES[each.ending]
            )
            for each in made
        ]
        return Developed(
            key=key,
            prepared=Prepared(
                address=sources[-1].address,
                size=len(made[-1].content),
                width=made[-1].width,
                height=made[-1].height,
                sources=tuple(sources),
            ),
            files=tuple(self._files(sources, made)),
        )

    def _files(self, sources: Iterable[Source], made: Iterable[Rendition]) -> Iterator[Finished]:
        """Bring new files to staging, and yield what stands there or in output/."""
        for source, rendition in zip(sources, made, strict=True):
            path = output_path(source.address)
            digest = self.standing.get(path) or digest_of(rendition.content)
            is_staged = path not in self.standing and bool(rendition.content)
            if is_staged:
                self.staging.write(OutputFile(path=path, content=rendition.content))
            if is_staged or path in self.standing:
                made_now = encode(Made(inputs=b"", digest=digest))
                yield Finished(path=path, made=made_now, is_staged=is_staged)


def _stem(file: str) -> str:
    return slugify(posixpath.splitext(posixpath.basename(file))[0]) or "file"


def key_of(use: Use, content: bytes, made_with: bytes) -> str:
    """Return the key of a picture: the names of its files say no more than this does."""
    return fingerprint(content, made_with, encode((_stem(use.file), use.is_shown)))


class Pictures:
    """Hands over the files of the pictures that articles show or link to."""

    def __init__(
        self, work: Work, cache: Cache, handover: Handover, staging: Staging, findings: Findings
    ) -> None:
        config = work.sources.config
        self._work = work
        self._cache = cache
        self._handover = handover
        self._findings = findings
        self._recipe = Recipe(
            widths=config.images.widths,
            formats=config.images.formats,
            megapixels=config.images.max_megapixels,
        )
        self._staging = staging
        self._done: dict[str, Prepared | None] = {}  # two stories may show the same picture

    def publish(
        self, uses: Sequence[tuple[Use, bytes]], progress: Progress
    ) -> Iterator[tuple[Use, Target]]:
        """Yield where the pictures are found that are used, given the digests of their files."""
        made_with = self._recipe.key() if uses else b""
        keys = {use: key_of(use, content, made_with) for use, content in uses}
        jobs = {key: Job(use=use, key=key) for use, key in reversed(keys.items())}
        missing = [job for job in jobs.values() if not self._keep(job.key)]
        for done, result in enumerate(self._developed(missing, made_with)):
            progress("preparing pictures", done, len(missing))
            self._take(*result)
        for use, key in keys.items():
            if prepared := self._done.get(key):
                yield use, target_of(prepared, self._work.sources.addresses)

    def _keep(self, key: str) -> bool:
        """Leave the files of a picture as they are; False when some must be made."""
        known = self._cache.picture(key)
        if known is None:
            return False
        paths = {output_path(each.address): each for each in known.sources}
        standing = {path for path in paths if self._handover.before(path)}
        if any(
            self._is_needed(each, known) for path, each in paths.items() if path not in standing
        ):
            return False
        for path in paths:
            if path in standing:
                self._handover.keep(path, inputs=b"")
            else:
                self._handover.presume(path)
        self._done[key] = known
        return True

    def _is_needed(self, source: Source, picture: Prepared) -> bool:
        is_extra = source.type in _BETTER and len(picture.sources) > 1
        is_skipped = self._work.order.is_served and is_extra
        return self._staging.output is not None and not is_skipped

    def _developed(self, jobs: Sequence[Job], made_with: bytes) -> Iterator[tuple[Job, Developed]]:
        has_shared = jobs and self._cache.folder
        standing = self._handover.standing_below(MEDIA.strip("/") + "/") if has_shared else {}
        darkroom = Darkroom(
            root=self._work.order.root,
            addresses=self._work.sources.addresses,
            recipe=self._recipe,
            made_with=made_with,
            staging=self._staging,
            standing=standing,
            is_quick=self._work.order.is_served,
            levels=self._work.sources.config.checks,
        )
        for place, result in spread(darkroom, jobs, self._work.order.cores, batch=1):
            yield jobs[place], result

    def _take(self, job: Job, result: Developed) -> None:
        self._findings.extend(result.findings)
        self._done[job.key] = result.prepared
        if result.prepared is None:
            return
        for finished in result.files:
            self._handover.take(finished)
        made = {finished.path for finished in result.files}
        for source in result.prepared.sources:
            if (path := output_path(source.address)) not in made:
                self._handover.presume(path)
        self._cache.keep_picture(result.key, result.prepared)


def target_of(prepared: Prepared, addresses: Addresses) -> Target:
    """Return a picture as articles show it."""
    return Target(
        href=addresses.href(prepared.address),
        address=prepared.address,
        width=prepared.width,
        height=prepared.height,
        size=prepared.size,
        sources=tuple(
            msgspec.structs.replace(source, href=addresses.href(source.address))
            for source in prepared.sources
        ),
    )


def presume_rest(pictures: Iterable[Target], known: Container[str], handover: Handover) -> None:
    """Note the files that the build before, too, left to whoever serves the site."""
    for picture in pictures:
        for source in picture.sources:
            if (path := output_path(source.address)) not in known:
                handover.presume(path)
