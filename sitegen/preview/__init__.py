"""The preview: a local server that rebuilds on every save and shows the result or the faults."""

import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sitegen.preview.builder import Build, build_site
from sitegen.preview.session import Preview, run

__all__ = ["Preview", "serve"]

_CHATTY = ("tornado", "livereload")


def serve(plan: Preview, say: Callable[[str], None], *, build: Build = build_site) -> int:
    """Return the exit code, once Ctrl-C or a signal has ended the preview."""
    with _quiet_libraries():
        try:
            return asyncio.run(run(plan, say, build))
        except KeyboardInterrupt:  # where asyncio cannot listen to signals
            return 130


@contextmanager
def _quiet_libraries() -> Iterator[None]:
    """Keep the libraries' logs off the terminal: a stray request is no news for an editor."""
    loggers = [logging.getLogger(name) for name in _CHATTY]
    silence = logging.NullHandler()
    before = [logger.propagate for logger in loggers]
    for logger in loggers:
        logger.addHandler(silence)
        logger.propagate = False
    try:
        yield
    finally:
        for logger, propagate in zip(loggers, before, strict=True):
            logger.removeHandler(silence)
            logger.propagate = propagate
