"""A kernel's side of a run: cells executed as IPython's kernel does, what they show sent over a pipe.

The shell, its display hook and its publisher are those of ipykernel, so that a cell shows the same bytes as under any Jupyter; what is
left out is the protocol between them and the notebook: five sockets, their threads, and fixed waits longer than most notebooks run.
"""

import builtins
import io
import json
import os
import re
import sys
import tempfile
import threading
from multiprocessing.connection import Connection
from typing import Any, BinaryIO

from ipykernel.jsonutil import json_clean
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.error import StdinNotImplementedError
from jupyter_client.session import Session
from traitlets import Any as AnyTrait
from traitlets.config import Config

from evidence.runs import limits

REPLY = "execute_reply"
_HALF = re.compile("[\ud800-\udfff]")  # of a pair, or a byte of a file's name that is no text
_SETTINGS = Config({"HistoryManager": {"enabled": False}})


class Shell(ZMQInteractiveShell):
    """The kernel's shell, which has no kernel around it: `exit` ends the loop that asks it to run cells."""

    def _update_exit_now(self, change: Any) -> None:
        """Looked at after each cell."""

    def _showtraceback(self, etype: Any, evalue: Any, stb: list[str]) -> None:
        """As ever; what the system refused is told as what it is, a write outside the notebook's folder."""
        kind, told = (limits.OutsideRun, evalue.filename) if limits.outside(evalue) else (etype, evalue)
        super()._showtraceback(kind, told, stb)


class Piped(Session):
    """Jupyter's session with a pipe in the place of its sockets."""

    pipe: Any = AnyTrait()
    own: Any = AnyTrait()
    turn: Any = AnyTrait()

    def send(self, stream: Any, msg_or_type: Any, content: Any = None, *_: Any, **__: Any) -> None:
        """Sends what a socket would have been sent, without what differs from run to run."""
        kind, told = (msg_or_type, content) if isinstance(msg_or_type, str) else (msg_or_type["msg_type"], msg_or_type["content"])
        self.tell(kind, told)

    def tell(self, kind: str, content: dict[str, Any]) -> None:
        """Sends one message, whole, whichever thread sends it; a copy of the process that a notebook forked sends none."""
        if os.getpid() != self.own:
            return
        message = {"msg_type": kind, "header": {"msg_type": kind}, "parent_header": {}, "metadata": {}, "content": json_clean(content)}
        text = _HALF.sub("\ufffd", json.dumps(message, ensure_ascii=False))
        with self.turn:
            self.pipe.send_bytes(text.encode())


class Stream(io.TextIOBase):
    """Standard output or error as a stream of messages; what programs write past Python is added when the cell ends."""

    encoding = "utf-8"

    def __init__(self, session: Piped, name: str, number: int) -> None:
        self._session, self._number, self._name = session, number, name
        self._waiting: list[str] = []
        self._beside: BinaryIO = tempfile.TemporaryFile()  # noqa: SIM115  # as long as the process
        os.dup2(self._beside.fileno(), number)

    def fileno(self) -> int:
        """The descriptor that programs write to."""
        return self._number

    def writable(self) -> bool:
        """Always."""
        return True

    def write(self, text: str) -> int:
        """Keeps the text until it is flushed.

        Raises:
            TypeError: it is no text.
        """
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self._waiting.append(text)
        return len(text)

    def flush(self) -> None:
        """Sends what was written."""
        if text := "".join(self._waiting):
            self._waiting.clear()
            self._session.tell("stream", {"name": self._name, "text": text})

    def end(self) -> None:
        """Sends what was written, and what was written beside it."""
        end = self._beside.seek(0, os.SEEK_END)
        self._beside.seek(0)
        self.write(self._beside.read(end).decode("utf-8", "replace"))
        self._beside.seek(0)
        self._beside.truncate()
        self.flush()


def answer(pipe: Connection) -> None:
    """Runs each cell that comes through the pipe, until there is none or the notebook asks to end; each is answered with an `execute_reply`."""
    own = os.getpid()
    session = Piped(pipe=pipe, own=own, turn=threading.Lock())
    shell = Shell.instance(config=_SETTINGS)
    shell.display_pub.session = shell.displayhook.session = session
    streams = sys.stdout, sys.stderr = Stream(session, "stdout", 1), Stream(session, "stderr", 2)
    builtins.input = _no_input
    session.tell("ready", {"pid": own})
    while not shell.exit_now:
        try:
            source = pipe.recv_bytes().decode()
        except EOFError:
            return
        session.tell("execute_input", {"code": source, "execution_count": shell.execution_count})
        result = shell.run_cell(source, store_history=True)
        if os.getpid() != own:
            os._exit(0)  # a notebook forked, and nobody waits for the copy
        for stream in streams:
            stream.end()
        session.tell(REPLY, _reply(shell, result))


def _reply(shell: Shell, result: Any) -> dict[str, Any]:
    if result.success and not shell._last_traceback_during_displayhook:
        return {"status": "ok"}
    error = result.error_before_exec if result.error_before_exec is not None else result.error_in_exec
    return {"status": "error", "ename": type(error).__name__, "evalue": str(error), "traceback": shell._last_traceback or []}


def _no_input(prompt: object = "") -> str:
    raise StdinNotImplementedError("a notebook is run without anyone to ask")
