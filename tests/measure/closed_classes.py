"""The words of the closed classes of English that stand in lists of more than one module of the package, each with its modules.

    python tests/measure/closed_classes.py

It looks at the rooms that read what people type; what the others hold is English to be read, not rules about it.
A word belongs to a class of bot/english/words.py. A list is a string that the code splits into words, or a set, list, tuple or mapping
of at least three words: what says what belongs to a class. A rule that looks for a single word ("not") is no list. The data modules
(words, forms, reporting_words, phrases, followup_phrases of bot/english) do not count.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import bot
from bot.english import words

CLASSES = (
    "QUESTION_WORDS",
    "AUXILIARIES",
    "NEGATORS",
    "PRONOUNS",
    "POSSESSIVES",
    "SUBORDINATORS",
    "CONTRASTING",
    "FILLERS",
    "TAGS",
    "DISMISSALS",
)
PACKAGE = Path(bot.__file__).parent
ROOMS = ("english", "matching", "dialogue", "answering", "redaction", "questionlog")
DATA = (
    "english/words.py",
    "english/forms.py",
    "english/phrases.py",
    "english/followup_phrases.py",
    "english/reporting_words.py",
    "redaction/words.py",
)
FEWEST = 3


def repeated() -> dict[str, set[str]]:
    """Word -> the modules that hold it, for every word of a class that two or more hold."""
    closed = frozenset().union(*(getattr(words, name) for name in CLASSES))
    found: dict[str, set[str]] = defaultdict(set)
    for path in sorted(PACKAGE.rglob("*.py")):
        module = path.relative_to(PACKAGE).as_posix()
        if module not in DATA and module.startswith(ROOMS):
            for listed in _lists(ast.parse(path.read_text("utf-8"))):
                for word in closed & listed:
                    found[word].add(module)
    return {word: modules for word, modules in sorted(found.items()) if len(modules) > 1}


def _lists(tree: ast.Module) -> Iterator[set[str]]:
    """The lists of words in a module."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Constant(value=str(text)), attr="split")):
                yield set(re.split(r"[ |]", text))
            case ast.Set(elts=items) | ast.List(elts=items) | ast.Tuple(elts=items) | ast.Dict(keys=items):
                texts = [item.value for item in items if isinstance(item, ast.Constant) and isinstance(item.value, str)]
                if len(texts) >= FEWEST:
                    yield {word for text in texts for word in text.split()}


if __name__ == "__main__":
    table = repeated()
    for word, modules in table.items():
        print(f"{word}: {', '.join(sorted(modules))}")
    print(len(table), "words of closed classes stand in more than one module")
