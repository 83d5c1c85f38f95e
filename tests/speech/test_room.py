from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from tests.room import EAR_RATE_HZ, Ear, Room, why_no_room

NO_ROOM = why_no_room()
needs_room = pytest.mark.skipif(NO_ROOM is not None, reason=str(NO_ROOM))


def tone(pitch_hz: float, seconds: float = 0.5) -> npt.NDArray[np.int16]:
    """A pure tone at the ear's rate."""
    times = np.arange(round(EAR_RATE_HZ * seconds)) / EAR_RATE_HZ
    return (8_000 * np.sin(2 * np.pi * pitch_hz * times)).astype(np.int16)


def pitch_hz(ear: Ear) -> float:
    """The strongest frequency an ear has heard."""
    spectrum = np.abs(np.fft.rfft(ear.samples))
    return float(np.argmax(spectrum) * EAR_RATE_HZ / len(ear.samples))


@needs_room
def test_what_is_said_is_heard_at_the_mouth_and_nowhere_else() -> None:
    """The microphone hears what is said; the loudspeaker stays silent. A busy machine may stutter."""
    with Room() as room, room.ear() as ear, room.beside_the_mouth() as beside:
        room.speak(tone(440), EAR_RATE_HZ)

        [(began_s, ended_s)] = beside.spans_s()
        assert ended_s - began_s == pytest.approx(0.5, abs=0.2)
        assert pitch_hz(beside) == pytest.approx(440, abs=30)
        assert ear.spans_s() == []


@needs_room
def test_rooms_do_not_hear_each_other() -> None:
    """Two rooms at once are two worlds."""
    with Room() as one, Room() as other, one.beside_the_mouth() as ear, other.beside_the_mouth() as deaf:
        one.speak(tone(440), EAR_RATE_HZ)

        assert len(ear.spans_s()) == 1
        assert deaf.spans_s() == []


@needs_room
def test_room_leaves_nothing_behind() -> None:
    """A room takes its server and its folder with it."""
    with Room() as room:
        folder = Path(room.env["XDG_RUNTIME_DIR"])
        server = room.server_id
        assert folder.is_dir()
        assert Path(f"/proc/{server}").exists()

    assert not folder.exists()
    assert not Path(f"/proc/{server}").exists()


def test_a_missing_part_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where a room can't be, its tests say which package is missing."""
    monkeypatch.setenv("PATH", str(tmp_path))

    assert why_no_room() in {
        "pulseaudio is missing: apt install pulseaudio pulseaudio-utils",
        "the virtual room needs Linux",
    }
