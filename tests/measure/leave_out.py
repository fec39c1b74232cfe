"""Seconds for the leave-one-out of `factotum test` over entries of ten questions each.

python tests/measure/leave_out.py [ENTRIES]        (1000 if none is given)
"""

import sys
import time

from speed import PHRASES, phrases

from bot import Bot
from bot.evaluate.leave_one_out import ask_own
from bot.evaluate.progress import watched
from bot.matching.leave_out import questions


def main(entries: int) -> None:
    start = time.perf_counter()
    groups = phrases(entries * PHRASES)
    bot = Bot.from_entries([{"id": f"e{number}", "questions": group, "answer": "-"} for number, group in enumerate(groups)])
    built = time.perf_counter()
    found = ask_own(bot, watched(questions(bot.index), "left out", sys.stderr))
    done = time.perf_counter()
    print(f"{found.figures.rows} questions of {entries} entries: {built - start:.1f} s to build, {done - built:.1f} s to leave each out")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 1000)
