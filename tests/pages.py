"""Nights for the page of the journal, and the page of them."""

from datetime import UTC, date, datetime, timedelta
from itertools import islice
from random import Random

from voice_checkin.content import content_folder, load_page_words
from voice_checkin.evening.model import Answer, Meaning, Night, Outcome, Plan
from voice_checkin.evening.review import summarise
from voice_checkin.show.page import page
from voice_checkin.show.page_words import PageWords

NAMES = ("Ann", "Ben")
ENGLISH = load_page_words(content_folder(), "en", PageWords)
TODAY = date(2025, 11, 24)
AT = datetime(2025, 11, 24, 21, 30, tzinfo=UTC)
NASTY = '</script><script>document.title="run"</script><b onclick=\'x\'>&amp;\u202e\x00\x1b]0;\x07 "quoted"'
WORDS = """
you we the a tea bread garden hill walk morning evening listened made laughed called mother kitchen train
late together quiet song dance rain coat children homework story kind gentle waited for me with and when so
was it that your hands soup letter window friend neighbour tired glad warm again tomorrow Sunday lake
"""


def years_of_nights(count: int) -> list[Night]:
    """So many nights up to today, of which three in twenty were missed, as a couple might have had them."""
    chance = Random(count)  # noqa: S311 - examples, no secrets
    days = (TODAY - timedelta(days=ago) for ago in range(2 * count) if chance.random() < 0.85)
    return [_a_night(number, day, chance) for number, day in enumerate(islice(days, count))][::-1]


def _a_night(number: int, day: date, chance: Random) -> Night:
    at = datetime(day.year, day.month, day.day, 21, 30, tzinfo=UTC)
    answers: list[Answer] = []

    def say(question: str, meaning: Meaning, said: str = "", value: float | None = None) -> None:
        partner = NAMES[len(answers) % 2]
        answers.append(Answer(partner, question, meaning, value, said, at))

    def words(most: int) -> str:
        return " ".join(chance.choices(WORDS.split(), k=chance.randint(3, most)))

    for question in ("appreciation.share", "appreciation.reply", "laugh.share"):
        for _ in NAMES:
            say(question, Meaning.SHARE, words(16))
    for _ in NAMES:
        say("apology.owed", Meaning.NO, "no we are good")
    plan = words(7)
    say("new.plan", Meaning.SHARE, plan)
    say("new.agree", Meaning.YES, "yes")
    for _ in NAMES:
        say("closeness.rating", Meaning.RATING, "", chance.choice((2, 3, 3, 4, 4, 4, 5, 5)))
    if day.weekday() == 6:
        for sign in chance.sample(sorted(ENGLISH.signs), 5):
            for _ in NAMES:
                say(f"weekly.{sign}", Meaning.RATING, "", chance.choice((2, 3, 4, 4, 5)))
    outcome = Outcome.DONE if number > 6 else None
    plans = (Plan(plan, day + timedelta(days=3), outcome),)
    return Night(number, day, "Ann", at, at, completed=number % 19 != 5, answers=tuple(answers), plans=plans)


def written(*nights: Night, names: tuple[str, str] = NAMES, words: PageWords = ENGLISH) -> str:
    """The page of these nights, as it is on `TODAY`."""
    return page(names, summarise(nights, TODAY), TODAY, words)


def a_night(*said: str, partner: str = "Ann", question: str = "appreciation.share") -> Night:
    """A night on which one partner said this."""
    answers = tuple(Answer(partner, question, Meaning.SHARE, None, words, AT) for words in said)
    return Night(1, TODAY, "Ann", AT, AT, completed=True, answers=answers)
