"""Keeps two finished files from one place in output/, so that publishing never meets that."""

from sitegen.addresses import is_portable
from sitegen.findings import Findings
from sitegen.link import FILES
from sitegen.model.pages import OutputFile
from sitegen.publish import Ledger, is_sound


class Claims:
    """Who has which place; pages come first, what content/files brings comes last."""

    def __init__(self, copied: frozenset[str], findings: Findings) -> None:
        self._copied = copied  # paths below content/files
        self._findings = findings
        self._ledger = Ledger()

    def admit(self, file: OutputFile) -> bool:
        """Tell whether a file may have its path; when not, there is a finding."""
        if not (is_sound(file.path) and is_portable(file.path)):
            what = "not every computer, or no address, can have this name"
            self._refuse(file.path, "file-name", what)
        elif self._ledger.claims(file.path):
            self._refuse(file.path, "address-taken", "the site has something else at this address")
        else:
            self._ledger.enter(file.path, "")
            return True
        return False

    def _refuse(self, path: str, code: str, what: str) -> None:
        """Note a file of content/files; of pages that clash, `plan` knows more to say."""
        if path in self._copied:
            mend = "rename it, such as fact-sheet.pdf"
            self._findings.add(code, what, mend, path=f"{FILES}{path}")
        elif not self._findings.errors:
            mend = "change the words under [addresses] of the wording, or a `section`"
            self._findings.add("address-taken", f"two pages want {path}", mend, path="config.toml")
