"""The command line: parses, calls, prints errors, chooses the exit code. Nothing else does.

Everything heavy is imported inside the command that needs it, so that `--help` answers at once.
"""

import os
import random
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from voice_checkin import __version__
from voice_checkin.errors import CheckinError

if TYPE_CHECKING:
    from voice_checkin.wiring.place import Choices

EARS = ("auto", "vosk", "whisper", "keyboard")
VOICES = ("auto", "pyttsx3", "piper", "printed")
EXPECTS = ("yes_no", "story", "rating", "plan")
INTERRUPT = ("key", "voice")
DEPTHS = ("light", "warm", "deep")
WEEKLY = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "off")
INTERRUPTED = 130


def main() -> None:
    """Run one command.

    Exit codes: 0 done, 1 a problem, 2 wrong usage, 3 no way to answer, 130 interrupted.
    """
    # Subtitles appear as they happen, in a pipe as well; an old terminal's encoding ends no evening.
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(line_buffering=True, errors="replace")  # type: ignore[union-attr]
    os.umask(0o077)  # whatever is written is for nobody else's eyes
    try:
        cli(prog_name="voice-checkin", standalone_mode=False)
    except click.ClickException as wrong:
        wrong.show()
        sys.exit(wrong.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("\nInterrupted. What was said is kept.", err=True)
        sys.exit(INTERRUPTED)
    except CheckinError as error:
        click.echo(str(error), err=True)
        sys.exit(error.exit_code)


class _TonightByDefault(click.Group):
    """`voice-checkin` is `voice-checkin tonight`, with its options."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0].startswith("-") and args[0] not in {"--help", "--version"}):
            args = ["tonight", *args]
        return super().parse_args(ctx, args)


class _Kept(click.Command):
    """A command on the journal, which is first unlocked, backed up once a day, and mended if damaged."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - as click has it
        from voice_checkin.wiring.keeping import look_after

        if not ctx.params.get("locking") and (told := look_after(_asking_unseen())):
            click.echo(told, err=True)
        return super().invoke(ctx)


_language = click.option("--language", metavar="CODE", help="Language of the evening: en, ko.")
_ear = click.option("--ear", type=click.Choice(EARS), help="Who listens.")
_voice = click.option("--voice", type=click.Choice(VOICES), help="Who speaks.")
_content = click.option(
    "--content",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder with your own content.",
)
_trace = click.option(
    "--trace", type=click.File("w", encoding="utf-8"), help="Write its moments, as JSON lines."
)
_day = click.DateTime(["%Y-%m-%d"])
_format = click.argument("form", metavar="FORMAT", type=click.Choice(["json", "csv", "markdown"]))


def _spoken(command: Callable[..., None]) -> Callable[..., None]:
    """The options of what may be spoken, beside its --aloud."""
    for option in (_trace, _content, _language, _voice, _ear):
        command = option(command)
    return command


def _choices(options: dict[str, Any]) -> "Choices":
    """Take the options of `_spoken` out of all."""
    from voice_checkin.wiring.place import Choices

    return Choices(**{name: options.pop(name) for name in ("ear", "voice", "language", "content", "trace")})


def _those(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say whose words are meant, of when, and who agrees."""
    agree = "Say that you agree, by name; once for each."
    for option in (
        click.option("--aloud", is_flag=True, help="Ask for your say-so aloud, each by name."),
        _spoken,
        click.option("--yes", multiple=True, metavar="NAME", help=agree),
        click.option("--partner", metavar="NAME", help="Only what this partner said."),
        click.option("--question", metavar="KEY", help="Only this question, such as laugh.share."),
        click.option("--night", type=_day, help="Only of this night, such as 2026-11-24."),
    ):
        command = option(command)
    return command


@click.group(cls=_TonightByDefault, epilog="Example: voice-checkin setup --names Alex Sam")
@click.version_option(__version__, prog_name="voice-checkin")
def cli() -> None:
    """An evening check-in for two, by voice. Nothing leaves this machine."""


@cli.command(cls=_Kept, epilog="Example: voice-checkin tonight --short")
@_ear
@_language
@_content
@_voice
@click.option("--short", is_flag=True, help="Two minutes: one appreciation each, then good night.")
@_trace
def tonight(**options: Any) -> None:  # noqa: ANN401 - click hands over what was declared above
    """Hold tonight's check-in, or go on with the one that broke off."""
    from voice_checkin.wiring.evenings import hold_tonight
    from voice_checkin.wiring.looking_back import are_named, set_up
    from voice_checkin.wiring.place import Choices

    if sys.stdin.isatty() and not are_named():
        set_up(_ask_names(), {})
    hold_tonight(Choices(**options))


@cli.command(epilog="Example: voice-checkin demo --save evening.wav")
@_ear
@_language
@_content
@click.option("--save", type=click.Path(path_type=Path, dir_okay=False), help="Keep the sound as a WAV file.")
@_trace
def demo(save: Path | None, **options: Any) -> None:  # noqa: ANN401 - as above
    """Play a whole evening with two synthetic voices, through the real ear."""
    from voice_checkin.wiring.evenings import play_demo
    from voice_checkin.wiring.place import Choices

    play_demo(Choices(**options), save)


@cli.command(cls=_Kept, epilog="Example: voice-checkin tip --another")
@_language
@_content
@_voice
@click.option("--theme", help="Only tips of this theme.")
@click.option("--another", is_flag=True, help="Another one than today's.")
@click.option("--printed", is_flag=True, help="Print it only.")
def tip(theme: str | None, *, another: bool, printed: bool, **options: Any) -> None:  # noqa: ANN401 - as above
    """Speak the tip of the day."""
    from voice_checkin.wiring.evenings import speak_tip
    from voice_checkin.wiring.place import Choices

    if printed:
        options["voice"] = "printed"
    speak_tip(Choices(**options), theme, another=another)


@cli.command(cls=_Kept, epilog="Example: voice-checkin review --nights 7")
@click.option("--nights", type=click.IntRange(1), help="Only the last so many.")
@click.option("--since", type=_day, help="From this day on, such as 2026-11-01.")
@click.option("--until", type=_day, help="Up to this day.")
@click.option("--partner", metavar="NAME", help="Only this partner's answers.")
@click.option("--topic", metavar="KEY", help="Only one topic: appreciation, apology, laugh, new, closeness.")
@click.option("--search", metavar="WORDS", help="Only where all these words were said; grand* begins so.")
@click.option("--on-this-night", is_flag=True, help="Only this night, of earlier times.")
@click.option(
    "--page",
    is_flag=False,
    flag_value="",
    metavar="[FILE]",
    help="As one page for a browser.",
)
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.option(
    "--aloud", is_flag=True, help="Spoken, and steered by voice; the last week, if nothing is asked."
)
@_spoken
def review(*, as_json: bool, aloud: bool, page: str | None, **options: Any) -> None:  # noqa: ANN401 - as above
    """Look back on what was said.

    With --aloud it is told in sentences. After each one you can say: next, again, back, tell me more, more
    about the plans, what did Sam say, slower, louder, pause, help, or stop. Enter, or silence, goes on.
    """
    from voice_checkin.wiring.looking_back import Filters, look_back, look_back_as_json

    choices = _choices(options)
    wanted = Filters(**_dates(options))
    if aloud:
        from voice_checkin.wiring.aloud import look_back_aloud

        look_back_aloud(choices, wanted)
    elif page is not None:
        from voice_checkin.wiring.page import is_locked, write_page

        click.echo(write_page(wanted, Path(page) if page else None))
        if is_locked():
            click.echo("This page opens without the passphrase: remove it when you have read it.", err=True)
    elif as_json:
        click.echo(look_back_as_json(wanted), nl=False)
    else:
        look_back(wanted)


@cli.command(cls=_Kept, epilog="Example: voice-checkin setup --names Alex Sam --hour 21:30 --yes")
@click.option("--names", nargs=2, metavar="NAME NAME", help="What the two are called.")
@_language
@_ear
@_voice
@click.option("--rate", type=click.FloatRange(0.6, 1.6), help="How fast it speaks; 1 is natural.")
@click.option("--volume", type=click.FloatRange(0.2, 1.0), help="How loud it speaks; 1 is full.")
@click.option("--pause", type=click.FloatRange(0.5, 4.0), help="How long it pauses; 1 is usual.")
@click.option("--interrupt", type=click.Choice(INTERRUPT), help="What breaks off a line; see doctor.")
@click.option("--microphone", metavar="NAME", help="The microphone's name, or part of it.")
@click.option("--loudspeaker", metavar="NAME", help="The loudspeaker's name, or part of it.")
@click.option(
    "--patience",
    nargs=2,
    type=(str, click.FloatRange(0.5, 5.0)),
    multiple=True,
    metavar="NAME TIMES",
    help="Wait so many times longer before NAME's answer counts as over, as for somebody who stutters.",
)
@click.option("--hour", metavar="HH:MM", help="When you like to meet.")
@click.option("--depth", type=click.Choice(DEPTHS), help="How deep questions may go; warm is usual.")
@click.option("--weekly", type=click.Choice(WEEKLY), help="The day of the weekly look; off leaves it out.")
@click.option(
    "--country", metavar="CODE", help="Whose places of help are told, such as GB; '' for neutral ones."
)
@click.option(
    "--word", "words", multiple=True, metavar="WORD", help="A name or word of your own, to be heard."
)
@click.option("--forget-word", "forget", multiple=True, metavar="WORD", help="Forget a word of your own.")
@click.option("--lock", "locking", flag_value="lock", help="Encrypt the journal, with a passphrase.")
@click.option("--unlock", "locking", flag_value="unlock", help="Make it plain again.")
@click.option("--new-passphrase", "locking", flag_value="new", help="Choose another passphrase.")
@click.option(
    "--recover", "locking", flag_value="recover", help="Choose another passphrase, by the recovery phrase."
)
@click.option("--keyring/--no-keyring", default=None, help="Whether this system's keyring may unlock it.")
@click.option("--yes", is_flag=True, help="Ask nothing; what isn't given stays as it is.")
def setup(  # noqa: PLR0913 - as many as there are kinds of choices
    names: tuple[str, str] | None,
    patience: tuple[tuple[str, float], ...],
    country: str | None,
    locking: str | None,
    *,
    keyring: bool | None,
    yes: bool,
    **choices: Any,  # noqa: ANN401 - as above
) -> None:
    """Tell your names, and choose voice, devices, patience, hour, and how deep questions may go.

    --lock encrypts the journal, in its place: it shows a recovery phrase once, to be written down.
    """
    from voice_checkin.wiring.looking_back import own_words, set_up

    if locking or keyring is not None:
        if any((names, patience, country is not None, *choices.values())):
            raise click.UsageError("The journal's lock is set up by itself: leave the other options out.")
        click.echo(_set_up_lock(locking, keyring=keyring))
        return
    own = own_words(choices.pop("words"), choices.pop("forget"))
    choices["patience"] = dict(patience) or None
    choices["country"] = country.upper() if country is not None else None
    if not yes:
        names = names or _ask_names()
        choices["hour"] = choices["hour"] or click.prompt("When do you like to meet", default="21:30")
    set_up(names, {key: value for key, value in choices.items() if value is not None})
    if own:
        click.echo(f"Your own words: {', '.join(own)}")
    click.echo("Kept. Your evening begins with: voice-checkin")


def _set_up_lock(locking: str | None, *, keyring: bool | None) -> str:
    """Lock, unlock, or change what unlocks; what to tell."""
    from voice_checkin.wiring import locking as lock

    ask_new = _ask_new_passphrase if sys.stdin.isatty() else None
    match locking:
        case "lock":
            return lock.lock(ask_new, _show_recovery, in_keyring=bool(keyring))
        case "unlock":
            return lock.unlock(_asking_unseen())
        case "new":
            return lock.new_passphrase(_asking_unseen(), ask_new)
        case "recover":
            return lock.recover(_asking(), ask_new)
        case _:
            return lock.use_keyring(on=bool(keyring))


def _ask_new_passphrase() -> str:
    """A passphrase, typed twice the same."""
    from voice_checkin.wiring.locking import SHORTEST, is_too_short

    while True:
        typed = _ask_unseen("A passphrase that you both know; four words do well")
        if is_too_short(typed):
            click.echo(f"That is too short: take {SHORTEST} letters or more.", err=True)
        elif _ask_unseen("The same once more") == typed:
            return typed
        else:
            click.echo("These were two different ones.", err=True)


def _show_recovery(words: tuple[str, ...]) -> None:
    """Show the recovery phrase and, on a terminal, wait until two words of it have been read back."""
    click.echo("Your recovery phrase. It is shown this once, and opens the journal without the passphrase:\n")
    for first in range(0, len(words), 4):
        row = enumerate(words[first : first + 4], start=first + 1)
        click.echo("  " + "".join(f"{number:>3} {word:<10}" for number, word in row))
    click.echo("\nWrite it down on paper, and keep it as you keep your passports.")
    if not sys.stdin.isatty():
        return
    click.prompt("Enter, once you have", default="", show_default=False, err=True)
    click.clear()
    for number in sorted(random.SystemRandom().sample(range(len(words)), 2)):
        while click.prompt(f"From your paper, word {number + 1}", err=True).strip().lower() != words[number]:
            click.echo("It is another word. Ctrl-C ends this, and nothing is changed.", err=True)


def _ask_names() -> tuple[str, str]:
    """Both names, typed; Enter keeps the ones that are known."""
    from voice_checkin.wiring.looking_back import names_so_far

    first, second = names_so_far()
    return click.prompt("What is one of you called", default=first), click.prompt(
        "And the other", default=second
    )


@cli.command(epilog="Example: voice-checkin doctor --seconds 10")
@_ear
@_language
@_content
@_voice
@click.option("--seconds", type=click.FloatRange(0.5, 60), help="How long it waits for you to speak.")
@click.option("--quiet", is_flag=True, help="Play nothing.")
@click.option("--json", "as_json", is_flag=True, help="For programs: one JSON object a line.")
def doctor(seconds: float | None, *, quiet: bool, as_json: bool, **options: Any) -> None:  # noqa: ANN401 - as above
    """Look at devices, voice, ear, models and journal: each is fine, or told with its cure.

    Plays a phrase, shows how loud the microphone hears you, and what was understood. It waits 6 s for you to
    speak, in a pipe 2 s. Ends with 1 where something is wrong.
    """
    from voice_checkin.wiring.doctor import examine
    from voice_checkin.wiring.place import Choices

    if not examine(Choices(**options), seconds, _asking_unseen(), quiet=quiet, as_json=as_json):
        sys.exit(1)


@cli.group(epilog="Example: voice-checkin models list")
def models() -> None:
    """The speech models: list, fetch, verify."""


@models.command("list", epilog="Example: voice-checkin models list")
def models_list() -> None:
    """Which models there are, and which are here."""
    from voice_checkin.wiring.models import list_models

    list_models()


@models.command("fetch", epilog="Example: voice-checkin models fetch vosk-small-en")
@click.argument("name")
def models_fetch(name: str) -> None:
    """Fetch one model: the only command that opens a connection."""
    from voice_checkin.wiring.models import fetch_model

    fetch_model(name)


@models.command("verify", epilog="Example: voice-checkin models verify")
@click.argument("names", nargs=-1)
def models_verify(names: tuple[str, ...]) -> None:
    """Check every file of the models that are here."""
    from voice_checkin.wiring.models import verify_models

    verify_models(names)


@cli.group(epilog="Example: voice-checkin content check my-content")
def content() -> None:
    """The words of an evening: check yours."""


@content.command("check", epilog="Example: voice-checkin content check my-content")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, exists=True, file_okay=False))
def content_check(folder: Path) -> None:
    """Read all content in a folder, and tell what is in it, or its first fault.

    DIR holds languages, or is one, or is your home folder with content.toml or intents.toml in it.
    """
    from voice_checkin.wiring.contents import check_content

    for language in check_content(folder):
        click.echo(language)


