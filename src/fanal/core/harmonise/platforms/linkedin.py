"""LinkedIn. A company's, school's or showcase page belongs to several people; its number, where written, stays."""

from __future__ import annotations

from typing import Final

from fanal.core.harmonise import born
from fanal.core.harmonise.platform import ACCOUNT, GROUP, OPAQUE, POST, Platform, Sample, Shape

_LETTERS: Final = "(?:[A-Za-z0-9_-]|%[0-9A-F]{2})"

PLATFORM: Final = Platform(
    name="linkedin",
    label="LinkedIn",
    host="linkedin.com",
    hosts=("linkedin.com", "m.linkedin.com", "touch.linkedin.com"),
    languages=("linkedin.com",),
    own=("licdn.com",),
    aliases=("linked in",),
    brand="linkedin",
    profile="https://www.linkedin.com/in/{name}",
    fields={
        "name": f"{_LETTERS}{{3,300}}",
        "id": "[0-9]{15,20}",
        "number": "[0-9]{1,12}",
        "page": f"{_LETTERS}{{1,300}}",
        "kind": "company|school|showcase",
        "what": "activity|share|ugcPost",
        "words": "[^/?#]{0,400}?",
        "key": "[A-Za-z0-9_-]{4}",
        "tab": "recent-activity/.{1,40}|recent-activity|details/.{1,60}|overlay/.{1,60}|[a-z]{2}",
        "story": "[^/?#]{3,300}",
    },
    folded=frozenset({"name", "page"}),
    shapes=(
        Shape(
            POST,
            (
                *("/posts/{name}_{words}-activity-{id}-{key}", "/posts/{name}_activity-{id}-{key}"),
                *("/feed/update/urn:li:activity:{id}", "/feed/update/urn%3Ali%3Aactivity%3A{id}"),
                *("/embed/feed/update/urn:li:activity:{id}", "/feed/update/activity:{id}"),
            ),
            canonical="https://www.linkedin.com/feed/update/urn:li:activity:{id}/",
            born=born.linkedin,
        ),
        Shape(
            POST,
            ("/posts/{name}_{words}-{what}-{id}-{key}", "/feed/update/urn:li:{what}:{id}"),
            canonical="https://www.linkedin.com/feed/update/urn:li:{what}:{id}/",
            id="{what}:{id}",
        ),
        Shape(POST, ("/pulse/{story}",), canonical="https://www.linkedin.com/pulse/{story}/", id="{story}"),
        Shape(POST, ("/jobs/view/{number}",), canonical="https://www.linkedin.com/jobs/view/{number}/", id="{number}"),
        Shape(GROUP, ("/groups/{number}/*",), canonical="https://www.linkedin.com/groups/{number}/", id="{number}"),
        Shape(
            GROUP,
            ("/{kind}/{page}/*",),
            canonical="https://www.linkedin.com/{kind}/{page}/",
            id="{kind}/{page}",
            handle="{kind}/{page}",
        ),
        Shape(OPAQUE, ("lnkd.in/{story}",), canonical="https://lnkd.in/{story}", id="{story}"),
        Shape(ACCOUNT, ("/in/{name}", "/in/{name}/{tab}", "/mwlite/in/{name}")),
    ),
    apps={
        "linkedin://in/{name}": "https://www.linkedin.com/in/{name}",
        "linkedin://profile/{name}": "https://www.linkedin.com/in/{name}",
    },
)

_PROFILE: Final = "https://www.linkedin.com/in/some-name-1a2b3c"
_POST: Final = "https://www.linkedin.com/feed/update/urn:li:activity:7123456789012345678/"
SAMPLES: Final = (
    Sample(
        ACCOUNT,
        _PROFILE,
        "some-name-1a2b3c",
        handle="some-name-1a2b3c",
        typed=(
            *("https://fr.linkedin.com/in/Some-Name-1a2b3c?trk=x", "linkedin.com/in/some-name-1a2b3c/"),
            "https://www.linkedin.com/in/some-name-1a2b3c/recent-activity/all/",
            "linkedin://profile/some-name-1a2b3c",
        ),
        names=("@some-name-1a2b3c", "some-name-1a2b3c"),
    ),
    Sample(
        ACCOUNT,
        "https://www.linkedin.com/in/ren%C3%A9-exemple",
        "rené-exemple",
        handle="rené-exemple",
        typed=("https://www.linkedin.com/in/Ren%c3%89-Exemple/", "https://www.linkedin.com/in/rené-exemple"),
    ),
    Sample(
        GROUP,
        "https://www.linkedin.com/company/some-company/",
        "company/some-company",
        handle="company/some-company",
        typed=("https://fr.linkedin.com/company/Some-Company/posts/?feedView=all",),
    ),
    Sample(GROUP, "https://www.linkedin.com/school/some-school/", "school/some-school", handle="school/some-school"),
    Sample(GROUP, "https://www.linkedin.com/groups/1234567/", "1234567"),
    Sample(
        POST,
        _POST,
        "7123456789012345678",
        typed=("https://www.linkedin.com/embed/feed/update/urn:li:activity:7123456789012345678",),
        born="2023-10-26T23:54:05.927+00:00",
    ),
    Sample(
        POST,
        _POST,
        "7123456789012345678",
        account=_PROFILE,
        typed=(
            "https://www.linkedin.com/posts/Some-Name-1a2b3c_a-few-words-activity-7123456789012345678-AbCd?utm_source=share",
        ),
        born="2023-10-26T23:54:05.927+00:00",
    ),
    Sample(POST, "https://www.linkedin.com/pulse/a-title-some-name-abcde/", "a-title-some-name-abcde"),
    Sample(OPAQUE, "https://lnkd.in/eAbCdEf1", "eAbCdEf1"),
    Sample(
        POST,
        "https://www.linkedin.com/feed/update/urn:li:ugcPost:7123456789012345678/",
        "ugcPost:7123456789012345678",
        account=_PROFILE,
        typed=("https://www.linkedin.com/posts/some-name-1a2b3c_a-word-ugcPost-7123456789012345678-AbCd/",),
    ),
    Sample(POST, "https://www.linkedin.com/jobs/view/1234567890/", "1234567890"),
)
ORDINARY: Final = (
    *("https://www.linkedin.com/", "https://www.linkedin.com/feed/", "https://www.linkedin.com/login/fr"),
    "https://www.linkedin.com/search/results/all/?keywords=a",
)
LOOK_ALIKES: Final = (
    *("https://linkedin.com.evil.example/in/a", "https://1inkedin.example/a", "https://linkedln.example/a"),
    *("https://linkedin-jobs.example/a",),
)
