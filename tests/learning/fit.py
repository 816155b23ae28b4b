"""Fits weights to replies; runs with scikit-learn alone, in an environment of its own.

In: a JSON file `[[group, meaning, [feature, …]], …]`, and the number of features. Out, as JSON on stdout: the meanings,
their biases, the scale, and the weights as signed bytes in base64; with `--cross`, for each reply the scores that
weights give which were learnt from all other groups.
"""

# mypy: disable-error-code="no-untyped-call, no-untyped-def"
import base64
import json
import sys
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from sklearn.svm import LinearSVC

SEEN_AT_LEAST = 2
PENALTY = 10.0


def main() -> None:
    """`python fit.py FILE SIZE [--cross]`."""
    told = json.loads(Path(sys.argv[1]).read_bytes())
    groups, meanings = np.array([t[0] for t in told]), np.array([t[1] for t in told])
    matrix = shape([t[2] for t in told], int(sys.argv[2]))
    if "--cross" in sys.argv:
        json.dump(cross(matrix, groups, meanings), sys.stdout)
        return
    names, biases, table = fit(matrix, meanings)
    scale = float(np.abs(table).max() / 127)
    small = np.round(table / scale).astype(np.int8)
    packed = base64.b64encode(small.tobytes()).decode()
    json.dump({"meanings": names, "biases": biases, "scale": scale, "tables": packed}, sys.stdout)


def shape(features, size):
    """One row of unit length for each reply."""
    counts = [len(f) for f in features]
    ends = np.concatenate([[0], np.cumsum(counts)])
    values = np.repeat(1 / np.sqrt(counts), counts)
    return sp.csr_matrix((values, np.concatenate(features), ends), shape=(len(features), size))


def fit(matrix, meanings):
    """The names of the meanings, a bias for each, and a table of weights over all features."""
    seen = np.asarray((matrix > 0).sum(axis=0)).ravel() >= SEEN_AT_LEAST
    learner = LinearSVC(C=PENALTY, random_state=0, max_iter=5_000).fit(matrix[:, seen], meanings)
    table = np.zeros((len(learner.classes_), matrix.shape[1]))
    table[:, seen] = learner.coef_
    return [str(name) for name in learner.classes_], [float(b) for b in learner.intercept_], table


def cross(matrix, groups, meanings):
    """For each reply its scores by meaning, from weights that never saw its group; None for the group ""."""
    found = [None] * len(groups)
    for group in sorted(set(groups) - {""}):
        inside = groups == group
        names, biases, table = fit(matrix[~inside], meanings[~inside])
        scores = np.asarray(matrix[inside] @ table.T) + biases
        for at, row in zip(np.flatnonzero(inside), scores, strict=True):
            found[at] = dict(zip(names, map(float, row), strict=True))
    return found


if __name__ == "__main__":
    main()
