"""What a page states of itself, and its text → title, author, outlet, agency."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.extraction.page_statements import Statements
from pipeline.folding import fold, words

_LONGEST_TITLE = 1_000
_LONGEST_NAME = 60  # characters of an outlet's name; what is longer is its slogan
_MOST_AUTHORS = 6
_SHORTEST_NAME = 4  # letters that an address and a name share; "bbc" or "news" stands in many by chance
_LONGEST_BYLINE = 120  # characters of a line: "By Petra Lund | Published 3 March 2025, 17:45 | Updated 18:02"
_MONTHS = "Jan|Feb|Mar(?:ch)?\\b|Apr(?:il)?\\b|May\\b|June?\\b|July?\\b|Aug(?:ust)?\\b|Sep|Oct(?:ober)?\\b|Nov|Dec"
_BYLINE = re.compile(
    r"(?:by|words by|written by|reported by|posted by):?\s+"
    rf"(?P<names>(?-i:[A-Z][\w'’.-]+(?: (?!Published|Updated|Posted|{_MONTHS})[A-Z][\w'’.-]*){{1,3}}"
    r"(?:(?:,| and| &) [A-Z][\w'’.-]+(?: [A-Z][\w'’.-]*){1,3})*))"
    r"(?=\s*(?:$|[|,•·–-]|\d|on \d|Published|Updated|Last updated|Posted|in [A-Z]))",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s+[|–—»·•:]\s+|\s+-\s+|\s*\|\s*")
_BY = re.compile(
    r"^(?:(?:(?:written|posted|words|report(?:ed)?|story|analysis|opinion|review) )?by:?|von|par|por|da|текст:?)\s+",
    re.IGNORECASE,
)
_NO_PERSON = re.compile(
    r"https?:|www\.|[@\d|]|\s-\s|^the\s|\bcommented\b|\b(?:staff|editors?|editorial|newsroom|news|reporters?|correspondents?|desk|team|admin|agency|"
    r"agencies|press|media|online|wire|service|contributors?|guest|author|writers?|magazine|times|post|daily|mail|"
    r"telegraph|guardian|bbc|reuters|bloomberg|afp|associated|office|department|ministry|council|police|limited|ltd|"
    r"inc|international|university|institute|foundation|association|company|group|network|unknown|anonymous|"
    r"web ?desk)\b",
    re.IGNORECASE,
)
_TITLE_OF_PERSON = re.compile(r"^(?:(?:sir|dame|lord|lady|dr|prof(?:essor)?|mr|mrs|ms|rev)\.?\s+)", re.IGNORECASE)
_JOINTS = re.compile(r"\s*(?:;|,|\band\b|&|\bund\b|\by\b|\bet\b|/|(?<=[^\W\d_]{3})\.(?=\s))\s*")
# A byline that runs into the day below it: "Ann Lee Monday", "Carl Ott November".
_DAY_AFTER = re.compile(
    r"\s+(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august|september|"
    r"october|november|december|updated|published|posted)$",
    re.IGNORECASE,
)
_CREDIT_WORDS = 14  # a line with more words is prose that may well name an agency as its subject
# "LONDON (Reuters) - ", "WASHINGTON, Nov 3 (AP) — ": what stands before the first dash of the first paragraph.
_DATELINE = re.compile(r".{1,80}?\s[-–—]+\s")
_CREDIT = re.compile(
    r"\W*(?:by|additional|reporting|editing|writing|compiled|copyright|©|\(c\)|source|credit|the associated press|"
    r"press association|reuters|pa media)\b|\W*©|\s*\(",
    re.IGNORECASE,
)
_OF_A_PICTURE = re.compile(r"\b(?:photo|image|picture|getty|video|pic)s?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Agency:
    """A news agency and how it signs texts that others print."""

    name: str
    pattern: re.Pattern[str]


def agencies_of(rows: Iterable[tuple[str, str]]) -> tuple[Agency, ...]:
    """Agencies from rows (name, pattern)."""
    return tuple(Agency(name, re.compile(pattern, re.IGNORECASE)) for name, pattern in rows)


def outlet_of(names: Iterable[str], *, host: str) -> str | None:
    """The first of the names that a site gives itself that is one: no address, no essay, without a slogan after it.

    host   of the page, without "www."; a name that only repeats it says nothing
    """
    for given in names:
        name = _SEPARATOR.split(one_line(given).lstrip("@"))[0].strip()
        if name and "://" not in name and name.lower().removeprefix("www.") != host and len(name) <= _LONGEST_NAME:
            return name
    return None


def site_in_title(page_title: str, title: str) -> str:
    """The site's name as a page's <title> has it behind the headline; "" when something else stands there.

    Of 181 pages 113 have it there, nine of them nowhere else.
    """
    whole = one_line(page_title)
    for joint in _SEPARATOR.finditer(whole):
        if title and fold(whole[: joint.start()]) == fold(title):
            return _SEPARATOR.split(whole[joint.end() :])[-1].strip()
    return ""


def named_like(title: str | None, host: str) -> str | None:
    """The part of a feed's title that is the name of its site ("Weir Mercury - News" of weirmercury.co.uk), or None.

    A part counts when at least three fifths of its letters stand in the address, word by word.
    """
    for part in _SEPARATOR.split(one_line(title or "")):
        own = [re.sub(r"[^a-z0-9]", "", word) for word in fold(part).removeprefix("the ").split()]
        there = sum(len(word) for word in own if word and word in host)
        if own and len(part) <= _LONGEST_NAME and 5 * there >= 3 * sum(map(len, own)) > 0 and there >= _SHORTEST_NAME:
            return part.strip()
    return None


def byline_in(lines: Iterable[str]) -> tuple[str, ...]:
    """The names of the first short line that begins with "By" and a name."""
    for line in lines:
        if len(line) <= _LONGEST_BYLINE and (found := _BYLINE.match(line)):
            return (found["names"],)
    return ()


def one_line(text: str) -> str:
    """A title as it may be stored: one line, no controls, at most 1,000 characters."""
    printable = "".join(char for char in text if char.isprintable() or char.isspace())
    return " ".join(printable.split())[:_LONGEST_TITLE].strip()


def title_of(stated: Statements, *, heading: str, found: str, site: str, entry: str = "") -> str:
    """The headline without the site's name.

    heading  the page's one <h1>, "" when it has none or several
    found    what trafilatura takes for the title
    entry    what the feed says; used when the page says nothing
    """
    heading = one_line(heading)
    choices = [one_line(text) for text in (stated.og_title, stated.headline, found) if text.strip()]
    if heading and (not choices or any(_same(heading, choice) for choice in choices)):
        return heading
    if choices:
        return without_site(choices[0], site, others=[heading, *choices[1:], one_line(entry)])
    return one_line(entry)


def _same(heading: str, choice: str) -> bool:
    a, b = set(words(heading)), set(words(choice))
    return len(a) >= 2 and len(a & b) >= 0.6 * min(len(a), len(b))


def without_site(title: str, site: str, *, others: Sequence[str] = ()) -> str:
    """The title without " | Outlet" at its end or "Outlet: " at its start, where that is the site's name.

    others   other spellings of the title; a part that none of them has is the site's too
    """
    parts = [match.span() for match in _SEPARATOR.finditer(title)]
    for start, end in reversed(parts):
        head, tail = title[:start].strip(), title[end:].strip()
        alone = any(fold(other) == fold(head) for other in others if other)
        if alone or (len(words(head)) >= 2 and _is_site(tail, site)):
            return without_site(head, site, others=others)
    if parts and len(words(title[parts[0][1] :])) >= 3 and _is_site(title[: parts[0][0]], site):
        return title[parts[0][1] :].strip()
    return title


def _is_site(part: str, site: str) -> bool:
    """Whether this is the site's name: "BBC News" of "BBC", "The Guardian" of "theguardian.com"."""
    squeezed, name = (re.sub(r"[^a-z0-9]", "", fold(text).removeprefix("the ")) for text in (part, site))
    return bool(squeezed) and len(words(part)) <= 6 and bool(name) and (squeezed in name or name in squeezed)


