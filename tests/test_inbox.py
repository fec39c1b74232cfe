"""From the question log to a change of the base: what comes up, what is proposed, what is written, and back."""

import io
import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import base
import pytest
import yaml
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from bot import Bot
from bot.commands import review as command
from bot.errors import UsageError
from bot.evaluate.compare import differences
from bot.evaluate.compare import questions as compared
from bot.imports.merge import Change
from bot.inbox import apply, changes
from bot.inbox.asked import Asked, Why, asked
from bot.inbox.insert import with_item
from bot.inbox.items import Item, Wording, items, key_of
from bot.inbox.session import RECORD, Session, diff, judged
from bot.kb.read import read
from bot.knowledge import KnowledgeBase
from bot.questionlog.record import AnswerRecord, FeedbackRecord, NearestRecord, QuestionRecord
from bot.questionlog.store import Store
from bot.terminal.console import Screen
from bot.terminal.inbox_text import item_text, listed, proposal_text
from bot.terminal.review import review

NOW = datetime.now(UTC)
DAY = timedelta(days=1)
TRENCH = ("how many metres down is the bottom of the marianas", "how far to the bottom of the mariana", "is the mariana bottom far down")


def logged(reply: str, text: str, **changed: object) -> QuestionRecord:
    given = {"status": "none", "reason": "below-threshold", "answers": (), "conversation": reply, "at": NOW - DAY, "base": "base"} | changed
    return QuestionRecord(reply=reply, channel="web", question=text, score=None, kb="kb1", latency=1.0, **given)  # type: ignore[arg-type]


LOGGED = (
    logged("none", "how far to the bottom", nearest=(NearestRecord("deepest-ocean", 31.0),)),
    logged("outside", "who won", reason="out-of-scope"),
    logged("gibberish", "asdf", reason="gibberish"),
    logged("person", "a human please", status="handoff", reason="asked-for-human"),
    logged("third", "bottom of the sea?", status="handoff", reason="third-miss"),
    logged("back", "ocean", status="clarify", reason="ambiguous", conversation="c1", at=NOW - 3 * DAY),
    logged("chose", "[chose deepest-ocean]", status="answer", reason=None, conversation="c1", chosen="deepest-ocean", at=NOW - 2 * DAY),
    logged("back2", "planets", status="clarify", reason="ambiguous", conversation="c2", at=NOW - 3 * DAY),
    logged("next", "hello", status="smalltalk", reason=None, conversation="c2", at=NOW - 2 * DAY),
    logged("narrow", "is it deep", status="answer", reason=None, margin=3.0, answers=(AnswerRecord("deepest-ocean", "v", 55.0),)),
    logged("narrow2", "is it flat", status="answer", reason=None, margin=3.0, answers=(AnswerRecord("myth-flat", "v", 55.0),)),
    logged("clear", "ocean depth", status="answer", reason=None, margin=30.0, answers=(AnswerRecord("deepest-ocean", "v", 90.0),)),
    logged("wrong", "pluto?", status="answer", reason=None, margin=30.0, answers=(AnswerRecord("is-planet", "v", 90.0),)),
    logged("other", "of another base", base="other"),
    logged("old", "of long ago", at=NOW - 40 * DAY),
    FeedbackRecord("wrong", NOW, helpful=False, comment="I meant the dog"),
    FeedbackRecord("narrow2", NOW, helpful=True),
)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    file = tmp_path / "log" / "questions.db"
    with closing(Store(str(file))) as store:
        store.write(LOGGED)
    return file


def test_what_went_wrong_comes_up_and_why(log: Path) -> None:
    with closing(Store(str(log))) as store:
        found = {one.reply: one for one in asked(store, NOW.date() - 10 * DAY, NOW.date(), "base")}
    assert {name: one.why for name, one in found.items()} == {
        "none": "unanswered",
        "outside": "outside",
        "third": "handed-over",
        "back2": "not-chosen",
        "narrow": "narrow",
        "wrong": "judged",
    }
    assert found["wrong"].comment == "I meant the dog"
    assert found["none"].nearest == (("deepest-ocean", 31.0),)


