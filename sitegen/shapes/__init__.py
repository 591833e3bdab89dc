"""What editors' programs need to complete and check config.toml and front matter."""

from sitegen.shapes.config import config_schema
from sitegen.shapes.front_matter import front_matter_schema
from sitegen.shapes.snippets import snippets

__all__ = ["config_schema", "front_matter_schema", "snippets"]
