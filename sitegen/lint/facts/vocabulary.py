"""The words around figures, by language: months, powers of ten, units and what they measure."""

from functools import cache
from types import MappingProxyType

from babel import Locale, UnknownLocaleError

_SCALES = {
    "da": {
        "hundrede": 2, "tusind": 3, "tusinde": 3, "mio": 6, "million": 6, "millioner": 6,
        "mia": 9, "milliard": 9, "milliarder": 9, "billion": 12, "billioner": 12,
    },
    "en": {
        "hundred": 2, "thousand": 3, "million": 6, "millions": 6, "mn": 6, "mln": 6, "mio": 6,
        "billion": 9, "bn": 9, "trillion": 12, "tn": 12,
    },
}  # fmt: skip
SHORT_SCALES = MappingProxyType({"k": 3, "m": 6, "b": 9})
"""What English writes right behind an amount, as in DKK 5m."""

_UNITS = {
    "%": "% procent procents pct percent",
    "‰": "‰ promille",
    "pp": "procentpoint percentage-point percentage-points",
    "DKK": "kr kroner krone dkk",
    "EUR": "€ euro euros eur",
    "USD": "$ dollar dollars usd",
    "GBP": "£ pund pounds gbp",
    "SEK": "sek",
    "NOK": "nok",
    "CHF": "chf",
    "PLN": "pln zloty zlotys",
    "UAH": "uah hryvnia hryvnias",
    "km": "km kilometer kilometre kilometres kilometers",
    "m": "m meter metre metres meters",
    "cm": "cm centimeter centimetre centimetres centimeters",
    "mm": "mm millimeter millimetre millimetres millimeters",
    "mile": "mile miles mil",
    "m²": "m² kvm kvadratmeter square-metres square-meters square-metre square-meter sq-m",
    "km²": "km² kvadratkilometer square-kilometres square-kilometers",
    "ha": "ha hektar hectare hectares",
    "acre": "acre acres",
    "kg": "kg kilo kilos kilogram kilograms",
    "g": "g gram grams",
    "ton": "ton tons tonne tonnes",
    "lb": "lb lbs",
    "l": "liter litre litres liters",
    "kWh": "kwh",
    "MWh": "mwh",
    "GWh": "gwh",
    "TWh": "twh",
    "kW": "kw kilowatt kilowatts",
    "MW": "mw megawatt megawatts",
    "GW": "gw gigawatt gigawatts",
    "second": "sekund sekunder sek second seconds sec secs",
    "minute": "minut minutter min minute minutes mins",
    "hour": "timer hour hours hrs",
    "day": "dag dage døgn day days",
    "week": "uge uger week weeks",
    "month": "måned måneder month months",
    "year": "år year years",
}
UNITS = MappingProxyType({word: unit for unit, words in _UNITS.items() for word in words.split()})
"""The unit that a word stands for, in small letters."""

_DIMENSIONS = (
    "DKK EUR USD GBP SEK NOK CHF PLN UAH",
    "km m cm mm mile",
    "m² km² ha acre",
    "kg g ton lb",
    "kWh MWh GWh TWh",
    "kW MW GW",
    "second minute hour day week month year",
)
DIMENSION = MappingProxyType(
    {unit: number for number, units in enumerate(_DIMENSIONS) for unit in units.split()}
)
"""Which units measure the same, so that an amount may be converted from one to the other."""

FACTORS = MappingProxyType(
    {
        "km": 1000, "m": 1, "cm": 0.01, "mm": 0.001, "mile": 1609, "m²": 1, "km²": 1_000_000,
        "ha": 10_000, "acre": 4047, "kg": 1, "g": 0.001, "ton": 1000, "lb": 0.4536,
        "kWh": 1, "MWh": 1000, "GWh": 1_000_000, "TWh": 1_000_000_000,
        "kW": 1, "MW": 1000, "GW": 1_000_000,
        "second": 1, "minute": 60, "hour": 3600, "day": 86_400, "week": 604_800,
        "month": 2_629_800, "year": 31_557_600,
    }
)  # fmt: skip
"""What each unit is in another of its dimension; nobody knows the rate of money."""


def scales(language: str) -> dict[str, int]:
    """Return the powers of ten by the words for them."""
    return _SCALES.get(language.partition("-")[0], {})


@cache
def months(language: str) -> dict[str, int]:
    """Return the number of each month by its name and short names; none for unknown languages.

    English months begin with a capital: `may` and `march` are words.
    """
    try:
        forms = Locale.parse(language, sep="-").months["format"]
    except (UnknownLocaleError, ValueError):
        return {}
    found = {}
    for width in ("abbreviated", "wide"):
        for number, name in forms[width].items():
            for form in (name.rstrip("."), name.rstrip(".")[:3]):
                found[form] = number
                found[form[:1].upper() + form[1:]] = number
    return found
