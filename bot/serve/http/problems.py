"""The responses to requests that cannot be served: problem details (RFC 9457, 2023), all from one table."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: its HTTP status, its title, and what the caller can do about it."""

    status: int
    title: str
    mend: str


KINDS: Mapping[str, Kind] = {
    "bad-request": Kind(400, "The request cannot be read", "Send one JSON object in UTF-8."),
    "bad-signature": Kind(
        401, "The signature does not match", "Sign the body with the secret that the operator set for this channel, just now."
    ),
    "no-token": Kind(401, "A token is needed", "Send 'Authorization: Bearer TOKEN' with one of the tokens that the operator set."),
    "not-allowed": Kind(403, "Not from this page", "The operator has to name the page's origin in FACTOTUM_ORIGINS."),
    "not-found": Kind(404, "Not found", "GET /v1/entries lists the entries, /openapi.json the routes."),
    "wrong-method": Kind(405, "Method not allowed", "The header Allow names the methods of this route."),
    "too-slow": Kind(408, "The request did not arrive in time", "Send it again, in one go."),
    "too-large": Kind(413, "The request is too large", "Shorten the message."),
    "not-json": Kind(415, "Not JSON", "Send 'Content-Type: application/json'."),
    "invalid": Kind(422, "The request has missing or wrong values", "See 'errors' for each fault and where it is."),
    "too-many": Kind(429, "Too many requests", "Wait as many seconds as Retry-After says."),
    "header-too-large": Kind(431, "The header of the request is too large", "Send fewer or shorter headers."),
    "wrong-host": Kind(
        421,
        "Not under this name",
        "The operator has to name this host in FACTOTUM_ALLOWED_HOSTS, or the public address in FACTOTUM_PUBLIC_URL.",
    ),
    "fault": Kind(500, "A fault of ours", "Please report it with the request id; nothing of the message was kept."),
    "took-too-long": Kind(503, "It took too long", "Send a shorter message, or one question at a time."),
    "not-ready": Kind(503, "Not ready", "Try again in some seconds."),
}

_BY_STATUS = {kind.status: name for name, kind in KINDS.items()}


class Refused(Exception):  # noqa: N818 - a reply like any other, raised where it is noticed
    """A request is not served; `name` is the kind of problem, a key of KINDS."""

    def __init__(self, name: str, detail: str = "", headers: Mapping[str, str] | None = None) -> None:
        super().__init__(name)
        self.name, self.detail, self.headers = name, detail, headers


class Problem(Response):
    """Problem details, whose `type` lies below the path of the service."""

    def __init__(self, name: str, body: Mapping[str, Any], headers: Mapping[str, str] | None, below: str = "") -> None:
        super().__init__(json.dumps({"type": f"{below}/problems/{name}", **body}), body["status"], headers, MEDIA_TYPE)
        self.name, self.told, self.given = name, body, headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await Response.__call__(self.below(scope.get("root_path", "")), scope, receive, send)

    def below(self, path: str) -> "Problem":
        """The same, told below a path."""
        return Problem(self.name, self.told, self.given, path) if path else self


def response(name: str, detail: str = "", headers: Mapping[str, str] | None = None, **further: Any) -> Problem:
    """The response for a problem. `further` are members in addition to those of the standard."""
    kind = KINDS[name]
    return Problem(name, {"title": kind.title, "status": kind.status, "detail": detail or kind.mend, **further}, headers)


def add_to(app: FastAPI) -> None:
    """Turns every error of an application into a problem, and serves a page about each kind."""
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_api_route("/problems/{name}", explain, include_in_schema=False)


async def explain(name: str) -> Response:
    """Explains a kind of problem to a reader who follows its `type`."""
    kind = KINDS.get(name)
    if kind is None:
        return response("not-found")
    return Response(f"{kind.status} {kind.title}.\n\n{kind.mend}\n", media_type="text/plain")


async def _refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    return response(error.name, error.detail, error.headers)


async def _invalid(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    faults = error.errors()
    if any(item["type"] == "json_invalid" for item in faults):
        return response("bad-request")
    return response("invalid", errors=[_located(item["loc"], item["msg"]) for item in faults[:20]])


def _located(place: Sequence[str | int], message: str) -> dict[str, str]:
    """A fault and its place: a JSON pointer into the body (RFC 6901, 2013) or the name of a parameter. Never the value itself."""
    where, *rest = place or ("body",)
    if where != "body":
        return {"detail": message, "parameter": str(rest[-1] if rest else where)[:80]}
    steps = (str(step).replace("~", "~0").replace("/", "~1")[:80] for step in rest)
    return {"detail": message, "pointer": "#" + "".join(f"/{step}" for step in steps)}


async def _http(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return response(_BY_STATUS.get(error.status_code, "bad-request"), headers=error.headers)
