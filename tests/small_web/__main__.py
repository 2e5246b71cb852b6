"""python -m tests.small_web: serve the small web; each line of stdin is the number of the day to show from then on.

Prints a JSON line first, and after each day that it was given: where it listens, the instant of the evening, the hosts.
"""

from __future__ import annotations

import json
import sys

from tests.small_web.web import SmallWeb


def told(web: SmallWeb) -> str:
    """What whoever asks must know of the web as it stands."""
    return json.dumps({"day": web.day, "now": web.now.isoformat(), "private_hosts": dict(web.private_hosts)})


if __name__ == "__main__":
    with SmallWeb() as web:
        print(told(web), flush=True)
        for line in sys.stdin:
            web.day = int(line)
            print(told(web), flush=True)
