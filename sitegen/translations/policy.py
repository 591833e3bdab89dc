"""What a site's editors are told of translations that are behind or missing, and until when."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from zoneinfo import ZoneInfo

import msgspec

from sitegen.dates import opening
from sitegen.findings import Findings
from sitegen.model.content import FrontMatter, When
from sitegen.model.stories import Article, Story
from sitegen.schedule import Moment
from sitegen.translations.standing import Outline, standing


class Lag(msgspec.Struct, frozen=True, kw_only=True):
    """An article that is behind others."""

    article: Article
    ahead: tuple[Article, ...]
    is_mutual: bool  # it has changed itself, too
    due: dt.datetime | None = None  # from when on it is an error; None: never


def revision(front: FrontMatter) -> str:
    """Return the day of an article's last change that its editor has told, as in 2024-05-17."""
    days = [each.date.day for each in front.corrections]
    days += [front.updated.day] if front.updated else []
    return str(max(days)) if days else ""


def lag(story: Story, outline: Outline, language: str, days: int, zone: ZoneInfo) -> Lag | None:
    """Return how a language of a story is behind; None when it is not."""
    found = standing(outline, language)
    article = story.article(language)
    if article is None or found not in {"stale", "both changed"}:
        return None
    ahead = [each for each in story.articles if each.language in outline.ahead(language)]
    due = [_due(each, outline, language, days, zone) for each in ahead] if days else []
    return Lag(
        article=article,
        ahead=tuple(ahead),
        is_mutual=found == "both changed",
        due=min(filter(None, due), default=None),
    )


def _due(
    ahead: Article, outline: Outline, language: str, days: int, zone: ZoneInfo
) -> dt.datetime | None:
    """Return when an article must have been followed; None when no day of its change is told."""
    changed = revision(ahead.card.front)
    if changed <= outline.updated.get((language, ahead.language), ""):
        return None
    try:
        day = dt.date.fromisoformat(changed) + dt.timedelta(days)
    except OverflowError:  # after the last day that there is
        return None
    return opening(When(day=day), zone).astimezone(zone)


def lags(
    stories: Iterable[Story], outlines: Mapping[str, Outline], moment: Moment, days: int
) -> Iterator[tuple[Story, Lag]]:
    """Yield what is behind, of all that readers see or will; drafts are not ready to be followed.

    `outlines` are those of the stories of which a language has changed.
    """
    for story in stories:
        for article in story.articles if story.key in outlines else ():
            found = lag(story, outlines[story.key], article.language, days, moment.zone)
            ahead = [each for each in found.ahead if _counts(story, each, moment)] if found else []
            if found and ahead and _counts(story, article, moment):
                yield story, msgspec.structs.replace(found, ahead=tuple(ahead))


def _counts(story: Story, article: Article, moment: Moment) -> bool:
    is_seen = moment.state(story, article) in {"public", "scheduled"}
    return is_seen and article.card.front.withdrawn is None


def report_lags(
    found: Iterable[tuple[Story, Lag]], now: dt.datetime, days: int, findings: Findings
) -> None:
    """Note each translation that is behind; of two that have both changed, the first."""
    told: set[str] = set()
    for story, each in found:
        if each.is_mutual and story.key in told:
            continue
        told.add(story.key)
        name = story.key.removeprefix("news/")
        others = " and ".join(_seen_from(each.article, other) for other in each.ahead)
        what = f"{others} has changed since this was accepted as saying the same"
        if each.is_mutual:
            what = f"this and {others} have both changed since they were accepted"
        mend = f"see what has changed with sitegen status --diff {name}, and when both say the same"
        mend += f" again, run sitegen status --accept {name}"
        code = "translation-stale"
        if each.due and each.due <= now:
            code = "translation-overdue"
            what = f"{others} changed {days} days ago or earlier, and this has not followed"
        elif each.due:
            mend += f"; from {each.due.date()} on this stops the build"
        line = each.article.card.lines.get("title")
        findings.add(code, what, mend, path=each.article.path, line=line)


def report_missing(stories: Iterable[Story], moment: Moment, findings: Findings) -> None:
    """Note each language in which a story is not told."""
    for story in stories:
        told = {article.language for article in story.articles}
        first = next((each for each in story.articles if _counts(story, each, moment)), None)
        for language in moment.languages if first else ():
            if first and language not in told:
                findings.add(
                    "translation-missing",
                    f"the story is not told in the language `{language}`",
                    f"write it in {_beside(first, language)}",
                    path=first.path,
                    line=first.card.lines.get("title"),
                )


def _seen_from(article: Article, other: Article) -> str:
    """Return how the file of another language is called where both are known."""
    folder, _, name = other.path.rpartition("/")
    return name if article.path.rpartition("/")[0] == folder else other.path


def _beside(article: Article, language: str) -> str:
    """Return where the same story would be told in another language."""
    name = article.path.removesuffix(".md").removesuffix(f".{article.language}")
    return f"{name}.{language}.md"
