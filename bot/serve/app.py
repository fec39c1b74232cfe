"""The application: what stands before what, made of plain lists."""

import asyncio
import gc
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from importlib.metadata import version
from types import MethodType

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware

from bot.clock import clock
from bot.engine import Bot
from bot.load import folder_of
from bot.redaction.redact import redactor
from bot.serve import api, page, probes, problems, settings
from bot.serve.access import Door
from bot.serve.access_log import Journal
from bot.serve.channels import CHANNELS
from bot.serve.context_store import Memory
from bot.serve.conversations import Desk
from bot.serve.heartbeat import attend
from bot.serve.limits import Bodies
from bot.serve.live_base import Standing, watch
from bot.serve.log_setup import Notes, notes
from bot.serve.metrics import Metrics
from bot.serve.schemas import described
from bot.serve.settings import Settings
from bot.serve.signing import Seal

ABOUT = "Answers questions from a curated knowledge base and shows its sources. Errors are problem details (RFC 9457)."


def create() -> FastAPI:
    """The application of the settings in force, as each worker makes it. Raises BotError."""
    given = settings.read()
    return build(given, lambda: Bot.load(given.intents, clock=clock))


def build(given: Settings, load: Callable[[], Bot]) -> FastAPI:
    """An application with these settings, over the base that `load` gives now and after each change of its folder."""
    standing = Standing(_warm(load()))
    redact = redactor(lambda: standing.bot.kb)
    metrics, kept = Metrics.new(), notes(given, redact)
    desk = Desk(standing, Seal.of(given.keys), kept.writer, metrics)
    door, memory = Door.of(given), Memory(kept.store, kept.working, desk.now, given.context_hours, redact)
    app = FastAPI(
        title=given.title,
        description=ABOUT,
        version=version("factotum-faq"),
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan(desk, given, load, kept),
        middleware=[
            Middleware(Journal, metrics=metrics),
            Middleware(
                CORSMiddleware, allow_origins=given.origins, allow_methods=["GET", "POST"], allow_headers=_ASKED, expose_headers=_TOLD
            ),
            Middleware(Bodies, seconds=given.body_seconds),
        ],
    )
    problems.add_to(app)
    for router in (
        api.routes(desk, given, door),
        probes.routes(desk),
        page.routes(desk, given, door),
        *(made(desk, memory, door) for made in CHANNELS),
    ):
        app.include_router(router)
    app.openapi = MethodType(described, app)  # type: ignore[method-assign]
    return app


def _warm(bot: Bot) -> Bot:
    """The bot, once it has loaded what it loads only for a message that needs it: nobody who asks is to wait for that."""
    for text in (
        "a red notice is an arrest warrant",
        "hola, ¿dónde está la biblioteca y quién la paga?",
        "Dear all,\n\nwho are you?\n\nRegards,\nAnn",
    ):
        bot.ask(text)
    return bot


_ASKED = ["Authorization", "Content-Type", "X-Request-Id"]
_TOLD = ["Factotum-Context", "Retry-After", "X-Request-Id"]


def _lifespan(desk: Desk, given: Settings, load: Callable[[], Bot], kept: Notes) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        gc.freeze()  # the base stays; there is nothing in it to collect
        folder = folder_of(given.intents)
        tasks = [asyncio.create_task(attend(desk))]
        if given.reload_seconds:
            tasks.append(asyncio.create_task(watch(desk.standing, load, folder, given.reload_seconds)))
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await asyncio.to_thread(kept.close)

    return lifespan
