"""The terminal: subtitles of the evening, and a playground."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeAlias

from voice_checkin.evening.model import Expects, Match, Turn

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

Terminal: TypeAlias = "Console"
"""What is written to."""
Styled: TypeAlias = "Text"
"""Words, and how they look where there is colour."""

_UNCLEAR = "unclear"
_SHOWN = 4
"""So much of the evidence is shown: the rest weighs little."""
_CONTROLS = dict.fromkeys({*range(32), *range(127, 160)} - {ord("\t"), ord("\n")})
"""Typed or imported words may hold sequences that would steer the terminal: they are left out."""


def console() -> "Console":
    """The terminal that this program writes to, or the pipe."""
    from rich.console import Console

    return Console(highlight=False, soft_wrap=True)


class Subtitles:
    """Shows what is said and what was understood, as it happens."""

    def __init__(self, out: "Console", *, typed: bool) -> None:
        self._out = out
        self._typed = typed
        """Whether answers are typed on this terminal, and stand there already."""
        self._hearing = ""

    def said(self, line: str) -> None:
        """A line that is being spoken."""
        self.hearing("")
        self._out.print(styled(f"» {line}", "bold"))

    def listening(self, turn: Turn) -> None:
        """Whose turn it is to speak; on a terminal where answers are typed, the place to type."""
        if self._typed:
            self._out.print(styled(f"  {turn.partner}: ", "cyan"), end="")

    def hearing(self, words: str) -> None:
        """What has been heard so far of an answer: one line of a terminal, drawn over; nothing in a pipe."""
        if words == self._hearing or not self._out.is_terminal:
            return
        from rich.control import Control
        from rich.segment import ControlType

        self._hearing = words
        self._out.control(Control(ControlType.CARRIAGE_RETURN, (ControlType.ERASE_IN_LINE, 2)))
        self._out.print(styled(f"  {words}"[-self._out.width + 1 :], "dim"), end="")

    def heard(self, turn: Turn, text: str, match: Match) -> None:
        """An answer, and how it was understood."""
        self.hearing("")
        said = "" if self._typed else f"{turn.partner}: {text}  "
        self._out.print(styled(f"  {said}", "cyan") + styled(f"[{match.meaning or _UNCLEAR}]", "dim"))

    def note(self, words: str) -> None:
        """A word about the evening itself, such as which ear is listening."""
        self.hearing("")
        self._out.print(styled(words, "dim italic"))


class Playground:
    """For those who write content: type a sentence, see what it means and what weighed for it."""

    def __init__(self, out: "Console") -> None:
        self._out = out

    def opened(self) -> None:
        """What one can do here."""
        kinds = ", ".join(f"/{kind}" for kind in Expects)
        self._out.print("Type what somebody might say, and see how it is read. An empty line ends this.")
        self._out.print(f"Another kind of question: {kinds}", style="dim")

    def ask(self, kind: Expects) -> str:
        """One sentence; "" at the end."""
        try:
            return self._out.input(f"{kind}> ", markup=False).strip()
        except EOFError:
            return ""

    def told(self, match: Match, evidence: Sequence[tuple[str, int]]) -> None:
        """The meaning, how certain it is, the rule that decided, and what spoke for it and against it."""
        value = "" if match.value is None else f" ({match.value})"
        self._out.print(styled(f"  {match.meaning or _UNCLEAR}{value}", "bold"), end="")
        runner_up = f"; next to it: {match.runner_up}" if match.runner_up else ""
        self._out.print(styled(f"  {match.score:.0f} of 100, {match.why}{runner_up}", "dim"))
        for feature, weight in evidence[:_SHOWN]:
            self._out.print(styled(f"    {weight / 100:+.2f}  {_named(feature)}", "dim"))


def show_models(out: "Console", models: Sequence[tuple[str, str, str]]) -> None:
    """A line a model: its name, what it is, and whether it is here."""
    for name, kind, standing in models:
        out.print(styled(name, "bold") + styled(f"  {kind}: {standing}"))


def _named(feature: str) -> str:
    """A feature in words."""
    if feature.startswith("|"):
        return f"a clause begins with: {feature[1:]}"
    if feature.startswith("~"):
        return f"without endings: {feature[1:]}"
    return feature.replace("<", "(beginning)").replace(">", "(end)").replace("?", "(unknown word)")


@contextmanager
def redrawn(out: "Console") -> Iterator[Callable[["Text"], None]]:
    """One line of a terminal that is drawn over and over, and gone at the end."""
    from rich.live import Live

    with Live(console=out, auto_refresh=False, transient=True) as live:
        yield lambda words: live.update(words, refresh=True)


def styled(words: str, style: str = "") -> "Text":
    """Words as they are: what people said may hold brackets that rich would read as markup."""
    from rich.text import Text

    return Text(words.translate(_CONTROLS), style=style)
