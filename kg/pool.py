"""Tasks to outcomes on several cores, few at a time, in the order they finish."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

from kg.work import Outcome, Task, work

__all__ = ["run"]

# Starting processes costs more than a few short files.
_FEW = 8


def _ignore_interrupts() -> None:
    """Ctrl-C is for the main process, which ends its workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_ignore_interrupts)


def run(tasks: list[Task], workers: int) -> Iterator[tuple[Task, Outcome]]:
    """Each task with its outcome, in any order."""
    if workers <= 1 or len(tasks) <= _FEW:
        for task in tasks:
            yield task, work(task)
        return
    left = dict.fromkeys(tasks)
    pool = _pool(workers)
    try:
        yield from _together(pool, left, workers * 4)
    except BrokenProcessPool:
        for task in list(left):
            yield task, _alone(task)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _together(pool: ProcessPoolExecutor, left: dict[Task, None], at_once: int) -> Iterator[tuple[Task, Outcome]]:
    """Outcomes as they come; what is done leaves ``left``."""
    waiting = iter(list(left))
    pending: dict[Future[Outcome], Task] = {}
    while left:
        while len(pending) < at_once and (task := next(waiting, None)):
            pending[pool.submit(work, task)] = task
        for future in wait(pending, return_when=FIRST_COMPLETED).done:
            outcome = future.result()
            task = pending.pop(future)
            del left[task]
            yield task, outcome


def _alone(task: Task) -> Outcome:
    """A task in a process of its own, after some task has killed a worker: it may be this one."""
    with _pool(1) as pool:
        try:
            return pool.submit(work, task).result()
        except BrokenProcessPool:
            message = f"{task.name}: reading it killed the process, perhaps for want of memory; split the file"
            return Outcome("", "", b"", b"", 0, 0, message)
