"""The help page: questions, answers and entries in a browser, with or without scripts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import parse_qs, urlsplit

import orjson
from fastapi import APIRouter, Depends, Request
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from bot.answering.layout import LISTS
from bot.answering.templates import say
from bot.knowledge import themes_of
from bot.reply import Block, Reply, Span
from bot.serve.conversations import Answered, Conversations, Message
from bot.serve.files import integrity
from bot.serve.http.access import Access, same_site
from bot.serve.http.limits import MOST_TEXT
from bot.serve.http.problems import Refused
from bot.serve.settings import Settings

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store",  # a page may hold what a person asked
    "Referrer-Policy": "same-origin",  # with no-referrer our own form would say "Origin: null", as a stranger's does
}
GLYPHS = {"incorrect": "✕", "misleading": "!", "unproven": "?", "outdated": "↺"}

_RUNS = (*LISTS, "more")  # roles whose blocks stand together in one element
_ELSEWHERE = (
    "This form was sent by another site. Please ask on this page itself. If this is that page, its operator has to set FACTOTUM_PUBLIC_URL "
    "to the address of it, or to let the proxy pass on the header Host."
)
_MOST_FIELDS = 20
_LONGEST_COMMENT = 1000

_pages = Environment(loader=PackageLoader("bot.serve"), autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
_pages.globals.update(glyphs=GLYPHS, most=MOST_TEXT)


def routes(conversations: Conversations, settings: Settings, access: Access) -> APIRouter:
    """The pages. `access` decides who sees them and counts what is asked here too."""
    router = APIRouter(include_in_schema=False)
    pages = Pages(conversations, settings, access)
    closed = [Depends(access.admit_reader)]
    router.add_api_route("/", pages.home, methods=["GET", "HEAD"], dependencies=closed)
    router.add_api_route("/", pages.ask, methods=["POST"], dependencies=closed)
    router.add_api_route("/feedback", pages.feedback, methods=["POST"], dependencies=closed)
    router.add_api_route("/entries/{entry_id}", pages.entry, methods=["GET", "HEAD"], dependencies=closed)
    router.add_api_route("/embed", pages.embed, methods=["GET", "HEAD"], dependencies=closed)
    return router


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages."""

    conversations: Conversations
    settings: Settings
    access: Access

    async def home(self) -> Response:
        return self._index()

    async def ask(self, request: Request) -> Response:
        """The answer to a form: to the typed text, a pressed option, or one of the fixed sentences."""
        form = await _form(request)
        refusal = self._refusal(request, form)
        if refusal is not None:
            return refusal
        message = Message(form.get("say") or form.get("text", ""), form.get("choice") or None, _context(form), "page")
        pressed = message.choice or form.get("say")
        if not pressed and not message.text.strip():
            return self._index(form, "Please type a question.", 422)
        answered = await self.conversations.respond(message)
        if answered is None:
            return self._index(form, "That entry is no longer there.", 404)
        return self._index({"text": form.get("text", "") if pressed else ""}, **self._answered(message, answered))

    async def feedback(self, request: Request) -> Response:
        """Takes feedback on a reply; the conversation continues."""
        form = await _form(request)
        refusal = self._refusal(request, form)
        if refusal is not None:
            return refusal
        helpful = {"yes": True, "no": False}.get(form.get("helpful", ""))
        comment = form.get("comment", "").strip()[:_LONGEST_COMMENT] or None
        if helpful is None or not self.conversations.feedback(form.get("reply_id", ""), helpful, comment):
            return self._index(form, "There is no such answer to judge any more.", 404)
        return self._index(form, thanks=True)

    async def entry(self, entry_id: str) -> Response:
        """An entry by itself, with its sources."""
        bot = self.conversations.base.bot
        shown = bot.show(entry_id)
        if shown is None or not shown.reply.answers:
            return self._refused("There is no such entry", "It may have had another name, or it has expired.", 404, "../")
        question = bot.kb.entries[entry_id].question
        return self._page("entry.html", up="../", question=question, parts=parts(shown.reply, question))

    async def embed(self, request: Request) -> Response:
        """How to put the widget on another page."""
        return self._page("embed.html", address=self.settings.public_url or str(request.base_url), integrity=integrity())

    def _refusal(self, request: Request, form: Mapping[str, str]) -> Response | None:
        """The page that says why a form is not accepted, with what was typed still in its field; None if it is accepted."""
        if not same_site(request, self.settings):
            return self._refused("Not from here", _ELSEWHERE, 403)
        if len(form.get("text", "")) > MOST_TEXT:
            return self._index(form, f"That is too long. Please shorten it to {MOST_TEXT} characters.", 413)
        try:
            self.access.count(request)
        except Refused as refused:
            wait = (refused.headers or {}).get("Retry-After", "some")
            page = self._index(form, f"Too many questions just now. Your text is still here; please try again in {wait} seconds.", 429)
            page.headers.update(refused.headers or {})
            return page
        return None

    def _index(self, form: Mapping[str, str] = {}, fault: str = "", status: int = 200, **values: Any) -> Response:
        """The start page, or the page with an answer. `form` holds what was typed and the conversation so far."""
        context = values.pop("context", None) or _context(form) or {}
        given = {"asked": "", "thanks": False, "fault": fault, "up": "", **values}
        written = orjson.dumps(context).decode() if context else ""
        themes = {} if given["asked"] else dict(sorted(themes_of(self.conversations.base.bot.kb.entries.values()).items()))
        number = str(context.get("conversation", ""))
        return self._page("index.html", status, draft=form.get("text", ""), context=written, number=number, themes=themes, **given)

    def _answered(self, message: Message, answered: Answered) -> dict[str, Any]:
        reply = answered.reply
        chosen = self.conversations.base.bot.kb.entries.get(message.choice or "")
        asked = chosen.question if chosen else message.text
        return {
            "asked": asked,
            "forgotten": answered.refused,
            "urgent": reply.reason == "danger",
            "parts": parts(reply, asked),
            "options": reply.options,
            "judged": reply.status in ("answer", "none"),
            "reply_id": answered.reply_id,
            "context": reply.context,
        }

    def _refused(self, heading: str, text: str, status: int, up: str = "") -> Response:
        return self._page("refused.html", status, heading=heading, text=text, up=up)

    def _page(self, template: str, status: int = 200, **values: Any) -> Response:
        kb = self.conversations.base.bot.kb
        notice, banner = (say(kb.settings.wording, name) for name in ("unofficial", "banner"))
        site = {"title": self.settings.title, "notice": notice, "banner": banner, "kb": kb.version, "entries": len(kb.entries)}
        return HTMLResponse(_pages.get_template(template).render({"up": "", "site": site, **values}), status, HEADERS)


