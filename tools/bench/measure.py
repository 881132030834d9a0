"""Runs a command and writes what it took, with all that it started, to a file: seconds, CPU seconds, megabytes.

Node cannot ask for this of its children. Memory is the most that one of the processes had at once.
"""
import json
import resource
import subprocess
import sys
import time

begun = time.monotonic()
code = subprocess.call(sys.argv[2:])
seconds = time.monotonic() - begun
used = resource.getrusage(resource.RUSAGE_CHILDREN)
unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
with open(sys.argv[1], "w") as report:
    taken = {"code": code, "seconds": seconds, "cpu": used.ru_utime + used.ru_stime, "megabytes": used.ru_maxrss / unit}
    json.dump(taken, report)
