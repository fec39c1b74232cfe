"""What the operator sets, and what the client carries."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from fastapi import Request
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from bot import Bot
from bot.errors import BotError
from bot.serve import setting_values, settings
from bot.serve.answering_process import AnsweringProcess
from bot.serve.conversations import Conversations, is_quick
from bot.serve.fresh_keys import FreshKeys
from bot.serve.heartbeat import heartbeat
from bot.serve.http.access import Access
from bot.serve.http.problems import Refused
from bot.serve.live_base import LiveBase
from bot.serve.metrics import Metrics
from bot.serve.signing import Signing

KEY, OLD = "a secret that is long enough", "the secret of last year's desk"
PLAIN = {"version": 1, "topic": "red-notice", "asked": "what is that, señor?", "told": ["red-notice"], "misses": 0, "day": "2026-11-21"}

FAULTS = [
    ({"WORKERS": "2"}, "FACTOTUM_SECRET"),
    ({"WORKERS": "none"}, "FACTOTUM_WORKERS (workers in the file)"),
    ({"PORT": "70000"}, "FACTOTUM_PORT"),
    ({"SECRET": "hunter2"}, "FACTOTUM_SECRET (secret in the file): too short"),
    ({"TOKENS": "hunter2, hunter3"}, "FACTOTUM_TOKENS"),
    ({"RATE": "many"}, "60/minute"),
    ({"RATE": "60/minute;many"}, "60/minute;500/day"),
    ({"RATE": "60/minute;0/hour"}, "60/minute;500/day"),
    ({"RATE": "60/0minute"}, "60/minute;500/day"),
    ({"TOKENS": ""}, "FACTOTUM_TOKENS (tokens in the file): it is set, but empty"),
    ({"TOKENS": ","}, "it is set, but empty"),
    ({"SECRET": "\udcff\udcfe and enough more"}, "FACTOTUM_SECRET (secret in the file): it is not UTF-8"),
    ({"ALLOWED_HOSTS": "*"}, "desk.example.org"),
    ({"ALLOWED_HOSTS": "https://desk.example.org"}, "without https:// and port"),
    ({"PUBLIC_URL": "desk.example.org"}, "https://desk.example.org"),
    ({"OPEN_PAGE": "perhaps"}, "FACTOTUM_OPEN_PAGE"),
    ({"ANSWER_SECONDS": "0"}, "FACTOTUM_ANSWER_SECONDS"),
    ({"ORIGINS": "*"}, "https://www.example.org"),
    ({"ORIGINS": "https://example.org/path"}, "without a path"),
    ({"TOKENS_FILE": "/nowhere/at/all"}, "tokens_file: '/nowhere/at/all' cannot be read"),
    ({"SECRETS_FILE": "/dev/null"}, "secrets_file: '/dev/null' is empty"),
    ({"SECRETS_FILE": "/dev/null", "SECRET": KEY}, "leave out one of the two"),
    ({"PROXIES": "nonsense,*"}, "'nonsense' is not the address of a proxy"),
    ({"PROXIES": "10.0.0.7,"}, "'' is not the address of a proxy"),
    ({"PROXIES": "10.0.0.1/8"}, "10.0.0.0/8 for all of a network"),
    ({"CONFIG": "/nowhere/at/all.toml"}, "there is no file"),
    ({"RETENTION_DAYS": "0", "CONTEXT_HOURS": "0"}, "FACTOTUM_CONTEXT_HOURS"),
]


def _set(monkeypatch: pytest.MonkeyPatch, **values: str) -> None:
    for name, value in values.items():
        monkeypatch.setenv(f"FACTOTUM_{name}", value)


@pytest.mark.parametrize(("values", "told"), FAULTS)
def test_a_faulty_setting_is_named_with_what_to_write(values: dict[str, str], told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    _set(monkeypatch, **values)
    with pytest.raises(BotError) as raised:
        settings.read()
    assert told in str(raised.value)
    assert not any(value in str(raised.value) for name, value in values.items() if name in ("SECRET", "TOKENS") and len(value) > 1)


def test_the_environment_comes_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "desk.toml"
    file.write_text(f'port = 81\ntitle = "Desk"\nsecret = "{KEY}"\norigins = ["https://a.example", "https://b.example"]\n')
    _set(monkeypatch, CONFIG=str(file), PORT="82", TOKENS=f"{KEY}, {OLD}")
    found = settings.read()
    assert (found.port, found.title, found.keys, len(found.tokens)) == (82, "Desk", (KEY,), 2)
    assert found.origins == ("https://a.example", "https://b.example")
    assert KEY not in repr(found)


def test_a_file_with_a_key_that_is_none_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "desk.toml").write_text("prot = 81\n")
    _set(monkeypatch, CONFIG=str(tmp_path / "desk.toml"))
    with pytest.raises(BotError, match="prot in the file: there is no such setting, do you mean port"):
        settings.read()


def test_every_setting_stands_in_the_help() -> None:
    told = settings.help_of()
    assert all(f"FACTOTUM_{name.upper()} " in told for name in settings.Settings.model_fields)


def test_a_slip_in_a_variable_stops_the_start_and_what_others_set_does_not() -> None:
    others = {"FACTOTUM_SERVICE_HOST": "10.0.0.1", "FACTOTUM_PORT": "1", "OTHER": ""}
    assert settings.unknown(others) == ["FACTOTUM_SERVICE_HOST is not a setting."]
    with pytest.raises(BotError, match="FACTOTUM_TOKEN: there is no such setting, do you mean FACTOTUM_TOKENS"):
        settings.unknown(others | {"FACTOTUM_TOKEN": "x"})


def test_a_service_that_is_open_to_everybody_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings.open_doors(settings.read()) == []
    _set(monkeypatch, HOST="0.0.0.0")
    assert "anybody" in settings.open_doors(settings.read())[0]
    _set(monkeypatch, TOKENS=KEY)
    assert settings.open_doors(settings.read()) == []
    for everybody in ("*", "10.0.0.7,0.0.0.0/0"):
        _set(monkeypatch, PROXIES=everybody)
        assert f"FACTOTUM_PROXIES is {everybody}" in settings.open_doors(settings.read())[0]
    _set(monkeypatch, PROXIES="10.0.0.7, 192.168.0.0/16,::1")
    assert settings.open_doors(settings.read()) == []


def _back(context: dict[str, Any]) -> dict[str, Any]:
    """As it comes back from a client."""
    read: dict[str, Any] = json.loads(json.dumps(context))
    return read


def test_a_context_is_believed_by_every_process_with_the_secret_and_by_no_other() -> None:
    signed = _back(Signing.of((KEY,)).sign(PLAIN))
    assert Signing.of((KEY,)).verify(signed) == PLAIN
    assert Signing.of((KEY, OLD)).verify(signed) == PLAIN
    assert Signing.of((OLD,)).verify(signed) is None
    assert Signing.of(()).verify(signed) is None


@given(st.sampled_from(sorted(PLAIN)), st.one_of(st.none(), st.text(), st.integers(), st.lists(st.text()), st.floats()))
def test_a_context_that_was_changed_is_none_of_ours(name: str, value: object) -> None:
    signing = Signing.of((KEY,))
    assert (signing.verify(signing.sign(PLAIN) | {name: value}) is None) == (PLAIN[name] != value or type(PLAIN[name]) is not type(value))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
)


@given(st.dictionaries(st.text(), JSON))
def test_anything_may_come_as_a_context(value: dict[str, Any]) -> None:
    assert Signing.of((KEY,)).verify(value) is None


def test_a_reply_id_cannot_be_made_up() -> None:
    signing = Signing.of((KEY,))
    given_id = signing.new_reply_id()
    assert signing.verify_reply_id(given_id)
    assert not any(
        signing.verify_reply_id(other)
        for other in ("", "x", given_id[1:], given_id[:-2], Signing.of((OLD,)).new_reply_id(), "\ud800.a", "é.é")
    )


def test_a_pseudonym_is_the_same_each_time_and_of_one_channel() -> None:
    signing = Signing.of((KEY,))
    assert signing.pseudonym("rasa", "ann") == signing.pseudonym("rasa", "ann")
    assert (
        len(
            {
                signing.pseudonym("rasa", "ann"),
                signing.pseudonym("slack", "ann"),
                signing.pseudonym("rasa", "bob"),
                Signing.of((OLD,)).pseudonym("rasa", "ann"),
            }
        )
        == 4
    )


RATES = [
    ("off", []),
    ("60/minute", ["60 per 1 minute"]),
    ("100/minute;2/hour", ["100 per 1 minute", "2 per 1 hour"]),
    ("100/minute, 2/hour", ["100 per 1 minute", "2 per 1 hour"]),
]


@pytest.mark.parametrize(("text", "rates"), RATES)
def test_every_rate_of_a_setting_is_read(text: str, rates: list[str]) -> None:
    assert [str(rate) for rate in setting_values.rates_of(text)] == rates


QUICK = [
    ("what is a red notice", 20_230, True),
    ("what is a red notice?", 20_230, True),
    ("is norway a member and who pays?", 20_230, True),
    ("who? " * 40, 20_230, False),
    ("a, b, c, d, e", 20_230, False),
    ("what is a red notice", 100_000, False),
    ("where is it " * 20, 20_230, False),
    ("", 20_230, True),
]


@pytest.mark.parametrize(("text", "wordings", "quick"), QUICK)
def test_what_is_answered_on_the_event_loop_is_decided_by_parts_and_wordings(text: str, wordings: int, quick: bool) -> None:
    assert is_quick(text, wordings) == quick


def test_when_the_clock_is_set_rates_are_counted_anew(bot: Bot) -> None:
    given = settings.Settings(rate="1/day", database=SecretStr("none"))
    access = Access.of(given)
    conversations = Conversations(LiveBase(bot, ()), Signing.of(()), None, Metrics.new(), AnsweringProcess(1))
    request = Request({"type": "http", "headers": [], "client": ("192.0.2.1", 1)})
    access.count(request)
    with pytest.raises(Refused):
        access.count(request)
    offsets = iter([0.0, 0.1, -10_800.0, -10_800.0])

    async def beats() -> None:
        with pytest.raises(RuntimeError, match="StopIteration"):
            await heartbeat(conversations, access, offset=lambda: next(offsets))

    asyncio.run(beats())
    access.count(request)


def test_changed_secrets_and_tokens_are_taken_up_unless_faulty(shop: Bot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secrets, tokens = tmp_path / "secrets", tmp_path / "tokens"
    secrets.write_text(f"{OLD}\n", "utf-8")
    tokens.write_text(f"{OLD}\n{KEY}\n", "utf-8")
    _set(monkeypatch, SECRETS_FILE=str(secrets), TOKENS_FILE=str(tokens), DATABASE="none")
    given = settings.read()
    assert (given.keys, len(given.tokens)) == ((OLD,), 2)
    access = Access.of(given)
    conversations = Conversations(LiveBase(shop, ()), Signing.of(given.keys), None, Metrics.new(), AnsweringProcess(1))
    fresh, signed = FreshKeys.of(conversations, access), conversations.signing.sign(PLAIN)
    secrets.write_text(f"{KEY}\n{OLD}\n", "utf-8")
    tokens.write_text(f"{KEY}\n", "utf-8")
    fresh.look()
    assert [token.get_secret_value() for token in access.settings.tokens] == [KEY]
    assert conversations.signing.verify(signed) == PLAIN
    assert Signing.of((KEY,)).verify(conversations.signing.sign(PLAIN)) == PLAIN
    for faulty in ("", "short\n"):
        tokens.write_text(faulty, "utf-8")
        fresh.look()
        assert [token.get_secret_value() for token in access.settings.tokens] == [KEY]  # no door is opened
    tokens.unlink()
    fresh.look()
    assert len(access.settings.tokens) == 1
