"""What is wrong with a site, as values that every output format and the browser overlay share."""

from collections.abc import Iterable, Mapping
from typing import Literal

import msgspec

Severity = Literal["error", "warning"]
Level = Literal["off", "warning", "error"]


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is wrong, where it is, and how to mend it."""

    path: str = ""  # from the project's root, with forward slashes; empty when no file is at fault
    line: int | None = None  # counted from 1, front matter included
    column: int | None = None
    severity: Severity
    code: str  # never changes once released; docs/findings.md explains each
    what: str
    mend: str = ""

    def __str__(self) -> str:
        """Return the line that editors and CI logs show."""
        place = ":".join(str(part) for part in (self.path, self.line, self.column) if part)
        return f"{place}: {self.severity}: {self.advice} [{self.code}]".removeprefix(": ")

    @property
    def advice(self) -> str:
        """What is wrong and how to mend it, for formats that tell the rest elsewhere."""
        return f"{self.what}: {self.mend}" if self.mend else self.what


class SiteError(Exception):
    """The site has errors, so nothing is published."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("\n".join(map(str, findings)))
        self.findings = findings


class MachineError(Exception):
    """The machine failed us (disk full, no permission, lock held); the sources are not at fault."""


class UsageError(Exception):
    """The command was asked for something that it refuses to do."""


class Findings:
    """A collector, the last argument of every stage: the one value there that changes."""

    def __init__(
        self, levels: Mapping[str, Level] | None = None, *, is_strict: bool = False
    ) -> None:
        self._levels: Mapping[str, Level] = levels or {}
        self._is_strict = is_strict  # warnings forbid publishing, too
        self._found: dict[Finding, None] = {}

    def add(
        self,
        code: str,
        what: str,
        mend: str = "",
        *,
        path: str = "",
        line: int | None = None,
        column: int | None = None,
    ) -> None:
        """Note a finding; its severity is the code's own unless `[checks]` says otherwise."""
        level = self._levels.get(code, CODES[code].level)
        if level != "off":
            self.extend(
                [
                    Finding(
                        path=path,
                        line=line,
                        column=column,
                        severity=level,
                        code=code,
                        what=what,
                        mend=mend,
                    )
                ]
            )

    def adopt(self, findings: Iterable[Finding]) -> None:
        """Note findings that were made before the levels of this collector were known."""
        for each in findings:
            self.add(
                each.code, each.what, each.mend,
                path=each.path, line=each.line, column=each.column,
            )  # fmt: skip

    def extend(self, findings: Iterable[Finding]) -> None:
        """Note findings that were made elsewhere, each once."""
        self._found.update(dict.fromkeys(findings))

    @property
    def found(self) -> tuple[Finding, ...]:
        """All findings so far, by path and line."""
        return tuple(sorted(self._found, key=_order))

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that stop a build."""
        return tuple(finding for finding in self.found if finding.severity == "error")

    def stop_on_errors(self) -> None:
        """Raise SiteError when anything found so far forbids publishing."""
        if self.errors or (self._is_strict and self._found):
            raise SiteError(self.found)


def has_errors(findings: Iterable[Finding]) -> bool:
    """Tell whether some findings forbid publishing."""
    return any(finding.severity == "error" for finding in findings)


def _order(finding: Finding) -> tuple[str, int, int, str, str]:
    return finding.path, finding.line or 0, finding.column or 0, finding.code, finding.what


class Code(msgspec.Struct, frozen=True):
    """What a finding's code stands for."""

    level: Level
    meaning: str


