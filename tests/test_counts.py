"""Rates that all processes count together, in a real Redis; and what happens without it."""

import importlib.util
import logging
import os
import secrets
import socket
import time

import pytest

from bot.errors import BotError
from bot.serve.http.counts import Counts
from bot.serve.setting_values import rates_of

RATES = rates_of("3/hour")
PLACE = ("127.0.0.1", 6379)
DOWN = "redis://127.0.0.1:1"

needs_redis = pytest.mark.skipif(importlib.util.find_spec("redis") is None, reason="the library redis is not installed")


@pytest.fixture
def address() -> str:
    try:
        socket.create_connection(PLACE, timeout=5).close()
    except OSError:
        pytest.skip(f"no Redis at {PLACE[0]} port {PLACE[1]}")
    return f"redis://{PLACE[0]}:{PLACE[1]}/0"


@needs_redis
def test_two_processes_count_together(address: str) -> None:
    one, other, who = Counts.of(address), Counts.of(address), ("address", secrets.token_hex(8))
    assert [counts.exceeded(RATES, who) for counts in (one, other, one)] == [None] * 3
    until = other.exceeded(RATES, who)
    assert until is not None
    assert 0 < until - time.time() <= 3600
    assert one.exceeded(RATES, ("address", secrets.token_hex(8))) is None


@needs_redis
def test_without_redis_each_counts_by_itself_and_says_so_once(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logging.getLogger("factotum"), "propagate", True)
    counts = Counts.of(DOWN)
    found = [counts.exceeded(RATES, ("address", "ann")) for _ in range(4)]
    assert found[:3] == [None] * 3
    assert found[3] is not None
    assert [record.message for record in caplog.records if "Redis" in record.message] == [
        "Redis does not count requests; each process counts by itself"
    ]


@pytest.mark.parametrize("wrong", ["nonsense://x", "127.0.0.1:6379"])
def test_an_address_that_is_none_says_how_to_write_it(wrong: str) -> None:
    with pytest.raises(BotError, match="FACTOTUM_RATE_STORE"):
        Counts.of(wrong)


def test_without_a_store_a_process_counts_by_itself() -> None:
    counts, who = Counts.of(None), ("token", str(os.getpid()))
    assert [counts.exceeded(RATES, who) is None for _ in range(4)] == [True, True, True, False]
    counts.forget()
    assert counts.exceeded(RATES, who) is None
