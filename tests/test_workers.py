"""The processes of the service and the base in force: starts, deaths, changes, stops and time limits."""

import asyncio
import multiprocessing
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import base
import httpx
import pytest
from conftest import SHOP
from service import (
    FIRST,
    LEANS,
    PATIENCE,
    ROOT,
    SECRET,
    TOKEN,
    Service,
    ask,
    client_of,
    document,
    get,
    holds,
    post,
    running,
    until,
)

from bot import Bot
from bot.serve.answering_process import AnsweringProcess
from bot.serve.check_base import problems_of
from bot.serve.live_base import LiveBase, watch


def test_a_stop_waits_for_no_check(tmp_path: Path) -> None:
    stopped = threading.Event()
    stopped.set()
    assert problems_of(base.write(tmp_path), stopped) is None


def test_a_check_that_is_killed_says_nothing_of_the_base(tmp_path: Path) -> None:
    folder, ended = base.write(tmp_path), threading.Event()

    def kill() -> None:
        until(multiprocessing.active_children)
        for child in multiprocessing.active_children():
            child.kill()
        ended.set()

    threading.Thread(target=kill).start()
    with pytest.raises(RuntimeError, match="the check ended with -9"):
        problems_of(folder, threading.Event())
    assert ended.wait(PATIENCE)


def test_a_stop_waits_for_no_long_message() -> None:
    process, failed = AnsweringProcess(PATIENCE), []
    shop = Bot.load(SHOP / "base")
    process.call(shop, "noted", "where is it", None)
    assert process._child
    os.kill(process._child.process.pid or 0, signal.SIGSTOP)  # stands for a message that takes long

    def call() -> None:
        try:
            process.call(shop, "noted", "where is it", None)
        except RuntimeError as error:
            failed.append(error)

    callers = [threading.Thread(target=call) for _ in range(3)]
    for caller in callers:
        caller.start()
    until(process._lock.locked)
    process.close()
    for caller in callers:
        caller.join()
    assert len(failed) == 3


STARTED = "the process for long messages is ready"
SEVERAL = "is norway a member and who pays for it and what is a red notice and where is it and who is it"


def test_a_base_that_is_faulty_or_a_port_that_is_taken_is_told_at_the_start(tmp_path: Path) -> None:
    folder = base.write(tmp_path, {"faq/earth/deepest-ocean.yaml": "id: deepest-ocean\n"})
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        _is_refused({"INTENTS": str(folder)}, "[missing-key]")
        _is_refused({"INTENTS": str(folder), "WORKERS": "2", "SECRET": SECRET}, "[missing-key]")
        _is_refused({"PORT": str(port)}, "FACTOTUM_PORT")
        _is_refused({"WORKERS": "2"}, "FACTOTUM_SECRET")


def _is_refused(given: dict[str, str], told: str) -> None:
    """Checks that a service with these settings ends with a message and without having said that it answers."""
    variables = os.environ | {f"FACTOTUM_{name}": value for name, value in ({"PORT": "0", "DATABASE": "none"} | given).items()}
    done = subprocess.run([sys.executable, "-m", "bot", "serve"], env=variables, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, told in done.stderr, "Traceback" in done.stderr) == (2, "", True, False), done.stderr


def test_a_changed_base_is_swapped_whole_in_every_worker_or_not_at_all(tmp_path: Path) -> None:
    folder = base.write(tmp_path / "base")
    entry = folder / "faq/earth/deepest-ocean.yaml"
    sound = entry.read_text("utf-8")
    with running(tmp_path, workers=2, intents=folder, reload_seconds=0.2) as both:

        def versions(number: int = 12) -> set[tuple[str, int]]:
            replies = [get(f"{both.url}/readyz").json() for _ in range(number)]  # a connection each, so that both workers are met
            return {(reply["kb"], len(reply["problems"])) for reply in replies}

        (first,) = versions()
        entry.write_text(sound.replace("About eleven", "Nearly eleven"), "utf-8")
        until(lambda: first not in versions() and len(versions()) == 1)
        assert "Nearly eleven" in post(f"{both.url}/v1/ask", json={"text": "how deep is the deepest ocean"}).json()["text"]
        (second,) = versions()
        entry.write_text("id: deepest-ocean\n", "utf-8")
        until(lambda: all(problems for _, problems in versions()))
        assert {kb for kb, _ in versions()} == {second[0]}
        assert "faq/earth/deepest-ocean.yaml:1:1: error [missing-key]" in get(f"{both.url}/readyz").json()["problems"][0]
        assert any("faulty" in line["message"] for line in both.lines())
        os.kill(both.lines("a worker is ready")[0]["pid"], signal.SIGKILL)
        until(lambda: [line for line in both.lines("a worker ended") if not line["served"]])
        assert {kb for kb, _ in versions()} == {second[0]}  # the other one goes on, and the first cannot start
        entry.write_text(sound, "utf-8")
        until(lambda: len(both.lines("a worker is ready")) == 3)
        until(lambda: versions() == {first})
        assert both.stop() == 0


