"""One hash over the replies to every question and conversation of the test tables: the same before and after a change that should not
change what is answered.

    FACTOTUM_TODAY=2026-11-29 python tests/measure/replies.py [--write FILE]

With --write each reply becomes a line of JSON in FILE, for `diff`. The parts of a reply that may differ between two runs of the same
code (the context's hidden inside, fields added later to blocks) are left out.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import yaml

from bot import Bot
from bot.clock import clock

TABLES = Path(__file__).parents[1]
LEFT_OUT = ("context", "blocks", "kb")
ADDED = ("more",)
"""Fields that answers have had since the hash was first taken: they count only once they hold something."""


def conversations() -> Iterator[list[str]]:
    """The messages of every row with a question or turns in the tables about the shipped base, wherever a table lies."""
    names = {table.relative_to(TABLES).as_posix().removeprefix("content/"): table for table in TABLES.rglob("*.yaml")}
    for table in (table for name, table in sorted(names.items()) if not name.startswith("shop/")):
        rows = yaml.load(table.read_text("utf-8"), yaml.CSafeLoader)
        for row in rows if isinstance(rows, list) else ():
            if isinstance(row, dict) and isinstance(row.get("q"), str):
                yield [row["q"]]
            elif isinstance(row, dict) and isinstance(row.get("turns"), list):
                yield [turn for turn in row["turns"] if isinstance(turn, str)]


def reply(bot: Bot, turns: list[str]) -> dict[str, Any]:
    """The parts that count of the reply to the last of some messages, with the text of those before it."""
    context, said = None, []
    for turn in turns:
        last = bot.ask(turn, context)
        context = last.context
        said.append(last.text)
    parts = {name: value for name, value in asdict(last).items() if name not in LEFT_OUT}
    parts["answers"] = [{name: value for name, value in item.items() if name not in ADDED or value} for item in parts["answers"]]
    return {"turns": turns, "before": said[:-1], **parts}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--write", type=Path)
    given = parser.parse_args()
    bot = Bot.load(clock=clock)
    lines = [json.dumps(reply(bot, turns), sort_keys=True, ensure_ascii=False) for turns in conversations() if turns]
    if given.write:
        given.write.write_text("\n".join(lines) + "\n", "utf-8")
    print(hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16], len(lines), "conversations", file=sys.stdout)


if __name__ == "__main__":
    main()