def questions(*texts: str, why: Why = "unanswered", **further: Any) -> list[Asked]:
    return [Asked(f"{why}{at}", NOW + at * DAY, text, why, **further) for at, text in enumerate(texts)]


def test_like_questions_are_one_item_with_what_is_known_of_them() -> None:
    further: dict[str, Any] = {"nearest": (("deepest-ocean", 31.0),), "comment": "why not?", "chosen": "deepest-ocean"}
    given = [*questions(*TRENCH, TRENCH[0].upper(), **further), *questions("who won the cup", why="outside")]
    inside, outside = items(given, NOW + 2 * DAY)
    assert (inside.times, inside.before, inside.after, inside.whys) == (4, 2, 2, (("unanswered", 4),))
    assert sorted(one.times for one in inside.wordings) == [1, 1, 2], "counted by their words, not by their letters"
    assert "bottom" in [one.word for one in inside.shared]
    assert (inside.nearest, inside.chosen) == ((("deepest-ocean", 31.0),), (("deepest-ocean", 4),))
    assert inside.comments == ("why not?",)
    assert outside.outside
    assert not inside.outside
    assert items(given, NOW, [one.key for one in inside.wordings]) == (items(questions("who won the cup", why="outside"), NOW))
    assert items([], NOW) == ()


def test_a_key_is_of_the_words_and_tells_no_more() -> None:
    assert key_of("How deep IS it?") == key_of("how deep is it")
    assert key_of("please, how deep is it") == key_of("how deep is it")
    assert key_of("how deep is it") != key_of("how wide is it")
    assert key_of("?") != key_of("!")
    assert "deep" not in key_of("deep")


INSERTS = {
    "a list in brackets": ("a: [b, c]  # x\nd: 1\n", ("a",), "a: [b, c, new]  # x\nd: 1\n"),
    "an empty list": ("a: []\n", ("a",), "a: [new]\n"),
    "over two lines": ("a: [b,\n  c]\nd: 1\n", ("a",), "a: [b,\n  c, new]\nd: 1\n"),
    "a long line": (f"a: [{'b' * 133}]\n", ("a",), f"a: [{'b' * 133},\n  new]\n"),
    "below each other": ("a:\n- b  # x\n# y\n- c\n# z\nd: 1\n", ("a",), "a:\n- b  # x\n# y\n- c\n- new\n# z\nd: 1\n"),
    "deep inside": ("- k: 1\n- a:\n    - b\n  e: 2\n", (1, "a"), "- k: 1\n- a:\n    - b\n    - new\n  e: 2\n"),
    "the document itself": ("# top\n- {q: b}", (), "# top\n- {q: b}\n- new\n"),
    "two lines of an item": ("a:\n- b\n  c\nd: 1\n", ("a",), "a:\n- b\n  c\n- new\nd: 1\n"),
    "lines of Windows": ("a:\r\n- b\r\nd: 1\r\n", ("a",), "a:\r\n- b\r\n- new\r\nd: 1\r\n"),
    "a mark at the beginning": ("\ufeffa: [é, 😀]\n", ("a",), "\ufeffa: [é, 😀, new]\n"),
}


@pytest.mark.parametrize(("text", "path", "wanted"), INSERTS.values(), ids=INSERTS)
def test_an_item_is_added_and_no_other_line_changes(text: str, path: tuple[str | int, ...], wanted: str) -> None:
    assert with_item(text, path, "new") == wanted
    value = yaml.safe_load(wanted)
    for step in path:
        value = value[step]
    assert value[-1] == "new"


def test_a_list_that_is_not_there_is_told() -> None:
    for path in (("x",), ("a", 0), (3,)):
        with pytest.raises(KeyError):
            with_item("a: {b: c}\n", path, "new")


@pytest.fixture(scope="module")
def planets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    small: dict[str, str | None] = {"settings.yaml": f"{base.FILES['settings.yaml']}defaults: []\n"}
    return base.write(tmp_path_factory.mktemp("planets") / "base", small)


