"""Which wording is said, and with which names."""

from dataclasses import replace

from tests.evening.played import script, tonight
from voice_checkin.evening import wording
from voice_checkin.evening.model import Plan, Turn
from voice_checkin.evening.script import Depth, Prompts


def test_a_wording_rests_for_as_many_nights_as_there_are_wordings() -> None:
    """Of five wordings none comes back before all were heard, and both are asked in the same words."""
    plain = script()
    five = Prompts(tuple(f"wording {n}" for n in range(5)))
    question = replace(plain.questions["laugh.share"], prompts=five)
    words = replace(plain, questions=plain.questions | {"laugh.share": question})
    heard: dict[str, list[str]] = {"Ann": [], "Ben": []}
    for night in range(1, 100):
        first, second = ("Ann", "Ben") if night % 2 else ("Ben", "Ann")
        base = tonight()
        evening = replace(base, script=words, partners=(first, second), night=replace(base.night, id=night))
        for partner in (first, second):
            heard[partner].append(wording.prompt(evening, Turn(partner, "laugh.share")))

    assert heard["Ann"] == heard["Ben"]
    for night in range(len(heard["Ann"]) - 4):
        assert set(heard["Ann"][night : night + 5]) == set(question.prompts.light)


def test_deeper_questions_are_asked_where_the_two_have_chosen_so() -> None:
    """Light for everybody; warm, then deep ones come in turn with the lighter ones."""
    prompts = Prompts(light=("l1", "l2", "l3"), warm=("w1", "w2"), deep=("d1",))

    assert prompts.up_to(Depth.LIGHT) == ("l1", "l2", "l3")
    assert prompts.up_to(Depth.WARM) == ("w1", "l1", "w2", "l2", "l3")
    assert prompts.up_to(Depth.DEEP) == ("d1", "w1", "l1", "w2", "l2", "l3")


def test_a_plan_is_named_without_its_full_stop() -> None:
    """A plan stands inside a sentence of the product's."""
    plan = Plan("Let us dance.", None, None, 1)

    assert wording.prompt(tonight(), Turn("Ann", "new.outcome", plan)) == "new.outcome Ann Let us dance"


def test_braces_in_a_plan_are_only_braces() -> None:
    """What people said is never taken for a placeholder."""
    plan = Plan("a {partner} of {0}", None, None, 1)

    assert "{0}" in wording.prompt(tonight(), Turn("Ann", "new.outcome", plan))


def test_what_is_likely_to_be_said_is_made_ready() -> None:
    """Prompts of both partners, with their names, the tip and the good night are among the lines ahead."""
    ahead = wording.lines_ahead(tonight())

    assert ahead[0] == "appreciation.share Ann "
    assert {"appreciation.share Ben ", "apology.say Ann ", "tip", "closing"} <= set(ahead)
    assert len(ahead) == len(set(ahead))
