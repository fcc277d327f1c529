"""What a person is told of a draft that cannot be read, or not all of it. Never a word of the draft."""

from __future__ import annotations

from typing import Final

from fanal.core.reasons import reason

MOST_BYTES: Final = 20_000_000

TOO_LARGE = reason(
    "draft.too-large",
    en="This draft is larger than 20 MB. Check its text alone, without its pictures.",
    fr="Ce projet dépasse 20 Mo. Faites vérifier son texte seul, sans ses images.",
)
PICTURE = reason(
    "draft.picture",
    en="This is a picture. Text inside pictures is out of scope: nothing in a picture is read. Look at it yourself.",
    fr="Ceci est une image. Le texte contenu dans les images n’est pas vérifié : rien n’y est lu. "
    "Regardez-la vous-même.",
)
UNKNOWN = reason(
    "draft.unknown-form",
    en="This is no text, HTML, Markdown, PDF, DOCX or ODT. Give the draft in one of these forms.",
    fr="Ce n’est ni du texte, ni du HTML, du Markdown, un PDF, un DOCX ou un ODT. "
    "Donnez le projet sous l’une de ces formes.",
)
OLD_WORD = reason(
    "draft.old-word",
    en="This is a file of an older Word (.doc), or one with a password. Save it as DOCX without a password.",
    fr="Ceci est un fichier d’un ancien Word (.doc), ou protégé par un mot de passe. "
    "Enregistrez-le en DOCX, sans mot de passe.",
)
RTF = reason(
    "draft.rtf",
    en="RTF is not read. Save the draft as DOCX or as plain text.",
    fr="Le RTF n’est pas lu. Enregistrez le projet en DOCX ou en texte brut.",
)
NOT_WHAT_IT_SAYS = reason(
    "draft.not-what-it-says",
    en="The file is not of the form that was named for it.",
    fr="Le fichier n’est pas de la forme annoncée.",
)
DAMAGED = reason(
    "draft.damaged",
    en="The file is damaged: not all of it can be read, so nothing is said of it. Save it anew and try again.",
    fr="Le fichier est endommagé : il ne peut être lu en entier, rien n’en est donc dit. "
    "Enregistrez-le à nouveau et réessayez.",
)
LOCKED = reason(
    "draft.locked",
    en="The file is protected by a password. Give it without.",
    fr="Le fichier est protégé par un mot de passe. Donnez-le sans.",
)
TOO_INTRICATE = reason(
    "draft.too-intricate",
    en="Reading the whole file would take more time or memory than a draft may: it may be built to. "
    "Nothing is said of it. Check its text alone.",
    fr="Lire tout le fichier prendrait plus de temps ou de mémoire qu’un projet n’en peut demander : "
    "il est peut-être fait pour cela. Rien n’en est dit. Faites vérifier son texte seul.",
)
PICTURES_UNREAD = reason(
    "draft.pictures-unread",
    en="The draft holds pictures. Text inside pictures is out of scope: nothing in them was read.",
    fr="Le projet contient des images. Le texte contenu dans les images n’est pas vérifié : rien n’y a été lu.",
)
PAGES_UNREAD = reason(
    "draft.pages-unread",
    en="On some pages no text could be read: they hold pictures, or letters drawn without their meaning. "
    "Look at them yourself.",
    fr="Sur certaines pages, aucun texte n’a pu être lu : elles contiennent des images, ou des lettres "
    "dessinées sans leur sens. Regardez-les vous-même.",
)
FILES_UNREAD = reason(
    "draft.files-unread",
    en="Files are attached within this one. Their names were read, not what they hold.",
    fr="Des fichiers sont joints à celui-ci. Leurs noms ont été lus, non leur contenu.",
)
OLD_LETTERS = reason(
    "draft.old-letters",
    en="The text is not in UTF-8. It was read as Windows-1252; look whether its accents are right.",
    fr="Le texte n’est pas en UTF-8. Il a été lu comme du Windows-1252 ; vérifiez que ses accents sont justes.",
)
OTHER_LETTERS = reason(
    "draft.other-letters",
    en="The text is not in UTF-8. It was read in the encoding that it declares.",
    fr="Le texte n’est pas en UTF-8. Il a été lu dans l’encodage qu’il déclare.",
)
