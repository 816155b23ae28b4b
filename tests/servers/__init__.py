"""Real servers as fixtures: private processes in a temporary folder, on loopback ports, stopped by their own pid."""
