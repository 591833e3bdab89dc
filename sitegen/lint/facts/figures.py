"""Finds what is said in figures: numbers with their units, dates, times, phone numbers."""

import re

from sitegen.lint.facts.fact import Fact, canonical
from sitegen.lint.facts.moments import (
    date_at,
    dotted_time,
    month_before,
    numeric_date_at,
    slashed,
    time_at,
)
from sitegen.lint.facts.quantities import currency_before, what_follows
from sitegen.lint.facts.vocabulary import DIMENSION, months, scales
from sitegen.lint.written import DIGIT, Written

_CORE = re.compile(r"[0-9]+(?:[.,:/][0-9]+)*")
_PHONE = re.compile(r"[0-9]{1,4}\)?(?: [0-9]{2,4}){2,}(?![0-9])")
_THOUSANDS = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+")
_LIST_MARK = re.compile(r"[.)][ \t]+[^a-zæøå0-9\s]")
_PARTS = {"½": "5", "¼": "25", "¾": "75"}
_RANGE = re.compile(r"\s*(?:[-–]|to|til|og|and)\s*")
_GLOSS = re.compile(r"[^.!?\n]{0,4}\(.{0,12}|, (?:i\.e\.|dvs\.) .{0,8}")
_GROUPED = {
    ",": re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?"),  # where a comma parts the decimals
    ".": re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?"),
}


def figures_in(written: Written) -> tuple[Fact, ...]:
    """Return every fact that an article says in figures, in its order."""
    if DIGIT not in written.shadow:
        return ()
    return tuple(_Scan(written).facts())


class _Found:
    """A fact on its way: what follows may still say more about it."""

    __slots__ = ("end", "is_soft", "readings", "start", "unit")

    def __init__(self, start: int, end: int, readings: tuple[str, ...], unit: str) -> None:
        self.start, self.end = start, end
        self.readings, self.unit, self.is_soft = readings, unit, False


