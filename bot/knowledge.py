"""What a curator writes, as frozen values: the knowledge base and its parts."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bot.errors import Place
from bot.kinds import KINDS, EntryKind, TalkKind

ENTRY_KINDS = tuple(kind.name for kind in KINDS.values() if kind.is_entry)
OUTSIDE_KINDS = tuple(kind.name for kind in KINDS.values() if kind.tells_against)


@dataclass(frozen=True, slots=True)
class Source:
    """A document that answers rest on. Dates are text: YYYY, YYYY-MM or YYYY-MM-DD."""

    id: str
    title: str
    publisher: str
    kind: str
    url: str | None
    published: str | None
    checked: str
    via: str


@dataclass(frozen=True, slots=True)
class Citation:
    """An entry's reference to a source; `at` tells where in it."""

    id: str
    at: str | None = None


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A message that an entry must not answer; `see` names the entry that does."""

    say: str
    see: str | None = None


@dataclass(frozen=True, slots=True)
class Further:
    """An alternate that is kept apart from its entry's file, and where."""

    text: str
    file: str = ""
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing the base can answer: a FAQ entry, or a myth with its fact.

    `claims` and `denials` say a myth and its contrary in other words, `facts` what a FAQ entry holds to be true: short statements, to
    tell what a person does with it. `by_status` holds the answers that depend on the value of `entity` (status -> text with
    {name}, {of}, {note}, {as_of}). `points` and `steps` are lists below the answer, `more` is shown on request. `further` are the
    alternates of the folder alternates/. `theme` is the folder below faq or myths that holds it ("" for none). `places` maps a key
    such as "alternates[2]" to (line, column). Alternates and places are there after reading the files, not after reading the cache: the
    index has the wordings.
    """

    id: str
    kind: EntryKind
    question: str
    alternates: tuple[str, ...] = field(default=(), compare=False, metadata={"kept": False})
    answer: str = ""
    sources: tuple[Citation, ...] = ()
    as_of: str | None = None
    review_by: str | None = None
    expires: str | None = None
    related: tuple[str, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    entity: str | None = None
    by_status: Mapping[str, str] = field(default_factory=dict)
    topic: str | None = None
    claim: str | None = None
    claims: tuple[str, ...] = ()
    denials: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    verdict: str | None = None
    why: str | None = None
    remember: str | None = None
    points: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    more: str | None = None
    theme: str = ""
    version: str = ""
    file: str = field(default="", compare=False)
    further: tuple[Further, ...] = field(default=(), compare=False, metadata={"kept": False})
    places: Mapping[str, tuple[int, int]] = field(default_factory=dict, compare=False, repr=False, metadata={"kept": False})

    @property
    def questions(self) -> tuple[str, ...]:
        """Every wording that should lead here: question, alternates and, of a myth, the claim."""
        return (self.question, *self.alternates, *(item.text for item in self.further), *((self.claim,) if self.claim else ()))

    def wordings(self) -> Iterator[tuple[str, Place]]:
        """Every wording but the claim, and where it stands."""
        yield self.question, place_of(self, "question")
        for number, text in enumerate(self.alternates):
            yield text, place_of(self, f"alternates[{number}]")
        for item in self.further:
            yield item.text, Place(item.file, item.line, item.column)


def themes_of(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """The entries by theme: the name of the innermost folder that holds them, "all" where there is none."""
    themes: dict[str, list[Entry]] = {}
    for entry in entries:
        themes.setdefault(entry.theme.rpartition("/")[2] or "all", []).append(entry)
    return themes


def subjects_of(entries: Mapping[str, Entry]) -> dict[str, str]:
    """For the id of each entry, that of the general one that it belongs to, over as many topics as it takes; its own if it belongs to
    none. Entries of one subject are never rivals: the better one answers. Of topics that go in a circle, all have one of them."""
    found: dict[str, str] = {}
    for name in entries:
        path: dict[str, None] = {}
        while name in entries and name not in found and name not in path:
            path[name] = None
            name = entries[name].topic or ""
        found |= dict.fromkeys(path, found.get(name) or next(reversed(path), ""))
    return found


@dataclass(frozen=True, slots=True)
class Value:
    """One value of an entity, for example one country. `said` is its name within a sentence, "the Netherlands", where that differs;
    `of` is the code of the value it is a part of; `sources` are those of its own status or note, beside the entity's."""

    entity: str
    name: str
    code: str | None
    status: str
    also: tuple[str, ...] = ()
    said: str | None = None
    note: str | None = None
    of: str | None = None
    sources: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """A kind of name that fills a slot. `naming` tells that a message which names one of its values is
    answered only by an entry that names that value too."""

    name: str
    values: tuple[Value, ...]
    ambiguous: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sources: tuple[Citation, ...] = ()
    as_of: str | None = None
    review_by: str | None = None
    naming: bool = False
    file: str = field(default="", compare=False)
    places: Mapping[str, tuple[int, int]] = field(default_factory=dict, compare=False, repr=False, metadata={"kept": False})


