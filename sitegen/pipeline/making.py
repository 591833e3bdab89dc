"""Makes the finished files of pages and feeds, in whatever process, and notes what they say."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

import msgspec

from sitegen.addresses import output_path
from sitegen.cache import Bodies, encode, open_bodies
from sitegen.findings import Finding, Findings
from sitegen.link import Places, link
from sitegen.metadata import ShareImage, head_of
from sitegen.model.content import Body
from sitegen.model.pages import LinkedPage, Made, OutputFile, Page
from sitegen.model.stories import Article
from sitegen.pipeline.inputs import changed, hash_of, hash_of_values
from sitegen.pipeline.syndication import Subject, written_feed
from sitegen.pipeline.work import Work
from sitegen.publish import Staging, digest_of
from sitegen.render import Surroundings, Theme, context_of, render
from sitegen.verify import Hidden, facts_of, leaks_of, text_of


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """A page or feed to be made."""

    subject: Page | Subject
    templates: bytes  # hash of those it may use
    inputs: bytes
    standing: Mapping[str, str]  # the digest of each of its files, where there is one already
    known: Mapping[str, Made]  # of each of its files, from earlier builds
    stands: bool  # they are there as they were made then


class Finished(msgspec.Struct, frozen=True, kw_only=True):
    """A file that stands in staging, or stays as it is."""

    path: str
    made: bytes  # a Made, encoded
    is_staged: bool  # else output/ has these bytes already
    leaks: tuple[str, ...] = ()


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a task."""

    files: tuple[Finished, ...]
    findings: tuple[Finding, ...]


class Press(msgspec.Struct, frozen=True, kw_only=True):
    """All that making a page needs; begun once in each process."""

    work: Work
    places: Places
    surroundings: Surroundings
    shares: Mapping[str, ShareImage]  # of each language
    hidden: Hidden
    staging: Staging
    bodies: Bodies | None  # where there is no file that workers could open
    theme: Theme

    def begin(self) -> Callable[[Task], Result]:
        """Return what makes the files of one task."""
        folder = self.work.order.cache_folder
        bodies = self.bodies or (open_bodies(folder) if folder else None)
        if bodies is None:
            raise TypeError("there is no place to read bodies from")
        secrets = hash_of_values(sorted(self.hidden.addresses), sorted(self.hidden.shingles))
        return partial(self._make, bodies=bodies, secrets=secrets)

    def _make(self, task: Task, *, bodies: Bodies, secrets: bytes) -> Result:
        findings = Findings(self.work.sources.config.checks)
        if isinstance(task.subject, Page):
            made = self._page(task.subject, task, bodies, secrets, findings)
        else:
            made = self._feed(task.subject, task, bodies, secrets, findings)
        files = tuple(made)
        if findings.found:  # they must be found again, so that the next build looks again
            files = tuple(_to_be_made_again(file) for file in files)
        return Result(files=files, findings=findings.found)

    def _page(
        self, page: Page, task: Task, bodies: Bodies, secrets: bytes, findings: Findings
    ) -> Iterator[Finished]:
        linked = link(page, self.places, self.work.sources.addresses, findings)
        body = bodies.body(page.article.card.body) if page.article else None
        image = own_share_image(linked) or self.shares[page.language]
        is_preview = self.work.order.is_preview
        addresses, registry = self.surroundings.addresses, self.surroundings.registry
        head = head_of(page, addresses, registry, image, is_preview=is_preview)
        context = context_of(linked, head, body, self.surroundings)
        seen = hash_of(task.templates, encode(context))
        path = output_path(page.address)
        before = task.known[path] if task.stands else None
        if before and (before.context, before.secrets) == (seen, secrets):
            made = msgspec.structs.replace(before, inputs=task.inputs, again=False)
            yield Finished(path=path, made=encode(made), is_staged=False)
        elif file := render(page, context, self.theme, findings):
            yield self._finished(file, task, secrets, partial(_texts, page, body), seen=seen)

    def _feed(
        self, subject: Subject, task: Task, bodies: Bodies, secrets: bytes, findings: Findings
    ) -> Iterator[Finished]:
        said = partial(_feed_texts, subject, bodies)
        for file in written_feed(subject, self.work, self.places, self.theme, bodies, findings):
            yield self._finished(file, task, secrets, said)

    def _finished(
        self,
        file: OutputFile,
        task: Task,
        secrets: bytes,
        said: Callable[[], Iterable[str]],
        *,
        seen: bytes = b"",
    ) -> Finished:
        """Bring a file to staging, unless it stands already, and note what it says."""
        digest = digest_of(file.content)
        is_staged = task.standing.get(file.path) != digest
        if is_staged:
            self.staging.write(file)
        made = Made(
            inputs=task.inputs,
            digest=digest,
            context=seen,
            secrets=secrets,
            facts=facts_of(file) if isinstance(task.subject, Page) else None,
            reason=_reason(task.known.get(file.path), digest, task.inputs),
        )
        leaks = leaks_of(file, self.hidden, self.work.sources.config.base_url, said)
        return Finished(path=file.path, made=encode(made), is_staged=is_staged, leaks=leaks)


def _reason(known: Made | None, digest: str, inputs: bytes) -> str:
    """Return which inputs had changed when a file became what it is, now or earlier."""
    if known is None:
        return ""
    return known.reason if known.digest == digest else changed(known.inputs, inputs)


def _to_be_made_again(finished: Finished) -> Finished:
    made = msgspec.msgpack.decode(finished.made, type=Made)
    made = msgspec.structs.replace(made, again=True)
    return msgspec.structs.replace(finished, made=encode(made))


def own_share_image(linked: LinkedPage) -> ShareImage | None:
    """Return the article's picture, as links to the page show it elsewhere."""
    if linked.image is None or linked.page.article is None:
        return None
    return ShareImage(
        address=linked.image.address,
        width=linked.image.width,
        height=linked.image.height,
        alt=linked.page.article.card.front.image_alt or "",
    )


def _texts(page: Page, body: Body | None) -> Iterator[str]:
    """Yield what public articles say on a page, so that it is not taken for a hidden one's."""
    grouped = (entry for group in page.groups for entry in group.entries)
    beside = filter(None, (page.newer, page.older))
    for entry in (*page.entries, *page.more, *beside, *grouped):
        yield from _card_texts(entry.article)
    if page.article and body:
        yield from map(text_of, (body.html, *body.boxes))
        yield from _card_texts(page.article)


def _feed_texts(subject: Subject, bodies: Bodies) -> Iterator[str]:
    for entry in subject.entries:
        body = bodies.body(entry.article.card.body)
        yield from map(text_of, (body.html, *body.boxes))
        yield from _card_texts(entry.article)


def _card_texts(article: Article) -> tuple[str, ...]:
    card = article.card
    return card.front.title, card.front.summary, card.front.description, card.excerpt
