"""In place of a recogniser where no model is here: that somebody speaks is noticed, the words are not."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from voice_checkin.speech.ports import Samples


class WordlessRecogniser:
    """Hears no word. Implements `speech.ports.Recogniser`."""

    name = "nobody"

    def start(self, phrases: Sequence[str] = (), own: Sequence[str] = ()) -> None:
        """Begin an utterance."""

    def accept(self, samples: "Samples") -> str:  # noqa: ARG002 - a recogniser is given them
        """Take the next samples; there are no words."""
        return ""

    def anticipate(self) -> None:
        """Nothing to make ready."""

    def so_far(self) -> str:
        """There are no words."""
        return ""

    def finish(self) -> str:
        """There are no words."""
        return ""
