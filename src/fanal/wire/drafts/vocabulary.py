"""What the words of HTML mean for reading: which part lines, which hold no text, which attributes say what."""

from __future__ import annotations

import re
from typing import Final

from fanal.core.guard.draft import Place


def _all(words: str) -> frozenset[str]:
    return frozenset(words.split())


BREAKS: Final = _all(  # elements that begin and end a line of their own
    "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li listing main menu nav ol "
    "optgroup option p plaintext pre search section select summary table tbody tfoot thead tr ul xmp"
)
CELLS: Final = frozenset({"td", "th"})
EMPTY: Final = _all(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr"
)
STANDING_IN: Final = _all("audio canvas embed iframe img input math object svg video")
RAISED: Final = frozenset({"sub", "sup", "rt", "rp"})
KEPT_WHITE: Final = frozenset({"pre", "textarea", "listing", "xmp"})
RAW: Final = _all("script style xmp iframe noembed noframes")  # their content holds no tags
WORDS_ONLY: Final = frozenset({"title", "textarea"})  # entities, but no tags
UNSEEN: Final = _all("noscript template datalist")
CLOSED_BY_NEXT: Final = {
    "p": BREAKS,
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "option": frozenset({"option", "optgroup"}),
    "td": frozenset({"td", "th", "tr"}),
    "th": frozenset({"td", "th", "tr"}),
    "tr": frozenset({"tr"}),
}

KNOWN: Final = (
    BREAKS
    | CELLS
    | EMPTY
    | STANDING_IN
    | RAISED
    | KEPT_WHITE
    | RAW
    | WORDS_ONLY
    | UNSEEN
    | _all(
        "a abbr acronym b bdi bdo big blink cite code colgroup data del dfn em font i ins kbd label map mark marquee "
        "meter nobr object output picture portal progress q rb rtc ruby s samp slot small span strike strong time tt "
        "u var circle clippath defs desc ellipse fecolormatrix feblend fegaussianblur filter foreignobject g image "
        "line lineargradient marker mask metadata path pattern polygon polyline radialgradient rect stop switch "
        "symbol text textpath tspan use view animate animatetransform mi mn mo mrow ms msup msub mtext mfrac"
    )
)

LINKS: Final = _all(
    "action archive background cite classid code codebase data dynsrc formaction href icon imagesrcset longdesc "
    "lowsrc manifest ping poster profile src srcset style usemap xlink:href"
)
PICTURES: Final = _all("alt title aria-label aria-description aria-valuetext aria-placeholder summary")
WORDS: Final = frozenset({"value", "placeholder", "label", "abbr", "srcdoc", "standby", "prompt", "content"})
SAYS_NOTHING: Final = _all(  # a closed list of values, or numbers, or a sum over a file
    "accept-charset align aria-hidden async autocomplete autofocus bgcolor border cellpadding cellspacing charset "
    "checked colspan color crossorigin cx cy d datetime decoding defer dir disabled draggable dx dy enctype "
    "fetchpriority fill gradienttransform gradientunits height hidden hreflang hspace http-equiv inputmode "
    "integrity ismap lang loading maxlength media method multiple nonce offset opacity points preserveaspectratio r "
    "referrerpolicy rel required rev role rowspan rx ry scope selected shape size sizes span spellcheck start "
    "stop-color stroke stroke-linecap stroke-linejoin stroke-width tabindex target transform translate type valign "
    "version viewbox vspace width wrap x x1 x2 xml:lang xml:space xmlns xmlns:xlink y y1 y2"
)


_FAMILIES: Final = re.compile(r"(?:aria-|on)[a-z]{1,24}")
_NAMES: Final = _all(
    "id class name property itemprop itemscope itemtype itemid slot part open controls autoplay loop muted playsinline "
    "selected checked disabled readonly nomodule accept download allow allowfullscreen sandbox frameborder scrolling "
    "list max min step pattern maxlength minlength cols rows contenteditable color face"
)


def known(attribute: str) -> bool:
    """Say whether the name of an attribute is one of HTML's own; a name of another's may be anything."""
    return (
        attribute in LINKS
        or attribute in PICTURES
        or attribute in WORDS
        or attribute in SAYS_NOTHING
        or attribute in _NAMES
        or _FAMILIES.fullmatch(attribute) is not None
    )


def place_of(attribute: str) -> Place | None:
    """Say where the value of an attribute stands; None where its values say nothing."""
    if attribute in SAYS_NOTHING:
        return None
    if attribute in LINKS or attribute.startswith("data-"):
        return Place.LINK
    if attribute in PICTURES:
        return Place.PICTURE
    return Place.ABOUT if attribute in WORDS else Place.HIDDEN
