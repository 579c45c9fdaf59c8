"""Landlock: the Linux kernel itself keeps a process, and whatever it starts or loads, from writing anywhere but below some folders.

Python's own audit knows what Python does; a program that a notebook starts, a library in C and a notebook that changes this code pass it by.
Reading is left free. Nor does it end or stop a process outside, where Linux has that.
https://docs.kernel.org/userspace-api/landlock.html
"""

import ctypes
import os
import sys
from collections.abc import Iterable
from pathlib import Path

_CREATE, _ADD, _RESTRICT = 444, 445, 446  # system calls, the same on every machine
_NO_NEW_PRIVILEGES, _ASK_VERSION, _PATH_BENEATH = 38, 1, 1
_WRITE_FILE, _REFER, _TRUNCATE = 1 << 1, 1 << 13, 1 << 14
_REMOVE_AND_MAKE = sum(1 << bit for bit in range(4, 13))  # folders, files, devices, sockets, pipes, links
_DEVICES, _ASK_DEVICE = 1 << 6 | 1 << 11, 1 << 15  # through one a disk is written, and through what it is asked the terminal of the user
_SINCE = {_REFER: 2, _TRUNCATE: 3, _ASK_DEVICE: 5}  # versions that brought a right
_SCOPED, _SCOPED_SINCE = 0b11, 6  # what is asked of others, sockets without a file and signals, reaches only those kept within the same


class _Ruleset(ctypes.Structure):
    _fields_ = (("handled", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def version() -> int:
    """The version of Landlock that this system has; 0 where it has none."""
    if sys.platform != "linux":
        return 0
    return max(0, _libc().syscall(_CREATE, None, ctypes.c_size_t(0), ctypes.c_uint32(_ASK_VERSION)))


def restrict(folders: Iterable[str | Path], files: Iterable[str | Path] = ()) -> bool:
    """From now on this thread and all that it starts writes below these folders and into these files only; False where the system cannot.

    What is not there is passed over: nothing can be made in its place. Devices are made and asked nowhere.

    Raises:
        OSError: the system has Landlock and does not take the rules.
    """
    known = version()
    if not known:
        return False
    rights = _WRITE_FILE | _REMOVE_AND_MAKE | sum(right for right, since in _SINCE.items() if known >= since)
    asked = _Ruleset(rights, 0, _SCOPED if known >= _SCOPED_SINCE else 0)
    ruleset = _call(_CREATE, ctypes.byref(asked), ctypes.c_size_t(ctypes.sizeof(_Ruleset)), ctypes.c_uint32(0))
    try:
        for paths, allowed in ((folders, rights & ~(_DEVICES | _ASK_DEVICE)), (files, rights & (_WRITE_FILE | _TRUNCATE))):
            for path in paths:
                _allow(ruleset, path, allowed)
        if _libc().prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
            raise OSError(ctypes.get_errno(), "prctl")
        _call(_RESTRICT, ctypes.c_int(ruleset), ctypes.c_uint32(0))
    finally:
        os.close(ruleset)
    return True


def _allow(ruleset: int, path: str | Path, rights: int) -> None:
    try:
        parent = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        rule = _Beneath(rights, parent)
        _call(_ADD, ctypes.c_int(ruleset), ctypes.c_int(_PATH_BENEATH), ctypes.byref(rule), ctypes.c_uint32(0))
    finally:
        os.close(parent)


def _call(number: int, *arguments: object) -> int:
    if (told := int(_libc().syscall(number, *arguments))) < 0:
        raise OSError(ctypes.get_errno(), f"landlock {number}")
    return told


def _libc() -> ctypes.CDLL:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    return libc
