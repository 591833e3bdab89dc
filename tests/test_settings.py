import re
import tomllib
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.findings import Findings, UsageError
from sitegen.settings import Config, is_locale, key_line, read_config
from tests.examples import lines_of

SITE = """\
base_url = "https://news.example.org"
title = "Conscensia"
default_language = "da"

[languages.da]
label = "Dansk"
locale = "da_DK"
title = "Nyt"
section = "nyheder"
"""
EXAMPLE = (
    "base_url` is still https://www.example.com: "
    "write the site's own address before you publish it [base-url-unknown]"
)


def read(text: str, base_url: str | None = None) -> tuple[Config | None, list[str]]:
    findings = Findings()
    return read_config(text, findings, base_url), lines_of(findings)


def sound(text: str) -> Config:
    config, found = read(text)
    assert config
    assert not found
    return config


def test_a_small_config_is_filled_up_with_defaults() -> None:
    config = sound(SITE)

    assert list(config.languages) == ["da"]
    assert config.languages["da"].menu == ("news", "press", "archive", "search")
    assert config.timezone == str(config.zone) == "Europe/Copenhagen"
    assert config.translations.fallback == "link"
    assert (config.build.page_size, config.build.related, config.build.front_size) == (20, 3, 10)
    assert (config.build.feed_size, config.images.max_megapixels) == (20, 80)


