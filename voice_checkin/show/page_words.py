"""Every word that the page of the journal says by itself: labels, captions, and what is read out loud."""

from typing import Final

WORDS: Final = {
    "title": "Looking back",
    "and": "and",
    "skip": "Skip to what was said",
    "contents": "On this page",
    "made": "Made on {day}, on your own machine. Whoever has this file can read it.",
    "rhythm": "{kept} of the last {days} nights",
    "empty": "There is nothing here yet: hold an evening first, with voice-checkin.",
    "no_script": "What was said is shown by a script in this file, which this browser doesn't run.",
    "calendar": "Your nights",
    "calendar_note": "A dot is a night you met; the bigger it is, the more was said. Click one to read it.",
    "calendar_year": "{year}: {nights}. By month: {months}",
    "earlier_years": "Earlier years",
    "closeness": "Closeness",
    "closeness_note": "How close each of you felt, from one to five: {period}.",
    "night": "night by night",
    "week": "the mean of each week",
    "month": "the mean of each month",
    "quarter": "the mean of each quarter of a year",
    "line": "{name} from {first:.1f} to {last:.1f}, mean {mean:.1f}",
    "no_line": "nothing from {name}",
    "numbers": "The numbers",
    "when": "When",
    "signs": "Weekly signs",
    "signs_note": "How each sign was felt from one to five, where five is always the good end: {period}.",
    "sign": "Sign",
    "latest": "latest",
    "mean": "mean",
    "plans": "Plans",
    "open_plans": "Still open",
    "done_plans": "Done",
    "no_plans": "None.",
    "due": "for {day}",
    "appreciations": "Appreciations",
    "nights": "Night by night",
    "find": "What was said",
    "search": "Search words",
    "partner": "Who",
    "topic": "What about",
    "year": "Year",
    "both": "Both of you",
    "every_topic": "Everything",
    "every_year": "All years",
    "show_all": "Show all",
    "more": "Show more",
    "found": "{nights} and {appreciations} found.",
    "found_none": "Nothing found. Fewer words, or another year, may find it.",
    "broke_off": "broke off",
    "unkept": "Nothing was kept.",
    "no_night": "no evening",
    "of_five": "{value} of 5",
}

COUNTED: Final = {
    "evenings": ("1 evening, on {day}", "{count} evenings since {day}"),
    "nights": ("1 night", "{count} nights"),
    "appreciations": ("1 appreciation", "{count} appreciations"),
}
"""One, and any other number."""

MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

TOPICS: Final = {
    "appreciation": "Appreciation",
    "laugh": "Laughs",
    "new": "Something new",
    "apology": "Apologies",
    "closeness": "Closeness",
    "memory": "Memories",
    "tip": "Tips",
    "weekly": "Weekly look",
}
"""What the keys of questions begin with, in the order in which they can be chosen."""

QUESTIONS: Final = {
    "appreciation.share": "Appreciation",
    "appreciation.reply": "Reply",
    "memory.retell": "Memory",
    "apology.owed": "Apology owed",
    "apology.say": "Apology",
    "apology.repair": "Making good",
    "apology.answer": "Answer",
    "laugh.share": "Laugh",
    "laugh.light": "Lightness",
    "new.plan": "Plan",
    "new.idea": "Idea",
    "new.agree": "Agreed",
    "new.day": "Day",
    "new.outcome": "Plan done",
    "new.later": "Another day",
    "tip.outcome": "Tip tried",
    "closeness.rating": "Closeness",
    "weekly.ready": "Weekly look",
    "weekly.parked": "Put aside before",
    "weekly.say_back": "Heard",
    "weekly.right": "Heard right",
    "weekly.wish": "Wish",
}

SIGNS: Final = {
    "low.arguing": "Calm talks",
    "low.unresolved": "Nothing left open",
    "low.selfishness": "Looking out for each other",
    "low.no_empathy": "Company in feelings",
    "low.untrustworthy": "Kept promises",
    "low.unappreciated": "Feeling valued",
    "low.dissonance": "In tune",
    "high.empathy": "Understanding",
    "high.resolved": "Making up",
    "high.good_arguments": "Good arguments",
    "high.appreciation": "Shown appreciation",
    "high.unselfish": "Generosity",
    "high.trust": "Trust",
    "high.kindness": "Kindness",
    "high.considerate": "Thoughtfulness",
}
"""The weekly signs; the low ones are asked and named by their good end."""


def counted(key: str, count: int, **values: str) -> str:
    """The words for so many, in the singular or the plural."""
    return COUNTED[key][count != 1].format(count=f"{count:,}", **values)


def label(question: str) -> str:
    """What a question is about, in a word or two."""
    return QUESTIONS.get(question) or SIGNS.get(question.partition(".")[2]) or spelled(question)


def spelled(key: str) -> str:
    """A key that has no words here, as it would be read out."""
    return key.rpartition(".")[2].replace("_", " ").capitalize()