CODES: dict[str, Code] = {
    # config, registries, wording
    "config-missing": Code("error", "There is no config.toml in the project's folder."),
    "config-syntax": Code("error", "config.toml has a line that cannot be read."),
    "config-unknown-key": Code("error", "config.toml has a key that sitegen does not know."),
    "config-type": Code("error", "A value in config.toml is of the wrong kind."),
    "config-required": Code("error", "config.toml lacks a key that a site needs."),
    "config-value": Code("error", "A value in config.toml cannot be used."),
    "base-url-unknown": Code("warning", "`base_url` is still the example of config.toml."),
    "registry-syntax": Code("error", "people.toml or topics.toml has a line that cannot be read."),
    "registry-key": Code("error", "A key in people.toml or topics.toml is unknown or missing."),
    "registry-type": Code("error", "A value in people.toml or topics.toml is of the wrong kind."),
    "registry-language": Code("error", "A topic has no name in one of the site's languages."),
    "registry-unused": Code("warning", "Nothing names this person or topic."),
    "person-erased": Code("error", "A person is named whose entry says `erased = true`."),
    "language-missing": Code("warning", "A text lacks one of the site's languages."),
    "wording-syntax": Code("error", "A wording file has a line that cannot be read."),
    "wording-missing": Code("error", "A language lacks a wording that another language has."),
    # files
    "content-empty": Code("warning", "There is no article in content/."),
    "file-unreadable": Code("error", "A file cannot be read."),
    "file-outside": Code("error", "A file is a link to one outside of the site's folder."),
    "file-kind": Code("error", "A name that belongs to an article is a folder or a device."),
    "file-misplaced": Code("error", "A Markdown file stands where no article can be."),
    "file-encoding": Code("error", "A file is not saved as UTF-8, so its letters cannot be told."),
    "file-name": Code("error", "A file's name cannot stand in an address, or not on every system."),
    "file-copy": Code("error", "A file's name says that it is a copy of an article."),
    "file-twice": Code("error", "Two names differ in what some disks take for one."),
    "language-unknown": Code("error", "A file's language suffix is not one of the site's."),
    # front matter
    "front-matter-missing": Code("error", "An article does not begin with front matter."),
    "front-matter-open": Code("error", "The front matter is not closed by a second `---`."),
    "front-matter-syntax": Code("error", "The front matter has a line that cannot be read."),
    "front-matter-unknown-key": Code("error", "The front matter has a key that nobody knows."),
    "front-matter-duplicate-key": Code("error", "A key stands twice in the front matter."),
    "front-matter-type": Code("error", "A value in the front matter is of the wrong kind."),
    "title-missing": Code("error", "The front matter has no title."),
    "date-missing": Code("error", "A news article has no date, in itself or in its folder's name."),
    "expiry-early": Code("error", "A story would expire before it is out."),
    "date-invalid": Code("error", "A date does not exist or cannot be read."),
    "merge-conflict": Code("error", "A file holds the marks of an unfinished merge."),
    # Markdown
    "html-forbidden": Code("error", "Raw HTML that readers should not meet."),
    "link-scheme": Code(
        "error", "A link begins with something else than https://, mailto: or tel:."
    ),
    "link-empty": Code("error", "A link leads nowhere."),
    "attribute-forbidden": Code(
        "error", "`{: … }` behind a text sets more than class, id or lang."
    ),
    "heading-level": Code("error", "A heading is a level 1, or jumps a level."),
    "box-open": Code("error", "A `:::` box is unknown or not closed."),
    "footnote-missing": Code("error", "A footnote is referred to but nowhere written."),
    "list-mark": Code("warning", "Lines look like a list, but their marks begin none."),
    "markdown-too-complex": Code("error", "The text is too deeply nested or too long to render."),
    "control-character": Code("error", "A text holds a character that feeds cannot carry."),
    # stories
    "story-shared-key": Code("error", "Two languages of one story say different things."),
    "story-duplicate": Code("error", "Two files claim to be the same article."),
    "author-unknown": Code("error", "An author is not in people.toml."),
    "topic-unknown": Code("error", "A tag is not in topics.toml."),
    "contact-unknown": Code("error", "A contact is not in people.toml."),
    "related-unknown": Code("error", "A related story does not exist."),
    "quote-not-in-text": Code("error", "The pull quote's words are not in the article."),
    "pinned-twice": Code("error", "Two stories are pinned at the same time."),
    "slug-empty": Code("error", "A title gives no address."),
    "slug-invalid": Code("error", "A slug holds what an address cannot."),
    "alias-invalid": Code(
        "error", "An alias is no address on this site, such as /da/gammel-side/."
    ),
    "address-taken": Code("error", "Two sources claim one address."),
    "address-lost": Code("error", "An address that readers know would be lost."),
    "address-gone": Code("error", "An address of gone.txt is promised, or on the site."),
    "address-line": Code("error", "A line of published.txt or gone.txt is no address."),
    "address-order": Code("warning", "The lines of published.txt or gone.txt are not sorted."),
    # translations
    "translation-stale": Code("warning", "Another language has changed since this was accepted."),
    "translation-overdue": Code("error", "A translation is behind for longer than is allowed."),
    "translation-missing": Code("off", "A story is not told in one of the site's languages."),
    "basis-unreadable": Code("warning", "What a translation was accepted with cannot be read."),
    "basis-unused": Code("warning", "What a translation was accepted with lies beside no article."),
    # links and media
    "link-broken": Code("error", "A link to a file or article that does not exist."),
    "link-unpublished": Code("error", "A link to an article that readers cannot see."),
    "anchor-broken": Code("error", "A link to a heading or id that is not there."),
    "media-missing": Code("error", "A picture or file beside the article does not exist."),
    "media-broken": Code("error", "A picture cannot be read."),
    "media-kind": Code("error", "A file beside an article is of a kind that could hold a script."),
    "image-alt-missing": Code("error", "A picture has no alternative text."),
    "image-credit-missing": Code("error", "A photograph has no credit."),
    # lints
    "facts-differ": Code("warning", "A figure, date or time differs between the languages."),
    "names-differ": Code("warning", "A name differs between the languages of a story."),
    "headings-differ": Code("warning", "The headings differ between the languages of a story."),
    "links-differ": Code("warning", "The links differ between the languages of a story."),
    "pictures-differ": Code("warning", "The pictures differ between the languages of a story."),
    "name-misspelt": Code("warning", "Two names in one article differ by one letter."),
    "passage-foreign": Code("warning", "A passage is in another language than its article."),
    "text-leftover": Code("warning", "A note to oneself still stands in a text."),
    "quotes-mixed": Code("warning", "An article has two styles of quotation marks."),
    "title-long": Code("warning", "A headline is longer than search results show."),
    "description-long": Code("warning", "A description is longer than search engines show."),
    "image-alt-poor": Code("warning", "An alternative text says nothing, or too much."),
    "link-other-language": Code(
        "warning", "A link leads to another language, though its story is told in this one."
    ),
    "picture-heavy": Code("warning", "A picture weighs more than any reader needs."),
    # templates and output
    "template-missing": Code("error", "A template that a page needs does not exist."),
    "template-error": Code("error", "A template is faulty or asks for what is not there."),
    "output-link-broken": Code("error", "A finished page links to what is not on the site."),
    "output-anchor-broken": Code("error", "A finished page links to an id that is not there."),
    "output-title-missing": Code("error", "A finished page has no title."),
    "output-title-duplicate": Code("error", "Two pages of one language have the same title."),
    "output-heading": Code("error", "A finished page has no h1, or more than one."),
    "output-lang": Code("error", "A finished page does not say its language."),
    "output-canonical": Code("error", "A page names another address than its own as its own."),
    "output-hreflang": Code("error", "Pages disagree on which are translations of each other."),
    "output-sitemap": Code("error", "The sitemap and the pages disagree."),
    "output-leak": Code("error", "A finished page shows what is not to be published."),
    "output-foreign-file": Code("warning", "output/ holds a file that sitegen did not write."),
}
"""Every code that sitegen can report, with its level unless `[checks]` sets another."""

ADJUSTABLE = frozenset(
    {
        "address-order",
        *("base-url-unknown", "content-empty", "front-matter-unknown-key", "output-foreign-file"),
        *("registry-unused", "language-missing", "list-mark"),
        *("translation-stale", "translation-overdue", "translation-missing"),
        *("basis-unreadable", "basis-unused"),
        *("heading-level", "image-alt-missing", "image-credit-missing", "quote-not-in-text"),
        *("facts-differ", "names-differ", "headings-differ", "links-differ", "pictures-differ"),
        *("name-misspelt", "passage-foreign", "text-leftover", "quotes-mixed", "title-long"),
        *("description-long", "image-alt-poor", "link-other-language", "picture-heavy"),
        *("anchor-broken", "output-link-broken", "output-anchor-broken", "output-title-duplicate"),
    }
)
"""The codes whose level `[checks]` may set: a page with such a fault is still the author's page."""
