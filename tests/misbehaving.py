"""What workers are given to run in tests. Imports nothing heavy: every worker imports it when it starts."""

from __future__ import annotations

import ctypes
import os
import time


def double(number: int) -> int:
    return 2 * number


def process_id(_: object) -> int:
    return os.getpid()


def spin(_: object) -> None:
    while True:
        pass


def doze(_: object) -> None:
    time.sleep(600)


def hoard(_: object) -> int:
    return len(bytearray(10**9))


def crash(_: object) -> None:
    ctypes.string_at(0)


def leave(_: object) -> None:
    os._exit(3)


def complain(_: object) -> None:
    raise KeyError("start")


def descend(_: object) -> None:
    descend(_)


def chatter(_: object) -> int:
    print("words on standard output" * 1000, flush=True)
    return 1


def behave(kind: str) -> str:
    bad = {"crash": crash, "complain": complain}
    return bad[kind](None) or kind if kind in bad else kind


def burn(seconds: float) -> None:
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass
