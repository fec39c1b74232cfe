"""A question of several with its answer -> the same, or that it has none: what answers must hold what is asked."""

from dataclasses import replace

from bot.dialogue.conversation import Conversation
from bot.dialogue.resolution import Resolution
from bot.dialogue.resolve import SURE
from bot.english.followups import own_words
from bot.english.sentences import asks
from bot.matching.decision import Answered, NoAnswer
from bot.matching.query import wording_query

HOLLOW = 2 / 3
"""The share of what a question of several asks (Candidate.uncovered) from which on an entry that lacks it does not answer it: "what does a
purple elephant cost" has .71 beside the Purple Notice. Chosen on tests/content/conversations.yaml."""

HALF = 1 / 2
"""The same share where the entry lacks just half of the question's own words: "how much does the Pope earn" has .51 beside the Vatican."""


def accounting(found: Resolution, conversation: Conversation) -> Resolution:
    """A question of several, unless what answers it hardly holds what it asks, or, not being sure, less than half of its own words (or
    half of them, where that is most of what it asks): among other questions nobody sees that it was not meant. Talk that holds half of
    the words of a question is no answer to it either."""
    if not isinstance(found.outcome, Answered):
        return found
    best = found.outcome.best.candidate
    own = set(wording_query(" ".join(own_words(found.text)), conversation.matcher.lexicon).readings[0])
    if not found.entry and not (len(own) > 1 and asks(found.text)):
        return found
    sure = found.score >= conversation.matcher.limits.above(SURE)
    lacking = 2 * len(own & set(best.missing)) - len(own) if own else -1
    hollow = best.uncovered > HOLLOW or (not sure and (lacking > 0 or (lacking == 0 and (best.uncovered > HALF or not found.entry))))
    return replace(found, how="apart", outcome=NoAnswer("below-threshold", (found.outcome.best,))) if hollow else found
