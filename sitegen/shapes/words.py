"""What each key of config.toml and of front matter means, in the words of README's tables."""

from pathlib import Path

import msgspec

Words = dict[str, str]

_KNOWN = msgspec.json.decode(
    (Path(__file__).parent / "words.json").read_bytes(), type=dict[str, Words]
)
CONFIG: Words = _KNOWN["config"]
"""By the path of the key, with a star for any name."""
FRONT_MATTER: Words = _KNOWN["front matter"]
