"""A whole text gives up all its targets, each once, in order, at its place; the time grows with its length only."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanal.core import harmonise
from fanal.core.report import Item, Target, Unread

MAIL = """\
Return-Path: <sender@bad.example>
Received: from relay.mail.example (relay.mail.example [192.0.2.7]) by mx.home.example; Sun, 22 Nov 2026 10:00:00 +0100
To: Victim <victim@home.example>
From: "A. Stranger" <sender@bad.example>
Subject: =?utf-8?Q?photo?=
Message-ID: <123.456@mail.example>
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

Regarde https://video.example/watch=
?v=3D42&t=3D1, ou écris à other@bad.example.
Mon insta : some.name99 (20 =C3=A9uros)
"""
CHAT = """\
[22/11/2026 10:31] Bob: va voir hxxps://bad[.]example/a?b=1, merci (ou www.other.example).
[22/11/2026 10:32] Bob: tel +33 1 99 00 12 34, sinon @some_name sur Insta, @other_1 et @third_2
[22/11/2026 10:33] Bob: snap: bob_99 ; l'art. 226-10, version 1.2.3.4, fini.Il reste 3,14 et rapport.zip
TikTok :
 - @one_a
 2. two.b

Facebook
fin de la liste
"""
PAGE = """\
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head><script>window.name = this.me; go("https://script.example/x")</script>
</head><body><a class="a.me" href="https://video.example/x?a=1&amp;b=2">site.example</a> &#64;
<img src='https://cdn.example/y.jpg'> <a href="mailto:who&#64;mail.example">write</a></body></html>
"""
MARKDOWN = "Voir [la page](https://video.example/x_(y)), <https://b.example/z>, **https://c.example/**; `d.example`."


def canonicals(words: str, *, region: str = "") -> list[str]:
    return [one.canonical for one in harmonise.text(words, region=region).targets]


def test_a_forwarded_mail_gives_its_sender_and_what_it_says_and_not_whom_it_was_sent_to() -> None:
    assert canonicals(MAIL) == [
        "sender@bad.example",
        "https://video.example/watch?v=42&t=1",
        "other@bad.example",
        "https://www.instagram.com/some.name99/",
    ]


def test_a_chat_gives_links_numbers_and_names_with_the_platform_beside_or_above() -> None:
    assert canonicals(CHAT) == [
        "https://bad.example/a?b=1",
        "www.other.example",
        "+33199001234",
        "https://www.instagram.com/some_name/",
        "https://www.instagram.com/other_1/",
        "https://www.instagram.com/third_2/",
        "https://www.snapchat.com/add/bob_99",
        "https://www.tiktok.com/@one_a",
        "https://www.tiktok.com/@two.b",
    ]


def test_the_source_of_a_page_gives_what_it_leads_to() -> None:
    assert canonicals(PAGE) == [
        "https://script.example/x",
        "https://video.example/x?a=1&b=2",
        "site.example",
        "https://cdn.example/y.jpg",
        "who@mail.example",
    ]


def test_the_marks_around_an_address_are_not_in_it() -> None:
    assert canonicals(MARKDOWN) == [
        "https://video.example/x_(y)",
        "https://b.example/z",
        "https://c.example/",
        "d.example",
    ]


@pytest.mark.parametrize(
    "words",
    [
        "L’article 226-10 et R.645-1 du code pénal, L.121-1, 3.14, p.ex., M.Durand, etc.",
        "version 1.2.3.4, § 4.5.3.1, v1.2.3.4 et le 22.11.2026 à 10:30, de 01.02.2026 10h à 12h",
        "rapport.zip, README.md, fini.Il pleut. mise au point de com, le point com",
        "commande 0612345678901, IBAN FR76 3000 6000 0112 3456 7890 189, 4970 1012 3456 7890",
        "elle est sur insta, il a dit : non ; note : 12, x: 3, @ demain, a@b",
    ],
)
def test_what_is_none_does_not_cry_wolf(words: str) -> None:
    assert canonicals(words, region="FR") == []


def test_a_seam_of_two_sentences_is_less_sure() -> None:
    one, other = harmonise.text("il est parti.de chez moi, vers video.example").targets
    assert "harmonise.maybe-a-seam" in [reason.code for reason in one.reasons]
    assert one.confidence < other.confidence


def test_words_between_a_platform_and_a_name_and_numbers_of_machines() -> None:
    assert canonicals("son insta c’est @some.name, sur 2001:db8::5 à 10:30:15, std::a::b") == [
        "https://www.instagram.com/some.name/",
        "[2001:db8::5]",
    ]


def test_every_target_stands_where_it_says() -> None:
    for words in (MAIL, CHAT, PAGE, MARKDOWN):
        found = harmonise.text(words).found
        assert [one.start for one in found] == sorted(one.start for one in found)
        for one in found:
            if "harmonise.decoded" not in {reason.code for reason in one.target.reasons}:
                again = harmonise.item(Item(words[one.start : one.end], one.target.platform))
                assert isinstance(again, Target)
                assert again.canonical == one.target.canonical
    one = harmonise.text("x hxxps://bad[.]example/a\u200bb y").found[0]
    assert (one.start, one.end) == (2, 27)
    assert {"harmonise.refanged", "harmonise.invisible"} <= {reason.code for reason in one.target.reasons}


def test_a_thing_is_told_once() -> None:
    assert canonicals("https://a.example/ HTTPS://A.example:443/ hxxps://a[.]example/") == ["https://a.example/"]


@given(st.lists(st.sampled_from(["https://a.example/x", "b.example", "c@d.example", "+33199001234"]), unique=True))
def test_all_of_them_are_found_whatever_stands_between(things: list[str]) -> None:
    for between in (" ", "\n", ", ", " ; ", ") (", "\t> "):
        assert canonicals(between.join(things)) == things


PIECES = st.sampled_from([
    *"ab1.@:/?=&<>()[]{}'\"\\ \n\t\r\u200b\u202eé\ud800",
    *("http://", "hxxp", "[.]", "=3D", "=\n", "&#64;", "<a ", "To: ", "insta: ", "TikTok\n", " sur X", "dot com"),
    *("+33 1 99 00 12 34", "a.example", "@a@b.example", "magnet:?"),
])  # fmt: skip


@given(st.text() | st.lists(PIECES, max_size=40).map("".join), st.sampled_from(["", "FR", "US", "ZZ"]))
def test_any_text_is_answered(words: str, region: str) -> None:
    read = harmonise.text(words, region=region)
    assert 0 <= read.looked_at <= read.length == len(words)
    for one in read.found:
        assert 0 <= one.start < one.end <= len(words)
        again = harmonise.item(Item(one.target.canonical))
        assert isinstance(again, Target)
        assert again.canonical == one.target.canonical


SIZE = 100_000
FLOODS = {
    "letters": "a", "words": "a ", "dots": "a.", "hyphens": "a-", "brackets": "(", "nests": "((a) ", "marks": "[.]",
    "spelt": "(dot) ", "tags": "<", "signs": "@a ", "labels": "insta: ", "digits": "1", "figures": "+1 ",
    "soft": "=3D\n", "entities": "<p>&amp;", "invisible": "\u200b", "halves": "\ud800", "schemes": "http://",
    "quotes": "'https://a'", "scripts": "<script>", "headers": "To: a\nFrom: a\n", "percent": "%25", "tabs": " \t",
    "magnets": "magnet:?xt=urn:btih:",
}  # fmt: skip


def seconds(words: str) -> float:
    """Measure the processor's time, which others on the machine do not change; the least of three."""
    spent = []
    for _ in range(3):
        started = time.process_time()
        harmonise.text(words, region="FR")
        spent.append(time.process_time() - started)
    return min(spent)


