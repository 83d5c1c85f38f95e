"""How a phrase sounds, so that one that an ear spelled otherwise is still found ("lowder" for louder)."""

from voice_checkin.evening.phrases import Run

SHORT = 4
"""Words of so many letters or fewer must be the same: "no" sounds nearly like "now"."""


def sound_of(run: Run) -> Run:
    """Each longer word by its phonetic key (Metaphone, for English letters), the others as they are."""
    import jellyfish

    return tuple(jellyfish.metaphone(word) if len(word) > SHORT and word.isascii() else word for word in run)