@pytest.mark.parametrize(
    ("base_url", "origin", "path", "authority"),
    [
        ("https://news.example.org", "https://news.example.org", "", "news.example.org"),
        ("https://example.org/", "https://example.org", "", "example.org"),
        ("https://example.org/nyheder", "https://example.org", "/nyheder", "example.org"),
        ("https://example.org/a/b/", "https://example.org", "/a/b", "example.org"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000", "", "127.0.0.1"),
    ],
)
def test_the_base_url_may_have_a_path(
    base_url: str, origin: str, path: str, authority: str
) -> None:
    """R30; a port is no part of a feed id (RFC 4151)."""
    config = sound(SITE.replace("https://news.example.org", base_url))

    assert (origin, path, authority) == (config.origin, config.base_path, config.authority)


def test_a_site_may_have_no_related_news_and_no_list_on_its_front_page() -> None:
    build = sound(SITE + "[build]\nrelated = 0\nfront_size = 0\npage_size = 1\n").build

    assert (build.related, build.front_size, build.page_size) == (0, 0, 1)


def test_feed_ids_are_named_by_the_id_authority_when_there_is_one() -> None:
    assert sound(f'id_authority = "example.com"\n{SITE}').authority == "example.com"


def test_the_command_line_may_give_another_base_url() -> None:
    config, found = read(SITE, "https://test.example.org/x")

    assert config
    assert (config.base_path, found) == ("/x", [])


def test_a_base_url_of_the_command_line_that_cannot_be_used_is_a_wrong_use() -> None:
    with pytest.raises(UsageError, match=r"^the address cannot be 'example'; write it as https://"):
        read(SITE, "example")


def test_the_example_address_is_a_warning() -> None:
    config, found = read(SITE.replace("https://news.example.org", "https://www.example.com"))

    assert config
    assert found == [f"config.toml:1: warning: `{EXAMPLE}"]


def test_a_site_without_an_address_has_the_example() -> None:
    assert read("\n".join(SITE.split("\n")[1:]))[1] == [f"config.toml: warning: `{EXAMPLE}"]


FAULTS = {
    "no TOML": (
        "title: x\n",
        "1: error: this line cannot be read (Expected '=' after a key in a key/value pair): "
        'write it as name = "text", with the quotes [config-syntax]',
    ),
    "a key twice": (
        'title = "a"\ntitle = "b"\nx = 1\n',
        "2: error: what this line says is said already: delete one of the two [config-syntax]",
    ),
    "a table twice": (
        SITE + "[languages.da]\n",
        "10: error: what this line says is said already: delete one of the two [config-syntax]",
    ),
    "an end too soon": (
        "title =",
        '1: error: this line cannot be read (Invalid value): write it as name = "text", '
        "with the quotes [config-syntax]",
    ),
    "an unknown key": (
        "titel = 1\n" + SITE,
        "1: error: unknown key `titel`: did you mean `title`? [config-unknown-key]",
    ),
    "a misspelt key that must be there": (
        SITE.replace("title =", "titel =", 1),
        "2: error: unknown key `titel`: did you mean `title`? [config-unknown-key]",
    ),
    "an unknown key in a table": (
        SITE + 'sektion = "x"\n',
        "10: error: unknown key `sektion` in [languages.da]: did you mean `section`? "
        "[config-unknown-key]",
    ),
    "a value of the wrong kind": (
        "timezone = 3\n" + SITE,
        "1: error: `timezone` cannot be 3: write text [config-type]",
    ),
    "a kind of fallback that does not exist": (
        SITE + '[translations]\nfallback = "copy"\n',
        "11: error: `fallback` cannot be 'copy' in [translations]: "
        "write off or link or page [config-type]",
    ),
    "an unknown level": (
        SITE + '[checks]\nheading-level = "warn"\n',
        "11: error: `heading-level` cannot be 'warn' in [checks]: "
        "write off or warning or error [config-type]",
    ),
    "an unknown check": (
        SITE + '[checks]\nheading-levl = "off"\n',
        "11: error: there is no check 'heading-levl': did you mean `heading-level`? [config-value]",
    ),
    "a level for what is always an error": (
        SITE + '[checks]\ndate-invalid = "warning"\n',
        "11: error: `date-invalid` is always an error: "
        "mend what it finds; take this line away [config-value]",
    ),
    "a base URL without scheme": (
        SITE.replace("https://news", "news"),
        "1: error: `base_url` cannot be 'news.example.org': "
        "write it as https://www.example.com or https://example.com/path [config-value]",
    ),
    "a time zone that does not exist": (
        'timezone = "Europe/Kopenhagen"\n' + SITE,
        "1: error: there is no time zone 'Europe/Kopenhagen': "
        "write it as Europe/Copenhagen [config-value]",
    ),
    "a folder of time zones": (
        'timezone = "Europe"\n' + SITE,
        "1: error: there is no time zone 'Europe': write it as Europe/Copenhagen [config-value]",
    ),
    "an authority that is no domain": (
        'id_authority = "https://x"\n' + SITE,
        "1: error: `id_authority` cannot be 'https://x': "
        "write a domain of yours, such as example.com [config-value]",
    ),
    "an x-default that is no language here": (
        'x_default = "en"\n' + SITE,
        "1: error: `x_default` is 'en', which is no language here: known are da [config-value]",
    ),
    "a site without a name": (
        SITE.replace('title = "Conscensia"', 'title = " "'),
        "2: error: `title` is empty: write the site's name [config-value]",
    ),
    "an empty title": (
        SITE.replace('title = "Nyt"', 'title = " "'),
        "8: error: `title` is empty: fill it in [config-value]",
    ),
    "a section that no address can hold": (
        SITE.replace('"nyheder"', '"Nyheder!"'),
        "9: error: `section` cannot be 'Nyheder!': "
        "use small letters a–z, digits and hyphens [config-value]",
    ),
    "a locale that does not exist": (
        SITE.replace("da_DK", "dk_DA"),
        "7: error: there is no locale 'dk_DA': write it as da_DK or en_GB [config-value]",
    ),
    "a place that the menu does not have": (
        SITE + 'menu = ["news", "arkiv"]\n',
        "10: error: the menu has no place 'arkiv': did you mean `archive`? [config-value]",
    ),
    "a language tag that is none": (
        SITE + '[languages.dansk]\nlabel = "D"\nlocale = "da_DK"\ntitle = "D"\nsection = "d"\n',
        "10: error: 'dansk' is no language tag: use a short one, as in [languages.da] "
        "[config-value]",
    ),
    "a text for a language that is not there": (
        SITE + '[company]\ntagline = { dk = "x" }\n',
        "11: error: `tagline` has a text for 'dk', which is no language here: known are da "
        "[config-value]",
    ),
    "pages of no news": (
        SITE + "[build]\npage_size = 0\n",
        "11: error: `page_size` is less than 1: give it a number from 1 up [config-value]",
    ),
    "less than no related news": (
        SITE + "[build]\nrelated = -1\n",
        "11: error: `related` is less than 0: give it a number from 0 up [config-value]",
    ),
    "no pictures at all": (
        SITE + "[images]\nmax_megapixels = 0\n",
        "11: error: `max_megapixels` is less than 1: give it a number from 1 up [config-value]",
    ),
    "no width": (
        SITE + "[images]\nwidths = []\n",
        "11: error: `widths` must be numbers from 100 to 4000: "
        "write it as widths = [480, 768, 1080, 1440] [config-value]",
    ),
    "a width that no window has": (
        SITE + "[images]\nwidths = [480, 5000]\n",
        "11: error: `widths` must be numbers from 100 to 4000: "
        "write it as widths = [480, 768, 1080, 1440] [config-value]",
    ),
    "a format that is always there": (
        SITE + '[images]\nformats = ["avif", "jpg"]\n',
        "11: error: pictures cannot be published as 'jpg': "
        'JPEG and PNG are always made; write it as formats = ["avif", "webp"] [config-value]',
    ),
    "no title": (
        SITE.replace('title = "Conscensia"\n', ""),
        ' error: `title` is missing: add a line such as title = "Conscensia" [config-required]',
    ),
    "no label": (
        SITE.replace('label = "Dansk"\n', ""),
        "5: error: `label` is missing in [languages.da]: "
        'add a line such as label = "Dansk" [config-required]',
    ),
    "no languages": (
        SITE[: SITE.index("[")],
        " error: `languages` is missing: add a table [languages.da] [config-required]",
    ),
    "languages that are none": (
        SITE[: SITE.index("[")] + "languages = {}\n",
        "5: error: there is no language: add a table [languages.da] [config-value]",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_at_its_line(name: str) -> None:
    text, expected = FAULTS[name]

    assert [f"config.toml:{expected}"] == read(text)[1]


@pytest.mark.parametrize(
    "name", ["an unknown key", "an unknown level", "an unknown check", "pages of no news"]
)
def test_a_faulty_value_is_left_out_so_that_the_rest_can_be_judged(name: str) -> None:
    assert sound(SITE) == read(FAULTS[name][0])[0]


@pytest.mark.parametrize("name", ["no TOML", "no title", "no label", "no languages"])
def test_nothing_goes_on_without_what_a_site_must_have(name: str) -> None:
    assert read(FAULTS[name][0])[0] is None


def test_all_faults_are_told_at_once_even_when_nothing_can_go_on() -> None:
    text = dedent("""\
        base_url = "ftp://x"
        timezone = "Nowhere"
        colour = "red"
        default_language = "en"
        [languages.da]
        label = 1
        locale = "xx"
        section = "nyheder"
        [build]
        page_size = "many"
        feed_size = 0
        """)
    config, found = read(text)
    places = ["", "1", "2", "3", "4", "5", "6", "7", "10", "11"]

    assert config is None
    assert places == [line.split(" ")[0].strip(":").partition(":")[2] for line in found]


@settings(deadline=None)
@given(
    st.recursive(
        st.one_of(st.text(), st.integers(-9, 9), st.booleans()),
        lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(max_size=3), inner)),
        max_leaves=5,
    ),
    st.sampled_from(Config.__struct_fields__),
)
def test_no_value_of_any_kind_is_more_than_a_finding(value: object, key: str) -> None:
    def toml(value: object) -> str:
        if isinstance(value, dict):
            members = (f"{toml(str(name))} = {toml(item)}" for name, item in value.items())
            return f"{{ {', '.join(members)} }}"
        if isinstance(value, list):
            return f"[{', '.join(map(toml, value))}]"
        if isinstance(value, str):
            return '"' + "".join(f"\\U{ord(letter):08x}" for letter in value) + '"'
        return str(value).lower()

    whole = "\n".join(line for line in SITE.splitlines()[:3] if not line.startswith(f"{key} ="))
    rest = "" if key == "languages" else SITE[SITE.index("[") :]
    text = f"{key} = {toml(value)}\n{whole}\n{rest}"
    assert key in tomllib.loads(text)

    config, found = read(text)

    assert config or found


@pytest.mark.parametrize(
    "base_url",
    ["https://", "https://[", "https://a b.dk", "https://x.dk?a", "https://x.dk#a", "//x.dk",
     "https://x.dk/../y", "https://x.dk//y", "javascript:alert(1)", "https://ærø.dk", ""],
)  # fmt: skip
def test_an_address_that_links_cannot_begin_with_is_refused(base_url: str) -> None:
    found = read(SITE.replace("https://news.example.org", base_url))[1]

    assert [line.rpartition(" ")[2] for line in found] == ["[config-value]"]


TABLES = """\
title = "x"
[languages]
[languages.da]
label = "Dansk"
"section" = "nyheder"
[company]
name = "y"
tagline.da = "z"
about = { da = "a" }
"""


@pytest.mark.parametrize(
    ("expected", "at"),
    [
        (1, ("title",)),
        (None, ("base_url",)),
        (4, ("languages", "da", "label")),
        (5, ("languages", "da", "section")),
        (3, ("languages", "da", "locale")),
        (7, ("company", "name")),
        (8, ("company", "tagline", "da")),
        (9, ("company", "about", "en")),
        (6, ("company", "cvr")),
        (None, ("build", "related")),
        (2, ("languages",)),
        (6, ("company",)),
    ],
)
def test_the_line_of_a_key_is_found_or_that_of_its_table(
    expected: int | None, at: tuple[str, ...]
) -> None:
    assert expected == key_line(TABLES, at)


@pytest.mark.parametrize(
    ("expected", "name"), [(True, "da_DK"), (True, "en_GB"), (False, "da"), (False, "xx_XX")]
)
def test_a_locale_is_one_that_dates_can_be_written_for(expected: bool, name: str) -> None:  # noqa: FBT001 - expected first
    assert expected is is_locale(name)


# --- every value of a TOML file is seen ------------------------------------------------------

UNSEEN = "holds an invisible character (U+000B): delete it [control-character]"


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        (SITE.replace('"Nyt"', '"N\\u000Byt"'), 8, "title"),
        (SITE + '[company]\naddress = ["A", "B\\u000B"]', 11, "address"),
        (SITE + '[extra]\na = { b = [{ c = "\\u000B" }] }', 11, "c"),
        (SITE + '[extra]\n"a\\u000B" = 1', 10, "a"),
    ],
)
def test_a_character_that_nobody_sees_is_told_at_its_line(text: str, line: int, key: str) -> None:
    config, found = read(text)

    assert found == [f"config.toml:{line}: error: `{key}` {UNSEEN}"]
    assert config is not None
    assert "\x0b" not in repr(config)


