"""Evenings as events in and effects out, in memory."""

from collections import Counter
from datetime import timedelta

import pytest

from tests.evening.played import NIGHT, STARTED, heard, plain_answer, play, silences, to, tonight
from voice_checkin.evening.model import (
    Adjust,
    Answer,
    Event,
    HearTip,
    HungUp,
    KeepPlan,
    Listen,
    Meaning,
    Outcome,
    Plan,
    Settle,
    Silence,
    Strike,
    Turn,
)
from voice_checkin.evening.moves import FIRST_WORD_S, PAUSE_S

WHOLE = [
    ("Ann", "appreciation.share"),
    ("Ben", "appreciation.reply"),
    ("Ben", "appreciation.share"),
    ("Ann", "appreciation.reply"),
    ("Ann", "apology.owed"),
    ("Ben", "apology.owed"),
    ("Ann", "laugh.share"),
    ("Ben", "laugh.share"),
    ("Ben", "new.plan"),
    ("Ann", "new.agree"),
    ("Ben", "new.day"),
    ("Ann", "closeness.rating"),
    ("Ben", "closeness.rating"),
]
PLAIN = [heard(Meaning.YES) if question == "new.agree" else plain_answer(question) for _, question in WHOLE]
"""An answer to each of them."""


def test_a_whole_evening_asks_each_partner_in_turn() -> None:
    """Appreciation and its reply, apology, laugh, plan, closeness; then tip, receipt and good night."""
    evening = play(tonight(), *PLAIN)

    assert evening.asked == WHOLE
    assert evening.said[-4:] == ["before_tip", "tip", "receipt", "closing"]
    assert evening.of(HearTip) == [HearTip("way.listen")]
    assert evening.closed is True


def test_every_answer_is_kept_before_anything_else_is_said() -> None:
    """A pulled plug loses at most the sentence being spoken."""
    evening = play(tonight(), heard(Meaning.SHARE, "you cooked"))

    names = [type(effect).__name__ for effect in evening.effects]
    assert names.index("Keep") < names.index("Say", names.index("Listen"))
    assert evening.kept == [("Ann", "appreciation.share", Meaning.SHARE, "you cooked")]


def test_an_apology_is_asked_for_only_where_one_is_owed() -> None:
    """A yes opens the apology, what will be done, and the other's answer; a no opens nothing."""
    evening = tonight()
    before = list(to("apology.owed", evening))

    told = [heard(Meaning.SHARE, "I was late"), heard(Meaning.SHARE, "I'll set an alarm")]
    owed = play(evening, *before, heard(Meaning.YES), *told)
    assert owed.asked[-4:] == [
        ("Ann", "apology.owed"),
        ("Ann", "apology.say"),
        ("Ann", "apology.repair"),
        ("Ben", "apology.answer"),
    ]

    not_owed = play(evening, *before, heard(Meaning.NO))
    assert not_owed.asked[-2:] == [("Ann", "apology.owed"), ("Ben", "apology.owed")]


def test_an_apology_said_in_one_breath_answers_both_questions() -> None:
    """Who says "yes, I shouted at you" isn't asked again what happened."""
    evening = tonight()
    said = heard(Meaning.YES, "yes, I shouted at you", "I shouted at you")
    played = play(evening, *to("apology.owed", evening), said)

    assert played.kept[-2:] == [
        ("Ann", "apology.owed", Meaning.YES, "yes, I shouted at you"),
        ("Ann", "apology.say", Meaning.SHARE, "I shouted at you"),
    ]
    assert played.asked[-1] == ("Ann", "apology.repair")


def test_unsure_is_no_yes_and_no_no() -> None:
    """Whoever doesn't know whether an apology is owed is left in peace."""
    evening = tonight()
    played = play(evening, *to("apology.owed", evening), heard(Meaning.UNSURE))

    assert "unsure" in played.said
    assert played.kept[-1][2] is Meaning.UNSURE
    assert played.asked[-1] == ("Ben", "apology.owed")


def test_silence_is_asked_again_twice_and_then_left_in_peace() -> None:
    """A partner who stays silent is asked twice more, more simply each time; then it goes on."""
    evening = play(tonight(), *silences(3))

    assert evening.asked == [("Ann", "appreciation.share")] * 3 + [("Ben", "appreciation.share")]
    assert evening.said[2:] == [
        "unheard",
        "appreciation.share again",
        "unheard",
        "appreciation.share example",
        "moved_on",
        "appreciation.share Ben ",
    ]
    assert not evening.kept


