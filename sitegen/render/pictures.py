"""A story's main picture, as its article and the front page show it."""

import msgspec

from sitegen.markup import srcsets
from sitegen.model import views as view
from sitegen.model.pages import Entry, Target
from sitegen.model.stories import Article, Story
from sitegen.typography import no_break


def main_picture(image: Target, story: Story, article: Article) -> view.Picture:
    """Return a picture in all its files, with what an article says of it."""
    front = article.card.front
    *better, (_, plain) = srcsets(image) or [("", "")]
    return view.Picture(
        url=image.href,
        srcset=plain if "," in plain else "",
        better=tuple(view.Files(type=type_, srcset=files) for type_, files in better),
        width=image.width,
        height=image.height,
        alt=front.image_alt or "",
        credit=story.image_credit,
        caption=no_break(front.image_caption, article.language),
    )


def lead_picture(image: Target, lead: Entry) -> view.Picture:
    """Return a picture beside its headline: whose it is, and no word that the headline has said."""
    picture = main_picture(image, lead.story, lead.article)
    return msgspec.structs.replace(picture, alt="", caption="")