def place_of(thing: Entry | Entity, at: str) -> Place:
    """Where a value of an entry or entity stands in its file; the file's first line if that is not known."""
    line, column = thing.places.get(at, (1, 1))
    return Place(thing.file, line, column)


@dataclass(frozen=True, slots=True)
class SmallTalk:
    """Wordings with a fixed answer and no source: small talk, what is declined, or (kind outside) what the base has no answer to, so
    that it is told apart from what it has. `alternates` are there after reading the files; the cache keeps them in the index alone.
    `phrases` are what is always taken for it, whatever a message says besides (as those of Distress).
    `default`: it is one that every base has, and so tells nothing of what lies outside this one."""

    id: str
    kind: TalkKind
    answer: str
    alternates: tuple[str, ...] = field(default=(), compare=False, metadata={"kept": False})
    phrases: tuple[str, ...] = ()
    default: bool = False


@dataclass(frozen=True, slots=True)
class Distress:
    """How people in danger say so in a language that is not read, and the line in it that names the emergency number.

    A phrase is a few beginnings of words ("secuestr*") or whole words in the order in which they are said, other words between them.
    """

    line: str
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Language:
    """A language that is not read: its ISO 639-1 code, its English name, the line that says so in it, and what danger is in it."""

    code: str
    name: str
    line: str
    distress: tuple[Distress, ...] = ()


OWN_WORD = "organisation"
"""The id of the source of what the organisation that a base speaks for says of itself."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """Whom a base speaks for: its word is the source of entries that name none. `checked`: when those were last gone through (YYYY-MM-DD or
    less)."""

    name: str
    checked: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """How the base is served. `threshold`, `ask` and `margin` are in points of the score (0..100).

    threshold: least score to answer. ask: least score to ask back. margin: least lead over the best
    candidate of another subject to answer without asking back. options: how many are offered at most.
    addressee: whom people believe that they write to, as a word: "you" may mean it. What the curator leaves open (null) the base sets
    itself, by the fit of its score (bot.matching.calibration.limits). name_cues: words of the subject next to which people are named
    ("wanted"); the question log hides the names around them. defaults: the groups of bot/defaults that the base has; null: all of them.
    organisation: whose word entries without a source rest on. checks: rules of content -> off, warning or error, where that is not the
    rule's own level.
    """

    threshold: float | None = None
    ask: float | None = None
    margin: float = 5.0
    options: int = 4
    handoff: str = ""
    addressee: str = ""
    name_cues: tuple[str, ...] = ()
    defaults: tuple[str, ...] | None = None
    organisation: Organisation | None = None
    checks: Mapping[str, str] = field(default_factory=dict)
    wording: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Opposites:
    """Words by what they mean for or against: pairs of lists, what the one says the other denies. A list alone is of words that say the
    same; the synonyms are taken in so."""

    pairs: tuple[tuple[tuple[str, ...], ...], ...] = ()

    def __hash__(self) -> int:
        return len(self.pairs)  # what is made of the pairs is kept by them, and to hash thousands of words each time is slow


@dataclass(frozen=True, slots=True)
class Usage:
    """How a base uses words: which are opposites, and the name of the organisation that it is about ("" if there is none)."""

    opposites: Opposites = Opposites()
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class KnowledgeBase:
    """Everything under one folder. Mappings are sorted by id, so that the order of files does not show."""

    entries: Mapping[str, Entry]
    sources: Mapping[str, Source] = field(default_factory=dict)
    entities: Mapping[str, Entity] = field(default_factory=dict)
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    opposites: Opposites = field(default_factory=Opposites)
    talk: Mapping[str, SmallTalk] = field(default_factory=dict)
    languages: Mapping[str, Language] = field(default_factory=dict)
    settings: Settings = field(default_factory=Settings)
    version: str = ""

    @property
    def usage(self) -> Usage:
        """How the base uses words."""
        return Usage(self.opposites, self.settings.addressee)
