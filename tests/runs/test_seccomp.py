"""What Landlock does not judge, no notebook does either: it speaks to no other process, marks no file and leaves nothing in memory."""

import ctypes
import os
import socket
import stat
import struct
import termios
from pathlib import Path

import nbformat
import pytest

from evidence.runs import execution, landlock, seccomp
from tests.runs.test_landlock import table, whole
from tests.runs.test_surroundings import PROJECT, notebook, refused, shown

__all__ = ["table"]
held = pytest.mark.skipif(not (seccomp.known() and landlock.version()), reason="this system refuses no system calls, or has no Landlock")
IMPORTS = "import ctypes, glob, mmap, multiprocessing, os, pathlib, resource, shutil, socket, subprocess, sys; libc = ctypes.CDLL(None)"
PASSED = "'went on'"


@held
@pytest.mark.parametrize(
    "line",
    [
        "socket.socket(socket.AF_UNIX).connect({path!r})",
        "one, _ = socket.socketpair(type=socket.SOCK_DGRAM); one.connect({path!r})",
        "socket.create_connection(('127.0.0.1', {port}))",
        "os.kill({test}, 0)",
        "resource.getrlimit(resource.RLIMIT_CPU); resource.prlimit({test}, resource.RLIMIT_CPU)",
        "os.sched_setaffinity(0, os.sched_getaffinity(0)); os.sched_setaffinity({test}, os.sched_getaffinity(0))",
        "os.setpriority(os.PRIO_PROCESS, 0, 19); os.setpriority(os.PRIO_PROCESS, {test}, 19)",
    ],
)
def test_a_notebook_reaches_no_process_that_it_did_not_start(line, tmp_path):
    """The server that kernels are forked from would start anything for it, outside of what the notebook is kept within."""
    with socket.socket(socket.AF_UNIX) as here, socket.socket() as there:
        here.bind(str(tmp_path / "here"))
        here.listen()
        there.bind(("127.0.0.1", 0))
        there.listen()
        line = line.format(path=str(tmp_path / "here"), port=there.getsockname()[1], test=os.getpid())
        found = refused(notebook(tmp_path, IMPORTS, line))

    assert (found.code, found.place.column, found.found) == ("E301", "cell 3", "PermissionError: [Errno 1] Operation not permitted")


@pytest.mark.parametrize(
    "line",
    [
        "os.chmod({path!r}, 0o600)",
        "os.utime({path!r}, (1, 1))",
        "os.fchmod(os.open({path!r}, os.O_RDONLY), 0o600)",
        "os.setxattr({path!r}, 'user.a', b'1')",
    ],
)
def test_a_notebook_that_marks_an_input_is_told_so(line, table, tmp_path):
    before = marks(table)

    found = refused(notebook(tmp_path, IMPORTS, line.format(path=str(table))))

    assert (found.code, found.place.column, marks(table)) == ("E317", "cell 3", before)


MARKED = (
    "subprocess.run(['chmod', '600', {path!r}])",
    "subprocess.run(['touch', '-d', '2001-01-01', {path!r}])",
    "subprocess.run(['chown', '1', {path!r}])",
    "libc.chmod({path!r}.encode(), 0o600)",
    "libc.setxattr({path!r}.encode(), b'user.a', b'1', 1, 0)",
    "libc.syscall(452, -100, {path!r}.encode(), 0o600, 0)",
)


@held
def test_what_a_notebook_starts_or_loads_marks_no_file(table, tmp_path):
    before = marks(table)

    assert shown(notebook(tmp_path, IMPORTS, "\n".join(MARKED).format(path=str(table)), PASSED)) == PASSED
    assert (marks(table), whole(table)) == (before, True)


def marks(path: Path) -> tuple[object, ...]:
    told = path.stat()
    return stat.S_IMODE(told.st_mode), told.st_uid, told.st_mtime_ns, os.listxattr(path)


LEFT = (
    "libc.shm_open(b'/evidence-left', os.O_CREAT | os.O_RDWR, 0o600)",
    "libc.sem_open(b'/evidence-left', os.O_CREAT, 0o600, 1)",
    "subprocess.run(['cp', '/etc/hostname', '/dev/shm/evidence-left'])",
    "[libc.shmget(77, 4096, 0o1600), libc.semget(77, 1, 0o1600), libc.msgget(77, 0o1600), libc.mq_open(b'/evidence-left', 66, 0o600, None)]",
)


@held
def test_a_notebook_leaves_nothing_in_memory(tmp_path):
    assert shown(notebook(tmp_path, IMPORTS, "\n".join(LEFT))) == "[-1, -1, -1, -1]"
    assert list(Path("/dev/shm").glob("*evidence-left")) == []


@held
def test_memory_that_outlives_a_process_is_a_write_outside_the_folder(tmp_path):
    line = "from multiprocessing import shared_memory; shared_memory.SharedMemory('evidence-left', True, 10)"

    assert refused(notebook(tmp_path, line)).code == "E317"


