"""``python -m buurtbegroting``."""

from buurtbegroting.cli import main

main()
