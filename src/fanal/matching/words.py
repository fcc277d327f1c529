"""Which words are ordinary: the French and English lists that the package `pyspellchecker` carries, and a few more.

What stands in a list counts as a word whatever its capitals and accents. Short entries count only where they are
frequent: the lists hold many syllables and abbreviations of two and three letters that nobody writes as words.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LANGUAGES: Final = ("fr", "en")
_SHORT: Final = 3
_FREQUENT: Final = {"fr": 100, "en": 3_000}  # as often as “roc”, “ion”; the English list counts far more words
_MARKS: Final = re.compile("[\u0300-\u036f]+")
_APART: Final = re.compile(r"[\s'’-]+")
_LIGATURES: Final = (("œ", "oe"), ("æ", "ae"), ("ß", "ss"), ("’", "'"))
# Of our field and our time; what drafts say every day and the lists lack.
_FIELD: Final = """
pharos signalement signalements signalant gendarmerie gendarme gendarmes internaute internautes cyber cybercriminalite
cyberharcelement pedocriminalite pedocriminel pedocriminels pedopornographie pedopornographique anssi cnil arcom ofmin
ocrvp europol interpol eurojust inhope cybertip csam ncmec iwf dsa rgpd lcen nouveaux moderateur moderateurs
moderation hebergeur hebergeurs plateforme plateformes visioconference visio tchat chat chats blog blogs blogueur
hashtag hashtags selfie selfies smartphone smartphones appli applis app apps mail mails email emails e-mail url urls
lien liens wifi web webmaster internet intranet emoji emojis gif tweet tweets retweet like likes story stories reel
reels post posts poster thread threads stream streams streaming streamer live podcast newsletter webinaire facebook
instagram insta twitter tiktok snapchat snap telegram whatsapp discord reddit twitch mastodon bluesky linkedin
pinterest youtube youtubeur tumblr roblox steam signal messenger google apple microsoft amazon netflix spotify
wikipedia orange sfr bouygues free numericable gmail outlook yahoo wanadoo laposte hotmail fortnite minecraft pokemon
nintendo covid influenceur influenceuse influenceurs grooming sextorsion sextortion revenge porn deepfake deepfakes
doxing sms mms pdf rss faq csv html json api qr usb gps png jpg docx iban siret siren rib cv tva sncf ratp caf cpam
urssaf fbi nsa nca bbc afp tf1 bfm cnews rtl rmc onu unicef ue uk usa nspcc ceop ico ofcom osint opsec vpn tor dns ip
bonjour merci svp stp etc cf ps nb pj ok okay lol mdr lundi mardi mercredi jeudi vendredi samedi dimanche
"""
# First names as common in France as marie; the English list brings its own.
_NAMES: Final = """
adele adrien agathe agnes aicha alain alban albane alexandre alexis alice aline alix alizee amandine ambre amelie
amina anais andre andrea ange angele anna anne annie anouk antoine antonin apolline arnaud arthur aubin aude audrey
aurelie aurelien axel axelle ayoub baptiste bastien beatrice benedicte benjamin benoit bernadette bernard bertrand
blanche boris brahim brigitte bruno camille capucine carine carole caroline catherine cecile cedric celestin celia
celine chantal charlene charles charline charlotte chloe christelle christian christiane christine christophe claire
clara clarisse claude claudine clea clemence clement clementine cleo coline colette constance corentin corinne cyril
cyrille dalila damien daniel daniele danielle david deborah delphine denis denise diane didier dimitri dominique
dorian dylan edgar edith edouard elena eleonore eliane elias elie eliott elisa elisabeth elise ella elodie eloise elsa
emilie emma emmanuel emmanuelle enzo eric erwan esteban estelle esther ethan etienne eugenie eva evan evelyne ewen
fabien fabienne fabrice faustine felix fernand fiona flavie fleur flora florence florent florian france francine
francis franck francois francoise frederic frederique gabin gabriel gabrielle gaelle gaetan garance gaspard gauthier
genevieve geoffrey georges gerald geraldine gerard ghislaine gilbert gilles gisele gregoire gregory guillaume gustave
guy gwenaelle hamza hannah hassan helene henri herve hortense hubert hugo ibrahim igor ilyes ines ingrid irene iris
isaac isabelle ismael jacqueline jacques jade jasmine jean jeanne jennifer jeremie jeremy jerome jessica joel joelle
johan johanna jonas jonathan josephine josette joshua josiane jules julia julian julie julien juliette june justin
justine kamel karim karine kevin khadija killian lara laetitia laura laure laurence laurent lea leana leila lena leo
leon leonie leopold lilian liliane lily lina lisa lise lola lou louane louis louise louna luc luca lucas lucie lucien
lucienne ludivine ludovic luna lydia lya madeleine maelle maelys maeva magali malik malo manon marc marcel margaux
margot marguerite maria mariam marianne marie marina marine marion marius marjorie martin martine mathias mathieu
mathilde mathis matthieu maud maurice max maxence maxime mehdi melanie melina melissa mia michel micheline michele
mickael mila milan mireille mohamed monique morgan morgane moussa muriel myriam nadege nadia nadine naomi natacha
nathalie nathan nicolas nicole nina noa noah noe noel noemie nolan nora norbert oceane odile olivia olivier omar oscar
pascal pascale patrice patricia patrick paul paule pauline philippe pierre quentin rachel rachid raphael raymond rayan
rebecca regine regis remi remy renaud rene renee robert robin roger roland romain romane romeo romy rosalie rose
roxane ruben sabine sabrina sacha said salome samia samir samuel sandra sandrine sara sarah sebastien selma serge
severine simon simone sofia sofiane soline solene sonia sophie stella stephane stephanie suzanne sylvain sylvie tanguy
tatiana teo theo therese thibault thibaut thierry thomas tiago tiffany timothe timothee tom tony tristan ugo ulysse
valentin valentine valerie vanessa vera veronique victor victoire victoria vincent violette virginie vivien walid
wassim william xavier yanis yann yannick yasmine yohan youssef yves yvette yvonne zacharie zoe
"""


def ordinary(word: str) -> bool:
    """Say whether `word` is one that people write every day, in French or in English.

    Capitals and accents do not count, and of a compound (“peut-être”, “l’enfant”) every part must be one. Digits alone
    are no word. The lists are read at the first question (some tenths of a second); two megabytes are kept.
    """
    parts = [part for part in _APART.split(_plain(word)) if part]
    known = _known()
    for part in parts:
        mark = _mark(part)
        at = int(known.searchsorted(mark))
        if at == len(known) or known[at] != mark:
            return len(part) == 1 and part.isalpha() and len(parts) > 1
    return bool(parts)


def _plain(text: str) -> str:
    low = text.lower()
    if low.isascii():
        return low
    for joined, apart in _LIGATURES:
        low = low.replace(joined, apart)
    return _MARKS.sub("", unicodedata.normalize("NFD", low))


def _mark(word: str) -> np.int64:
    """Give a number for a word: within one process the same, which is all that is asked of it."""
    return np.int64(hash(word))


@cache
def _known() -> NDArray[np.int64]:
    found = _plain(f"{_FIELD} {_NAMES}").split()
    for language in _LANGUAGES:
        found += _list(language)
    marks = np.fromiter(map(hash, found), dtype=np.int64, count=len(found))
    marks.sort()
    return marks


def _list(language: str) -> list[str]:
    place = importlib.util.find_spec("spellchecker")
    if place is None or place.origin is None:
        raise ModuleNotFoundError(name="spellchecker")
    packed = Path(place.origin).parent / "resources" / f"{language}.json.gz"
    counted: dict[str, int] = json.loads(gzip.decompress(packed.read_bytes()))
    often = _FREQUENT[language]
    kept = "\n".join([word for word, count in counted.items() if len(word) > _SHORT or count >= often])
    return _plain(kept).replace("'", "\n").replace("-", "\n").split("\n")
