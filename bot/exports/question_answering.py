"""Question answering of Azure AI Language: the JSON that its import takes (REST API 2021-10-01, ImportJobOptions)."""

import json
from collections.abc import Mapping

from bot.exports.content import questions_of
from bot.exports.format import Format, Output, Subject, keys
from bot.exports.qnamaker import ORIGIN, answer_text, metadata_of, numbered, prompts_of, too_long
from bot.knowledge import Entry, KnowledgeBase

_MOST_QUESTIONS = 100
_MOST_ALTERATIONS = 20


def write(subject: Subject) -> Output:
    subject, notes = subject.current()
    numbers = numbered(subject)
    project = {
        "metadata": {"description": subject.title, "language": "en", "multilingualResource": False},
        "assets": {
            "synonyms": [{"alterations": [word, *same]} for word, same in subject.kb.synonyms.items()],
            "qnas": [_record(entry, subject.kb, numbers) for entry in subject.entries()],
        },
    }
    text = json.dumps(project, ensure_ascii=False, indent=2) + "\n"
    return Output({"faq.json": text.encode()}, (*notes, *too_long(subject), *_over(subject)))


def _record(entry: Entry, kb: KnowledgeBase, numbers: Mapping[str, int]) -> dict[str, object]:
    prompts = [
        {"displayOrder": order, "qnaId": number, "displayText": text} for order, (number, text) in enumerate(prompts_of(entry, kb, numbers))
    ]
    return {
        "id": numbers[entry.id],
        "answer": answer_text(entry, kb),
        "source": ORIGIN,
        "questions": questions_of(entry, kb),
        "metadata": metadata_of(entry),
        "dialog": {"isContextOnly": False, "prompts": prompts},
    }


def _over(subject: Subject) -> list[str]:
    many = [entry.id for entry in subject.entries() if len(questions_of(entry, subject.kb)) > _MOST_QUESTIONS]
    words = [word for word, same in subject.kb.synonyms.items() if len(same) >= _MOST_ALTERATIONS]
    return [
        *(f"{name}: more than {_MOST_QUESTIONS} questions, which the service refuses." for name in many),
        *(f"synonyms of '{word}': more than {_MOST_ALTERATIONS} words, which the service refuses." for word in words),
    ]


FORMAT = Format(
    name="question-answering",
    about="a project of Azure's question answering as JSON",
    write=write,
    holds=keys("id theme question alternates answer as_of synonyms.yaml"),
    shown=keys("claim verdict why remember by_status points steps more review_by expires related"),
)
