"""Shows an edited style sheet at once; the pages that name it are built meanwhile."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from sitegen.findings import SiteError
from sitegen.model.pages import OutputFile
from sitegen.pipeline import Order
from sitegen.preview.builder import with_base_path

Files = Mapping[str, bytes]
"""By their paths below the output folder."""


class Styles:
    """Makes the theme's files anew when one of its style sheets is saved."""

    def __init__(self, make: Callable[[], Awaitable[Files]], show: Callable[[Files], None]) -> None:
        self._make = make
        self._show = show
        self._wanted = asyncio.Event()

    def request(self, changed: Collection[Path]) -> None:
        """Ask for the files if one of these changes is a style sheet's."""
        if any(path.suffix == ".css" for path in changed):
            self._wanted.set()

    async def run(self) -> None:
        """Make and show the files whenever that is asked for, until cancelled."""
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            self._show(await self._make())


def files_of_theme(order: Order) -> Files:
    """Return the theme's files, or none of them while something is wrong: the build tells that."""
    # Only who edits a style sheet needs these, and they take a while to load.
    from sitegen.pipeline.styling import themed_files  # noqa: PLC0415

    made: Iterable[OutputFile] = ()
    with suppress(SiteError, OSError):
        made = themed_files(with_base_path(order)[0])
    return {file.path: file.content for file in made}