@held
def test_what_other_processes_share_in_memory_is_neither_read_nor_written_nor_removed(tmp_path):
    """It is reached by its number alone, without the call that finds it by its name."""
    libc, create = ctypes.CDLL(None), 0o1600
    ids = {"shm": libc.shmget(0, 4096, create), "sem": libc.semget(0, 1, create), "msg": libc.msgget(0, create)}
    asked = "[libc.shmat({shm}, None, 0), libc.shmctl({shm}, 0, None), libc.semctl({sem}, 0, 16, 5), libc.msgsnd({msg}, b'1234567890', 1, 2048)]"

    try:
        assert shown(notebook(tmp_path, IMPORTS, asked.format(**ids))) == "[-1, -1, -1, -1]"
    finally:
        libc.shmctl(ids["shm"], 0, None), libc.semctl(ids["sem"], 0, 0), libc.msgctl(ids["msg"], 0, None)


@held
def test_a_notebook_changes_no_terminal(tmp_path):
    """A terminal takes its settings, and the superuser's words, from whoever may only read it."""
    ours, theirs = os.openpty()
    before = termios.tcgetattr(theirs)
    lines = f"import termios; own = os.open({os.ttyname(theirs)!r}, os.O_NOCTTY)", "termios.tcsetattr(own, 0, [0, 0, 0, 0, 0, 0, [0] * 32])"

    try:
        assert refused(notebook(tmp_path, IMPORTS, *lines)).code == "E301"
        assert termios.tcgetattr(theirs) == before
    finally:
        os.close(ours), os.close(theirs)


@held
@pytest.mark.skipif(os.geteuid() != 0, reason="only the superuser makes devices")
def test_a_notebook_makes_no_device(tmp_path):
    line = "[libc.mknod(f'{out}/{kind}'.encode(), kind | 0o600, 0x103) for kind in (0o20000, 0o60000)]"

    assert shown(notebook(tmp_path, IMPORTS, line)) == "[-1, -1]"


CHANCE = "import random, numpy; ' '.join(map(str, (random.random(), numpy.random.random(), numpy.random.default_rng().random())))"


def test_chance_is_another_in_every_run(tmp_path):
    """All kernels are forked from one process: what it had drawn by chance would be the same in all of them, and a second run would find nothing."""
    run = notebook(tmp_path, CHANCE)

    first, second = (shown(run).split() for _ in range(2))

    assert [one == other for one, other in zip(first, second, strict=True)] == [False] * 3


@held
def test_a_program_of_the_notebook_still_reads_and_writes_in_its_folder(tmp_path):
    lines = "subprocess.run(['sh', '-c', f'cp -p /etc/hostname {out}/x && mv {out}/x {out}/y && cat {out}/y > {out}/z'], check=True)"

    made = execution.execute(notebook(tmp_path, IMPORTS, lines, "shutil.copy2(out + '/y', out + '/w'); sorted(os.listdir(out))"), PROJECT)

    assert nbformat.read(made, as_version=4).cells[-1].outputs[0].data["text/plain"] == "['w', 'y', 'z']"


def answered(machine: str, arch: int, number: int, *arguments: int) -> int:
    """What the filter for this machine says of a system call: the error that is told, 0 where it is passed over."""
    data = struct.pack("=IIQ6Q", number, arch, 0, *arguments, *[0] * (6 - len(arguments)))
    program, at, held = list(struct.iter_unpack("=HBBI", seccomp._filter(machine))), 0, 0
    while True:
        code, yes, no, value = program[at]
        at += 1
        if code == 0x06:
            return -1 if value == 0x7FFF0000 else value & 0xFFFF
        if code == 0x20:
            held = struct.unpack_from("=I", data, value)[0]
        elif code == 0x54:
            held &= value
        else:
            at += yes if (held == value if code == 0x15 else held >= value) else no


ARM, INTEL, ALLOWED, PASSED_OVER, REFUSED = 0xC00000B7, 0xC000003E, -1, 0, 1


@pytest.mark.parametrize(
    ("machine", "call", "answer"),
    [
        ("aarch64", (ARM, 56, 0), ALLOWED), ("aarch64", (ARM, 53, 0), PASSED_OVER), ("aarch64", (ARM, 198, 1), REFUSED),  # openat, fchmodat, socket
        ("aarch64", (INTEL, 56), REFUSED), ("x86_64", (0x40000003, 5), REFUSED),  # of another machine, and as a program of 32 bits
        ("x86_64", (INTEL, 257), ALLOWED), ("x86_64", (INTEL, 90), PASSED_OVER), ("x86_64", (INTEL, 0x40000000 + 90), REFUSED),
        ("x86_64", (INTEL, 53, 1, 1), ALLOWED), ("x86_64", (INTEL, 53, 1, 0x80002), REFUSED),  # socketpair of streams, and of datagrams
        ("x86_64", (INTEL, 16, 3, 0x5401), ALLOWED), ("x86_64", (INTEL, 16, 3, 0x40086602), REFUSED),  # ioctl of a terminal, and of a file's flags
        ("x86_64", (INTEL, 302, 0, 7), ALLOWED), ("x86_64", (INTEL, 302, 1, 7), REFUSED),  # limits of its own, and of another
        ("aarch64", (ARM, 140, 0, 0), ALLOWED), ("aarch64", (ARM, 140, 0, 1), REFUSED), ("aarch64", (ARM, 196), REFUSED),  # setpriority, shmat
    ],
)  # fmt: skip
def test_the_filter_answers_each_machine_in_its_own_numbers(machine, call, answer):
    assert answered(machine, *call) == answer
