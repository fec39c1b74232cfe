"""The bodies that the API takes and returns, and its OpenAPI 3.1 document. The tests send its examples."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel, ConfigDict, Field

from bot.kinds import EntryKind
from bot.render.schema import Schema, json_schema
from bot.reply import Reply
from bot.serve.http.limits import MOST_TEXT
from bot.serve.http.problems import KINDS, MEDIA_TYPE

EntryId = Annotated[str, Field(max_length=100, description="the id of an entry")]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Ask(_Body):
    """A message, or instead the entry that was chosen from those that the last reply offered, or what a button asks for. Of several
    `choice` counts first, then `intent`; without any of them the message is empty."""

    # No field has a default in the schema, and none excludes another there: of both, generators make clients that cannot be used
    # (openapi-typescript 7 demands a field with a default, openapi-python-client 0.29 drops a model with `oneOf` beside `properties`).

    text: Annotated[str, Field(max_length=MOST_TEXT)] | None = Field(
        default=None, description="what the person typed; this, `choice` or `intent`"
    )
    choice: Annotated[EntryId, Field(min_length=1)] | None = Field(None, description="the id of an option or of a related question")
    intent: Literal["person"] | None = Field(default=None, description="somebody is to take over: for a button, which needs no words")
    context: dict[str, Any] | None = Field(None, description="the context of the last reply, unchanged; one that was changed is ignored")
    channel: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_.-]{0,39}$")] | None = Field(
        default=None, description="where the question was asked, in a word of yours; api if left out"
    )
    conversation: str | None = Field(
        default=None,
        min_length=1,
        max_length=200,
        description="the channel's own id of the conversation, such as a ticket's; then the service keeps the context, and who knows the id"
        " goes on with it",
    )
    page: str | None = Field(default=None, max_length=2000, description="address of the page where it was asked, for who takes over")


class Explain(_Body):
    """A message; the decision on it is explained."""

    text: str = Field(max_length=MOST_TEXT)
    context: dict[str, Any] | None = None


class Judgement(_Body):
    """Feedback on a reply."""

    reply_id: str = Field(max_length=200)
    helpful: bool
    comment: str | None = Field(default=None, max_length=1000)


class Question(BaseModel):
    """An entry to begin with."""

    id: str
    question: str


class Theme(BaseModel):
    """A topic of the knowledge base."""

    theme: str
    entries: int = Field(description="the number of its entries")


class About(BaseModel):
    """What this service is, and what to offer who has not asked yet."""

    title: str
    notice: str = Field(description="what it is not; show this wherever it answers")
    banner: str
    kb: str = Field(description="hash of the knowledge base")
    entries: int = Field(description="the number of entries")
    hands_over: bool = Field(description="whether a conversation can be passed on to people: show a button for it only then")
    asked: list[Question] = Field(
        description="the questions that were answered most in the last 30 days, by the question log; at most four"
    )
    examples: list[Question] = Field(description="further ones, so that there are four")
    topics: list[Theme] = Field(description="the topics, by name")


class Topic(BaseModel):
    """An entry in the list of entries."""

    id: str
    kind: EntryKind
    theme: str
    question: str
    version: str


class Topics(BaseModel):
    """The entries in force."""

    kb: str
    entries: list[Topic]


EXAMPLES: Mapping[str, Mapping[str, Any]] = {
    "Ask": {
        "a question": {"text": "what is a red notice"},
        "a choice": {"choice": "red-notice"},
        "a button for a person": {"intent": "person"},
        "a message of a ticket": {"text": "what is a red notice", "channel": "tickets", "conversation": "4711"},
        "a context without a signature": {"text": "and who pays for it?", "context": {"version": 1, "topic": "red-notice"}},
    },
    "Explain": {"a question": {"text": "is a red notice an arrest warrant"}},
}
"""Bodies that the tests send unchanged. Feedback is missing here: it needs the id of a reply."""


def problems(*names: str) -> dict[int | str, dict[str, Any]]:
    """The error responses of a route, as OpenAPI describes them."""
    body = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    found: dict[int | str, dict[str, Any]] = {}
    for name in names:
        kind = KINDS[name]
        headers = {"Retry-After": {"schema": {"type": "integer"}, "description": "seconds"}} if kind.status == 429 else {}
        found[kind.status] = {"description": kind.title, "content": body, "headers": headers}
    return found


def described(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document of an application, with the reply's schema as `factotum schema reply` prints it."""
    if app.openapi_schema is None:
        document = get_openapi(
            title=app.title, version=app.version, description=app.description, routes=app.routes, servers=app.servers or None
        )
        parts = document["components"]
        parts["schemas"] |= reply_schemas() | {"Problem": _PROBLEM}
        for unused in ("HTTPValidationError", "ValidationError"):
            parts["schemas"].pop(unused, None)
        parts["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
        app.openapi_schema = document
    return app.openapi_schema


def reply_schemas(reply: type = Reply) -> dict[str, Schema]:
    """The schemas of what is sent: Reply, and its parts as reply-NAME."""
    schema = json_schema(reply, "#/components/schemas/reply-")
    parts = {f"reply-{name}": part for name, part in schema.pop("$defs").items()}
    schema.pop("$schema")
    schema["properties"]["reply_id"] = {"type": "string", "description": "names this reply in POST /v1/feedback"}
    schema["required"].append("reply_id")
    return {**parts, "Reply": schema}


_PROBLEM = {
    "type": "object",
    "description": "RFC 9457",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "description": "address of a page about this kind of problem"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["detail"],
                "properties": {"detail": {"type": "string"}, "pointer": {"type": "string"}, "parameter": {"type": "string"}},
            },
        },
    },
}
