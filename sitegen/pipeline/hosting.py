"""What the host of the site reads beside its pages, made of the site as planned."""

from collections.abc import Iterator, Mapping

from sitegen.hosts import host_files
from sitegen.metadata import news_sitemap, robots
from sitegen.model.pages import OutputFile
from sitegen.pipeline.work import Work


def hosting_files(work: Work, assets: Mapping[str, str]) -> Iterator[OutputFile]:
    """Yield headers, redirects, robots.txt and news sitemap, but what content/files brings itself.

    `assets` are the links to the theme's published files by name.
    """
    sources, is_preview = work.sources, work.order.is_preview
    for_host = host_files(
        work.site.pages, sources.promise, assets, sources.addresses, is_preview=is_preview
    )
    if sources.config.build.news_sitemap and not is_preview:
        yield news_sitemap(work.site.fresh, sources.addresses)
    for_robots = None if is_preview else robots(sources.addresses)
    for file in (*for_host, *([for_robots] if for_robots else ())):
        if file.path not in sources.project.files:
            yield file
