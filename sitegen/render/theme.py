"""The named boundary to Jinja: templates in, text out, every fault of a template a finding."""

import hashlib
import traceback
from collections.abc import Mapping
from contextlib import suppress
from types import MappingProxyType

import jinja2
import jinja2.meta
import msgspec

from sitegen.findings import Findings
from sitegen.render.environment import Environment

_SOURCES = (".html", ".xml", ".txt")
_MEND = "mend this line"
_FAULTS = (
    jinja2.TemplateError, TypeError, ValueError, AttributeError, LookupError, ArithmeticError,
    MemoryError, RecursionError,
)  # fmt: skip
"""What code can raise that a template's author wrote."""

NO_CODE: Mapping[str, bytes] = MappingProxyType({})
_Place = tuple[str, int | None]  # path and line


class Theme:
    """The templates of a site, compiled when first used, unless an earlier build kept the code."""

    def __init__(
        self,
        templates: Mapping[str, str],
        paths: Mapping[str, str],
        code: Mapping[str, bytes] = NO_CODE,
    ) -> None:
        self._templates = {
            name: text for name, text in templates.items() if name.endswith(_SOURCES)
        }
        self._paths = paths
        self._unreadable = {name for name in paths if name.endswith(_SOURCES)} - templates.keys()
        self._reported: set[_Place] = set()
        self._environment = Environment(self._templates, code)

    def __contains__(self, template: str) -> bool:
        """Tell whether there is such a template; one that cannot be read has its finding."""
        return template in self._templates or template in self._unreadable

    @property
    def hash(self) -> bytes:
        """A hash of all templates."""
        return _hash(self._templates)

    def compile(self) -> None:
        """Compile all templates now, so that forked workers have them; faults are told later."""
        for name in self._templates:
            with suppress(jinja2.TemplateError):
                self._environment.get_template(name)

    @property
    def code(self) -> dict[str, bytes]:
        """What has been compiled, for the next build."""
        return self._environment.code

    def closures(self) -> dict[str, bytes]:
        """Return a hash of each template and of all that it may use, down to the last part.

        What includes a template by a name that it works out may use any of them.
        """
        uses = {name: self._uses(text) for name, text in self._templates.items()}
        return {name: _hash(self._closure(name, uses)) for name in uses}

    def parts(self, template: str) -> tuple[str, ...]:
        """Return the names of the templates that one may use, down to the last part, sorted."""
        uses = {name: self._uses(text) for name, text in self._templates.items()}
        return tuple(name for name in self._closure(template, uses) if name != template)

    def _uses(self, text: str) -> frozenset[str]:
        try:
            found = set(jinja2.meta.find_referenced_templates(self._environment.parse(text)))
        except jinja2.TemplateError:  # told at its line when it is rendered
            found = {None}
        return frozenset(self._templates) if None in found else frozenset(filter(None, found))

    def _closure(self, name: str, uses: Mapping[str, frozenset[str]]) -> dict[str, str]:
        seen, waiting = {name}, {name}
        while waiting:
            waiting = {used for one in waiting for used in uses.get(one, ())} - seen
            seen |= waiting
        return {one: self._templates.get(one, "") for one in sorted(seen)}

    def fill(self, template: str, context: msgspec.Struct, findings: Findings) -> str | None:
        """Return the template filled with the context, or None with a finding at its line."""
        content = self.content(template, context, findings)
        return None if content is None else content.decode()

    def content(
        self, template: str, context: msgspec.Struct, findings: Findings, *, page: str = ""
    ) -> bytes | None:
        """Return the same as the bytes of a file; a finding names the page that met a fault."""
        values = {field: getattr(context, field) for field in context.__struct_fields__}
        try:
            # half a character, which JSON can spell, cannot be written
            content = self._environment.get_template(template).render(values).encode()
        except jinja2.TemplateSyntaxError as error:
            at: _Place = self._path(error.name or template), error.lineno
            what = f"the template is faulty ({error.message})"
            self._report("template-error", at, what, _MEND, findings)
        except jinja2.TemplateNotFound as error:
            if str(error) not in self._unreadable:
                what = f"there is no template {str(error)!r}"
                place = self._place(error, template)
                self._report("template-missing", place, what, "add it to templates/", findings)
        except _FAULTS as error:
            met = f" with {page}" if page else ""
            what = f"the template cannot be filled{met} ({_words(error)})"
            mend = f"{_MEND}, or give it what it asks for"
            self._report("template-error", self._place(error, template), what, mend, findings)
        else:
            return content
        return None

    def _report(self, code: str, place: _Place, what: str, mend: str, findings: Findings) -> None:
        """Note a fault once, though every page meets it, each with words of its own."""
        if place not in self._reported:
            self._reported.add(place)
            findings.add(code, what, mend, path=place[0], line=place[1])

    def _place(self, error: BaseException, template: str) -> _Place:
        """Return the last place in a template that the error passed."""
        for frame in reversed(traceback.extract_tb(error.__traceback__)):
            if frame.filename in self._paths:
                return self._paths[frame.filename], frame.lineno
        return self._path(template), None

    def _path(self, template: str) -> str:
        return self._paths.get(template, f"templates/{template}")


def _hash(texts: Mapping[str, str]) -> bytes:
    return hashlib.blake2b(repr(texts).encode(), digest_size=12).digest()


def _words(error: Exception) -> str:
    """Return what an exception says, as far as it speaks to the author of a template."""
    if isinstance(error, KeyError):
        return f"there is no {error}"
    if isinstance(error, RecursionError):
        return "it includes itself"
    return str(error).replace("sitegen.model.views.", "") or type(error).__name__
