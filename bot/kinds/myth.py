"""A mistaken belief with the fact.

The fact comes first and last and the mistake is told once, with a warning before it (S. Lewandowsky et al., The Debunking Handbook 2020);
but whoever asks whether it is true reads the verdict first, and whoever asks something beside it the fact and what to remember. Whoever
rightly denies it is told so, without hearing it again, where that is sure; else the fact comes first.
"""

from bot.kinds.kind import CONFIRMED, UNVOICED, Kind, Part

_FACT_FIRST: tuple[Part, ...] = (("fact", "answer"), ("warning", "warning"), ("why", "why"), ("fact", "remember"))

KIND = Kind(
    name="myth",
    about="a mistaken belief with the fact",
    is_entry=True,
    has_claim=True,
    parts={
        "": (("warning", "warning"), ("fact", "answer"), ("why", "why"), ("fact", "remember")),
        "asserts_myth": _FACT_FIRST,
        "denies_myth": _FACT_FIRST,
        UNVOICED: (("fact", "answer"), ("fact", "remember"), ("warning", "warning"), ("why", "why")),
        CONFIRMED: (("fact", "answer"), ("fact", "remember")),
    },
)
