"""What translations must agree on: figures, dates and times, however each language writes them."""

from sitegen.lint.facts.fact import Fact
from sitegen.lint.facts.figures import figures_in
from sitegen.lint.facts.matching import Difference, differences
from sitegen.lint.facts.number_words import figure_words, number_words_in

__all__ = [
    "Difference",
    "Fact",
    "differences",
    "figure_words",
    "figures_in",
    "number_words_in",
]
