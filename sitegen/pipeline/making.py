"""Makes the finished files of pages and feeds, in whatever process, and notes what they say."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial

import msgspec

from sitegen.addresses import output_path
from sitegen.cache import Bodies, encode, open_bodies
from sitegen.findings import Finding, Findings
from sitegen.link import Places, link
from sitegen.metadata import ShareImage, head_of
from sitegen.model.content import Body
from sitegen.model.contexts import Context
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

    def begin(self) -> Callable[[Sequence[Task]], list[Result]]:
        """Return what makes the files of some tasks."""
        folder = self.work.order.cache_folder
        bodies = self.bodies or (open_bodies(folder) if folder else None)
        if bodies is None:
            raise TypeError("there is no place to read bodies from")
        secrets = hash_of_values(sorted(self.hidden.addresses), sorted(self.hidden.shingles))
        return partial(self._make, bodies=bodies, secrets=secrets)

    def _make(self, tasks: Sequence[Task], *, bodies: Bodies, secrets: bytes) -> list[Result]:
        """Make some files, stage by stage: a third quicker than page by page."""
        levels = self.work.sources.config.checks
        drafts = [_Draft(task, Findings(levels)) for task in tasks]
        pages = [draft for draft in drafts if isinstance(draft.task.subject, Page)]
        for draft in pages:
            self._open(draft, bodies)
        for draft in pages:
            draft.seen = hash_of(draft.task.templates + encode(draft.context))
        for draft in pages:
            self._fill(draft, secrets)
        for draft in drafts:
            if isinstance(draft.task.subject, Subject):
                self._write_feed(draft, draft.task.subject, bodies)
        return [self._result(draft, secrets) for draft in drafts]

    def _open(self, draft: "_Draft", bodies: Bodies) -> None:
        """Gather what the template of a page will see."""
        page, addresses = draft.page, self.surroundings.addresses
        linked = link(page, self.places, addresses, draft.findings)
        body = bodies.body(page.article.card.body) if page.article else None
        image = own_share_image(linked) or self.shares[page.language]
        is_preview = self.work.order.is_preview
        head = head_of(page, addresses, self.surroundings.registry, image, is_preview=is_preview)
        draft.context = context_of(linked, head, body, self.surroundings)
        draft.said = partial(_texts, page, body)

    def _fill(self, draft: "_Draft", secrets: bytes) -> None:
        """Render a page, unless the file that stands there saw the same."""
        before = draft.before
        draft.is_same = before is not None and (before.context, before.secrets) == (
            draft.seen,
            secrets,
        )
        if not draft.is_same and draft.context:
            file = render(draft.page, draft.context, self.theme, draft.findings)
            draft.files = (file,) if file else ()

    def _write_feed(self, draft: "_Draft", subject: Subject, bodies: Bodies) -> None:
        draft.said = partial(_feed_texts, subject, bodies)
        draft.files = written_feed(
            subject, self.work, self.places, self.theme, bodies, draft.findings
        )

    def _result(self, draft: "_Draft", secrets: bytes) -> Result:
        found = draft.findings.found
        again = bool(found)  # what was found must be found again, so the next build looks again
        if draft.is_same and draft.before:
            made = msgspec.structs.replace(draft.before, inputs=draft.task.inputs, again=again)
            path = output_path(draft.page.address)
            same = Finished(path=path, made=encode(made), is_staged=False)
            return Result(files=(same,), findings=found)
        files = tuple(self._finished(file, draft, secrets, again=again) for file in draft.files)
        return Result(files=files, findings=found)

    def _finished(
        self, file: OutputFile, draft: "_Draft", secrets: bytes, *, again: bool
    ) -> Finished:
        """Bring a file to staging, unless it stands already, and note what it says."""
        task = draft.task
        digest = digest_of(file.content)
        is_staged = task.standing.get(file.path) != digest
        if is_staged:
            self.staging.write(file)
        made = Made(
            inputs=task.inputs,
            again=again,
            digest=digest,
            context=draft.seen,
            secrets=secrets,
            facts=encode(facts_of(file)) if isinstance(task.subject, Page) else b"",
            reason=_reason(task.known.get(file.path), digest, task.inputs),
        )
        leaks = leaks_of(file, self.hidden, self.work.sources.config.base_url, draft.said)
        return Finished(path=file.path, made=encode(made), is_staged=is_staged, leaks=leaks)


class _Draft:
    """A task on its way to a result."""

    def __init__(self, task: Task, findings: Findings) -> None:
        self.task = task
        self.findings = findings
        self.context: Context | None = None  # of a page
        self.seen = b""  # a hash of that, and of the templates
        self.said: Callable[[], Iterable[str]] = tuple  # by public articles in it
        self.files: tuple[OutputFile, ...] = ()
        self.is_same = False  # as the file that stands there

    @property
    def before(self) -> Made | None:
        """What is known of the file of a page, if it stands."""
        path = output_path(self.page.address)
        return self.task.known[path] if self.task.stands else None

    @property
    def page(self) -> Page:
        """The page to be made."""
        if not isinstance(self.task.subject, Page):
            raise TypeError("a feed is no page")
        return self.task.subject


def _reason(known: Made | None, digest: str, inputs: bytes) -> str:
    """Return which inputs had changed when a file became what it is, now or earlier."""
    if known is None:
        return ""
    return known.reason if known.digest == digest else changed(known.inputs, inputs)


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
