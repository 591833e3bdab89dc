"""Lists what the press page offers: the files of a folder, and portraits of those who speak."""

from collections.abc import Iterator

from sitegen.collation import sort_key
from sitegen.downloads import is_for, title_of
from sitegen.model.pages import Download
from sitegen.model.stories import Person
from sitegen.pipeline.work import Work


def press_files(work: Work) -> dict[str, tuple[Download, ...]]:
    """Return the downloads of each language's press page, by its address."""
    addresses = work.sources.addresses
    return {addresses.press(each): tuple(_offered(work, each)) for each in work.sources.languages}


def _offered(work: Work, language: str) -> Iterator[Download]:
    """Yield files in the order of their names, then portraits in that of the people's."""
    files, languages = work.sources.project.files, work.sources.languages
    people = {each.portrait: each for each in _portrayed(work) if each.portrait in files}
    folder = f"{work.sources.config.press.folder}/"
    found = {
        path: title_of(path, languages)
        for path in files
        if path.startswith(folder) and path not in people and is_for(path, language, languages)
    }
    portraits = {path: _name(person, language) for path, person in people.items()}
    for titles in (found, portraits):
        for path, title in sorted(titles.items(), key=lambda each: sort_key(each[1], language)):
            address = work.sources.addresses.file(path)
            href = work.sources.addresses.href(address)
            yield Download(text=title, href=href, name=path, size=files[path])


def _portrayed(work: Work) -> Iterator[Person]:
    for person in work.sources.registry.people.values():
        if person.portrait and not person.left and not person.erased:
            yield person


def _name(person: Person, language: str) -> str:
    return ", ".join(filter(None, (person.name, person.title.get(language, ""))))
