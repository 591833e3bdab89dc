"""How far the languages of a story agree: what was accepted, what has changed, what is behind.

Values in, values out: `basis` is the sidecar beside an article, `changes` tells real changes from
slips of the pen, `standing` says what that makes of each language, `policy` who hears of it.
"""

from sitegen.translations.basis import (
    Basis,
    Head,
    basis_path,
    basis_text,
    read_basis,
    read_heads,
)
from sitegen.translations.changes import Change, changes
from sitegen.translations.policy import Lag, lag, lags, report_lags, report_missing, revision
from sitegen.translations.standing import STANDINGS, Outline, Standing, standing

__all__ = [
    "STANDINGS", "Basis", "Change", "Head", "Lag", "Outline", "Standing", "basis_path",
    "basis_text", "changes", "lag", "lags", "read_basis", "read_heads", "report_lags",
    "report_missing", "revision", "standing",
]  # fmt: skip
