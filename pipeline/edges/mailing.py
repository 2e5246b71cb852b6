"""The mail server: an Airflow connection where there is one, or an address in the settings."""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any, Literal
from urllib.parse import parse_qs, unquote, urlsplit

from pipeline.edges.outbox import NotAccepted
from pipeline.errors import ConfigurationError
from pipeline.settings import Settings

_TIMEOUT_S = 30.0
Security = Literal["none", "starttls", "tls"]
_PORTS: dict[Security, int] = {"none": 25, "starttls": 587, "tls": 465}


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mails are handed in."""

    host: str
    port: int
    security: Security
    user: str | None = None
    password: str | None = None
    sender: str | None = None
    timeout_s: float = _TIMEOUT_S

    def __repr__(self) -> str:
        return f"MailServer({self.host}:{self.port}, {self.security})"


def mail_server(here: Settings) -> MailServer | None:
    """The server of the settings, else of the Airflow connection, else none: then mails are written to files only."""
    if here.smtp:
        return from_address(here.smtp.get_secret_value())
    # An Airflow connection is asked for only where Airflow is: in its tasks, or where the environment names one.
    named = f"AIRFLOW_CONN_{here.smtp_connection.upper()}" in os.environ
    return _of_airflow(here.smtp_connection) if named or "AIRFLOW_CTX_DAG_ID" in os.environ else None


def from_address(address: str) -> MailServer:
    """smtp://user:password@host:port?starttls=true, or smtps://… for TLS from the first byte.

    raises   ConfigurationError when it is no such address; the message does not repeat it, for it may hold a password
    """
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise ConfigurationError("expected smtp://host:port", about="smtp") from error
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ConfigurationError("expected smtp://host:port or smtps://host:port", about="smtp")
    options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    if unknown := options.keys() - {"starttls", "from"}:
        raise ConfigurationError(f"knows starttls and from, not {', '.join(sorted(unknown))}", about="smtp")
    wants_tls = options.get("starttls", "false").lower() in ("1", "true", "yes")
    security: Security = "tls" if parts.scheme == "smtps" else "starttls" if wants_tls else "none"
    return MailServer(
        host=parts.hostname,
        port=port or _PORTS[security],
        security=security,
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        sender=options.get("from"),
    )


def _of_airflow(connection_id: str) -> MailServer | None:
    from airflow.sdk import Connection
    from airflow.sdk.exceptions import AirflowNotFoundException, AirflowRuntimeError

    with suppress(AirflowNotFoundException, AirflowRuntimeError):
        found: Any = Connection.get(connection_id)
        if not found.host:
            raise ConfigurationError(f"the Airflow connection {connection_id} names no host", about="smtp_connection")
        extra = found.extra_dejson
        security: Security = "none" if _on(extra, "disable_tls") else "starttls"
        if not _on(extra, "disable_ssl"):  # as Airflow's own SMTP hook has it: TLS unless it is switched off
            security = "tls"
        return MailServer(
            host=found.host,
            port=int(found.port or _PORTS[security]),
            security=security,
            user=found.login,
            password=found.password,
            sender=extra.get("from_email"),
            timeout_s=float(extra.get("timeout", _TIMEOUT_S)),
        )
    return None


def _on(extra: dict[str, Any], name: str) -> bool:
    return str(extra.get(name, False)).lower() in ("1", "true", "yes")


def sending(server: MailServer) -> Callable[[EmailMessage], None]:
    """Hands one mail to the server. NotAccepted: it certainly did not take it; another error: nobody knows."""

    def send(message: EmailMessage) -> None:
        try:
            client = _connected(server)
        except (OSError, smtplib.SMTPException) as error:
            raise NotAccepted(
                f"the mail server does not answer: {error}", about=f"{server.host}:{server.port}"
            ) from error
        try:
            client.send_message(message)
        except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused, smtplib.SMTPNotSupportedError) as error:
            raise NotAccepted(f"the mail server refuses: {error}", about=f"{server.host}:{server.port}") from error
        finally:
            with suppress(OSError, smtplib.SMTPException):
                client.quit()
            client.close()

    return send


def _connected(server: MailServer) -> smtplib.SMTP:
    if server.security == "tls":
        client: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, timeout=server.timeout_s, context=ssl.create_default_context()
        )
    else:
        client = smtplib.SMTP(server.host, server.port, timeout=server.timeout_s)
    try:
        if server.security == "starttls":
            client.starttls(context=ssl.create_default_context())
        if server.user and server.password:
            client.login(server.user, server.password)
    except BaseException:
        client.close()
        raise
    return client
