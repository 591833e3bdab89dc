"""Markdown's own syntax: where we do what a stock converter does, and where not."""

import re
from pathlib import Path

import pytest
from markdown import markdown

from sitegen.findings import CODES
from sitegen.markup import TOKEN
from tests.test_markup import read

EXTENSIONS = ["abbr", "attr_list", "def_list", "fenced_code", "footnotes", "tables"]
OURS = re.compile(r' (?:id|tabindex)="[^"]*"(?=[^<>]*>)')  # of headings and of code


def stock(typed: str) -> str:
    """Return the HTML of a converter as it comes."""
    return markdown(typed, extensions=EXTENSIONS, output_format="html")


def squeezed(html: str) -> str:
    """Return the HTML without line breaks beside tags."""
    return re.sub(r"(?<=>)\n+|\n+(?=<)", "", html)


def alike(html: str) -> str:
    """Return the HTML with what browsers show alike written alike."""
    return " ".join(squeezed(html).split())


ALIKE = r"""
Et afsnit.⏎⏎Et til.
Et afsnit⏎over to linjer.
Et afsnit.⏎⏎⏎⏎Et til efter mange.
To blanke  ⏎bryder linjen.
En blank ⏎bryder den ikke.
## To
## To⏎⏎### Tre
## To ##
## Med *vægt* og `kode`
Understreget⏎------------
Understreget⏎--
Afsnit⏎## Rubrik⏎Afsnit
> Et citat
> Et citat⏎> over to linjer
> Et citat⏎dovent skrevet
> Et afsnit⏎>⏎> Et til
> Et afsnit⏎⏎> Et til
> Yderst⏎>⏎> > Inderst⏎>⏎> Yderst
> ## Rubrik⏎>⏎> Tekst
> - et⏎> - to
>Uden blank
* et⏎* to
+ et⏎+ to
- et⏎- to
-   et⏎-   to
1. et⏎2. to⏎3. tre
1. et⏎1. to⏎1. tre
1. et⏎7. to
- et⏎⏎- to
- et⏎  dovent⏎- to
- et⏎dovent⏎- to
- et⏎⏎    afsnit⏎⏎- to
1. et⏎⏎    afsnit⏎⏎2. to
- et⏎    - under⏎    - under⏎- to
- et⏎    1. under⏎- to
1. et⏎    - under⏎2. to
- et⏎    - under⏎        - dybest
- et⏎⏎    > citat⏎⏎- to
- *et*⏎- **to**
1986\. Et godt år
\* ingen liste
* * *
***
*****
- - -
---------------
_ _ _
[link](https://a.dk/)
[link](https://a.dk/ "Titel")
[link](https://a.dk/ 'Titel')
[link](<https://a.dk/>)
[link](https://a.dk/a_(b))
[*vægt* i](https://a.dk/) link
[link][1]⏎⏎[1]: https://a.dk/
[link] [1]⏎⏎[1]: https://a.dk/
[link][]⏎⏎[link]: https://a.dk/
[link]⏎⏎[link]: https://a.dk/
[Link][ET]⏎⏎[et]: https://a.dk/
[link][1]⏎⏎[1]: <https://a.dk/>
[link][1]⏎⏎[1]: https://a.dk/ "Titel"
[link][1]⏎⏎[1]: https://a.dk/ 'Titel'
[link][1]⏎⏎[1]: https://a.dk/ (Titel)
[link][1]⏎⏎[1]: https://a.dk/⏎    "Titel"
[link][1]⏎⏎  [1]: https://a.dk/
[link][mangler]
[ikke et link]
[a] og [b]
<https://a.dk/>
*vægt* og _vægt_
**kraft** og __kraft__
***begge*** og ___begge___
**kraft *og vægt* i**
*vægt **og kraft** i*
*vægt **og kraft***
midt*i*ordet
midt_i_ordet
med_flere_under_streger
__init__ og 2*3*4
2 * 3 * 4
* alene
\*ingen vægt\*
un*frigging*believable
*over⏎to linjer*
*ikke lukket
**ikke lukket
_ alene _
`kode`
``kode med ` i``
`` `kode` ``
`<b> & c`
`a` og `b`
`*ingen vægt*`
`ikke lukket
\`ingen kode\`
`\` alene
\\ \` \* \_ \{ \} \[ \] \( \) \# \+ \- \. \!
AT&T og 4 < 5
a > b
&amp; og &lt;
H<sub>2</sub>O
<b>*vægt* i HTML</b>
<span class="a">x</span>
<div>⏎*ingen vægt*⏎</div>
<div><p>a</p></div>⏎⏎b
```⏎kode⏎```
~~~⏎kode⏎~~~
```⏎<b> & *c*⏎⏎d⏎```
````⏎```⏎````
A⏎: a⏎: b
A⏎B⏎: a
A⏎⏎: a⏎⏎    b
A⏎: a⏎⏎B⏎: b
WWW er godt⏎⏎*[WWW]: World Wide Web
WWW og XML⏎⏎*[WWW]: World Wide Web⏎*[XML]: Språk
a⏎{: .b }
*a*{: .b }
[a](https://a.dk/){: .b }
- a⏎{: .b }
`a`{: .b }
a {: .b } c
"""
DOCUMENT = (Path(__file__).parent.parent / "docs" / "markdown.md").read_text("utf-8")
TABLE = DOCUMENT.partition("## Where we differ")[2].partition("\n## ")[0]
ROWS = re.findall(r"^\| (`.*) \|$", TABLE, re.MULTILINE)
DIFFERENT = [re.split(r"(?<!\\) \| ", row)[:3] for row in ROWS]


def lines(cell: str) -> str:
    """Return the text that a cell of the table stands for."""
    text = re.sub(r"^(`+ )(.*)( `+)$|^`(.*)`$", r"\2\4", cell)
    return text.replace("⏎", "\n").replace("⍽", "\u00a0").replace("\\|", "|")


@pytest.mark.parametrize("typed", ALIKE.strip("\n").split("\n"))
def test_what_markdown_promises_is_what_editors_get(typed: str) -> None:
    marked, found = read(typed.replace("⏎", "\n"))

    assert alike(stock(typed.replace("⏎", "\n"))) == alike(OURS.sub("", marked.html))
    assert found == ()


@pytest.mark.parametrize(("typed", "theirs", "ours"), DIFFERENT)
def test_where_we_differ_the_document_says_so(typed: str, theirs: str, ours: str) -> None:
    marked, found = read(lines(typed))
    level, _, code = ours.partition(" ")
    shown = TOKEN.sub(lambda token: marked.references[int(token[1])].target, marked.html)

    assert lines(theirs) == squeezed(stock(lines(typed)))
    if level in {"error", "warning"}:
        assert CODES[code.strip("`")].level == level
        assert {each.split()[1] for each in found} == {code.strip("`")}
    else:
        assert lines(ours) == squeezed(shown)
        assert found == ()
    assert theirs != ours


def test_the_document_has_a_row_for_every_difference() -> None:
    assert len(DIFFERENT) > 40
