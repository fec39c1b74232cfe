"""How many questions no person had to answer: an estimate, from what people did with the answers.

At most: the questions answered, without those of replies judged "No" and those of conversations that were handed over to a person.
At least: as many of these as would be helpful if those who did not judge were as content as the least content group of people that the
judgements allow for: the lower end of Wilson's 95 % interval of the share of "Yes" (E. B. Wilson, JASA 22, 1927). Nobody knows how many
of them would have asked a person at all.
"""

from math import sqrt

from bot.reporting.report import Counts, Saved

_Z = 1.96
"""The quantile of the normal distribution for 95 %."""


def saved(counts: Counts, open_answers: int, handed_over: int) -> Saved:
    """The estimate. `open_answers`: questions answered that nothing speaks against; `handed_over`: answered ones of conversations that
    ended with a person and were not judged "No"."""
    judged = counts.helpful + counts.unhelpful
    least = int(open_answers * lower_end(counts.helpful, judged)) if judged else None
    unhelpful = counts.answered - open_answers - handed_over
    return Saved(counts.answered, unhelpful, handed_over, judged, counts.helpful, open_answers, least)


def lower_end(good: int, all_: int) -> float:
    """The lower end of Wilson's interval of a share (0..1). `all_` is not 0."""
    share, z2 = good / all_, _Z * _Z
    middle = share + z2 / (2 * all_)
    spread = _Z * sqrt(share * (1 - share) / all_ + z2 / (4 * all_ * all_))
    return max(0.0, (middle - spread) / (1 + z2 / all_))
