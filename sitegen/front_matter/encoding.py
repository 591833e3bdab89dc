"""Text from bytes: UTF-8, composed letters, `\\n` at the end of each line."""

import re
import unicodedata

from sitegen.front_matter.faults import Fault, shortened

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
"""Characters that feeds cannot carry, that nobody sees, or that YAML takes for a line's end."""

_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_MEND = "save the file as UTF-8 (in most programs: Save as, Encoding, UTF-8)"


def decode(content: bytes) -> str | Fault:
    """Return the text of a file, or what is wrong with its bytes."""
    if content.startswith(_UTF_16_MARKS) or content[:400].count(0) * 3 > len(content[:400]) > 3:
        return Fault(line=1, code="file-encoding", what="this file is UTF-16 text", mend=_MEND)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        return _foreign_byte(content, error.start)
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _foreign_byte(content: bytes, position: int) -> Fault:
    """Return the fault of a file in an older encoding, with the words around the first letter."""
    before = re.split(rb"\r\n|\r|\n", content[:position])
    around = before[-1][-20:] + re.split(rb"[\r\n]", content[position : position + 20])[0]
    shown = shortened(around.decode("cp1252", errors="replace").strip())
    what = f"this line is not UTF-8 text, near “{shown}”"
    return Fault(line=len(before), code="file-encoding", what=what, mend=_MEND)


def unprintable(character: str) -> str:
    """Return the name under which a character that nobody can see is reported."""
    return f"an invisible character (U+{ord(character):04X})"
