"""The JSON Schema of front matter, made of the kinds of value that the build reads."""

from typing import Any

import msgspec

from sitegen.front_matter import KEYS
from sitegen.model.content import SHARED_KEYS
from sitegen.shapes.config import DRAFT
from sitegen.shapes.words import FRONT_MATTER

SHARED = "Holds for all languages of the story."


def front_matter_schema() -> bytes:
    """Return the schema in JSON, for YAML 1.2 as editors' programs read it."""
    schema = {
        "$schema": DRAFT,
        "title": "Front matter",
        "description": "The lines between `---` that head an article.",
        "type": "object",
        "properties": {key: _property(key) for key in KEYS},
        "required": ["title"],
        "additionalProperties": False,
    }
    return msgspec.json.format(msgspec.json.encode(schema), indent=2)


def _property(key: str) -> dict[str, Any]:
    kind = KEYS[key]
    words = " ".join([FRONT_MATTER[key], *([SHARED] if key in SHARED_KEYS else [])])
    said: dict[str, Any] = {**kind.schema, "description": words}
    if key == "title":
        return {**said, "pattern": r"\S"}
    return {**said, "type": [*said["type"], "null"]} if kind.is_blank_sound else said
