"""What stands beside the stages: escalations, disputes, problems, risks, ratings (R31, R32, R37, R39)."""
