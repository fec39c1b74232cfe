"""The sentences on which make_thesaurus.py fits its words: WordNet's examples, definitions, and questions made from its words.

None comes from a question set that anybody measures with, and none from our knowledge base.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

SEED = 1
UNRANKED = 30_000
"""Rank of a word that is not in the model's vocabulary, which has about as many pieces."""
QUESTIONS = 30_000
"""Questions made of each kind; of the shuffled whole the first are read, see READ."""
READ = {"phrase": 36_000, "definition": 2_000, "word and definition": 6_000}
LONGEST_DEFINITION = 16

VERB_FRAMES = (
    "how do i {}|how can i {}|can i {}|may i {}|what happens if i {}|i want to {}|where can i {}|is it possible to {}|how much does it cost"
    " to {}|{}|do i need to {}|please {}|how long does it take to {}|why can't i {}|who can {}|when can i {}|what do i need to {}|i would"
    " like to {}|i need to {}|am i allowed to {}|could you {}|can you {} for me|should i {}|what is the best way to {}|help me {}|i forgot"
    " to {}|i was unable to {}|steps to {}|do you {}|will you {}|is there a way to {}|i am trying to {}|is it safe to {}|is it legal to"
    " {}|i cannot {}|do i have to {}|remind me to {}"
).split("|")
NOUN_FRAMES = (
    "what is {a}|where is my {n}|how much is the {n}|{n}|the {n} is not working|i lost my {n}|when will my {n} arrive|do you have {a}|tell"
    " me about the {n}|{n} cost|which {n} is best|how does the {n} work|what does {n} mean|who has the {n}|why is my {n} late|i have a"
    " problem with my {n}|can i get {a}|is there {a} near me|how many {n} are there|what kind of {n} do you have|i need a new {n}|is the"
    " {n} free|how do i find the {n}|what time is the {n}|the {n} was broken|more information about {n}|is {n} included|do you offer"
    " {n}|cancel my {n}|change the {n}|how long is the {n}|i didn't get my {n}|who invented the {n}|what is the price of {a}|difference"
    " between {n} and {m}|is {a} better than {b}|do i need {a} for the {m}|{n} for {m}|{n} and {m}|can i use my {n} with {a}"
).split("|")
DETERMINERS = {
    "a": "a", "an": "an", "the": "the", "my": "my", "his": "my", "her": "my", "your": "your", "their": "our", "our": "our", "its": "the",
    "some": "some", "any": "any",
}  # fmt: skip
NO_ACTION = frozenset(
    "be is are was were am been have has had do does did get got can will would could should may might must a in on at as or".split()
)


@dataclass(frozen=True, slots=True)
class Synset:
    """A meaning: the words for it, its definition, and examples in quotation marks."""

    kind: str
    lemmas: tuple[str, ...]
    definition: str
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """WordNet's meanings and single words, and the rank of the words that the model knows whole."""

    synsets: list[Synset]
    words: dict[str, frozenset[str]]
    ranks: dict[str, int]

    def rank(self, word: str) -> int:
        return self.ranks.get(word, UNRANKED)


def read_wordnet(folder: Path) -> tuple[list[Synset], dict[str, frozenset[str]]]:
    synsets = [synset for kind in ("noun", "verb", "adj", "adv") for synset in _synsets(folder, kind)]
    words = {
        kind: frozenset(lemma for item in synsets if item.kind == kind for lemma in item.lemmas if lemma.isalpha() and lemma.islower())
        for kind in ("noun", "verb", "adj")
    }
    return synsets, words


def _synsets(folder: Path, kind: str) -> Iterator[Synset]:
    """The lines of a data file (the manual page wndb(5)): offset, file, kind, number of lemmas in hexadecimal, lemmas ... | gloss."""
    for line in (folder / f"data.{kind}").read_text("latin-1").splitlines():
        if line.startswith("  "):
            continue
        head, _, gloss = line.partition(" | ")
        fields = head.split()
        lemmas = [re.sub(r"\(\w+\)$", "", fields[4 + 2 * place].replace("_", " ")) for place in range(int(fields[3], 16))]
        definition = re.sub(r"\([^)]*\)", "", re.sub(r'"[^"]*"?', "", gloss)).strip().strip(";: ").strip()
        yield Synset(kind, tuple(lemmas), definition, tuple(re.findall(r'"([^"]+)"', gloss)))


