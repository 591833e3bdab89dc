"""Phrases: links, notes, pictures, marks of language, and raw HTML that newsrooms use."""

import pytest

from sitegen.markup import TOKEN
from tests.test_markup import html, read


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("https://x.dk/a_b_c", '<a href="https://x.dk/a_b_c">https://x.dk/a_b_c</a>'),
        ("(https://x.dk)", '(<a href="https://x.dk">https://x.dk</a>)'),
        ("(https://x.dk/a)", '(<a href="https://x.dk/a">https://x.dk/a</a>)'),
        ("https://x.dk/a, b", '<a href="https://x.dk/a">https://x.dk/a</a>, b'),
        ("https://x.dk/a_(b).", '<a href="https://x.dk/a_(b)">https://x.dk/a_(b)</a>.'),
        ("https://x.dk|", '<a href="https://x.dk">https://x.dk</a>|'),
        ("https://x.dk?", '<a href="https://x.dk">https://x.dk</a>?'),
        ("**https://x.dk**", '<strong><a href="https://x.dk">https://x.dk</a></strong>'),
        (
            "https://x.dk/?a=1&copy=2",
            '<a href="https://x.dk/?a=1&amp;copy=2">https://x.dk/?a=1&amp;copy=2</a>',
        ),
        ("<https://x.dk>", '<a href="https://x.dk">https://x.dk</a>'),
        ("<a@x.dk>", '<a href="mailto:a@x.dk">a@x.dk</a>'),
        ("`https://x.dk`", "<code>https://x.dk</code>"),
        ("[https://x.dk](https://y.dk)", '<a href="https://y.dk">https://x.dk</a>'),
        ('<a href="https://x.dk">x</a>', '<a href="https://x.dk">x</a>'),
        ("ftp://x.dk", "ftp://x.dk"),
        ('[x](https://x.dk "Titel")', '<a href="https://x.dk" title="Titel">x</a>'),
        ("[x](https://x.dk/?a=1&b=2)", '<a href="https://x.dk/?a=1&amp;b=2">x</a>'),
        (
            '[x](https://x.dk "A &eacute; &amp; &quot;")',
            '<a href="https://x.dk" title="A é &amp; &quot;">x</a>',
        ),
        ("<https://x.dk/'a'>", "<a href=\"https://x.dk/'a'\">https://x.dk/'a'</a>"),
        ("[x](tel:+4512345678)", '<a href="tel:+4512345678">x</a>'),
        ("[x](HTTPS://X.dk)", '<a href="HTTPS://X.dk">x</a>'),
        ("[x](#top)", '<a href="#top">x</a>'),
        ("[x](a.md#b)", '<a href="{0}">x</a>'),
    ],
)
def test_addresses_are_links(typed: str, shown: str) -> None:
    assert html(typed) == f"<p>{shown}</p>"


def test_a_foreign_video_is_a_bare_link_that_names_its_host() -> None:
    """R65: nothing is embedded."""
    assert html("Før\n\nhttps://www.youtube.com/watch?v=_a1\n\nEfter") == (
        '<p>Før</p>\n<p><a href="https://www.youtube.com/watch?v=_a1">'
        "https://www.youtube.com/watch?v=_a1</a></p>\n<p>Efter</p>"
    )


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("[Ordet]{: lang=en}", '<span lang="en">Ordet</span>'),
        ("[Ordet]{lang=en}", '<span lang="en">Ordet</span>'),
        ("[*Et* ord]{lang=en-GB .x}", '<span class="x" lang="en-GB"><em>Et</em> ord</span>'),
        ("[Et [*ord*]{lang=en}](b.md)", '<a href="{0}">Et <span lang="en"><em>ord</em></span></a>'),
        ("[a]{.b .c}", '<span class="b c">a</span>'),
        ("[a]{b}", "[a]{b}"),
        ("[a]{{ b }}", "[a]{{ b }}"),
        ("**a**{: .x #y}", '<strong class="x" id="y">a</strong>'),
        ("[a](https://x.dk){: lang=en}", '<a href="https://x.dk" lang="en">a</a>'),
        ('[sagde "so"]{lang=en} "ja"', '<span lang="en">sagde “so”</span> ”ja”'),
    ],
)
def test_a_phrase_can_be_marked(typed: str, shown: str) -> None:
    """R42, R101."""
    assert html(typed) == f"<p>{shown}</p>"


