"""The only door to other programs: every process that autoform starts is started here.

A program runs under limits, in a private folder, with an empty environment and without a
network, and nothing of it is left when the call returns. `run` is for one program and one
answer, `Worker` for a program that answers many requests. The limits are exact on Linux; on other
systems those that need `/proc` do not hold, and `Completed.network_off` tells about the network.
"""

from autoform.processes.order import Stop
from autoform.processes.run import Completed, run
from autoform.processes.spawn import CannotStart, MissingProgram, ProcessFailure
from autoform.processes.worker import Answer, NoAnswer, Reply, Worker

__all__ = [
    "Answer",
    "CannotStart",
    "Completed",
    "MissingProgram",
    "NoAnswer",
    "ProcessFailure",
    "Reply",
    "Stop",
    "Worker",
    "run",
]
