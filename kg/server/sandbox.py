"""A worker shuts itself in, before it opens the store: no network, no writing, no other program, bounded memory.

Without root, by what the kernel offers: resource limits everywhere (POSIX), and on Linux a seccomp filter (no socket,
no program, no signal to others, no file opened for writing), Landlock (no file outside the graph and Python's own)
and death with the parent. Each is a wall of its own: text is filtered before, and this holds where the filter fails.

``seccomp(2)``, ``landlock(7)``, ``prctl(2)``, ``getrlimit(2)``; numbers of system calls from the kernel's tables.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import resource
import signal
import struct
import sys
from collections.abc import Iterable
from pathlib import Path

__all__ = ["bound_memory", "shut_in"]

_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 1, 38, 22, 2
_ALLOW, _KILL = 0x7FFF0000, 0x80000000
_THREAD = 0x00010000  # CLONE_THREAD
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_LANDLOCK = (444, 445, 446)  # create_ruleset, add_rule, restrict_self: the same numbers everywhere
_READ_FILE, _READ_DIR = 1 << 2, 1 << 3
_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}  # how many rights each version of Landlock handles

# Names of calls -> numbers: x86_64, aarch64 (None where there is no such call).
_DENIED: dict[str, tuple[int | None, int | None]] = {
    "socket": (41, 198), "socketpair": (53, 199), "connect": (42, 203), "bind": (49, 200), "listen": (50, 201),
    "accept": (43, 202), "accept4": (288, 242), "sendto": (44, 206), "sendmsg": (46, 211), "sendmmsg": (307, 269),
    "execve": (59, 221), "execveat": (322, 281), "fork": (57, None), "vfork": (58, None), "ptrace": (101, 117),
    "kill": (62, 129), "tkill": (200, 130), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
    "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41), "chroot": (161, 51), "unshare": (272, 97),
    "setns": (308, 268), "bpf": (321, 280), "perf_event_open": (298, 241), "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425), "io_uring_enter": (426, 426), "io_uring_register": (427, 427),
    "keyctl": (250, 219), "add_key": (248, 217), "request_key": (249, 218), "memfd_create": (319, 279),
    "creat": (85, None), "unlink": (87, None), "unlinkat": (263, 35), "rename": (82, None), "renameat": (264, 38),
    "renameat2": (316, 276), "mkdir": (83, None), "mkdirat": (258, 34), "rmdir": (84, None), "link": (86, None),
    "linkat": (265, 37), "symlink": (88, None), "symlinkat": (266, 36), "mknod": (133, None), "mknodat": (259, 33),
    "truncate": (76, 45), "ftruncate": (77, 46), "chmod": (90, None), "fchmod": (91, 52), "fchmodat": (268, 53),
    "chown": (92, None), "fchown": (93, 55), "fchownat": (260, 54), "lchown": (94, None),
}  # fmt: skip
_OPEN, _OPENAT, _CLONE = (2, None), (257, 56), (56, 220)
# The C library falls back to the older call where these are unknown, and those can be looked into.
_UNKNOWN: dict[str, tuple[int, int]] = {"clone3": (435, 435), "openat2": (437, 437)}
_MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}


def shut_in(readable: Iterable[Path]) -> list[str]:
    """Shut the process in for good; call it while there is one thread. The names of the walls that stand.

    Args:
        readable: folders and files that stay readable, where Landlock is at hand.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    walls = ["rlimit"]
    if sys.platform != "linux":
        return walls
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0) == 0:
        walls.append("pdeathsig")
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return walls
    if _landlock(libc, readable):
        walls.append("landlock")
    if platform.machine() in _MACHINES and _seccomp(libc, *_MACHINES[platform.machine()]):
        walls.append("seccomp")
    return walls


def bound_memory(more: int) -> None:
    """Let the process take so many bytes of address space on top of what it has."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        present = pages * resource.getpagesize()
    except OSError:  # no such file: the limit holds for everything
        present = 0
    resource.setrlimit(resource.RLIMIT_AS, (present + more, present + more))


def _seccomp(libc: ctypes.CDLL, column: int, architecture: int) -> bool:
    """A filter in classic BPF: another architecture's calls kill, denied ones fail with EPERM."""

    def step(code: int, value: int, yes: int = 0, no: int = 0) -> bytes:
        return struct.pack("HBBI", code, yes, no, value)

    load, equal, any_bit, at_least, answer = 0x20, 0x15, 0x45, 0x35, 0x06
    refuse, unknown = step(answer, 0x00050000 | errno.EPERM), step(answer, 0x00050000 | errno.ENOSYS)
    number, arguments = 0, 16
    program = [step(load, 4), step(equal, architecture, 1, 0), step(answer, _KILL), step(load, number)]
    program += [step(at_least, 0x40000000, 0, 1), step(answer, _KILL)]  # the x32 calls
    for numbers in _DENIED.values():
        if numbers[column] is not None:
            program += [step(equal, numbers[column] or 0, 0, 1), refuse]
    for other in _UNKNOWN.values():
        program += [step(equal, other[column], 0, 1), unknown]
    for numbers, argument in ((_OPEN, 1), (_OPENAT, 2)):
        if numbers[column] is not None:
            program += [step(equal, numbers[column] or 0, 0, 3), step(load, arguments + 8 * argument)]
            program += [step(any_bit, _WRITING, 0, 1), refuse, step(load, number)]
    program += [step(equal, _CLONE[column], 0, 3), step(load, arguments), step(any_bit, _THREAD, 1, 0), refuse]
    program += [step(answer, _ALLOW)]
    code = ctypes.create_string_buffer(b"".join(program))
    header = struct.pack("HxxxxxxP", len(program), ctypes.addressof(code))
    return bool(libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.create_string_buffer(header), 0, 0) == 0)


def _landlock(libc: ctypes.CDLL, readable: Iterable[Path]) -> bool:
    """Only reading, and only below the given paths; where the kernel knows how, no TCP either."""
    create, add, restrict = _LANDLOCK
    version = libc.syscall(create, None, ctypes.c_size_t(0), 1)
    if version < 1:
        return False
    rights = (1 << _RIGHTS.get(version, 16)) - 1
    rules = struct.pack("QQ", rights, 0b11) if version >= 4 else struct.pack("Q", rights)
    ruleset = libc.syscall(create, ctypes.create_string_buffer(rules), ctypes.c_size_t(len(rules)), 0)
    if ruleset < 0:
        return False
    for path in readable:
        try:
            descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            continue
        granted = _READ_FILE | _READ_DIR if path.is_dir() else _READ_FILE
        libc.syscall(add, ruleset, 1, ctypes.create_string_buffer(struct.pack("=Qi", granted, descriptor)), 0)
        os.close(descriptor)
    refused: int = libc.syscall(restrict, ruleset, 0)
    os.close(ruleset)
    return refused == 0
