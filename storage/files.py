"""The blob store: a local folder or an S3 bucket behind the same five verbs.

A file is there whole or not at all: obstore writes beside the name and renames. Names tell nothing of what
they hold and cannot be guessed.
"""

import os
import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO
from urllib.parse import unquote, urlsplit

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, S3Store

PIECE = 4 * 1024 * 1024
PARTS_AT_ONCE = 3  # of five megabytes each: more would not pass a slow line within the patience below
# A lease must outlive the upload, so a store that does not answer is given up early and tried again later.
PATIENCE = timedelta(seconds=20)


class StoreProblem(Exception):
    """`MEDIA_URL` cannot be used; says why and what to write."""


class StoreUnavailable(Exception):
    """The store did not take, give or delete a file: full, unreachable or not allowed. Try again later."""


class FileMissing(Exception):
    """The store has no file of this name."""


class Store:
    """Where attachments lie. Paths are relative to `MEDIA_URL`."""

    def __init__(self, backend: LocalStore | S3Store, folder: Path | None = None) -> None:
        self._backend = backend
        self._folder = folder

    def put(self, path: str, data: bytes | IO[bytes], content_type: str) -> None:
        """Write a file whole. Raises StoreUnavailable, and then nothing is to be seen under `path`."""
        try:
            if self._folder is None:
                obstore.put(
                    self._backend,
                    path,
                    data,
                    attributes={"Content-Type": content_type},
                    max_concurrency=PARTS_AT_ONCE,
                )
            else:
                obstore.put(self._backend, path, data)
                _make_lasting(self._folder / path)
        except (BaseError, OSError) as error:
            raise StoreUnavailable(f"cannot store {path}: {_first_line(error)}") from error

    def get(self, path: str) -> bytes:
        """The whole file. Raises FileMissing or StoreUnavailable."""
        return b"".join(self.stream(path))

    def size(self, path: str) -> int:
        """How many bytes the file has. Raises FileMissing or StoreUnavailable."""
        try:
            return obstore.head(self._backend, path)["size"]
        except FileNotFoundError as error:
            raise FileMissing(path) from error
        except (BaseError, OSError) as error:
            raise StoreUnavailable(f"cannot look at {path}: {_first_line(error)}") from error

    def stream(self, path: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """The bytes from `start` up to, not including, `end`, in pieces. FileMissing is raised at once."""
        size = self.size(path)
        return self._pieces(path, start, size if end is None else min(end, size))

    def _pieces(self, path: str, start: int, end: int) -> Iterator[bytes]:
        # One request a piece: a reader on a slow line must not keep a connection to the store open for long.
        while start < end:
            upto = min(start + PIECE, end)
            try:
                yield bytes(obstore.get_range(self._backend, path, start=start, end=upto))
            except FileNotFoundError as error:
                raise FileMissing(path) from error
            except (BaseError, OSError) as error:
                raise StoreUnavailable(f"cannot read {path}: {_first_line(error)}") from error
            start = upto

    def delete(self, path: str) -> None:
        """Remove a file; one that is not there is as good as removed. Raises StoreUnavailable."""
        try:
            obstore.delete(self._backend, path)
        except FileNotFoundError:
            return
        except (BaseError, OSError) as error:
            raise StoreUnavailable(f"cannot delete {path}: {_first_line(error)}") from error

    def exists(self, path: str) -> bool:
        """Whether a file is there. Raises StoreUnavailable."""
        try:
            self.size(path)
        except FileMissing:
            return False
        return True


def open_store(media_url: str) -> Store:
    """The store `MEDIA_URL` names: `file://var/media`, `file:///…` or `s3://bucket/prefix`.

    S3 takes its endpoint, region and credentials from the standard AWS_* variables of the environment.
    """
    if media_url.startswith("file://"):
        return _open_folder(media_url)
    if media_url.startswith("s3://"):
        return _open_bucket(media_url)
    raise StoreProblem(f"MEDIA_URL={media_url}: write file://folder, file:///folder or s3://bucket/prefix")


def new_path(suffix: str, now: datetime) -> str:
    """A fresh name that nobody can guess, in a folder for the month."""
    return f"{now:%Y/%m}/{secrets.token_hex(16)}{suffix}"


def _open_folder(media_url: str) -> Store:
    named = unquote(media_url.removeprefix("file://"))
    if not named.strip("/"):
        raise StoreProblem(f"MEDIA_URL={media_url} names no folder: write file://var/media or file:///folder")
    folder = Path(named).absolute()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # people's photos: for this account's eyes only
        return Store(LocalStore(folder), folder)
    except (BaseError, OSError) as error:
        raise StoreProblem(
            f"MEDIA_URL={media_url}: the folder cannot be used ({_first_line(error)}). "
            "Name a folder this account may write to."
        ) from error


def _open_bucket(media_url: str) -> Store:
    parts = urlsplit(media_url)
    try:
        bucket = S3Store(
            parts.netloc,
            prefix=parts.path.strip("/") or None,
            # Single deletes: not every S3-compatible store knows the bulk call.
            config={"disable_bulk_delete": True},
            # Plain HTTP happens only where AWS_ENDPOINT_URL itself says http://, as for a store next door.
            client_options={"allow_http": True, "connect_timeout": timedelta(seconds=5), "timeout": PATIENCE},
            retry_config={"max_retries": 2, "retry_timeout": PATIENCE},
        )
    except (BaseError, OSError, ValueError) as error:
        raise StoreProblem(
            f"MEDIA_URL={media_url}: {_first_line(error)}. Set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, "
            "AWS_REGION and, for a store that is not Amazon's, AWS_ENDPOINT_URL."
        ) from error
    return Store(bucket)


def _make_lasting(file: Path) -> None:
    # The row is committed with fsync; without the same here a power cut would leave a row and no photo.
    for part in (file, file.parent):
        handle = os.open(part, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _first_line(error: BaseException) -> str:
    return str(error).split("\n", 1)[0]
