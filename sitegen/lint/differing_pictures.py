"""Pictures that one translation shows and the other does not."""

import posixpath
import re

from sitegen.findings import Findings
from sitegen.lint.pair import Pair, Told
from sitegen.model.content import Reference

_LANGUAGE = re.compile(r"(?<![a-z])(?:da|dk|dansk|danish|en|uk|engelsk|english)(?![a-z])")
_PHOTOGRAPH = (".jpg", ".jpeg", ".webp", ".heic", ".avif")


def check(pair: Pair, findings: Findings) -> None:
    """Note each picture without a counterpart; diagrams may be drawn anew in each language."""
    ours, theirs = _pictures(pair.ours), _pictures(pair.theirs)
    for one in list(ours):
        same = next((each for each in theirs if _name(each) == _name(one)), None)
        if same:
            ours.remove(one)
            theirs.remove(same)
    count = min(len(ours), len(theirs))
    for one, other in zip(ours, theirs, strict=False):
        if one.target.lower().endswith(_PHOTOGRAPH) and other.target.lower().endswith(_PHOTOGRAPH):
            what = f"the photograph {other.target} stands here, and {one.target} in "
            what += f"{pair.ours.path}:{one.line}"
            mend = "show the same in both languages"
            pair.report("pictures-differ", pair.theirs, other.line, what, mend, findings)
    for told, left in ((pair.ours, ours[count:]), (pair.theirs, theirs[count:])):
        other_article = pair.other(told)
        for each in () if pair.may_leave_out(other_article) else left:
            what = f"the picture {each.target} is not shown in {other_article.path}"
            mend = "show it in both languages, or in neither"
            pair.report("pictures-differ", told, each.line, what, mend, findings)


def _pictures(told: Told) -> list[Reference]:
    return [each for each in told.card.references if each.kind == "image"]


def _name(picture: Reference) -> str:
    """Return the name of a picture without the language that its file may name."""
    return _LANGUAGE.sub("", posixpath.basename(picture.target).casefold())
