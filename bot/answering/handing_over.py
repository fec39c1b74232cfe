"""What the bot says when a conversation goes to a person, and while a person has it."""

from dataclasses import replace

from bot.answering.layout import paragraphs, plain
from bot.answering.templates import say
from bot.knowledge import KnowledgeBase
from bot.reply import Handoff, Reply


def passed_on(reply: Reply, kb: KnowledgeBase) -> Reply:
    """A reply once its conversation was passed on. To who asked for a person it says that and nothing else: the base's own words for this
    say that nobody can be reached from here."""
    where = kb.settings.handoff
    told = [] if reply.reason == "asked-for-human" else list(reply.blocks)
    told += paragraphs("text", say(kb.settings.wording, "passed-on"))
    told += paragraphs("text", where) if reply.reason == "asked-for-human" else []
    return replace(reply, text=plain(told), blocks=told, handoff=Handoff(text=where, wanted=True, passed_on=True))


def taken(kb: KnowledgeBase, *, forwarded: bool) -> Reply:
    """The reply to a message of a conversation that a person has. `forwarded`: whether the message was passed on to them."""
    told = paragraphs("text", say(kb.settings.wording, "taken"))
    handoff = Handoff(text=kb.settings.handoff, wanted=True, passed_on=forwarded)
    return Reply(status="handoff", reason="taken", text=plain(told), kb=kb.version, handoff=handoff, blocks=told)
