"""What the service counts, for Prometheus. Each worker writes to files that all of them read, so that totals are those of all workers."""

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Literal

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

from bot.questionlog.outbox import OutboxState
from bot.questionlog.writer import WriterState

_VERSION = version("factotum-faq")
_STATM, _PAGE = Path("/proc/self/statm"), 4096 if sys.platform == "win32" else os.sysconf("SC_PAGE_SIZE")

FOLDER_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"

_CHANNELS = frozenset(
    "api widget page rasa hook mail chatwoot django_helpdesk freshdesk mattermost rt slack telegram zammad zendesk".split()
)
"""Those that are counted by name: anybody may call a channel as he likes, and each name would be a series of its own for ever."""

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5)


@dataclass(frozen=True, slots=True)
class Metrics:
    """The counters of one process."""

    registry: CollectorRegistry
    requests: Counter
    seconds: Histogram
    replies: Counter
    decisions: Histogram
    judged: Counter
    contexts: Counter
    waiting: Gauge
    dropped: Gauge
    down: Gauge
    faulty: Gauge
    workers: Gauge
    entries: Gauge
    past_review: Gauge
    memory: Gauge
    unsent: Gauge
    failed: Gauge

    @classmethod
    def new(cls) -> "Metrics":
        """New counters at zero, in a registry of their own."""
        registry = CollectorRegistry()
        return cls(
            registry,
            Counter("factotum_requests", "Requests by route and status", ["route", "status"], registry=registry),
            Histogram("factotum_request_seconds", "From the header's end to the last byte", ["route"], buckets=_SECONDS, registry=registry),
            Counter("factotum_replies", "Replies by channel, status and reason", ["channel", "status", "reason"], registry=registry),
            Histogram(
                "factotum_decision_seconds",
                "Time to find a reply, including the wait of long messages",
                buckets=_SECONDS,
                registry=registry,
            ),
            Counter("factotum_feedback", "Replies that were judged", ["helpful"], registry=registry),
            Counter("factotum_contexts_refused", "Contexts whose signature did not match", registry=registry),
            _gauge("factotum_log_waiting", "Records that wait to be written", registry),
            _gauge("factotum_log_dropped", "Records that were dropped since the start", registry),
            _gauge("factotum_log_down", "Workers whose database cannot be reached", registry),
            _gauge("factotum_base_faulty", "Workers with a changed base that is not in force", registry),
            _gauge("factotum_workers", "Workers by version of the program and hash of the base", registry, labels=("version", "kb")),
            _gauge("factotum_entries", "Entries of the base in force", registry, "livemax"),
            _gauge("factotum_entries_past_review", "Entries past the day by which they were to be checked again", registry, "livemax"),
            _gauge("factotum_resident_bytes", "Memory of all workers", registry),
            _gauge("factotum_outbox_waiting", "Messages to other systems that wait to be delivered", registry, "livemax"),
            _gauge("factotum_outbox_failed", "Messages to other systems that were given up", registry, "livemax"),
        )

    def requested(self, route: str, status: int, seconds: float) -> None:
        self.requests.labels(route, str(status)).inc()
        self.seconds.labels(route).observe(seconds)

    def replied(self, channel: str, status: str, reason: str | None, seconds: float, *, refused: bool) -> None:
        self.replies.labels(channel if channel in _CHANNELS else "other", status, reason or "").inc()
        self.decisions.observe(seconds)
        if refused:
            self.contexts.inc()

    def feedback(self, helpful: bool) -> None:
        self.judged.labels("yes" if helpful else "no").inc()

    def measured(self, log: WriterState | None, *, faulty: bool) -> None:
        """Sets the gauges from the state of the question log and of the base."""
        self.waiting.set(log.waiting if log else 0)
        self.dropped.set(log.dropped if log else 0)
        self.down.set(bool(log and not log.working))
        self.faulty.set(faulty)

    def based(self, kb: str, before: str, entries: int, past_review: int) -> None:
        """Sets the gauges of the base in force; `before` is the hash of the one that was in force when they were set last."""
        if before != kb:
            self.workers.labels(_VERSION, before).set(0)
        self.workers.labels(_VERSION, kb).set(1)
        self.entries.set(entries)
        self.past_review.set(past_review)
        if _STATM.is_file():  # Linux alone has it
            self.memory.set(int(_STATM.read_text().split()[1]) * _PAGE)

    def sent(self, outbox: OutboxState) -> None:
        """Sets the gauges from the state of the outbox, which all workers share."""
        self.unsent.set(outbox.waiting)
        self.failed.set(outbox.failed)

    def page(self) -> bytes:
        """All counters, of every worker if there are several, in Prometheus' text format."""
        registry, folder = self.registry, os.environ.get(FOLDER_VARIABLE)
        if folder:
            _forget_the_dead(Path(folder))
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return generate_latest(registry)


def _forget_the_dead(folder: Path) -> None:
    """Drops the gauges of workers that have ended; their counters stay in the totals."""
    for pid in {file.stem.rpartition("_")[2] for file in folder.glob("gauge_live*.db")}:
        try:
            os.kill(int(pid), 0)
        except ProcessLookupError:
            mark_process_dead(int(pid), str(folder))  # type: ignore[no-untyped-call]


def _gauge(
    name: str, about: str, registry: CollectorRegistry, mode: Literal["livesum", "livemax"] = "livesum", labels: Sequence[str] = ()
) -> Gauge:
    return Gauge(name, about, labels, registry=registry, multiprocess_mode=mode)
