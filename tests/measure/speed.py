"""Speed and memory against bm25s and rapidfuzz over the same phrases, as ratios in one run.

    pip install '.[bench]'
    python tests/measure/speed.py [QUESTIONS ...]        (1000 10000 100000 if none is given)

The phrases are made of English words with a fixed seed, ten to an entry, as common and as rare as words are (G. K. Zipf, 1949). Every
query is asked of each system in turn (CPU seconds); each system is built in a process of its own, whose peak memory is told.
"""

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate
from pathlib import Path

PHRASES = 10  # to an entry
QUERIES = 300
SEED = 7
SHARES = (("p50", 0.5), ("p99", 0.99))


def phrases(questions: int) -> list[list[str]]:
    """Entries of ten phrases: five words of its own, and common ones."""
    words = [line for line in (Path(__file__).parents[2] / "bot/english/wordlist.txt").read_text("utf-8").split() if line.isalpha()]
    chance = random.Random(SEED)
    chance.shuffle(words)
    known = words[: len(words) // 2]
    weights = list(accumulate(1 / rank for rank in range(1, len(known) + 1)))
    entries = []
    for _ in range(questions // PHRASES):
        own = chance.choices(known[100:], k=5)
        entries.append([" ".join(chance.sample(own, 3) + chance.choices(known, cum_weights=weights, k=5)) for _ in range(PHRASES)])
    return entries


def queries(entries: list[list[str]]) -> dict[str, list[str]]:
    """Queries like some phrase, and queries of words that stand in none."""
    chance = random.Random(SEED + 1)
    words = [line for line in (Path(__file__).parents[2] / "bot/english/wordlist.txt").read_text("utf-8").split() if line.isalpha()]
    random.Random(SEED).shuffle(words)
    strange = words[len(words) // 2 :]
    like = []
    for _ in range(QUERIES):
        phrase = chance.choice(chance.choice(entries)).split()
        chance.shuffle(phrase)
        like.append(" ".join(phrase[:6]))
    return {"match": like, "no match": [" ".join(chance.choices(strange, k=6)) for _ in range(QUERIES)]}


Ask = Callable[[str], object]


def factotum(entries: list[list[str]]) -> Ask:
    from bot import Bot

    bot = Bot.from_entries([{"id": f"e{number}", "questions": group, "answer": "-"} for number, group in enumerate(entries)])
    return bot.ask


def bm25(entries: list[list[str]]) -> Ask:
    import bm25s
    import Stemmer

    stemmer = Stemmer.Stemmer("english")
    flat = [phrase for group in entries for phrase in group]
    index = bm25s.BM25()
    index.index(bm25s.tokenize(flat, stemmer=stemmer, show_progress=False), show_progress=False)

    def ask(text: str) -> object:
        return index.retrieve(bm25s.tokenize(text, stemmer=stemmer, show_progress=False), k=5, show_progress=False)

    return ask


def fuzzy(entries: list[list[str]]) -> Ask:
    from rapidfuzz import fuzz, process

    flat = [phrase for group in entries for phrase in group]
    return lambda text: process.extractOne(text, flat, scorer=fuzz.token_set_ratio)


SYSTEMS: dict[str, Callable[[list[list[str]]], Ask]] = {"factotum": factotum, "bm25s": bm25, "rapidfuzz": fuzzy}


def serve(name: str, questions: int) -> None:
    """Builds a system, then times the queries that come in, one a line: seconds out, one a line."""
    entries = phrases(questions)
    before = time.process_time()
    ask = SYSTEMS[name](entries)
    built = time.process_time() - before
    ask("warm up")
    print(json.dumps({"built": built}), flush=True)
    for line in sys.stdin:
        start = time.process_time()
        ask(json.loads(line))
        print(time.process_time() - start, flush=True)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, flush=True)


Times = dict[str, dict[str, list[float]]]
"""Seconds of each query, by system and kind of query."""


def asked(questions: int, systems: Iterable[str]) -> tuple[dict[str, float], dict[str, float], Times]:
    """(seconds to build, peak memory in MB, times) of some systems, each in a process of its own."""
    made = queries(phrases(questions))
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "XDG_CACHE_HOME": home}
        command = [sys.executable, __file__, "--serve"]
        pipes = {
            name: subprocess.Popen(
                [*command, name, str(questions)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
            )
            for name in systems
        }
        built = {name: json.loads(pipe.stdout.readline())["built"] for name, pipe in pipes.items() if pipe.stdout}
        times: Times = {name: {kind: [] for kind in made} for name in pipes}
        for at in range(QUERIES):
            for kind, texts in made.items():
                for name, pipe in pipes.items():
                    times[name][kind].append(_seconds(pipe, texts[at]))
        memory = {name: float(pipe.communicate()[0]) for name, pipe in pipes.items()}
    return built, memory, times


def _seconds(pipe: "subprocess.Popen[str]", text: str) -> float:
    assert pipe.stdin
    assert pipe.stdout
    pipe.stdin.write(json.dumps(text) + "\n")
    pipe.stdin.flush()
    return float(pipe.stdout.readline())


def percentile(times: Sequence[float], share: float) -> float:
    return sorted(times)[int(share * len(times))]


def ratios(questions: int) -> dict[str, float]:
    """What a decision takes beside bm25s: "memory", and for each kind of query "match p50", "match p99"."""
    _, memory, times = asked(questions, ("factotum", "bm25s"))
    found = {"memory": memory["factotum"] / memory["bm25s"]}
    for kind in times["bm25s"]:
        for label, part in SHARES:
            found[f"{kind} {label}"] = percentile(times["factotum"][kind], part) / percentile(times["bm25s"][kind], part)
    return found


def measured(questions: int) -> Iterator[str]:
    """A line for each system: build, memory, and for each kind of query the median and the 99th percentile, with ratios to bm25s."""
    built, memory, times = asked(questions, [name for name in SYSTEMS if name != "rapidfuzz" or questions <= 10_000])
    for name in times:
        line = f"{questions:>7} {name:<10} build {built[name]:6.1f} s ({built[name] / built['bm25s']:5.1f})"
        line += f"  memory {memory[name]:6.0f} MB ({memory[name] / memory['bm25s']:4.1f})"
        for kind in times[name]:
            for label, part in SHARES:
                value, base = (percentile(times[one][kind], part) for one in (name, "bm25s"))
                line += f"  {kind} {label} {1000 * value:7.3f} ms ({value / base:5.1f})"
        yield line


def main(sizes: list[str]) -> None:
    print("in brackets: the ratio to bm25s")
    for size in sizes or ["1000", "10000", "100000"]:
        for line in measured(int(size)):
            print(line, flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--serve"]:
        serve(sys.argv[2], int(sys.argv[3]))
    else:
        main(sys.argv[1:])
