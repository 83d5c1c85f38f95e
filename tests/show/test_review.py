"""Looking back in the terminal: a text of 80 columns that says all without colour."""

import io
import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from rich.cells import cell_len
from rich.console import Console

from voice_checkin.content import content_folder, load_labels
from voice_checkin.evening.model import Answer, Meaning, Night, Outcome, Plan
from voice_checkin.evening.review import Found, overview
from voice_checkin.show.review import show_empty, show_found, show_nothing, show_overview

AT = datetime(2026, 3, 1, 21, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
LABELS = load_labels(content_folder())
LONG = "you carried the cat up four flights of stairs while she sang the anthem " * 4


def said(words: str, *, partner: str = "Ann", question: str = "laugh.share") -> Answer:
    """An answer that tells something."""
    return Answer(partner, question, Meaning.SHARE, None, words, AT)


def short(partner: str, question: str, meaning: Meaning, value: float | None = None) -> Answer:
    """An answer of one word."""
    return Answer(partner, question, meaning, value, "a long way of saying so", AT)


NIGHT = Night(
    1,
    date(2026, 3, 1),
    "Ann",
    AT,
    AT,
    completed=True,
    answers=(
        short("Ben", "apology.owed", Meaning.NO),
        short("Ann", "apology.owed", Meaning.YES),
        said("let us dance", question="new.plan"),
        said(LONG),
        said("you made [bold]tea[/bold]", question="appreciation.share"),
        Answer("Ben", "laugh.share", Meaning.SKIP, None, "skip this", AT),
        short("Ann", "closeness.rating", Meaning.RATING, 4),
        short("Ben", "closeness.rating", Meaning.RATING, 5),
    ),
    plans=(Plan("Let us dance", date(2026, 3, 7)), Plan("swim", date(2026, 3, 1), Outcome.DONE)),
)
BROKEN_OFF = Night(2, TODAY, "Ben", AT, answers=(said("춤추는 할머니가 정말 웃겼어요 " * 9, partner="Ben"),))


def shown(show: Callable[[Console], None], width: int = 80) -> str:
    """What stands on a terminal of this width, without colour."""
    out = io.StringIO()
    show(Console(file=out, width=width, highlight=False))
    return out.getvalue()


def found(*nights: Night, searched: bool = False, **more: object) -> str:
    """These nights as they are shown."""
    some = Found(nights, len(nights), **more)  # type: ignore[arg-type]
    return shown(lambda out: show_found(out, some, LABELS, searched=searched))


def seen(*nights: Night, since: date = date(2025, 1, 1)) -> str:
    """The overview of these nights."""
    days = [since, *(night.date for night in nights)]
    plans = [plan for night in nights for plan in night.plans if plan.outcome is None]
    first = overview(days, nights, plans, TODAY)
    return shown(lambda out: show_overview(out, first, nights, LABELS))


@pytest.mark.parametrize("text", [found(NIGHT, BROKEN_OFF), seen(NIGHT, BROKEN_OFF)], ids=["found", "seen"])
def test_it_is_readable_at_80_columns_without_colour(text: str) -> None:
    """No line is wider, ends in blanks or holds a control or drawn character; Korean counts double."""
    for line in text.splitlines():
        assert cell_len(line) <= 80
        assert line == line.rstrip()
        assert not {unicodedata.category(sign) for sign in line} & {"Cc", "So"}, line
    assert text.count("four flights") == 4 * text.count("you carried the cat up") / 4


def test_a_narrow_terminal_wraps_too() -> None:
    """At 40 columns nothing is cut and nothing is wider."""
    text = shown(lambda out: show_found(out, Found((NIGHT,), 1), LABELS, searched=False), width=40)

    assert max(map(cell_len, text.splitlines())) <= 40
    assert " ".join(text.split()).count("sang the anthem") == 4


def test_what_is_dear_comes_before_what_was_settled() -> None:
    """Appreciation, laughs, plans; then, in one line, what was told in a word."""
    told = " ".join(found(NIGHT).split())
    order = ["Sunday, 1 March 2026", "appreciation: you made", "laugh: you carried", "Planned: Let us dance"]
    order += ["Closeness: Ann 4, Ben 5.", "Apology owed: Ben no, Ann yes."]

    assert sorted(order, key=told.index) == order


def test_words_stay_as_they_were_said() -> None:
    """Brackets are no markup; the long way of saying yes or four isn't told."""
    text = found(NIGHT)

    assert "you made [bold]tea[/bold]" in text
    assert "long way" not in text


def test_a_plan_is_told_once_with_what_became_of_it() -> None:
    """The answer in which it was made isn't told beside it; a day stands by it until it is done."""
    text = found(NIGHT)

    assert text.lower().count("let us dance") == 1
    assert "Planned: Let us dance (for 7 March 2026)" in text
    assert "Planned: swim (done)" in text
    moved = Night(
        4, TODAY, "Ann", AT, plans=(Plan("bake", TODAY, Outcome.MOVED), Plan("ski", None, Outcome.DROPPED))
    )
    assert "Planned: bake (for 2 March 2026)\n  Planned: ski (let go)" in found(moved)


def test_what_was_skipped_is_not_dwelt_on() -> None:
    """Skipping is never counted against anyone: a look back doesn't show it."""
    assert "skip" not in found(NIGHT)


def test_hits_stand_in_brackets() -> None:
    """Without colour brackets tell them; on a terminal they are bold as well."""
    marks = {LONG: ((16, 19),), "Let us dance": ((7, 12),)}
    text = found(NIGHT, searched=True, answers=1, plans=1, marks=marks)

    assert text.startswith("Found: 1 night, 1 answer, 1 plan.")
    assert "you carried the [cat] up four" in text
    assert "Planned: Let us [dance]" in text

    out = io.StringIO()
    bold = Console(file=out, width=80, force_terminal=True, highlight=False, color_system="standard")
    show_found(bold, Found((NIGHT,), 1, 1, 1, marks), LABELS, searched=True)
    assert "\x1b[1m[cat]" in out.getvalue()


def test_words_of_a_short_answer_are_told_where_they_were_looked_for() -> None:
    """Who looks for words of a wordy yes sees them, not only that it was a yes."""
    text = found(NIGHT, searched=True, answers=2, marks={"a long way of saying so": ((2, 6),)})

    assert "Ann, apology owed: a [long] way of saying so" in text


def test_more_than_is_shown_is_told() -> None:
    """Of many nights the newest are shown, and how to see all."""
    text = shown(lambda out: show_found(out, Found((NIGHT,), 1200), LABELS, searched=False))

    assert "Found: 1,200 nights." in text
    assert "the newest 1. All of them: --nights 1200" in text


def test_the_overview_tells_all_in_words() -> None:
    """Since when, how often lately, laughs, closeness with its course, plans, and the latest nights."""
    ratings = [short("Ann", "closeness.rating", Meaning.RATING, value) for value in (3, 5)]
    week_before = Night(3, NIGHT.date - timedelta(days=7), "Ann", AT, answers=(ratings[0],), completed=True)
    text = seen(week_before, NIGHT)

    assert text.startswith("3 nights since 1 January 2025, 2 of them in the last 21 days.")
    assert "  1 March, Ann: you carried the cat" in text
    assert "  Ann: none, none, none, none, none, none, 3.0, 4.0; closer than before" in text
    assert "  Ben: none, none, none, none, none, none, none, 5.0\n" in text
    assert "  Let us dance (for 7 March 2026)" in text
    assert "Plans done lately\n  swim\n" in text
    assert text.rstrip().endswith("--topic laugh")


@pytest.mark.parametrize(("before", "course"), [(4, "about as close as"), (5, "less close than")])
def test_a_course_is_told_without_a_score(before: float, course: str) -> None:
    """What nobody would feel is called the same; less is called less, and nothing else."""
    rating = short("Ann", "closeness.rating", Meaning.RATING, before)
    earlier = Night(3, NIGHT.date - timedelta(days=7), "Ann", AT, answers=(rating,), completed=True)

    assert f"{course} before" in seen(earlier, NIGHT)


def test_an_old_silence_is_not_held_against_anyone() -> None:
    """Where the last nights are long ago no rhythm is told."""
    text = seen(Night(1, date(2025, 6, 1), "Ann", AT, completed=True))

    assert text.startswith("2 nights since 1 January 2025.\n")


def test_a_night_that_broke_off_says_so() -> None:
    """In words, behind its day."""
    assert "Monday, 2 March 2026 (broke off)" in found(BROKEN_OFF)


def test_many_plans_are_told_in_short() -> None:
    """Five, and how many more there are."""
    night = Night(1, TODAY, "Ann", AT, plans=tuple(Plan(f"plan {n}") for n in range(9)))

    assert "  plan 4\n  and 4 more: --topic new\n" in seen(night)


def test_nothing_is_told_in_one_calm_line() -> None:
    """With the option that stands in the way, where there is one; and before the first evening."""
    assert shown(lambda out: show_nothing(out, "--partner", 1)) == (
        "Nothing was found. Without --partner there would be 1 night.\n"
    )
    assert shown(show_nothing).count("\n") == 1
    assert "voice-checkin" in shown(show_empty)


def test_what_was_said_can_not_steer_the_terminal() -> None:
    """Escape sequences and line breaks in answers and plans stay out; the marks stand right all the same."""
    words = "\x1b]0;title\x07dog\nand cat\r"
    night = Night(1, TODAY, "Ann", AT, answers=(said(words),), plans=(Plan("\x1b[31mswim\n\nfar"),))
    text = found(
        night, searched=True, answers=1, marks={words: ((words.index("cat"), words.index("cat") + 3),)}
    )

    assert not {"\x1b", "\x07", "\r"} & set(text)
    assert "dog and [cat]" in text
    assert "swim  far" in text