def test_nobody_there_closes_kindly() -> None:
    """Three turns in a row without any answer: good night, and nothing is kept."""
    evening = play(tonight(), *silences(9))

    assert evening.said[-1] == "stopped"
    assert evening.closed is False


def test_an_answer_ends_the_counting_of_silence() -> None:
    """Silence now and then, between answers, never closes the evening."""
    events = [*silences(3), heard(Meaning.SHARE), *silences(3), *silences(3)]

    assert play(tonight(), *events).closed is None


def test_what_was_not_understood_is_asked_again_and_not_kept() -> None:
    """Neither a yes nor a no is guessed."""
    evening = tonight()
    played = play(evening, *to("apology.owed", evening), heard(None, "the weather"))

    assert played.said[-2:] == ["unclear", "apology.owed example"]
    assert "the weather" not in [said for *_, said in played.kept]


@pytest.mark.parametrize(
    ("meaning", "line"),
    [
        (Meaning.SLOWER, "slower"),
        (Meaning.FASTER, "faster"),
        (Meaning.LOUDER, "louder"),
        (Meaning.SOFTER, "softer"),
    ],
)
def test_the_voice_changes_and_asks_again(meaning: Meaning, line: str) -> None:
    """Slower and louder count at once, and the question is heard anew."""
    evening = play(tonight(), heard(meaning))

    (adjusted,) = evening.of(Adjust)
    assert isinstance(adjusted, Adjust)
    assert evening.said[-2:] == [line, "appreciation.share Ann "]
    changed = adjusted.manner.rate != 1.0 if meaning in {Meaning.SLOWER, Meaning.FASTER} else True
    assert changed


def test_the_voice_never_becomes_unbearable() -> None:
    """However often "slower" is said, there is still a voice."""
    evening = play(tonight(), *[heard(Meaning.SLOWER)] * 20)

    assert evening.state
    assert evening.state.manner.rate == pytest.approx(0.6)


def test_repeat_asks_the_same_again() -> None:
    """A question that is asked for again is said again, and that counts as no miss."""
    evening = play(tonight(), *[heard(Meaning.REPEAT)] * 5)

    assert evening.asked == [("Ann", "appreciation.share")] * 6
    assert evening.closed is None


def test_skip_goes_on_and_asks_for_no_reply() -> None:
    """What was skipped needs no answer from the other."""
    evening = play(tonight(), heard(Meaning.SKIP, "skip this"))

    assert evening.asked[-1] == ("Ben", "appreciation.share")
    assert evening.kept == [("Ann", "appreciation.share", Meaning.SKIP, "skip this")]


def test_back_asks_the_question_before_and_its_new_answer_counts() -> None:
    """Going back gives the earlier question again, and then goes on in order."""
    evening = play(
        tonight(),
        heard(Meaning.SHARE, "one"),
        heard(Meaning.BACK),
        heard(Meaning.SHARE, "two"),
        heard(Meaning.SHARE),
    )

    assert evening.asked == [*WHOLE[:2], WHOLE[0], *WHOLE[1:3]]
    assert [said for *_, said in evening.kept[:2]] == ["one", "two"]


def test_skip_after_back_leaves_the_earlier_answer() -> None:
    """Going back to look and then skipping loses nothing."""
    evening = play(tonight(), heard(Meaning.SHARE, "one"), heard(Meaning.BACK), heard(Meaning.SKIP))

    assert evening.kept == [("Ann", "appreciation.share", Meaning.SHARE, "one")]


def test_back_at_the_first_question_says_so() -> None:
    """There is nothing before the first question."""
    assert "nothing_before" in play(tonight(), heard(Meaning.BACK)).said


def test_a_yes_taken_back_takes_its_apology_along() -> None:
    """Corrected to a no, the apology that was already told is struck, and isn't asked for."""
    evening = tonight()
    story = heard(Meaning.YES, "yes, I was late", "I was late")
    played = play(evening, *to("apology.owed", evening), story, heard(Meaning.CORRECT))
    assert played.asked[-1] == ("Ann", "apology.say")

    played = play(
        evening, *to("apology.owed", evening), story, *[heard(Meaning.CORRECT)] * 2, heard(Meaning.NO)
    )
    assert Strike(Turn("Ann", "apology.say")) in played.effects
    assert played.asked[-1] == ("Ben", "apology.owed")


