"""Run functions on what strangers sent in worker processes that may be killed.

feedparser and trafilatura are pure Python and C on the bytes of strangers: 24 KB have kept the one busy for 51 seconds,
100 KB the other for 53, and nothing in-process can stop them. A worker has limits of CPU time, wall time and memory;
a document that breaks one ends its worker, by its pid, and nothing else. Workers live on over many documents, so that
the boundary costs a pipe and not a process each.

    with Workers(2, limits=Limits(cpu_s=6)) as workers:
        for outcome in workers.map(parse_feed, documents): ...
"""

from __future__ import annotations

import gc
import math
import os
import pickle
import queue
import resource
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Generic, Self, TypeVar

from pipeline.model import Reason

T = TypeVar("T")
R = TypeVar("R")

_START_TIMEOUT_S = 60.0  # a worker imports before it says that it is ready; nothing hostile runs until then


@dataclass(frozen=True, slots=True)
class Limits:
    """What one call may take. The wall clock ends what sleeps; it is generous, because workers share processors."""

    cpu_s: float = 6.0
    wall_s: float = 30.0
    memory_bytes: int = 1_000_000_000  # beyond what the worker holds when it starts


@dataclass(frozen=True, slots=True)
class Done(Generic[R]):
    """The function returned."""

    value: R


@dataclass(frozen=True, slots=True)
class Failed:
    """The function did not return: TIME_LIMIT, MEMORY_LIMIT or PARSER_FAILED (an exception, or death by a signal)."""

    reason: Reason
    detail: str


class Workers:
    """So many worker processes. Threads may share them. Leaving the context ends every process.

    max_calls   a worker is replaced after so many calls: parsers in C give memory back late
    """

    def __init__(self, count: int, *, limits: Limits = Limits(), max_calls: int = 2_000) -> None:
        self._count = count
        self._limits = limits
        self._max_calls = max_calls
        self._idle: queue.SimpleQueue[_Worker | None] = queue.SimpleQueue()
        for _ in range(count):
            self._idle.put(None)  # started when first needed

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        for _ in range(self._count):
            if worker := self._idle.get():
                worker.end()

    def call(self, function: Callable[[T], R], argument: T) -> Done[R] | Failed:
        """function(argument), computed in a worker. The function must be importable, argument and result pickle."""
        worker = self._idle.get()
        try:
            if worker is None or worker.calls >= self._max_calls:
                if worker is not None:
                    worker.end()
                worker = _Worker(self._limits)
            outcome: Done[R] | Failed = worker.call(function, argument)
            if isinstance(outcome, Failed):
                worker.end()
                worker = None
            return outcome
        except BaseException:
            if worker is not None:
                worker.end()
            worker = None
            raise
        finally:
            self._idle.put(worker)

    def map(self, function: Callable[[T], R], arguments: Iterable[T]) -> Iterator[Done[R] | Failed]:
        """An outcome for each argument, in their order. Arguments are drawn as they are needed, never all at once."""
        waiting: deque[Future[Done[R] | Failed]] = deque()
        with ThreadPoolExecutor(self._count, thread_name_prefix="worker") as threads:
            for argument in arguments:
                waiting.append(threads.submit(self.call, function, argument))
                if len(waiting) > 4 * self._count:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()


class _Worker:
    """One process, started afresh (no fork of a process that has threads), spoken to over a pipe."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self.calls = 0
        ours, theirs = _pipe_pair()
        command = "import sys; from pipeline.edges.isolation import serve; serve(*map(int, sys.argv[1:]))"
        self._process = subprocess.Popen(
            [sys.executable, "-c", command, str(theirs[0]), str(theirs[1]), str(limits.memory_bytes)],
            pass_fds=theirs,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,  # parsers may print; the pipe is ours alone
            env=os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        )
        for descriptor in theirs:
            os.close(descriptor)
        self._from = Connection(ours[0], writable=False)
        self._to = Connection(ours[1], readable=False)
        if not self._from.poll(_START_TIMEOUT_S):
            self.end()
            raise RuntimeError("a worker process did not start")
        self._from.recv_bytes()

    def call(self, function: Callable[[T], R], argument: T) -> Done[R] | Failed:
        self.calls += 1
        limits = self._limits
        try:
            self._to.send_bytes(pickle.dumps((function, argument, limits.cpu_s), pickle.HIGHEST_PROTOCOL))
            if not self._from.poll(limits.wall_s):
                return Failed(Reason.TIME_LIMIT, f"not done within {limits.wall_s:g} seconds")
            outcome: Done[R] | Failed = pickle.loads(self._from.recv_bytes())
            return outcome
        except (EOFError, OSError):
            return self._death()

    def _death(self) -> Failed:
        """Why the process is no more."""
        code = self._process.wait(timeout=10)
        if code == -signal.SIGXCPU:
            return Failed(Reason.TIME_LIMIT, f"more than {self._limits.cpu_s:g} seconds of CPU time")
        if code == -signal.SIGKILL:
            return Failed(Reason.MEMORY_LIMIT, "killed by the system, which ends the process that holds most memory")
        how = f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
        return Failed(Reason.PARSER_FAILED, f"the worker process ended by {how}")

    def end(self) -> None:
        """End the process at once: nothing in it is worth waiting for."""
        self._process.kill()
        self._process.wait()
        self._from.close()
        self._to.close()


def _pipe_pair() -> tuple[tuple[int, int], tuple[int, int]]:
    """((we read, we write), (they read, they write)), descriptors."""
    they_read, we_write = os.pipe()
    we_read, they_write = os.pipe()
    return (we_read, we_write), (they_read, they_write)


def serve(read: int, write: int, memory_bytes: int) -> None:
    """The worker's side: answer calls until the pipe closes."""
    commands, answers = Connection(read, writable=False), Connection(write, readable=False)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is interrupted, and ends its workers
    held = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (held + memory_bytes, held + memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    gc.set_threshold(50_000, 20, 50)  # pages make few cycles: of the CPU of 181 a tenth went into looking for them
    answers.send_bytes(b"ready")
    while True:
        try:
            message = commands.recv_bytes()
        except EOFError:
            return
        answers.send_bytes(_answer(message))


def _answer(message: bytes) -> bytes:
    try:
        function, argument, cpu_s = pickle.loads(message)
        usage = resource.getrusage(resource.RUSAGE_SELF)
        # The limit counts whole seconds over the life of the process; SIGXCPU ends it when it is reached.
        until = math.ceil(usage.ru_utime + usage.ru_stime + cpu_s)
        resource.setrlimit(resource.RLIMIT_CPU, (until, resource.RLIM_INFINITY))
        return pickle.dumps(Done(function(argument)), pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        return pickle.dumps(Failed(Reason.MEMORY_LIMIT, "more memory than one document may take"))
    except RecursionError:
        return pickle.dumps(Failed(Reason.PARSER_FAILED, "nested too deeply"))
    except Exception as error:
        return pickle.dumps(Failed(Reason.PARSER_FAILED, f"{type(error).__name__}: {error}"[:300]))
