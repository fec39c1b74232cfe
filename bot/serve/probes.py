"""For the operator's tools: is the process alive, does it answer, what has it counted."""

from typing import Any

from fastapi import APIRouter, Depends
from prometheus_client import CONTENT_TYPE_LATEST
from pydantic import BaseModel, Field
from starlette.responses import PlainTextResponse, Response

from bot.serve.conversations import Conversations
from bot.serve.http.access import Access
from bot.serve.outgoing.sender import Sender
from bot.serve.schemas import problems


class Log(BaseModel):
    """The state of the question log in one worker."""

    working: bool
    fault: str | None = Field(
        description="null, or that there is one; the log on standard error says which, since this may be open to everybody"
    )
    waiting: int = Field(description="records that wait to be written")
    dropped: int = Field(description="records that were dropped since the start")


class Sending(BaseModel):
    """What is to be sent to other systems, of all workers."""

    waiting: int = Field(description="messages that wait to be delivered")
    failed: int = Field(description="messages that were given up; 'factotum log' lists them")
    oldest: str | None = Field(description="when the first of those that wait was put there, RFC 3339")


class Ready(BaseModel):
    """Whether the worker that was asked answers questions, and what is wrong with it. It goes on answering without its log, and while a
    changed base is faulty."""

    ready: bool
    kb: str
    entries: int
    problems: list[str] = Field(description="why a changed knowledge base is not in force")
    log: Log | None = Field(description="null if no log is kept")
    outbox: Sending | None = Field(description="null if nothing is set by which anything is sent")


def routes(conversations: Conversations, access: Access, sender: Sender | None) -> APIRouter:
    """The probes. Each tells of one worker, except the counters, which are those of all."""
    router, guarded, refusals = APIRouter(), [Depends(access.admit_probe)], problems("no-token", "too-many")

    @router.get("/healthz", operation_id="healthz", response_class=PlainTextResponse)
    async def healthz() -> Response:
        """Whether the process runs. Pages of any origin may read that: so the widget can tell one that is not named from no connection."""
        return PlainTextResponse("ok\n", headers={"Access-Control-Allow-Origin": "*"})

    @router.get("/readyz", operation_id="readyz", dependencies=guarded, responses=refusals)
    async def readyz() -> Ready:
        """Whether questions are answered, and what is wrong."""
        kb = conversations.base.bot.kb
        problems = list(conversations.base.problems[:20])
        log, outbox = _log(conversations), _sending(sender)
        return Ready(ready=True, kb=kb.version, entries=len(kb.entries), problems=problems, log=log, outbox=outbox)

    @router.get("/metrics", operation_id="metrics", response_class=PlainTextResponse, dependencies=guarded, responses=refusals)
    def metrics() -> Response:
        """Counters in Prometheus' text format."""
        return Response(conversations.metrics.page(), media_type=CONTENT_TYPE_LATEST)

    return router


def _log(conversations: Conversations) -> Log | None:
    if conversations.log is None:
        return None
    state: Any = conversations.log.state()
    return Log(
        working=state.working,
        fault=None if state.working else "the database does not take records",
        waiting=state.waiting,
        dropped=state.dropped,
    )


def _sending(sender: Sender | None) -> Sending | None:
    if sender is None:
        return None
    state = sender.state
    return Sending(waiting=state.waiting, failed=state.failed, oldest=state.oldest.isoformat() if state.oldest else None)
