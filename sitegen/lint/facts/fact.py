"""A fact: something said in an article that its translation must say as well."""

import msgspec


class Fact(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """A figure, date or time, and all that it can mean."""

    place: int  # the number of its block: paragraphs of a translation stand alike
    line: int  # of the file
    said: str  # as written
    readings: tuple[str, ...]  # the likeliest first: "2500000", "d03-15", "t14:05", "p70123456"
    unit: str = ""  # "%", "DKK", "km"; empty: none is said, so any may be meant
    is_soft: bool = False  # said in words or in passing: a translation may leave it out

    @property
    def kinds(self) -> frozenset[str]:
        """What it may be: "d" a date, "m" a month, "t" a time, "p" a phone number, "" a number."""
        firsts = (reading[0] for reading in self.readings)
        return frozenset(first if first in "dmtp" else "" for first in firsts)


def canonical(whole: str, fraction: str = "", power: int = 0) -> str:
    """Return a number's digits in one form, multiplied by a power of ten."""
    fraction = fraction.ljust(power, "0")
    whole = (whole + fraction[:power]).lstrip("0") or "0"
    fraction = fraction[power:].rstrip("0")
    return f"{whole}.{fraction}" if fraction else whole
