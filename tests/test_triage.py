"""`factotum triage`: what is read of archives, and what becomes of it in processes of Dask, one of which is killed."""

import csv
import json
import os
import signal
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import yaml
from base import write as planets
from distributed import LocalCluster
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from bot import Bot
from bot.cli import guarded
from bot.errors import BotError, UsageError
from bot.redaction.field import field_of
from bot.redaction.redact import redact
from bot.reporting.period import zone_of
from bot.triage import parts, table
from bot.triage.answer import Row, row_of
from bot.triage.cluster import connected
from bot.triage.formats import mail, mbox, of_record
from bot.triage.message import Found, Left, Message
from bot.triage.parts import archives, size_of
from bot.triage.read import messages
from bot.triage.result import Result, Wanted
from bot.triage.run import WORK, Plan, run

TODAY = date(2026, 11, 30)
TABLE = yaml.safe_load(Path(__file__).with_name("archives.yaml").read_text("utf-8"))
DESK = frozenset({"desk@example.com"})


def read_row(row: dict[str, Any]) -> list[Found]:
    if "record" in row:
        return list(of_record(row["record"], "record 1"))
    if "mail" in row:
        return [mail.read(row["mail"].encode(), "byte 0", DESK)]
    return [mail.read(data, f"byte {at}", DESK) for at, data in mbox.mails(row["mbox"].encode())]


@pytest.mark.parametrize("row", TABLE, ids=[row["name"] for row in TABLE])
def test_what_is_read_of_an_archive(row: dict[str, Any]) -> None:
    found = read_row(row)
    written = [one for one in found if isinstance(one, Message)]
    assert [one.text for one in written] == row.get("messages", [])
    assert [one.reason for one in found if isinstance(one, Left)] == row.get("left", [])
    at = written[0].at if written else None
    assert at == (datetime.fromisoformat(row["at"]).replace(tzinfo=UTC) if "at" in row else None)


@given(st.lists(st.text(st.characters(codec="ascii", exclude_characters="\r\0"), max_size=60), min_size=1, max_size=8), st.integers(1, 3))
def test_an_mbox_is_read_the_same_in_one_piece_and_in_many(texts: list[str], size: int) -> None:
    bodies = [("\n".join(f">{line}" if line.lstrip(">").startswith("From ") else line for line in text.split("\n"))) for text in texts]
    data = b"".join(f"From a@b Sun Mar  1 10:00:00 2026\nSubject: {number}\n\n{body}\n\n".encode() for number, body in enumerate(bodies))
    whole = [one for _, one in mbox.mails(data)]
    assert len(whole) == len(texts)
    places = [at for at, _ in mbox.mails(data)][::size]
    pieces = [data[start:stop] for start, stop in zip(places, [*places[1:], len(data)], strict=True)]
    assert [one for piece in pieces for _, one in mbox.mails(piece)] == whole
    assert all(text.encode() in one for text, one in zip(texts, whole, strict=True))


def test_large_mails_are_parts_of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "old.mbox"
    texts = ["one", "two", "x" * 3000, "four", "y" * 9000, "six"]
    file.write_text("".join(f"From x Sun Mar  1 10:00:00 2026\nSubject: a\n\n{text}\n\n" for text in texts), "utf-8")
    monkeypatch.setattr(parts, "BYTES", 2000)
    monkeypatch.setattr(mail, "LARGEST", 4000)
    found = [list(messages(part, DESK)) for part in parts.parts(archives([file]))]
    assert [len(part) for part in found] == [2, 1, 1, 1, 1]
    assert [one.reason if isinstance(one, Left) else one.text[:4] for part in found for one in part] == [
        *("one", "two", "xxxx", "four"),
        "it is larger than 0 MB",
        "six",
    ]


def test_what_stands_before_the_first_mail_is_not_lost() -> None:
    data = b"From nobody 10:00 2026\nno header\n\nFrom x Sun Mar  1 10:00:00 2026\nSubject: a\n\none\n"
    assert [at for at, _ in mbox.mails(data)] == [0, 34]


@given(st.binary(max_size=300))
def test_no_mail_is_too_broken(data: bytes) -> None:
    assert mail.read(data, "byte 0", DESK).place == "byte 0"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return planets(tmp_path_factory.mktemp("base"))


@pytest.fixture(scope="module")
def bot(base: Path) -> Bot:
    return Bot.load(base, clock=lambda: TODAY)


def eml(text: str, number: int) -> str:
    return (
        f"From: Jane Doe <jane{number}@example.org>\nDate: Sun, {1 + number % 28} Mar 2026 10:00:00 +0000\n\n"
        f"Hello,\n\n{text}\n\nBest regards,\nJane Doe\n+44 20 7946 0123\n\n"
        "On Mon, 2 Mar 2026 at 09:12, Desk <desk@example.com> wrote:\n> Dear Jane Doe\n"
    )


