"""Knowledge bases of help desks as their APIs give them: Zammad's assets, Chatwoot's articles, osTicket's rows, lists of records alike.

Only what is published is taken: drafts, archived and internal answers are named.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.imports.files import File
from bot.imports.found import Found, Item, Markup, Note, Skipped, Text
from bot.imports.table import columns_of
from bot.imports.values import is_off, text

NAMES = ("helpdesk", "zammad", "chatwoot", "osticket")
ABOUT = "the knowledge base of a help desk"

_ANSWERS, _TITLES, _CONTENTS = "KnowledgeBaseAnswer", "KnowledgeBaseAnswerTranslation", "KnowledgeBaseAnswerTranslationContent"
_LISTS = ("payload", "articles", "faqs", "data", "items", "results", "records", "rows")
_HIDDEN = ("ispublished", "is_published", "published", "isenabled", "enabled", "active")
_STATUS = {"0": "a draft", "draft": "a draft", "2": "archived", "archived": "archived", "private": "internal"}
"""The status of a Chatwoot article (app/models/article.rb: draft 0, published 1, archived 2), as number or word."""


def recognise(file: File) -> bool:
    return file.looks_like_json and (bool(_zammad(file.json)) or any(_keys(one) for _, one in _records(file.json)[:20]))


def read(files: Sequence[File], named: Mapping[str, str] | None = None) -> Iterator[Found]:
    for file in files:
        where = f"{file.name}, " if len(files) > 1 else ""
        assets = _zammad(file.json)
        if assets:
            yield from (_answer(name, one, assets, where) for name, one in assets[_ANSWERS].items() if isinstance(one, Mapping))
        else:
            yield from (_record(one, where + path) for path, one in _records(file.json))


def _zammad(value: Any) -> Mapping[str, Any]:
    """The assets of a Zammad knowledge base; empty for anything else."""
    assets = value.get("assets", value) if isinstance(value, Mapping) else {}
    return assets if isinstance(assets, Mapping) and isinstance(assets.get(_ANSWERS), Mapping) else {}


def _answer(name: str, one: Mapping[str, Any], assets: Mapping[str, Any], where: str) -> Found:
    place = f"{where}{_ANSWERS} {name}"
    titles = [title for title in _all(assets, _TITLES) if text(title.get("answer_id")) == name]
    shown = next((text(title.get("title")) for title in titles), "")
    if one.get("archived_at") or not one.get("published_at"):
        state = "archived" if one.get("archived_at") else "internal" if one.get("internal_at") else "a draft"
        return Skipped(place, shown, f"it is {state}, not public")
    told = [(title, _content(assets, title)) for title in titles]
    found = [(title, body) for title, body in told if text(title.get("title")).strip() and body.strip()]
    if not found:
        return Skipped(place, shown, "its text is not in this export" if titles else "it has no title in this export")
    title, body = found[0]
    notes = tuple(Note("language", text(other.get("title"))[:60]) for other, _ in found[1:])
    updated = text(title.get("updated_at"))[:10]
    return Item(
        place, (text(title["title"]),), Text(body, "html"), key=f"answer {name}", theme=_category(assets, one), as_of=updated, notes=notes
    )


def _all(assets: Mapping[str, Any], kind: str) -> list[Mapping[str, Any]]:
    found = assets.get(kind)
    return [one for one in found.values() if isinstance(one, Mapping)] if isinstance(found, Mapping) else []


def _content(assets: Mapping[str, Any], title: Mapping[str, Any]) -> str:
    contents = assets.get(_CONTENTS)
    one = contents.get(text(title.get("content_id"))) if isinstance(contents, Mapping) else None
    return text(one.get("body")) if isinstance(one, Mapping) else ""


def _category(assets: Mapping[str, Any], one: Mapping[str, Any]) -> str:
    found = (title for title in _all(assets, "KnowledgeBaseCategoryTranslation") if title.get("category_id") == one.get("category_id"))
    return next((text(title.get("title")) for title in found), "")


def _records(value: Any) -> list[tuple[str, Any]]:
    """The records of a list, or of the first list that an object holds under a usual name."""
    if isinstance(value, list):
        return [(f"[{number}]", one) for number, one in enumerate(value)]
    if not isinstance(value, Mapping):
        return []
    key = next((key for key in _LISTS if isinstance(value.get(key), list)), "")
    return [(f"{key}[{number}]", one) for number, one in enumerate(value[key])] if key else []


def _keys(one: Any) -> dict[str, list[str]]:
    """The keys of a record by the role that their names give them; empty if question and answer are not among them."""
    if not isinstance(one, Mapping):
        return {}
    names = [str(key) for key in one]
    columns = columns_of(names)
    return {role: [names[number] for number in columns.of(role)] for role in set(columns.roles.values())} if columns else {}


def _record(one: Any, place: str) -> Found:
    keys = _keys(one)
    if not keys:
        return Skipped(place, str(one)[:80], "it has no question with an answer")
    question, answer = (next((value for key in keys[role] if (value := text(one[key])).strip()), "") for role in ("question", "answer"))
    status = _STATUS.get(text(one.get("status")).lower(), "")
    if status or any(key in one and (is_off(one[key]) or one[key] is None) for key in _HIDDEN):
        return Skipped(place, question[:80], f"it is {status or 'switched off'}, not public")
    if not question.strip() or not answer.strip():
        return Skipped(place, (question or answer)[:80], "it has no answer" if question else "it has no question")
    name = text(one.get("slug"))
    return Item(
        place,
        (question, *_wordings(one, keys)),
        Text(answer, _markup(one, answer)),
        key=f"record {text(one.get('id') or one.get('faq_id')) or place}",
        name=re.sub(r"^\d{8,}-", "", name),  # Chatwoot puts the time before it
        theme=_theme(one, keys),
        as_of=next((text(one[key])[:10] for key in keys.get("as_of", ()) if text(one[key])), ""),
        notes=_rest(one),
    )


def _wordings(one: Mapping[str, Any], keys: Mapping[str, list[str]]) -> list[str]:
    """Further wordings. osTicket's keywords are single words that make no wordings of their own."""
    found: list[str] = []
    for key in keys.get("alternates", ()):
        value = one[key]
        if key != "keywords":
            found += [text(part) for part in value] if isinstance(value, list) else re.split(r"[\n|;]+", text(value))
    return [part.strip() for part in found if part.strip()]


def _theme(one: Mapping[str, Any], keys: Mapping[str, list[str]]) -> str:
    for key in keys.get("theme", ()):
        value = one[key]
        found = text(value) or (text(value.get("name") or value.get("title")) if isinstance(value, Mapping) else "")
        if found and not found.isdigit():
            return found
    return ""


def _markup(one: Mapping[str, Any], answer: str) -> Markup:
    """Chatwoot's articles are Markdown, osTicket's answers HTML."""
    return "markdown" if "content" in one and "<p" not in answer else "guess"


def _rest(one: Mapping[str, Any]) -> tuple[Note, ...]:
    """Keywords and notes of the staff, which nobody asks and nobody is told."""
    return tuple(Note("metadata", f"{key}: {text(one[key])}"[:60]) for key in ("keywords", "notes") if text(one.get(key)).strip())
