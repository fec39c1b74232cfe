"""Places in a text that a program would fill in. What fills them is not here, so an answer that has one is refused."""

import re

_ANY = re.compile(r"\{\{.{0,200}?\}\}|\{%.{0,200}?%\}|<%.{0,200}?%>|[$#]\{[^{}]*\}", re.S)
"""Handlebars, Mustache, Liquid and Jinja; ERB; JavaScript's and Ruby's."""

_SLOT = re.compile(r"\{[A-Za-z_][\w.:-]*\}")
"""A slot of Rasa."""

_PARAMETER = re.compile(r"(?<![\w$])\$[A-Za-z_][\w.-]*|#[\w-]+\.[\w.-]+")
"""A parameter of Dialogflow ES, or one of a context."""


def filled_in(text: str) -> str:
    """The first place of a text that a program would fill in; "" if there is none."""
    return _first(_ANY, text) if "{" in text or "<%" in text else ""


def slot(text: str) -> str:
    """The first slot of a Rasa response; "" if there is none."""
    return _first(_SLOT, text)


def parameter(text: str) -> str:
    """The first parameter in a Dialogflow response; "" if there is none."""
    return _first(_PARAMETER, text)


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[0][:40] if found else ""
