"""One target under atheris: libFuzzer in this process, which it ends itself."""

import sys
import tempfile
from pathlib import Path

SLOWEST = 10  # seconds for one input; more is no linear time
_MEMORY_MB = 2_000


def fuzz_guided(name: str, seconds: int, kept: Path) -> None:
    """Fuzz for so long; what gave new coverage stays in `kept`, and what broke the reader as `crash-…`."""
    import atheris

    with atheris.instrument_imports(include=["bot.parse"]):
        from tests.fuzz.seeds import make_seeds, make_words
        from tests.fuzz.targets import TARGETS
    target = TARGETS[name]
    with tempfile.TemporaryDirectory() as folder:
        seeds, words = Path(folder) / "seeds", Path(folder) / "words.txt"
        seeds.mkdir()
        for number, seed in enumerate(given := make_seeds(target.seeds)):
            (seeds / f"{number:05}").write_bytes(seed[: target.longest])
        words.write_text("".join(f'"{_escape(word)}"\n' for word in make_words(given)), encoding="ascii")
        options = {
            "max_total_time": seconds,
            "max_len": target.longest,
            "timeout": SLOWEST,
            "rss_limit_mb": _MEMORY_MB,
            "dict": words,
            "artifact_prefix": f"{kept}/",
            "print_final_stats": 1,
            "verbosity": 0,
        }
        corpus = kept / "corpus"
        corpus.mkdir(parents=True, exist_ok=True)
        flags = [f"-{key}={value}" for key, value in options.items()]
        atheris.Setup([sys.argv[0], *flags, str(corpus), str(seeds)], target.check)
        atheris.Fuzz()


def _escape(word: bytes) -> str:
    return "".join(f"\\x{byte:02x}" for byte in word)
