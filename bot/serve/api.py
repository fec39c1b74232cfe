"""The API for programs: /v1."""

import hashlib
from dataclasses import dataclass
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Body, Depends, Path, Query, Request
from fastapi.openapi.models import Example
from starlette.responses import Response

from bot.answering.templates import say
from bot.knowledge import Entry, themes_of
from bot.serve import threads
from bot.serve.beginnings import Beginnings, examples
from bot.serve.context_store import ContextStore
from bot.serve.conversations import Answered, Conversations, Message
from bot.serve.http.access import Access
from bot.serve.http.problems import Refused
from bot.serve.schemas import EXAMPLES, About, Ask, EntryId, Explain, Judgement, Question, Theme, Topics, problems
from bot.serve.settings import Settings

Route = dict[str, Any]

_COMMON = ("bad-request", "no-token", "not-allowed", "wrong-host", "too-many", "fault")
_WITH_BODY = (*_COMMON, "too-slow", "too-large", "not-json", "invalid")
_OPEN: Route = {"security": [{}, {"token": []}]}
_CLOSED: Route = {"security": [{"token": []}]}

AskBody = Annotated[Ask, Body(openapi_examples={name: Example(value=value) for name, value in EXAMPLES["Ask"].items()})]
ExplainBody = Annotated[Explain, Body(openapi_examples={name: Example(value=value) for name, value in EXAMPLES["Explain"].items()})]


def routes(conversations: Conversations, contexts: ContextStore, settings: Settings, access: Access, beginnings: Beginnings) -> APIRouter:
    """Everything under /v1 that asks and reads, and who may call which route."""
    api, router = Api(conversations, contexts, settings, beginnings), APIRouter()
    sent: Route = {"methods": ["POST"], "dependencies": [Depends(access.admit_json)], "openapi_extra": _OPEN}
    curated: Route = {"methods": ["POST"], "dependencies": [Depends(access.admit_curator)], "openapi_extra": _CLOSED}
    read: Route = {"methods": ["GET"], "dependencies": [Depends(access.admit)], "openapi_extra": _OPEN}
    told = {200: _json("The reply", "Reply"), **problems(*_WITH_BODY, "not-found", "not-ready")}
    router.add_api_route("/v1/ask", api.ask, operation_id="ask", responses=told, **sent)
    router.add_api_route("/v1/explain", api.explain, operation_id="explain", responses=problems(*_WITH_BODY, "not-ready"), **curated)
    told = problems(*_WITH_BODY, "not-found")
    router.add_api_route(
        "/v1/feedback", api.feedback, operation_id="feedback", responses=told, status_code=202, response_class=Response, **sent
    )
    router.add_api_route("/v1/about", api.about, operation_id="about", responses=problems(*_COMMON), **read)
    told = {200: {"model": Topics}, **problems(*_COMMON, "invalid")}
    router.add_api_route("/v1/entries", api.entries, operation_id="entries", responses=told, **read)
    told = {200: _json("The entry", "reply-answer"), **problems(*_COMMON, "not-found", "invalid")}
    router.add_api_route("/v1/entries/{entry_id}", api.entry, operation_id="entry", responses=told, **read)
    return router


@dataclass(frozen=True, slots=True)
class Api:
    """What each route does."""

    conversations: Conversations
    contexts: ContextStore
    settings: Settings
    beginnings: Beginnings

    async def ask(self, body: AskBody) -> Response:
        """The reply to a message."""
        message = Message(body.text or "", body.choice, body.context, body.channel or "api", intent=body.intent, page=body.page)
        answered = await self._answered(message, body.conversation)
        if answered is None:
            raise Refused("not-found", "There is no such entry to choose.")
        return _reply(answered)

    async def _answered(self, message: Message, outer: str | None) -> Answered | None:
        if outer is None:
            return await self.conversations.respond(message)
        return await threads.respond(message, outer, self.conversations, self.contexts)

    async def explain(self, body: ExplainBody) -> Response:
        """How the decision on each question of a message came about, with everything that led to it."""
        return _plain(await self.conversations.explain(body.text, body.context))

    async def feedback(self, body: Judgement) -> Response:
        """Notes whether a reply helped. The last judgement of a reply counts."""
        if not self.conversations.feedback(body.reply_id, body.helpful, body.comment):
            raise Refused("not-found", "There is no such reply.")
        return Response(status_code=202)

    async def about(self) -> About:
        """What this service is, and what it is not."""
        bot, desk = self.conversations.base.bot, self.conversations.desk
        notice, banner = (say(bot.kb.settings.wording, name) for name in ("unofficial", "banner"))
        asked, themes = self.beginnings.asked(bot), sorted(themes_of(bot.kb.entries.values()).items())
        return About(
            title=self.settings.title,
            notice=notice,
            banner=banner,
            kb=bot.kb.version,
            entries=len(bot.kb.entries),
            hands_over=bool(desk and desk.ways),
            asked=list(map(_question, asked)),
            examples=list(map(_question, examples(bot, asked))),
            topics=[Theme(theme=theme, entries=len(listed)) for theme, listed in themes],
        )

    async def entries(self, request: Request, theme: Annotated[str | None, Query(max_length=200)] = None) -> Response:
        """Every entry that can be answered, by theme; or those of one theme."""
        kb = self.conversations.base.bot.kb
        themes = sorted(themes_of(kb.entries.values()).items())
        found = [_topic(entry, name) for name, listed in themes if theme in (None, name) for entry in listed]
        return _fresh(request, {"kb": kb.version, "entries": found})

    async def entry(self, request: Request, entry_id: Annotated[EntryId, Path()]) -> Response:
        """An entry as it is answered, with its sources and dates."""
        bot = self.conversations.base.bot
        shown = bot.show(entry_id)
        if shown is None:
            raise Refused("not-found", "There is no such entry.")
        if not shown.reply.answers:
            raise Refused("not-found", "The entry has expired.")
        return _fresh(request, shown.reply.answers[0])


def _reply(answered: Answered) -> Response:
    """A reply as a response; a header says if the context was refused."""
    headers = {"Factotum-Context": "refused"} if answered.refused else None
    return Response(answered.as_json(), headers=headers, media_type="application/json")


def _json(about: str, schema: str) -> dict[str, Any]:
    return {"description": about, "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}}


def _plain(value: object) -> Response:
    return Response(orjson.dumps(value), media_type="application/json")


def _fresh(request: Request, value: object) -> Response:
    """A value with an entity tag, not sent again to a client that has it (RFC 9110, 2022, section 13.1.2).

    The tag is a hash of what is sent, not of the base: an answer becomes stale on a day, without any change of the base."""
    response = _plain(value)
    tag = f'W/"{hashlib.sha256(response.body).hexdigest()[:16]}"'
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers={"ETag": tag})
    response.headers.update({"ETag": tag, "Cache-Control": "no-cache"})
    return response


def _question(entry: Entry) -> Question:
    return Question(id=entry.id, question=entry.question)


def _topic(entry: Entry, theme: str) -> dict[str, str]:
    return {"id": entry.id, "kind": entry.kind, "theme": theme, "question": entry.question, "version": entry.version}
