"""Become another program that dies with whoever started it, if need be under another user.

Run by path, not imported: `python -I -S leash.py SIGNAL PARENT WHO -- PROGRAM ARGUMENTS…`. A short program of its own
because Python code between fork and exec is unsafe beside threads. SIGNAL is what Linux sends when the parent is gone
(prctl(2), PR_SET_PDEATHSIG), PARENT its process id, WHO one of

    same        stay who we are
    as:U:G      become user U and group G (needs root)
    map:U:G     stay who we are outside and be U:G inside a user namespace (user_namespaces(7)); needs no account
"""

import ctypes
import os
import sys
from pathlib import Path

PR_SET_PDEATHSIG = 1
CLONE_NEWUSER = 0x10000000
UNABLE = 126


def _become(who: str, libc: ctypes.CDLL) -> None:
    """Take on the user that `who` says; OSError where that is not possible."""
    way, _, ids = who.partition(":")
    if way == "same":
        return
    user, group = (int(part) for part in ids.split(":"))
    if way == "as":
        os.setgroups([])
        os.setresgid(group, group, group)
        os.setresuid(user, user, user)
        return
    outside_user, outside_group = os.geteuid(), os.getegid()
    if libc.unshare(CLONE_NEWUSER) != 0:
        raise OSError(ctypes.get_errno(), "no user namespace")
    Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
    Path("/proc/self/uid_map").write_text(f"{user} {outside_user} 1", encoding="ascii")
    Path("/proc/self/gid_map").write_text(f"{group} {outside_group} 1", encoding="ascii")


def main(argv: list[str]) -> int:
    """Put on the leash, then become the program; give 126 where the user cannot be taken on or the program not run."""
    signal, parent, who, _, *command = argv
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        place = os.getcwd()  # noqa: PTH109 - a short program, few imports
        _become(who, libc)
        os.chdir(place)  # a folder that this user may not reach shows here, not as a riddle later
        libc.prctl(PR_SET_PDEATHSIG, int(signal), 0, 0, 0)
        if os.getppid() != int(parent):  # it died before the leash was on
            return UNABLE
        os.execv(command[0], command)  # noqa: S606 - the callers name programs of ours by their whole path
    except OSError:
        return UNABLE


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
