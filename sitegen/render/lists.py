"""The contexts of pages that list the news."""

import msgspec

from sitegen.model import contexts as see
from sitegen.model import views as view
from sitegen.model.content import Body
from sitegen.model.pages import Group, LinkedPage, Pagination
from sitegen.render.frame import feed_anchors
from sitegen.render.pictures import lead_picture
from sitegen.render.views import Common, Views

PAGES_SHOWN = 2  # on either side of the current one in a pagination


def front_page(linked: LinkedPage, _body: Body, views: Views, common: Common) -> see.Context:
    """Return what front.html sees."""
    entries = linked.page.entries
    lead, *rest = views.teasers(entries) or (None,)
    return see.FrontPage(
        **common,
        title=linked.page.title,
        lead=lead,
        image=lead_picture(linked.image, entries[0]) if linked.image else None,
        entries=tuple(teaser for teaser in rest if teaser),
        more=views.archive(),
    )


def list_page(linked: LinkedPage, _body: Body, views: Views, common: Common) -> see.Context:
    """Return what list.html, year.html and topic.html see."""
    page = linked.page
    language = page.language
    entries = views.teasers(page.entries)
    if page.topic:  # its own name under each headline would say nothing
        entries = tuple(msgspec.structs.replace(teaser, topic=None) for teaser in entries)
    return see.ListPage(
        **common,
        title=views.text(page.title),
        intro=page.topic.description.get(language, "") if page.topic else "",
        entries=entries,
        pagination=_pagination(page.pagination, views),
        more=None if page.kind == "list" else views.archive(),
        years=tuple(_year(group, views) for group in page.groups),
        feeds=feed_anchors(views, page.topic) if page.topic else (),
    )


def archive_page(linked: LinkedPage, _body: Body, views: Views, common: Common) -> see.Context:
    """Return what archive.html sees."""
    groups = linked.page.groups
    headlines = views.wording.count("headlines", sum(group.count for group in groups))
    return see.ArchivePage(
        **common,
        title=views.text(linked.page.title),
        intro=views.wording.say("archive_intro", headlines=headlines),
        years=tuple(_year(group, views) for group in groups),
        topics=views.site.topics.get(linked.page.language, ()),
    )


def person_page(linked: LinkedPage, _body: Body, views: Views, common: Common) -> see.Context:
    """Return what person.html sees."""
    page = linked.page
    if page.person is None:
        raise TypeError(page.address)
    return see.PersonPage(
        **common,
        person=views.person(page.person),
        entries=views.teasers(page.entries),
        quoted=views.teasers(page.more),
        pagination=_pagination(page.pagination, views),
    )


def gateway_page(linked: LinkedPage, _body: Body, views: Views, common: Common) -> see.Context:
    """Return what gateway.html sees."""
    halves = []
    for group in linked.page.groups:
        own = views.site.views[group.name]
        language = views.config.languages[group.name]
        half = see.GatewayLanguage(
            language=group.name,
            label=language.label,
            url=views.site.addresses.href(group.address),
            title=language.title,
            description=language.description,
            entries=own.teasers(group.entries),
            t=own.wording.text,
        )
        halves.append(half)
    return see.GatewayPage(**common, languages=tuple(halves))


def _year(group: Group, views: Views) -> view.YearView:
    return view.YearView(
        name=group.name,
        url=views.site.addresses.href(group.address),
        count=views.wording.count("stories", group.count),
        entries=views.teasers(group.entries),
    )


def _pagination(pagination: Pagination | None, views: Views) -> view.PageLinks | None:
    """Return the way to the other pages of a list: the first, the last and those around."""
    if pagination is None or len(pagination.addresses) == 1:
        return None
    here, last = pagination.number, len(pagination.addresses)
    hrefs = [views.site.addresses.href(address) for address in pagination.addresses]
    around = range(max(1, here - PAGES_SHOWN), min(last, here + PAGES_SHOWN) + 1)
    links: list[view.Anchor] = []
    previous = 0
    for number in sorted({1, *around, last}):
        if number > previous + 1:
            links.append(view.Anchor(text=""))
        url = hrefs[number - 1]
        links.append(view.Anchor(text=str(number), url=url, is_current=number == here))
        previous = number
    newer = view.Anchor(text=views.wording.say("newer"), url=hrefs[here - 2]) if here > 1 else None
    older = view.Anchor(text=views.wording.say("older"), url=hrefs[here]) if here < last else None
    return view.PageLinks(
        label=views.wording.say("page_of", number=here, pages=last),
        pages=tuple(links),
        newer=newer,
        older=older,
    )
