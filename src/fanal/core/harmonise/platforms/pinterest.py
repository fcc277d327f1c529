"""Pinterest. One site under many countries' domains; a pin is known by its number, a board by its account and name."""

from __future__ import annotations

from typing import Final

from fanal.core.harmonise.platform import ACCOUNT, OPAQUE, POST, Platform, Sample, Shape, words

_COUNTRIES: Final = (
    *("fr", "de", "co.uk", "ca", "es", "it", "jp", "pt", "at", "ch", "se", "dk", "nz", "ie", "cl", "ph", "ru", "be"),
    "com.au",
    "com.mx",
    "co.kr",
    "nl",
    "info",
    "com.py",
    "com.uy",
    "com.pe",
    "com.ec",
    "com.bo",
    "id",
    "th",
    "vn",
    "tw",
    *("hu", "in", "co.at", "com.vn"),
)

PLATFORM: Final = Platform(
    name="pinterest",
    label="Pinterest",
    host="pinterest.com",
    hosts=("pinterest.com", *(f"pinterest.{one}" for one in _COUNTRIES)),
    languages=("pinterest.com",),
    own=("pinimg.com",),
    brand="pinterest",
    profile="https://www.pinterest.com/{name}/",
    fields={
        "name": "[A-Za-z0-9_]{3,30}",
        "id": "[0-9]{5,20}",
        "slug": "[^/?#]*",
        "board": "[^/?#]{1,200}",
        "code": "[A-Za-z0-9]{5,20}",
    },
    folded=frozenset({"name", "board"}),
    shapes=(
        Shape(
            POST,
            ("/pin/{id}/*", "/pin/{slug}--{id}/*"),
            canonical="https://www.pinterest.com/pin/{id}/",
        ),
        Shape(OPAQUE, ("pin.it/{code}",), canonical="https://pin.it/{code}", id="{code}"),
        Shape(ACCOUNT, ("/{name}", "/{name}/_created", "/{name}/_saved", "/{name}/pins", "/{name}/boards")),
        Shape(
            POST,
            ("/{name}/{board}/*",),
            canonical="https://www.pinterest.com/{name}/{board}/",
            id="{name}/{board}",
        ),
    ),
    reserved=words(
        "pin search ideas today explore settings login signup business about categories topics discover news_hub"
        " password resource invited secure oauth _ videos shopping logout email reset"
    ),
    apps={
        "pinterest://user/{name}": "https://www.pinterest.com/{name}/",
        "pinterest://pin/{id}": "https://www.pinterest.com/pin/{id}/",
        "pinterest://board/{name}/{board}": "https://www.pinterest.com/{name}/{board}/",
    },
)

_PROFILE: Final = "https://www.pinterest.com/example_user/"
SAMPLES: Final = (
    Sample(
        ACCOUNT,
        _PROFILE,
        "example_user",
        handle="example_user",
        typed=(
            *("https://www.pinterest.fr/Example_User/", "https://fr.pinterest.com/example_user/_saved/"),
            *("https://pinterest.co.uk/example_user?invite_code=x", "pinterest://user/example_user"),
        ),
        names=("@example_user", "Example_User"),
    ),
    Sample(
        POST,
        "https://www.pinterest.com/pin/123456789012345678/",
        "123456789012345678",
        typed=(
            "https://www.pinterest.fr/pin/some-words--123456789012345678/",
            "pinterest.com/pin/123456789012345678/sent/?x=1",
        ),
    ),
    Sample(
        POST,
        "https://www.pinterest.com/example_user/some-board/",
        "example_user/some-board",
        account=_PROFILE,
        typed=("https://www.pinterest.de/Example_User/Some-Board/",),
    ),
    Sample(OPAQUE, "https://pin.it/AbCdEf123", "AbCdEf123", typed=("pin.it/AbCdEf123",)),
)
ORDINARY: Final = (
    "https://www.pinterest.com/",
    "https://www.pinterest.com/search/pins/?q=a",
    "https://www.pinterest.fr/ideas/a/123/",
    *("https://help.pinterest.com/fr", "https://www.pinterest.com/login/"),
)
LOOK_ALIKES: Final = (
    *("https://pinterest.com.evil.example/a", "https://p1nterest.example/a", "https://pintrest.example/a"),
)
