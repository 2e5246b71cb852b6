"""Digest → a mail that reads well in a mail client, on a phone, in print and as plain text."""

from __future__ import annotations

import re
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from functools import lru_cache

import css_inline

from pipeline.digests.digest_model import Digest
from pipeline.digests.rendering import as_html, as_text, long_day, render
from pipeline.errors import ConfigurationError
from pipeline.model import derived_id

CHART = "volume"
_HEADER_LENGTH = 120
_ROOT = re.compile(r":root\s*\{([^}]*)\}")
_VARIABLE = re.compile(r"var\((--[\w-]+)\)")
# What stands in an attribute wins over a rule of a sheet, unless the rule says that it is important.
_AT_RULE = re.compile(r"@media (?:\(max-width|print)[^{]*\{(?:[^{}]*\{[^{}]*\})*\s*\}")
_DECLARATION = re.compile(r"([\w-]+\s*:\s*[^;{}\s](?:[^;{}]*[^;{}\s])?)(?=\s*[;}])")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]|=\?")


def digest_mail(digest: Digest, *, sender: str, recipient: str, at: datetime, chart_png: bytes | None) -> EmailMessage:
    """The digest as a mail: plain text, and HTML with its styles inlined and its chart attached.

    at   the instant that its Date header says
    """
    state = "" if digest.state == "complete" else f" ({digest.state})"
    message = _message(
        f"{digest.department} coverage: {long_day(digest.day)}{state}",
        sender=sender,
        recipient=recipient,
        at=at,
        name=mail_id("digest", digest.department, digest.day.isoformat(), recipient),
    )
    message.set_content(as_text(digest), cte="quoted-printable")
    page = as_html(digest, chart_url=f"cid:{_cid(CHART)}" if chart_png else None, evidence=False)
    message.add_alternative(for_mail(page), subtype="html", cte="quoted-printable")
    if chart_png:
        html = message.get_payload()[1]  # type: ignore[index]
        html.add_related(  # type: ignore[union-attr]
            chart_png, "image", "png", cid=f"<{_cid(CHART)}>", filename=f"{CHART}.png", disposition="inline"
        )
    return _with_fixed_boundaries(message)


def held_mail(
    *,
    department: str,
    about: str,
    reasons: tuple[str, ...],
    last: str | None,
    sender: str,
    recipient: str,
    at: datetime,
    name: str,
) -> EmailMessage:
    """The notice that a digest is held, and why. It never carries an earlier digest in its place.

    about   what is held: a day, or a batch
    last    the day of the last digest that went out, in words
    """
    message = _message(f"{department} coverage: held", sender=sender, recipient=recipient, at=at, name=name)
    values = {"department": department, "about": about, "reasons": reasons, "last": last}
    message.set_content(render("held_mail.txt.j2", escape=False, **values), cte="quoted-printable")
    message.add_alternative(for_mail(render("held_mail.html.j2", escape=True, **values)), subtype="html")
    return _with_fixed_boundaries(message)


def report_mail(
    *, subject: str, text: str, html: str, sender: str, recipient: str, at: datetime, name: str
) -> EmailMessage:
    """The quality report of a batch whose light is not green."""
    message = _message(subject, sender=sender, recipient=recipient, at=at, name=name)
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(for_mail(html), subtype="html", cte="quoted-printable")
    return _with_fixed_boundaries(message)


def mail_id(*parts: str) -> str:
    """Name of a mail, the same whenever it is made: what an outbox knows it by."""
    return derived_id("mail", *parts)


def for_mail(page: str) -> str:
    """A page with its styles inlined. Mail clients know no CSS variables: the light colours are written out."""
    root = _ROOT.search(page)
    colours = dict(re.findall(r"(--[\w-]+):\s*([^;]+);", root[1])) if root else {}
    page = re.sub(r"@media \(prefers-color-scheme: dark\) \{.*\}\s*\n", "", page)
    page = _VARIABLE.sub(lambda found: colours.get(found[1], "inherit"), _ROOT.sub("", page, count=1))
    page = page.replace('<meta name="color-scheme" content="light dark">', '<meta name="color-scheme" content="light">')
    return _inliner().inline(_AT_RULE.sub(lambda rule: _DECLARATION.sub(r"\1 !important", rule[0]), page))


@lru_cache(maxsize=1)
def _inliner() -> css_inline.CSSInliner:
    return css_inline.CSSInliner(keep_style_tags=True, keep_at_rules=True, load_remote_stylesheets=False)


def _message(subject: str, *, sender: str, recipient: str, at: datetime, name: str) -> EmailMessage:
    message = EmailMessage(policy=SMTP.clone(max_line_length=78))
    message["Subject"] = header(subject)
    message["From"] = address(sender)
    message["To"] = address(recipient) if recipient else "undisclosed-recipients:;"
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{name}@press-morning.invalid>"
    message["Auto-Submitted"] = "auto-generated"
    return message


def header(text: str) -> str:
    """Text that may stand in a header: one line, no encoded words of somebody's, at most 120 characters.

    Python 3.11 writes a line break that an encoded word hides as a real one (CVE-2024-6923).
    """
    while _CONTROLS.search(text):
        text = _CONTROLS.sub(" ", text)
    return " ".join(text.split())[:_HEADER_LENGTH]


def address(text: str) -> Address:
    """A mailbox of the settings: "press@example.org" or "Press office <press@example.org>".

    raises   ConfigurationError when it is none
    """
    name, plain = parseaddr(text)
    try:
        if _CONTROLS.search(text) or "@" not in plain:
            raise ValueError("no mailbox")
        return Address(display_name=name, addr_spec=plain)
    except (ValueError, IndexError) as error:
        raise ConfigurationError(f"expected a mail address; {text!r} came", about="recipients, mail_from") from error


def _cid(name: str) -> str:
    return f"{name}@press-morning.invalid"


def _with_fixed_boundaries(message: EmailMessage) -> EmailMessage:
    """The same mail is the same bytes: the parts' boundaries follow from its name."""
    for number, part in enumerate(message.walk()):
        if part.is_multipart():
            part.set_boundary(f"=_{derived_id('boundary', message['Message-ID'], number)}")
    return message
