"""Whose turn it is, on hand-made probabilities."""

from voice_checkin.speech.ports import BLOCK_S
from voice_checkin.speech.turns import LONGEST_S, ONSET_S, Moment, TurnDetector

YES_NO_S, STORY_S, FIRST_WORD_S = 0.6, 2.0, 8.0


def follow(turn: TurnDetector, *spans: tuple[float, float]) -> list[tuple[Moment, float]]:
    """Feed spans of (seconds, probability); every moment with the time at which it was known."""
    moments, block = [], 0
    for seconds, probability in spans:
        for _ in range(round(seconds / BLOCK_S)):
            moments.append((turn.push(probability, block * BLOCK_S), (block + 1) * BLOCK_S))
            block += 1
    return moments


def when(moments: list[tuple[Moment, float]], wanted: Moment) -> float | None:
    """When a moment came first; None where it never did."""
    return next((at_s for moment, at_s in moments if moment is wanted), None)


def test_a_yes_ends_its_patience_after_its_last_block() -> None:
    """A "yes" is over 0.6 s after its last sound, and not a block sooner or later."""
    turn = TurnDetector(YES_NO_S, FIRST_WORD_S)
    ended_s = when(follow(turn, (1.0, 0.0), (0.4, 0.9), (2.0, 0.0)), Moment.ENDED)

    assert ended_s is not None
    assert abs(ended_s - (turn.ended_s + YES_NO_S)) <= BLOCK_S
    assert turn.started_s is not None
    assert abs(turn.started_s - 1.0) <= BLOCK_S


def test_a_pause_in_a_story_is_no_end() -> None:
    """Whoever pauses for 1.2 s in a story goes on."""
    story = [(0.5, 0.0), (3.0, 0.9), (1.2, 0.0), (3.0, 0.9)]

    assert when(follow(TurnDetector(STORY_S, FIRST_WORD_S), *story), Moment.ENDED) is None
    assert when(follow(TurnDetector(YES_NO_S, FIRST_WORD_S), *story), Moment.ENDED) is not None


def test_a_click_is_no_word() -> None:
    """Less than 0.15 s of speech begins no turn: after the time for the first word it is silence."""
    moments = follow(TurnDetector(YES_NO_S, FIRST_WORD_S), (1.0, 0.0), (0.1, 0.9), (8.0, 0.0))

    assert when(moments, Moment.BEGAN) is None
    assert when(moments, Moment.SILENT) is not None


def test_clicks_far_apart_are_no_word_either() -> None:
    """Two coughs a second apart don't add up to speech."""
    coughs = [(0.1, 0.9), (1.0, 0.0)] * 5

    assert when(follow(TurnDetector(YES_NO_S, FIRST_WORD_S), *coughs), Moment.BEGAN) is None


def test_silence_is_told_after_the_time_for_the_first_word() -> None:
    """Nobody waits longer than 8 s for the next word of the product."""
    silent_s = when(follow(TurnDetector(YES_NO_S, FIRST_WORD_S), (10.0, 0.0)), Moment.SILENT)

    assert silent_s is not None
    assert abs(silent_s - FIRST_WORD_S) <= BLOCK_S


def test_a_word_begun_in_the_last_moment_is_heard_out() -> None:
    """Whoever begins just before the time is over isn't cut off by it."""
    moments = follow(TurnDetector(YES_NO_S, FIRST_WORD_S), (7.9, 0.0), (0.5, 0.9), (1.0, 0.0))

    assert when(moments, Moment.SILENT) is None
    assert when(moments, Moment.ENDED) is not None


def test_a_voice_that_fades_within_a_word_has_not_ended() -> None:
    """Between the two thresholds speech goes on, but doesn't begin."""
    fading = follow(TurnDetector(YES_NO_S, FIRST_WORD_S), (0.5, 0.9), (1.0, 0.4), (0.5, 0.9))

    assert when(fading, Moment.ENDED) is None
    assert when(follow(TurnDetector(YES_NO_S, FIRST_WORD_S), (3.0, 0.4)), Moment.BEGAN) is None


def test_a_television_that_talks_on_is_ended() -> None:
    """No answer is longer than three minutes."""
    moments = follow(TurnDetector(STORY_S, FIRST_WORD_S), (LONGEST_S + 1, 0.9))

    assert when(moments, Moment.ENDED) is not None


def test_a_word_that_may_just_be_beginning_is_waited_for() -> None:
    """Where a soft onset stirs at the end of the patience the turn stays open, but not for long."""
    begins = [(0.5, 0.9), (STORY_S, 0.0), (0.1, 0.2), (0.5, 0.9), (1.0, 0.0)]
    hums = [(0.5, 0.9), (STORY_S + 1.0, 0.2)]

    assert when(follow(TurnDetector(STORY_S + 0.03, FIRST_WORD_S), *begins), Moment.ENDED) is None
    ended_s = when(follow(TurnDetector(STORY_S, FIRST_WORD_S), *hums), Moment.ENDED)
    assert ended_s is not None
    assert abs(ended_s - (0.5 + STORY_S + ONSET_S)) <= 2 * BLOCK_S
