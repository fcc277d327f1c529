"""What this face says in its own name when it refuses, in both languages. No value is ever repeated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fanal.core.reasons import Reason, reason
from fanal.core.text import Text

if TYPE_CHECKING:
    from fanal.core.rights import KeyRight

MAX_REPORT_BYTES: Final = 4 * 1024 * 1024
MAX_BATCH_BYTES: Final = 64 * 1024 * 1024
MAX_BATCH_LINES: Final = 10_000
MAX_DEPTH: Final = 32
MAX_CODE: Final = 100

KEY_MISSING = reason(
    "key.missing",
    en="This address needs a key. Send it as “Authorization: Bearer fanal_…”.",
    fr="Cette adresse demande une clé. Envoyez-la ainsi : « Authorization: Bearer fanal_… ».",
)
KEY_UNKNOWN = reason(
    "key.unknown",
    en="This key is not known here, or is no longer valid. Ask the desk for another.",
    fr="Cette clé n’est pas connue ici, ou n’est plus valable. Demandez-en une autre au service.",
)
RATE = reason(
    "rate.exceeded",
    en="This key has asked too often. Wait as long as the Retry-After header says; nothing was kept from this request.",
    fr="Cette clé a fait trop de demandes. Attendez le temps indiqué par l’en-tête Retry-After ; "
    "rien de cette demande n’a été gardé.",
)
MEDIA_TYPE = reason(
    "body.media-type",
    en="Not a media type that is read here. Send one report as application/json, a batch as application/x-ndjson, "
    "in UTF-8.",
    fr="Ce type de contenu n’est pas lu ici. Envoyez un signalement en application/json, un lot en "
    "application/x-ndjson, en UTF-8.",
)
MEDIA_IMAGE = reason(
    "body.image",
    en="Do not send images, videos or files: keeping or sending some of them is itself an offence, and we never need "
    "them. Send the address where the content stands, or say in the comment where it was seen.",
    fr="N’envoyez ni image, ni vidéo, ni fichier : en détenir ou en transmettre peut être une infraction, et nous n’en "
    "avons jamais besoin. Envoyez l’adresse où se trouve le contenu, ou dites dans le commentaire où il a été vu.",
)
TOO_LARGE = reason(
    "body.too-large",
    en="This is too large: a report may have 4 MiB, a batch 64 MiB. Nothing was kept. Send less at once.",
    fr="C’est trop volumineux : un signalement peut faire 4 Mio, un lot 64 Mio. Rien n’a été gardé. "
    "Envoyez moins à la fois.",
)
BODY_CUT = reason(
    "body.cut",
    en="The request stopped before its end. Nothing of it was kept: send it again, with the same Idempotency-Key.",
    fr="La demande s’est arrêtée avant sa fin. Rien n’en a été gardé : renvoyez-la, avec la même Idempotency-Key.",
)
UTF8 = reason(
    "json.encoding",
    en="This is not UTF-8. Send the text again in UTF-8.",
    fr="Ce n’est pas de l’UTF-8. Renvoyez le texte en UTF-8.",
)
MALFORMED = reason(
    "json.malformed",
    en="This is not JSON as RFC 8259 has it (numbers like NaN, numbers of thousands of digits and repeated names are "
    "not accepted either).",
    fr="Ce n’est pas du JSON au sens de la RFC 8259 (les nombres comme NaN, ceux de milliers de chiffres et les noms "
    "répétés ne sont pas acceptés non plus).",
)
TOO_DEEP = reason(
    "json.too-deep",
    en="This JSON is nested too deeply: 32 levels are read.",
    fr="Ce JSON est imbriqué trop profondément : 32 niveaux sont lus.",
)
NO_HASHES = reason(
    "hashes.nothing",
    en="Nothing to look up: “hashes” is a list of objects with “signal” and “value”.",
    fr="Rien à chercher : « hashes » est une liste d’objets avec « signal » et « value ».",
)
MANY_HASHES = reason(
    "hashes.too-many",
    en="These are too many at once: a thousand fingerprints are looked up a request. Nothing was looked up.",
    fr="C’est trop à la fois : mille empreintes sont cherchées par demande. Rien n’a été cherché.",
)
NO_FILES = reason(
    "hashes.no-files",
    en="No file and no address is taken here: compute the fingerprint yourself (“fanal hash”), and send that alone.",
    fr="Ni fichier ni adresse n’est pris ici : calculez l’empreinte vous-même (« fanal hash »), et n’envoyez qu’elle.",
)
DRAFT_TYPE = reason(
    "guard.media-type",
    en="Show a draft as application/json, multipart/form-data, text/plain, text/markdown, text/html, application/pdf "
    "or as the media type of DOCX or ODT. Pictures are not read.",
    fr="Montrez un texte en application/json, multipart/form-data, text/plain, text/markdown, text/html, "
    "application/pdf ou le type d’un DOCX ou d’un ODT. Les images ne sont pas lues.",
)
DRAFT_TOO_LARGE = reason(
    "guard.too-large",
    en="This draft is larger than 20 MB. Nothing of it was read: show its text alone.",
    fr="Ce texte dépasse 20 Mo. Rien n’en a été lu : montrez-en le texte seul.",
)
DRAFT_EXPECTED = reason(
    "guard.expected",
    en="Send an object with “text”, and perhaps “form” (text, markdown, html, pdf, docx, odt) and “language” (en, fr); "
    "in a form the same fields, or a “file”.",
    fr="Envoyez un objet avec « text », et au besoin « form » (text, markdown, html, pdf, docx, odt) "
    "et « language » (en, fr) ; dans un formulaire, les mêmes champs, ou un « file ».",
)
NOT_OBJECT = reason(
    "json.not-object",
    en="A JSON object is expected here.",
    fr="Un objet JSON est attendu ici.",
)
INVALID = reason(
    "report.invalid",
    en="The report was not kept: see what is wrong in “faults”, correct it and send it again.",
    fr="Le signalement n’a pas été gardé : voyez dans « faults » ce qui ne va pas, corrigez et renvoyez-le.",
)
CODE_EXPECTED = reason(
    "code.expected",
    en="Send an object with one field, “code”, a text of at most 100 characters.",
    fr="Envoyez un objet avec un seul champ, « code », un texte de 100 caractères au plus.",
)
CODE_UNKNOWN = reason(
    "code.unknown",
    en="This code is not known here: it may be mistyped, or too old.",
    fr="Ce code n’est pas connu ici : il est peut-être mal recopié, ou trop ancien.",
)
IDEMPOTENCY = reason(
    "idempotency.malformed",
    en="An idempotency key has 1 to 255 visible ASCII characters.",
    fr="Une clé d’idempotence a de 1 à 255 caractères ASCII visibles.",
)
LINE_CUT = reason(
    "batch.cut",
    en="The batch stops in the middle of this line, which was not kept. The complete lines before it were. Send this "
    "line and those after it again.",
    fr="Le lot s’arrête au milieu de cette ligne, qui n’a pas été gardée. Les lignes complètes qui la précèdent l’ont "
    "été. Renvoyez cette ligne et les suivantes.",
)
LINE_TOO_MANY = reason(
    "batch.too-many",
    en="A batch has at most 10,000 lines and 64 MiB. Nothing was read from here on: send the rest as another batch.",
    fr="Un lot a au plus 10 000 lignes et 64 Mio. À partir de cette ligne, rien n’a été lu : envoyez le reste dans un "
    "autre lot.",
)
LINE_STOPPED = reason(
    "batch.stopped",
    en="From this line on nothing was read, because the server can keep nothing at present. Send the rest again later.",
    fr="À partir de cette ligne, rien n’a été lu, car le serveur ne peut rien garder pour l’instant. Renvoyez le reste "
    "plus tard.",
)
DOWN = reason(
    "database.down",
    en="Nothing was saved: the database does not answer. Keep your report and try again in a minute.",
    fr="Rien n’a été enregistré : la base de données ne répond pas. Gardez votre signalement et réessayez dans "
    "une minute.",
)
NO_PAGE = reason(
    "not-found",
    en="There is nothing at this address. /api/v1/openapi.json lists what there is.",
    fr="Il n’y a rien à cette adresse. /api/v1/openapi.json dit ce qu’il y a.",
)
METHOD = reason(
    "method.not-allowed",
    en="This address does not take this method; the Allow header says which it takes.",
    fr="Cette adresse n’accepte pas cette méthode ; l’en-tête Allow dit lesquelles elle accepte.",
)
INTERNAL = reason(
    "internal",
    en="Fanal failed, and nothing of this request was acknowledged. The failure was noted; try again later.",
    fr="Fanal a échoué, et rien de cette demande n’a été confirmé. L’échec a été noté ; réessayez plus tard.",
)

TITLES: Final[dict[int, Text]] = {
    400: Text(en="The request cannot be read", fr="La demande est illisible"),
    401: Text(en="A key is needed", fr="Il faut une clé"),
    403: Text(en="This key may not do this", fr="Cette clé n’a pas ce droit"),
    404: Text(en="Nothing here", fr="Rien ici"),
    405: Text(en="Not this method", fr="Pas cette méthode"),
    409: Text(en="Sent before with another content", fr="Déjà envoyé avec un autre contenu"),
    413: Text(en="Too large", fr="Trop volumineux"),
    415: Text(en="Not this kind of content", fr="Pas ce type de contenu"),
    422: Text(en="What was sent needs correction", fr="L’envoi est à corriger"),
    429: Text(en="Too many requests", fr="Trop de demandes"),
    500: Text(en="Fanal failed", fr="Fanal a échoué"),
    503: Text(en="Not at present", fr="Pas pour l’instant"),
    507: Text(en="No room left", fr="Plus de place"),
}


def right_missing(right: KeyRight) -> Reason:
    """Say which right a key would need."""
    return reason(
        "right.missing",
        en=f"This key does not have the right “{right.value}”. Ask the desk for it.",
        fr=f"Cette clé n’a pas le droit « {right.value} ». Demandez-le au service.",
    )
