"""A source that is watched while somebody listens through it: its level moves a meter."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from voice_checkin.speech.checkup import Severity
from voice_checkin.speech.levels import dbfs, judge_level
from voice_checkin.speech.ports import SAMPLE_RATE_HZ, Block, Source

if TYPE_CHECKING:
    from voice_checkin.speech.ports import Samples

Show: TypeAlias = Callable[[float, str], None]
"""Level in dBFS, and what is wrong so far, "" for nothing."""
TOLD_AFTER_S = 1.0
"""So much sound is heard before anything is said against it."""


class MeteredSource:
    """Hands on the blocks of a source, remembers them until the next `discard`, and shows their level."""

    def __init__(self, source: Source, platform: str) -> None:
        self._source = source
        self._platform = platform
        self._show: Show | None = None
        self._blocks: list[Block] = []

    def show_on(self, show: Show | None) -> None:
        """Show the level of each further block there; nowhere for None."""
        self._show = show

    def read(self) -> Block:
        """The next block. Raises as the source does."""
        block = self._source.read()
        self._blocks.append(block)
        if self._show:
            self._show(dbfs(block.samples), self._wrong_so_far())
        return block

    def discard(self) -> None:
        """Forget what was heard up to now."""
        self._source.discard()
        self._blocks.clear()

    def close(self) -> None:
        """Let go of the source, and of what was heard."""
        self._source.close()
        self._blocks.clear()

    def heard(self, from_s: float = float("-inf"), to_s: float = float("inf")) -> "Samples":
        """What was heard in blocks that began from then on, and before then; (n,) at 16 kHz."""
        pieces = [block.samples for block in self._blocks if from_s <= block.at_s < to_s]
        return np.concatenate(pieces) if pieces else np.zeros(0, np.int16)

    def _wrong_so_far(self) -> str:
        heard = self.heard()
        if len(heard) < TOLD_AFTER_S * SAMPLE_RATE_HZ:
            return ""
        finding = judge_level(heard, None, self._platform)
        return f"{finding.told} - {finding.remedy}" if finding.severity is Severity.WRONG else ""
