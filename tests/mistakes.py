"""One mistake for every code: the files that provoke it, added to a small sound site.

docs/findings.md shows what is said of each (see tests/test_docs.py).
"""

import base64

from tests.conftest import CONFIG, THEME

SITE = """\
-- content/people.toml --
[line-holm]
name = "Line Holm"
-- content/topics.toml --
[samarbejde]
name = { da = "Samarbejde", en = "Working together" }
-- content/news/2024-05-17-kontor/index.da.md --
---
title: Nyt kontor i Aarhus
authors: [line-holm]
tags: [samarbejde]
---

Vi åbner et kontor i Aarhus.

## Hvorfor Aarhus
-- content/news/2024-05-17-kontor/index.en.md --
---
title: New office in Aarhus
---

We open an office in Aarhus.

## Why Aarhus
"""
ACCEPTED = """\
---
source: da
source_digest: 53d8a1a8a9ba3ca1362e56c2
own_digest: 997f50b9950829a6f5018420
# Accepted as saying the same; written by `sitegen status --accept`.
---

title: Nyt kontor i Odense

Vi åbner et kontor i Odense.

## Hvorfor Odense

---

title: New office in Aarhus

We open an office in Aarhus.

## Why Aarhus
"""
DA = "content/news/2024-05-17-kontor/index.da.md"
EN = "content/news/2024-05-17-kontor/index.en.md"
BASIS = "content/news/2024-05-17-kontor/.basis.en.md"
NEW = "content/news/2024-05-20-ny/index.da.md"
FLAT = "content/news/ny.da.md"
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)


Files = dict[str, str | bytes | None]  # None: the file is taken away


class LinkTo(str):
    """What a symbolic link leads to."""


def article(*lines: str, body: str = "Tekst.") -> str:
    """Return a file with these lines of front matter below its title."""
    return "\n".join(["---", "title: Ny partner i Lviv", *lines, "---", "", body, ""])


def _pair(danish: str, english: str) -> Files:
    """Return a story in both languages."""
    return {NEW: article(body=danish), NEW.replace(".da.", ".en."): article(body=english)}


def theme(name: str, before: str, after: str) -> str:
    """Return a file of the theme with a change."""
    text = (THEME / name).read_text("utf-8")
    assert before in text
    return text.replace(before, after, 1)


def _in_the_head(before: str, after: str) -> Files:
    """Return the part that heads every page, changed."""
    return {"templates/parts/head.html": theme("parts/head.html", before, after)}


def _at_its_end(html: str) -> Files:
    """Return a template that ends each article with this HTML."""
    return {"templates/article.html": theme("article.html", "</article>", f"{html}</article>")}


