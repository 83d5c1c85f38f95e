"""What the couple of the year says to each question, and how often."""

from collections.abc import Mapping
from typing import TypeAlias

from voice_checkin.evening.script import WEEKLY

Says: TypeAlias = Mapping[str, Mapping[str, float]]
"""Question -> what is said to it, and how often."""
STORY = "a story"
"""Stands for one to four sentences of those that stories are learned from."""
RATING = "a rating"
SAYS: Says = {
    "tip.outcome": {"yes, a little": 6, "no, not today": 3, "I don't know": 1},
    "new.outcome": {"yes, we did": 5, "no, not yet": 4, "I don't know": 1},
    "new.later": {"yes, keep it": 7, "no, let it go": 3},
    "appreciation.share": {STORY: 95, "nothing today": 3, "skip": 2},
    "appreciation.reply": {STORY: 6, "Thank you, that's good to hear.": 3, "My pleasure.": 1},
    "memory.retell": {STORY: 7, "not that one again": 2, "skip": 1},
    "apology.owed": {"no": 8, "no, not today": 7, "yes": 0.8, "yes, I shouted at you this morning": 0.2},
    "apology.say": {
        "I'm sorry that I was so loud about the car keys.": 2,
        "I'm sorry I came home late and never rang you.": 2,
        "I apologise for making fun of you in front of the neighbours.": 2,
        "Let's leave that for the weekend.": 2,
        "Park that, please.": 1,
    },
    "apology.repair": {"Next time I'll take a walk before I answer.": 3, "I'll ring you when I'm late.": 3},
    "apology.answer": {"Thank you, I needed to hear that.": 4, "It's all right.": 3, "I forgive you.": 3},
    "laugh.share": {STORY: 14, "nothing funny today": 4, "I don't know": 2},
    "laugh.light": {STORY: 8, "nothing comes to mind": 2},
    "new.plan": {
        "let's try the new noodle place": 3,
        "we could learn a card game": 3,
        "let's go swimming on Saturday": 3,
        "a walk along the canal tomorrow": 2,
        "the museum in two weeks": 1,
        "nothing comes to mind": 5,
        "I don't know": 2,
    },
    "new.idea": {"yes, let's": 4, "no": 5, "I don't know": 1},
    "new.agree": {"yes": 8, "I'd like that": 1, "no, rather not": 1},
    "new.day": {"on Saturday": 4, "tomorrow": 2, "next weekend": 2, "nothing comes to mind": 2},
    f"{WEEKLY}ready": {"yes": 9, "no, not tonight": 1},
    f"{WEEKLY}parked": {STORY: 8, "let's park that again": 2},
    f"{WEEKLY}right": {"yes, exactly": 8, "no, not quite": 2},
    f"{WEEKLY}talk": {STORY: 9, "we're done": 1},
}
"""To any other question a story is told, or a rating given."""
ANYWHERE = {"": 0.006, "repeat please": 0.004, "stop": 0.0006, "I'm too tired": 0.0006}
"""What is said to any question now and then; the first is silence."""