@cli.command("export", cls=_Kept, epilog="Example: voice-checkin export markdown nights")
@_format
@click.argument("file", type=click.File("wb", lazy=True), default="-")
def export_journal(form: str, file: Any) -> None:  # noqa: ANN401 - click's lazy file
    """Write the journal to a file, or to standard output; as Markdown into a folder, a file a night."""
    from voice_checkin.wiring.looking_back import export_as, export_notes

    if form == "markdown" and file.name != "-":
        click.echo(f"{export_notes(Path(file.name))} nights written.")
    else:
        file.write(export_as(form).encode())


@cli.command("import", cls=_Kept, epilog="Example: voice-checkin import json nights.json")
@_format
@click.argument("file", type=click.File("rb"), default="-")
def import_journal(form: str, file: Any) -> None:  # noqa: ANN401 - as above
    """Bring nights from a file, or from standard input, into the journal; what is here stays as it is."""
    from voice_checkin.wiring.looking_back import import_from

    click.echo(import_from(form, file))


@cli.command(cls=_Kept, epilog="Example: voice-checkin forget --night 2026-11-24 --partner Sam --yes Sam")
@_those
@click.option("--all", "everything", is_flag=True, help="Everything that was ever said.")
@click.option("--now", "for_good", is_flag=True, help="Truly and at once; else it can come back for 30 days.")
def forget(*, everything: bool, for_good: bool, aloud: bool, yes: tuple[str, ...], **those: Any) -> None:  # noqa: ANN401 - as above
    """Forget an answer, a night, one partner's words, or everything.

    Words are forgotten only if the one who said them says so: types the name when asked, or --yes NAME, or
    agrees aloud with --aloud. A whole night, or everything, takes both: --yes NAME --yes NAME.
    """
    from voice_checkin.wiring.keeping import forget as forget_those

    choices = _choices(those)
    if everything == any(those.values()):
        raise click.UsageError("Say what: --night, --question, --partner, or --all alone.")
    those = _dates(those)
    with _agreeing(choices, "erase" if for_good else "forget", those, aloud=aloud) as ask:
        click.echo(forget_those(those, yes, ask, for_good=for_good))


