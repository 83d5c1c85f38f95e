"""The rules of the house: which way imports point, and what each part of the package may touch.

Every rule is a function from one file to its faults. `test_architecture` executes them.
"""

import ast
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

PACKAGE = "voice_checkin"
FOLDER = Path(__file__).resolve().parent.parent / PACKAGE

MAY_IMPORT: dict[str, set[str]] = {
    "__main__": {"cli"},
    "cli": {"wiring", "errors", "evening"},
    "wiring": {"content", "speech", "journal", "show", "nightly", "settings", "shapes", "errors", "evening"},
    "content": {"shapes", "errors", "evening"},
    "speech": {"shapes", "errors", "evening"},
    "journal": {"shapes", "errors", "evening"},
    "show": {"errors", "evening"},
    "nightly": {"errors", "evening"},
    "evening": {"errors"},
    "settings": {"shapes", "errors"},
    "shapes": set(),
    "errors": set(),
    "__init__": set(),
}
"""The arrows: what each file or folder of the package may import besides itself."""

AT_LOAD = {"cli": {"click"}, "evening": {"rapidfuzz"}, "speech": {"numpy"}}
"""Outside libraries that may be imported when a file is. All others are imported late, and so is speech:
`test_the_command_loads_nothing_heavy` sees to it.
"""

PURE = {
    "abc", "bisect", "collections", "dataclasses", "datetime", "enum", "functools", "itertools",
    "math", "operator", "re", "statistics", "string", "types", "typing", "unicodedata",
    PACKAGE, "rapidfuzz", "dateutil", "jellyfish", "snowballstemmer",
}  # fmt: skip
"""All that the evening may import: nothing here reads a file, a clock, a device or chance."""

IMPURE_BUILTINS = {"open", "input", "print", "exec", "eval", "__import__"}

NETWORK = {
    "pooch", "requests", "urllib", "urllib3", "http", "httpx", "aiohttp", "socket", "socketserver",
    "ssl", "ftplib", "smtplib", "xmlrpc", "asyncio", "huggingface_hub",
}  # fmt: skip

WORLD = {
    "datetime.date.today", "datetime.datetime.now", "datetime.datetime.today", "datetime.datetime.utcnow",
    "time.time", "time.time_ns", "time.localtime", "time.gmtime", "time.strftime",
    "random", "secrets", "uuid", "os.urandom",
    "os.environ", "os.getenv", "os.getcwd", "os.path.expanduser",
    "pathlib.Path.home", "pathlib.Path.cwd", "tempfile.gettempdir",
}  # fmt: skip
"""Time, chance and place: arguments everywhere but where the program is put together."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file: its dotted name inside the package, such as `speech.turns`, and its syntax tree."""

    name: str
    tree: ast.Module

    @property
    def part(self) -> str:
        """The folder or file directly under the package that it belongs to."""
        return self.name.split(".")[0]


@dataclass(frozen=True, slots=True)
class Import:
    """One imported name, written out: `voice_checkin.errors.CheckinError`."""

    name: str
    line: int
    at_load: bool
    """Happens when the file is imported, not when a function runs or only for the type checker."""

    @property
    def top(self) -> str:
        """What is imported from: `voice_checkin`, `json`, `numpy`."""
        return self.name.split(".")[0]

    @property
    def is_outside(self) -> bool:
        """Neither of Python nor of this package."""
        return self.top != PACKAGE and self.top not in sys.stdlib_module_names


def imports(node: ast.AST, *, at_load: bool = True) -> Iterator[Import]:
    """Every import below a node, wherever it stands; also by `import_module` with a literal name."""
    for child in ast.iter_child_nodes(node):
        match child:
            case ast.Import():
                yield from (Import(alias.name, child.lineno, at_load) for alias in child.names)
            case ast.ImportFrom():
                origin = "." * child.level + (child.module or "")
                yield from (Import(f"{origin}.{alias.name}", child.lineno, at_load) for alias in child.names)
            case ast.Call(
                func=ast.Name(id="import_module" | "__import__") | ast.Attribute(attr="import_module"),
                args=[ast.Constant(value=str(name)), *_],
            ):
                yield Import(name, child.lineno, at_load)
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Lambda():
                yield from imports(child, at_load=False)
            case ast.If(test=ast.Name(id="TYPE_CHECKING") | ast.Attribute(attr="TYPE_CHECKING")):
                yield from imports(child, at_load=False)
            case _:
                yield from imports(child, at_load=at_load)


