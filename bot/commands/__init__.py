"""What each command does; `bot.cli` only reads the words of the command line."""
