"""The platforms that we know: their hosts, their names for people, and the shapes of their addresses, as one table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from fanal.core.report import TargetKind

ACCOUNT, POST, URL = TargetKind.ACCOUNT, TargetKind.POST, TargetKind.URL
_QUERY: Final = r"/?(?:\?.*)?(?:#.*)?"


@dataclass(frozen=True, slots=True)
class Shape:
    """One shape of address: a pattern over path and query, and the canonical form that its groups are set into.

    `fold` says whether the groups mean the same in capitals.
    """

    kind: TargetKind
    pattern: re.Pattern[str]
    canonical: str
    fold: bool = False


@dataclass(frozen=True, slots=True)
class Platform:
    """One platform: what names look like there, where a profile stands ("" where it has no address), and its shapes."""

    name: str
    label: str
    host: str
    hosts: tuple[str, ...]
    handle: re.Pattern[str]
    profile: str
    shapes: tuple[Shape, ...]
    reserved: frozenset[str] = frozenset()
    aliases: tuple[str, ...] = ()


def _shape(kind: TargetKind, pattern: str, canonical: str, *, fold: bool = False) -> Shape:
    return Shape(kind, re.compile(pattern + _QUERY), canonical, fold)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_AT: Final = "(?:@|%40)"
_X: Final = "[A-Za-z0-9_]{1,15}"
_INSTAGRAM: Final = "[A-Za-z0-9._]{1,30}"
_TIKTOK: Final = "[A-Za-z0-9._]{2,24}"
_YOUTUBE: Final = "[A-Za-z0-9._-]{3,30}"
_SNAPCHAT: Final = "[A-Za-z][A-Za-z0-9._-]{2,14}"
_TELEGRAM: Final = "[A-Za-z][A-Za-z0-9_]{3,31}"
_TWITCH: Final = "[A-Za-z0-9_]{3,25}"
_BLUESKY: Final = "[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)+"

PLATFORMS: Final = (
    Platform(
        name="x",
        label="X",
        host="x.com",
        hosts=("x.com", "mobile.x.com", "twitter.com", "mobile.twitter.com", "m.twitter.com"),
        handle=re.compile(_X),
        profile="https://x.com/{}",
        shapes=(
            _shape(POST, rf"/(?:{_X}|i(?:/web)?)/status(?:es)?/([0-9]{{1,20}})(?:/.*)?", "https://x.com/i/status/{}"),
            _shape(ACCOUNT, r"/i/user/([0-9]{1,20})", "https://x.com/i/user/{}"),
            _shape(ACCOUNT, r"/intent/user/?\?(?:.*&)?user_id=([0-9]{1,20})(?:&.*)?", "https://x.com/i/user/{}"),
            _shape(
                ACCOUNT,
                rf"/{_AT}?({_X})(?:/(?:with_replies|media|likes|followers|following|highlights|articles))?",
                "https://x.com/{}",
                fold=True,
            ),
        ),
        reserved=_words(
            "home search explore i intent hashtag share settings login signup logout tos privacy about messages"
            " notifications compose jobs download account who_to_follow"
        ),
        aliases=("twitter", "xtwitter", "twitterx", "xextwitter", "extwitter", "xformerlytwitter"),
    ),
    Platform(
        name="instagram",
        label="Instagram",
        host="instagram.com",
        hosts=("instagram.com", "m.instagram.com", "instagr.am"),
        handle=re.compile(_INSTAGRAM),
        profile="https://www.instagram.com/{}/",
        shapes=(
            _shape(
                POST,
                rf"/(?:{_INSTAGRAM}/)?(?:p|reel|reels|tv)/([A-Za-z0-9_-]{{5,40}})",
                "https://www.instagram.com/p/{}/",
            ),
            _shape(ACCOUNT, rf"/({_INSTAGRAM})(?:/(?:reels|tagged|live))?", "https://www.instagram.com/{}/", fold=True),
        ),
        reserved=_words("p reel reels tv explore stories accounts direct about legal developer web s share archive"),
        aliases=("insta", "ig"),
    ),
    Platform(
        name="facebook",
        label="Facebook",
        host="facebook.com",
        hosts=(
            *(f"{part}facebook.com" for part in ("", "m.", "web.", "mobile.", "mbasic.", "touch.", "fr-fr.", "en-gb.")),
            "fb.com",
            "m.fb.com",
        ),
        handle=re.compile("[A-Za-z0-9.]{5,50}"),
        profile="https://www.facebook.com/{}",
        shapes=(
            _shape(
                ACCOUNT,
                r"/profile\.php\?(?:.*&)?id=([0-9]{1,20})(?:&.*)?",
                "https://www.facebook.com/profile.php?id={}",
            ),
            _shape(POST, r"/watch/?\?(?:.*&)?v=([0-9]{1,20})(?:&.*)?", "https://www.facebook.com/watch/?v={}"),
            _shape(ACCOUNT, r"/([A-Za-z0-9.]{5,50})", "https://www.facebook.com/{}", fold=True),
        ),
        reserved=_words(
            "groups watch events marketplace pages people photo photo.php story.php profile.php share sharer"
            " sharer.php login login.php help gaming reels stories hashtag search permalink.php media policies"
            " privacy settings messages notes dialog plugins public home.php friends video videos business about"
        ),
        aliases=("fb", "face"),
    ),
    Platform(
        name="tiktok",
        label="TikTok",
        host="tiktok.com",
        hosts=("tiktok.com", "m.tiktok.com"),
        handle=re.compile(_TIKTOK),
        profile="https://www.tiktok.com/@{}",
        shapes=(
            _shape(POST, rf"/{_AT}[A-Za-z0-9._]*/video/([0-9]{{5,20}})", "https://m.tiktok.com/v/{}.html"),
            _shape(POST, r"/v/([0-9]{5,20})(?:\.html)?", "https://m.tiktok.com/v/{}.html"),
            _shape(ACCOUNT, rf"/{_AT}({_TIKTOK})(?:/live)?", "https://www.tiktok.com/@{}", fold=True),
        ),
    ),
    Platform(
        name="youtube",
        label="YouTube",
        host="youtube.com",
        hosts=("youtube.com", "m.youtube.com", "music.youtube.com", "youtube-nocookie.com"),
        handle=re.compile(_YOUTUBE),
        profile="https://www.youtube.com/@{}",
        shapes=(
            _shape(POST, r"/watch/?\?(?:.*&)?v=([A-Za-z0-9_-]{11})(?:&.*)?", "https://www.youtube.com/watch?v={}"),
            _shape(POST, r"/(?:shorts|embed|live|v)/([A-Za-z0-9_-]{11})", "https://www.youtube.com/watch?v={}"),
            _shape(ACCOUNT, r"/channel/(UC[A-Za-z0-9_-]{22})(?:/[a-z]+)?", "https://www.youtube.com/channel/{}"),
            _shape(ACCOUNT, rf"/{_AT}({_YOUTUBE})(?:/[a-z]+)?", "https://www.youtube.com/@{}", fold=True),
        ),
        aliases=("yt",),
    ),
    Platform(
        name="youtube",
        label="YouTube",
        host="youtube.com",
        hosts=("youtu.be",),
        handle=re.compile(_YOUTUBE),
        profile="https://www.youtube.com/@{}",
        shapes=(_shape(POST, r"/([A-Za-z0-9_-]{11})", "https://www.youtube.com/watch?v={}"),),
    ),
    Platform(
        name="snapchat",
        label="Snapchat",
        host="snapchat.com",
        hosts=("snapchat.com",),
        handle=re.compile(_SNAPCHAT),
        profile="https://www.snapchat.com/add/{}",
        shapes=(_shape(ACCOUNT, rf"/(?:add/|{_AT})({_SNAPCHAT})", "https://www.snapchat.com/add/{}", fold=True),),
        aliases=("snap",),
    ),
    Platform(
        name="telegram",
        label="Telegram",
        host="t.me",
        hosts=("t.me", "telegram.me", "telegram.dog"),
        handle=re.compile(_TELEGRAM),
        profile="https://t.me/{}",
        shapes=(
            _shape(POST, rf"/(?:s/)?({_TELEGRAM})/([0-9]{{1,12}})", "https://t.me/{}/{}", fold=True),
            _shape(ACCOUNT, rf"/(?:s/)?({_TELEGRAM})", "https://t.me/{}", fold=True),
        ),
        reserved=_words(
            "joinchat addstickers addemoji addtheme addlist share proxy socks setlanguage login boost contact invoice"
            " giftcode confirmphone"
        ),
        aliases=("tg", "télégram"),
    ),
    Platform(
        name="discord",
        label="Discord",
        host="discord.com",
        hosts=("discord.com", "ptb.discord.com", "canary.discord.com", "discordapp.com"),
        handle=re.compile("[A-Za-z0-9._]{2,32}"),
        profile="",
        shapes=(
            _shape(ACCOUNT, r"/users/([0-9]{15,20})", "https://discord.com/users/{}"),
            _shape(
                POST,
                r"/channels/([0-9]{15,20}|@me)/([0-9]{15,20})/([0-9]{15,20})",
                "https://discord.com/channels/{}/{}/{}",
            ),
            _shape(URL, r"/invite/([A-Za-z0-9-]{2,40})", "https://discord.gg/{}"),
        ),
    ),
    Platform(
        name="discord",
        label="Discord",
        host="discord.com",
        hosts=("discord.gg",),
        handle=re.compile("[A-Za-z0-9._]{2,32}"),
        profile="",
        shapes=(_shape(URL, r"/([A-Za-z0-9-]{2,40})", "https://discord.gg/{}"),),
    ),
    Platform(
        name="reddit",
        label="Reddit",
        host="reddit.com",
        hosts=tuple(f"{part}reddit.com" for part in ("", "old.", "new.", "np.", "m.", "i.", "sh.")),
        handle=re.compile("[A-Za-z0-9_-]{3,20}"),
        profile="https://www.reddit.com/user/{}",
        shapes=(
            _shape(
                ACCOUNT,
                r"/(?:u|user)/([A-Za-z0-9_-]{3,20})(?:/(?:submitted|comments|overview))?",
                "https://www.reddit.com/user/{}",
                fold=True,
            ),
            _shape(
                POST,
                r"(?:/r/[A-Za-z0-9_]+)?/comments/([A-Za-z0-9]{2,12})/[^/?#]*/([A-Za-z0-9]{2,12})",
                "https://www.reddit.com/comments/{}/_/{}",
                fold=True,
            ),
            _shape(
                POST,
                r"(?:/r/[A-Za-z0-9_]+)?/comments/([A-Za-z0-9]{2,12})(?:/[^/?#]*)?",
                "https://www.reddit.com/comments/{}",
                fold=True,
            ),
        ),
    ),
    Platform(
        name="reddit",
        label="Reddit",
        host="reddit.com",
        hosts=("redd.it",),
        handle=re.compile("[A-Za-z0-9_-]{3,20}"),
        profile="https://www.reddit.com/user/{}",
        shapes=(_shape(POST, r"/([A-Za-z0-9]{2,12})", "https://www.reddit.com/comments/{}", fold=True),),
    ),
    Platform(
        name="twitch",
        label="Twitch",
        host="twitch.tv",
        hosts=("twitch.tv", "m.twitch.tv"),
        handle=re.compile(_TWITCH),
        profile="https://www.twitch.tv/{}",
        shapes=(
            _shape(POST, r"/videos/([0-9]{5,15})", "https://www.twitch.tv/videos/{}"),
            _shape(
                ACCOUNT, rf"/({_TWITCH})(?:/(?:about|videos|schedule|clips))?", "https://www.twitch.tv/{}", fold=True
            ),
        ),
        reserved=_words("directory videos settings downloads jobs turbo store prime search subscriptions wallet login"),
    ),
    Platform(
        name="bluesky",
        label="Bluesky",
        host="bsky.app",
        hosts=("bsky.app",),
        handle=re.compile(_BLUESKY),
        profile="https://bsky.app/profile/{}",
        shapes=(
            _shape(
                POST,
                rf"/profile/({_BLUESKY}|did:[a-z]+:[a-z0-9.:-]+)/post/([a-z0-9]{{5,20}})",
                "https://bsky.app/profile/{}/post/{}",
                fold=True,
            ),
            _shape(
                ACCOUNT, rf"/profile/({_BLUESKY}|did:[a-z]+:[a-z0-9.:-]+)", "https://bsky.app/profile/{}", fold=True
            ),
        ),
        aliases=("bsky",),
    ),
    Platform(
        name="threads",
        label="Threads",
        host="threads.net",
        hosts=("threads.net", "threads.com"),
        handle=re.compile(_INSTAGRAM),
        profile="https://www.threads.net/@{}",
        shapes=(
            _shape(POST, rf"/(?:{_AT}{_INSTAGRAM}/post|t)/([A-Za-z0-9_-]{{5,40}})", "https://www.threads.net/t/{}"),
            _shape(ACCOUNT, rf"/{_AT}({_INSTAGRAM})", "https://www.threads.net/@{}", fold=True),
        ),
    ),
)

BY_HOST: Final = {host: platform for platform in PLATFORMS for bare in platform.hosts for host in (bare, f"www.{bare}")}
"""Every host of every platform, exactly: a host that only looks like one is not in it."""

MASTODON: Final = "mastodon"
NOT_MASTODON: Final = frozenset({"medium.com", "odysee.com", "rumble.com", "substack.com", "dailymotion.com"})
"""Registrable domains where /@name is not an account of the fediverse."""

SHORT_LINKS: Final = _words(
    "bit.ly t.co tinyurl.com goo.gl is.gd ow.ly buff.ly cutt.ly rebrand.ly lnkd.in fb.me vm.tiktok.com vt.tiktok.com"
    " pin.it amzn.to shorturl.at rb.gy t.ly v.gd"
)
"""Hosts whose addresses only lead on to others. They are kept as they are and never followed."""

_NOT_WORD: Final = re.compile(r"[\W_]+")


def _key(text: str) -> str:
    return _NOT_WORD.sub("", text.casefold())


_BY_NAME: Final = {
    _key(word): platform
    for platform in reversed(PLATFORMS)
    for word in (platform.name, platform.label, *platform.aliases, *platform.hosts)
}


def find(text: str) -> Platform | None:
    """Find a platform by what a person calls it (X, Twitter, insta, facebook.com); None for one that we do not know."""
    return _BY_NAME.get(_key(text)) if text else None


def is_mastodon(text: str) -> bool:
    """Say whether a person means Mastodon, or another server of the fediverse."""
    return _key(text) in {"mastodon", "fediverse", "fédivers", "pixelfed", "pleroma", "misskey"}
