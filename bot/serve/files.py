"""The files that browsers load: style and picture of the help page, and the widget, joined from its parts when the service starts."""

import gzip
import hashlib
import json
import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.resources import files

from fastapi import APIRouter, Request
from starlette.responses import Response

STATIC = files("bot.serve") / "static"
PARTS = (
    "settings", "language", "elements", "keeping", "service", "colours", "reply", "tools", "asking", "panel", "opening", "start",
)  # fmt: skip
"""The parts of the widget (static/widget/NAME.js), in the order in which they are joined; `head.js` comes first."""

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
_TAKES_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?![\d.]))", re.I)
_NAMES = "mount, destroy, open, close, ask"


def routes() -> APIRouter:
    """A route for each file, open to everybody."""
    router = APIRouter(include_in_schema=False)
    for name, text in served().items():
        kind = _TYPES[name[name.rindex(".") :]]
        router.add_api_route(f"/{name}", File.of(text.encode(), kind).serve, methods=["GET", "HEAD"])
    return router


@cache
def served() -> Mapping[str, str]:
    """The text of every file by its path below the service's address."""
    plain = {name: (STATIC / name).read_text("utf-8") for name in ("page.css", "icon.svg")}
    return (
        plain | {"widget.js": _script(), "widget.mjs": _module()} | {f"strings/{name}.json": json.dumps(found) for name, found in words()}
    )


def integrity() -> str:
    """The hash of the widget for the attribute `integrity` of its tag (W3C Subresource Integrity, 2016)."""
    return "sha384-" + b64encode(hashlib.sha384(served()["widget.js"].encode()).digest()).decode()


def words() -> list[tuple[str, dict[str, str]]]:
    """The widget's own words by language (ISO 639-1), in the order of the codes."""
    found = sorted((file.name.removesuffix(".json"), file) for file in (STATIC / "strings").iterdir() if file.name.endswith(".json"))
    return [(name, json.loads(file.read_text("utf-8"))) for name, file in found]


def _script() -> str:
    return f'{_part("head.js")}((from) => {{\n{_body()}}})("");\n'


def _module() -> str:
    return f"{_part('head.js')}export const {{ {_NAMES} }} = ((from) => {{\n{_body()}}})(import.meta.url);\n"


def _body() -> str:
    """The parts in one function, which shares no name with the page."""
    texts = dict(words())
    data = {"VERSION": version("factotum-faq"), "LANGUAGES": list(texts), "ENGLISH": texts["en"], "STYLE": _squeezed(_part("widget.css"))}
    given = "".join(f"const {name} = {json.dumps(value, ensure_ascii=False)};\n" for name, value in data.items())
    return '"use strict";\n' + given + "\n".join(_part(f"{name}.js") for name in PARTS)


def _squeezed(style: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"/\*.*?\*/", "", style, flags=re.S)).strip()


def _part(name: str) -> str:
    return (STATIC / "widget" / name).read_text("utf-8")


@dataclass(frozen=True, slots=True)
class File:
    """A file of the page or the widget, ready to send, plain and compressed."""

    plain: bytes
    packed: bytes
    kind: str
    tag: str

    @classmethod
    def of(cls, content: bytes, kind: str) -> "File":
        return cls(content, gzip.compress(content, 9, mtime=0), kind, f'W/"{hashlib.sha256(content).hexdigest()[:16]}"')

    async def serve(self, request: Request) -> Response:
        """The file, or 304 for a browser that already has it (RFC 9110, 2022, section 13.1.2)."""
        headers = {
            "ETag": self.tag,
            "Cache-Control": "no-cache",
            "Vary": "Accept-Encoding",
            "Access-Control-Allow-Origin": "*",  # for tags with `integrity`, modules, and to tell an unlisted page in its language
            "Cross-Origin-Resource-Policy": "cross-origin",  # the widget is for the pages of others
        }
        if self.tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        packed = bool(_TAKES_GZIP.search(request.headers.get("accept-encoding", "")))
        headers |= {"Content-Encoding": "gzip"} if packed else {}
        return Response(self.packed if packed else self.plain, 200, headers, self.kind)
