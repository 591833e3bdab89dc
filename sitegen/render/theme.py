"""The named boundary to Jinja: templates in, text out, every fault of a template a finding."""

import traceback
from collections.abc import Callable, Mapping

import jinja2
import msgspec

from sitegen.findings import Findings

_SOURCES = (".html", ".xml", ".txt")


class Theme:
    """The templates of a site, compiled when first used."""

    def __init__(self, templates: Mapping[str, str], paths: Mapping[str, str]) -> None:
        self._paths = paths
        self._environment = jinja2.Environment(
            loader=jinja2.FunctionLoader(_loader(templates)),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )

    def fill(
        self, template: str, context: msgspec.Struct, source: str, findings: Findings
    ) -> str | None:
        """Return the template filled with the context, or None with a finding at its line.

        `source` is the article that the page is made of, for the message.
        """
        values = {field: getattr(context, field) for field in context.__struct_fields__}
        try:
            return self._environment.get_template(template).render(values)
        except jinja2.TemplateNotFound as error:
            path = source or f"templates/{template}"
            what = f"there is no template {str(error)!r}"
            findings.add("template-missing", what, "add it to templates/", path=path)
        except jinja2.TemplateSyntaxError as error:
            path = self._paths.get(error.name or template, f"templates/{template}")
            findings.add(
                "template-error",
                f"the template is faulty ({error.message})",
                "mend this line",
                path=path,
                line=error.lineno,
            )
        except (jinja2.TemplateError, TypeError, ValueError, AttributeError, LookupError) as error:
            path, line = self._place(error, template)
            findings.add(
                "template-error",
                f"the template cannot be filled ({error})",
                "mend this line, or give it what it asks for",
                path=path,
                line=line,
            )
        return None

    def _place(self, error: BaseException, template: str) -> tuple[str, int | None]:
        """Return the last place in a template that the error passed, as path and line."""
        for frame in reversed(traceback.extract_tb(error.__traceback__)):
            if frame.filename in self._paths:
                return self._paths[frame.filename], frame.lineno
        return self._paths.get(template, template), None


def _loader(
    templates: Mapping[str, str],
) -> Callable[[str], tuple[str, str, Callable[[], bool]] | None]:
    """Return a loader that names each template in tracebacks, so that faults find their file."""

    def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        text = templates.get(name) if name.endswith(_SOURCES) else None
        return None if text is None else (text, name, lambda: True)

    return load
