"""Typed settings: every fault of the file reported at once, with its line or key."""

from bot.config.config import Config
from bot.config.load import default_config, load_config

__all__ = ["Config", "default_config", "load_config"]
