"""Serve the newspapers until interrupted: `python -m examples.newspapers --port 8000 --edition 1`."""

import argparse
import threading

from examples.newspapers.server import Server


def main() -> None:
    """Read the options, say where the papers are, and wait."""
    parser = argparse.ArgumentParser(prog="python -m examples.newspapers", description=__doc__)
    parser.add_argument("--port", type=int, default=8000, help="0 takes any free port")
    parser.add_argument("--edition", type=int, default=1, choices=(1, 2), help="2 is the next morning's")
    options = parser.parse_args()
    with Server(edition=options.edition, port=options.port) as server:
        print("[network.hosts]")
        for host, address in server.hosts.items():
            print(f'"{host}" = "{address}"', flush=True)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            print("closed")


if __name__ == "__main__":
    main()
