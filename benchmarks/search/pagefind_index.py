"""Indexes a finished site with Pagefind; runs in the environment that has Pagefind, and alone."""

import asyncio
import sys
from pathlib import Path

from pagefind.index import IndexConfig, PagefindIndex

ARTICLES = "{da/nyheder,en/news}/[0-9]*/*/index.html"
BESIDE = ["header .topic", ".byline", ".after", ".neighbours", "nav"]
"""What stands on an article's page but is not its text."""


async def index(output: Path) -> None:
    """Write Pagefind's index of the articles of a site, as its own command would."""
    config = IndexConfig(
        root_selector="article", exclude_selectors=BESIDE, output_path=str(output / "pagefind")
    )
    async with PagefindIndex(config=config) as made:
        await made.add_directory(str(output), glob=ARTICLES)
        await made.write_files()


if __name__ == "__main__":
    asyncio.run(index(Path(sys.argv[1])))
