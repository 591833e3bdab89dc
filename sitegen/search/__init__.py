"""Builds the index that the search page reads: small files of terms, and of what they lead to.

Which article has which term stands in files by the first letters of the term, so that a query
reads one for each of its words, and an edit changes those of the words that came or went. An
article has a number made of its day, which tells its age and never changes because of another;
nothing says in which order files must be read, so a browser cannot mix old and new ones.
"""

from sitegen.search.documents import Document, Scheme, directory, document_files, number, scheme_of
from sitegen.search.index import gather, revise
from sitegen.search.shards import Shard, shard_file

__all__ = [
    "Document",
    "Scheme",
    "Shard",
    "directory",
    "document_files",
    "gather",
    "number",
    "revise",
    "scheme_of",
    "shard_file",
]
