"""Text from bytes (UTF-8, composed letters, `\\n` at the end of each line), or what is wrong."""

import re
import unicodedata

from sitegen.findings import Findings

_AS_UTF_8 = "save the file as UTF-8 (in most programs: Save as, Encoding, UTF-8)"
_MERGE_MARK = re.compile(r"^(<{7}|>{7}|\|{7})( .*)?$", re.MULTILINE)


class FaultError(Exception):
    """A mistake of the author's: raised where it ends the reading, collected where it does not."""

    def __init__(self, code: str, what: str, mend: str, line: int | None = None) -> None:
        super().__init__(what)
        self.code, self.what, self.mend, self.line = code, what, mend, line

    def report(self, path: str, findings: Findings) -> None:
        """Hand it to the collector."""
        findings.add(self.code, self.what, self.mend, path=path, line=self.line)


def decode(content: bytes) -> str:
    """Return the text of a file; raises FaultError when it is not sound."""
    if b"\0" in content[:4] or content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FaultError("file-encoding", "the file is UTF-16 text, or no text", _AS_UTF_8, 1)
    try:
        text = _lines_ended_alike(content.decode("utf-8").lstrip("\ufeff"))
    except UnicodeDecodeError as error:
        letters = content.decode("cp1252", errors="replace")  # one for each byte
        above = _lines_ended_alike(letters[: error.start])
        after = _lines_ended_alike(letters[error.start :][:20]).partition("\n")[0]
        shown = shortened((above.rpartition("\n")[2][-20:] + after).strip())
        what = f"this line is not UTF-8 text, near “{shown}”"
        raise FaultError("file-encoding", what, _AS_UTF_8, above.count("\n") + 1) from error
    if conflict := _MERGE_MARK.search(text):
        what = "two people changed this, and both versions stand here"
        mend = "keep one, and delete the other and the lines that begin with <<<, === and >>>"
        line = text.count("\n", 0, conflict.start()) + 1
        raise FaultError("merge-conflict", what, mend, line)
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _lines_ended_alike(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def shortened(text: str, length: int = 60) -> str:
    """Return a text as a finding quotes it: on one line, visible, and not too long."""
    shown = text if len(text) <= length else f"{text[: length - 1]}…"
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in shown)
