"""A reply's parts -> what a person reads, as blocks that a renderer may colour or wrap but not change."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.reply import Answer, Block, CitedSource, Option, Reply, Role

DEFAULTS: Mapping[str, str] = {
    "banner": "Factotum answers questions from a curated knowledge base and shows its sources.",
    "help": "Type a question and press Enter.",
    "clarify": "I am not sure which of these you mean:",
    "nearest": "The nearest questions that I can answer:",
    "stale": "This was due to be checked again by {review_by}; it may be out of date.",
    "several": "That name fits several:",
    "read_as": "I read {typed} as {read}.",
    "myth": "A common mistake ({verdict}): “{claim}”",
    "confirmed": "That is right:",
    "corrected": "That is not what our sources say:",
    "unofficial": "",
    "asked": "You asked: “{asked}”",
    "gap": "I have no answer to “{asked}”.",
    "hint": "Please try other or fewer words.",
    "second-miss": "I still have no answer to that.",
    "third-miss": "I am sorry, I cannot help with this.",
    "not-meant": "Then perhaps one of these:",
    "more": "That is all that my answer says. You may want to read on:",
    "nothing-more": "My last answer is all that I have on that.",
    "in-part": "From my last answer:",
    "sources": "My last answer rests on these sources:",
    "no-sources": "My last answer names no source.",
    "age": "My last answer is as of {as_of} and rests on {sources} sources, listed below. I took it for what you asked with a score of"
    " {score} of 100. I can be wrong: the sources count.",
    "undated": "an unknown date",
    "left-out": "I did not read what looks like quoted mail, a signature or a notice.",
    "gone": "That question is no longer among those that I can answer.",
    "none-of-these": "Then I have no answer to it. Please ask in other words.",
    "no-words": "I see no words in that. Please type a question.",
    "other-script": "I read only English. Please ask in English.",
    "too-short": "That is too short for me. Please type a question.",
    "unknown-words": "I have no answer to that. I do not know these words: {words}.",
    "other-subject": "I have no answer to that: it names something that I know nothing about.",
    "out-of-scope": "That is outside what I know.",
    "below-threshold": "I have no answer to that.",
    "gibberish": "I cannot make words of that. Please type a question.",
    "other-language": "I read only English. Please ask in English.",
    "declined": "I cannot help with that.",
    "expired": "I had an answer to that, but it expired on {expires} and has not been checked since.",
}
"""The fixed sentences. A base replaces any of them in its settings.yaml."""


_MOST_TOLD = 5  # corrections told to a person; programs get them all


def say(wording: Mapping[str, str], name: str, **values: str | None) -> str:
    """A fixed sentence with its {names} filled in; braces that stand for nothing stay as they are."""
    return fill(wording.get(name, DEFAULTS[name]), values)


def fill(template: str, values: Mapping[str, str | None]) -> str:
    """The template with {name} replaced by each value; a missing value leaves nothing, not even its brackets."""
    text = template
    for name, value in values.items():
        text = text.replace("{" + name + "}", value or "")
    text = text.replace(" ()", "")
    return " ".join(text.split()) if "\n" not in text else text


def blocks(reply: Reply, wording: Mapping[str, str], lead: str = "", heading: str = "") -> list[Block]:
    """What a person is shown of a reply, in order. `lead` is the sentence of a reply without answers, `heading` stands over all."""
    found = [
        Block("note", say(wording, "read_as", typed=f"“{item.typed}”", read=f"“{item.read}”")) for item in reply.corrections[:_MOST_TOLD]
    ]
    if heading:
        found.append(Block("heading", heading))
    if lead:
        found.extend(Block("text", paragraph) for paragraph in lead.split("\n\n"))
    several = len(reply.answers) + len(reply.unanswered) > 1 and bool(reply.answers)
    for answer in reply.answers:
        found.extend([Block("heading", say(wording, "asked", asked=answer.asked))] if several else ())
        found.extend(_answer(replace(answer, related=[]) if several else answer, wording))
    if several:
        found.extend(Block("gap", say(wording, "gap", asked=item.asked)) for item in reply.unanswered)
    if reply.options and reply.status == "none":
        found.append(Block("heading", say(wording, "nearest")))
    found.extend(listed("option", reply.options))
    return found


def listed(role: Role, options: Sequence[Option]) -> list[Block]:
    """Entries as numbered lines."""
    return [Block(role, f"{number}. {option.question}", option.id) for number, option in enumerate(options, 1)]


def _answer(answer: Answer, wording: Mapping[str, str]) -> list[Block]:
    found = _paragraphs(answer)
    if answer.stale:
        found.append(Block("caveat", say(wording, "stale", review_by=answer.review_by)))
    if answer.as_of:
        found.append(Block("dated", f"As of {answer.as_of}."))
    if answer.sources:
        found.append(Block("heading", "Sources:"))
        found.extend(Block("source", f"- {source_line(source)}", source.url) for source in answer.sources)
    if answer.related:
        found.append(Block("heading", "Related questions:"))
        found.extend(listed("related", answer.related))
    return found


def _paragraphs(answer: Answer) -> list[Block]:
    """The paragraphs of an answer; those of a myth stand in an order that the stance gives (compose)."""
    texts, roles = answer.text.split("\n\n"), _roles(answer)
    if len(roles) != len(texts):
        return [Block("text", text) for text in texts]
    return [Block(role, text) for role, text in zip(roles, texts, strict=True)]


def _roles(answer: Answer) -> tuple[Role, ...]:
    if answer.kind != "myth":
        return ()
    if answer.agreement:
        return ("fact", "fact")
    return ("fact", "warning", "why", "fact") if answer.stance == "asserts_myth" else ("warning", "fact", "why", "fact")


def source_line(source: CitedSource) -> str:
    """Title, publisher, dates, kind where it matters for trust, and the address."""
    title = source.title.rstrip(".")
    dates = f"published {source.published}" if source.published else "undated"
    copy = {"archive": ", in an archived copy", "mirror": ", in a copy elsewhere", "live": ""}[source.via]
    kind = f" ({source.kind})" if source.kind in ("commercial", "press", "ngo") else ""
    parts = [f"{title}{f', {source.at}' if source.at else ''}", f"{source.publisher}{kind}", f"{dates}, read {source.checked}{copy}"]
    return ". ".join(parts) + "." + (f" {source.url}" if source.url else "")


def plain(found: Sequence[Block]) -> str:
    """The blocks as plain text: paragraphs apart, lists together."""
    lines: list[str] = []
    for before, block in zip((None, *found), found, strict=False):
        if before and not (_in_a_list(block) and (_in_a_list(before) or before.role == "heading")):
            lines.append("")
        lines.append(block.text)
    return "\n".join(lines)


def _in_a_list(block: Block) -> bool:
    return block.role in ("source", "option", "related")
