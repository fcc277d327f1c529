"""One sentence in the languages that Fanal speaks."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence in English and in French; neither may be empty."""

    en: str
    fr: str

    def __post_init__(self) -> None:
        if not self.en or not self.fr:
            raise ValueError("a text needs both its languages")

    def speak(self, language: str) -> str:
        """Give the sentence in `language` (a BCP 47 tag; whatever is not French is answered in English)."""
        return self.fr if language.lower().startswith("fr") else self.en
