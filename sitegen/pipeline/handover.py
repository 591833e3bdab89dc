"""Hands finished files over to the destination: those that stay, and those made anew."""

from collections.abc import Iterable, Mapping

import msgspec

from sitegen.cache import Cache, encode, is_settled
from sitegen.model.pages import Made, OutputFile
from sitegen.pipeline.claims import Claims
from sitegen.pipeline.judging import Evidence
from sitegen.pipeline.making import Finished
from sitegen.publish import Destination


class Handover:
    """All that a build has to show, file by file; the files themselves are not kept."""

    def __init__(
        self,
        site: str,
        known: Mapping[str, Made],
        cache: Cache,
        destination: Destination,
        claims: Claims,
        evidence: Evidence,
    ) -> None:
        self._site = site
        self._cache = cache
        self._destination = destination
        self._claims = claims
        self._evidence = evidence
        self._known = known  # files of the build before, by path
        self._made: dict[str, Made] = {}  # what is new to the cache
        self._paths: set[str] = set()

    def before(self, path: str) -> Made | None:
        """Return what is known of a file that stands as the cache says."""
        made = self._known.get(path)
        return made if made and self._destination.has(path, made.digest) else None

    def known(self, *paths: str) -> dict[str, Made]:
        """Return what is known of files, whether they still stand or not."""
        return {path: self._known[path] for path in paths if path in self._known}

    def standing(self, path: str) -> str:
        """Return the digest of the file that stands at a path; empty when there is none of ours."""
        return self._destination.digest_at(path)

    def standing_below(self, folder: str) -> dict[str, str]:
        """Return the digest of each file of ours in a folder that stands as it was written."""
        paths = (path for path in self._destination.listed if path.startswith(folder))
        return {path: digest for path in paths if (digest := self.standing(path))}

    def content(self, path: str) -> bytes:
        """Return the bytes of a file that was handed over."""
        return self._destination.content(path)

    def keep(self, *paths: str, inputs: bytes) -> bool:
        """Leave files as they are; False when they must be made."""
        found = [self.before(path) for path in paths]
        if not all(made and made.inputs == inputs and not made.again for made in found):
            return False
        for path, made in zip(paths, found, strict=True):
            if made and self._admit(path):
                self._destination.enter(path, made.digest, is_staged=False)
                self._evidence.keep(path, made)
        return True

    def keep_rest(self) -> None:
        """Leave every file as it is that the build before knew and this one has not made."""
        for path, made in self._known.items():
            if path not in self._paths and self._admit(path):
                self._destination.enter(path, made.digest, is_staged=False)
                self._evidence.keep(path, made)

    def take(self, finished: Finished) -> None:
        """Take over what a worker has made, or found to be as it was."""
        if self._admit(finished.path):
            made = msgspec.msgpack.decode(finished.made, type=Made)
            self._destination.enter(finished.path, made.digest, is_staged=finished.is_staged)
            self._evidence.take(finished.path, made, finished.leaks)
            self._made[finished.path] = made

    def bring(self, file: OutputFile, inputs: bytes, leaks: Iterable[str] = ()) -> None:
        """Hand over a file that was made here."""
        if self._admit(file.path):
            made = Made(inputs=inputs, digest=self._destination.stage(file))
            self._evidence.take(file.path, made, leaks)
            self._made[file.path] = made

    def presume(self, path: str) -> None:
        """Note a file that is not made here, though pages rely on it."""
        if self._admit(path):
            self._destination.presume(path)
            self._evidence.take(path, Made(inputs=b"", digest=""))

    def bring_sitemap(self, file: OutputFile) -> None:
        """Hand over a part of the sitemap, which must say what the pages say."""
        self.bring(file, b"")
        self._evidence.take_sitemap(file)

    def _admit(self, path: str) -> bool:
        self._paths.add(path)
        return self._claims.admit(path)

    def remember(self) -> None:
        """Tell the cache what was published, and what is no more."""
        cache, site = self._cache, self._site
        cache.keep_pages(site, ((path, encode(made)) for path, made in self._made.items()))
        cache.forget_pages(site, self._known.keys() - self._paths)
        known, now = cache.standing(site), cache.disk_time()
        cache.keep_standing(
            site,
            (
                (path, stamp, digest)
                for path, stamp, digest in self._destination.files
                if known.get(path) != (stamp, digest) and is_settled(stamp, now)
            ),
        )