def test_pause_waits_and_hears_nothing_but_going_on_and_stop() -> None:
    """In a pause the two may talk; nothing of it is kept."""
    evening = play(tonight(), heard(Meaning.PAUSE), heard(Meaning.SHARE, "private"), heard(Meaning.RESUME))

    waits = [effect.first_word_s for effect in evening.effects if isinstance(effect, Listen)]
    assert waits == [FIRST_WORD_S, PAUSE_S, PAUSE_S, FIRST_WORD_S]
    assert evening.kept == []
    assert evening.said[-2:] == ["resumed", "appreciation.share Ann "]


def test_a_pause_without_end_closes_kindly() -> None:
    """Whoever fell asleep in a pause finds the evening closed and all answers kept."""
    assert play(tonight(), heard(Meaning.PAUSE), Silence()).closed is False


def test_help_tells_what_can_be_said() -> None:
    """Help belongs to the question, and ends with what can always be said."""
    assert play(tonight(), heard(Meaning.HELP)).said[-2:] == ["appreciation.share help", "commands"]


@pytest.mark.parametrize("answered", range(len(WHOLE)))
def test_stop_ends_at_every_question(answered: int) -> None:
    """Stop works at any moment, within one turn."""
    evening = play(tonight(), *PLAIN[:answered], heard(Meaning.STOP))

    assert evening.closed is False
    assert evening.said[-1] == "stopped"


def test_the_end_of_all_input_closes() -> None:
    """Where no answer can come any more, nobody is kept waiting."""
    assert play(tonight(), HungUp()).closed is False


def test_nothing_comes_to_mind_is_an_answer() -> None:
    """No story, no plan: kept as such, met kindly, and no reply is asked for."""
    evening = play(tonight(), heard(Meaning.NOTHING, "nothing comes to mind"))

    assert "nothing" in evening.said
    assert evening.asked[-1] == ("Ben", "appreciation.share")


@pytest.mark.parametrize("meaning", [Meaning.NO, Meaning.DONE])
def test_no_and_thats_all_leave_a_story_untold(meaning: Meaning) -> None:
    """A "no" to "what made you laugh" is kept as nothing."""
    assert play(tonight(), heard(meaning)).kept[0][2] is Meaning.NOTHING


def test_a_plan_is_kept_and_comes_due() -> None:
    """Something new that was planned is asked after on the next evening."""
    evening = tonight()
    played = play(evening, *to("new.plan", evening), heard(Meaning.SHARE, "dance"))

    (kept,) = played.of(KeepPlan)
    assert kept == KeepPlan(Turn("Ben", "new.plan"), Plan("dance", due=NIGHT + timedelta(days=1)))


def test_a_plan_that_came_due_is_asked_after_first() -> None:
    """A yes settles it; after a no it is asked whether to keep it, which moves it by a week. No blame."""
    plan = Plan("dance", NIGHT, None, 7)
    done = play(tonight(due=[plan]), heard(Meaning.YES))
    assert done.said[1] == "new.outcome Ann dance"
    assert done.of(Settle) == [Settle(Plan("dance", NIGHT, Outcome.DONE, 7))]
    assert "plan_done" in done.said

    asked = play(tonight(due=[plan]), heard(Meaning.NO))
    assert asked.of(Settle) == []
    assert asked.asked[-1] == ("Ann", "new.later")
    moved = play(tonight(due=[plan]), heard(Meaning.NO), heard(Meaning.YES))
    assert moved.of(Settle) == [Settle(Plan("dance", NIGHT + timedelta(days=7), Outcome.MOVED, 7))]
    dropped = play(tonight(due=[plan]), heard(Meaning.NO), heard(Meaning.NO))
    assert dropped.of(Settle)[-1] == Settle(Plan("dance", NIGHT, Outcome.DROPPED, 7))
    assert "plan_dropped" in dropped.said


