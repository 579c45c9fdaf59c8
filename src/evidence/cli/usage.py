"""The command line in the user's language: what --help teaches, and what is said where a call cannot be parsed."""

import re
from typing import Any

import typer

from evidence import words
from evidence.cli import speech
from evidence.errors import Place, Refusal
from evidence.nearest import near


class Group(typer.core.TyperGroup):
    """The commands, whose help is read from words.csv when it is asked for: `help.COMMAND`, its parameters and an example."""

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of this name with its help in the language spoken now; None where there is none."""
        command = super().get_command(ctx, cmd_name)
        return command and _taught(command, cmd_name)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Writes the help of the command line as a whole."""
        _taught(self, "evidence")
        super().format_help(ctx, formatter)


def refusal(error: Any) -> Refusal:
    """What the parser could not read, as a refusal: E213 an option and E214 a command that is not there, with the nearest there is,
    E215 what is missing, E216 a file that cannot be opened, E217 a value that is no choice, E218 anything else, in the parser's own words.
    """
    context, kind = error.ctx, type(error).__name__  # the library keeps its classes to itself, so they are told apart by their names
    place, said = Place(context.command_path if context else "evidence"), error.format_message()
    if match := re.match(r"No such command '(.*?)'", said):
        return Refusal("E214", place, near(match[1], list(context.command.commands)))
    if kind == "NoSuchOption":
        return Refusal("E213", place, near(error.option_name, [name for one in context.command.params for name in one.opts]))
    if kind == "MissingParameter":
        return Refusal("E215", place, error.param.metavar if error.param.param_type_name == "argument" else error.param.opts[0])
    if kind == "BadParameter" and (quoted := re.findall(r"'([^']*)'", error.message)):
        return Refusal("E217", place, f"{quoted[0]} ({', '.join(quoted[1:])})") if quoted[1:] else Refusal("E216", place, quoted[0])
    if kind == "BadOptionUsage":
        return Refusal("E215", place, f"{error.option_name} …")
    return Refusal("E218", place, said.rstrip("."))


def _taught(command: Any, name: str) -> Any:
    lang = speech.lang()
    command.help = words.word(f"help.{name}", lang)
    command.short_help = command.help.partition({"ja": "。", "en": ". "}[lang])[0]
    if words.has(f"help.{name}.example"):
        command.epilog = f"{words.word('help.example', lang)} {words.word(f'help.{name}.example', lang)}"
    for parameter in command.params:
        own = f"help.{name}.{parameter.name}"
        parameter.help = words.word(own if words.has(own) else f"help.{parameter.name}", lang)
    return command
