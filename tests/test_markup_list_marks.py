"""Marks that begin no list are told, with the line to copy; prose with the same signs is not."""

import pytest

from sitegen.findings import Findings
from sitegen.markup import Text, mark_up
from tests.test_markup import faults


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("• Kaffe\n• Te", "1: these 2 lines begin with “•”, which makes no list: "
         "begin each as in `- Kaffe`"),
        ("•\tKaffe", "1: this line begins with “•”, which makes no list: write `- Kaffe`"),
        ("•Kaffe", "1: this line begins with “•”, which makes no list: write `- Kaffe`"),
        ("\uf0b7 Kaffe", "1: this line begins with “•”, which makes no list: write `- Kaffe`"),
        ("o\tKaffe", "1: this line begins with “o”, which makes no list: write `- Kaffe`"),
        ("§\u00a0\u00a0Te", "1: this line begins with “§”, which makes no list: write `- Te`"),
        ("·       Te", "1: this line begins with “·”, which makes no list: write `- Te`"),
        ("–\tTe", "1: this line begins with “–”, which makes no list: "
         "write `- Te`, or leave a blank line between when it is dialogue"),
        ("Vi har:\n–\u00a0kaffe\n–\u00a0te", "2: these 2 lines begin with “–”, which makes no "
         "list: begin each as in `- kaffe`, or leave a blank line between when it is dialogue"),
        ("-kaffe\n-te", "1: these 2 lines begin with “-” and no blank behind it, which makes no "
         "list: begin each as in `- kaffe`"),
        ("1) Kaffe\n2) Te", "1: these 2 lines begin with “1)”, which makes no list: "
         "begin each as in `1. Kaffe`"),
        ("a) Kaffe\nb) Te\nc) Vand", "1: these 3 lines begin with “a)”, which makes no list: "
         "begin each as in `1. Kaffe`"),
    ],
)  # fmt: skip
def test_marks_from_word_and_mail_are_told_with_the_line_to_copy(typed: str, told: str) -> None:
    findings = Findings()
    mark_up(Text(path="x.md", first_line=1, language="da", body=typed), findings)

    assert [f"{f.line}: {f.what}: {f.mend}" for f in findings.found] == [told]
    assert {(f.severity, f.code) for f in findings.found} == {("warning", "list-mark")}


@pytest.mark.parametrize(
    ("typed", "lines"),
    [
        ("a\n\n• b\n\n• c", (3, 5)),
        ("> a\n> • b\n> • c", (2,)),
        ("::: fact A\n• b\n:::", (2,)),
        ("- a\n– b\n- c", (2,)),
        ("- a\n  • b\n  • c\n- d", (2,)),
        ("1. a\n• b", (2,)),
        ("Det er:\n• b\nMere.", (2,)),
        ("• a\n• b\n– c\n– d", (1, 3)),
        ("`a`\n\n• `b` c", (3,)),
    ],
)
def test_they_are_found_wherever_a_list_may_stand(typed: str, lines: tuple[int, ...]) -> None:
    assert tuple(f"{line} list-mark" for line in lines) == faults(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "– Det er dejligt, siger hun.\n\n– Ja, siger han.",
        "– Det er dejligt, siger hun,\nog hun ler.",
        "Vi var alle glade\n– som altid – for turen.",
        "Tekst: Per Ås\n· Foto: Ole Ås",
        "Mandag • Tirsdag\n• Onsdag",
        "–5 grader\n–3 grader",
        "-5 grader\n-3 grader",
        "Vi (se note\n1) og Per (se note\n3) kom.",
        "1) Kun ét punkt.",
        "§ 5 siger nej.",
        "o ve, o ve",
        "a | b\n-|-\n– | 5\n– | 6",
        "```\n• a\n• b\n```",
        "`• a`",
        "– `kode` er svært",
        "<!--\n• a\n• b\n-->",
        "– vers et  \n– vers to",
        "– vers et\\\n– vers to",
        "- a\n- b\n\n– Det er dejligt, siger hun.",
        "*fed*\n*kursiv*",
        "&bull; a",
    ],
)
def test_prose_with_the_same_signs_is_left_alone(typed: str) -> None:
    assert faults(typed) == ()
