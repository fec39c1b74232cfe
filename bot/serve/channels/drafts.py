"""Whether a reply may go out by itself, or is a draft for the agent; and what a draft tells the agent besides."""

from bot.reply import Answer, Reply
from bot.serve.setting_values import ChannelSettings

_AGENT_FIRST = ("danger", "declined")
"""Reasons of replies that no channel sends without an agent."""


def may_go_out(reply: Reply, given: ChannelSettings) -> bool:
    """Whether a reply goes out by itself: every question of the message has an answer of at least the channel's threshold, and none of them
    is stale. In a channel that `chats`, where somebody waits, so does what is no answer; danger and what is declined never does."""
    if reply.status == "answer":
        good = not reply.unanswered and all(item.score >= given.threshold and not item.stale for item in reply.answers)
        return given.answers and good
    return given.answers and given.chats and reply.reason not in _AGENT_FIRST


def note_of(reply: Reply) -> str:
    """What an agent has to know of a draft: on what it rests, and how certain it is."""
    lines = [_rests_on(item) for item in reply.answers] or [f"No answer: {reply.reason or reply.status}."]
    lines += [f"Not answered: {item.asked} ({item.reason})" for item in reply.unanswered]
    return "\n".join(lines)


def _rests_on(answer: Answer) -> str:
    stale = ", overdue for review" if answer.stale else ""
    sources = "; ".join(f"{item.title} {item.url or ''}".strip() for item in answer.sources)
    return f"Score {answer.score:.0f}{stale}: {answer.question} ({answer.id})" + (f"\nSources: {sources}" if sources else "")
