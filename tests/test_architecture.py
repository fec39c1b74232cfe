"""The shape of the package: imports point down, functions are short, the path of a question stays pure."""

import ast
import re
import subprocess
import sys
from pathlib import Path
from statistics import median

import pytest
from closed_classes import repeated
from importlinter.application.use_cases import lint_imports
from importlinter.configuration import configure

import bot
from bot.kinds import KINDS

PACKAGE = Path(bot.__file__).parent
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "intents" not in path.parts)
PURE_ROOMS = ("english", "matching", "grouping", "dialogue", "answering")
"""The rooms on the path of a question: the same input gives the same output, on any day and any machine."""

PURE_MODULES = frozenset(
    "__future__ bisect bot collections dataclasses difflib enum functools heapq itertools math operator re statistics string typing"
    " unicodedata zlib".split()
)
"""What any module of a pure room may import."""

FURTHER_MODULES = {
    "english/stems": {"Stemmer"},
    "english/detection": {"array", "numpy", "py3langid"},
    "english/email": {"mailparser_reply"},
    "english/wordlist": {"pathlib"},
    "matching/build_index": {"sys"},
    "english/thesaurus": {"pathlib", "numpy"},
    "matching/spelling": {"numpy", "rapidfuzz"},
    "dialogue/context": {"datetime"},
    "dialogue/remember": {"datetime"},
    "answering/answer": {"datetime"},
    "answering/respond": {"datetime"},
}
"""What single modules may import besides; datetime for the type of a day that is passed in."""

NUMERIC = {"numpy"}  # all of matching and grouping compute with arrays
IMPURE_CALLS = frozenset(
    "open print input eval exec __import__ date.today datetime.now datetime.today datetime.utcnow time.time os.getenv os.environ.get"
    " import_module importlib.import_module".split()
)
READERS = frozenset(("english/wordlist",))
"""Modules that read a data file of their own package, once."""


def _module_of(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").as_posix()


def impurities(module: str, source: str) -> set[str]:
    """The imports and calls in a module's source that a pure room does not allow."""
    tree = ast.parse(source)
    imported = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    allowed = PURE_MODULES | FURTHER_MODULES.get(module, set()) | (NUMERIC if module.startswith(("matching/", "grouping/")) else set())
    calls = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    reads = {call for call in calls if call.rpartition(".")[2] in ("read_text", "read_bytes", "write_text", "write_bytes", "open")}
    return (
        {name for name in imported if name.partition(".")[0] not in allowed} | (calls & IMPURE_CALLS) | (reads - _own_data(module, reads))
    )


def _own_data(module: str, reads: set[str]) -> set[str]:
    return reads if module in READERS else set()


def test_imports_point_down(tmp_path: Path) -> None:
    configure()
    assert lint_imports(config_filename=str(Path(__file__).with_name("layers.toml")), cache_dir=str(tmp_path))


def _functions() -> list[tuple[str, int]]:
    found = []
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
                found.append((f"{path.name}:{node.name}", (node.end_lineno or 0) - body[0].lineno + 1))
    return found


def test_functions_are_short() -> None:
    lengths = _functions()
    assert [(name, length) for name, length in lengths if length > 30] == []
    assert median(length for _, length in lengths) <= 8


@pytest.mark.parametrize("path", [path for path in MODULES if _module_of(path).startswith(PURE_ROOMS)], ids=_module_of)
def test_the_path_of_a_question_is_pure(path: Path) -> None:
    assert impurities(_module_of(path), path.read_text("utf-8")) == set()


@pytest.mark.parametrize(
    "planted", ["import yaml", "from yaml import safe_load", "import rapidfuzz", "import os", "x = open('f')", "print(1)"]
)
def test_an_impurity_is_found_in_any_module(planted: str) -> None:
    modules = [path for path in MODULES if _module_of(path).startswith(PURE_ROOMS) and _module_of(path) != "matching/spelling"]
    assert [path for path in modules if not impurities(_module_of(path), f"{path.read_text('utf-8')}\n{planted}\n")] == []


def test_public_names_exist() -> None:
    assert all(hasattr(bot, name) for name in bot.__all__)


def test_asking_once_loads_nothing_of_the_repl_or_the_tests() -> None:
    code = (
        "import sys; from bot.cli import guarded; guarded(['ask', 'what is a red notice']);"
        "unwanted = ('prompt_toolkit', 'pytest', 'hypothesis', 'yaml', 'rapidfuzz', 'py3langid');"
        "print(*[name for name in unwanted if name in sys.modules], file=sys.stderr)"
    )
    for _ in range(2):
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.split() == []


def test_each_closed_class_of_english_stands_once() -> None:
    assert repeated() == {}


def test_the_rows_that_a_constant_was_chosen_on_are_there() -> None:
    named = {name for path in MODULES for name in re.findall(r"(?<!/)\btests/[\w/]+\.(?:yaml|py)\b", path.read_text("utf-8"))}
    assert len(named) > 5
    assert [name for name in sorted(named) if not (PACKAGE.parent / name).exists()] == []


def kinds_named(source: str) -> list[str]:
    """The comparisons in a source of a `kind` with the name of a kind."""
    compared = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Compare) and ast.unparse(node.left).endswith("kind")]
    return [ast.unparse(node) for node in compared if any(getattr(part, "value", None) in KINDS for part in ast.walk(node))]


def test_what_distinguishes_a_kind_stands_in_its_module() -> None:
    """So nothing asks for a kind by name; it asks for a property (bot/kinds)."""
    assert len(kinds_named('one.kind == "danger" or one.kind in ("human", "myth") or one.kind == other')) == 2
    assert {_module_of(path): found for path in MODULES if (found := kinds_named(path.read_text("utf-8")))} == {}


def test_the_code_knows_nothing_of_the_base_that_ships() -> None:
    named = re.compile(r"interpol|\bccf\b", re.I)
    assert [path.name for path in MODULES if named.search(path.read_text("utf-8"))] == []


def test_the_package_itself_is_small() -> None:
    assert len(list(PACKAGE.glob("*.py"))) <= 12
