"""Puts the application together: its middleware and its routes, in order."""

import asyncio
import gc
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from types import MethodType
from typing import Any

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware

from bot.clock import clock
from bot.engine import Bot
from bot.load import folder_of
from bot.questionlog.outbox import Outbox
from bot.questionlog.takeovers import Takeovers
from bot.redaction.redact import redactor
from bot.serve import api, files, page, people, probes, settings
from bot.serve.answering_process import AnsweringProcess, warm
from bot.serve.base_name import name_of
from bot.serve.beginnings import Beginnings
from bot.serve.channels import CHANNELS, hooks, wiring
from bot.serve.channels.inbox import Inboxes
from bot.serve.context_store import ContextStore
from bot.serve.conversations import Conversations
from bot.serve.desk import Desk
from bot.serve.fresh_keys import FreshKeys
from bot.serve.heartbeat import heartbeat
from bot.serve.http import problems
from bot.serve.http.access import Access
from bot.serve.http.access_log import AccessLog
from bot.serve.http.hosts import Hosts
from bot.serve.http.journal import Journal, Origins
from bot.serve.http.limits import BodyLimit
from bot.serve.http.sub_path import SubPath
from bot.serve.live_base import LiveBase, watch
from bot.serve.log_setup import QuestionLog, open_log
from bot.serve.metrics import Metrics
from bot.serve.outgoing.sender import Sender
from bot.serve.outgoing.ways import HANDOFF, ways_of
from bot.serve.schemas import described
from bot.serve.settings import Settings
from bot.serve.signing import Signing

ABOUT = "Answers questions from a curated knowledge base and shows its sources. Errors are problem details (RFC 9457)."

_ASKED = ["Authorization", "Content-Type", "X-Request-Id"]
_TOLD = ["Factotum-Context", "Retry-After", "X-Request-Id"]


def create() -> FastAPI:
    """The application of the settings in force, as each worker makes it. Raises BotError."""
    given = settings.read()
    return build(given, lambda: Bot.load(given.intents, clock=clock))


def build(given: Settings, load: Callable[[], Bot]) -> FastAPI:
    """An application with these settings. `load` reads the base now, and again after each change of its folder. Raises BotError."""
    base = LiveBase.load(lambda: warm(load()), folder_of(given.intents))
    redact = redactor(lambda: base.bot.kb)
    metrics, kept, access = Metrics.new(), open_log(given, redact), Access.of(given)
    conversations, beginnings = _conversations(given, base, kept, metrics), Beginnings(kept.store, now)
    contexts = ContextStore(kept.store, kept.working, conversations.now, given.context_hours, redact)
    inboxes, sender = _sending(given, conversations, contexts)
    app = FastAPI(
        title=given.title,
        description=ABOUT,
        version=version("factotum-faq"),
        docs_url=None,
        redoc_url=None,
        root_path_in_servers=False,
        servers=[{"url": given.public_url.rstrip("/")}] if given.public_url else None,
        lifespan=_lifespan([*_tasks(conversations, access, given, load, inboxes, sender), beginnings.watch], conversations, kept),
        middleware=_middleware(given, metrics),
    )
    problems.add_to(app)
    for router in (
        api.routes(conversations, contexts, given, access, beginnings),
        people.routes(conversations, access),
        probes.routes(conversations, access, sender),
        page.routes(conversations, given, access),
        files.routes(),
        *(made(conversations, contexts, access) for made in CHANNELS),
        hooks.routes(inboxes, access),
    ):
        app.include_router(router)
    app.openapi = MethodType(described, app)  # type: ignore[method-assign]
    return app


def _conversations(given: Settings, base: LiveBase, kept: QuestionLog, metrics: Metrics) -> Conversations:
    process, desk = AnsweringProcess(given.answer_seconds), None
    if kept.store and kept.writer:
        named = [name for name in HANDOFF if name in ways_of(given, now)]
        desk = Desk(Outbox(kept.store), Takeovers(kept.store), kept.writer, now, named, given.handoff_danger)
    return Conversations(base, Signing.of(given.keys), kept.writer, metrics, process, name_of(given), now, desk=desk)


def _sending(given: Settings, conversations: Conversations, contexts: ContextStore) -> tuple[Inboxes, Sender | None]:
    """What takes messages of other systems in, and what sends to them; nothing without a database, or where nothing is set."""
    if conversations.desk is None:
        return {}, None
    woken, outbox = asyncio.Event(), conversations.desk.outbox
    inboxes = wiring.inboxes_of(given, conversations, contexts, outbox, woken.set)
    ways = {**ways_of(given, now), **wiring.ways_of(inboxes, given, now)}
    return inboxes, Sender(outbox, ways, now, woken=woken) if ways else None


def now() -> datetime:
    """The time, aware."""
    return datetime.now(UTC)


def _middleware(given: Settings, metrics: Metrics) -> list[Middleware]:
    """What stands before every route, the outermost first."""
    journal = Journal()
    return [
        Middleware(AccessLog, metrics=metrics),
        Middleware(SubPath, path=given.sub_path),
        Middleware(Hosts, names=given.host_names, journal=journal),
        Middleware(Origins, settings=given, journal=journal),
        Middleware(CORSMiddleware, allow_origins=given.origins, allow_methods=["GET", "POST"], allow_headers=_ASKED, expose_headers=_TOLD),
        Middleware(BodyLimit, seconds=given.body_seconds),
    ]


Task = Callable[[], Coroutine[Any, Any, None]]


def _tasks(
    conversations: Conversations, access: Access, given: Settings, load: Callable[[], Bot], inboxes: Inboxes, sender: Sender | None
) -> list[Task]:
    """What runs beside the requests as long as the application serves."""
    base, folder = conversations.base, folder_of(given.intents)
    tasks: list[Task] = [lambda: heartbeat(conversations, access, FreshKeys.of(conversations, access).look, sender=sender)]
    if conversations.desk:
        tasks.append(conversations.desk.watch)
    if sender:
        tasks.append(sender.run)
        tasks.extend(watch.run for watch in wiring.watches_of(inboxes, given, sender.outbox.store))
    if given.reload_seconds:
        tasks.append(lambda: watch(base, load, folder, given.reload_seconds))
    return tasks


def _lifespan(tasks: list[Task], conversations: Conversations, kept: QuestionLog) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        gc.freeze()  # the base stays; there is nothing in it to collect
        running = [asyncio.create_task(task()) for task in tasks]
        try:
            yield
        finally:
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)
            await asyncio.to_thread(kept.close)
            await asyncio.to_thread(conversations.process.close)

    return lifespan