async def _form(request: Request) -> dict[str, str]:
    """The fields of a form, of several with one name the last; empty if the body is not a form of ours."""
    body = (await request.body()).decode("utf-8", "replace")
    try:
        found = parse_qs(body, keep_blank_values=True, max_num_fields=_MOST_FIELDS, errors="replace")
    except ValueError:
        return {}
    return {name: values[-1].replace("\r\n", "\n") for name, values in found.items()}


def _context(form: Mapping[str, str]) -> dict[str, Any] | None:
    try:
        found = orjson.loads(form.get("context", ""))
        return found if isinstance(found, dict) and orjson.dumps(found) else None
    except (ValueError, TypeError):  # not JSON, or JSON that cannot be written again
        return None


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a list: its text, where it leads, what follows the text, and the host of its address."""

    text: str
    spans: Sequence[Span] = ()
    ref: str | None = None
    rest: str = ""
    host: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph, or the lines of one list."""

    role: str
    text: str = ""
    spans: Sequence[Span] = ()
    verdict: str | None = None
    over_a_list: bool = False
    items: Sequence[Item] = ()


def parts(reply: Reply, asked: str) -> list[Part]:
    """A reply's blocks as the template lays them out, in their order: all of them but a heading that repeats what was asked."""
    return list(_parts([block for block in reply.blocks if block.role != "heading" or block.text != asked]))


def _parts(blocks: Sequence[Block]) -> Iterator[Part]:
    after = [*(block.role for block in blocks[1:]), ""]
    for role, run in groupby(zip(blocks, after, strict=False), key=lambda pair: pair[0].role):
        if role in _RUNS:
            yield Part(role, items=[_item(block) for block, _ in run])
        else:
            yield from (Part(role, block.text, _spans(block), block.verdict, following in LISTS) for block, following in run)


def _item(block: Block) -> Item:
    text, spans = block.label or block.text, _spans(block)
    if block.role != "source":
        return Item(block.text if block.role in ("option", "related") else text, spans, block.ref)
    host = _host(block.ref or "")
    return Item(text, spans, block.ref if host else None, block.detail or "", host.removeprefix("www."))


def _spans(block: Block) -> list[Span]:
    """The pieces of a text; those with an address that a browser must not follow lead nowhere."""
    return [span if _followed(span.href or "") else Span(span.text, None) for span in block.spans]


def _followed(address: str) -> bool:
    return address.partition(":")[0] in ("mailto", "tel") or bool(_host(address))


def _host(address: str) -> str:
    """The host of a web address; empty for any other address, which does not become a link."""
    try:
        found = urlsplit(address)
    except ValueError:
        return ""
    return found.netloc if found.scheme in ("http", "https") else ""
