"""Letters as drafts for a mail program: an `.eml` file, or a `mailto:` address. Nothing is sent."""

import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import quote

from iview_tui.domain.text import clean, one_line
from iview_tui.domain.value import value

LONGEST_MAILTO = 1600
"""Characters of an address that every mail program still opens."""
LONGEST_HEADER = 500
LONGEST_ADDRESS = 254
"""Characters of an e-mail address (RFC 5321, section 4.5.3.1.3)."""
_PART = r"[^\s\x00-\x1f\x7f-\x9f@<>(),;:\"\[\]\\]+"
_ADDRESS = re.compile(rf"{_PART}@{_PART}\.{_PART}")


@value
class Mailto:
    """A letter as an address."""

    url: str
    cut: int
    """Characters of the letter that did not fit."""


def is_address(text: str | None) -> bool:
    """Whether a text can stand as an e-mail address: ASCII before the @, a domain behind it."""
    if not text or len(text) > LONGEST_ADDRESS or "=?" in text:
        return False
    if not _ADDRESS.fullmatch(text.strip()):
        return False
    name, _, domain = text.strip().rpartition("@")
    try:
        domain.encode("idna")
    except UnicodeError:
        return False
    return name.isascii() and ".." not in text and name[:1] != "." and name[-1:] != "."


def eml(to: str | None, subject: str, body: str, sender: str | None = None) -> bytes:
    """A draft that a mail program opens to be sent by hand (`X-Unsent: 1`), in UTF-8.

    What is no address is left out: the person fills it in.
    """
    message = EmailMessage(policy=SMTP.clone(max_line_length=998))
    message["X-Unsent"] = "1"
    if to is not None and is_address(to):
        message["To"] = _address(to)
    if sender is not None and is_address(sender):
        message["From"] = _address(sender)
    # An encoded word that a text brings along would be decoded, line ends and headers and all.
    message["Subject"] = one_line(subject, LONGEST_HEADER).replace("=?", "= ?")
    message.set_content(clean(body), charset="utf-8", cte="quoted-printable")
    return message.as_bytes()


def mailto(to: str | None, subject: str, body: str) -> Mailto:
    """A letter as a `mailto:` address of at most LONGEST_MAILTO characters, subject and all."""
    address = quote(to.strip(), safe="@") if to is not None and is_address(to) else ""
    title = _fitting(one_line(subject, LONGEST_HEADER), LONGEST_MAILTO // 2)
    head = f"mailto:{address}?subject={quote(title)}&body="
    text = clean(body).strip()
    whole = head + _body(text)
    if len(whole) <= LONGEST_MAILTO:
        return Mailto(whole, 0)
    kept = _fitting(text, LONGEST_MAILTO - len(head))
    return Mailto(head + _body(kept), len(text) - len(kept))


def _body(text: str) -> str:
    return quote(text.replace("\n", "\r\n"))


def _fitting(text: str, room: int) -> str:
    """As many whole characters as fit once they are written as an address."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if len(_body(text[:middle])) <= room else (low, middle - 1)
    return text[:low].rstrip()


def _address(text: str) -> Address:
    """An address as a header takes it; a domain in another script in its ASCII form."""
    name, _, domain = text.strip().rpartition("@")
    return Address(username=name, domain=domain.encode("idna").decode())
