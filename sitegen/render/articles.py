"""The contexts of pages with a text of their own: articles, fixed pages, the press page."""

from sitegen.dates import revised
from sitegen.downloads import format_and_size
from sitegen.markup import RAIL, TEXT, fill_tokens
from sitegen.model import contexts as see
from sitegen.model import views as view
from sitegen.model.content import Body
from sitegen.model.pages import LinkedPage, Page
from sitegen.model.stories import Article, Story
from sitegen.render.pictures import main_picture
from sitegen.render.views import Common, Views, dated
from sitegen.typography import no_break


def article_page(linked: LinkedPage, body: Body, views: Views, common: Common) -> see.Context:
    """Return what article.html sees."""
    page, story, article = linked.page, linked.page.story, linked.page.article
    if story is None or article is None:
        raise TypeError(page.address)
    front, told_in, withdrawn = article.card.front, article.language, article.card.front.withdrawn
    return see.ArticlePage(
        **common,
        title=views.text(article.title, told_in),
        language=_language(page),
        notices=() if withdrawn else _notices(page, views),
        label="" if story.type == "news" else views.wording.say(f"type_{story.type}"),
        topic=views.topic(story),
        lead="" if withdrawn else views.text(front.summary, told_in),
        byline=_byline(story, views),
        company=views.config.company.name or views.config.title,
        published=views.date(dated(story)),
        updated=_updated(page, views),
        reading_time="" if withdrawn else views.reading_time(article.card.words),
        image=None if withdrawn or not linked.image else main_picture(linked.image, story, article),
        body="" if withdrawn else _text(linked, body),
        boxes=() if withdrawn else _boxes(linked, body),
        quote="" if withdrawn else no_break(front.quote, told_in),
        people=() if withdrawn else tuple(map(views.person, page.people)),
        tags=views.tags(story),
        corrections=_corrections(article, views),
        withdrawn=_withdrawal(article, views),
        contact=_contact(story, views),
        about=views.config.company.about.get(page.language, "") if story.type == "press" else "",
        downloads=() if withdrawn else _downloads(linked, views),
        share=views.share(article.title, _address(page, views)),
        address=_address(page, views),
        related=views.teasers(page.more),
        newer=views.teaser(page.newer) if page.newer else None,
        older=views.teaser(page.older) if page.older else None,
        extra=front.extra,
    )


def _text(linked: LinkedPage, body: Body) -> str:
    """Return the HTML of a text; its first picture is fetched at once if nothing comes before."""
    return fill_tokens(body.html, linked.targets, TEXT, is_first=linked.image is None)


def _boxes(linked: LinkedPage, body: Body) -> tuple[str, ...]:
    return tuple(fill_tokens(box, linked.targets, RAIL) for box in body.boxes)


def _corrections(article: Article, views: Views) -> tuple[view.Note, ...]:
    return tuple(
        view.Note(date=views.date(each.date), text=no_break(each.text, article.language))
        for each in article.card.front.corrections
    )


def _withdrawal(article: Article, views: Views) -> view.Note | None:
    said = article.card.front.withdrawn
    return view.Note(date=views.date(said.date), text=said.reason) if said else None


def _notices(page: Page, views: Views) -> tuple[view.Notice, ...]:
    """Return what readers are told of the languages of a page (R39, R40)."""
    say = views.wording
    if page.original and page.article:
        language = page.article.language
        text = say.say("only_in", language=views.spoken(language))
        return (_notice(text, language, page.original, views),)
    return tuple(
        _notice(
            say.say("changed_in", language=views.spoken(each.language)),
            each.language,
            each.address,
            views,
        )
        for each in page.ahead
    )


def _notice(text: str, language: str, address: str, views: Views) -> view.Notice:
    words = views.wording.say("read_in", language=views.spoken(language))
    url = views.site.addresses.href(address)
    return view.Notice(text=text, link=view.Anchor(text=words, url=url, language=language))


def _language(page: Page) -> str:
    """Return the language of a page's article, where that is not the page's own."""
    told_in = page.article.language if page.article else page.language
    return told_in if told_in != page.language else ""


def _address(page: Page, views: Views) -> str:
    """Return the address to share: that of the article itself."""
    return views.site.addresses.absolute(page.original or page.address)


def _byline(story: Story, views: Views) -> tuple[view.PersonView, ...]:
    people = views.site.registry.people
    return tuple(
        views.person(people[credit.id], credit.title)
        for credit in story.authors
        if credit.id in people
    )


def _updated(page: Page, views: Views) -> view.DateText | None:
    """Return when an article was updated, if its editor says so: never from a file's time (R5)."""
    if page.article is None or page.story is None:
        return None
    latest = revised(page.story, page.article, views.config.zone)
    return views.date(latest) if latest else None


def _contact(story: Story, views: Views) -> view.ContactView | None:
    """Return whom the press may ask: on press releases, and where an article names someone."""
    if story.contact in views.site.registry.people:
        return views.contact(views.site.registry.people[story.contact])
    return views.contact(None) if story.type == "press" else None


def _downloads(linked: LinkedPage, views: Views) -> tuple[view.Download, ...]:
    return tuple(
        view.Download(
            text=no_break(each.text, views.language),
            url=each.href,
            note=format_and_size(each.name, each.size, views.locale),
            credit=each.credit,
        )
        for each in linked.downloads
    )


def fixed_page(linked: LinkedPage, body: Body, views: Views, common: Common) -> see.Context:
    """Return what page.html sees."""
    page = linked.page
    summary = page.article.card.front.summary if page.article else ""
    return see.FixedPage(
        **common,
        title=views.text(page.title),
        notices=_notices(page, views),
        lead=views.text(summary),
        body=_text(linked, body),
        boxes=_boxes(linked, body),
        updated=_updated(page, views),
        extra=page.article.card.front.extra if page.article else {},
    )


def press_page(linked: LinkedPage, body: Body, views: Views, common: Common) -> see.Context:
    """Return what press.html sees."""
    page = linked.page
    summary = page.article.card.front.summary if page.article else ""
    return see.PressPage(
        **common,
        title=views.text(page.title),
        lead=views.text(summary),
        body=_text(linked, body),
        contact=views.contact(None),
        about=views.config.company.about.get(page.language, ""),
        downloads=_downloads(linked, views),
        entries=views.teasers(page.entries),
        more=views.all_news(),
    )
