"""Lints: what is sound for a machine and yet probably not what the editor meant, a file a rule."""

from sitegen.lint import heavy_pictures, other_language
from sitegen.lint.article import read_article
from sitegen.lint.story import compare

__all__ = ["compare", "heavy_pictures", "other_language", "read_article"]
