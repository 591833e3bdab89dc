"""Front matter's keys as snippets for VS Code, which looks into no schema within Markdown."""

import re

import msgspec

from sitegen.front_matter import KEYS
from sitegen.shapes.words import FRONT_MATTER


def snippets() -> bytes:
    """Return a file of snippets in JSON: type a key's first letters, and it is completed."""
    made = {
        key: {
            "scope": "markdown",
            "prefix": key,
            "body": f"{key}: {_value(key)}",
            "description": FRONT_MATTER[key],
        }
        for key in KEYS
    }
    return msgspec.json.format(msgspec.json.encode(made), indent=2)


def _value(key: str) -> str:
    """Return a choice where there are few values, today for a date, else room for a text."""
    schema, example = KEYS[key].schema, KEYS[key].example
    if words := schema.get("enum"):
        return f"${{1|{','.join(str(word).lower() for word in words)}|}}"
    if "pattern" in schema:
        return "${1:$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE}"
    if "{" in example and "string" not in schema.get("items", schema)["type"]:
        return re.sub(r"([$}\\])", r"\\\1", example)
    return "[$1]" if "array" in schema["type"] else "$1"
