"""Files are not taken: not a byte of one reaches memory or disk, and the page says what to do instead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.http.request import QueryDict
    from django.utils.datastructures import MultiValueDict

MOST_DISCARDED = 32 * 1_048_576  # bytes of a file that we are ready to read past, only to answer politely


class Discard(FileUploadHandler):
    """Lets no byte of a file reach memory or disk; only notes on the request that a file was there."""

    def handle_raw_input(
        self,
        input_data: object,
        META: dict[str, str],  # noqa: N803  # Django's name
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> tuple[QueryDict, MultiValueDict[str, UploadedFile[Any]]] | None:
        """Refuse what is too long even to be thrown away."""
        del input_data, META, boundary, encoding
        if content_length > MOST_DISCARDED:
            raise RequestDataTooBig
        return None

    def new_file(self, *args: object, **kwargs: object) -> None:
        """Note that there is a file, whatever its name, and skip it."""
        del args, kwargs
        if self.request is not None:
            self.request.fanal_file = True  # type: ignore[attr-defined]  # read by views.report
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Throw a chunk away."""
        del raw_data, start
        raise SkipFile

    def file_complete(self, file_size: int) -> None:
        """Give no file."""
        del file_size