@pytest.mark.parametrize("workers", [1, 2])
def test_a_stop_loses_no_request(workers: int, tmp_path: Path) -> None:
    with running(tmp_path, workers=workers) as service:
        outcomes: list[str] = []
        callers = [threading.Thread(target=_calling, args=(service.url, outcomes)) for _ in range(8)]
        for caller in callers:
            caller.start()
        until(lambda: outcomes.count("200") > 50)
        assert service.stop() == 0
        for caller in callers:
            caller.join()
    assert set(outcomes) <= {"200", "503", "nobody there"}
    assert _noted(tmp_path) == outcomes.count("200")


def _calling(url: str, outcomes: list[str]) -> None:
    """Asks over one connection, again and again, until the service says that it stops or takes no new connection."""
    with client_of(base_url=url) as client:
        while True:
            try:
                outcome = str(client.post("/v1/ask", json={"text": "what is a red notice"}).status_code)
            except httpx.ConnectError:
                outcome = "nobody there"
            except httpx.HTTPError as error:
                outcome = repr(error)
            outcomes.append(outcome)
            if outcome != "200":
                return


def _noted(folder: Path) -> int:
    """How many questions are in the log of a service that ran in a folder."""
    with closing(sqlite3.connect(folder / "questions.db")) as database:
        return int(database.execute("select count(*) from question").fetchone()[0])


def test_a_kill_loses_nothing_that_was_written_and_the_log_goes_on(tmp_path: Path) -> None:
    with running(tmp_path) as service:
        for _ in range(20):
            post(f"{service.url}/v1/ask", json={"text": "hello"})
        until(lambda: _noted(tmp_path) == 20)
        post(f"{service.url}/v1/ask", json={"text": "hello"})
        service.stop(signal.SIGKILL)
    before = _noted(tmp_path)
    assert before in (20, 21)
    with running(tmp_path) as service:
        post(f"{service.url}/v1/ask", json={"text": "hello"})
    assert _noted(tmp_path) == before + 1


def test_a_service_without_its_database_answers_on_and_writes_when_it_is_back(tmp_path: Path) -> None:
    away = tmp_path / "away"
    away.write_text("a file where the folder should be")
    with running(tmp_path, database=f"sqlite:///{away}/questions.db") as service:
        for _ in range(3):
            assert post(f"{service.url}/v1/ask", json={"text": "hello"}).status_code == 200
        until(lambda: not _log(service)["working"])
        assert _log(service)["fault"]
        until(lambda: "factotum_log_down 1.0" in get(f"{service.url}/metrics").text)
        away.unlink()
        away.mkdir()
        until(lambda: _log(service)["working"] and _log(service)["waiting"] == 0)
    assert _noted(away) == 3


def _log(service: Service) -> dict[str, Any]:
    ready = get(f"{service.url}/readyz")
    assert ready.status_code == 200
    found: dict[str, Any] = ready.json()["log"]
    return found


def test_while_a_long_message_is_answered_others_are_too_and_a_dead_process_is_replaced(tmp_path: Path) -> None:
    with running(tmp_path, answer_seconds=PATIENCE, database="none") as service:
        url, replies = f"{service.url}/v1/ask", []
        assert post(url, json={"text": SEVERAL}).json()["status"] == "answer"
        (process,) = (line["pid"] for line in service.lines(STARTED))
        os.kill(process, signal.SIGSTOP)
        long = threading.Thread(target=lambda: replies.append(post(url, json={"text": SEVERAL})))
        long.start()
        assert [post(url, json={"text": FIRST}).json()["status"] for _ in range(5)] == ["answer"] * 5
        assert replies == []
        os.kill(process, signal.SIGKILL)
        long.join(PATIENCE)
        assert [reply.status_code for reply in replies] == [500]
        assert post(url, json={"text": SEVERAL}).json()["status"] == "answer"
        assert len(service.lines(STARTED)) == 2


def test_what_takes_longer_than_the_time_limit_is_given_up_and_that_is_said(tmp_path: Path) -> None:
    with running(tmp_path, answer_seconds=0.0001, tokens=TOKEN) as service, client_of(base_url=service.url) as client:
        client.headers["Authorization"] = f"Bearer {TOKEN}"
        first = ask(client, FIRST)
        reply = ask(client, SEVERAL, first["context"])
        assert (reply["status"], reply["reason"], reply["answers"]) == ("none", "took-too-long", [])
        assert "0.0001 seconds" in reply["text"]
        assert [block["text"] for block in reply["blocks"]] == [reply["text"]]
        told = document(client)["paths"]["/v1/ask"]["post"]
        holds(client.post("/v1/ask", json={"text": SEVERAL}), told, document(client))
        assert ask(client, LEANS, reply["context"])["status"] == "answer"
        problem = client.post("/v1/explain", json={"text": SEVERAL})
        assert (problem.status_code, problem.json()["type"]) == (503, "/problems/took-too-long")
        (item,) = client.post("/webhooks/rest/webhook", json={"message": SEVERAL}).json()
        assert item["text"] == reply["text"]


