"""Embedded mail servers, the cast, the story of `zhichi demo`."""
