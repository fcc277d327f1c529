"""Threads. It shares its names with Instagram, and its codes are made in the same way; its accounts are federated."""

from __future__ import annotations

from typing import Final

from fanal.core.harmonise import born
from fanal.core.harmonise.platform import ACCOUNT, POST, Platform, Sample, Shape

PLATFORM: Final = Platform(
    name="threads",
    label="Threads",
    host="threads.com",
    hosts=("threads.com", "threads.net"),
    profile="https://www.threads.com/@{name}",
    federated=True,
    fields={
        "name": "(?=\\.*[A-Za-z0-9_])[A-Za-z0-9._]{1,30}",
        "code": "[A-Za-z0-9_-]{5,40}",
        "tab": "replies|reposts|media|post",
    },
    shapes=(
        Shape(
            POST,
            ("/@{name}/post/{code}/*", "/t/{code}/*"),
            canonical="https://www.threads.com/t/{code}",
            id="{code}",
            born=born.instagram_code,
        ),
        Shape(ACCOUNT, ("/@{name}", "/@{name}/{tab}")),
    ),
    apps={"barcelona://user?username={name}": "https://www.threads.com/@{name}"},
)

_PROFILE: Final = "https://www.threads.com/@example.user"
_POST: Final = "https://www.threads.com/t/CuWklxAATFC"
SAMPLES: Final = (
    Sample(
        ACCOUNT,
        _PROFILE,
        "example.user",
        handle="example.user",
        typed=(
            "https://www.threads.net/@Example.User?igshid=x",
            "threads.com/%40example.user",
            "@example.user@threads.net",
            "barcelona://user?username=example.user",
        ),
        names=("@Example.User", "example.user"),
    ),
    Sample(
        POST,
        _POST,
        "CuWklxAATFC",
        typed=("https://www.threads.net/t/CuWklxAATFC/?x=1",),
        born="2023-07-06T10:32:37.721+00:00",
    ),
    Sample(
        POST,
        _POST,
        "CuWklxAATFC",
        account=_PROFILE,
        typed=(
            "https://www.threads.com/@Example.User/post/CuWklxAATFC?xmt=AbC",
            "threads.net/@example.user/post/CuWklxAATFC/media",
        ),
        born="2023-07-06T10:32:37.721+00:00",
    ),
)
ORDINARY: Final = ("https://www.threads.com/", "https://www.threads.com/search?q=a", "https://www.threads.com/login")
LOOK_ALIKES: Final = (
    "https://threads.net.evil.example/@a",
    "https://www.threads.com.evil.example/@a",
    "https://thre\u0430ds.com/@a",
)
