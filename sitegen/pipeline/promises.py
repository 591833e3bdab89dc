"""Holds the planned site against what readers were promised before."""

from sitegen.findings import Findings
from sitegen.pipeline.work import Work
from sitegen.promise import keep


def keep_promise(work: Work, findings: Findings) -> tuple[str, ...]:
    """Return the permanent addresses that published.txt lacks; those that would be lost are found.

    After an error nobody can tell, as an article may be missing for it; nor can a preview that
    shows another moment, or hides what is not public.
    """
    order, site, sources = work.order, work.site, work.sources
    if findings.errors or (order.is_preview and not (order.drafts and order.future)):
        return ()
    hidden = {
        address: article
        for article in site.hidden_articles
        if article.path in site.hidden
        for address in (site.hidden[article.path], *article.card.front.aliases)
    }
    files = map(sources.addresses.file, sources.project.files)
    return keep(sources.promise, site.pages, files, hidden, sources.addresses, findings)
