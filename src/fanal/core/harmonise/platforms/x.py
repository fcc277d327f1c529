"""X, formerly Twitter. A publication is known by its number alone, whatever name stands before it."""

from __future__ import annotations

from typing import Final

from fanal.core.harmonise import born
from fanal.core.harmonise.platform import ACCOUNT, GROUP, OPAQUE, POST, Platform, Sample, Shape, words

PLATFORM: Final = Platform(
    name="x",
    label="X",
    host="x.com",
    hosts=("x.com", "mobile.x.com", "m.x.com", "twitter.com", "mobile.twitter.com", "m.twitter.com"),
    own=("twimg.com",),
    aliases=("twitter", "xtwitter", "twitterx", "xextwitter", "extwitter", "xformerlytwitter"),
    brand="twitter",
    profile="https://x.com/{name}",
    by_id="https://x.com/i/user/{user}",
    fields={
        "name": "[A-Za-z0-9_]{1,15}",
        "user": "[1-9][0-9]{0,19}",
        "id": "[1-9][0-9]{0,19}",
        "code": "[A-Za-z0-9]{5,20}",
        "list": "[A-Za-z0-9_%-]{1,75}",
        "tab": "with_replies|media|likes|followers|verified_followers|following|highlights|articles|superfollows|photo",
    },
    shapes=(
        Shape(
            POST,
            (
                *("/i/status/{id}/*", "/i/web/status/{id}/*", "/{name}/status/{id}/*", "/{name}/statuses/{id}/*"),
                "/#!/{name}/status/{id}",
                "/statuses/{id}",
                "/intent/like?tweet_id={id}",
                "/intent/retweet?tweet_id={id}",
                "platform.twitter.com/embed/Tweet.html?id={id}",
            ),
            canonical="https://x.com/i/status/{id}",
            born=born.x_post,
        ),
        Shape(POST, ("/i/spaces/{code}/*",), canonical="https://x.com/i/spaces/{code}", id="{code}"),
        Shape(POST, ("/i/broadcasts/{code}",), canonical="https://x.com/i/broadcasts/{code}", id="{code}"),
        Shape(POST, ("/i/lists/{id}/*",), canonical="https://x.com/i/lists/{id}"),
        Shape(
            POST, ("/{name}/lists/{list}/*",), canonical="https://x.com/{name}/lists/{list}", id="{name}/lists/{list}"
        ),
        Shape(
            OPAQUE,
            ("pic.twitter.com/{code}", "pic.x.com/{code}"),
            canonical="https://pic.twitter.com/{code}",
            id="{code}",
        ),
        Shape(GROUP, ("/i/communities/{id}/*",), canonical="https://x.com/i/communities/{id}"),
        Shape(
            ACCOUNT,
            (
                *("/intent/user?user_id={user}&screen_name={name}", "/intent/follow?user_id={user}&screen_name={name}"),
                "/i/user/{user}",
                "/intent/user?user_id={user}",
                "/intent/follow?user_id={user}",
                "/account/redirect_by_id?id={user}",
            ),
            born=born.x_user,
        ),
        Shape(
            ACCOUNT,
            (
                *("/intent/user?screen_name={name}", "/intent/follow?screen_name={name}"),
                *("/{name}", "/@{name}", "/#!/{name}", "/{name}/{tab}"),
            ),
        ),
    ),
    reserved=words(
        "home search explore i intent hashtag share settings login signup logout tos privacy about messages account"
        " notifications compose jobs download who_to_follow statuses oauth premium communities lists bookmarks grok"
    ),
    apps={
        "twitter://user?user_id={user}": "https://x.com/i/user/{user}",
        "twitter://user?id={user}": "https://x.com/i/user/{user}",
        "twitter://user?screen_name={name}": "https://x.com/{name}",
        "twitter://status?id={id}": "https://x.com/i/status/{id}",
    },
)

_PROFILE: Final = "https://x.com/some_name"
SAMPLES: Final = (
    Sample(
        ACCOUNT,
        _PROFILE,
        "some_name",
        handle="some_name",
        typed=(
            "https://twitter.com/Some_Name",
            "https://mobile.twitter.com/@some_name?s=20&t=AbC",
            "x.com/some_name/media",
            *("https://twitter.com/intent/user?screen_name=Some_Name", "twitter://user?screen_name=some_name"),
            "https://x.com/%40some_name",
            "https://m.x.com/some_name/with_replies#top",
            "https://twitter.com/#!/some_name",
        ),
        names=("@some_name", "Some_Name"),
    ),
    Sample(
        ACCOUNT,
        "https://x.com/i/user/783214",
        "783214",
        typed=("https://twitter.com/intent/user?user_id=783214", "twitter://user?id=783214"),
    ),
    Sample(
        ACCOUNT,
        "https://x.com/i/user/783214",
        "783214",
        handle="some_name",
        typed=("https://x.com/intent/user?lang=fr&screen_name=Some_Name&user_id=783214",),
    ),
    Sample(
        ACCOUNT,
        "https://x.com/i/user/1259924082067374088",
        "1259924082067374088",
        born="2020-05-11T19:11:24.079+00:00",
    ),
    Sample(
        POST,
        "https://x.com/i/status/1259924082067374088",
        "1259924082067374088",
        typed=("https://twitter.com/i/web/status/1259924082067374088", "twitter://status?id=1259924082067374088"),
        born="2020-05-11T19:11:24.079+00:00",
    ),
    Sample(
        POST,
        "https://x.com/i/status/1259924082067374088",
        "1259924082067374088",
        account=_PROFILE,
        typed=(
            "https://x.com/Some_Name/status/1259924082067374088?s=20&t=AbC",
            "https://mobile.twitter.com/some_name/status/1259924082067374088/photo/1",
        ),
        born="2020-05-11T19:11:24.079+00:00",
    ),
    Sample(
        POST, "https://x.com/i/status/20", "20", account=_PROFILE, typed=("https://twitter.com/some_name/statuses/20",)
    ),
    Sample(POST, "https://x.com/i/spaces/1AbCdEfGhIjKl", "1AbCdEfGhIjKl"),
    Sample(POST, "https://x.com/i/lists/123456", "123456", typed=("https://twitter.com/i/lists/123456/members",)),
    Sample(POST, "https://x.com/some_name/lists/some-list", "some_name/lists/some-list", account=_PROFILE),
    Sample(OPAQUE, "https://pic.twitter.com/AbCdEf1234", "AbCdEf1234", typed=("pic.x.com/AbCdEf1234",)),
    Sample(GROUP, "https://x.com/i/communities/1493446837214187523", "1493446837214187523"),
    Sample(POST, "https://x.com/i/broadcasts/1AbCdEfGhIjKl", "1AbCdEfGhIjKl"),
    Sample(
        ACCOUNT,
        "https://x.com/i/user/783214",
        "783214",
        typed=("https://twitter.com/account/redirect_by_id?id=783214",),
    ),
)
ORDINARY: Final = (
    "https://x.com/home",
    "https://x.com/i/flow/login",
    "https://twitter.com/hashtag/word",
    "https://x.com/search?q=a",
    *("https://x.com/", "https://x.com/a_name_that_is_too_long", "https://help.x.com/fr", "https://t.co/AbCdEf1234"),
)
LOOK_ALIKES: Final = (
    *("https://x.com.evil.example/some_name", "https://twltter.example/a", "https://twiter.example/a"),
    "https://twitter-login.example/a",
    "https://\u0445.com/a",
    "https://tw1tter.example/a",
    "https://twitter.example/a",
)
