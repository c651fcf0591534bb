"""Serves a simulator to sbi4j: one line of JSON in, one line of JSON out.

    from sbi4j_worker import serve

    def simulate(parameters, seed):
        return [...]

    serve(simulate)
"""

import json
import os
import sys
import threading
import time
import traceback


def serve(simulate, names=None):
    """Answers requests until standard input ends.

    simulate(parameters, seed) takes a list of floats and an integer in [0, 2**53), from which all
    chance must come, and returns the observed values. What it raises costs that simulation only.
    names are those of the observed values, if they have any.
    """
    requests = os.fdopen(os.dup(0), "r", encoding="utf-8")
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\n")
    # What the simulator reads or prints must not mix with the protocol.
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    sys.stdout.flush()
    os.dup2(2, 1)
    threading.Thread(target=_end_with_parent, daemon=True).start()

    def say(message):
        answers.write(json.dumps(message) + "\n")
        answers.flush()  # after each answer, so that a crash loses no earlier one

    say({"sbi4j": 1, "names": names})
    for line in requests:
        request = json.loads(line)
        try:
            values = [float(value) for value in simulate(request["parameters"], request["seed"])]
            say({"id": request["id"], "result": values})
        except Exception:
            say({"id": request["id"], "error": traceback.format_exc()})


def _end_with_parent():
    """A simulation that hangs does not see standard input end; this thread sees its parent go."""
    parent = os.getppid()
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)
