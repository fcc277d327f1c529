"""Files at the desk: one draft, for the guard alone, in memory and never on a disk."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.urls import reverse

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.http import HttpRequest

MOST = 20_000_001  # one more than a draft may have (wire/drafts), so that the guard says itself that it is too large


class Held(FileUploadHandler):
    """Holds the file of a draft for the one request; nothing of strangers, and nothing at any other address."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._kept: BytesIO | None = None

    def new_file(self, *args: Any, **named: Any) -> None:  # noqa: ANN401 - Django's signature
        """Begin to hold a file, or drop the rest of what is sent."""
        super().new_file(*args, **named)
        if self.request is None or self.request.path != reverse("desk:guard") or self._kept is not None:
            raise StopUpload
        if not self.request.user.is_authenticated:
            raise StopUpload
        self._kept = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Hold one more piece, as long as the file is no larger than a draft may be."""
        if self._kept is not None and start < MOST:
            self._kept.write(raw_data[: MOST - start])

    def file_complete(self, file_size: int) -> UploadedFile[bytes] | None:
        """Hand the file over."""
        del file_size
        if self._kept is None:
            return None
        size = self._kept.tell()
        self._kept.seek(0)
        return InMemoryUploadedFile(
            self._kept, self.field_name, self.file_name or "", self.content_type, size, self.charset
        )
