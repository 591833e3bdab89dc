"""The preview: a local server that rebuilds on every save and shows the result or the faults."""

import asyncio
import logging
from collections.abc import Callable

from sitegen.preview.builder import Build, SiteBuilder
from sitegen.preview.session import Preview, run

__all__ = ["Preview", "serve"]


def serve(plan: Preview, say: Callable[[str], None], *, build: Build | None = None) -> int:
    """Return the exit code, once Ctrl-C or a signal has ended the preview."""
    for library in ("tornado", "livereload"):  # a stray request is no news for an editor
        logging.getLogger(library).addHandler(logging.NullHandler())
    try:
        return asyncio.run(run(plan, say, build or SiteBuilder()))
    except KeyboardInterrupt:  # where asyncio cannot listen to signals
        return 130
