"""The beginning of every decoding process: take the limits first, then run the program. Knows nothing of the portal.

``python -I child.py SECONDS MEMORY FILE_SIZE PROGRAM ARGUMENT…``
"""

import resource
import runpy
import sys


def main() -> None:
    """Limit this process for good, then become the program."""
    seconds, memory, file_size = (int(number) for number in sys.argv[1:4])
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 2))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (file_size, file_size))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    program = sys.argv[4]
    sys.argv = sys.argv[4:]
    runpy.run_path(program, run_name="__main__")


main()