@pytest.fixture(scope="module")
def bot(planets: Path) -> Bot:
    return Bot.load(planets)


@pytest.fixture
def folder(planets: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(planets, tmp_path / "base"))


@pytest.fixture
def session(bot: Bot, folder: Path) -> Session:
    return Session.begin(bot, folder, ["is it far to the bottom"])


def item_of(*texts: str) -> Item:
    (found,) = items(questions(*texts), NOW)
    return found


@pytest.fixture(scope="module")
def trench() -> Item:
    return item_of(*TRENCH)


def read_again(folder: Path) -> KnowledgeBase:
    kb, problems = read({str(path): path.read_bytes() for path in folder.rglob("*.yaml") if "tests" not in path.parts}, str(folder), "")
    assert [problem for problem in problems if problem.level == "error"] == []
    return kb


def rows(folder: Path) -> list[dict[str, object]]:
    found: list[dict[str, object]] = yaml.safe_load((folder / changes.ROWS).read_text("utf-8"))
    return found


def test_an_alternate_is_written_with_a_row_of_other_words(session: Session, trench: Item, folder: Path) -> None:
    assert session.suggested(trench)[0][0] == "deepest-ocean"
    proposal = session.alternate(trench, "deepest-ocean", TRENCH[1])
    assert not any((folder / name).exists() for name in (changes.ROWS, RECORD)), "nothing is written before it is taken"
    assert proposal.trial.problems == ()
    assert session.take(proposal) is None, "there is no git"
    (row,) = rows(folder)
    assert row["accept"] == ["deepest-ocean"]
    assert row["q"] in TRENCH
    assert row["q"] != TRENCH[1]
    kb = read_again(folder)
    assert kb.entries["deepest-ocean"].alternates[-1] == TRENCH[1]
    assert row["q"] not in kb.entries["deepest-ocean"].questions
    assert Bot.load(folder).ask(TRENCH[1]).answers[0].id == "deepest-ocean"


def test_what_is_not_settled_comes_up_again(session: Session, trench: Item, folder: Path) -> None:
    other = "which drawer in the office is locked"
    item = replace(trench, wordings=(*trench.wordings, Wording(other, 1, key_of(other))))
    somebody = Scripted("1", TRENCH[1], "y")
    review(session, (item,), somebody)
    left = {one.text for one in item.wordings if one.key not in judged(folder)}
    assert other in left
    assert not left & {TRENCH[1], str(rows(folder)[0]["q"])}
    assert "the others come up again" in somebody.told[-1]
    session.undo()
    assert judged(folder) == ()


def test_a_wording_in_the_words_of_its_row_is_refused(session: Session, trench: Item) -> None:
    with pytest.raises(UsageError, match="the words of the question itself"):
        session.alternate(trench, "deepest-ocean", f"{trench.wordings[0].text.upper()}?")


def test_what_was_taken_out_of_a_question_is_put_into_no_file(session: Session) -> None:
    proposal = session.alternate(item_of("my name is [name], how far down is the bottom"), "deepest-ocean", "far down to the bottom")
    assert len(proposal.changes) == 1, "no row"


OTHERS = {
    "outside, one more": ("outside", "weather", "any storm on neptune", ""),
    "outside, a new one": ("outside", "cars", "which car is fast", "I know no cars."),
    "small talk": ("smalltalk", "greeting", "good day my friend", ""),
}


@pytest.mark.parametrize(("document", "name", "text", "answer"), OTHERS.values(), ids=OTHERS)
def test_what_is_not_for_an_entry_has_its_place(
    document: changes.Talk, name: str, text: str, answer: str, session: Session, folder: Path
) -> None:
    proposal = session.talk(item_of("some other words of it"), document, name, text, answer)
    assert proposal.trial.problems == ()
    session.take(proposal)
    talk = read_again(folder).talk[name]
    assert talk.alternates[-1] == text
    assert rows(folder)[0]["accept"] == ([] if document == "outside" else ["smalltalk"])
    assert Bot.load(folder).ask(text).status == ("none" if document == "outside" else "smalltalk")


