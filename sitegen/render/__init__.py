"""Fills a page's template with its context: the same context, the same bytes."""

from sitegen.addresses import output_path
from sitegen.findings import Findings
from sitegen.model.contexts import Context
from sitegen.model.pages import OutputFile, Page
from sitegen.render.contexts import context_of
from sitegen.render.theme import Theme
from sitegen.render.views import Surroundings

__all__ = ["Surroundings", "Theme", "context_of", "render"]


def render(page: Page, context: Context, theme: Theme, findings: Findings) -> OutputFile | None:
    """Return the finished file of a page, or None with a finding at the template's line."""
    source = page.article.path if page.article else ""
    text = theme.fill(page.template, context, source, findings)
    if text is None:
        return None
    return OutputFile(path=output_path(page.address), content=text.encode())
