"""The one room that writes output/: a build is staged first, then published whole or not at all."""

from sitegen.publish.clean import clean
from sitegen.publish.destination import Changes, Destination, Rehearsal
from sitegen.publish.guard import refuse_foreign
from sitegen.publish.manifest import Manifest, digest_of, read_manifest
from sitegen.publish.publication import Publication

__all__ = [
    "Changes",
    "Destination",
    "Manifest",
    "Publication",
    "Rehearsal",
    "clean",
    "digest_of",
    "read_manifest",
    "refuse_foreign",
]
