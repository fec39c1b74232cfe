"""What an operator's tools ask: is it alive, is it well, what has it counted."""

from typing import Any

from fastapi import APIRouter
from prometheus_client import CONTENT_TYPE_LATEST
from pydantic import BaseModel, Field
from starlette.responses import PlainTextResponse, Response

from bot.serve.conversations import Desk


class Log(BaseModel):
    """The state of the question log in one worker."""

    working: bool
    fault: str | None = Field(description="null, or that there is one; the journal says which, as this page is for everybody")
    waiting: int = Field(description="records that wait for the database")
    dropped: int = Field(description="records that were dropped since the start")


class Ready(BaseModel):
    """Whether the worker that was asked answers questions, and what is wrong with it. It answers on without its log or a changed base."""

    ready: bool
    kb: str
    entries: int
    problems: list[str] = Field(description="why a changed knowledge base is not in force")
    log: Log | None = Field(description="null if none is kept")


def routes(desk: Desk) -> APIRouter:
    """The probes. They are of one worker, but for the counters, which are of all."""
    router = APIRouter()

    @router.get("/healthz", operation_id="healthz", response_class=PlainTextResponse)
    async def healthz() -> str:
        """Whether the process runs."""
        return "ok\n"

    @router.get("/readyz", operation_id="readyz")
    async def readyz() -> Ready:
        """Whether questions are answered, and what is wrong."""
        kb = desk.standing.bot.kb
        return Ready(ready=True, kb=kb.version, entries=len(kb.entries), problems=list(desk.standing.problems[:20]), log=_log(desk))

    @router.get("/metrics", operation_id="metrics", response_class=PlainTextResponse)
    def metrics() -> Response:
        """Counters in Prometheus' text format."""
        return Response(desk.metrics.page(), media_type=CONTENT_TYPE_LATEST)

    return router


def _log(desk: Desk) -> Log | None:
    if desk.log is None:
        return None
    state: Any = desk.log.state()
    return Log(
        working=state.working,
        fault=None if state.working else "the database does not take records",
        waiting=state.waiting,
        dropped=state.dropped,
    )
