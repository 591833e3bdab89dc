"""Keeps the promise that an address, once published, leads somewhere for good."""

from sitegen.promise.keeping import keep
from sitegen.promise.lists import read_promise, with_new

__all__ = ["keep", "read_promise", "with_new"]
