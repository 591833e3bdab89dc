"""Gathers what is wrong with many pages, and reports what one template does to all of them once."""

from sitegen.findings import Findings


class Faults:
    """Faults by what they have in common, each with the pages that show it."""

    def __init__(self) -> None:
        self._pages: dict[tuple[str, str], dict[str, tuple[str, str]]] = {}

    def add(self, code: str, path: str, what: str, mend: str, *, sign: str = "") -> None:
        """Note a fault of a page; pages with one `sign` (or one `what`) share a finding."""
        self._pages.setdefault((code, sign or what), {}).setdefault(path, (what, mend))

    def __bool__(self) -> bool:
        return bool(self._pages)

    def report(self, findings: Findings) -> None:
        """Add a finding for each fault, at the first of its pages."""
        for (code, _), pages in self._pages.items():
            first = min(pages)
            what, mend = pages[first]
            count = f" (on {len(pages)} pages)" if len(pages) > 1 else ""
            findings.add(code, f"{what}{count}", mend, path=first)
