"""There is enough of each kind of English content, and every idea of the product is carried by some of it."""

import re
from itertools import combinations
from pathlib import Path

import pytest

from tests.english import NEW_THINGS, QUESTIONS, SCRIPT, TIPS, alike, sentences
from voice_checkin.evening.script import Depth

TIP_SENTENCES = range(2, 5)
IDEA_SENTENCES = range(1, 3)
PLAN_WORDS = range(2, 8)
NIGHTLY = {
    "appreciation.share": 15, "appreciation.reply": 15, "apology.owed": 15, "laugh.share": 15,
    "new.plan": 15, "closeness.rating": 15, "new.outcome": 12, "apology.say": 12, "apology.answer": 12,
}  # fmt: skip
"""How many wordings the evening's questions have at least, at each depth: those of every night the most."""

THEMES = {"talk", "listen", "kindness", "play", "repair", "calm", "self", "new"}
TAGS = {"home", "out", "free", "children", "ten_minutes", "day"}

IDEAS = {
    f"{family}.{idea}"
    for family, ideas in {
        "what": ["closeness", "two_kinds"],
        "low": ["arguing", "unresolved", "selfishness", "no_empathy", "untrustworthy", "unappreciated",
                "dissonance"],
        "high": ["empathy", "resolved", "good_arguments", "appreciation", "unselfish", "trust", "kindness",
                 "considerate"],
        "ei": ["self_regulation", "self_awareness", "motivation", "empathy", "social_skills"],
        "practice": ["present", "positive", "less_stress", "observe", "compassion", "sorry"],
        "way": ["be_interesting", "show_interest", "be_yourself", "tell_a_find", "surprise_kindness",
                "be_available", "say_love", "listen", "no_judging", "fair", "apologize_when_wrong", "help",
                "laugh", "apologize_soon", "random_kindness", "new_things", "no_boredom", "body",
                "look_best", "friends", "communicate"],
        "closing": ["counsellor"],
    }.items()
    for idea in ideas
}  # fmt: skip
"""What the product exists to put into a couple's evening."""


@pytest.mark.parametrize("depth", Depth)
@pytest.mark.parametrize("key", NIGHTLY)
def test_weeks_go_by_before_a_question_comes_back(key: str, depth: Depth) -> None:
    """However deep questions may go, those of the evening have a dozen wordings, the nightly ones fifteen."""
    assert len(QUESTIONS[key].prompts.up_to(depth)) >= NIGHTLY[key]


@pytest.mark.parametrize("key", NIGHTLY)
def test_going_deeper_adds_wordings(key: str) -> None:
    """Each depth brings new questions, before those of the depth above it."""
    counts = [len(QUESTIONS[key].prompts.up_to(depth)) for depth in Depth]
    assert counts == sorted(set(counts))


def test_there_is_plenty() -> None:
    """A new thing for four months of evenings, a light question for two, and fifteen signs by their names."""
    assert len(NEW_THINGS) >= 120
    assert len(QUESTIONS["laugh.light"].prompts.light) >= 60
    assert len(SCRIPT.signs) == 15
    assert all(sign == f"weekly.{idea}" for sign in SCRIPT.signs for idea in QUESTIONS[sign].carries)


@pytest.mark.parametrize("key", TIPS)
def test_a_tip_is_short_and_carries_its_idea(key: str) -> None:
    """A tip has a theme, four wordings of a few sentences, names nobody, and carries the idea in its name."""
    tip = TIPS[key]

    assert len(tip.say) >= 4
    assert all(len(sentences(text)) in TIP_SENTENCES for text in tip.say)
    assert "{" not in "".join(tip.say)
    assert tip.theme in THEMES
    assert key in tip.carries


@pytest.mark.parametrize("key", [key for key in TIPS if key.startswith(("way.", "practice."))])
def test_what_can_be_done_is_asked_after(key: str) -> None:
    """Each of the ways and practices is followed up on the next evening, in three wordings or more."""
    assert len(TIPS[key].follow_up) >= 3


@pytest.mark.parametrize("key", NEW_THINGS)
def test_an_idea_is_short_and_can_be_kept(key: str) -> None:
    """An invitation of a sentence or two, kept in a few words that fit behind a colon; it has a place."""
    idea = NEW_THINGS[key]

    assert len(sentences(idea.say)) in IDEA_SENTENCES
    assert "{" not in idea.say + idea.plan
    assert len(idea.plan.split()) in PLAN_WORDS
    assert re.fullmatch(r"[A-Za-z' ,]+", idea.plan)
    assert {"home", "out"} & set(idea.tags) <= set(idea.tags) <= TAGS


def test_ideas_are_different() -> None:
    """No two ideas share most of their words, nor their plan; there are some for every kind of evening."""
    said = [idea.say for idea in NEW_THINGS.values()]

    assert not [pair for pair in combinations(said, 2) if alike(*pair)]
    assert len({idea.plan for idea in NEW_THINGS.values()}) == len(NEW_THINGS)
    for tag in TAGS:
        assert sum(tag in idea.tags for idea in NEW_THINGS.values()) >= 20


def carriers() -> dict[str, list[str]]:
    """Each idea that is carried, with what carries it."""
    carried: dict[str, list[str]] = {}
    kinds = (
        *((f"tip `{key}`", tip.carries) for key, tip in TIPS.items()),
        *(
            (f"{'weekly sign' if key in SCRIPT.signs else 'question'} `{key}`", question.carries)
            for key, question in QUESTIONS.items()
        ),
        ("lines `commands` and `counsellor`", SCRIPT.lines.carries),
    )
    for carrier, ideas in kinds:
        for idea in ideas:
            carried.setdefault(idea, []).append(carrier)
    return carried


def table_of_ideas() -> str:
    """docs/ideas.md as the content says it has to be."""
    rows = "".join(f"| `{idea}` | {', '.join(carried)} |\n" for idea, carried in sorted(carriers().items()))
    return f"{IDEAS_HEAD}\n| idea | carried by |\n|---|---|\n{rows}"


IDEAS_HEAD = """# The ideas behind the words

What the product exists to put into a couple's evening, and the texts of `content/en` that do. Each text names
the ideas it carries under `carries`; `tests/test_content_ideas.py` holds this table to it.
"""
IDEAS_FILE = Path(__file__).resolve().parent.parent / "docs" / "ideas.md"


def test_every_idea_is_carried() -> None:
    """Each of the fifty ideas is carried by a tip, a question, a sign or a line, and nothing else is."""
    assert len(IDEAS) == 50
    assert set(carriers()) == IDEAS


def test_where_each_idea_is_can_be_looked_up() -> None:
    """docs/ideas.md tells of each idea what carries it, and is up to date."""
    assert IDEAS_FILE.read_text(encoding="utf-8") == table_of_ideas()