def test_what_is_called_so_elsewhere_is_not_written_over(session: Session) -> None:
    with pytest.raises(UsageError, match="does not stand in"):
        session.talk(item_of("some other words of it"), "smalltalk", "deepest-ocean", "x y", "z")


def test_a_synonym_counts_from_then_on(session: Session, folder: Path) -> None:
    item = item_of("how deep is the deepest briny")
    proposal = session.synonym(item, "ocean", "briny")
    assert [one.new for one in proposal.trial.own] == ["answer deepest-ocean"]
    session.take(proposal)
    assert read_again(folder).synonyms["ocean"] == ("sea", "briny")
    assert rows(folder) == [{"kind": "asked", "q": "how deep is the deepest briny", "accept": ["deepest-ocean"]}]
    session.take(session.synonym(item, "planet", "globe"))
    assert read_again(folder).synonyms["planet"] == ("globe",)


def test_a_new_entry_must_be_sound(session: Session, folder: Path) -> None:
    item = item_of("how many moons has mars", "number of moons of mars", "does mars have moons")
    fields = {"question": "How many moons has Mars?", "alternates": ["number of moons of mars"], "answer": "Two."}
    refused = session.entry(item, "moons", fields | {"sources": [{"id": "nowhere"}]})
    assert "nowhere" in proposal_text(refused)
    assert proposal_text(refused).startswith("This cannot be taken:")
    session.take(session.entry(item, "moons", fields | {"sources": [{"id": "atlas"}]}))
    assert read_again(folder).entries["moons"].answer == "Two."
    assert rows(folder)[0]["q"] == "does mars have moons", "the only one that the entry does not hold"
    with pytest.raises(UsageError, match="called 'moons' already"):
        session.entry(item, "moons", fields)


def test_what_others_would_be_told_is_known_before(session: Session) -> None:
    """An alternate in the wrong place: those who ask for the other entry are sent there."""
    proposal = session.alternate(item_of("flat disc"), "deepest-ocean", "is the world flat or a disc, is the earth flat")
    assert proposal.trial.near[0][0] == "myth-flat"
    assert proposal.trial.asked > 5
    told = proposal_text(proposal)
    assert "Comes near myth-flat" in told
    assert "known questions most like it, decided otherwise" in told


def test_a_trial_finds_what_a_comparison_of_all_would(session: Session, bot: Bot) -> None:
    proposal = session.alternate(item_of("flat disc"), "deepest-ocean", "the world is a disc they say")
    everything = differences(bot, proposal.trial.bot, compared(bot))
    assert {one.question for one in everything} == {one.question for one in proposal.trial.others}


def test_a_question_of_the_base_makes_no_row(session: Session) -> None:
    proposal = session.alternate(item_of("Ocean depth record?", "what is the record of ocean depth"), "deepest-ocean", "record depth of it")
    (made,) = [change.new.decode() for change in proposal.changes if change.path.name == "asked.yaml"]
    assert changes.rows_of(made) == ("what is the record of ocean depth",)


def test_the_edit_of_somebody_else_is_not_written_over(session: Session, trench: Item, folder: Path) -> None:
    proposal = session.alternate(trench, "deepest-ocean", TRENCH[1])
    file = folder / "faq/earth/deepest-ocean.yaml"
    file.write_text(file.read_text("utf-8") + "# mine\n", "utf-8")
    with pytest.raises(UsageError, match="changed by somebody else"):
        session.take(proposal)
    assert file.read_text("utf-8").endswith("# mine\n")
    assert not (folder / changes.ROWS).exists(), "nothing was written"


