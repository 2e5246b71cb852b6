"""A small web of our own: a dozen made-up outlets over ten days, served on the loopback.

    with SmallWeb(day=1) as web:
        fetch(web.feeds, private_hosts=web.private_hosts, now=web.now)
        web.day = 2

Syndicated copies of an agency's text, whole, cut, retitled and with a paragraph of their own; own reports of the same
events; look-alike events; articles that are edited or corrected later; late items; a feed that dies, one that moves,
one that falls silent; 304, 429, 503, truncated feeds, challenge pages, redirects and loops; paywalls, cookie walls and
video pages; RSS, Atom, RDF and JSON Feed. The same day is the same bytes on every machine.
"""

from tests.small_web.script import FIRST_DAY, LAST_DAY, Item, items
from tests.small_web.server import Answer, Request, VirtualHosts
from tests.small_web.web import SmallFeed, SmallWeb

__all__ = ["FIRST_DAY", "LAST_DAY", "Answer", "Item", "Request", "SmallFeed", "SmallWeb", "VirtualHosts", "items"]
