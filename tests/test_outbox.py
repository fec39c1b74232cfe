"""What has to be sent to others: nothing is lost, and nothing delivered twice where the other side can tell. The clock is passed in."""

import asyncio
import multiprocessing
import signal
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
import questionlog as databases
from peers import MailPeer, Peer, mail_peer, web_peer
from service import PATIENCE
from standardwebhooks import Webhook

from bot.commands import log
from bot.questionlog.outbox import Due, Outbox, Outgoing
from bot.questionlog.store import Store
from bot.questionlog.takeovers import Takeovers
from bot.serve.outgoing.delivery import PAUSES, Undelivered, pause_after
from bot.serve.outgoing.sender import Sender
from bot.serve.outgoing.smtp import MailServer, written
from bot.serve.outgoing.webhook import SignedWebhook, is_signed, signed

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
LEASE = timedelta(minutes=2)
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
"""The example of the specification of Standard Webhooks."""


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a database with tables."""
    if request.param == "sqlite":
        address = str(tmp_path_factory.mktemp("outbox") / "questions.db")
        with closing(Store(address)) as store:
            store.write([])
        yield address
        return
    try:
        with databases.schema() as address:
            yield address
    except psycopg.OperationalError:
        pytest.skip("NOT TESTED ON POSTGRESQL: no server answers at FACTOTUM_TEST_POSTGRES (default 127.0.0.1:5432)")


@pytest.fixture
def outbox(empty: str) -> Iterator[Outbox]:
    with closing(Store(empty)) as store:
        yield Outbox(store)
        with store.writing() as connection:
            connection.exec_driver_sql("DELETE FROM outgoing")
            connection.exec_driver_sql("DELETE FROM takeover")


@pytest.fixture(scope="module")
def peer() -> Iterator[Peer]:
    with web_peer() as found:
        yield found


@pytest.fixture(autouse=True)
def _fresh(peer: Peer) -> None:
    peer.answers, peer.seen, peer.taken = [], [], []


def message(key: str, conversation: str | None = None, **body: Any) -> Outgoing:
    return Outgoing(key, "webhook", conversation, body or {"said": f"é {key}"})


class Clock:
    """The time, which a test sets."""

    def __init__(self) -> None:
        self.time = NOON

    def __call__(self) -> datetime:
        return self.time


def test_a_message_is_claimed_by_one_sender_alone_until_its_claim_is_over(outbox: Outbox) -> None:
    outbox.put([message("a"), message("b")], NOON)
    outbox.put([message("a", said="other")], NOON)
    first = outbox.claim(NOON, LEASE, 1)
    second = outbox.claim(NOON, LEASE, 5)
    assert [due.message for due in (*first, *second)] == [message("a"), message("b")]
    assert outbox.claim(NOON + LEASE / 2, LEASE, 5) == []
    again = outbox.claim(NOON + LEASE, LEASE, 5)
    assert [(due.message.key, due.attempts) for due in again] == [("a", 2), ("b", 2)]
    outbox.delivered(first[0])
    assert outbox.state().waiting == 2, "who lost the claim has no say any longer"
    for due in again:
        outbox.delivered(due)
    assert outbox.state().waiting == 0
    outbox.put([message("a")], NOON)
    assert outbox.state().waiting == 0, "the key is remembered"


def test_messages_of_a_conversation_go_out_in_order(outbox: Outbox) -> None:
    outbox.put([message("1", "c1"), message("2", "c1"), message("3", "c2"), Outgoing("4", "mail", "c1", {})], NOON)
    claimed = outbox.claim(NOON, LEASE, 9)
    assert [due.message.key for due in claimed] == ["1", "3", "4"]
    outbox.postponed(claimed[0], NOON + timedelta(hours=1), "down")
    assert outbox.claim(NOON, LEASE, 9) == []
    (first,) = outbox.claim(NOON + timedelta(hours=1), LEASE, 1)
    outbox.failed(first, "gone")
    assert [due.message.key for due in outbox.claim(NOON, LEASE, 9)] == ["2"], "what was given up holds up nothing"


def test_processes_that_claim_at_once_never_get_the_same(outbox: Outbox, empty: str) -> None:
    outbox.put([message(f"{number:03}") for number in range(60)], NOON)
    with closing(Store(empty)) as other:
        boxes, got = (outbox, Outbox(other)), []
        for turn in range(40):
            got += [due.message.key for due in boxes[turn % 2].claim(NOON, LEASE, 2)]
    assert sorted(got) == [f"{number:03}" for number in range(60)]


def sent(outbox: Outbox, peer: Peer, clock: Clock) -> int:
    """Sends what is due; how many were tried."""
    sender = Sender(outbox, {"webhook": SignedWebhook(f"{peer.url}/hook", SECRET, clock).deliver}, clock)
    return asyncio.run(sender.send_due())


def test_a_webhook_is_signed_as_the_standard_says(outbox: Outbox, peer: Peer) -> None:
    outbox.put([message("k1", "c1")], NOON)
    clock = Clock()
    clock.time = datetime.now(UTC).astimezone()
    assert sent(outbox, peer, clock) == 1
    (request,) = peer.taken
    assert request.path == "/hook"
    assert Webhook(SECRET).verify(request.body, request.headers) == {"said": "é k1"}
    assert sent(outbox, peer, clock) == 0


def test_the_signature_of_the_specification_comes_out() -> None:
    at = datetime.fromtimestamp(1614265330, UTC)
    headers = signed(SECRET, "msg_p5jXN8AQM9LWM0D4loKWxJek", at, b'{"test": 2432232314}')
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_what_is_down_for_an_hour_gets_everything_once_and_in_order(outbox: Outbox, peer: Peer) -> None:
    clock = Clock()
    outbox.put([message(f"k{number}", "c1") for number in range(5)], NOON)
    while clock.time < NOON + timedelta(hours=1):
        peer.answers = [503]
        assert sent(outbox, peer, clock) <= 1, "the rest waits for the first"
        clock.time += timedelta(minutes=11)
    peer.answers = []
    clock.time += timedelta(hours=1)
    while sent(outbox, peer, clock):
        pass
    assert [request.headers["webhook-id"] for request in peer.taken] == [f"k{number}" for number in range(5)]
    assert {request.headers["webhook-id"] for request in peer.seen} == {f"k{number}" for number in range(5)}
    assert outbox.state().waiting == 0


def test_a_sender_that_was_killed_after_delivery_sends_again_under_the_same_key(outbox: Outbox, peer: Peer) -> None:
    clock = Clock()
    outbox.put([message("k1")], NOON)
    (due,) = outbox.claim(NOON, LEASE, 1)
    asyncio.run(SignedWebhook(peer.url, SECRET, clock).deliver(due))  # and here it is killed
    clock.time += LEASE
    assert sent(outbox, peer, clock) == 1
    assert [request.headers["webhook-id"] for request in peer.taken] == ["k1", "k1"]


def test_what_is_not_taken_is_sent_again_later_and_no_redirect_is_followed(outbox: Outbox, peer: Peer) -> None:
    clock, statuses = Clock(), [301, 400, 404, 408, 429, 500, 503]
    outbox.put([message("k1")], NOON)
    for number, status in enumerate(statuses):
        peer.answers = [status]
        assert (sent(outbox, peer, clock), sent(outbox, peer, clock)) == (1, 0)
        assert (len(peer.seen), outbox.state().waiting) == (number + 1, 1)
        clock.time += PAUSES[number]
    assert (sent(outbox, peer, clock), len(peer.taken)) == (1, 1)


def test_what_is_given_up_is_shown_and_can_be_sent_again(
    outbox: Outbox, empty: str, peer: Peer, capsys: pytest.CaptureFixture[str]
) -> None:
    outbox.put([message("k1")], NOON)
    peer.answers = [410]
    sent(outbox, peer, Clock())
    assert (outbox.state().failed, outbox.state().waiting) == (1, 0)
    assert [(item.key, item.attempts, item.fault) for item in outbox.failures()] == [("k1", 1, "answered 410")]
    assert log.run(["--database", empty], date.today) == 0
    assert "1. webhook, 2026-11-20 12:00 UTC, 1 attempts: answered 410 (k1)" in capsys.readouterr().out
    assert log.run(["--database", empty, "--json"], date.today) == 0
    assert '"fault": "answered 410"' in capsys.readouterr().out
    assert log.run(["--database", empty, "--send-again"], date.today) == 0
    assert capsys.readouterr().out == "The service sends again: 1 message.\n"
    clock = Clock()
    clock.time = datetime.now(UTC)
    assert (sent(outbox, peer, clock), len(peer.taken)) == (1, 1)


def test_three_days_are_tried_before_a_message_is_given_up() -> None:
    fault = Undelivered("down")
    pauses = [pause_after(attempts, fault) for attempts in range(1, len(PAUSES) + 2)]
    assert pauses[-1] is None
    assert timedelta(days=3) < sum((pause for pause in pauses if pause), timedelta()) < timedelta(days=4)
    assert pause_after(1, Undelivered("gone", final=True)) is None
    assert pause_after(1, Undelivered("busy", after=timedelta(minutes=1))) == timedelta(minutes=1)
    assert pause_after(1, Undelivered("busy", after=timedelta(days=9))) == timedelta(hours=1), "nobody may hold a message for days"


FORGED = {
    "another key": {"webhook-id": "k2"},
    "another time": {"webhook-timestamp": "1674087231"},
    "no signature": {"webhook-signature": ""},
    "no comma": {"webhook-signature": "v1"},
    "no base64": {"webhook-signature": "v1,é"},
    "another version": {"webhook-signature": "v2,AAAA"},
    "no number": {"webhook-timestamp": "noon"},
    "not finite": {"webhook-timestamp": "nan"},
}


@pytest.mark.parametrize("changed", FORGED.values(), ids=FORGED)
def test_what_was_changed_on_the_way_is_not_taken_for_signed(changed: dict[str, str]) -> None:
    headers = signed(SECRET, "k1", datetime.now(UTC), b"{}")
    assert is_signed(SECRET, headers, b"{}")
    assert not is_signed(SECRET, headers | changed, b"{}")


def test_what_is_a_day_old_or_not_whole_is_not_taken_for_signed() -> None:
    now = datetime.now(UTC)
    for away in (timedelta(days=-1), timedelta(minutes=6)):
        assert not is_signed(SECRET, signed(SECRET, "k1", now + away, b"{}"), b"{}")
    headers = signed(SECRET, "k1", now, b"{}")
    assert not any(is_signed(SECRET, headers, body) for body in (b"{} ", b"", b"\xff"))
    assert not is_signed("whsec_" + "A" * 32, headers, b"{}")


@pytest.fixture(scope="module")
def post() -> Iterator[MailPeer]:
    with mail_peer() as found:
        yield found


def mail(key: str, **further: Any) -> Outgoing:
    return Outgoing(key, "mail", None, {"to": "desk@example.org", "subject": "A person\nis wanted: é", "text": "Hello é\n"} | further)


def test_a_mail_is_sent_once_the_server_takes_it_and_given_up_if_it_never_will(outbox: Outbox, post: MailPeer) -> None:
    clock = Clock()
    sender = Sender(outbox, {"mail": MailServer(post.url, "Bot <bot@example.org>").deliver}, clock)
    outbox.put([mail("m1"), mail("m2", references=["<a@b>"])], NOON)
    post.refuses = ["451 Later", "550 Never"]
    asyncio.run(sender.send_due())
    assert (sender.state.waiting, sender.state.failed) == (1, 1)
    clock.time += PAUSES[0]
    asyncio.run(sender.send_due())
    taken = post.taken.pop()
    assert post.taken == []
    assert (taken["subject"], taken["to"], taken["from"]) == ("A person is wanted: é", "desk@example.org", "Bot <bot@example.org>")
    assert taken["message-id"] in ("<m1@example.org>", "<m2@example.org>")
    assert taken["auto-submitted"] in ("auto-generated", "auto-replied")
    assert taken.get_content().splitlines() == ["Hello é"]


def test_the_thread_of_a_mail_with_long_ids_is_not_lost() -> None:
    """Python folds such lines, and encodes the ids (IDs of Exchange Online have some 80 characters)."""
    ids = [f"<{number:02}{'x' * 78}@prod.example.org>" for number in range(30)]
    whole = written(Due(1, 1, NOON, mail("m1", references=ids)), "bot@example.org").as_bytes()
    assert f"In-Reply-To: {ids[-1]}\r\n".encode() in whole
    (line,) = [line for line in whole.splitlines() if line.startswith(b"References:")]
    assert line.split()[1:] == [item.encode() for item in (ids[0], *ids[-7:])]
    assert len(line) < 998


def test_a_conversation_is_taken_and_given_back(outbox: Outbox) -> None:
    takeovers = Takeovers(outbox.store)
    takeovers.take("c1", NOON)
    takeovers.take("c1", NOON)
    takeovers.take("c2", NOON)
    assert takeovers.taken() == {"c1", "c2"}
    takeovers.give_back("c1", NOON)
    takeovers.give_back("c3", NOON)
    assert takeovers.taken() == {"c2"}
    assert [takeovers.times(name) for name in ("c1", "c2", "c3", "c4")] == [1, 0, 1, 0]


def test_a_kill_after_a_message_was_put_loses_nothing(tmp_path: Path) -> None:
    address = str(tmp_path / "questions.db")
    process = multiprocessing.get_context("spawn").Process(target=databases.put_and_be_killed, args=(address,))
    process.start()
    process.join(PATIENCE)
    assert process.exitcode == -signal.SIGKILL
    with closing(Store(address)) as store:
        assert [due.message.key for due in Outbox(store).claim(datetime.now(UTC), LEASE, 9)] == ["k1"]
