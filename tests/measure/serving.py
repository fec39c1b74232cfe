"""How fast the service is, and whether it stays small: python tests/measure/serving.py [load|slow|memory|parts|processes] (extra bench).

load    throughput of POST /v1/ask, as a ratio to a POST route of the same application, with the same body, checks, middleware and size of
        reply, that spins for the median time of a decision; 64 connections, every question of tests/content/questions.yaml, runs in
        turn, the median of five. The median is that of the decisions in the service under this load, as its question log tells it: by
        themselves, in a process that does nothing else, they take less, and that is told too. Then the 99th percentile of the time to
        answer at half the load (wanted: ratio 0.8, 50 ms).
slow    the same percentile with 500 connections that send a header or a body a byte at a time (wanted: under five times the other).
memory  the memory of the process over 200,000 requests (wanted: flat).
parts   the processor time of a decision by the number of parts of the message, and whether it is made on the event loop (wanted there:
        under 20 ms).
processes  the memory of each process of a service with two workers, before and after a first long message.
"""

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path
from statistics import fmean, median, quantiles
from tempfile import TemporaryDirectory
from typing import Annotated

import aiohttp
from fastapi import Body, Depends, FastAPI
from starlette.responses import Response

sys.path.append(str(Path(__file__).resolve().parent.parent))
from service import post, running, until

from bot import Bot
from bot.evaluate.cases import read_cases
from bot.questionlog.report import report
from bot.questionlog.store import Store
from bot.serve import app, server, settings
from bot.serve.conversations import Answered, is_quick
from bot.serve.http.access import Access
from bot.serve.schemas import Ask

QUESTIONS = Path(__file__).resolve().parent.parent / "content" / "questions.yaml"
CONNECTIONS, REQUESTS, RUNS = 64, 3000, 5
SECONDS = 20.0
SLOW = 500
MANY, STEP = 200_000, 10_000


def create() -> FastAPI:
    """The application with the route that spins, as the measured process makes it."""
    made, given = app.create(), settings.read()
    reply = b'"' + b"x" * (int(os.environ["SPIN_BYTES"]) - 2) + b'"'
    access = Access.of(given)

    @made.post("/spin", dependencies=[Depends(access.admit_json)])
    async def spin(body: Annotated[Ask, Body()], seconds: float) -> Response:
        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            pass
        return Response(reply, media_type="application/json")

    return made


@dataclass(frozen=True, slots=True)
class Process:
    """A service that is measured: its address, its process id and the address of its question log."""

    url: str
    pid: int
    database: str


def questions() -> list[str]:
    return list(dict.fromkeys(case.message for case in read_cases(QUESTIONS)))


def decision(texts: list[str]) -> tuple[float, int]:
    """The median time of a decision in seconds, and the mean size of a reply in bytes."""
    bot, times = Bot.load(), []
    sizes = [len(Answered("x" * 68, bot.ask(text)).as_json()) for text in texts]
    for text in texts:
        start = time.perf_counter()
        bot.ask(text)
        times.append(time.perf_counter() - start)
    return median(times), round(fmean(sizes))