ASKED = (
    "is Mars a planet",
    "is Pluto a planet",
    "how deep is the deepest ocean",
    "who won the cup final",
    "the cup final, who won it?",
    "is Venus a planet",
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an archive of each kind: 20 messages, one of the desk, five things that cannot be read."""
    folder = tmp_path_factory.mktemp("archive")
    (folder / "mails").mkdir()
    for number, text in enumerate(ASKED):
        (folder / "mails" / f"{number}.eml").write_text(eml(text, number), "utf-8")
    (folder / "mails" / "own.eml").write_text("From: desk@example.com\n\nIt is.\n", "utf-8")
    (folder / "mails" / "broken.eml").write_bytes(b"\x00\xff\xfe")
    (folder / "old.mbox").write_text("".join(f"From x Sun Mar  1 10:00:00 2026\n{eml(text, 9)}\n" for text in ASKED), "utf-8")
    lines = [json.dumps({"text": text, "created_at": "2026-03-05T10:00:00Z"}) for text in ASKED[:3]]
    (folder / "chats.jsonl").write_text("\n".join([*lines, "{no json", json.dumps({"id": 5})]), "utf-8")
    (folder / "tickets.json").write_text("﻿" + json.dumps({"tickets": [{"requester_id": 1, "description": ASKED[0]}]}), "utf-8")
    (folder / "rows.csv").write_text("Subject;Description\nOcean;how deep is the deepest ocean\nRank;is Pluto a planet\n", "utf-8")
    book = Workbook()
    for row in (("Question", "Date"), ("is Venus a planet", "2026-03-06"), ("is Mars a planet", None)):
        book.worksheets[0].append(row)
    book.save(folder / "sheet.xlsx")
    (folder / "damaged.json").write_text("{", "utf-8")
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    return folder


READ = len(ASKED) + len(ASKED) + 3 + 1 + 2 + 2
EXTRA = 1 + 1 + 2 + 1 + 1
"""The desk's own mail, the broken one, two lines, two files."""


def test_every_part_of_a_folder_is_read_once(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = {}
    for size in (1, 3, 200):
        monkeypatch.setattr(parts, "MESSAGES", size)
        made = list(parts.parts(archives([archive])))
        assert [part.number for part in made] == list(range(len(made)))
        found[size] = [(part.archive, one.place) for part in made for one in messages(part, DESK)]
        assert sum(part.size for part in made) == size_of(archives([archive]))
    assert found[1] == found[3] == found[200]
    assert len(set(found[1])) == len(found[1]) == READ + EXTRA


def test_nothing_personal_is_in_a_row(bot: Bot) -> None:
    field = field_of(bot.kb)
    text = eml("is Pluto a planet? My name is Zbigniew Kowalczyk, jane@example.org", 3).partition("\n\n")[2]
    row = row_of(Message("+44 20 7946 0123", text, is_mail=True), "a", bot, lambda words: redact(words, field))
    assert (row.status, row.entries) == ("answer", ("is-planet",))
    told = " ".join(map(str, (row.place, row.message, row.said, row.unanswered)))
    assert not [name for name in ("Jane", "Doe", "7946", "desk@", "@", "Zbigniew", "Kowalczyk") if name.lower() in told.lower()]


def test_what_a_reply_repeats_of_a_message_is_not_kept(bot: Bot) -> None:
    row = row_of(Message("row 1", "do Zorbianowskis xylograph qwertings"), "a", bot, lambda words: "[gone]")
    assert "“…”" in row.said
    assert "zorbianowski" not in " ".join(map(str, (row.said, *row.unanswered))).lower()


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    """Two processes of this machine, as the command starts them."""
    with connected(None, 2) as found:
        assert found.scheduler.address.startswith("tls://127.0.0.1")
        yield found


def triaged(client: Any, archive: Path, base: Path, bot: Bot, to: Path, done: Any = lambda size: None) -> Result:
    plan = Plan(archives([archive]), str(base), to, DESK)
    return run(plan, Wanted(bot.kb, zone_of("Europe/Paris"), TODAY, 2), client, done)


def rows(folder: Path) -> list[dict[str, Any]]:
    return list(pq.read_table(folder / table.PARQUET).to_pylist())


@pytest.fixture(scope="module")
def whole(client: Any, archive: Path, base: Path, bot: Bot, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """The results of a run that nothing disturbed."""
    folder = tmp_path_factory.mktemp("results") / "whole"
    return folder, triaged(client, archive, base, bot, folder)


def test_every_message_has_one_row(whole: tuple[Path, Result]) -> None:
    folder, result = whole
    found = rows(folder)
    assert len({(row["archive"], row["place"]) for row in found}) == len(found) == READ + EXTRA
    assert [row["entries"] for row in found if row["archive"] == "rows.csv"] == [["deepest-ocean"], ["is-planet"]]
    assert (result.report.now.asked, result.read.faults, sum(result.read.skipped.values())) == (READ, EXTRA - 1, 1)
    reasons = {row["reason"] for row in found if row["status"] == "unreadable"}
    assert "the line is no JSON" in reasons
    with (folder / table.CSV).open(encoding="utf-8-sig", newline="") as file:
        sheet = list(csv.DictReader(file))
    assert [row["place"] for row in sheet] == [row["place"] for row in found]


def test_what_has_no_answer_becomes_a_group_and_a_draft(whole: tuple[Path, Result]) -> None:
    folder, result = whole
    group = result.report.groups[0]
    assert (group.now, set(group.wordings) | {group.question}) == (4, {"who won the cup final", "the cup final, who won it?"})
    (file,) = (folder / "draft").rglob("*.yaml")
    fields = yaml.safe_load(file.read_text("utf-8"))
    assert (fields["question"], fields["answer"]) == (group.question, "")
    assert (result.drafted, len(fields["alternates"])) == (1, 1)


def test_the_report_tells_what_could_not_be_read(whole: tuple[Path, Result]) -> None:
    page = (whole[0] / "report.html").read_text("utf-8")
    for told in ("Could not be read: 5", "the line is no JSON", "damaged.json", "picture.png", "the desk&#39;s own", "old.mbox"):
        assert told in page
    assert "change" not in page.partition("<main>")[2]
    assert json.loads((whole[0] / "report.json").read_text("utf-8"))["now"]["asked"] == READ


def test_a_killed_worker_loses_and_doubles_nothing(
    client: Any, archive: Path, base: Path, bot: Bot, whole: tuple[Path, Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "MESSAGES", 1)
    killed: list[int] = []

    def done(_size: int) -> None:
        if not killed:  # the first part is done, others are under way
            killed.append(next(iter(client.run(os.getpid).values())))
            os.kill(killed[0], signal.SIGKILL)

    triaged(client, archive, base, bot, tmp_path / "to", done)
    assert killed
    assert rows(tmp_path / "to") == rows(whole[0])


def test_a_run_that_was_stopped_goes_on(
    client: Any, archive: Path, base: Path, bot: Bot, whole: tuple[Path, Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "MESSAGES", 4)
    monkeypatch.setattr("bot.triage.run.MESSAGES", 4)

    def stopped(_size: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        triaged(client, archive, base, bot, tmp_path, stopped)
    kept = sorted((tmp_path / WORK).glob("part-*.parquet"))
    assert "eml" not in (tmp_path / WORK / "run.json").read_text("utf-8")
    mark = Row("mark", "kept", None, "not done again", "skipped", "")
    table.write(kept[0], [mark])
    kept[-1].with_name("part-99999999.parquet.0.draft").write_bytes(b"cut short")
    for size in (2, 4):
        monkeypatch.setattr(parts, "MESSAGES", size)
        monkeypatch.setattr("bot.triage.run.MESSAGES", size)
        if size == 2:
            with pytest.raises(UsageError, match="a run over other files"):
                triaged(client, archive, base, bot, tmp_path)
    triaged(client, archive, base, bot, tmp_path)
    found = rows(tmp_path)
    assert [row["place"] for row in found if row["archive"] == "mark"] == ["kept"]
    assert len(found) < len(rows(whole[0]))
    assert not (tmp_path / WORK).exists()
    with pytest.raises(UsageError, match="is not empty"):
        triaged(client, archive, base, bot, tmp_path)


def test_another_version_of_the_base_ends_the_run_in_words(client: Any, archive: Path, base: Path, bot: Bot, tmp_path: Path) -> None:
    other = planets(tmp_path / "other", {"synonyms.yaml": "ocean: [sea, deep]\n"})
    with pytest.raises(BotError, match="another version of the base"):
        triaged(client, archive, other, bot, tmp_path / "to")


def test_the_command_works_on_a_cluster_that_is_there(
    archive: Path, base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["triage", str(archive / "rows.csv"), str(archive / "old.mbox"), "--intents", str(base), "--to", str(tmp_path / "to")]
    with LocalCluster(n_workers=1, processes=False, protocol="tcp://", dashboard_address=None) as cluster:
        status = guarded([*words, "--own", "Desk@example.com", "--scheduler", cluster.scheduler_address])
    told = capsys.readouterr().out
    assert status == 0, told
    assert f"Read: {len(ASKED) + 2} messages; skipped: 0; could not be read: 0." in told
    assert "Questions without an answer:" in told
    assert len(rows(tmp_path / "to")) == len(ASKED) + 2


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (["nowhere.mbox"], "there is no file or folder nowhere.mbox"),
        ([".", "--least", "0"], "from 1 to"),
        ([".", "--own", "nobody"], "is no mail address"),
    ],
)
def test_what_cannot_be_triaged_is_told(words: list[str], fault: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert guarded(["triage", *words, "--to", str(tmp_path / "to")]) == 2
    assert fault in capsys.readouterr().err