def test_a_block_can_be_marked() -> None:
    """R42."""
    assert html('Said "so"\n{: lang=en}') == '<p lang="en">Said “so”</p>'
    assert html("> A\n{: lang=en}") == '<blockquote>\n<p lang="en">A</p>\n</blockquote>'


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ('Han sagde "*ja*".', "Han sagde ”<em>ja</em>”."),
        ('"[ja](https://x.dk)"', '”<a href="https://x.dk">ja</a>”'),
        ('"`x"y`"', '”<code>x"y</code>”'),
        (
            "88 **procent** og **88** procent",
            "88_<strong>procent</strong> og <strong>88</strong>_procent",
        ),
        ("”Det er 'så',” sagde hun", "”Det er ’så’,” sagde hun"),
        ("`88 procent`", "<code>88 procent</code>"),
        ("&quot;x&quot; &amp; &lt;b&gt; &copy; &eacute;&nbsp;", "”x” &amp; &lt;b&gt; © é_"),
        ("[&quot;x&quot; R&amp;D](b.md)", '<a href="{0}">”x” R&amp;D</a>'),
        ("&amp;copy; &unknown; A&B", "&amp;copy; &amp;unknown; A&amp;B"),
        ("<kbd>'x'</kbd> 'y'", "<kbd>’x’</kbd> ’y’"),
        ("<b>\"Fed\"</b> 'y'", "<b>”Fed”</b> ’y’"),
        ("15\\. marts", "15._marts"),
    ],
)
def test_text_is_set_and_code_is_not(typed: str, shown: str) -> None:
    """R54, R57."""
    assert html(typed) == f"<p>{shown}</p>"


def test_english_text_is_set_the_english_way() -> None:
    assert html('<b>"Bold"</b> and *"soft"*, "to"', "en") == (
        "<p><b>“Bold”</b> and <em>“soft”</em>, “to”</p>"
    )


def test_quotes_of_one_block_do_not_open_in_another() -> None:
    assert html('- "a\n- b"', "en") == "<ul>\n<li>“a</li>\n<li>b”</li>\n</ul>"


NOTES = "A[^min note] B[^1] C[^1].\n\n[^1]: Et\n[^min note]: To"


def test_notes_have_valid_ids_and_follow_the_order_of_the_text() -> None:
    assert html(NOTES, footnote="Note", footnote_back="Tilbage").replace("\n", "") == (
        '<p>A<sup id="fnref-1"><a aria-label="Note 1" class="footnote" href="#fn-1">'
        '1</a></sup> B<sup id="fnref-2"><a aria-label="Note 2" class="footnote" href="#fn-2">2</a>'
        '</sup> C<sup id="fnref-2-2"><a aria-label="Note 2" class="footnote" href="#fn-2">2</a>'
        '</sup>.</p><div class="footnotes"><ol><li id="fn-1"><p>To_'
        '<a aria-label="Tilbage" class="footnote-back" href="#fnref-1">↩</a></p></li>'
        '<li id="fn-2"><p>Et_<a aria-label="Tilbage" class="footnote-back" href="#fnref-2">↩</a>_'
        '<a aria-label="Tilbage (2)" class="footnote-back" href="#fnref-2-2">↩</a></p></li>'
        "</ol></div>"
    )


def test_without_labels_notes_have_no_english_words() -> None:
    """R41."""
    assert "aria-label" not in html(NOTES)
    assert "title=" not in html(NOTES)


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("a[^a b] b[^a-b]\n\n[^a b]: x\n\n[^a-b]: y", ('id="fn-1"', 'id="fn-2"')),
        ("a[^å]\n\n[^å]: x", ('id="fn-1"', 'href="#fn-1"')),
        ("## Fn 1\n\na[^1]\n\n[^1]: x", ('<h2 id="fn-1-2">', '<li id="fn-1">')),
        ("a[^1]\n\n[^1]: x\n\n    y\n\n    - z", ("<p>y</p>", "<li>z</li>", "<p>_<a")),
        ("a\n\n[^1]: ingen henvisning", ('<li id="fn-1">\n<p>ingen henvisning</p>',)),
        (
            "- a[^2]\n\nb[^1]\n\n[^1]: x\n\n[^2]: y",
            ('href="#fn-1">1<', "<p>y_<a", 'href="#fn-2">2<'),
        ),
        ("::: fact T\na[^1]\n:::\n\n[^1]: x", ('<li id="fn-1">',)),
        ("`[^1]` og \\[^1]", ("<code>[^1]</code> og [^1]",)),
    ],
)
def test_notes_bear_what_editors_do_to_them(typed: str, parts: tuple[str, ...]) -> None:
    shown = html(typed)

    for part in parts:
        assert part in shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        (
            '![Holdet](team.jpg "Holdet i Kiev | Foto: Per Ås")',
            '<figure><img alt="Holdet" src="{0}"><figcaption>Holdet i Kiev '
            '<span class="credit">Foto: Per Ås</span></figcaption></figure>',
        ),
        (
            '![Holdet](team.jpg "Foto: Per Ås")',
            '<figure><img alt="Holdet" src="{0}"><figcaption>'
            '<span class="credit">Foto: Per Ås</span></figcaption></figure>',
        ),
        (
            "![Kort](kort.png 'Vi er \"88\" procent')",
            '<figure><img alt="Kort" src="{0}">'
            "<figcaption>Vi er ”88” procent</figcaption></figure>",
        ),
        ("![Kort](kort.png)", '<figure><img alt="Kort" src="{0}"></figure>'),
        (
            "![](streg.png){: .decorative}",
            '<figure><img alt="" class="decorative" src="{0}"></figure>',
        ),
        (
            '![A](a.png "X")\n![B](b.png)\n{: .wide}',
            '<figure class="wide"><img alt="A" src="{0}"><figcaption>X</figcaption></figure>\n'
            '<figure class="wide"><img alt="B" src="{1}"></figure>',
        ),
        (
            "[![A](a.png)](b.md)",
            '<figure><a href="{1}"><img alt="A" src="{0}"></a></figure>',
        ),
        (
            "![A](a.png)  \n![B](b.png)",
            '<figure><img alt="A" src="{0}"></figure>\n<figure><img alt="B" src="{1}"></figure>',
        ),
        ("Se ![A](a.png) her", '<p>Se <img alt="A" src="{0}"> her</p>'),
        (
            "- ![A](a.png)\n\n- b",
            '<ul>\n<li>\n<figure><img alt="A" src="{0}"></figure>\n</li>\n'
            "<li>\n<p>b</p>\n</li>\n</ul>",
        ),
        ('![A](a.jpg "© Per")', '<figure><img alt="A" src="{0}"><figcaption>'
         '<span class="credit">© Per</span></figcaption></figure>'),
    ],
)  # fmt: skip
def test_a_picture_alone_is_a_figure(typed: str, shown: str) -> None:
    """R10."""
    assert shown == html(typed)


