"""The `missinglink` command; `python -m bot` is the same."""

import gc

# imports leave no garbage, and the collector's scans are a tenth of their cost
gc.disable()

from bot import environment  # noqa: E402

environment.ensure_home()

from bot.cli import main  # noqa: E402

gc.freeze()
gc.enable()

if __name__ == "__main__":
    main()
