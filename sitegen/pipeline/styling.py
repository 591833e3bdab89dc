"""Makes the theme's files alone, for whoever cannot wait until all pages name them."""

from collections.abc import Iterable

from sitegen.assets import branded, publish_assets
from sitegen.discover import Portion
from sitegen.model.pages import OutputFile
from sitegen.pipeline.order import Order
from sitegen.pipeline.reading import read_sources


def themed_files(order: Order) -> Iterable[OutputFile]:
    """Return the files of templates/assets as a build makes them; raises SiteError as it does."""
    sources, _ = read_sources(order, Portion(articles=(), files={}))
    return publish_assets(branded(sources.project.assets), sources.addresses).files
