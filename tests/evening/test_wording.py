"""Which wording is said, and with which names."""

from dataclasses import replace
from itertools import pairwise

from tests.evening.played import script, tonight
from voice_checkin.evening import wording
from voice_checkin.evening.model import Plan, Turn


def test_no_partner_hears_the_same_wording_two_nights_running() -> None:
    """With five wordings and turns at going first, a wording rests for at least a night."""
    plain = script()
    question = replace(plain.questions["laugh.share"], prompts=tuple(f"wording {n}" for n in range(5)))
    words = replace(plain, questions=plain.questions | {"laugh.share": question})
    heard: dict[str, list[str]] = {"Ann": [], "Ben": []}
    for night in range(1, 100):
        first, second = ("Ann", "Ben") if night % 2 else ("Ben", "Ann")
        base = tonight()
        evening = replace(base, script=words, partners=(first, second), night=replace(base.night, id=night))
        for partner in (first, second):
            heard[partner].append(wording.prompt(evening, Turn(partner, "laugh.share")))

    for said in heard.values():
        assert all(one != after for one, after in pairwise(said))
        assert set(said) == set(question.prompts)


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