MISTAKES: dict[str, Files] = {
    "config-missing": {"config.toml": None},
    "config-syntax": {"config.toml": CONFIG.replace('title = "Avisen"', "title = Avisen", 1)},
    "config-unknown-key": {"config.toml": f'titel = "Avisen"\n{CONFIG}'},
    "config-type": {"config.toml": f"{CONFIG}\n[build]\npage_size = \"20\"\n"},
    "config-required": {"config.toml": CONFIG.replace('locale = "da_DK"\n', "")},
    "config-value": {"config.toml": CONFIG.replace("https://news.example.org", "example.org")},
    "base-url-unknown": {"config.toml": CONFIG.replace("news.example.org", "www.example.com")},
    "registry-syntax": {"content/people.toml": "[line-holm]\nname = Line Holm\n"},
    "registry-key": {"content/people.toml": '[line-holm]\nnavn = "Line Holm"\n'},
    "registry-type": {
        "content/people.toml": '[line-holm]\nname = "Line Holm"\nemail = "line at example.com"\n',
    },
    "registry-unused": {
        "content/people.toml": '[line-holm]\nname = "Line Holm"\n\n[bo-lund]\nname = "Bo Lund"\n'
    },
    "person-erased": {"content/people.toml": '[line-holm]\nname = "Line Holm"\nerased = true\n'},
    "language-missing": {"config.toml": f'{CONFIG}[company]\ntagline = {{ da = "Software" }}\n'},
    "registry-language": {"content/topics.toml": '[samarbejde]\nname = { da = "Samarbejde" }\n'},
    "wording-syntax": {
        "templates/wording/da.toml": theme("wording/da.toml", 'read_also = "', "read_also = "),
    },
    "wording-missing": {
        "templates/wording/da.toml": '[text]\nour_fair = "Mød os på messen"\n',
        "templates/wording/en.toml": '[text]\nread_also = "More on this"\n',
    },
    "content-empty": {DA: None, EN: None},
    "file-unreadable": {FLAT: LinkTo("slettet.da.md")},
    "file-outside": {FLAT: LinkTo("../../../ny.da.md"), "../ny.da.md": article()},
    "file-kind": {"content/news/ny.da.md/index.da.md": article()},
    "file-misplaced": {"content/ny.da.md": article("date: 2024-05-20")},
    "file-encoding": {NEW: article(body="København").encode("latin-1")},
    "file-name": {"content/files/pris\\liste.pdf": "Priser"},
    "language-unknown": {"content/news/2024-05-17-kontor/index.de.md": article()},
    "front-matter-missing": {NEW: "Ny partner i Lviv\n\nTekst.\n"},
    "front-matter-open": {NEW: "---\ntitle: Ny partner i Lviv\n\nTeksten begynder her.\n"},
    "front-matter-syntax": {NEW: article("summary: Nyt hold: klar til maj")},
    "front-matter-unknown-key": {NEW: article("tgas: [samarbejde]")},
    "front-matter-duplicate-key": {NEW: article("title: Ny partner i Kyiv")},
    "front-matter-type": {NEW: article("draft: ja")},
    "title-missing": {NEW: "---\nsummary: Et nyt hold.\n---\n\nTekst.\n"},
    "date-missing": {FLAT: article()},
    "expiry-early": {FLAT: article("date: 2024-05-17", "expiry_date: 2024-05-01")},
    "date-invalid": {FLAT: article("date: 17. maj 2024")},
    "merge-conflict": {
        NEW: article(body="<<<<<<< HEAD\nVi åbner i maj.\n=======\nI juni.\n>>>>>>> anna"),
    },
    "html-forbidden": {NEW: article(body='<script src="https://example.com/x.js"></script>')},
    "link-scheme": {NEW: article(body="[Ring til os](javascript:ring())")},
    "link-empty": {NEW: article(body="Læs [hele rapporten]().")},
    "attribute-forbidden": {NEW: article(body="Tekst.\n{: style=color:red }")},
    "heading-level": {NEW: article(body="# Om holdet")},
    "box-open": {NEW: article(body="::: fact Kort fortalt\n\n12 nye kolleger.")},
    "footnote-missing": {NEW: article(body="Det siger rapporten.[^1]")},
    "list-mark": {NEW: article(body="Vi åbner i:\n\n• Aarhus\n• Odense")},
    "markdown-too-complex": {NEW: article(body="> " * 60 + "Svar på svar på svar.")},
    "control-character": {NEW: article(body="Vi åbner\vi maj.")},
    "story-shared-key": {EN: "---\ntitle: New office in Aarhus\ntags: []\n---\n\nText.\n"},
    "story-duplicate": {"content/news/2024-05-17-kontor.da.md": article()},
    "author-unknown": {NEW: article("authors: [line-hom]")},
    "topic-unknown": {NEW: article("tags: [økonomi]")},
    "contact-unknown": {NEW: article("contact: bo-madsen")},
    "related-unknown": {NEW: article("related: [2024-05-17-kontoret]")},
    "quote-not-in-text": {NEW: article("quote: Vi er glade", body="“Vi er så glade,” siger hun.")},
    "pinned-twice": {
        NEW: article("pinned_until: 2024-06-30"),
        "content/news/2024-05-21-to.da.md": (
            "---\ntitle: To\npinned_until: 2024-07-31\n---\n\nTekst.\n"
        ),
    },
    "slug-empty": {NEW: "---\ntitle: Їжак\n---\n\nTekst.\n"},
    "slug-invalid": {NEW: article("slug: Ny partner!")},
    "alias-invalid": {NEW: article("aliases: [www.example.com/gammel]")},
    "address-taken": {
        "content/news/2024-05-20-igen.da.md": "---\ntitle: Nyt kontor i Aarhus\n---\n\nTekst.\n",
    },
    "address-lost": {"published.txt": "/da/nyheder/2024/kontor-i-aarhus/\n"},
    "address-gone": {"gone.txt": "/da/nyheder/2024/nyt-kontor-i-aarhus/\n"},
    "address-line": {"published.txt": "https://news.example.org/da/presse/\n"},
    "address-order": {"published.txt": "/en/press/\n/da/presse/\n"},
    "translation-stale": {BASIS: ACCEPTED},
    "translation-overdue": {
        "config.toml": f"{CONFIG}\n[translations]\ndays = 5\n",
        DA: (
            "---\ntitle: Nyt kontor i Aarhus\nupdated: 2024-05-20\nauthors: [line-holm]\n"
            "tags: [samarbejde]\n---\n\nVi åbner to kontorer i Aarhus.\n\n## Hvorfor Aarhus\n"
        ),
        BASIS: ACCEPTED,
    },
    "translation-missing": {
        "config.toml": f'{CONFIG}\n[checks]\ntranslation-missing = "warning"\n',
        NEW: article(),
    },
    "basis-unreadable": {BASIS: "Nyt kontor i Odense\n"},
    "basis-unused": {"content/news/.kontor.basis.en.md": ACCEPTED},
    "link-broken": {NEW: article(body="Se [prislisten](prisliste.pdf).")},
    "link-unpublished": {
        NEW: article(body="Læs om [kantinen](../2024-05-21-kantine.da.md)."),
        "content/news/2024-05-21-kantine.da.md": "---\ntitle: Kantine\ndraft: true\n---\n",
    },
    "anchor-broken": {NEW: article(body="Se [hvorfor](../2024-05-17-kontor/index.da.md#hvorfor).")},
    "media-missing": {NEW: article(body='![Holdet](hold.jpg "Holdet | Foto: Olena Koval")')},
    "media-broken": {
        NEW: article(body='![Holdet](hold.jpg "Holdet | Foto: Olena Koval")'),
        "content/news/2024-05-20-ny/hold.jpg": "Holdet",
    },
    "image-alt-missing": {
        NEW: article(body='![](hold.png "Holdet i Lviv")'),
        "content/news/2024-05-20-ny/hold.png": PIXEL,
    },
    "image-credit-missing": {
        NEW: article("image: hold.png", "image_alt: Holdet i Lviv"),
        "content/news/2024-05-20-ny/hold.png": PIXEL,
    },
    "facts-differ": _pair(
        "Overordnet set er 88 procent af kunderne tilfredse.",
        "Overall, 78 per cent of the customers are satisfied.",
    ),
    "names-differ": _pair("Det siger Mette Østergaard.", "So says Mette Østergaart."),
    "headings-differ": _pair(
        "Vi er glade.\n\n## Baggrund\n\nDet er vi.", "We are glad.\n\nIndeed.",
    ),
    "links-differ": _pair("Læs mere hos [DI](https://www.danskindustri.dk/).", "Read more at DI."),
    "pictures-differ": {
        **_pair('![Holdet i Lviv](hold.png "Holdet")', "This is the team."),
        "content/news/2024-05-20-ny/hold.png": PIXEL,
    },
    "name-misspelt": {
        NEW: article(body="Det siger Line Milthers.\n\nLine Milther er glad for aftalen."),
    },
    "passage-foreign": {
        NEW: article(
            body="The contract was signed this week, and we are happy that it is in place.",
        ),
    },
    "text-leftover": {NEW: article(body="Aftalen gælder fra [indsæt dato].")},
    "quotes-mixed": {
        NEW: article(body="”Vi er glade”, siger hun.\n\n”Ja”, siger han.\n\n»Ja,« siger de."),
    },
    "title-long": {
        NEW: "---\ntitle: Vi indgår en treårig aftale med en ny partner i Lviv og åbner et kontor\n"
        "---\n\nTekst.\n",
    },
    "description-long": {NEW: article("description: " + "Vi har fået en ny partner i Lviv. " * 5)},
    "image-alt-poor": {
        NEW: article(body='![Billede af holdet i Lviv](hold.png "Holdet")'),
        "content/news/2024-05-20-ny/hold.png": PIXEL,
    },
    "link-other-language": {
        NEW: article(body="Læs om [kontoret](../2024-05-17-kontor/index.en.md)."),
    },
    "picture-heavy": {
        NEW: article(body='![Holdet i Lviv](hold.png "Holdet")'),
        "content/news/2024-05-20-ny/hold.png": PIXEL + bytes(6_000_000),
    },
    "template-missing": {NEW: article("template: interview.html")},
    "template-error": {
        "templates/article.html": theme("article.html", "{{ title }}", "{{ titel }}"),
    },
    "output-link-broken": _at_its_end('<a href="/da/priser/">Priser</a>'),
    "output-anchor-broken": _at_its_end('<a href="/da/#priser">Priser</a>'),
    "output-title-missing": _in_the_head("<title>{{ head.title }}</title>", ""),
    "output-title-duplicate": {
        NEW: article(),
        "content/news/2023-05-20-ny.da.md": article(),
    },
    "output-heading": {
        "templates/article.html": theme(
            "article.html", "<h1{{ lang }}>{{ title }}</h1>", "{{ title }}"
        ),
    },
    "output-lang": {
        "templates/base.html": theme("base.html", ' lang="{{ frame.language }}"', ""),
    },
    "output-canonical": _in_the_head('href="{{ head.canonical }}"', 'href="/"'),
    "output-hreflang": _in_the_head("in head.alternates", "in head.alternates[:2]"),
    "output-sitemap": _in_the_head('"{{ head.robots }}"', '"noindex"'),
    "output-leak": {
        NEW: article("draft: true"),
        **_at_its_end("<p>/da/nyheder/2024/ny-partner-i-lviv/</p>"),
    },
    "file-copy": {"content/news/2024-05-17-kontor/index (1).da.md": "---\ntitle: Kopi\n---\n"},
    "file-twice": {
        "content/files/Rapport.pdf": "%PDF", "content/files/rapport.pdf": "%PDF",
    },
    "media-kind": {
        NEW: article(body="Se [kortet](kort.html)."),
        "content/news/2024-05-20-ny/kort.html": "<p>Et kort</p>",
    },
    "output-foreign-file": {
        "output/.sitegen.json": '{"version": 1, "files": {}}',
        "output/noter.txt": "Husk at ringe.",
    },
}  # fmt: skip