def test_the_alternative_text_goes_with_the_reference() -> None:
    marked, _ = read("![Hold](a.png) ![](b.png){: .decorative} [x](c.md)")

    assert [r.alt for r in marked.references] == ["Hold", "", None]
    assert [r.kind for r in marked.references] == ["image", "image", "link"]


@pytest.mark.parametrize(
    "typed",
    [
        "H<sub>2</sub>O og m<sup>2</sup>",
        "<mark>x</mark> <kbd>y</kbd> <cite>z</cite> <q>å</q> <small>s</small> <s>t</s>",
        '<time datetime="2012-03-15">den dag</time>',
        '<abbr title="Hyper Text">HTML</abbr>',
        '<span class="a" lang="en" dir="ltr" title="b" id="c">x</span>',
        "a<br>b",
    ],
)
def test_harmless_html_stays(typed: str) -> None:
    assert html(typed) == f"<p>{typed}</p>"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        (
            "<details open><summary>Mere</summary><p>Tekst &amp; &eacute;</p></details>",
            '<details open=""><summary>Mere</summary><p>Tekst &amp; é</p></details>',
        ),
        (
            '<video src="v.mp4" controls poster=p.jpg><track src="v.vtt" kind=captions></video>',
            '<video src="{0}" controls="" poster="{1}"><track src="{2}" kind="captions"></video>',
        ),
        (
            '<figure><img src="a.jpg" alt="A"><figcaption>Foto: Per</figcaption></figure>',
            '<figure><img src="{0}" alt="A"><figcaption>Foto: Per</figcaption></figure>',
        ),
        ("<p class=a class=b>x</p>", '<p class="a">x</p>'),
        ("<P>Store <B>bogstaver</B></P>", "<p>Store <b>bogstaver</b></p>"),
        ("<p>a</p>\n\nb", "<p>a</p>\n\n<p>b</p>"),
        ("a <!-- skjult --> b", "<p>a  b</p>"),
        ("<!-- skjult -->\n\na", "<p>a</p>"),
        ("1 < 2 & 3 > 2, <3", "<p>1 &lt; 2 &amp; 3 &gt; 2, &lt;3</p>"),
        ("\\<navn> &lt;navn&gt;", "<p>&lt;navn&gt; &lt;navn&gt;</p>"),
        ("`<navn>`", "<p><code>&lt;navn&gt;</code></p>"),
        ("<img src='a.png' alt='A'/>", '<p><img src="{0}" alt="A"></p>'),
        ('<a href=\'a.md\' title="x>y">b</a>', '<p><a href="{0}" title="x&gt;y">b</a></p>'),
        (
            "<div>\n```\na < b\n```\n</div>",
            '<div>\n\n<pre tabindex="0"><code>a &lt; b\n</code></pre>\n\n\n</div>',
        ),
        ("<pre>x\n  y</pre>", '<pre tabindex="0">x\n  y</pre>'),
    ],
)  # fmt: skip
def test_html_is_written_the_way_browsers_read_it(typed: str, shown: str) -> None:
    assert shown == html(typed)


def test_media_of_raw_html_are_references() -> None:
    marked, _ = read('<video src="v.mp4" controls poster="p.png"></video>')

    assert [(r.kind, r.target) for r in marked.references] == [
        ("link", "v.mp4"),
        ("image", "p.png"),
    ]
    assert len(TOKEN.findall(marked.html)) == 2
