"""The `missinglink` command; `python -m bot` is the same."""

import gc

# nothing that an import makes is garbage, and looking through it again and again is a tenth of what importing costs
gc.disable()

from bot import environment  # noqa: E402

environment.settle_home()

from bot.cli import main  # noqa: E402

gc.freeze()
gc.enable()

if __name__ == "__main__":
    main()