def author_of(places: Iterable[Sequence[str]], *, outlet: str | None) -> str | None:
    """The persons that the first place names that names any, parted by ", "; None when only outlets or desks are named.

    places   names as each place of the page spells them, the surest place first
    """
    for names in places:
        persons: list[str] = []
        for name in (part for given in names for part in _JOINTS.split(_BY.sub("", one_line(given)))):
            person = name.strip(" .,-")
            if len(person.split()) > 2:  # "April May" is a name
                person = _DAY_AFTER.sub("", person)
            if person.isupper() or person.islower():
                person = person.title()
            if _is_person(person) and not (outlet and _is_site(person, outlet)) and person not in persons:
                persons.append(person)
        if persons:
            return ", ".join(persons[:_MOST_AUTHORS])
    return None


def _is_person(name: str) -> bool:
    plain = _TITLE_OF_PERSON.sub("", name)
    return 2 <= len(plain.split()) <= 5 and len(plain) <= 60 and not _NO_PERSON.search(plain) and plain[0].isalpha()


def agency_of(
    agencies: Sequence[Agency], *, authors: Iterable[str], body: Sequence[str], around: Iterable[str]
) -> str | None:
    """The agency that a text comes from, as its byline, dateline or credit line signs it.

    body     paragraphs of the article
    around   lines of the page that are not body
    """
    dateline = _DATELINE.match(body[0]) if body else None
    signed = [
        *map(one_line, authors),
        *([dateline[0]] if dateline else []),
        *(line for line in body[-3:] if _CREDIT.match(line)),
        *(
            line
            for line in around
            if _CREDIT.match(line) and len(line.split()) <= _CREDIT_WORDS and not _OF_A_PICTURE.search(line)
        ),
    ]
    for text in signed:
        for agency in agencies:
            if agency.pattern.search(text):
                return agency.name
    return None