def _taken(service: Service) -> bool:
    try:
        return get(f"{service.url}/healthz", timeout=10).status_code == 200
    except httpx.HTTPError:
        return False


def test_a_base_that_is_edited_while_the_service_reads_it_is_taken_up(tmp_path: Path) -> None:
    folder = base.write(tmp_path)
    entry = folder / "faq/earth/deepest-ocean.yaml"

    def load_and_edit() -> Bot:
        bot = Bot.load(folder)
        entry.write_text(entry.read_text("utf-8").replace("About eleven", "Nearly eleven"), "utf-8")
        return bot

    live = LiveBase.load(load_and_edit, folder)
    first = live.bot.kb.version

    async def taken_up() -> None:
        watching = asyncio.create_task(watch(live, lambda: Bot.load(folder), folder, 0.01))
        async with asyncio.timeout(PATIENCE):
            while live.bot.kb.version == first:
                await asyncio.sleep(0.05)
        watching.cancel()

    asyncio.run(taken_up())
    assert "Nearly eleven" in live.bot.ask("how deep is the deepest ocean").text
    assert live.problems == ()


def test_nothing_is_imported_from_the_folder_that_the_service_is_started_in(tmp_path: Path) -> None:
    for name in ("yaml.py", "bot/__init__.py", "socket.py", "pickle.py", "selectors.py"):
        (tmp_path / "here" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "here" / name).write_text(f"open({str(tmp_path / 'was run')!r}, 'w')\nraise ImportError('not this one')\n")
    folder = base.write(tmp_path / "base")
    entry = folder / "faq/earth/deepest-ocean.yaml"
    with running(tmp_path, cwd=tmp_path / "here", intents=folder, reload_seconds=0.1, workers=2, database="none") as service:
        entry.write_text(entry.read_text("utf-8").replace("About eleven", "Nearly eleven"), "utf-8")
        until(lambda: len(service.lines("a changed knowledge base is in force")) == 2)
        assert post(f"{service.url}/v1/ask", json={"text": SEVERAL}).status_code == 200
    assert not (tmp_path / "was run").exists()


def _counted(service: Service) -> float:
    """Replies with status 200 that the service has counted."""
    counted = re.search(r'factotum_requests_total\{route="/v1/ask",status="200"\} (\S+)', get(f"{service.url}/metrics").text)
    return float(counted[1]) if counted else 0


def test_a_worker_that_dies_is_replaced_and_all_end_with_their_parent(tmp_path: Path) -> None:
    with running(tmp_path, workers=2, intents=base.write(tmp_path / "base"), database="none") as both:
        until(lambda: len(both.lines("a worker is ready")) == 2)
        for _ in range(30):
            post(f"{both.url}/v1/ask", json={"text": "hello"})
        until(lambda: _counted(both) == 30)  # a reply is counted once its last byte has gone
        first = both.lines("a worker is ready")[0]["pid"]
        os.kill(first, signal.SIGKILL)
        until(lambda: len(both.lines("a worker is ready")) == 3)
        assert [line["pid"] for line in both.lines("a worker ended")] == [first]
        for _ in range(5):  # each worker tells the counters of all, those of the dead one too
            assert _counted(both) == 30
        both.stop(signal.SIGKILL)
        until(lambda: not _taken(both))


def test_workers_that_cannot_start_end_the_service(tmp_path: Path) -> None:
    variables = {"FACTOTUM_WORKERS": "2", "FACTOTUM_SECRET": SECRET, "FACTOTUM_PORT": "0", "FACTOTUM_DATABASE": "none"}
    code = "from bot.serve import server, settings; server.run(settings.read(), 'no.such.module:create', print)"
    done = subprocess.run([sys.executable, "-c", code], env=os.environ | variables, capture_output=True, text=True, check=False, cwd=ROOT)
    assert "a worker could not start" in done.stderr


HOMELESS = """
import os
from bot.cli import guarded
from bot.load import load
from bot.serve import app, server
load(os.environ["FACTOTUM_INTENTS"])  # imports what would be out of reach after the next line
os.setuid(54321)
raise SystemExit(guarded(["serve"]))
"""


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root can become a user without a home")
def test_without_a_home_folder_the_service_says_so_before_it_says_that_it_answers() -> None:
    variables = {name: value for name, value in os.environ.items() if name not in ("HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")}
    with TemporaryDirectory() as folder:  # not below tmp_path, which others may not read
        variables |= {"FACTOTUM_INTENTS": str(base.write(Path(folder))), "FACTOTUM_PORT": "0"}
        Path(folder).chmod(0o755)
        command = [sys.executable, "-c", HOMELESS]
        done = subprocess.run(command, env=variables, cwd=ROOT, capture_output=True, text=True, check=False, timeout=PATIENCE)
    assert (done.returncode, done.stdout) == (2, "")
    assert "FACTOTUM_DATABASE" in done.stderr
