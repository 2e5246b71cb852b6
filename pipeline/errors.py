"""What ends a run. A bad record is no error: it becomes a Rejection (model.py) and the run goes on.

PipelineError                 a run cannot go on; .about names the feed, page, document or partition
├── SourceError               the outside world
│   ├── Unreachable           timeout, 5xx, 429: later may work             → retry
│   └── Refused               robots.txt, 401, 403, 410: they mean it       → do not retry
├── ContractBroken            a partition misses its expectations           → do not retry, do not publish
├── GateFailed                the gate itself could not check               → retry; no word about the data
├── EvidenceBroken            bytes, spans or counts do not agree any more  → do not retry
├── Busy                      another run holds the warehouse               → retry
├── ConfigurationError        ours: a seed row, a path, a setting           → do not retry
└── Misuse                    the caller's: unknown day, wrong query        → exit code 2
"""


class PipelineError(Exception):
    """A run cannot go on. The message says what was expected and what came; `about` names the thing it came from."""

    def __init__(self, message: str, *, about: str = "") -> None:
        super().__init__(f"{about}: {message}" if about else message)
        self.about = about


class SourceError(PipelineError):
    """The outside world did not give what was asked for."""


class Unreachable(SourceError):
    """Timeout, 5xx, 429: later may work."""


class Refused(SourceError):
    """robots.txt, 401, 403, 410, a private address: asking again changes nothing."""


class ContractBroken(PipelineError):
    """A partition misses its expectations; nothing of it may be published."""


class GateFailed(PipelineError):
    """The quality gate itself failed: nothing is known about the data, which may be good."""


class EvidenceBroken(PipelineError):
    """Stored bytes, spans or counts do not agree with what was derived from them."""


class Busy(PipelineError):
    """Another process holds the warehouse."""


class ConfigurationError(PipelineError):
    """A seed row, a path or a setting of ours is wrong."""


class Misuse(PipelineError):
    """The caller asked for something that cannot be asked."""
