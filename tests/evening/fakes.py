"""Hand-made stand-ins for everything an evening needs, which write down what happens in one list."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from voice_checkin.errors import JournalError
from voice_checkin.evening.model import Answer, Listen, Manner, Match, Night, Plan, Turn, Utterance
from voice_checkin.evening.ports import EndOfInput, Spoken


@dataclass
class Home:
    """Ear, voice, journal, clock and trace at once; `log` holds what happened, in order."""

    heard: list[str | None]
    """What the ear hears, turn by turn: None is silence; behind the last one the input ends."""
    full_after: int = 99
    """The disk is full after so many answers."""
    log: list[tuple[str, str]] = field(default_factory=list)
    moments: list[tuple[str, float, dict[str, object]]] = field(default_factory=list)
    now_s: float = 0.0
    name: str = "fake"

    # Clock

    def now(self) -> datetime:
        """Always the same evening."""
        return datetime(2026, 3, 1, 21, 0, tzinfo=UTC)

    def monotonic_s(self) -> float:
        """A second passes with every look."""
        self.now_s += 1
        return self.now_s

    # Ear

    def listen(self, listen: Listen) -> Utterance | None:
        """The next thing that is heard."""
        self.log.append(("listen", listen.turn.question))
        if not self.heard:
            raise EndOfInput
        text = self.heard.pop(0)
        return None if text is None else Utterance(text, self.monotonic_s(), self.monotonic_s(), 0.1)

    # Voice

    def prepare(self, lines: Sequence[str]) -> None:
        """Lines are made ready."""
        self.log += [("prepare", line) for line in lines]

    def say(self, line: str) -> Spoken:
        """A line is spoken."""
        self.log.append(("say", line))
        return Spoken(self.monotonic_s(), self.monotonic_s())

    def rest(self, seconds: float) -> Spoken:
        """Quiet, and a chime."""
        self.log.append(("rest", f"{seconds:.0f}"))
        return Spoken(self.monotonic_s(), self.monotonic_s())

    def adjust(self, manner: Manner) -> None:
        """The voice changes."""
        self.log.append(("adjust", f"{manner.rate:.2f}"))

    def close(self) -> None:
        """Nothing to let go of."""

    # Journal

    def keep(self, night: Night, answer: Answer) -> None:  # noqa: ARG002 - there is only one night
        """An answer is kept, unless the disk is full."""
        if sum(what == "keep" for what, _ in self.log) >= self.full_after:
            raise JournalError("the disk is full", remedy="make room")
        self.log.append(("keep", answer.said))

    def strike(self, night: Night, turn: Turn, *, plan_only: bool = False) -> None:  # noqa: ARG002 - as above
        """An answer is removed."""
        self.log.append(("strike", turn.question))

    def keep_plan(self, night: Night, turn: Turn, plan: Plan) -> None:  # noqa: ARG002 - as above
        """A plan is kept."""
        self.log.append(("plan", plan.said))

    def settle(self, plan: Plan) -> None:
        """A plan is settled."""
        self.log.append(("settle", str(plan.outcome)))

    def learn(self, words: Sequence[str]) -> None:
        """Words are learned."""
        self.log += [("learn", word) for word in words]

    def hear_tip(self, day: date, tip: str, night: Night | None = None) -> None:  # noqa: ARG002 - as above
        """A tip was heard."""
        self.log.append(("tip", tip))

    def close_night(self, night: Night, at: datetime, *, completed: bool) -> None:  # noqa: ARG002 - as above
        """The night is over."""
        self.log.append(("close", str(completed)))

    # Trace

    def note(self, event: str, at_s: float, turn: Turn | None = None, **facts: object) -> None:
        """A moment."""
        self.moments.append((event, at_s, {"question": turn.question if turn else None, **facts}))


class Subtitles:
    """A screen that shows into the same log."""

    def __init__(self, home: Home) -> None:
        self._home = home

    def said(self, line: str) -> None:
        """A line that is being spoken."""
        self._home.log.append(("subtitle", line))

    def listening(self, turn: Turn) -> None:
        """Whose turn it is."""

    def heard(self, turn: Turn, text: str, match: Match) -> None:  # noqa: ARG002 - as the port has it
        """An answer."""
        self._home.log.append(("heard", text))

    def note(self, words: str) -> None:
        """What is only shown."""
        self._home.log.append(("shown", words))
