"""Hosts that stand for everybody: that two pages stand there says nothing of who made them.

Content networks, shared storage, short links, paste and file hosts, blogs whose tenant is not in the name, caches and
translators. Where the tenant stands in the name (tenant.blogs.example), the name counts: the Public Suffix List knows
most of these, `_TENANT_FIRST` some more. Kept by registrable domain. A list like this is never whole: what it misses
becomes over-common by itself and stops being a clue (compare.COMMON).
"""

from __future__ import annotations

from typing import Final

from fanal.core.harmonise import address

# content networks and the object stores behind them
_NETWORKS: Final = (
    "cloudfront.net akamaized.net akamaihd.net akamai.net edgekey.net edgesuite.net fastly.net fastlylb.net"
    " cloudflare.com cloudflare-ipfs.com cloudflarestorage.com azureedge.net azurefd.net windows.net amazonaws.com"
    " googleapis.com gstatic.com googleusercontent.com bunnycdn.com cdn77.org kxcdn.com jsdelivr.net"
    " unpkg.com llnwd.net stackpathcdn.com digitaloceanspaces.com backblazeb2.com wasabisys.com twimg.com"
    " fbcdn.net cdninstagram.com ytimg.com redditmedia.com redd.it discordapp.net tiktokcdn.com pinimg.com"
    " imgix.net"
)
# drives, transfers, files, pictures, pastes
_STORAGE: Final = (
    "mega.nz mega.co.nz mega.io google.com goo.gl dropbox.com dropboxusercontent.com onedrive.com live.com"
    " 1drv.ms icloud.com box.com pcloud.com pcloud.link yandex.ru yandex.com disk.yandex.ru"
    " mediafire.com wetransfer.com we.tl gofile.io pixeldrain.com workupload.com krakenfiles.com rapidgator.net"
    " uploaded.net 1fichier.com terabox.com 4shared.com zippyshare.com anonfiles.com catbox.moe filebin.net"
    " transfer.sh sendspace.com swisstransfer.com imgur.com ibb.co imgbb.com postimg.cc imageshack.com flickr.com"
    " photobucket.com giphy.com tenor.com gyazo.com prnt.sc pastebin.com ghostbin.com hastebin.com rentry.co"
    " rentry.org justpaste.it telegra.ph privatebin.net controlc.com dpaste.com archive.org archive.today"
    " archive.ph archive.is ipfs.io dweb.link"
)
# blogs, videos, shops, code and forms whose tenant stands in the path
_TENANTS: Final = (
    "medium.com quora.com stackexchange.com"
    " stackoverflow.com github.com gitlab.com bitbucket.org codeberg.org sourceforge.net huggingface.co notion.so"
    " notion.site wikipedia.org wikimedia.org dailymotion.com vimeo.com rumble.com odysee.com"
    " bitchute.com dtube.video streamable.com kick.com onlyfans.com fansly.com patreon.com ko-fi.com"
    " buymeacoffee.com gofundme.com paypal.com paypal.me cash.app amazon.com amazon.fr ebay.com ebay.fr etsy.com"
    " leboncoin.fr vinted.fr aliexpress.com airbnb.com booking.com linktr.ee beacons.ai carrd.co bio.link"
    " change.org typeform.com jotform.com forms.gle doctolib.fr spotify.com soundcloud.com"
    " steamcommunity.com steampowered.com roblox.com 4chan.org 4cdn.org 8kun.top jeuxvideo.com"
)
# platforms of people, for what no platform's own table says
_PLATFORMS: Final = (
    "x.com twitter.com facebook.com fb.com instagram.com tiktok.com youtube.com youtu.be snapchat.com t.me"
    " telegram.me telegram.org whatsapp.com wa.me discord.com discord.gg reddit.com twitch.tv bsky.app"
    " linkedin.com lnkd.in pinterest.com pin.it vk.com vk.ru ok.ru threads.net threads.com"
    " messenger.com signal.org signal.me mastodon.social weibo.com qq.com naver.com line.me kakao.com viber.com"
    " skype.com zoom.us teams.live.com"
)
# short links
_SHORT: Final = (
    "bit.ly t.co tinyurl.com is.gd ow.ly buff.ly cutt.ly rebrand.ly amzn.to shorturl.at rb.gy t.ly v.gd tiny.cc"
    " s.id lc.cx urlz.fr huit.re short.gy dub.sh shorte.st adf.ly linkvertise.com"
)
# caches, translators, proxies of the web
_MIRRORS: Final = (
    "translate.goog googlecache.com web.archive.org 12ft.io tor2web.org onion.ws onion.ly onion.pet proxysite.com"
)
# search engines and news readers that show others' pages
_FINDERS: Final = "bing.com duckduckgo.com yahoo.com qwant.com ecosia.org baidu.com feedly.com flipboard.com"
_HOSTS: Final = frozenset(f"{_NETWORKS} {_STORAGE} {_TENANTS} {_PLATFORMS} {_SHORT} {_MIRRORS} {_FINDERS}".split())
# where the tenant stands in front of the name, though the Public Suffix List does not say so
_TENANT_FIRST: Final = (
    "b-cdn.net bandcamp.com blogger.com canalblog.com deviantart.com e-monsite.com fandom.com free.fr"
    " hatenablog.com itch.io jimdofree.com livejournal.com over-blog.com pagesperso-orange.fr sharepoint.com"
    " skyrock.com substack.com tumblr.com typepad.com webnode.com webnode.fr weebly.com wordpress.com"
)
_FRONTS: Final = frozenset(_TENANT_FIRST.split())


def site(host: str) -> str:
    """Give the site that `host` (lower case, no final dot) belongs to; "" where it stands for everybody.

    A site is what somebody registered, or a tenant's own name under a host of many.
    """
    registered = address.registrable(host)
    if registered in _FRONTS:
        tenant = host.removesuffix(registered).rstrip(".").rpartition(".")[2]
        return f"{tenant}.{registered}" if tenant not in ("", "www") else ""
    return "" if registered in _HOSTS or host in _HOSTS else registered
