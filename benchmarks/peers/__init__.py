"""Other programs that make tickets of mails, each installed by its script into a virtual environment of its own.

Pinned, in their usual set-up, on SQLite, with their usual notices to a sink; `PEERS_FOLDER` keeps the environments.
"""
