"""Ends what takes longer than any sound article could, when no limit foresaw it."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from sitegen.markup import TooComplexError

SECONDS = 5.0
"""Of processor time, which an article never comes near: prose takes a thousandth of it."""


@contextmanager
def time_limit(seconds: float = SECONDS) -> Iterator[None]:
    """Raise TooComplexError within, once so much processor time has passed.

    Where the system has no such clock (Windows), or in a thread, the limits on size and nesting
    stand alone.
    """
    try:
        before = signal.signal(signal.SIGVTALRM, _give_up)
    except (AttributeError, ValueError):
        yield
        return
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _give_up(_number: int, _frame: FrameType | None) -> None:
    raise TooComplexError
