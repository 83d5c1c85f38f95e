"""What can go wrong, told as a problem and its remedy.

    CheckinError            one calm line and what to do about it
    ├── ContentError        a file of content/ is broken or incomplete
    ├── ModelMissing        a model is absent, truncated or not the one named in the manifest
    ├── SoundError          the machine's sound
    │   ├── MicrophoneError nothing can be heard, or it stopped being heard
    │   └── VoiceError      nothing can be spoken, or the loudspeaker went away
    ├── JournalError        the journal can't be read or written
    │   ├── Locked          it takes a passphrase, and nobody can be asked for it
    │   └── WrongPassphrase it is locked, and this doesn't open it
    └── NoWayToAnswer       neither a microphone nor a keyboard: the evening can't be held here

Errors never print; `cli` prints the problem and the remedy and chooses the exit code.
A bug is not a `CheckinError` and keeps its traceback.
"""


class CheckinError(Exception):
    """A problem that a person can do something about. Holds no private word."""

    exit_code = 1

    def __init__(self, problem: str, *, remedy: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.problem} - {self.remedy}"


class ContentError(CheckinError):
    """A content file is broken or incomplete; names the file and the key."""


class ModelMissing(CheckinError):
    """A speech model is absent, truncated, or not the one the manifest names."""


class SoundError(CheckinError):
    """The machine's sound can't be used."""


class MicrophoneError(SoundError):
    """Nothing can be heard, or it stopped being heard."""


class VoiceError(SoundError):
    """Nothing can be spoken, or the loudspeaker went away."""


class JournalError(CheckinError):
    """The journal can't be read or written. What it held before is untouched."""


class Locked(JournalError):
    """The journal takes a passphrase, and nobody can be asked for it."""


class WrongPassphrase(JournalError):
    """The journal is locked, and what was typed doesn't open it."""


class NoWayToAnswer(CheckinError):
    """There is neither a microphone with an ear nor a keyboard."""

    exit_code = 3