def names(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Every name that is used, with the import it comes from written out: `datetime.datetime.now`."""
    origins: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            origins |= {alias.asname: alias.name for alias in node.names if alias.asname}
        elif isinstance(node, ast.ImportFrom):
            origins |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name | ast.Attribute):
            first, *rest = ast.unparse(node).split(".")
            yield ".".join([origins.get(first, first), *rest]), node.lineno


def points_inward(source: Source) -> Iterator[str]:
    """Imports follow the arrows: never back, and never sideways."""
    for found in imports(source.tree):
        if found.name.startswith("."):
            yield f"line {found.line}: a relative import hides where it points"
        elif found.top == PACKAGE:
            named = found.name.split(".")[1]
            part = named if named in MAY_IMPORT or (FOLDER / named).exists() else "__init__"
            if part not in MAY_IMPORT.get(source.part, set()) | {source.part, "__init__"}:
                yield f"line {found.line}: {source.part} may not import {part}"


def has_a_place(source: Source) -> Iterator[str]:
    """Every file and folder of the package stands in the table of arrows."""
    if source.part not in MAY_IMPORT:
        yield f"{source.part} has no arrows"


def decides_purely(source: Source) -> Iterator[str]:
    """The evening does no input or output, reads no clock and takes no chances."""
    if source.part != "evening":
        return
    for found in imports(source.tree):
        if found.top not in PURE:
            yield f"line {found.line}: imports {found.top}"
    for name, line in names(source.tree):
        if name in IMPURE_BUILTINS:
            yield f"line {line}: uses {name}"


def imports_late(source: Source) -> Iterator[str]:
    """Outside libraries are imported by the function that needs them, so that `--help` answers at once."""
    for found in imports(source.tree):
        if found.at_load and found.is_outside and found.top not in AT_LOAD.get(source.part, set()):
            yield f"line {found.line}: imports {found.top} when it is itself imported"


def leans_on_one_library(source: Source) -> Iterator[str]:
    """A file names one outside library at most; in speech, numpy, the vocabulary of sound, may go with it."""
    libraries = {found.top for found in imports(source.tree) if found.is_outside}
    if source.part == "speech":
        libraries.discard("numpy")
    if len(libraries) > 1 or "numpy" in libraries:
        yield f"names {', '.join(sorted(libraries))}"


def prints_nothing(source: Source) -> Iterator[str]:
    """Only what shows, and the command itself, writes to the terminal."""
    # The worker is a program of its own: standard output is how it answers.
    if source.part in {"show", "cli"} or source.name == "speech.pyttsx3_worker":
        return
    for name, line in names(source.tree):
        if name == "print" or name.startswith(("sys.stdout.write", "sys.stderr.write")):
            yield f"line {line}: {name}"


def stays_offline(source: Source) -> Iterator[str]:
    """Only `speech.fetch` can open a connection."""
    if source.name != "speech.fetch":
        for found in imports(source.tree):
            if found.top in NETWORK:
                yield f"line {found.line}: imports {found.top}"


def is_told_the_world(source: Source) -> Iterator[str]:
    """Time, chance and place are arguments."""
    if source.part not in {"wiring", "cli"}:
        for name, line in names(source.tree):
            if name in WORLD or name.split(".")[0] in WORLD:
                yield f"line {line}: {name}"


def loads_without_acting(source: Source) -> Iterator[str]:
    """Importing a file runs nothing."""
    for statement in source.tree.body:
        match statement:
            case ast.Expr(value=ast.Constant()):
                pass
            case ast.Expr() | ast.For() | ast.While() | ast.With():
                yield f"line {statement.lineno}: runs when imported"


Rule = Callable[[Source], Iterator[str]]
RULES: tuple[Rule, ...] = (
    has_a_place,
    points_inward,
    decides_purely,
    imports_late,
    leans_on_one_library,
    prints_nothing,
    stays_offline,
    is_told_the_world,
    loads_without_acting,
)


def homes(sources: Iterable[Source]) -> dict[str, set[str]]:
    """Which files name each outside library; numpy apart, which has its own rule."""
    found_in: dict[str, set[str]] = defaultdict(set)
    for source in sources:
        for found in imports(source.tree):
            if found.is_outside and found.top != "numpy":
                found_in[found.top].add(source.name)
    return dict(found_in)


def product() -> list[Source]:
    """Every file of the package."""
    return [
        Source(
            ".".join(path.relative_to(FOLDER).with_suffix("").parts),
            ast.parse(path.read_text("utf-8"), filename=str(path)),
        )
        for path in sorted(FOLDER.rglob("*.py"))
    ]
