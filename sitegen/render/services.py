"""The contexts of pages that lead on: search, errors, redirects, tombstones."""

from sitegen.model import contexts as see
from sitegen.model import views as view
from sitegen.model.content import Body
from sitegen.model.pages import LinkedPage
from sitegen.render.views import Common, Views


def search_page(linked: LinkedPage, _body: Body, views: Views, common: Common) -> see.Context:
    """Return what search.html sees."""
    return see.SearchPage(
        **common,
        title=linked.page.title,
        archive=views.archive(),
        topics=views.site.topics.get(linked.page.language, ()),
        script=views.site.assets.get("search.js", ""),
        stemmer=views.site.assets.get(f"stem.{views.language}.js", ""),
        locale=views.locale.replace("_", "-"),
        found=views.wording.plural["search_found"],
    )


def not_found_page(linked: LinkedPage, _body: Body, views: Views, common: Common) -> see.Context:
    """Return what not_found.html sees."""
    page, addresses = linked.page, views.site.addresses
    is_root = page.address == addresses.not_found()
    languages = [page.language, *views.config.languages] if is_root else [page.language]
    return see.NotFoundPage(
        **common,
        texts=tuple(_not_found_text(views.site.views[name]) for name in dict.fromkeys(languages)),
    )


def _not_found_text(views: Views) -> see.NotFoundText:
    addresses, language = views.site.addresses, views.language
    places = {"home": addresses.front, "search": addresses.search, "archive": addresses.archive}
    return see.NotFoundText(
        language=language,
        title=views.wording.say("not_found_title"),
        text=views.wording.say("not_found_text"),
        links=tuple(
            view.Anchor(text=views.wording.say(place), url=addresses.href(address(language)))
            for place, address in places.items()
        ),
    )


def redirect_page(linked: LinkedPage, _body: Body, views: Views, common: Common) -> see.Context:
    """Return what redirect.html sees."""
    page = linked.page
    url = views.site.addresses.href(page.target)
    return see.RedirectPage(
        **common,
        title=views.wording.say("redirect_title"),
        target=view.Anchor(text=views.text(page.title), url=url),
    )


def tombstone_page(linked: LinkedPage, _body: Body, views: Views, common: Common) -> see.Context:
    """Return what tombstone.html sees."""
    return see.TombstonePage(
        **common,
        title=linked.page.title,
        text=views.wording.say("tombstone_text"),
        links=(views.all_news(), views.archive()),
    )
