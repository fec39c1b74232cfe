"""What must not matter does not: real words stay as they are, and no change of form changes which entry wins."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
import yaml
from conftest import TODAY

from bot import Bot
from bot.english.tokens import capitals, typed_words
from bot.evaluate.cases import Case, read_cases
from bot.kb.files import read_folder
from bot.kb.read import read
from bot.knowledge import Entry, KnowledgeBase
from bot.matching import build_index, leave_out, query
from bot.matching.query import Lexicon, Query

HERE = Path(__file__).parent
CONFUSIONS: list[dict[str, str]] = yaml.safe_load((HERE / "confusions.yaml").read_text("utf-8"))
FILES = {"kept": HERE / "questions.yaml", "development": HERE.parents[1] / "shared" / "dev_questions.yaml"}

Change = Callable[[str], str]


def test_there_are_confusions() -> None:
    assert len({(row["typed"], row["never"]) for row in CONFUSIONS}) == len(CONFUSIONS) >= 60


@pytest.mark.parametrize("row", [pytest.param(row, id=f"{row['typed']}-not-{row['never']}") for row in CONFUSIONS])
def test_a_real_word_is_read_as_itself(bot: Bot, row: dict[str, str]) -> None:
    typed, never = row["typed"], row["never"]
    assert bot.lexicon.speller.knows(never), "the row proves nothing: no word of the base is near"
    assert bot.lexicon.speller.correct(typed) == typed
    asked = query.read(f"what if it is about the {typed}, can you help", bot.lexicon)
    assert asked.corrections == ()
    assert typed in asked.words


def _like(model: str, text: str) -> str:
    """A text in the case of another: capitals, a capital first, or as it is."""
    if len(model) > 1 and model.isupper():
        return text.upper()
    return text[:1].upper() + text[1:] if model[:1].isupper() else text


def _swapped(text: str, pairs: Mapping[str, str], after: str = "") -> str:
    """The text with every listed word replaced by its other form, where `after` matches what follows it."""
    listed = "|".join(sorted(pairs, key=len, reverse=True))
    return re.sub(rf"\b(?:{listed})\b{after}", lambda found: _like(found[0], pairs[found[0].lower()]), text, flags=re.IGNORECASE)


def _padded(text: str, before: str, after: str = "") -> str:
    """The text in polite words; in capitals if all of it is, as words in capitals among others may be codes."""
    return before.upper() + text + after.upper() if text.isupper() else before + text + after


def _ended(text: str, mark: str) -> str:
    return text.rstrip(" .?!") + mark


VERBS = "is are was were do does did has have had could would should".split()
NOT = {f"{verb} not": f"{verb}n't" for verb in VERBS} | {"cannot": "can't", "will not": "won't"}
IS = {f"{word} is": f"{word}'s" for word in "what who where when how that there it he she".split()}
PRONOUNS = {
    **{f"{word} are": f"{word}'re" for word in "you we they".split()},
    **{f"{word} have": f"{word}'ve" for word in "i you we they".split()},
    **{f"{word} will": f"{word}'ll" for word in "i you we they it he she".split()},
    "i am": "i'm",
    "let us": "let's",
}
SPELT_OUT = {short: spelt for spelt, short in (NOT | IS | PRONOUNS).items()}
BARE = {
    short: short.replace("'", "")
    for short in SPELT_OUT
    if short[-3:] == "n't" or short in "what's who's where's how's that's i'm i've".split()
}

SPELLINGS = {  # British: American
    "organisation": "organization", "organisations": "organizations", "organised": "organized", "colour": "color", "colours": "colors",
    "coloured": "colored", "programme": "program", "programmes": "programs", "centre": "center", "centres": "centers",
    "offence": "offense", "offences": "offenses", "defence": "defense", "recognise": "recognize", "recognised": "recognized",
    "realise": "realize", "realised": "realized", "authorised": "authorized", "apologise": "apologize", "criticise": "criticize",
    "travelling": "traveling", "travelled": "traveled", "traveller": "traveler", "travellers": "travelers", "cancelled": "canceled",
    "cancelling": "canceling", "neighbour": "neighbor", "neighbours": "neighbors", "neighbouring": "neighboring",
    "behaviour": "behavior", "labour": "labor", "favour": "favor", "favourite": "favorite", "rumour": "rumor", "rumours": "rumors",
    "honour": "honor", "licence": "license", "catalogue": "catalog", "analyse": "analyze", "enrol": "enroll", "fulfil": "fulfill",
    "jewellery": "jewelry",
}  # fmt: skip
AMERICAN = {american: british for british, american in SPELLINGS.items()}
IN_SPELLINGS = [  # Messages with one of them each.
    "what kind of organisation is interpol",
    "does interpol fight organised crime",
    "what does the colour of a notice mean",
    "what are the coloured notices for",
    "is there an internship programme",
    "is interpol the centre of the world's police",
    "which offence can a red notice be issued for",
    "can my defence lawyer see my file",
    "does every country recognise a red notice",
    "I did not realise that I was wanted by interpol",
    "who is authorised to ask for a notice",
    "will interpol apologise for a mistake",
    "why do people criticise interpol",
    "is travelling with a red notice possible",
    "I travelled on a passport that was reported stolen",
    "is a traveller checked against interpol's databases",
    "has my red notice been cancelled",
    "can my neighbour report me to interpol",
    "is every neighbouring country a member",
    "where do I complain about the behaviour of interpol",
    "does interpol fight forced labour",
    "does interpol favour rich countries",
    "is the rumour about interpol agents true",
    "must a country honour a red notice",
    "do interpol officers need a driving licence",
    "is there a catalogue of stolen works of art",
    "does interpol analyse data on criminals",
    "how do I enrol in a training of interpol",
    "does interpol look for stolen jewellery",
]

CASE: dict[str, Change] = {"lower": str.lower, "upper": str.upper}
PADDING: dict[str, Change] = {
    "asked politely": partial(_padded, before="hi, could you please tell me "),
    "please and thanks": partial(_padded, before="", after=", please? Thanks!"),
    "greeting and thanks": partial(_padded, before="Hello, ", after=" Thank you very much."),
}
FORMS: dict[str, Change] = {
    "no mark": partial(_ended, mark=""),
    "question mark": partial(_ended, mark="?"),
    "exclamation mark": partial(_ended, mark="!"),
    "dots": partial(_ended, mark="..."),
    "quotes": '"{}"'.format,
    "single quotes": "'{}'".format,
    "curly quotes": lambda text: f"“{text}”".replace("'", "’"),
    "double spaces": lambda text: f"  {text.replace(' ', '  ')} ",
    "commas": lambda text: re.sub(r",? (and|but|or)\b", r", \1", text),
    "contracted": lambda text: _swapped(text, NOT | IS | PRONOUNS, r"(?= \w)"),
    "spelt out": partial(_swapped, pairs=SPELT_OUT),
    "no apostrophes": partial(_swapped, pairs=BARE),
    "American": partial(_swapped, pairs=SPELLINGS),
    "British": partial(_swapped, pairs=AMERICAN),
}


WINNERS: dict[tuple[Bot, Query], str | None] = {}


def _winner(bot: Bot, text: str) -> str | None:
    """The id of the best candidate of a message, looked up once for all messages that are read alike."""
    key = bot, replace(query.read(text, bot.lexicon), asked="")
    if key not in WINNERS:
        found = bot.trace(text).resolutions[0].match.evidence
        WINNERS[key] = found[0].candidate.target.id if found else None
    return WINNERS[key]


def _lost(bot: Bot, texts: list[str], change: Change) -> list[tuple[str, str, str | None, str | None]]:
    """(message, as changed, winner, winner then) of the messages whose winner another form changes."""
    changed = [(text, change(text)) for text in texts]
    return [
        (text, other, _winner(bot, text), _winner(bot, other))
        for text, other in changed
        if other != text and _winner(bot, text) != _winner(bot, other)
    ]


def _means_by_capitals(text: str, lexicon: Lexicon) -> bool:
    """Whether a name in the message counts for its capitals alone: in another case it means something else."""
    words = typed_words(text)
    return lexicon.names.find(words, capitals(text)) != lexicon.names.find(words)


@pytest.fixture(scope="module", params=FILES)
def cases(request: pytest.FixtureRequest) -> list[Case]:
    file = FILES[request.param]
    if not file.exists():
        pytest.skip(f"{file} is not there: these questions are not part of the project")
    return [case for case in read_cases(file) if len(case.turns) == 1]


@pytest.fixture(scope="module")
def questions(cases: list[Case]) -> list[str]:
    return [case.message for case in cases]


def test_there_are_questions(questions: list[str]) -> None:
    assert len(questions) > 300


@pytest.mark.parametrize("name", CASE)
def test_case_does_not_change_the_winner(bot: Bot, questions: list[str], name: str) -> None:
    told = [text for text in questions if not _means_by_capitals(text, bot.lexicon)]
    assert len(told) > 0.9 * len(questions)
    assert _lost(bot, told, CASE[name]) == []


@pytest.mark.parametrize("name", FORMS)
def test_form_does_not_change_the_winner(bot: Bot, questions: list[str], name: str) -> None:
    assert _lost(bot, questions, FORMS[name]) == []


@pytest.mark.parametrize("name", PADDING)
def test_polite_words_do_not_change_the_winner(bot: Bot, cases: list[Case], name: str) -> None:
    """Of a message that asks something: a greeting or nothing readable, with thanks after it, is thanks."""
    asked = [case.message for case in cases if not case.chat and typed_words(case.message)]
    assert len(asked) > 0.9 * len(cases)
    assert _lost(bot, asked, PADDING[name]) == []


@pytest.mark.parametrize(("british", "american"), SPELLINGS.items())
def test_american_spelling_is_read_as_the_british(bot: Bot, british: str, american: str) -> None:
    assert query.read(british, bot.lexicon).readings == query.read(american, bot.lexicon).readings


def test_american_spelling_gets_what_british_does(bot: Bot) -> None:
    change = FORMS["American"]
    assert [text for text in IN_SPELLINGS if change(text) == text] == []
    assert _lost(bot, IN_SPELLINGS, change) == []


def test_asking_for_more_options_does_not_change_the_first(bot: Bot, questions: list[str]) -> None:
    assert [text for text in questions[::2] if not bot.rank(text, 1) == bot.rank(text, 5)[:1] == bot.rank(text, 40)[:1]] == []


def _turned(entry: Entry) -> Entry:
    return replace(entry, alternates=entry.alternates[::-1], further=entry.further[::-1], exclusions=entry.exclusions[::-1])


def _entries_turned(kb: KnowledgeBase) -> KnowledgeBase:
    return replace(kb, entries=dict([*kb.entries.items()][::-1]), talk=dict([*kb.talk.items()][::-1]))


def _alternates_turned(kb: KnowledgeBase) -> KnowledgeBase:
    talk = {name: replace(item, alternates=item.alternates[::-1]) for name, item in kb.talk.items()}
    return replace(kb, entries={name: _turned(entry) for name, entry in kb.entries.items()}, talk=talk)


def _synonyms_turned(kb: KnowledgeBase) -> KnowledgeBase:
    return replace(kb, synonyms={word: others[::-1] for word, others in [*kb.synonyms.items()][::-1]})


def _read(intents: Path, *, turned: bool = False) -> KnowledgeBase:
    files = read_folder(intents)
    kb, problems = read(dict(reversed(files.items())) if turned else files, str(intents), "")
    assert problems == []
    return kb


def _bot_of(kb: KnowledgeBase) -> Bot:
    index, words = build_index.build(kb), query.lexicon(kb)
    return Bot(kb, index, words, leave_out.calibrate(index, words), lambda: TODAY)


ORDERS: dict[str, Callable[[Path], KnowledgeBase]] = {
    "files": lambda intents: _read(intents, turned=True),
    "entries": lambda intents: _entries_turned(_read(intents)),
    "alternates": lambda intents: _alternates_turned(_read(intents)),
    "synonyms": lambda intents: _synonyms_turned(_read(intents)),
}


@pytest.fixture(scope="module", params=ORDERS)
def turned(request: pytest.FixtureRequest, intents: Path) -> Bot:
    """The shipped base with its files, or a part of them, in reverse order."""
    return _bot_of(ORDERS[request.param](intents))


@pytest.fixture(scope="module")
def ranked(bot: Bot, questions: list[str]) -> dict[str, list[tuple[str, float]]]:
    return {text: bot.rank(text) for text in questions[::3]}


def test_order_changes_neither_winners_nor_scores(turned: Bot, ranked: dict[str, list[tuple[str, float]]]) -> None:
    assert [text for text, found in ranked.items() if turned.rank(text) != found] == []
