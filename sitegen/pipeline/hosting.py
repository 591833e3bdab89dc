"""What the host of the site reads beside its pages, made of the site as planned."""

from collections.abc import Iterator, Mapping

from sitegen.hosts import host_files
from sitegen.metadata import robots
from sitegen.model.pages import OutputFile
from sitegen.pipeline.work import Work


def hosting_files(work: Work, assets: Mapping[str, str]) -> Iterator[OutputFile]:
    """Yield headers, redirects and robots.txt, but those that content/files brings itself.

    `assets` are the links to the theme's published files by name.
    """
    sources, is_preview = work.sources, work.order.is_preview
    for_host = host_files(
        work.site.pages, sources.promise, assets, sources.addresses, is_preview=is_preview
    )
    for_robots = None if is_preview else robots(sources.addresses)
    for file in (*for_host, *([for_robots] if for_robots else ())):
        if file.path not in sources.project.files:
            yield file
