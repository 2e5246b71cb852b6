"""Text → the language it is written in, by its script and its commonest words."""

from __future__ import annotations

import re
from collections import Counter

_SCRIPTS = (
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
)
_CYRILLIC, _ARABIC = re.compile(r"[\u0400-\u04ff]"), re.compile(r"[\u0600-\u06ff]")
_UKRAINIAN, _PERSIAN, _URDU = re.compile(r"[іїєґ]"), re.compile(r"[پچژگ]"), re.compile(r"[ٹڈڑے]")
# Words of a hundred commonest of each language that are common in no other of these.
_WORDS = {
    "en": "the and of that was with for his they have this from which were are been their would there said",
    "de": "der und die das nicht mit sich auf für dem eine auch als wird einen zum nach bei aus werden",
    "fr": "les des dans est pour qui une pas sur avec par plus sont cette aux mais nous été leur était",
    "es": "los del las por con para una como más pero sus fue este entre cuando desde también son años muy",
    "pt": "não uma com para dos mais como mas foi ele das tem seu sua são pelo pela também você isso",
    "it": "che non per una sono con della più anche dei nel alla gli come delle questo ha stato loro dal",
    "nl": "het een van dat niet zijn voor met aan ook maar bij nog naar heeft door worden deze over wordt",
    "sv": "och att det som för inte med den har till är av på ett var jag från kan ska eller",
    "da": "og det at ikke til den der har med for som af på er var jeg vil blev efter også",
    "pl": "nie się jest że na do jak ale po tak czy dla przez od był może oraz już tylko które",
    "tr": "bir ve bu için ile olarak daha çok gibi olan ne kadar sonra var değil ama en her oldu ise",
    "ro": "și în că nu este pe cu mai din care sunt fost pentru sau după lui fi au dar prin",
    "id": "yang dan di ini dengan untuk dari pada tidak itu dalam akan juga oleh ke telah kepada karena bisa adalah",
    "cy": "yn yr ac ar mae oedd gan wedi eu ei hyn bod gyda hefyd dros fod am ond yw ydy",
}
_BY_WORD: dict[str, list[str]] = {}
for _language, _common in _WORDS.items():
    for _one in _common.split():
        _BY_WORD.setdefault(_one, []).append(_language)
_TOKEN = re.compile(r"[^\W\d_]+")
_READ = 3_000  # characters that decide
_SURE = 0.04  # share of words that must be common ones of a language; English prose has 0.25
_CODE = re.compile(r"^[a-z]{2,3}\b")


def language_of(text: str, stated: str = "") -> str | None:
    """ISO 639-1 code of the language; None when neither the text nor the page's statement tells.

    stated   what the page says: "en-GB", "en_US"; believed where the text is too short to tell
    """
    sample = text[:_READ]
    letters = max(sum(map(str.isalpha, sample)), 1)
    if len(_ARABIC.findall(sample)) > 0.3 * letters:
        return "ur" if _URDU.search(sample) else "fa" if _PERSIAN.search(sample) else "ar"
    if len(_CYRILLIC.findall(sample)) > 0.3 * letters:
        return "uk" if _UKRAINIAN.search(sample.lower()) else _code(stated) or "ru"
    for language, script in _SCRIPTS:
        if len(script.findall(sample)) > (0.05 if language == "ja" else 0.3) * letters:
            return language
    tokens = _TOKEN.findall(sample.lower())
    counts = Counter(language for token in tokens for language in _BY_WORD.get(token, ()))
    if len(tokens) >= 20 and counts:
        (language, count), *others = counts.most_common(2)
        if count >= _SURE * len(tokens) and (not others or count > 1.2 * others[0][1]):
            return language
    return _code(stated)


def _code(stated: str) -> str | None:
    found = _CODE.match(stated.strip().lower())
    return found[0] if found else None
