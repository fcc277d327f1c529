"""Bad input: each has a clear sentence in the visitor's language, and nothing that was typed is lost."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from .conftest import TYPED, Visitor, text

if TYPE_CHECKING:
    from pathlib import Path

BIDI = "\u202e"


def lists(page: str) -> str:
    start = page.index('role="alert"')
    return page[start : page.index("</div>", start)]


@pytest.mark.parametrize(("language", "begins"), [("en", "<title>Error: "), ("fr", "<title>Erreur\u00a0: ")])
def test_an_empty_form_says_what_is_missing_and_leads_there(visitor: Visitor, language: str, begins: str) -> None:
    nonce = visitor.nonce()
    answer = visitor.client.post("/report", {"nonce": nonce}, headers={"accept-language": language})
    page = text(answer)
    assert answer.status_code == 422
    assert begins in page
    assert 'href="#items"' in lists(page)
    assert 'href="#category"' in lists(page)
    assert "autofocus" in page
    assert page.count('id="items"') == page.count('id="category"') == 1


def test_a_fault_of_one_entry_names_its_line(visitor: Visitor) -> None:
    items = "https://video.example/1\n\nhttps://video.example/" + "a" * 70_000
    page = text(visitor.submit("review", visitor.nonce(), items=items))
    assert "Entry 2:" in lists(page)
    assert "a" * 70_000 in page


def test_a_megabyte_of_text_comes_back_whole(visitor: Visitor) -> None:
    comment = "Mot. " * 200_000
    answer = visitor.submit("review", visitor.nonce(), comment=comment)
    assert answer.status_code == 422
    assert "1,000,000 characters" in text(answer)
    assert comment in text(answer)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_more_than_that_is_a_plain_413(visitor: Visitor, language: str) -> None:
    visitor.client.post("/language", {"language": language})
    answer = visitor.submit("review", visitor.nonce(), comment="a" * 2_700_000)
    assert answer.status_code == 413
    assert {"en": "2.5 MB", "fr": "2,5\u00a0Mo"}[language] in text(answer)


def test_an_address_of_60_kb_is_taken(visitor: Visitor) -> None:
    nonce = visitor.nonce()
    address = "https://video.example/" + "a" * 60_000
    answer = visitor.submit("review", nonce, items=address)
    assert answer.status_code == 200
    assert visitor.submit("send", nonce, items=address).status_code == 303


@pytest.mark.parametrize(("language", "said"), [("en", "10,000 entries"), ("fr", "10\u202f000 entrées")])
def test_ten_thousand_entries_are_taken_and_the_reporter_is_told(visitor: Visitor, language: str, said: str) -> None:
    visitor.client.post("/language", {"language": language})
    nonce = visitor.nonce()
    items = "\n".join(f"https://video.example/{number}" for number in range(10_000))
    answer = visitor.submit("review", nonce, items=items, comment="Tout y est.")
    assert answer.status_code == 200
    page = text(answer)
    assert said in page
    assert "Tout y est." in page
    assert page.count('class="ident"') == 50
    assert visitor.submit("send", nonce, items=items, comment="Tout y est.").status_code == 303


def test_an_unknown_platform_is_no_fault(visitor: Visitor) -> None:
    answer = visitor.submit("review", visitor.nonce(), items="@nuit_bleue_test", platform="Réseau-Inconnu")
    assert answer.status_code == 200
    assert "@nuit_bleue_test" in text(answer)


def test_hidden_characters_are_kept_and_made_visible(visitor: Visitor) -> None:
    nonce = visitor.nonce()
    page = text(visitor.submit("review", nonce, comment=f"avant {BIDI}après \x07", items=f"nom{BIDI}cible"))
    outside = "".join(line for line in page.splitlines() if 'type="hidden"' not in line)
    assert BIDI not in outside
    assert "⟨U+202E⟩" in outside
    assert "⟨U+0007⟩" in outside
    assert visitor.submit("send", nonce, comment=f"avant {BIDI}après \x07").status_code == 303


@pytest.mark.parametrize("where", ["items", "comment", "name"])
def test_nul_is_refused_with_the_reason(visitor: Visitor, where: str) -> None:
    answer = visitor.submit("review", visitor.nonce(), **{where: "avant\0après"})
    assert answer.status_code == 422
    assert "NUL" in lists(text(answer))


@pytest.mark.parametrize("where", ["items", "comment"])
def test_a_pasted_image_is_refused_and_not_sent_back(visitor: Visitor, where: str) -> None:
    image = "data:image/png;base64," + base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"x" * 200).decode()
    answer = visitor.submit("review", visitor.nonce(), **{where: f"regardez {image} merci"})
    page = text(answer)
    assert answer.status_code == 422
    assert "Do not send it" in lists(page)
    assert "regardez" in page
    assert "data:image" not in page


def test_a_file_is_thrown_away_unread(visitor: Visitor, tmp_path: Path, settings: object) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)  # type: ignore[attr-defined]
    file = SimpleUploadedFile("photo.jpg", b"\xff\xd8\xff" + b"x" * 4_000_000, content_type="image/jpeg")
    answer = visitor.submit("send", visitor.nonce(), picture=file)  # type: ignore[arg-type]
    page = text(answer)
    assert answer.status_code == 422
    assert "Do not send it" in lists(page)
    assert "photo.jpg" not in page
    assert TYPED["comment"] in page
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("day", ["2999-01-01", "1970-01-01", "hier", "2026-02-31"])
def test_a_day_that_cannot_be_is_explained(visitor: Visitor, day: str) -> None:
    page = text(visitor.submit("review", visitor.nonce(), seen_on=day))
    assert 'href="#seen_on"' in lists(page)
    assert f'value="{day}"' in page


def test_an_address_that_is_none_is_explained(visitor: Visitor) -> None:
    page = text(visitor.submit("review", visitor.nonce(), email="lou chez mail"))
    assert 'href="#email"' in lists(page)
    assert "lou chez mail" in page


@pytest.mark.parametrize("nonce", ["", "zz", "A" * 64, "0" * 63])
def test_a_page_that_is_not_ours_is_renewed_with_the_text_kept(visitor: Visitor, nonce: str) -> None:
    answer = visitor.submit("send", nonce)
    assert answer.status_code == 422
    assert TYPED["comment"] in text(answer)


def test_markup_is_only_text(visitor: Visitor) -> None:
    attack = '"><script>alert(1)</script>'
    typed = {"items": attack, "comment": attack, "platform": attack, "name": attack}
    for step in ("review", "edit"):
        assert b"<script" not in visitor.submit(step, visitor.nonce(), **typed).content


def test_an_entry_that_holds_several_things_shows_each_and_a_number_is_dialled_here(visitor: Visitor) -> None:
    nonce = visitor.nonce()
    page = text(visitor.submit("review", nonce, items="Vois https://a.example/1 et b.example/2\n06 39 98 12 34"))
    assert "a[.]example/1" in page
    assert "b[.]example/2" in page
    assert "+33" in page
