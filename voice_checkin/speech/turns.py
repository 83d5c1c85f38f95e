"""Whose turn it is: from the probability of speech, block by block, to where an answer begins and ends.

Pure: it sees numbers and times, no sound. The most hated fault of voice assistants is the answer
cut off, the next one a "yes" that waits; so how long a pause may be is each question's own.
"""

import math
from collections import deque
from enum import Enum, auto

from voice_checkin.speech.ports import BLOCK_S

SPEECH_BEGINS_AT = 0.5
"""Probability from which a block is speech..."""
SPEECH_GOES_ON_AT = 0.35
"""...and above which it stays speech: a voice that fades within a word has not ended."""
FIRST_WORD_BLOCKS = math.ceil(0.15 / BLOCK_S)
"""Less speech than this is a cough, a click or a door: recognisers hear "the" and "no" in those."""
FURTHER_WORD_BLOCKS = 2
"""Once somebody speaks, this much is speech again: now a cut-off answer costs more than a click."""
BURST_GAP_S = 0.3
"""Blocks of speech further apart than this are not of one word."""
MAY_BEGIN_AT = 0.1
"""A word's onset, soft as it is, has reached this probability within the last `ONSET_BLOCKS`..."""
ONSET_BLOCKS = 3
ONSET_S = 0.16
"""...and so much longer than the patience it may take to become speech. It lets 1.6 s of patience hold
pauses of 1.5 s: none of 120 stories was cut off, 2 without it (measured)."""
LONGEST_S = 180.0
"""No answer is longer: a television that talks on and on ends here."""


class Moment(Enum):
    """What has become of the turn after one more block."""

    WAITING = auto()
    """Nobody has spoken yet."""
    BEGAN = auto()
    """Somebody speaks, since `started_s`; said once."""
    SPEAKING = auto()
    """Still speaking, or in a pause of `pause_s` that is no end."""
    ENDED = auto()
    """The pause was long enough. The last word was over at `ended_s`."""
    SILENT = auto()
    """The time for the first word has passed."""


class TurnDetector:
    """Follows one turn. All times are seconds on the clock of the blocks."""

    def __init__(self, patience_s: float, first_word_s: float, longest_s: float = LONGEST_S) -> None:
        self.started_s: float | None = None
        """When the first word began; None until it counts as speech."""
        self.ended_s = 0.0
        """When the last block of speech was over."""
        self.pause_s = 0.0
        """Silence since then."""
        self.longest_pause_s = 0.0
        """The longest silence after which somebody spoke on."""
        self.weighed = False
        """Whether this pause has been given its own patience."""
        self._patience_s = self._usual_s = patience_s
        self._first_word_s = first_word_s
        self._longest_s = longest_s
        self._opened_s: float | None = None
        self._in_speech = False
        self._latest = deque([0.0], maxlen=ONSET_BLOCKS)
        self._burst_started_s = 0.0
        self._burst_ended_s = -math.inf
        self._burst_blocks = 0

    def wait(self, patience_s: float) -> None:
        """Let so many seconds of silence end the turn, in this pause; the next has the usual patience."""
        self._patience_s = patience_s
        self.weighed = True

    def push(self, probability: float, at_s: float) -> Moment:
        """Take the probability of speech in the block that began at `at_s`, and say where the turn is."""
        if self._opened_s is None:
            self._opened_s = at_s
        waiting = self.started_s is None
        now_s = at_s + BLOCK_S
        self._follow(probability, at_s, now_s)
        if self.started_s is None:
            late = now_s - self._opened_s >= self._first_word_s
            # A word just begun is waited for, even past the time for it.
            return Moment.SILENT if late and not self._in_speech else Moment.WAITING
        self.pause_s = now_s - self.ended_s
        over = self.pause_s >= self._patience_s + self._onset_s() and not self._in_speech
        if over or now_s - self.started_s >= self._longest_s:
            return Moment.ENDED
        return Moment.BEGAN if waiting else Moment.SPEAKING

    def _onset_s(self) -> float:
        """How much longer to wait, since a word may just be beginning."""
        return ONSET_S if max(self._latest) >= MAY_BEGIN_AT else 0.0

    def _follow(self, probability: float, at_s: float, now_s: float) -> None:
        self._latest.append(probability)
        self._in_speech = probability >= (SPEECH_GOES_ON_AT if self._in_speech else SPEECH_BEGINS_AT)
        if not self._in_speech:
            return
        if at_s - self._burst_ended_s > BURST_GAP_S:
            self._burst_started_s, self._burst_blocks = at_s, 0
        self._burst_ended_s = now_s
        self._burst_blocks += 1
        if self._burst_blocks >= (FIRST_WORD_BLOCKS if self.started_s is None else FURTHER_WORD_BLOCKS):
            if self.started_s is not None:
                self.longest_pause_s = max(self.longest_pause_s, self._burst_started_s - self.ended_s)
            self.ended_s = now_s
            self._patience_s, self.weighed = self._usual_s, False
            if self.started_s is None:
                self.started_s = self._burst_started_s
