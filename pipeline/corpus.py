"""A corpus: the files under a folder, in path order, and their bytes. Only the folder itself can stop a run here."""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from pipeline.reading import SUFFIXES

MAX_BYTES, MAX_SECONDS = 50_000_000, 60.0
"""What a file may have and take, unless the user says otherwise. A decision has 20,000 and takes 0.01."""

HIDDEN = "It is hidden: its name or its folder's begins with a dot."
OTHER_KIND = f"It is not a kind of file that is read ({', '.join(SUFFIXES)})."
A_FOLDER = "It is a folder, named like a file."


def too_large(max_bytes: int) -> str:
    """The reason for a file of more than max_bytes."""
    return f"It is larger than the limit of {max_bytes:,} bytes (--max-bytes)."


class Refused(Exception):
    """A file that is not read; the message is the reason, a sentence."""


@dataclass(slots=True)
class File:
    """A file as it was found.

    `path`: as the tables print it, relative to the corpus with `/`; `system`: what the system opens.
    `bytes`: size, null where it could not be had. `status`: `rejected` or `ignored` where there is nothing to read,
    with the `reason`; for the rest they are empty, and the run sets them and `decision_id`.
    """

    path: str
    system: bytes
    bytes: int | None = None
    status: str = ""
    reason: str | None = None
    decision_id: str | None = None

    @property
    def suffix(self) -> str:
        return os.path.splitext(self.path)[1].lower()


def find(corpus: Path, leave_out: Path) -> list[File]:
    """Every file under corpus, hidden ones and those of other kinds too, sorted by path.

    Links to files are followed; links to folders are not, so that no loop and no file twice. `leave_out` (the output
    folder) is passed over where it stands inside the corpus. Raises OSError where corpus itself cannot be listed.
    """
    root = os.fsencode(corpus)
    away = _identity(os.fsencode(leave_out))
    files: list[File] = []
    folders = [b""]
    while folders:
        folder = folders.pop()
        try:
            entries = list(os.scandir(os.path.join(root, folder)))
        except OSError as error:
            if not folder:
                raise
            files.append(
                File(
                    *(_printed(folder), os.path.join(root, folder), None, "rejected"),
                    f"The folder cannot be listed: {why(error)}.",
                )
            )
            continue
        for entry in entries:
            name = os.path.join(folder, entry.name)
            try:
                is_folder = entry.is_dir(follow_symlinks=False)
            except OSError:
                is_folder = False
            if not is_folder:
                files.append(_look(entry, name))
            elif _identity(entry.path) != away:
                folders.append(name)
                if _printed(name).lower().endswith(SUFFIXES):
                    files.append(File(_printed(name), entry.path, None, "ignored", A_FOLDER))
    files.sort(key=lambda f: (f.path, f.system))
    return files


def _identity(path: bytes) -> tuple[int, int] | None:
    try:
        found = os.stat(path, follow_symlinks=True)
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _printed(path: bytes) -> str:
    return path.decode("utf-8", "backslashreplace")


def _look(entry: os.DirEntry, name: bytes) -> File:
    file = File(_printed(name), entry.path)
    mode, cause = 0, ""
    try:
        found = entry.stat(follow_symlinks=True)
    except OSError as error:
        cause = why(error)
    else:
        mode = found.st_mode
        file.bytes = found.st_size if stat.S_ISREG(mode) else None
    if b"/." in b"/" + name:
        file.status, file.reason = "ignored", HIDDEN
    elif stat.S_ISDIR(mode):
        file.status, file.reason = "ignored", "It is a link to a folder; only what stands in the corpus itself is read."
    elif file.suffix not in SUFFIXES:
        file.status, file.reason = "ignored", OTHER_KIND
    elif cause:
        file.status, file.reason = "rejected", f"It cannot be opened: {cause}."
    elif not stat.S_ISREG(mode):
        file.status, file.reason = "rejected", _NO_FILE
    return file


_NO_FILE = "It is a pipe, a socket or a device, not a file."


def read(file: File, max_bytes: int) -> bytes:
    """The file's content. Raises Refused where it cannot be read or is larger than max_bytes."""
    try:
        # Not blocking: what was a file when it was found may be a pipe by now.
        with open(os.open(file.system, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as stream:
            found = os.fstat(stream.fileno())
            if not stat.S_ISREG(found.st_mode):
                raise Refused(_NO_FILE)
            # As much as it has: for max_bytes the room would be made first, which takes longer than reading.
            data = stream.read(min(found.st_size, max_bytes) + 1)
            if len(data) > found.st_size:  # it is growing
                data += stream.read(max_bytes + 1 - len(data))
    except OSError as error:
        raise Refused(f"It cannot be read: {why(error)}.") from None
    if len(data) > max_bytes:
        raise Refused(too_large(max_bytes))
    return data


_WHY = {
    errno.ENOENT: "it is a link to nothing, or has gone",
    errno.ELOOP: "it is a link that leads back to itself",
    errno.EACCES: "you have no permission",
    errno.EPERM: "you have no permission",
    errno.ENAMETOOLONG: "its path is too long for this system",
    errno.ENOTDIR: "part of its path is a file, not a folder",
    errno.ENOSPC: "the disk is full",
    errno.EROFS: "the disk is read-only",
}


def why(error: OSError) -> str:
    """What a failed system call means, as a clause in plain words."""
    return _WHY.get(error.errno or 0) or (error.strerror or str(error)).lower()
