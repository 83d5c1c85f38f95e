"""Looks back aloud, as tests/evenings/look_back/*.toml has them: real words, real reading, no sound."""

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from itertools import chain
from pathlib import Path

import pytest

from learning.sentences import labelled
from tests.evening.talking import SCRIPT
from tests.weeks import APOLOGY, HARM, NAMES, week
from voice_checkin.content import content_folder, load_aloud, load_book
from voice_checkin.evening import telling
from voice_checkin.evening.aloud_words import Aloud, spoken_of
from voice_checkin.evening.model import (
    Adjust,
    Close,
    Effect,
    Event,
    Expects,
    Heard,
    HungUp,
    Listen,
    Meaning,
    Say,
    Silence,
    Started,
)
from voice_checkin.evening.passages import Glance, main_ones, passages
from voice_checkin.evening.steering import Steering
from voice_checkin.evening.tale import State, Tale
from voice_checkin.shapes import read_shape

FOLDER = Path(__file__).parent.parent / "evenings" / "look_back"
HEARD = Path(__file__).parent.parent / "heard"
STEERING = {
    *(Meaning.SKIP, Meaning.REPEAT, Meaning.BACK, Meaning.PAUSE, Meaning.RESUME, Meaning.STOP, Meaning.DONE),
    *(Meaning.HELP, Meaning.SLOWER, Meaning.FASTER, Meaning.LOUDER, Meaning.SOFTER, Meaning.TIRED),
}
TODAY = date(2026, 3, 5)
BADLY_FILLED = re.compile(r"[{}]|  | [,.?!]|\.\.")


@dataclass(frozen=True, slots=True)
class Piece:
    """What is heard behind a piece, and what is said then."""

    hears: str = ""
    gone: bool = False
    says: tuple[str, ...] = ()
    hush: tuple[str, ...] = ()
    quiet: bool = False
    gap_s: float = 0.0
    """For how long the first word is waited for after that."""
    rate: float = 0.0
    volume: float = 0.0


@dataclass(frozen=True, slots=True)
class Conversation:
    """One look back on the week."""

    name: str
    steps: tuple[Piece, ...] = ()
    opens: tuple[str, ...] = ()
    topic: str = ""
    """What was asked for; the week as a whole where it is empty."""
    empty: bool = False
    ends: str = ""
    """told, stopped, or not yet."""


@dataclass(frozen=True, slots=True)
class _File:
    conversations: tuple[Conversation, ...]


def load() -> dict[str, Conversation]:
    """Every conversation, by its name."""
    files = (tomllib.loads(file.read_text("utf-8")) for file in sorted(FOLDER.glob("*.toml")))
    every = list(chain(*(read_shape(table, _File).conversations for table in files)))
    assert len({one.name for one in every}) == len(every)
    return {one.name: one for one in every}


CONVERSATIONS = load()


@cache
def words() -> Aloud:
    """The English words."""
    found = load_aloud(content_folder(), "en")
    assert found
    return found


@cache
def steering() -> Steering:
    """The English wishes of Alex and Sam."""
    return Steering.of(words(), NAMES, load_book(content_folder(), SCRIPT))


def alarming(text: str) -> bool:
    """Whether words speak of harm."""
    return "afraid of what you do to me" in text


def tale(topic: str = "", *, empty: bool = False) -> Tale:
    """The week's tale, or that of one topic of it."""
    glance = Glance(words(), NAMES, TODAY, whole_week=not topic, topic=topic or None, alarming=alarming)
    nights = () if empty else week(TODAY)
    if topic:  # as the journal filters them
        prefix = topic.partition(".")[0]
        nights = tuple(
            replace(
                night,
                answers=tuple(
                    a for a in night.answers if a.question == topic or a.question.startswith(f"{topic}.")
                ),
                plans=night.plans if prefix == "new" else (),
            )
            for night in nights
        )
    return Tale(glance, SCRIPT, passages(glance, nights))