def read_sentences(lexicon: Lexicon) -> list[str]:
    """What the model reads whole, in an order by chance that is always the same."""
    chance = random.Random(SEED)
    examples = sorted({text.strip() for item in lexicon.synsets for text in item.examples if len(text.split()) >= 3})
    questions = _questions(examples, lexicon, chance)
    definitions = [(named, item.definition) for item in lexicon.synsets if (named := _named(item, lexicon))]
    every = [("phrase", text) for text in examples + questions]
    every += [("definition", text) for _, text in definitions]
    every += [("word and definition", f"{chance.choice(lemmas)}: {text}") for lemmas, text in definitions]
    chance.shuffle(every)
    left, taken = dict(READ), []
    for kind, text in every:
        if left[kind] and (kind != "word and definition" or len(text.split()) < LONGEST_DEFINITION):
            left[kind] -= 1
            taken.append(text)
    return taken


def _named(item: Synset, lexicon: Lexicon) -> list[str]:
    """The lemmas that the model knows whole, of a meaning with a definition of use: neither a stub nor a species."""
    if not 3 <= len(item.definition.split()) <= 25 or re.search(r"\b(genus|species|family|order)\b", item.definition):
        return []
    return [lemma for lemma in item.lemmas if all(lexicon.rank(word.lower()) < UNRANKED for word in re.findall("[a-zA-Z]+", lemma))]


def _questions(examples: list[str], lexicon: Lexicon, chance: random.Random) -> list[str]:
    """Questions as people ask a help desk, about all that WordNet's examples do and all that its nouns name."""
    verbs = [item.definition for item in lexicon.synsets if item.kind == "verb"]
    actions = sorted({action for text in examples + verbs for action in _actions(text.lower(), lexicon)})
    print(f"{len(actions)} actions, such as:", "; ".join(chance.sample(actions, 40)))
    nouns = sorted(word for word in lexicon.words["noun"] if lexicon.rank(word) < 26_000 and len(word) > 2)
    lemmas = {lemma for item in lexicon.synsets if item.kind == "noun" for lemma in item.lemmas}
    things = nouns * 2 + sorted(lemma for lemma in lemmas if _pair(lemma, lexicon))
    made: set[str] = set()
    while len(made) < QUESTIONS:
        made.add(chance.choice(VERB_FRAMES).format(chance.choice(actions)))
    while len(made) < 2 * QUESTIONS:
        frame = chance.choice(NOUN_FRAMES)
        one, other, third = chance.choice(things), chance.choice(nouns), chance.choice(things)
        made.add(frame.format(n=one, a=_with_article(one), m=other, b=_with_article(third)))
    return sorted(made)


def _pair(lemma: str, lexicon: Lexicon) -> bool:
    return re.fullmatch("[a-z]+ [a-z]+", lemma) is not None and all(word in lexicon.ranks for word in lemma.split())


def _with_article(noun: str) -> str:
    return ("an " if noun[0] in "aeiou" else "a ") + noun


def _actions(text: str, lexicon: Lexicon) -> Iterator[str]:
    """A verb, a determiner and up to three words of an object: "pay the fee"."""
    tokens = re.findall("[a-z']+", text)
    for place, (verb, determiner) in enumerate(pairwise(tokens[:-1])):
        base = _base(verb, lexicon.words["verb"])
        if base is None or lexicon.rank(base) > 25_000 or determiner not in DETERMINERS:
            continue
        things: list[str] = []
        for word in tokens[place + 2 : place + 5]:
            if word not in lexicon.words["noun"] and word not in lexicon.words["adj"]:
                break
            things.append(word)
        while things and things[-1] not in lexicon.words["noun"]:
            things.pop()
        if things:
            yield f"{base} {DETERMINERS[determiner]} {' '.join(things)}"


def _base(word: str, verbs: frozenset[str]) -> str | None:
    """The base form of a regular verb."""
    forms = [word]
    forms += [word[:-1]] if word.endswith("s") else []
    forms += [word[:-2]] if word.endswith(("ed", "es")) else []
    forms += [word[:-1]] if word.endswith("d") else []
    forms += [word[:-3], word[:-3] + "e"] if word.endswith("ing") else []
    return next((form for form in forms if form in verbs and form not in NO_ACTION), None)
