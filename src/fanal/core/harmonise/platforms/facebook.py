"""Facebook. Full stops and capitals do not count in its names (its help pages, “Guidelines for a custom username”).

The name is kept with its full stops all the same, since it is what people see; `name_key` leaves them out.
"""

from __future__ import annotations

from typing import Final

from fanal.core.harmonise.platform import ACCOUNT, GROUP, INVITE, OPAQUE, POST, Platform, Sample, Shape, words

PLATFORM: Final = Platform(
    name="facebook",
    label="Facebook",
    host="facebook.com",
    hosts=(
        *("facebook.com", "m.facebook.com", "web.facebook.com", "mobile.facebook.com", "mbasic.facebook.com"),
        *("touch.facebook.com", "free.facebook.com", "fb.com", "m.fb.com"),
    ),
    languages=("facebook.com",),
    own=("facebook.net", "fbcdn.net", "fbsbx.com", "fb.gg"),
    aliases=("fb", "face", "messenger", "facebookmessenger"),
    brand="facebook",
    profile="https://www.facebook.com/{name}",
    by_id="https://www.facebook.com/profile.php?id={user}",
    typed_id="[1-9][0-9]{8,19}",
    ignored=".",
    fields={
        "name": "(?=[0-9.]*[A-Za-z])[A-Za-z0-9.]{5,50}",
        "user": "[1-9][0-9]{4,19}",
        "id": "[1-9][0-9]{0,19}|pfbid[A-Za-z0-9]{20,80}",
        "video": "[1-9][0-9]{4,19}",
        "group": "[A-Za-z0-9.]{1,60}",
        "slug": "[^/?#]+",
        "set": "a\\.[0-9.]+|pcb\\.[0-9.]+|ms\\.c\\.[^/?#]+|t\\.[0-9]+|vb\\.[0-9.]+",
        "kind": "p|v|r|g",
        "code": "[A-Za-z0-9_-]{5,40}",
        "story": "[A-Za-z0-9_=-]{5,200}",
    },
    shapes=(
        Shape(
            POST,
            ("/groups/{group}/posts/{id}", "/groups/{group}/permalink/{id}", "/groups/{group}?multi_permalinks={id}"),
            canonical="https://www.facebook.com/groups/{group}/posts/{id}/",
        ),
        Shape(ACCOUNT, ("/groups/{group}/user/{user}/*",)),
        Shape(GROUP, ("/groups/{group}/*",), canonical="https://www.facebook.com/groups/{group}/", id="{group}"),
        Shape(
            POST,
            ("/story.php?story_fbid={id}&id={user}", "/permalink.php?story_fbid={id}&id={user}", "/{user}/posts/{id}"),
            canonical="https://www.facebook.com/story.php?story_fbid={id}&id={user}",
        ),
        Shape(
            POST,
            (
                *("/watch?v={video}", "/watch/live?v={video}", "/reel/{video}", "/video.php?v={video}"),
                *("/{user}/videos/{video}", "/{user}/videos/{slug}/{video}"),
                *("/{name}/videos/{set}/{video}", "/{name}/videos/{video}", "/{name}/videos/{slug}/{video}"),
            ),
            canonical="https://www.facebook.com/watch/?v={video}",
            id="{video}",
        ),
        Shape(
            POST,
            (
                *("/photo?fbid={video}", "/photo.php?fbid={video}", "/{name}/photos/{set}/{video}"),
                *("/{name}/photos/{video}", "/{name}/photos/{slug}/{video}"),
            ),
            canonical="https://www.facebook.com/photo/?fbid={video}",
            id="{video}",
        ),
        Shape(POST, ("/events/{video}/*",), canonical="https://www.facebook.com/events/{video}/", id="{video}"),
        Shape(
            POST,
            ("/marketplace/item/{video}/*",),
            canonical="https://www.facebook.com/marketplace/item/{video}/",
            id="{video}",
        ),
        Shape(
            POST,
            ("/stories/{user}/{story}/*",),
            canonical="https://www.facebook.com/stories/{user}/{story}/",
            id="{story}",
        ),
        Shape(
            POST,
            ("/{name}/posts/{id}", "/{name}/posts/{slug}/{id}"),
            canonical="https://www.facebook.com/{name}/posts/{id}",
        ),
        Shape(
            OPAQUE, ("/share/{kind}/{code}",), canonical="https://www.facebook.com/share/{kind}/{code}/", id="{code}"
        ),
        Shape(OPAQUE, ("/share/{code}",), canonical="https://www.facebook.com/share/{code}/", id="{code}"),
        Shape(INVITE, ("m.me/j/{code}",), canonical="https://m.me/j/{code}/", id="{code}"),
        Shape(OPAQUE, ("fb.watch/{code}",), canonical="https://fb.watch/{code}/", id="{code}"),
        Shape(
            ACCOUNT,
            (
                *("/profile.php?id={user}", "/people/{slug}/{user}", "/pages/{slug}/{user}", "/pg/{slug}-{user}"),
                *("/p/{slug}-{user}", "/stories/{user}", "/messages/t/{user}", "m.me/{user}", "messenger.com/t/{user}"),
            ),
        ),
        Shape(ACCOUNT, ("/{user}",), confidence=0.8),  # a publication's number may stand there too
        Shape(
            ACCOUNT,
            (
                *("/{name}", "/@{name}", "/pg/{name}/*", "/{name}/about", "/{name}/photos", "/{name}/videos"),
                *("/{name}/posts", "/{name}/reels", "/{name}/friends", "/{name}/live", "m.me/{name}"),
                *("messenger.com/t/{name}", "/messages/t/{name}"),
            ),
        ),
    ),
    reserved=words(
        "groups watch events marketplace pages people photo photo.php story.php profile.php share sharer sharer.php"
        " login login.php help gaming reels stories hashtag search permalink.php media policies privacy settings"
        " messages notes dialog plugins public home.php friends video videos video.php business about posts photos"
        " index.php l.php checkpoint recover careers legal terms terms.php ads bookmarks notifications saved feeds"
        " fundraisers jobs games live reel"
    ),
    folded=frozenset({"name", "group"}),
    apps={
        "fb://profile/{user}": "https://www.facebook.com/profile.php?id={user}",
        "fb://profile?id={user}": "https://www.facebook.com/profile.php?id={user}",
        "fb://page/{user}": "https://www.facebook.com/profile.php?id={user}",
        "fb://group/{group}": "https://www.facebook.com/groups/{group}/",
        "fb://photo/{video}": "https://www.facebook.com/photo/?fbid={video}",
        "fb-messenger://user-thread/{user}": "https://www.facebook.com/profile.php?id={user}",
    },
)

