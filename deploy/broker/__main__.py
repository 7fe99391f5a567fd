"""`python -m deploy.broker`: a broker until Ctrl-C; its address is the one line on standard output."""

from __future__ import annotations

import argparse
import pathlib
import signal
import sys

from deploy.broker import BrokerUnavailableError, running_broker


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m deploy.broker", description=__doc__)
    parser.add_argument("--nodes", type=int, choices=(1, 3), default=1)
    parser.add_argument("--jars", type=pathlib.Path, help="folder with Kafka's jars (filled if empty)")
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        with running_broker(given.nodes, jar_folder=given.jars) as broker:
            print(broker.bootstrap, flush=True)
            while True:
                signal.pause()
    except BrokerUnavailableError as error:
        print(error, file=sys.stderr)
        return 78
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    sys.exit(main())
