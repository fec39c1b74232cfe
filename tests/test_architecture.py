"""The shape of the package: imports point down, functions are short, the path of a question stays pure."""

import ast
import subprocess
import sys
from pathlib import Path
from statistics import median

import pytest
from importlinter.application.use_cases import lint_imports
from importlinter.configuration import configure

import bot

PACKAGE = Path(bot.__file__).parent
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "intents" not in path.parts)
PURE = (
    "text",
    "english",
    "polite",
    "synonyms",
    "spelling",
    "entities",
    "query",
    "index",
    "indexing",
    "sparse",
    "vectors",
    "candidates",
    "evidence",
    "score",
    "leave_out",
    "decide",
    "clauses",
    "polarity",
    "mood",
    "stance",
    "agreement",
    "compose",
    "wording",
    "language",
)


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


@pytest.mark.parametrize("module", PURE)
def test_the_path_of_a_question_does_no_io_and_asks_no_clock(module: str) -> None:
    source = (PACKAGE / f"{module}.py").read_text("utf-8")
    calls = {ast.unparse(node.func) for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)}
    assert not calls & {"open", "print", "input", "date.today", "datetime.now", "time.time", "os.getenv", "os.environ.get"}


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