_PROFILE: Final = "https://www.facebook.com/example.page"
_BY_ID: Final = "https://www.facebook.com/profile.php?id=100001234567890"
_POST: Final = "987654321098765"
SAMPLES: Final = (
    Sample(
        ACCOUNT,
        _PROFILE,
        "example.page",
        handle="example.page",
        typed=(
            "https://m.facebook.com/Example.Page/",
            "https://fr-fr.facebook.com/example.page?ref=x",
            "fb.com/example.page",
            "https://m.me/example.page",
            "https://www.facebook.com/example.page/about",
            "https://fb.com/@example.page",
            "https://www.facebook.com/example.page?mibextid=AbC&__tn__=R",
            "https://mbasic.facebook.com/example.page",
        ),
        names=("@Example.Page", "example.page"),
    ),
    Sample(
        ACCOUNT,
        _BY_ID,
        "100001234567890",
        typed=(
            *("https://m.facebook.com/profile.php?ref=x&id=100001234567890", "fb://profile/100001234567890"),
            *("https://www.facebook.com/people/Some-Name/100001234567890/", "fb://page/100001234567890?x=1"),
            *("https://www.facebook.com/pages/Une-page/100001234567890", "https://www.facebook.com/100001234567890"),
            "https://www.facebook.com/p/Une-page-100001234567890/",
        ),
        names=("100001234567890",),
    ),
    Sample(
        GROUP,
        "https://www.facebook.com/groups/123456789012345/",
        "123456789012345",
        typed=("https://m.facebook.com/groups/123456789012345/members", "fb://group/123456789012345"),
    ),
    Sample(
        POST,
        f"https://www.facebook.com/groups/123456789012345/posts/{_POST}/",
        _POST,
        typed=(f"https://www.facebook.com/groups/123456789012345/permalink/{_POST}/?mibextid=AbC",),
    ),
    Sample(
        POST,
        f"https://www.facebook.com/story.php?story_fbid={_POST}&id=100001234567890",
        _POST,
        account=_BY_ID,
        typed=(
            f"https://m.facebook.com/permalink.php?id=100001234567890&story_fbid={_POST}",
            f"https://www.facebook.com/100001234567890/posts/{_POST}",
        ),
    ),
    Sample(
        POST,
        f"https://www.facebook.com/example.page/posts/{_POST}",
        _POST,
        account=_PROFILE,
        typed=(f"https://m.facebook.com/Example.Page/posts/some-words/{_POST}/",),
    ),
    Sample(
        POST,
        f"https://www.facebook.com/watch/?v={_POST}",
        _POST,
        typed=(f"https://www.facebook.com/reel/{_POST}?s=single", f"https://m.facebook.com/watch?x=1&v={_POST}"),
    ),
    Sample(
        POST,
        f"https://www.facebook.com/watch/?v={_POST}",
        _POST,
        account=_PROFILE,
        typed=(f"https://www.facebook.com/example.page/videos/{_POST}/", f"fb.com/example.page/videos/a-word/{_POST}"),
    ),
    Sample(
        POST,
        f"https://www.facebook.com/photo/?fbid={_POST}",
        _POST,
        typed=(f"https://www.facebook.com/photo.php?set=a.1&fbid={_POST}&type=3", f"fb://photo/{_POST}"),
    ),
    Sample(
        POST,
        f"https://www.facebook.com/photo/?fbid={_POST}",
        _POST,
        account=_PROFILE,
        typed=(f"https://www.facebook.com/example.page/photos/a.123456/{_POST}/?type=3",),
    ),
    Sample(
        POST,
        "https://www.facebook.com/stories/100001234567890/UzpfSVNDOjEyMzQ1Njc4OTA=/",
        "UzpfSVNDOjEyMzQ1Njc4OTA=",
        account=_BY_ID,
    ),
    Sample(
        OPAQUE, "https://www.facebook.com/share/p/AbCdEf12345/", "AbCdEf12345", typed=("fb.com/share/p/AbCdEf12345",)
    ),
    Sample(OPAQUE, "https://www.facebook.com/share/AbCdEf12345/", "AbCdEf12345"),
    Sample(INVITE, "https://m.me/j/AbCdEfGhIjKl/", "AbCdEfGhIjKl"),
    Sample(
        ACCOUNT,
        _BY_ID,
        "100001234567890",
        typed=("https://www.facebook.com/groups/123456789012345/user/100001234567890/?x=1",),
    ),
    Sample(OPAQUE, "https://fb.watch/AbCdEf12345/", "AbCdEf12345", typed=("fb.watch/AbCdEf12345",)),
    Sample(
        POST, f"https://www.facebook.com/events/{_POST}/", _POST, typed=(f"https://m.facebook.com/events/{_POST}?x=1",)
    ),
    Sample(POST, f"https://www.facebook.com/marketplace/item/{_POST}/", _POST),
)
ORDINARY: Final = (
    *("https://www.facebook.com/marketplace/", "https://www.facebook.com/sharer.php?u=x", "https://www.facebook.com/"),
    "https://www.facebook.com/login/?next=x",
    "https://www.facebook.com/help/1",
    "https://developers.facebook.com/docs",
)
LOOK_ALIKES: Final = (
    *("https://facebook-login.example/a", "https://faceb00k.example/a", "https://facebook.com.evil.example/a"),
    *("https://facebok.example/a", "https://www-facebook-com.example/a", "https://xn--fcebook-8va.example/a"),
)
