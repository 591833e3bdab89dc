"""Keeps two finished files from one place in output/, so that publishing never meets that."""

from collections.abc import Collection

from sitegen.addresses import is_portable
from sitegen.findings import Findings
from sitegen.link import FILES
from sitegen.publish import Ledger, is_sound


class Claims:
    """Who has which place; pages come first, what content/files brings comes last."""

    def __init__(
        self, copied: frozenset[str], findings: Findings, together: Collection[str] = ()
    ) -> None:
        self._copied = copied  # paths below content/files
        self._findings = findings
        self._together = together  # the paths of the build before
        self._ledger = Ledger(together)

    def admit(self, path: str) -> bool:
        """Tell whether a file may have its path; when not, there is a finding."""
        if path not in self._together and not (is_sound(path) and is_portable(path)):
            self._refuse(path, "file-name", "not every computer, or no address, can have this name")
        elif self._ledger.claims(path):
            self._refuse(path, "address-taken", "the site has something else at this address")
        else:
            self._ledger.enter(path, "")
            return True
        return False

    def _refuse(self, path: str, code: str, what: str) -> None:
        """Note a file of content/files; of pages that clash, `plan` knows more to say."""
        if path in self._copied:
            mend = "rename the file, such as price-list.pdf"
            self._findings.add(code, what, mend, path=f"{FILES}{path}")
        elif not self._findings.errors:
            mend = "change the words under [addresses] of the wording, or a `section`"
            self._findings.add("address-taken", f"two pages want {path}", mend, path="config.toml")
