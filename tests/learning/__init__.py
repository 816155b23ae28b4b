"""How the second reader's weights are learnt from labelled replies: `make learn`."""
