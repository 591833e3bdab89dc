"""How well search finds ordinary Danish, beside Pagefind, and what a first query weighs."""