def test_what_somebody_else_changed_is_taken_up(session: Session, trench: Item, folder: Path) -> None:
    assert not session.refresh()
    session.take(session.alternate(trench, "deepest-ocean", TRENCH[1]))
    assert not session.refresh(), "what we write ourselves is known"
    file = folder / "faq/earth/deepest-ocean.yaml"
    file.write_text(file.read_text("utf-8").replace("ocean depth record", "record of the oceans"), "utf-8")
    assert session.refresh()
    assert session.bot.ask("record of the oceans").answers[0].id == "deepest-ocean"
    told = Scripted("1", "so many words for the depth", "y", "q")
    file.write_text(file.read_text("utf-8") + "# mine\n", "utf-8")
    review(session, (trench,), told)
    assert "were changed meanwhile" in told.told[0]
    assert "# mine" in file.read_text("utf-8")
    assert "so many words for the depth" in file.read_text("utf-8")
    session.undo()
    session.refresh()
    assert "so many words for the depth" not in session.base.kb.entries["deepest-ocean"].questions
    (folder / "faq/earth/deepest-ocean.yaml").write_text("id: [", "utf-8")
    broken = Scripted("q")
    review(session, (trench,), broken)
    assert broken.told[0].startswith("The base has errors now")


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, text=True, check=True).stdout


@pytest.fixture
def versioned(folder: Path) -> Path:
    if not shutil.which("git"):
        pytest.skip("git is not installed")
    git(folder, "init", "--quiet")
    for name, value in (("user.name", "A curator"), ("user.email", "curator@example.org"), ("commit.gpgsign", "false")):
        git(folder, "config", name, value)
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "first")
    return folder


def test_each_change_is_a_commit_of_its_files_alone_and_can_be_undone(bot: Bot, versioned: Path, trench: Item) -> None:
    (versioned / "mine.txt").write_text("not for this commit", "utf-8")
    git(versioned, "add", "mine.txt")
    session = Session.begin(bot, versioned)
    told = session.take(session.alternate(trench, "deepest-ocean", TRENCH[1]))
    assert told is not None
    assert f"deepest-ocean: also asked as '{TRENCH[1]}'" in told
    assert git(versioned, "show", "--name-only", "--format=").split() == [RECORD, "faq/earth/deepest-ocean.yaml", changes.ROWS]
    assert session.undo().item is trench
    assert git(versioned, "diff", "HEAD~2", "--stat", "--", "faq", "tests") == ""
    assert git(versioned, "log", "-1", "--format=%s").startswith("Undone: deepest-ocean")
    assert git(versioned, "status", "--short").split() == ["A", "mine.txt"]
    assert session.bot is bot
    with pytest.raises(UsageError, match="nothing was taken"):
        session.undo()


def test_what_git_complains_of_is_told_and_the_files_stay(session: Session, trench: Item, versioned: Path) -> None:
    (versioned / ".git" / "index.lock").touch()
    with pytest.raises(UsageError, match="git took no commit"):
        session.take(session.alternate(trench, "deepest-ocean", TRENCH[1]))
    assert TRENCH[1] in (versioned / "faq/earth/deepest-ocean.yaml").read_text("utf-8")


def test_the_diff_is_of_the_lines_that_change(session: Session, trench: Item, folder: Path) -> None:
    told = diff(session.alternate(trench, "deepest-ocean", "x, y").changes, folder)
    assert "--- faq/earth/deepest-ocean.yaml\n+++ faq/earth/deepest-ocean.yaml" in told
    assert sum(line.startswith("-") for line in told.splitlines()) == 3, "two names and one line"
    assert ", 'x, y']" in told


class Scripted:
    """Somebody who answers from a list."""

    def __init__(self, *answers: str) -> None:
        self.answers: Iterator[str] = iter(answers)
        self.told: list[str] = []

    def say(self, text: str) -> None:
        self.told.append(text)

    def key(self, question: str, keys: Mapping[str, str]) -> str:
        answer = self.line(question)
        assert answer in keys
        return answer

    def line(self, question: str, default: str = "", known: Sequence[str] = ()) -> str:
        answer = next(self.answers, None)
        if answer is None:
            raise EOFError
        return default if answer == "(default)" else answer


