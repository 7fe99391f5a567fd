"""`python -m worker.cli` is `worker`."""

from worker.cli.app import main

if __name__ == "__main__":
    main()
