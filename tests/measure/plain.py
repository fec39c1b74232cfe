"""What the conversation adds to the time of a plain question: python tests/measure/plain.py FILE (extra test).

For the rows of kind "plain" of a file of labelled questions, the time of bot.ask against that of looking the same text up and composing
its answer, as if there were no conversation. Both are timed in one run, in turn; the ratio of their medians should stay under 1.25.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from bot import Bot
from bot.answering.respond import respond
from bot.dialogue.resolution import resolution
from bot.english.sentences import Span
from bot.evaluate.cases import of_kinds, read_cases
from bot.matching.match import match
from bot.matching.query import read

ROUNDS = 7


def main(file: Path) -> None:
    bot, texts = Bot.load(), [case.message for case in of_kinds(read_cases(file), ["plain"])]

    def alone(text: str) -> object:
        return respond((resolution(Span(text, 0), match(read(text, bot.lexicon), bot.matcher)),), bot.kb, bot.clock(), calibrated=True)

    for text in texts:
        bot.ask(text), alone(text)
    times = [(timed(bot.ask, text), timed(alone, text)) for _ in range(ROUNDS) for text in texts]
    asked, looked = (median(column) for column in zip(*times, strict=True))
    told = f"bot.ask {1e6 * asked:.0f} us, looked up and composed {1e6 * looked:.0f} us"
    print(f"{len(texts)} plain questions: {told}, ratio {asked / looked:.2f}")


def timed(call: Callable[[str], object], text: str) -> float:
    start = time.perf_counter()
    call(text)
    return time.perf_counter() - start


if __name__ == "__main__":
    main(Path(sys.argv[1]))
