"""The chime that ends a quiet moment."""

import numpy as np

from voice_checkin.speech.chime import chime


def test_the_chime_is_soft_and_fades() -> None:
    """It begins without a click, never comes near full scale, and is nearly gone at its end."""
    sound = chime()
    loudness = np.abs(sound.samples.astype(np.int32))

    assert loudness[:20].max() < 200
    assert 2_000 < loudness.max() < 12_000
    assert loudness[-500:].max() < 300
    assert 1.5 < sound.seconds < 2.5


def test_it_is_as_loud_as_the_voice() -> None:
    """Half the volume is half the loudness."""
    assert abs(int(chime(0.5).samples.max()) - int(chime().samples.max()) / 2) <= 1