@pytest.mark.parametrize("piece", FLOODS.values(), ids=FLOODS.keys())
def test_twice_the_text_takes_about_twice_the_time(piece: str) -> None:
    short, long = ((piece * size)[:size] for size in (SIZE // 4, SIZE))
    # four times the length: linear work takes four times as long, quadratic work sixteen times
    assert seconds(long) < 10 * max(seconds(short), 0.02)


def test_a_million_characters_are_read_whole() -> None:
    line = "Il m’a écrit hier (encore) : regarde, c’est ici, et ne dis rien à personne. "
    words = "".join(f"{line * 9}https://video{n % 50}.example/{n} " for n in range(1_450))[:1_000_000]
    started = time.process_time()
    read = harmonise.text(words)
    assert time.process_time() - started < 3  # half a second on a machine with nothing else to do
    assert len(read.found) > 1_300
    assert read.looked_at == read.length == 1_000_000


@pytest.mark.parametrize(
    "form", ["https://a{}.example/x?y={} ", "h{}.example ", "bob{}@mail.example ", "@name{} sur insta "]
)
def test_a_flood_of_different_things_says_how_far_it_was_looked_at(form: str) -> None:
    words = "".join(form.replace("{}", str(n)) for n in range(40_000))
    read = harmonise.text(words)
    assert len(read.found) >= 4_000
    assert read.looked_at < read.length
    assert read.found[-1].start <= read.looked_at


def test_an_item_that_is_a_text_too_long_to_be_read_to_its_end_says_so() -> None:
    words = "".join(f"https://a{n}.example/x " for n in range(40_000))
    every = harmonise.items(Item(words))
    assert isinstance(every, tuple)
    assert "harmonise.not-all-read" in [one.code for one in every[0].reasons]
    assert isinstance(harmonise.item(Item("mot " * 250_000)), Unread)
