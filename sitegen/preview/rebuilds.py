"""Turns changes into builds, one at a time, so that the last state of the sources always wins."""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from contextlib import suppress
from pathlib import Path

from sitegen.preview.builder import Report

_HALF_SAVED = 0.15  # seconds in which a file that broke the build may still be on its way


class Rebuilds:
    """The queue of builds; it never holds more than one, which is for all changes until then."""

    def __init__(
        self,
        build: Callable[[], Awaitable[Report]],
        show: Callable[[Report, Collection[Path], float], None],
    ) -> None:
        self._build = build
        self._show = show
        self._changed: set[Path] = set()  # since the last sound build
        self._wanted = asyncio.Event()
        self._last_change = float("-inf")  # by the loop's clock

    def request(self, changed: Collection[Path]) -> None:
        """Ask for a build, because of these changes; while one runs, for one after it."""
        self._changed.update(changed)
        self._last_change = asyncio.get_running_loop().time()
        self._wanted.set()

    async def run(self) -> None:
        """Build whenever that is asked for, and show each report, until cancelled."""
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            changed, self._changed = self._changed, set()
            started = asyncio.get_running_loop().time()
            report = await self._build()
            seconds = asyncio.get_running_loop().time() - started
            if not report.is_sound:
                self._changed |= changed
                if await self._changes_soon():
                    continue
            self._show(report, changed, seconds)

    async def _changes_soon(self) -> bool:
        """Tell whether a new change makes a failure out of date before anybody sees it."""
        with suppress(TimeoutError):
            async with asyncio.timeout_at(self._last_change + _HALF_SAVED):
                await self._wanted.wait()
        return self._wanted.is_set()