@contextmanager
def serving(size: int) -> Iterator[Process]:
    """A service with the route that spins, in a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with TemporaryDirectory() as folder, open(os.devnull, "wb") as nowhere:
        variables = {"PORT": str(port), "RATE": "off", "DATABASE": f"sqlite:///{folder}/questions.db"}
        environment = os.environ | {f"FACTOTUM_{name}": value for name, value in variables.items()}
        environment |= {"SPIN_BYTES": str(size), "PYTHONPATH": str(Path(__file__).parent)}
        command = [sys.executable, __file__, "serve"]
        process = subprocess.Popen(command, env=environment, stderr=nowhere)
        try:
            yield Process(f"http://127.0.0.1:{port}", process.pid, variables["DATABASE"])
        finally:
            process.terminate()
            process.wait()


async def ready(url: str) -> None:
    async with aiohttp.ClientSession() as session:
        for _ in range(200):
            try:
                async with session.get(f"{url}/readyz"):
                    return
            except aiohttp.ClientError:
                await asyncio.sleep(0.1)
    raise SystemExit("the service did not start")


def client() -> aiohttp.ClientSession:
    return aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0), timeout=aiohttp.ClientTimeout(60))


async def ask(session: aiohttp.ClientSession, url: str, text: str) -> float:
    """Seconds until the reply was here."""
    start = time.perf_counter()
    async with session.post(url, json={"text": text}) as response:
        await response.read()
        assert response.status == 200, response.status
    return time.perf_counter() - start


async def throughput(url: str, texts: list[str], requests: int) -> float:
    """Requests a second of so many connections that each send the next when the last is answered."""
    queue = iter(islice(cycle(texts), requests))

    async def one(session: aiohttp.ClientSession) -> None:
        for text in queue:
            await ask(session, url, text)

    async with client() as session:
        start = time.perf_counter()
        await asyncio.gather(*(one(session) for _ in range(CONNECTIONS)))
        return requests / (time.perf_counter() - start)


async def latencies(url: str, texts: list[str], rate: float, seconds: float) -> list[float]:
    """The seconds that each request took, sent at a steady rate whether or not the others are answered."""
    async with client() as session:
        start, tasks = time.perf_counter(), []
        for number, text in enumerate(islice(cycle(texts), int(rate * seconds))):
            await asyncio.sleep(max(0.0, start + number / rate - time.perf_counter()))
            tasks.append(asyncio.create_task(ask(session, url, text)))
        return list(await asyncio.gather(*tasks))


async def under_load(served: Process) -> float:
    """The median time of a decision in seconds, as the question log has it."""
    await asyncio.sleep(1)  # until the last ones are written
    today = datetime.now(UTC).date()
    with closing(Store(served.database)) as store:
        found = report(store, today - timedelta(days=1), today, datetime.now(UTC)).latency_median
    return (found or 0.0) / 1000


def percentile(times: list[float], percent: int) -> float:
    """In milliseconds."""
    return 1000 * quantiles(times, n=100)[percent - 1]


async def load(served: Process, texts: list[str]) -> None:
    """Prints the ratio of throughputs and the percentiles at half load."""
    asking = f"{served.url}/v1/ask"
    await throughput(asking, texts, REQUESTS)
    seconds = await under_load(served)
    spinning = f"{served.url}/spin?seconds={seconds}"
    rates: dict[str, list[float]] = {asking: [], spinning: []}
    for number in range(RUNS):
        for address in sorted(rates, reverse=number % 2 == 0):
            rates[address].append(await throughput(address, texts, REQUESTS))
    ratios = [asked / spun for asked, spun in zip(rates[asking], rates[spinning], strict=True)]
    rate, told = median(rates[asking]), ", ".join(f"{ratio:.2f}" for ratio in ratios)
    print(f"median decision in the service under load {1000 * seconds:.2f} ms")
    print(f"throughput {rate:.0f}/s against {median(rates[spinning]):.0f}/s: ratio {median(ratios):.2f} (runs: {told})")
    times = await latencies(asking, texts, rate / 2, SECONDS)
    print(f"at {rate / 2:.0f}/s: median {percentile(times, 50):.1f} ms, 99th percentile {percentile(times, 99):.1f} ms")


async def slow(served: Process, texts: list[str]) -> None:
    """Prints the percentile at half load without and with connections that never come to their end."""
    asking = f"{served.url}/v1/ask"
    rate = await throughput(asking, texts, REQUESTS) / 2
    alone = percentile(await latencies(asking, texts, rate, SECONDS), 99)
    others = [asyncio.create_task(_dripping(served.url, number)) for number in range(SLOW)]
    await asyncio.sleep(1)
    beside = percentile(await latencies(asking, texts, rate, SECONDS), 99)
    for task in others:
        task.cancel()
    print(
        f"99th percentile at {rate:.0f}/s: {alone:.1f} ms alone, {beside:.1f} ms beside {SLOW} slow connections: {beside / alone:.1f} times"
    )


async def _dripping(url: str, number: int) -> None:
    """Sends a header, or after it a body, a byte a second, and begins anew whenever it is cut off."""
    host, port = url.removeprefix("http://").split(":")
    header = b"POST /v1/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n"
    while True:
        reader, writer = await asyncio.open_connection(host, int(port))
        try:
            writer.write(header + (b"\r\n{" if number % 2 else b"X-Slow: "))
            while not reader.at_eof():
                writer.write(b" ")
                await writer.drain()
                await asyncio.sleep(1)
        except OSError:
            pass
        finally:
            writer.close()


async def memory(served: Process, texts: list[str]) -> None:
    """Prints the memory of the process every so many requests."""
    for done in range(0, MANY + 1, STEP):
        print(f"after {done:>7} requests: {_resident(served.pid):.1f} MB", flush=True)
        if done < MANY:
            await throughput(f"{served.url}/v1/ask", texts, STEP)


def _resident(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def parts() -> None:
    """Prints the median processor time of a decision on messages of 1 to 12 parts."""
    bot = Bot.load()
    for number in range(1, 13):
        text = " and ".join(islice(cycle(("who pays", "is norway a member", "what is a red notice", "where is it")), number))
        times = []
        for _ in range(21):
            start = time.process_time()
            bot.ask(text)
            times.append(time.process_time() - start)
        where = "on the loop" if is_quick(text, len(bot.index.wordings)) else "aside"
        print(f"{number:>2} parts, {len(text):>3} characters: {1000 * median(times):5.1f} ms, {where}")


def processes() -> None:
    """Prints the memory of a service with two workers and of its processes."""
    with TemporaryDirectory() as folder, running(Path(folder), workers=2) as service:
        until(lambda: len(service.lines("a worker is ready")) == 2)
        workers = [line["pid"] for line in service.lines("a worker is ready")]
        print(f"parent {_resident(service.process.pid):.0f} MB, workers {', '.join(f'{_resident(pid):.0f}' for pid in workers)} MB")
        post(f"{service.url}/v1/ask", json={"text": "who? " * 40})
        (line,) = service.lines("the process for long messages is ready")
        print(f"process for long messages {_resident(line['pid']):.0f} MB, ready after {line['seconds']} s")


async def main(what: str) -> None:
    texts = questions()
    seconds, size = decision(texts)
    print(f"{len(texts)} different questions, median decision by itself {1000 * seconds:.2f} ms, {CONNECTIONS} connections", flush=True)
    with serving(size) as served:
        await ready(served.url)
        await {"load": load, "slow": slow, "memory": memory}[what](served, texts)


if __name__ == "__main__":
    if sys.argv[1:] == ["serve"]:
        server.run(settings.read(), "serving:create", lambda _: None)
    elif sys.argv[1:] in (["parts"], ["processes"]):
        {"parts": parts, "processes": processes}[sys.argv[1]]()
    else:
        asyncio.run(main(*(sys.argv[1:] or ["load"])))
