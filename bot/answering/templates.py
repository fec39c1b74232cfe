"""The fixed sentences, and how names are filled in."""

from collections.abc import Mapping

DEFAULTS: Mapping[str, str] = {
    "banner": "Factotum answers questions from a curated knowledge base and shows its sources.",
    "help": "Type a question and press Enter.",
    "clarify": "I am not sure which of these you mean:",
    "did-you-mean": "Did you mean:",
    "not-said": "Our sources do not say {aspect}. The nearest questions that I can answer:",
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
    "person": "You would like to talk to a person. I am a program and cannot connect you with anybody by myself.",
    "passed-on": "I have passed this conversation on to a person, with what was said so far.",
    "taken": "A person has this conversation now, so I leave it to them.",
    "not-meant": "Then perhaps one of these:",
    "more": "That is all that my answer says. You may want to read on:",
    "nothing-more": "I have no more on that.",
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


def say(wording: Mapping[str, str], name: str, **values: str | None) -> str:
    """A fixed sentence with its {names} filled in; other braces stay as they are."""
    return fill(wording.get(name, DEFAULTS[name]), values)


def fill(template: str, values: Mapping[str, str | None]) -> str:
    """The template with each {name} replaced by its value. A missing value is replaced by nothing, and brackets around it go too."""
    text = template
    for name, value in values.items():
        text = text.replace("{" + name + "}", value or "")
    text = text.replace(" ()", "")
    return " ".join(text.split()) if "\n" not in text else text
