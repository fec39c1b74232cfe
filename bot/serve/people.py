"""For the people who take conversations over from the bot: take one, give it back. Both need a token."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path
from pydantic import BaseModel, Field

from bot.errors import BotError
from bot.serve.conversations import Conversations
from bot.serve.desk import Desk
from bot.serve.http.access import Access
from bot.serve.http.problems import Refused
from bot.serve.schemas import problems

Name = Annotated[str, Path(max_length=250, description="the id of the conversation, or CHANNEL:ID by the channel's own")]


class Line(BaseModel):
    """A message of a conversation."""

    at: str = Field(description="when, RFC 3339")
    sender: str = Field(alias="from", description="person or bot")
    text: str


class Held(BaseModel):
    """A conversation, and whether a person has it."""

    conversation: str = Field(description="our id of it")
    taken: bool
    transcript: list[Line] = Field(default=[], description="what was said so far; kept only where handing over is set")


def routes(conversations: Conversations, access: Access) -> APIRouter:
    """The two routes."""
    router = APIRouter()
    told = problems("no-token", "too-many", "not-ready", "invalid")
    given: dict[str, Any] = {
        "dependencies": [Depends(access.admit_curator)],
        "responses": told,
        "openapi_extra": {"security": [{"token": []}]},
    }

    @router.post("/v1/conversations/{conversation}/take", operation_id="take", **given)
    async def take(conversation: Name) -> Held:
        """Gives a conversation to a person: the bot answers nothing more in it, and passes messages on."""
        found = _id_of(conversation, conversations)
        try:
            said = await _desk(conversations).take(found)
        except BotError as error:
            raise Refused("not-ready", str(error)) from None
        return Held(conversation=found, taken=True, transcript=[Line.model_validate(line) for line in said])

    @router.post("/v1/conversations/{conversation}/give-back", operation_id="giveBack", **given)
    async def give_back(conversation: Name) -> Held:
        """Gives a conversation back to the bot."""
        found = _id_of(conversation, conversations)
        try:
            await _desk(conversations).give_back(found)
        except BotError as error:
            raise Refused("not-ready", str(error)) from None
        return Held(conversation=found, taken=False)

    return router


def _desk(conversations: Conversations) -> Desk:
    if conversations.desk is None:
        raise Refused("not-ready", "There is no database, in which it could be kept who has a conversation: set FACTOTUM_DATABASE.")
    return conversations.desk


def _id_of(name: str, conversations: Conversations) -> str:
    """The id of a conversation: as it is, or for CHANNEL:ID the pseudonym of the channel's own."""
    channel, given, outer = name.partition(":")
    return conversations.signing.pseudonym(channel, outer) if given else name
