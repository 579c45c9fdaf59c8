"""System calls that no notebook needs and that Landlock does not judge: a process, and whatever it starts, cannot make them any more.

With some it would reach other processes, which are kept within nothing, or leave something behind that no folder holds: they are refused. With
others it would change rights, owner, times and marks of files, wherever they lie: these are passed over as if they had been made, for copying a
file makes them too, and of what a run leaves only names and contents are taken.
https://docs.kernel.org/userspace-api/seccomp_filter.html
"""

import ctypes
import errno
import os
import platform
import struct
import sys

_PASSED, _REFUSED = 0, errno.EPERM
_LOAD, _AND, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x54, 0x15, 0x35, 0x06  # instructions of the filter
_NUMBER, _MACHINE, _FIRST, _SECOND = 0, 4, 16, 24  # where the filter finds them, of arguments the lower half
# System calls by their numbers on x86_64 and on aarch64, which lacks the oldest.
_CALLS: dict[int, dict[str, tuple[int, int | None]]] = {_REFUSED: {
    "socket": (41, 198), "connect": (42, 203), "bind": (49, 200), "io_uring_setup": (425, 425),  # the last does what it likes, unjudged
    "shmget": (29, 194), "semget": (64, 190), "msgget": (68, 186), "mq_open": (240, 180), "mq_unlink": (241, 181),
    "shmat": (30, 196), "shmctl": (31, 195), "semop": (65, 193), "semtimedop": (220, 192), "semctl": (66, 191),  # what others share needs no name
    "msgsnd": (69, 189), "msgrcv": (70, 188), "msgctl": (71, 187),
    "add_key": (248, 217), "request_key": (249, 218), "keyctl": (250, 219),
}, _PASSED: {
    "chmod": (90, None), "fchmod": (91, 52), "fchmodat": (268, 53), "fchmodat2": (452, 452),
    "chown": (92, None), "fchown": (93, 55), "lchown": (94, None), "fchownat": (260, 54),
    "utime": (132, None), "utimes": (235, None), "futimesat": (261, None), "utimensat": (280, 88),
    "setxattr": (188, 5), "lsetxattr": (189, 6), "fsetxattr": (190, 7), "setxattrat": (463, 463),
    "removexattr": (197, 14), "lremovexattr": (198, 15), "fremovexattr": (199, 16), "removexattrat": (466, 466), "file_setattr": (469, 469),
}}  # fmt: skip
# Of these, only with such a second argument: the lowest bits it is judged by, and what they are then.
_WITH = {
    "socketpair": ((53, 199), 0xF, (2,)),  # datagrams, which can be sent to any address
    "ioctl": ((16, 29), 0xFFFFFFFF, (0x40086602, 0x40046602, 0x401C5820)),  # that set a file's own flags
}
# These set limits, processors and order of any process of the user; of its own where this argument is 0.
_OTHERS = {
    "prlimit64": ((302, 261), _FIRST), "sched_setaffinity": ((203, 122), _FIRST), "sched_setscheduler": ((144, 119), _FIRST),
    "sched_setparam": ((142, 118), _FIRST), "sched_setattr": ((314, 274), _FIRST), "setpriority": ((141, 140), _SECOND),
    "ioprio_set": ((251, 30), _SECOND),
}  # fmt: skip
_MACHINES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_X32 = 0x40000000  # numbers of x86_64 from here on are another way to all calls
_ALLOW, _ANSWER = 0x7FFF0000, 0x00050000  # the second with the number of the error, none for a call that is passed over
_NO_NEW_PRIVILEGES, _SET, _FILTER = 38, 22, 2


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def known() -> bool:
    """Whether this system and machine can be asked to refuse system calls."""
    return sys.platform == "linux" and platform.machine() in _MACHINES


def restrict() -> bool:
    """From now on this thread and all that it starts makes those system calls no more; False where the system cannot see to it.

    Raises:
        OSError: the system can and does not.
    """
    if not known():
        return False
    filter = _filter(platform.machine())
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) or libc.prctl(_SET, _FILTER, ctypes.byref(_Program(len(filter) // 8, filter)), 0, 0):
        if ctypes.get_errno() == errno.EINVAL:  # a Linux that was built without it
            return False
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), "seccomp")
    return True


def _filter(machine: str) -> bytes:
    place = list(_MACHINES).index(machine)
    told = [(_LOAD, 0, 0, _MACHINE), (_EQUAL, 1, 0, _MACHINES[machine]), (_RETURN, 0, 0, _ANSWER | _REFUSED), (_LOAD, 0, 0, _NUMBER)]
    if machine == "x86_64":
        told += _where(_AT_LEAST, _X32)
    for answer, calls in _CALLS.items():
        told += [one for numbers in calls.values() if (number := numbers[place]) is not None for one in _where(_EQUAL, number, answer)]
    for numbers, bits, values in _WITH.values():
        inner = [(_LOAD, 0, 0, _SECOND), (_AND, 0, 0, bits), *(one for value in values for one in _where(_EQUAL, value)), (_LOAD, 0, 0, _NUMBER)]
        told += [(_EQUAL, 0, len(inner), numbers[place]), *inner]
    for numbers, argument in _OTHERS.values():
        inner = [(_LOAD, 0, 0, argument), (_EQUAL, 1, 0, 0), (_RETURN, 0, 0, _ANSWER | _REFUSED), (_LOAD, 0, 0, _NUMBER)]
        told += [(_EQUAL, 0, len(inner), numbers[place]), *inner]
    return b"".join(struct.pack("=HBBI", *one) for one in [*told, (_RETURN, 0, 0, _ALLOW)])


def _where(test: int, value: int, answer: int = _REFUSED) -> list[tuple[int, int, int, int]]:
    return [(test, 0, 1, value), (_RETURN, 0, 0, _ANSWER | answer)]