@cli.command(cls=_Kept, epilog="Example: voice-checkin restore --night 2026-11-24 --yes Alex --yes Sam")
@_those
@click.option(
    "--from", "backup", metavar="FILE", type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Put a backup in the journal's place.",
)  # fmt: skip
def restore(backup: Path | None, *, aloud: bool, yes: tuple[str, ...], **those: Any) -> None:  # noqa: ANN401 - as above
    """Bring back what was forgotten in the last 30 days, or a backup of the journal.

    Words come back only if the one who said them says so, as with forget.
    """
    from voice_checkin.wiring.keeping import restore as restore_those
    from voice_checkin.wiring.keeping import restore_backup

    choices, those = _choices(those), _dates(those)
    if backup and any(those.values()):
        raise click.UsageError("A backup is restored as a whole: --from goes alone.")
    with _agreeing(choices, "restore", those, aloud=aloud, backup=backup is not None) as ask:
        click.echo(restore_backup(backup, yes, ask) if backup else restore_those(those, yes, ask))


@cli.command(epilog='Example: echo "of course" | voice-checkin understand')
@click.option("--expects", type=click.Choice(EXPECTS), default="yes_no", help="What the question waits for.")
@click.option("--why", is_flag=True, help="Say which rule decided, in words.")
@_language
@_content
def understand(expects: str, *, why: bool, **options: Any) -> None:  # noqa: ANN401 - as above
    """Read sentences, one a line, and say what each means, as JSON.

    On a terminal this is a playground: type a sentence, see what it means, and which words spoke for it.
    """
    from voice_checkin.wiring.place import Choices
    from voice_checkin.wiring.understanding import play, understand_lines

    if sys.stdin.isatty() and sys.stdout.isatty():
        play(Choices(**options), expects)
        return
    for meaning in understand_lines(Choices(**options), expects, sys.stdin, why=why):
        click.echo(meaning)


