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
    if page.template not in theme:
        _report_missing(page, findings)
        return None
    met = page.article.path if page.article else f"the page {page.address}"
    content = theme.content(page.template, context, findings, page=met)
    return None if content is None else OutputFile(path=output_path(page.address), content=content)


def _report_missing(page: Page, findings: Findings) -> None:
    """Note that a page's template does not exist, where an article asks for it by name."""
    asks = page.article is not None and page.article.card.front.template == page.template
    card = page.article.card if page.article and asks else None
    findings.add(
        "template-missing",
        f"there is no template {page.template!r}",
        "add it to templates/" + (", or mend its name here" if card else ""),
        path=card.source.path if card else f"templates/{page.template}",
        line=card.lines.get("template") if card else None,
    )
