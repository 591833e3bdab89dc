"""The JSON Schema of config.toml, made of the types that the build reads it into."""

from typing import Any

import msgspec

from sitegen.findings import ADJUSTABLE
from sitegen.settings import (
    BASE_URL,
    LANGUAGE_TAG,
    LEAST,
    LOCALE,
    MENU_PLACES,
    PICTURE_FORMATS,
    SLUG,
    WAYS,
    WIDTHS,
    Config,
)
from sitegen.shapes.words import CONFIG

DRAFT = "http://json-schema.org/draft-07/schema#"
"""The newest that editors' programs know."""

_REF = "#/definitions/{name}"
_TAG = {"pattern": f"^(?:{LANGUAGE_TAG.pattern})$"}
_SAID = {"pattern": r"\S"}

_RULES: dict[str, dict[str, Any]] = {
    "base_url": {"pattern": f"^(?:{BASE_URL.pattern})$"},
    "title": _SAID,
    "default_language": _TAG,
    "languages": {"minProperties": 1, "propertyNames": _TAG},
    "languages.*.label": _SAID,
    "languages.*.title": _SAID,
    "languages.*.locale": {"pattern": f"^(?:{LOCALE.pattern})$"},
    "languages.*.section": {"pattern": f"^(?:{SLUG.pattern})$"},
    "languages.*.menu": {"items": {"enum": list(MENU_PLACES)}},
    "images.widths": {
        "minItems": 1,
        "items": {"type": "integer", "minimum": WIDTHS[0], "maximum": WIDTHS[1]},
    },
    "images.formats": {"items": {"enum": list(PICTURE_FORMATS)}},
    "checks": {"propertyNames": {"enum": sorted(ADJUSTABLE)}},
    **{".".join(at): {"minimum": number} for at, number in LEAST.items()},
    **{
        f"{table}.{key}": {"pattern": f"^(?:{pattern.pattern})?$"}
        for table in ("company", "contact")
        for key, (pattern, _) in WAYS.items()
    },
}
"""What values may be beyond their type, by the path of the key."""


def config_schema() -> bytes:
    """Return the schema in JSON."""
    (root,), parts = msgspec.json.schema_components([Config], ref_template=_REF)
    name = root["$ref"].rpartition("/")[2]
    _describe(parts[name], "", parts)
    schema = {"$schema": DRAFT, **parts.pop(name), "definitions": parts}
    return msgspec.json.format(msgspec.json.encode(schema), indent=2)


def _describe(table: dict[str, Any], place: str, parts: dict[str, Any]) -> None:
    """Say of each key of a table, and of those in it, what it means and what it may be."""
    for key, value in table["properties"].items():
        path = f"{place}{key}"
        members = value.get("additionalProperties")
        if words := CONFIG.get(path) or CONFIG.get(f"{path}.*"):
            value["description"] = words
        value.update(_RULES.get(path, {}))
        if reference := value.get("$ref"):
            _describe(parts[reference.rpartition("/")[2]], f"{path}.", parts)
        elif isinstance(members, dict) and "$ref" in members:
            _describe(parts[members["$ref"].rpartition("/")[2]], f"{path}.*.", parts)
