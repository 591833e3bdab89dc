"""The house holds its shape: floors, sizes, one reader, one writer, no clock inside."""

import ast
import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "sitegen"
# fmt: off
FLOORS: tuple[frozenset[str], ...] = (
    frozenset({"findings", "schema", "characters", "encoding"}),
    frozenset({"model", "settings"}),
    frozenset({
        "typography", "dates", "downloads", "wording", "targets", "collation", "addresses",
        "schedule", "front_matter", "markup", "cache", "terms", "policy", "paragraphs",
    }),
    frozenset({
        "discover", "registry", "parse", "pair", "plan", "link", "images", "kit", "assets", "feeds",
        "metadata", "render", "verify", "publish", "promise", "search", "lint",
        "hosts", "icons", "translations",
    }),
    frozenset({"pipeline"}),
    frozenset({
        "preview", "report", "scaffold", "difference", "acceptance", "proof", "why", "outlook",
        "shapes", "status",
    }),
    frozenset({"cli"}),
    frozenset({"__init__", "__main__"}),
)
# fmt: on
LEVEL = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
STAGES = FLOORS[3]

FILES = sorted(PACKAGE.rglob("*.py"))
NAMES = [path.relative_to(PACKAGE).as_posix() for path in FILES]

READERS = {"discover", "publish", "cache", "preview", "scaffold", "acceptance", "shapes", "cli"}
"""discover reads the project; publish its own output; the others only files of their own."""
WRITERS = {"publish", "cache", "scaffold", "acceptance", "cli"}
"""cli writes the page that `--summary` names, and nothing else."""
CLOCKS = {"cli", "preview"}
BOUNDARIES = {
    "markup/__init__.py",  # the exceptions of Python-Markdown
    "pipeline/workers.py",  # whatever happens in a worker is raised again in the build
}
"""Where an exception of any kind is turned into a finding or a report."""


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def imported_rooms(tree: ast.Module) -> Iterator[str]:
    """Yield the rooms that a module imports, at its top or within a function."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "sitegen":
            parts = (node.module or "").split(".")
            yield from [parts[1]] if len(parts) > 1 else [alias.name for alias in node.names]
        elif isinstance(node, ast.Import):
            yield from (
                alias.name.split(".")[1]
                for alias in node.names
                if alias.name.startswith("sitegen.")
            )


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def called_names(tree: ast.Module) -> set[str]:
    """Return the dotted names of everything that is called."""
    return {
        ast.unparse(node.func)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name)
    }


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_every_room_has_a_floor_and_imports_only_from_lower_ones(path: Path) -> None:
    room = room_of(path)
    assert room in LEVEL, f"{room} is on no floor"

    others = {other for other in imported_rooms(tree_of(path)) if other != room}

    upward = {other for other in others if LEVEL[other] > LEVEL[room]}
    assert not upward
    if room in STAGES:
        assert not others & STAGES, "a stage imports a stage"


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_every_module_says_in_a_sentence_what_it_is_for(path: Path) -> None:
    said = ast.get_docstring(tree_of(path))

    assert said
    assert len(said.split("\n\n")[0].split()) >= 4


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_no_module_is_longer_than_300_lines_and_no_function_than_40(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 300

    assert [node.name for node in functions(tree_of(path)) if length(node) > 40] == []


def test_the_median_function_has_at_most_10_lines() -> None:
    lengths = [length(node) for path in FILES for node in functions(tree_of(path))]

    assert statistics.median(lengths) <= 10


def test_the_package_has_at_most_20000_lines_of_code() -> None:
    """Blank lines, comments and docstrings do not count: they are what keeps it readable."""
    assert sum(lines_of_code(path) for path in FILES) <= 20_000


def lines_of_code(path: Path) -> int:
    tree = tree_of(path)
    said: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            said |= {*range(node.lineno, (node.end_lineno or node.lineno) + 1)}
    lines = enumerate(path.read_text("utf-8").splitlines(), start=1)
    return sum(
        1 for number, line in lines if number not in said and line.strip(" ")[:1] not in {"", "#"}
    )


READING = {"read_text", "read_bytes", "open", "scandir", "iterdir", "rglob", "glob", "walk"}
WRITING = {"write_text", "write_bytes", "mkdir", "unlink", "rmdir", "rename", "rmtree", "symlink"}
CLOCK = {"now", "today", "utcnow", "monotonic", "perf_counter", "time_ns"}


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_one_room_reads_content_one_writes_output_and_none_looks_at_the_clock(path: Path) -> None:
    room = room_of(path)
    called = {name.rpartition(".")[2] for name in called_names(tree_of(path))}
    if path.name in {"icons.py", "theme.py"} or room in {"feeds", "images"}:
        called -= {"open", "walk"}  # Image.open on bytes in memory

    assert room in READERS or not called & READING
    assert room in WRITERS or not called & WRITING
    assert room in CLOCKS or not called & CLOCK


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_no_environment_locale_or_randomness_inside(path: Path) -> None:
    text = path.read_text("utf-8")
    imported = {
        alias.name for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Import)
        for alias in node.names
    }  # fmt: skip

    assert not imported & {"random", "locale", "secrets", "logging"} or room_of(path) == "preview"
    assert "os.environ" not in text or room_of(path) == "cli"


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_only_the_command_line_prints(path: Path) -> None:
    called = called_names(tree_of(path))

    assert "print" not in called
    assert room_of(path) == "cli" or "click.echo" not in called
    assert room_of(path) in {"cli"} or "sys.exit" not in called


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_broad_excepts_stand_only_at_the_named_boundaries(path: Path) -> None:
    caught = {
        ast.unparse(node.type) if node.type else "bare"
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ExceptHandler)
    }

    is_boundary = path.relative_to(PACKAGE).as_posix() in BOUNDARIES
    assert is_boundary == bool(caught & {"bare", "Exception", "BaseException"})


LIBRARIES = {
    "markdown": {"markup"},
    "nh3": {"markup", "feeds"},
    "livereload": {"preview"},
    "tornado": {"preview"},
    "watchfiles": {"preview"},
    "frontmatter": {"front_matter"},
    "yaml": {"front_matter"},
    "jinja2": {"render"},
    "PIL": {"images", "icons"},
    "click": {"cli"},
    "rich": {"cli"},
    "sqlite3": {"cache"},
    "Stemmer": {"terms"},
}


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_each_library_is_known_to_one_room(path: Path) -> None:
    for node in ast.walk(tree_of(path)):
        modules: list[str] = []
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            modules = [node.module]
        for module in modules:
            allowed = LIBRARIES.get(module.split(".")[0], {room_of(path)})
            assert room_of(path) in allowed, f"{module} is imported in {room_of(path)}"


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_values_between_stages_are_frozen(path: Path) -> None:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ClassDef) and any("Struct" in ast.unparse(b) for b in node.bases):
            options = {keyword.arg: ast.unparse(keyword.value) for keyword in node.keywords}
            assert options.get("frozen") == "True", node.name


FORBIDDEN_NAMES = {"utils", "helpers", "common", "core", "manager", "misc"}


def test_no_room_has_a_name_that_says_nothing() -> None:
    assert not {path.stem for path in FILES} & FORBIDDEN_NAMES


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_addresses_are_made_in_one_room_only(path: Path) -> None:
    """No other room joins a language and a place to an address."""
    if room_of(path) in {"addresses", "cli", "preview"}:
        return
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            start = str(node.values[0].value)
            made = start == "/" and len(node.values) > 1 and "language" in ast.unparse(node)
            assert not made, ast.unparse(node)
