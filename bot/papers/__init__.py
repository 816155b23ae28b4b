"""Files: the archive folders."""
