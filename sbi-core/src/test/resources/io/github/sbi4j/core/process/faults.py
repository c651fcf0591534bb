"""A worker that misbehaves as its first parameter says; otherwise it answers with the second, and the seed."""

import json
import os
import resource
import signal
import subprocess
import sys
import time


def line(text):
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def say(message):
    line(json.dumps(message))


def hang():
    child = subprocess.Popen(["sleep", "1000"])
    print("child", child.pid, "of", os.getpid(), file=sys.stderr, flush=True)
    while True:
        time.sleep(1)


def run_out_of_memory():
    resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
    return bytearray(1 << 31)


def misbehave(fault, key):
    print("now", fault, file=sys.stderr, flush=True)
    if fault == 1:
        hang()
    elif fault == 2:
        os._exit(3)
    elif fault == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    elif fault == 4:
        run_out_of_memory()
    elif fault == 5:
        say({"id": key, "error": "the step size is too large"})
    elif fault == 6:
        say({"id": key, "result": [float("nan"), 1]})
    elif fault == 7:
        say({"id": key, "result": [1, 2, 3]})
    elif fault == 8:
        line("Iteration 1: converged")
    elif fault == 9:
        say({"id": key + 1, "result": [1, 2]})
    elif fault == 10:
        line("1" * 1_000_000)
    elif fault == 11:
        while True:  # without an end of line, and faster than anyone could keep it
            sys.stdout.write("1" * 65536)
    elif fault == 12:
        os.close(1)
        time.sleep(1000)
    elif fault == 13:
        sys.stderr.write("e" * 1_000_000 + "the end\n")
        raise RuntimeError("chatty")
    elif fault == 14:
        say({"id": key, "result": "four"})
    elif fault == 15:
        subprocess.Popen(["sleep", "5"])  # holds the output open
        os._exit(4)


print("a banner")
say({"sbi4j": 1})
for request in sys.stdin:
    request = json.loads(request)
    fault = int(request["parameters"][0])
    if fault:
        misbehave(fault, request["id"])
    else:
        say({"id": request["id"], "result": [request["parameters"][1], request["seed"]]})
