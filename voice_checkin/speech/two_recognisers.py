"""Two recognisers of one utterance: one hears it word by word, the other writes it down."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from voice_checkin.speech.ports import Recogniser

if TYPE_CHECKING:
    from voice_checkin.speech.ports import Samples


class TwoRecognisers:
    """Lets `streaming` tell the words while they are spoken, and `writing` write them, with their marks.

    What `writing` takes for no words at all were none: streaming recognisers hear words in noise. A short
    answer that is a likely one to the letter, in the streaming one's ear, is believed as that.
    """

    def __init__(self, streaming: Recogniser, writing: Recogniser) -> None:
        self._streaming = streaming
        self._writing = writing
        self._phrases: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """Both names, such as `vosk+whisper`."""
        return f"{self._streaming.name}+{self._writing.name}"

    def start(self, phrases: Sequence[str] = (), own: Sequence[str] = ()) -> None:
        """Begin an utterance with both."""
        self._phrases = frozenset(phrase.casefold() for phrase in phrases)
        self._streaming.start(phrases, own)
        self._writing.start(phrases, own)

    def accept(self, samples: "Samples") -> str:
        """Take the next samples; the words so far are the streaming one's."""
        self._writing.accept(samples)
        return self._streaming.accept(samples)

    def anticipate(self) -> None:
        """Begin to write the text, as if the utterance were over."""
        self._streaming.anticipate()
        self._writing.anticipate()

    def so_far(self) -> str | None:
        """The text as it is written where it is ready, else the words that were heard. Never waits."""
        written = self._writing.so_far()
        return self._streaming.so_far() if written is None else written

    def finish(self) -> str:
        """End the utterance and return its text; "" where there were no words."""
        heard, written = self._streaming.finish(), self._writing.finish()
        return heard if written and heard in self._phrases else written
