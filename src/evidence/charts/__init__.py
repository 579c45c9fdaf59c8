"""Charts: DataFrame in, Altair chart out; a chart never computes what it shows. One module per chapter, one shared look."""

from importlib import import_module
from types import ModuleType


def __getattr__(name: str) -> ModuleType:
    """The chapter's module, imported when a notebook first draws with it."""
    try:
        return import_module(f"evidence.charts.{name}")
    except ModuleNotFoundError as error:
        raise AttributeError(name) from error
