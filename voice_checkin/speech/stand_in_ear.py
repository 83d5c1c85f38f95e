"""An ear with another in reserve: when the microphone goes away, the evening is typed to its end."""

from collections.abc import Callable

from voice_checkin.errors import ModelMissing, SoundError
from voice_checkin.evening.model import Listen, Utterance
from voice_checkin.evening.ports import Ear


class StandInEar:
    """Hears with `ear` until that fails; from then on with `stand_in`, told once through `notice`."""

    def __init__(self, ear: Ear, stand_in: Ear, *, notice: Callable[[str], None]) -> None:
        self._ear = ear
        self._stand_in = stand_in
        self._notice = notice
        self._deaf = False

    @property
    def name(self) -> str:
        """The name of the ear that hears now."""
        return self._stand_in.name if self._deaf else self._ear.name

    def listen(self, listen: Listen) -> Utterance | None:
        """Wait for one answer; where the ear fails, the same question waits for the other one."""
        if not self._deaf:
            try:
                return self._ear.listen(listen)
            except (SoundError, ModelMissing) as fault:
                self._deaf = True
                self._notice(f"{fault.problem}: please type from here on")
        return self._stand_in.listen(listen)

    def close(self) -> None:
        """Let go of both."""
        self._ear.close()
        self._stand_in.close()
