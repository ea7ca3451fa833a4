"""The `missinglink` command; `python -m bot` is the same."""

import gc

# nothing that an import makes is garbage, and looking through all of it again and again was a tenth of a start
gc.disable()

from bot.cli import main  # noqa: E402

gc.freeze()
gc.enable()

if __name__ == "__main__":
    main()
