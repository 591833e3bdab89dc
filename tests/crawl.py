"""A crawler of its own over a finished site: what readers, search engines and feed readers reach.

It shares no code with `sitegen.verify`, so that neither can hide the other's faults.
"""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree as ET

ADDRESSES = {"href", "src", "poster", "action", "data"}
ATOM = "{http://www.w3.org/2005/Atom}"


class Page(HTMLParser):
    """The links and ids of one HTML text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.ids.add(attributes.get("id", ""))
        self.links += [attributes[name] for name in attributes.keys() & ADDRESSES]
        self.links += [each.split()[0] for each in attributes.get("srcset", "").split(",") if each]
        content = attributes.get("content", "")
        if attributes.get("property", "") in {"og:url", "og:image"}:
            self.links.append(content)
        if attributes.get("http-equiv", "").lower() == "refresh":
            self.links.append(re.sub(r".*url=", "", content))


def dead_links(output: Path, base_url: str) -> list[str]:
    """Return each link of the site that leads to nothing on it, as "where: link"."""
    base = urlsplit(base_url)
    paths = {path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_file()}
    ids = {p: Page((output / p).read_text("utf-8")).ids for p in paths if p.endswith(".html")}

    def leads_somewhere(where: str, link: str) -> bool:
        if not link:
            return False
        target = urlsplit(urljoin(f"{base_url}/{where.removesuffix('index.html')}", link))
        if target.scheme in {"mailto", "tel"} or (target.scheme, target.netloc) != base[:2]:
            return True
        if not target.path.startswith(f"{base.path}/"):
            return False
        path = unquote(target.path.removeprefix(f"{base.path}/"))
        path += "index.html" if path.endswith("/") or not path else ""
        fragment = unquote(target.fragment)
        return path in paths and fragment in {"", "top", *ids.get(path, {fragment})}

    return [
        f"{where}: {link}"
        for where in sorted(paths)
        for link in links_of(where, (output / where).read_bytes())
        if not leads_somewhere(where, link)
    ]


def links_of(path: str, content: bytes) -> Iterator[str]:
    """Yield every link of a file: a page, a sitemap, a feed and the articles in it, a style."""
    text = content.decode("utf-8", "replace")
    if path.endswith(".html"):
        yield from Page(text).links
    elif path.endswith(".css"):
        yield from re.findall(r"url\(\s*[\"']?([^\"')]+)", text)
    elif path.endswith((".xml", ".atom", ".rss")):
        for element in ET.fromstring(content).iter():
            yield from filter(None, [element.get("href")])
            if element.tag.rpartition("}")[2] in {"loc", "link", "uri"} and element.text:
                yield from filter(None, [element.text.strip()])
            if element.tag.rpartition("}")[2] in {"content", "encoded"}:
                yield from Page(element.text or "").links
    elif path.endswith("feed.json"):
        feed = json.loads(content)
        yield from (feed["home_page_url"], feed["feed_url"])
        for item in feed["items"]:
            yield item["url"]
            yield from Page(item["content_html"]).links
    elif path == "robots.txt":
        yield from re.findall(r"^Sitemap: (.+)$", text, re.M)
