import json

import msgspec

from sitegen.difference import Difference, as_lines, as_values, differences
from sitegen.pipeline import Outcome

OUTCOME = Outcome(
    findings=(),
    added=("da/nyheder/2024/x/index.html", "index.html", "media/team.1234.jpg"),
    changed=("da/index.html", "en/feed.atom", "zh-hant/index.html"),
    removed=("en/news/2024/y/index.html",),
    unpromised=("/da/nyheder/2024/x/",),
)


def test_what_changes_is_told_by_language_and_address() -> None:
    assert differences(OUTCOME, ("da", "en", "zh-Hant")) == {
        "da": Difference(added=("/da/nyheder/2024/x/",), changed=("/da/",)),
        "en": Difference(changed=("/en/feed.atom",), removed=("/en/news/2024/y/",)),
        "zh-Hant": Difference(changed=("/zh-hant/",)),
        "": Difference(added=("/", "/media/team.1234.jpg")),
    }


def test_the_lines_tell_counts_then_addresses_then_what_is_new_to_readers() -> None:
    outcome = msgspec.structs.replace(OUTCOME, changed=("da/index.html",))

    assert list(as_lines(differences(outcome, ("da", "en")), "New:", outcome.unpromised)) == [
        "da: 1 added, 1 changed, 0 removed",
        "  added: /da/nyheder/2024/x/",
        "  changed: /da/",
        "en: 0 added, 0 changed, 1 removed",
        "  removed: /en/news/2024/y/",
        "shared: 2 added, 0 changed, 0 removed",
        "  added: /",
        "  added: /media/team.1234.jpg",
        "New:",
        "  /da/nyheder/2024/x/",
    ]
    assert list(as_lines({}, "New:", ())) == []


def test_json_tells_the_same() -> None:
    values = as_values(differences(OUTCOME, ("da",)), OUTCOME.unpromised)
    told = json.loads(msgspec.json.encode(values))

    assert told["pages"]["da"] == {
        "added": ["/da/nyheder/2024/x/"],
        "changed": ["/da/"],
        "removed": [],
    }
    assert told["pages"]["shared"]["removed"] == ["/en/news/2024/y/"]
    assert told["unpromised"] == ["/da/nyheder/2024/x/"]
