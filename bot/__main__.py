"""`python -m bot` is the command `zhichi`."""

from bot.cli import main

main()
