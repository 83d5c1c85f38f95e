"""Commands that ask for something of their own: what was heard, the weekly look, not that memory again.

To `understand` they are the command they are nearest to, with what they ask for as the value.
"""

from dataclasses import dataclass

from voice_checkin.evening.intents import Intents
from voice_checkin.evening.model import EXACT, Match, Meaning
from voice_checkin.evening.phrases import Phrases, Run
from voice_checkin.evening.words import Word, forms, words_of

WHAT_WAS_HEARD, WEEKLY_LOOK, NEVER_AGAIN = "heard", "weekly", "never"
_MEANINGS = {
    WHAT_WAS_HEARD: Meaning.REPEAT,
    WEEKLY_LOOK: Meaning.SKIP,
    NEVER_AGAIN: Meaning.SKIP,
}


@dataclass(frozen=True, slots=True)
class Requests:
    """The phrases of one language, made ready."""

    whole: dict[Run, str]
    corrections: Phrases[None]
    """What a correction begins with: "no, I said"."""

    @classmethod
    def of(cls, intents: Intents) -> "Requests":
        """Make the phrases ready."""

        def run(phrase: str) -> Run:
            return forms(words_of(phrase, intents.contractions, frozenset()))

        asked = {run(phrase): what for what, phrases in intents.requests.items() for phrase in phrases}
        return cls(asked, Phrases[None].set_of(map(run, intents.corrections)))

    def read(self, text: str, words: tuple[Word, ...], bare: Run) -> Match | None:
        """What the utterance asks for; `bare` are its words without courtesies."""
        run = forms(words)
        what = self.whole.get(run) or self.whole.get(bare)
        if what:
            return Match(_MEANINGS[what], value=what, score=EXACT, why="the whole utterance is a request")
        length = self.corrections.at(run, 0)
        if not length or length == len(words):
            return None
        right = text[words[length].start :].strip()
        return Match(Meaning.CORRECT, value=right, score=EXACT, why="begins as a correction does")