def test_what_toml_itself_lets_pass_is_told_as_well() -> None:
    _, found = read(SITE.replace('"Nyt"', '"N\u2028y\u0085t"') + "[company]\nname = 3\n")

    assert [line.partition(" in")[0] for line in found] == [
        "config.toml:8: error: `title` holds an",
        "config.toml:11: error: `name` cannot be 3",
    ]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("[" * 20_000, "lists or tables stand more than 20 deep in each other"),
        ("[" * 30 + "]" * 30, "lists or tables stand more than 20 deep in each other"),
        ("9" * 5_000, "this number is too long"),
        ("2024-02-30", "this line cannot be read (Invalid date or datetime)"),
        ("2024-05", "the month stands without quotes"),
    ],
)
def test_a_bomb_in_toml_is_a_finding(value: str, expected: str) -> None:
    config, found = read(f"{SITE}[extra]\na = {value}\nb = 1\n")

    assert config is None
    assert len(found) == 1
    assert re.fullmatch(rf"config.toml(:11)?: error: {re.escape(expected)}: .*", found[0])


def test_a_long_dotted_key_is_a_finding() -> None:
    assert len(read(f"{SITE}[extra]\n{'a.' * 5_000}b = 1\n")[1]) == 1


@pytest.mark.parametrize(
    ("line", "key", "mend"),
    [
        ('email = "line at example.com"', "email", "name@example.com"),
        ('email = "Line <line@example.com>"', "email", "name@example.com"),
        ('phone = "ring til os"', "phone", "+45 12 34 56 78"),
        ('url = "example.com"', "url", "https://example.com"),
        ('url = "javascript:alert(1)//a.b"', "url", "https://example.com"),
    ],
)
def test_a_way_to_reach_the_company_must_lead_somewhere(line: str, key: str, mend: str) -> None:
    shown = line.partition(" = ")[2].replace('"', "'")

    assert read(f"{SITE}[company]\n{line}\n")[1] == [
        f"config.toml:11: error: `{key}` cannot be {shown} in [company]: "
        f"write it as {mend} [config-value]"
    ]


@pytest.mark.parametrize("phone", ["112", "+45 12 34 56 78", "(0045) 12.34-5678", "12\u00a034"])
def test_a_phone_number_may_be_written_as_people_do(phone: str) -> None:
    assert sound(f'{SITE}[contact]\nphone = "{phone}"\n').contact.phone == phone


def test_a_text_that_a_language_lacks_is_one_warning() -> None:
    """A language that is added late finds all the holes that it leaves."""
    text = SITE + SITE[SITE.index("[languages") :].replace("languages.da", "languages.en")
    tables = '[company]\ntagline = { da = "x" }\nabout = {}\n[contact]\ntitle = { da = "y" }\n'

    assert read(f"{text}{tables}")[1] == [
        "config.toml:16: warning: `tagline` lacks the language `en`: "
        'add en = "…" to it [language-missing]',
        "config.toml:19: warning: `title` lacks the language `en`: "
        'add en = "…" to it [language-missing]',
    ]
