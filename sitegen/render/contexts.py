"""Builds the context of each kind of page: everything its template may look at."""

from collections.abc import Callable

from sitegen.model.content import Body
from sitegen.model.contexts import Context
from sitegen.model.pages import LinkedPage, PageKind
from sitegen.model.views import Head
from sitegen.render.articles import article_page, fixed_page, press_page
from sitegen.render.frame import frame_of
from sitegen.render.lists import archive_page, front_page, gateway_page, list_page, person_page
from sitegen.render.services import not_found_page, redirect_page, search_page, tombstone_page
from sitegen.render.views import Common, Surroundings, Views

NO_BODY = Body(html="")

_BUILDERS: dict[PageKind, Callable[[LinkedPage, Body, Views, Common], Context]] = {
    "article": article_page,
    "fixed": fixed_page,
    "press": press_page,
    "front": front_page,
    "list": list_page,
    "year": list_page,
    "topic": list_page,
    "archive": archive_page,
    "person": person_page,
    "gateway": gateway_page,
    "search": search_page,
    "not_found": not_found_page,
    "redirect": redirect_page,
    "tombstone": tombstone_page,
}


def context_of(linked: LinkedPage, head: Head, body: Body | None, site: Surroundings) -> Context:
    """Return all that the template of a page sees."""
    views = site.views[linked.page.language]
    common = {"frame": frame_of(linked.page, views), "head": head, "t": views.wording.text}
    return _BUILDERS[linked.page.kind](linked, body or NO_BODY, views, common)
