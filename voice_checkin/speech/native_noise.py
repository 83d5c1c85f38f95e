"""What native libraries write to standard error by themselves: not for two people in the dark."""

import os
import sys
from functools import cache


@cache
def hush() -> None:
    """Let only Python write to standard error from here on.

    PortAudio, ALSA and Kaldi print to file descriptor 2 whatever happens to them; the product tells
    the same fault in one line, with its remedy.
    """
    try:
        ours = os.dup(2)
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 2)
        os.close(nowhere)
    except OSError:  # standard error is closed: nobody reads it
        return
    sys.stderr.flush()
    sys.stderr = os.fdopen(ours, "w", encoding=sys.stderr.encoding, errors="replace", buffering=1)