def test_a_review_goes_from_item_to_item(session: Session, trench: Item, folder: Path) -> None:
    found = (trench, item_of("what is the price of fish"), item_of("some noise here"))
    somebody = Scripted("1", "(default)", "n", "1", "(default)", "y", "u", "1", "(default)", "y", "x", "l")
    done = review(session, found, somebody)
    assert (done.judged, done.taken) == (3, 1), "what was undone was judged once before"
    told = "\n".join(somebody.told)
    assert "These share 'bottom'" in told
    assert "Undone: deepest-ocean" in told
    assert len(rows(folder)) == 1
    judged = json.loads((folder / RECORD).read_text("utf-8"))["judged"]
    assert {one.key for one in (*trench.wordings, *found[1].wordings)} == set(judged)


def test_what_cannot_be_is_told_and_asked_again(session: Session, trench: Item) -> None:
    somebody = Scripted("u", "e", "no-such-entry", "e", "", "1", "", "o", "new-one", "(default)", "", "n", "", "s", "", "q")
    assert review(session, (trench,), somebody).judged == 0
    assert "there is no entry 'no-such-entry'." in somebody.told
    assert "nothing was taken yet." in somebody.told


def test_the_command_goes_from_the_log_to_the_files(
    log: Path, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    given = ["--intents", str(folder), "--database", str(log), "--days", "9"]
    assert command.run([*given, "--list"], date.today) == 0
    out = capsys.readouterr().out
    assert "Outside by design: 1" in out
    assert "of long ago" not in out
    assert command.run([*given, "--json", "--base", "base"], date.today) == 0
    values = json.loads(capsys.readouterr().out)
    monkeypatch.setattr("sys.stdin", io.StringIO("e\ndeepest-ocean\nso many words for the depth\ny\nq\n"))
    assert command.run([*given, "--base", "base"], date.today) == 0
    out = capsys.readouterr().out
    inside = sum("outside" not in one["why"] for one in values)
    assert f"1 of {inside} groups judged; 1 change of the base." in out
    assert "so many words for the depth" in (folder / "faq/earth/deepest-ocean.yaml").read_text("utf-8")
    with pytest.raises(UsageError, match="is not a number from 1"):
        command.run(["--days", "0"], date.today)


def test_an_item_is_told_with_all_that_is_needed() -> None:
    further: dict[str, Any] = {"nearest": (("deepest-ocean", 31.4),), "chosen": "deepest-ocean", "comment": "why\x1b not?"}
    (item,) = items(questions(*TRENCH, **further), NOW + DAY)
    told = item_text(item, 1, 4)
    for part in ("Group 1 of 4: asked 3 times, more than before (1, then 2). No answer 3.", "deepest-ocean 31", "Comment: why not?"):
        assert part in told
    assert "Chosen when asked back: deepest-ocean 3 times." in told
    assert listed([item]).startswith("To look at: 1\n  3 times, more than before (1, then 2): ")


def test_one_key_is_enough_at_a_terminal() -> None:
    with create_pipe_input() as keyboard, create_app_session(input=keyboard, output=DummyOutput()):
        keyboard.send_text("Q")
        assert Screen().key("What is it?", {"1": "this", "q": "quit"}) == "q"
        keyboard.send_text(" more\r")
        assert Screen().line("Which?", "one", ["one", "two"]) == "one more"


def test_a_base_of_json_lines_is_not_for_writing_here(tmp_path: Path, bot: Bot) -> None:
    (tmp_path / "base.jsonl").write_text("{}", "utf-8")
    with pytest.raises(UsageError, match="cannot be changed from here"):
        Session.begin(bot, tmp_path / "base.jsonl")
    (tmp_path / RECORD).write_text("[", "utf-8")
    with pytest.raises(UsageError, match="is damaged"):
        judged(tmp_path)


def test_a_file_that_was_new_goes_again_when_it_is_undone(tmp_path: Path) -> None:
    made = [Change(tmp_path / "a" / "b.yaml", None, b"x")]
    apply.write(made)
    with pytest.raises(UsageError, match="changed by somebody else"):
        apply.write(made)
    apply.undo(made)
    assert not made[0].path.exists()