@cli.command(epilog="Example: voice-checkin hear answer.wav")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--expects", type=click.Choice(EXPECTS), default="story", help="Whose patience applies.")
@_ear
@_language
@_content
def hear(files: tuple[Path, ...], expects: str, **options: Any) -> None:  # noqa: ANN401 - as above
    """Hear sound files as the evening would; one JSON object a turn."""
    from voice_checkin.wiring.hearing import hear_files
    from voice_checkin.wiring.place import Choices

    for turn in hear_files(Choices(**options), expects, files):
        click.echo(turn)


def _dates(options: dict[str, Any]) -> dict[str, Any]:
    """The options, with days where click gives moments."""
    return {key: value.date() if isinstance(value, datetime) else value for key, value in options.items()}


@contextmanager
def _agreeing(
    choices: "Choices", deed: str, those: dict[str, Any], *, aloud: bool, backup: bool = False
) -> Iterator[Callable[[str], str] | None]:
    """How somebody is asked to agree: aloud, else to type the name; None where nobody can."""
    if aloud:
        from voice_checkin.wiring.aloud import asking_aloud

        with asking_aloud(choices, deed, those, backup=backup) as ask:
            yield ask
    else:
        typed = _asking()
        yield typed and (lambda name: typed(f"{name}, type your name if you agree"))


def _asking() -> Callable[[str], str] | None:
    """How something is asked for: on a terminal; None where nobody can type."""
    return (lambda prompt: click.prompt(prompt, err=True)) if sys.stdin.isatty() else None


def _asking_unseen() -> Callable[[str], str] | None:
    """The same for what nobody is to see."""
    return _ask_unseen if sys.stdin.isatty() else None


def _ask_unseen(prompt: str) -> str:
    typed: str = click.prompt(prompt, hide_input=True, default="", show_default=False, err=True)
    return typed