class _Scan:
    """One reading of an article, from figure to figure."""

    def __init__(self, written: Written) -> None:
        self._written = written
        self._text = written.whole
        self._language = written.language.partition("-")[0]
        self._is_english = self._language == "en"
        self._months = months(written.language)
        self._scales = scales(written.language)
        self._decimal = "." if self._is_english else ","
        self._has_parts = any(part in self._text for part in _PARTS)
        self._last_date = self._last_time = 0
        self._found: list[_Found] = []

    def facts(self) -> list[Fact]:
        """Return all facts of the article."""
        shadow, start = self._written.shadow, 0
        while (start := shadow.find(DIGIT, start)) >= 0:
            start = self._read(start)
        return [
            Fact(
                place=place,
                line=line,
                said=self._text[each.start : each.end].replace("\n", " "),
                readings=each.readings,
                unit=each.unit,
                is_soft=each.is_soft,
            )
            for each, (place, line) in zip(
                self._found, self._written.at_all(each.start for each in self._found), strict=True
            )
        ]

    def _read(self, start: int) -> int:
        """Note the fact that a figure begins; returns where to go on."""
        core = _CORE.match(self._text, start)
        if core is None:
            return start + 1
        token, end = core[0], core.end()
        if not self._begins(start, end):
            return end
        if self._text[end : end + 1] in (" ", ")") and (reached := self._group(start, end)):
            return reached
        return self._moment(start, end, token) or self._number(start, end, token)

    def _begins(self, start: int, end: int) -> bool:
        """Tell whether a figure is none of a word's, such as CO2, COVID-19 or a mark of a list."""
        text = self._text
        before = text[start - 1 : start]
        if before == " ":
            return True
        if before.isalpha() or before == "_":
            is_part = (
                before in "HQ" and end == start + 1 and not text[start - 2 : start - 1].isalnum()
            )
            return is_part or currency_before(text, start)[1] != ""
        if before == "^":  # a footnote
            return False
        if before in ("-", "–"):
            return not text[start - 2 : start - 1].isalpha()
        return not (before in ("\n", "") and end < start + 4 and _LIST_MARK.match(text, end))

    def _note(self, start: int, end: int, readings: tuple[str, ...], unit: str = "") -> int:
        self._found.append(_Found(start, end, readings, unit))
        return end

    def _group(self, start: int, end: int) -> int:
        """Note figures in groups: a phone number, or one with blanks between its thousands."""
        text = self._text
        if not text[end + 1 : end + 3].lstrip(" ")[:1].isdigit():
            return 0
        many = _THOUSANDS.match(text, start)
        found = _PHONE.match(text, start)
        if many and not (found and found.end() > many.end()):
            return self._number(start, many.end(), many[0].replace(" ", ""))
        if found is None:
            return 0
        digits = "".join(filter(str.isdigit, found[0]))
        return self._note(start, found.end(), (f"p{digits[-8:]}",))

    def _moment(self, start: int, end: int, token: str) -> int:
        """Note the date or the time that a figure tells."""
        text, length = self._text, end - start
        if length <= 2:
            begin, reached, days = date_at(
                text, start, end, self._months, leads=self._is_english
            )  # fmt: skip
            if reached:
                self._last_date = reached
                for day in days:
                    self._note(begin, reached, (day,))
                return reached
        if length > 5 or text[end : end + 1] == "-":
            reached, readings, year = numeric_date_at(text, start)
            for said in (readings, (year,)) if reached else ():
                if said and said[0]:
                    self._note(start, reached, said)
            if reached:
                return reached
        if length <= 5:
            begin, reached, readings = time_at(
                text, start, token, self._last_time, is_english=self._is_english
            )
            if reached:
                self._last_time = reached
                return self._note(begin, reached, readings)
        return 0

    def _number(self, start: int, end: int, token: str) -> int:
        """Note a number, with its unit and all that it may mean."""
        text = self._text
        if token.isdigit():
            whole, fraction = token, ""
        elif "/" in token or ":" in token:
            first, _, second = token.partition("/")
            dates = slashed(first, second) if second.isdigit() and len(token) <= 5 else ()
            return self._note(start, end, (token.replace(":", "/"), *dates))
        else:
            whole, fraction = self._parts(token)
        part = text[end : end + 2].lstrip()[:1] if self._has_parts else ""
        if part in _PARTS:
            end, fraction = text.index(part, end) + 1, _PARTS[part]
        begin, unit = currency_before(text, start)
        behind = what_follows(
            text, end, self._scales, is_english=self._is_english, is_money=bool(unit)
        )
        unit = unit or behind.unit
        value = canonical(whole, fraction, behind.power)
        readings: tuple[str, ...] = (value,)
        if behind.is_short:
            readings += (canonical(whole, fraction),)
        if not behind.power:
            if fraction:
                readings += dotted_time(token)
            elif len(token) == 4:
                self._month(start)
        is_soft = value == "1" or (bool(self._found) and self._completes(start, unit, behind.power))
        self._note(begin, behind.end, readings, unit)
        self._found[-1].is_soft = is_soft
        return behind.end

    def _month(self, start: int) -> None:
        """Note the month of "marts 2012", unless a day before it told it already."""
        if self._last_date < start - 1:
            begin, month = month_before(self._text, start, self._months)
            if month:
                self._note(begin, start + 4, (f"m{month:02}",))
                self._found[-1].is_soft = True

    def _completes(self, start: int, unit: str, power: int) -> bool:
        """Tell the number before what this one says of it; True when both say the same.

        In "2,5-3 mio." both are millions; in "50 mio. kr. (6,7 mio. euro)" either may be left out.
        """
        last = self._found[-1]
        between = self._text[last.end : start]
        if power and _RANGE.match(between):
            whole, _, fraction = last.readings[0].partition(".")
            if whole.isdigit():
                last.readings += (canonical(whole, fraction, power),)
        is_alike = unit in DIMENSION and DIMENSION.get(last.unit) == DIMENSION[unit]
        if is_alike and last.unit != unit and _GLOSS.fullmatch(between):
            last.is_soft = True
            return True
        return False

    def _parts(self, token: str) -> tuple[str, str]:
        """Return what stands before and behind the decimal mark of the language."""
        decimal = self._decimal
        if _GROUPED[decimal].fullmatch(token):
            whole, _, fraction = token.partition(decimal)
            return whole.replace("." if decimal == "," else ",", ""), fraction
        marks = [mark for mark in token if not mark.isdigit()]
        if len(marks) == 1:
            whole, _, fraction = token.partition(marks[0])
            return whole, fraction
        return token, ""