@dataclass
class Telling:
    """A look back that is told."""

    tale: Tale
    state: State = field(init=False)
    effects: tuple[Effect, ...] = ()

    def __post_init__(self) -> None:
        self.state = telling.begin(self.tale)
        self.happens(Started())

    def happens(self, event: Event) -> None:
        """Something happens, and is answered."""
        self.state, self.effects = telling.step(self.tale, self.state, event)
        for text in self.said:
            assert not BADLY_FILLED.search(text), text

    def hears(self, piece: Piece) -> None:
        """What is heard, if anything."""
        if piece.gone:
            self.happens(HungUp())
        elif piece.hears:
            match = steering().read(piece.hears, Expects.YES_NO)
            self.happens(Heard(piece.hears, match, alarming(piece.hears)))
        else:
            self.happens(Silence())

    @property
    def said(self) -> list[str]:
        """The lines that were said last."""
        return [effect.text for effect in self.effects if isinstance(effect, Say)]

    @property
    def ended(self) -> str:
        """Whether it was told to its end, stopped, or goes on."""
        last = self.effects[-1]
        return "" if not isinstance(last, Close) else "told" if last.completed else "stopped"

    def says(self, key: str) -> bool:
        """Whether a wording of this key, or else these words, were said last."""
        groups = dict(spoken_of(words()))
        evening = (
            getattr(SCRIPT.lines, key.removeprefix("evening."), ()) if key.startswith("evening.") else ()
        )
        wordings = groups.get(key, evening)
        if not wordings:
            return any(key in line for line in self.said)
        patterns = [re.sub(r"\\\{\w+\\\}", ".+", re.escape(text)) for text in wordings]
        return any(re.fullmatch(pattern, line) for pattern in patterns for line in self.said)


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_a_look_back_goes_as_it_is_written(name: str) -> None:
    """Whatever is said in between, it goes where it is steered."""
    conversation = CONVERSATIONS[name]
    told = Telling(tale(conversation.topic, empty=conversation.empty))
    for key in conversation.opens:
        assert told.says(key), (key, told.said)
    for number, piece in enumerate(conversation.steps, 1):
        told.hears(piece)
        for key in piece.says:
            assert told.says(key), (number, key, told.said)
        for key in piece.hush:
            assert not told.says(key), (number, key, told.said)
        assert not (piece.quiet and told.said), number
        last = told.effects[-1]
        if piece.gap_s:
            assert isinstance(last, Listen)
            assert last.first_word_s == piece.gap_s
        if piece.rate:
            [manner] = [effect.manner for effect in told.effects if isinstance(effect, Adjust)]
            assert (manner.rate, manner.volume) == pytest.approx((piece.rate, piece.volume), abs=0.01)
    assert told.ended == conversation.ends


def test_talk_steers_nothing(figure: Callable[[str], None]) -> None:
    """Of sentences nothing was learned from, stories are talk, and commands in people's words count."""
    sets = [one for name in ("never_seen", "set_aside") for one in labelled(HEARD / f"{name}.toml")]
    read = [(steering().read(one.text, Expects.YES_NO).meaning, one.meaning) for one in sets]
    stories = [meaning for meaning, meant in read if meant is Meaning.SHARE]
    commands = [meaning is meant for meaning, meant in read if meant in STEERING]
    taken, right = len(stories) - stories.count(None), sum(commands)

    figure(
        f"look back: {taken} of {len(stories)} stories steer it, {right} of {len(commands)} commands right"
    )
    assert len(stories) > 500
    assert len(commands) > 400
    assert taken <= 0.005 * len(stories)
    assert right >= 0.97 * len(commands)


@pytest.mark.parametrize(
    ("heard", "wish"),
    [
        ("More about the plants.", "topic:new"),
        ("more about the clans", "topic:new"),
        ("What did some say?", "partner:Sam"),
        ("Okay, and the laughs please.", "topic:laugh"),
        ("Let's hear the kind words.", "topic:appreciation"),
        ("Could you tell us more, please?", "more"),
        ("how did we make up", "topic:apology"),
        ("more about the walks", None),
        ("do you remember the plan we made in Rome", None),
    ],
)
def test_a_wish_is_found_though_it_was_misheard(heard: str, wish: str | None) -> None:
    """What sounds like a wish is one, wrapped in courtesies or not; what only names a thing is talk."""
    assert steering().read(heard, Expects.YES_NO).value == wish


@pytest.mark.parametrize("pieces", range(len(main_ones(tale().passages)) + 1))
@pytest.mark.parametrize("word", ["Stop.", "That's enough.", "Good night."])
def test_stop_ends_it_everywhere(pieces: int, word: str) -> None:
    """Behind whatever piece, the asking at the end among them, one word is enough."""
    told = Telling(tale())
    for _ in range(pieces):
        told.hears(Piece())
    told.hears(Piece(hears=word))

    assert told.ended == "stopped"


@pytest.mark.parametrize(
    "wish", ["Next.", "Again.", "Go back.", "Tell me more.", "More about the plans.", "What did Sam say?"]
)
def test_no_wish_loops_for_ever(wish: str) -> None:
    """However often a wish is said, silence afterwards brings the look back to its end."""
    told = Telling(tale())
    for _ in range(20):
        if not told.ended:
            told.hears(Piece(hears=wish))
    for _ in range(100):
        if not told.ended:
            told.hears(Piece())

    assert told.ended in {"told", "stopped"}


def test_nothing_private_is_told_unasked() -> None:
    """No apology's words, nothing parked, and no words of harm, in all there is to tell of the week."""
    lines = [line for passage in tale().passages for line in (*passage.lines, passage.rest)]

    for words_ in (APOLOGY, "birthday", "loud as well", "your brother", HARM, "boat trip"):
        assert not any(words_ in line for line in lines)
    assert not any(
        HARM in line
        for topic in ("apology", "appreciation")
        for p in tale(topic).passages
        for line in p.lines
    )


def test_both_partners_have_as_much_room() -> None:
    """The week's look back holds as many pieces of one as of the other, where both have said as much."""
    told = tale().passages
    kept = [told[place] for place in main_ones(told) if told[place].topic in {"appreciation", "laugh"}]

    assert [sum(passage.partner == name for passage in kept) for name in NAMES] == [4, 4]


def test_only_what_was_answered_counts_as_made_up() -> None:
    """A sorry that was parked, or had no answer, is not told as made up."""
    made_up = [passage.lines for passage in tale().passages if passage.topic == "apology"]

    assert made_up == [("On Sunday the two of you made up.",)]
