"""The product's own words are told from an answer."""

import pytest

from voice_checkin.evening.echo import is_echo

ASKED = [
    "Thank you, Sam. I've kept it for you.",
    "Alex, some kind things are easy to miss. Which one did you notice from Sam?",
]
EXAMPLE = ["It can be tiny, like: you made me tea when I was tired. What was it for you, Alex?"]


@pytest.mark.parametrize(
    "heard",
    [
        "Alex, some kind things are easy to miss. Which one did you notice from Sam?",
        "alex some kind things are easy to miss which one did you notice from sam",
        "Which one did you notice from Sam?",
        "Which one did you know this from Sam?",
    ],
)
def test_what_was_just_said_is_an_echo(heard: str) -> None:
    """Whole, or its last sentence; a recogniser's slips change nothing."""
    assert is_echo(heard, ASKED)


@pytest.mark.parametrize(
    ("heard", "lines"),
    [
        ("you made me tea when I was tired", EXAMPLE),
        ("Thank you, Sam.", ASKED),
        ("Which one did I notice? The tea that you made this morning.", ASKED),
        ("Sam made me laugh so hard this morning", ASKED),
        ("yes", ["Yes?"]),
        ("", ASKED),
    ],
)
def test_an_answer_is_none(heard: str, lines: list[str]) -> None:
    """Neither an example taken up, nor a short word, nor the question repeated before its answer."""
    assert not is_echo(heard, lines)