def test_off_the_record_strikes_the_answer_before() -> None:
    """What was said is taken out, and the receipt is spoken."""
    evening = play(tonight(), heard(Meaning.SHARE, "secret"), heard(Meaning.OFF_RECORD))

    assert Strike(Turn("Ann", "appreciation.share")) in evening.effects
    assert "struck" in evening.said


def test_what_is_hard_to_undo_is_asked_back_unless_it_was_said_in_so_many_words() -> None:
    """No evening ends on a guess ("that'll do us"), and no answer that is kept is removed on one."""
    stopping = play(tonight(), heard(Meaning.STOP, score=90), heard(Meaning.YES))
    assert stopping.said[2:] == ["really_stop", "stopped"]
    assert stopping.closed is False

    striking = play(
        tonight(), heard(Meaning.SHARE, "secret"), heard(Meaning.OFF_RECORD, score=90), heard(Meaning.YES)
    )
    assert "really_strike" in striking.said
    assert Strike(Turn("Ann", "appreciation.share")) in striking.effects


@pytest.mark.parametrize("answer", [heard(Meaning.NO), heard(None), heard(Meaning.UNSURE), Silence()])
def test_what_was_not_meant_changes_nothing(answer: Event) -> None:
    """Without a yes the question is asked again."""
    evening = play(tonight(), heard(Meaning.STOP, score=90), answer)

    assert evening.closed is None
    assert evening.asked[-1] == ("Ann", "appreciation.share")
    assert evening.said[-1] == "appreciation.share Ann "


def test_a_stop_that_is_said_again_is_meant() -> None:
    """Nobody has to find a yes for what they have just repeated."""
    assert play(tonight(), heard(Meaning.STOP, score=90), heard(Meaning.STOP, score=90)).closed is False


def test_a_story_taken_back_at_its_end_is_not_kept() -> None:
    """Of a story that ends in "never mind, scratch that" nothing is kept."""
    evening = play(tonight(), heard(Meaning.OFF_RECORD, "you were, never mind", "this"))

    assert evening.kept == []
    assert evening.asked[-1] == ("Ben", "appreciation.share")


def test_tired_makes_it_short() -> None:
    """When the two are tired, one appreciation each is left, then good night."""
    evening = play(tonight(), heard(Meaning.TIRED), heard(Meaning.SHARE), heard(Meaning.SHARE))

    assert Counter(evening.asked)[("Ann", "apology.owed")] == 0
    assert "tired" in evening.said


def test_the_short_evening_is_one_appreciation_each() -> None:
    """Two minutes: an appreciation and its reply, both ways."""
    evening = play(tonight(short=True), *[heard(Meaning.SHARE)] * 4)

    assert evening.asked == WHOLE[:4]
    assert evening.closed is True


def test_an_evening_that_broke_off_goes_on_at_the_very_next_question() -> None:
    """After a break at any answer, the next question is the one that would have come."""
    for count in range(1, len(WHOLE)):
        kept = play(tonight(), *PLAIN[:count]).kept
        answers = [Answer(p, q, meaning, None, said, STARTED) for p, q, meaning, said in kept]
        taken_up = play(tonight(answers=answers))

        assert taken_up.said[0] == "welcome_back"
        assert taken_up.asked == [WHOLE[count]]


def test_an_evening_broken_off_within_an_apology_goes_on_in_it() -> None:
    """An apology that was owed but not yet said is the next question."""
    kept = play(tonight(), *to("apology.owed", tonight()), heard(Meaning.YES)).kept
    answers = [Answer(p, q, meaning, None, said, STARTED) for p, q, meaning, said in kept]

    assert play(tonight(answers=answers)).asked == [("Ann", "apology.say")]


def test_a_short_kind_word_is_a_reply() -> None:
    """Whoever answers an appreciation with "my pleasure" is understood, though it reads as a yes."""
    evening = play(tonight(), heard(Meaning.SHARE), heard(Meaning.YES, "my pleasure"))

    assert evening.kept[-1] == ("Ben", "appreciation.reply", Meaning.SHARE, "my pleasure")


def test_thats_all_at_a_yes_or_no_goes_on() -> None:
    """Who has nothing to say to a yes/no question isn't asked again."""
    evening = tonight()
    played = play(evening, *to("apology.owed", evening), heard(Meaning.DONE))

    assert played.asked[-1] == ("Ben", "apology.owed")
