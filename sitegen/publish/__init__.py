"""The one room that writes output/: a build is staged first, then published whole or not at all."""

from sitegen.publish.clean import clean
from sitegen.publish.ledger import Ledger
from sitegen.publish.manifest import digest_of, is_sound, standing
from sitegen.publish.memory import Memory
from sitegen.publish.publication import Changes, Publication, Staging
from sitegen.publish.rehearsal import Rehearsal

Destination = Publication | Rehearsal
"""Where the pipeline brings its files."""

__all__ = [
    "Changes", "Destination", "Ledger", "Memory", "Publication", "Rehearsal", "Staging", "clean",
    "digest_of", "is_sound", "standing",
]  # fmt: skip
