"""The whole story, in the order it happens."""

from bot.demo import week_39, week_40, week_41

SCENES = (*week_39.SCENES, *week_40.SCENES, *week_41.SCENES)
