"""Everything that was measured in one run, for whoever writes it down."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.evaluate.cases import Case
from bot.evaluate.leave_one_out import Own, Pair, confused
from bot.evaluate.measure import OUTCOMES, Result, by_kind, rows, sums
from bot.evaluate.metrics import NAMES, Figures, Row, figures, percent

OWN = "leave-one-out"


@dataclass(frozen=True, slots=True)
class Section:
    """A set of questions with figures of its own, as the reports show it."""

    title: str
    figures: Figures
    rows: tuple[Row, ...]
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A limit ("right of kind plain", ">= 90") and what was measured, 0..100 (None: nothing was)."""

    name: str
    wanted: str
    measured: float | None
    met: bool

    def __str__(self) -> str:
        told = "not measured" if self.measured is None else f"{self.measured:.2f}"
        return f"{'met' if self.met else 'missed'}: {self.name} is {told}, wanted {self.wanted}"


@dataclass(frozen=True, slots=True)
class Summary:
    """One run. `kb` is the version of the base; `seen` are the cases that measure nothing; `own` is None where it was not asked for."""

    kb: str
    results: Sequence[Result] = ()
    seen: Sequence[Case] = ()
    own: Own | None = None
    verdicts: tuple[Verdict, ...] = ()

    @property
    def missed(self) -> list[Verdict]:
        return [verdict for verdict in self.verdicts if not verdict.met]

    @property
    def sections(self) -> list[Section]:
        """The labelled rows and the left-out questions, whichever there are."""
        found = []
        if self.results:
            labelled = rows(self.results)
            found.append(Section("labelled questions", figures(labelled), tuple(labelled), confused(self.results)))
        if self.own:
            found.append(Section(OWN, self.own.figures, self.own.rows, self.own.pairs))
        return found


def key_of(name: str) -> str:
    """How files of limits and JSON call a sum: "in scope" -> "in-scope"."""
    return name.replace(" ", "-")


def values(summary: Summary) -> dict[tuple[str, ...], float | None]:
    """Every number that can have a limit (0..100), by its path in a file of limits: ("plain", "right") or ("ece",)."""
    found: dict[tuple[str, ...], float | None] = {}
    for name, counts in (by_kind(summary.results) | sums(summary.results)).items():
        found |= {(key_of(name), outcome): percent(counts[outcome], counts.total()) for outcome in OUTCOMES}
    for section in summary.sections:
        above = (OWN,) if section.title == OWN else ()
        found |= {(*above, name): section.figures.named()[name] for name in NAMES}
    return found
